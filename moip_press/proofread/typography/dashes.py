"""Hyphens where a dash belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from moip_press.proofread.typography.galley import (
    LEXIQUE,
    MASK,
    NAMES_TOO,
    WORDS,
    Galley,
    Spot,
    tell,
)
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "T214",
        "hyphen-for-dash",
        WARNING,
        N_("A hyphen stands between words where a dash belongs."),
        N_("A hyphen joins the parts of one word; a dash sets apart what it stands between."),
        "title: La donnée se met en scène - pour le spectacle vivant",
        "title: La donnée se met en scène – pour le spectacle vivant",
        LEXIQUE,
        fixable=True,
    ),
)


SP = "[ \u00a0\u202f]"
SPACED = re.compile(rf"(-(?<=[\w»)!?.%’”\"…{MASK}]{SP}-)-?)(?={SP}[\w«(“\"{MASK}])(?!{SP}[0-9])")
ONE_SIDED = re.compile(
    rf"(-)(?<=[^\W\d_]{{2}}{SP}-)(?=[A-ZÀ-Þ]\w)|(-)(?<=[a-zß-ÿ]{{2}}-)(?={SP}[A-ZÀ-Þ][a-zß-ÿ])"
)
HALF = re.compile(r"-\s?(?:et|ou|and|or)\b")


def dashes(galley: Galley) -> Iterator[Diagnostic]:
    """Yield hyphens between words that are no part of one (T214), a finding a file."""
    if galley.signs.isdisjoint("-"):
        return
    dash = "—" if galley.text.count(" — ") > galley.text.count(" – ") else "–"
    for found in _by_file(hit.spot(1, dash) for hit in galley.find(SPACED, WORDS)):
        yield from tell(
            "T214",
            found,
            Message.counted(
                NP_(
                    "A hyphen stands here where a dash belongs.",
                    "A hyphen stands where a dash belongs, {count} times in this file.",
                ),
                len(found),
            ),
            Message.of(N_("Between words that stand apart, write {dash}."), dash=dash),
        )
    one_sided = [hit.spot(1 if hit[1] else 2) for hit in galley.find(ONE_SIDED, NAMES_TOO)]
    for found in _by_file(spot for spot in one_sided if not _half_word(spot)):
        yield from tell(
            "T214",
            found,
            Message.counted(
                NP_(
                    "This hyphen has a space on one side only.",
                    "A hyphen has a space on one side only, {count} times in this file.",
                ),
                len(found),
            ),
            Message(N_("Write a dash between two spaces, or a hyphen without any.")),
        )


def _half_word(spot: Spot) -> bool:
    """Tell whether a hyphen ends the first of two words that share their end: "Nord- et Sud-"."""
    return bool(HALF.match(spot.passage.text, spot.start))


def _by_file(spots: Iterator[Spot]) -> Iterator[list[Spot]]:
    for _, found in groupby(spots, key=lambda spot: spot.passage.source.name):
        yield list(found)
