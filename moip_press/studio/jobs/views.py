"""What the pages of all jobs share: their frame, how far a job is, its end."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from moip_press.editions.releases import Release
from moip_press.kit import issue
from moip_press.kit.folders import MANIFEST
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.studio.answers import Views, place_text
from moip_press.studio.records import (
    NoSuchFile,
    loc_at,
    name_of,
    read_file_of,
    record_of,
    value_at,
)
from moip_press.studio.workshop import Workshop

PAGES = {
    "import": (N_("Import"), N_("Take in what others sent: tables, calendars, agendas.")),
    "make": (N_("Dossier and handouts"), N_("Choose, look at, make and download the PDFs.")),
    "export": (N_("Export"), N_("The programme as a workbook, a table, a calendar, data.")),
    "site": (N_("Site"), N_("Make the web pages, and look at them as readers see them.")),
    "theme": (N_("Looks"), N_("Colours, fonts, logo, cover.")),
    "compare": (N_("Compare"), N_("What has changed since a version, page beside page.")),
    "release": (N_("Release"), N_("Draft, embargo, version, validation; keep what is published.")),
}
"""The jobs that have a page, in the order of the season: what they are called, what they do."""


class JobViews(Views):
    """The views of one job."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__(workshop)
        self.jobs = workshop.jobs
        self.known |= {"jobs": PAGES, "where": self._where}

    def job_page(self, template: str, kind: str, **given: object) -> HTMLResponse:
        """Return the page of a job, with how far it is."""
        job = self.jobs.of(kind)
        return self.view(template, title=self._title(), kind=kind, job=job, **given)

    def _title(self) -> str:
        try:
            found = name_of(read_file_of(self.workshop.kit, MANIFEST).plain())
        except (NoSuchFile, OSError):
            found = ""
        return found or self.workshop.kit.resolve().name

    def _where(self, file: str, line: int, column: int) -> tuple[str, str]:
        """Return what a place in a file is called, and the address of its form, empty for none."""
        try:
            source = read_file_of(self.workshop.kit, file)
        except (NoSuchFile, OSError):
            return (f"{file}:{line}" if line else file), ""
        root = source.plain()
        at, field = record_of(root, loc_at(source, line, column))
        part, name = name_of(root) or file, name_of(value_at(root, at)) if at else ""
        asked = {"file": file, "at": place_text(at), "field": place_text(field)}
        return " – ".join(filter(None, (part, name))), f"{self.workshop.home}/#{urlencode(asked)}"

    def told(self, release: Release) -> str:
        """Return what a release says of itself, in words."""
        return ", ".join(issue.told(release.said, self.catalogue.language))

    def fault(self, message: Message | str, status: int = 422) -> JSONResponse:
        """Return a sentence that says why something was not done."""
        say = self.catalogue
        words = say.gettext(message) if isinstance(message, str) else say.say(message)
        return JSONResponse({"fault": words}, status)


class StateViews(JobViews):
    """Which jobs there are, how far one is, and its end."""

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of these views."""
        return [
            Route("/jobs", self.overview),
            Route("/jobs/{kind}/state", self.state),
            Route("/jobs/{kind}/cancel", self.cancel, methods=["POST"]),
        ]

    async def overview(self, _request: Request) -> Response:
        """What can be done with the kit."""
        return self.view("jobs/overview.html")

    async def state(self, request: Request) -> Response:
        """How far a job is."""
        job = self.jobs.of(request.path_params["kind"])
        if job is None:
            raise HTTPException(404)
        return JSONResponse(job.state)

    async def cancel(self, request: Request) -> Response:
        """Stop a job."""
        self.jobs.cancel(request.path_params["kind"])
        return JSONResponse({})
