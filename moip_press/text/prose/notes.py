"""Footnotes as people type them: ``[^1]`` behind a word, and a line that begins with ``[^1]:``.

A sign without its words, or words that nothing refers to, are no footnote: they print as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from moip_press.text.prose.marks import marks

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

DEFINITION = re.compile(r"\[\^(?P<label>[^\]\s^\[]{1,50})\]:[ \t]*(?=\S)")
DEFINES = re.compile(r"(?<![^\n])\[\^[^\]]+\]:")
"""A second definition of the same footnote, at the start of a line."""
LIKELY = "[^"


def definition(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- the parser's call
    """Read the words of a footnote: a line that begins with its sign, and those that go on."""
    found = _at(state, first)
    if found is None or state.level or found["label"] in _known(state, "left"):
        return False
    if found["label"] in _known(state, "notes"):
        return False
    if silent:
        return True
    last = first + 1
    while last < end and not state.isEmpty(last) and _at(state, last) is None:
        last += 1
    text = state.getLines(first, last, state.blkIndent, False).strip()  # noqa: FBT003
    opened = state.push("note_open", "", 1)
    opened.meta, opened.map = {"label": found["label"]}, [first, last]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = text[len(found[0]) :], [first, last], []
    token.meta = {"note": True}
    state.push("note_close", "", -1)
    _known(state, "notes").add(found["label"])
    state.line = last
    return True


def _at(state: StateBlock, line: int) -> re.Match[str] | None:
    start = state.bMarks[line] + state.tShift[line]
    return DEFINITION.match(state.src, start, state.eMarks[line])


def _known(state: StateBlock, name: str) -> set[str]:
    known: set[str] = state.env.setdefault(name, set())
    return known


def idle(tokens: Iterable[Token]) -> set[str]:
    """Return the footnotes that no sign in a text refers to."""
    defined, used = set(), set()
    for token in tokens:
        if token.type == "note_open":
            defined.add(token.meta["label"])
        elif token.type == "inline" and not token.meta.get("note") and LIKELY in token.content:
            used |= set(_signs(token.content))
    return defined - used


def _signs(text: str) -> Iterator[str]:
    """Yield the footnotes that signs refer to; within the words of a link there are none."""
    end = 0
    for start, mark in sorted(marks(text).items()):
        if mark.kind in ("link", "image"):
            end = max(end, mark.end)
        elif mark.kind == "note" and start >= end:
            yield mark.url


def labels(tokens: Iterable[Token]) -> frozenset[str]:
    """Return the footnotes of a text."""
    return frozenset(token.meta["label"] for token in tokens if token.type == "note_open")
