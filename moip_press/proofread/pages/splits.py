"""Events that begin on one page and end on another."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.model.parts import Programme
from moip_press.proofread.pages.laid import LaidChapter
from moip_press.proofread.pages.places import Places
from moip_press.proofread.proof import finding
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "P202",
        "split-event",
        WARNING,
        N_("An event begins on one page and ends on another."),
        N_(
            "Readers look an event up at a glance, and cut its page out: it should stay whole."
            " Only an event with a very long text is ever split."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n  text: |\n    (deux pages de texte)",
        "- title: Portes ouvertes\n  when: 16 novembre\n  text: |\n    (une demi-page de texte)",
    ),
)


def events_whole(laid: LaidChapter, places: Places) -> Iterator[Diagnostic]:
    """An event is read on one page."""
    pages: dict[str, list[int]] = {}
    for number, sheet in laid.numbered():
        for line in sheet.text:
            pages.setdefault(line.anchor or "", []).append(number)
    for anchor in _events(laid):
        numbers = pages.get(anchor, [0])
        if numbers[0] != numbers[-1]:
            yield finding(
                "P202",
                places.title(anchor),
                Message.of(
                    N_("This event begins on page {first} and ends on page {last}."),
                    first=numbers[0],
                    last=numbers[-1],
                ),
                Message(N_("Shorten its text so that it fits on a page.")),
            )


def _events(laid: LaidChapter) -> Iterator[str]:
    for placed in laid.chapter.parts:
        if isinstance(placed.part, Programme):
            yield from (f"{laid.chapter.id}--{event.id}" for event in placed.part.events)
