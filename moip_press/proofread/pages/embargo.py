"""Pages on which a kit's own looks leave out the embargo."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit import issue
from moip_press.pdf.sheets import Sheet
from moip_press.proofread.pages.laid import LaidChapter
from moip_press.proofread.pages.places import Places
from moip_press.proofread.proof import finding
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "P205",
        "page-without-embargo",
        WARNING,
        N_("The embargo does not stand on a page."),
        N_(
            "Pages travel alone: until the kit lifts its embargo, each of them says so. Only "
            "templates and styles of the kit's own can leave it out."
        ),
        "{# templates/cover.html #}\n<h1>{{ kit.title|heading }}</h1>",
        "{# templates/cover.html #}\n<p>{{ embargo_words }}</p>\n<h1>{{ kit.title|heading }}</h1>",
    ),
)


def on_every_page(laid: LaidChapter, places: Places) -> Iterator[Diagnostic]:
    """Until the kit lifts its embargo, whoever holds any page reads of it."""
    words = issue.embargo_words(places.kit.edition)
    if not words:
        return
    without = [number for number, sheet in laid.numbered() if _flat(words) not in _said(sheet)]
    if without:
        yield finding(
            "P205",
            places.title(laid.anchor),
            Message.of(N_("The embargo does not stand on page {page}."), page=without[0]),
            Message(
                N_("Let the kit's templates print {{{{ embargo_words }}}}, or keep our page.css.")
            ),
        )


def _said(sheet: Sheet) -> str:
    return _flat(" ".join(line.text for line in sheet.lines))


def _flat(text: str) -> str:
    return " ".join(text.split())
