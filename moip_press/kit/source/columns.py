"""What is wrong about lines and their columns: Y111, Y112, Y121, Y122, Y123 of `faults`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from moip_press.kit.source.entries import FIELD, GLUED, NO_BREAK, Entry, entry_at
from moip_press.kit.source.nodes import ScalarNode, Style
from moip_press.kit.source.traps import glued, no_break_space
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_

if TYPE_CHECKING:
    from moip_press.kit.source.decoding import SourceText
    from moip_press.kit.source.failure import Failure

_MISPLACED_NO_BREAK = re.compile(
    rf"[ ]*(?P<space>[{NO_BREAK}])|[ ]*(?:-[ ]+)*(?:[a-z_]+[ ]*:|-)(?P<after>[{NO_BREAK}])"
)
_COLON = re.compile(r":(?=[ \t]|$)")


def misplaced_no_break_space(failure: Failure) -> Diagnostic | None:
    """Find a no-break space where a line begins or after its colon or hyphen."""
    source = failure.source
    first = failure.last.start if failure.last else failure.begins
    rows = range(source.row(min(first, failure.offset)), source.row(failure.offset) + 1)
    for row in reversed(rows[-20:]):
        start = source.line_starts[row]
        if found := _MISPLACED_NO_BREAK.match(source.line_at(start)):
            return no_break_space(source, start + found.end() - 1)
    return None


def tab(failure: Failure) -> Diagnostic | None:
    """Find a tab that indents."""
    source, offset = failure.source, failure.offset
    if failure.sign != "\t":
        return None
    end = offset
    while source.text.startswith("\t", end):
        end += 1
    return Diagnostic.error(
        "Y111",
        source.span(offset, end),
        Message(N_("A tab stands here; lines are indented with spaces only.")),
        Message(N_("Delete the tab and type as many spaces as in the neighbouring lines.")),
    )


def no_field_on(failure: Failure, scalar: ScalarNode) -> Diagnostic | None:
    """Find a line above the problem that lacks its colon, or the space after it."""
    source = failure.source
    rows = range(source.row(scalar.start), source.row(failure.offset))
    for row in rows:
        start = source.line_starts[row]
        line = source.line_at(start)
        begin = start + len(line) - len(line.lstrip(" -"))
        if (row > rows[0] or begin == scalar.start) and (found := GLUED.match(source.text, begin)):
            return glued(source, found)
    if entry_at(source, scalar.start).key is None and not failure.flow:
        return _no_colon(source, scalar.start)
    return None


def too_deep_field(failure: Failure, scalar: ScalarNode) -> Diagnostic | None:
    """Find a field in the line below a text, indented as if it belonged to that text."""
    source = failure.source
    line = source.line_at(failure.offset)
    found = FIELD.match(line)
    above = entry_at(source, scalar.start)
    if found is None or failure.flow or above.key is None or line[found.end("name")] == " ":
        return None
    start = source.line_starts[source.row(failure.offset)]
    return _misaligned(source, start + found.start("name"), above)


def _misaligned(source: SourceText, start: int, neighbour: Entry) -> Diagnostic:
    row = source.row(neighbour.start)
    return Diagnostic.error(
        "Y112",
        source.span(start, start + len(source.text[start : source.line_end(start)].rstrip())),
        Message(N_("This line is not indented like the lines around it.")),
        Message.of(
            N_("Let it begin in column {column}, like line {line}."),
            column=neighbour.column + 1,
            line=row + 1,
        ),
        related=[
            Related(
                source.span(neighbour.start + neighbour.column, neighbour.value_end),
                Message.of(N_("This line begins in column {column}."), column=neighbour.column + 1),
            )
        ],
    )


def no_field_here(failure: Failure) -> Diagnostic | None:
    """Find a line without a colon where a field should be."""
    if failure.problem != "could not find expected ':'":
        return None
    source = failure.source
    start = failure.begins
    if found := GLUED.match(source.text, start):
        return glued(source, found)
    return _no_colon(source, start)


def _no_colon(source: SourceText, start: int) -> Diagnostic:
    end = start + len(source.text[start : source.line_end(start)].rstrip())
    return Diagnostic.error(
        "Y122",
        source.span(start, end),
        Message(N_("This line has no colon: it is neither a field nor part of the text above.")),
        Message(
            N_("For a field type name: “text”; to go on with the text above, indent the line.")
        ),
    )


def misplaced_line(failure: Failure) -> Diagnostic | None:
    """Find a line that belongs to none of the open lists and fields."""
    if failure.flow or not failure.problem.startswith("did not find expected"):
        return None
    source, offset = failure.source, failure.offset
    line = source.line_at(offset)
    start = source.line_starts[source.row(offset)] + len(line) - len(line.lstrip(" "))
    if start != offset:
        return None
    if found := _interrupted(failure):
        return found
    column = source.column(offset)
    neighbours = _open_entries(source, source.row(offset), column)
    if not neighbours:
        return None
    field = FIELD.match(line) is not None
    nearest = min(
        neighbours,
        key=lambda entry: (abs(entry.column - column), field and entry.key is None),
    )
    if nearest.column == column:
        return _mixed(source, offset)
    return _misaligned(source, offset, nearest)


def _interrupted(failure: Failure) -> Diagnostic | None:
    """Find a text that goes on below a comment."""
    source, scalar = failure.source, failure.scalar
    if scalar is None or scalar.style is not Style.PLAIN:
        return None
    for known in failure.known:
        if known.code == "Y114" and known.span.start >= scalar.span.start:
            return known
    sign = source.text.find("#", scalar.end, failure.offset)
    deeper = source.column(failure.offset) > entry_at(source, scalar.start).column
    if sign < 0 or not deeper or _COLON.search(source.line_at(failure.offset)):
        return None
    return Diagnostic.error(
        "Y123",
        source.span(sign, source.line_end(sign)),
        Message(N_("A comment cannot stand within a text.")),
        Message(N_("Move it above the text, or put the text below “|” on indented lines.")),
    )


def _open_entries(source: SourceText, row: int, column: int) -> list[Entry]:
    """Return the entries above that a line could continue, each less indented than the last."""
    found: list[Entry] = []
    limit: int | None = None
    for above in range(row - 1, -1, -1):
        line = source.line_at(source.line_starts[above])
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        entry = entry_at(source, source.line_starts[above])
        if limit is None or entry.indent < limit:
            limit = entry.indent
            found.append(entry)
        if limit == 0 or limit <= column:
            break
    return found


def _mixed(source: SourceText, offset: int) -> Diagnostic:
    return Diagnostic.error(
        "Y112",
        source.span(offset, offset + len(source.text[offset : source.line_end(offset)].rstrip())),
        Message(N_("List items and fields cannot stand in the same column.")),
        Message(N_("Indent the items of a list below the field that holds them.")),
    )
