"""Punctuation that is doubled or wrong, and words that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.proofread.names.place_names import RIGHT
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import finding
from moip_press.proofread.typography.galley import (
    LEXIQUE,
    NAMES_TOO,
    OWN_WORDS,
    Galley,
    Hit,
    Spot,
    tell,
)
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "T211 too-many-dots",
        N_("There are more than three dots, or dots after “etc.” or a comma."),
        N_("Three typed dots are set as one character (…); more are printed as they are typed."),
        "text: Des ateliers, des jeux, etc.{--..--}",
        LEXIQUE,
        fixable=True,
    ),
    Rule.warning(
        "T212 wrong-punctuation",
        N_("A mark of punctuation stands twice or beside another, or is missing in a series."),
        N_("Such slips are left when a sentence is rewritten, and they are printed."),
        "text: Des ateliers,{--,--} des jeux.",
        fixable=True,
    ),
    Rule.warning(
        "T251 doubled-word",
        N_("A word stands twice, one after the other."),
        N_("The eye reads over it on the screen, and finds it in print."),
        "text: Le lab'L en Centre-Val de Loire{-- Loire--}.",
        fixable=True,
    ),
)

ETC = re.compile(r"etc(?<!\wetc)[ ]?(?:\.{2,6}(?!\.)|\.?[ ]?…\.*)")
DOTS = re.compile(
    r"\.(?<![./\\]\.)(?<!etc\.)\.{3,5}(?![./\\])|…(?<!etc…)(?<!etc\.…)\.+|\.(?<![.c]\.)…"
)
COMMA = re.compile(r"(,)(?<=\w,)[ ]?(?:(?<!\.)\.{3}(?!\.)|…)(?![ ]?[\])»”])")
TWICE = re.compile(
    r"""
    [,;:.?!](?=[ ]?[,;:.?!])(?:
      (?P<comma>(?<=,)(?:[ ]?,)+(?!\w))
    | (?P<semicolon>(?<=;)(?:[ ]?;)+)
    | (?P<colon>(?<=:)(?:[ ]:|:)(?=\s))
    | (?P<stop>(?<=\.)(?<![.?!…/\\]\.)(?<!etc\.)\.(?![./\w\]…])|(?<=[,;:])[ ]?\.(?![.\w])
        |(?<=\.)[ ]\.(?=\s[A-ZÀ-Þ]|\s?$))
    | (?P<mixed>(?<=,)[ ]?;|(?<=;)[ ]?,|(?<=:)[ ]?[,;](?!\))|(?<=,)[ ]?:(?=\s))
    | (?P<asked>(?<=[?!])[ ]?\.(?=\s|$))
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
SINGLE = {"comma": ",", "semicolon": ";", "colon": ":", "stop": "."}
SIDE_BY_SIDE = re.compile(r"(»)(?=[ ]«)")
SEPARATED = re.compile(r"»[ \u00a0\u202f]?([,;])[ ]«")
LOUD = re.compile(r"([!?])\1+(?![?!])")
AFTER_WORDS = re.compile(r"[\w»)][ \u00a0\u202f]?$")


def dots(galley: Galley) -> Iterator[Diagnostic]:
    """Yield dots of which there are too many (T211)."""
    many = [hit.spot(0, "…" if "…" in hit[0] else "...") for hit in galley.find(DOTS, need=".…")]
    after_etc = [hit.spot(0, "etc.") for hit in galley.find(ETC, need=".…")]
    yield from tell(
        "T211",
        many,
        NP_(
            "More than three dots stand here.",
            "More than three dots stand in a row, {count} times.",
        ),
        N_("Type three dots."),
    )
    yield from tell(
        "T211",
        after_etc,
        NP_(
            "“etc.” has one dot: it says already that the list goes on.",
            "“etc.” has one dot: it says already that the list goes on ({count} times).",
        ),
        N_("Type “etc.” alone."),
    )
    if galley.french:
        yield from _after_commas(galley)


def _before(spot: Spot) -> str:
    """Return the two characters before a place, fewer at the beginning."""
    return spot.passage.text[max(0, spot.start - 2) : spot.start]


def _after_commas(galley: Galley) -> Iterator[Diagnostic]:
    found = [
        hit.spot(1, "")
        for hit in galley.find(COMMA, OWN_WORDS, ".…")
        if not hit.passage.in_quotation(hit.start)
    ]
    yield from tell(
        "T211",
        found,
        NP_(
            "No comma stands before points of suspension.",
            "No comma stands before points of suspension ({count} times).",
        ),
        N_("Take the comma away."),
    )


def doubled(galley: Galley) -> Iterator[Diagnostic]:
    """Yield marks of punctuation that stand twice, or one beside another (T212)."""
    for hit in galley.find(TWICE):
        if hit.match and AFTER_WORDS.search(_before(hit)):
            yield from tell(
                "T212",
                [_one(hit, hit.match.lastgroup or "")],
                N_("One mark of punctuation too many stands here."),
                N_("Leave one of them."),
            )
    yield from _between_quotations(galley)
    loud = [hit.spot(0, hit[1]) for hit in galley.find(LOUD, OWN_WORDS, "!?")]
    yield from tell(
        "T212",
        [
            spot
            for spot in loud
            if AFTER_WORDS.search(_before(spot)) and not spot.passage.in_quotation(spot.start)
        ],
        N_("One of these marks is enough."),
        N_("Leave one of them."),
        safe=False,
    )


def _between_quotations(galley: Galley) -> Iterator[Diagnostic]:
    """Yield where a list of quotations lacks the comma that its other members have."""
    separators: dict[Passage, re.Match[str] | None] = {}
    for hit in galley.find(SIDE_BY_SIDE, need="»"):
        if hit.passage not in separators:
            separators[hit.passage] = SEPARATED.search(hit.passage.text)
        separator = separators[hit.passage]
        if separator:
            sign = separator[1]
            yield from tell(
                "T212",
                [hit.spot(1, f"»{sign}" if sign == "," else f"» {sign}")],
                N_("“{sign}” is missing between these two quotations."),
                N_("Put it there, as between the others."),
                sign=sign,
            )


def _one(hit: Hit, kind: str) -> Spot:
    """Return the place of two marks and the one that is meant, with the space before it."""
    right = hit[0][0] if kind == "asked" else SINGLE.get(kind)
    before = hit.passage.text[hit.start - 1]
    spaced = right in (".", ",") and before in " \u00a0"
    return Spot(hit.passage, hit.start - spaced, hit.end, right)


SP = "[ \u00a0\u202f]"
WORD_TWICE = re.compile(
    rf"(?<![\w-])(?P<first>[^\W\d_]++)(?P<again>{SP}+(?i:(?P=first)))(?![\w’'-])"
)
THIRD = re.compile(r"\s*(\S*)")
TWO_WORDS = re.compile(
    rf"(?<![\w-])(?P<first>(?i:de|en|à|pour|dans|sur|par|avec|of|in|on|to|for|at|with)"
    rf"{SP}(?:la|le|les|un|une|des|ce|cette|ces|son|sa|ses|leur|leurs|notre|votre|nos|vos|the|a))"
    rf"(?P<again>{SP}(?i:(?P=first)))(?![\w’'-])"
)
LA_TWICE = re.compile(
    rf"(?<![\w-])(?i:de|à|pour|dans|sur|par|avec|et|vers|sous|toute){SP}"
    rf"(?P<first>la)(?P<again>{SP}la)(?={SP}(?!la)[^\W\d_]{{3,}})"
)
"""It is sung and danced, but not behind such a word and before another."""
FRENCH_GLUE = """
    à au aux avec ce ces cette chez dans de des du et il ils le les leurs ou où par pour sa sans se
    ses sont sur un votre vos notre nos mais dont ont sera seront être avoir
"""
ENGLISH_GLUE = (
    "the a an of and to for with at from by as or be its our your their not in on is are was were "
    "it we you they he she this that these those which who when will would can us them if but"
)
PLACES = frozenset(
    word
    for name in RIGHT.values()
    for word in re.findall(r"[^\W\d_]{4,}", name)
    if word[0].isupper()
)
"""Words of the names of regions and departments: no place is called Loire Loire."""
ENGLISH_TWICE = frozenset({"had", "her", "very", "really", "long", "so", "that", "no"})
IN_ENGLISH_TOO = frozenset({"that", "it", "is"})  # "what that is is", "give it it all"
CHECK_IN = re.compile(r"\b(?:check|log|sign|turn|drop|join|call|fill|hand|mov|settl|tun)\w* $")
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
    for pattern in (WORD_TWICE, TWO_WORDS, LA_TWICE):
        for hit in galley.find(pattern, NAMES_TOO):
            if (galley.french and pattern is LA_TWICE) or _is_accident(hit, galley):
                spot = hit.spot("again", "")
                again = spot.text.strip()
                yield finding(
                    "T251",
                    hit.passage.span(
                        spot.start + len(spot.text) - len(spot.text.lstrip()), spot.end
                    ),
                    N_("“{word}” stands here twice."),
                    N_("Take one of the two away."),
                    word=again,
                    fix=[spot.edit],
                    safe=_is_glue(hit["first"], galley),
                )


def _is_glue(words: str, galley: Galley) -> bool:
    return " " in words or words.lower() in GLUE["fr" if galley.french else "en"]


def _is_accident(hit: Hit, galley: Galley) -> bool:
    first, again = hit["first"], hit["again"].strip()
    text = hit.passage.text
    word = first.lower()
    if _is_glue(first, galley):
        if CHECK_IN.search(text[max(0, hit.start - 12) : hit.start]):
            return False
        return (first == again or first[0].isupper()) and word not in IN_ENGLISH_TOO
    if not galley.french and word in ENGLISH_TWICE:
        return False
    third = THIRD.match(text, hit.end, hit.end + LONGEST)
    thrice = third is not None and third[1].lower().startswith(word)
    if word in RIGHT_TWICE or len(first) < 3 or thrice:
        return False
    if first.islower() and again.islower():
        return True
    if first.isupper() and not text.isupper():
        return False
    return first == again and (galley.counts[first] > 2 or first in PLACES)
