"""Hours that no clock shows (D206), and those that end before they start (D207)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from moip_press.kit.when import Slot
from moip_press.proofread.dates.days_of_rest import words_of
from moip_press.proofread.dates.mentions import DIGIT, READ
from moip_press.proofread.dates.wrong_days import as_written, ends_before_it_starts
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_
from moip_press.text.folding import fold_in_place

NIGHT_BEGINS, NIGHT_ENDS = 18 * 60, 6 * 60
"""Minutes of the day. What begins after the one, or ends before the other, may last a night."""
DAY = 24 * 60

HOURS = {
    "fr": r"(?P<hour{n}>\d{{1,2}})(?: ?(?:h|heures?) ?(?P<minute{n}>\d\d)?(?![\d\w])"
    r"|:(?P<colon{n}>\d\d)(?![\d:]){bare})(?: ?(?:min|mn)(?!\w))?",
    "en": r"(?P<hour{n}>\d{{1,2}})(?:[:.](?P<minute{n}>\d\d)(?!\d|[:.]\d))?"
    r" ?(?P<half{n}>(?:[ap]m|[ap]\.m\.?)(?!\w))?",
}
IMPOSSIBLE = {
    "fr": re.compile(
        r"(?<![\w.,:/-])(?P<hour>\d{1,2})(?: ?(?:h|heures) ?(?P<minute>\d\d)(?![\d\w])"
        r"(?! ?(?:[%€]|km|m |euros|pers|places))"
        r"|:(?P<colon>\d\d)(?![\d:/])| ?h(?![\w/])(?! ?\d))"
    ),
    "en": re.compile(
        r"(?<![\w.,:/-])(?P<hour>\d{1,2})(?:(?P<sign>[:.])(?P<minute>\d\d)(?!\d|[:./]\d))?"
        r"(?: ?(?P<half>[ap]\.?m)(?!\w))?"
    ),
}
# What makes a number of hours a time of day and not a length.
AT = {
    "fr": re.compile(r"(?<!\w)(?:a|vers|jusqu'a|a partir de|a compter de|-) *$"),
    "en": re.compile(r"(?<!\w)(?:at|from|until|till|to|by|around|between|-) *$"),
}
LENGTHS = {
    "fr": re.compile(
        r"(?<!\w)(?:duree?s?|durent|durera|dure|delais?|pass\w+|temps de travail|hebdo\w*|"
        r"semaines?|mois|annee|annuel\w*|forfait|volume|total\w*|cumul\w*|formation|credit|"
        r"redui\w+|port\w+|augment\w+|records?|chrono|plafond\w*|lendemain|limit\w+|"
        r"elev\w+|fix\w+|moyenne)(?!\w)"
    ),
    "en": re.compile(
        r"(?<!\w)(?:lasts?|hours?|duration|weekly|per week|a week|total|limit\w*|cut|reduced|"
        r"raised|next day|following day|next morning|record|average)(?!\w)"
    ),
}
OF = {"fr": re.compile(r" *(?:de |d'|par |/|hebdo)"), "en": re.compile(r" *(?:of|per|/)")}
RANGES = {
    "fr": (r"(?<!\w)de ", r" (?:a|jusqu'a) ", r"(?<!\w)entre ", r" et ", r" ?- ?"),
    "en": (r"(?<!\w)from ", r" (?:to|until|till) ", r"(?<!\w)between ", r" and ", r" ?- ?"),
}
NIGHT = re.compile(
    r"(?<!\w)(?:nuits?|nocturnes?|minuit|nights?|midnight|overnight|stationnement|parking|interdi\w*|"
    r"ferme\w*|closed|etein\w*|eclair\w*|astreintes?|permanences?|couvre-feu|curfew|silence)(?!\w)"
)
ALL_NIGHT = re.compile(
    r"(?<!\w)(?:nuits?|nocturnes?|24 ?h|hackathons?|marathons?|nights?|overnight|24 hours?)(?!\w)"
)


@dataclass(frozen=True)
class Hour:
    """A time as written, in minutes; `exact` where nothing but a time of day is written so."""

    minutes: int
    exact: bool

    @classmethod
    def of(cls, match: re.Match[str], number: int) -> Hour | None:
        """Return a time of a range, None where no clock shows it."""
        groups = match.groupdict()
        hour, half = int(groups[f"hour{number}"]), groups.get(f"half{number}")
        minute = int(groups.get(f"minute{number}") or groups.get(f"colon{number}") or 0)
        if half and not 1 <= hour <= 12:
            return None
        if half:
            hour = hour % 12 + (12 if half[0] == "p" else 0)
        return cls(hour * 60 + minute, bool(half)) if hour <= 24 and minute <= 59 else None


def backwards_events(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the events that end, by their hours, before they start, but for nights."""
    for placed in proof.events:
        wrong = any(_is_backwards_slot(slot) for slot in placed.event.when.slots)
        if wrong and not ALL_NIGHT.search(words_of(placed.event)):
            hint = N_("Correct one of the two hours.")
            yield ends_before_it_starts(placed.span("when"), as_written(placed, "when"), hint)


def _is_backwards_slot(slot: Slot) -> bool:
    """Return whether a slot ends before it starts: nobody begins at noon and ends at ten."""
    if slot.end is None:
        return False
    start, end = (time.hour * 60 + time.minute for time in (slot.start, slot.end))
    if end >= start or end <= NIGHT_ENDS:
        return False
    return start < NIGHT_BEGINS or (end - start) % DAY > DAY // 2


def hours_in_texts(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the hours of all texts that cannot be."""
    language = proof.language
    for passage in proof.read(*READ):
        if not DIGIT.search(passage.text):
            continue
        text = fold_in_place(passage.text)
        for match in IMPOSSIBLE[language].finditer(text):
            if _is_impossible(match, text, language) and not passage.in_quotation(match.start()):
                message = N_("“{words}” is not a time of day.")
                yield finding(
                    "D206",
                    passage.span(*match.span()),
                    message,
                    N_("Correct the hour."),
                    words=_written(passage, match),
                )
        for match in _range(language).finditer(text):
            if _is_backwards(match, text, language) and not passage.in_quotation(match.start()):
                hint = N_("Correct one of the two hours.")
                place = passage.span(*match.span())
                yield ends_before_it_starts(place, _written(passage, match), hint)


def _written(passage: Passage, match: re.Match[str]) -> str:
    return passage.text[match.start() : match.end()].strip()


def _is_impossible(match: re.Match[str], text: str, language: str) -> bool:
    groups = match.groupdict()
    hour = int(groups["hour"])
    written = groups.get("minute") or groups.get("colon")
    minute = int(written or 0)
    placed = AT[language].search(text, max(0, match.start() - 20), match.start()) is not None
    if groups.get("half"):
        return not 1 <= hour <= 12 or minute > 59
    if language == "en" and groups.get("sign") != ":":
        return False
    if minute > 59:
        return hour <= 24 and (placed or (language == "fr" and groups.get("colon") is None))
    late = hour > 24 or (hour == 24 and minute > 0)
    most = 99 if written is not None else 29
    return late and hour <= most and placed and not _is_length(match, text, language)


def _is_length(match: re.Match[str], text: str, language: str) -> bool:
    """Return whether a number of hours tells how long something lasts."""
    around = LENGTHS[language].search(_around(match, text))
    return (around or OF[language].match(text, match.end())) is not None


def _around(match: re.Match[str], text: str) -> str:
    return text[max(0, match.start() - 80) : match.end() + 60]


@cache
def _range(language: str) -> re.Pattern[str]:
    start, to, between, and_, dash = RANGES[language]
    # "de 14 à 16 h": the first hour may do without its unit
    bare = ["", "|"] if language == "fr" else ["", ""]
    hours = [HOURS[language].format(n=n, bare=bare[n in (1, 3)]) for n in range(7)]
    return re.compile(
        rf"(?:{start}){hours[1]}{to}{hours[2]}|(?:{between}){hours[3]}{and_}{hours[4]}"
        rf"|(?<![\w.,:/-]){hours[5]}{dash}{hours[6]}"
    )


def _is_backwards(match: re.Match[str], text: str, language: str) -> bool:
    number = next(n for n in (1, 3, 5) if match[f"hour{n}"])
    start, end = Hour.of(match, number), Hour.of(match, number + 1)
    if start is None or end is None or end.minutes >= start.minutes:
        return False
    if end.minutes % DAY <= NIGHT_ENDS or _is_length(match, text, language):
        return False
    if NIGHT.search(_around(match, text)) or re.match(r" ?-", text[match.end() :]):
        return False
    if language == "en" and not _are_comparable(match, start, end):
        return False
    # a night is no longer than half a day
    night = (end.minutes - start.minutes) % DAY <= DAY // 2
    return not (start.minutes >= NIGHT_BEGINS and end.minutes <= 12 * 60 and night)


def _are_comparable(match: re.Match[str], start: Hour, end: Hour) -> bool:
    """Return whether two English times are both by halves of the day, or both by 24 hours."""
    by_24_hours = match[0].count(":") == 2 and start.minutes >= 13 * 60
    return start.exact and end.exact if start.exact or end.exact else by_24_hours
