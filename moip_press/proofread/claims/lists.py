"""A number that announces a list of another length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TypeAlias

from moip_press.kit.model.parts import (
    Article,
    CardsBlock,
    DirectoryBlock,
    Interview,
    KeyFiguresBlock,
    LabsBlock,
    MissionsBlock,
)
from moip_press.proofread.claims.announcing import LISTED, MOST, NEAR, announced, of_places
from moip_press.proofread.claims.numbers import Count, Precision, counts
from moip_press.proofread.claims.sentences import sentence, starts
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_, NP_

ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")
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


@dataclass(frozen=True)
class _List:
    """What is listed: how many, where, and whether the items are all names."""

    length: int
    place: Callable[[], Span]
    names: bool = False


# What follows a text of an article, by the file and the place of the text.
_Blocks: TypeAlias = dict[tuple[str, tuple[str | int, ...]], _List]


def lists_as_announced(proof: Proof) -> Iterator[Diagnostic]:
    """A number fits the list that follows it: of the text, or the next block of the article."""
    blocks = _announced_blocks(proof)
    groups = groupby(proof.passages, key=lambda each: (each.source.name, each.loc))
    for _, group in groups:
        passages = list(group)
        for number, passage in enumerate(passages):
            if not _announces(passage):
                continue
            listed = _items(passages, number + 1) or (
                blocks.get((passage.source.name, passage.loc))
                if number == len(passages) - 1
                else None
            )
            if listed is not None:
                yield from _compared(passage, listed)
    yield from _titles(proof, blocks)


def _announces(passage: Passage) -> bool:
    kinds = (Role.PROSE, Role.LINE, Role.TITLE)
    return passage.role in kinds and passage.text.rstrip().endswith(":")


def _items(passages: Sequence[Passage], start: int) -> _List | None:
    """Return the list that starts at a passage; None where there is none, or it is open."""
    if start >= len(passages) or passages[start].paragraph.kind != "item":
        return None
    own = passages[start].paragraph.list
    items = []
    for passage in passages[start:]:
        if passage.paragraph.kind != "item":
            break
        if passage.paragraph.list == own and _begins_item(passage):
            items.append(passage)
        if passage is passages[-1] and is_unfinished(passage.text):
            return None
    if is_unfinished(items[-1].text):
        return None
    names = all(item.text[:1].isupper() and len(item.text.split()) <= SHORT for item in items)
    return _List(len(items), items[0].span, names)


def is_unfinished(text: str) -> bool:
    """Return whether a text ends with points of suspension or “etc.”."""
    return UNFINISHED.match(text[::-1]) is not None


def _begins_item(passage: Passage) -> bool:
    written = getattr(passage.source.node(passage.loc), "value", "")
    line = written.rfind("\n", 0, passage.paragraph.places[0]) + 1
    return bool(ITEM.match(written, line, passage.paragraph.places[0]))


def _compared(passage: Passage, listed: _List) -> Iterator[Diagnostic]:
    """Yield the finding of a text that ends with a colon, where the list has another length."""
    begin, end = sentence(passage.text, len(passage.text) - 1, starts(passage.text, passage.quoted))
    words = passage.text[begin:end]
    found = announced(words)
    if found is None and listed.names:
        place = of_places(words)
        found = None if place is None else (place, False)
    if found is None or passage.in_quotation(begin + found[0].start):
        return
    count, right_before = found
    off = abs(count.value - listed.length)
    if off and (right_before or off <= NEAR):
        yield wrong_number(passage, begin, count, listed.length, listed.place())


def wrong_number(
    passage: Passage, begin: int, count: Count, length: int, place: Span
) -> Diagnostic:
    """Return the finding for a number of the sentence that starts at `begin` of a passage."""
    start, end = begin + count.start, begin + count.end
    words = passage.text[start:end]
    message = NP_(
        "“{words}” is announced, and {count} follows.",
        "“{words}” is announced, and {count} follow.",
    )
    return finding(
        "C201",
        passage.span(start, end),
        Message.counted(message, length, words=words),
        Message(N_("Correct the number, or the list.")),
        related=[Related(place, Message(N_("The list begins here.")))],
    )


def _announced_blocks(proof: Proof) -> _Blocks:
    """Return what follows a text of an article, by the place of the text."""
    found: _Blocks = {}
    for placed in proof.kit.parts():
        part = placed.part
        if not isinstance(part, Article):
            continue
        before: tuple[str | int, ...] | None = ("introduction",) if part.introduction else None
        for number, block in enumerate(part.body):
            field = LISTS.get(type(block))
            if field is not None:
                loc = ("body", number, field)
                items = getattr(block, field)
                listed = _List(len(items), partial(placed.source.span, (*loc, 0)))
                own = ("body", number)
                found[placed.source.name, (*own, "title")] = listed
                found[placed.source.name, (*own, "introduction")] = listed
                if before is not None and not block.title and not hasattr(block, "introduction"):
                    found[placed.source.name, before] = listed
            before = ("body", number, "text") if hasattr(block, "text") else None
    return found


def _titles(proof: Proof, blocks: _Blocks) -> Iterator[Diagnostic]:
    """Yield what titles without a colon announce: "Quatre laboratoires …", "Trois questions à"."""
    for passage in proof.read(Role.TITLE):
        if passage.text.rstrip().endswith(":") or passage.paragraph.kind == "heading":
            continue
        found = list(counts(passage.text))
        if len(found) != 1 or found[0].precision is not Precision.EXACT or found[0].value > MOST:
            continue
        count = found[0]
        listed = blocks.get((passage.source.name, passage.loc))
        opens = len(passage.text[: count.lead].split()) <= 1
        if listed is not None and opens and count.noun in LISTED and passage.field == "title":
            if 0 < abs(count.value - listed.length) <= NEAR:
                yield wrong_number(passage, 0, count, listed.length, listed.place())
        elif isinstance(passage.record, Interview) and count.noun == "question" and count.lead == 0:
            length = len(passage.record.exchanges)
            if length and QUESTIONS.match(passage.text, count.end) and count.value != length:
                place = passage.source.span(("exchanges", 0, "question"))
                yield wrong_number(passage, 0, count, length, place)
