"""Changes as a workbook: a row a change, and a cell in each that says yes or no."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from moip_press.exchange.changes.change_words import ChangeWords, new_values, values_beside
from moip_press.exchange.changes.proposal import Change, Item, Proposal
from moip_press.exchange.columns.column import escaped
from moip_press.exchange.incoming.batch import Value
from moip_press.report.messages import N_, Catalogue

TAKE, KEY = N_("Take over"), N_("Key")
HEADINGS = (
    TAKE,
    N_("Record"),
    N_("Section"),
    N_("Field"),
    N_("In the kit"),
    N_("At the source"),
    N_("Last import"),
    N_("Why"),
    KEY,
)
WIDTHS = (12, 36, 16, 16, 50, 50, 30, 24, 24)
YES, NO = N_("yes"), N_("no")
NOTE = N_(
    "yes: the kit takes it over. no: it stays as it is, and is not proposed again until the source "
    "changes. Empty: it stays, and the next import asks again."
)
LINE_HEIGHT, TALLEST = 15, 12
"""The height of a line, in points, and how many lines of a long text are shown."""
MOST = 32_000  # characters of a cell
TEXT = {"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True, "border": 1}


def tick_workbook(proposal: Proposal, cwd: PurePath, catalogue: Catalogue) -> bytes:
    """Return the workbook. Cells are text: none is a formula, whatever it begins with.

    Files are named as seen from the folder ``cwd``.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    made = Workbook(file, options)
    words = ChangeWords(catalogue, cwd)
    sheet = made.add_worksheet(words.say(N_("Changes")))
    head = made.add_format({"bold": True, "bg_color": "#0B1F4D", "font_color": "white"})
    fixed = made.add_format({**TEXT, "bg_color": "#EDEFF4", "font_color": "#3A3F4F"})
    open_ = made.add_format({**TEXT, "locked": False})
    for number, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(number, number, width, None, {"hidden": heading == KEY})
        sheet.write_string(0, number, words.say(heading), head)
    note = {"author": "moip-press", "width": 300, "height": 120}
    sheet.write_comment(0, 0, words.say(NOTE), note)
    row = 0
    for row, (key, (item, change)) in enumerate(proposal.changes.items(), 1):
        cells = _cells(key, item, change, words)
        sheet.set_row(row, _height(cells))
        for number, text in enumerate(cells):
            style = fixed if number else open_
            if text:
                sheet.write_string(row, number, escaped(text[:MOST]), style)
            else:
                sheet.write_blank(row, number, None, style)
    _finish(sheet, max(row, 1), [words.say(YES), words.say(NO)])
    made.close()
    return file.getvalue()


def _finish(sheet: Worksheet, last: int, choices: list[str]) -> None:
    """Offer the choices in the first column, protect the others, and prepare for printing."""
    sheet.data_validation(1, 0, last, 0, {"validate": "list", "source": choices})
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last, len(HEADINGS) - 1)
    sheet.protect(
        "", {"sort": True, "autofilter": True, "format_columns": True, "format_rows": True}
    )
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _height(cells: Sequence[str]) -> float:
    """Return how high a row is, in points: as its texts need, within reason."""
    lines = (
        sum(math.ceil(len(line) / (width - 2)) or 1 for line in text[:MOST].split("\n"))
        for text, width in zip(cells[:-1], WIDTHS, strict=False)
    )
    return LINE_HEIGHT * min(max(lines), TALLEST)


def _cells(key: str, item: Item, change: Change, words: ChangeWords) -> tuple[str, ...]:
    if change.path:
        name = words.field(item, change.path)
        values: Sequence[str] = [
            side if value is not None else ""
            for side, value in zip(
                words.sides(item, change), (change.ours, change.theirs, change.base), strict=True
            )
        ]
    else:
        name, beside = "", []
        for said, row in words.candidates(item):
            beside += [said, *_lines(item, values_beside(item, row), words)]
        values = ["\n".join(beside), "\n".join(_lines(item, new_values(item), words)), ""]
    take = words.say(YES) if change.taken else ""
    return take, item.title, item.section or "", name, *values, words.reason(change), key


def _lines(item: Item, values: Mapping[str, Value], words: ChangeWords) -> Iterator[str]:
    return (words.labelled(name, said) for name, said in words.fields(item, values))
