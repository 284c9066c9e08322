"""Which row of a sheet has its headings, and which field of a record each column holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from rapidfuzz import fuzz, process

from moip_press.exchange.columns.column import Column, RecordSheet, heading_key, named, said_as
from moip_press.exchange.columns.record_sheets import KINDS, SHEETS
from moip_press.system.tables.grid import Content, Row, Sheet

CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])")

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

VAGUE = named("nom; name; objet; subject; sujet; titre; title")
"""What asks for the name of the person, or their function, where it does not say of what."""

VAGUE_TITLES = named("nom; name; objet; subject; action; session")
"""What is a title only where no other column is."""

ANSWERS = (("id", "heure debut", "heure fin"), ("id", "start time", "completion time"))
"""The first columns of a form's answers: when it was filled in, which says nothing of the event."""

NAME_OF_PERSON = named("nom; name")
TIME_OF = {"when.start_date": "when.start_time", "when.end_date": "when.end_time"}

SEARCHED = 40
"""Rows from the top among which the headings are looked for."""

LONGEST = 300
LEVELS = 5
"""Reasons for which a heading may mean a column."""

NEAR = 80
LIKENESS_OF_OURS = 0.75
"""Which part of the headings must be ours for a table to be one that we exported."""


@dataclass(frozen=True)
class Headings:
    """The headings of a sheet: the kind of its rows, and its columns by their number from 0.

    `ours` where we exported the table: then its cells hold Markdown and ids. `unknown` are the
    headings of no field, `doubled` those of a field that another column holds already.
    """

    kind: RecordSheet
    row: Row
    columns: Mapping[int, Column]
    ours: bool
    unknown: tuple[tuple[int, str], ...]
    doubled: tuple[tuple[int, Column], ...]

    def heading(self, number: int) -> str:
        """Return the words above a column."""
        return heading_words(self.row.cell(number))

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
    kinds = SHEETS if ours else (KINDS["event"],)
    rows = _rows(sheet, mapping, ours=ours)
    read = (
        _read(row, kind, mapping if kind.kind == "event" else {}, asking=not ours)
        for row in rows
        for kind in kinds
    )
    title = heading_key(sheet.name) if sheet.name else ""

    def worth(found: Headings) -> tuple[bool, bool, int]:
        return title in said_as(found.kind.title), found.ours, len(found.columns)

    return max(filter(None, read), key=worth, default=None)


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
    kind = KINDS["event"]
    texts = list(map(heading_words, lower.cells))
    new = [text for n, text in enumerate(texts) if text and lower.cells[n] != upper.cell(n)]
    known = all(any(_meanings(kind, text, mapping, asking=False)) for text in new)
    if not new or not known or lower.line != upper.line + 1:
        return None
    cells = [lower.cells[n] if text else upper.cell(n) for n, text in enumerate(texts)]
    return Row(lower.line, (*cells, *upper.cells[len(cells) :]), lower.starts)


def _read(
    row: Row, kind: RecordSheet, mapping: Mapping[str, Column], *, asking: bool
) -> Headings | None:
    """Return a row read as headings, which may be questions; None where it cannot be that."""
    headed = [(n, text) for n, cell in enumerate(row.cells) if (text := heading_words(cell))]
    aside = _about_the_answer(headed) if asking else frozenset()
    counted = {n: text for n, text in headed if n not in aside}
    found, doubled = _assigned(kind, counted, mapping, asking=asking)
    if len(found) < min(2, len(headed)) or len(found) * 4 < len(headed):
        return None
    taken = found.keys() | doubled.keys()
    unknown = tuple((n, text) for n, text in headed if n not in taken | aside)
    return Headings(kind, row, found, _is_ours(headed, found), unknown, tuple(doubled.items()))


def heading_words(content: Content) -> str:
    """Return the words of a heading; empty where the cell holds anything else."""
    if not isinstance(content, str) or len(content) > LONGEST:
        return ""
    return " ".join(content.split())


def _assigned(
    kind: RecordSheet, headed: Mapping[int, str], mapping: Mapping[str, Column], *, asking: bool
) -> tuple[dict[int, Column], dict[int, Column]]:
    """Return the columns of headings, and those that another column holds already.

    What is surest of all headings comes first, as `_meanings` has it.
    """
    found: dict[int, Column] = {}
    doubled: dict[int, Column] = {}
    meanings = {n: _meanings(kind, text, mapping, asking=asking) for n, text in headed.items()}
    keys = {n: heading_key(words_of_heading(text)) for n, text in headed.items()}
    numbers: dict[str, int] = {}
    for level in range(LEVELS):
        for number, meant in meanings.items():
            column = meant[level]
            if column is None or number in found:
                continue
            first = numbers.get(column.path)
            # "Début", "Début": a day, and its time beside it
            if first == number - 1 and keys[number - 1] == keys[number] and column.path in TIME_OF:
                column = kind.by_path[TIME_OF[column.path]]
            if column.path not in numbers or column.several:
                numbers.setdefault(column.path, number)
                found[number] = column
            elif not any(meant[level + 1 :]):
                doubled[number] = column
    doubled = {number: column for number, column in doubled.items() if number not in found}
    return dict(sorted(found.items())), doubled


def _meanings(
    kind: RecordSheet, text: str, mapping: Mapping[str, Column], *, asking: bool
) -> tuple[Column | None, ...]:
    """Return which column a heading means, for each reason to think so, the best one first.

    The kit maps it; it is ours; other people write it; a question of a form asks for it; it is a
    name that may be anybody's, and nothing else is a title.
    """
    key, path = heading_key(words_of_heading(text)), text.strip().casefold()
    mapped, theirs = mapping.get(heading_key(text)), _by_synonym(kind, key)
    ours = next(
        (c for c in kind.columns if path == c.path or (key and key in said_as(c.heading))), None
    )
    if asking and ours is None and key in VAGUE_TITLES:
        return mapped, None, None, None, theirs
    asked = None if not asking or mapped or ours or theirs else _asked(kind, text)
    return mapped, ours, theirs, asked, None


def _asked(kind: RecordSheet, text: str) -> Column | None:
    """Return the column that a question of a form is about."""
    ours = {key: column for column in kind.columns for key in said_as(column.heading)}
    keys = filter(None, _question_meanings(text))
    return next(filter(None, (ours.get(key) or _by_synonym(kind, key) for key in keys)), None)


def words_of_heading(text: str) -> str:
    """Return the words of a heading that a program made one of: dateDeDebut is date De Debut."""
    return text if " " in text.strip() else CAMEL.sub(" ", text)


def _by_synonym(kind: RecordSheet, key: str) -> Column | None:
    """Return the column that others head so; "lieu nom" is as good as "nom lieu"."""
    exact, sorted_ = _synonyms(kind.kind)
    return exact.get(key) or sorted_.get(" ".join(sorted(key.split())))


@cache
def _synonyms(kind: str) -> tuple[Mapping[str, Column], Mapping[str, Column]]:
    """Return the columns of a sheet by what others head them, and by its words in their order."""
    exact: dict[str, Column] = {}
    for column in KINDS[kind].columns:
        for name in column.synonyms:
            exact.setdefault(name, column)
    return exact, {" ".join(sorted(name.split())): column for name, column in exact.items()}


def _is_ours(headed: Sequence[tuple[int, str]], found: Mapping[int, Column]) -> bool:
    """Return whether we wrote the headings: with the column of ids, nearly all word for word."""
    exact = {
        found[n].path
        for n, text in headed
        if n in found and heading_key(text) in said_as(found[n].heading)
    }
    return "id" in exact and len(exact) >= max(3, LIKENESS_OF_OURS * len(headed))


def _question_meanings(heading: str) -> Iterator[str]:
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


def _about_the_answer(headings: Sequence[tuple[int, str]]) -> frozenset[int]:
    """Return the columns of a form that tell when it was filled in, and by whom."""
    keys = [heading_key(text) for _, text in headings[:3]]
    if tuple(keys) not in ANSWERS:
        return frozenset()
    names = [n for n, text in headings[3:6] if heading_key(text) in NAME_OF_PERSON]
    return frozenset([*(n for n, _ in headings[:3]), *names])


def nearest_column(head: Headings, heading: str) -> Column | None:
    """Return the free column that an unknown heading may mean, to offer it, never to take it."""
    names = {
        name: column
        for column in head.kind.columns
        if head.column(column.path) is None
        for name in (*said_as(column.heading), *column.synonyms)
        if len(name) > 2
    }
    key = heading_key(heading)
    found = process.extractOne(key, list(names), scorer=fuzz.WRatio, score_cutoff=NEAR)
    return names[found[0]] if found else None
