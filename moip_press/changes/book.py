"""Changes as a workbook: a row a change, and a cell in each that says yes or no."""

from __future__ import annotations

import io

from xlsxwriter import Workbook

from moip_press.changes.proposal import Change, Item, Proposal
from moip_press.changes.wording import field_name, labelled, new_values, reason, said
from moip_press.columns import escaped
from moip_press.messages import N_, Catalogue

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
MOST = 32_000  # characters of a cell
TEXT = {"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True, "border": 1}


def book(proposal: Proposal, catalogue: Catalogue) -> bytes:
    """Return the workbook. Cells are text: none is a formula, whatever it begins with."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    made = Workbook(file, options)
    say = catalogue.gettext
    sheet = made.add_worksheet(say(N_("Changes")))
    head = made.add_format({"bold": True, "bg_color": "#0B1F4D", "font_color": "white"})
    kinds = {"fixed": made.add_format({**TEXT, "bg_color": "#EDEFF4", "font_color": "#3A3F4F"})}
    kinds["open"] = made.add_format({**TEXT, "locked": False})
    for number, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, say(heading), head)
    sheet.write_comment(0, 0, say(NOTE), {"author": "moip-press", "width": 300, "height": 120})
    row = 0
    for row, (key, (item, change)) in enumerate(proposal.changes.items(), 1):
        for number, text in enumerate(_cells(key, item, change, catalogue)):
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


def _cells(key: str, item: Item, change: Change, catalogue: Catalogue) -> tuple[str, ...]:
    say = catalogue.gettext
    if change.path:
        name = field_name(item, change.path, catalogue)
        values = [
            said(item, change.path, v, catalogue) if v is not None else ""
            for v in (change.ours, change.theirs, change.base)
        ]
    else:
        name = ""
        lines = (
            labelled(
                field_name(item, path, catalogue), said(item, path, value, catalogue), catalogue
            )
            for path, value in new_values(item).items()
        )
        values = ["", "\n".join(lines), ""]
    take = say(YES) if change.taken else ""
    why = reason(change, catalogue)
    return take, item.title, item.section or "", name, *values, why, key
