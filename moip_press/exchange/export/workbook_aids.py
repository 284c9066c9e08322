"""What helps contributors to fill in the workbook: its first sheet, and its drop-downs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from moip_press.exchange.columns import Column, Form, Sheet
from moip_press.exchange.columns.cell_text import NO, YES
from moip_press.exchange.export.exported import Exported
from moip_press.kit import selection
from moip_press.proofread.names.place_names import REGIONS
from moip_press.report.messages import N_, NP_
from moip_press.text.folding import fold

RULES = (
    (N_("Change"), N_("Write in the white cells; what you leave alone stays as it is.")),
    (N_("Add"), N_("Fill in the first empty row below the others. Leave its grey cells empty.")),
    (N_("Cancel"), N_("Choose “cancelled” in the column Status, and leave the row where it is.")),
    (
        N_("Grey cells"),
        N_(
            "By them each row is found again. They are protected, without a password, so that "
            "nothing happens to them by accident."
        ),
    ),
    (N_("Dates"), N_("Write them as you say them: 16 November, 9:30-12:30; 4 and 5 November.")),
    (
        N_("Texts"),
        N_(
            "Alt+Enter begins a line. An empty line parts two paragraphs; **bold**, *italic*, "
            "[words](https://…) and lines that begin with “- ” are printed as such."
        ),
    ),
    (N_("Several names"), N_("One a line, in the same cell.")),
    (
        N_("Send back"),
        N_(
            "Save as XLSX, and send the file to whoever sent it to you: “moip-press import” shows "
            "each change before anything is written."
        ),
    ),
)
OF_SESSIONS = (
    N_("Sessions"),
    N_(
        "A row is a session: what stands there of the event is the same in all its rows, and is "
        "changed in one of them. To add a session, copy a row of its event, write another date, "
        "and empty its “Session identifier”."
    ),
)
BLOCKS_OF = {
    "lab": ("labs",),
    "directory": ("directory",),
    "item": ("key-figures", "cards", "missions"),
}
CONTAINERS = {"event": "section", "block": "article", "exchange": "interview"}


@dataclass(frozen=True)
class Line:
    """A line of the first sheet: its text, and what stands beside it; ``target`` is a sheet."""

    text: str = ""
    style: str = "words"
    beside: str = ""
    target: str = ""


def first_sheet(exported: Exported, sheets: Sequence[tuple[Sheet, int]]) -> Iterator[Line]:
    """Yield the lines: the kit, the rules, and the sheets with their numbers of rows."""
    say = exported.catalogue.gettext
    yield Line(str(exported.kit.edition.title), "title")
    for reserve in exported.reserves:
        yield Line(reserve, "reserve")
    yield Line()
    yield Line(say(N_("How to fill in this workbook")), "heading")
    for name, rule in (*RULES[:2], *([OF_SESSIONS] if exported.sessions else []), *RULES[2:]):
        yield Line(say(name), "name", say(rule))
    yield Line()
    yield Line(say(N_("The sheets")), "heading")
    for sheet, count in sheets:
        rows = exported.catalogue.ngettext(*NP_("{count} row", "{count} rows"), count)
        beside = f"{say(sheet.note)} ({rows.format(count=count)})"
        yield Line(say(sheet.title), "link", beside, say(sheet.title))


# --- drop-downs -----------------------------------------------------------------------------


@dataclass(frozen=True)
class DropDown:
    """What a cell may hold: ``words``; others too where it is ``open``."""

    words: tuple[str, ...]
    open: bool = False


def drop_down(exported: Exported, sheet: Sheet, column: Column) -> DropDown | None:
    """Return the drop-down of a column; none where one writes what one likes."""
    if column.path == "section":
        return DropDown(tuple(_containers(exported, sheet.kind)))
    if column.form is Form.YES_NO:
        return DropDown(tuple(map(exported.catalogue.gettext, (YES, NO))))
    if column.choices:
        labels = (choice.label for choice in column.choices)
        return DropDown(tuple(map(exported.catalogue.gettext, labels)))
    if column.path in ("region", "theme"):
        return DropDown(tuple(_used(exported, column.path)), open=True)
    return None


def _containers(exported: Exported, kind: str) -> Iterable[str]:
    """Return what a record of a kind may stand in."""
    if kind in CONTAINERS:
        return (row.uid for row in exported.rows[CONTAINERS[kind]])
    types = BLOCKS_OF[kind]
    return (row.uid for row in exported.rows["block"] if row.record.type in types)


def _used(exported: Exported, key: str) -> Iterable[str]:
    """Return the official regions and those in use, or the themes in use, sorted."""
    known = set(selection.values_of(exported.kit, key))
    if key == "region":
        labs = (row.values.get("region") for row in exported.rows["lab"])
        known |= {str(name) for name in labs if name}
        edition = exported.kit.edition
        country = edition.country or {"fr": "FR"}.get(edition.language, "")
        known |= set(REGIONS.values() if country.upper() == "FR" else ())
    return sorted(known, key=fold)
