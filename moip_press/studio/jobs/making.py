"""Making the dossier and handouts: chosen, looked at, made, downloaded; the programme as files."""

from __future__ import annotations

import datetime
import io
import zipfile
from dataclasses import replace
from pathlib import PurePosixPath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from moip_press.exchange.export.kit_export import WRITERS, export_kit
from moip_press.exchange.export.kit_export import Wanted as WantedExport
from moip_press.kit.model.edition import GROUPINGS
from moip_press.kit.selection import ALL_KEYS
from moip_press.report.messages import N_
from moip_press.studio.answers import download, given_of, number_of
from moip_press.studio.jobs.making_work import (
    MOST_VALUES,
    Document,
    Made,
    Planned,
    Wanted,
    make,
    plan,
)
from moip_press.studio.jobs.views import JobViews
from moip_press.studio.workshop import WIDEST, aside
from moip_press.system.files import read_file

KIND = "make"
PLAN = "plan"
FAULTY = N_("The kit has errors: correct them first. They are listed under “Findings”.")
NONE_CHOSEN = N_(
    "Tick what the handouts are to hold, or make one for each region, organiser and so on."
)
LONGEST = 2000  # characters of a condition
KEYS = {
    "section": N_("Section"),
    "organiser": N_("Organiser"),
    "region": N_("Region"),
    "department": N_("Department"),
    "town": N_("Town"),
    "place": N_("Place"),
    "theme": N_("Theme"),
    "audience": N_("Audience"),
    "week": N_("Week"),
    "day": N_("Day (an agenda)"),
}
"""What events can be chosen and divided by, in words."""


class MakingViews(JobViews):
    """What chooses and makes PDFs, and gives them and the programme to the browser."""

    _wanted = Wanted()

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of these views."""
        return [
            Route("/jobs/make", self.page),
            Route("/jobs/make/choose", self.choose, methods=["POST"]),
            Route("/jobs/make/start", self.start, methods=["POST"]),
            Route("/jobs/make/all.zip", self.together),
            Route("/jobs/make/page/{name:path}", self.picture),
            Route("/made/{name:path}", self.made),
            Route("/jobs/export", self.exports),
            Route("/export/{form}", self.export),
        ]

    async def page(self, _request: Request) -> Response:
        """The page of the job: what may be chosen, what would be made, what was made."""
        made = self.jobs.of(KIND)
        if made is None or made.done:  # the kit may have changed: what is shown is never older
            await self._plan()
        planned: Planned | None = self.jobs.result(PLAN)
        return self.job_page(
            "jobs/make.html",
            KIND,
            planned=planned or Planned(),
            wanted=self._wanted,
            made=self.jobs.result(KIND),
            keys=KEYS,
            most=MOST_VALUES,
            all_keys=ALL_KEYS,
        )

    async def choose(self, request: Request) -> Response:
        """Say what would be made of a choice."""
        given = await given_of(request)
        by = str(given.get("by") or "")
        what = str(given.get("what") or "")
        if by and by not in GROUPINGS:
            raise HTTPException(400)
        own = " ".join(str(given.get("own") or "").split())
        ticked = [(key, value) for key in KEYS for value in _texts(given.get(key))]
        if len(own) > LONGEST or any(len(value) > LONGEST for _, value in ticked):
            raise HTTPException(400)
        if what == "chosen" and not (by or own or ticked):
            return self.fault(NONE_CHOSEN)
        wanted = Wanted(what in {"dossier", "both"}, what != "dossier")
        if what == "chosen":
            wanted = replace(wanted, by=by, ticked=tuple(ticked), own=own)
        self._wanted = wanted
        return JSONResponse({"reload": True})

    async def _plan(self) -> None:
        language = self.workshop.catalogue.language
        job = self.jobs.start(PLAN, plan, self.workshop.kit, self._wanted, language)
        assert job.running is not None  # noqa: S101 -- it was just started
        await job.running

    async def start(self, _request: Request) -> Response:
        """Begin to make what is chosen."""
        today = datetime.datetime.now(datetime.UTC).date()
        shop = self.workshop
        self.jobs.start(
            *(KIND, make, shop.kit, shop.output, shop.cache.folder, self._wanted, today),
            shop.catalogue.language,
        )
        return JSONResponse({"job": KIND})

    # --- what was made ------------------------------------------------------------------------

    async def made(self, request: Request) -> Response:
        """A PDF that was made last."""
        name = self._known(request)
        content = await aside(read_file, self.workshop.output / name)
        return download(content, "application/pdf", PurePosixPath(name).name)

    async def picture(self, request: Request) -> Response:
        """A page of a PDF that was made last."""
        content = await aside(read_file, self.workshop.output / self._known(request))
        width = min(number_of(request, "width", 400), WIDEST)
        found = await self.workshop.painted(content, number_of(request, "page", 1) - 1, width)
        return Response(found, media_type="image/png") if found else Response(status_code=404)

    async def together(self, _request: Request) -> Response:
        """All that was made last, as a ZIP."""
        documents = self._documents()
        if not documents:
            raise HTTPException(404)
        names = [each.name for each in documents]
        content = await aside(self._zipped, names)
        return download(content, "application/zip", f"{self.workshop.kit.resolve().name}.zip")

    def _zipped(self, names: list[str]) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as file:
            for name in names:
                file.writestr(name, read_file(self.workshop.output / name))
        return made.getvalue()

    def _documents(self) -> tuple[Document, ...]:
        made: Made | None = self.jobs.result(KIND)
        return made.documents if made else ()

    def _known(self, request: Request) -> str:
        name = str(request.path_params["name"])
        if name not in {each.name for each in self._documents()}:
            raise HTTPException(404)
        return name

    # --- the programme as files ---------------------------------------------------------------

    async def exports(self, _request: Request) -> Response:
        """The page of formats."""
        return self.job_page("jobs/export.html", "export")

    async def export(self, request: Request) -> Response:
        """The programme in a format."""
        form = request.path_params["form"]
        if form not in WRITERS:
            raise HTTPException(404)
        made = await aside(export_kit, self.workshop.kit, WantedExport(form))
        if made.content is None:
            return self.fault(FAULTY)
        return download(made.content, "application/octet-stream", made.name)


def _texts(values: object) -> list[str]:
    listed = values if isinstance(values, list) else []
    return [each for each in listed if isinstance(each, str) and each]
