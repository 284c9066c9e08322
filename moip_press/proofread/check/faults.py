"""How a rule tells of an error."""

from __future__ import annotations

from typing import Any

from moip_press.report.diagnostics import Diagnostic, Message, Related, Severity, Span


def error(
    code: str,
    span: Span,
    message: str,
    hint: Message | None = None,
    related: tuple[Related, ...] = (),
    **values: Any,
) -> Diagnostic:
    """Return an error; ``values`` are those of the message."""
    return Diagnostic(code, Severity.ERROR, Message(message, values), hint, span, related)
