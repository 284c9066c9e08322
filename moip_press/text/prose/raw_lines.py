"""Lines that were meant to stay apart, and run together in one paragraph: tables, lists, fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from moip_press.text.prose.line_marks import BULLETS
from moip_press.text.prose.raw_words import HIDDEN, RawMark, Words

RULER = re.compile(r"\|?\s*:?-{2,}:?\s*(?:[|]\s*:?-{2,}:?\s*)*\|?|\+[-=+]{3,}\+")
CELL = re.compile(r"[|\t]")
COUNTER = re.compile(r"(\d{1,2}|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})(?:[.)/°]|\s?[-–])\s")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
SIGN = re.compile(rf"([^\w\s«“\"'’(\[{{<…¿¡*_~`\\.,;:!?%€$/@&#{HIDDEN}])\s*\S")
DEFINITION = re.compile(r":\s{1,3}\S")
FIELD = re.compile(r"[^\W\d_][^:.!?;,]{0,30}:\s+\S")
ITEMS = re.compile(
    r":\s*(?P<bullet>[•●▪■◦‣])\s|:\s+(?P<dash>[-–])\s(?=\S[^:]{0,300}\s(?P=dash)\s\S)"
)


def tables(words: Words) -> Iterator[RawMark]:
    """Yield rows of cells: lines with as many bars or tabs, or with a ruler below them."""
    rows = [(words.bare[start:end].strip(), start, end) for start, end in words.lines]
    for is_row, run in groupby(rows, key=lambda row: _cells(row[0]) > 0):
        lines = list(run)
        alike = len(lines) > 1 and len({_cells(line) for line, _, _ in lines}) == 1
        ruled = any(RULER.fullmatch(line) for line, _, _ in lines)
        barred = len(lines) > 1 and all(line.startswith("|") for line, _, _ in lines)
        if is_row and (alike or ruled or barred):
            yield words.mark("table", lines[0][1], lines[-1][2])


def _cells(line: str) -> int:
    return len(CELL.findall(line)) or (RULER.fullmatch(line) is not None)


def lines_of_one(words: Words) -> Iterator[RawMark]:
    """Yield lines of a list, a glossary or a form that are printed as one paragraph."""
    lines = [(words.bare[start:end].lstrip(), start, end) for start, end in words.lines]
    if len(lines) < 2:
        return
    counted = [
        (found[1], start, end) for line, start, end in lines if (found := COUNTER.match(line))
    ]
    for one, other in pairwise(counted):
        if _follows(one[0], other[0]):
            yield words.mark("lines", one[1], counted[-1][2])
            return
    for first, last in _same_signs(lines):
        yield words.mark("lines", first, last)
    for line, start, end in lines[1:]:
        if DEFINITION.match(line):
            yield words.mark("definition", start, end)
    if all(FIELD.match(line) for line, _, _ in lines):
        yield words.mark("lines", lines[0][1], lines[-1][2])


def _follows(one: str, other: str) -> bool:
    """Return whether a number or letter comes next after another."""
    if one.isdigit() or other.isdigit():
        return one.isdigit() and other.isdigit() and int(other) == int(one) + 1
    low, next_low = one.lower(), other.lower()
    if low in ROMAN and next_low in ROMAN and ROMAN.index(next_low) == ROMAN.index(low) + 1:
        return True
    return len(one) == len(other) == 1 and ord(other) == ord(one) + 1


def _same_signs(lines: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    signs = [(found[1], start, end) for line, start, end in lines if (found := SIGN.match(line))]
    for _, run in groupby(signs, key=lambda sign: sign[0]):
        same = list(run)
        if len(same) > 1:
            yield same[0][1], same[-1][2]


def inline_items(words: Words) -> Iterator[RawMark]:
    """Yield items that stand in one line, which are no list."""
    text, paragraph = words.bare, words.paragraph
    if found := ITEMS.search(text):
        yield words.mark("items", found.start(), len(text))
    elif paragraph.begins_item:
        line = words.markdown.rfind("\n", 0, paragraph.places[0]) + 1
        bullet = words.markdown[line : paragraph.places[0]].strip()
        if bullet and bullet in BULLETS and f" {bullet} " in text:
            yield words.mark("items", text.index(f" {bullet} ") + 1, len(text))
