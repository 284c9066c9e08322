"""The pictures that journalists may take from a site, each with what they may do with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from moip_press.media.pictures import Picture
from moip_press.web.site.images import Images
from moip_press.web.site.shown import Offered

FORMATS = {"jpg": "JPEG", "png": "PNG", "svg": "SVG"}


def offered(pictures: Iterable[Picture], images: Images) -> Iterator[Offered]:
    """Yield the pictures that can be shown; logos come last."""
    for each in sorted(pictures, key=lambda picture: picture.is_logo):
        shown = images.shown(each.file, each.name)
        if shown is None:
            continue
        largest, pixels = shown.plain[-1][1], images.as_pixels(each.file)
        yield Offered(
            each.file,
            each.alt or each.title,
            each.caption,
            each.credit,
            each.rights,
            each.shown[0].title,
            tuple(place.part.id for place in each.shown if place.part),
            tuple(place.event.id for place in each.shown if place.event),
            largest,
            *shown.size,
            len(images.files[largest]),
            FORMATS[largest.rpartition(".")[2]],
            each.is_logo or each.is_drawing,
            each.on_dark,
            pixels,
            len(images.files[pixels]) if pixels else 0,
        )
