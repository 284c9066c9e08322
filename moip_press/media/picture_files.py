"""The files that are made of one picture: as it is, smaller, a logo on light and dark grounds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from moip_press.kit.when import date_in_words
from moip_press.media.containers import ending_of, noted
from moip_press.media.drawings import Linked, noted_drawing
from moip_press.media.labels import Labels
from moip_press.media.names import Names
from moip_press.media.notes import Note
from moip_press.media.pictures import Picture
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.files import inside, read_file
from moip_press.system.limits import DRAWING, PICTURE
from moip_press.system.pictures.camera import Camera, camera_of
from moip_press.system.pictures.canvas import mounted, mounted_size
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import JPEG, SVG, Made

LONGEST = 3_000  # pixels of the longer side of a smaller copy
OF_LOGO = 2_000  # of a logo that is drawn
OF_THUMBNAIL = 480
QUALITY, OF_PREVIEW = 90, 75  # of a JPEG: for print, and for a page
LIGHT, DARK = "#ffffff", "#0b1f4d"
ENDINGS: Mapping[str, str] = {JPEG: ".jpg", "image/png": ".png", SVG: ".svg"}
Make = Callable[[], bytes]


@dataclass(frozen=True)
class PictureFile:
    """A file to be made of a picture: its name in the media kit, what it is, its pixels if it has.

    ``made_of`` is a digest of all that it is made of.
    """

    name: str
    label: str
    size: tuple[int, int]
    made_of: str
    make: Make


@dataclass(frozen=True)
class Handed:
    """A picture that goes out, and its files; ``remark`` is what was changed about it.

    ``digest`` is that of the file in the kit, ``thumbnail`` makes a small copy for a page.
    """

    picture: Picture
    digest: str
    files: tuple[PictureFile, ...]
    thumbnail: Make
    remark: Message | None = None


@dataclass(frozen=True)
class LeftOut:
    """A picture that stays in the kit, and why."""

    picture: Picture
    why: Message


@dataclass(frozen=True)
class Darkroom:
    """Says what is made of each picture of a kit.

    ``fonts`` are those that drawings may use; ``program`` stands for all that is not the kit's.
    """

    folder: Path
    labels: Labels
    intake: Intake
    fonts: tuple[Path, ...]
    names: Names
    program: str

    def handed(self, picture: Picture) -> Handed | LeftOut:
        """Return the files of a picture, or why it has none. Raises ``OSError``."""
        if picture.ended and picture.until:
            day = date_in_words(picture.until, self.labels.edition.language)
            message = N_("“{file}” is left out: its rights ended on {day}.")
            return LeftOut(picture, Message.of(message, file=picture.file, day=day))
        content, made = self._taken(picture)
        if made is None:
            message = N_("“{file}” is left out: it cannot be read.")
            return LeftOut(picture, Message.of(message, file=picture.file))
        camera, remark, own = camera_of(content), None, ENDINGS[made.kind]
        note = self.labels.note(picture, camera.taken)
        try:
            held = _held(content, made, note, camera)
        except Linked:
            message = N_("“{file}” is left out: it draws another file. Embed that one in it.")
            return LeftOut(picture, Message.of(message, file=picture.file))
        if held is None:
            message = N_("“{file}” is handed out as {form}: its own format cannot hold the credit.")
            remark = Message.of(message, file=picture.file, form=own[1:].upper())
        first = own if held is None or made.kind == SVG else ending_of(content) or own
        digest = _digest(content, note, self.program)
        sheet = _Sheet(self, picture, made.kind, made.size, note, digest)
        others = sheet.of_logo() if picture.is_logo else (sheet.smaller(),)
        return Handed(picture, digest, (sheet.original(first), *others), sheet.thumbnail, remark)

    def _taken(self, picture: Picture) -> tuple[bytes, Made | None]:
        path = inside(self.folder, picture.file)
        if path is None:
            return b"", None
        content = read_file(path, max(PICTURE.bytes, DRAWING.bytes) + 1)
        made = self.intake.take(content)
        return content, made if isinstance(made, Made) else None

    def taken(self, picture: Picture) -> tuple[bytes, Made]:
        """Return a picture's file, and what the intake makes of it, once more."""
        content, made = self._taken(picture)
        if made is None:
            raise FileNotFoundError(picture.file)
        return content, made


@dataclass(frozen=True)
class _Sheet:
    """One picture in the darkroom; ``size`` is (0, 0) for a drawing. No pixels are kept in it."""

    room: Darkroom
    picture: Picture
    kind: str
    size: tuple[int, int]
    note: Note
    digest: str

    def original(self, ending: str) -> PictureFile:
        """Return the picture as it is, or as near as a file with notes can be."""
        names = self.room.names
        folder = names.word("logos") if self.picture.is_logo else names.originals
        return self._file(folder, "", ending, N_("Original"), self.size, self._original)

    def smaller(self) -> PictureFile:
        """Return a copy whose longer side has 3,000 pixels; of a small picture, all of its own."""
        folder, label = self.room.names.smaller, N_("Up to 3,000 pixels")
        if self.kind == SVG:
            size = self._drawn_size(LONGEST)
            return self._file(folder, "", ".png", label, size, partial(self._drawn, LONGEST))
        size, ending = fitted(self.size, LONGEST), ENDINGS[self.kind]
        return self._file(folder, "", ending, label, size, partial(self._reduced, size))

    def of_logo(self) -> Iterator[PictureFile]:
        """Yield a logo as PNG, and for grounds of both kinds."""
        word = self.room.names.word
        size = self._drawn_size(OF_LOGO) if self.kind == SVG else self.size
        on_light, on_dark = (DARK, None) if self.picture.on_dark else (None, LIGHT)
        for suffix, label, ground, panel in (
            ("", N_("PNG, without a ground"), None, None),
            (f"-{word('on_light')}", N_("PNG, on a light ground"), LIGHT, on_light),
            (f"-{word('on_dark')}", N_("PNG, on a dark ground"), DARK, on_dark),
        ):
            if suffix or self.kind == SVG or ENDINGS[self.kind] != ".png":
                make = partial(self._mounted, ground, panel)
                framed = mounted_size(size) if ground else size
                yield self._file(word("logos"), suffix, ".png", label, framed, make)

    def thumbnail(self) -> bytes:
        """Return a small copy for a page, as JPEG or PNG, without notes."""
        _, made = self.room.taken(self.picture)
        intake = self.room.intake
        if made.kind == SVG:
            return intake.pixels(made, (OF_THUMBNAIL, OF_THUMBNAIL), self.room.fonts)
        size = fitted(made.size, OF_THUMBNAIL)
        return intake.reduced(made.content, size, quality=OF_PREVIEW)

    def _file(
        self,
        folder: str,
        suffix: str,
        ending: str,
        label: str,
        size: tuple[int, int],
        make: Make,
    ) -> PictureFile:
        name = self.room.names.marked(f"{self.picture.name}{suffix}", ending)
        return PictureFile(f"{folder}/{name}", self.room.labels.say(label), size, self.digest, make)

    def _original(self) -> bytes:
        content, made = self.room.taken(self.picture)
        held = _held(content, made, self.note, camera_of(content))
        return self._plain(made.content) if held is None else held

    def _reduced(self, size: tuple[int, int]) -> bytes:
        _, made = self.room.taken(self.picture)
        if size == made.size:
            return self._plain(made.content)
        return self._plain(self.room.intake.reduced(made.content, size, quality=QUALITY))

    def _drawn(self, most: int) -> bytes:
        _, made = self.room.taken(self.picture)
        return self._plain(self.room.intake.pixels(made, (most, most), self.room.fonts))

    def _mounted(self, ground: str | None, panel: str | None) -> bytes:
        _, made = self.room.taken(self.picture)
        content = made.content
        if made.kind == SVG:
            content = self.room.intake.pixels(made, (OF_LOGO, OF_LOGO), self.room.fonts)
        return self._plain(mounted(content, ground, panel))

    def _drawn_size(self, most: int) -> tuple[int, int]:
        _, made = self.room.taken(self.picture)
        content = self.room.intake.pixels(made, (most, most), self.room.fonts)
        wide, high = content[16:20], content[20:24]  # in the first chunk of a PNG
        return int.from_bytes(wide, "big"), int.from_bytes(high, "big")

    def _plain(self, content: bytes) -> bytes:
        """Return a picture that we have made, with its note."""
        return noted(content, self.note, Camera()) or content


def fitted(size: tuple[int, int], most: int) -> tuple[int, int]:
    """Return a size whose longer side has at most so many pixels; never a larger one."""
    scale = min(1.0, most / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _held(content: bytes, made: Made, note: Note, camera: Camera) -> bytes | None:
    """Return a picture with a note in it; None where its own format cannot hold one.

    Raises ``Linked``.
    """
    if made.kind == SVG:
        return noted_drawing(made.content, note)
    return noted(content, note, camera)


def _digest(content: bytes, note: Note, program: str) -> str:
    parts = (content, repr(note).encode(), program.encode())
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def ending(name: str) -> str:
    """Return the form of a file in capitals: ``"a/b.jpg"`` → ``"JPG"``."""
    return PurePosixPath(name).suffix[1:].upper()
