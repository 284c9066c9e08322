"""Addresses of web pages, mail and telephones, in whatever text they stand."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"|\\^`{}]+", re.IGNORECASE)
MAIL = re.compile(
    r"(?:mailto:)?([\w.+'-]{1,64}@[\w-]{1,100}(?:\.[\w-]{1,100}){1,6})", re.IGNORECASE
)
HOST = re.compile(r"(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}(?:/\S*)?", re.IGNORECASE)
PHONE = re.compile(r"(?:tel:)?(\+?[0-9][0-9 .()/-]{6,24}[0-9])")
CLOSING = ".,;:!?'’»”"


def link(text: str) -> str | None:
    """Return the first address in a text as a link of a kit; None where there is none."""
    found = WEB.search(text)
    if found is not None:
        return web(found[0])
    mail = MAIL.search(text)
    if mail is not None:
        return f"mailto:{mail[1]}"
    bare = text.strip()
    if HOST.fullmatch(bare):
        return web(bare)
    phone = PHONE.fullmatch(bare)
    return telephone(phone[1]) if phone else None


def web(text: str) -> str | None:
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


def telephone(number: str) -> str:
    """Return the link to a telephone number."""
    return "tel:" + re.sub(r"[^0-9+]", "", number.replace("(0)", ""))
