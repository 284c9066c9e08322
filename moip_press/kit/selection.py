"""Which events meet the conditions that choose them, and which dates they were moved from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from moip_press.kit.conditions import KEYS, OWN, Condition, Value
from moip_press.kit.geography import POSTCODE, area_of, department_of
from moip_press.kit.model.fields import MEANT, EventStatus
from moip_press.kit.model.french_keys import english, english_value, french
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.model_errors import nearest, suggest
from moip_press.kit.model.parts import Programme
from moip_press.kit.model.records import Event
from moip_press.kit.model.sessions import Session, all_days
from moip_press.kit.when import When, WhenError, parse_when
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_, NP_
from moip_press.text.folding import fold

SEPARATOR = re.compile(r"[,;/]")
WEEK = re.compile(r"(?:(?P<year>\d{4})-?)?[ws]?(?P<week>\d{1,2})", re.IGNORECASE)


ALL_KEYS = N_(
    "section, organiser, region, department, town, place, theme, audience, price, day, week, "
    "status, text"
)
ALL_GROUPINGS = N_(
    "section, organiser, region, department, town, place, theme, audience, week, day"
)
"""The keys by which events are chosen and gathered, in the words of the user's language."""
DATED = ("day", "week")
"""The keys that ask when an event takes place."""
PLACED = ("town", "place")
"""The keys that ask what stands in the place of an event."""
OF_SESSIONS = (*DATED, *PLACED, "department", "price")
"""The keys to which the sessions of an event may have different answers."""


@dataclass(frozen=True)
class Entry:
    """An event of the kit and the section that it stands in.

    Where a selection holds some of its sessions only, ``shown`` is the event with these, and
    ``also`` are the days of the others.
    """

    event: Event
    section: Programme
    shown: Event | None = None
    also: When | None = None

    @property
    def printed(self) -> Event:
        """The event as a handout prints it."""
        return self.shown or self.event


@dataclass(frozen=True)
class Chosen:
    """What a selection left; ``emptied`` is the condition that left nothing.

    ``before`` counts the events that were there when it was asked.
    """

    entries: tuple[Entry, ...]
    emptied: Condition | None = None
    before: int = 0


def entries(kit: Kit) -> tuple[Entry, ...]:
    """Return every event of the kit with its section, in the order of the dossier."""
    return tuple(Entry(event, section) for section in kit.sections() for event in section.events)


def choose(kit: Kit, conditions: Iterable[Condition]) -> Chosen:
    """Return the events that meet all conditions, in the order of the dossier."""
    left = entries(kit)
    for condition in meant(kit, conditions):
        kept = tuple(entry for entry in left if meets(kit, entry, condition))
        if not kept:
            return Chosen((), condition, len(left))
        left = kept
    return Chosen(left)


def narrowed(
    kit: Kit, found: Iterable[Entry], conditions: Iterable[Condition]
) -> tuple[Entry, ...]:
    """Return events with those of their sessions alone that are on the days, or where, chosen."""
    asked = [each for each in meant(kit, conditions) if each.key in OF_SESSIONS]
    return tuple(_narrowed(kit, entry, asked) if asked else entry for entry in found)


def _narrowed(kit: Kit, entry: Entry, conditions: Sequence[Condition]) -> Entry:
    event = entry.event
    if not event.sessions and event.when.recurrence is None:
        return entry
    held: list[Session] = []
    others: list[Session] = []
    for session in event.own_sessions():
        held_then = {"sessions": (session,), "when": session.held or session.when}
        alone = replace(entry, event=event.model_copy(update=held_then), shown=None)
        met = all(meets(kit, alone, condition) for condition in conditions)
        (held if met else others).append(session)
    if not held or not others:
        return entry
    update = {"sessions": tuple(held) if event.sessions else (), "when": all_days(held)}
    return replace(entry, shown=event.model_copy(update=update), also=all_days(others))


def key_in(kit: Kit, word: str) -> str:
    """Return the key that a word means; a field of the kit's own goes before other words."""
    return word if word in KEYS or own_field(kit, word) else english(word, KEYS) or word


def meant(kit: Kit, conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return conditions with the keys that they have in this kit."""
    return tuple(replace(each, key=key_in(kit, each.name or each.key)) for each in conditions)


def meets(kit: Kit, entry: Entry, condition: Condition) -> bool:
    """Tell whether an event meets a condition."""
    facts = facts_of(kit, entry, condition.key)
    if condition.key == "text":
        found = any(_holds(fact, fold(v.text)) for v in condition.values for fact in facts)
    else:
        found = any(facts & wanted(kit, condition.key, v.text) for v in condition.values)
    return found != condition.negated


def _holds(text: str, words: str) -> bool:
    """Return whether a text has a word that begins so; a number is a whole number."""
    last = r"(?!\d)" if words[-1:].isdigit() else ""
    return re.search(rf"(?<![^\W_]){re.escape(words)}{last}", text) is not None


def facts_of(kit: Kit, entry: Entry, key: str) -> frozenset[str]:
    """Return what an event answers to a key, each as `fold` gives it."""
    event, section = entry.event, entry.section
    said = said_of(kit, entry, key)
    match key:
        case "section":
            names: Iterable[object] = (section.id, section.title, section.contents_title)
        case "organiser":
            names = (*said, event.organisers_line)
        case "department":
            known = [area for name in said if (area := area_of(name, "department"))]
            names = (name for area in known for name in (area.name, area.code))
        case "town":
            names = (*said, *(POSTCODE.sub("", name) for name in said))
        case "place":
            names = (*said, *(place.venue for place in event.places()))
        case "text":
            place = event.place
            where = (place.venue, place.address, place.town) if place else ()
            texts = (event.title, event.text, event.audience, *event.organisers, *event.notes)
            names = (*texts, *where, *event.speakers, *event.fields.values())
        case _ if key in DATED or key in ("region", "theme", "status"):
            names = said
        case _:
            names = (*said, *(part for words in said for part in SEPARATOR.split(words)))
    return frozenset(fold(str(name)) for name in names if name)


def said_of(kit: Kit, entry: Entry, key: str) -> tuple[str, ...]:
    """Return what an event says for a key, as it is written, each once.

    By these values numbers are told apart, and handouts made; a section is its id.
    """
    said = (
        SAID[key](kit, entry)
        if key in SAID
        else [entry.printed.fields.get(own_field(kit, key) or "")]
    )
    return tuple(dict.fromkeys(str(value) for value in said if value))


SAID: Mapping[str, Callable[[Kit, Entry], Iterable[object]]] = {
    "section": lambda _, entry: [entry.section.id],
    "organiser": lambda _, entry: entry.printed.organisers,
    "region": lambda _, entry: [entry.printed.region],
    "department": lambda _, entry: map(department_of, entry.printed.places()),
    "town": lambda _, entry: [place.town for place in entry.printed.places()],
    "place": lambda _, entry: [place.in_words for place in entry.printed.places()],
    "theme": lambda _, entry: [entry.printed.theme],
    "audience": lambda _, entry: [entry.printed.audience],
    "price": lambda _, entry: [session.price for session in entry.printed.each_session()],
    "day": lambda kit, entry: [day.isoformat() for day in days_of(kit, entry.printed)],
    "week": lambda kit, entry: [week_of(day) for day in days_of(kit, entry.printed)],
    "status": lambda _, entry: [entry.printed.status],
    "text": lambda _, __: (),
}
"""What an event says for each key that every kit has."""


def own_field(kit: Kit, key: str) -> str | None:
    """Return the field of the kit's own that a key names, in any spelling, or by its label."""
    wanted = fold(key.removeprefix(OWN))
    declared = kit.edition.fields
    used = (name for event in kit.events() for name in event.fields)
    labels = ((name, label) for name, label in declared.items() if label)
    named = (*((name, name) for name in (*declared, *used)), *labels)
    return next((name for name, said in named if fold(said) == wanted), None)


def days_of(kit: Kit, event: Event) -> tuple[datetime.date, ...]:
    """Return the days of an event as things stand; one without an end lasts the period."""
    when = event.moment
    period = kit.edition.period
    if when.kind == "open":
        span = (period.end - when.start).days
        return tuple(when.start + datetime.timedelta(days=n) for n in range(max(span, 0) + 1))
    return when.days


def wanted(kit: Kit, key: str, text: str) -> frozenset[str]:
    """Return what a value stands for, as facts are given; nothing where it cannot be read."""
    match key:
        case "week":
            return frozenset(map(fold, weeks_in(kit, text)))
        case "day":
            return frozenset(fold(day.isoformat()) for day in _days_in(kit, text))
        case "status":
            return frozenset({english_value(text, get_args(EventStatus)) or fold(text)})
        case _:
            return frozenset({fold(text)})


def weeks_in(kit: Kit, text: str) -> tuple[str, ...]:
    """Return the weeks that a text means, such as 2021-W46; none where it cannot be read."""
    if match := WEEK.fullmatch(text.strip()):
        number = int(match["week"])
        period = kit.edition.period.value
        within = (week_of(day)[:4] for day in period.days if day.isocalendar().week == number)
        year = max(int(match["year"] or next(within, period.start.year)), 1)
        last = datetime.date(year, 12, 28).isocalendar().week
        return (f"{year}-W{number:02}",) if 1 <= number <= last else ()
    return tuple(dict.fromkeys(week_of(day) for day in _days_in(kit, text)))


def _days_in(kit: Kit, text: str) -> tuple[datetime.date, ...]:
    try:
        return parse_when(text, kit.edition.language, kit.edition.period.value).days
    except (WhenError, ValueError):
        return ()


def week_of(day: datetime.date) -> str:
    """Return the ISO week of a day: ``2021-W46``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def values_of(kit: Kit, key: str) -> tuple[str, ...]:
    """Return the values that events of the kit have for a key, each once, as first written."""
    found: dict[str, str] = {}
    for entry in entries(kit):
        for name in said_of(kit, entry, key):
            found.setdefault(fold(name), name)
    return tuple(found.values())


def faults(kit: Kit, conditions: Iterable[Condition]) -> Iterator[Diagnostic]:
    """Yield what no kit could mean: days that do not exist, sections and statuses unknown."""
    for condition in meant(kit, conditions):
        if not is_key(kit, condition.key):
            yield unknown_key(kit, condition.key, condition.span)
        for value in condition.values:
            if condition.key in ("day", "week") and not wanted(kit, condition.key, value.text):
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
            if known and not wanted(kit, condition.key, value.text) & {*map(fold, known)}:
                yield _unknown(condition.key, value, known)


def is_key(kit: Kit, key: str, among: Sequence[str] = KEYS) -> bool:
    """Return whether a key is one of those given, or a field of the kit's own."""
    return key in among or own_field(kit, key) is not None


def unknown_key(kit: Kit, key: str, span: Span, among: Sequence[str] = KEYS) -> Diagnostic:
    """Return the diagnostic for a key by which no events can be chosen, or grouped."""
    message = Message.of(N_("There is no key “{key}” for choosing events."), key=key)
    own = tuple(kit.edition.fields)
    named = (*among, *french(among), *own)
    if close := nearest(key.lower(), named):
        return Diagnostic.error("R122", span, message, Message.of(MEANT, suggestion=close))
    names = Message(ALL_KEYS if among is KEYS else ALL_GROUPINGS)
    if own:
        names = Message.of("{names}, {own}", names=names, own=", ".join(own))
    hint = Message.of(N_("Possible here: {names}."), names=names)
    return Diagnostic.error("R122", span, message, hint)


def _unknown(key: str, value: Value, known: Sequence[str]) -> Diagnostic:
    message = (
        N_("There is no section “{name}” in the programme.")
        if key == "section"
        else N_("There is no status “{name}”.")
    )
    ids = [name for name in known if name == fold(name).replace(" ", "-")]
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
        if condition.key == "text":
            message = N_("No event has words that begin as in “{condition}”.")
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
    for condition in meant(kit, conditions):
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
    if key == "text":
        return Message(N_("Fewer words, or the beginning of one, find more events."))
    known = {fold(name): name for name in values_of(kit, key)}
    if close := nearest(fold(text), known):
        return Message.of(MEANT, suggestion=known[close])
    return suggest(text, known.values()) or none_says(key)


def none_says(key: str) -> Message:
    """Return the hint for a key to which no event has an answer."""
    if key == "department":
        return Message(N_("Write the postcode of the place, such as “town: 29200 Brest”."))
    name = f"place: {{{'venue' if key == 'place' else key}: …}}" if key in PLACED else f"{key}: …"
    return Message.of(N_("No event says it: add “{field}” to the events in question."), field=name)


@dataclass(frozen=True)
class Left:
    """The date that an event, or a session of it, had before it was moved to a new one."""

    entry: Entry
    old: When
    new: When


def left_dates(
    kit: Kit, conditions: Iterable[Condition] = (), among: Iterable[Entry] | None = None
) -> tuple[Left, ...]:
    """Return the old dates that meet the conditions on days, of events that meet the others.

    ``among`` are the events, where they were chosen already.
    """
    every = meant(kit, conditions)
    asked = [condition for condition in every if condition.key in DATED]
    if among is None:
        others = [condition for condition in every if condition.key not in DATED]
        among = choose(kit, others).entries
    return tuple(left for entry in among for left in _of_event(kit, entry, asked))


def _of_event(kit: Kit, entry: Entry, conditions: Iterable[Condition]) -> Iterator[Left]:
    for old, new in entry.event.moves():
        announced = {"sessions": (), "when": old, "status": "confirmed", "postponed_to": None}
        before = replace(entry, event=entry.event.model_copy(update=announced))
        if all(meets(kit, before, condition) for condition in conditions):
            yield Left(entry, old, new)
