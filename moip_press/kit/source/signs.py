"""What is wrong about signs that YAML keeps for itself: Y113, Y117, Y119 of `faults`, Y136."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moip_press.kit.source.columns import no_field_on, too_deep_field
from moip_press.kit.source.entries import entry_at, flow_entry_at, quoted, shortened
from moip_press.kit.source.traps import BLOCK_HINT, COLON_IN_TEXT
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_

if TYPE_CHECKING:
    from moip_press.kit.source.decoding import SourceText
    from moip_press.kit.source.failure import Failure

_STARTS = (
    "while scanning a block scalar",
    "while scanning an alias",
    "while scanning an anchor",
    "while scanning a tag",
    "while parsing a tag",
    "while scanning a directive",
)
_SIGNS = frozenset("@`%*&!|>-?,[]{}")


def colon(failure: Failure) -> Diagnostic | None:
    """Find a colon within a text without quotation marks, or what made it look like one."""
    source, scalar = failure.source, failure.scalar
    row = source.row(failure.offset)
    if failure.sign == ":" and not source.text[source.line_starts[row] : failure.offset].strip(
        " -"
    ):
        return not_a_key(source, failure.offset)
    if failure.flow and failure.sign == ":":
        # on a line below its bracket, the field shows rather that the bracket is not closed
        return (
            _colon_in_text(failure, failure.offset) if source.row(failure.begins) == row else None
        )
    if scalar is None or not failure.problem.startswith("mapping values"):
        return None
    if source.row(scalar.start) == row:
        return _colon_in_text(failure, scalar.start)
    head = no_field_on(failure, scalar)
    return head or too_deep_field(failure, scalar) or _colon_in_text(failure, scalar.start)


def _colon_in_text(failure: Failure, start: int) -> Diagnostic:
    source, entry = failure.source, failure.entry(start)
    span = source.span(failure.offset, failure.offset + 1)
    one_line = source.row(start) == source.row(failure.offset)
    return Diagnostic.error(
        "Y113",
        span,
        COLON_IN_TEXT,
        entry.quote_hint() if one_line else BLOCK_HINT,
        fix=entry.quote_edits() if one_line and not failure.flow else None,
    )


def brackets_in_text(failure: Failure) -> Diagnostic | None:
    """Find a text such as `[Annulé] Rencontre`, read as a list and then text."""
    last = failure.last
    if (
        last is not None
        and failure.source.text[last.start : last.start + 1] in ("[", "{")
        and failure.directly_after(last.end)
        and failure.sign.strip()
        and failure.source.row(last.start) == failure.source.row(failure.offset)
    ):
        return special_start(failure.source, last.start, flow=failure.flow)
    return None


def special_sign(failure: Failure) -> Diagnostic | None:
    """Find a text that begins with a sign that opens something else in YAML."""
    problem, context = failure.problem, failure.context
    if context.startswith(_STARTS):
        start = failure.begins
    elif "cannot start any token" in problem or (
        problem.startswith(("block sequence entries", "mapping keys", "did not find expected node"))
    ):
        start = failure.offset
    else:
        return None
    sign = failure.source.text[start : start + 1]
    if sign not in _SIGNS or (failure.flow and sign in ",]}"):
        return None
    return special_start(failure.source, start, flow=failure.flow)


def special_start(source: SourceText, start: int, *, flow: bool) -> Diagnostic:
    """Return the diagnostic of a text whose first character means something else to YAML."""
    entry = (flow_entry_at if flow else entry_at)(source, start)
    sign = source.text[start]
    whole = entry.value_start == start
    if sign == "-":
        hint = Message.of(
            N_("For a list, begin each item on a line of its own; for a text: {example}"),
            example=entry.written(quoted(shortened(entry.value))),
        )
    else:
        hint = entry.quote_hint() if whole else BLOCK_HINT
    return Diagnostic.error(
        "Y117",
        source.span(start, start + 1),
        Message.of(N_("A text without quotation marks cannot begin with “{sign}”."), sign=sign),
        hint,
        fix=entry.quote_edits() if whole and not flow and sign != "-" else None,
    )


def open_brackets(failure: Failure) -> Diagnostic | None:
    """Find brackets that are not closed or hold what no list holds."""
    if failure.context not in (
        "while parsing a flow sequence", "while parsing a flow mapping", "while parsing a flow node"
    ):  # fmt: skip
        return None
    # a comment may have swallowed the closing bracket
    for known in reversed(failure.known):
        if known.code == "Y114":
            return known
    source, start = failure.source, failure.begins
    if failure.context.endswith("node"):
        return _bad_item(failure)
    if source.row(start) == source.row(failure.offset) and failure.sign.strip():
        return _bad_item(failure)
    close = "]" if source.text[start] == "[" else "}"
    return Diagnostic.error(
        "Y119",
        source.span(start, start + 1),
        Message.of(
            N_("The bracket “{sign}” that opens here is not closed."), sign=source.text[start]
        ),
        Message.of(
            N_("Close it with “{sign}”, or put a text between quotation marks."), sign=close
        ),
    )


def _bad_item(failure: Failure) -> Diagnostic:
    end = min(failure.offset + 1, failure.source.line_end(failure.offset))
    return Diagnostic.error(
        "Y119",
        failure.source.span(failure.offset, end),
        Message(N_("The list or the fields between brackets cannot be read from here.")),
        Message(
            N_(
                "Write [first, second] or {{name: text}}; "
                "put texts that hold signs between quotation marks."
            )
        ),
    )


def not_a_key(source: SourceText, start: int) -> Diagnostic:
    """Return the diagnostic of a key that is no text."""
    return Diagnostic.error(
        "Y136",
        source.span(start, min(start + 1, source.line_end(start))),
        Message(N_("The name of a field is missing here, or it is not a word.")),
        Message(N_("Write the name of the field, a colon, a space and its text: title: “…”")),
    )
