"""The first sheet of the workbook: what it is, and how it is filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moip_press.exchange.columns import Sheet
from moip_press.exchange.export.programme import Exported
from moip_press.report.messages import N_, NP_

RULES = (
    (
        N_("Change"),
        N_("Write in the white cells; what you leave alone stays as it is."),
    ),
    (
        N_("Add"),
        N_("Fill in the first empty row below the others. Leave its grey cells empty."),
    ),
    (
        N_("Cancel"),
        N_("Choose “cancelled” in the column Status, and leave the row where it is."),
    ),
    (
        N_("Grey cells"),
        N_(
            "By them each row is found again. They are protected, without a password, so that "
            "nothing happens to them by accident."
        ),
    ),
    (
        N_("Dates"),
        N_("Write them as you say them: 16 November, 9:30-12:30; 4 and 5 November."),
    ),
    (
        N_("Texts"),
        N_(
            "Alt+Enter begins a line. An empty line parts two paragraphs; **bold**, *italic*, "
            "[words](https://…) and lines that begin with “- ” are printed as such."
        ),
    ),
    (
        N_("Several names"),
        N_("One a line, in the same cell."),
    ),
    (
        N_("Send back"),
        N_(
            "Save as XLSX, and send the file to whoever sent it to you: “moip-press import” shows "
            "each change before anything is written."
        ),
    ),
)


@dataclass(frozen=True)
class Line:
    """A line of the first sheet: its text, and what stands beside it; ``target`` is a sheet."""

    text: str = ""
    style: str = "words"
    beside: str = ""
    target: str = ""


def guide(exported: Exported, sheets: Sequence[tuple[Sheet, int]]) -> Iterator[Line]:
    """Yield the lines: the kit, the rules, and the sheets with their numbers of rows."""
    say = exported.catalogue.gettext
    yield Line(str(exported.kit.edition.title), "title")
    for reserve in exported.reserves:
        yield Line(reserve, "reserve")
    yield Line()
    yield Line(say(N_("How to fill in this workbook")), "heading")
    for name, rule in RULES:
        yield Line(say(name), "name", say(rule))
    yield Line()
    yield Line(say(N_("The sheets")), "heading")
    for sheet, count in sheets:
        rows = exported.catalogue.ngettext(*NP_("{count} row", "{count} rows"), count)
        beside = f"{say(sheet.note)} ({rows.format(count=count)})"
        yield Line(say(sheet.title), "link", beside, say(sheet.title))
