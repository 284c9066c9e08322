"""Diagnostics as plain values that JSON can hold, and back: the findings of a kit are cached so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from moip_press.report.diagnostics import (
    Diagnostic,
    Edit,
    Message,
    Position,
    Related,
    Report,
    Severity,
    Span,
)

DAMAGED = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What is raised for values that are none of ours: a cache may be anybody's."""


def plain_report(report: Report) -> list[dict[str, Any]]:
    """Return a report as plain values."""
    return [_written(found) for found in report.diagnostics]


def report_of(records: Sequence[Mapping[str, Any]]) -> Report:
    """Return the report that ``plain_report`` made these values of.

    Raises ``DAMAGED`` for others.
    """
    return Report(tuple(_read(record) for record in records))


def plain_span(span: Span) -> list[Any]:
    """Return a span as plain values."""
    return [span.file, span.start.line, span.start.column, span.end.line, span.end.column]


def span_of(place: Sequence[Any]) -> Span:
    """Return the span that ``plain_span`` made these values of; raises as ``report_of`` does."""
    file, line, column, end_line, end_column = place
    _all(int, line, column, end_line, end_column)
    _all(str, file)
    return Span(file, Position(line, column), Position(end_line, end_column))


def _written(found: Diagnostic) -> dict[str, Any]:
    edits = (
        None if found.fix is None else [[plain_span(edit.span), edit.text] for edit in found.fix]
    )
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": plain_message(found.message),
        "hint": found.hint and plain_message(found.hint),
        "span": plain_span(found.span),
        "related": [[plain_span(each.span), plain_message(each.message)] for each in found.related],
        "fix": edits,
        "safe": found.safe,
        "lacks": list(found.lacks),
    }


def _read(record: Mapping[str, Any]) -> Diagnostic:
    fix = record["fix"]
    _all(str, record["code"], *(text for _, text in fix or ()))
    _all(bool, record["safe"])
    if any(type(step) not in {str, int} for step in record["lacks"]):
        raise TypeError(record["lacks"])
    return Diagnostic(
        record["code"],
        Severity(record["severity"]),
        message_of(record["message"]),
        message_of(record["hint"]) if record["hint"] else None,
        span_of(record["span"]),
        tuple(Related(span_of(where), message_of(said)) for where, said in record["related"]),
        None if fix is None else tuple(Edit(span_of(where), text) for where, text in fix),
        record["safe"],
        tuple(record["lacks"]),
    )


def plain_message(message: Message) -> dict[str, Any]:
    """Return a sentence as plain values."""
    values = {name: _value(value) for name, value in message.values.items()}
    return {"id": message.id, "plural": message.plural, "count": message.count, "values": values}


def _value(value: object) -> object:
    """Return a value of a sentence; what is neither a sentence nor a number is printed as text."""
    if isinstance(value, Message):
        return plain_message(value)
    return value if isinstance(value, int | float) else str(value)


def message_of(said: Mapping[str, Any]) -> Message:
    """Return the sentence of plain values; raises as ``report_of`` does."""
    values = {
        name: message_of(value) if isinstance(value, dict) else value
        for name, value in said["values"].items()
    }
    plural = said["plural"]
    _all(str, said["id"], *(() if plural is None else (plural,)))
    _all(int, said["count"])
    return Message(said["id"], values, plural, said["count"])


def _all(kind: type, *values: object) -> None:
    if any(type(value) is not kind for value in values):
        raise TypeError(kind)
