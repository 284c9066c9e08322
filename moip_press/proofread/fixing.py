"""Fixes made in the files: the characters of each edit, and nothing else."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from moip_press.kit import source
from moip_press.kit.source import Source
from moip_press.kit.source.decoding import SourceText
from moip_press.report.diagnostics import Diagnostic, Edit, Position


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
    """Tell whether a file can still be read, if it could before."""
    can_be_read = source.parse_yaml(text.encode(), file).root is not None
    return can_be_read or (before is not None and before.root is None)
