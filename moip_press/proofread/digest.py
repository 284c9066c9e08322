"""A report for those who want to know what matters first: by rule, and no longer than a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from moip_press.proofread.rules import gravity, rule_of
from moip_press.report.diagnostics import Diagnostic, Message, Report, Severity
from moip_press.report.messages import N_, NP_, Catalogue
from moip_press.report.rendering import HELP, printable, seen_from, summary

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
    shown = _shown(found)
    lines: list[str] = []
    for group, entries in zip(found, shown, strict=True):
        if entries:
            heading = _cut(_heading(group, catalogue), width)
            told = (_cut(line, width) for each in entries for line in _lines(each, catalogue, cwd))
            lines += [_coloured(heading, group.severity, color=color), *told, ""]
    rest = len(report.diagnostics) - sum(map(len, shown))
    return "".join(f"{line}\n" for line in [*lines, *_closing(report, rest, catalogue)])


Entry = tuple[Diagnostic, Message | None]
"""A finding that is shown, and the hint below it."""


def _shown(found: Sequence[Group]) -> list[list[Entry]]:
    """Return what is shown of each group: one finding of each with its hint, then the others.

    A hint stands below the first of several findings that have the same.
    """
    shown: list[list[Entry]] = [[] for _ in found]
    left = LINES - 3
    for group, entries in zip(found, shown, strict=True):
        first = group.found[0]
        cost = 3 + bool(first.hint)
        if left < cost:
            break
        entries.append((first, first.hint))
        left -= cost
    for group, entries in zip(found, shown, strict=True):
        for each in group.found[1:] if entries else ():
            new = each.hint not in (None, *(hint for _, hint in entries))
            if left < 1 + new:
                break
            entries.append((each, each.hint if new else None))
            left -= 1 + new
    return shown


def _lines(entry: Entry, catalogue: Catalogue, cwd: PurePath) -> Iterator[str]:
    found, hint = entry
    start = found.span.start
    place = f"{seen_from(cwd, found.span.file)}:{start.line}:{start.column}"
    yield printable(f"  {place}  {catalogue.say(found.message)}")
    if hint:
        yield printable(f"    {catalogue.say(HELP)} {catalogue.say(hint)}")


def _heading(group: Group, catalogue: Catalogue) -> str:
    rule = rule_of(group.code)
    title = catalogue.gettext(rule.summary).rstrip(".") if rule else ""
    count = f" ({len(group.found)})" if len(group.found) > 1 else ""
    return f"{group.code}  {title}{count}".rstrip()


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
