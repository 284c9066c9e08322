"""What a price says in words, as numbers: "de 8 à 25 €", "gratuit", "£5"."""

from __future__ import annotations

import re

NUMBER = r"(?<![\d.,])(?:\d{1,3}(?:\s\d{3}){1,3}|\d{1,9}(?:[.,]\d{1,2})?)(?!\d)"
AMOUNT = re.compile(
    rf"(?P<before>[£$€])?\s?(?:(?P<first>{NUMBER})\s?(?:€|£)?\s?(?:à|et|ou|to|or|and|-|–|/)\s?)?"
    rf"(?P<last>{NUMBER})\s?(?(before)|(?P<after>€|£|euros?\b|EUR\b))",
    re.IGNORECASE,
)
"""An amount or a range with its currency: "12 €", "de 8 à 25 €", "£5"."""
SIGNS = {"€": "EUR", "euro": "EUR", "eur": "EUR", "£": "GBP", "$": "USD"}
FREE = re.compile(r"\b(?:gratuit\w*|(?:entrée|accès) libre|libre d'accès|free)\b", re.IGNORECASE)


def prices_in(words: str) -> tuple[tuple[float, ...], str]:
    """Return the prices that words name, and their currency: ``((8.0, 12.0), "EUR")``.

    No currency where nothing costs anything, no prices where none is named.
    """
    found: list[float] = []
    currency = ""
    for amount in AMOUNT.finditer(words):
        sign = amount["before"] or amount["after"]
        currency = currency or SIGNS[sign.lower()[:4]]
        numbers = filter(None, (amount["first"], amount["last"]))
        found += [float(re.sub(r"\s", "", number).replace(",", ".")) for number in numbers]
    if FREE.search(words):
        found.insert(0, 0.0)
    return tuple(found), currency
