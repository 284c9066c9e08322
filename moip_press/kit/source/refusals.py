"""What a file may not hold although YAML knows it.

| code | cause |
| --- | --- |
| Y105 | empty file |
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

from typing import TYPE_CHECKING

from moip_press.kit.source.entries import entry_at
from moip_press.kit.source.signs import special_start
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_
from moip_press.system.limits import YAML

if TYPE_CHECKING:
    from moip_press.kit.source.decoding import SourceText
    from moip_press.kit.source.nodes import ScalarNode

DEPTH_LIMIT = YAML.depth
NODE_LIMIT = YAML.items


def empty(source: SourceText) -> Diagnostic:
    """Return the diagnostic of a file that holds nothing."""
    return Diagnostic.error(
        "Y105",
        Span.of_file(source.name),
        Message(N_("The file is empty.")),
        Message(N_("Write its fields here, or take the file out of the chapters.")),
    )


def several(source: SourceText, start: int) -> Diagnostic:
    """Return the diagnostic of a second document."""
    return Diagnostic.error(
        "Y135",
        source.span(start, min(start + 3, source.line_end(start))),
        Message(N_("A second document begins here: a data file holds only one.")),
        Message(N_("Delete the line “---”, or move what follows it to a file of its own.")),
    )


def reserved(source: SourceText, start: int, end: int, *, flow: bool) -> Diagnostic:
    """Return the diagnostic of an anchor, an alias or a tag, or of a text that looks like one."""
    sign = source.text[start]
    rest = source.text[end : source.line_end(end)].strip(" \t,]}")
    span = source.span(start, end)
    name = source.text[start:end]
    if sign == "!" and (name.startswith("!!") or "/" in name or ":" in name):
        return Diagnostic.error(
            "Y133",
            span,
            Message.of(N_("Tags such as “{name}” are not accepted."), name=name),
            Message(N_("Delete it: every value is read as text and understood by its field.")),
        )
    if sign in "&*" and name[1:] and (not rest or rest.startswith("#")):
        return Diagnostic.error(
            "Y132",
            span,
            Message.of(N_("References within YAML such as “{name}” are not accepted."), name=name),
            entry_at(source, start).quote_hint()
            if sign == "*"
            else Message(N_("Write the text out in each place where it is needed.")),
        )
    return special_start(source, start, flow=flow)


def too_deep(source: SourceText, start: int) -> Diagnostic:
    """Return the diagnostic of too deep a nesting."""
    return Diagnostic.error(
        "Y137",
        source.span(start, start + 1),
        Message.of(
            N_("Lists and fields are nested more than {limit} levels deep here."),
            limit=DEPTH_LIMIT,
        ),
        Message(N_("Look for brackets or hyphens that were typed by accident.")),
    )


def too_many(source: SourceText, start: int) -> Diagnostic:
    """Return the diagnostic of too many values."""
    return Diagnostic.error(
        "Y138",
        source.span(start, start + 1),
        Message.of(
            N_("The file holds more than {limit} values, the most that is read."),
            limit=NODE_LIMIT,
        ),
        Message(N_("Split it into several files, one for each part.")),
    )


def merge_key(key: ScalarNode) -> Diagnostic:
    """Return the diagnostic of `<<`."""
    return Diagnostic.error(
        "Y134",
        key.span,
        Message(N_("Merging with “<<” is not accepted.")),
        Message(N_("Write the fields out in each place where they are needed.")),
    )


def twice(first: ScalarNode, second: ScalarNode) -> Diagnostic:
    """Return the diagnostic of a key that stands twice in the same place."""
    return Diagnostic.error(
        "Y131",
        second.span,
        Message.of(N_("“{key}” stands here twice: only one can count."), key=second.value),
        Message(N_("Delete one of the two, or give it the name that was meant.")),
        related=[
            Related(first.span, Message.of(N_("“{key}” first stands here."), key=first.value))
        ],
    )
