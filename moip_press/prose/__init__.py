"""Prose: the Markdown of a kit as HTML, and what it refers to.

CommonMark without HTML, images, indented code and reference definitions, which in a press kit
are accidents; links have plain text, since markup within a link breaks PDF/UA.
"""

from moip_press.prose.findings import Finding, findings, links, references
from moip_press.prose.marks import Link, Reference
from moip_press.prose.rendering import inline, plain_text, to_html

__all__ = [
    "Finding",
    "Link",
    "Reference",
    "findings",
    "inline",
    "links",
    "plain_text",
    "references",
    "to_html",
]
