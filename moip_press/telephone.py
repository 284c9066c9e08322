"""Telephone numbers. The only user of phonenumbers."""

from __future__ import annotations

import phonenumbers


def link(number: str, country: str) -> str:
    """Return ``tel:+33…`` for a number written as one writes it in ``country`` (``FR``).

    A number that no plan knows keeps its digits: ``tel:3939``. The form is RFC 3966's.
    """
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.RFC3966).replace(
        "-", ""
    )
