"""Change bars: the thin lines beside what is new since a version.

A bar is the border of a block that is put round the words, as far left as the block is wider:
the words keep their place, so that no line moves.
"""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup, escape

from moip_press.editions.comparison import Marks
from moip_press.text.difference import key

BLOCKS = "p|ul|ol|li|blockquote|pre|h[1-6]"
LEAF = re.compile(rf"<(p|li|h[1-6])((?: [^<>]*)?)>((?:(?!<(?:{BLOCKS})[ >]).)*?)</\1>", re.DOTALL)
BLOCK = re.compile(rf"<(?:{BLOCKS})[ >]")
ELEMENT = re.compile(r"<[^<>]*>")
ADDED = re.compile(r'<a class="more".*?</a>', re.DOTALL)
"""What a template adds to the last paragraph of a text."""
BAR = '<span class="changed">{}</span>'


class Bars:
    """Puts bars beside what is new; without marks, nothing is touched."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks

    def whole(self, name: str) -> bool:
        """Tell whether a record is new, or changed all over."""
        return name in self._marks.whole

    def new(self, text: str, owner: str) -> bool:
        """Tell whether a line of plain text is new in the record ``owner``."""
        return bool(text) and key(text) in self._marks.lines.get(owner, ())

    def beside(self, html: str, owner: str) -> str:
        """Return HTML with bars beside the lines that are new in the record ``owner``.

        HTML is a line, or paragraphs and lists.
        """
        lines = self._marks.lines.get(owner)
        if not lines:
            return html
        html = str(escape(html))
        if not BLOCK.search(html):
            return Markup(_barred(html)) if _key(html) in lines else html

        def leaf(found: re.Match[str]) -> str:
            tag, attributes, inner = found.groups()
            if _key(inner) not in lines:
                return found[0]
            return f"<{tag}{attributes}>{_barred(inner)}</{tag}>"

        return Markup(LEAF.sub(leaf, html))


def _barred(inner: str) -> str:
    return BAR.format(inner)


def _key(html: str) -> str | None:
    return key(unescape(ELEMENT.sub("", ADDED.sub("", html)))) or None
