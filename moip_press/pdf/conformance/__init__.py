"""From laid-out pages to one file that is PDF/UA-1 and PDF/A-3a at once.

`drawn` knows what WeasyPrint keeps to itself, `tree` makes of it what a reader hears, `chapter`
is both as data, `tags` writes that into a file, `metadata` what the file says of itself.
"""

from moip_press.pdf.conformance.chapter import Drawn, Paper, draw, only, paper
from moip_press.pdf.conformance.drawn import families, harfbuzz, is_known, leading_nowhere, pango
from moip_press.pdf.conformance.writing import (
    Attached,
    Keeper,
    Written,
    assembled,
    language_of,
    write,
)

__all__ = [
    "Attached",
    "Drawn",
    "Keeper",
    "Paper",
    "Written",
    "assembled",
    "draw",
    "families",
    "harfbuzz",
    "is_known",
    "language_of",
    "leading_nowhere",
    "only",
    "pango",
    "paper",
    "write",
]
