"""Numbers that count something, in digits or in words, in French and English texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from moip_press.text.folding import letters

_FRENCH = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = {
    "vingt vingts twenty": 20,
    "trente thirty": 30,
    "quarante forty": 40,
    "cinquante fifty": 50,
    "soixante sixty": 60,
    "septante seventy": 70,
    "eighty": 80,
    "nonante ninety": 90,
    "cent cents hundred": 100,
    "mille thousand": 1000,
    "million millions": 1_000_000,
}
WORDS = {
    "une": 1,
    **{word: value for words in (_FRENCH, _ENGLISH) for value, word in enumerate(words.split(), 1)},
    **{word: value for words, value in _TENS.items() for word in words.split()},
}
ROUND = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1000,
    "dozen": 12,
}
LONGEST = 12  # words of a number, or groups of three digits: what is longer counts nothing
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
NUMBER = re.compile(
    rf"(?<![\w,./:#°-])(?:"
    rf"(?P<digits>\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}}|,\d{{3}}(?!\d)){{1,{LONGEST}}}|\d{{1,9}})"
    rf"(?:\s(?P<scale>millions?))?"
    rf"|(?:une?|an?)\s(?P<round>{'|'.join(ROUND)})"
    rf"|(?P<words>(?:{_WORD})(?:(?:-|\s(?:et\s|and\s)?|-et-)(?:{_WORD})){{0,{LONGEST}}})"
    rf")(?![\w/:%€$£°-]|[.,]\d|\s?[%€$£°])",
    re.IGNORECASE,
)
BEFORE = re.compile(
    r"(?:(?P<over>plus d(?:e\s|['’])|more than\s|over\s)"
    r"|(?P<near>près d(?:e\s|['’])|nearly\s|almost\s)"
    r"|(?P<least>au moins\s|at least\s)"
    r"|(?P<other>moins d(?:e\s|['’])|jusqu['’]à\s|up to\s|fewer than\s|less than\s)"
    r"|(?P<about>environ\s|quelque\s|about\s|around\s|some\s))$",
    re.IGNORECASE,
)
AFTER = re.compile(r"\s(?:d(?:e\s|['’])|of\s)?")
NOUN = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Words between a number and what it counts.
_BEFORE_NOUNS = (
    "grands grandes petits petites nouveaux nouvelles jeunes premiers premieres autres principaux "
    "principales differents differentes belles beaux bonnes bons prochains prochaines derniers "
    "dernieres vrais vraies meilleurs meilleures hauts hautes anciens anciennes gros grosses "
    "main new major big key different large other great small public free open"
)
ELIDED = re.compile(r"^[ldn]['’]", re.IGNORECASE)


class Precision(StrEnum):
    """How exactly a number is meant."""

    EXACT = "exact"
    OVER = "over"
    NEAR = "near"
    LEAST = "least"
    OTHER = "other"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Count:
    """A number from `start`, with what it counts up to `end`: "quatre régions".

    `noun` is the noun as it is compared (`singular`), `lead` where what goes before the number
    ("plus de") starts.
    """

    value: int
    precision: Precision
    noun: str
    lead: int
    start: int
    end: int


def counts(text: str) -> Iterator[Count]:
    """Yield the numbers of a text that are followed by a noun, in order; "un" counts nothing."""
    for found in NUMBER.finditer(text):
        value = _value(found)
        noun = _noun(text, found.end()) if value is not None and value > 1 else None
        if value is not None and noun is not None:
            lead, precision = _precision(text, found)
            yield Count(value, precision, singular(noun[0]), lead, found.start(), noun.end())


def _value_of_words(words: str) -> int | None:
    """Return the value of a number in words: `vingt-cinq`, `three hundred`; None if it is none."""
    total = current = 0
    last = 1_000_000_000
    for word in re.split(r"[\s-]+", words.lower()):
        if word in ("et", "and"):
            continue
        step = WORDS[word]
        if step >= 1000:
            total += max(current, 1) * step
            current, last = 0, step
        elif step == 100 and current < 100:
            current, last = max(current, 1) * 100, 100
        elif step == 20 and current % 100 == 4:
            current, last = current - 4 + 80, 20
        elif step < last and not (step >= 20 and last < 100):
            current, last = current + step, step
        else:
            return None
    return total + current


def singular(word: str) -> str:
    """Return a noun as it is compared: lower case, no accents, no plural."""
    bare = letters(ELIDED.sub("", word))
    return bare[:-1] if len(bare) > 3 and bare[-1] in "sx" else bare


def _value(found: re.Match[str]) -> int | None:
    if found["round"]:
        return ROUND[found["round"].lower()]
    if found["words"]:
        return _value_of_words(found["words"])
    digits = int(re.sub(r"\D", "", found["digits"]))
    return digits * 1_000_000 if found["scale"] else digits


def _precision(text: str, found: re.Match[str]) -> tuple[int, Precision]:
    before = BEFORE.search(text, max(0, found.start() - 14), found.start())
    if before is not None and before.lastgroup:
        return before.start(), Precision(before.lastgroup)
    return found.start(), Precision.ABOUT if found["round"] else Precision.EXACT


def _noun(text: str, start: int) -> re.Match[str] | None:
    """Return the noun that follows a number, past the adjectives that go before nouns."""
    after = AFTER.match(text, start)
    at = after.end() if after else start
    for _ in range(3):
        word = NOUN.match(text, at) if after else None
        if word is None:
            return None
        if singular(word[0]) not in _ADJECTIVES or not text[word.end() : word.end() + 1].isspace():
            return word
        at = word.end() + 1
    return None


_ADJECTIVES = frozenset(map(singular, _BEFORE_NOUNS.split()))
