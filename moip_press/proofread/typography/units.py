"""Numbers with what they count: "20ans", "30mn" (T225), and symbols of units (T228)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.proofread.typography.galley import Galley, tell
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
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
NUMBER = r"(?<![\w.,:/-])[0-9]{1,4}(?:[.,][0-9]{1,2})?"
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
    pattern = re.compile(rf"{NUMBER}(?P<word>{COUNTED[galley.french]}|{UNIT})(?!\w)")
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
