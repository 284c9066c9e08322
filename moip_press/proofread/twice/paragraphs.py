"""Paragraphs that are printed twice (R202)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moip_press.kit.matching import Face, candidates, content, overlap, same_text
from moip_press.kit.model.edition import Edition
from moip_press.kit.model.parts import Programme
from moip_press.kit.model.records import About, Event, Image
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_
from moip_press.text.folding import fold_words

LEAST_WORDS, LEAST_OF_EVENT = 15, 20
PRACTICAL_WORDS = 60
SURE, SERIES = 0.93, 0.5
MOST_SHOWN = 5
MOST_QUOTED = 48
FORMULA = 3  # events that share a paragraph: it is meant to be the same
BOILERPLATE = (Edition, About, Image)
REPEATED_FIELDS = frozenset({"notes", "caption", "closing", "credits"})
PRACTICAL = re.compile(
    r"\binscri|\bréserv|\bentrée (libre|gratuite)|\bgratuit|\btarif|\bbillet|\bhoraire|\baccès\b"
    r"|\bcontact|\btéléphone|\bregist|\bbook|\bticket|\bfree\b|\badmission|\bhttps?:|\bwww\.|@",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and its folded words."""

    passage: Passage
    words: tuple[str, ...]


def repeated(proof: Proof) -> Iterator[Diagnostic]:
    """Yield one finding for each paragraph that is printed more than once."""
    found = [
        Paragraph(passage, fold_words(passage.text))
        for passage in proof.passages
        if _counts(passage)
    ]
    found = [each for each in found if len(each.words) >= _least(each.passage)]
    for group in _groups(found):
        yield _finding(group)


def _counts(passage: Passage) -> bool:
    return (
        passage.role is Role.PROSE
        and passage.field not in REPEATED_FIELDS
        and not isinstance(passage.record, BOILERPLATE)
        and len(passage.text) > LEAST_WORDS * 3
    )


def _least(passage: Passage) -> int:
    if PRACTICAL.search(passage.text):
        return PRACTICAL_WORDS
    return LEAST_OF_EVENT if isinstance(passage.record, Event) else LEAST_WORDS


def _groups(found: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    first: dict[int, int] = {}
    for before, number in candidates(found, lambda each: Face("", words=each.words).features()):
        if number not in first and _same(found[before], found[number]):
            first[number] = first.get(before, before)
    groups: dict[int, list[Paragraph]] = {}
    for number, root in first.items():
        groups.setdefault(root, [found[root]]).append(found[number])
    return (group for group in groups.values() if not _is_formula(group))


def _same(one: Paragraph, other: Paragraph) -> bool:
    if _belong_together(one.passage, other.passage):
        return False
    if one.words == other.words:
        return True
    if same_text(one.words, other.words) < SURE:
        return False
    # what differs must be slips: other numbers or other names make it another text
    differing = set(one.words) ^ set(other.words)
    return not any(_is_fact(word, each.passage.text) for each in (one, other) for word in differing)


def _is_fact(word: str, text: str) -> bool:
    if any(sign.isdigit() for sign in word):
        return True
    named = re.search(rf"(?<!^)(?<![.!?] )\b{re.escape(word)}\b", text, re.IGNORECASE)
    return bool(named and named[0][0].isupper())


def _belong_together(one: Passage, other: Passage) -> bool:
    """Tell whether two texts are expected to be alike.

    These are openings of sections, which follow a formula, and events of one title: a series, or
    one event told twice, which R201 says.
    """
    first, second = one.record, other.record
    if isinstance(first, Programme) and isinstance(second, Programme):
        return True
    if not (isinstance(first, Event) and isinstance(second, Event)):
        return False
    titles = (content(fold_words(event.title)) for event in (first, second))
    return overlap(*titles) >= SERIES


def _is_formula(group: Sequence[Paragraph]) -> bool:
    return len(group) >= FORMULA and all(isinstance(p.passage.record, Event) for p in group)


def _finding(group: Sequence[Paragraph]) -> Diagnostic:
    first, second, *others = (each.passage for each in group)
    message = NP_(
        "The paragraph “{words}” stands twice in the kit.",
        "The paragraph “{words}” stands {count} times in the kit.",
    )
    count = len(group)
    return finding(
        "R202",
        second.span(),
        Message(
            message[0],
            {"words": _opening(second.text), "count": count},
            message[1],
            1 if count == 2 else count,
        ),
        Message(N_("Keep it in one place, and say something else in the other.")),
        related=[
            Related(each.span(), Message(N_("It stands here too.")))
            for each in (first, *others[: MOST_SHOWN - 1])
        ],
    )


def _opening(text: str) -> str:
    if len(text) <= MOST_QUOTED:
        return text
    return f"{text[:MOST_QUOTED].rsplit(' ', 1)[0]}…"
