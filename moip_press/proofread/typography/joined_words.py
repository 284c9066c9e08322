"""Words that run into each other, or into an hour: "BatterieMathieu", "bal20h30"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.proofread.typography.galley import Galley, Hit, Spot, tell
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.text.folding import fold_in_place
from moip_press.text.person_names import GIVEN_NAMES

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "T224 joined-words",
        N_("Two words run into each other, or a word into an hour."),
        N_("A line break was lost when the text was copied."),
        "text: Anne Martin, batterie{++, ++}Mathieu Brume, piano.",
        fixable=True,
    ),
)

LOW, CAP = "[a-zß-öø-ÿœ]", "[A-ZÀ-ÖØ-ÞŒ]"
LEAST = 4  # letters of each of two words
JOINED = re.compile(rf"(?P<first>{CAP}?{LOW}{{3,}})(?P<second>{CAP}{LOW}{{2,}})")
INTO_HOUR = re.compile(rf"(?P<word>{LOW}{{3,}})(?P<hour>[0-2]?[0-9]h(?:[0-5][0-9])?)(?!\w)")


def joined_words(galley: Galley) -> Iterator[Diagnostic]:
    """Yield words that run into each other or into an hour (T224)."""
    words = [word for word in galley.counts if JOINED.fullmatch(word)]
    spots = [spot for hit in galley.find_words(words) if (spot := _parted(hit, galley))]
    spots += [
        hit.spot("hour", f" {hit['hour']}")
        for hit in galley.find(INTO_HOUR, need="h")
        if is_word(hit["word"], galley)
    ]
    for spot in spots:
        yield from tell(
            "T224",
            [spot],
            N_("“{word}” is two words."),
            N_("Put a space, or the mark that is missing, between them."),
            word=spot.passage.text[_begin(spot) : spot.end],
            safe=False,
        )


def _begin(spot: Spot) -> int:
    """Return where the word begins that ends with the place."""
    start = spot.start
    while start and spot.passage.text[start - 1].isalnum():
        start -= 1
    return start


def _parted(hit: Hit, galley: Galley) -> Spot | None:
    """Return the second word, where both are surely words and not a name that is spelt so.

    "MonCompteFormation" and "YouTube" are names: what counts is a given name after a word, or two
    words of the language of which the first has no capital.
    """
    match = JOINED.fullmatch(hit.text)
    if match is None or hit.text in galley.names or galley.counts[hit.text] > 1:
        return None
    if hit.passage.text[max(0, hit.start - 1) : hit.start] in ("#", "@", "-", "'", "’"):
        return None
    first, second = match["first"], match["second"]
    given = fold_in_place(second) in GIVEN_NAMES
    plain = first.islower() and len(second) >= LEAST and is_word(second.lower(), galley)
    if not is_word(first.lower(), galley) or not (given or plain):
        return None
    return Spot(hit.passage, hit.end - len(second), hit.end, f" {second}")


def is_word(word: str, galley: Galley) -> bool:
    """Return whether a word of some length is one of the kit's language."""
    # loaded where such a word stands: most kits have none
    from moip_press.proofread.words.dictionaries import load_lexicon  # noqa: PLC0415

    return load_lexicon(galley.proof.language).has(word)
