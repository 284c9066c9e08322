"""Prose as HTML: its typography set across emphasis and links, its references resolved."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from moip_press.text.addresses import addresses, breakable
from moip_press.text.characters import printed
from moip_press.text.prose.markdown import as_typed, blocks, line, tight
from moip_press.text.prose.marks import WEBSITE, Mark, Reference, fault_of, normalized, of_address
from moip_press.text.prose.typed_blocks import table_tags, usual
from moip_press.text.typography import ordinals_to_html, typeset_runs, typeset_text
from moip_press.text.typography import to_html as text_to_html

if TYPE_CHECKING:
    from markdown_it.token import Token

Resolve = Callable[[Reference], str | None]
"""What a reference is in print: a page's number, the id that a link leads to, the website's
address; None (or nothing) where there is none."""

TAGS = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "s_open": "<s>",
    "s_close": "</s>",
}
# what may be markup, or a sign that the parser makes another one of
MARKED = re.compile(
    r"[*_`\[\]<>{}\\&~|#\r\0\x0b\x0c\x1c-\x1f\x85]|^[ \t]*(?:[-+=]|[0-9]+[.)])", re.MULTILINE
)
EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")
LOWEST_HEADING = 6
CONTAINERS = ("ul", "ol", "blockquote", "table", "thead", "tbody", "tr")


def unresolved(reference: Reference) -> str | None:  # noqa: ARG001 -- a Resolve
    """Resolve nothing: placeholders stay as typed."""
    return None


def to_html(markdown: str, language: str, *, resolve: Resolve = unresolved, shift: int = 0) -> str:
    """Return paragraphs, lists, quotations and headings as HTML, one block a line.

    The first level of headings is `shift` + 1, and no level is skipped. Links are exactly
    `<a href="…">plain text</a>`; those that lead nowhere are their text alone.
    """
    tokens = blocks(markdown)
    if tokens is None:
        return _paragraphs(markdown, language)
    notes = Footnotes(tokens, language, resolve)
    tokens = as_typed([token for token in tokens if token not in notes.tokens])
    hidden = tight(tokens)
    levels, cells = _levels(tokens, shift), table_tags(tokens)
    written: list[str] = []
    for number, token in enumerate(tokens):
        if token.type == "inline":
            written.append(_line(token.children or [], language, resolve, notes))
        elif number not in hidden:
            tag = cells.get(number)
            written.append(_block(token, levels.get(number, 0)) if tag is None else tag)
    return "".join(written).rstrip("\n")


class Footnotes:
    """The footnotes of a text: where one is referred to first, its words follow its number."""

    def __init__(self, tokens: Sequence[Token], language: str, resolve: Resolve) -> None:
        self.tokens: list[Token] = []
        self._language, self._resolve = language, resolve
        self._words: dict[str, Token] = {}
        self._anchors: dict[str, str] = {}
        for number, token in enumerate(tokens):
            if token.type == "note_open":
                self.tokens += tokens[number : number + 3]
                self._words[token.meta["label"]] = tokens[number + 1]

    def written(self, label: str) -> str:
        """Return the number of a footnote as a link, and, the first time, its words."""
        first = label not in self._anchors
        if first:
            place = len(self._anchors) + 1
            made = self._resolve(Reference("note", label)) or f"note-{place}"
            self._anchors[label] = made
        anchor = html.escape(self._anchors[label])
        number = anchor.rpartition("-")[2]
        sign = (
            f'<a class="note-sign" role="doc-noteref" title="Note {number}" href="#{anchor}">'
            f"{number}</a>"
        )
        if not first:
            return sign
        words = _line(self._words[label].children or [], self._language, self._resolve)
        return (
            f'{sign}<span class="footnote" role="doc-footnote" id="{anchor}">'
            f'<span class="note-number">{number}</span> {words}</span>'
        )


def inline(markdown: str, language: str, *, resolve: Resolve = unresolved) -> str:
    """Return the Markdown of a one-line field as HTML without a paragraph round it.

    Lists and headings are not looked for: "1. " stays as typed.
    """
    tokens = line(markdown)
    return text_to_html(markdown, language) if tokens is None else _line(tokens, language, resolve)


def text(words: str, language: str, *, resolve: Resolve = unresolved) -> str:
    """Return a text without Markdown as HTML; the addresses in it are links."""
    line, done = _Line(), 0
    for address in addresses(words):
        line.text(words[done : address.start])
        _open_link(line, of_address(address), resolve)
        line.text(words[address.start : address.end], opaque=line.kept)
        _close_link(line)
        done = address.end
    line.text(words[done:])
    return line.html(language)


def plain_text(markdown: str, *, resolve: Resolve = unresolved) -> str:
    """Return the words without markup, as typed, a block a line."""
    if not MARKED.search(markdown) and not usual(markdown)[1]:
        return _unmarked(markdown)
    tokens = blocks(markdown)
    if tokens is None:
        return markdown
    lines = [
        "".join(_words(child, resolve) for child in token.children or [])
        if token.type == "inline"
        else token.content.rstrip("\n")
        for token in as_typed(tokens)
        if token.type in ("inline", "fence")
    ]
    return "\n".join(lines)


def _unmarked(text: str) -> str:
    """Return paragraphs without any markup, a line each: what the parser would say of them."""
    parts = (part.strip() for part in EMPTY_LINES.split(text) if part.strip(" \t\n"))
    return "\n".join(re.sub(r" *\n[ \t]*", " ", part) for part in parts)


def _words(token: Token, resolve: Resolve) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return _page(token, resolve) if token.type == "page" else token.content


def _paragraphs(text: str, language: str) -> str:
    found = [part.strip() for part in re.split(r"\n[ \t\r]*\n", text)]
    return "\n".join(f"<p>{text_to_html(part, language)}</p>" for part in found if part)


def _levels(tokens: list[Token], shift: int) -> dict[int, int]:
    """Return the level of each heading's tokens: shifted, none skipped, six at most."""
    levels: dict[int, int] = {}
    above: list[str] = []
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            while above and above[-1] >= token.tag:
                above.pop()
            above.append(token.tag)
        if token.type in ("heading_open", "heading_close"):
            levels[number] = min(shift + len(above), LOWEST_HEADING)
    return levels


def _block(token: Token, level: int) -> str:
    """Return the tag of a block."""
    match token.type:
        case "fence":
            code = html.escape(printed(token.content, code=True), quote=False)
            return f"<pre><code>{code}</code></pre>\n"
        case "hr":
            return "<hr>\n"
        case "ordered_list_open":
            attributes = "".join(f' {name}="{value}"' for name, value in token.attrs.items())
            return f"<ol{attributes}>\n"
    tag = f"h{level}" if level else token.tag
    if token.nesting < 0:
        return f"</{tag}>\n"
    return f"<{tag}>\n" if tag in CONTAINERS else f"<{tag}>"


@dataclass(slots=True)
class _Line:
    """The runs of a paragraph, and what stands between them.

    Within a link it is `linked`: there is no markup; an address is `kept` as typed.
    """

    runs: list[str] = field(default_factory=list)
    opaque: set[int] = field(default_factory=set)
    parts: list[tuple[Literal["markup", "text", "plain", "code"], str | int]] = field(
        default_factory=list
    )
    linked: bool = False
    kept: bool = False
    passages: list[str] = field(default_factory=list)

    def text(self, text: str, *, opaque: bool = False, code: bool = False) -> None:
        """Add a run; within a link it is set plain."""
        if self.passages and not (opaque or code):
            text, opaque = typeset_text(text, self.passages[-1]), True
        if opaque or code:
            self.opaque.add(len(self.runs))
        kind: Literal["text", "plain", "code"] = "code" if code else "text"
        self.parts.append(("plain" if self.linked else kind, len(self.runs)))
        self.runs.append(text)

    def markup(self, markup: str) -> None:
        """Add a tag; there are none within a link."""
        if not self.linked:
            self.parts.append(("markup", markup))

    def html(self, language: str) -> str:
        """Return the paragraph with its typography."""
        runs = typeset_runs(self.runs, language, opaque=self.opaque)
        written: list[str] = []
        for kind, part in self.parts:
            if isinstance(part, str):
                written.append(part)
            elif kind == "text":
                written.append(ordinals_to_html(runs[part], language))
            else:
                text = breakable(runs[part]) if kind == "plain" else runs[part]
                text = html.escape(text, quote=False)
                written.append(f"<code>{text}</code>" if kind == "code" else text)
        return "".join(written)


def _line(
    tokens: list[Token], language: str, resolve: Resolve, notes: Footnotes | None = None
) -> str:
    line = _Line()
    for token in tokens:
        if token.type == "note" and notes:
            line.markup(notes.written(token.meta["mark"].url))
        else:
            _add(line, token, resolve)
    return line.html(language)


def _add(line: _Line, token: Token, resolve: Resolve) -> None:
    match token.type:
        case "softbreak":
            line.text(" ")
        case "hardbreak" if line.linked:
            line.text(" ")
        case "hardbreak":
            line.markup("<br>")
            line.text("\n", opaque=True)
        case "page":
            line.text(_page(token, resolve), opaque=True)
        case "code_inline":
            line.text(printed(token.content, code=True), code=True)
        case "link_open":
            _open_link(line, token.meta["mark"], resolve)
        case "link_close":
            _close_link(line)
        case "passage_open" | "passage_close":
            _turn(line, token)
        case "text" | "note":
            line.text(token.content, opaque=line.kept)
        case _:
            line.markup(TAGS.get(token.type, ""))


def _turn(line: _Line, token: Token) -> None:
    """Begin or end a passage in another language."""
    if token.nesting > 0:
        language = token.meta["mark"].url
        line.markup(f'<span lang="{language}">')
        line.passages.append(language)
    else:
        line.markup("</span>")
        line.passages.pop()


def _open_link(line: _Line, mark: Mark, resolve: Resolve) -> None:
    target = _target(mark.url, resolve)
    if mark.kind == "telephone":
        target = resolve(Reference("telephone", mark.url.removeprefix("tel:"))) or ""
    if target:
        line.markup(f'<a href="{html.escape(target)}">')
        line.linked = True
    line.kept = mark.kind in ("autolink", "address")
    if mark.kind == "link" and mark.label_end <= mark.start + 1:
        line.text(mark.url, opaque=True)


def _close_link(line: _Line) -> None:
    line.kept = False
    if line.linked:
        line.linked = False
        line.markup("</a>")


def _target(url: str, resolve: Resolve) -> str:
    """Return where a link leads; empty where it cannot be followed."""
    if fault_of(url) is not None:
        return ""
    if url.startswith("#"):
        anchor = url[1:] if resolve is unresolved else resolve(Reference("link", url[1:]))
        return f"#{anchor}" if anchor else ""
    if url.startswith(WEBSITE):
        website = resolve(Reference("website"))
        return (
            normalized(website.rstrip("/") + rest if (rest := url[len(WEBSITE) :]) else website)
            if website
            else ""
        )
    return normalized(url)


def _page(token: Token, resolve: Resolve) -> str:
    mark: Mark = token.meta["mark"]
    number = resolve(Reference("page", mark.url, mark.start, mark.end))
    return token.content if number is None else number
