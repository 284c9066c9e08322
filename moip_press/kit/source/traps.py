"""What YAML reads without complaint, but otherwise than it was meant.

| code | cause |
| --- | --- |
| Y106 | a control character written as an escape |
| Y113 | a colon in an item of a list (see also `faults`) |
| Y114 | a text cut at ` #` |
| Y118 | a colon or hyphen without a space after it, so that two lines became one text |
| Y121 | a no-break space where YAML wants an ordinary one |
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from moip_press.kit.source.decoding import SourceText, control_character
from moip_press.kit.source.entries import (
    GLUED,
    NO_BREAK,
    QUOTE,
    entry_at,
    flow_entry_at,
    quoted,
    shortened,
)
from moip_press.kit.source.nodes import Node, ScalarNode, Style
from moip_press.kit.source.positions import value_offsets
from moip_press.report.diagnostics import LINE_BREAK, Diagnostic, Edit, Message
from moip_press.report.messages import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

# a comment has a space after its `#`; `#!` and rows of `#` are comments as well
_CUT = re.compile(r"[ \t]+(?P<sign>#)(?=[^\s#!])")
_NAME = re.compile("[a-z][a-z_]*")
_SUSPICIOUS = re.compile(f"[\r\n{NO_BREAK}]")
_HYPHEN = re.compile(r"-[^\s-]")
_SPACES = re.compile(" *")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")


class Role(Enum):
    """What a scalar is for: the whole file, a list's item, a field's key or its value."""

    ROOT = auto()
    ITEM = auto()
    KEY = auto()
    VALUE = auto()


def suspicious(node: ScalarNode) -> bool:
    """Tell whether a scalar within a list or a mapping may be treacherous: hardly any is."""
    if node.style is not Style.PLAIN:
        return node.style is Style.DOUBLE
    text, start, end = node.source.text, node.start, node.end
    return (
        text.startswith((" ", "\t"), end)
        or text.startswith("-", start)
        or _SUSPICIOUS.search(text, start, end) is not None
    )


def traps(node: ScalarNode, role: Role, *, flow: bool) -> Iterator[Diagnostic]:
    """Return what is treacherous about one scalar, within brackets or not."""
    if node.style is Style.PLAIN:
        text = node.source.text
        if cut := _CUT.match(text, node.end):
            yield _cut(node, cut.start("sign"), flow=flow)
        if role is Role.KEY:
            yield from _no_break_spaces(node)
        elif text.startswith("-", node.start) and text[node.start + 1] in NO_BREAK:
            yield no_break_space(node.source, node.start + 1)
        yield from _glued(node, role)
    elif node.style is Style.DOUBLE and (found := _CONTROL.search(node.value)):
        start, end = value_offsets(node, *found.span())
        yield control_character(node.source, start, found[0], end - start)


def _cut(node: ScalarNode, sign: int, *, flow: bool) -> Diagnostic:
    source = node.source
    entry = flow_entry_at(source, node.start) if flow else entry_at(source, sign)
    one_line = source.row(node.start) == source.row(sign)
    edits = entry.quote_edits() if one_line and not flow else None
    return Diagnostic.error(
        "Y114",
        source.span(sign, _end_of_words(source, sign)),
        Message(N_("The text is cut here: after a space, “#” begins a comment.")),
        entry.quote_hint() if one_line else BLOCK_HINT,
        fix=edits,
    )


COLON_IN_TEXT = Message(
    N_("A colon followed by a space stands within a text without quotation marks.")
)
BLOCK_HINT = Message(
    N_("Put the whole text between quotation marks, or below “|” on indented lines."),
)


def colon_in_item(key: ScalarNode, value: Node, *, flow: bool) -> Diagnostic | None:
    """Return what is wrong with an item such as `- Paris : la ville`, read as a field.

    Names of fields hold no space and none is typed before their colon, unlike French texts.
    """
    source = key.source
    colon = source.text.find(":", key.end, value.start)
    if not (
        isinstance(value, ScalarNode)
        and colon >= 0
        and key.style is value.style is Style.PLAIN
        and source.row(key.start) == source.row(value.end)
        and (" " in key.value or (colon > key.end and not _NAME.fullmatch(key.value)))
    ):
        return None
    entry = flow_entry_at(source, key.start) if flow else entry_at(source, key.start)
    text = source.text[key.start : value.end]
    example = quoted(shortened(text))
    edit = Edit(source.span(key.start, value.end), quoted(text))
    return Diagnostic.error(
        "Y113",
        source.span(colon, colon + 1),
        COLON_IN_TEXT,
        Message.of(QUOTE, example=example if flow else f"- {example}"),
        fix=None if flow or entry.goes_on() else [edit],
    )


def _end_of_words(source: SourceText, start: int) -> int:
    return start + len(source.text[start : source.line_end(start)].rstrip())


def _no_break_spaces(key: ScalarNode) -> Iterator[Diagnostic]:
    # before a key that stands in line with the others the space is one too many
    if key.value.startswith(tuple(NO_BREAK)):
        yield no_break_space(key.source, key.start, instead="")
    elif key.value.endswith(tuple(NO_BREAK)):
        yield no_break_space(key.source, key.end - 1)


def no_break_space(source: SourceText, offset: int, instead: str = " ") -> Diagnostic:
    """Return the diagnostic of a no-break space in the place of an ordinary one."""
    start, end = offset, offset + 1
    while start > 0 and source.text[start - 1] in NO_BREAK:
        start -= 1
    while end < len(source.text) and source.text[end] in NO_BREAK:
        end += 1
    span = source.span(start, end)
    return Diagnostic.error(
        "Y121",
        span,
        Message(N_("A no-break space stands here, where only an ordinary space can be read.")),
        Message(N_("Delete it and type it again with the space bar alone.")),
        fix=[Edit(span, instead * (end - start))],
    )


def _glued(node: ScalarNode, role: Role) -> Iterator[Diagnostic]:
    """Find `name:text` at the start of a line of a plain text, where a field was meant."""
    text = node.source.text
    starts = [found.end() for found in LINE_BREAK.finditer(text, node.start, node.end)]
    for start in ([node.start] if role is Role.ROOT else []) + starts:
        word = _SPACES.match(text, start)
        first = word.end() if word else start
        if found := GLUED.match(text, first, node.end):
            yield glued(node.source, found)
            return
        if role in (Role.ROOT, Role.ITEM) and _HYPHEN.match(text, first, node.end):
            yield _glued_hyphen(node.source, first)
            return


def glued(source: SourceText, found: re.Match[str]) -> Diagnostic:
    """Return the diagnostic of a colon that is not followed by a space."""
    colon = found.start("colon")
    if source.text[colon + 1] in NO_BREAK:
        return no_break_space(source, colon + 1)
    entry = source.text[found.start() : source.line_end(colon)].strip()
    name, _, value = entry.partition(":")
    return Diagnostic.error(
        "Y118",
        source.span(colon, colon + 1),
        Message(N_("A space is missing after the colon.")),
        Message.of(N_("Type it: {example}"), example=f"{name}: {_short(value)}"),
        fix=[Edit(source.span(colon + 1, colon + 1), " ")],
    )


def _glued_hyphen(source: SourceText, start: int) -> Diagnostic:
    rest = source.text[start + 1 : source.line_end(start)].strip()
    return Diagnostic.error(
        "Y118",
        source.span(start, start + 1),
        Message(N_("A space is missing after the hyphen that begins a list item.")),
        Message.of(N_("Type it: {example}"), example=f"- {_short(rest)}"),
    )


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:59] + "…"
