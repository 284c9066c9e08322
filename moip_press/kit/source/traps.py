"""What YAML reads without complaint, but otherwise than it was meant; and what is refused.

| code | cause |
| --- | --- |
| Y105 | empty file |
| Y106 | a control character written as an escape |
| Y113 | a colon in an item of a list (see also `parse_faults`) |
| Y114 | a text cut at ` #` |
| Y117 | a text that begins with a special character of YAML |
| Y118 | a colon or hyphen without a space after it, so that two lines became one text |
| Y121 | a no-break space where YAML wants an ordinary one |
| Y131 | the same key twice |
| Y132 | anchor or alias |
| Y133 | tag |
| Y134 | merge key |
| Y135 | several documents |
| Y136 | a key that is not a text |
| Y137 | nested too deep |
| Y138 | too many values |
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from moip_press.kit.source.decoding import SourceText, control_character
from moip_press.kit.source.entries import (
    BLOCK,
    GLUED,
    NO_BREAK,
    QUOTE,
    entry_at,
    fault,
    quoted,
    shortened,
)
from moip_press.kit.source.nodes import Node, ScalarNode, Style, value_offsets
from moip_press.report.diagnostics import LINE_BREAK, Diagnostic, Edit, Message, Related
from moip_press.report.messages import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

COLON_IN_TEXT = N_("A colon followed by a space stands within a text without quotation marks.")
# a comment has a space after its `#`; `#!` and rows of `#` are comments as well
_CUT = re.compile(r"[ \t]+(?P<sign>#)(?=[^\s#!])")
_NAME = re.compile("[a-z][a-z_]*")
_SUSPICIOUS = re.compile(f"[\r\n{NO_BREAK}]")
_HYPHEN = re.compile(r"-[^\s-]")
_SPACES = re.compile(" *")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")
_LONGEST_EXAMPLE = 60


class Role(Enum):
    """What a scalar is for: the whole file, a list's item, a field's key or its value."""

    ROOT = auto()
    ITEM = auto()
    KEY = auto()
    VALUE = auto()


# --- one scalar ---------------------------------------------------------------------------


def suspicious(node: ScalarNode) -> bool:
    """Return whether a scalar within a list or a mapping may be a trap: hardly any is."""
    if node.style is not Style.PLAIN:
        return node.style is Style.DOUBLE
    text, start, end = node.source.text, node.start, node.end
    return (
        text.startswith((" ", "\t"), end)
        or text.startswith("-", start)
        or _SUSPICIOUS.search(text, start, end) is not None
    )


def traps(node: ScalarNode, role: Role, *, flow: bool) -> Iterator[Diagnostic]:
    """Yield the traps of one scalar, within brackets or not."""
    text = node.source.text
    if node.style is Style.PLAIN:
        if cut := _CUT.match(text, node.end):
            yield _cut(node, cut.start("sign"), flow=flow)
        if role is Role.KEY and node.value.startswith(tuple(NO_BREAK)):
            # before a key in line with the others the space is one too many
            yield no_break_space(node.source, node.start, instead="")
        elif role is Role.KEY and node.value.endswith(tuple(NO_BREAK)):
            yield no_break_space(node.source, node.end - 1)
        elif role is not Role.KEY and text.startswith(tuple(f"-{c}" for c in NO_BREAK), node.start):
            yield no_break_space(node.source, node.start + 1)
        yield from _two_lines_as_one(node, role)
    elif node.style is Style.DOUBLE and (found := _CONTROL.search(node.value)):
        yield control_character(node.source, found[0], *value_offsets(node, *found.span()))


def _cut(node: ScalarNode, sign: int, *, flow: bool) -> Diagnostic:
    source = node.source
    entry = entry_at(source, node.start if flow else sign, flow=flow)
    one_line = source.row(node.start) == source.row(sign)
    return fault(
        "Y114",
        source.span(sign, source.words_end(sign)),
        N_("The text is cut here: after a space, “#” begins a comment."),
        entry.quote_hint() if one_line else BLOCK,
        fix=entry.quote_edits() if one_line and not flow else None,
    )


def no_break_space(source: SourceText, offset: int, instead: str = " ") -> Diagnostic:
    """Return the diagnostic of a no-break space in the place of an ordinary one."""
    start, end = offset, offset + 1
    while start > 0 and source.text[start - 1] in NO_BREAK:
        start -= 1
    while end < len(source.text) and source.text[end] in NO_BREAK:
        end += 1
    span = source.span(start, end)
    return fault(
        "Y121",
        span,
        N_("A no-break space stands here, where only an ordinary space can be read."),
        N_("Delete it and type it again with the space bar alone."),
        fix=[Edit(span, instead * (end - start))],
    )


def _two_lines_as_one(node: ScalarNode, role: Role) -> Iterator[Diagnostic]:
    """Find `name:text` or `-text` where a line of a plain text begins: a field or item is meant."""
    text = node.source.text
    starts = [found.end() for found in LINE_BREAK.finditer(text, node.start, node.end)]
    for start in ([node.start] if role is Role.ROOT else []) + starts:
        word = _SPACES.match(text, start)
        first = word.end() if word else start
        if found := GLUED.match(text, first, node.end):
            yield glued_colon(node.source, found)
            return
        if role in (Role.ROOT, Role.ITEM) and _HYPHEN.match(text, first, node.end):
            item = text[first + 1 : node.source.line_end(first)].strip()
            yield fault(
                "Y118",
                node.source.span(first, first + 1),
                N_("A space is missing after the hyphen that begins a list item."),
                N_("Type it: {example}"),
                example=f"- {_start_of(item)}",
            )
            return


def glued_colon(source: SourceText, found: re.Match[str]) -> Diagnostic:
    """Return the diagnostic of a colon that is not followed by a space."""
    colon = found.start("colon")
    if source.text[colon + 1] in NO_BREAK:
        return no_break_space(source, colon + 1)
    entry = source.text[found.start() : source.line_end(colon)].strip()
    name, _, value = entry.partition(":")
    return fault(
        "Y118",
        source.span(colon, colon + 1),
        N_("A space is missing after the colon."),
        N_("Type it: {example}"),
        fix=[Edit(source.span(colon + 1, colon + 1), " ")],
        example=f"{name}: {_start_of(value)}",
    )


def _start_of(value: str) -> str:
    return value if len(value) <= _LONGEST_EXAMPLE else value[: _LONGEST_EXAMPLE - 1] + "…"


# --- texts that YAML takes for something else -----------------------------------------------


def colon_in_item(key: ScalarNode, value: Node, *, flow: bool) -> Diagnostic | None:
    """Return what is wrong with an item such as `- Paris : la ville`, read as a field.

    Names of fields contain no space and none is typed before their colon, unlike French texts.
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
    entry = entry_at(source, key.start, flow=flow)
    text = source.text[key.start : value.end]
    example = quoted(shortened(text))
    edit = Edit(source.span(key.start, value.end), quoted(text))
    return fault(
        "Y113",
        source.span(colon, colon + 1),
        COLON_IN_TEXT,
        QUOTE,
        fix=None if flow or entry.goes_on() else [edit],
        example=example if flow else f"- {example}",
    )


def special_start(source: SourceText, start: int, *, flow: bool) -> Diagnostic:
    """Return the diagnostic of a text whose first character means something else to YAML."""
    entry = entry_at(source, start, flow=flow)
    sign = source.text[start]
    whole = entry.value_start == start
    hint: str | Message = entry.quote_hint() if whole else BLOCK
    if sign == "-":
        hint = N_("For a list, begin each item on a line of its own; for a text: {example}")
    return fault(
        "Y117",
        source.span(start, start + 1),
        N_("A text without quotation marks cannot begin with “{sign}”."),
        hint,
        fix=entry.quote_edits() if whole and not flow and sign != "-" else None,
        sign=sign,
        example=entry.written(entry.value),
    )


# --- what YAML knows and a kit's file may not contain ---------------------------------------


_REFUSED = {
    "Y105": (
        N_("The file is empty."),
        N_("Write its fields here, or take the file out of the chapters."),
    ),
    "Y134": (
        N_("Merging with “<<” is not accepted."),
        N_("Write the fields out in each place where they are needed."),
    ),
    "Y135": (
        N_("A second document begins here: a data file holds only one."),
        N_("Delete the line “---”, or move what follows it to a file of its own."),
    ),
    "Y136": (
        N_("The name of a field is missing here, or it is not a word."),
        N_("Write the name of the field, a colon, a space and its text: title: “…”"),
    ),
    "Y137": (
        N_("Lists and fields are nested more than {limit} levels deep here."),
        N_("Look for brackets or hyphens that were typed by accident."),
    ),
    "Y138": (
        N_("The file holds more than {limit} values, the most that is read."),
        N_("Split it into several files, one for each part."),
    ),
}


def refusal(code: str, source: SourceText, start: int, size: int = 1, limit: int = 0) -> Diagnostic:
    """Return the diagnostic `code` at `size` characters from `start`, on one line."""
    end = min(start + size, source.line_end(start))
    return fault(code, source.span(start, end), *_REFUSED[code], limit=limit)


def anchor_or_tag(source: SourceText, start: int, end: int, *, flow: bool) -> Diagnostic:
    """Return the diagnostic of an anchor, an alias or a tag, or of a text that looks like one."""
    name, span = source.text[start:end], source.span(start, end)
    sign = name[0]
    rest = source.text[end : source.line_end(end)].strip(" \t,]}")
    if sign == "!" and (name.startswith("!!") or "/" in name or ":" in name):
        return fault(
            "Y133",
            span,
            N_("Tags such as “{name}” are not accepted."),
            N_("Delete it: every value is read as text and understood by its field."),
            name=name,
        )
    if sign in "&*" and name[1:] and (not rest or rest.startswith("#")):
        write_out = N_("Write the text out in each place where it is needed.")
        return fault(
            "Y132",
            span,
            N_("References within YAML such as “{name}” are not accepted."),
            entry_at(source, start).quote_hint() if sign == "*" else write_out,
            name=name,
        )
    return special_start(source, start, flow=flow)


def same_key(first: ScalarNode, second: ScalarNode) -> Diagnostic:
    """Return the diagnostic of a key that occurs twice in the same place."""
    there = Message.of(N_("“{key}” first stands here."), key=first.value)
    return fault(
        "Y131",
        second.span,
        N_("“{key}” stands here twice: only one can count."),
        N_("Delete one of the two, or give it the name that was meant."),
        related=[Related(first.span, there)],
        key=second.value,
    )
