"""Titles that are left alone at the foot of a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile

from moip_press.pdf.sheets import Line, Sheet
from moip_press.proofread.pages.laid import LaidChapter, said
from moip_press.proofread.pages.places import Places
from moip_press.proofread.proof import finding
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "P204",
        "lone-title",
        WARNING,
        N_("A title is left alone at the foot of a page."),
        N_("What it announces stands overleaf: a title keeps at least two lines of its text."),
        "/* styles/kit.css */\nh2 { break-after: auto }",
        "/* styles/kit.css */\nh2 { break-after: avoid }",
    ),
)


def titles_in_company(laid: LaidChapter, places: Places) -> Iterator[Diagnostic]:
    """A title is followed by some of its text on the same page.

    A title in the upper half is the page's own, set there on purpose.
    """
    for (number, sheet), (_, after) in pairwise(laid.numbered()):
        title = _last_title(sheet)
        if title and after.text and title[-1].ink.bottom > _middle(sheet):
            words = " ".join(line.text for line in title)
            yield finding(
                "P204",
                places.words(title[0].anchor or laid.anchor, words)[0],
                Message.of(
                    N_("The title “{title}” stands alone at the foot of page {page}."),
                    title=said(words),
                    page=number,
                ),
                Message(N_("Shorten or lengthen a text above it by a line or two.")),
            )


def _last_title(sheet: Sheet) -> list[Line]:
    """Return the lines of the title that ends the page, if one does."""
    lines = [line for line in reversed(sheet.text) if not line.placed]
    ending = list(takewhile(lambda line: line.title and line.anchor == lines[0].anchor, lines))
    return ending[::-1]


def _middle(sheet: Sheet) -> float:
    return (sheet.area.top + sheet.area.bottom) / 2
