"""Headings in texts, whose levels tell how a text is built."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "I203",
        "skipped-heading",
        WARNING,
        N_("The headings of a text skip a level."),
        N_("Who listens finds the way by headings, and takes a gap for a text that is missing."),
        "text: |\n  ## Le programme\n\n  #### Les ateliers",
        "text: |\n  ## Le programme\n\n  ### Les ateliers",
        N_("RGAA 4.1, criterion 9.1: headings tell the structure"),
    ),
)


DEEPEST_FIRST = 3  # a text stands under the title of its part, and of its block


def headings_step_by_step(proof: Proof) -> Iterator[Diagnostic]:
    """Below a heading comes the next level, and a text begins with a high one."""
    headings = (each for each in proof.passages if each.paragraph.kind == "heading")
    for _, group in groupby(headings, key=lambda each: (each.source.name, each.loc)):
        above: Passage | None = None
        for heading in group:
            level = heading.paragraph.level
            if above is None and level > DEEPEST_FIRST:
                yield finding(
                    "I203",
                    heading.span(),
                    Message.of(
                        N_("This text begins with a heading of the level “{signs}”."),
                        signs="#" * level,
                    ),
                    Message(N_("Write “##” before the first headings of a text.")),
                )
            elif above is not None and level > above.paragraph.level + 1:
                yield _skipped(above, heading)
            above = heading


def _skipped(above: Passage, heading: Passage) -> Diagnostic:
    level = above.paragraph.level
    return finding(
        "I203",
        heading.span(),
        Message.of(
            N_("This heading skips a level: “{signs}” below “{above}”."),
            signs="#" * heading.paragraph.level,
            above="#" * level,
        ),
        Message.of(N_("Write “{signs}” before it."), signs="#" * (level + 1)),
        related=[Related(above.span(), Message(N_("The heading above it.")))],
    )
