"""What is made of the kit: dossier, handouts, the programme in other formats."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from moip_press.exchange.export.kit_export import WRITERS, Wanted, export_kit
from moip_press.report.messages import N_
from moip_press.studio.answers import Views, download, given_of
from moip_press.studio.workshop import aside

FAULTY = N_("The kit has faults: mend them first. They stand below “Findings”.")
DIVIDED = ("section", "region", "organiser", "theme", "day", "week")
"""What handouts may be divided by."""


class MakingViews(Views):
    """What makes PDFs and files, and gives them to the browser."""

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of these views."""
        return [
            Route("/jobs", self.jobs),
            Route("/made/{name:path}", self.made),
            Route("/export/{form}", self.export),
            Route("/make", self.make, methods=["POST"]),
        ]

    async def jobs(self, _request: Request) -> Response:
        """What can be made of the kit."""
        return self.view("jobs/overview.html", made=self.workshop.made, forms=list(WRITERS))

    async def made(self, request: Request) -> Response:
        """A PDF that was made last."""
        name = request.path_params["name"]
        if name not in {each.name for each in self.workshop.made or ()}:
            raise HTTPException(404)
        content = await aside((self.workshop.output / name).read_bytes)
        return download(content, "application/pdf", name.rpartition("/")[2])

    async def export(self, request: Request) -> Response:
        """The programme in a format."""
        form = request.path_params["form"]
        if form not in WRITERS:
            raise HTTPException(404)
        made = await aside(export_kit, self.workshop.kit, Wanted(form))
        if made.content is None:
            return JSONResponse({"fault": self.catalogue.gettext(FAULTY)}, 422)
        return download(made.content, "application/octet-stream", made.name)

    async def make(self, request: Request) -> Response:
        """Write the dossier and its handouts."""
        by = str((await given_of(request)).get("by", ""))
        if by and by not in DIVIDED:
            raise HTTPException(400)
        made = await self.workshop.make(by)
        if made is None:
            return JSONResponse({"fault": self.catalogue.gettext(FAULTY)}, 422)
        return JSONResponse({"made": len(made)})
