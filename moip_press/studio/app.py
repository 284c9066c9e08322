"""The studio as an ASGI application: its addresses, its files, and what it says where it fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from moip_press.report.messages import N_
from moip_press.studio.access import Gate, Keys
from moip_press.studio.answers import NOT_HERE
from moip_press.studio.edit_views import EditViews
from moip_press.studio.files import files_of_program
from moip_press.studio.finding_views import FindingViews
from moip_press.studio.helper import Stopped
from moip_press.studio.jobs.views import StateViews
from moip_press.studio.page_views import PageViews
from moip_press.studio.records import NoSuchFile
from moip_press.studio.saving import Refused
from moip_press.studio.workshop import Workshop, aside

VIEWS = (PageViews, EditViews, FindingViews, StateViews)
NO_FILE = N_("The kit has no such file.")
UNANSWERED = N_("The studio could not do that this time: nothing was changed. Try again.")
BROKEN = N_("That went wrong in the studio. What was saved is in the files.")


def application(workshop: Workshop, keys: Keys, port: int) -> Gate:
    """Return the studio as an ASGI application, behind its gate."""

    @asynccontextmanager
    async def working(_app: Starlette) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        # a daemon: it waits for changes, and has nothing to finish
        Thread(target=workshop.look, args=(loop,), daemon=True).start()
        working_on = asyncio.create_task(workshop.work())
        try:
            yield
        finally:
            workshop.close()
            working_on.cancel()

    async def no_file(_request: Request, _error: Exception) -> Response:
        return JSONResponse({"fault": workshop.catalogue.gettext(NO_FILE)}, 404)

    async def not_here(_request: Request, error: Exception) -> Response:
        return JSONResponse({"fault": workshop.catalogue.gettext(str(error) or NOT_HERE)}, 422)

    async def unanswered(_request: Request, _error: Exception) -> Response:
        return JSONResponse({"fault": workshop.catalogue.gettext(UNANSWERED)}, 503)

    async def broken(_request: Request, _error: Exception) -> Response:
        return JSONResponse({"fault": workshop.catalogue.gettext(BROKEN)}, 500)

    workshop.home = keys.home
    app = Starlette(
        routes=[
            *(route for views in VIEWS for route in views(workshop).routes()),
            *files_of_program(keys),
        ],
        exception_handlers={
            NoSuchFile: no_file,
            FileNotFoundError: no_file,
            Refused: not_here,
            Stopped: unanswered,
            Exception: broken,
        },
        lifespan=working,
    )
    app.router.default = _Jobs(workshop, keys)
    return Gate(app, keys, port, workshop.catalogue)


class _Jobs:
    """The pages of all jobs, loaded when one is first asked for: they need all of the program."""

    def __init__(self, workshop: Workshop, keys: Keys) -> None:
        self._given = workshop, keys
        self._loading = asyncio.Lock()
        self._router: Router | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._loading:
            if self._router is None:
                self._router = await aside(self._load)
        await self._router(scope, receive, send)

    def _load(self) -> Router:
        from moip_press.studio.jobs.compare_views import CompareViews  # noqa: PLC0415
        from moip_press.studio.jobs.import_views import ImportViews  # noqa: PLC0415
        from moip_press.studio.jobs.making import MakingViews  # noqa: PLC0415
        from moip_press.studio.jobs.release_views import ReleaseViews  # noqa: PLC0415
        from moip_press.studio.jobs.site_views import SiteViews  # noqa: PLC0415
        from moip_press.studio.jobs.theme_views import ThemeViews  # noqa: PLC0415

        workshop, keys = self._given
        kinds = (ImportViews, MakingViews, ThemeViews, CompareViews, ReleaseViews)
        views = [*(kind(workshop) for kind in kinds), SiteViews(workshop, keys)]
        return Router([route for each in views for route in each.routes()])
