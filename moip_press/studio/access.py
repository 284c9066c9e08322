"""Who may talk to the studio: this computer's browser, after it has shown a token once.

Every request is looked at before any view: its host and origin (another site could let a name of
its own lead here, or post a form), its path, its cookie, the size of its body. Every answer says
what a page may load: nothing but what the studio itself serves.

Browsers send a cookie to all ports of a computer: another program that listens on one, of another
user or in a container, could be shown that of the studio and use it here. So all addresses lie
below a path that nobody can guess, and the cookie is for that path alone: no page of another port
can ask for it. Programs of the same user are no strangers: they can read the kit itself.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from moip_press.report.messages import N_, Catalogue

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "moip-press-studio"
SECRET = "x-studio-secret"  # noqa: S105 -- the name of a header
SHOWN = "/shown/"
"""Where pages are that a kit brings: in a frame without an origin, known by a key of their own."""
MOST_BODY = 60_000_000  # bytes that a request may bring: a photograph
SAFE = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; frame-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
OF_OTHERS = SAFE | {
    "content-security-policy": (
        "sandbox allow-scripts allow-downloads allow-popups; default-src 'none'; "
        "script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
}
"""What answers below ``SHOWN`` say: whatever such a page is, it reaches nothing of the studio.

It has no origin, so that its own style sheets and fonts come from another one.
"""
ONWARD = '<!DOCTYPE html><meta http-equiv="refresh" content="0; url={home}/">'
TOKEN = "/token"  # noqa: S105 -- an address
REFUSED = N_("Open the studio with “moip-press studio”: this address is not enough.")
TOO_LARGE = N_("That is too large: a file may have {count} MB at most.")


def too_large(catalogue: Catalogue) -> str:
    """Return the sentence about a body that is larger than ``MOST_BODY``."""
    return catalogue.gettext(TOO_LARGE).format(count=MOST_BODY // 1_000_000)


class Keys:
    """What opens the studio: a token for one visit, a cookie from then on.

    ``secret`` is known to other starts of the program by the same user, and mints tokens.
    ``shown`` is in the address of pages that the kit brings, which have no cookie to show.
    ``home`` is the path that all other addresses begin with: the same after a restart, so that
    windows that are open find the studio again.
    """

    def __init__(self, home: str = "") -> None:
        self.home = f"/{home or secrets.token_urlsafe(16)}"
        self.secret = secrets.token_urlsafe(32)
        self.shown = secrets.token_urlsafe(32)
        self._cookie = secrets.token_urlsafe(32)
        self._tokens: set[str] = set()

    def token(self) -> str:
        """Return a new token, which opens the studio once."""
        made = secrets.token_urlsafe(32)
        self._tokens.add(made)
        return made

    def opening(self) -> str:
        """Return the path and the query that open a window once, by a new token."""
        return f"{self.home}/?token={self.token()}"

    def take(self, token: str) -> str | None:
        """Return the cookie for a token, which is used up; None for any other text."""
        found = next((each for each in self._tokens if _same(each, token)), None)
        if found is None:
            return None
        self._tokens.remove(found)
        return self._cookie

    def shows(self, path: str) -> bool:
        """Return whether an address is that of a page that the kit brings."""
        key, slash, _ = path.removeprefix(SHOWN).partition("/")
        return path.startswith(SHOWN) and bool(slash) and _same(key, self.shown)

    def opens(self, cookie: str) -> bool:
        """Return whether a browser with this cookie has shown a token."""
        return _same(cookie, self._cookie)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


class Gate:
    """Lets through what comes from the studio's own pages; see the module."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int, catalogue: Catalogue) -> None:
        self._app, self._keys = app, keys
        self._refused = catalogue.gettext(REFUSED)
        self._too_large = too_large(catalogue)
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = self._refusal(scope, headers) or self._too_much(headers)
        said = OF_OTHERS if self._keys.shows(scope["path"]) else SAFE

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in said.items():
                    given[name] = value
                given.setdefault("cache-control", "no-store")
            await send(message)

        if answer is not None:
            await answer(scope, receive, safely)
            return
        if scope["path"].startswith(f"{self._keys.home}/"):
            scope = {**scope, "path": scope["path"].removeprefix(self._keys.home)}
        await self._app(scope, self._at_most(receive), safely)

    def _refusal(self, scope: Scope, headers: Mapping[str, str]) -> Response | None:
        """Return the answer to a request that is not let through."""
        no = PlainTextResponse(self._refused, 403)
        if headers.get("host") not in self._hosts:
            return no
        if self._keys.shows(scope["path"]):
            return None if scope["method"] in {"GET", "HEAD"} else no
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if origin is not None and origin not in self._origins:
            return no
        if scope["path"] == TOKEN:  # asked by another start of the program: it has no cookie
            known = _same(headers.get(SECRET, ""), self._keys.secret)
            return None if known and site == "none" else no
        home = f"{self._keys.home}/"
        if not scope["path"].startswith(home):
            return no
        token = QueryParams(scope["query_string"]).get("token")
        shown = token if scope["path"] == home and scope["method"] == "GET" else None
        if shown and (cookie := self._keys.take(shown)):
            # what the first page opens is led here by another port, and begins anew as our own
            led = site == "same-site"
            onward = HTMLResponse(ONWARD.format(home=self._keys.home))
            opened = onward if led else RedirectResponse(home, 303)
            opened.set_cookie(COOKIE, cookie, httponly=True, samesite="strict", path=home)
            return opened
        # a page that is loaded again: its token was used up, its cookie counts
        own = site in {"none", "same-origin"}
        known = self._keys.opens(self._shown(headers.get("cookie", "")))
        said = origin is not None or scope["method"] in {"GET", "HEAD"}
        return None if own and known and said else no

    def _too_much(self, headers: Mapping[str, str]) -> Response | None:
        """Return the answer to a body that is announced as too large, of which nothing is read."""
        announced = headers.get("content-length", "")
        if not announced.isdecimal() or int(announced[:20]) <= MOST_BODY:
            return None
        return JSONResponse({"fault": self._too_large}, 413, {"connection": "close"})

    def _shown(self, header: str) -> str:
        """Return the value of the studio's cookie in a header; empty where it has none."""
        named = (pair.strip().partition("=") for pair in header.split(";"))
        return next((value for name, _, value in named if name == COOKIE), "")

    def _at_most(self, receive: Receive) -> Receive:
        """Return what reads the body of a request as far as it is not too large."""
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MOST_BODY:
                raise HTTPException(413, self._too_large)
            return message

        return counted
