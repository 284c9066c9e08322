"""Fields for a region that hold something else: an abbreviation, an old name, a slip (N204)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from moip_press.proofread.names.answers import MOST_SHOWN
from moip_press.proofread.names.lexicon import Lexicon, fold_name, folded, plain
from moip_press.proofread.names.official import ABBREVIATIONS, FORMER, REGIONS
from moip_press.proofread.names.places import MISTYPED, RIGHT, vouched
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_

NAMES = {fold_name(name): name for name in REGIONS.values()}
SHORT = {fold_name(short): name for short, name in ABBREVIATIONS.items()}
OLD = {fold_name(old): name for old, name in FORMER.items()}
PLACES = Lexicon([*RIGHT, *MISTYPED, *OLD])
LIKENESS = 0.82


def region_fields(proof: Proof) -> Iterator[Diagnostic]:
    """Yield what in the region fields of a French kit names no region as it is called today.

    Abbreviations and former regions are left alone where the kit uses them throughout.
    """
    if proof.language != "fr":
        return
    fields: dict[str, list[Passage]] = {}
    known = {fold_name(word) for word in vouched(proof)}
    for passage in proof.passages:
        if passage.field == "region" and fold_name(passage.text) not in known:
            fields.setdefault(plain(passage.text), []).append(passage)
    today = {NAMES[fold_name(words)] for words in fields if fold_name(words) in NAMES}
    for words, found in fields.items():
        said = _said(words, today)
        if said:
            yield _finding(words, found, *said)


def _said(words: str, today: set[str]) -> tuple[tuple[str, str], str] | None:
    """Return what is wrong with a region's name, and the name that it should be."""
    key = fold_name(words)
    if key in SHORT:
        right = SHORT[key]
        return (ALSO_IN_FULL, right) if right in today else None
    if key in OLD:
        # in a kit of today's regions, an old one is a slip or a part of one
        return (FORMER_REGION, OLD[key]) if today else None
    if key in RIGHT:
        lower = words != RIGHT[key] and words == words.lower()
        return (NO_CAPITAL, RIGHT[key]) if lower else None
    if len(key) < 6 or _holds_a_place(words):
        return None
    close = get_close_matches(key, NAMES, 1, LIKENESS)
    return (UNKNOWN, NAMES[close[0]]) if close else None


def _holds_a_place(words: str) -> bool:
    """Tell whether a place is found among the words, as in "Bretagne et Normandie"."""
    return any(True for _ in PLACES.hits(folded(words)))


ALSO_IN_FULL = NP_(
    "The region “{right}” is also called “{words}”.",
    "The region “{right}” is also called “{words}” ({count} places).",
)
FORMER_REGION = NP_(
    "“{words}” has not been a region since 2016.",
    "“{words}” has not been a region since 2016 ({count} places).",
)
NO_CAPITAL = NP_(
    "“{words}” is not the official name “{right}”.",
    "“{words}” is not the official name “{right}” ({count} places).",
)
UNKNOWN = NP_(
    "“{words}” is not a region of France.",
    "“{words}” is not a region of France ({count} places).",
)


def _finding(words: str, found: list[Passage], message: tuple[str, str], right: str) -> Diagnostic:
    hints = {
        ALSO_IN_FULL: N_("Write “{right}” in each field, so that its events are found together."),
        FORMER_REGION: N_("It is a part of “{right}”."),
    }
    hint = hints.get(message, N_("Did you mean “{suggestion}”?"))
    return finding(
        "N204",
        found[0].span(),
        Message.counted(message, len(found), words=words, right=right),
        Message.of(hint, right=right, suggestion=right),
        related=[
            Related(each.span(), Message(N_("Here too."))) for each in found[1 : MOST_SHOWN + 1]
        ],
        fix=[each.edit(0, len(each.text), right) for each in found],
        safe=message is NO_CAPITAL,
    )
