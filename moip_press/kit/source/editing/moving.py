"""An item of a list at another place: its lines go with it, and the comments above it."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

from moip_press.kit.source import ListNode, Loc, Source, parse_yaml
from moip_press.kit.source.editing.habits import CannotSplice, dash_of, end_of_item, is_flow
from moip_press.kit.source.editing.operations import same


def moved(source: Source, loc: Loc, to: int) -> str | None:
    """Return the text of the file with the item at ``loc`` as number ``to`` of its list.

    None where the list does not stand on lines of its own, or has no such number.
    """
    listed = source.node(loc[:-1])
    index = loc[-1] if loc else None
    if not isinstance(listed, ListNode) or not isinstance(index, int) or is_flow(listed):
        return None
    if not 0 <= to < len(listed.items):
        return None
    try:
        blocks, gaps, start, end = _blocks(source, listed)
    except CannotSplice:
        return None
    blocks.insert(to, blocks.pop(index))
    lines = "".join(block + gap for block, gap in zip(blocks, [*gaps, ""], strict=True))
    text = source.text[:start] + lines + source.text[end:]
    meant = copy.deepcopy(source.plain())
    items: Any = meant
    for step in loc[:-1]:
        items = items[step]
    items.insert(to, items.pop(index))
    again = parse_yaml(text.encode(), source.name)
    return text if again.root is not None and same(again.plain(), meant) else None


def _blocks(source: Source, listed: ListNode) -> tuple[list[str], list[str], int, int]:
    """Return the lines of each item, what stands between them, and where all begin and end."""
    rows, text = source.source, source.text
    dashes = [dash_of(item) for item in listed.items]
    column = rows.column(dashes[0])
    starts = [rows.line_start(dash) for dash in dashes]
    if any(text[start:dash].strip() for start, dash in zip(starts, dashes, strict=True)):
        raise CannotSplice  # the first hyphen stands beside its key, or another hyphen
    ends = [rows.line_end(end_of_item(item, column)) for item in listed.items]
    for number, start in enumerate(starts):
        least = ends[number - 1] if number else 0
        while (above := rows.row(start) - 1) >= 0 and rows.line_starts[above] > least:
            line = rows.lines[above]
            if not line.startswith(" " * column + "#"):
                break
            start = rows.line_starts[above]  # noqa: PLW2901
        starts[number] = start
    blocks = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(zip(starts, ends, strict=True))]
    return blocks, gaps, starts[0], ends[-1]
