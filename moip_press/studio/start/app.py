"""The studio's first page: it opens kits, each in a studio of its own, and begins new ones."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from os import environ, pathsep
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from moip_press.kit.samples import LIKES
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.studio.access import Gate, Keys
from moip_press.studio.address import Address
from moip_press.studio.answers import Answers, given_of
from moip_press.studio.files import files_of_program
from moip_press.studio.spoken import Spoken
from moip_press.studio.start.kits import Begun, Kits, Unbegun
from moip_press.studio.workshop import aside
from moip_press.system.atomic import CannotWrite
from moip_press.system.enforcement import PACKAGE

PATIENCE = 60.0  # seconds that the studio of a kit may take to open
PAUSE = 0.2
LANGUAGES = ("fr", "en")
LONGEST_TITLE = 200
YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
GONE = N_("This kit is no longer there.")
NOT_OPENED = N_("The studio of this kit did not open. Open it in a terminal to see why.")
NO_DATE = N_("Give the first and the last day.")
BROKEN = N_("That went wrong in the studio.")
EXAMPLES = {
    "press-kit": N_("Press kit: editorial, programme, contacts"),
    "festival": N_("Festival: shows, encounters, how to come"),
    "season": N_("Season: shows, young audience, prices"),
    "report": N_("Report: what was done, in figures"),
    "communique": N_("Press release alone"),
}
"""What a new kit may be like, in words."""


class Start(Answers):
    """The first page, and what its buttons do."""

    def __init__(self, kits: Kits, catalogue: Spoken, options: Sequence[str]) -> None:
        super().__init__(catalogue)
        self._kits, self._options = kits, options
        self._opened: list[subprocess.Popen[bytes]] = []

    async def start(self, request: Request) -> Response:
        """The first page, in the language of its browser."""
        self.catalogue.hear(request.headers.get("accept-language", ""))
        recent, others = await aside(self._kits.recent), await aside(self._kits.others)
        return self.view(
            "start.html",
            recent=recent,
            others=others,
            places=self._kits.places,
            examples={like: EXAMPLES[like] for like in LIKES},
            year=datetime.datetime.now(datetime.UTC).year,
        )

    async def open(self, request: Request) -> Response:
        """Open a kit, and say at which address."""
        kit = await aside(self._kits.folder, str((await given_of(request)).get("key", "")))
        return await self._opening(kit) if kit else self._fault(GONE, 404)

    async def new(self, request: Request) -> Response:
        """Begin a kit, and open it."""
        given = await given_of(request)
        place, like, language = (str(given.get(name)) for name in ("place", "like", "language"))
        places = {str(number): number for number in range(len(self._kits.places))}
        if place not in places or like not in LIKES or language not in LANGUAGES:
            raise HTTPException(400)
        title = " ".join(str(given.get("title", "")).split())[:LONGEST_TITLE]
        try:
            first, last = (
                datetime.date.fromisoformat(str(given.get(name))) for name in ("first", "last")
            )
        except ValueError:
            return self._fault(NO_DATE)
        return await self._begun(
            self._kits.begin, places[place], like, title, language, first, last
        )

    async def follow(self, request: Request) -> Response:
        """Begin the next edition of a kit, and open it."""
        given = await given_of(request)
        kit = await aside(self._kits.folder, str(given.get("key", "")))
        year = str(given.get("year", ""))
        if kit is None:
            return self._fault(GONE, 404)
        if not YEAR.fullmatch(year):
            raise HTTPException(400)
        return await self._begun(self._kits.follow, kit, int(year))

    async def _begun(self, begin: Callable[..., Begun], *given: object) -> Response:
        try:
            begun = await aside(begin, *given)
        except (Unbegun, CannotWrite) as error:
            return self._fault(error.message)
        return await self._opening(begun.folder, begun.notes)

    async def _opening(self, kit: Path, notes: Sequence[Message] = ()) -> Response:
        address = await aside(self._address, kit)
        if address is None:
            return self._fault(NOT_OPENED)
        return JSONResponse({"address": address, "notes": [*map(self.catalogue.say, notes)]})

    def _fault(self, message: Message | str, status: int = 422) -> Response:
        say = self.catalogue
        words = say.gettext(message) if isinstance(message, str) else say.say(message)
        return JSONResponse({"fault": words}, status)

    def _address(self, kit: Path) -> str | None:
        """Return an address that opens a kit's studio, which is started where it does not run."""
        noted = Address.of(kit, self._kits.state)
        if running := noted.asked():
            return running
        started = self._started(kit)
        self._opened.append(started)
        until = time.monotonic() + PATIENCE
        while started.poll() is None and time.monotonic() < until:
            if running := noted.asked():
                return running
            time.sleep(PAUSE)
        return None

    def _started(self, kit: Path) -> subprocess.Popen[bytes]:
        # -P: the current folder may be a stranger's, and no program is looked for there
        command = [sys.executable, "-P", "-m", "moip_press", "studio", str(kit), "--no-browser"]
        found = [str(PACKAGE.parent), *filter(None, [environ.get("PYTHONPATH")])]
        fixed = self.catalogue.fixed  # else its window speaks as this one does, by its browser
        return subprocess.Popen(  # noqa: S603 -- ourselves
            [*command, *(["--language", fixed] if fixed else []), *self._options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a terminal's Ctrl-C is for this process, which ends those
            env={**environ, "PYTHONPATH": pathsep.join(found)},
        )

    def close(self) -> None:
        """End the studios that were opened from here."""
        for each in self._opened:
            each.terminate()
        for each in self._opened:
            with suppress(subprocess.TimeoutExpired):
                each.wait(PATIENCE / 10)


def start_application(start: Start, keys: Keys, port: int, end: Callable[[], None]) -> Gate:
    """Return the first page as an ASGI application; ``end`` ends the studio."""

    @asynccontextmanager
    async def working(_app: Starlette) -> AsyncIterator[None]:
        yield
        await aside(start.close)

    async def quit_(_request: Request) -> Response:
        end()
        return JSONResponse({})

    async def broken(_request: Request, _error: Exception) -> Response:
        return JSONResponse({"fault": start.catalogue.gettext(BROKEN)}, 500)

    start.known["home"] = keys.home
    posted = {"/open": start.open, "/new": start.new, "/follow": start.follow, "/quit": quit_}
    app = Starlette(
        routes=[
            Route("/", start.start),
            *(Route(path, view, methods=["POST"]) for path, view in posted.items()),
            *files_of_program(keys),
        ],
        exception_handlers={Exception: broken},
        lifespan=working,
    )
    return Gate(app, keys, port, start.catalogue)
