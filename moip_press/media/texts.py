"""Pieces of HTML as plain text, to be pasted into a newsroom's program."""

from __future__ import annotations

import re
from html.parser import HTMLParser

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
APART = (*HEADINGS, "p", "table", "blockquote", "figure", "dl")
"""What has an empty line before it."""
CELLS = ("td", "th")
BLOCKS = frozenset(
    (*APART, "ol", "ul", "li", "dt", "dd", "div", "section", "article", "aside", "header")
) | frozenset(("footer", "nav", "address", "figcaption", "caption", "tr", "br", "hr"))
"""What stands on lines of its own."""
EMPTY = ("br", "hr", "img", "source", "wbr")
SILENT = frozenset(("script", "style", "svg", "template", "math"))
UNDERLINED = {"h1": "=", "h2": "-"}
WIDEST = 72  # characters of the line below a heading
SPACES = re.compile(r"[ \t\r\n]+")  # not the no-break ones of typography
COLON = "\N{NO-BREAK SPACE}: "
DASH = "– "
MARK = re.compile(r"(?:–|\d+\.) ")


def text_of(html: str) -> str:
    """Return HTML that our templates wrote as lines of text, with the addresses of its links."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Gathers lines, of which ``_line`` is the one that is being read.

    ``_lists`` are the numbers of the last items of the lists that are open, None for a list without
    numbers; ``_silent`` counts the open elements from the outermost that is not read.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self._line = ""
        self._lists: list[int | None] = []
        self._silent = 0
        self._terms = 0
        self._address, self._start, self._is_sign = "", 0, False

    def text(self) -> str:
        """Return the text, with single empty lines."""
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip() + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        unread = tag in SILENT or given.get("aria-hidden") == "true"
        if self._silent or unread or given.get("role") == "doc-backlink":
            self._silent += tag not in EMPTY
            return
        if tag in BLOCKS and not self._begins(tag):
            self._end_line()
            if tag in APART and not self._terms:
                self._lines.append("")
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "dl":
            self._terms += 1
        elif tag == "li":
            self._line = self._mark()
        elif tag in CELLS and self._line:
            self._line = f"{self._line.rstrip(' ')} | "
        elif tag == "a":
            self._is_sign = given.get("role") == "doc-noteref"
            self._line += "[" if self._is_sign else ""
            self._address, self._start = given.get("href") or "", len(self._line)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._silent -= 1
            return
        if tag in ("ul", "ol"):
            self._lists.pop()
        elif tag == "dl":
            self._terms -= 1
        if tag == "a":
            self._end_link()
        elif tag == "dt":
            self._line = self._line.rstrip(" ") + COLON
        elif tag in BLOCKS:
            self._end_line(UNDERLINED.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            words = SPACES.sub(" ", data)
            self._line += words.lstrip(" ") if self._line[-1:] in ("", " ") else words

    def _begins(self, tag: str) -> bool:
        """Return whether an element goes on in the line: behind a term, or first in an item."""
        if self._line.endswith(COLON):
            return tag in ("dd", "p")
        return tag != "li" and MARK.fullmatch(self._line) is not None

    def _mark(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return DASH
        self._lists[-1] = number + 1
        return f"{number + 1}. "

    def _end_link(self) -> None:
        shown, address = self._line[self._start :].strip(" "), self._address
        if self._is_sign:
            self._line += "]"
        elif address.startswith("http") and address.rstrip("/") not in shown:
            self._line += f" ({address})"

    def _end_line(self, below: str = "") -> None:
        line, self._line = self._line.strip(" "), ""
        if line and not MARK.fullmatch(f"{line} "):
            self._lines.append(line)
            self._lines += [below * min(len(line), WIDEST), ""] if below else []
