"""The next edition of a kit: what stays, what becomes a blank, and what is to be looked at.

Files are changed by exact splices: comments, order and layout stay as they are. Nothing in texts
is changed: which of their words are of the last edition is for ``check`` to tell.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from moip_press.editions.releases import kit_files
from moip_press.kit import source as sources
from moip_press.kit.editing import Drop, Operation, Put, edit
from moip_press.kit.folders import GLOSSARY, LOOKS
from moip_press.kit.model.edition import Edition, PeriodRecord
from moip_press.kit.model.fields import Prose, Record
from moip_press.kit.model.kit import Kit, PlacedPart, walk
from moip_press.kit.model.parts import Communique, Editorial, Interview, Part, Programme
from moip_press.kit.model.records import Validated
from moip_press.kit.source import Loc, ScalarNode, Source
from moip_press.kit.when import Period, period_in_words
from moip_press.proofread import fixing
from moip_press.report.diagnostics import Edit, Message
from moip_press.report.messages import N_, NP_
from moip_press.system.files import composed
from moip_press.text import prose

THEME = ("templates", "styles")
TEXTS = (".html", ".css", ".svg")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# What is said of one edition only, and what becomes a blank.
KIT_DROPS = ("version", "embargo", "date_of_issue", "waivers", "complete")
BLANKED: Mapping[type[Part], tuple[str, ...]] = {
    Programme: ("events", "complete"),
    Editorial: ("body", "pull_quote"),
    Interview: ("introduction", "exchanges"),
    Communique: (
        "date_of_issue",
        "embargo",
        "subtitle",
        "lead",
        "figures",
        "body",
        "quotes",
        "practical",
    ),
}


@dataclass(frozen=True)
class Begun:
    """The files of the next edition by their name in the kit, and what is to be said of them."""

    files: Mapping[str, bytes]
    notes: tuple[Message, ...] = ()


@dataclass
class _Notes:
    """What could not be done, and what leads elsewhere now."""

    by_hand: list[tuple[str, Loc]] = field(default_factory=list)
    led: list[str] = field(default_factory=list)


def year_of(name: str) -> int | None:
    """Return the year in the name of a folder, ``None`` where there is none."""
    found = YEAR.search(name)
    return int(found[0]) if found else None


def begin(kit: Kit, read: Iterable[Source], name: str) -> Begun:
    """Return the edition that follows ``kit``, in a folder of the given name.

    ``read`` are the files that the kit was read from. Raises ``OSError``.
    """
    period = _next_period(kit, name)
    number = _next_number(kit, period)
    plans = {kit.source.name: _kit_operations(kit, period, number)}
    for placed in kit.parts():
        if placed.own_file:
            plans[placed.source.name] = list(_part_operations(placed))
    notes = _Notes()
    files: dict[str, bytes] = {}
    for source in read:
        own = _own_name(kit, source)
        if own != GLOSSARY:
            files[own] = _edited(source, plans.get(source.name, []), kit, notes).encode()
    return Begun(files | _kept(kit, files), tuple(_said(kit, period, number, notes)))


def _own_name(kit: Kit, source: Source) -> str:
    return Path(source.name).relative_to(kit.folder).as_posix()


def _next_period(kit: Kit, name: str) -> Period:
    """Return the same days in the year that the folder is named after, else in the next one."""
    old, year = kit.edition.period, year_of(name)
    named = year_of(kit.folder.resolve().name)
    before = named if named in (old.start.year, old.end.year) else old.start.year
    years = 1 if year is None else year - before
    return Period(_moved(old.start, years), _moved(old.end, years))


def _moved(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _next_number(kit: Kit, period: Period) -> int | None:
    number = kit.edition.edition
    later = period.start > kit.edition.period.start
    return number + 1 if number is not None and later else number


def _kit_operations(kit: Kit, period: Period, number: int | None) -> list[Operation]:
    given = kit.edition.model_fields_set
    found: list[Operation] = [Drop((name,)) for name in KIT_DROPS if name in given]
    found += _validated((each.value, each.loc) for each in walk(kit.edition, kit.source, ()))
    old = kit.edition.period
    years = period.start.year - old.start.year
    named: list[tuple[Loc, PeriodRecord]] = [(("period",), old)]
    if kit.edition.periods:
        named = [(("periods", n), each) for n, each in enumerate(kit.edition.periods)]
    for loc, each in named:
        first, last = _moved(each.start, years), _moved(each.end, years)
        if isinstance(kit.source.node(loc), ScalarNode):  # in words, and so it stays
            words = period_in_words(first, last, kit.edition.language)
            found.append(Put(loc, words.replace("\N{NO-BREAK SPACE}", " ")))
            continue
        found.append(Put((*loc, "start"), first.isoformat()))
        found.append(Put((*loc, "end"), last.isoformat()))
    before = {"period": {"start": old.start.isoformat(), "end": old.end.isoformat()}}
    if number is not None:
        found.append(Put(("edition",), str(number)))
        before |= {"edition": str(kit.edition.edition)}  # type: ignore[dict-item]
    found += [Put(("status",), "draft"), Put(("previous",), before)]
    return found


def _validated(values: Iterable[tuple[object, Loc]]) -> list[Operation]:
    return [Drop(loc) for value, loc in values if isinstance(value, Validated)]


def _part_operations(placed: PlacedPart) -> Iterator[Operation]:
    part = placed.part
    gone = BLANKED.get(type(part), ())
    for name in gone:
        if name in part.model_fields_set:
            yield Drop((name,))
    values = ((value.value, value.loc) for value in placed.values())
    yield from _validated((v, loc) for v, loc in values if loc[:1] not in [(n,) for n in gone])
    if gone:
        yield Put(("pending",), "yes")


def _edited(source: Source, operations: Sequence[Operation], kit: Kit, notes: _Notes) -> str:
    """Return the text of a file after its operations, its references led to what is left."""
    edits = list(_references(source, kit, notes))
    if edits:
        source = sources.parse_yaml(fixing.apply(edits, source).encode(), source.name)
    kinds: list[type[Record]] = [Edition] if source.name == kit.source.name else []
    kinds += [type(placed.part) for placed in kit.parts() if placed.source.name == source.name]
    names = tuple(kinds[0].model_fields) if kinds else ()
    done = edit(source, operations, lambda loc: () if loc else names)
    notes.by_hand += [(_own_name(kit, source), operation.loc) for operation in done.refused]
    return done.text


def _references(source: Source, kit: Kit, notes: _Notes) -> Iterator[Edit]:
    """Yield what leads a reference to an event to the section that the event stood in."""
    sections = {event.id: section.id for section in kit.sections() for event in section.events}
    for placed in kit.values():
        if placed.source is not source or not isinstance(placed.value, Prose):
            continue
        if placed.loc[:1] in (("events",), ("exchanges",), ("body",)) and _is_blanked(source, kit):
            continue
        for reference in prose.references(placed.value):
            if reference.id in sections:
                found = source.replace(
                    placed.loc, *_id_in(placed.value, reference), sections[reference.id]
                )
                if found is not None:
                    line = placed.part_span(reference.start, reference.end).start.line
                    notes.led.append(f"{_own_name(kit, source)}:{line}")
                    yield found


def _is_blanked(source: Source, kit: Kit) -> bool:
    return any(placed.source is source and type(placed.part) in BLANKED for placed in kit.parts())


def _id_in(text: str, reference: prose.Reference) -> tuple[int, int]:
    """Return where the id of a reference stands in its text."""
    start = text.index(reference.id, reference.start, reference.end)
    return start, start + len(reference.id)


def _kept(kit: Kit, changed: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that stay as they are: the theme, the glossary, pictures still in use."""
    found: dict[str, bytes] = {}
    files = kit_files(kit.folder)
    for name, path in files.items():
        if PurePosixPath(name).parts[0] in THEME or name in (GLOSSARY, LOOKS):
            found[name] = path.read_bytes()
    held = [*changed.values(), *(b for n, b in found.items() if n.endswith((*TEXTS, LOOKS)))]
    texts = [composed(text.decode(errors="replace")) for text in held]
    for name, path in files.items():
        other = name not in found and name not in changed and not name.endswith((".yaml", ".json"))
        if other and any(composed(path.name) in text for text in texts):
            found[name] = path.read_bytes()
    return found


def _said(kit: Kit, period: Period, number: int | None, notes: _Notes) -> Iterator[Message]:
    days = period_in_words(period.start, period.end, kit.edition.language)
    if number is None:
        yield Message.of(N_("Its period: {days}. Check it in kit.yaml."), days=days)
    else:
        yield Message.of(
            N_("Its period: {days}; its edition: {number}. Check both in kit.yaml."),
            days=days,
            number=number,
        )
    if kit.edition.waivers:
        yield Message(
            N_("The waivers of the last edition were about its texts: they are left out.")
        )
    if notes.led:
        yield Message.counted(
            NP_(
                "{count} reference to an event leads to its section now: {places}.",
                "{count} references to events lead to their sections now: {places}.",
            ),
            len(notes.led),
            places=", ".join(notes.led),
        )
    for name, loc in notes.by_hand:
        place = ".".join(map(str, loc))
        yield Message.of(
            N_("“{field}” in {file} could not be changed: do it by hand."), field=place, file=name
        )
    yield Message(N_("“moip-press check” shows what in its texts is of the last edition."))
