"""Where links may lead: pages and addresses out in the world, and ids of the kit."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

from markdown_it.common.normalize_url import normalizeLink

from moip_press.text.prose.marks import WEBSITE

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
