"""The media kit of a kit: what lies in it, and how it is published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from moip_press.exchange.export import kit_export
from moip_press.kit import fingerprint
from moip_press.kit.folders import Theme
from moip_press.kit.model.fields import slug
from moip_press.media.archive import write_zip
from moip_press.media.captions import captions_csv, captions_workbook
from moip_press.media.labels import Labels
from moip_press.media.names import Names
from moip_press.media.page import Document, page
from moip_press.media.picture_files import Darkroom, Handed, LeftOut
from moip_press.media.pictures import pictures
from moip_press.press import publish
from moip_press.press.outcome import DOSSIER, Build
from moip_press.press.publish import Shelving
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.cache import Cache
from moip_press.system.files import read_file
from moip_press.system.pictures.drawings import readable
from moip_press.system.pictures.intake import Intake

MEDIA, ARCHIVE = "media", "media.zip"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Piece:
    """A text of the kit that stands for itself: its title, and the text."""

    title: str
    text: str


@dataclass(frozen=True)
class MediaKit:
    """How a media kit was made: how many files it has, and which were as they would be made."""

    folder: Path
    archive: Path
    files: int
    kept: int
    size: int
    zipped: int
    handed: tuple[Handed, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def remarks(self) -> tuple[Message, ...]:
        """What is to be known of single pictures."""
        changed = tuple(each.remark for each in self.handed if each.remark)
        return (*(each.why for each in self.left_out), *changed)

    @property
    def unsaid(self) -> int:
        """How many photographs go out without a word on who took them or on their rights."""
        pictures = (each.picture for each in self.handed)
        return sum(not (each.credit and each.rights) for each in pictures if not each.is_logo)


@dataclass
class _Maker:
    """Puts the files of a media kit on a shelf, one after another."""

    labels: Labels
    names: Names
    shelf: Shelving
    progress: Progress
    total: int
    documents: dict[str, list[Document]] = field(default_factory=dict)

    def file(self, name: str, make: Callable[[], bytes], made_of: str = "") -> None:
        """Put a file; one that is not said to be ``made_of`` anything is made to be compared."""
        self.progress(name, len(self.shelf.made), self.total)
        content = b"" if made_of else make()
        digest = made_of or hashlib.sha256(content).hexdigest()
        facts = {"kind": MEDIA, "made_of": digest}
        self.shelf.put(f"{MEDIA}/{name}", facts, lambda file: file.write(content or make()))

    def document(self, heading: str, name: str, title: str, make: Callable[[], bytes]) -> None:
        """Put a file that the page names below a heading."""
        self.file(name, make)
        self.documents.setdefault(self.labels.say(heading), []).append(
            Document(name, self.labels.plain(title))
        )

    def size(self, name: str) -> int:
        """Return the bytes of a file that was put."""
        return int(self.shelf.made[f"{MEDIA}/{name}"]["bytes"])


def make_media(
    labels: Labels,
    theme: Theme,
    built: Build,
    pieces: Sequence[Piece],
    target: Path,
    cache: Cache,
    progress: Progress,
) -> MediaKit:
    """Make the media kit of a kit that was built, and publish it.

    Raises ``OSError`` where the kit cannot be read, ``CannotWrite`` where nothing was written.
    """
    names = Names(labels)
    handed, left_out = _pictures(labels, theme, names, cache)
    files = [file for each in handed for file in each.files]
    total = len(files) + len(pieces) + len(built.handouts) + 6
    with publish.shelving(target, MEDIA, _is_media, _lies_in_media) as shelf:
        maker = _Maker(labels, names, shelf, progress, total)
        for file in files:
            maker.file(file.name, file.make, f"{file.made_of}-{file.name}")
        _documents(maker, built, pieces)
        for ending, make in ((".csv", captions_csv), (".xlsx", captions_workbook)):
            name = names.marked(names.word("captions"), ending)
            title = labels.say(N_("Captions, credits and rights"))
            maker.document(N_("Data"), name, title, partial(make, handed, labels))
        maker.file(names.page, lambda: page(handed, maker.documents, maker.size, labels))
        made = [name for name in shelf.made if name != ARCHIVE]
        kept, size = shelf.kept, sum(shelf.made[name]["bytes"] for name in made)
        zipped = _zip(shelf, sorted(made), names.folder, labels, _until(handed))
    return MediaKit(
        target / MEDIA,
        target / ARCHIVE,
        len(made),
        kept,
        size,
        zipped,
        tuple(handed),
        tuple(left_out),
    )


def _pictures(
    labels: Labels, theme: Theme, names: Names, cache: Cache
) -> tuple[list[Handed], list[LeftOut]]:
    fonts = readable(theme.fonts().values())
    room = Darkroom(labels.kit.folder, labels, Intake(cache), fonts, names, _program())
    found = [room.handed(picture) for picture in pictures(labels.kit, labels.now.date())]
    return (
        [each for each in found if isinstance(each, Handed)],
        [each for each in found if isinstance(each, LeftOut)],
    )


def _documents(maker: _Maker, built: Build, pieces: Sequence[Piece]) -> None:
    """Put the dossier and its handouts as they were built, the texts, the programme."""
    labels, names = maker.labels, maker.names
    if built.dossier:
        name, read = names.marked(names.word("dossier"), ".pdf"), built.dossier.path
        maker.document(N_("Press kit"), name, labels.kit.edition.title, partial(read_file, read))
    for each in built.handouts:
        name = f"{names.word('handouts')}/{names.marked(each.path.stem, '.pdf')}"
        maker.document(N_("Press kit"), name, each.title, partial(read_file, each.path))
    reserves = "".join(f"{reserve}\n\n" for reserve in labels.reserves)
    for number, piece in enumerate(pieces, start=1):
        stem = f"{number:02}-{slug(piece.title.replace('’', ' '))}"
        name = f"{names.word('texts')}/{names.marked(stem, '.txt')}"
        maker.document(N_("Texts"), name, piece.title, (reserves + piece.text).encode)
    exported = kit_export.export_kit(labels.kit.folder, kit_export.Wanted("json"))
    name = f"{names.word('data')}/{names.marked('programme', '.json')}"
    title = labels.say(N_("The programme as data"))
    maker.document(N_("Data"), name, title, lambda: exported.content or b"")


def _until(handed: Sequence[Handed]) -> str:
    """Return the last day on which all pictures may be shown; empty where that has no end."""
    days = [each.picture.until for each in handed if each.picture.until]
    return min(days).isoformat() if days else ""


def _zip(shelf: Shelving, made: Sequence[str], folder: str, labels: Labels, until: str) -> int:
    """Put the archive of all files that were put, and return its bytes.

    Its entry says what it was made from, what is reserved, and until when: others may offer it.
    """
    digest = hashlib.sha256(repr((folder, labels.day)).encode())
    for name in made:
        digest.update(f"{name}\0{shelf.made[name]['sha256']}\0".encode())
    inner = {name.removeprefix(f"{MEDIA}/"): name for name in made}
    facts = {
        "kind": MEDIA,
        "made_of": digest.hexdigest(),
        "reserves": list(labels.reserves),
        "until": until,
        "inputs": shelf.entries.get(DOSSIER, {}).get("inputs", {}),
    }
    entry = shelf.put(
        ARCHIVE,
        facts,
        lambda file: write_zip(
            file, folder, inner, lambda name: shelf.open(inner[name]), labels.day
        ),
    )
    return int(entry["bytes"])


def _is_media(facts: Mapping[str, Any]) -> bool:
    return facts.get("kind") == MEDIA


def _lies_in_media(name: PurePosixPath) -> bool:
    return name.parts[0] == MEDIA


def _program() -> str:
    """Return a digest of the program, by which files are made anew; empty where it is unknown."""
    try:
        return fingerprint.of_program()
    except fingerprint.Unknown:
        return ""
