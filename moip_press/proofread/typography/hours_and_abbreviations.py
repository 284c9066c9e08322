"""Hours written in several ways, ordinals, abbreviations, and numbers with their units."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from moip_press.proofread.passages import Role
from moip_press.proofread.typography.galley import LEXIQUE, OWN_WORDS, Galley, Hit, Spot, tell
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "T231 hours-in-several-ways",
        N_("Hours of the day are written in several ways in the kit."),
        N_("The pages set 9h30 as 9 h 30; they leave 9:30, 9H30 and needless 00 as typed."),
        "text: Rendez-vous à 9{~~:~> h ~~}30, puis à 14 h.",
        LEXIQUE,
        fixable=True,
    ),
    Rule.warning(
        "T232 wrong-ordinal",
        N_("An ordinal is not in its short form, such as 2ème or 1ère."),
        N_("The short forms are 1er, 1re, 2e; only their letters can be raised on the pages."),
        "text: La {~~8ème~>8e~~} édition du Mois de l'innovation publique.",
        LEXIQUE,
        fixable=True,
    ),
    Rule.warning(
        "T233 wrong-abbreviation",
        N_("An abbreviation is not the accepted one: Mr, etc without its dot, N°, kms."),
        N_("In French “Mr” is English, symbols of units take no s, and “etc.” ends with a dot."),
        "text: {~~Mr~>M.~~} Dupont parle de la loi {~~N~>n~~}° 12.",
        LEXIQUE,
        fixable=True,
    ),
    Rule.warning(
        "T225 joined-number",
        N_("A number runs into the word that it counts."),
        N_("A space parts a number from its word or unit."),
        "text: Un atelier de {~~30min~>30 min~~} dès {~~8ans~>8 ans~~}.",
        fixable=True,
    ),
    Rule.warning(
        "T228 wrong-unit",
        N_("The symbol of a unit is not written as it should be: Kg, m2, 30 mn, 4x4 m."),
        N_("Symbols are the same everywhere: kg, km, m², min, and × between two lengths."),
        "text: Une salle de 120 {~~m2~>m²~~}, une scène de 4 {~~x~>×~~} 6 m.",
        N_("The International System of Units (SI), brochure of the BIPM"),
        fixable=True,
    ),
)

SP = "[ \u00a0\u202f]"
TIME = re.compile(
    rf"""
    (?P<hour>[0-9]{{1,2}})
    (?: :(?P<m1>[0-5][0-9]) | {SP}?(?P<h>[hH])(?:{SP}?(?P<m2>[0-5][0-9]))? )
    (?![\w:]|/[0-9]|[.,][0-9])
    """,
    re.VERBOSE,
)
LASTING = re.compile(
    r"(?:pendant|durant|dur[ée]e?s?(?: totale| estimée| moyenne)?(?: de| :)?|toutes les|chaque|en"
    r"|sous|moins de|plus de|environ|près de|quelque|max\.?|format|ratio|score|[A-ZÀ-Þ]\w+)\s$",
)
OF_SOMETHING = re.compile(
    rf"{SP}(?:de |d[’']|par |non |chacun|max|plus tard|après|avant)|/|{SP}sur{SP}"
)
RANGE = re.compile(rf"{SP}?(?:à|-|–|et|jusqu[’']à){SP}?[0-9]{{1,2}}(?::|{SP}?[hH])")
IN_RANGE = re.compile(r"(?:\bde|\bentre)\s$", re.IGNORECASE)
AT = re.compile(
    r"(?:\b(?:à|dès|vers|avant|après|jusqu[’']à|à partir de|depuis|midi|minuit|rendez-vous)"
    r"|[0-9](?::[0-9]{2}|[hH][0-9]{0,2})\s?[-–]"
    r"|[0-9](?::[0-9]{2}|\s?[hH]\s?[0-9]{0,2})\s(?:et|[-–])"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|avril|mai|juin"
    r"|juillet|août|septembre|octobre|novembre|décembre|20[0-9]{2})\s?[,:–-]?)\s?$",
    re.IGNORECASE,
)
MORNING = 7  # what is earlier is more often a duration
COLON, CAPITAL, ZERO, BARE, PLAIN = "14:30", "14H30", "14 h 00", "14 h", "14 h 30"


def hours(galley: Galley) -> Iterator[Diagnostic]:
    """Yield that hours of the day are not written alike in the kit (T231); durations are none."""
    if not galley.french:
        return
    found = [(hit, _form(hit)) for hit in galley.find(TIME) if _is_of_the_day(hit)]
    forms = Counter(form for _, form in found)
    timed = any(placed.event.when.slots for placed in galley.proof.events)
    wrong: set[str] = set()
    if timed or forms[PLAIN] + forms[ZERO] + forms[BARE]:
        wrong |= {form for form in (COLON, CAPITAL) if forms[form]}
    if forms[COLON] and forms[CAPITAL]:
        wrong |= {COLON, CAPITAL}
    if forms[ZERO] and forms[BARE]:
        wrong.add(ZERO)
    spots = [Spot(h.passage, h.start, h.end, _right(h)) for h, form in found if form in wrong]
    yield from tell(
        "T231",
        spots,
        NP_(
            "Hours are written in several ways in this kit: {forms}.",
            "Hours are written in several ways in this kit, {count} of them otherwise than the"
            " rest: {forms}.",
        ),
        N_("Write them alike, as the programme prints them: 9 h, 14 h 30."),
        forms=_told(found, timed=timed and not forms[PLAIN]),
    )


def _told(found: list[tuple[Hit, str]], *, timed: bool) -> str:
    """Return an example of each form and how often it occurs."""
    counts = Counter(form for _, form in found)
    examples = {form: hit.text for hit, form in reversed(found)}
    told = [f"{examples[form]} (× {count})" for form, count in counts.items()]
    return ", ".join([*told, PLAIN] if timed else told)


def _form(hit: Hit) -> str:
    if hit["m1"]:
        return COLON
    if hit["h"] == "H":
        return CAPITAL
    if not hit["m2"]:
        return BARE
    return ZERO if hit["m2"] == "00" else PLAIN


def _right(hit: Hit) -> str:
    minutes = hit["m1"] or hit["m2"]
    hour = hit["hour"].lstrip("0") or "0"
    return f"{hour} h {minutes}" if minutes and minutes != "00" else f"{hour} h"


def _is_of_the_day(hit: Hit) -> bool:
    text = hit.passage.text
    before, after = text[max(0, hit.start - 30) : hit.start], text[hit.end : hit.end + 20]
    if re.search(r"[\w.,:/+]$", before) or int(hit["hour"]) > 24:
        return False
    if hit["h"] == "H" and hit.passage.text.isupper():
        return False
    early = int(hit["hour"]) < MORNING
    if IN_RANGE.search(before) and RANGE.match(after):
        return not early or bool(hit["m1"])
    of_the = OF_SOMETHING.match(after) and not re.match(rf"{SP}de{SP}l[’']après-midi", after)
    if of_the or LASTING.search(before):
        return False
    if AT.search(before) or RANGE.match(after):
        return not (early and not (hit["m1"] or hit["m2"]))
    return not early and bool(hit["m1"] or hit["m2"])


ORDINAL = re.compile(
    r"(?<![\w.,’'-])(?P<number>[0-9]{1,4}|[IVXLC]+)[ \u00a0\u202f]?\^?"
    r"(?P<end>i?[èeé]me|i[eè]r|i?ère|iere)(?P<plural>s?)(?!\w)"
)
MISTER = re.compile(
    r"M(?<![\w’'-]M)(?:(?P<wrong>r\.?)|(?P<dot>(?:me|lle)s?\.))(?=[ \u00a0\u202f][A-ZÀ-Þ])"
    r"(?![ \u00a0\u202f](?:Bean|Nobody|Robot|Hyde|Magoo|Darcy|Fox|Hulk|T\b|Smith|Brown))"
)
ETC = re.compile(r"etc(?<=[\w»)\uff0c,][ \u00a0]etc)(?![.\w…])(?![ ]?\.)")
ETC_COMMA = re.compile(r"etc(?<=[\w»)]([ \u00a0]etc))\b")
NUMBER = re.compile(r"(?P<wrong>N[°ºo]|no|nº)(?P<space>[ \u00a0\u202f]?)(?=[0-9])")
NUMBERED = re.compile(
    r"\b(?:lois?|décrets?|arrêtés?|articles?|ordonnances?|circulaires?|lots?|salles?|bâtiments?"
    r"|fiches?|lignes?|objectifs?|actions?|axes?|mesures?|rapports?|questions?|quais?|portes?|bus"
    r"|stands?|priorité|règle)[ \u00a0]$"
)
UNITS = re.compile(r"(?P<wrong>[km][gm]s|cms)(?!\w)")


def ordinals(galley: Galley) -> Iterator[Diagnostic]:
    """Yield ordinals such as 2ème and 1ère, which are 2e and 1re (T232)."""
    if not galley.french:
        return
    found = [
        hit.spot(0, right) for hit in galley.find(ORDINAL, need="èeé") if (right := _ordinal(hit))
    ]
    yield from tell(
        "T232",
        found,
        NP_(
            "“{typed}” is not the short form: it is {right}.",
            "“{typed}” is not the short form, here and in other places ({count} in all): it is"
            " {right}.",
        ),
        N_("The short forms are 1er, 1re, 2e: the pages raise their letters."),
    )


def _ordinal(hit: Hit) -> str | None:
    number, end = hit["number"], hit["end"]
    first = number in ("1", "I")
    if end in ("ère", "ière", "iere"):
        return f"{number}re{hit['plural']}" if first else None
    if end in ("ier", "ièr"):
        return f"{number}er{hit['plural']}" if first else None
    if not number.isdigit() and len(number) == 1 and number not in "VXI":
        return None
    return f"{number}e{hit['plural']}"


def abbreviations(galley: Galley) -> Iterator[Diagnostic]:
    """Yield abbreviations that are not the accepted ones (T233)."""
    if not galley.french:
        return
    yield from _titles(galley)
    found = [hit.spot(0, "etc.") for hit in galley.find(ETC)]
    yield from tell(
        "T233",
        found,
        NP_("“etc.” has a dot.", "“etc.” has a dot ({count} times)."),
        N_("Type “etc.”."),
    )
    found = [hit.spot(1, ", etc") for hit in galley.find(ETC_COMMA)]
    yield from tell(
        "T233",
        found,
        NP_("A comma stands before “etc.”.", "A comma stands before “etc.” ({count} times)."),
        N_("Type a comma before it."),
    )
    found = [
        hit.spot("wrong", "n°" if hit["space"] else "n° ")
        for hit in galley.find(NUMBER)
        if NUMBERED.search(hit.passage.text[max(0, hit.start - 14) : hit.start])
    ]
    yield from tell(
        "T233",
        found,
        NP_(
            "“{typed}” is not the short form of “numéro”: it is n°.",
            "“{typed}” is not the short form of “numéro”, {count} times: it is n°.",
        ),
        N_("Type n° before the number."),
        typed=found[0].text if found else "",
    )
    units = [
        hit.spot("wrong", hit["wrong"][:-1])
        for hit in galley.find(UNITS)
        if re.search(r"[0-9][ \u00a0\u202f]?$", hit.passage.text[max(0, hit.start - 2) : hit.start])
    ]
    yield from tell(
        "T233",
        units,
        NP_("Symbols of units take no s.", "Symbols of units take no s ({count} times)."),
        N_("Take the s away."),
    )


def _titles(galley: Galley) -> Iterator[Diagnostic]:
    """Yield "Mr" for "M.", not in what may be the title of an English work."""
    hits = [
        hit
        for hit in galley.find(MISTER, OWN_WORDS - {Role.TITLE}, "M")
        if not hit.passage.in_quotation(hit.start) and not hit.passage.stretch_at(hit.start, "em")
    ]
    misters = [hit.spot(0, "M.") for hit in hits if hit["wrong"]]
    dotted = [hit.spot(0, hit.text.rstrip(".")) for hit in hits if hit["dot"]]
    for found, safe in ((misters, False), (dotted, True)):
        yield from tell(
            "T233",
            found,
            NP_(
                "In French, the short form is “{right}”, not “{typed}”.",
                "In French, the short form is “{right}”, not “{typed}” ({count} times).",
            ),
            N_("The short forms are M., Mme, Mlle."),
            safe=safe,
        )


COUNTED = {
    True: (
        r"ans?|mois|jours?|semaines?|heures?|minutes?|euros?|personnes?|places?|enfants?|adultes?"
        r"|élèves|participants?|séances?|spectacles?|concerts?|ateliers?|fois"
    ),
    False: (
        r"years?|months?|days?|weeks?|hours?|minutes?|people|places?|children|adults?|pupils"
        r"|sessions?|times|pounds"
    ),
}
"""What is counted, in French and not."""
UNIT = r"km|kg|cm|mm|ml|cl|min|ha"
COUNT = r"(?<![\w.,:/-])[0-9]{1,4}(?:[.,][0-9]{1,2})?"
SYMBOLS = {
    **dict.fromkeys(("Kg", "KG", "Kgs"), "kg"),
    **dict.fromkeys(("Km", "KM", "Kms"), "km"),
    "Cm": "cm",
    "CM": "cm",
    "Ml": "ml",
    "Cl": "cl",
    "Gr": "g",
    "gr": "g",
    "m2": "m²",
    "m3": "m³",
    "km2": "km²",
    "cm2": "cm²",
    "cm3": "cm³",
    "mm2": "mm²",
    **dict.fromkeys(("mn", "Mn", "Min", "mns", "mins"), "min"),
    **dict.fromkeys(("hrs", "Hrs"), "h"),
}
SYMBOL = re.compile(
    rf"(?<=[0-9])(?P<gap>{SP}?)(?P<symbol>{'|'.join(sorted(SYMBOLS, key=len)[::-1])})(?![\w²³])"
)
LENGTH = rf"[0-9]{{1,4}}(?:[.,][0-9]+)?{SP}?[cdkm]?m(?!\w)"
BY = re.compile(rf"(?<=[0-9m])(?P<by>{SP}?[xX]{SP}?)(?={LENGTH})")


def joined_numbers(galley: Galley) -> Iterator[Diagnostic]:
    """Yield numbers that run into the word or unit behind them (T225)."""
    pattern = re.compile(rf"{COUNT}(?P<word>{COUNTED[galley.french]}|{UNIT})(?!\w)")
    spots = [hit.spot("word", f" {hit['word']}") for hit in galley.find(pattern)]
    yield from tell(
        "T225",
        spots,
        NP_(
            "“{typed}” runs into its number.",
            "“{typed}” runs into its number; so do others, {count} in all.",
        ),
        N_("Put a space after the number: 20 ans, 30 min."),
    )


def units(galley: Galley) -> Iterator[Diagnostic]:
    """Yield symbols of units that are not written as they should be (T228)."""
    symbols = [
        hit.spot(0, f"{hit['gap'] or ' '}{SYMBOLS[hit['symbol']]}")
        for hit in galley.find(SYMBOL)
        if galley.french or hit["symbol"] not in {"mins", "hrs", "mn"}
    ]
    yield from tell(
        "T228",
        symbols,
        NP_(
            "“{symbol}” is not the symbol of this unit: it is “{other}”.",
            "“{symbol}” is not the symbol of its unit, it is “{other}”; so are {count} in all.",
        ),
        N_("Symbols are km, kg, m², min, h, after a space."),
        symbol=symbols[0].text.strip() if symbols else "",
        other=(symbols[0].right or "").strip() if symbols else "",
    )
    yield from tell(
        "T228",
        [hit.spot("by", " × ") for hit in galley.find(BY, need="xX")],
        NP_(
            "Between two lengths stands ×, not the letter x.",
            "Between two lengths stands ×, not the letter x ({count} places).",
        ),
        N_("Type × between two spaces."),
    )
