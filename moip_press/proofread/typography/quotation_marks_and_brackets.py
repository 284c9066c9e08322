"""Quotation marks and brackets without their counterpart, and marks of different kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from moip_press.proofread.passages import Loc, Passage, Role
from moip_press.proofread.proof import finding
from moip_press.proofread.typography.galley import LEXIQUE, NAMES_TOO, Galley, Spot
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule
from moip_press.text.typographic_runs import straight_pairs

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "T201 lone-quotation-mark",
        N_("A quotation is not closed, not opened, or ends with another mark than it began with."),
        N_("Nobody can tell whose words they are. Straight marks become « » only in pairs."),
        "text: Le « premier kilomètre de l'innovation publique{~~\"~> »~~}.",
        LEXIQUE,
        fixable=True,
    ),
    Rule.warning(
        "T202 lone-bracket",
        N_("A bracket is not closed, or not opened."),
        N_("Readers look for the end of what stands in brackets."),
        "text: La Direction générale (DGAFP{++)++} organise un webinaire.",
    ),
    Rule.warning(
        "T203 other-quotation-marks",
        N_("Some quotations stand between “ ” in a French kit whose marks are « »."),
        N_("In French, “ ” are for a quotation within another; two kinds look like an accident."),
        "text: Un atelier {~~“~>« ~~}découverte{~~”~> »~~}.",
        LEXIQUE,
        fixable=True,
    ),
)


MARKS = re.compile(r"[«»“”„\"]")
FELLOW = {"«": "»", "“": "”", "„": "“", "»": "«", "”": "“"}
WORDY = re.compile(r"\w")
CUT = re.compile(r"[(\[] ?(?:…|\.{3}) ?[)\]]\W*$")  # whoever quotes ends here, in the middle
INCHES = re.compile(r"[0-9½¼¾]$")
DEEP = 20  # quotations within one another: what has more is no text
RUN_ON = ("paragraph", "quotation")
BRACKETS = re.compile(r"[()]")
NUMBERED = re.compile(r"(?:^|[\s,;:.])[\w°]{1,4}[\s.]?$")

UNCLOSED = Message(N_("This quotation is never closed."))
STRAY = Message(N_("This quotation mark closes nothing."))
PAIR = Message(N_("Put its fellow where it belongs, or take this one away."))


@dataclass(frozen=True)
class Mark:
    """A quotation mark in a passage, and the marks it is met by."""

    spot: Spot
    sign: str


def quotation_marks(galley: Galley) -> Iterator[Diagnostic]:
    """Yield the marks of each text that do not pair up (T201)."""
    for numbers in _fields(galley, MARKS):
        reader = _Reader(galley)
        for number in numbers:
            yield from reader.read(galley.passages[number], galley.line(number))
        yield from reader.close()


def brackets(galley: Galley) -> Iterator[Diagnostic]:
    """Yield the round brackets of each text that do not pair up (T202)."""
    if galley.signs.isdisjoint("()"):
        return
    for numbers in _fields(galley, BRACKETS):
        opened: list[Spot] = []
        for number in numbers:
            passage, line = galley.passages[number], galley.line(number)
            for found in BRACKETS.finditer(line):
                spot = Spot(passage, found.start(), found.end())
                if found[0] == "(":
                    opened = [*opened[-DEEP:], spot]
                elif opened:
                    opened.pop()
                elif not NUMBERED.search(line[max(0, found.start() - 6) : found.start()]):
                    yield _bracket(spot, Message(N_("This bracket closes nothing.")))
        for spot in opened:
            yield _bracket(spot, Message(N_("This bracket is never closed.")))


def _bracket(spot: Spot, message: Message) -> Diagnostic:
    return finding("T202", spot.span, message, PAIR)


def _fields(galley: Galley, marks: re.Pattern[str]) -> Iterator[list[int]]:
    """Yield the numbers of the passages of each field that has marks."""
    marked = {galley.number(found.start()) for found in marks.finditer(galley.text)}
    fields = {_field(galley.passages[number]) for number in marked}
    numbers = (
        number
        for number, passage in enumerate(galley.passages)
        if passage.role in NAMES_TOO and _field(passage) in fields
    )
    for _, field in groupby(numbers, key=lambda number: _field(galley.passages[number])):
        yield list(field)


def _field(passage: Passage) -> tuple[str, Loc]:
    return passage.source.name, passage.loc


class _Reader:
    """Meets the marks of a field in order, and remembers those that wait for their counterpart."""

    def __init__(self, galley: Galley) -> None:
        self.french = galley.french
        self.opened: list[Mark] = []
        self.spaced: list[Mark] = []
        self.both_closed = False
        self.goes_on = True
        self.cut = False
        # places in the line that is read
        self.first_sign = 0
        self.last_word = -1

    def read(self, passage: Passage, line: str) -> Iterator[Diagnostic]:
        paired = {place for pair in straight_pairs(line) for place in (pair.start, pair.end)}
        self.both_closed = False
        self.spaced = []
        begins = line.lstrip()[:1]
        self.first_sign = len(line) - len(line.lstrip())
        self.last_word = next((n for n in range(len(line) - 1, -1, -1) if WORDY.match(line, n)), -1)
        if self.opened and not self.goes_on and begins == self.opened[-1].sign:
            yield from self.close()
        self.goes_on = not self.opened or (self.goes_on and MARKS.match(begins) is not None)
        if passage.paragraph.kind not in RUN_ON:
            yield from self.close()
        self.cut = CUT.search(line) is not None
        for found in MARKS.finditer(line):
            if len(self.opened) > DEEP:
                self.opened = []
                return
            mark = Mark(Spot(passage, found.start(), found.end()), found[0])
            if mark.sign != '"':
                yield from self._typographic(mark)
            elif found.start() not in paired and not INCHES.search(
                line[max(0, found.start() - 1) : found.start()]
            ):
                yield from self._straight(mark, line)
        yield from self._spaced()
        # one » may close two quotations that end together
        if self.both_closed and len(self.opened) == 1:
            self.opened = []
        if passage.paragraph.kind not in RUN_ON:
            yield from self.close()

    def _typographic(self, mark: Mark) -> Iterator[Diagnostic]:
        place = mark.spot.start
        if place <= self.first_sign and self._goes_on(mark):
            return
        if mark.sign == "“" and self.opened and self.opened[-1].sign == "„":
            self.opened.pop()
        elif mark.sign in "«“„":
            self.opened.append(mark)
        else:
            yield from self._closed(mark, words_follow=place < self.last_word)

    def _goes_on(self, mark: Mark) -> bool:
        """Return whether a mark that begins a paragraph is that of a quotation begun above it."""
        if not self.opened or not self.goes_on:
            return False
        above = self.opened[-1]
        return above.spot.passage is not mark.spot.passage and mark.sign in (
            above.sign,
            FELLOW.get(above.sign),
        )

    def _closed(self, mark: Mark, *, words_follow: bool) -> Iterator[Diagnostic]:
        signs = [each.sign for each in self.opened]
        fellow = FELLOW[mark.sign]
        if fellow in signs:
            for unclosed in self.opened[len(signs) - signs[::-1].index(fellow) :]:
                yield _alone(unclosed, UNCLOSED)
            del self.opened[len(signs) - 1 - signs[::-1].index(fellow) :]
            self.both_closed = (
                bool(self.opened)
                and self.opened[-1].spot.passage is mark.spot.passage
                and not words_follow
            )
        elif signs and self.opened[-1].spot.passage is mark.spot.passage:
            yield self._mixed(self.opened.pop(), mark)
        else:
            yield _alone(mark, STRAY)

    def _straight(self, mark: Mark, line: str) -> Iterator[Diagnostic]:
        place = mark.spot.start
        sides = (line[place - 1 : place], line[place + 1 : place + 2])
        spaces = [not side.strip() for side in sides]
        if all(spaces) and 0 < place < len(line) - 1:
            self.spaced.append(mark)
        elif spaces[0] or (not self._is_open('"') and not line[place - 1].isalnum()):
            self.opened.append(mark)
        elif self.opened and self.opened[-1].spot.passage is mark.spot.passage:
            first = self.opened.pop()
            if first.sign != '"':  # a straight pair may touch the words around it
                yield self._mixed(first, mark)
        else:
            yield _alone(mark, STRAY)

    def _is_open(self, sign: str) -> bool:
        return any(mark.sign == sign for mark in self.opened)

    def _spaced(self) -> Iterator[Diagnostic]:
        """Yield the straight marks with a space on both sides; a pair of them quotes."""
        if len(self.spaced) % 2:
            for mark in self.spaced:
                yield _alone(mark, Message(N_("This quotation mark stands between two spaces.")))
            return
        for first, last in zip(self.spaced[::2], self.spaced[1::2], strict=True):
            inner = (
                Spot(first.spot.passage, first.spot.start, first.spot.end + 1, '"'),
                Spot(last.spot.passage, last.spot.start - 1, last.spot.end, '"'),
            )
            yield finding(
                "T201",
                first.spot.span,
                N_("Spaces stand within these quotation marks."),
                N_("Without them, the marks are set as « »."),
                related=[Related(last.spot.span, Message(N_("The other mark stands here.")))],
                fix=[spot.edit for spot in inner],
            )

    def _mixed(self, first: Mark, last: Mark) -> Diagnostic:
        if first.sign == '"':
            wrong, right = first, FELLOW[last.sign]
        elif last.sign == '"' or not self.french:
            wrong, right = last, FELLOW[first.sign]
        else:
            wrong, right = (first, "«") if last.sign == "»" else (last, FELLOW[first.sign])
        other = last if wrong is first else first
        text = wrong.spot.passage.text
        if right == "«" and not text[wrong.spot.end : wrong.spot.end + 1].isspace():
            right += " "
        elif right == "»" and not text[max(0, wrong.spot.start - 1) : wrong.spot.start].isspace():
            right = " " + right
        return finding(
            "T201",
            wrong.spot.span,
            N_("This quotation begins with {first} and ends with {last}."),
            N_("Write {sign} here."),
            first=first.sign,
            last=last.sign,
            sign=right.strip(),
            related=[Related(other.spot.span, Message(N_("The other mark stands here.")))],
            fix=[Spot(wrong.spot.passage, wrong.spot.start, wrong.spot.end, right).edit],
        )

    def close(self) -> Iterator[Diagnostic]:
        """Yield the quotations that are still open, but for those cut short by “(…)”."""
        left = [mark for mark in self.opened if mark.sign != "„" and not self.cut]
        self.opened = []
        for mark in left:
            yield _alone(mark, UNCLOSED)


def _alone(mark: Mark, message: Message) -> Diagnostic:
    return finding("T201", mark.spot.span, message, PAIR)


def kinds_of_marks(galley: Galley) -> Iterator[Diagnostic]:
    """Yield the “ ” that stand where the kit has « » elsewhere (T203)."""
    if not galley.french or "“" not in galley.signs:
        return
    found: list[tuple[Spot, Spot]] = []
    for passage in galley.passages:
        if passage.role in (Role.TITLE, Role.LINE, Role.PROSE) and "“" in passage.text:
            found += _outer(passage)
    usual = sum(p.text.count("«") + len(straight_pairs(p.text)) for p in galley.passages)
    if not found or usual < max(3, len(found)):
        return
    yield finding(
        "T203",
        [first.span for first, _ in found],
        NP_(
            "This quotation has other marks than those of the kit, which are « ».",
            "{count} quotations have other marks than those of the kit, which are « ».",
        ),
        N_("Write « » round a quotation, and “ ” round one within it."),
        fix=[spot.edit for pair in found for spot in pair],
    )


PAIRED = re.compile(r"“([^«»“”\"]{2,600})”")
ENGLISH = re.compile(
    r"\b(?:the|and|of|is|are|to|with|for|not|you|your|my|it|i|we|this|that|in|was|be|very)\b",
    re.IGNORECASE,
)
FRENCH = re.compile(
    r"\b(?:[ldcjnsmt]|qu|le|la|les|un|une|des|du|de|et|est|en|à|au|aux|ce|il|elle|je|pour|par|que"
    r"|qui|sur|dans)\b",
    re.IGNORECASE,
)


def _outer(passage: Passage) -> Iterator[tuple[Spot, Spot]]:
    """Yield the opening and closing mark of each “ ” that is not within another quotation."""
    for match in PAIRED.finditer(passage.text):
        around = passage.quotation_at(match.start())
        within = around is not None and around[0] < match.start()
        if not within and not _is_english(match[1]):
            yield (
                Spot(passage, match.start(), match.start() + 1, "« "),
                Spot(passage, match.end() - 1, match.end(), " »"),
            )


def _is_english(words: str) -> bool:
    """Return whether a quotation is in English, whose marks are “ ”, in a French text too."""
    return len(ENGLISH.findall(words)) > len(FRENCH.findall(words))
