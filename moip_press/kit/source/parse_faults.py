"""Why a file could not be parsed, in the words of someone who types texts.

libyaml says where it gave up; the cause is often further up. Each function below looks for one
cause and answers None where it is another.

| code | cause |
| --- | --- |
| Y111 | a tab where only spaces indent |
| Y112 | a line indented otherwise than its neighbours |
| Y113 | a colon within a text without quotation marks |
| Y114 | a text cut at ` #` (see `traps`) |
| Y115 | quotation marks that are not closed |
| Y116 | a text that goes on after its quotation marks |
| Y117 | a text that begins with a special character of YAML |
| Y118 | a colon without a space after it (see `traps`) |
| Y119 | brackets that are not closed, or badly filled |
| Y120 | a backslash within double quotation marks |
| Y121 | a no-break space in the place of an ordinary one (see `traps`) |
| Y122 | a line without a colon among fields |
| Y123 | a comment within a text |
| Y199 | anything else |
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from moip_press.kit.source.entries import BLOCK, FIELD, Failure, entry_at, fault
from moip_press.kit.source.line_faults import (
    field_too_deep,
    misplaced_line,
    misplaced_no_break_space,
    no_field_above,
    no_field_here,
    tab,
)
from moip_press.kit.source.nodes import Style
from moip_press.kit.source.traps import COLON_IN_TEXT, refusal, special_start
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from moip_press.kit.source.decoding import SourceText

_QUOTED = (Style.SINGLE, Style.DOUBLE)
_SPECIAL = frozenset("@`%*&!|>-?,[]{}")
_SPECIAL_CONTEXTS = (
    "while scanning a block scalar",
    "while scanning an alias",
    "while scanning an anchor",
    "while scanning a tag",
    "while parsing a tag",
    "while scanning a directive",
)


def explain(failure: Failure) -> Diagnostic:
    """Return the one diagnostic of a file that cannot be parsed."""
    for cause in _CAUSES:
        if found := cause(failure):
            return found
    source = failure.source
    offset = min(failure.offset, max(0, len(source.text.rstrip()) - 1))
    return fault(
        "Y199",
        source.span(offset, min(offset + 1, source.line_end(offset))),
        N_("The file cannot be read from here on."),
        N_(
            "Compare this line and the one above with others; "
            "a text with special characters in it goes between quotation marks."
        ),
    )


# --- quotation marks ------------------------------------------------------------------------


def _unclosed_quotes(failure: Failure) -> Diagnostic | None:
    """Find quotation marks that swallow the lines after them."""
    source, scalar = failure.source, failure.scalar
    scanning = failure.context == "while scanning a quoted scalar"
    if scanning and failure.problem.startswith("found unexpected"):
        return _unclosed_at(source, failure.begins)
    if scalar and scalar.style in _QUOTED and failure.directly_after(scalar.end):
        later = range(source.row(scalar.start) + 1, source.row(scalar.end) + 1)
        if any(FIELD.match(source.line_at(source.line_starts[row])) for row in later):
            return _unclosed_at(source, scalar.start)
    return None


def _unclosed_at(source: SourceText, start: int) -> Diagnostic:
    line = source.text[start + 1 : source.line_end(start)].strip()
    # an apostrophe that opens a text: 'tis, 's-Hertogenbosch
    inner = line if source.text[start] == '"' else line.removesuffix("'")
    return fault(
        "Y115",
        source.span(start, max(start + 1, source.words_end(start))),
        N_("The quotation marks that open here are not closed."),
        N_("Close them at the end of the text: {example}"),
        example=entry_at(source, start).written(inner),
    )


def _text_after_quotes(failure: Failure) -> Diagnostic | None:
    """Find a text that goes on after its closing quotation mark."""
    source, scalar = failure.source, failure.scalar
    if scalar is None or scalar.style not in _QUOTED:
        return None
    if not failure.directly_after(scalar.end) or not failure.character.strip():
        return None
    entry = failure.entry(failure.offset)
    one_line = entry.value_start == scalar.start
    text = _meant(entry.value) if one_line else ""
    return fault(
        "Y116",
        source.span(failure.offset, max(entry.value_end, failure.offset + 1)),
        N_("The text goes on after its closing quotation mark."),
        entry.quote_hint(text) if one_line else BLOCK,
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


def _backslash(failure: Failure) -> Diagnostic | None:
    """Find a backslash that begins no escape known to YAML."""
    if failure.context != "while parsing a quoted scalar":
        return None
    source = failure.source
    start = source.text.rfind("\\", failure.begins, failure.offset + 1)
    entry = failure.entry(failure.begins)
    inner = entry.value[1:-1] if entry.value.endswith('"') else entry.value[1:]
    hint: str | Message = N_("Type the backslash twice: \\\\")
    if entry.value_start == failure.begins and "'" not in inner:
        hint = entry.quote_hint(inner)
    return fault(
        "Y120",
        source.span(start, start + 2),
        N_("Between double quotation marks, a backslash needs another one before it."),
        hint,
    )


# --- characters that YAML keeps for itself --------------------------------------------------


def _colon(failure: Failure) -> Diagnostic | None:
    """Find a colon within a text without quotation marks, or what made it look like one."""
    source, scalar, offset = failure.source, failure.scalar, failure.offset
    if failure.character == ":":
        if not source.text[source.line_start(offset) : offset].strip(" -"):
            return refusal("Y136", source, offset)
        if failure.flow:
            # below the line of its bracket, the field shows that the bracket is not closed
            return _colon_in_text(failure, offset) if failure.on_one_line(failure.begins) else None
    if scalar is None or not failure.problem.startswith("mapping values"):
        return None
    found = None
    if not failure.on_one_line(scalar.start):
        found = no_field_above(failure, scalar) or field_too_deep(failure, scalar)
    return found or _colon_in_text(failure, scalar.start)


def _colon_in_text(failure: Failure, start: int) -> Diagnostic:
    entry, one_line = failure.entry(start), failure.on_one_line(start)
    return fault(
        "Y113",
        failure.source.span(failure.offset, failure.offset + 1),
        COLON_IN_TEXT,
        entry.quote_hint() if one_line else BLOCK,
        fix=entry.quote_edits() if one_line and not failure.flow else None,
    )


def _brackets_in_text(failure: Failure) -> Diagnostic | None:
    """Find a text such as `[Annulé] Rencontre`, read as a list and then text."""
    source, last = failure.source, failure.last
    if (
        last is not None
        and source.text[last.start : last.start + 1] in ("[", "{")
        and failure.directly_after(last.end)
        and failure.character.strip()
        and failure.on_one_line(last.start)
    ):
        return special_start(source, last.start, flow=failure.flow)
    return None


def _special_character(failure: Failure) -> Diagnostic | None:
    """Find a text that begins with a character that opens something else in YAML."""
    problem = failure.problem
    if failure.context.startswith(_SPECIAL_CONTEXTS):
        start = failure.begins
    elif "cannot start any token" in problem or (
        problem.startswith(("block sequence entries", "mapping keys", "did not find expected node"))
    ):
        start = failure.offset
    else:
        return None
    sign = failure.source.text[start : start + 1]
    if sign not in _SPECIAL or (failure.flow and sign in ",]}"):
        return None
    return special_start(failure.source, start, flow=failure.flow)


def _open_brackets(failure: Failure) -> Diagnostic | None:
    """Find brackets that are not closed or hold what no list holds."""
    source, start, place = failure.source, failure.begins, failure.offset
    if not failure.context.startswith("while parsing a flow "):
        return None
    # a comment may have swallowed the closing bracket
    for known in reversed(failure.known):
        if known.code == "Y114":
            return known
    item = failure.context.endswith("node")
    if item or (failure.on_one_line(start) and failure.character.strip()):
        return fault(
            "Y119",
            source.span(place, min(place + 1, source.line_end(place))),
            N_("The list or the fields between brackets cannot be read from here."),
            N_(
                "Write [first, second] or {{name: text}}; "
                "put texts that contain special characters between quotation marks."
            ),
        )
    sign = source.text[start]
    hint = N_("Close it with “{sign}”, or put a text between quotation marks.")
    return fault(
        "Y119",
        source.span(start, start + 1),
        N_("The bracket “{sign}” that opens here is not closed."),
        Message.of(hint, sign="]" if sign == "[" else "}"),
        sign=sign,
    )


_CAUSES: tuple[Callable[[Failure], Diagnostic | None], ...] = (
    tab,
    misplaced_no_break_space,
    _unclosed_quotes,
    _text_after_quotes,
    _colon,
    _brackets_in_text,
    _backslash,
    _open_brackets,
    _special_character,
    no_field_here,
    misplaced_line,
)
