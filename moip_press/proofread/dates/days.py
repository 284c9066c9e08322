"""Days that are not in the calendar, weekdays that they are not, and ranges that run backwards."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from moip_press.kit.when import Period, WrittenWeekday, date_in_words, weekday_in_words
from moip_press.kit.when.vocabulary import names
from moip_press.kit.when.written_days import LAST, WrittenDay, WrittenSpan
from moip_press.proofread.dates import texts, words
from moip_press.proofread.dates.mentions import full_weekday
from moip_press.proofread.dates.texts import Dated
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_

LEAP_YEAR = 2000
ROLLOVER = 6
"""From this many months back on, the second month of a range is one of the next year."""
AROUND = timedelta(days=60)
"""How far from the period a day without a year is surely of the period's year."""
ARTICLE = re.compile(r"(?<!\w)(?:le|du|au|les|on|the|of|from|to|until) *$")


def in_text(proof: Proof, each: Dated) -> Iterator[Diagnostic]:
    """Yield what is wrong with days that a text names; a day that is none is nothing else."""
    missing = list(_no_such_days(proof, each))
    yield from missing
    if missing:
        return
    for span in each.mention.written.spans:
        if _backwards(span):
            yield _ends_first(each)
    yield from _wrong_weekdays(proof, each)


def _no_such_days(proof: Proof, each: Dated) -> Iterator[Diagnostic]:
    for span in each.mention.written.spans:
        for day in (span.first, span.last):
            month = None if day is None else (day.month or span.ends.month)
            if day is None or month is None or day.day == LAST:
                continue
            year = day.year or span.ends.year
            if 1 <= month <= 12:
                longest = _length(proof, month, year)
                if not 1 <= day.day <= longest and _is_a_date(each, day):
                    yield _no_such_day(proof, each, day, month, year, longest)
            elif day.day <= 31 and month <= 31 and year is not None:
                yield _no_such_month(each, day, month)


def _length(proof: Proof, month: int, year: int | None) -> int:
    """Return how many days a month has; without a year, 29 February is of the period's."""
    period = texts.period_of(proof)
    if year is None and month == 2:
        near = {period.start.year, period.end.year} if period.start.month <= 2 else set()
        return max((monthrange(each, 2)[1] for each in near), default=29)
    return monthrange(year or LEAP_YEAR, month)[1]


def _is_a_date(each: Dated, day: WrittenDay) -> bool:
    """Tell "le 45 novembre" from "45 novembres": a number beyond a month needs its article."""
    if 1 <= day.day <= 31:
        return True
    place = each.mention.base + day.place[0]
    before = each.context.flat[max(0, place - 12) : place]
    return day.weekday is not None or ARTICLE.search(before) is not None


def _no_such_day(
    proof: Proof, each: Dated, day: WrittenDay, month: int, year: int | None, longest: int
) -> Diagnostic:
    name = names(proof.language).months[month - 1]
    leap = month == 2 and day.day == 29 and year is not None
    return finding(
        "D205",
        each.span(*_place(day)),
        Message.of(
            N_("“{words}” does not exist: {month} has {count} days."),
            words=_written(each, day),
            month=f"{name} {year}" if leap else name,
            count=longest,
        ),
        Message(N_("Correct the day or the month.")),
    )


def _no_such_month(each: Dated, day: WrittenDay, month: int) -> Diagnostic:
    return finding(
        "D205",
        each.span(*_place(day)),
        Message.of(
            N_("“{words}” does not exist: there is no month {number}."),
            words=_written(each, day),
            number=month,
        ),
        Message(N_("Write the day first, and the month in letters.")),
    )


def _place(day: WrittenDay) -> tuple[int, int]:
    """Return where a day stands, with the year that makes February longer."""
    leap = day.month == 2 and day.day == 29 and day.year is not None
    return day.place[0], day.end if leap else day.place[1]


def _written(each: Dated, day: WrittenDay) -> str:
    base, (start, end) = each.mention.base, _place(day)
    return each.passage.text[base + start : base + end]


def _backwards(span: WrittenSpan) -> bool:
    first, last = span.first, span.last
    if last is None or last.month is None or LAST in (first.day, last.day):
        return False
    month = first.month or last.month
    if first.year is not None and last.year is not None:
        return (first.year, month, first.day) > (last.year, last.month, last.day)
    if month - last.month >= ROLLOVER:
        return False
    return (month, first.day) > (last.month, last.day)


def _ends_first(each: Dated) -> Diagnostic:
    return finding(
        "D207",
        each.span(),
        Message.of(N_("“{words}” ends before it starts."), words=each.words),
        Message(N_("Correct the first day or the last.")),
    )


def _wrong_weekdays(proof: Proof, each: Dated) -> Iterator[Diagnostic]:
    when = each.mention.when
    if when is None:
        return
    for written in when.wrong_weekdays:
        day = next(day for day in each.mention.days if _is_of(written, day))
        text = each.passage.text
        sure = full_weekday(text, each.mention, day, proof.language)
        if sure and not _of_another_year(proof, each, written):
            place = each.span(written.start, max(written.end, day.place[1]))
            base = each.mention.base
            yield wrong_weekday(
                proof, place, text[base + written.start : base + day.place[1]], written
            )


def _is_of(written: WrittenWeekday, day: WrittenDay) -> bool:
    """Tell whether a weekday was written with a day; "les jeudis 4 et 11" is with both."""
    same = day.weekday is not None and day.weekday[1] == written.start
    return same and day.day == written.day.day


def _of_another_year(proof: Proof, each: Dated, written: WrittenWeekday) -> bool:
    """Tell whether the weekday may be right in another year that is spoken of."""
    if each.mention.year_given:
        return False
    period = texts.period_of(proof)
    if not period.start - AROUND <= written.day <= period.end + AROUND:
        return True
    years = set(each.context.years)
    if re.search(words.OTHER_EDITION[proof.language], each.sentence.text):
        years |= {written.day.year - 1, written.day.year + 1}
    return any(_weekday_in(written.day, year) == written.weekday for year in years)


def _weekday_in(day: date, year: int) -> int | None:
    if day.day > monthrange(year, day.month)[1]:
        return None
    return day.replace(year=year).weekday()


def wrong_weekday(proof: Proof, place: Span, text: str, written: WrittenWeekday) -> Diagnostic:
    """Return the finding for a weekday that a day is not, with both ways to put it right."""
    language, period = proof.language, texts.period_of(proof)
    right = weekday_in_words(written.day, language)
    other = _nearest(written, period)
    return finding(
        "D203",
        place,
        Message.of(
            N_("“{words}”: {date} is a {weekday}."),
            words=text,
            date=date_in_words(written.day, language),
            weekday=right,
        ),
        Message.of(
            N_("Write “{one}” or “{other}”."),
            one=_day_with_weekday(written.day, language),
            other=_day_with_weekday(other, language),
        ),
    )


def _nearest(written: WrittenWeekday, period: Period) -> date:
    """Return the day nearest to what is written that has the weekday, in the period if one is."""
    days = [written.day + timedelta(days=n) for n in (-1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6)]
    fitting = [day for day in days if day.weekday() == written.weekday]
    return next((day for day in fitting if day in period), fitting[0])


def _day_with_weekday(day: date, language: str) -> str:
    return f"{weekday_in_words(day, language)} {date_in_words(day, language, year=False)}"
