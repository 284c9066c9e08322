"""Apostrophes that were lost ("d écriture", "Jai"), and hyphens ("rendez vous", "ci dessous")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.proofread.typography.galley import LEXIQUE, Galley, Hit, Spot, tell
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "T226 lost-apostrophe",
        N_("An apostrophe is missing."),
        N_("It gets lost when a text is copied from a PDF, or is typed on a telephone."),
        "text: Un atelier {~~d ~>d'~~}écriture : {~~Jai~>J'ai~~} dix ans.",
        fixable=True,
    ),
    Rule.warning(
        "T227 missing-hyphen",
        N_("A hyphen is missing in an expression that has one."),
        N_("Without it “rendez vous” and “peut être” are other words."),
        "text: {~~Rendez vous~>Rendez-vous~~} à la mairie, voir {~~ci dessous~>ci-dessous~~}.",
        LEXIQUE,
        fixable=True,
    ),
)

VOWEL = "aàâeéèêiîoôuyhœAÀEÉÈIOUYH"
SP = "[ \u00a0]"
# A letter that stands for a unit, a grade or a size goes before no word: "5 l en", "vitamine C à".
ELIDED = re.compile(
    rf"(?P<word>(?<![\w’'.·()-])(?:[dlnsjmtcDLNSJMTC]|[qQ]u|[jJ]usqu|[lL]orsqu|[pP]uisqu))(?P<gap>{SP})"
    rf"(?!(?:il|elle|on)\b)(?P<next>[{VOWEL}][\w’']+|[ay]\b)"
)
RUN_ON = {
    "jai": "j'ai",
    "cest": "c'est",
    "cétait": "c'était",
    "quil": "qu'il",
    "quils": "qu'ils",
    "quon": "qu'on",
    "nest": "n'est",
    "nont": "n'ont",
    "sest": "s'est",
    "dun": "d'un",
    "lun": "l'un",
    "daprès": "d'après",
    "daujourdhui": "d'aujourd'hui",
    "aujourdhui": "aujourd'hui",
    "jusquà": "jusqu'à",
    "jusquau": "jusqu'au",
    "jusquaux": "jusqu'aux",
    "lorsquil": "lorsqu'il",
    "puisquil": "puisqu'il",
}
TODAY = re.compile(r"(?P<word>[aA]ujourd)(?P<gap>[ \u00a0-])(?=hui\b)")
NOT_BEFORE = re.compile(r"[0-9]\s$")

NUMBERS = "dix(?: sept| huit| neuf)|vingt (?:deux|trois|quatre|cinq|six|sept|huit|neuf)"
COMMANDS = (
    "inscrivez|laissez|installez|munissez|retrouvez|rejoignez|contactez|suivez|écrivez|plongez"
    "|offrez|initiez|dépêchez|amusez|régalez|équipez|connectez|adressez|renseignez|glissez|préparez"
    "|joignez|voulez|souhaitez|avez|êtes|pouvez|connaissez|savez|aimez|préférez|pensez|allez|portez"
)
HYPHENED = tuple(
    re.compile(rf"(?<![\w’'-])(?:{pattern})(?![\w’'-])", re.IGNORECASE)
    for pattern in (
        r"(?<!vous )rendez vous",
        r"ci (?:dessous|dessus|joint(?:e?s?)?|contre|après)",
        r"là (?:bas|haut|dessus|dedans)|jusque là",
        r"(?:celui|celle|ceux|celles) (?:ci|là)",
        r"c['’]est à dire|vis à vis",
        r"(?:au|par) (?:dessus|dessous|delà)",
        r"(?:moi|toi|soi|lui|elle|vous|nous|eux|elles) mêmes?(?! si\b)",
        r"quelques une?s",
        r"week end|vide greniers?|rez de chaussée|arc en ciel|avant premières?|porte parole",
        r"grands? (?:pères?|mères?|parents)|mi temps|bric à brac",
        r"(?:(?<=l['’])|(?<=cet )|(?<=un )|(?<=d['’]))après midi",
        r"demi (?:heure|journée|tarif|finale|pension)s?",
        NUMBERS,
        rf"(?:{COMMANDS}) vous",
        r"(?:retrouvez|rejoignez|contactez|suivez|écrivez|aidez|appelez) nous",
    )
)
"""Expressions that have a hyphen for each of these spaces."""
INVERTED = re.compile(
    rf"(?<!\w)(?P<verb>[aA]|[vV]a|[aA]ura|[fF]era|[sS]era){SP}t{SP}?[-’' ](?P<who>il|elle|on)(?!\w)"
)
COMMAND = re.compile(r"(?!rendez)\w+(?:ez|êtes) (?:vous|nous)", re.IGNORECASE)
SENTENCE = re.compile(r"(?:^|[.!?:;…«(–—]\s?)$")


def lost_apostrophes(galley: Galley) -> Iterator[Diagnostic]:
    """Yield apostrophes that a space took the place of, or nothing (T226)."""
    if not galley.french:
        return
    found = [
        hit.spot("gap", "'") for hit in galley.find(ELIDED, need="dlnsjmtcDLNSJMTCq") if _lost(hit)
    ]
    found += [hit.spot("gap", "'") for hit in galley.find(TODAY)]
    words = [word for word in galley.counts if word.lower() in RUN_ON and not word.isupper()]
    for hit in galley.find_words(words):
        right = RUN_ON[hit.text.lower()]
        typed = hit.text
        found.append(hit.spot(0, right[0].upper() + right[1:] if typed[0].isupper() else right))
    yield from tell(
        "T226",
        sorted(found, key=lambda spot: spot.span),
        NP_("An apostrophe is missing here.", "An apostrophe is missing in {count} places."),
        N_("Put it there."),
    )


def _lost(hit: Hit) -> bool:
    """Return whether a letter by itself is a word that lost its apostrophe."""
    text, word = hit.passage.text, hit["word"]
    before = text[max(0, hit.start - 12) : hit.start]
    if NOT_BEFORE.search(before) or hit["next"].isupper():
        return False
    if word.isupper() and len(word) == 1:
        return SENTENCE.search(before) is not None and hit["next"][0].islower()
    return True


def missing_hyphens(galley: Galley) -> Iterator[Diagnostic]:
    """Yield expressions without their hyphens (T227), a finding an expression."""
    if not galley.french:
        return
    by_words: dict[str, list[Spot]] = {}
    for expression in HYPHENED:
        for hit in galley.find(expression):
            if _is_hyphened(hit):
                spot = hit.spot(0, hit.text.replace(" ", "-"))
                by_words.setdefault(hit.text.lower(), []).append(spot)
    for hit in galley.find(INVERTED):
        spot = hit.spot(0, f"{hit['verb']}-t-{hit['who']}")
        by_words.setdefault(hit.text.lower(), []).append(spot)
    for spots in by_words.values():
        yield from tell(
            "T227",
            spots,
            NP_(
                "“{typed}” is written “{right}”.",
                "“{typed}” is written “{right}” ({count} times).",
            ),
            N_("Put the hyphens there."),
        )


def _is_hyphened(hit: Hit) -> bool:
    """Return whether words are the expression: a command stands at the head of its sentence."""
    before = hit.passage.text[max(0, hit.start - 3) : hit.start]
    heads = COMMAND.fullmatch(hit.text) is None or SENTENCE.search(before) is not None
    return heads and not hit.passage.in_quotation(hit.start)
