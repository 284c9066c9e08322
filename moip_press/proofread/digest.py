"""A report for those who want to know what matters first: by rule, and no longer than a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from moip_press.proofread.rules import gravity, rule_of
from moip_press.report.diagnostics import Diagnostic, Message, Report, Severity
from moip_press.report.messages import N_, NP_, Catalogue
from moip_press.report.rendering import printable, seen_from, summary

LINES = 30
"""How many lines a digest has, about."""


COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33"}


@dataclass(frozen=True)
class Group:
    """The findings of one rule, in the order of the files."""

    code: str
    severity: Severity
    found: tuple[Diagnostic, ...]


def groups(report: Report) -> tuple[Group, ...]:
    """Return the findings by rule: errors first, then the most serious family."""
    codes: dict[tuple[bool, tuple[int, str]], list[Diagnostic]] = {}
    for found in report.diagnostics:
        key = found.severity is not Severity.ERROR, gravity(found.code)
        codes.setdefault(key, []).append(found)
    return tuple(
        Group(found[0].code, found[0].severity, tuple(found)) for _, found in sorted(codes.items())
    )


def digest(
    report: Report, catalogue: Catalogue, cwd: PurePath, *, width: int = 0, color: bool = False
) -> str:
    """Return the report in about thirty lines, which say how much more there is.

    ``width`` cuts lines, in characters; 0 leaves them whole.
    """
    found = groups(report)
    shares = _shares([len(group.found) for group in found])
    blocks = [
        [
            _coloured(_cut(_heading(group, catalogue), width), group.severity, color=color),
            *(_cut(_line(each, catalogue, cwd), width) for each in group.found[:share]),
        ]
        for group, share in zip(found, shares, strict=True)
        if share
    ]
    rest = len(report.diagnostics) - sum(shares)
    lines = [line for block in blocks for line in (*block, "")]
    return "".join(f"{line}\n" for line in [*lines, *_closing(report, rest, catalogue)])


def _shares(counts: Sequence[int]) -> list[int]:
    """Return how many findings of each group are shown: one of each first, then in order."""
    shares = [0] * len(counts)
    left = LINES - 3
    for index in range(len(counts)):
        if left < 3:
            break
        shares[index], left = 1, left - 3
    for index, count in enumerate(counts):
        if shares[index]:
            more = min(count - 1, left)
            shares[index], left = 1 + more, left - more
    return shares


def _heading(group: Group, catalogue: Catalogue) -> str:
    rule = rule_of(group.code)
    title = catalogue.gettext(rule.summary).rstrip(".") if rule else ""
    count = f" ({len(group.found)})" if len(group.found) > 1 else ""
    return f"{group.code}  {title}{count}".rstrip()


def _line(found: Diagnostic, catalogue: Catalogue, cwd: PurePath) -> str:
    start = found.span.start
    place = f"{seen_from(cwd, found.span.file)}:{start.line}:{start.column}"
    return printable(f"  {place}  {catalogue.say(found.message)}")


def _coloured(heading: str, severity: Severity, *, color: bool) -> str:
    return f"\x1b[{COLOURS[severity]}m{heading}\x1b[0m" if color else heading


def _cut(line: str, width: int) -> str:
    return line if not width or len(line) <= width else f"{line[: width - 1]}…"


def _closing(report: Report, rest: int, catalogue: Catalogue) -> Iterator[str]:
    fixes = sum(1 for found in report.diagnostics if found.fix and found.safe)
    yield catalogue.say(summary(report))
    if rest:
        yield catalogue.say(
            Message.counted(
                NP_(
                    "{count} more is shown by “moip-press check --format full”.",
                    "{count} more are shown by “moip-press check --format full”.",
                ),
                rest,
            )
        )
    if fixes:
        yield catalogue.say(
            Message.counted(
                NP_(
                    "{count} of them can be corrected by “moip-press check --fix”.",
                    "{count} of them can be corrected by “moip-press check --fix”.",
                ),
                fixes,
            )
        )
    if report.diagnostics:
        code = groups(report)[0].code
        yield catalogue.say(
            Message.of(N_("“moip-press check --explain {code}” says more of a rule."), code=code)
        )
