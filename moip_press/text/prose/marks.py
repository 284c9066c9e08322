"""The marks of Markdown that we read ourselves: links, addresses, images and placeholders.

They are found in one pass over the text of a block, before anything else is parsed: their
places are exact by construction, and a text of a million brackets takes a second and not a
day. The rules are CommonMark's (code spans and autolinks bind tighter than brackets, a link
holds no link), without reference links. One mark is
ours: `[words]{lang=en}`, a passage in another language.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import unescapeAll
from markdown_it.helpers import parseLinkDestination, parseLinkTitle

from moip_press.text.addresses import Address, addresses

PLACEHOLDER = re.compile(r"\{page:[ ]?([^\s{}]{1,100})[ ]?\}")
WEBSITE = "{website}"
PASSAGE = re.compile(r"\{lang=([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\}")
AUTOLINK = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*"
    r"|(?P<email>[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}))>"
)
HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,30}(?:[\s/][^<>]*)?>|<!--|<[!?][^<>]*>")
SIGNS = re.compile(r"[\\`<!\[\]{]")
NOTE = re.compile(r"\[\^(?P<label>[^\]\s^\[]{1,50})\](?!\()")
SPACES = re.compile(r"[ \t\n]*")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a text refers to: the `page` or the `link` to an id, the kit's `website`, a `telephone`.

    A `note` is a footnote, whose label is `id`.

    Of a telephone, `id` is the number as typed, which may be none.

    `start` and `end` are the offsets of `{page:id}`, or of `#id`, in the Markdown.
    """

    kind: Literal["page", "link", "website", "telephone", "note"]
    id: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A link as typed; `start` and `end` are the offsets of its target in the Markdown."""

    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A construct at `start` of a block's text, up to `end`.

    Of a link or image, the label ends at `label_end` and the target is `url`, at `target`. Of a
    passage in another language, `[words]{lang=en}`, `url` is the code of the language; of the
    sign of a footnote, a "note", its label. An "address" stands without brackets; of a
    "telephone" number, only its country knows whether it is one.
    """

    kind: Literal[
        "link", "image", "passage", "autolink", "address", "telephone", "page", "note", "html"
    ]
    start: int
    end: int
    url: str = ""
    label_end: int = 0
    target: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Scan:
    """One pass over a text. `opened` are brackets waiting to be closed."""

    text: str
    marks: dict[int, Mark] = field(default_factory=dict)
    opened: list[tuple[int, bool]] = field(default_factory=list)
    addresses: list[int] = field(default_factory=list)
    dead_below: int = 0

    def address(self, found: Address) -> int:
        """Mark an address; return where to read on."""
        self.marks[found.start] = of_address(found)
        self.addresses.append(found.start)
        return found.end

    def close(self, place: int) -> int:
        """Close the last bracket; return where to read on."""
        start, image = self.opened.pop()
        if not image and (found := PASSAGE.match(self.text, place + 1)):
            self.marks[start] = Mark("passage", start, found.end(), found[1], place)
            self.dead_below = min(self.dead_below, len(self.opened))
            return found.end()
        dead = len(self.opened) < self.dead_below
        self.dead_below = min(self.dead_below, len(self.opened))
        if dead and not image:
            return place + 1
        target = _target(self.text, place + 1)
        if target is None:
            return place + 1
        url, place_of_url, end = target
        kind: Literal["link", "image"] = "image" if image else "link"
        self.marks[start] = Mark(kind, start, end, url, place, place_of_url)
        while self.addresses and self.addresses[-1] > start:
            del self.marks[self.addresses.pop()]
        if not image:
            self.dead_below = len(self.opened)
        return end


def of_address(found: Address) -> Mark:
    """Return the mark of an address."""
    kind: Literal["telephone", "address"] = "telephone" if found.kind == "telephone" else "address"
    span = found.start, found.end
    return Mark(kind, *span, unescapeAll(found.url), target=span)


def marks(text: str) -> dict[int, Mark]:
    """Return the marks of a block's text, by where they start."""
    scan = _Scan(text)
    code = _CodeSpans(text)
    at = 0
    for address in addresses(text):
        at = _read(scan, at, address.start, code)
        if at <= address.start:
            at = scan.address(address)
    _read(scan, at, len(text), code)
    return scan.marks


def _read(scan: _Scan, at: int, end: int, code: _CodeSpans) -> int:
    """Read the signs up to `end`; return where to read on, which may be behind it."""
    while (sign := SIGNS.search(scan.text, at, end)) is not None:
        at = _step(scan, sign[0], sign.start(), code)
    return at


def _step(scan: _Scan, sign: str, place: int, code: _CodeSpans) -> int:
    """Read one sign; return where to read on."""
    match sign:
        case "\\":
            return place + 2
        case "`":
            return code.end(place)
        case "<":
            return _angle(scan, place)
        case "{":
            return _brace(scan, place)
        case "]":
            return scan.close(place) if scan.opened else place + 1
        case "[" if note := NOTE.match(scan.text, place):
            scan.marks[place] = Mark("note", place, note.end(), note["label"])
            return note.end()
        case "[":
            scan.opened.append((place, False))
            return place + 1
        case _:
            if scan.text.startswith("[", place + 1):
                scan.opened.append((place, True))
                return place + 2
            return place + 1


def _angle(scan: _Scan, place: int) -> int:
    for kind, pattern in (("autolink", AUTOLINK), ("html", HTML)):
        found = pattern.match(scan.text, place)
        if found is None:
            continue
        inner = found[0][1:-1]
        if kind == "autolink":
            url = f"mailto:{inner}" if found["email"] else inner
            span = place + 1, found.end() - 1
            scan.marks[place] = Mark("autolink", place, found.end(), url, target=span)
            scan.dead_below = len(scan.opened)
            return found.end()
        scan.marks[place] = Mark("html", place, found.end())
        return place + 1
    return place + 1


def _brace(scan: _Scan, place: int) -> int:
    found = PLACEHOLDER.match(scan.text, place)
    if found is None:
        return place + 1
    scan.marks[place] = Mark("page", place, found.end(), found[1])
    return found.end()


class _CodeSpans:
    """The runs of backticks of a text, by their length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: dict[int, list[int]] = {}
        for run in re.finditer("`+", text):
            self.starts.setdefault(run.end() - run.start(), []).append(run.start())

    def end(self, place: int) -> int:
        """Return where the code span at `place` ends, or its backticks where it is none."""
        end = place
        while self.text.startswith("`", end):
            end += 1
        closing = self.starts.get(end - place, [])
        found = bisect_left(closing, end)
        return closing[found] + end - place if found < len(closing) else end


def _target(text: str, place: int) -> tuple[str, tuple[int, int], int] | None:
    """Return the target of a link, its place, and the end of `(target "title")`."""
    if not text.startswith("(", place):
        return None
    start = _spaces(text, place + 1)
    if text.startswith(")", start):
        return "", (start, start), start + 1
    found = parseLinkDestination(text, start, len(text))
    if not found.ok:
        return None
    end = found.pos
    after = _spaces(text, end)
    if after > end:
        title = parseLinkTitle(text, after, len(text))
        if title.ok:
            after = _spaces(text, title.pos)
    return (found.str, (start, end), after + 1) if text.startswith(")", after) else None


def _spaces(text: str, place: int) -> int:
    found = SPACES.match(text, place)
    return found.end() if found is not None else place


SCHEMES = ("http", "https", "mailto", "tel")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

Fault = Literal["empty-target", "scheme", "relative"]


def fault_of(url: str) -> Fault | None:
    """Return what is wrong with the target of a link; None where it can be followed."""
    if url in ("", "#"):
        return "empty-target"
    if url.startswith(("#", WEBSITE)):
        return None
    scheme = SCHEME.match(url)
    if scheme is None:
        return "relative"
    name, rest = scheme[0][:-1].lower(), url[scheme.end() :]
    if name not in SCHEMES:
        return "scheme"
    return None if _complete(name, url, rest) else "empty-target"


def _complete(scheme: str, url: str, rest: str) -> bool:
    if scheme == "mailto":
        return "@" in rest.strip("@")
    if scheme == "tel":
        return any(sign.isdigit() for sign in rest)
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def normalized(url: str) -> str:
    """Return a target as a URL of ASCII signs, percent-encoded where it must be (RFC 3986)."""
    return normalizeLink(url)
