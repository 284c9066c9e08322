"""What is wrong with lines and their columns: Y111, Y112, Y121, Y122, Y123 of `parse_faults`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from moip_press.kit.source.entries import FIELD, GLUED, NO_BREAK, Entry, entry_at, fault
from moip_press.kit.source.nodes import ScalarNode, Style
from moip_press.kit.source.traps import glued_colon, no_break_space
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_

if TYPE_CHECKING:
    from moip_press.kit.source.decoding import SourceText
    from moip_press.kit.source.entries import Failure

_MISPLACED_NO_BREAK = re.compile(
    rf"[ ]*(?P<space>[{NO_BREAK}])|[ ]*(?:-[ ]+)*(?:[a-z_]+[ ]*:|-)(?P<after>[{NO_BREAK}])"
)
_COLON = re.compile(r":(?=[ \t]|$)")
_LINES_ABOVE = 20


def misplaced_no_break_space(failure: Failure) -> Diagnostic | None:
    """Find a no-break space where a line begins or after its colon or hyphen."""
    source = failure.source
    first = failure.last.start if failure.last else failure.begins
    rows = range(source.row(min(first, failure.offset)), source.row(failure.offset) + 1)
    for row in reversed(rows[-_LINES_ABOVE:]):
        start = source.line_starts[row]
        if found := _MISPLACED_NO_BREAK.match(source.line_at(start)):
            return no_break_space(source, start + found.end() - 1)
    return None


def tab(failure: Failure) -> Diagnostic | None:
    """Find a tab that indents."""
    source, start = failure.source, failure.offset
    end = start
    while source.text.startswith("\t", end):
        end += 1
    if end == start:
        return None
    return fault(
        "Y111",
        source.span(start, end),
        N_("A tab stands here; lines are indented with spaces only."),
        N_("Delete the tab and type as many spaces as in the neighbouring lines."),
    )


def no_field_above(failure: Failure, scalar: ScalarNode) -> Diagnostic | None:
    """Find a line above the problem that lacks its colon, or the space after it."""
    source = failure.source
    rows = range(source.row(scalar.start), source.row(failure.offset))
    for row in rows:
        start = source.line_starts[row]
        line = source.line_at(start)
        begin = start + len(line) - len(line.lstrip(" -"))
        if (row > rows[0] or begin == scalar.start) and (found := GLUED.match(source.text, begin)):
            return glued_colon(source, found)
    if entry_at(source, scalar.start).key is None and not failure.flow:
        return _no_colon(source, scalar.start)
    return None


def no_field_here(failure: Failure) -> Diagnostic | None:
    """Find a line without a colon where a field should be."""
    if failure.problem != "could not find expected ':'":
        return None
    if found := GLUED.match(failure.source.text, failure.begins):
        return glued_colon(failure.source, found)
    return _no_colon(failure.source, failure.begins)


def _no_colon(source: SourceText, start: int) -> Diagnostic:
    return fault(
        "Y122",
        source.span(start, source.words_end(start)),
        N_("This line has no colon: it is neither a field nor part of the text above."),
        N_("For a field type name: “text”; to go on with the text above, indent the line."),
    )


def field_too_deep(failure: Failure, scalar: ScalarNode) -> Diagnostic | None:
    """Find a field in the line below a text, indented as if it belonged to that text."""
    source = failure.source
    line = source.line_at(failure.offset)
    found = FIELD.match(line)
    above = entry_at(source, scalar.start)
    if found is None or failure.flow or above.key is None or line[found.end("name")] == " ":
        return None
    return _misaligned(source, source.line_start(failure.offset) + found.start("name"), above)


def _misaligned(source: SourceText, start: int, neighbour: Entry) -> Diagnostic:
    column = neighbour.column + 1
    place = source.span(neighbour.start + neighbour.column, neighbour.value_end)
    there = Message.of(N_("This line begins in column {column}."), column=column)
    return fault(
        "Y112",
        source.span(start, source.words_end(start)),
        N_("This line is not indented like the lines around it."),
        N_("Let it begin in column {column}, like line {line}."),
        related=[Related(place, there)],
        column=column,
        line=source.row(neighbour.start) + 1,
    )


def misplaced_line(failure: Failure) -> Diagnostic | None:
    """Find a line that belongs to none of the open lists and fields."""
    if failure.flow or not failure.problem.startswith("did not find expected"):
        return None
    source, offset = failure.source, failure.offset
    line, column = source.line_at(offset), source.column(offset)
    if len(line) - len(line.lstrip(" ")) != column:
        return None
    if found := _interrupted_text(failure):
        return found
    neighbours = _open_entries(source, source.row(offset), column)
    if not neighbours:
        return None
    field = FIELD.match(line) is not None
    nearest = min(
        neighbours,
        key=lambda entry: (abs(entry.column - column), field and entry.key is None),
    )
    if nearest.column != column:
        return _misaligned(source, offset, nearest)
    return fault(
        "Y112",
        source.span(offset, source.words_end(offset)),
        N_("List items and fields cannot stand in the same column."),
        N_("Indent the items of a list below the field that holds them."),
    )


def _interrupted_text(failure: Failure) -> Diagnostic | None:
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
    return fault(
        "Y123",
        source.span(sign, source.line_end(sign)),
        N_("A comment cannot stand within a text."),
        N_("Move it above the text, or put the text below “|” on indented lines."),
    )


def _open_entries(source: SourceText, row: int, column: int) -> list[Entry]:
    """Return the entries above that a line could continue, each less indented than the last."""
    found: list[Entry] = []
    for above in range(row - 1, -1, -1):
        line = source.line_at(source.line_starts[above])
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        entry = entry_at(source, source.line_starts[above])
        if not found or entry.indent < found[-1].indent:
            found.append(entry)
        if found[-1].indent == 0 or found[-1].indent <= column:
            break
    return found
