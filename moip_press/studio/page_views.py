"""The studio's window and the pages in it: as HTML, pictures and news."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from moip_press.studio.answers import (
    GONE,
    Views,
    asked_of,
    document_of,
    download,
    number_of,
    place_read,
    place_text,
)
from moip_press.studio.finding_views import counts
from moip_press.studio.records import found_again, outline, read_file_of
from moip_press.studio.told import Page
from moip_press.studio.workshop import aside

KEPT_FOR_GOOD = {"cache-control": "private, max-age=31536000, immutable"}


class PageViews(Views):
    """What shows the kit and its pages."""

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of these views."""
        return [
            Route("/", self.studio),
            Route("/outline", self.outline),
            Route("/pages", self.pages),
            Route("/page/{look}.png", self.picture),
            Route("/target", self.target),
            Route("/spots", self.spots),
            Route("/search", self.search),
            Route("/news", self.news),
            Route("/document.pdf", self.pdf),
        ]

    async def studio(self, request: Request) -> Response:
        """The whole window, in the language of its browser."""
        if self.catalogue.hear(request.headers.get("accept-language", "")):
            self.workshop.touch()
        shown = await self._outline(document_of(request))
        title = shown["entries"][0].name
        return self.view("studio.html", title=title, pages=self._pages(request), **shown)

    async def outline(self, request: Request) -> Response:
        """The records of the kit."""
        return self.view("outline.html", **await self._outline(document_of(request)))

    def _pages(self, request: Request) -> tuple[Page, ...]:
        return self.workshop.state.pages.get(document_of(request), ())

    async def _outline(self, document: str) -> dict[str, Any]:
        """Return what the outline shows beside a document."""
        entries = await aside(outline, self.workshop.kit, self.catalogue)
        state, first = self.workshop.state, dict[str, int]()
        for number, page in enumerate(state.pages.get(document, ())):
            for part in page.parts:
                first.setdefault(part, number)
        grave = counts(each for each in state.found if each.severity == "error")
        known = {"counts": counts(state.found), "grave": grave, "first": first}
        return {"entries": entries, **known}

    async def pages(self, request: Request) -> Response:
        """The pages of a document as they were last laid out."""
        return self.view("pages.html", pages=self._pages(request))

    async def picture(self, request: Request) -> Response:
        """A page as a picture, known by its look: it never changes."""
        width = number_of(request, "width", 800)
        found = await self.workshop.picture(request.path_params["look"], width)
        if found is None:
            raise HTTPException(404)
        return Response(found, media_type="image/png", headers=KEPT_FOR_GOOD)

    async def target(self, request: Request) -> Response:
        """The record and the field that a point of a page shows."""
        point = (float(number_of(request, name, 0)) / 10 for name in ("left", "top"))
        page = number_of(request, "page", 0)
        found = await self.workshop.ask("target", document_of(request), page, *point)
        if found is None:
            return JSONResponse(None)
        root = (await aside(read_file_of, self.workshop.kit, found.file)).plain()
        at = found_again(root, found.at, found.known)
        if at is None:
            raise HTTPException(404, self.catalogue.gettext(GONE))
        told = {"file": found.file, "at": place_text(at), "field": place_text(found.field)}
        return JSONResponse(told)

    async def spots(self, request: Request) -> Response:
        """Where the words of a record stand on the pages."""
        asked = request.query_params
        field, known = place_read(asked.get("field", "")), asked.get("known") or None
        of = (document_of(request), *asked_of(request), known, field)
        found, of_field = await self.workshop.ask("spots", *of)
        return JSONResponse(
            {"record": list(map(asdict, found)), "field": list(map(asdict, of_field))}
        )

    async def search(self, request: Request) -> Response:
        """The lines of the pages that hold some words."""
        words = request.query_params.get("words", "")[:200]
        found = await self.workshop.ask("lines_with", document_of(request), words)
        return JSONResponse([{"line": line, **asdict(spot)} for line, spot in found])

    async def pdf(self, request: Request) -> Response:
        """The PDF of a document as it was last laid out."""
        document = document_of(request)
        content = await self.workshop.ask("pdf", document)
        if content is None:
            raise HTTPException(404)
        name = document or self.workshop.kit.resolve().name
        return download(content, "application/pdf", f"{name}.pdf")

    async def news(self, request: Request) -> Response:
        """The state of the pages of a document, now and whenever it changes."""
        document = document_of(request)

        async def lines() -> AsyncIterator[str]:
            async for version in self.workshop.news(document):
                state = self.workshop.state
                told = {
                    "version": version,
                    "working": state.working,
                    "reading": state.reading,
                    "stale": document not in state.fresh,
                    "blanks": len(state.read.blanks),
                    "documents": state.read.documents,
                    "findings": len(state.found),
                    "found": hash((state.found, state.read.blanks)) % 1_000_000_007,
                    "failure": state.failure,
                    "unread": state.unread,
                    "pages": [page.look for page in state.pages.get(document, ())],
                }
                yield f"data: {json.dumps(told)}\n\n"

        return StreamingResponse(lines(), media_type="text/event-stream")
