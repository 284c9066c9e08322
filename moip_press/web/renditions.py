"""Pictures beside pieces: of a size that a page can show, in formats that every browser knows."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Iterator, Mapping
from mimetypes import guess_type
from typing import Any

from moip_press.kit.model.kit import Kit
from moip_press.media.pictures import pictures
from moip_press.press.publish import sha256
from moip_press.system.cache import Cache
from moip_press.web.illustrations import Illustration, Pictures
from moip_press.web.site.images import Images

WIDTHS = (800, 1600)  # pixels: a telephone's, and a column's on a fine screen
SIZES = "(min-width: 48rem) 45rem, 100vw"


class Renditions:
    """Makes the pictures that pieces ask for, and knows what the kit says of them.

    ``files`` are their contents by their addresses; ``ended`` are the pictures of the kit that stay
    out, since the rights to show them have ended.
    """

    def __init__(self, kit: Kit, cache: Cache, today: datetime.date) -> None:
        self._said = {picture.file: picture for picture in pictures(kit, today)}
        self.ended = tuple(sorted(p.file for p in self._said.values() if p.ended))
        left_out = frozenset(self.ended)
        self._images = Images(kit, cache, left_out, widths=WIDTHS, webp=False, near=1)
        self._asked: dict[str, Illustration] = {}

    @property
    def incomplete(self) -> tuple[str, ...]:
        """Drawings that stay out, since they show other files."""
        return tuple(sorted(self._images.incomplete))

    @property
    def files(self) -> Mapping[str, bytes]:
        """The pictures that were asked for, each in its sizes."""
        return dict(sorted(self._images.files.items()))

    def at(self, root: str) -> Pictures:
        """Return the pictures on a page from which the folder of all is at ``root``."""

        def picture(file: str) -> Illustration | None:
            said = self._said.get(file)
            shown = self._images.shown(file, said.name if said else "")
            if shown is None:
                return None
            self._asked[file] = shown.at("", SIZES)
            return shown.at(root, SIZES)

        return picture

    def within(self, file: str) -> Illustration | None:
        """Return a picture as a part of the page itself, no larger than a telephone needs."""
        found = self.at("")(file)
        if found is None:
            return None
        smallest = found.srcset.partition(" ")[0] or found.src
        data = base64.b64encode(self._images.files[smallest]).decode()
        kind = guess_type(smallest)[0]
        return Illustration(f"data:{kind};base64,{data}", width=found.width, height=found.height)

    def entries(self) -> Iterator[Mapping[str, Any]]:
        """Yield what an index says of each picture, in the order of their addresses."""
        for file, found in sorted(self._asked.items(), key=lambda each: each[1].src):
            said = self._said.get(file)
            names = ("alt", "caption", "credit", "rights") if said else ()
            yield {
                "file": found.src,
                "source": file,
                "width": found.width,
                "height": found.height,
                **{name: getattr(said, name) for name in names},
                "sha256": sha256(self._images.files[found.src]),
            }
