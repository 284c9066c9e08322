"""What is wrong about quotation marks: Y115, Y116, Y120 of `faults`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from moip_press.kit.source.entries import FIELD, entry_at, quoted, shortened
from moip_press.kit.source.nodes import Node, Style
from moip_press.kit.source.traps import BLOCK_HINT
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_

if TYPE_CHECKING:
    from moip_press.kit.source.decoding import SourceText
    from moip_press.kit.source.failure import Failure


def unclosed_quotes(failure: Failure) -> Diagnostic | None:
    """Find quotation marks that swallow the lines after them."""
    source, scalar = failure.source, failure.scalar
    if failure.context == "while scanning a quoted scalar" and failure.problem.startswith(
        "found unexpected"
    ):
        return _unclosed_at(source, failure.begins)
    if (
        scalar
        and scalar.style in (Style.SINGLE, Style.DOUBLE)
        and failure.directly_after(scalar.end)
        and any(FIELD.match(line) for line in _later_lines(source, scalar))
    ):
        return _unclosed_at(source, scalar.start)
    return None


def _unclosed_at(source: SourceText, start: int) -> Diagnostic:
    mark = source.text[start]
    entry = entry_at(source, start)
    line = source.text[start + 1 : source.line_end(start)].strip()
    # an apostrophe that opens a text: 'tis, 's-Hertogenbosch
    inner = line if mark == '"' else line.removesuffix("'")
    return Diagnostic.error(
        "Y115",
        source.span(
            start, start + 1 + len(source.text[start + 1 : source.line_end(start)].rstrip())
        ),
        Message(N_("The quotation marks that open here are not closed.")),
        Message.of(
            N_("Close them at the end of the text: {example}"),
            example=entry.written(quoted(shortened(inner))),
        ),
    )


def _later_lines(source: SourceText, node: Node) -> list[str]:
    first, last = source.row(node.start), source.row(node.end)
    return [source.line_at(source.line_starts[row]) for row in range(first + 1, last + 1)]


def text_after_quotes(failure: Failure) -> Diagnostic | None:
    """Find a text that goes on after its closing quotation mark."""
    source, scalar = failure.source, failure.scalar
    if (
        scalar is None
        or scalar.style not in (Style.SINGLE, Style.DOUBLE)
        or not failure.directly_after(scalar.end)
        or not failure.sign.strip()
    ):
        return None
    entry = failure.entry(failure.offset)
    one_line = entry.value_start == scalar.start
    text = _meant(entry.value) if one_line else ""
    return Diagnostic.error(
        "Y116",
        source.span(failure.offset, max(entry.value_end, failure.offset + 1)),
        Message(N_("The text goes on after its closing quotation mark.")),
        entry.quote_hint(text) if one_line else BLOCK_HINT,
        fix=entry.quote_edits(text) if one_line and not failure.flow else None,
    )


def _meant(written: str) -> str:
    """Return the text that was meant by one that begins with a quotation mark it also holds.

    `'L'innovation'` and `"Le "Lab" ouvert"` mean what their outer marks hold; in
    `"Le Lab" et "La Fabrique"` all marks belong to the text.
    """
    mark, inner = written[0], written[1:-1]
    if len(written) < 2 or not written.endswith(mark):
        return written
    apostrophes = mark == "'" and not re.search(r"(?<!\w)'|'(?!\w)", inner)
    opening = re.match(rf"[^{mark}]*(?<=[\s(]){mark}", inner)
    return inner if apostrophes or opening else written


def backslash(failure: Failure) -> Diagnostic | None:
    """Find a backslash that begins no escape known to YAML."""
    if failure.context != "while parsing a quoted scalar":
        return None
    source = failure.source
    start = source.text.rfind("\\", failure.begins, failure.offset + 1)
    entry = failure.entry(failure.begins)
    inner = entry.value[1:-1] if entry.value.endswith('"') else entry.value[1:]
    if entry.value_start == failure.begins and "'" not in inner:
        hint = entry.quote_hint(inner)
    else:
        hint = Message(N_("Type the backslash twice: \\\\"))
    return Diagnostic.error(
        "Y120",
        source.span(start, start + 2),
        Message(N_("Between double quotation marks, a backslash needs another one before it.")),
        hint,
    )
