"""What differs between the facts of two kits: period, title, version, embargo, boilerplate."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.editions.comparison import contents
from moip_press.editions.comparison.changes import Change, Fact, Value
from moip_press.editions.comparison.document import (
    Document,
    Record,
    day,
    items,
    moment,
    record,
    text,
)
from moip_press.editions.comparison.events import NOWHERE, alike
from moip_press.kit.when import When
from moip_press.kit.when.moments import days_between

NAMES = (
    "title",
    "version",
    "date_of_issue",
    "embargo",
    "status",
    "period",
    "subtitle",
    "tagline",
    "claim",
    "hashtag",
    "kind",
    "language",
    "publisher",
    "website",
    "place_of_issue",
    "closing",
    "credits",
)
EDITORIAL = "editorial"
LONGEST = 4000


def of_kit(old: Document, new: Document) -> Iterator[Change]:
    """Yield the changes of the partners, the boilerplate and the kit itself."""
    before, after = old.kit, new.kit
    partners = items(before, "partners"), items(after, "partners")
    yield from contents.listed(*partners, "partner", EDITORIAL, NOWHERE)
    yield from _about(record(before, "about"), record(after, "about"))
    pairs = [(name, value_of(before, name), value_of(after, name)) for name in NAMES]
    facts = tuple(Fact(name, one, other) for name, one, other in pairs if not alike(one, other))
    if facts:
        yield Change("kit", "changed", "kit", new.title, facts=facts)


def _about(old: Record, new: Record) -> Iterator[Change]:
    if old and new:
        yield from contents.compared(old, new, "about", EDITORIAL, NOWHERE)
    elif old or new:
        yield contents.whole(new or old, "added" if new else "removed", "about", EDITORIAL, NOWHERE)


def value_of(kit: Record, name: str) -> Value:
    """Return what is printed of a kit under a name, ``None`` where nothing is."""
    if name == "period":
        return _period(record(kit, name))
    if name == "embargo":
        return moment(record(kit, name)) or text(kit, name) or None
    if name == "status":
        return "draft" if text(kit, name) == "draft" else None
    if name == "publisher":
        return text(record(kit, name), "name") or None
    written = text(kit, name)
    issued = day(written) if name == "date_of_issue" else None
    return When("day", (issued,)) if issued else written or None


def _period(found: Record) -> Value:
    start, end = day(text(found, "start")), day(text(found, "end"))
    if not start or not end or not 0 <= (end - start).days < LONGEST:
        return None
    return When("range", days_between(start, end)) if start < end else When("day", (start,))
