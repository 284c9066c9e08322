"""Which handouts are asked for: those of the kit, and those of a request."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from moip_press.kit import press_contacts, selection
from moip_press.kit.conditions import (
    OPTION,
    Condition,
    Selection,
    Value,
    read_conditions,
    short_slug,
    slug_of,
    text_of,
    words_of,
)
from moip_press.kit.model.edition import GROUPINGS, Handout
from moip_press.kit.model.kit import Chapter, Kit, PlacedPart
from moip_press.kit.model.parts import Communique, Part, Programme
from moip_press.kit.selection import Entry, Left
from moip_press.kit.when import in_words, parse_when
from moip_press.press.compose.agenda import rest_title, week_title
from moip_press.press.compose.gathering import Sheet
from moip_press.press.outcome import BY, SECTION, Request
from moip_press.proofread.check.parts_and_handouts import clash, unknown_section
from moip_press.report.diagnostics import Diagnostic, Message, Position, Span
from moip_press.report.messages import N_, Catalogue
from moip_press.text.folding import fold


def texts_of(request: Request) -> Mapping[str, str]:
    """Return the words of the command line, by the name that they have in diagnostics."""
    return {
        OPTION: request.select.text if request.select else "",
        SECTION: text_of(request.sections),
        BY: request.by or "",
    }


@dataclass(frozen=True)
class Plan:
    """One handout to make: whole chapters, or else events under headings.

    ``span`` is the place that asks for it; ``left`` are the old dates of what was moved, which
    refer to the new ones.
    """

    slug: str
    sheet: Sheet
    span: Span
    chapters: tuple[Chapter, ...] = ()
    entries: tuple[Entry, ...] = ()
    by: str | None = None
    selection: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    alone: bool = False
    """Whether it is its chapter and nothing more: no page opens it, none ends it."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of its chapters."""
        return tuple(placed.part for chapter in self.chapters for placed in chapter.parts)

    @property
    def events(self) -> int:
        """How many events it holds."""
        if not self.chapters:
            return len(self.entries)
        return sum(len(part.events) for part in self.parts if isinstance(part, Programme))


@dataclass(frozen=True)
class Plans:
    """The handouts to make, and those that cannot be, by name.

    Where ``faults`` holds errors, what is asked for is not clear, and nothing is to be made.
    ``misused`` tells that the request is to blame, not the kit.
    """

    plans: tuple[Plan, ...] = ()
    empty: Mapping[str, Diagnostic] = field(default_factory=dict)
    faults: tuple[Diagnostic, ...] = ()
    misused: bool = False

    def worth_sharing(self, kit: Kit) -> bool:
        """Return whether it pays that others lay out the kit too, to make some of them.

        Laying out a chapter takes about as long as a handout, or five events (measured).
        """
        events = sum(len(p.part.events) for p in kit.parts() if isinstance(p.part, Programme))
        return 5 * len(self.plans) > events + 5 * len(kit.chapters)

    def share(self, first: int, end: int) -> Plans:
        """Return some of the handouts; those that cannot be made are told with the first."""
        return replace(self, plans=self.plans[first:end], empty={} if first else self.empty)


def plans(kit: Kit, request: Request) -> Plans:
    """Return the handouts of a kit that a request asks for."""
    asked = request.select or Selection()
    asked = replace(asked, conditions=selection.meant(kit, asked.conditions))
    if request.by:
        request = replace(request, by=selection.key_in(kit, request.by))
    sections, unknown = _sections(kit, request)
    found = (
        *asked.faults,
        *unknown,
        *selection.faults(kit, asked.conditions),
        *_unknown_by(kit, request),
    )
    if found:
        return Plans(faults=found, misused=True)
    warnings: tuple[Diagnostic, ...] = tuple(selection.without_events(kit, asked.conditions))
    if request.by or request.select:
        made = _gathered(kit, request, (*sections, *asked.conditions))
        warnings += tuple(_clashes(kit, made.plans))
    elif request.sections:
        wanted = {value.text for condition in sections for value in condition.values}
        own = _of_kit(kit)
        empty = {name: fault for name, fault in own.empty.items() if name in wanted}
        made = Plans(tuple(plan for plan in own.plans if plan.slug in wanted), empty)
    else:
        made = _of_kit(kit)
    answered = tuple(_answered(kit, plan) for plan in made.plans)
    return Plans(answered, made.empty, (*warnings, *made.faults))


def _unknown_by(kit: Kit, request: Request) -> Iterator[Diagnostic]:
    if request.by and not selection.is_key(kit, request.by, GROUPINGS):
        span = Span(BY, Position(1, 1), Position(1, len(request.by) + 1))
        yield selection.unknown_key(kit, request.by, span, GROUPINGS)


def _answered(kit: Kit, plan: Plan) -> Plan:
    """Return a handout with the contacts who answer for what it holds, if it names none."""
    edition = kit.edition
    parts = [placed.part for chapter in plan.chapters for placed in chapter.parts]
    regions = [entry.event.region or "" for entry in plan.entries]
    sections = [part.id for part in parts if isinstance(part, Programme)]
    sections += [entry.section.id for entry in plan.entries]
    found = (
        (parts and press_contacts.of_part(edition, parts[0]))
        or press_contacts.of_regions(edition, regions)
        or press_contacts.of_sections(edition, sections)
    )
    if plan.sheet.contacts or not found:
        return plan
    return replace(plan, sheet=replace(plan.sheet, contacts=tuple(each.id for each in found)))


def _sections(kit: Kit, request: Request) -> tuple[tuple[Condition, ...], tuple[Diagnostic, ...]]:
    """Return the sections that a request names as a condition, and those that are not there."""
    known = [section.id for section in kit.sections()]
    if not (request.by or request.select):
        own = _of_kit(kit)
        names = (*(plan.slug for plan in own.plans), *own.empty)
        known += [name for name in names if name not in known]
    values, faults = [], []
    for line, name in enumerate(request.sections, 1):
        span = Span(SECTION, Position(line, 1), Position(line, len(name) + 1))
        if name in known:
            values.append(Value(name, span))
        else:
            faults.append(unknown_section(name, span, known))
    head = Span(SECTION, Position(1, 1), Position(1, 1))
    condition = Condition("section", tuple(values), negated=False, span=head)
    return ((condition,) if values else ()), tuple(faults)


def _chapters(kit: Kit) -> Iterator[Plan]:
    """Yield a handout for each section and press release, and for other chapters marked as one.

    A press release is a document of its own, whatever shares its chapter.
    """
    for chapter in kit.chapters:
        programmes = [p for p in chapter.parts if isinstance(p.part, Programme)]
        released = [p for p in chapter.parts if isinstance(p.part, Communique)]
        marked = [p for p in chapter.parts if p.part.handout and p not in released]
        for placed in programmes:
            if placed.part.becomes_handout:
                pages = chapter if len(programmes) == 1 else Chapter((placed,))
                yield _of_part(placed, pages)
        if marked and not programmes:
            yield _of_part(marked[0], chapter)
        for placed in released:
            if placed.part.becomes_handout:
                yield replace(_of_part(placed, Chapter((placed,))), alone=True)


def _of_part(placed: PlacedPart, chapter: Chapter) -> Plan:
    part = placed.part
    title = str(part.title or part.contents_title or part.id)
    return Plan(part.id, Sheet(title), placed.source.span(placed.loc), (chapter,))


def _of_kit(kit: Kit) -> Plans:
    """Return the handouts of sections and chapters, and those that ``kit.yaml`` names.

    One that names a single section and selects nothing stands for the section's own.
    """
    made = {plan.slug: plan for plan in _chapters(kit)}
    named: list[Plan] = []
    empty: dict[str, Diagnostic] = {}
    for number, handout in enumerate(kit.edition.handouts):
        plan = _named(kit, handout, number)
        if isinstance(plan, Diagnostic):
            empty[handout.id] = plan
        elif handout.stands_for:
            made[plan.slug] = plan
        else:
            named.append(plan)
    return Plans((*made.values(), *named), empty, tuple(_idle(kit)))


def _idle(kit: Kit) -> Iterator[Diagnostic]:
    """Yield a warning for each value in the handouts of ``kit.yaml`` that no event has."""
    for number, handout in enumerate(kit.edition.handouts):
        if handout.select:
            conditions = read_conditions(kit.source, ("handouts", number, "select"))
            yield from selection.without_events(kit, conditions)


def _named(kit: Kit, handout: Handout, number: int) -> Plan | Diagnostic:
    loc = ("handouts", number)
    sheet = Sheet(str(handout.title), handout.contacts, handout.foreword, handout.logo)
    span = kit.source.span((*loc, "title"))
    name = handout.stands_for or handout.id
    if handout.select is None and handout.by is None:
        return Plan(name, sheet, span, tuple(_holding(kit, handout.sections)))
    conditions = read_conditions(kit.source, (*loc, "select")) if handout.select else ()
    chosen = selection.choose(kit, (*_within(kit, handout, number), *conditions))
    if not chosen.entries:
        return selection.nothing_left(kit, chosen)
    written = tuple(condition.written for condition in conditions)
    held = selection.narrowed(kit, chosen.entries, conditions)
    left = selection.left_dates(kit, (*_within(kit, handout, number), *conditions))
    by = selection.key_in(kit, handout.by) if handout.by else None
    return Plan(name, sheet, span, (), held, by, written, left)


def _holding(kit: Kit, ids: Iterable[str]) -> Iterator[Chapter]:
    """Yield the chapters that hold the named parts, each once, in the order of the names."""
    seen: list[Chapter] = []
    for name in ids:
        for chapter in kit.chapters:
            if any(placed.part.id == name for placed in chapter.parts) and chapter not in seen:
                seen.append(chapter)
                yield chapter


def _within(kit: Kit, handout: Handout, number: int) -> tuple[Condition, ...]:
    loc = ("handouts", number, "sections")
    values = tuple(
        Value(name, kit.source.span((*loc, index))) for index, name in enumerate(handout.sections)
    )
    head = kit.source.span(loc, key=True)
    return (Condition("section", values, negated=False, span=head),) if values else ()


def _gathered(kit: Kit, request: Request, conditions: tuple[Condition, ...]) -> Plans:
    """Return the handouts of a selection: one, or one for each value of ``by``."""
    chosen = selection.choose(kit, conditions)
    written = tuple(condition.written for condition in conditions)
    if not chosen.entries:
        return Plans(empty={slug_of(conditions): selection.nothing_left(kit, chosen)})
    held = selection.narrowed(kit, chosen.entries, conditions)
    left = selection.left_dates(kit, conditions)
    catalogue = Catalogue(kit.edition.language)
    span = Span.of_file(OPTION if request.select else BY)
    if request.by is None:
        title = " · ".join(in_title(kit, conditions, catalogue)) or catalogue.gettext(
            "Chosen events"
        )
        name = slug_of(conditions)
        return Plans((Plan(name, Sheet(title), span, (), held, None, written, left),))
    if request.by == "day":
        title = catalogue.gettext("The agenda, day by day")
        name = short_slug("agenda", *words_of(conditions))
        return Plans((Plan(name, Sheet(title), span, (), held, "day", written, left),))
    made = tuple(_by(kit, request, chosen.entries, catalogue, conditions))
    if not made:
        key = Condition(request.by, (Value("", span),), negated=False, span=span)
        return Plans(empty={request.by: _without(key)})
    return Plans(made)


def _without(condition: Condition) -> Diagnostic:
    return Diagnostic.error(
        "R126",
        condition.span,
        Message.of(N_("No chosen event says its “{key}”."), key=condition.key),
        selection.none_says(condition.key),
    )


def _by(
    kit: Kit,
    request: Request,
    entries: tuple[Entry, ...],
    catalogue: Catalogue,
    conditions: tuple[Condition, ...],
) -> Iterator[Plan]:
    key = str(request.by)
    written = tuple(condition.written for condition in conditions)
    words = tuple(words_of(conditions))
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for fact in sorted({fold(name) for name in selection.said_of(kit, entry, key)}):
            groups.setdefault(fact, []).append(entry)
    titles = _title_of(kit, key, catalogue)
    span = Span.of_file(BY)
    written_as = {fold(name): name for name in selection.values_of(kit, key)}
    for fact, held in sorted(groups.items()):
        name = short_slug(key, fact, *words)
        value = Value(written_as.get(fact, fact), span)
        asked = Condition(key, (value,), negated=False, span=span)
        shown = selection.narrowed(kit, held, (*conditions, asked))
        pool = None if key in selection.DATED else held
        left = selection.left_dates(kit, (*conditions, asked), pool)
        yield Plan(name, Sheet(titles(fact)), span, (), shown, None, written, left)
    rest: dict[str, list[Entry]] = {}
    for entry in entries if request.rest else ():
        if not selection.said_of(kit, entry, key):
            rest.setdefault(rest_title(entry.event, key, catalogue), []).append(entry)
    for title, held in rest.items():
        left = selection.left_dates(kit, conditions, held)
        name = short_slug(key, title, *words)
        yield Plan(name, Sheet(title), span, (), tuple(held), None, written, left)


def _title_of(kit: Kit, key: str, catalogue: Catalogue) -> Callable[[str], str]:
    if key == "section":
        return {section.id: str(section.title) for section in kit.sections()}.__getitem__
    known = {fold(name): name for name in selection.values_of(kit, key)}
    if key == "week":
        return lambda fact: title_of_week(kit, known[fact], catalogue)
    return known.__getitem__


def _clashes(kit: Kit, made: Iterable[Plan]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each handout whose file would have the name of another's.

    Those that the kit names are others, whether they are made this time or not.
    """
    seen = {plan.slug: plan for plan in _of_kit(kit).plans}
    for plan in made:
        if plan.slug in seen:
            yield clash(plan.slug, plan.span, seen[plan.slug].span)
        seen.setdefault(plan.slug, plan)


def in_title(kit: Kit, conditions: Iterable[Condition], catalogue: Catalogue) -> Iterator[str]:
    """Yield what was selected, in words for a title; what was excluded is not said."""
    language, period = kit.edition.language, kit.edition.period.value
    for condition in conditions:
        names = {fold(name): name for name in selection.values_of(kit, condition.key)}
        titles = {fold(section.id): str(section.title) for section in kit.sections()}
        for value in condition.values if not condition.negated else ():
            match condition.key:
                case "section":
                    yield titles.get(fold(value.text), value.text)
                case "week":
                    (week, *_) = selection.weeks_in(kit, value.text)
                    yield title_of_week(kit, week, catalogue)
                case "day":
                    yield in_words(parse_when(value.text, language, period), language)
                case _:
                    yield names.get(fold(value.text), value.text)


def title_of_week(kit: Kit, week: str, catalogue: Catalogue) -> str:
    """Return the title of the handout of a week such as ``2021-W46``."""
    year, _, number = week.partition("-W")
    day = datetime.date.fromisocalendar(int(year), int(number), 1)
    return week_title(day, kit.edition.language, catalogue)
