"""A number that announces an enumeration of another length in the same sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from moip_press.proofread.claims.announcing import (
    LISTED,
    NEAR,
    PLACE_WORDS,
    PLACES,
    announced,
    talks_of,
)
from moip_press.proofread.claims.lists import is_unfinished, wrong_number
from moip_press.proofread.claims.numbers import NUMBER, Count, counts
from moip_press.proofread.claims.sentences import sentence, starts
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Diagnostic

SERIES = re.compile(r"[:«“\",]")
BETWEEN = re.compile(r"\s*(?:[,;]|[,;]?\s+(?:et|ou|and|or)(?=\s))?\s*")
CLOSED = re.compile(r"\s*(?:[.!?]|$)")
COLON = re.compile(r"(?<!\d):(?=\s)|(?<=\s):(?=\s)")
AND = re.compile(r"\s(?:et|ou|and|or)\s")
NAME = re.compile(r"(?:(?:la|le|les|the)\s|l['’])?[A-ZÀ-Ý][\w’'-]*(?:[ -][\w’'-]+){0,3}")
LONGEST_ITEM = 3  # words of an item between two commas
PLACE = re.compile(rf"(?:{'|'.join(PLACE_WORDS.split())}),", re.IGNORECASE)
BRACKET = re.compile(r"\w \((?:l[ae’']s?\s?)?[A-ZÀ-Ý]")
INCLUDED = re.compile(r"\s(?:compris|inclus|en tête|notamment|included|among)", re.IGNORECASE)
FEWEST_NAMES = 3


def enumerations_as_announced(proof: Proof) -> Iterator[Diagnostic]:
    """A number fits what is enumerated after it: « A », « B » et « C », “: a ; b ; c”."""
    for passage in proof.read(Role.PROSE, Role.LINE, Role.TITLE):
        if not (SERIES.search(passage.text) and NUMBER.search(passage.text)):
            continue
        begins = starts(passage.text, passage.quoted)
        yield from _quotations(passage, begins)
        for number, begin in enumerate(begins):
            end = begins[number + 1] if number + 1 < len(begins) else len(passage.text)
            yield from _after_colon(passage, begin, end)
            yield from _named_places(passage, begin, end)


def _quotations(passage: Passage, begins: Sequence[int]) -> Iterator[Diagnostic]:
    """Yield numbers that do not fit the quotations that end their sentence."""
    for run in _runs(passage):
        start, end = run[0][0], run[-1][1]
        if len(run) > 1 and CLOSED.match(passage.text, end):
            begin, _ = sentence(passage.text, start, begins)
            head = passage.text[begin:start]
            count = _announced(head)
            if count is not None and count.value != len(run):
                place = passage.span(start, end)
                yield wrong_number(passage, begin, count, len(run), place)


def _runs(passage: Passage) -> Iterator[list[tuple[int, int]]]:
    """Yield quotations between which stands nothing but a comma, a semicolon or an “and”."""
    run: list[tuple[int, int]] = []
    for span in passage.quoted:
        if run and BETWEEN.fullmatch(passage.text, run[-1][1], span[0]):
            run.append(span)
        else:
            if run:
                yield run
            run = [span]
    if run:
        yield run


def _announced(head: str) -> Count | None:
    """Return the number of a sentence that goes before quotations."""
    found = announced(head)
    if found is None:
        return talks_of(head)
    count, right_before = found
    return count if right_before or head.rstrip().endswith(":") else None


def _after_colon(passage: Passage, begin: int, end: int) -> Iterator[Diagnostic]:
    """Yield a number right before a colon that does not fit what follows it."""
    text = passage.text
    colon = COLON.search(text, begin, end)
    if colon is None or any(start >= colon.start() and start < end for start, _ in passage.quoted):
        return
    found = announced(text[begin : colon.end()])
    rest = text[colon.end() : end].strip()
    if found is None or not found[1] or not rest or passage.in_quotation(begin + found[0].start):
        return
    lengths = _lengths(rest, listed=found[0].noun in LISTED)
    if lengths and found[0].value not in lengths:
        place = passage.span(colon.end() + 1, colon.end() + 1 + len(rest))
        yield wrong_number(passage, begin, found[0], max(lengths), place)


def _lengths(rest: str, *, listed: bool) -> set[int]:
    """Return how many things are enumerated, in each way to read it; nothing where unsure."""
    if is_unfinished(rest) or ":" in rest or "(" in rest:
        return set()
    body = rest.rstrip(" .!?")
    if ";" in body:
        items = [item.strip() for item in body.split(";") if item.strip()]
        if any(item[0].isdigit() for item in items):
            return set()
        last_is_two = AND.search(items[-1]) and not AND.match(f" {items[-1]}")
        return {len(items), len(items) + 1} if last_is_two else {len(items)}
    items = [item.strip() for item in body.split(",")]
    last = AND.split(items[-1])
    names = [*items[:-1], *last]
    alike = len({name[:1].isupper() for name in names}) == 1
    short = all(name and len(name.split()) <= LONGEST_ITEM for name in names)
    joined = len(last) == 2 and not any(AND.search(item) for item in items[:-1])
    if listed and len(items) > 1 and alike and short and joined:
        return {len(names), len(names) - 1}
    return set()


def _named_places(passage: Passage, begin: int, end: int) -> Iterator[Diagnostic]:
    """Yield a number of places that are named right after it: “deux régions, la Bretagne, …”."""
    text = passage.text
    if not (PLACE.search(text, begin, end) or BRACKET.search(text, begin, end)):
        return
    for count in counts(text[begin:end]):
        at = begin + count.end
        bracketed = count.noun in LISTED and text.startswith(" (", at)
        if bracketed or (count.noun in PLACES and text.startswith(",", at)):
            names = _names(text, at + 1 + bracketed, end, closed=bracketed) or []
            exact = count.lead == count.start and abs(len(names) - count.value) <= NEAR
            sure = exact and not passage.in_quotation(begin + count.start)
            if sure and len(names) >= FEWEST_NAMES and len(names) != count.value:
                place = passage.span(names[0][0], names[-1][1])
                yield wrong_number(passage, begin, count, len(names), place)


def _names(text: str, at: int, end: int, *, closed: bool) -> list[tuple[int, int]] | None:
    """Return the names from `at` on, between commas, up to the one behind “et”; else None.

    Where they are `closed`, a bracket ends them.
    """
    found: list[tuple[int, int]] = []
    while name := NAME.match(text, at + (text[at : at + 1] == " "), end):
        stop = AND.search(text, name.start(), name.end() + 4)
        first = stop.start() if stop else name.end()
        found.append((name.start(), first))
        if stop:
            last = NAME.match(text, stop.end(), end)
            if last is None or INCLUDED.search(text, last.start(), last.end() + 12):
                return None
            whole = not closed or text.startswith(")", last.end())
            return [*found, last.span()] if whole else None
        if text[first : first + 1] != ",":
            return found if closed and text.startswith(")", first) else None
        at = first + 1
    return None
