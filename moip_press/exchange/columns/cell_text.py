"""A value as the text of a cell, and back.

``from_cell(column, to_cell(column, value))`` is ``normal(column, value)``, for every value.
A spreadsheet would run a text that begins with ``=``, ``+``, ``-`` or ``@`` (OWASP, *CSV
injection*), some of them after whitespace or invisible characters: in a CSV file it is
``guarded`` by an apostrophe, which ``from_cell`` takes away again; in a workbook the cell is
marked as text and needs none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from moip_press.exchange.columns.column import Column, Form, Value, cell_words, heading_key, said_as
from moip_press.kit.editing import unwrapped
from moip_press.report.messages import N_, Catalogue

SPACES = re.compile(r"[ \t\r\n]+")
SPACED = re.compile(r"[\t\r\n]|  |^ | $")
BETWEEN = "---"
LINE_END = re.compile(r"\r\n?|\n")
WORD_END = re.compile(r"\s*[,;\n\r]\s*")
OF_WORDS = ("access", "languages")
"""Columns of words that hold no comma: it may stand between them, as a line end does."""
BLANK = re.compile(r"\A(?:[ \t]*\n)+")
RULE = re.compile(r"\\*---")
# whitespace, controls and invisible characters: some programs drop these before they read a cell
UNSEEN = (
    r"[\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff]*"
)
LIVE = rf"(?:[\t\r\n]|{UNSEEN}[=+\-@＝＋－＠﹦﹢﹣﹫\u2212])"
FORMULA = re.compile(LIVE)
GUARD = re.compile(rf"'+{LIVE}")
# Excel's own way to write a character by its number, and the underscore before such a text
NUMBERED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

YES, NO = N_("yes"), N_("no")
YES_WORDS = cell_words(
    "yes; y; oui; o; true; vrai; x; 1; ✓; ✔; ☑; en ligne; online; à distance; distanciel; "
    "en distanciel; visio; en visio; visioconférence; webinaire; webinar; virtuel; virtual; "
    "remote; hybride; hybrid; mixte; mixed; onlineeventattendancemode; "
    "mixedeventattendancemode"
)
NO_WORDS = cell_words(
    "no; n; non; false; faux; 0; présentiel; en présentiel; sur place; in person; on site; "
    "offline; offlineeventattendancemode"
)


def normal(column: Column, value: Any) -> Value | None:
    """Return a plain value in the one form in which values are compared; none where empty.

    It is what the model makes of it: spaces of a line are single, Markdown has no blank end
    and simple line ends, yes and no are bool.
    """
    if value is None or value == "":
        return None
    match column.form:
        case Form.YES_NO:
            return value if isinstance(value, bool) else _yes_no(str(value or ""))
        case Form.LINES:
            return tuple(filter(None, map(_line, _several(value)))) or None
        case Form.PROSES:
            return tuple(filter(None, map(_prose, _several(value)))) or None
        case Form.PROSE:
            return _prose(str(value or "")) or None
        case _:
            return _line(str(value or "")) or None


def _several(value: Any) -> Iterable[str]:
    return (value,) if isinstance(value, str) else map(str, value or ())


def _line(text: str) -> str:
    return SPACES.sub(" ", text).strip(" ") if SPACED.search(text) else text


def _prose(text: str) -> str:
    """Return Markdown as the model has it; blank lines above it say nothing."""
    text = LINE_END.sub("\n", text).rstrip()
    return BLANK.sub("", text)


def _yes_no(text: str) -> Value | None:
    """Return yes or no; the text itself where it is neither, for the model to refuse."""
    word = heading_key(text, singular=False)
    if word in YES_WORDS:
        return True
    return False if word in NO_WORDS else _line(text) or None


def flowing(column: Column, value: Any) -> Any:
    """Return Markdown with a line a paragraph: the cell breaks lines where it is wide."""
    if column.form is Form.PROSE and isinstance(value, str):
        return unwrapped(value)
    if column.form is Form.PROSES and isinstance(value, tuple):
        return tuple(map(unwrapped, value))
    return value


def to_cell(column: Column, value: Any, catalogue: Catalogue) -> str:
    """Return the text of a cell: words of choice in the language of the catalogue.

    Where the text begins like a guarded one, one more apostrophe stands before it.
    """
    plain = normal(column, value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return catalogue.gettext(YES if plain else NO)
    if isinstance(plain, tuple):
        several = column.form is Form.PROSES
        text = f"\n{BETWEEN}\n".join(map(_ruled, plain)) if several else "\n".join(plain)
    else:
        labels = {choice.value: choice.label for choice in column.choices}
        text = catalogue.gettext(labels[plain]) if plain in labels else plain
    return f"'{text}" if GUARD.match(text) else text


def _ruled(text: str) -> str:
    """Return Markdown in which no line is the separator of two pieces."""
    lines = text.split("\n")
    return "\n".join(f"\\{line}" if RULE.fullmatch(line) else line for line in lines)


def from_cell(column: Column, text: str) -> Value | None:
    """Return the value of a cell; none where it is empty, the text where it cannot be read."""
    text = text[1:] if GUARD.match(text) else text
    match column.form:
        case Form.PROSES:
            return normal(column, tuple(_pieces(text)))
        case Form.LINES:
            between = WORD_END if column.path in OF_WORDS else LINE_END
            return normal(column, tuple(between.split(text)))
        case Form.CHOICE:
            return _chosen(column, text)
        case _:
            return normal(column, text)


def _pieces(text: str) -> Iterable[str]:
    """Yield the pieces of Markdown that lines of three hyphens part."""
    piece: list[str] = []
    for line in LINE_END.split(text):
        if line == BETWEEN:
            yield "\n".join(piece)
            piece = []
        else:
            piece.append(line[1:] if RULE.fullmatch(line) else line)
    yield "\n".join(piece)


def _chosen(column: Column, text: str) -> str | None:
    """Return the value of a word of choice, in whichever language it is said."""
    said = heading_key(text)
    for choice in column.choices:
        if text.strip() == choice.value or said in choice.synonyms | said_as(choice.label):
            return choice.value
    return _line(text) or None


def guarded(text: str) -> str:
    """Return the text of a cell of a CSV file: no spreadsheet takes it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def escaped(text: str) -> str:
    """Return a text as a workbook's file holds it: ``_x000D_`` in it is not a line break."""
    return NUMBERED.sub("_x005F_", text)
