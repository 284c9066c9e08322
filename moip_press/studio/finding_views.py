"""What is wrong with the kit, and what can be done about it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from moip_press.studio.answers import CHANGED, NOT_HERE, Views, finding_key, given_of
from moip_press.studio.pages import Finding
from moip_press.studio.saving import Place


class FindingViews(Views):
    """What shows findings, and mends, learns or keeps them."""

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of these views."""
        changed = (self.fix, self.learn, self.keep)
        return [
            Route("/findings", self.findings),
            *(Route(f"/{view.__name__}", view, methods=["POST"]) for view in changed),
        ]

    async def findings(self, _request: Request) -> Response:
        """What is wrong, the errors first."""
        state = self.workshop.state
        found = sorted({*state.faults, *state.findings}, key=lambda f: (f.severity, f.file, f.line))
        return self.view("findings.html", findings=found)

    async def fix(self, request: Request) -> Response:
        """Make the fix of a finding."""
        found = self._finding(await given_of(request))
        texts = await self.workshop.ask("fixed", found) if found else ()
        if not found or not texts:
            return JSONResponse({"fault": self.catalogue.gettext(CHANGED)}, 409)
        return await self.done(self.workshop.desk.put, texts, found.message)

    async def learn(self, request: Request) -> Response:
        """Put a word into the kit's glossary."""
        word = str((await given_of(request)).get("word", "")).strip()
        text = await self.workshop.ask("learnt", word) if word else None
        if text is None:
            return JSONResponse({"fault": self.catalogue.gettext(NOT_HERE)}, 422)
        return await self.done(self.workshop.desk.put, (text,), word)

    async def keep(self, request: Request) -> Response:
        """Note in kit.yaml that a finding is meant to be as it is, and why."""
        given = await given_of(request)
        found, reason = self._finding(given), " ".join(str(given.get("reason", "")).split())
        if found is None or not reason:
            return JSONResponse({"fault": self.catalogue.gettext(CHANGED)}, 409)
        waiver = {"rule": found.code, "at": found.file, "words": found.words, "reason": reason}
        record = {name: text for name, text in waiver.items() if text}
        place = Place("kit.yaml", ("waivers",))
        return await self.done(self.workshop.desk.add, place, record)

    def _finding(self, given: dict[str, Any]) -> Finding | None:
        """Return the finding that a page means, if it is still there."""
        state, number = self.workshop.state, given.get("key")
        every = {*state.faults, *state.findings}
        return next((each for each in every if finding_key(each) == number), None)
