"""Pictures as they stand in a file, as data and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pydyf

from moip_press.pdf.painted.canvas import Plain, Unkept, plain, thawed


@dataclass(frozen=True)
class Picture:
    """A picture: what the file is told of it, its content, and its mask."""

    extra: Mapping[str, Plain]
    content: bytes
    mask: Picture | None = None


def recorded(images: Mapping[str, Any]) -> dict[str, Picture]:
    """Return the pictures that were painted, by their names. Raises ``Unkept``."""
    found = {}
    for name, used in images.items():
        ratio = max(used["dpi_ratios"])
        found[name] = _picture(used["image"].get_x_object(used["interpolate"], ratio))
    return found


def _picture(stream: pydyf.Stream) -> Picture:
    extra = dict(stream.extra)
    mask = extra.pop("SMask", None)
    if stream.compress or (mask is not None and mask.compress):
        raise Unkept
    kept = {key: plain(value, {}) for key, value in extra.items()}
    # the place of the mask among what is told
    order = [key if key != "SMask" else "" for key in stream.extra]
    content = b"\n".join(_content(item) for item in stream.stream)
    told = {key: kept[key] if key else 0 for key in order}
    return Picture(told, content, None if mask is None else _picture(mask))


def _content(item: Any) -> bytes:
    return item if isinstance(item, bytes) else bytes(pydyf.Array([item]).data[1:-1])


def _stream(picture: Picture) -> pydyf.Stream:
    extra = pydyf.Dictionary()
    for key, value in picture.extra.items():
        if key:
            extra[key] = thawed(value, None, {})
        elif picture.mask:
            extra["SMask"] = _stream(picture.mask)
    return pydyf.Stream([picture.content], extra)


class _Image:
    """What WeasyPrint asks for a picture when it writes a file."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture

    def get_x_object(self, _interpolate: bool, _ratio: float) -> pydyf.Stream:  # noqa: FBT001
        """Return the picture as it stands in the file."""
        return _stream(self._picture)


class Pictures:
    """The pictures that stand in one file: of two with one name, the first counts."""

    def __init__(self) -> None:
        self._known: dict[str, Picture] = {}

    def add(self, pictures: Mapping[str, Picture]) -> None:
        """Note pictures that may be painted."""
        self._known = {**pictures, **self._known}

    def use(self, name: str, images: dict[str, Any]) -> None:
        """Note among the images of a file that a picture stands in it."""
        images.setdefault(
            name,
            {
                "image": _Image(self._known[name]),
                "interpolate": True,
                "dpi_ratios": {1},
                "x_object": None,
            },
        )
