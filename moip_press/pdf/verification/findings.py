"""What the judgement of a PDF is made of: rules, each with the function that looks for it.

A rule is of those who read (PDF/UA-1, ISO 14289-1), of those who keep (PDF/A-3, ISO 19005-3), or
of both. What is found on many pages is one finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from moip_press.pdf.verification.examined import Examined
from moip_press.report.diagnostics import Message, Severity
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule

AT_THE_SOURCE = N_("Correct it in the document that this PDF was made from, and export it again.")
EXAMPLE = "moip-press verify {~~imprime~>dossier~~}.pdf"
MOST_RANGES = 8  # of pages that one finding names
MOST_FINDINGS = 10  # of one rule: the others would say the same again


class Standard(Enum):
    """Who asks for something."""

    READING = "PDF/UA-1"
    KEEPING = "PDF/A-3"


BOTH = frozenset(Standard)
READING = frozenset((Standard.READING,))
KEEPING = frozenset((Standard.KEEPING,))


@dataclass(frozen=True)
class Finding:
    """What is wrong, in a sentence, on which pages (0: nobody knows), and what to do about it."""

    message: Message
    pages: frozenset[int] = frozenset()
    hint: str = AT_THE_SOURCE

    @property
    def sentence(self) -> Message:
        """The sentence, and the pages."""
        pages = sorted(self.pages - {0})
        if not pages:
            return self.message
        words = NP_("{finding} Page {pages}.", "{finding} Pages {pages}.")
        return Message.counted(words, len(pages), finding=self.message, pages=ranges(pages))


Findings = Iterator[Finding]


def found(
    msgid: str, pages: Iterable[int] = (), hint: str = AT_THE_SOURCE, **values: object
) -> Finding:
    """Return ``found(N_("It has no {thing}."), pages, thing=name)``."""
    return Finding(Message(msgid, values), frozenset(pages), hint)


@dataclass(frozen=True)
class Check:
    """A rule, who asks for it, and the function that looks for it in a PDF."""

    rule: Rule
    standards: frozenset[Standard]
    look: Callable[[Examined], Findings]

    def __call__(self, pdf: Examined) -> list[Finding]:
        """Return what is found, each thing once for all pages."""
        same: dict[tuple[str, ...], Finding] = {}
        for each in self.look(pdf):
            key = (each.message.id, *map(str, each.message.values.values()))
            known = same.get(key)
            pages = each.pages | known.pages if known else each.pages
            same[key] = Finding(each.message, pages, each.hint)
        return list(same.values())[:MOST_FINDINGS]


def check(
    rule: Rule, standards: frozenset[Standard]
) -> Callable[[Callable[[Examined], Findings]], Check]:
    """Return what makes a check of a function."""

    def checked(look: Callable[[Examined], Findings]) -> Check:
        return Check(rule, standards, look)

    return checked


def rule(
    title: str, summary: str, reason: str, source: str, severity: Severity = Severity.ERROR
) -> Rule:
    """Return the record of a rule on finished PDFs."""
    return Rule(severity, title, summary, reason, EXAMPLE, source)


def ranges(numbers: list[int]) -> str:
    """Return numbers in ascending order as a reader writes them: "1, 3–5"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    return ", ".join(shown[:MOST_RANGES] + ["…"] * (len(runs) > MOST_RANGES))
