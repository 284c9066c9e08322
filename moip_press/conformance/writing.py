"""One file out of laid-out pages: drawn, tagged, described, with its data attached."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pydyf
import weasyprint

from moip_press.conformance import drawn, tags
from moip_press.conformance.metadata import Claims
from moip_press.conformance.tree import tree

UNKNOWN_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
# PDF/A-3a asks for tags, which are ours: WeasyPrint writes what the level below asks for.
OURS, THEIRS = "pdf/a-3u", "pdf/a-3a"


@dataclass(frozen=True)
class Attached:
    """A file that travels in the PDF: the data that the PDF was made from."""

    name: str
    content: bytes
    description: str


@dataclass(frozen=True)
class Written:
    """A file, and the pictures in it that have no text."""

    content: bytes
    wordless: tuple[str, ...]


def write(
    document: Any,
    attached: Sequence[Attached] = (),
    moment: datetime.datetime | None = None,
) -> Written:
    """Return the PDF of a document of WeasyPrint, which conforms to PDF/UA-1 and PDF/A-3a.

    ``moment`` dates a document that has no date of its own. The document is changed: hand over
    a copy.
    """
    document.metadata = metadata = Claims.of(document.metadata)
    if moment and not metadata.created:
        metadata.created = f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
    day = _day(metadata.created)
    options: dict[str, Any] = {"attachments": [_attachment(file, day) for file in attached]}
    document.color_profiles = drawn.colours() | document.color_profiles
    document.output_intent = "srgb"
    options["output_intent"] = "the document's own"
    if not drawn.is_known():
        return Written(document.write_pdf(pdf_variant=THEIRS, **options), ())
    document.pages = [drawn.Painted(page) for page in document.pages]
    finisher = _Finisher()
    content: bytes = document.write_pdf(pdf_variant=OURS, finisher=finisher, **options)
    return Written(content, tuple(finisher.wordless))


class _Finisher:
    """Tags a file between drawing and writing."""

    def __init__(self) -> None:
        self.wordless: list[str] = []

    def __call__(self, document: Any, pdf: pydyf.PDF) -> None:
        """Finish a file whose pages are drawn."""
        language = document.metadata.lang or "und"
        structure = tree(drawn.Drawing(document.pages), language)
        tags.write(pdf, document.pages, structure, language)
        self.wordless = structure.wordless
        if "AF" in pdf.catalog:
            pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _day(created: str | None) -> datetime.datetime:
    """Return the moment of a document, which its attachments share."""
    try:
        moment = datetime.datetime.fromisoformat(created or "")
    except ValueError:  # none, or a year alone
        moment = UNKNOWN_DAY
    return moment.replace(tzinfo=moment.tzinfo or datetime.UTC)


def _attachment(file: Attached, day: datetime.datetime) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        string=file.content.decode(),
        name=file.name,
        description=file.description,
        created=day,
        modified=day,
        relationship="Source",
    )
