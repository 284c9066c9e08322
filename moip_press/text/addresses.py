"""Addresses that stand in a text as they are: e-mail, web pages, telephone numbers.

What a reader takes for an address is one: "www.example.fr", "example.fr/agenda" and "example.fr",
but neither "Node.js" nor "la fin.La suite".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["mail", "web", "telephone"]


class Address(NamedTuple):
    """An address, from `start` to `end` of a text, and where a link to it leads.

    A telephone number only looks like one: `telephone.exists` knows the plan of its country.
    """

    start: int
    end: int
    url: str
    kind: Kind


LETTER = r"[^\W_]"  # or a digit; an underscore may be emphasis
LABEL = rf"{LETTER}[\w-]{{0,62}}"
WITHIN = r"[^\s<>\"«»“”„`|{}\[\]^]"
MAIL = re.compile(
    rf"(?<!{LETTER}|[.@+-]){LETTER}[\w.+-]{{0,63}}@(?:{LABEL}\.){{1,8}}[a-z]{{2,24}}(?![\w@]|[.-]\w)",
    re.IGNORECASE,
)
WEB = re.compile(
    rf"(?<!{LETTER}|[@./-])(?:https?://(?=\w)|www\.(?={LABEL}\.\w)){WITHIN}{{1,2000}}",
    re.IGNORECASE,
)
# Without "www.": a path, or an ending that French sites have and that no word is.
SITE_END = re.compile(
    rf"\.(?:[a-z]{{2,24}}/{WITHIN}{{0,2000}}"
    r"|(?:fr|eu|com|org|net|info|be|ch|lu|bzh|paris|alsace|corsica)(?![\w@]|[.-]\w))"
)
SITE_START = re.compile(rf"(?<!{LETTER}|[@./-])(?:{LABEL}\.){{0,7}}{LABEL}$")
LONGEST_HOST = 253  # RFC 1035
SPACE = "[ \u00a0\u202f\n]"
BETWEEN = rf"(?:{SPACE}|[.-])"
NUMBER = re.compile(
    # the pairs of France end after ten digits, whatever stands behind them
    rf"(?:\(?\+33\)?{BETWEEN}?(?:\(0\){BETWEEN}?)?|0)[1-9](?:{BETWEEN}\d\d){{4}}(?!\d)"
    rf"|(?:\(\+\d{{1,3}}\)|\+\d{{1,15}}|00[1-9]\d{{0,12}})"
    rf"(?:{BETWEEN}?\(\d{{1,4}}\){BETWEEN}?\d{{1,8}}|{BETWEEN}\d{{1,8}}){{0,8}}"
    rf"|(?:\(0\d{{0,4}}\){SPACE}?\d{{2,8}}|0\d{{0,12}})"
    rf"(?:(?:{SPACE}\d{{2,8}}(?!\d)){{1,5}}|(?:\.\d{{2,8}}){{1,5}}|(?:-\d{{2,8}}){{1,5}})?"
)
NUMBER_BEFORE = re.compile(rf"(?:[\w/+@#=&-]|\d[.,]|°{SPACE}?|ISBN{SPACE}?)$")
NUMBER_AFTER = re.compile(r"[\w%€@]|[.,-]\d")
DATE = re.compile(rf"\d{{1,2}}{BETWEEN}\d{{1,2}}{BETWEEN}(?:19|20)\d\d")
FEWEST_DIGITS = 8

ENDS_SENTENCE = frozenset(".,;:!?…'’‘*_~")


def addresses(text: str) -> list[Address]:
    """Return the addresses of a text in order; they do not overlap."""
    found: list[Address] = []
    for address in sorted([*_mails(text), *_webs(text), *_sites(text), *_numbers(text)]):
        if not found or address.start >= found[-1].end:
            found.append(address)
    return found


def _mails(text: str) -> Iterator[Address]:
    if "@" in text:
        for match in MAIL.finditer(text):
            yield Address(match.start(), match.end(), f"mailto:{match[0]}", "mail")


def _webs(text: str) -> Iterator[Address]:
    for match in WEB.finditer(text):
        yield _web(text, match.start(), match.end())


def _sites(text: str) -> Iterator[Address]:
    for match in SITE_END.finditer(text):
        place = match.start()
        host = SITE_START.search(text, max(0, place - LONGEST_HOST), place)
        if host is not None:
            yield _web(text, host.start(), match.end())


def _web(text: str, start: int, end: int) -> Address:
    """Return a web address without what ends the sentence, or the bracket, that it stands in."""
    typed = text[start:end]
    unclosed = typed.count(")") - typed.count("(")
    while typed[-1] in ENDS_SENTENCE or (typed[-1] == ")" and unclosed > 0):
        unclosed -= typed[-1] == ")"
        typed = typed[:-1]
    scheme = "" if "://" in typed[: len("https://")] else "https://"
    return Address(start, start + len(typed), scheme + typed, "web")


def _numbers(text: str) -> Iterator[Address]:
    for match in NUMBER.finditer(text):
        start, end = match.span()
        if (
            sum(sign.isdigit() for sign in match[0]) >= FEWEST_DIGITS
            and not NUMBER_BEFORE.search(text, max(0, start - 6), start)
            and not NUMBER_AFTER.match(text, end)
            and not DATE.match(match[0])
        ):
            yield Address(start, end, f"tel:{' '.join(match[0].split())}", "telephone")


SHORT = 20  # characters: a link that stays on one line
LONG_WORD = re.compile(rf"\S{{{SHORT},}}")
INNER_SIGN = re.compile(rf"[./@]{LETTER}")
LONG_PART = 38  # characters that may be wider than what is left of a line
AFTER_SEPARATORS = re.compile(rf"(?<=[/?&])(?={LETTER})")
AFTER_SIGNS = re.compile(rf"(?<=[.@])(?={LETTER})")
BEFORE_HYPHENS = re.compile(rf"(?<={LETTER})(?=[-_]{LETTER})")
BREAK, NO_BREAK = "\N{ZERO WIDTH SPACE}", "\N{WORD JOINER}"


def breakable(words: str, most: int = LONG_PART) -> str:
    """Return the words of a link: on one line if they are few; an address breaks at its signs.

    ``most`` letters have room on a line of their own. An address breaks before a hyphen, and only
    where it must: one at the end of a line is lost where the lines are copied. `unbroken` takes
    away what tells the lines where to end; it has no width, and nobody copies it.
    """
    if len(words) <= min(SHORT, most):
        return words.replace(" ", "\N{NO-BREAK SPACE}")
    return LONG_WORD.sub(lambda word: _with_breaks(word[0], most), words)


def _with_breaks(word: str, most: int) -> str:
    if not INNER_SIGN.search(word):
        return word
    parts = AFTER_SEPARATORS.split(word)
    shorter = (
        each
        for part in parts
        for each in ((part,) if len(part) <= most else AFTER_SIGNS.split(part))
    )
    whole = (each if len(each) <= most else BEFORE_HYPHENS.sub(BREAK, each) for each in shorter)
    return BREAK.join(whole).replace("-", f"-{NO_BREAK}")


def unbroken(words: str) -> str:
    """Return words without what `breakable` put in."""
    return words.replace(BREAK, "").replace(NO_BREAK, "")
