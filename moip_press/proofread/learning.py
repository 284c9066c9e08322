"""A word or name put into the kit's glossary, in the style of what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from moip_press.kit.folders import GLOSSARY
from moip_press.kit.model.kit import Kit
from moip_press.kit.source import ListNode, MapNode, Source
from moip_press.report.diagnostics import Edit, Position, Span

QUOTED = re.compile(r"""^[-?:,\[\]{}#&*!|>'"%@`~\s]|[:#,\[\]{}"\\]|\s$""")


def learn(kit: Kit, words: Iterable[str]) -> Edit:
    """Return the edit that puts ``words`` into the glossary, which may have to be made.

    Where there is none yet, the edit stands at the top of the file to make.
    """
    edit = _learn(kit, words)
    source = kit.glossary_source
    if source and "\r\n" in source.text:
        return Edit(edit.span, edit.text.replace("\n", "\r\n"))
    return edit


def _learn(kit: Kit, words: Iterable[str]) -> Edit:
    items = [_written(word) for word in words]
    source = kit.glossary_source
    if source is None or not isinstance(source.root, MapNode):
        top = Position(1, 1)
        name = (kit.folder / GLOSSARY).as_posix()
        return Edit(Span(name, top, top), _list(items))
    entry = source.root.entry("words")
    if entry is None:
        return _insert(source, len(source.text), _line_end(source) + _list(items))
    node = entry[1]
    if not isinstance(node, ListNode) or not node.items:
        return Edit(node.span, f"[{', '.join(items)}]")
    if source.text.startswith("[", node.start):
        return _insert(source, node.items[-1].end, "".join(f", {item}" for item in items))
    return _below(source, node, items)


def _below(source: Source, node: ListNode, items: list[str]) -> Edit:
    """Return the edit that adds lines to a list of one item a line, indented as they are."""
    last = node.items[-1]
    line = source.source.line_at(last.start)
    indent = line[: len(line) - len(line.lstrip())]
    end = source.source.line_end(last.end)
    return _insert(source, end, "".join(f"\n{indent}- {item}" for item in items))


def _insert(source: Source, offset: int, text: str) -> Edit:
    return Edit(source.source.span(offset, offset), text)


def _line_end(source: Source) -> str:
    return "" if not source.text or source.text.endswith("\n") else "\n"


def _list(items: list[str]) -> str:
    return "words:\n" + "".join(f"  - {item}\n" for item in items)


def _written(word: str) -> str:
    if not QUOTED.search(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
