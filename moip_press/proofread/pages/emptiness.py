"""Pages on which next to nothing stands."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.model.parts import Programme
from moip_press.pdf.sheets import Sheet
from moip_press.proofread.pages.laid import LaidChapter
from moip_press.proofread.pages.places import Places
from moip_press.proofread.proof import finding
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "P203",
        "empty-page",
        WARNING,
        N_("A page is empty, or holds a few lines only."),
        N_(
            "It looks like a mistake, and costs a sheet in print: a few words less, or closer"
            " events, bring its lines back to the page before."
        ),
        "type: programme\ntitle: Le programme\nspacing: widest  # trois lignes passent page 12",
        "type: programme\ntitle: Le programme\nspacing: tight",
    ),
)


LEAST = 0.2  # of the height of a page that its content takes


def pages_filled(laid: LaidChapter, places: Places) -> Iterator[Diagnostic]:
    """A page that a chapter goes on to is worth being turned to."""
    anchor = laid.anchor
    for number, sheet in laid.numbered():
        anchor = next((line.anchor for line in sheet.text if line.anchor), anchor)
        count = len(sheet.text)
        if not count and not sheet.pictures:
            message = Message.of(N_("Page {page} is empty."), page=number)
        elif number > laid.folio and _filled(sheet) < LEAST:
            message = Message.counted(
                NP_(
                    "Page {page} is nearly empty: a single line stands on it.",
                    "Page {page} is nearly empty: {count} lines stand on it.",
                ),
                count,
                page=number,
            )
        else:
            continue
        yield finding("P203", places.title(anchor), message, Message(_hint(laid)))


def _filled(sheet: Sheet) -> float:
    """Return how much of the page's height the content takes."""
    return sheet.filled / (sheet.area.bottom - sheet.area.top)


def _hint(laid: LaidChapter) -> str:
    if any(isinstance(placed.part, Programme) for placed in laid.chapter.parts):
        return N_("Shorten the section, or give it “opener: band” or “spacing: tight”.")
    return N_("Shorten the chapter, or give this page more to say.")
