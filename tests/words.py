"""The words of a press kit, so that a text can be compared with the one it was made from.

`words` is the only normaliser: what it leaves equal is equal for every test of the text.
`prose_paragraphs` reads the press kit of 2021, `missing` says which words of a paragraph a
document lacks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A hyphen that ended a line: part of the word or of the layout, the text does not say which.
LINE_END = "\u00ad"

_HYPHENATION = re.compile(r"(?<=\w)(?:[-\u2010]\s*\n\s*|[\u00ad\ufffe\x02]\s*)(?=\w)")
_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^()\s]*\)")
_PAGE_REFERENCE = re.compile(r"\bp\. ?(?:\d+|\{page:[\w-]+\})")
_ORDINAL = re.compile(r"\^\{?(er|e)\b\}?")
_CLOCK = re.compile(r"\b(\d{1,2})(?:(?: ?h ?|:)(\d{2})| ?h)\b")
_FOLD = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u2032", "'"),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff"),
    }
)
_WORD = re.compile(rf"[^\W_]+(?:['{LINE_END}-][^\W_]+)*|[&+%@#]+[^\W_]*")


def words(text: str) -> list[str]:
    """The words of a text, in order, without what its setting may change.

    Left out or made one: case; compatibility characters and kinds of space (NFKC); apostrophes,
    quotation marks, dashes and other punctuation; Markdown's marks and the targets of links;
    raised ordinals (`8^e`, `1^{er}`); ways to write a time (`09:30`, `9 h 30`); the number of a
    page referred to (`p. 22`, `{page:id}`), which belongs to the layout. A hyphen inside a word
    counts; one at the end of a line becomes LINE_END, which `missing` takes for either.
    """
    text = unicodedata.normalize("NFKC", _HYPHENATION.sub(LINE_END, text)).translate(_FOLD)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\\([^\w\s])", r"\1", _LINK.sub(r"\1", text))
    text = _ORDINAL.sub(r"\1", _PAGE_REFERENCE.sub("p.", text)).casefold()
    text = _CLOCK.sub(lambda clock: f" {int(clock[1])}h{clock[2] or '00'} ", text)
    return _WORD.findall(text)


class Kind(StrEnum):
    """What a line of the source is."""

    COVER = "cover"
    HEADING = "heading"
    PERSON = "person"
    CONTENTS = "contents"
    CONTACT = "contact"
    ORGANISER = "organiser"
    DATE = "date"
    EVENT = "event"
    LAB = "lab"
    CLOSING = "closing"
    FURNITURE = "furniture"
    PROSE = "prose"


class Line(NamedTuple):
    """One line of the source with its number, from 1."""

    number: int
    kind: Kind
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or list item of prose, as in the source, without the breaks of its pages."""

    line: int
    text: str
    describes_event: bool

    @property
    def words(self) -> list[str]:
        return words(self.text)


_DATE = re.compile(r"(A partir du )?\d+(\^\{er\})?( (au|et) \d+)? novembre( 2021)?(,? .*\d\d)?")
_LAB = re.compile(r"[^.:]+ \([^()]+\)")
_PERSON = re.compile(r"[^\Wa-z_]{3,}[^a-z,]*, \D+")


def source_lines(source: str) -> list[Line]:
    """Every line of the source that is not blank, with its kind."""
    numbered = [(n, line) for n, line in enumerate(source.splitlines(), 1) if line.strip()]
    return list(_classify(numbered))


def prose_paragraphs(source: str) -> list[Paragraph]:
    """The prose of the source in its order; a paragraph broken over two pages is one."""
    found: list[Paragraph] = []
    previous = Kind.COVER
    for line in source_lines(source):
        if line.kind is Kind.PROSE:
            if previous is Kind.PROSE and line.text[0].islower():
                head = found.pop()
                joined = f"{head.text} {line.text}"
                found.append(Paragraph(head.line, joined, head.describes_event))
            else:
                describes = previous in {Kind.DATE, Kind.EVENT}
                found.append(Paragraph(line.number, line.text, describes))
        previous = line.kind
    return found


def _classify(numbered: list[tuple[int, str]]) -> Iterator[Line]:
    area = Kind.COVER
    waiting: list[tuple[int, str]] = []  # the lines that head an event
    for index, (number, text) in enumerate(numbered):
        following = numbered[index + 1][1] if index + 1 < len(numbered) else ""
        area = _area(area, text, following)
        if area is Kind.EVENT:
            if _heads_event(text, following):
                waiting.append((number, text))
                continue
            yield from _event_heading(waiting)
            waiting = []
        yield Line(number, _kind(area, text), text)


def _area(area: Kind, text: str, following: str) -> Kind:
    """The part of the source that a line stands in."""
    if area is Kind.EVENT and (_DATE.fullmatch(following) or not _is_capitals(text)):
        return area
    starts = {
        "ÉDITO": Kind.PROSE,
        "SOMMAIRE": Kind.CONTENTS,
        "CONTACTS": Kind.CONTACT,
        "EN SYNTHÈSE": Kind.PROSE,
        "PROGRAMMATION": Kind.EVENT,
        "LES LABORATOIRES": Kind.PROSE,
    }
    return next((to for start, to in starts.items() if text.startswith(start)), area)


def _kind(area: Kind, text: str) -> Kind:
    if not any(map(str.isalnum, text)):
        return Kind.FURNITURE
    if text.startswith(("→", "RETROUVEZ TOUT LE PROGRAMME")):
        return Kind.CLOSING
    if _is_capitals(text) and area is not Kind.COVER:
        return Kind.HEADING
    return area if area in {Kind.COVER, Kind.CONTENTS, Kind.CONTACT} else _kind_in_text(text)


def _kind_in_text(text: str) -> Kind:
    if _PERSON.fullmatch(text):
        return Kind.PERSON
    if _LAB.fullmatch(text) and "](" not in text and len(text) < 50:
        return Kind.LAB
    unended = text[-1] not in ".!?:…)" and not text.startswith("- ")
    return Kind.HEADING if unended and len(text) < 60 else Kind.PROSE


def _heads_event(text: str, following: str) -> bool:
    """Whether a line of a programme is a title, a date or an organiser, not prose."""
    if text.endswith(":") or "](" in text:
        return False
    if _DATE.fullmatch(text) or _DATE.fullmatch(following):
        return True
    return len(text) <= 130 and not _is_capitals(text)


def _event_heading(lines: list[tuple[int, str]]) -> Iterator[Line]:
    """Tell organiser, date and title apart: the first line of two beside the date is who."""
    dates = [index for index, (_, text) in enumerate(lines) if _DATE.fullmatch(text)]
    if lines and len(dates) != 1:
        raise ValueError(f"an event with {len(dates)} dates at line {lines[0][0]}")
    organised = len(lines) == 3
    for index, (number, text) in enumerate(lines):
        kind = Kind.ORGANISER if organised and index == 0 else Kind.EVENT
        yield Line(number, Kind.DATE if index in dates else kind, text)


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in re.sub(r"\(#\)", "", text) if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


# What an alignment pays, in matched words: for a word it adds or leaves out, and at most for all
# the words of a gap in the document. So a footer can stand inside a paragraph, and a word that the
# paragraph lacks is not found in the next one.
_WORD_COST = 0.25
_GAP_COST, _GAP_WORD_COST = 2.5, 0.001
_BAND = 120

_Steps: TypeAlias = "tuple[int, int, _Steps | None]"


def missing(paragraph_words: Sequence[str], document_words: Sequence[str]) -> list[str]:
    """The words of a paragraph that the document does not hold, in the paragraph's order.

    The paragraph is aligned with the one stretch of the document that holds most of it in order.
    The document may add words in between (a footer at a page break); it pays for each gap.
    """
    held = _found(paragraph_words, document_words)
    return [word for index, word in enumerate(paragraph_words) if index not in held]


def lost_words(
    paragraphs: Iterable[Paragraph], document_words: Sequence[str]
) -> dict[int, list[str]]:
    """For each paragraph that misses words its line in the source and those words.

    Stricter than `missing` for each: a word of the document stands for one word of the source, so
    that a sentence printed twice in the source must be twice in the document.
    """
    left = list(document_words)
    lost: dict[int, list[str]] = {}

    def order(paragraph: Paragraph) -> tuple[bool, int]:
        unsure = len(paragraph.words) < 5 or bool(missing(paragraph.words, document_words))
        return unsure, -len(paragraph.words)

    # what is there whole takes its words first, and a list item of one word takes its word last
    for paragraph in sorted(paragraphs, key=order):
        held = _found(paragraph.words, left)
        for place in held.values():
            left[place] = ""
        if len(held) < len(paragraph.words):
            listed = enumerate(paragraph.words)
            lost[paragraph.line] = [word for index, word in listed if index not in held]
    return lost


def share_held(paragraphs: Sequence[Paragraph], document_words: Sequence[str]) -> float:
    """The share of the paragraphs' words that the document holds, from 0 to 1."""
    lost = sum(map(len, lost_words(paragraphs, document_words).values()))
    return 1 - lost / sum(len(paragraph.words) for paragraph in paragraphs)


def _found(paragraph: Sequence[str], document_words: Sequence[str]) -> dict[int, int]:
    """The place in the document of each word of the paragraph that it holds, by index."""
    document = _settled(document_words, frozenset(paragraph))
    before, run, _ = f" {' '.join(document)} ".partition(f" {' '.join(paragraph)} ")
    if run:
        first = before.count(" ")
        return {index: first + index for index in range(len(paragraph))}
    start, end = _stretch(paragraph, document)
    held = _aligned(paragraph, document[start:end])
    return {index: start + place for index, place in held.items()}


def _settled(document: Sequence[str], known: frozenset[str]) -> list[str]:
    """The document with each hyphen at a line's end kept or dropped as a known word asks."""

    def settle(word: str) -> str:
        whole, hyphenated = word.replace(LINE_END, ""), word.replace(LINE_END, "-")
        return hyphenated if hyphenated in known else whole

    return [settle(word) if LINE_END in word else word for word in document]


def _stretch(paragraph: Sequence[str], document: Sequence[str]) -> tuple[int, int]:
    """Where in the document to look: round the offset that most runs of words agree on."""
    for length in (3, 2, 1):
        places = defaultdict(list)
        for at in range(len(document) - length + 1):
            places[tuple(document[at : at + length])].append(at)
        votes: dict[int, int] = defaultdict(int)
        for at in range(len(paragraph) - length + 1):
            for place in places.get(tuple(paragraph[at : at + length]), ()):
                votes[(place - at) // _BAND] += 1
        if votes:
            best = max(votes, key=lambda band: (votes[band] + votes.get(band + 1, 0), -band))
            return (
                max(0, (best - 1) * _BAND),
                min(len(document), (best + 3) * _BAND + len(paragraph)),
            )
    return 0, 0


def _aligned(paragraph: Sequence[str], stretch: Sequence[str]) -> dict[int, int]:
    """The local alignment worth most: the place of each word of the paragraph that is in it."""
    places = defaultdict(list)
    for place, word in enumerate(stretch):
        places[word].append(place)
    # what the best alignment is worth that may go on at a place of the stretch, and its steps back
    worth = [0.0] * (len(stretch) + 1)
    steps: list[_Steps | None] = [None] * len(worth)
    best, best_steps = 0.0, None
    for index, word in enumerate(paragraph):
        longer = [(at, worth[at] + 1, (index, at, steps[at])) for at in places.get(word, ())]
        worth = [max(0.0, each - _WORD_COST) for each in worth]
        steps = [path if each else None for each, path in zip(worth, steps, strict=True)]
        for place, value, path in longer:
            if value > best:
                best, best_steps = value, path
            for gap, at in enumerate(range(place + 1, min(len(worth), place + _BAND))):
                left = value - min(_WORD_COST * gap, _GAP_COST + _GAP_WORD_COST * gap)
                if left > worth[at]:
                    worth[at], steps[at] = left, path
    held: dict[int, int] = {}
    while best_steps is not None:
        index, place, best_steps = best_steps
        held[index] = place
    return held
