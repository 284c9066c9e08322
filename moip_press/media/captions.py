"""The captions of a media kit as a table: a row a picture, in CSV and as a workbook."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence

from xlsxwriter import Workbook

from moip_press.exchange.export.kit_workbook import FONT, STYLES
from moip_press.exchange.export.plain_data import csv_of
from moip_press.media.labels import Labels, reached_by
from moip_press.media.picture_files import Handed
from moip_press.report.messages import N_

HEADINGS = (
    (N_("File"), 44),
    (N_("Other files"), 44),
    (N_("Caption"), 50),
    (N_("Picture in words"), 40),
    (N_("Credit"), 24),
    (N_("Rights"), 30),
    (N_("Until"), 14),
    (N_("People shown"), 24),
    (N_("Shown in"), 34),
    (N_("Pixels"), 14),
    (N_("Press contact"), 34),
)
"""The columns, and how wide they are in a workbook, in characters."""


def captions_csv(handed: Sequence[Handed], labels: Labels) -> bytes:
    """Return the table as CSV: what is reserved stands in the heading of the first column."""
    headings = [labels.say(heading) for heading, _ in HEADINGS]
    if labels.reserves:
        headings[0] += f" ({', '.join(labels.reserves)})"
    return csv_of(headings, _rows(handed, labels), labels.edition.language)


def captions_workbook(handed: Sequence[Handed], labels: Labels) -> bytes:
    """Return the table as a workbook, below what is reserved."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    title = " – ".join((*labels.reserves, labels.plain(labels.edition.title)))
    author = str(labels.edition.publisher.name)
    created = datetime.datetime.combine(labels.day, datetime.time())
    book.set_properties({"title": title, "author": author, "created": created})
    page = book.add_worksheet(labels.say(N_("Captions")))
    head, cell = (book.add_format(STYLES[name]) for name in ("head", "words"))
    first = 0
    for reserve in labels.reserves:
        page.write_string(first, 0, reserve, book.add_format(STYLES["reserve"]))
        first += 1
    for column, (heading, width) in enumerate(HEADINGS):
        page.set_column(column, column, width, book.add_format(FONT))
        page.write_string(first, column, labels.say(heading), head)
    for number, row in enumerate(_rows(handed, labels), start=first + 1):
        for column, words in enumerate(row):
            page.write_string(number, column, words, cell)
    page.freeze_panes(first + 1, 1)
    page.autofilter(first, 0, first + len(handed), len(HEADINGS) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    book.close()
    return file.getvalue()


def _rows(handed: Sequence[Handed], labels: Labels) -> Iterator[tuple[str, ...]]:
    for each in handed:
        picture, first = each.picture, each.files[0]
        yield (
            first.name,
            "\n".join(file.name for file in each.files[1:]),
            labels.plain(picture.caption),
            labels.plain(picture.alt),
            picture.credit,
            labels.plain(picture.rights),
            picture.until.isoformat() if picture.until else "",
            labels.plain(picture.consent),
            "\n".join(labels.plain(shown.title) for shown in picture.shown),
            " × ".join(map(str, first.size)) if all(first.size) else "",
            ", ".join(reached_by(labels.contact_of(picture))),
        )
