"""Numbers as a language writes them."""

from __future__ import annotations

from decimal import Decimal

MOST_DIGITS = 3  # after the decimal sign
MINUS = "\u2212"


def number_in_words(value: Decimal | float, language: str) -> str:
    """Return a number as it is printed: "1 240,5" in French, "1,240.5" in English."""
    from babel.numbers import format_decimal  # noqa: PLC0415 -- few kits compute

    form = f"#,##0.{'#' * MOST_DIGITS}"
    return str(format_decimal(value, format=form, locale=language)).replace("-", MINUS)


def with_unit(number: str, unit: str | None, language: str) -> str:
    """Return a number with its unit, where that is a sign: "12 %" in French, "12%" in English."""
    if not unit or not is_sign(unit):
        return number
    if unit in "£$" and language == "en":
        return f"{unit}{number}"
    space = "" if language == "en" and unit in "%€" else "\u00a0"
    return f"{number}{space}{unit}"


def is_sign(unit: str) -> bool:
    """Return whether a unit is short enough to stand behind each number, as %, € and km do."""
    return len(unit) <= 3
