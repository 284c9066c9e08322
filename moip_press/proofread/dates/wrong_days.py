"""Days that cannot be right, in texts and in the dates of events.

They are outside the period (D202), have another weekday (D203) or are not in the calendar (D205),
or they end before they start (D207).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from moip_press.kit.model.parts import Programme
from moip_press.kit.model.records import Event
from moip_press.kit.source import ScalarNode
from moip_press.kit.when import (
    Period,
    WrittenWeekday,
    date_in_words,
    period_in_words,
    weekday_in_words,
)
from moip_press.kit.when.vocabulary import names
from moip_press.kit.when.written_days import LAST, WrittenDay, WrittenSpan
from moip_press.proofread.dates import date_phrases as phrases
from moip_press.proofread.dates.days_of_rest import day_with_weekday, is_lasting, takes_place
from moip_press.proofread.dates.mentions import (
    NamedDays,
    full_weekday,
    period_of,
    period_place,
)
from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Span
from moip_press.report.messages import N_
from moip_press.text.folding import letters

LONG = 14
"""An event of more days than these may well reach over the ends of the period."""
LEAP_YEAR = 2000
ROLLOVER = 6
"""From this many months back on, the second month of a range is one of the next year."""
AROUND = timedelta(days=60)
"""How far from the period a day without a year is surely of the period's year."""
ARTICLE = re.compile(r"(?<!\w)(?:le|du|au|les|on|the|of|from|to|until) *$")


def wrong_days(proof: Proof, each: NamedDays) -> Iterator[Diagnostic]:
    """Yield what is wrong with days that a text names; a day that does not exist is only that."""
    missing = list(_no_such_days(proof, each))
    yield from missing
    if not missing:
        for span in each.mention.written.spans:
            if _is_backwards(span):
                hint = N_("Correct the first day or the last.")
                yield ends_before_it_starts(each.span(), each.words, hint)
        yield from _wrong_weekdays(proof, each)
    yield from _outside(proof, each)


def _no_such_days(proof: Proof, each: NamedDays) -> Iterator[Diagnostic]:
    for span in each.mention.written.spans:
        for day in (span.first, span.last):
            month = None if day is None else (day.month or span.ends.month)
            if day is None or month is None or day.day == LAST:
                continue
            year = day.year or span.ends.year
            if 1 <= month <= 12:
                longest = _length(proof, month, year)
                if not 1 <= day.day <= longest and _is_a_date(each, day):
                    yield _no_such_day(proof, each, day, (month, year), longest)
            elif day.day <= 31 and month <= 31 and year is not None:
                yield finding(
                    "D205",
                    each.span(*day.place),
                    N_("“{words}” does not exist: there is no month {number}."),
                    N_("Write the day first, and the month in letters."),
                    words=each.written(*day.place),
                    number=month,
                )


def _length(proof: Proof, month: int, year: int | None) -> int:
    """Return how many days a month has; without a year, 29 February is of the period's."""
    period = period_of(proof)
    if year is None and month == 2:
        near = {period.start.year, period.end.year} if period.start.month <= 2 else set()
        return max((monthrange(each, 2)[1] for each in near), default=29)
    return monthrange(year or LEAP_YEAR, month)[1]


def _is_a_date(each: NamedDays, day: WrittenDay) -> bool:
    """Tell "le 45 novembre" from "45 novembres": a number beyond a month needs its article."""
    if 1 <= day.day <= 31 or day.weekday is not None:
        return True
    place = each.mention.base + day.place[0]
    return ARTICLE.search(each.text.folded, max(0, place - 12), place) is not None


def _no_such_day(
    proof: Proof, each: NamedDays, day: WrittenDay, of: tuple[int, int | None], longest: int
) -> Diagnostic:
    month, year = of
    name = names(proof.language).months[month - 1]
    # the year makes February longer
    leap = month == 2 and day.day == 29
    with_year = leap and day.month is not None and day.year is not None
    place = day.place[0], day.end if with_year else day.place[1]
    return finding(
        "D205",
        each.span(*place),
        N_("“{words}” does not exist: {month} has {count} days."),
        N_("Correct the day or the month."),
        words=each.written(*place),
        month=f"{name} {year}" if leap and year is not None else name,
        count=longest,
    )


def _is_backwards(span: WrittenSpan) -> bool:
    first, last = span.first, span.last
    if last is None or last.month is None or LAST in (first.day, last.day):
        return False
    month = first.month or last.month
    if first.year is not None and last.year is not None:
        return (first.year, month, first.day) > (last.year, last.month, last.day)
    if month - last.month >= ROLLOVER:
        return False
    return (month, first.day) > (last.month, last.day)


def ends_before_it_starts(place: Span, words: str, hint: str) -> Diagnostic:
    """Return the finding for days or hours that end before they start."""
    return finding("D207", place, N_("“{words}” ends before it starts."), hint, words=words)


def _wrong_weekdays(proof: Proof, each: NamedDays) -> Iterator[Diagnostic]:
    for written in each.mention.when.wrong_weekdays if each.mention.when else ():
        # "les jeudis 4 et 11" has one weekday for both
        day = next(
            day
            for day in each.mention.days
            if day.weekday and day.weekday[1] == written.start and day.day == written.day.day
        )
        sure = full_weekday(each.passage.text, each.mention, day, proof.language)
        if sure and not _is_of_another_year(proof, each, written):
            place = each.span(written.start, max(written.end, day.place[1]))
            yield _wrong_weekday(proof, place, each.written(written.start, day.place[1]), written)
    yield from _wrong_weekday_in_brackets(proof, each)


def _wrong_weekday_in_brackets(proof: Proof, each: NamedDays) -> Iterator[Diagnostic]:
    """Yield a weekday in brackets beside a single day: "(lundi) 17 novembre"."""
    when, known = each.mention.when, names(proof.language)
    if when is None or when.kind != "day" or any(day.weekday for day in each.mention.days):
        return
    text, (start, end) = each.text.folded, (each.mention.start, each.mention.end)
    weekdays = "|".join(map(letters, known.weekdays))
    before = re.search(rf"\((?P<name>{weekdays})\) ?$", text[max(0, start - 15) : start])
    after = re.match(rf" ?\((?P<name>{weekdays})\)", text[end:])
    for found, at in ((before, max(0, start - 15)), (after, end)):
        if found:
            number = known.weekday_numbers[found["name"]]
            written = WrittenWeekday(when.start, number, 0, 0)
            if not written.right and not _is_of_another_year(proof, each, written):
                first, last = min(start, at + found.start()), max(end, at + found.end())
                place = each.passage.span(first, last)
                yield _wrong_weekday(proof, place, each.passage.text[first:last], written)


def _is_of_another_year(proof: Proof, each: NamedDays, written: WrittenWeekday) -> bool:
    """Return whether the weekday may be right in another year that the text names."""
    if each.mention.year_given:
        return False
    period = period_of(proof)
    if not period.start - AROUND <= written.day <= period.end + AROUND:
        return True
    years = set(each.text.years)
    if re.search(phrases.OTHER_EDITION[proof.language], each.sentence.text):
        years |= {written.day.year - 1, written.day.year + 1}
    return any(
        written.day.day <= monthrange(year, written.day.month)[1]
        and written.day.replace(year=year).weekday() == written.weekday
        for year in years
    )


def wrong_weekdays_of_events(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the weekdays written with an event's date that are not the date's."""
    for placed in proof.events:
        for field in ("when", "postponed_to"):
            when = getattr(placed.event, field)
            for written in when.wrong_weekdays if when else ():
                place = placed.source.value_span((*placed.loc, field), written.start, written.end)
                yield _wrong_weekday(proof, place, as_written(placed, field), written)


def as_written(placed: PlacedEvent, field: str) -> str:
    """Return a field of an event as its file has it, on one line."""
    node = placed.source.node((*placed.loc, field))
    return " ".join(node.value.split()) if isinstance(node, ScalarNode) else ""


def _wrong_weekday(proof: Proof, place: Span, text: str, written: WrittenWeekday) -> Diagnostic:
    """Return the finding for a weekday that a day is not, with both ways to put it right.

    The other day is the nearest that has the weekday, in the period if one is.
    """
    language, period = proof.language, period_of(proof)
    near = [written.day + timedelta(days=n) for n in (-1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6)]
    fitting = [day for day in near if day.weekday() == written.weekday]
    other = next((day for day in fitting if day in period), fitting[0])
    return finding(
        "D203",
        place,
        N_("“{words}”: {date} is a {weekday}."),
        N_("Write “{one}” or “{other}”."),
        words=text,
        date=date_in_words(written.day, language),
        weekday=weekday_in_words(written.day, language),
        one=day_with_weekday(written.day, language),
        other=day_with_weekday(other, language),
    )


def events_outside(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the events that take place outside the period, or partly so."""
    for placed in proof.events:
        period = _period_of(proof, placed.event)
        day = _day_outside(placed, period) if takes_place(placed.event) else None
        if day is None:
            continue
        whole = not placed.event.when.meets(period)
        sentence = (
            N_("“{title}” is outside the kit’s period ({period}).")
            if whole
            else N_("“{title}” has a day outside the kit’s period ({period}): {day}.")
        )
        year = day.year != period.end.year
        yield _outside_period(
            proof,
            placed.span("when"),
            sentence,
            period,
            title=placed.event.title,
            day=date_in_words(day, proof.language, year=year),
        )


def _day_outside(placed: PlacedEvent, period: Period) -> date | None:
    """Return the first day of an event that should not be outside, None where there is none."""
    when = placed.event.when
    days = [day for day in when.days if day not in period]
    if when.kind == "open":
        return when.start if when.start > period.end else None
    if not days:
        return None
    lasts = when.kind == "range" and (len(when.days) > LONG or is_lasting(placed.event))
    return None if lasts and len(days) < len(when.days) else days[0]


def _period_of(proof: Proof, event: Event | None) -> Period:
    """Return the period of an event's region, where the kit has several; else the kit's."""
    edition = proof.kit.edition
    return edition.period_of(event.region) if event and edition.periods else period_of(proof)


def _outside_period(
    proof: Proof, place: Span, sentence: str, period: Period, **values: Any
) -> Diagnostic:
    said = period_in_words(period.start, period.end, proof.language)
    return finding(
        "D202",
        place,
        sentence,
        N_("Correct the date; if it is right, waive this with your reason in kit.yaml."),
        related=[period_place(proof)],
        period=said,
        **values,
    )


def _outside(proof: Proof, each: NamedDays) -> Iterator[Diagnostic]:
    """Yield days outside the period on which a text of the programme announces something."""
    when, event = each.mention.when, each.event
    period = _period_of(proof, event)
    of_programme = takes_place(event) if event else isinstance(each.passage.record, Programme)
    if when is None or each.mention.written.form == "until" or not of_programme:
        return
    known = set(event.when.days) if event else set()
    outside = [day for day in when.days if day not in period and day not in known]
    partly = when.kind == "range" and len(outside) < len(when.days)
    early = when.kind == "open" and when.start <= period.end
    if outside and not partly and not early and announces(proof.language, each, period):
        sentence = N_("“{words}” is outside the kit’s period ({period}).")
        yield _outside_period(proof, each.span(), sentence, period, words=each.words)


def announces(language: str, each: NamedDays, period: Period) -> bool:
    """Return whether something takes place on these days, by the words of the sentence."""
    sentence = each.sentence
    if re.search(phrases.OTHER_DAYS[language], sentence.text):
        return False
    if re.match(phrases.OTHER_SUBJECT[language], sentence.before):
        return False
    runs = phrases.any_verb(language, phrases.RUNS, phrases.STARTS)
    takes = re.search(rf"{runs}{phrases.gap(language)}$", sentence.before)
    years = {day.year for day in each.mention.days if day.year is not None}
    if not years <= set(range(period.start.year, period.end.year + 2)):
        return bool(takes and re.search(r"(?:ra|ront)(?!\w)|will", takes[0]))
    if takes or phrases.AT_AN_HOUR[language].match(sentence.after):
        return True
    introduced = (
        next(iter(each.mention.days)).weekday is not None
        or re.search(r"[:(,-]\s*$|^\s*$", sentence.before)
        or phrases.INTRODUCED[language].match(sentence.text, sentence.start)
    )
    return bool(introduced) and _names_an_event(sentence.before, sentence.after, language)


def _names_an_event(before: str, after: str, language: str) -> bool:
    noun, offers, more = (each[language] for each in (phrases.NOUNS, phrases.OFFERS, phrases.MORE))
    last = re.search(rf"{noun}{phrases.DESCRIBED[language]}[\s,:(-]*$", before)
    if last is not None:
        offered = re.search(offers, before[: last.end()])
        alone = re.match(rf"\s*{more}(?:\w+ )?{noun}", before)
        then = re.search(
            r"(?:suivie?s? d'|followed by |(?<!\w)puis )\s*(?:une?|an?)\s*$", before[: last.start()]
        )
        return bool(offered or then or (alone and alone.end() >= last.start()))
    if re.search(r"\w", before):
        return False
    return re.match(rf"\s*[:-]\s*{more}{noun}", after) is not None or (
        re.match(rf"\s*,.{{0,80}}?{offers}.{{0,60}}?{noun}", after) is not None
    )
