"""What a finding about a name that stands in several places says and does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from moip_press.kit.source import ScalarNode
from moip_press.proofread.names.lexicon import HYPHENS
from moip_press.proofread.names.reading import Found
from moip_press.report.diagnostics import Edit, Message, Related
from moip_press.report.messages import N_

MOST_SHOWN = 5
LONG, MOST_READ = 10_000, 1_000_000  # characters


def also(found: Sequence[Found]) -> Iterator[Related]:
    """Yield the first of the other places where something is written the same way."""
    for each in found[:MOST_SHOWN]:
        yield Related(each.passage.span(each.start, each.end), Message(N_("Here too.")))


def edits(found: Iterable[Found], text: str) -> list[Edit] | None:
    """Return what puts `text` in each place where that can be done; None where in none can.

    An edit reads its whole field: in a field without end, only the first places are corrected.
    """
    made, read = [], 0
    for each in found:
        if read > MOST_READ:
            break
        node = each.passage.source.node(each.passage.loc)
        size = len(node.value) if isinstance(node, ScalarNode) else 0
        read += size if size > LONG else 0
        edit = each.passage.edit(each.start, each.end, _as_there(each, text))
        if edit is not None:
            made.append(edit)
    return made or None


def _as_there(found: Found, text: str) -> str:
    """Return a text with the apostrophes and hyphens of the place it is put in."""
    there = found.passage.text
    written = there[found.start : found.end]
    if "’" in written or ("’" in there and "'" not in there):
        text = text.replace("'", "’")
    hyphens = [sign for sign in HYPHENS[1:] if sign in written]
    return text.replace("-", hyphens[0]) if hyphens else text
