"""Edits of a kit’s files: fixes, the characters of each and nothing else, and words learnt."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from moip_press.kit import source
from moip_press.kit.folders import GLOSSARY
from moip_press.kit.model.kit import Kit
from moip_press.kit.source import ListNode, MapNode, ScalarNode, Source
from moip_press.kit.source.decoding import SourceText
from moip_press.report.diagnostics import Diagnostic, Edit, Position, Span


@dataclass(frozen=True)
class Fixed:
    """The new text of each file that changes, and how many findings that settles."""

    texts: Mapping[str, str]
    count: int


def fix(found: Iterable[Diagnostic], sources: Mapping[str, Source]) -> Fixed:
    """Return the files with the safe fixes of the findings.

    Of fixes that overlap, the first is made: the next run makes the others, if they are still
    due. A file that would no longer be read as before is left as it is.
    """
    taken: dict[str, list[Edit]] = {}
    counts: dict[str, int] = {}
    for diagnostic in found:
        edits = diagnostic.fix if diagnostic.safe else None
        if edits and all(_free(edit, taken.get(edit.span.file, [])) for edit in edits):
            for edit in edits:
                insort(taken.setdefault(edit.span.file, []), edit, key=_start)
            file = edits[0].span.file
            counts[file] = counts.get(file, 0) + 1
    texts = {file: apply(edits, sources.get(file)) for file, edits in taken.items()}
    kept = {file: text for file, text in texts.items() if _better(file, text, sources.get(file))}
    return Fixed(kept, sum(count for file, count in counts.items() if file in kept))


def apply(edits: Iterable[Edit], file: Source | None) -> str:
    """Return the text of a file (None: one to be made) after edits that do not overlap."""
    text = file.source if file else SourceText("", "")
    pieces: list[str] = []
    kept = 0
    last_first = [*edits][::-1]  # of edits at one place, the last one given stands first
    for edit in sorted(last_first, key=lambda edit: edit.span):
        pieces += text.text[kept : text.offset(edit.span.start)], edit.text
        kept = text.offset(edit.span.end)
    return "".join([*pieces, text.text[kept:]])


def _start(edit: Edit) -> Position:
    return edit.span.start


def _free(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Return whether an edit touches none of those taken, which are sorted and do not overlap."""
    after = bisect_left(taken, edit.span.start, key=_start)
    beside = taken[max(0, after - 1) : after + 1]
    return all(
        edit.span.end < other.span.start or other.span.end < edit.span.start for other in beside
    )


def _better(file: str, text: str, before: Source | None) -> bool:
    """Return whether a file can still be read, if it could before."""
    can_be_read = source.parse_yaml(text.encode(), file).root is not None
    return can_be_read or (before is not None and before.root is None)


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
        line_end = "" if not source.text or source.text.endswith("\n") else "\n"
        return _insert(source, len(source.text), line_end + _list(items))
    node = entry[1]
    if isinstance(node, ScalarNode) and node.value:
        items.insert(0, _written(node.value))
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


def _list(items: list[str]) -> str:
    return "words:\n" + "".join(f"  - {item}\n" for item in items)


def _written(word: str) -> str:
    if not QUOTED.search(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
