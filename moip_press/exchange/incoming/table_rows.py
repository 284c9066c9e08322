"""One row of a table as a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from moip_press.exchange.columns.column import Column, Form, from_cell, heading_key
from moip_press.exchange.columns.column_spellings import BOOKKEEPING
from moip_press.exchange.columns.record_sheets import KINDS
from moip_press.exchange.incoming.batch import Incoming, Value
from moip_press.exchange.incoming.cell_moments import notation_of
from moip_press.exchange.incoming.date_cells import (
    DATE_PATHS,
    DAYS,
    FIRST,
    LAST,
    START,
    TIMES,
    ImpossibleDate,
    date_of_cells,
    fault_message,
)
from moip_press.exchange.incoming.event_dates import put_timetable, put_when
from moip_press.exchange.incoming.foreign_cells import ForeignCells
from moip_press.exchange.incoming.foreign_text import plain_lines
from moip_press.exchange.incoming.import_job import Draft, Fields, ImportJob, quoted
from moip_press.exchange.incoming.table_headings import Headings
from moip_press.exchange.incoming.table_layouts import day_of, first_day
from moip_press.kit.when import When, WhenError, parse_event_when
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.tables.grid import Content, Fault, Linked, Place, Row, Sheet, blank, text_of

DATES = frozenset({"when", "postponed_to"})
NOT_VALUES = frozenset({"id", "section", *DATE_PATHS})
SESSION_STATUS = KINDS["session"].by_path["status"]
FAULTY = N_("Correct the formula, or write its value in its place, and save the file.")


def own_value(column: Column, content: Content) -> Value:
    """Return the value of a cell of our own table; an empty cell has what it means there."""
    value = from_cell(column, text_of(content))
    if value is not None:
        return value
    if column.default is not None:
        return column.default
    return () if column.form in (Form.LINES, Form.PROSES) else ""


class Rows:
    """Reads the rows below the headings of a sheet.

    `seen` has the keys of the records that were read so far, each with the name of its place, of an
    event with its title.
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
        self.foreign = ForeignCells(head, job)
        self.rows = [row for row in sheet.rows if row.line > head.row.line]
        numbers = [n for n, column in head.columns.items() if column.path in DATE_PATHS]
        texts = [c for row in self.rows for n in numbers if isinstance(c := row.cell(n), str)]
        self.notation = notation_of(job, sheet.epoch, texts)
        self.section = None if ours else job.sections.find(sheet.name)
        self.stamps = {n for n, text in head.unknown if heading_key(text) in BOOKKEEPING}
        """Columns that change though nothing changes for readers."""
        self.last: When | None = None
        self.day = None if ours else first_day(sheet, head.row.line, job, self.notation)

    def records(self) -> Iterator[Incoming]:
        """Yield the records; of those that cannot be read, the report says why."""
        for row in self.sheet.rows:
            if row.line <= self.head.row.line and row != self.head.row and not self.ours:
                self._leave(row, N_("above the headings"))
        for number, row in enumerate(self.rows):
            after = self.rows[number + 1] if number + 1 < len(self.rows) else None
            if row.cells == self.head.row.cells or self._is_separator(row, after):
                continue
            record = _Row(self, row).read()
            if record is not None:
                yield record

    def _is_separator(self, row: Row, after: Row | None) -> bool:
        """Take a row of nothing but a day, or the title of a section, as that of those below."""
        if self.ours or not row.alone:
            return False
        day = day_of(row.alone, self.notation)
        dates = [number for path in (DAYS, FIRST) if (number := self.head.column(path)) is not None]
        if day and after and all(blank(after.cell(number)) for number in dates):
            self.day = day
            return True
        section = self.job.sections.find(row.alone)
        if section is not None:
            self.section = section
        return section is not None

    def _leave(self, row: Row, why: str) -> None:
        """List the cells of a row that is none of a record, unless they say the day."""
        if not (self.day and day_of(row.alone, self.notation)):
            for number, cell in enumerate(row.cells):
                if not blank(cell):
                    name = self.job.catalogue.gettext(why)
                    self.job.leave(name, self.sheet.place(row, number), told=True)


class _Row:
    def __init__(self, rows: Rows, row: Row) -> None:
        self.rows = rows
        self.row = row
        self.job = rows.job
        self.kind = rows.head.kind.kind
        title = rows.head.column("title")
        self.place = rows.sheet.place(row, title or 0)
        self.fields = Fields(dict(enumerate(row.cells)))
        self.draft = Draft(self.kind, places={"": self.place})

    def cell(self, path: str) -> Content:
        """Return the content of a column, which is read now."""
        number = self.rows.head.column(path)
        content: Content = None if number is None else self.fields.take(number)
        return content

    def at(self, path: str) -> Place:
        number = self.rows.head.column(path)
        if number is None and path == DAYS:
            number = self.rows.head.column(FIRST)
        return self.place if number is None else self.rows.sheet.place(self.row, number)

    def read(self) -> Incoming | None:
        """Return the record; None, and why, where it cannot be one."""
        filled = [c.path for n, c in self.rows.head.columns.items() if not blank(self.row.cell(n))]
        inherits = self.rows.sheet.grid or self.rows.day is not None
        if filled == ["title"] and inherits and not self.rows.ours:
            self._leave_heading()
            return None
        if not filled or not (self._titled() and self._keyed()):
            self._list_left(whole=bool(filled))
            return None
        self._values()
        # both are looked at, so that one run reports all that is wrong
        whole = self._section()
        dated = self.kind != "event" or self._dated()
        self._list_left(whole=not (whole and dated))
        return self.draft.record(self.fields.digest(self.rows.stamps)) if whole and dated else None

    def _leave_heading(self) -> None:
        """Report a row of a title alone, in a table that does not say the day in each row."""
        words = quoted(text_of(self.cell("title")))
        message = Message.of(N_("“{text}” stands alone in its row: it is no event."), text=words)
        self.job.warn("M208", self.place, message, N_("If it is one, give it hours, or a date."))

    def _list_left(self, *, whole: bool) -> None:
        """List the values of columns that are not read; those with a heading are told already.

        Of a row that is left out as a `whole`, a finding says so.
        """
        for (number,) in () if whole else self.fields.left():
            name = self.rows.head.heading(number)
            place = self.rows.sheet.place(self.row, number)
            self.job.leave(name or self.job.column_name(place, number), place, told=bool(name))

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
            self.job.miss("M201", place, N_("This row has no title."), hint)
            return False
        self.draft.put("title", title, place)
        if isinstance(cell, Linked):
            self.draft.pieces[f"link {self.rows.head.column('title')}"] = (cell.url, place)
        return True

    def _keyed(self) -> bool:
        """Read what the row is known by; a second row of the same key is reported."""
        cell, place = self.cell("id"), self.at("id")
        uid = text_of(cell).strip()
        if not uid or isinstance(cell, Fault):
            return True
        self.draft.uid = uid
        if self.kind == "event":
            first = self.rows.seen.setdefault((self.kind, uid), self.draft.title)
            if self.rows.ours or first == self.draft.title:  # a row of another session of it
                return True
        elif self.rows.seen.setdefault((self.kind, uid), place.cell) == place.cell:
            return True
        message = Message.of(N_("“{uid}” is the key of another row already."), uid=quoted(uid))
        self.job.error("M205", place, message, N_("Empty this cell in the row that is new."))
        return False

    def _values(self) -> None:
        for number, column in self.rows.head.columns.items():
            if column.path in NOT_VALUES or (column.path == "title" and self.kind == "event"):
                continue
            content = self.fields.take(number)
            place = self.rows.sheet.place(self.row, number)
            if isinstance(content, Fault):
                self.job.warn("M204", place, fault_message(content), FAULTY)
            elif column.path in DATES:
                self._second_date(column.path, content, place)
            elif self.rows.ours and column.written:
                read = SESSION_STATUS if column.path == "status" else column
                self.draft.values[column.path] = own_value(read, content)
                self.draft.places[column.path] = place
            else:
                self.rows.foreign.put(self.draft, number, content, place)
        self.rows.foreign.compose(self.draft)

    # where it belongs

    def _section(self) -> bool:
        text = text_of(self.cell("section")).strip()
        if self.kind != "event":
            self.draft.section = text or None
            return True
        sections = self.job.sections
        if not text:
            found = None if self.rows.ours else sections.find(self.draft.text("theme"))
            self.draft.section = found or self.rows.section or sections.usual
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
        clean = {path: plain_lines(c) if isinstance(c, str) else c for path, c in cells.items()}
        day = self.rows.day or self._day_above(clean)
        try:
            found = date_of_cells(clean, self.rows.notation, day)
        except ImpossibleDate as error:
            hint = FAULTY if isinstance(cells.get(error.path), Fault) else error.hint
            self.job.error("M202", self.at(error.path), error.message, hint, of=self.draft)
            return False
        for doubt in found.doubts:
            place = self.at(doubt.path)
            self.job.warn(doubt.code, place, doubt.message, of=self.draft, cause=doubt.cause)
        for zone in self.rows.notation.far:
            message = Message.of(N_("Its times are those of another zone: {zone}."), zone=zone)
            hint = N_("They are imported as they are there.")
            self.job.warn("M407", self.at(found.path), message, hint, of=self.draft)
        self.rows.notation.far.clear()
        for label, words, path in found.remarks:
            said = self.job.labelled(label, self.job.prose(words, self.at(path)))
            self.draft.add_note(said, self.at(path))
        place = self.at(found.path)
        if found.when is not None and found.when.kind == "day":
            self.rows.last = found.when
        if found.when is not None:
            return put_when(self.draft, found.when, self.job, place)
        return put_timetable(self.draft, found.occurrences, self.job, place)

    def _day_above(self, cells: Mapping[str, Content]) -> When | None:
        """Return the day of the row above for one of hours alone: it is not written again."""
        dated = any(not blank(cells[path]) for path in (DAYS, FIRST, LAST))
        timed = any(not blank(cells[path]) for path in (TIMES, START))
        if dated or not timed or self.rows.last is None or self.rows.ours:
            return None
        sentence = N_("It has no day of its own: that of the row above is taken, {day}.")
        message = Message.of(sentence, day=self.rows.last.start.isoformat())
        cause = N_("They have no day of their own: that of the row above is taken.")
        self.job.warn("M209", self.at(DAYS), message, of=self.draft, cause=cause)
        return When("day", self.rows.last.days)

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
            self.job.warn("M402", place, error.message, error.hint, of=self.draft)
            return
        if found.when is not None and found.when.known:
            put_when(self.draft, found.when, self.job, place, path)
