"""Texts of other programs, as a kit takes them: printable characters, Markdown, links.

Plain text is printed as it was typed, Markdown and HTML as they are meant.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from moip_press.exchange.incoming.html_to_markdown import (
    escape_inline,
    escape_line_start,
    from_html,
    html_words,
)
from moip_press.kit.folders import Theme
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.theme_sheet import theme_of
from moip_press.system import fonts
from moip_press.system.cache import Cache
from moip_press.text.characters import printed
from moip_press.text.folding import unaccented

# line ends of all kinds; U+2029 ends a paragraph
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
PARAGRAPH_END = "\u2029"
# say how characters are joined or which way they run, and print nothing
SILENT = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# what may be a picture, and what follows one: skin, joiners, variants, keycaps, flags of regions
PICTURE = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|"
    "[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
    "[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
    "(?:\u200d[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*)*"
    "|[\ufe0e\ufe0f\u20e3]+"
)
# hardly any text has another character, so that the fonts need not be read
USUAL = re.compile(
    "[\t\n\x20-\x7e\xa0-\xac\xae-\u017f\u2013\u2014\u2018-\u201e\u2026\u202f\u20ac]*"
)
MARKS = frozenset({"Mn", "Me", "Cf"})
WORD_JOINER = "\u2060"
UNSEEN = ("Cc", "Cf", "Zl", "Zp")
ODD = re.compile(f"{SILENT.pattern}|{CONTROL.pattern}|{PICTURE.pattern}")

WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"|\\^`{}]+", re.IGNORECASE)
MAIL_ADDRESS = re.compile(
    r"(?:mailto:)?([\w.+'-]{1,64}@[\w-]{1,100}(?:\.[\w-]{1,100}){1,6})", re.IGNORECASE
)
HOST = re.compile(r"(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}(?:/\S*)?", re.IGNORECASE)
PHONE = re.compile(r"(?:tel:)?(\+?[0-9][0-9 .()/-]{6,24}[0-9])")
CLOSING = ".,;:!?'’»”"
HTML_TAG = re.compile(
    r"</(?:p|div|span|b|strong|i|em|u|a|ul|ol|li|h[1-6]|blockquote|table|tr|td|font|body|html)\s*>"
    r"|<(?:br|hr|img|p)\b[^<>]*>",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#x[0-9a-f]{2,6}|[a-z]{2,31}[0-9]{0,2});", re.IGNORECASE)
LINE_TAG = re.compile(r"<br\b[^<>]*>|</(?:p|div|li|tr)\s*>", re.IGNORECASE)
BULLET = re.compile(r"(?:[-*•·▪‣●◦–—]|-{1,2}>)\s+(?=\S)")
HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$|^(.+)\n {0,3}(?:={3,}|-{3,})[ \t]*$")
IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,500}\")?\)")
PLACEHOLDER = re.compile(r"(?<!\\)\{(?=page:|website\}|lang=)")
WRAPPED = range(55, 81)
"""Characters of a line that a mail program may have broken."""


class Printable:
    """The characters that a kit can print, known once a text asks: fonts are slow to read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def known(self) -> frozenset[str]:
        """The characters of the fonts of the kit's theme."""
        kit = read_kit(self.folder).kit
        theme = theme_of(kit) if kit else Theme(self.folder)
        return fonts.characters(theme.fonts().values(), Cache())

    def cleaned(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Return a text with line ends of one kind, of characters that can be printed.

        Letters in a fancy form, such as bold ones, become plain ones. With it come the characters
        that were taken out, each once, without those that print nothing anyway.
        """
        if USUAL.fullmatch(text):
            return text, ()
        text = LINE_ENDS.sub("\n", text).replace(PARAGRAPH_END, "\n\n")
        lost: dict[str, None] = {}

        def replaced(found: re.Match[str]) -> str:
            characters = found[0]
            if SILENT.fullmatch(characters):
                return ""
            if CONTROL.fullmatch(characters):
                lost[f"U+{ord(characters):04X}"] = None
                return ""
            kept = "".join(each for each in characters if each in self.known)
            if not kept and any(unicodedata.category(each) not in MARKS for each in characters):
                lost[characters] = None
            return kept

        cleaned = unicodedata.normalize("NFC", ODD.sub(replaced, text))
        cleaned = "".join(self._printed(each, lost) for each in cleaned)
        if lost:  # they leave double spaces behind, and spaces at both ends of lines
            cleaned = re.sub(r"(?<=\S) {2,}(?=\S)", " ", cleaned)
            cleaned = re.sub(r"(?m)^[ \t]+(?=\S)|[ \t]+$", "", cleaned)
        return cleaned, tuple(lost)

    def _printed(self, character: str, lost: dict[str, None]) -> str:
        """Return a character, or what can be printed in its place."""
        if character in self.known or unicodedata.category(character) in UNSEEN:
            return character
        for like in (printed(character, code=True), unicodedata.normalize("NFKC", character)):
            if self.known.issuperset(like.rstrip(WORD_JOINER)):
                return like.rstrip(WORD_JOINER)
        lost[character] = None
        bare = unaccented(character)
        return bare if self.known.issuperset(bare) else ""


def from_prose(text: str, *, markdown: bool = False) -> str:
    """Return a text in HTML, else plain or `markdown`, as the Markdown of a kit.

    What is written for a page has its entities, and some programs write its tags as entities too.
    """
    decoded = ENTITY.sub(lambda found: html.unescape(found[0]), text)
    for each in (text, decoded):
        if HTML_TAG.search(each):
            return from_html(each)
    return from_markdown(decoded) if markdown else from_plain(decoded)


def from_plain(text: str) -> str:
    """Return the Markdown that prints a plain text as it was typed.

    A line is a paragraph, unless a mail program broke it; lines that begin with a bullet are a
    list, whose items follow one another. Characters that Markdown would read are escaped.
    """
    markdown, before = "", ""
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [re.sub(r"[ \t]+", " ", line).strip(" ") for line in block.split("\n")]
        lines = [line for line in lines if line]
        if len(lines) > 2 and all(len(line) in WRAPPED for line in lines[:-1]):
            lines = [" ".join(lines)]
        for line in lines:
            bullet = BULLET.match(line)
            words = escape_line_start(escape_inline(line[bullet.end() :] if bullet else line))
            said = f"- {words}" if bullet else words
            together = said.startswith("- ") and before.startswith("- ")
            markdown += ("\n" if together else "\n\n" if markdown else "") + said
            before = said
    return markdown


def from_markdown(text: str) -> str:
    """Return Markdown of another program as a kit has it: headings are bold lines, no pictures."""
    text = HEADING.sub(_bold, IMAGE.sub("", text.strip()))
    text = re.sub(r" {2,}\n(?=[ \t]*\S)", r"\\\n", text)
    text = PLACEHOLDER.sub(r"\\{", re.sub(r"[ \t]+\n", "\n", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _bold(found: re.Match[str]) -> str:
    words = (found[1] or found[2]).strip().strip("*_ ")
    return f"**{words}**\n" if words else ""


def plain(text: str) -> str:
    """Return a text of one line without HTML: a title, a name."""
    if "<" in text and HTML_TAG.search(text):
        return html_words(text)
    return " ".join(ENTITY.sub(lambda found: html.unescape(found[0]), text).split())


def plain_lines(text: str) -> str:
    """Return a text without HTML whose lines are those that a reader sees: a list of names."""
    return "\n".join(map(plain, LINE_TAG.sub("\n", text).split("\n")))


def together(lead: str, text: str) -> str:
    """Return two texts in Markdown as one; the first is left out where the other holds it."""
    letters = (re.sub(r"[\W_]+", "", each).casefold() for each in (text, lead))
    if not lead or (text and next(letters).find(next(letters)) >= 0):
        return text
    return f"{lead}\n\n{text}" if text else lead


def first_link(text: str) -> str | None:
    """Return the first address in a text as a link of a kit; None where there is none."""
    found = WEB_ADDRESS.search(text)
    if found is not None:
        return web_link(found[0])
    mail = MAIL_ADDRESS.search(text)
    if mail is not None:
        return f"mailto:{mail[1]}"
    bare = text.strip()
    if HOST.fullmatch(bare):
        return web_link(bare)
    phone = PHONE.fullmatch(bare)
    return phone_link(phone[1]) if phone else None


def beside_link(text: str) -> str:
    """Return the words of a text without the address that `first_link` finds; empty for none."""
    if PHONE.fullmatch(text.strip()) or HOST.fullmatch(text.strip()):
        return ""
    pattern = WEB_ADDRESS if WEB_ADDRESS.search(text) else MAIL_ADDRESS
    rest = pattern.sub("", text, count=1)
    return rest.strip() if re.search(r"[^\W\d_]{2}|\d{2}", rest) else ""


def web_link(text: str) -> str | None:
    """Return the address of a web page, whole; None where it cannot be one."""
    url = text.strip().rstrip(CLOSING)
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(CLOSING)
    if not re.match(r"https?://", url, re.IGNORECASE):
        url = f"https://{url}"
    scheme, rest = url.split("://", 1)
    url = f"{scheme.lower()}://{rest}"
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return None
    return url if host and not re.search(r"\s", url) else None


def phone_link(number: str) -> str:
    """Return the link to a telephone number."""
    return "tel:" + re.sub(r"[^0-9+]", "", number.replace("(0)", ""))


# --- addresses ------------------------------------------------------------------------------

COUNTRY = re.compile(r"[,\s]+(?:France|United Kingdom|Royaume-Uni|UK)\s*$", re.IGNORECASE)
TOWN = re.compile(r"(?P<code>[0-9]{5})\s+(?P<town>[^\d,;]{2,60})$")
BRITISH = re.compile(r"(?P<town>[^\d,;]{2,60}?)\s+[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}$")


def postal_parts(text: str) -> tuple[str, str, str]:
    """Return venue, address and town of a line such as "Mairie, 2 rue X, 35000 Rennes, France".

    A town has its postcode.

    Where no town is found by its code, all of it is the venue.
    """
    bare = COUNTRY.sub("", text)
    found = TOWN.search(bare) or BRITISH.search(bare)
    if found is None:
        return text, "", ""
    rest = bare[: found.start()].strip(" ,;-–")
    venue, _, address = rest.partition(", ")
    if not address and re.match(r"[0-9]", venue):
        venue, address = "", venue
    return venue, address.strip(" ,"), found[0].strip()


def street_and_code(address: str, town: str) -> tuple[str, str]:
    """Return an address without the town and the country, which stand beside it, and its code."""
    code = r"(?:,?\s*\b(?P<code>[0-9]{5}|[A-Z]{1,2}[0-9]{1,2}[A-Z]? [0-9][A-Z]{2}))?"
    country = r"(?:,\s*(?:France|United Kingdom))?"
    if not town:
        return re.sub(rf"{country}\s*$", "", address), ""
    end = rf"{code}[\s,]*\b{re.escape(town)}\b[\s,]*(?P<after>[0-9]{{5}})?{country}\s*$"
    found = re.search(end, address, re.IGNORECASE)
    if found is None:
        return address.strip(" ,"), ""
    return address[: found.start()].strip(" ,"), found["code"] or found["after"] or ""
