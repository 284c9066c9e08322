"""The rows of charts, and the numbers in them as people write them."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, model_validator

from moip_press.kit.model.fields import MEANT, Record, Text, field_error
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_

GROUP = "[ \u00a0\u202f\u2009'’]"
WRITTEN = re.compile(
    rf"(?P<sign>[-+\u2212\u2013]?)\s*(?P<whole>\d{{1,3}}(?:{GROUP}\d{{3}})+|\d{{1,12}})"
    r"(?:[.,](?P<part>\d{1,6}))?"
)
ENGLISH = re.compile(
    r"(?P<sign>[-+\u2212\u2013]?)\s*(?P<whole>\d{1,3}(?:,\d{3})+)(?:\.(?P<part>\d{1,6}))?"
)
IN_TEXT = re.compile(r"[-\u2212]?\d[\d \u00a0\u202f.,]*\d|\d")
UNKNOWN = re.compile(r"(?:[-–—]|n\.?\s?d\.?|n\.?\s?a\.?|nc|n\.\s?c\.|\?)", re.IGNORECASE)


def amount_in(text: str, language: str) -> float | None:
    """Return the number that a text is, None where it is none.

    "1 240,5" is one in every language; a comma before three digits groups them in English alone.
    """
    written = text.strip()
    found = (ENGLISH.fullmatch(written) if language == "en" else None) or WRITTEN.fullmatch(written)
    if found is None:
        return None
    sign = "-" if found["sign"] in ("-", "\u2212", "\u2013") else ""
    whole = re.sub(r"\D", "", found["whole"])
    return float(f"{sign}{whole}.{found['part'] or 0}")


def _read(value: object, info: ValidationInfo) -> Any:
    if value is None or not isinstance(value, str):
        return value
    if UNKNOWN.fullmatch(value.strip()):
        return None
    language = str((info.context or {}).get("language", "fr"))
    number = amount_in(value, language)
    if number is None:
        bare = next((each[0] for each in IN_TEXT.finditer(value)), "")
        hint = Message(N_("Write it in digits, such as 1240 or 12,5; its unit stands in “unit”."))
        if bare and amount_in(bare, language) is not None:
            hint = Message.of(MEANT, suggestion=bare)
        raise field_error("S104", N_("“{value}” is not a number."), hint, value=value)
    return number


_SCHEMA = {"type": ["number", "string"]}
Amount = Annotated[float | None, BeforeValidator(_read), WithJsonSchema(_SCHEMA)]
"""A number, written as one writes it; None where it is not known."""


class ChartRow(Record):
    """A bar, a point or a share of a chart."""

    label: Text
    """What it is: a year, a region, an answer."""
    value: Amount = None
    """Its number, such as 12 or 1 240,5; a dash where it is not known."""
    values: tuple[Amount, ...] = Field(default=(), max_length=6)
    """Its numbers, where the chart has several series."""

    @model_validator(mode="after")
    def _has_one_kind_of_value(self) -> Self:
        given = self.model_fields_set & {"value", "values"}
        if not given:
            hint = N_("Add a line “{field}: …” here.")
            raise field_error("S102", N_("The field “{field}” is missing."), hint, field="value")
        if len(given) > 1:
            message = N_("“{one}” and “{other}” both say what this number is.")
            hint = N_("Keep one of them.")
            raise field_error("S161", message, hint, one="value", other="values")
        return self

    @property
    def numbers(self) -> tuple[float | None, ...]:
        """Its numbers, one for each series."""
        return self.values or (self.value,)
