"""A part of a text replaced in the file, written as its style of scalar wants it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from moip_press.kit.source.nodes import Style
from moip_press.kit.source.positions import trace, value_offsets
from moip_press.report.diagnostics import Edit

if TYPE_CHECKING:
    from moip_press.kit.source.nodes import ScalarNode

# what could end a plain text, begin a comment or open something else
_PLAIN_RISK = re.compile(r"[:#,\[\]{}]")
_FIRST_RISK = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`~.]|null|\s")
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def splice(node: ScalarNode, start: int, end: int, text: str) -> Edit | None:
    """Return the edit that puts `text` in the place of the characters [start, end) of a value.

    None where it could change more than that: across line ends of the file, or where the
    text would need other quotation marks than the scalar has.
    """
    value = node.value
    written = _written(node, start, end, text)
    if written is None or not 0 <= start <= end <= len(value) or trace(node) is None:
        return None
    first, last = value_offsets(node, start, end)
    if not value or "\n" in node.source.text[first:last] or "\r" in node.source.text[first:last]:
        return None
    return Edit(node.source.span(first, last), written)


def _written(node: ScalarNode, start: int, end: int, text: str) -> str | None:
    new = node.value[:start] + text + node.value[end:]
    if _UNWRITABLE.search(text):
        return None
    match node.style:
        case Style.SINGLE:
            return text.replace("'", "''") if _keeps_lines(node, start, end, text) else None
        case Style.DOUBLE:
            escaped = text.replace("\\", "\\\\").replace('"', '\\"')
            return escaped if _keeps_lines(node, start, end, text) else None
        case Style.PLAIN:
            whole = not _PLAIN_RISK.search(text) and new == new.strip() and new != ""
            first = start == 0 and _FIRST_RISK.match(new)
            return text if whole and not first and _keeps_lines(node, start, end, text) else None
        case _:
            return text if _keeps_lines(node, start, end, text) else None


def _keeps_lines(node: ScalarNode, start: int, end: int, text: str) -> bool:
    """Whether no line of the file gains or loses white space at its ends, or all its words."""
    before, after = node.value[:start], node.value[end:]
    if start == end and not after[:1].strip():
        # between folded lines it is not certain where a place is
        return False
    new = before + text + after
    at_start = start == 0 or before[-1] in " \n"
    at_end = end == len(node.value) or after[0] in " \n"
    if not (at_start or at_end):
        return True
    return bool(text) and text == text.strip() and bool(new.strip())
