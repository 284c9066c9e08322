"""Markdown texts and the line breaks that only keep their lines short.

A text means the same whether its paragraphs are one line each or ten. Texts are compared with a
line a paragraph, and written as wide as their neighbours; line breaks already there are kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from moip_press.report.diagnostics import lines_of

MOST_LINES = 2000  # of a text whose lines are compared one by one
_BROKEN = re.compile(r"[\r\n]|  ")
# what begins a block of Markdown, so that the line cannot belong to the one above
_BLOCK = re.compile(
    r" *(?:#{1,6}(?: |$)|>|```|~~~|\||<|=+ *$|(?:[-*_] *){3,}$|[-*+](?: |$)|[0-9]{1,9}[.)](?: |$))"
)
_PREFIX = re.compile(r" *(?:(?:[-*+]|[0-9]{1,9}[.)]) +)*")
_WHOLE = re.compile(r" *(?:#{1,6}(?: |$)|```|~~~|\||(?:[-*_] *){3,}$|=+ *$)")
_FENCE = re.compile(r" *(?:```|~~~)")
# a word that would open a block if a line began with it
_OPENS = re.compile(r"(?:#{1,6}|>.*|=+|[-*_]{3,}|[-*+]|[0-9]{1,9}[.)]|```.*|~~~.*|\|.*|<.*)$")
# French characters that have a space before them, or after them
_BOUND = re.compile(r"[?!;:»%€–—]")


@dataclass(frozen=True, slots=True)
class Run:
    """The lines that are one to a reader, such as a paragraph: as they stand, and as one."""

    lines: tuple[str, ...]

    @property
    def whole(self) -> str:
        """The lines as one, runs of spaces as single ones."""
        first = self.lines[0]
        indent = first[: len(first) - len(first.lstrip(" "))]
        words = " ".join(line.strip(" ") for line in self.lines).split(" ")
        hard = "  " if self.lines[-1].endswith("  ") and first.strip() else ""
        return indent + " ".join(filter(None, words)) + hard


def runs(text: str) -> list[Run]:
    """Return the runs of lines of a text; an empty line is a run."""
    found: list[list[str]] = []
    fenced = open_run = False
    for line in lines_of(text):
        fence = _FENCE.match(line) is not None
        starts = fenced or fence or not line.strip() or _BLOCK.match(line) is not None
        if found and open_run and not starts:
            found[-1].append(line)
        else:
            found.append([line])
        fenced ^= fence
        ends = line.endswith(("  ", "\\")) or not line.strip() or _WHOLE.match(line) is not None
        open_run = not fenced and not fence and not ends
    return [Run(tuple(lines)) for lines in found]


def unwrapped(text: str) -> str:
    """Return a text with a line a paragraph and single empty lines: equal texts read the same."""
    if not _BROKEN.search(text):
        return text.rstrip()
    lines: list[str] = []
    for run in runs(text.strip("\r\n")):
        line = run.whole
        if line.strip() or (lines and lines[-1]):
            lines.append(line if line.strip() else "")
    return "\n".join(lines).rstrip()


def wrapped(text: str, width: int | None, before: Sequence[Run] = ()) -> list[str]:
    """Return the lines of a text, none wider than ``width`` where words allow it.

    Lines that ``before``, the text that it replaces, has already are kept unchanged.
    Without a width the text keeps its own lines.
    """
    new = runs(text.strip("\r\n"))
    old = list(before) if len(before) + len(new) <= MOST_LINES else []
    matcher = SequenceMatcher(None, [r.whole for r in old], [r.whole for r in new], autojunk=False)
    lines: list[str] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            lines += (line for run in old[first:last] for line in run.lines)
            continue
        for number, run in enumerate(new[start:end]):
            lines += _laid(run, width, old[first + number] if first + number < last else None)
    return lines


def _laid(run: Run, width: int | None, before: Run | None) -> list[str]:
    if width is None or not run.whole.strip() or _WHOLE.match(run.whole):
        return list(run.lines)
    lines = _rebroken(run.whole, width, before) if before else fill(run.whole, width)
    kept = runs("\n".join(lines))
    return lines if len(kept) == 1 and kept[0].whole == run.whole else list(run.lines)


def fill(line: str, width: int) -> list[str]:
    """Return a long line as lines of at most ``width``, the later ones hung under its words."""
    found = _PREFIX.match(line)
    prefix = found[0] if found else ""
    return _filled(prefix, line[len(prefix) :].split(" "), " " * len(prefix), width)


def _filled(start: str, words: Sequence[str], hang: str, width: int) -> list[str]:
    lines, current, empty = [], start, True
    for word in words:
        fits = empty or len(current) + 1 + len(word) <= width
        if fits or _OPENS.match(word) or _BOUND.match(word) or current.endswith(("\\", "«")):
            current += word if empty else f" {word}"
        else:
            lines.append(current)
            current = hang + word
        empty = False
    return [*lines, current]


def _rebroken(line: str, width: int, before: Run) -> list[str]:
    """Return a line broken where the one before it was, as far as their words are the same."""
    prefix = _PREFIX.match(before.lines[0])
    indent = prefix[0] if prefix else ""
    if not line.startswith(indent) or len(before.lines) < 2:
        return fill(line, width)
    old = [line.split() for line in (before.lines[0][len(indent) :], *before.lines[1:])]
    new = line[len(indent) :].split()
    hang = before.lines[1][: len(before.lines[1]) - len(before.lines[1].lstrip(" "))]
    head = min(_same_lines(old, new), len(old) - 1)
    used = sum(map(len, old[:head]))
    tail = _same_lines(
        [words[::-1] for words in old[:head:-1]], new[: used - 1 if used else None : -1]
    )
    rest = new[used : len(new) - sum(map(len, old[len(old) - tail :]))]
    start = indent if not head else hang
    middle = _filled(start, rest, hang, width) if rest else []
    return [*before.lines[:head], *middle, *before.lines[len(before.lines) - tail :]]


def _same_lines(old: Sequence[Sequence[str]], new: Sequence[str]) -> int:
    """Return how many of the lines of words ``new`` begins with."""
    place = count = 0
    for words in old:
        if list(new[place : place + len(words)]) != list(words):
            break
        place += len(words)
        count += 1
    return count
