"""What a question about a kit comes to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from moip_press.kit.counting.question import Question
from moip_press.kit.model.blocks import DirectoryBlock, LabsBlock
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import Article
from moip_press.kit.model.records import DirectoryEntry, Event, Lab
from moip_press.kit.selection import (
    DATED,
    KEYS,
    Condition,
    Entry,
    choose,
    days_of,
    narrowed,
    said_of,
)
from moip_press.text.folding import fold

AMOUNT = re.compile(
    r"[^\d,.]*(?P<whole>\d{1,3}(?:[  \u202f.,]\d{3})+|\d+)(?:[.,](?P<part>\d+))?\D*"
)
OF_FIELDS = tuple(key for key in KEYS if key not in (*DATED, "section", "status", "text"))
"""The keys of conditions that an event may leave unsaid."""
CAPACITY = "capacity"


@dataclass(frozen=True)
class Counted:
    """A number, and how many of the records asked said what it needs: ``known`` of ``asked``."""

    value: Decimal
    known: int
    asked: int


@dataclass(frozen=True)
class Share:
    """One of the numbers that a question is told apart by: its name, None for what has none."""

    name: str | None
    value: Decimal


def count(kit: Kit, question: Question, *, summed: bool = False) -> Counted:
    """Return what a question comes to: a number of things, or what a field adds up to.

    What is cancelled does not count, unless the question says a status. A question with faults
    counts nothing.
    """
    if not summed and question.noun in ("labs", "partners"):
        return _of_the_kit(kit, question)
    whole = asked(kit, question.conditions, all_=True)
    found = asked(kit, question.conditions)
    if summed:
        amounts = [amount(each.printed, question.what.text) for each in found]
        said = [value for value in amounts if value is not None]
        known = sum(_says(kit, each, question, question.what.text) for each in whole)
        return Counted(sum(said, Decimal()), known, len(whole))
    known = sum(_says(kit, each, question) for each in whole)
    return Counted(Decimal(_number(kit, question.noun or "", found)), known, len(whole))


def grouped(kit: Kit, question: Question, *, summed: bool = False) -> tuple[Share, ...]:
    """Return what a question comes to for each value that it is told apart by.

    An event counts for each of its organisers, days and weeks. Days, weeks and months are in
    their order, all others as the dossier names them first.
    """
    by = question.group or ""
    if question.noun == "labs" and not summed:
        return _labs_by_region(kit, question)
    found: dict[str, list[Entry]] = {}
    names: dict[str, str | None] = {}
    for entry in asked(kit, question.conditions):
        for name in dict.fromkeys(values_by(kit, entry, by)) or (None,):
            key = fold(name or "")
            names.setdefault(key, name)
            found.setdefault(key, []).append(entry)
    keys = sorted(found) if by in ("day", "week", "month") else list(found)
    keys = [key for key in keys if key] + [key for key in keys if not key]
    return tuple(
        Share(names[key], value_of(kit, question, found[key], summed=summed)) for key in keys
    )


def value_of(kit: Kit, question: Question, found: Sequence[Entry], *, summed: bool) -> Decimal:
    """Return what a question comes to for some events."""
    if summed:
        amounts = (amount(each.printed, question.what.text) for each in found)
        return sum((value for value in amounts if value is not None), Decimal())
    return Decimal(_number(kit, question.noun or "", found))


def values_by(kit: Kit, entry: Entry, by: str) -> Iterator[str]:
    """Yield what an event says of what numbers are told apart by."""
    match by:
        case "section":
            yield str(entry.section.title)
        case "month":
            yield from (f"{day:%Y-%m}" for day in days_of(kit, entry.printed))
        case _:
            yield from said_of(kit, entry, by)


def amount(event: Event, field: str) -> Decimal | None:
    """Return the number in a field of an event, None where it has none: "1 200 m²" is 1200."""
    written = event.capacity if field == CAPACITY else event.fields.get(field)
    return None if written is None else number_in(str(written))


def number_in(text: str) -> Decimal | None:
    """Return the only number of a text, None where there is none or several."""
    found = AMOUNT.fullmatch(text)
    if found is None:
        return None
    whole = re.sub(r"\D", "", found["whole"])
    return Decimal(f"{whole}.{found['part'] or 0}").normalize() + 0


def asked(kit: Kit, conditions: Iterable[Condition], *, all_: bool = False) -> tuple[Entry, ...]:
    """Return the events that a question is about; with ``all_``, those that might be too.

    These are the ones whose region, theme or organisers are not said.
    """
    given = [c for c in conditions if not (all_ and _is_open(c))]
    chosen = choose(kit, given).entries
    if not any(condition.key == "status" for condition in conditions):
        chosen = tuple(entry for entry in chosen if entry.event.status != "cancelled")
    return narrowed(kit, chosen, given)


def _says(kit: Kit, entry: Entry, question: Question, field: str = "") -> bool:
    """Return whether an event says all that a question needs."""
    event = entry.printed
    for condition in question.conditions:
        if _is_open(condition) and not said_of(kit, entry, condition.key):
            return False
    if field:
        return amount(event, field) is not None
    needs = NEEDS.get(question.noun or "")
    return needs is None or any(needs(event))


def _is_open(condition: Condition) -> bool:
    """Return whether an event that does not say what is asked could meet a condition."""
    return condition.key in OF_FIELDS and not condition.negated


NEEDS: Mapping[str, Callable[[Event], Iterable[str]]] = {
    "organisers": lambda event: map(str, event.organisers),
    "places": lambda event: (f"{p.venue}, {p.town or ''}" for p in event.places() if p.venue),
    "towns": lambda event: (str(p.town) for p in event.places() if p.town),
    "regions": lambda event: (str(event.region),) if event.region else (),
    "themes": lambda event: (str(event.theme),) if event.theme else (),
    "speakers": lambda event: (str(each).partition(",")[0] for each in event.speakers),
}
"""What an event says of each thing that is counted by its name: equal names count once."""


def _number(kit: Kit, noun: str, found: Sequence[Entry]) -> int:
    if noun == "events":
        return len(found)
    if noun == "sessions":
        return sum(each.printed.session_count for each in found)
    if noun == "sections":
        return len({each.section.id for each in found})
    if noun == "days":
        return len({day for each in found for day in days_of(kit, each.printed)})
    names = NEEDS.get(noun)
    return len({fold(name) for each in found for name in names(each.printed)}) if names else 0


def _of_the_kit(kit: Kit, question: Question) -> Counted:
    """Return the number of labs or partners; of labs, those of a region."""
    if question.noun == "partners":
        number = len(kit.edition.partners)
        return Counted(Decimal(number), number, number)
    known = labs(kit)
    regions = [c for c in question.conditions if c.key == "region"]
    found = [lab for lab in known if all(_in_region(lab, c) for c in regions)]
    told = sum(bool(lab.region) for lab in known) if regions else len(known)
    return Counted(Decimal(len(found)), told, len(known))


def labs(kit: Kit) -> tuple[Lab | DirectoryEntry, ...]:
    """Return the labs that the kit profiles or lists, each name once."""
    found: dict[str, Lab | DirectoryEntry] = {}
    for placed in kit.parts():
        for block in placed.part.body if isinstance(placed.part, Article) else ():
            if isinstance(block, LabsBlock | DirectoryBlock):
                for lab in block.labs:
                    found.setdefault(fold(lab.name), lab)
    return tuple(found.values())


def _labs_by_region(kit: Kit, question: Question) -> tuple[Share, ...]:
    found: dict[str, list[str | None]] = {}
    for lab in labs(kit):
        if all(_in_region(lab, c) for c in question.conditions if c.key == "region"):
            found.setdefault(fold(lab.region or ""), []).append(lab.region)
    keys = [key for key in found if key] + [key for key in found if not key]
    return tuple(Share(found[key][0], Decimal(len(found[key]))) for key in keys)


def _in_region(lab: Lab | DirectoryEntry, condition: Condition) -> bool:
    wanted = {fold(value.text) for value in condition.values}
    return (fold(lab.region or "") in wanted) != condition.negated
