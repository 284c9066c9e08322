"""Comparing the kit with a version: what has changed, and the pages of both side by side."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from moip_press.editions import releases
from moip_press.report.messages import N_
from moip_press.studio.answers import given_of, number_of
from moip_press.studio.jobs.compare_work import compare
from moip_press.studio.jobs.views import JobViews
from moip_press.studio.told import DOSSIER
from moip_press.studio.workshop import WIDEST, aside
from moip_press.system import atomic
from moip_press.system.atomic import CannotWrite
from moip_press.system.files import is_file, read_file

KIND = "compare"
REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/~^-]{0,99}")
ABSENT = N_("There is no such version.")
NO_FILE = N_("Choose a PDF first.")
NO_PDF = N_("This is no PDF of a press kit, and not its data.")


class CompareViews(JobViews):
    """What compares the kit with a released version, a git revision, or a PDF from before."""

    _chosen = ""

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of these views."""
        return [
            Route("/jobs/compare", self.page),
            Route("/jobs/compare/start", self.start, methods=["POST"]),
            Route("/jobs/compare/upload", self.upload, methods=["POST"]),
            Route("/jobs/compare/page/{side}", self.picture),
        ]

    async def page(self, _request: Request) -> Response:
        """The page of the job."""
        kit = self.workshop.kit
        found = [
            (each.version, self.told(each))
            for each in reversed(await aside(releases.releases, kit))
        ]
        versioned = any(
            (above / ".git").exists() for above in (kit.resolve(), *kit.resolve().parents)
        )
        return self.job_page(
            "jobs/compare.html",
            KIND,
            found=self.jobs.result(KIND),
            releases=found,
            versioned=versioned,
            sent=is_file(self._sent),
            chosen=self._chosen,
        )

    async def upload(self, request: Request) -> Response:
        """Take a PDF, or its data, that was published before."""
        content = await request.body()
        if not content:
            return self.fault(NO_FILE)
        if not content[:1024].lstrip().startswith((b"%PDF-", b"{")):
            return self.fault(NO_PDF)
        try:
            await aside(atomic.write, self._sent, content)
        except CannotWrite as error:
            return self.fault(error.message, 507)
        self._chosen = "file"
        return JSONResponse({})

    async def start(self, request: Request) -> Response:
        """Begin to compare."""
        given = await given_of(request)
        chosen, revision = str(given.get("old") or ""), str(given.get("revision") or "").strip()
        named, pdf = await aside(self._named, chosen, revision)
        if not named:
            return self.fault(NO_FILE if chosen == "file" else ABSENT)
        self._chosen = chosen
        content = await self.workshop.ask("pdf", DOSSIER)
        await aside(self._put, pdf, content)
        old, new = (path if path.exists() else None for path in (self._old, self._new))
        self.jobs.start(
            KIND, compare, self.workshop.kit, named, old, new, self.workshop.catalogue.language
        )
        return JSONResponse({"job": KIND})

    async def picture(self, request: Request) -> Response:
        """A page of the version from before, or of the kit as it stood then."""
        path = {"old": self._old, "new": self._new}.get(request.path_params["side"])
        if path is None or not path.exists():
            raise HTTPException(404)
        content = await aside(path.read_bytes)
        width = min(number_of(request, "width", 700), WIDEST)
        found = await self.workshop.painted(content, number_of(request, "page", 1) - 1, width)
        return Response(found, media_type="image/png") if found else Response(status_code=404)

    def _named(self, chosen: str, revision: str) -> tuple[str, Path | None]:
        """Return what ``compare`` calls a version, and its PDF; an empty name for none."""
        kit = self.workshop.kit.resolve()
        if chosen == "file":
            held = self._sent if self._sent.exists() else None
            pdf = held if held and read_file(held)[:1024].lstrip().startswith(b"%PDF-") else None
            return (held.as_posix() if held else ""), pdf
        if chosen == "revision":
            return (f"{kit}@{revision}" if REVISION.fullmatch(revision) else ""), None
        known = {each.version: each for each in releases.releases(kit)}
        found = known.get(chosen.removeprefix("release:"))
        if found is None:
            return "", None
        return f"{kit}@{found.version}", found.dossier

    def _put(self, old: Path | None, new: bytes | None) -> None:
        """Keep the PDFs that are compared as they are now."""
        for path, content in ((self._old, read_file(old) if old else None), (self._new, new)):
            path.unlink(missing_ok=True)
            if content:
                path.write_bytes(content)

    @property
    def _sent(self) -> Path:
        return self.jobs.folder / "sent"

    @property
    def _old(self) -> Path:
        return self.jobs.folder / "old.pdf"

    @property
    def _new(self) -> Path:
        return self.jobs.folder / "new.pdf"
