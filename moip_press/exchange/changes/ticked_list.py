"""What somebody decided: the page or workbook of changes, read back with its ticks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from moip_press.exchange.changes.proposal import Decision, Proposal
from moip_press.exchange.changes.tick_page import MARK
from moip_press.exchange.changes.tick_workbook import HEADINGS, KEY, TAKE
from moip_press.exchange.columns.column import YES_NO, heading_key, normal, said_as
from moip_press.report.diagnostics import Diagnostic, Message, Position, Report, Span
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, OverLimit, foreign, held, reason
from moip_press.system.limits import DECISIONS, MEGABYTE
from moip_press.system.tables.grid import Content, Refused, Row, Sheet, Workbook, blank

ZIP = b"PK\x03\x04"
NAME = re.compile(r"[0-9a-f]{20}")
NOT_OURS = Message(N_("This is no list of changes of moip-press."))
MAKE_ONE = Message(N_("Make one with --report, tick it, and give it to --apply."))


@dataclass(frozen=True)
class Choice:
    """A decision on a change, what it was called, and where it was made."""

    key: str
    decision: Decision
    label: str
    span: Span


@dataclass(frozen=True)
class Choices:
    """All decisions of a file; the report says what of it cannot be read."""

    choices: tuple[Choice, ...]
    report: Report = field(default_factory=Report)


def read_ticks(data: bytes, name: str) -> Choices:
    """Return the decisions of a page or workbook, called ``name`` in diagnostics."""
    if len(data) > DECISIONS.bytes:
        message = N_("The file is larger than {limit} MB.")
        return _refused(name, Message.of(message, limit=DECISIONS.bytes // MEGABYTE))
    try:
        return held(DECISIONS.held, _read, data, name)
    except (OverLimit, Broken) as error:
        return _refused(name, reason(error) or NOT_OURS)


def _read(data: bytes, name: str) -> Choices:
    if data.startswith(ZIP):
        # openpyxl is slow to import, and a page needs none of it
        from moip_press.system.tables.xlsx import read_workbook  # noqa: PLC0415

        try:
            return _of_workbook(read_workbook(data, name), name)
        except Refused as refusal:
            return Choices((), Report((refusal.diagnostic(name),)))
    page = _Page(name)
    with foreign("html.parser"):
        page.feed(data.decode("utf-8", errors="replace"))
    if len(page.choices) > DECISIONS.items:
        message = N_("There are more than {limit} boxes in it.")
        return _refused(name, Message.of(message, limit=DECISIONS.items))
    return Choices(tuple(page.choices)) if page.ours else _refused(name, NOT_OURS)


def _refused(name: str, message: Message) -> Choices:
    return Choices((), Report((Diagnostic.error("M509", Span.of_file(name), message, MAKE_ONE),)))


def decide(
    choices: Choices, proposal: Proposal
) -> tuple[Mapping[str, Decision], tuple[Diagnostic, ...]]:
    """Return what is decided of each change, and errors for changes that are no longer proposed.

    These are of another import, or the kit or the source has changed since.
    """
    known = proposal.changes
    decided = {c.key: c.decision for c in choices.choices if c.key in known}
    message = N_("“{label}”: the kit or the source has changed since this list was made.")
    hint = N_("Make a new list with --report. With --skip-bad, the other changes are made.")
    stale = tuple(
        Diagnostic.error(
            "M508", choice.span, Message.of(message, label=choice.label), Message(hint)
        )
        for choice in choices.choices
        if choice.key not in known and choice.decision is not Decision.LATER
    )
    return decided, stale


# --- pages ---------------------------------------------------------------------------------


class _Page(HTMLParser):
    """Collects the ticked boxes of a page."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.ours = False
        self.choices: list[Choice] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect a ticked box; the first element tells whether the page is ours."""
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.ours = given.get("data-format") == MARK
        key = given.get("name", "")
        if tag == "input" and "checked" in given and NAME.fullmatch(key):
            decision = Decision.NO if given.get("value") == "no" else Decision.YES
            line, column = self.getpos()
            at = Position(line, column + 1)
            span = Span(self.name, at, at)
            self.choices.append(Choice(key, decision, given.get("data-label", key), span))


# --- workbooks -----------------------------------------------------------------------------


def _of_workbook(book: Workbook, name: str) -> Choices:
    for sheet in book.sheets:
        for row in sheet.rows[:5]:
            columns = {
                heading: number
                for heading in HEADINGS
                for number, cell in enumerate(row.cells)
                if isinstance(cell, str) and heading_key(cell) in said_as(heading)
            }
            if TAKE in columns and KEY in columns:
                return _of_rows(sheet, row.line, columns)
    return _refused(name, NOT_OURS)


def _of_rows(sheet: Sheet, head: int, columns: Mapping[str, int]) -> Choices:
    """Return the decisions in the rows below the line ``head``, which has the headings."""
    choices: list[Choice] = []
    faults: list[Diagnostic] = []
    for row in sheet.rows:
        key = str(row.cell(columns[KEY]) or "").strip()
        if row.line <= head or not NAME.fullmatch(key):
            continue
        place = sheet.place(row, columns[TAKE])
        content = row.cell(columns[TAKE])
        decision = _decision(content)
        if decision is not None:
            label = " — ".join(_labels(row, columns)) or key
            choices.append(Choice(key, decision, label, place.span))
            continue
        message = N_("{place}: “{text}” is neither yes nor no.")
        said = Message.of(message, place=place.name, text=str(content)[:60])
        hint = Message(N_("Choose yes or no, or leave it empty."))
        faults.append(Diagnostic.error("M510", place.span, said, hint))
    return Choices(tuple(choices), Report.of(faults))


def _labels(row: Row, columns: Mapping[str, int]) -> Iterator[str]:
    for heading in (HEADINGS[1], HEADINGS[3]):
        text = str(row.cell(columns[heading]) or "") if heading in columns else ""
        if text.strip():
            yield " ".join(text.split())


def _decision(content: Content) -> Decision | None:
    """Return what a cell says: nothing, yes or no; None for anything else."""
    if blank(content):
        return Decision.LATER
    text = content if isinstance(content, bool | str) else str(content).removesuffix(".0")
    said = normal(YES_NO, text)
    if isinstance(said, bool):
        return Decision.YES if said else Decision.NO
    return None
