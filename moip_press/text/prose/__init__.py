"""Prose: the Markdown of a kit as HTML, and what it refers to.

CommonMark without HTML, images, indented code and reference definitions, which in a press kit
are accidents; links have plain text, since markup within a link breaks PDF/UA.
"""

from moip_press.text.prose.markdown import is_one_paragraph
from moip_press.text.prose.marks import Link, Reference
from moip_press.text.prose.paragraphs import (
    PAGE_NUMBER,
    Paragraph,
    Stretch,
    paragraphs,
    plain_paragraph,
)
from moip_press.text.prose.prose_findings import Finding, findings, links, references
from moip_press.text.prose.prose_html import inline, plain_text, text, to_html
from moip_press.text.prose.raw_marks import raw_marks
from moip_press.text.prose.raw_paragraphs import Change, RawMark

__all__ = [
    "PAGE_NUMBER",
    "Change",
    "Finding",
    "Link",
    "Paragraph",
    "RawMark",
    "Reference",
    "Stretch",
    "findings",
    "inline",
    "is_one_paragraph",
    "links",
    "paragraphs",
    "plain_paragraph",
    "plain_text",
    "raw_marks",
    "references",
    "text",
    "to_html",
]
