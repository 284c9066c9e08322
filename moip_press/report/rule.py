"""What there is to know of a rule, for those whom it finds at fault."""

from __future__ import annotations

from dataclasses import dataclass

from moip_press.report.diagnostics import Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Rule:
    """A named thing that can be wrong.

    ``summary``, ``reason`` and ``source`` are msgids: what is found, in one sentence; why it
    matters; and where the rule comes from, such as the *Lexique* of the Imprimerie nationale.
    ``wrong`` and ``right`` are an example as it stands in a kit, the same in every language.
    ``fixable`` where ``check --fix`` can correct at least some of its findings.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    reason: str
    wrong: str
    right: str
    source: str | None = None
    fixable: bool = False
