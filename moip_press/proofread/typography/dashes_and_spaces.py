"""Spaces that are missing or too many, words that run together, hyphens that stand for dashes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from moip_press.proofread.passages import Role
from moip_press.proofread.typography.galley import (
    LEXIQUE,
    MASK,
    NAMES_TOO,
    WORDS,
    Galley,
    Hit,
    Spot,
    tell,
)
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule
from moip_press.text.folding import fold_in_place
from moip_press.text.person_names import GIVEN_NAMES

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "T213 wrong-space",
        N_("A space is missing after a mark, or stands where none belongs."),
        N_("Spaces before : ; ! ? and within « » are set by themselves; these are not."),
        "text: Des ateliers,{++ ++}des jeux ({-- --}en ligne{-- --}).",
        LEXIQUE,
        fixable=True,
    ),
    Rule.warning(
        "T214 hyphen-for-dash",
        N_("A hyphen stands between words where a dash belongs."),
        N_("A hyphen joins the parts of one word; a dash sets apart what it stands between."),
        "title: La donnée se met en scène {~~-~>–~~} pour le spectacle vivant",
        LEXIQUE,
        fixable=True,
    ),
    Rule.warning(
        "T224 joined-words",
        N_("Two words run into each other, or a word into an hour."),
        N_("A line break was lost when the text was copied."),
        "text: Anne Martin, batterie{++, ++}Mathieu Brume, piano.",
        fixable=True,
    ),
)

SP = "[ \u00a0\u202f]"
LOW = "[a-zß-öø-ÿœ]"
CAP = "[A-ZÀ-ÖØ-ÞŒ]"
LETTER = r"[^\W\d_]"
_BEGINS = """
    Le La Les L Un Une Des Du De D Ce Cet Cette Ces C Il Elle Ils Elles On Nous Vous Je J
    Leur Leurs Notre Nos Votre Vos Son Sa Ses En Au Aux À Dans Pour Par Avec Sans Sur Chaque
    Tous Toutes Venez Découvrez Participez Rencontrez Retrouvez Inscription Inscriptions
    Ainsi Mais Puis Enfin The This These It They We You He She In On At For With From By
"""
BEGINS = frozenset(_BEGINS.split())
INSIDE = re.compile(rf"\(({SP}+)(?=[^\s()])|\([^()\n]{{0,300}}[^\s()]({SP}+)\)")
CURLY = re.compile(rf"“({SP}+)(?=\w)|”(?<=[\w.!?…]({SP})”)")
BEFORE = re.compile(
    rf",(?<=[\w)»”]({SP}),)(?=\s|$|{LETTER})|\.(?<=[\w)»”]({SP})\.)(?=\s{CAP}|\s?$)", re.MULTILINE
)
COMMAS = re.compile(
    rf"([,;])(?:(?<=[a-zß-öø-ÿœ)»”][,;])|(?<=[a-zß-öø-ÿœ)»”]{SP}[,;]))(?={LETTER})"
    rf"|(,)(?<=[0-9],)(?={LOW}{{2}})"
)
COLON = re.compile(
    rf"(:)(?:(?<={LOW}{{3}}:)(?={LETTER}{{2}})|(?<=\w{SP}:)(?={LETTER}{{2}})|(?<=\w:)(?=[\"«“]\w))"
    r"(?!\w+:)"
)
ASKED = re.compile(
    rf"([!?])(?:(?:(?<={LOW}[!?])|(?<=[\w)»”]{SP}[!?]))(?={CAP}{LOW}*[ ’'])"
    rf"|(?<=[\w)»”]{SP}[!?])(?={LOW}{{2}})|(?<={LOW}{{3}}[!?])(?={LOW}{{2}}))"
)
DOTS = re.compile(rf"(…|\.\.\.)(?:(?<={LOW}{{2}}…)|(?<={LOW}{{2}}\.\.\.))(?={LOW}{{2}})")
DASH = re.compile(rf"([–—])(?<=\w{SP}[–—])(?={LETTER}{{2}})|([–—])(?<={LOW}{{2}}[–—])(?={SP}\w)")
STOP = re.compile(rf"([.…])(?<={LOW}{{2}}[.…])(?=(?P<next>{CAP}{LOW}*)(?:[ ’',]))")
ELISION = re.compile(rf"[’']({SP}+)(?={LOW})")
ELIDED = re.compile(r"(?<![\w’'])(?:[ldnscjmt]|qu|jusqu|lorsqu|puisqu|quoiqu)$", re.IGNORECASE)
BRACKETS = re.compile(
    rf"(\()(?<={LOW}{{3}}\()(?=[^()\n]{{1,150}}\s[^()\n]{{1,150}}\))"
    rf"|\([^()\n]{{1,150}}\s[^()\n]{{1,150}}(\))(?={LETTER}{{2}})"
)
GUILLEMETS = re.compile(rf"(«)(?<=\w«)|(»)(?={LETTER}{{2}})")
SLASH = re.compile(rf"/(?<={LOW}{{2}}/)({SP}+)(?={LOW}{{2}})")


@dataclass(frozen=True)
class Slip:
    """A way to get a space wrong: where, what is wrong, and what belongs there instead."""

    pattern: re.Pattern[str]
    need: str
    message: tuple[str, str]
    right: Callable[[str], str]
    roles: frozenset[Role] = WORDS
    french_only: bool = False


TOO_MANY = N_("Take the space away.")
MISSING = N_("Put a space there.")
SLIPS = (
    Slip(
        INSIDE,
        "(",
        NP_(
            "A space stands inside this bracket.",
            "A space stands inside brackets, {count} times.",
        ),
        lambda _: "",
        NAMES_TOO,
    ),
    Slip(
        CURLY,
        "“”",
        NP_("A space stands inside “ ” here.", "A space stands inside “ ”, {count} times."),
        lambda _: "",
    ),
    Slip(
        BEFORE,
        ",.",
        NP_(
            "A space stands before this mark.",
            "A space stands before a comma or a full stop, {count} times.",
        ),
        lambda _: "",
        NAMES_TOO,
    ),
    Slip(
        COMMAS,
        ",;",
        NP_(
            "A space is missing after this mark.",
            "A space is missing after a comma or a semicolon, {count} times.",
        ),
        lambda sign: f"{sign} ",
    ),
    Slip(
        COLON,
        ":",
        NP_("Spaces are missing at this colon.", "Spaces are missing at {count} colons."),
        lambda sign: f"{sign} ",
    ),
    Slip(
        ASKED,
        "!?",
        NP_(
            "A space is missing after this sentence.",
            "A space is missing after {count} sentences.",
        ),
        lambda sign: f"{sign} ",
    ),
    Slip(
        DOTS,
        "….",
        NP_(
            "A space is missing after these dots.",
            "A space is missing after dots, {count} times.",
        ),
        lambda dots: f"{dots} ",
    ),
    Slip(
        DASH,
        "–—",
        NP_(
            "A space is missing on one side of this dash.",
            "A space is missing on one side of {count} dashes.",
        ),
        lambda dash: f"{dash} ",
    ),
    Slip(
        ELISION,
        "’'",
        NP_(
            "A space stands after this apostrophe.",
            "A space stands after an apostrophe, {count} times.",
        ),
        lambda _: "",
        NAMES_TOO,
        french_only=True,
    ),
    Slip(
        BRACKETS,
        "(",
        NP_("A space is missing at this bracket.", "A space is missing at {count} brackets."),
        lambda sign: " (" if sign == "(" else ") ",
        NAMES_TOO,
    ),
    Slip(
        GUILLEMETS,
        "«»",
        NP_(
            "A space is missing outside this quotation mark.",
            "A space is missing outside {count} quotation marks.",
        ),
        lambda sign: " «" if sign == "«" else "» ",
    ),
    Slip(
        SLASH,
        "/",
        NP_(
            "A space stands on one side of this slash.",
            "A space stands on one side of {count} slashes.",
        ),
        lambda _: "",
    ),
)


def spaces(galley: Galley) -> Iterator[Diagnostic]:
    """Yield the spaces that are missing or too many (T213)."""
    for slip in SLIPS:
        if slip.french_only and not galley.french:
            continue
        found = [
            _spot(hit, slip.right)
            for hit in galley.find(slip.pattern, slip.roles, slip.need)
            if not _is_right(hit, slip, galley)
        ]
        hint = TOO_MANY if slip.right("(") == "" else MISSING
        yield from tell("T213", found, slip.message, hint)
    found = [
        hit.spot(1, f"{hit[1]} ") for hit in galley.find(STOP, need=".…") if _begins(hit, galley)
    ]
    yield from tell(
        "T213",
        found,
        NP_(
            "A space is missing after this sentence.",
            "A space is missing after {count} sentences.",
        ),
        MISSING,
    )


def _spot(hit: Hit, right: Callable[[str], str]) -> Spot:
    group = next(n for n in (1, 2) if hit[n])
    typed = hit[group]
    # the second side of a dash lacks its space before it
    return hit.spot(group, f" {typed}" if group == 2 and typed in "–—" else right(typed))


def _is_right(hit: Hit, slip: Slip, galley: Galley) -> bool:
    """Return whether the words round a place are spelt so on purpose."""
    text, start = hit.passage.text, hit.start
    if slip.pattern is ELISION and not ELIDED.search(text[max(0, start - 10) : start]):
        return True
    if slip.pattern is CURLY and "„" in text:
        return True
    glossary = galley.proof.glossary
    own = {*glossary.words, *(term.preferred for term in glossary.terms)}
    words = text[max(0, start - 20) : hit.end + 20].split() if own else []
    return any(word.strip(".,;:") in own for word in words)


def _begins(hit: Hit, galley: Galley) -> bool:
    """Return whether the word after a stop is no name but begins a sentence."""
    word = hit["next"]
    return word in BEGINS or galley.counts[word.lower()] > 1 or is_word(word.lower(), galley)


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
            NP_(
                "A hyphen stands here where a dash belongs.",
                "A hyphen stands where a dash belongs, {count} times in this file.",
            ),
            N_("Between words that stand apart, write {dash}."),
            dash=dash,
        )
    one_sided = [hit.spot(1 if hit[1] else 2) for hit in galley.find(ONE_SIDED, NAMES_TOO)]
    for found in _by_file(spot for spot in one_sided if not _half_word(spot)):
        yield from tell(
            "T214",
            found,
            NP_(
                "This hyphen has a space on one side only.",
                "A hyphen has a space on one side only, {count} times in this file.",
            ),
            N_("Write a dash between two spaces, or a hyphen without any."),
        )


def _half_word(spot: Spot) -> bool:
    """Return whether a hyphen ends the first of two words that share their end: "Nord- et Sud-"."""
    return bool(HALF.match(spot.passage.text, spot.start))


def _by_file(spots: Iterator[Spot]) -> Iterator[list[Spot]]:
    for _, found in groupby(spots, key=lambda spot: spot.passage.source.name):
        yield list(found)


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
