"""One row of a table as a record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.exchange import columns
from moip_press.exchange.columns import Column, Form, heading_key
from moip_press.exchange.incoming.batch import Incoming, Place, Value
from moip_press.exchange.incoming.date_cells import (
    DATE_PATHS,
    DAYS,
    FIRST,
    ImpossibleDate,
    Notation,
    date_of_cells,
    day_first,
    fault_message,
)
from moip_press.exchange.incoming.event_dates import put_timetable, put_when
from moip_press.exchange.incoming.foreign_text import WEB_ADDRESS, first_link, from_plain
from moip_press.exchange.incoming.grid import Content, Fault, Row, Sheet, blank, text_of
from moip_press.exchange.incoming.import_job import Draft, ImportJob, quoted
from moip_press.exchange.incoming.table_headings import Headings
from moip_press.kit.when import WhenError, parse_event_when
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_

LINKS = frozenset({"link", "registration"})
ALWAYS_BETWEEN = re.compile(r"\s*(?:\n|;|\||\s/\s)\s*")
LIST = re.compile(r"\s*,\s*(?:et\s+|and\s+)?|\s+et\s+|\s+and\s+|\s+&\s+")
INITIALS = re.compile(r"[A-ZÀ-Þ0-9][A-ZÀ-Þ0-9&./-]{1,9}")
MOST_LINES = 200
DATES = frozenset({"when", "postponed_to"})
NOT_VALUES = frozenset({"id", "section", *DATE_PATHS})
FAULTY = N_("Correct the formula, or write its value in its place, and save the file.")


def own_value(column: Column, content: Content) -> Value:
    """Return the value of a cell of our own table; an empty cell has what it means there."""
    value = columns.from_cell(column, text_of(content))
    if value is not None:
        return value
    if column.default is not None:
        return column.default
    return () if column.form in (Form.LINES, Form.PROSES) else ""


class ForeignCells:
    """Reads the cells of other people's tables for one kit."""

    def __init__(self, job: ImportJob) -> None:
        self.job = job
        self.organisers = {
            heading_key(name) for event in job.kit.events() for name in event.organisers
        }

    def value(self, column: Column, content: Content, place: Place) -> Value | None:
        """Return the value of a cell; None where it is empty or left out, which is reported."""
        text = text_of(content)
        if not text.strip():
            return None
        if column.path in LINKS:
            return self._link(text, place)
        match column.form:
            case Form.PROSE:
                return from_plain(self.job.clean(text, place))
            case Form.PROSES:
                note = from_plain(self.job.clean(text, place))
                return (note,) if note else None
            case Form.LINES:
                return self._names(self.job.clean(text, place))
            case Form.YES_NO | Form.CHOICE:
                return self._chosen(column, text, place)
            case _:
                return self.job.line(text, place)

    def _link(self, text: str, place: Place) -> str | None:
        found = first_link(text)
        if found is None and len(text.strip()) > 1:
            sentence = N_("“{text}” has no address that leads anywhere: it is left out.")
            hint = N_("Write a whole address, such as https://example.org.")
            self.job.warn("M402", place, Message.of(sentence, text=quoted(text)), hint)
        return found

    def _chosen(self, column: Column, text: str, place: Place) -> Value | None:
        value = columns.from_cell(column, text)
        choices = [choice.value for choice in column.choices]
        if isinstance(value, bool) or value in choices:
            return value
        if column.path == "online" and WEB_ADDRESS.search(text):
            return True
        offered = "oui, non" if column.form is Form.YES_NO else ", ".join(choices)
        self.job.warn(
            "M402",
            place,
            Message.of(
                N_("“{text}” is no answer that is known in the column “{column}”: it is left out."),
                text=quoted(text),
                column=Message(column.heading),
            ),
            Message.of(N_("Write one of these: {words}."), words=offered),
        )
        return None

    def _names(self, text: str) -> tuple[str, ...]:
        names = [n.strip(" ,;•-–") for n in ALWAYS_BETWEEN.split(text)[:MOST_LINES]]
        parts = [part for name in names if name for part in self._parts(name)]
        return tuple(dict.fromkeys(parts))

    def _parts(self, name: str) -> list[str]:
        """Return the names of a list "a, b et c"; a name may itself hold a comma, or an "et"."""
        parts = [" ".join(part.split()) for part in LIST.split(name) if part.strip()]
        known = sum(bool(INITIALS.fullmatch(p)) or heading_key(p) in self.organisers for p in parts)
        capitals = all(part[0].isupper() or part[0].isdigit() for part in parts)
        if len(parts) > 1 and (known == len(parts) or (capitals and 2 * known >= len(parts) > 2)):
            return parts
        return [" ".join(name.split())]


class Rows:
    """Reads the rows below the headings of a sheet.

    `seen` has the keys of the records that were read so far, each with the name of its place.
    """

    def __init__(
        self,
        sheet: Sheet,
        head: Headings,
        job: ImportJob,
        seen: dict[tuple[str, str], str],
        *,
        ours: bool,
    ) -> None:
        self.sheet = sheet
        self.head = head
        self.job = job
        self.seen = seen
        self.ours = ours
        self.foreign = ForeignCells(job)
        self.rows = [row for row in sheet.rows if row.line > head.row.line]
        self.notation = self._notation()
        self.heading_section = None if ours else job.sections.find(sheet.name)

    def _notation(self) -> Notation:
        numbers = [n for n, c in self.head.columns.items() if c.path in DATE_PATHS]
        texts = [c for row in self.rows for n in numbers if isinstance(c := row.cell(n), str)]
        job = self.job
        country = str(job.kit.edition.country) if job.kit.edition.country else None
        order = day_first(texts, job.language, country)
        return Notation(job.language, job.period, self.sheet.epoch, job.zone, order)

    def records(self) -> Iterator[Incoming]:
        """Yield the records; of those that cannot be read, the report says why."""
        for row in self.rows:
            if self._is_separator(row) or row.cells == self.head.row.cells:
                continue
            record = _Row(self, row).read()
            if record is not None:
                yield record

    def _is_separator(self, row: Row) -> bool:
        """Take a row of nothing but the title of a section for the heading of those below."""
        filled = {str(cell).strip() for cell in row.cells if not blank(cell)}
        if self.ours or len(filled) != 1:
            return False
        section = self.job.sections.find(filled.pop())
        if section is not None:
            self.heading_section = section
        return section is not None


class _Row:
    def __init__(self, rows: Rows, row: Row) -> None:
        self.rows = rows
        self.row = row
        self.job = rows.job
        self.kind = rows.head.kind.kind
        title = rows.head.column("title")
        self.place = rows.sheet.place(row, title or 0)
        self.draft = Draft(self.kind, places={"": self.place})

    def cell(self, path: str) -> Content:
        number = self.rows.head.column(path)
        return None if number is None else self.row.cell(number)

    def at(self, path: str) -> Place:
        number = self.rows.head.column(path)
        if number is None and path == DAYS:
            number = self.rows.head.column(FIRST)
        return self.place if number is None else self.rows.sheet.place(self.row, number)

    def read(self) -> Incoming | None:
        """Return the record; None, and why, where it cannot be one."""
        if all(blank(self.row.cell(number)) for number in self.rows.head.columns):
            return None  # only cells below headings that are not read
        if not (self._titled() and self._keyed()):
            return None
        self._values()
        # both are looked at, so that one run reports all that is wrong
        whole = self._section()
        dated = self.kind != "event" or self._dated()
        return self.draft.record if whole and dated else None

    def _titled(self) -> bool:
        """Read the title of an event, without which there is none."""
        if self.kind != "event":
            return True
        cell, place = self.cell("title"), self.at("title")
        if isinstance(cell, Fault):
            self.job.error("M201", place, fault_message(cell), FAULTY)
            return False
        if self.rows.ours:
            title = str(own_value(self.rows.head.kind.by_path["title"], cell))
        else:
            title = self.job.line(text_of(cell), place)
        if not title:
            hint = N_("Write one, or empty the row.")
            self.job.error("M201", place, N_("This row has no title."), hint)
            return False
        self.draft.put("title", title, place)
        return True

    def _keyed(self) -> bool:
        """Read what the row is known by; a second row of the same key is reported."""
        uid, place = text_of(self.cell("id")).strip(), self.at("id")
        if not uid or isinstance(self.cell("id"), Fault):
            return True
        self.draft.uid = uid
        if self.rows.seen.setdefault((self.kind, uid), place.cell) == place.cell:
            return True
        message = Message.of(N_("“{uid}” is the key of another row already."), uid=quoted(uid))
        self.job.error("M205", place, message, N_("Empty this cell in the row that is new."))
        return False

    def _values(self) -> None:
        for number, column in self.rows.head.columns.items():
            if column.path in NOT_VALUES or (column.path == "title" and self.kind == "event"):
                continue
            content, place = self.row.cell(number), self.rows.sheet.place(self.row, number)
            if isinstance(content, Fault):
                self.job.warn("M204", place, fault_message(content), FAULTY)
            elif column.path in DATES:
                self._second_date(column.path, content, place)
            elif self.rows.ours:
                self.draft.values[column.path] = own_value(column, content)
                self.draft.places[column.path] = place
            else:
                self.draft.put(column.path, self.rows.foreign.value(column, content, place), place)

    # where it belongs

    def _section(self) -> bool:
        text = text_of(self.cell("section")).strip()
        if self.kind != "event":
            self.draft.section = text or None
            return True
        sections = self.job.sections
        if not text:
            found = None if self.rows.ours else sections.find(self.draft.text("theme"))
            self.draft.section = found or self.rows.heading_section or sections.usual
            return True
        self.draft.section = sections.find(text)
        if self.draft.section is None:
            near = sections.nearest(text)
            known = Message.of(N_("The sections are: {names}."), names=", ".join(sections.ids))
            meant = Message.of(N_("Did you mean “{word}”?"), word=near)
            message = Message.of(N_("There is no section “{name}” in the kit."), name=quoted(text))
            self.job.error("M203", self.at("section"), message, meant if near else known)
        return self.draft.section is not None

    # when it takes place

    def _dated(self) -> bool:
        cells = {path: self.cell(path) for path in DATE_PATHS}
        if self.rows.ours and self._as_typed(cells["when"]):
            return True
        try:
            found = date_of_cells(cells, self.rows.notation)
        except ImpossibleDate as error:
            hint = FAULTY if isinstance(self.cell(error.path), Fault) else error.hint
            self.job.error("M202", self.at(error.path), self.draft.naming(error.message), hint)
            return False
        for doubt in found.doubts:
            self.job.warn(doubt.code, self.at(doubt.path), self.draft.naming(doubt.message))
        place = self.at(found.path)
        if found.when is not None:
            return put_when(self.draft, found.when, self.job, place)
        return put_timetable(self.draft, found.occurrences, self.job, place)

    def _as_typed(self, cell: Content) -> bool:
        """Keep the words of a date of our own table, where they can be read."""
        if not isinstance(cell, str):
            return False
        text = " ".join(cell.split())
        try:
            parse_event_when(text, self.job.language, self.job.period)
        except WhenError:
            return False
        self.draft.put("when", text, self.at("when"))
        return True

    def _second_date(self, path: str, content: Content, place: Place) -> None:
        """Read the new date of an event that is postponed."""
        if blank(content):
            if self.rows.ours:
                self.draft.values[path] = ""
            return
        try:
            found = date_of_cells({"when": content}, self.rows.notation)
        except ImpossibleDate as error:
            self.job.warn("M402", place, self.draft.naming(error.message), error.hint)
            return
        if found.when is not None and found.when.known:
            put_when(self.draft, found.when, self.job, place, path)
