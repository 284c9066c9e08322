"""What the studio answers: views as HTML, changes as JSON, news as server-sent events."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from moip_press.exchange.export.kit_export import WRITERS, Wanted, export_kit
from moip_press.kit.folders import program_folder
from moip_press.kit.model.kit_files import read_period
from moip_press.kit.source import Loc
from moip_press.kit.when import WhenError, in_words, parse_event_when, times_in_words
from moip_press.report.messages import N_
from moip_press.studio.access import Gate, Keys
from moip_press.studio.forms import Form
from moip_press.studio.pages import Finding
from moip_press.studio.records import (
    NoSuchFile,
    id_of,
    name_of,
    outline,
    read_file_of,
    value_at,
    values,
)
from moip_press.studio.saving import Conflict, Place, Refused, read_written
from moip_press.studio.workshop import Workshop, aside
from moip_press.system.atomic import CannotWrite

HERE = Path(__file__).parent
KEPT_FOR_GOOD = {"cache-control": "private, max-age=31536000, immutable"}
GONE = N_("This record is no longer there: somebody has moved it or taken it out.")
CHANGED = N_("Somebody has changed this meanwhile.")
NOT_HERE = N_("This cannot be changed here without changing more than that: use its YAML.")
NO_FILE = N_("The kit has no such file.")
NO_PICTURE = N_("This is no picture: JPEG, PNG, WebP, AVIF, HEIC, TIFF and SVG are read.")
FAULTY = N_("The kit has faults: mend them first. They stand below “Findings”.")
DIVIDED = ("section", "region", "organiser", "theme", "day", "week")
"""What handouts may be divided by."""
BROKEN = N_("That went wrong in the studio. What was saved is in the files.")
NEW = {
    "events": {"title": N_("New event"), "when": N_("to be confirmed")},
    "sessions": {"when": N_("to be confirmed")},
    "exchanges": {"question": N_("New question"), "answer": N_("Answer to come")},
    "contacts": {"name": N_("New contact")},
    "labs": {"name": N_("New lab")},
}
"""What a new record of a list begins with."""


class Views:
    """The views of one workshop, in the user's language."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop, self.catalogue = workshop, workshop.catalogue

    @cached_property
    def _templates(self) -> Environment:
        made = Environment(
            autoescape=True,
            loader=PackageLoader("moip_press.studio", "views"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.globals |= {"_": self._say, "ngettext": self._count}
        made.filters["place"] = place_text
        made.filters["moment"] = moment_text
        made.filters["name_of"] = name_of
        made.filters["key"] = finding_key
        return made

    def _view(self, template_name: str, **given: object) -> HTMLResponse:
        template = self._templates.get_template(template_name)
        known = {"language": self.catalogue.language, "state": self.workshop.state}
        return HTMLResponse(template.render({**known, **given}))

    def _say(self, sentence: str, **values: object) -> str:
        return self.catalogue.gettext(sentence).format(**values)

    def _count(self, one: str, many: str, count: int) -> str:
        return self.catalogue.ngettext(one, many, count).format(count=count)

    # --- views --------------------------------------------------------------------------------

    async def studio(self, _request: Request) -> Response:
        """The whole window."""
        entries = await aside(outline, self.workshop.kit, self.catalogue)
        return self._view("studio.html", entries=entries, title=entries[0].name)

    async def outline(self, _request: Request) -> Response:
        """The records of the kit."""
        entries = await aside(outline, self.workshop.kit, self.catalogue)
        return self._view("outline.html", entries=entries)

    async def pages(self, _request: Request) -> Response:
        """The pages last laid out."""
        return self._view("pages.html")

    async def findings(self, _request: Request) -> Response:
        """What is wrong, the errors first."""
        state = self.workshop.state
        found = sorted({*state.faults, *state.findings}, key=lambda f: (f.severity, f.file, f.line))
        return self._view("findings.html", findings=found)

    async def history(self, _request: Request) -> Response:
        """What was changed, the newest first."""
        steps = list(reversed(self.workshop.desk.journal.steps))
        return self._view("history.html", steps=steps)

    async def form(self, request: Request) -> Response:
        """The form of a record."""
        file, at = _asked(request)
        source = await aside(read_file_of, self.workshop.kit, file)
        root = source.plain()
        record = value_at(root, at)
        while record is not None and not isinstance(record, dict) and at:
            at = at[:-1]
            record = value_at(root, at)
        if isinstance(record, list) or (record is None and at):
            raise HTTPException(404, self.catalogue.gettext(GONE))
        fields = Form(file, root, self.catalogue).fields(at)
        movable = bool(at) and isinstance(at[-1], int)
        wanted = request.query_params.get("field", "")
        return self._view(
            "form.html",
            file=file,
            at=at,
            fields=fields,
            name=name_of(record) or file,
            known=id_of(record) or "",
            movable=movable,
            wanted=wanted,
        )

    async def yaml(self, request: Request) -> Response:
        """A record as it is written in its file."""
        file, at = _asked(request)
        source = await aside(read_file_of, self.workshop.kit, file)
        record = value_at(source.plain(), at)
        text = read_written(source, at)
        known = id_of(record) or ""
        return self._view("yaml.html", file=file, at=at, known=known, text=text)

    # --- pages --------------------------------------------------------------------------------

    async def picture(self, request: Request) -> Response:
        """A page as a picture, known by its look: it never changes."""
        width = _number(request, "width", 800)
        found = await self.workshop.picture(request.path_params["look"], width)
        if found is None:
            raise HTTPException(404)
        return Response(found, media_type="image/png", headers=KEPT_FOR_GOOD)

    async def target(self, request: Request) -> Response:
        """The record and the field that a point of a page shows."""
        point = (float(_number(request, name, 0)) / 10 for name in ("left", "top"))
        found = await self.workshop.ask("target", _number(request, "page", 0), *point)
        if found is None:
            return JSONResponse(None)
        source = await aside(read_file_of, self.workshop.kit, found.file)
        at, field = _record_of(source.plain(), found.at)
        return JSONResponse(
            {"file": found.file, "at": place_text(at), "field": ".".join(map(str, field))}
        )

    async def spots(self, request: Request) -> Response:
        """Where the words of a record stand on the pages."""
        found = await self.workshop.ask("spots", *_asked(request))
        keys = ("page", "left", "top", "right", "bottom")
        return JSONResponse([{key: getattr(spot, key) for key in keys} for spot in found or ()])

    async def dossier(self, _request: Request) -> Response:
        """The PDF of the pages last laid out."""
        content = await self.workshop.ask("dossier")
        if content is None:
            raise HTTPException(404)
        return _download(content, "application/pdf", f"{self.workshop.kit.resolve().name}.pdf")

    async def news(self, _request: Request) -> Response:
        """The state of the pages, now and whenever it changes."""

        async def lines() -> AsyncIterator[str]:
            async for version in self.workshop.news():
                state = self.workshop.state
                told = {
                    "version": version,
                    "working": state.working,
                    "faults": len([each for each in state.faults if each.severity == "error"]),
                    "findings": len(state.faults) + len(state.findings),
                    "failure": state.failure,
                    "pages": [page.look for page in state.pages],
                }
                yield f"data: {json.dumps(told)}\n\n"

        return StreamingResponse(lines(), media_type="text/event-stream")

    async def reading(self, request: Request) -> Response:
        """How a date reads that somebody is typing."""
        text = request.query_params.get("text", "")[:500]
        language, period = await aside(read_period, self.workshop.kit)
        try:
            when = parse_event_when(text, language, period)
            said = (in_words(when, language), times_in_words(when, language))
            return JSONResponse({"words": ", ".join(filter(None, said))})
        except WhenError as error:
            return JSONResponse({"fault": self.catalogue.say(error.message)})

    async def values(self, request: Request) -> Response:
        """What a field of this name holds anywhere in the kit: what may be meant again."""
        name = request.query_params.get("name", "")
        return JSONResponse(await aside(values, self.workshop.kit, name))

    async def jobs(self, _request: Request) -> Response:
        """What can be made of the kit."""
        return self._view("jobs.html", made=self.workshop.made, forms=list(WRITERS))

    async def made(self, request: Request) -> Response:
        """A PDF that was made last."""
        name = request.path_params["name"]
        if name not in {each.name for each in self.workshop.made or ()}:
            raise HTTPException(404)
        content = await aside((self.workshop.output / name).read_bytes)
        return _download(content, "application/pdf", name.rpartition("/")[2])

    async def export(self, request: Request) -> Response:
        """The programme in a format."""
        form = request.path_params["form"]
        if form not in WRITERS:
            raise HTTPException(404)
        made = await aside(export_kit, self.workshop.kit, Wanted(form))
        if made.content is None:
            return JSONResponse({"fault": self.catalogue.gettext(FAULTY)}, 422)
        return _download(made.content, "application/octet-stream", made.name)

    # --- changes ------------------------------------------------------------------------------

    async def save(self, request: Request) -> Response:
        """Let a field hold a text."""
        given = await _given(request)
        path = tuple(str(given["field"]).split("."))
        return await self._done(
            self.workshop.desk.save, _place(given), path, str(given["seen"]), str(given["text"])
        )

    async def rewrite(self, request: Request) -> Response:
        """Let the YAML of a record be another."""
        given = await _given(request)
        return await self._done(
            self.workshop.desk.rewrite, _place(given), str(given["seen"]), str(given["text"])
        )

    async def add(self, request: Request) -> Response:
        """Add a record to a list."""
        place = _place(await _given(request))
        names = [step for step in place.at if isinstance(step, str)]
        said = NEW.get(names[-1] if names else "", {"title": N_("New")})
        record = {name: self.catalogue.gettext(words) for name, words in said.items()}
        return await self._done(self.workshop.desk.add, place, record)

    async def duplicate(self, request: Request) -> Response:
        """Add a copy of a record behind it."""
        return await self._done(self.workshop.desk.duplicate, _place(await _given(request)))

    async def delete(self, request: Request) -> Response:
        """Take a record out."""
        return await self._done(self.workshop.desk.delete, _place(await _given(request)))

    async def move(self, request: Request) -> Response:
        """Move a record within its list."""
        given = await _given(request)
        return await self._done(self.workshop.desk.move, _place(given), int(str(given["to"])))

    async def fix(self, request: Request) -> Response:
        """Make the fix of a finding."""
        found = self._finding(await _given(request))
        texts = await self.workshop.ask("fixed", found) if found else ()
        if not found or not texts:
            return JSONResponse({"fault": self.catalogue.gettext(CHANGED)}, 409)
        return await self._done(self.workshop.desk.put, texts, found.message)

    async def learn(self, request: Request) -> Response:
        """Put a word into the kit's glossary."""
        word = str((await _given(request)).get("word", "")).strip()
        text = await self.workshop.ask("learnt", word) if word else None
        if text is None:
            return JSONResponse({"fault": self.catalogue.gettext(NOT_HERE)}, 422)
        return await self._done(self.workshop.desk.put, (text,), word)

    async def keep(self, request: Request) -> Response:
        """Note in kit.yaml that a finding is meant to be as it is, and why."""
        given = await _given(request)
        found, reason = self._finding(given), " ".join(str(given.get("reason", "")).split())
        if found is None or not reason:
            return JSONResponse({"fault": self.catalogue.gettext(CHANGED)}, 409)
        waiver = {"rule": found.code, "at": found.file, "words": found.words, "reason": reason}
        record = {name: text for name, text in waiver.items() if text}
        place = Place("kit.yaml", ("waivers",))
        return await self._done(self.workshop.desk.add, place, record)

    async def upload(self, request: Request) -> Response:
        """Take a picture into the kit."""
        content = await request.body()
        name = request.query_params.get("name", "")
        if await self.workshop.ask("refuses", content) is not False:
            return JSONResponse({"fault": self.catalogue.gettext(NO_PICTURE)}, 422)
        try:
            file = await aside(self.workshop.desk.picture, name, content)
        except Refused:
            return JSONResponse({"fault": self.catalogue.gettext(NO_PICTURE)}, 422)
        except CannotWrite as error:
            return JSONResponse({"fault": self.catalogue.say(error.message)}, 507)
        return JSONResponse({"file": file})

    async def make(self, request: Request) -> Response:
        """Write the dossier and its handouts."""
        by = str((await _given(request)).get("by", ""))
        if by and by not in DIVIDED:
            raise HTTPException(400)
        made = await self.workshop.make(by)
        if made is None:
            return JSONResponse({"fault": self.catalogue.gettext(FAULTY)}, 422)
        return JSONResponse({"made": len(made)})

    def _finding(self, given: dict[str, Any]) -> Finding | None:
        """Return the finding that a page means, if it is still there."""
        state, number = self.workshop.state, given.get("key")
        every = {*state.faults, *state.findings}
        return next((each for each in every if finding_key(each) == number), None)

    async def undo(self, request: Request) -> Response:
        """Take a change back: that of a number, else the last one."""
        number = (await _given(request)).get("number")
        return await self._done(self.workshop.desk.undo, None if number is None else int(number))

    async def redo(self, _request: Request) -> Response:
        """Make the change anew that was taken back last."""
        return await self._done(self.workshop.desk.redo)

    async def _done(self, change: Callable[..., Any], *given: object) -> Response:
        """Return how a change went; the pages are laid out anew where it was made."""
        say = self.catalogue.gettext
        try:
            made = await aside(change, *given)
        except Conflict as error:
            told = {"fault": say(CHANGED if error.now is not None else GONE), "now": error.now}
            return JSONResponse(told, 409)
        except Refused:
            return JSONResponse({"fault": say(NOT_HERE)}, 422)
        except CannotWrite as error:
            return JSONResponse({"fault": self.catalogue.say(error.message)}, 507)
        self.workshop.touch()
        if made is None:
            return JSONResponse({"nothing": True})
        if isinstance(made, Place):
            return JSONResponse({"at": place_text(made.at), "known": made.known or ""})
        return JSONResponse({"file": made.file})


def routes(views: Views) -> list[BaseRoute]:
    """Return the addresses of the studio."""
    looked: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "/": views.studio,
        "/outline": views.outline,
        "/pages": views.pages,
        "/page/{look}.png": views.picture,
        "/findings": views.findings,
        "/history": views.history,
        "/form": views.form,
        "/yaml": views.yaml,
        "/target": views.target,
        "/spots": views.spots,
        "/news": views.news,
        "/reading": views.reading,
        "/dossier.pdf": views.dossier,
        "/values": views.values,
        "/jobs": views.jobs,
        "/made/{name:path}": views.made,
        "/export/{form}": views.export,
    }
    changed = {
        "/save": views.save,
        "/rewrite": views.rewrite,
        "/add": views.add,
        "/duplicate": views.duplicate,
        "/delete": views.delete,
        "/move": views.move,
        "/undo": views.undo,
        "/redo": views.redo,
        "/fix": views.fix,
        "/learn": views.learn,
        "/keep": views.keep,
        "/upload": views.upload,
        "/make": views.make,
    }
    return [
        *(Route(path, view) for path, view in looked.items()),
        *(Route(path, view, methods=["POST"]) for path, view in changed.items()),
        Mount("/assets", StaticFiles(directory=HERE / "assets")),
        Mount("/fonts", StaticFiles(directory=program_folder("styles") / "fonts")),
    ]


def application(workshop: Workshop, keys: Keys, port: int) -> Gate:
    """Return the studio as an ASGI application, behind its gate."""
    views = Views(workshop)

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

    async def token(_request: Request) -> Response:
        return JSONResponse({"token": keys.token()})

    async def no_file(_request: Request, _error: Exception) -> Response:
        return JSONResponse({"fault": workshop.catalogue.gettext(NO_FILE)}, 404)

    async def broken(_request: Request, _error: Exception) -> Response:
        return JSONResponse({"fault": workshop.catalogue.gettext(BROKEN)}, 500)

    app = Starlette(
        routes=[*routes(views), Route("/token", token, methods=["POST"])],
        exception_handlers={NoSuchFile: no_file, FileNotFoundError: no_file, Exception: broken},
        lifespan=working,
    )
    return Gate(app, keys, port, workshop.catalogue)


# --- what requests say ----------------------------------------------------------------------


def finding_key(found: Finding) -> str:
    """Return what tells a finding from others, as pages send it."""
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def _download(content: bytes, kind: str, name: str) -> Response:
    """Return a file that the browser keeps under its name."""
    given = {"content-disposition": f"attachment; filename*=utf-8''{quote(name)}"}
    return Response(content, media_type=kind, headers=given)


def moment_text(moment: str) -> str:
    """Return a moment in UTC as the user's clock says it: the hour of today, else the day."""
    there = datetime.datetime.fromisoformat(moment).astimezone()
    now = datetime.datetime.now(datetime.UTC).astimezone()
    return f"{there:%H:%M}" if there.date() == now.date() else f"{there:%d/%m/%Y %H:%M}"


def place_text(at: Loc) -> str:
    """Return a path in a file as addresses have it: ``events.3.place``."""
    return ".".join(map(str, at))


def place_read(text: str) -> Loc:
    """Return the path that ``place_text`` gave this text for."""
    steps = filter(None, text.split("."))
    return tuple(int(step) if step.isascii() and step.isdigit() else step for step in steps)


def _asked(request: Request) -> tuple[str, Loc]:
    given = request.query_params
    return given.get("file", ""), place_read(given.get("at", ""))


def _place(given: dict[str, Any]) -> Place:
    known = str(given.get("known") or "") or None
    return Place(str(given.get("file", "")), place_read(str(given.get("at", ""))), known)


async def _given(request: Request) -> dict[str, Any]:
    """Return what a page sent. Raises ``HTTPException`` where that is no record."""
    if request.headers.get("content-type") != "application/json":
        raise HTTPException(415)
    try:
        given = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(given, dict):
        raise HTTPException(400)
    return given


def _number(request: Request, name: str, usual: int) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else usual


def _record_of(root: Any, at: Loc) -> tuple[Loc, Loc]:
    """Return the record of a list or file that a value is in, and its path in there."""
    ends = [n for n in range(len(at), -1, -1) if not n or isinstance(at[n - 1], int)]
    found = next(n for n in ends if isinstance(value_at(root, at[:n]), dict))
    return at[:found], at[found:]
