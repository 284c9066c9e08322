"""Which row of a sheet has its headings, and which field of a record each column holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapidfuzz import fuzz, process

from moip_press.exchange import columns
from moip_press.exchange.columns import Column, heading_key, named, said_as
from moip_press.exchange.incoming.grid import Content, Row, Sheet

NUMBERING = re.compile(r"^\W*(?:[A-Z]?[0-9]{1,3}(?:[A-Z][0-9]{1,3})*\s*[.):–-]\s*)+", re.IGNORECASE)
WORDS_THAT_ASK = """
quel quelle quand comment combien qui quoi où dans sur en sous pour que avec
what which when where who how please in at on for with us is are will be does do it
merci veuillez indiquer indiquez préciser précisez saisir saisissez renseigner renseignez
donner donnez enter give tell sera seront sont aura auront t il elle y a
votre vos notre nos ce cet cette your our this that
quelques lignes mots caractères signes max maximum environ few words lines characters
optional facultatif obligatoire required forme prévu proposé
"""
ASKING = frozenset(map(heading_key, WORDS_THAT_ASK.split()))
"""Words of questions, as headings are compared, that say nothing of what is asked for."""

WORDS_FOR_EVENTS = """
événement event action manifestation initiative atelier activité projet rendez vous
"""
EVENT = frozenset(map(heading_key, WORDS_FOR_EVENTS.split()))
KEPT = frozenset({"quand", "when", "ou", "where", "qui", "who"})
"""Words that ask for something by themselves."""

VAGUE = frozenset(map(heading_key, ("nom", "name", "objet", "subject", "sujet", "titre", "title")))
"""What asks for the name of the person, or their function, where it does not say of what."""

ANSWERS = (
    ("id", "heure debut", "heure fin"),
    ("id", "start time", "completion time"),
)
"""The first columns of a form's answers: when it was filled in, which says nothing of the event."""


def question_meanings(heading: str) -> Iterator[str]:
    """Yield what a longer heading may ask for, as headings are compared, the likeliest first."""
    bare = heading_key(NUMBERING.sub("", heading))
    if bare != heading_key(heading):
        yield bare
    words = [word for word in bare.split() if not word.isdigit()]
    asked = [word for word in words if word not in ASKING]
    core = [word for word in asked if word not in EVENT]
    if len(core) == len(words):
        return
    if KEPT & set(words):
        yield " ".join(word for word in words if word in KEPT or word in core)
    if " ".join(core) not in VAGUE or len(core) < len(asked):
        yield " ".join(asked)
        yield " ".join(core)


def columns_about_the_answer(headings: Sequence[tuple[int, str]]) -> frozenset[int]:
    """Return the columns of a form that tell when it was filled in, and by whom."""
    keys = [heading_key(text) for _, text in headings[:3]]
    if tuple(keys) not in ANSWERS:
        return frozenset()
    names = {heading_key(name) for name in ("nom", "name")}
    numbers = {number for number, _ in headings[:3]}
    return frozenset(numbers | {n for n, text in headings[3:6] if heading_key(text) in names})


SEARCHED = 40
"""Rows from the top among which the headings are looked for."""

NEAR = 80
LIKENESS_OF_OURS = 0.75
"""Which part of the headings must be ours for a table to be one that we exported."""


@dataclass(frozen=True)
class Headings:
    """The headings of a sheet: the kind of its rows, and its columns by their number from 0.

    `ours` where we exported the table: then its cells hold Markdown and ids. `unknown` are the
    headings of no field, `doubled` those of a field that another column holds already.
    """

    kind: columns.Sheet
    row: Row
    columns: Mapping[int, Column]
    ours: bool
    unknown: tuple[tuple[int, str], ...]
    doubled: tuple[tuple[int, Column], ...]

    def column(self, path: str) -> int | None:
        """Return the number of the column of a field; None where there is none."""
        return self._numbers.get(path)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {column.path: n for n, column in [*self.columns.items()][::-1]}


def find_headings(sheet: Sheet, mapping: Mapping[str, Column], *, ours: bool) -> Headings | None:
    """Return the headings of a sheet; None where no row has any that are known.

    They are looked for below title rows and remarks. `mapping` has the columns of headings that
    the kit maps, as `heading_key` gives them. Where a file is not `ours`, its rows are events.
    """
    kinds = columns.SHEETS if ours else (columns.KINDS["event"],)
    best: Headings | None = None
    for row in _rows(sheet, mapping, ours=ours):
        for kind in kinds:
            found = _read(row, kind, mapping, asking=not ours)
            if found is not None and (best is None or _better(found, best, sheet.name)):
                best = found
    return best


def _rows(sheet: Sheet, mapping: Mapping[str, Column], *, ours: bool) -> Iterator[Row]:
    """Yield the rows that may be headings; two as one where the second parts those of the first."""
    rows = sheet.rows[:SEARCHED]
    yield from rows
    for upper, lower in () if ours else pairwise(rows):
        both = _parted(upper, lower, mapping)
        if both is not None:
            yield both


def _parted(upper: Row, lower: Row, mapping: Mapping[str, Column]) -> Row | None:
    """Return "Dates" above "Début" and "Fin" as one row; None where the lower has values."""
    kind = columns.KINDS["event"]
    cells = [
        cell if heading_words(cell) else upper.cell(number)
        for number, cell in enumerate(lower.cells)
    ]
    new = [n for n, cell in enumerate(lower.cells) if heading_words(cell) and cell != upper.cell(n)]
    known = [any(_choices(kind, heading_words(cells[n]), mapping, asking=False)) for n in new]
    if not new or not all(known) or lower.line != upper.line + 1:
        return None
    return Row(lower.line, (*cells, *upper.cells[len(cells) :]), lower.starts)


def _better(found: Headings, best: Headings, title: str) -> bool:
    return _worth(found, title) > _worth(best, title)


def _worth(found: Headings, title: str) -> tuple[bool, bool, int]:
    """Return what headings are compared by; of equal ones the first row counts."""
    named = heading_key(title) in said_as(found.kind.title) if title else False
    return named, found.ours, len(found.columns)


def _read(
    row: Row, kind: columns.Sheet, mapping: Mapping[str, Column], *, asking: bool
) -> Headings | None:
    """Return a row read as headings, which may be questions; None where it cannot be that."""
    texts = [(n, heading_words(cell)) for n, cell in enumerate(row.cells)]
    headed = [(n, text) for n, text in texts if text]
    aside = columns_about_the_answer(headed) if asking else frozenset()
    counted = [each for each in headed if each[0] not in aside]
    found, doubled = _assigned(kind, counted, mapping, asking=asking)
    if len(found) < min(2, len(headed)) or len(found) * 4 < len(headed):
        return None
    taken = found.keys() | {n for n, _ in doubled}
    unknown = tuple((n, text) for n, text in headed if n not in taken | aside)
    ours = _is_ours(headed, found)
    return Headings(kind, row, found, ours, unknown, tuple(doubled))


def heading_words(content: Content) -> str:
    """Return the words of a heading; empty where the cell holds anything else."""
    if not isinstance(content, str) or len(content) > 300:
        return ""
    return " ".join(content.split())


def _assigned(
    kind: columns.Sheet,
    headed: Sequence[tuple[int, str]],
    mapping: Mapping[str, Column],
    *,
    asking: bool,
) -> tuple[dict[int, Column], list[tuple[int, Column]]]:
    """Return the columns of headings: those of the kit first, then ours, then other people's.

    Questions of forms come last, and a name that may be anybody's, where nothing else is a title.
    """
    found: dict[int, Column] = {}
    doubled: list[tuple[int, Column]] = []
    choices_of = [_choices(kind, text, mapping, asking=asking) for _, text in headed]
    used: set[str] = set()
    for level in range(len(LEVELS) if asking else 3):
        for (number, _), choices in zip(headed, choices_of, strict=True):
            column = choices[level]
            if column is None or number in found:
                continue
            if column.path in used and column.path in SECOND:
                column = _second(kind, column, number, headed, found) or column
            if column.path not in used:
                used.add(column.path)
                found[number] = column
            elif not any(choices[level + 1 :]):
                doubled.append((number, column))
    doubled = [(number, column) for number, column in doubled if number not in found]
    return dict(sorted(found.items())), doubled


SECOND = {"when.start_date": "when.start_time", "when.end_date": "when.end_time"}


def _second(
    kind: columns.Sheet,
    column: Column,
    number: int,
    headed: Sequence[tuple[int, str]],
    found: Mapping[int, Column],
) -> Column | None:
    """Return the column of a time whose heading is that of its day: "Début", "Début"."""
    first = next(n for n, each in found.items() if each == column)
    texts = dict(headed)
    same = number == first + 1 and heading_key(texts[number]) == heading_key(texts[first])
    return kind.by_path[SECOND[column.path]] if same else None


LEVELS = ("mapped", "ours", "theirs", "asked", "vague")


def _choices(
    kind: columns.Sheet, text: str, mapping: Mapping[str, Column], *, asking: bool
) -> tuple[Column | None, ...]:
    """Return what a heading means at each of the levels."""
    mapped, ours, theirs = _mapped(text, mapping), _ours(kind, text), _theirs(kind, text)
    if not asking:
        return mapped, ours, theirs
    if ours is None and heading_key(text) in VAGUE_TITLES:
        return mapped, None, None, None, theirs
    known = mapped or ours or theirs
    return mapped, ours, theirs, None if known else _asked(kind, text), None


VAGUE_TITLES = named("nom; name; objet; subject; action; session")


def _asked(kind: columns.Sheet, text: str) -> Column | None:
    """Return the column that a question of a form is about."""
    keys = [key for key in question_meanings(text) if key]
    ours = {key: column for column in kind.columns for key in said_as(column.heading)}
    found = (ours.get(key) or _by_key(kind, key) for key in keys)
    return next((column for column in found if column is not None), None)


def _mapped(text: str, mapping: Mapping[str, Column]) -> Column | None:
    return mapping.get(heading_key(text))


def _ours(kind: columns.Sheet, text: str) -> Column | None:
    key, path = heading_key(text), text.strip().casefold()
    for column in kind.columns:
        if path == column.path or (key and key in said_as(column.heading)):
            return column
    return None


def _theirs(kind: columns.Sheet, text: str) -> Column | None:
    key = heading_key(text)
    return _by_key(kind, key) if key else None


def _by_key(kind: columns.Sheet, key: str) -> Column | None:
    return next((column for column in kind.columns if key in column.synonyms), None)


def _is_ours(headed: Sequence[tuple[int, str]], found: Mapping[int, Column]) -> bool:
    """Tell whether we wrote the headings: with the column of ids, nearly all word for word."""
    exact = [n for n, text in headed if n in found and _word_for_word(text, found[n])]
    has_id = any(found[n].path == "id" for n in exact)
    return has_id and len(exact) >= max(3, LIKENESS_OF_OURS * len(headed))


def _word_for_word(text: str, column: Column) -> bool:
    return heading_key(text) in said_as(column.heading)


def nearest_column(kind: columns.Sheet, heading: str, free: Iterable[Column]) -> Column | None:
    """Return the column that an unknown heading may mean, to offer it, never to take it."""
    unused = {column.path for column in free}
    names = {
        name: column
        for column in kind.columns
        if column.path in unused
        for name in (*said_as(column.heading), *column.synonyms)
        if len(name) > 2
    }
    found = process.extractOne(
        heading_key(heading), list(names), scorer=fuzz.WRatio, score_cutoff=NEAR
    )
    return names[found[0]] if found else None
