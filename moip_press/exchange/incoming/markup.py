"""Texts of other programs as Markdown: plain text as it was typed, Markdown and HTML as meant."""

from __future__ import annotations

import re

from moip_press.exchange.incoming import webtext
from moip_press.exchange.incoming.escaping import inline, line_start

HTML_TAG = re.compile(
    r"</(?:p|div|span|b|strong|i|em|u|a|ul|ol|li|h[1-6]|blockquote|table|tr|td|font|body|html)\s*>"
    r"|<(?:br|hr|img|p)\b[^<>]*>",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#x[0-9a-f]{2,6}|[a-z]{2,31}[0-9]{0,2});", re.IGNORECASE)
BULLET = re.compile(r"(?:[-*•·▪‣●◦–—]|-{1,2}>)\s+(?=\S)")
ITEM = re.compile(r"- ")
HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$|^(.+)\n {0,3}(?:={3,}|-{3,})[ \t]*$")
PICTURE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,500}\")?\)")
PLACEHOLDER = re.compile(r"(?<!\\)\{(?=page:|website\}|lang=)")
WRAPPED = range(55, 81)
"""Characters of a line that a mail program may have broken."""


def is_html(text: str) -> bool:
    """Tell whether a text is written in HTML."""
    if HTML_TAG.search(text) is not None:
        return True
    return "&" in text and "<" not in text and ENTITY.search(text) is not None


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
        return f"- {line_start(inline(line[bullet.end() :]))}"
    return line_start(inline(line))


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
        return webtext.from_html(text)
    text = HEADING.sub(_bold, PICTURE.sub("", text.strip()))
    text = re.sub(r" {2,}\n(?=[ \t]*\S)", r"\\\n", text)
    text = PLACEHOLDER.sub(r"\\{", re.sub(r"[ \t]+\n", "\n", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _bold(found: re.Match[str]) -> str:
    words = (found[1] or found[2]).strip().strip("*_ ")
    return f"**{words}**\n" if words else ""


def plain(text: str) -> str:
    """Return a text of one line without HTML: a title, a name."""
    if "<" in text and HTML_TAG.search(text):
        return webtext.words(text)
    if "&" in text and ENTITY.search(text):
        text = webtext.unescaped(text)
    return " ".join(text.split())
