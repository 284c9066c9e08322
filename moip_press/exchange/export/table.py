"""The programme as a table in CSV, for other programs and for those who edit it in one.

UTF-8 with a byte order mark, without which Excel takes it for another encoding; a semicolon
between cells in French, a comma in English, as Excel reads them there. No cell is a formula.
"""

from __future__ import annotations

import csv
import io

from moip_press.exchange.columns import KINDS, guarded
from moip_press.exchange.export.cells import heading_of, rows_of
from moip_press.exchange.export.programme import Exported

DELIMITER = {"fr": ";", "en": ","}
MARK = "\ufeff"


def table(exported: Exported) -> bytes:
    """Return all chosen events, drafts too, a row each, below a row of headings."""
    sheet = KINDS["event"]
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=DELIMITER[exported.kit.edition.language])
    writer.writerow(heading_of(exported, column) for column in sheet.written)
    for cells in rows_of(exported, sheet):
        writer.writerow(map(guarded, cells))
    return (MARK + file.getvalue()).encode()
