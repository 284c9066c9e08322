"""Where the words of a kit stand on its laid-out pages, and which words stand at a point of one.

Pages print what a kit says with other spaces, quotation marks, dates and marks of Markdown: words
are found by their letters and figures alone, among the lines of their record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from moip_press.kit.model.kit import Kit, Placed
from moip_press.kit.source import Loc, Source
from moip_press.kit.when import When, in_words, times_in_words, weekday_in_words
from moip_press.pdf.sheets import Area, Line, Sheet
from moip_press.studio.told import Spot
from moip_press.text.folding import WORD, letters

CLOSE = 3.0  # millimetres between a picture and the words of its record
NEAR = 4.0  # millimetres between a click and the line that it means
CONTEXT = ((24, 24), (12, 12), (24, 0), (0, 24), (6, 6), (0, 0))
"""How many letters before and after words are looked for with them, the surest first."""
FEW = 8  # letters of words that could stand anywhere in a chapter
SHORT, LONG = 4, 40  # letters of a text that are looked for: more are not needed
ADDRESSES = re.compile(r"\]\([^)\s]*\)|\{[^{}]*\}")
"""What a text in Markdown does not print."""
NARROW, BROAD = frozenset("fijlrt.,;:'’!|()[] \u00a0\u202f"), frozenset("mwMWœŒ—…%@")


@dataclass(frozen=True)
class Words:
    """Words of a file, and the text around them, as they are written there."""

    file: str
    at: Loc
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Piece:
    """Pages that follow one another: the files that they print, the number of the first."""

    files: frozenset[str]
    folio: int
    sheets: tuple[Sheet, ...]


class Places:
    """What stands where on the pages of a document. Files are named as the kit's sources are."""

    def __init__(self, kit: Kit, pieces: Iterable[Piece]) -> None:
        self._kit, self._pieces = kit, tuple(pieces)
        self._language = kit.edition.language
        self._runs: dict[str, _Run] = {}

    def target(self, page: int, left: float, top: float) -> Placed | None:
        """Return the value that stands at a point of a page, or else the record around it."""
        line = _nearest((one for at, one in self._lines() if at == page), left, top)
        if line is None:
            return None
        own = self._records.get(line.anchor or "")
        within = list(self._within(own)) if own else []
        found = _showing(line.text, within) or self._dated(line.text, within)
        found = found or _showing(line.text, self._kit.values())
        return found or (within[0] if within else None)

    def spots(self, file: str, at: Loc, field: Loc = ()) -> Iterator[Spot]:
        """Yield where a record stands, a place a page, or the lines of a field of it."""
        own = self._anchored(file, at, exactly=True)
        if field:
            lines = own or self._anchored(file, at) or self._chapter_of(file)
            for page, line in self._showing(lines, self._below(file, (*at, *field))):
                yield Spot(page, *_round([line.ink]))
        elif at or own:
            shown = own or self._showing(self._chapter_of(file), self._below(file, at))
            for page in sorted({page for page, _ in shown}):
                words = [line.ink for number, line in shown if number == page]
                yield Spot(page, *_round([*words, *self._pictures(page, Area(*_round(words)))]))

    def _pictures(self, page: int, words: Area) -> Iterator[Area]:
        """Yield the pictures of a page that stand beside, between or close to some words."""
        sheets = [sheet for piece in self._pieces for sheet in piece.sheets]
        for picture in sheets[page].pictures:
            across, down = picture.overlap(words)
            if across > 0 and down > -CLOSE:
                yield picture

    def source(self, file: str) -> Source | None:
        """Return a file of the kit as these pages print it; None for one that they do not."""
        every = (self._kit.source, *(placed.source for placed in self._kit.parts()))
        return next((source for source in every if source.name == file), None)

    def of_words(self, words: Words) -> tuple[Spot, ...]:
        """Return where words stand, a place a line; none where the pages do not show them."""
        own = self._anchored(words.file, words.at)
        found = _Run(own).find(words)
        if found:
            return found
        if any((words.file, words.at[:end]) in self._places for end in range(1, len(words.at))):
            # its record says it in other words, such as a date
            return tuple(self.spots(words.file, (), words.at)) if own else ()
        return self._run_of(words.file).find(words, least=FEW)

    @cached_property
    def _places(self) -> frozenset[tuple[str, Loc]]:
        """The files and places of the records that have ids in the pages."""
        return frozenset((at.source.name, at.loc[:-1]) for at in self._records.values())

    def _run_of(self, file: str) -> _Run:
        """Return the lines of the chapters that a file is printed in, as one text."""
        if file not in self._runs:
            self._runs[file] = _Run(self._chapter_of(file))
        return self._runs[file]

    @cached_property
    def _chapters(self) -> list[tuple[frozenset[str], list[tuple[int, Line]]]]:
        """The files that each chapter prints, and its lines with their pages."""
        found, number = [], 0
        for piece in self._pieces:
            lines = []
            for sheet in piece.sheets:
                lines += [(number, line) for line in sheet.text]
                number += 1
            found.append((piece.files, lines))
        return found

    def lines_with(self, words: str) -> Iterator[tuple[str, Spot]]:
        """Yield the lines that hold some words, and where they stand."""
        wanted = _bare(words)
        for page, line in self._lines() if wanted else ():
            if wanted in _bare(line.text):
                yield line.text, Spot(page, *_round([line.ink]))

    def _lines(self) -> Iterator[tuple[int, Line]]:
        for _, lines in self._chapters:
            yield from lines

    def _chapter_of(self, file: str) -> list[tuple[int, Line]]:
        """Return the lines of the chapters that a file is printed in; all where that is none."""
        own = [line for files, lines in self._chapters if file in files for line in lines]
        return own or list(self._lines())

    def _showing(
        self, lines: Sequence[tuple[int, Line]], values: Iterable[Placed]
    ) -> list[tuple[int, Line]]:
        """Return those of some lines that show values, or words of them."""
        run, found = _Run(lines), set[int]()
        for each in values:
            if isinstance(each.value, When):
                says = (n for n, (_, line) in enumerate(lines) if self._says(each.value, line.text))
                found.update(says)
            elif isinstance(each.value, str):
                found.update(run.lines_of(ADDRESSES.sub("", each.value)))
        return [lines[number] for number in sorted(found)]

    def _anchored(self, file: str, at: Loc, *, exactly: bool = False) -> list[tuple[int, Line]]:
        """Return the lines of the innermost record around a place that has an id on the pages."""
        for length in range(len(at), -1, -1):
            found = self._by_record.get((file, at[:length]), [])
            if found or exactly:
                return found if length or exactly else []
        return []

    @cached_property
    def _by_record(self) -> dict[tuple[str, Loc], list[tuple[int, Line]]]:
        """The lines of each record that has an id on the pages, by its file and place there."""
        own = {name: (at.source.name, at.loc[:-1]) for name, at in self._records.items()}
        found: dict[tuple[str, Loc], list[tuple[int, Line]]] = {}
        for page, line in self._lines():
            if line.anchor in own:
                found.setdefault(own[line.anchor], []).append((page, line))
        return found

    @cached_property
    def _records(self) -> dict[str, Placed]:
        """The id of each record that has one in the pages, and the place of that id."""
        ids = {
            name: Placed(name, placed.source, loc)
            for placed in self._kit.parts()
            for name, loc in reversed(list(placed.ids))
            if placed.own_file
        }
        return {anchor: ids[name] for name, anchor in self._kit.anchors().items() if name in ids}

    def _below(self, file: str, at: Loc) -> Iterator[Placed]:
        for placed in self._kit.values():
            if placed.source.name == file and placed.loc[: len(at)] == at:
                yield placed

    def _within(self, identified: Placed) -> Iterator[Placed]:
        """Yield the record that an id names, and all that it holds."""
        return self._below(identified.source.name, identified.loc[:-1])

    def _dated(self, words: str, values: Iterable[Placed]) -> Placed | None:
        """Return the date that is printed with these words."""
        dates = (each for each in values if isinstance(each.value, When))
        return next((each for each in dates if self._says(each.value, words)), None)

    def _says(self, when: When, words: str) -> bool:
        """Return whether words say nothing but days and hours of a date."""
        said = [in_words(when, self._language, year=True), times_in_words(when, self._language)]
        said += [weekday_in_words(day, self._language) for day in when.days]
        found = set(WORD.findall(letters(words)))
        return bool(found) and found <= set(WORD.findall(letters(" ".join(said))))


class _Run:
    """Lines as one text of letters and figures, each of which knows its line."""

    def __init__(self, lines: Sequence[tuple[int, Line]]) -> None:
        self._lines = lines
        self._owners: list[tuple[int, int]] = []  # the line, and the place of the character in it
        found = []
        for number, (_, line) in enumerate(lines):
            for place, character in enumerate(line.text):
                bare = _bare(character)
                found.append(bare)
                self._owners += [(number, place)] * len(bare)
        self._text = "".join(found)

    def find(self, words: Words, least: int = 1) -> tuple[Spot, ...]:
        """Return where words stand, with as much of the text around them as there is of it.

        Without any of it, words of fewer letters than ``least`` could be any others.
        """
        own, before, after = map(_bare, (words.words, words.before, words.after))
        for head, tail in CONTEXT:
            ahead, behind = before[len(before) - min(head, len(before)) :], after[:tail]
            if len(own) >= (1 if head or tail else least) or (ahead and behind):
                start = self._text.find(ahead + own + behind)
                if start >= 0:
                    start += len(ahead)
                    # a mark of punctuation stands between two letters
                    return self._spots(
                        *((start, start + len(own)) if own else (start - 1, start + 1))
                    )
        return ()

    def lines_of(self, text: str) -> set[int]:
        """Return the numbers of the lines that a text stands in: from its beginning to its end."""
        bare = _bare(text)
        start = self._text.find(bare[:LONG]) if len(bare) >= SHORT else -1
        if start < 0:
            return {
                number
                for number, (_, line) in enumerate(self._lines)
                if bare and _bare(line.text) == bare
            }
        end = self._text.find(bare[-LONG:], start, start + 2 * len(bare))
        last = max(end, start) + len(bare[-LONG:])
        return {number for number, _ in self._owners[start:last]}

    def _spots(self, start: int, end: int) -> tuple[Spot, ...]:
        owners = self._owners[start:end]
        found = []
        for number in dict.fromkeys(number for number, _ in owners):
            places = [place for own, place in owners if own == number]
            page, line = self._lines[number]
            left, right = _extent(line, places[0], places[-1] + 1)
            found.append(Spot(page, left, line.ink.top, right, line.ink.bottom))
        return tuple(found)


def _extent(line: Line, start: int, end: int) -> tuple[float, float]:
    """Return about where characters of a line begin and end: their widths are estimated."""
    ends = [0.0]
    for character in line.text:
        wide = 0.55 if character in NARROW else 1.5 if character in BROAD else 1.0
        ends.append(ends[-1] + (1.25 * wide if character.isupper() else wide))
    scale = (line.ink.right - line.ink.left) / (ends[-1] or 1)
    return line.ink.left + ends[start] * scale, line.ink.left + ends[end] * scale


def _nearest(lines: Iterable[Line], left: float, top: float) -> Line | None:
    """Return the line at a point, or the nearest one."""

    def away(line: Line) -> float:
        ink = line.ink
        across = max(ink.left - left, left - ink.right, 0)
        return across + 2 * max(ink.top - top, top - ink.bottom, 0)

    found = min(lines, key=away, default=None)
    return found if found is not None and away(found) < NEAR else None


def _showing(words: str, values: Iterable[Placed]) -> Placed | None:
    """Return the shortest text that holds these words."""
    wanted = _bare(words)
    if not wanted:
        return None
    found = (
        each
        for each in values
        if isinstance(each.value, str) and each.loc and wanted in _bare(str(each.value))
    )
    return min(found, key=lambda placed: len(str(placed.value)), default=None)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, letters(text)))


def _round(areas: list[Area]) -> tuple[float, float, float, float]:
    return (
        min(area.left for area in areas),
        min(area.top for area in areas),
        max(area.right for area in areas),
        max(area.bottom for area in areas),
    )
