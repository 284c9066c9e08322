"""Links that are none: a space too many, an address elsewhere, brackets of other programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from moip_press.text.prose.raw_words import Change, RawMark, Words

ADDRESS = r"(?:https?://|mailto:|tel:|www\.|#|\{website\})[^\s()<>\"]{0,2000}"
LABEL = r"[^\[\]]{1,300}"
SPACED = re.compile(rf"!?\[{LABEL}\](?P<space>\s+)\((?P<address>{ADDRESS})\)")
TURNED = re.compile(rf"\((?P<address>{ADDRESS})\)\[(?P<label>{LABEL})\]")
BROKEN = re.compile(rf"!?\[(?P<label>{LABEL})\]\((?P<address>[^()]{{0,300}})(?P<end>\)?)")
WITH_SPACES = re.compile(r"https?://[^\s\"]+(?: [^\s\"]+)+")
WIKI_PAGE = re.compile(rf"\[\[{LABEL}\]\]")
WIKI_LINK = re.compile(
    r"\[(?P<address>https?://[^\s\[\]|]{1,2000})(?:\s+|\|)(?P<label>[^\[\]|]{1,300})\]"
    r"|\[(?P<words>[^\[\]|]{1,300})\|(?P<target>https?://[^\s\[\]|]{1,2000})\]"
)
ANGLED = re.compile(r"<(?P<address>www\.[^\s<>]{1,300})>")
TARGET = re.compile(r"\]\(([^()\s]+)\)")
USE = re.compile(rf"!?\[(?P<words>{LABEL})\]\[(?P<label>[^\[\]]{{0,100}})\]")
SHORT_USE = re.compile(rf"(?<![\]!])\[(?P<words>{LABEL})\](?![\[(:])")
DEFINITION = re.compile(
    rf"\[(?P<label>[^\[\]^]{{1,100}})\]:\s*<?(?P<address>{ADDRESS})>?(?:\s+[\"'(].*)?\s*$"
)


def links(words: Words) -> Iterator[RawMark]:
    """Yield what is meant as a link, with its correction where that is certain."""
    text = words.all
    for found in SPACED.finditer(text):
        yield words.mark("link", *found.span(), *_joined(words, found))
    for found in TURNED.finditer(text):
        said = f"[{found['label']}]({_whole(found['address'])})"
        yield words.mark("link", *found.span(), words.change(*found.span(), said))
    for found in BROKEN.finditer(text):
        if found["end"] and WITH_SPACES.fullmatch(found["address"]):
            said = found["address"].replace(" ", "%20")
            yield words.mark("link", *found.span(), words.change(*found.span("address"), said))
        else:
            yield words.mark("link", *found.span())
    for found in WIKI_LINK.finditer(text):
        said = f"[{found['label'] or found['words']}]({found['address'] or found['target']})"
        yield words.mark("link", *found.span(), words.change(*found.span(), said))
    for found in WIKI_PAGE.finditer(text):
        yield words.mark("link", *found.span())
    for found in ANGLED.finditer(text):
        yield words.mark("link", *found.span(), words.change(*found.span(), found["address"]))


def _joined(words: Words, found: re.Match[str]) -> Iterator[Change | None]:
    """Yield the changes that close the gap of a link; there are none for one without a scheme."""
    if found["address"].startswith("www."):
        start, _ = found.span("address")
        yield words.change(found.start("space"), start + 1, f"(https://{found['address'][0]}")
    else:
        yield words.change(found.start("space"), found.end("space"), "")


def _whole(address: str) -> str:
    return f"https://{address}" if address.startswith("www.") else address


# --- by reference -----------------------------------------------------------------------------


def references(markdown: str, read: Sequence[Words]) -> Iterator[RawMark]:
    """Yield links whose address stands elsewhere, and where that is."""
    defined = {
        found["label"].lower(): (words, start, end, _whole(found["address"]))
        for words in read
        for start, end in words.lines
        if (found := DEFINITION.fullmatch(words.all, start, end))
    }
    for words in read:
        for pattern in (USE, SHORT_USE):
            for use in pattern.finditer(words.all):
                label = use.groupdict().get("label") or use["words"]
                if label.lower() in defined:
                    said = f"[{use['words']}]({defined[label.lower()][3]})"
                    yield words.mark("link", *use.span(), words.change(*use.span(), said))
                elif pattern is USE and not f"{use['words']}{label}".isdigit():
                    yield words.mark("link", *use.span())
    linked = frozenset(TARGET.findall(markdown)) if defined else frozenset()
    for words, start, end, address in defined.values():
        # the line is in the way once its links have its address
        gone = [Change(*words.typed(start, end), None)] if address in linked else []
        yield words.mark("reference", start, end, *gone)
