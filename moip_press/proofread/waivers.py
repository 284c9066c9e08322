"""Findings that a kit wants as they are, each with its reason."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from moip_press.kit.model.edition import Waiver
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.model_errors import suggest
from moip_press.kit.named_pictures import pictured
from moip_press.kit.source import Source
from moip_press.kit.source.decoding import SourceText
from moip_press.proofread.proof import finding
from moip_press.proofread.rules import rule_of
from moip_press.report.diagnostics import Diagnostic, Message, Related, Report, Severity, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "S301 idle-waiver",
        N_("A waiver no longer matches anything."),
        N_("What it excused is gone or was corrected: left there, it may hide a new mistake."),
        "# kit.yaml\nwaivers:{~~\n"
        "  - {rule: T242, at: programme.yaml, reason: C'est voulu.}~> []~~}",
    ),
    Rule.warning(
        "S302 expired-waiver",
        N_("A waiver has run out."),
        N_("Its last day is past, so what it excused is reported again."),
        "# kit.yaml\nwaivers:\n"
        "  - {rule: D204, reason: Le lieu est ouvert., until: 2021-{~~10-01~>11-30~~}}",
    ),
    Rule.warning(
        "S303 unknown-waiver",
        N_("A waiver names a rule that does not exist, or that cannot be waived."),
        N_("Only warnings can be waived: an error is what cannot be read or laid out."),
        "# kit.yaml\nwaivers:\n  - {rule: {~~D999~>T242~~}, reason: C'est voulu.}",
    ),
)


LONGEST_WORDS = 200  # characters: how far the words of a waiver may reach beyond a finding


def waive(
    found: Report, kit: Kit, today: datetime.date, unseen: frozenset[str] = frozenset()
) -> tuple[Report, int]:
    """Return the findings that are left, what is wrong with the waivers, and how many they took.

    Errors are never taken, and a waiver that has run out takes nothing. ``unseen`` are the rules
    that were not asked: their waivers are not idle.
    """
    if not kit.named or not kit.edition.waivers:
        return found, 0
    areas = _places(kit)
    waivers = [
        _Placed(kit, number, waiver, areas) for number, waiver in enumerate(kit.edition.waivers)
    ]
    kept = []
    used = {waiver.number for waiver in waivers if waiver.waiver.rule.upper() in unseen}
    for diagnostic in found.diagnostics:
        takers = [waiver for waiver in waivers if waiver.takes(diagnostic)]
        used |= {waiver.number for waiver in takers}
        if not any(waiver.holds(today) for waiver in takers):
            kept.append(diagnostic)
    faults = [fault for waiver in waivers for fault in waiver.faults(today, waiver.number in used)]
    return Report.of([*kept, *faults]), len(found.diagnostics) - len(kept)


def left(found: Report, kit: Kit, today: datetime.date) -> Report:
    """Return the findings that no waiver takes; of the waivers themselves nothing is said."""
    kept, _ = waive(found, kit, today)
    known = frozenset(found.diagnostics)
    return Report.of(each for each in kept.diagnostics if each in known)


def days_alike(kit: Kit, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day on which the same waivers and rights hold as today."""
    named = [*(kit.edition.waivers if kit.named else ()), *(each.image for each in pictured(kit))]
    ends = [each.until for each in named if each.until]
    past = [end for end in ends if end < today]
    first = max(past) + datetime.timedelta(days=1) if past else datetime.date.min
    return first, min((end for end in ends if end >= today), default=datetime.date.max)


@dataclass(frozen=True)
class _Placed:
    """A waiver and its place in ``kit.yaml``."""

    kit: Kit
    number: int
    waiver: Waiver
    areas: Mapping[str, tuple[Span, ...]]

    @cached_property
    def texts(self) -> Mapping[str, SourceText]:
        """The texts of the kit's files by their names."""
        return {source.name: source.source for source in _sources(self.kit)}

    def holds(self, today: datetime.date) -> bool:
        return self.waiver.until is None or today <= self.waiver.until

    def takes(self, found: Diagnostic) -> bool:
        """Return whether a finding is meant, whether or not the waiver still holds."""
        if found.severity is Severity.ERROR or found.code != self.waiver.rule.upper():
            return False
        where = self.where()
        return any(
            (
                where is None
                or any(
                    place.file == area.file and area.start <= place.start and place.end <= area.end
                    for area in where
                )
            )
            and (self.waiver.words is None or self._holds_words(place))
            for place in found.places
        )

    def where(self) -> tuple[Span, ...] | None:
        """Return the places that the waiver is for; ``None`` for the whole kit."""
        return None if self.waiver.at is None else self.areas.get(self.waiver.at, ())

    def _holds_words(self, place: Span) -> bool:
        """Return whether the words stand where the finding does, at least in part."""
        text = self.texts.get(place.file)
        if text is None or self.waiver.words is None:
            return False
        start, end = text.offset(place.start), text.offset(place.end)
        words = re.compile(r"\s+".join(map(re.escape, self.waiver.words.split())))
        near = text.text[max(0, start - LONGEST_WORDS) : end + LONGEST_WORDS]
        first = start - max(0, start - LONGEST_WORDS)
        last = max(end - start, 1) + first
        return any(m.start() < last and first < m.end() for m in words.finditer(near))

    def faults(self, today: datetime.date, used: bool) -> Iterator[Diagnostic]:  # noqa: FBT001
        """Yield what is wrong with the waiver itself."""
        rule = rule_of(self.waiver.rule.upper())
        if rule is None or rule.severity is Severity.ERROR:
            yield self._unknown(known=rule is not None)
        elif self.where() == ():
            yield finding(
                "S301",
                self._span("at"),
                N_("Nothing in this kit is called “{name}”."),
                suggest(str(self.waiver.at), self.areas),
                name=self.waiver.at or "",
            )
        elif not used:
            yield finding(
                "S301",
                self._span("rule"),
                N_("This waiver of {code} matches nothing."),
                N_("Take it away, or correct “at” and “words”."),
                code=rule.code,
            )
        elif not self.holds(today):
            until = self._span("until")
            yield finding(
                "S302",
                until,
                N_("This waiver of {code} has run out."),
                N_("Correct what it was for, or give it another date."),
                code=rule.code,
                related=[Related(self._span("reason"), Message(N_("The reason was this.")))],
            )

    def _unknown(self, *, known: bool) -> Diagnostic:
        code = self.waiver.rule
        message = N_("{code} is an error, which cannot be waived.") if known else None
        return finding(
            "S303",
            self._span("rule"),
            message or N_("There is no rule “{code}”."),
            N_("“moip-press rules” lists the rules."),
            code=code,
        )

    def _span(self, field: str) -> Span:
        return self.kit.source.span(("waivers", self.number, field))


def _sources(kit: Kit) -> Iterator[Source]:
    yield kit.source
    yield from filter(None, (kit.glossary_source, kit.looks_source))
    for placed in kit.parts():
        yield placed.source


def _places(kit: Kit) -> dict[str, tuple[Span, ...]]:
    """Return what a waiver can name: files by their name in the kit, records by their id."""
    found: dict[str, tuple[Span, ...]] = {}
    for source in _sources(kit):
        name = Path(source.name).relative_to(kit.folder).as_posix()
        found[name] = (_whole(source),)
    for number, contact in enumerate(kit.edition.contacts):
        found[contact.id] = (kit.source.span(("contacts", number)),)
    for placed in kit.parts():
        if placed.own_file:
            for name, loc in placed.ids:
                above = loc[:-1]
                area = placed.source.span(above) if above else _whole(placed.source)
                found.setdefault(name, (area,))
    return found


def _whole(source: Source) -> Span:
    return source.source.span(0, len(source.text))
