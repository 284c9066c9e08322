"""Which pictures a kit names, in the order of its pages, and what each of them belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from moip_press.kit.model.fields import Record
from moip_press.kit.model.kit import Kit, Placed, PlacedPart, walk
from moip_press.kit.model.records import Image, Logo, Partner

DRAWN = (".svg", "")
SAYS_ITSELF = re.compile(
    r"(?:photo|phot\b|cr[ée]dit|illustration|image|dessin|visuel|infographie|source|courtesy|picture"
    r"|drawing|copyright|tous droits|all rights|d\.?\s?r\b|cc[ -]|domaine public|public domain)",
    re.IGNORECASE,
)
COPYRIGHT = re.compile(r"\(c\)(?=\W)", re.IGNORECASE)


@dataclass(frozen=True)
class Pictured:
    """A picture or logo that has a file and is not awaited.

    ``holders`` are the records around it, from the nearest on: a person, the part. ``part`` is the
    part that it stands in, none for what ``kit.yaml`` and ``theme.yaml`` name.
    """

    image: Image | Logo
    holders: tuple[Record, ...]
    placed: Placed
    part: PlacedPart | None = None

    @property
    def file(self) -> str:
        """The name of its file."""
        return self.image.file or ""

    @property
    def owner(self) -> Record:
        """The record that shows it: a block, a person, an event, the edition."""
        return self.holders[0]

    @property
    def is_photograph(self) -> bool:
        """Whether it is no logo and no drawing."""
        drawn = PurePosixPath(self.file).suffix.lower() in DRAWN
        return isinstance(self.image, Image) and not drawn

    @property
    def is_decorative(self) -> bool:
        """Whether it says nothing that the text does not say."""
        return isinstance(self.image, Image) and self.image.decorative


def credited(credit: str) -> str:
    """Return who made a picture: "© Name", unless the credit says already what it is."""
    words = COPYRIGHT.sub("©", credit.strip())
    if not words or SAYS_ITSELF.match(words) or "©" in words:
        return words
    return f"©\N{NO-BREAK SPACE}{words}"


def pictured(kit: Kit) -> tuple[Pictured, ...]:
    """Return the pictures of a kit that are there, those of partners last."""
    found = [*_in_kit(kit), *(each for part in kit.parts() for each in _held(part.values(), part))]
    return tuple(sorted(found, key=lambda each: isinstance(each.owner, Partner)))


def _in_kit(kit: Kit) -> Iterator[Pictured]:
    yield from _held(walk(kit.edition, kit.source, ()))
    if kit.looks_source:
        yield from _held(walk(kit.looks, kit.looks_source, ()))


def _held(values: Iterable[Placed], part: PlacedPart | None = None) -> Iterator[Pictured]:
    """Yield the pictures among values that come each after those around it."""
    above: dict[tuple[str | int, ...], object] = {}
    for placed in values:
        above[placed.loc] = image = placed.value
        if isinstance(image, Image | Logo) and image.file and not image.pending:
            around = (above[placed.loc[:length]] for length in reversed(range(len(placed.loc))))
            holders = tuple(each for each in around if isinstance(each, Record))
            yield Pictured(image, holders, placed, part)
