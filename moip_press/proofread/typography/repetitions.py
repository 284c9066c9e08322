"""Words that stand twice, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.proofread.names.place_names import RIGHT
from moip_press.proofread.proof import finding
from moip_press.proofread.typography.galley import NAMES_TOO, Galley, Hit
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "T251",
        "doubled-word",
        WARNING,
        N_("A word stands twice, one after the other."),
        N_("The eye reads over it on the screen, and finds it in print."),
        "text: Le lab'L en Centre-Val de Loire Loire.",
        "text: Le lab'L en Centre-Val de Loire.",
        fixable=True,
    ),
)


SP = "[ \u00a0\u202f]"
TWICE = re.compile(rf"(?<![\w-])(?P<first>[^\W\d_]++)(?P<again>{SP}+(?i:(?P=first)))(?![\w’'-])")
THIRD = re.compile(r"\s*(\S*)")
TWO_WORDS = re.compile(
    rf"(?<![\w-])(?P<first>(?i:de|en|à|pour|dans|sur|par|avec|of|in|on|to|for|at|with)"
    rf"{SP}(?:la|le|les|un|une|des|ce|cette|ces|son|sa|ses|leur|leurs|notre|votre|nos|vos|the|a))"
    rf"(?P<again>{SP}(?i:(?P=first)))(?![\w’'-])"
)
FRENCH_GLUE = """
    à au aux avec ce ces cette chez dans de des du et il ils le les leurs ou où par pour sa sans se
    ses sont sur un votre vos notre nos mais dont ont sera seront être avoir
"""
ENGLISH_GLUE = "the a an of and to for with at from by as or be its our your their not"
PLACES = frozenset(
    word
    for name in RIGHT.values()
    for word in re.findall(r"[^\W\d_]{4,}", name)
    if word[0].isupper()
)
"""Words of the names of regions and departments: no place is called Loire Loire."""
LONGEST = 200  # characters behind two words in which the third one begins
GLUE = {"fr": frozenset(FRENCH_GLUE.split()), "en": frozenset(ENGLISH_GLUE.split())}
_RIGHT_TWICE = """
    nous vous lui elle eux son sous une leur faire en si non oui bla très trop plus tout tous toute
    toutes que qui est y la beaucoup vite loin doucement petit ha hé hi ho oh ah hop toc tic tac
    chut miam coucou cui ding dong boum ron ban pan yé olé allez bien fort longtemps vraiment encore
    toujours jamais jour deux trois had that her no so bye very really log long never pom dou tchou
    ouaf wouf meuh bip clap oups yeah blah knock there on in out up do rah pschitt glou
"""
RIGHT_TWICE = frozenset(_RIGHT_TWICE.split())


def repetitions(galley: Galley) -> Iterator[Diagnostic]:
    """Yield words that stand twice, one after the other (T251)."""
    for pattern in (TWICE, TWO_WORDS):
        for hit in galley.find(pattern, NAMES_TOO):
            if _is_accident(hit, galley):
                spot = hit.spot("again", "")
                again = spot.text.strip()
                yield finding(
                    "T251",
                    hit.passage.span(
                        spot.start + len(spot.text) - len(spot.text.lstrip()), spot.end
                    ),
                    Message.of(N_("“{word}” stands here twice."), word=again),
                    Message(N_("Take one of the two away.")),
                    fix=[spot.edit],
                    safe=_is_glue(hit["first"], galley),
                )


def _is_glue(words: str, galley: Galley) -> bool:
    return " " in words or words.lower() in GLUE["fr" if galley.french else "en"]


def _is_accident(hit: Hit, galley: Galley) -> bool:
    first, again = hit["first"], hit["again"].strip()
    text = hit.passage.text
    if _is_glue(first, galley):
        return first == again or first[0].isupper()
    word = first.lower()
    third = THIRD.match(text, hit.end, hit.end + LONGEST)
    thrice = third is not None and third[1].lower().startswith(word)
    if word in RIGHT_TWICE or len(first) < 3 or thrice:
        return False
    if first.islower() and again.islower():
        return True
    if first.isupper() and not text.isupper():
        return False
    return first == again and (galley.counts[first] > 2 or first in PLACES)
