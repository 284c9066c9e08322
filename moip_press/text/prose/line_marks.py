"""Lists and headings as people type and paste them: what begins a line, made a mark of Markdown.

Bullets of Word and of the web, dashes, ticks, "1/", "a)", the no-break spaces that keyboards put
behind them, the tabs before them. Each line keeps its number, and its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

BLANK = " \t\u00a0\u202f\u2000-\u200b\u2060\u3000\ufeff"
LETTER = "[^\\W\\d_]"
BULLETS = "•‣⁃∙●○◦▪▫■□◾◽❖◆◇·\uf020-\uf0ff"
SIGNS = "–—―→⇒➔➜➤➢►▸▶✓✔✗✘☑☐"
OTHER_FONTS = "o§Øüðvq"
"""What bullets of Word are in other fonts; a tab follows."""
MARK = re.compile(
    f"(?P<quote>(?:[{BLANK}]*>)*)(?P<before>[{BLANK}]*)"
    "(?P<mark>"
    rf"(?P<usual>[-*+]|#{{1,6}}|\d{{1,9}}[.)])(?=[{BLANK}])"
    f"|(?P<bullet>[{BULLETS}])(?![{BLANK}]*[{BULLETS}])"
    rf"|(?P<heading>##{{1,5}})(?=[^\s#])"
    # from here on, only where others follow
    f"|(?P<sign>[{SIGNS}](?=[{BLANK}])|[-–—](?={LETTER}|«)|[{OTHER_FONTS}](?=\t))"
    rf"|(?P<number>\d{{1,2}})(?:[.)](?={LETTER})|(?:[/°]|[{BLANK}]?[-–])(?=[{BLANK}]))"
    f"|(?P<letter>[a-zA-Z])\\)(?=[{BLANK}])"
    ")"
    f"(?P<after>[{BLANK}]*)(?=[^{BLANK}\r\n])"
)
FENCE = re.compile(r" {0,3}(?:```|~~~)")
TYPED = re.compile(r"[ \t]*")
WIDTHLESS = "\u200b\u2060\ufeff"
TAB = 4  # columns
MOST_INDENT = 3  # columns that say nothing

Found = tuple[int, re.Match[str]]
"""The number of a line, and the mark that it begins with."""


def usual(markdown: str, but: Collection[int] = ()) -> tuple[str, frozenset[int]]:
    """Return a text whose lines begin as Markdown has it, and which lines are changed.

    Lines are counted from 0; the lines `but` stay as they are.
    """
    lines = markdown.split("\n")
    begun = {number: mark for number, mark in _begun(lines) if number not in but}
    made = dict(_made(lines, begun)) if begun else {}
    changed = frozenset(number for number, line in made.items() if line != lines[number])
    if not changed:
        return markdown, changed
    return "\n".join(made.get(number, line) for number, line in enumerate(lines)), changed


def letters(line: str) -> str:
    """Return how the item that a line begins is counted: "letters", "capitals", or nothing."""
    mark = MARK.match(line)
    if mark is None or not mark["letter"]:
        return ""
    return "letters" if mark["letter"].islower() else "capitals"


# --- which lines begin an item or a heading ---------------------------------------------------


def _begun(lines: Sequence[str]) -> Iterator[Found]:
    """Yield the lines that begin an item or a heading; a paragraph between lists parts them."""
    runs: dict[str, list[Found]] = {}
    fenced = ended = False
    for number, line in enumerate(lines):
        fenced ^= FENCE.match(line) is not None
        mark = None if fenced else MARK.match(line)
        if mark is None:
            if ended and _is_paragraph(line):
                yield from _lists(runs.values())
                runs = {}
            ended = not line.strip()
            continue
        ended = False
        if mark["usual"] or mark["bullet"] or mark["heading"]:
            yield number, mark
        else:
            kind = mark["sign"] or letters(line) or mark["mark"].lstrip(mark["number"])
            runs.setdefault(kind, []).append((number, mark))
    yield from _lists(runs.values())


def _is_paragraph(line: str) -> bool:
    return line.strip() != "" and not line.startswith((" ", "\t"))


def _lists(runs: Iterable[Sequence[Found]]) -> Iterator[Found]:
    """Yield the lines of lists: two with one sign, or counted from the first number or letter."""
    for run in runs:
        lists: list[list[Found]] = [[]]
        for number, mark in run:
            if not mark["sign"] and _value(mark) == 1:
                lists.append([])
            if mark["sign"] or _value(mark) == len(lists[-1]) + 1:
                lists[-1].append((number, mark))
        for items in lists:
            if len(items) > 1:
                yield from items


def _value(mark: re.Match[str]) -> int:
    """Return which item a number or a letter counts."""
    return int(mark["number"]) if mark["number"] else ord(mark["letter"].lower()) - ord("a") + 1


# --- what they are in Markdown ----------------------------------------------------------------


def _made(lines: Sequence[str], begun: Mapping[int, re.Match[str]]) -> Iterator[tuple[int, str]]:
    """Yield the lines that begin an item or a heading as Markdown has them.

    An item that is far within another, by tabs or spaces, is indented a little.
    """
    outer: list[tuple[int, int]] = []  # the columns of their words, as typed and as made
    ended = False
    for number, line in enumerate(lines):
        mark = begun.get(number)
        if mark is None:
            if ended and _is_paragraph(line):
                outer.clear()
            ended = not line.strip()
            continue
        ended = False
        width = _width(mark["before"])
        while outer and width < outer[-1][0]:
            outer.pop()
        typed, made = outer[-1] if outer else (0, 0)
        sign = _sign(mark)
        far = width - typed > MOST_INDENT
        indent = made + (0 if far else width - typed)
        if far or made != typed or sign != mark["mark"] or not _is_plain(mark):
            yield number, f"{mark['quote']}{' ' * indent}{sign} {line[mark.end() :]}"
        if not sign.startswith("#"):
            outer.append((width + len(mark["mark"]) + _gap(mark), indent + len(sign) + 1))


def _is_plain(mark: re.Match[str]) -> bool:
    """Return whether Markdown knows the blanks round a mark."""
    blanks = mark["before"] + mark["after"]
    return mark["after"] != "" and TYPED.fullmatch(blanks) is not None


def _gap(mark: re.Match[str]) -> int:
    """Return how many columns part a mark from its words; more than four belong to the words."""
    gap = _width(mark["after"], _width(mark["before"]) + len(mark["mark"]))
    return gap if gap <= TAB else 1


def _width(blanks: str, start: int = 0) -> int:
    """Return how many columns there are in blanks that begin at a column."""
    column = start
    for sign in blanks:
        column = column + TAB - column % TAB if sign == "\t" else column + (sign not in WIDTHLESS)
    return column - start


def _sign(mark: re.Match[str]) -> str:
    """Return the mark of Markdown for what begins a line."""
    if mark["usual"] or mark["heading"]:
        return mark["mark"]
    return f"{_value(mark)})" if mark["number"] or mark["letter"] else "-"
