"""What differs between the texts of a kit: editorial, interview, articles, labs, figures.

Records are compared record by record, whatever they are: each is known by its title or its
words, and the texts that it holds by their field.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moip_press.editions.comparison.changes import Change, Fact
from moip_press.editions.comparison.document import NOTHING, Record, items, strings, text, texts
from moip_press.editions.comparison.events import Section, alike
from moip_press.editions.comparison.matching import match
from moip_press.kit.matching import Face
from moip_press.kit.model.fields import slug
from moip_press.text.difference import cut

LISTS = {
    "body": "block",
    "items": "item",
    "exchanges": "exchange",
    "labs": "lab",
    "closing_links": "link",
    "contacts": "contact",
    "partners": "partner",
}
"""The lists of records that a record may hold, and what each record in them is."""
ITEM_OF = {"key-figures": "figure", "cards": "card", "missions": "mission"}
NAMES = ("title", "name", "question", "label", "organisation", "email", "telephone", "value")
"""What a record is called by, the first that it has."""
APART = {"id", "type", "events", "language", "columns"}
"""What is compared elsewhere, or not printed."""


def name_of(found: Record) -> str:
    """Return what a record is called, or else how its text begins."""
    names = (text(found, name) for name in NAMES)
    return next(filter(None, names), "") or cut(next(strings(dict(found)), ""), 8)


def face(found: Record, sort: str) -> Face:
    """Return what a record is known by."""
    title, own = next(filter(None, (text(found, name) for name in NAMES)), ""), text(found, "id")
    return Face.of(
        f"{sort} {text(found, 'type')}",
        title,
        texts=strings(dict(found)),
        id=own,
        given=bool(own) and own != slug(title),
    )


def listed(
    old: Sequence[Record], new: Sequence[Record], sort: str, kind: str, section: Section
) -> Iterator[Change]:
    """Yield the changes of records in a list: changed, added, removed, in the order of print."""
    found = match(old, new, lambda record: face(record, sort))
    for one, other in found.pairs:
        yield from compared(old[one], new[other], sort, kind, section)
    for place in found.new:
        yield whole(new[place], "added", sort, kind, section)
    for place in found.gone:
        yield whole(old[place], "removed", sort, kind, section)


def compared(old: Record, new: Record, sort: str, kind: str, section: Section) -> Iterator[Change]:
    """Yield the change of one record, then those of the records that it holds."""
    if old == new:
        return
    facts = tuple(facts_of(old, new))
    if facts:
        yield Change(
            kind, "changed", sort, name_of(new), text(new, "id"), section.title, section.id, facts
        )
    for name in LISTS:
        if name in old or name in new:
            yield from listed(items(old, name), items(new, name), sort_of(new, name), kind, section)


def sort_of(holder: Record, name: str) -> str:
    """Return what the records of a list are: a figure, a card, a line of a table."""
    kind = text(holder, "type")
    if name == "labs" and kind == "directory":
        return "entry"
    return ITEM_OF.get(kind, LISTS[name]) if name == "items" else LISTS[name]


def whole(found: Record, act: str, sort: str, kind: str, section: Section) -> Change:
    """Return the change of a record that was added or removed, with its first words."""
    title = name_of(found)
    said = cut(" ".join(line for line in strings(dict(found)) if line != title))
    fact = Fact("text", None, said) if act == "added" else Fact("text", said, None)
    own, facts = text(found, "id"), (fact,) if said else ()
    return Change(kind, act, sort, title, own, section.title, section.id, facts)


def facts_of(old: Record, new: Record) -> Iterator[Fact]:
    """Yield the texts that differ, those of a record within the record too."""
    for name in dict.fromkeys((*new, *old)):
        one, other = old.get(name), new.get(name)
        if name in APART or (name in LISTS and not isinstance(other or one, str)):
            continue
        if isinstance(one, dict) or isinstance(other, dict):
            below = (value if isinstance(value, dict) else NOTHING for value in (one, other))
            yield from (fact for fact in facts_of(*below) if fact.field != "links")
            continue
        before, after = (_value(found, name) for found in (old, new))
        if not alike(before, after):
            yield Fact(name, before, after)


def _value(found: Record, name: str) -> str | tuple[str, ...] | None:
    return text(found, name) or texts(found, name) or None
