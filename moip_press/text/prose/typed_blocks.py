"""Lists, headings, tables and footnotes as people type and paste them, made Markdown or HTML.

Bullets of Word and of the web, dashes, ticks, "1/", "a)", the no-break spaces that keyboards put
behind them, the tabs before them. Each line keeps its number, and its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from moip_press.text.prose.marks import marks

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token


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


NOTE = re.compile(r"\[\^(?P<label>[^\]\s^\[]{1,50})\]:[ \t]*(?=\S)")
SECOND_NOTE = re.compile(r"(?<![^\n])\[\^[^\]]+\]:")
"""A second definition of the same footnote, at the start of a line."""
NOTE_SIGN = "[^"


def note_definition(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- the parser's call
    """Read the words of a footnote: a line that begins with its sign, and those that go on."""
    found = _note_at(state, first)
    if found is None or state.level or found["label"] in _known_notes(state, "left"):
        return False
    if found["label"] in _known_notes(state, "notes"):
        return False
    if silent:
        return True
    last = first + 1
    while last < end and not state.isEmpty(last) and _note_at(state, last) is None:
        last += 1
    text = state.getLines(first, last, state.blkIndent, False).strip()  # noqa: FBT003
    opened = state.push("note_open", "", 1)
    opened.meta, opened.map = {"label": found["label"]}, [first, last]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = text[len(found[0]) :], [first, last], []
    token.meta = {"note": True}
    state.push("note_close", "", -1)
    _known_notes(state, "notes").add(found["label"])
    state.line = last
    return True


def _note_at(state: StateBlock, line: int) -> re.Match[str] | None:
    start = state.bMarks[line] + state.tShift[line]
    return NOTE.match(state.src, start, state.eMarks[line])


def _known_notes(state: StateBlock, name: str) -> set[str]:
    known: set[str] = state.env.setdefault(name, set())
    return known


def idle_notes(tokens: Iterable[Token]) -> set[str]:
    """Return the footnotes that no sign in a text refers to."""
    defined, used = set(), set()
    for token in tokens:
        if token.type == "note_open":
            defined.add(token.meta["label"])
        elif token.type == "inline" and not token.meta.get("note") and NOTE_SIGN in token.content:
            used |= set(_note_signs(token.content))
    return defined - used


def _note_signs(text: str) -> Iterator[str]:
    """Yield the footnotes that signs refer to; within the words of a link there are none."""
    end = 0
    for start, mark in sorted(marks(text).items()):
        if mark.kind in ("link", "image"):
            end = max(end, mark.end)
        elif mark.kind == "note" and start >= end:
            yield mark.url


def note_labels(tokens: Iterable[Token]) -> frozenset[str]:
    """Return the footnotes of a text."""
    return frozenset(token.meta["label"] for token in tokens if token.type == "note_open")


PARTS = ("table_open", "thead_open", "tbody_open", "tr_open", "th_open", "td_open")
ALIGNED = {"text-align:right": ' class="number"', "text-align:center": ' class="centred"'}


def place_cells(tokens: Sequence[Token], lines: Sequence[str]) -> None:
    """Note of each cell where its characters stand in the line of its row.

    A bar in a cell is typed with a backslash before it, which the parser takes away.
    """
    at = 0
    for number, token in enumerate(tokens):
        if token.type == "tr_open":
            at = 0
        elif token.type == "inline" and tokens[number - 1].type in ("th_open", "td_open"):
            line = lines[token.map[0]] if token.map else ""
            typed = token.content.replace("|", "\\|")
            start = max(line.find(typed, at), 0)
            token.meta["offsets"] = tuple(_cell_offsets(token.content, start))
            at = start + len(typed)


def _cell_offsets(content: str, start: int) -> Iterator[int]:
    """Yield where each character of a cell is typed, and where the last one ends."""
    for sign in content:
        start += sign == "|"
        yield start
        start += 1
    yield start


def table_tags(tokens: Sequence[Token]) -> dict[int, str]:
    """Return the tags of the tables among tokens, by their numbers.

    A column without a heading names the rows. A table of which no column has a heading has no
    head; one that is nothing but a head is a row.
    """
    found: dict[int, str] = {}
    heads: list[bool] = []
    for number, token in enumerate(tokens):
        if token.type == "table_open":
            heads = []
            end = _closing(tokens, number)
            inside = tokens[number:end]
            bare = all(not t.content for t in _cells(inside, "th_open"))
            alone = not any(t.type == "tbody_open" for t in inside)
        if token.type == "thead_open" and bare and not alone:
            for each in range(number, _closing(tokens, number) + 1):
                found[each] = ""
            heads = [False]
        elif token.type in ("thead_open", "thead_close") and alone:
            found.setdefault(number, f"<{'/' * (token.nesting < 0)}tbody>\n")
        elif token.type in ("th_open", "td_open") and number not in found:
            words = bool(tokens[number + 1].content)
            align = ALIGNED.get(str(token.attrs.get("style")), "")
            if token.type == "th_open":
                heads.append(words)
                found[number] = f'<th scope="col"{align}>' if words else "<td>"
                found[number + 2] = "</th>" if words else "</td>\n"
            elif tokens[number - 1].type == "tr_open" and heads and not heads[0] and words:
                found[number], found[number + 2] = '<th scope="row">', "</th>"
            else:
                found[number] = f"<td{align}>"
    return found


def _closing(tokens: Sequence[Token], start: int) -> int:
    closing = tokens[start].type.replace("open", "close")
    return next(n for n in range(start, len(tokens)) if tokens[n].type == closing)


def _cells(tokens: Sequence[Token], kind: str) -> Iterator[Token]:
    return (tokens[n + 1] for n, token in enumerate(tokens) if token.type == kind)
