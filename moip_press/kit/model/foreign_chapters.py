"""What stands where a file of the kit is meant: documents, tables, and lists with other marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from moip_press.kit.source import ListNode, MapNode, Node, ScalarNode, Source, Style
from moip_press.kit.source.entries import fault
from moip_press.report.diagnostics import Diagnostic, Edit, Message, Position, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.error(
        "S130 document-as-chapter",
        N_("A chapter names a document of another program."),
        N_(
            "Chapters are texts in YAML, which anyone can read, compare and correct: a document "
            "brings its own looks, and its words would be on no page."
        ),
        "# kit.yaml\nchapters:\n  - programme.{~~docx~>yaml~~}",
    ),
    Rule.error(
        "S131 list-without-hyphens",
        N_("A list is written with dashes or bullets."),
        N_("Only a hyphen with a space begins an item: with another mark, all is one long text."),
        "- title: Portes ouvertes\n  when: 16 novembre\n  organisers:\n"
        "    {~~–~>-~~} Ifremer\n    {~~–~>-~~} CNRS",
        fixable=True,
    ),
)
DOCUMENTS = frozenset(
    [".doc", ".docx", ".odt", ".rtf", ".txt", ".md", ".pages", ".pdf", ".html", ".htm", ".indd"]
)
TABLES = (".csv", ".xlsx", ".xls", ".ods", ".ics", ".json")
BULLET = re.compile(r"[–—‒•·▪●◦‣](?=[ \u00a0\u202f\t])")


def document(span: Span, name: str) -> Diagnostic | None:
    """Return the diagnostic for a chapter that another program wrote; ``None`` for others."""
    path = PurePosixPath(name.replace("\\", "/"))
    kind = path.suffix.lower()
    if kind in TABLES:
        message = N_("“{name}” is a table, and a chapter is a file of the kit in YAML.")
        hint = N_("“moip-press import {name}” brings its events into the kit.")
    elif kind in DOCUMENTS:
        message = N_("“{name}” is a document, and a chapter is a file of the kit in YAML.")
        hint = N_("Put its words into a file “{stem}.yaml”: the text itself below “body: |”.")
    else:
        return None
    return fault("S130", span, message, hint, name=name, stem=str(path.with_suffix("")))


def other_marks(source: Source) -> Iterator[Diagnostic]:
    """Yield one diagnostic for a list of a file whose items begin with another mark.

    Where that keeps the file from being parsed, nobody knows which other lines are of the list.
    """
    places = sorted({place for node in _texts(source.root) for place in _marks(source, node)})
    broken = list(_above_a_fault(source)) if source.unreadable else []
    if not places and not broken:
        return
    spans = [source.source.span(place, place + 1) for place in places or broken]
    yield fault(
        "S131",
        spans[0],
        N_("“{mark}” begins no item of a list."),
        Message(N_("Begin each item with a hyphen and a space.")),
        fix=[Edit(span, "-") for span in spans] if places else None,
        mark=source.text[(places or broken)[0]],
    )


def _above_a_fault(source: Source) -> Iterator[int]:
    """Yield the place of a mark that begins the line of a fault of YAML, or the one above it."""
    for found in source.diagnostics:
        for number in (found.span.start.line, found.span.start.line - 1):
            line = source.lines[number - 1] if 0 < number <= len(source.lines) else ""
            column = len(line) - len(line.lstrip(" "))
            if BULLET.match(line, column):
                yield source.source.offset(Position(number, column + 1))
                return


def _texts(node: Node | None) -> Iterator[ScalarNode]:
    """Yield the texts of a file that are written plainly, and the names of its fields."""
    match node:
        case ScalarNode() if node.style is Style.PLAIN:
            yield node
        case ListNode():
            for item in node.items:
                yield from _texts(item)
        case MapNode():
            for key, value in node.entries:
                yield from _texts(key)
                yield from _texts(value)


def _marks(source: Source, node: ScalarNode) -> Iterator[int]:
    """Yield the places of the marks that begin a text and its other lines."""
    if not BULLET.match(node.value):
        return
    text, end = source.text, max(node.end, node.start + 1)
    for line in re.finditer(r"(?m)^[ ]*", text[:end]):
        place = line.end()
        if place >= node.start and BULLET.match(text, place):
            yield place
