"""Importing: files are dropped, what they would change is ticked, and written with one undo."""

from __future__ import annotations

import datetime
import re
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from moip_press.report.messages import N_, NP_
from moip_press.studio.answers import given_of
from moip_press.studio.jobs.import_work import Applied, Asked, Proposed, apply, propose
from moip_press.studio.jobs.views import JobViews
from moip_press.studio.saving import Conflict
from moip_press.studio.workshop import aside
from moip_press.system import atomic
from moip_press.system.atomic import CannotWrite

KIND = "import"
MOST_FILES = 20
MOST_NAME = 120  # characters of a file's name
UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:]")
KEY = re.compile(r"[0-9a-f]{20}")
NO_FILE = N_("Choose a file first.")
TOO_MANY = N_("No more than {most} files at once.")
STALE = N_("The kit has changed meanwhile: nothing was written. Look at the changes again.")
DONE = NP_(
    "{count} change made. It can be undone under “History”.",
    "{count} changes made. They can be undone under “History”.",
)
NONE_DONE = N_("No change was made.")
NOT_APPLIED = N_("Nothing was written: some rows cannot be read. Leave them out, or correct them.")
IMPORTED = N_("Import of {files}")


class ImportViews(JobViews):
    """What takes files in, shows what they would change, and writes what is ticked."""

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of these views."""
        changed = {"upload": self.upload, "read": self.read, "apply": self.apply, "drop": self.drop}
        return [
            Route("/jobs/import", self.page),
            *(
                Route(f"/jobs/import/{name}", view, methods=["POST"])
                for name, view in changed.items()
            ),
        ]

    async def page(self, _request: Request) -> Response:
        """The page of the job."""
        found: Proposed | None = self.jobs.result(KIND)
        return self.job_page(
            "jobs/import.html", KIND, found=found, files=self._names(), said=self._said()
        )

    async def upload(self, request: Request) -> Response:
        """Take a file in, beside those that wait already."""
        name = UNSAFE.sub("", PurePosixPath(request.query_params.get("name", "")).name).lstrip(".")
        content = await request.body()
        if not name or not content:
            return self.fault(NO_FILE)
        if len(self._names()) >= MOST_FILES:
            return JSONResponse({"fault": self.say(TOO_MANY, most=MOST_FILES)}, 422)
        path = PurePosixPath(name)
        kept = path.stem[:MOST_NAME] + path.suffix[:MOST_NAME]
        try:
            await aside(atomic.write, self._folder / kept, content)
        except CannotWrite as error:
            return self.fault(error.message, 507)
        return JSONResponse({"name": kept})

    async def drop(self, _request: Request) -> Response:
        """Forget the files."""
        self.jobs.forget(KIND)
        for path in self._files():
            path.unlink(missing_ok=True)
        return JSONResponse({})

    async def read(self, request: Request) -> Response:
        """Begin to read the files."""
        given = await given_of(request)
        if not self._names():
            return self.fault(NO_FILE)
        self._asked = self._wanted(given)
        self._told = ""
        self.jobs.start(
            KIND, propose, self.workshop.kit, self._asked, self.workshop.catalogue.language
        )
        return JSONResponse({"job": KIND})

    async def apply(self, request: Request) -> Response:
        """Write what is ticked."""
        given = await given_of(request)
        asked, ticked = self._asked, {name: _keys(given.get(name)) for name in ("yes", "no")}
        if asked is None or self.jobs.result(KIND) is None:
            return self.fault(NO_FILE)
        language, skip = self.workshop.catalogue.language, given.get("skip") == "yes"
        job = self.jobs.start("apply", apply, self.workshop.kit, asked, ticked, language, skip)
        assert job.running is not None  # noqa: S101 -- it was just started
        await job.running
        made: Applied | None = job.result
        if made is None:
            return JSONResponse({"fault": job.failure}, 422)
        if made.stale:
            return self.fault(STALE, 409)
        if not made.texts:
            return self.fault(NOT_APPLIED if made.faults else NONE_DONE)
        named = self.say(IMPORTED, files=", ".join(self._names()))
        try:
            await aside(self.workshop.desk.put, made.texts, named)
        except Conflict:
            return self.fault(STALE, 409)
        except CannotWrite as error:
            return self.fault(error.message, 507)
        self.workshop.touch()
        self._told = self.count(*DONE, made.done)
        await self.drop(request)
        return JSONResponse({"reload": True})

    # --- files --------------------------------------------------------------------------------

    _asked: Asked | None = None
    _told = ""

    def _said(self) -> str:
        """Return what was done last, once."""
        told, self._told = self._told, ""
        return told

    def _wanted(self, given: dict[str, Any]) -> Asked:
        day = str(given.get("day") or "")
        try:
            read = datetime.date.fromisoformat(day) if day else None
        except ValueError:
            raise HTTPException(400) from None
        section = str(given.get("section") or "")
        found: Proposed | None = self.jobs.result(KIND)
        known = [name for name, _ in found.sections] if found else []
        return Asked(tuple(self._files()), section if section in known else "", read)

    @property
    def _folder(self) -> Path:
        return self.jobs.folder / KIND

    def _files(self) -> list[Path]:
        every = self._folder.iterdir() if self._folder.is_dir() else ()
        return sorted(path for path in every if path.name[0] != ".")  # one that is being written

    def _names(self) -> list[str]:
        return [path.name for path in self._files()]


def _keys(given: object) -> list[str]:
    """Return the names of changes that a page sent. Raises ``HTTPException``."""
    listed = given if isinstance(given, list) else []
    if not all(isinstance(each, str) and KEY.fullmatch(each) for each in listed):
        raise HTTPException(400)
    return listed
