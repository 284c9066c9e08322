"""Changes as a workbook: a row a change, and a cell in each that says yes or no."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from xlsxwriter import Workbook

from moip_press.exchange.changes.proposal import Change, Item, Proposal
from moip_press.exchange.changes.wording import (
    candidates,
    field_name,
    labelled,
    new_values,
    reason,
    said,
    values_beside,
)
from moip_press.exchange.columns import escaped
from moip_press.exchange.incoming import Value
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


def book(proposal: Proposal, cwd: PurePath, catalogue: Catalogue) -> bytes:
    """Return the workbook. Cells are text: none is a formula, whatever it begins with.

    Files are named as seen from the folder ``cwd``.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    made = Workbook(file, options)
    say = catalogue.gettext
    sheet = made.add_worksheet(say(N_("Changes")))
    head = made.add_format({"bold": True, "bg_color": "#0B1F4D", "font_color": "white"})
    kinds = {"fixed": made.add_format({**TEXT, "bg_color": "#EDEFF4", "font_color": "#3A3F4F"})}
    kinds["open"] = made.add_format({**TEXT, "locked": False})
    for number, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(number, number, width, None, {"hidden": heading == KEY})
        sheet.write_string(0, number, say(heading), head)
    sheet.write_comment(0, 0, say(NOTE), {"author": "moip-press", "width": 300, "height": 120})
    row = 0
    for row, (key, (item, change)) in enumerate(proposal.changes.items(), 1):
        cells = _cells(key, item, change, cwd, catalogue)
        sheet.set_row(row, _height(cells))
        for number, text in enumerate(cells):
            style = kinds["fixed" if number else "open"]
            if text:
                sheet.write_string(row, number, escaped(text[:MOST]), style)
            else:
                sheet.write_blank(row, number, None, style)
    sheet.data_validation(1, 0, max(row, 1), 0, {"validate": "list", "source": [say(YES), say(NO)]})
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(row, 1), len(HEADINGS) - 1)
    sheet.protect(
        "", {"sort": True, "autofilter": True, "format_columns": True, "format_rows": True}
    )
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    made.close()
    return file.getvalue()


def _height(cells: Sequence[str]) -> float:
    """Return how high a row is, in points: as its texts need, within reason."""
    lines = (
        sum(math.ceil(len(line) / (width - 2)) or 1 for line in text[:MOST].split("\n"))
        for text, width in zip(cells[:-1], WIDTHS, strict=False)
    )
    return LINE_HEIGHT * min(max(lines), TALLEST)


def _lines(item: Item, values: Mapping[str, Value], catalogue: Catalogue) -> Iterator[str]:
    for path, value in values.items():
        name, words = field_name(item, path, catalogue), said(item, path, value, catalogue)
        yield labelled(name, words, catalogue)


def _cells(
    key: str, item: Item, change: Change, cwd: PurePath, catalogue: Catalogue
) -> tuple[str, ...]:
    say = catalogue.gettext
    if change.path:
        name = field_name(item, change.path, catalogue)
        values = [
            said(item, change.path, v, catalogue) if v is not None else ""
            for v in (change.ours, change.theirs, change.base)
        ]
    else:
        name = ""
        beside = (
            [words, *_lines(item, values_beside(item, row), catalogue)]
            for words, row in candidates(item, cwd, catalogue)
        )
        ours = "\n".join(line for lines in beside for line in lines)
        values = [ours, "\n".join(_lines(item, new_values(item), catalogue)), ""]
    take = say(YES) if change.taken else ""
    why = reason(change, catalogue)
    return take, item.title, item.section or "", name, *values, why, key
