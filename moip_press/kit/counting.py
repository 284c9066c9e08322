"""What a question comes to: how many events, places, regions a kit has, what they add up to.

And what is wrong with a question, at its place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from moip_press.kit import selection
from moip_press.kit.conditions import KEYS, Condition
from moip_press.kit.model.blocks import DirectoryBlock, LabsBlock
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.model_errors import suggest
from moip_press.kit.model.parts import Article
from moip_press.kit.model.records import DirectoryEntry, Event, Lab
from moip_press.kit.questions import COUNTABLE, GROUPS, Question, Word
from moip_press.kit.selection import (
    DATED,
    Entry,
    choose,
    days_of,
    entries,
    meant,
    narrowed,
    said_of,
)
from moip_press.kit.source import Loc, Source
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_
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
    for condition in meant(kit, question.conditions):
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


WITHOUT_EVENTS = {"labs": ("region",), "partners": ()}
"""What is counted though it is no event, and the keys by which it can be chosen."""
APART = N_("Numbers cannot be broken down by “{word}”.")
Place = Callable[[int, int], Span]


def faults(
    kit: Kit, text: str, source: Source, loc: Loc, *, summed: bool = False, grouped: bool = False
) -> Iterator[Diagnostic]:
    """Yield what is wrong with a question that stands at a place of a file.

    ``grouped`` is whether it says by what its numbers are told apart.
    """
    question = Question.parse(text)

    def at(start: int, end: int) -> Span:
        return source.value_span(loc, start, end)

    yield from _of_what(kit, question, at, summed=summed)
    yield from _of_by(question, at, grouped=grouped)
    conditions = [*question.faults, *selection.faults(kit, question.conditions)]
    if not conditions and not kit.awaits_events and question.noun not in WITHOUT_EVENTS:
        conditions = [*_meeting_nothing(kit, question)]
    for found in conditions:
        columns = (found.span.start.column - 1, found.span.end.column - 1)
        yield replace(found, span=at(*columns))
    if not summed:
        yield from _not_chosen_by(question, at)


def _of_what(kit: Kit, question: Question, at: Place, *, summed: bool) -> Iterator[Diagnostic]:
    """Yield that what is to be counted or added up does not exist, or has no numbers."""
    what = question.what
    if not summed:
        if question.noun is None:
            message = N_("“{word}” is nothing that can be counted.")
            yield _unknown("R161", message, what, list(COUNTABLE), at)
        return
    fields = [CAPACITY, *kit.edition.fields]
    if what.text not in fields:
        message = N_("Events have no field “{word}” to add up.")
        yield _unknown("R162", message, what, fields, at)
    elif not kit.awaits_events and not any(amount(e.event, what.text) for e in entries(kit)):
        yield Diagnostic.error(
            "R162",
            at(what.start, what.end),
            Message.of(N_("No event has a number in its field “{word}”."), word=what.text),
            Message(N_("Write it in the events, in digits.")),
        )


def _of_by(question: Question, at: Place, *, grouped: bool) -> Iterator[Diagnostic]:
    by = question.by
    if by is not None and not grouped:
        yield Diagnostic.error(
            "R163",
            at(by.start, by.end),
            Message(N_("One number stands here: it cannot be broken down.")),
            Message.of(N_("Take “by {word}” away, or draw a chart."), word=by.text),
        )
    elif grouped and by is None:
        end = question.what.end
        yield Diagnostic.error(
            "R163",
            at(question.what.start, end),
            Message(N_("Nothing says by what the numbers are broken down.")),
            Message.of(N_("Write “{example}”."), example=f"{question.what.text} by region"),
        )
    elif by is not None and question.noun == "labs" and question.group != "region":
        yield _unknown("R163", APART, by, ["region"], at)
    elif by is not None and question.noun == "partners":
        yield _unknown("R163", APART, by, [], at)
    elif by is not None and question.group is None:
        yield _unknown("R163", APART, by, list(GROUPS), at)


def _unknown(code: str, message: str, word: Word, known: list[str], at: Place) -> Diagnostic:
    return Diagnostic.error(
        code,
        at(word.start, max(word.end, word.start + 1)),
        Message.of(message, word=word.text),
        suggest(word.text.lower(), known),
    )


def _meeting_nothing(kit: Kit, question: Question) -> Iterator[Diagnostic]:
    """Yield the first condition that names what no event has, and values that choose none.

    That no event of a day, or of a status, is left, is an answer: zero.
    """
    for condition in meant(kit, question.conditions):
        if condition.key in OF_FIELDS and not condition.negated:
            chosen = choose(kit, [condition])
            if not chosen.entries:
                yield selection.nothing_left(kit, chosen)
                return
    yield from selection.without_events(kit, question.conditions)


def _not_chosen_by(question: Question, at: Place) -> Iterator[Diagnostic]:
    """Yield the conditions that what is counted cannot meet, as labs have no theme."""
    keys = WITHOUT_EVENTS.get(question.noun or "")
    for condition in question.conditions if keys is not None else ():
        if condition.key not in (keys or ()):
            yield _foreign(question, condition, keys or (), at)


def _foreign(
    question: Question, condition: Condition, keys: tuple[str, ...], at: Place
) -> Diagnostic:
    start, end = condition.span.start.column - 1, condition.span.end.column - 1
    message = N_("“{noun}” cannot be chosen by “{key}”.")
    hint = suggest("", keys) if keys else Message(N_("Take this condition away."))
    return Diagnostic.error(
        "R122",
        at(start, end),
        Message.of(message, noun=question.what.text, key=condition.key),
        hint,
    )
