"""Hours in running texts: those that no clock shows, and those that end before they start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from moip_press.proofread.dates import texts
from moip_press.proofread.dates.sentences import flat
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_

NIGHT_ENDS = 6 * 60
"""What ends at this minute of the day or earlier may have begun the evening before."""
NIGHT_BEGINS = 18 * 60
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


@dataclass(frozen=True)
class Hour:
    """A time as written; `exact` where nothing but a time of day is written so."""

    minutes: int
    exact: bool

    @classmethod
    def of(cls, match: re.Match[str], number: str) -> Hour | None:
        """Return a time of a range, None where no clock shows it."""
        groups = match.groupdict()
        hour, half = int(groups[f"hour{number}"]), groups.get(f"half{number}")
        minute = groups.get(f"minute{number}") or groups.get(f"colon{number}") or "0"
        if half:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if half[0] == "p" else 0)
        if hour > 24 or int(minute) > 59:
            return None
        return cls(hour * 60 + int(minute), bool(half))


def in_texts(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the hours of all texts that cannot be."""
    for passage in proof.read(*texts.READ):
        if texts.DIGIT.search(passage.text):
            yield from _in_text(passage, flat(passage.text), proof.language)


def _in_text(passage: Passage, text: str, language: str) -> Iterator[Diagnostic]:
    for match in IMPOSSIBLE[language].finditer(text):
        if _impossible(match, text, language) and not passage.in_quotation(match.start()):
            start, end = match.span()
            yield finding(
                "D206",
                passage.span(start, end),
                Message.of(
                    N_("“{words}” is not a time of day."), words=passage.text[start:end].strip()
                ),
                Message(N_("Correct the hour.")),
            )
    for match in _range(language).finditer(text):
        if _backwards(match, text, language) and not passage.in_quotation(match.start()):
            start, end = match.span()
            yield finding(
                "D207",
                passage.span(start, end),
                Message.of(
                    N_("“{words}” ends before it starts."), words=passage.text[start:end].strip()
                ),
                Message(N_("Correct one of the two hours.")),
            )


def _impossible(match: re.Match[str], text: str, language: str) -> bool:
    groups = match.groupdict()
    hour = int(groups["hour"])
    minute = groups.get("minute") or groups.get("colon")
    before = text[max(0, match.start() - 20) : match.start()]
    placed = AT[language].search(before) is not None
    around = text[max(0, match.start() - 80) : match.end() + 60]
    length = LENGTHS[language].search(around) or OF[language].match(text, match.end())
    if groups.get("half"):
        return not 1 <= hour <= 12 or int(minute or 0) > 59
    if language == "en" and groups.get("sign") != ":":
        return False
    if minute is not None and int(minute) > 59:
        return hour <= 24 and (placed or (language == "fr" and groups.get("colon") is None))
    late = hour > 24 or (hour == 24 and int(minute or 0) > 0)
    most = 99 if minute is not None else 29
    return late and hour <= most and placed and not length


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


def _backwards(match: re.Match[str], text: str, language: str) -> bool:
    number = next(n for n in ("1", "3", "5") if match[f"hour{n}"])
    start, end = Hour.of(match, number), Hour.of(match, str(int(number) + 1))
    if start is None or end is None or end.minutes >= start.minutes:
        return False
    if end.minutes % DAY <= NIGHT_ENDS:
        return False
    around = text[max(0, match.start() - 80) : match.end() + 60]
    if LENGTHS[language].search(around) or OF[language].match(text, match.end()):
        return False
    if NIGHT.search(around) or re.match(r" ?-", text[match.end() :]):
        return False
    if language == "en" and not _exact(match, start, end):
        return False
    return not (start.minutes >= NIGHT_BEGINS and end.minutes <= 12 * 60 and _long(start, end))


def _long(start: Hour, end: Hour) -> bool:
    """Tell whether a time from one day to the next is as long as a night."""
    return (end.minutes - start.minutes) % DAY <= DAY // 2


def _exact(match: re.Match[str], start: Hour, end: Hour) -> bool:
    """Tell whether two English times can be compared: both by halves, or both by 24 hours."""
    if start.exact and end.exact:
        return True
    return (
        match[0].count(":") == 2 and not start.exact and not end.exact and start.minutes >= 13 * 60
    )
