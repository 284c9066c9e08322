"""What pieces have that pages have not: titles for page numbers, notes at the end, own classes.

Pages print "voir p. 22" and hang footnotes below; without pages, a reference names what it refers
to, and notes end the piece. These functions read HTML that our own filters wrote, in which no text
holds ``<``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from moip_press.web.addresses import PREFIX

OPEN, CLOSE = "\ue000", "\ue001"
"""Stand round the id that a page number was asked for, until its title takes its place."""
REFERENCE = re.compile(
    rf"(?P<before>\b(?:(?:en|à la|on)\s+)?(?:pp?\.|pages?)\s*)?{OPEN}(?P<id>[^{CLOSE}<>]*){CLOSE}",
    re.IGNORECASE,
)
WITHIN = {"en": "dans", "à": "dans", "on": "in"}
"""What stands before a title where a preposition stood before the page."""
LINK = re.compile(r"<a\b[^<>]*>.*?</a>", re.DOTALL)
TAG = re.compile(r"<[a-z][^<>]*>")
CLASSES = re.compile(r'\sclass="([^"]*)"')
NOTE = re.compile(r'<span class="footnote" role="doc-footnote" id="([^"]+)">')
NUMBER = re.compile(r'<span class="note-number">(\d+)</span>\s*')
SIGN = re.compile(
    r'<a class="note-sign" role="doc-noteref" title="[^"]*" href="#([^"]+)">(\d+)</a>'
)
SPAN = re.compile(r"<(/?)span\b[^<>]*>")
CLOSED = re.compile(r"(</(?:article|div|dl|figure|ol|section|table|ul)>)[ \t]*(?=<)")
INDENT = re.compile(r"(?:(?<=\n)[ \t\n]+|^[ \t\n]+)(?=<)")
Titled = Callable[[str], str]
"""The title of what an id refers to, as a link where ``linked``, between quotation marks."""


def asked(name: str) -> str:
    """Return what stands for the number of a page until ``titled`` names what is on it."""
    return f"{OPEN}{name}{CLOSE}"


def titled(html: str, linked: Titled, plain: Titled) -> str:
    """Return HTML with the titles of what it refers to in the place of page numbers.

    Within a link and within a tag the title is ``plain``.
    """
    if OPEN not in html:
        return html

    def within(found: re.Match[str]) -> str:
        return REFERENCE.sub(lambda each: _before(each) + plain(each["id"]), found[0])

    html = TAG.sub(within, LINK.sub(within, html))
    return REFERENCE.sub(lambda each: _before(each) + linked(each["id"]), html)


def _before(found: re.Match[str]) -> str:
    first = (found["before"] or "").split()[:1]
    word = WITHIN.get(first[0].lower()) if first else None
    return f"{word} " if word else ""


def with_notes(html: str, heading: str, back: str) -> str:
    """Return a piece whose footnotes end it as a list, each leading ``back`` to its sign."""
    notes: list[str] = []
    kept, done = [], 0
    for found in NOTE.finditer(html):
        end = _end(html, found.end())
        words = NUMBER.sub("", html[found.end() : end - len("</span>")], count=1)
        notes.append(_note(found[1], words, back))
        kept.append(html[done : found.start()])
        done = end
    if not notes:
        return html
    body = _signs("".join([*kept, html[done:]]))
    head, close, tail = body.rpartition("</")
    listed = "\n".join(notes)
    aside = (
        f'<div class="{PREFIX}notes" role="doc-endnotes" aria-label="{heading}">\n'
        f"<ol>\n{listed}\n</ol>\n</div>\n"
    )
    return f"{head}{aside}{close}{tail}"


def _end(html: str, start: int) -> int:
    """Return where the span ends that begins before ``start``."""
    depth = 1
    for tag in SPAN.finditer(html, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return len(html)


def _note(anchor: str, words: str, said: str) -> str:
    back = anchor.replace("--note-", "--call-")
    sign = "\N{UPWARDS ARROW}"
    return (
        f'<li id="{anchor}">{words} '
        f'<a class="{PREFIX}back" role="doc-backlink" href="#{back}" aria-label="{said}">'
        f"{sign}</a></li>"
    )


def _signs(html: str) -> str:
    """Return HTML whose first sign of each note can be led back to."""
    seen: set[str] = set()

    def sign(found: re.Match[str]) -> str:
        anchor, number = found.groups()
        own = "" if anchor in seen else f' id="{anchor.replace("--note-", "--call-")}"'
        seen.add(anchor)
        return (
            f'<sup class="{PREFIX}note-sign"{own}>'
            f'<a role="doc-noteref" href="#{anchor}">{number}</a></sup>'
        )

    return SIGN.sub(sign, html)


def prefixed(html: str) -> str:
    """Return HTML in which every class begins as ours do, also those that texts bring along."""

    def classes(found: re.Match[str]) -> str:
        names = (n if n.startswith(PREFIX) else PREFIX + n for n in found[1].split())
        return f' class="{" ".join(names)}"'

    return TAG.sub(lambda tag: CLASSES.sub(classes, tag[0]), html)


def tidied(html: str) -> str:
    """Return HTML with each of its large elements on a line of its own, not indented."""
    return INDENT.sub("", CLOSED.sub("\\1\n", html)).strip() + "\n"
