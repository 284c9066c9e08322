"""Tables whose rows do not say all: days above the rows, hours by days as a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from moip_press.exchange.columns.column import heading_key, named
from moip_press.exchange.incoming.cell_moments import (
    Notation,
    UnreadableTime,
    notation_of,
    time_slots,
)
from moip_press.exchange.incoming.import_job import ImportJob
from moip_press.kit.when import When, WhenError, parse_when
from moip_press.report.diagnostics import lines_of
from moip_press.system.tables.grid import Content, Place, Repeated, Row, Sheet, blank, text_of

LONGEST = 200
BETWEEN = re.compile(r"\s+[–—|-]\s+|\s*:\s+|\s*[()]\s*")
HYPHEN = re.compile(r"\s*(?:[-–]|\bà\b|\bto\b)\s*")
CORNER = named(
    "horaire; heure; hours; time; jour; date; day; créneau; horaires / jours; salle; lieu"
)
"""What may stand in the first cell of a grid."""

SEARCHED = 40
DAYS, HOURS, PLACES = "Date", "Horaires", "Lieu"
"""What the lines of a grid may be, by the heading that says so in a list."""

HEADINGS = ("Titre", "Description", DAYS, HOURS, PLACES)


def day_of(words: str, notation: Notation) -> When | None:
    """Return the one day that a title says, such as "Mardi 17 novembre – Rennes"."""
    if len(words) > LONGEST or not re.search("[0-9]", words):
        return None
    for piece in dict.fromkeys([words, *BETWEEN.split(words)]):
        text = notation.unambiguous(piece.strip(" .,:"))
        for language in notation.languages(text):
            try:
                when = parse_when(text, language, notation.period)
            except WhenError:
                continue
            if when.kind == "day" and not when.slots:
                return when
    return None


def first_day(sheet: Sheet, line: int, job: ImportJob, notation: Notation) -> When | None:
    """Return the day of rows that have none: asked for, above the headings, or the sheet's name."""
    if job.day is not None:
        return When("day", (job.day,))
    above = [row.alone for row in sheet.rows if row.line <= line]
    days = (day_of(words, notation) for words in (*above[::-1], sheet.name))
    return next(filter(None, days), None)


def laid_out(sheet: Sheet, job: ImportJob) -> Sheet | None:
    """Return a sheet without headings as a list: a grid, or hours with what begins then."""
    notation = notation_of(job, sheet.epoch, ())
    day = first_day(sheet, 1 + sheet.rows[-1].line, job, notation) if sheet.rows else None
    return list_of_grid(sheet, notation, dated=day is not None) or _list_of_hours(sheet, notation)


def _list_of_hours(sheet: Sheet, notation: Notation) -> Sheet | None:
    """Return rows of an hour and a title, without headings, as a list; None where they are not."""
    timed = [number for number, row in enumerate(sheet.rows) if _hour_and_title(row, notation)]
    if len(timed) < 2 or 2 * len(timed) < len(sheet.rows):
        return None
    above, rows = sheet.rows[: timed[0]], sheet.rows[timed[0] :]
    head = Row(rows[0].line - 1, (HOURS, HEADINGS[0]))
    return replace(sheet, rows=(*above, head, *rows))


def _hour_and_title(row: Row, notation: Notation) -> bool:
    hour, title = text_of(row.cell(0)).strip(), row.cell(1)
    return bool(hour) and _is_hours(hour, notation) and isinstance(title, str) and not blank(title)


@dataclass(frozen=True)
class Axis:
    """The labels along one side of a grid, by their row or column, and what they are."""

    kind: str
    labels: Mapping[int, str]


def list_of_grid(sheet: Sheet, notation: Notation, *, dated: bool) -> Sheet | None:
    """Return a sheet of hours by days, or by places of a day, as a list; None where it is none.

    In a grid of a single day, which has no days along its sides, the day has to be known
    (`dated`).
    """
    for number, row in enumerate(sheet.rows[:SEARCHED]):
        below = sheet.rows[number + 1 :]
        across = _axis({n: cell for n, cell in enumerate(row.cells) if n}, notation)
        down = _axis({n: each.cell(0) for n, each in enumerate(below)}, notation)
        kinds = {across.kind, down.kind}
        timed = kinds in ({DAYS, HOURS}, {DAYS, PLACES}, {HOURS, PLACES} if dated else None)
        corner = heading_key(text_of(row.cell(0)))
        if timed and len(across.labels) > 1 and (not corner or corner in CORNER):
            head = Row(row.line, HEADINGS)
            rows = [*sheet.rows[:number], head, *_events(sheet, below, across, down)]
            return replace(sheet, rows=tuple(rows), grid=True)
    return None


def _axis(cells: Mapping[int, Content], notation: Notation) -> Axis:
    """Return the labels of cells, which are all days, mostly hours, or else places."""
    labels = {n: text_of(cell).strip() for n, cell in cells.items() if not blank(cell)}
    days = sum(day_of(text, notation) is not None for text in labels.values())
    hours = sum(_is_hours(text, notation) for text in labels.values())
    if labels and days == len(labels):
        return Axis(DAYS, labels)
    # "Matin" among hours is one too; what cannot be read becomes a note
    return Axis(HOURS if 2 * hours > len(labels) else PLACES, labels)


def _is_hours(text: str, notation: Notation) -> bool:
    try:
        return bool(time_slots(text, notation.language))
    except UnreadableTime:
        return False


def _events(sheet: Sheet, rows: Sequence[Row], across: Axis, down: Axis) -> Iterator[Row]:
    """Yield a row of a list for each cell of a grid; one that spans several rows is one."""
    beside = ""
    for number, row in enumerate(rows):
        beside = down.labels.get(number, beside)
        filled = [n for n, cell in enumerate(row.cells) if n and not blank(cell)]
        if not filled:  # a remark below the grid
            yield Row(row.line, (beside,), places=(sheet.place(row, 0),))
        for column in filled:
            if isinstance(row.cell(column), Repeated):
                continue
            title, *text = lines_of(text_of(row.cell(column)).strip())
            spanned = [beside, *_covered(rows, number, column, down)]
            said = {across.kind: across.labels.get(column, ""), down.kind: _spanned(spanned)}
            cells = (title, "\n".join(text), *(said.get(each, "") for each in HEADINGS[2:]))
            yield Row(row.line, cells, places=_places(sheet, row, column, down.kind))


def _covered(rows: Sequence[Row], number: int, column: int, down: Axis) -> Iterator[str]:
    """Yield the labels of the rows below that a cell covers too."""
    for below in range(number + 1, len(rows)):
        if not isinstance(rows[below].cell(column), Repeated):
            return
        yield down.labels.get(below, "")


def _spanned(labels: Sequence[str]) -> str:
    """Return "9h-10h", "10h-11h" as "9h-11h"; of bare beginnings, the first."""
    begins, ends = HYPHEN.split(labels[0]), HYPHEN.split(labels[-1])
    return f"{begins[0]}-{ends[1]}" if len(begins) == len(ends) == 2 else labels[0]


def _places(sheet: Sheet, row: Row, column: int, down: str) -> tuple[Place, ...]:
    here, beside = sheet.place(row, column), sheet.place(row, 0)
    return (here, here, *(beside if each == down else here for each in HEADINGS[2:]))
