"""Which events are meant: ``region=Bretagne,Normandie``, on the command line and in a kit.

One grammar for every verb. A condition is a key, ``=`` or ``!=``, and values; commas say
"or", several conditions say "and". A value that holds a comma stands between quotation
marks. Case, accents, hyphens and apostrophes do not count.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from moip_press.diagnostics import Diagnostic, Message, Position, Span
from moip_press.messages import N_, NP_
from moip_press.model.faults import Loc, nearest, suggest
from moip_press.model.fields import MEANT, EventStatus
from moip_press.model.kit import Kit
from moip_press.model.parts import Programme
from moip_press.model.records import Event
from moip_press.source import Source
from moip_press.when import WhenError, parse_when

KEYS = ("section", "organiser", "region", "theme", "day", "week", "status", "text")
OPTION = "--select"
CONDITION = re.compile(r"(?P<key>[^=!]*?)\s*(?P<sign>!=|=)")
ITEM = re.compile(r"""\s*(?:(["'])(?P<quoted>.*?)\1(?=\s*(?:,|$))|(?P<plain>[^,]*))""")
WEEK = re.compile(r"(?:(?P<year>\d{4})-?)?[ws]?(?P<week>\d{1,2})", re.IGNORECASE)
NOT = "!="


@dataclass(frozen=True)
class Value:
    """One value of a condition, and where it is written."""

    text: str
    span: Span


@dataclass(frozen=True)
class Condition:
    """One condition; ``span`` is that of its key."""

    key: str
    values: tuple[Value, ...]
    negated: bool
    span: Span

    @property
    def written(self) -> str:
        """The condition as one writes it, such as ``region=Bretagne,Normandie``."""
        values = (f'"{v.text}"' if "," in v.text else v.text for v in self.values)
        return f"{self.key}{NOT if self.negated else '='}{','.join(values)}"


@dataclass(frozen=True)
class Entry:
    """An event of the kit and the section that it stands in."""

    event: Event
    section: Programme


@dataclass(frozen=True)
class Chosen:
    """What a selection left; ``emptied`` is the condition that left nothing.

    ``before`` counts the events that were there when it was asked.
    """

    entries: tuple[Entry, ...]
    emptied: Condition | None = None
    before: int = 0


def parse(arguments: Sequence[str]) -> tuple[tuple[Condition, ...], tuple[Diagnostic, ...]]:
    """Return the conditions of the ``--select`` options, and what cannot be read of them.

    Places are those in ``text_of(arguments)``: each option is a line.
    """
    found = [_condition(argument, number) for number, argument in enumerate(arguments, 1)]
    conditions = tuple(each for each in found if isinstance(each, Condition))
    return conditions, tuple(each for each in found if isinstance(each, Diagnostic))


def text_of(arguments: Sequence[str]) -> str:
    """Return the text that the places of ``parse`` refer to."""
    return "\n".join(argument.replace("\n", " ") for argument in arguments)


def _condition(argument: str, line: int) -> Condition | Diagnostic:
    match = CONDITION.match(argument)
    if match is None or not match["key"].strip():
        return Diagnostic.error(
            "R121",
            _span(line, 0, len(argument)),
            Message.of(N_("“{text}” is not a condition."), text=argument),
            Message(N_("Write a key, an equals sign and values, such as region=Bretagne.")),
        )
    key = match["key"].strip()
    start = match["key"].index(key)
    span = _span(line, start, start + len(key))
    if key.lower() not in KEYS:
        return Diagnostic.error(
            "R122",
            span,
            Message.of(N_("There is no key “{key}” for choosing events."), key=key),
            suggest(key.lower(), KEYS),
        )
    values = tuple(_values(argument, match.end(), line))
    if not values:
        return Diagnostic.error(
            "R123",
            span,
            Message.of(N_("The key “{key}” has no value."), key=key),
            Message(N_("Write the value after the equals sign.")),
        )
    return Condition(key.lower(), values, match["sign"] == NOT, span)


def _values(text: str, start: int, line: int) -> Iterator[Value]:
    """Yield the values in ``text`` from ``start`` on; none is empty."""
    while start <= len(text):
        match = ITEM.match(text, start)
        if match is None:
            return
        group = "plain" if match["quoted"] is None else "quoted"
        said = match[group].strip()
        if said:
            first = match.start(group) + match[group].index(said)
            yield Value(said, _span(line, first, first + len(said)))
        comma = text.find(",", match.end())
        start = comma + 1 if comma >= 0 else len(text) + 1


def _span(line: int, start: int, end: int) -> Span:
    return Span(OPTION, Position(line, start + 1), Position(line, end + 1))


def of_fields(source: Source, loc: Loc) -> tuple[Condition, ...]:
    """Return the conditions of a ``select`` of the kit: fields whose names are the keys.

    A text holds values as on the command line, a list one value each; ``!=`` before a value
    excludes it.
    """
    conditions: list[Condition] = []
    for key, given in _plain(source, loc).items():
        values = list(_of_field(source, (*loc, key), given))
        span = source.span((*loc, key), key=True)
        for negated in (False, True):
            chosen = tuple(
                Value(value.text.removeprefix(NOT).strip(), value.span)
                for value in values
                if value.text.startswith(NOT) == negated
            )
            if chosen:
                conditions.append(Condition(key, chosen, negated, span))
    return tuple(conditions)


def _of_field(source: Source, loc: Loc, given: str | list[str]) -> Iterator[Value]:
    if isinstance(given, list):
        yield from (Value(t.strip(), source.span((*loc, n))) for n, t in enumerate(given))
        return
    for value in _values(given, 0, 1):
        start, end = value.span.start.column - 1, value.span.end.column - 1
        yield Value(value.text, source.value_span(loc, start, end))


def _plain(source: Source, loc: Loc) -> Any:
    value: Any = source.plain()
    for step in loc:
        value = value[step]
    return value


def faults(kit: Kit, conditions: Iterable[Condition]) -> Iterator[Diagnostic]:
    """Yield what no kit could mean: days that do not exist, sections and statuses unknown."""
    for condition in conditions:
        for value in condition.values:
            if condition.key in ("day", "week") and not _wanted(kit, condition.key, value.text):
                yield Diagnostic.error(
                    "R124",
                    value.span,
                    Message.of(N_("“{text}” is not a day or a week."), text=value.text),
                    Message.of(
                        N_("Write a day such as {day}, or a week such as {week}."),
                        day=kit.edition.period.start.isoformat(),
                        week=week_of(kit.edition.period.start),
                    ),
                )
            known = _fixed(kit, condition.key)
            if known and folded(value.text) not in {folded(name) for name in known}:
                yield _unknown(condition.key, value, known)


def _unknown(key: str, value: Value, known: Sequence[str]) -> Diagnostic:
    message = (
        N_("There is no section “{name}” in the programme.")
        if key == "section"
        else N_("There is no status “{name}”.")
    )
    ids = [name for name in known if name == folded(name).replace(" ", "-")]
    return Diagnostic.error(
        "R125", value.span, Message.of(message, name=value.text), suggest(value.text, ids or known)
    )


def _fixed(kit: Kit, key: str) -> tuple[str, ...]:
    """Return the values that a key may have at all; none where a kit can invent them."""
    if key == "status":
        return get_args(EventStatus)
    if key == "section":
        named = ((s.id, s.title, s.contents_title) for s in kit.sections())
        return tuple(str(name) for names in named for name in names if name)
    return ()


def entries(kit: Kit) -> tuple[Entry, ...]:
    """Return every event of the kit with its section, in the order of the dossier."""
    return tuple(Entry(event, section) for section in kit.sections() for event in section.events)


def choose(kit: Kit, conditions: Iterable[Condition]) -> Chosen:
    """Return the events that meet all conditions, in the order of the dossier."""
    left = entries(kit)
    for condition in conditions:
        kept = tuple(entry for entry in left if meets(kit, entry, condition))
        if not kept:
            return Chosen((), condition, len(left))
        left = kept
    return Chosen(left)


def meets(kit: Kit, entry: Entry, condition: Condition) -> bool:
    """Tell whether an event meets a condition."""
    facts = facts_of(kit, entry, condition.key)
    if condition.key == "text":
        found = any(folded(v.text) in fact for v in condition.values for fact in facts)
    else:
        found = any(facts & _wanted(kit, condition.key, v.text) for v in condition.values)
    return found != condition.negated


def facts_of(kit: Kit, entry: Entry, key: str) -> frozenset[str]:
    """Return what an event answers to a key, each as ``folded`` gives it."""
    event, section = entry.event, entry.section
    match key:
        case "section":
            names: Iterable[object] = (section.id, section.title, section.contents_title)
        case "organiser":
            names = (*event.organisers, event.organisers_line)
        case "day":
            names = (day.isoformat() for day in days_of(kit, event))
        case "week":
            names = (week_of(day) for day in days_of(kit, event))
        case "text":
            place = event.place
            where = (place.venue, place.address, place.town) if place else ()
            said = (event.title, event.text, event.audience, *event.organisers, *event.notes)
            names = (*said, *where)
        case _:
            names = (getattr(event, key),)
    return frozenset(folded(str(name)) for name in names if name)


def days_of(kit: Kit, event: Event) -> tuple[datetime.date, ...]:
    """Return the days of an event as things stand; one without an end lasts the period."""
    when = event.postponed_to or event.when
    period = kit.edition.period
    if when.kind == "open":
        span = (period.end - when.start).days
        return tuple(when.start + datetime.timedelta(days=n) for n in range(max(span, 0) + 1))
    return when.days


def _wanted(kit: Kit, key: str, text: str) -> frozenset[str]:
    """Return what a value stands for, as facts are given; nothing where it cannot be read."""
    if key == "week" and (match := WEEK.fullmatch(text.strip())):
        number = int(match["week"])
        year = match["year"] or next(
            (week_of(day)[:4] for day in kit.edition.period.value.days if _number(day) == number),
            str(kit.edition.period.start.year),
        )
        return frozenset({folded(f"{year}-w{number:02}")}) if 1 <= number <= 53 else frozenset()
    if key in ("day", "week"):
        try:
            days = parse_when(text, kit.edition.language, kit.edition.period.value).days
        except (WhenError, ValueError):
            return frozenset()
        return frozenset(folded(day.isoformat() if key == "day" else week_of(day)) for day in days)
    return frozenset({folded(text)})


def _number(day: datetime.date) -> int:
    return day.isocalendar().week


def week_of(day: datetime.date) -> str:
    """Return the ISO week of a day: ``2021-W46``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def values_of(kit: Kit, key: str) -> tuple[str, ...]:
    """Return the values that events of the kit have for a key, each once, as first written."""
    found: dict[str, str] = {}
    for entry in entries(kit):
        for name in _written(kit, entry, key):
            found.setdefault(folded(name), name)
    return tuple(found.values())


def _written(kit: Kit, entry: Entry, key: str) -> Iterator[str]:
    event = entry.event
    if key == "section":
        yield entry.section.id
    elif key == "organiser":
        yield from map(str, event.organisers)
    elif key in ("day", "week"):
        days = days_of(kit, event)
        yield from (day.isoformat() if key == "day" else week_of(day) for day in days)
    elif key != "text" and (value := getattr(event, key)):
        yield str(value)


def nothing_left(kit: Kit, chosen: Chosen) -> Diagnostic:
    """Return the diagnostic for a selection without events: which condition left nothing."""
    condition = chosen.emptied
    if condition is None:
        return Diagnostic.error(
            "R126",
            Span.of_file(kit.source.name),
            Message(N_("This kit has no events to choose from.")),
            Message(N_("Write the events of the programme first.")),
        )
    span = condition.values[0].span
    if not any(meets(kit, entry, condition) for entry in entries(kit)):
        message = N_("No event meets “{condition}”.")
        return Diagnostic.error(
            "R126",
            span,
            Message.of(message, condition=condition.written),
            _alike(kit, condition.key, condition.values[0].text),
        )
    return Diagnostic.error(
        "R126",
        span,
        Message.counted(
            NP_(
                "“{condition}” leaves nothing of the {count} event chosen before it.",
                "“{condition}” leaves nothing of the {count} events chosen before it.",
            ),
            chosen.before,
            condition=condition.written,
        ),
        Message(N_("Take this condition away, or one of the others.")),
    )


def without_events(kit: Kit, conditions: Iterable[Condition]) -> Iterator[Diagnostic]:
    """Yield a warning for each value, beside others, that no event of the kit has."""
    for condition in conditions:
        for value in condition.values if len(condition.values) > 1 else ():
            alone = replace(condition, values=(value,), negated=False)
            if not any(meets(kit, entry, alone) for entry in entries(kit)):
                yield Diagnostic.warning(
                    "R127",
                    value.span,
                    Message.of(N_("No event meets “{condition}”."), condition=alone.written),
                    _alike(kit, condition.key, value.text),
                )


def _alike(kit: Kit, key: str, text: str) -> Message:
    """Return the hint for a value that no event has: the one that was meant, or all."""
    known = {folded(name): name for name in values_of(kit, key)}
    if close := nearest(folded(text), known):
        return Message.of(MEANT, suggestion=known[close])
    return suggest(text, known.values()) or Message.of(
        N_("No event of this kit has a field “{key}”: add it to the events."), key=key
    )


def folded(text: str) -> str:
    """Return a text as it is compared: without case, accents, hyphens and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[-‐‑’'_/]", " ", bare).split())
