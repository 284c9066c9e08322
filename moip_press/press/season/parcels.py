"""What a worker needs to build a kit, and what it answers: plain values and bytes, never code.

A worker may be another computer. It gets the files of the kit by name and digest, and its answer
is read with care: what pages were made of, and what each file holds, is compared with its digest.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from moip_press.kit import fingerprint
from moip_press.kit.folders import MANIFEST, is_read
from moip_press.kit.season import Shared
from moip_press.kit.source import parse_yaml
from moip_press.press import publish
from moip_press.press.build_record import build_of, name_of, plain_build, texts_of, typed
from moip_press.press.outcome import Build
from moip_press.report import transcript
from moip_press.report.diagnostics import Diagnostic, Message, Related, Report, Span
from moip_press.report.messages import N_
from moip_press.system.files import inside, is_file, read_file

ALTERED = N_("Its files have changed meanwhile: build again.")
HEAD = 8  # bytes of the length of what an answer says of its files
Content = bytes | Path


class Unshared(Exception):
    """The shared contacts cannot be added to a kit; ``message`` says to which and why."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.message = Message.of(
            N_(
                "The contacts of the season cannot be added to “{file}”: write its fields on "
                "lines of their own, or its contacts in it."
            ),
            file=file,
        )


class Unasked(Exception):
    """A worker has answered something else than it was asked."""


@dataclass(frozen=True)
class Parcel:
    """What is to be made of a kit: its dossier, and handouts if they are asked for.

    ``by`` is the key of which each value gets a handout; without it, the kit's own are made.
    ``share`` is as in ``Order``: whoever has the first makes the dossier too. ``files`` are the
    names of its files with their digests, in the order in which they are sent; none where the kit
    is built where it lies, in ``folder``.
    """

    folder: str
    handouts: bool
    today: str
    by: str | None = None
    share: tuple[int, int] | None = None
    moment: str | None = None
    cache: str | None = None
    counts: bool = True
    cores: int = 1
    files: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> bytes:
        """The parcel as JSON."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def of(cls, text: bytes) -> Parcel:
        """Return the parcel of JSON."""
        given = json.loads(text)
        files = tuple((name, digest) for name, digest in given["files"])
        share = given["share"] and tuple(given["share"])
        return cls(**{**given, "files": files, "share": share})


@dataclass(frozen=True)
class Places:
    """Where the files of a kit stand that was laid out elsewhere: what its diagnostics name.

    In ``kit.yaml``, the lines from ``own`` on are those of the season's contacts.
    """

    folder: Path
    shared: Mapping[str, Path]
    own: int
    contacts: tuple[Span, ...] = ()

    def report(self, report: Report, elsewhere: str) -> Report:
        """Return a report on the kit in the folder ``elsewhere`` as one on the kit here."""
        return Report.of(self._diagnostic(found, elsewhere) for found in report.diagnostics)

    def message(self, message: Message, elsewhere: str) -> Message:
        """Return a sentence that names files here."""
        values = {name: self._value(value, elsewhere) for name, value in message.values.items()}
        return replace(message, values=values)

    def span(self, span: Span, elsewhere: str) -> Span:
        """Return the place here of a place in the folder ``elsewhere``."""
        if not span.file.startswith(f"{elsewhere}/"):
            return span
        name = span.file.removeprefix(f"{elsewhere}/")
        if name == MANIFEST and span.start.line > self.own and self.contacts:
            # the first line is that of the key
            return self.contacts[
                max(0, min(span.start.line - self.own - 2, len(self.contacts) - 1))
            ]
        return replace(span, file=self.shared.get(name, self.folder / name).as_posix())

    def _value(self, value: object, elsewhere: str) -> object:
        if isinstance(value, Message):
            return self.message(value, elsewhere)
        return value.replace(elsewhere, str(self.folder)) if isinstance(value, str) else value

    def _diagnostic(self, found: Diagnostic, elsewhere: str) -> Diagnostic:
        moved = tuple(
            Related(self.span(each.span, elsewhere), self.message(each.message, elsewhere))
            for each in found.related
        )
        return replace(
            found,
            span=self.span(found.span, elsewhere),
            message=self.message(found.message, elsewhere),
            hint=found.hint and self.message(found.hint, elsewhere),
            related=moved,
            fix=None,  # it is for files as they were there
        )


# --- a kit on its way -----------------------------------------------------------------------


def files_of(kit: Path, output: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name and path of each file of a kit that a build may read.

    Links that lead out of the kit are left out, and what was made in its folder before.
    """
    aside = fingerprint.Aside(output).resolved()
    for place, folders, names in os.walk(kit):
        below = Path(place)
        folders[:] = sorted(name for name in folders if is_read((below / name).relative_to(kit)))
        for name in sorted(names):
            path = below / name
            relative = path.relative_to(kit)
            held = inside(kit, relative.as_posix())
            if held and is_read(relative) and is_file(held) and not aside.holds(held.resolve()):
                yield relative.as_posix(), held


def gathered(kit: Path, shared: Shared, output: Path) -> tuple[dict[str, Content], Places]:
    """Return the files of a kit with what it shares, by name, and where they stand.

    Raises ``Unshared`` and ``OSError``.
    """
    own: dict[str, Content] = dict(files_of(kit, output))
    lent = {name: path for name, path in shared.files().items() if name not in own}
    lent.pop(MANIFEST, None)
    places = Places(kit, lent, 0)
    files: dict[str, Content] = {**lent, **own}
    if shared.contacts:
        content = read_file(kit / MANIFEST)
        source = parse_yaml(content, (kit / MANIFEST).as_posix())
        plain = source.plain()
        if isinstance(plain, dict) and not source.unreadable and not plain.get("contacts"):
            text = content if content.endswith(b"\n") else content + b"\n"
            whole = text + _contacts(shared)
            read = parse_yaml(whole, MANIFEST)
            if "contacts" in plain or read.unreadable or not read.holds(("contacts",)):
                raise Unshared(kit / MANIFEST)
            places = replace(places, own=text.count(b"\n"), contacts=shared.places)
            files[MANIFEST] = whole
    return files, places


def _contacts(shared: Shared) -> bytes:
    """Return the shared contacts as YAML, a line for each: JSON is YAML too."""
    lines = ["contacts:", *(f"- {json.dumps(c, ensure_ascii=False)}" for c in shared.contacts)]
    return ("\n".join(lines) + "\n").encode()


def digest(content: Content) -> str:
    """Return the SHA-256 of what is sent. Raises ``OSError``."""
    if isinstance(content, bytes):
        return publish.sha256(content)
    return fingerprint.content(content).hex()


# --- an answer ------------------------------------------------------------------------------


def answered(made: Build, parcel: bytes, folder: Path, *, counts: bool) -> bytes:
    """Return the answer of a worker that has made a kit in ``folder``."""
    published = made.published or publish.Publication((), {}, {})
    said = {
        "build": plain_build(made, published, counts=counts),
        "days": [day.isoformat() for day in made.days],
        "failed": list(made.failed),
    }
    return _packed(said, parcel, folder, [each.content for each in published.outputs])


def refused(why: Mapping[str, Any], parcel: bytes, folder: Path) -> bytes:
    """Return the answer of a worker that could make nothing of a kit."""
    return _packed(why, parcel, folder, [])


def _packed(
    said: Mapping[str, Any], parcel: bytes, folder: Path, contents: Sequence[bytes]
) -> bytes:
    stamp = {"parcel": hashlib.sha256(parcel).hexdigest(), "folder": folder.as_posix()}
    head = json.dumps({**said, **stamp, "sizes": list(map(len, contents))}).encode()
    return b"".join([len(head).to_bytes(HEAD, "big"), head, *contents])


@dataclass(frozen=True)
class Answer:
    """What a worker said of a parcel, and the files that it made."""

    said: Mapping[str, Any]
    contents: tuple[bytes, ...]

    @classmethod
    def of(cls, packed: bytes, parcel: Parcel) -> Answer:
        """Return the answer to a parcel. Raises ``Unasked``."""
        try:
            length = HEAD + int.from_bytes(packed[:HEAD], "big")
            said = typed(dict, json.loads(packed[HEAD:length]))
            contents, start = [], length
            for size in typed(list, said["sizes"]):
                contents.append(packed[start : start + typed(int, size)])
                start += size
        except transcript.DAMAGED as error:
            raise Unasked from error
        if start != len(packed) or said["parcel"] != hashlib.sha256(parcel.text).hexdigest():
            raise Unasked
        return cls(said, tuple(contents))

    def build(self, parcel: Parcel, output: Path, places: Places) -> Build:
        """Return the build, as one into the folder ``output``; its files are in ``published``.

        Raises ``Unasked`` where they are not what the worker says, or not made of this kit.
        """
        try:
            return self._build(parcel, output, places)
        except transcript.DAMAGED as error:
            raise Unasked from error

    def _build(self, parcel: Parcel, output: Path, places: Places) -> Build:
        document, elsewhere = typed(dict, self.said["build"]), typed(str, self.said["folder"])
        named = [typed(dict, each) for each in typed(list, document["outputs"])]
        outputs = []
        for each, content in zip(named, self.contents, strict=True):
            if publish.sha256(content) != each["sha256"] or not content.startswith(b"%PDF-"):
                raise Unasked
            facts = typed(dict, each["facts"])
            outputs.append(publish.Output(name_of(each["name"]), content, facts))
        inputs, sent = texts_of(document["inputs"]), dict(parcel.files)
        if sent and any(sent.get(name) != found for name, found in inputs.items()):
            raise Unasked
        texts = [typed(str, each) for each in typed(list, self.said["days"])]
        first, last = map(datetime.date.fromisoformat, texts)
        published = publish.Publication(tuple(outputs), inputs, texts_of(document["versions"]))
        made = build_of(document, output)
        if made.dossier:
            blanks = tuple(
                replace(gap, span=places.span(gap.span, elsewhere)) for gap in made.dossier.blanks
            )
            made = replace(made, dossier=replace(made.dossier, blanks=blanks))
        return replace(
            made,
            report=places.report(made.report, elsewhere),
            failed=tuple(typed(str, name) for name in typed(list, self.said["failed"])),
            days=(first, last),
            published=published,
            unchanged=False,
        )
