"""A text below ``|`` or ``>`` in the place of another, the lines kept that both have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from moip_press.kit.source.editing.habits import block_lines, indent_of
from moip_press.kit.source.editing.places import HEADER, CannotSplice
from moip_press.kit.source.editing.wrapping import Run, runs, wrapped
from moip_press.kit.source.editing.writing import Writer, can_fold, fold, indented
from moip_press.kit.source.nodes import ScalarNode, Style
from moip_press.report.diagnostics import LINE_BREAK


def reblocked(node: ScalarNode, text: str, writer: Writer) -> list[tuple[int, int, str]]:
    """Return what changes: where it begins and ends, and the new characters.

    Raises ``CannotSplice`` where the text cannot stand there.
    """
    source, lines = node.source.text, block_lines(node)
    header, first = HEADER.match(source, node.start), LINE_BREAK.search(source, node.start)
    if header is None or first is None or not any(map(str.strip, lines)):
        raise CannotSplice
    depth = _depth(node, lines)
    room = writer.room(text, depth)
    old = [line[depth:] for line in lines]
    folds = node.style is Style.FOLDED and can_fold(text)
    new = _refolded(text, room, old) if folds else wrapped(text, room, runs("\n".join(old)))
    if new[0].startswith(" ") and not re.search("[1-9]", header["signs"]):
        raise CannotSplice
    body = writer.habits.newline.join(indented(new, depth))
    splices = [(first.end(), node.end, body)]
    if node.style is Style.FOLDED and not folds:
        splices.append((header.start("style"), header.end("style"), "|"))
    return splices


def _depth(node: ScalarNode, lines: Sequence[str]) -> int:
    """Return how far a text below ``|`` is indented: what its first line lost."""
    raw = next(line for line in lines if line.strip())
    kept = next((line for line in node.value.split("\n") if line.strip()), raw)
    return max(0, indent_of(raw) - indent_of(kept))


def _refolded(text: str, room: int | None, old: Sequence[str]) -> list[str]:
    """Return the lines of a text below ``>``, those kept whose words are the same."""
    before = [Run(tuple(lines)) for lines in _paragraphs(old)]
    if any(line.startswith((" ", "\t")) for line in old):
        return fold(text, room)
    known = {run.whole: run for run in before}
    lines: list[str] = []
    for number, line in enumerate(text.strip("\n").split("\n")):
        lines += [""] if number else []
        if line:
            same = known.get(" ".join(line.split(" ")))
            lines += same.lines if same else wrapped(line, room)
    return lines


def _paragraphs(lines: Sequence[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [group for group in found if group]
