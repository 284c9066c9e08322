"""Numbers as a language writes them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

MOST_DIGITS = 3  # after the decimal sign
LONGEST_SIGN = 3  # letters of a unit that stands behind each number, as %, € and km do
CURRENCIES = "£$€"
MINUS = "\u2212"
SPACE = "\u00a0"


def number_in_words(value: Decimal | float, language: str, unit: str = "") -> str:
    """Return a number as it is printed: "1 240,5" in French, "1,240.5" in English.

    Its unit stands with it where that is a sign: "12 %" in French, "12%" in English.
    """
    from babel.numbers import format_decimal  # noqa: PLC0415 -- few kits compute

    form = f"#,##0.{'#' * MOST_DIGITS}"
    size = -value if value < 0 else value
    number = str(format_decimal(size, format=form, locale=language))
    minus = MINUS if value < 0 and number != "0" else ""
    if not unit or unit_apart(unit):
        return f"{minus}{number}"
    if language == "en" and unit in CURRENCIES:
        return f"{minus}{unit}{number}"
    return f"{minus}{number}{'' if language == 'en' and unit == '%' else SPACE}{unit}"


def unit_apart(unit: str) -> str:
    """Return a unit that is too long to stand with each number; else nothing."""
    return unit if len(unit) > LONGEST_SIGN else ""


def heard_one_by_one(rows: Iterable[tuple[str, str]], language: str) -> str:
    """Return names with their numbers as a listener hears them: "Ain : 3 ; Gers : 2" in French."""
    colon, between = (" : ", " ; ") if language == "fr" else (": ", "; ")
    return between.join(colon.join(row) for row in rows)
