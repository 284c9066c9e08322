"""Texts of other programs as Markdown: plain text as it was typed, HTML as it is meant.

The only user of markdownify.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

from markdownify import MarkdownConverter

DEEPEST = 60
LONGEST_HTML = 200_000
HTML_TAG = re.compile(
    r"</(?:p|div|span|b|strong|i|em|u|a|ul|ol|li|h[1-6]|blockquote|table|tr|td|font|body|html)\s*>"
    r"|<(?:br|hr|img|p)\b[^<>]*>",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#x[0-9a-f]{2,6}|[a-z]{2,31}[0-9]{0,2});", re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*?(/?)>", re.IGNORECASE)
BLOCK_TAG = re.compile(r"<(?:p|div|br|li|tr|h[1-6]|blockquote)\b", re.IGNORECASE)
VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "col"})

INLINE = re.compile(r"[\\`*\[\]{]|<(?=[A-Za-z/!?])|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,31};)")
BLOCK = re.compile(r"(?:#{1,6}(?=\s|$)|>|\+(?=\s|$)|~{3}|=+\s*$|(?:-\s*){2,}$)")
NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")
BULLET = re.compile(r"(?:[-*•·▪‣●◦–—]|-{1,2}>)\s+(?=\S)")
ITEM = re.compile(r"- ")
HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$|^(.+)\n {0,3}(?:={3,}|-{3,})[ \t]*$")
PICTURE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,500}\")?\)")
WRAPPED = range(55, 81)
"""Characters of a line that a mail program may have broken."""


def is_html(text: str) -> bool:
    """Tell whether a text is written in HTML."""
    return HTML_TAG.search(text) is not None or (
        "<" not in text and len(ENTITY.findall(text)) >= 1 and "&" in text
    )


def from_plain(text: str) -> str:
    """Return the Markdown that prints a plain text as it was typed.

    A line is a paragraph, unless a mail program broke it; lines that begin with a bullet are a
    list. Signs that Markdown would read are escaped.
    """
    blocks = [_lines(block) for block in re.split(r"\n[ \t]*\n", text)]
    return _joined([line for lines in blocks for line in lines])


def _lines(block: str) -> list[str]:
    lines = [re.sub(r"[ \t]+", " ", line).strip(" ") for line in block.split("\n")]
    lines = [line for line in lines if line]
    if len(lines) > 2 and all(len(line) in WRAPPED for line in lines[:-1]):
        lines = [" ".join(lines)]
    return [_line(line) for line in lines]


def _line(line: str) -> str:
    """Return a line of a plain text as Markdown."""
    bullet = BULLET.match(line)
    if bullet:
        return f"- {_line_start(_inline(line[bullet.end() :]))}"
    return _line_start(_inline(line))


def _inline(text: str) -> str:
    return INLINE.sub(lambda sign: "\\" + sign[0], text)


def _line_start(line: str) -> str:
    if BLOCK.match(line):
        return "\\" + line
    if line == "-":
        return "\\-"
    return NUMBERED.sub(r"\1\\\2", line, count=1) if NUMBERED.match(line) else line


def _joined(lines: list[str]) -> str:
    """Return lines as paragraphs; the items of a list follow one another."""
    text = ""
    for before, line in zip(["", *lines], lines, strict=False):
        together = ITEM.match(before) and ITEM.match(line)
        text += ("\n" if together else "\n\n" if text else "") + line
    return text


def from_markdown(text: str) -> str:
    """Return Markdown of another program in the house's way: headings are bold lines, no pictures.

    HTML in it is read as HTML.
    """
    if is_html(text):
        return from_html(text)
    text = HEADING.sub(_bold, PICTURE.sub("", text))
    return _tidy(re.sub(r" {2,}\n(?=[ \t]*\S)", r"\\\n", text))


def _bold(found: re.Match[str]) -> str:
    words = (found[1] or found[2]).strip().strip("*_ ")
    return f"**{words}**\n" if words else ""


def from_html(text: str) -> str:
    """Return HTML as Markdown: paragraphs, lists, emphasis and links; pictures are left out."""
    if len(text) > LONGEST_HTML or _depth(text) > DEEPEST:
        return from_plain(_words(text))
    blocks = BLOCK_TAG.search(text) is not None
    text = re.sub(r"\s*\n\s*", " " if blocks else "<br>", text.strip())
    converter = _Converter(bullets="-", newline_style="backslash", escape_misc=True)
    return _tidy(str(converter.convert(text)))


def _tidy(markdown: str) -> str:
    """Return Markdown without blank ends, forced breaks before them, and placeholders of ours."""
    text = re.sub(r"[ \t]+\n", "\n", markdown)
    text = "\n".join(map(_eased, text.split("\n")))
    text = re.sub(r"(?:\\\n[ \t]*){2,}|\\\n(?=[ \t]*(?:\n|$))", "\n\n", text)
    text = re.sub(r"(?<!\\)\{(?=page:|website\}|lang=)", r"\\{", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip().removesuffix("\\")


def _eased(line: str) -> str:
    """Return a line without the escapes that are needed at its beginning only."""
    start = re.match(r"\s*(?:- )?(?:[0-9]{1,9}\\[.)]|\\[-+>#=])?", line)
    begins = start.end() if start else 0
    return line[:begins] + re.sub(r"\\([-+>=#~.)|])", r"\1", line[begins:])


class _Converter(MarkdownConverter):
    """HTML as Markdown for an event: a heading is a bold line, a table its rows' words."""

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002
        """Leave a picture out."""
        return ""

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        """Return a link with plain words, or its words alone where it is not of the web."""
        words = re.sub(r"[*_`]+", "", text).strip()
        url = str(el.get("href") or "").strip()
        if not words or not re.match(r"(?:https?://|mailto:|tel:)\S+$", url, re.IGNORECASE):
            return text
        if words.replace("\\", "") == url or "_noformat" in parent_tags:
            return text if "(" in url or ")" in url else f"[{words}]({url})"
        return f"[{words}](<{url}>)" if "(" in url or ")" in url else f"[{words}]({url})"

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002, N802
        """Return a heading as a bold line."""
        words = text.strip().strip("*_ ")
        return f"\n\n**{words}**\n\n" if words else ""

    def convert_td(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002
        """Return the words of a cell."""
        return f" {text.strip()}" if text.strip() else ""

    convert_th = convert_td

    def convert_tr(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002
        """Return the words of a row as a paragraph."""
        return f"\n\n{text.strip()}\n\n"

    def convert_table(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002
        """Return the rows."""
        return f"\n\n{text.strip()}\n\n"

    def convert_script(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002
        """Leave a script out."""
        return ""

    convert_style = convert_script
    convert_title = convert_script
    convert_iframe = convert_script


def _depth(text: str) -> int:
    """Return how deep the elements of a text are nested, at least."""
    depth = deepest = 0
    for closing, name, empty in TAG.findall(text):
        if name.lower() in VOID or empty:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in ("p", "br", "div", "li", "tr"):
            self.pieces.append("\n")


def _words(text: str) -> str:
    parser = _Words()
    parser.feed(text[: 10 * LONGEST_HTML])
    parser.close()
    return "".join(parser.pieces)


def plain(text: str) -> str:
    """Return a text of one line without HTML: a title, a name."""
    if "<" in text and HTML_TAG.search(text):
        text = _words(text)
    elif ENTITY.search(text):
        text = html.unescape(text)
    return " ".join(text.split())
