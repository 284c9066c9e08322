"""What there is to know of a rule, for those whom it finds at fault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from moip_press.report.diagnostics import Severity

MARKS = re.compile(
    r"\{~~(?P<wrong>.*?)~>(?P<right>.*?)~~\}|\{--(?P<deleted>.*?)--\}|\{\+\+(?P<added>.*?)\+\+\}",
    re.DOTALL,
)
"""What is to change in an example: CriticMarkup's substitution, deletion and addition."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named thing that can be wrong.

    ``summary``, ``reason`` and ``source`` are msgids: what is found, in one sentence; why it
    matters; and where the rule comes from, such as the *Lexique* of the Imprimerie nationale.
    ``example`` is an excerpt of a kit, the same in every language, with its correction marked.
    ``fixable`` where ``check --fix`` can correct at least some of its findings.
    """

    severity: Severity
    title: str
    summary: str
    reason: str
    example: str
    source: str | None = None
    fixable: bool = False

    @classmethod
    def error(cls, *facts: Any, **more: Any) -> Rule:
        """Return the rule of an error: its title (``"Y101 not-utf-8"``) and further fields."""
        return cls(Severity.ERROR, *facts, **more)

    @classmethod
    def warning(cls, *facts: Any, **more: Any) -> Rule:
        """Return the rule of a warning, as for an error."""
        return cls(Severity.WARNING, *facts, **more)

    @property
    def code(self) -> str:
        """Its code, such as ``D204``."""
        return self.title.partition(" ")[0]

    @property
    def name(self) -> str:
        """Its name, such as ``event-on-a-free-day``."""
        return self.title.partition(" ")[2]

    @property
    def wrong(self) -> str:
        """The example that breaks the rule."""
        return MARKS.sub(lambda mark: (mark["wrong"] or "") + (mark["deleted"] or ""), self.example)

    @property
    def right(self) -> str:
        """The example as it should be."""
        return MARKS.sub(lambda mark: (mark["right"] or "") + (mark["added"] or ""), self.example)
