"""Telephone numbers. The only user of phonenumbers."""

from __future__ import annotations

import re

# The country of numbers without a prefix, by the language of a kit that names none.
COUNTRIES = {"fr": "FR", "en": "GB"}
# Numbers of these are written as those of the country that they are a part of.
WITHIN = {"FR": ("GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF"), "GB": ("JE", "GG", "IM")}
# The ten digits of France: common enough to be known without a plan of all the world's numbers.
FRENCH = re.compile(r"(?:(?:\+33|0033)\s?(?:\(0\))?\s?|0)[1-79](?:[\s.-]?\d\d){4}")


def link(number: str, country: str) -> str:
    """Return ``tel:+33…`` for a number written as one writes it in ``country`` (``FR``).

    A number that no plan knows keeps its digits: ``tel:3939``. The form is RFC 3966's.
    """
    import phonenumbers  # noqa: PLC0415 -- slow, and most checks need none of it

    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.RFC3966).replace(
        "-", ""
    )


def exists(number: str, country: str) -> bool:
    """Tell whether the plan of ``country``, or of the prefix, has such a number.

    Short numbers such as 3939 count, and those of overseas territories in France.
    """
    if country == "FR" and FRENCH.fullmatch(number.strip()):
        return True
    import phonenumbers  # noqa: PLC0415 -- as above

    for place in (country, *WITHIN.get(country, ())):
        try:
            parsed = phonenumbers.parse(number, place)
        except phonenumbers.NumberParseException:
            return False
        short = phonenumbers.is_possible_short_number_for_region(parsed, place)
        if phonenumbers.is_valid_number(parsed) or (short and "+" not in number):
            return True
    return False
