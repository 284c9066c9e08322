"""Events of one day on a weekend or a public holiday, when offices and many venues are shut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from moip_press.kit.when import date_in_words, weekday_in_words
from moip_press.proofread.dates import nature, texts
from moip_press.proofread.dates.holiday_calendar import (
    COUNTRIES,
    SATURDAY,
    Holiday,
    HolidayCalendar,
    is_weekend,
)
from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_

USUAL = 3
USUAL_SHARE = 1 / 4
"""From so many events, and so great a share of them, a weekend is a day like others in a kit."""
LONG_WEEKEND = 3
"""Days."""


def events(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the events of one day on a day of rest: one finding each."""
    single = [placed for placed in proof.events if _is_of_one_day(placed)]
    country = str(proof.kit.edition.country or COUNTRIES[proof.language]).upper()
    years = (placed.event.when.start.year for placed in single)
    known = HolidayCalendar(country, proof.language, years, proof.cache)
    usual = _are_weekends_usual(proof.events) or _is_for_free_time(proof)
    for placed in single:
        day = placed.event.when.start
        holiday = known.holiday(day, known.region_of(placed.event))
        told = is_weekend(day) and not usual and not placed.event.when.weekdays_written
        if (holiday or told) and not _is_meant(placed, proof.language):
            yield (_on_holiday(placed, holiday) if holiday else _on_weekend(placed, proof.language))


def _are_weekends_usual(placed: Iterable[PlacedEvent]) -> bool:
    """Tell whether people come at weekends: the kit tells that, not the single event.

    An event online proves nothing, nor one whose weekday is written, as is the exception's.
    """
    short = [e.event.when for e in placed if nature.takes_place(e.event) and _is_short(e)]
    weekends = sum(1 for when in short if all(map(is_weekend, when.days)))
    return weekends >= max(USUAL, USUAL_SHARE * len(short))


def _is_short(placed: PlacedEvent) -> bool:
    event = placed.event
    told_apart = event.online or event.when.weekdays_written or event.when.kind == "open"
    return not told_apart and len(event.when.days) <= LONG_WEEKEND


def _is_meant(placed: PlacedEvent, language: str) -> bool:
    """Tell whether nobody minds the day: it is online, or for people's free time."""
    event = placed.event
    if event.online or nature.is_open_to_all(event, language):
        return True
    return nature.is_leisure(event, language)


def _is_of_one_day(placed: PlacedEvent) -> bool:
    return placed.event.when.kind == "day" and nature.takes_place(placed.event)


def _is_for_free_time(proof: Proof) -> bool:
    """Tell whether the whole kit is about days of rest: a festival, a weekend."""
    period = texts.period_of(proof)
    days = period.days[:8]
    resting = len(days) <= 4 and any(is_weekend(day) for day in days)
    title = texts.flat_title(proof)
    return (
        resting
        or nature.LEISURE[proof.language].search(title) is not None
        or nature.OPEN_TO_ALL[proof.language].search(title) is not None
    )


def _on_holiday(placed: PlacedEvent, holiday: Holiday) -> Diagnostic:
    return finding(
        "D204",
        placed.span("when"),
        Message.of(
            N_("“{title}” is on a public holiday: {name}."),
            title=placed.event.title,
            name=holiday.name,
        ),
        Message(N_("Check the day; if it is right, waive this with your reason in kit.yaml.")),
    )


def _on_weekend(placed: PlacedEvent, language: str) -> Diagnostic:
    day = placed.event.when.start
    saturday = day.weekday() == SATURDAY
    sentence = N_("“{title}” is on a Saturday.") if saturday else N_("“{title}” is on a Sunday.")
    date = f"{weekday_in_words(day, language)} {date_in_words(day, language, year=False)}"
    return finding(
        "D204",
        placed.span("when"),
        Message.of(sentence, title=placed.event.title),
        Message.of(N_("Check the day; if it is right, write “{date}”."), date=date),
    )
