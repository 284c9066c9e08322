"""Draft, embargo, version; what is validated; and the release, with what stands in its way."""

from __future__ import annotations

import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from moip_press.editions import releases
from moip_press.kit.folders import MANIFEST
from moip_press.report.messages import N_
from moip_press.studio.answers import download, given_of, place_of
from moip_press.studio.forms import Field, Form
from moip_press.studio.jobs.release_work import Ready, checklist, look, release
from moip_press.studio.jobs.views import JobViews
from moip_press.studio.records import NoSuchFile, read_file_of
from moip_press.studio.workshop import aside
from moip_press.system.files import read_file

KIND = "release"
READY = "ready"
SIGNED = "checklist"
FIELDS = ("status", "version", "date_of_issue", "embargo")
"""The fields of ``kit.yaml`` that say what the pages are: a draft, a version, under embargo."""
LONGEST_VERSION = 40
LONGEST_NAME = 200
NO_NAME = N_("Say who has validated it.")
NO_VERSION = N_("Give it a version, such as 1.")
NO_PAGE = N_("The page to sign cannot be made while the kit has faults.")


class ReleaseViews(JobViews):
    """What shows how far the kit is, validates, and releases."""

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of these views."""
        return [
            Route("/jobs/release", self.page),
            Route("/jobs/release/start", self.start, methods=["POST"]),
            Route("/jobs/release/validate", self.validate, methods=["POST"]),
            Route("/jobs/release/checklist.pdf", self.checklist),
            Route("/jobs/release/{version}/{name:path}", self.kept),
        ]

    async def page(self, _request: Request) -> Response:
        """The page of the job."""
        shop = self.workshop
        job = self.jobs.start(
            READY, look, shop.kit, shop.cache.folder, _today(), shop.catalogue.language
        )
        assert job.running is not None  # noqa: S101 -- it was just started
        await job.running
        ready: Ready | None = job.result
        kept = [
            (each, self.told(each), self._pdfs(each))
            for each in reversed(await aside(releases.releases, shop.kit))
        ]
        return self.job_page(
            "jobs/release.html",
            KIND,
            ready=ready or Ready(),
            fields=await aside(self._fields),
            kept=kept,
            released=self.jobs.result(KIND),
            today=_today(),
        )

    async def start(self, request: Request) -> Response:
        """Begin to release."""
        given = await given_of(request)
        version = " ".join(str(given.get("version") or "").split())
        if not version or len(version) > LONGEST_VERSION:
            return self.fault(NO_VERSION)
        shop, blanks = self.workshop, given.get("blanks") == "yes"
        self.jobs.start(
            *(KIND, release, shop.kit, shop.cache.folder, _today(), version, blanks),
            shop.catalogue.language,
        )
        return JSONResponse({"job": KIND})

    async def validate(self, request: Request) -> Response:
        """Note in a record who has validated it, today; or that nobody has."""
        given = await given_of(request)
        name = " ".join(str(given.get("by") or "").split())[:LONGEST_NAME]
        undone = given.get("undone") is True
        if not name and not undone:
            return self.fault(NO_NAME)
        record = None if undone else {"by": name, "on": _today().isoformat()}
        answer = await self.done(self.workshop.desk.record, place_of(given), ("validated",), record)
        return JSONResponse({"reload": True}) if answer.status_code == 200 else answer

    async def checklist(self, _request: Request) -> Response:
        """The page to sign."""
        job = self.jobs.start(
            SIGNED, checklist, self.workshop.kit, self.workshop.cache.folder, _today()
        )
        assert job.running is not None  # noqa: S101 -- it was just started
        await job.running
        if not job.result:
            return self.fault(NO_PAGE)
        return download(job.result, "application/pdf", "validation.pdf")

    async def kept(self, request: Request) -> Response:
        """A PDF of a version that was released."""
        version, name = (request.path_params[each] for each in ("version", "name"))
        known = {each.version: each for each in await aside(releases.releases, self.workshop.kit)}
        found = known.get(version)
        if found is None or name not in self._pdfs(found):
            raise HTTPException(404)
        content = await aside(read_file, found.folder / name)
        return download(content, "application/pdf", name.rpartition("/")[2])

    def _fields(self) -> list[Field]:
        try:
            root = read_file_of(self.workshop.kit, MANIFEST).plain()
        except (NoSuchFile, OSError):
            return []
        form = Form(MANIFEST, root, self.catalogue)
        return [field for name in FIELDS if (field := form.field((), (name,)))]

    def _pdfs(self, release: releases.Release) -> list[str]:
        """Return the PDFs of a release, by their names in its folder, as far as they are there."""
        own = release.folder.resolve()
        names = (name for name in release.files if name.endswith(".pdf"))
        paths = ((name, (own / name).resolve()) for name in names if not name.startswith("kit/"))
        return [name for name, path in paths if path.is_relative_to(own) and path.is_file()]


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()
