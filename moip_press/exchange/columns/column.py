"""A column of a table: the headings under which people write it, and a value as its cells hold it.

``from_cell(column, to_cell(column, value))`` is ``normal(column, value)``, for every value.
A spreadsheet would run a text that begins with ``=``, ``+``, ``-`` or ``@`` (OWASP, *CSV
injection*), some of them after whitespace or invisible characters: in a CSV file it is
``guarded`` by an apostrophe, which ``from_cell`` takes away again; in a workbook the cell is
marked as text and needs none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from moip_press.kit.editing import unwrapped
from moip_press.report.messages import N_, Catalogue, available_languages
from moip_press.text.folding import fold

if TYPE_CHECKING:
    from pydantic import BaseModel

Value: TypeAlias = "str | bool | tuple[str, ...]"


class Form(StrEnum):
    """How a value stands in its cell."""

    LINE = "line"
    """Plain text: runs of spaces and line breaks count as one space."""
    PROSE = "prose"
    """Markdown, its lines as they are."""
    LINES = "lines"
    """Several plain texts, a line each: a name may hold commas and semicolons."""
    PROSES = "proses"
    """Several pieces of Markdown, with a line of three hyphens between them."""
    YES_NO = "yes/no"
    """Yes or no."""
    CHOICE = "choice"
    """One of several words, said in the language of the kit."""


@dataclass(frozen=True)
class Choice:
    """One of the words that a cell may hold: ``value`` is what stands in YAML.

    ``label`` is the word that a user reads, a message; ``synonyms`` are what others write.
    """

    value: str
    label: str
    synonyms: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Column:
    """A column: the path of its field in the record, such as ``place.town``.

    ``heading`` and ``note`` are messages; ``synonyms`` are headings of other tables, in any
    language, as ``heading_key`` gives them. Contributors do not change what is ``protected``. A
    column that is not ``written`` is only read: a part of a date that other programs keep apart.
    What is ``several`` may stand in more than one column of a table of others. ``width`` counts
    characters. ``default`` is what an empty cell means.
    """

    path: str
    heading: str
    note: str = ""
    synonyms: frozenset[str] = frozenset()
    choices: tuple[Choice, ...] = ()
    protected: bool = False
    written: bool = True
    several: bool = False
    width: int = 24
    form: Form = Form.LINE
    default: Value | None = None

    def below(self, path: str) -> Column:
        """Return the column of the same field in a record within the record."""
        return replace(self, path=f"{path}.{self.path}")


YES_NO = Column("", "", form=Form.YES_NO)
"""What reads a cell that says yes or no, in any column."""


@dataclass(frozen=True)
class RecordSheet:
    """A kind of row and its columns, in order.

    ``apart`` names the fields of the record that are in no column, each with the reason.
    """

    kind: str
    title: str
    """The name of the sheet, a message."""
    note: str
    """What stands in it, a message."""
    models: tuple[type[BaseModel], ...]
    """The records that are its rows."""
    columns: tuple[Column, ...]
    apart: Mapping[str, str]

    @cached_property
    def by_path(self) -> Mapping[str, Column]:
        """The columns by the path of their field."""
        return {column.path: column for column in self.columns}

    @property
    def written(self) -> tuple[Column, ...]:
        """The columns that an export has."""
        return tuple(column for column in self.columns if column.written)


# --- headings -------------------------------------------------------------------------------

FRENCH = ("de", "du", "des", "d", "la", "le", "les", "l", "un", "une", "au", "aux", "et", "est")
SMALL = frozenset([*FRENCH, "qui", "a", "the", "of", "an", "for", "to", "and"])
WORD = re.compile(r"[^\W_]+|[✓✔☑]")
LONGEST = 200  # characters: what is longer is no heading
ENDING = re.compile(r"\((?:s|e|es|x|aux|ne|trice|trices|n)\)|[·.](?:s|e|es|x|rice)\b\.?s?")
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@lru_cache(maxsize=4096)
def heading_key(text: str, *, singular: bool = True) -> str:
    """Return a heading as it is compared: ``"Nom de l'Évènement(s) *"`` → ``"nom evenement"``.

    Case, accents, small words, punctuation, asides in brackets and plurals do not count.
    """
    bare = ASIDE.sub(" ", ENDING.sub("", text[:LONGEST]))
    found = WORD.findall(fold(bare))
    kept = [word for word in found if word not in SMALL] or found
    return " ".join(map(_singular, kept) if singular else kept)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith(("s", "x")) else word


def named(headings: str) -> frozenset[str]:
    """Return headings as they are compared; semicolons stand between them."""
    return frozenset(map(heading_key, headings.split(";")))


def cell_words(words: str) -> frozenset[str]:
    """Return words of a cell as they are compared: singular and plural are not the same."""
    return frozenset(heading_key(word, singular=False) for word in words.split(";"))


@lru_cache(maxsize=256)
def said_as(message: str) -> frozenset[str]:
    """Return a message in every language, as headings are compared."""
    return frozenset(
        heading_key(Catalogue(language).gettext(message)) for language in available_languages()
    )


# --- cells ----------------------------------------------------------------------------------

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
