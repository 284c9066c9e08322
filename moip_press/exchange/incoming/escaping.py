"""Plain text as Markdown: the signs that Markdown would read, escaped where it would read them."""

from __future__ import annotations

import re

INLINE = re.compile(r"[\\`*\[\]{]|<(?=[A-Za-z/!?])|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,31};)")
BLOCK = re.compile(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|~{3}|=+\s*$|(?:-\s*){2,}$)")
NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")


def inline(text: str) -> str:
    """Return a text with the signs escaped that are read anywhere in a line."""
    return INLINE.sub(lambda sign: "\\" + sign[0], text)


def line_start(line: str) -> str:
    """Return a line with the signs escaped that are read where it begins: #, >, -, "1."."""
    if BLOCK.match(line):
        return "\\" + line
    return NUMBERED.sub(r"\1\\\2", line, count=1) if NUMBERED.match(line) else line
