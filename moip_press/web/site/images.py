"""The pictures of a site: each in a few widths as WebP, and in its own format, made on demand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path, PurePosixPath

from moip_press.kit.model.fields import slug
from moip_press.kit.model.kit import Kit
from moip_press.system.cache import Cache
from moip_press.system.enforcement import Broken, OverLimit
from moip_press.system.files import inside
from moip_press.system.pictures.drawings import asks_for_others
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import JPEG, SVG, Made
from moip_press.system.pictures.photographs import Forms
from moip_press.web.illustrations import Illustration, Pictures

FOLDER = "images"
WIDTHS = (480, 960, 1600)
NEAR = 0.75
"""What part of a width is enough, and from what part of the next one on a width is not made."""
AS_PIXELS = 2000  # of the longer side of a drawing
GIVEN_WHOLE = 1_000_000
"""Bytes of a JPEG that journalists take as it is: browsers show the WebP beside it."""
SIZES = "(min-width: 48rem) 40rem, 100vw"
ENDINGS = {JPEG: "jpg", SVG: "svg"}


@dataclass(frozen=True)
class Shown:
    """A picture of the kit on the site: its files, the smallest first, and the largest's size.

    ``webp`` and ``plain`` are the addresses from the front page by the width of each; beside WebP,
    its own format is there once, for who takes it: whole, or in the largest width.
    """

    plain: tuple[tuple[int, str], ...]
    webp: tuple[tuple[int, str], ...] = ()
    size: tuple[int, int] = (0, 0)

    def at(self, root: str, sizes: str = SIZES) -> Illustration:
        """Return the picture on a page from which the front page is at ``root``."""
        width, height = self.size
        return Illustration(
            src=root + self.plain[-1][1],
            srcset=_set(root, self.plain) if len(self.plain) > 1 else "",
            sizes=sizes,
            width=width,
            height=height,
            sources=(("image/webp", _set(root, self.webp)),) if self.webp else (),
        )


def _set(root: str, files: tuple[tuple[int, str], ...]) -> str:
    return ", ".join(f"{root}{name} {width}w" for width, name in files)


@dataclass
class Images:
    """Makes the pictures that pages ask for; ``files`` are those made, by their addresses.

    ``widths`` are those that are made; ``near`` what part of one is enough, and ``webp`` tells
    whether they are made as WebP too; ``fonts`` are those that drawings may use. Drawings that show
    other files are ``incomplete``, and stay out: a page shows them without these.
    """

    kit: Kit
    cache: Cache
    left_out: frozenset[str] = frozenset()
    widths: tuple[int, ...] = WIDTHS
    webp: bool = True
    near: float = NEAR
    fonts: tuple[Path, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    _known: dict[str, Shown | None] = field(default_factory=dict)

    def at(self, root: str) -> Pictures:
        """Return the pictures of pieces on a page from which the front page is at ``root``."""

        def picture(file: str) -> Illustration | None:
            shown = self.shown(file)
            return shown.at(root) if shown else None

        return picture

    def shown(self, file: str, name: str = "") -> Shown | None:
        """Return a picture by the name of its file in the kit; None where none can be shown.

        ``name`` is how its files are called on the site.
        """
        if file not in self._known:
            made = None if file in self.left_out else self._made(file)
            named = name or slug(PurePosixPath(file).stem)
            self._known[file] = self._files(named, made) if made else None
        return self._known[file]

    def as_pixels(self, file: str) -> str:
        """Return the address of a PNG of a drawing that is shown, for programs that read no SVG.

        Empty for what is no drawing, and for one that takes too much to draw.
        """
        shown = self._known.get(file)
        made = self._made(file) if shown else None
        if not shown or not made or made.kind != SVG:
            return ""
        address = PurePosixPath(shown.plain[-1][1]).with_suffix(".png").as_posix()
        try:
            size = (AS_PIXELS, AS_PIXELS)
            self.files[address] = Intake(self.cache).pixels(made, size, self.fonts)
        except (Broken, OverLimit):
            return ""
        return address

    def _made(self, file: str) -> Made | None:
        path = inside(self.kit.folder, file)
        try:
            made = Intake(self.cache).take_file(path) if path else None
        except OSError:
            return None
        if not isinstance(made, Made):
            return None
        if made.kind == SVG and asks_for_others(made.content):
            self.incomplete.add(file)
            return None
        return made

    def _files(self, name: str, made: Made) -> Shown:
        digest = hashlib.sha256(made.content).hexdigest()[:6]
        base = f"{FOLDER}/{name}-{digest}"
        if made.kind == SVG:
            self.files[f"{base}.svg"] = made.content
            return Shown(((0, f"{base}.svg"),))
        ending = ENDINGS.get(made.kind, "png")
        plain, webp = [], []
        sizes = _sizes(made.size, self.widths, self.near)
        as_it_is = self.webp and made.kind == JPEG and len(made.content) <= GIVEN_WHOLE
        if as_it_is:
            plain.append((made.size[0], f"{base}.{ending}"))
            self.files[plain[-1][1]] = made.content
        forms: Forms = "webp" if as_it_is else "both" if self.webp else "plain"
        contents = Intake(self.cache).for_screens(made.content, sizes, forms)
        for (width, _), (own, other) in zip(sizes, contents, strict=True):
            if own:
                plain.append((width, f"{base}-{width}.{ending}"))
                self.files[plain[-1][1]] = own
            if other:
                webp.append((width, f"{base}-{width}.webp"))
                self.files[webp[-1][1]] = other
        return Shown(tuple(plain[::-1]), tuple(webp[::-1]), made.size if as_it_is else sizes[0])


def _near(width: int, most: int, near: float) -> int:
    """Return how wide a picture is made where it may have ``most`` pixels.

    A JPEG is decoded at a half, a quarter or an eighth of its size in far less time: one of these
    that is nearly as wide is taken.
    """
    parts = (ceil(width / part) for part in (2, 4, 8))
    return next((each for each in parts if near * most <= each <= most), min(most, width))


def _sizes(size: tuple[int, int], widths: tuple[int, ...], near: float) -> list[tuple[int, int]]:
    """Return the sizes in which a picture is made, the largest first: never larger than it is."""
    width, height = size
    wide: list[int] = []
    for most in sorted(widths, reverse=True):
        found = _near(width, most, near)
        if not wide or found < near * wide[-1]:
            wide.append(found)
    return [(each, max(round(height * each / width), 1)) for each in wide]
