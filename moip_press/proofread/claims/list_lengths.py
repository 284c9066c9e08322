"""A number that announces a list, a block or an enumeration of another length (C201)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TypeAlias

from moip_press.kit.model.blocks import (
    CardsBlock,
    DirectoryBlock,
    KeyFiguresBlock,
    LabsBlock,
    MissionsBlock,
)
from moip_press.kit.model.parts import Article, Interview
from moip_press.proofread.claims.counts import (
    LISTED,
    MOST,
    NEAR,
    NUMBER,
    PLACE_WORDS,
    PLACES,
    Count,
    Precision,
    announced,
    counts,
    places_announced,
    subject_announced,
)
from moip_press.proofread.passages import Loc, Passage, Role, Sentences
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_, NP_

UNFINISHED = re.compile(r"\W*?(?:…|\.\.\.)|\W*cte\b")  # from the end to the beginning
QUESTIONS = re.compile(r"\s(?:à|au|aux|pour|for|to|with)\b")
LISTS = {
    CardsBlock: "items",
    DirectoryBlock: "labs",
    KeyFiguresBlock: "items",
    LabsBlock: "labs",
    MissionsBlock: "items",
}
SHORT = 6  # words of an item that is a name
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


@dataclass(frozen=True)
class _List:
    """What is listed: how many, where, and whether the items are all names."""

    length: int
    place: Callable[[], Span]
    names: bool = False


# What follows a text of an article, by the file and the place of the text.
_Blocks: TypeAlias = dict[tuple[str, Loc], _List]


def lists_as_announced(proof: Proof) -> Iterator[Diagnostic]:
    """Yield numbers that do not fit their list: of the text, or the next block of the article."""
    blocks = _announced_blocks(proof)
    groups = groupby(proof.passages, key=lambda each: (each.source.name, each.loc))
    for place, group in groups:
        passages = list(group)
        for number, passage in enumerate(passages):
            kinds = (Role.PROSE, Role.LINE, Role.TITLE)
            if passage.role not in kinds or not passage.text.rstrip().endswith(":"):
                continue
            listed = _items(passages[number + 1 :])
            if listed is None and passage is passages[-1]:
                listed = blocks.get(place)
            if listed is not None:
                yield from _compared(passage, listed)
    yield from _titles(proof, blocks)


def _items(passages: Sequence[Passage]) -> _List | None:
    """Return the list that starts with these passages; None where none does, or it is open."""
    run: list[Passage] = []
    for passage in passages:
        if passage.paragraph.kind != "item":
            break
        run.append(passage)
    own = [e for e in run if e.paragraph.list == run[0].paragraph.list and e.paragraph.begins_item]
    if not own or _is_unfinished(own[-1].text):
        return None
    if len(run) == len(passages) and _is_unfinished(run[-1].text):
        return None
    names = all(item.text[:1].isupper() and len(item.text.split()) <= SHORT for item in own)
    return _List(len(own), own[0].span, names)


def _is_unfinished(text: str) -> bool:
    """Return whether a text ends with an ellipsis or “etc.”."""
    return UNFINISHED.match(text[::-1]) is not None


def _compared(passage: Passage, listed: _List) -> Iterator[Diagnostic]:
    """Yield the finding of a text that ends with a colon, where the list has another length."""
    begin, end = Sentences(passage).around(len(passage.text) - 1)
    words = passage.text[begin:end]
    found = announced(words)
    if found is None and listed.names:
        places = places_announced(words)
        found = None if places is None else (places, False)
    if found is not None and not passage.in_quotation(begin + found[0].start):
        count, right_before = found
        off = abs(count.value - listed.length)
        if off and (right_before or off <= NEAR):
            yield _wrong_number(passage, begin, count, listed.length, listed.place())


def _wrong_number(
    passage: Passage, begin: int, count: Count, length: int, place: Span
) -> Diagnostic:
    """Return the finding for a number of the sentence that starts at `begin` of a passage."""
    start, end = begin + count.start, begin + count.end
    message = NP_(
        "“{words}” is announced, and {count} follows.",
        "“{words}” is announced, and {count} follow.",
    )
    return finding(
        "C201",
        passage.span(start, end),
        Message.counted(message, length, words=passage.text[start:end]),
        N_("Correct the number, or the list."),
        related=[Related(place, Message(N_("The list begins here.")))],
    )


def _announced_blocks(proof: Proof) -> _Blocks:
    """Return what follows a text of an article, by the place of the text."""
    found: _Blocks = {}
    for placed in proof.kit.parts():
        part, file = placed.part, placed.source.name
        if not isinstance(part, Article):
            continue
        before: Loc | None = ("introduction",) if part.introduction else None
        for number, block in enumerate(part.body):
            own = ("body", number)
            field = LISTS.get(type(block))
            if field is not None:
                place = partial(placed.source.span, (*own, field, 0))
                listed = _List(len(getattr(block, field)), place)
                found[file, (*own, "title")] = found[file, (*own, "introduction")] = listed
                if before is not None and not block.title and not hasattr(block, "introduction"):
                    found[file, before] = listed
            before = (*own, "text") if hasattr(block, "text") else None
    return found


def _titles(proof: Proof, blocks: _Blocks) -> Iterator[Diagnostic]:
    """Yield what titles without a colon announce: "Quatre laboratoires …", "Trois questions à"."""
    for passage in proof.read(Role.TITLE):
        if passage.text.rstrip().endswith(":") or passage.paragraph.kind == "heading":
            continue
        found = list(counts(passage.text))
        if len(found) != 1 or found[0].precision is not Precision.EXACT or found[0].value > MOST:
            continue
        count, record = found[0], passage.record
        listed = blocks.get((passage.source.name, passage.loc))
        opens = len(passage.text[: count.lead].split()) <= 1
        if listed is not None and opens and count.noun in LISTED and passage.field == "title":
            if 0 < abs(count.value - listed.length) <= NEAR:
                yield _wrong_number(passage, 0, count, listed.length, listed.place())
        elif isinstance(record, Interview) and count.noun == "question" and count.lead == 0:
            length = len(record.exchanges)
            if length and QUESTIONS.match(passage.text, count.end) and count.value != length:
                place = passage.source.span(("exchanges", 0, "question"))
                yield _wrong_number(passage, 0, count, length, place)


def enumerations_as_announced(proof: Proof) -> Iterator[Diagnostic]:
    """Yield numbers that do not fit what follows: « A », « B » et « C », “: a ; b ; c”."""
    for passage in proof.read(Role.PROSE, Role.LINE, Role.TITLE):
        if not (SERIES.search(passage.text) and NUMBER.search(passage.text)):
            continue
        sentences = Sentences(passage)
        yield from _quotations(passage, sentences)
        for begin, end in sentences:
            yield from _after_colon(passage, begin, end)
            yield from _named_places(passage, begin, end)


def _quotations(passage: Passage, sentences: Sentences) -> Iterator[Diagnostic]:
    """Yield numbers that do not fit the quotations that end their sentence."""
    for run in _runs(passage):
        start, end = run[0][0], run[-1][1]
        if len(run) > 1 and CLOSED.match(passage.text, end):
            begin, _ = sentences.around(start)
            count = _before_quotations(passage.text[begin:start])
            if count is not None and count.value != len(run):
                yield _wrong_number(passage, begin, count, len(run), passage.span(start, end))


def _runs(passage: Passage) -> Iterator[list[tuple[int, int]]]:
    """Yield quotations that are parted by nothing but a comma, a semicolon or an “and”."""
    run: list[tuple[int, int]] = []
    for span in passage.quoted:
        if run and not BETWEEN.fullmatch(passage.text, run[-1][1], span[0]):
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _before_quotations(head: str) -> Count | None:
    found = announced(head)
    if found is None:
        return subject_announced(head)
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
        yield _wrong_number(passage, begin, found[0], max(lengths), place)


def _lengths(rest: str, *, listed: bool) -> set[int]:
    """Return how many things are enumerated, in each way to read it; nothing where unsure."""
    if _is_unfinished(rest) or ":" in rest or "(" in rest:
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
                yield _wrong_number(passage, begin, count, len(names), place)


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
