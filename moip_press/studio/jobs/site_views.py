"""The site in the studio: made, looked at as readers see it, out of date or not.

A kit may be a stranger's, and its templates may bring scripts. So the site is shown in a frame
without an origin: at an address of its own, which needs no cookie, and opens nothing of the studio
(``access.py``).
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import PurePosixPath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from moip_press.studio.access import SHOWN, Keys
from moip_press.studio.answers import download, given_of
from moip_press.studio.jobs.site_work import Made, make, standing
from moip_press.studio.jobs.views import JobViews
from moip_press.studio.workshop import Workshop, aside
from moip_press.system.files import inside, read_file
from moip_press.web.site.building import FOLDER
from moip_press.web.site.plan import FRONT

KIND = "site"
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".txt": "text/plain",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".json": "application/json",
    ".csv": "text/csv",
    ".ics": "text/calendar",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}
"""What a site has, by the endings of its files."""
TAKEN = frozenset({".pdf", ".zip", ".csv", ".json", ".ics"})
"""What is kept rather than shown: browsers show no PDF in a page without an origin."""
WIDTHS = (360, 768)
"""Pixels across of a telephone and of a tablet."""


class SiteViews(JobViews):
    """What makes the site, and shows it."""

    def __init__(self, workshop: Workshop, keys: Keys) -> None:
        super().__init__(workshop)
        self._shown = f"{SHOWN}{keys.shown}/"

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of these views, and that of the site."""
        return [
            Route("/jobs/site", self.page),
            Route("/jobs/site/start", self.start, methods=["POST"]),
            Route("/jobs/site/standing", self.standing),
            Route(f"{self._shown}{{path:path}}", self.shown),
        ]

    async def page(self, _request: Request) -> Response:
        """The page of the job: the site that is there, in its frame."""
        made: Made | None = self.jobs.result(KIND)
        site = await aside(standing, self.workshop.kit, self.workshop.output)
        return self.job_page(
            "jobs/site.html",
            KIND,
            made=made or Made(),
            site=site,
            front=f"{self._shown}{FRONT}",
            widths=WIDTHS,
            folder=os.path.relpath(self.workshop.output / FOLDER),
            size=self.catalogue.weight(site.size) if site else "",
        )

    async def start(self, request: Request) -> Response:
        """Begin to make the site."""
        embargoed = (await given_of(request)).get("embargoed") == "yes"
        shop = self.workshop
        function = partial(make, embargoed=embargoed)
        given = shop.kit, shop.output, shop.cache.folder, shop.catalogue.language
        self.jobs.start(KIND, function, *given)
        return JSONResponse({"job": KIND})

    async def standing(self, _request: Request) -> Response:
        """Whether the site that is there shows the kit as it is now."""
        site = await aside(standing, self.workshop.kit, self.workshop.output)
        return JSONResponse({"outdated": site is not None and site.outdated})

    async def shown(self, request: Request) -> Response:
        """A file of the site, to whoever knows its address."""
        name = request.path_params["path"] or FRONT
        kind = TYPES.get(PurePosixPath(name).suffix)
        path = inside(self.workshop.output / FOLDER, name) if kind else None
        if kind is None or path is None:
            raise HTTPException(404)
        content = await aside(read_file, path)
        if PurePosixPath(name).suffix in TAKEN:
            return download(content, kind, path.name)
        return Response(content, media_type=kind)
