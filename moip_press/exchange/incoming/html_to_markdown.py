"""Texts in HTML as Markdown: paragraphs, lists, emphasis and links, the rest as its words.

What it prints is what a reader of the page would see; pictures, scripts and styles are left out.
Not markdownify: it recurses to the depth of the elements, and does not keep a kit's references out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

INLINE = re.compile(
    r"[\\`*\[\]{]|<(?=[A-Za-z/!?])|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|&(?=#?\w{1,31};)"
)
LINE_START = re.compile(r"(?:#{2,6}|#(?=\s|$)|>|[-+](?=\s|$)|~{3}|=+\s*$|(?:-\s*){2,}$)")
NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
BLOCKS = frozenset(
    {
        *("p", "div", "section", "article", "header", "footer", "main", "form", "address", "pre"),
        *("ul", "ol", "dl", "dt", "dd", "blockquote", "table", "tr", "figure", "figcaption", "hr"),
    }
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
UNSEEN = frozenset({"script", "style", "title", "iframe", "svg", "noscript", "template", "object"})
BREAKS = re.compile(r"<(?:p|div|br|li|tr|h[1-6]|blockquote)\b", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f]+")
LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"]+", re.IGNORECASE)
DEEPEST_LIST = 3
LONGEST = 500_000

# while a text is written; a mark opens before a word and closes after one, round nothing it is none
OPENED, CLOSED = "\ue000", "\ue001"
EMPTY_MARK = re.compile(f"{OPENED}(\\*+)([ \\n]*){CLOSED}\\1")
OPENS = re.compile(f"{OPENED}(\\*+)([ \\n]*)")
CLOSES = re.compile(f"([ \\n]*){CLOSED}(\\*+)")


def from_html(text: str) -> str:
    """Return a text in HTML as Markdown."""
    if BREAKS.search(text) is None:
        text = re.sub(r"\r\n?|\n", "<br>", text.strip())
    writer = _Writer()
    writer.feed(text[:LONGEST])
    writer.close()
    return writer.markdown()


def html_words(text: str) -> str:
    """Return the words of a text in HTML on one line."""
    reader = _Words()
    reader.feed(text[:LONGEST])
    reader.close()
    return " ".join("".join(reader.pieces).split())


def escape_inline(text: str) -> str:
    """Return a text with the characters escaped that Markdown reads anywhere in a line."""
    return INLINE.sub(r"\\\g<0>", text)


def escape_line_start(line: str) -> str:
    """Return a line with the characters escaped that Markdown reads at its start: #, >, -, "1."."""
    if LINE_START.match(line):
        return "\\" + line
    return NUMBERED.sub(r"\1\\\2", line, count=1) if NUMBERED.match(line) else line


@dataclass
class _Block:
    """A paragraph, heading or item that is being written.

    Of an item, `depth` is that of its list, from 1, and `bullet` what it begins with.
    """

    pieces: list[str]
    depth: int = 0
    heading: bool = False
    bullet: str = "- "


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = [_Block([])]
        self.unseen = 0
        self.lists: list[int] = []
        self.link: tuple[str, list[str]] | None = None
        self.marks: list[str] = []

    # what the parser meets

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag in MARKS:
            self._mark(MARKS[tag])
        elif tag == "a":
            self._close_link()
            url = dict(attrs).get("href") or ""
            self.link = (url.strip(), [])
        elif tag == "br":
            self._text("\n")
        elif tag in ("td", "th"):
            self._text(" ")
        elif tag in ("ul", "ol"):
            self.lists.append(int(tag == "ol"))
            self._begin()
        elif tag == "li":
            self._begin_item()
        elif tag in HEADINGS:
            self._begin(heading=True)
        elif tag in BLOCKS and not self._in_fresh_item():
            self._begin()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in UNSEEN and tag != "a":
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in MARKS:
            self._unmark(MARKS[tag])
        elif tag == "a":
            self._close_link()
        elif tag in ("ul", "ol"):
            del self.lists[-1:]
            self._begin()
        elif tag in HEADINGS or tag == "li" or tag in BLOCKS:
            self._begin()

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self._text(SPACES.sub(" ", data))

    # what is written

    def _in_fresh_item(self) -> bool:
        """Return whether an item has no words yet: a paragraph in it is the item itself."""
        block = self.blocks[-1]
        return block.depth > 0 and not any(piece.strip() for piece in block.pieces)

    def _begin_item(self) -> None:
        """Begin an item: with a number where the whole list is one, and has any."""
        depth = max(1, len(self.lists))
        number = self.lists[0] if len(self.lists) == 1 else 0
        self._begin(depth=depth)
        if number:
            self.blocks[-1].bullet = f"{number}. "
            self.lists[0] += 1

    def _begin(self, *, depth: int = 0, heading: bool = False) -> None:
        self._close_link()
        for mark in reversed(self.marks):
            self.blocks[-1].pieces.append(f"{CLOSED}{mark}")
        self.marks.clear()
        self.blocks.append(_Block([], depth, heading))

    def _text(self, text: str) -> None:
        if self.link is not None:
            self.link[1].append(text)
        else:
            self.blocks[-1].pieces.append(text if text == "\n" else escape_inline(text))

    def _mark(self, mark: str) -> None:
        if self.link is None and mark not in self.marks:
            self.marks.append(mark)
            self.blocks[-1].pieces.append(f"{OPENED}{mark}")

    def _unmark(self, mark: str) -> None:
        if self.link is None and mark in self.marks:
            while self.marks:
                last = self.marks.pop()
                self.blocks[-1].pieces.append(f"{CLOSED}{last}")
                if last == mark:
                    break

    def _close_link(self) -> None:
        if self.link is None:
            return
        (url, pieces), self.link = self.link, None
        label = SPACES.sub(" ", "".join(pieces))
        bare = label.strip()
        if not LINK.fullmatch(url) or not bare:
            self._text(label)
            return
        target = f"<{url}>" if "(" in url or ")" in url else url
        before, after = (" " if label[0] == " " else ""), (" " if label[-1] == " " else "")
        self.blocks[-1].pieces.append(f"{before}[{escape_inline(bare)}]({target}){after}")

    def markdown(self) -> str:
        """Return what was written."""
        self._begin()
        text, item = "", False
        for block in self.blocks:
            said = _paragraphs(block)
            if not said:
                continue
            together = item and block.depth > 0
            text += ("\n" if together else "\n\n" if text else "") + said
            item = block.depth > 0
        return text


def _paragraphs(block: _Block) -> str:
    """Return a block as Markdown: two line breaks in a row begin a paragraph."""
    text = re.sub(r" +", " ", "".join(block.pieces))
    before = None
    while before != text:
        before, text = text, EMPTY_MARK.sub(r"\2", text)
    text = CLOSES.sub(r"\2\1", OPENS.sub(r"\2\1", text))
    parts = [_lines(part) for part in re.split(r" ?\n[ \n]*\n", text) if part.strip()]
    if block.heading:
        bare = re.sub(r"\*+", "", " ".join(parts)) if "\\*" not in text else " ".join(parts)
        return f"**{bare}**" if bare else ""
    if block.depth:
        margin = "  " * (min(block.depth, DEEPEST_LIST) - 1)
        within = margin + " " * len(block.bullet)
        return f"{margin}{block.bullet}" + f"\n\n{within}".join(parts) if parts else ""
    return "\n\n".join(parts)


def _lines(part: str) -> str:
    lines = [line.strip() for line in part.split("\n")]
    return "\\\n".join(escape_line_start(line) for line in lines if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.unseen += tag in UNSEEN
        if tag in BLOCKS or tag in HEADINGS or tag in ("br", "li", "td"):
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.unseen = max(0, self.unseen - (tag in UNSEEN))

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(data)
