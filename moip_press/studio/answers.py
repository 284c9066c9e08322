"""What the views of the studio share: templates, what requests say, how changes are answered."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable
from functools import cached_property
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from moip_press.kit.source import Loc
from moip_press.kit.when import period_in_words
from moip_press.report.messages import N_
from moip_press.studio.access import MOST_BODY, too_large
from moip_press.studio.labels import option
from moip_press.studio.records import KIT_FILES, NoSuchFile, name_of, read_file_of
from moip_press.studio.saving import Conflict, Emptied, Place, Refused
from moip_press.studio.spoken import Spoken
from moip_press.studio.told import Finding
from moip_press.studio.workshop import Workshop, aside
from moip_press.system.atomic import CannotWrite

GONE = N_("This record is no longer there: somebody has moved it or taken it out.")
CHANGED = N_("Somebody has changed this meanwhile.")
LAST = N_("This is the last one: without it, “{name}” is empty.")
TAKE_OUT = N_("Take out “{name}” too")
NOT_HERE = N_("This cannot be changed here without changing more than that: use its YAML.")


class Answers:
    """What is answered in the user's language: templates as HTML."""

    def __init__(self, catalogue: Spoken, home: str = "") -> None:
        self.catalogue = catalogue
        self.known: dict[str, object] = {"home": home, "largest": MOST_BODY}

    @cached_property
    def _templates(self) -> Environment:
        made = Environment(
            autoescape=True,
            loader=PackageLoader("moip_press.studio", "views"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.globals |= {"_": self.say, "ngettext": self.count}
        made.filters["place"] = place_text
        made.filters["option"] = lambda word, field="": option(word, self.catalogue, field)
        made.filters["moment"] = moment_text
        made.filters["day"] = self._day
        made.filters["name_of"] = name_of
        made.filters["key"] = finding_key
        return made

    def _day(self, day: str | datetime.date) -> str:
        """Return a day, which may be text in the form of ISO 8601, in words."""
        on = datetime.date.fromisoformat(day) if isinstance(day, str) else day
        return period_in_words(on, on, self.catalogue.language)

    def view(self, template_name: str, **given: object) -> HTMLResponse:
        """Return a template as an answer."""
        template = self._templates.get_template(template_name)
        spoken = {"language": self.catalogue.language, "too_large": too_large(self.catalogue)}
        known = {**self.known, **spoken}
        return HTMLResponse(template.render({**known, **given}))

    def say(self, sentence: str, **values: object) -> str:
        """Return a sentence in the user's language."""
        return self.catalogue.gettext(sentence).format(**values)

    def count(self, one: str, many: str, count: int) -> str:
        """Return a sentence that counts, in the user's language."""
        return self.catalogue.ngettext(one, many, count).format(count=count)


class Views(Answers):
    """The views of one workshop."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__(workshop.catalogue, workshop.home)
        self.workshop = workshop
        self.known["state"] = workshop.state

    def called(self, file: str) -> str:
        """Return what a file of the kit is called, for those who never see files."""
        try:
            found = name_of(read_file_of(self.workshop.kit, file).plain())
        except (NoSuchFile, OSError):
            found = ""
        words = dict(KIT_FILES).get(file)
        return found or (self.catalogue.gettext(words) if words else PurePath(file).stem)

    async def done(self, change: Callable[..., Any], *given: object) -> Response:
        """Return how a change went; the pages are laid out anew where it was made."""
        say = self.catalogue.gettext
        try:
            made = await aside(change, *given)
        except Conflict as error:
            told = {"fault": say(CHANGED if error.now is not None else GONE), "now": error.now}
            return JSONResponse(told, 409)
        except Emptied as error:
            ask = self.say(LAST, name=error.name)
            return JSONResponse({"ask": ask, "yes": self.say(TAKE_OUT, name=error.name)}, 409)
        except Refused as error:
            return JSONResponse({"fault": say(str(error) or NOT_HERE)}, 422)
        except CannotWrite as error:
            return JSONResponse({"fault": self.catalogue.say(error.message)}, 507)
        self.workshop.touch()
        if made is None:
            return JSONResponse({"nothing": True})
        if isinstance(made, Place):
            told = {"file": made.file, "at": place_text(made.at), "known": made.known or ""}
            return JSONResponse({**told, "left": made.left})
        return JSONResponse({"file": made.file})


def finding_key(found: Finding) -> str:
    """Return what tells a finding from others, as pages send it."""
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def download(content: bytes, kind: str, name: str) -> Response:
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
    return tuple(int(step) if _is_number(step) else step for step in filter(None, text.split(".")))


def asked_of(request: Request) -> tuple[str, Loc]:
    """Return the file and the path in it that an address names."""
    given = request.query_params
    return given.get("file", ""), place_read(given.get("at", ""))


def place_of(given: dict[str, Any]) -> Place:
    """Return the record that a page means."""
    known = str(given.get("known") or "") or None
    return Place(str(given.get("file", "")), place_read(str(given.get("at", ""))), known)


def document_of(request: Request) -> str:
    """Return the name of the document that a window shows."""
    return request.query_params.get("document", "")


async def given_of(request: Request, *needed: str) -> dict[str, Any]:
    """Return what a page sent. Raises ``HTTPException`` where that lacks what is needed."""
    if request.headers.get("content-type") != "application/json":
        raise HTTPException(415)
    try:
        given = json.loads(await request.body())
        json.dumps(given, ensure_ascii=False).encode()  # halves of characters are none
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(given, dict) or not given.keys() >= {*needed}:
        raise HTTPException(400)
    return given


def number_of(request: Request, name: str, usual: int) -> int:
    """Return a number that an address gives."""
    text = request.query_params.get(name, "")
    return int(text) if _is_number(text) else usual


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8
