"""Forms of records, and the changes that they make."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from moip_press.kit.folders import MANIFEST
from moip_press.kit.model.kit_files import read_period
from moip_press.kit.source import Loc
from moip_press.kit.when import WhenError, parse_event_when
from moip_press.report.messages import N_, Catalogue
from moip_press.studio.answers import GONE, Views, asked_of, given_of, place_of, place_text
from moip_press.studio.calendar import MOST_DAYS, in_full, written
from moip_press.studio.finding_views import Noted, noted
from moip_press.studio.forms import Field, Form
from moip_press.studio.helper import Stopped
from moip_press.studio.records import (
    PARTS,
    PRINTED,
    found_again,
    id_of,
    name_of,
    named,
    outline,
    read_file_of,
    record_of,
    value_at,
    values,
)
from moip_press.studio.saving import Refused, read_written
from moip_press.studio.workshop import aside
from moip_press.system.atomic import CannotWrite

SEE = {"fr": "voir p. ", "en": "see p. "}
"""What stands before the number of a page, in the kit's language."""
NO_PICTURE = N_("This is no picture: JPEG, PNG, WebP, AVIF, HEIC, TIFF and SVG are read.")


class EditViews(Views):
    """What shows records as forms, and changes them."""

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of these views."""
        looked = (
            *(self.form, self.yaml, self.reading, self.values, self.history),
            *(self.references, self.dated, self.image),
        )
        changed = (
            *(self.save, self.rewrite, self.add, self.duplicate, self.delete, self.move),
            *(self.upload, self.undo, self.redo),
        )
        return [
            *(Route(f"/{view.__name__}", view) for view in looked),
            *(Route(f"/{view.__name__}", view, methods=["POST"]) for view in changed),
        ]

    async def form(self, request: Request) -> Response:
        """The form of a record."""
        file, at = asked_of(request)
        source = await aside(read_file_of, self.workshop.kit, file)
        root = source.plain()
        shown = found_again(root, at, request.query_params.get("known") or None) or at
        at, record = record_of(root, shown)[0], value_at(root, shown)
        part = str(record) if shown[:1] == ("chapters",) and record in PARTS else None
        if isinstance(record, list) or (record is None and shown):
            raise HTTPException(404, self.catalogue.gettext(GONE))
        record = value_at(root, at)
        fields: Sequence[Field] = Form(file, root, self.catalogue).fields(at)
        name, known = name_of(record) or self.called(file), id_of(record) or ""
        listed, listed_known = (file, at) if at else None, known
        if part:  # its form is what it prints of kit.yaml
            name, listed, listed_known = self.catalogue.gettext(PARTS[part]), (file, shown), part
            fields = [each for each in fields if each.own in PRINTED.get(part, ())]
        elif not at:
            chapters = (await aside(read_file_of, self.workshop.kit, MANIFEST)).plain()
            names = named(value_at(chapters, ["chapters"]), ("chapters",))
            listed = next(((MANIFEST, place) for place, name in names if name == file), None)
            listed_known = file
        notes = await aside(self._notes, file, shown if part else at, fields)
        language, _ = await aside(read_period, self.workshop.kit)
        return self.view(
            "form.html",
            kit_language=language,
            file=file,
            at=at,
            shown=shown if part else at,
            bare=bool(part),
            fields=fields,
            notes=notes,
            name=name,
            known=known,
            listed=listed,
            listed_known=listed_known,
        )

    def _notes(self, file: str, shown: Loc, fields: Iterable[Field]) -> dict[str, list[Noted]]:
        """Return the findings about a record by the field of its form; those of no field at "".

        Of a part that prints fields of kit.yaml, those of these fields, and its own at "".
        """
        found = [each for each in self.workshop.state.found if each.file == file]
        names, notes = {name for each in fields for name in each.names}, dict[str, list[Noted]]()
        part = shown[:1] == ("chapters",)
        for each in noted(self.workshop.kit, self.catalogue, found):
            paths = [place_text(each.field[:end]) for end in range(len(each.field), 0, -1)]
            of = next((path for path in paths if path in names), "")
            own = each.found.at == shown if part and not of else each.at == (() if part else shown)
            if own:
                notes.setdefault(of, []).append(each)
        return notes

    async def yaml(self, request: Request) -> Response:
        """A record as it is written in its file."""
        file, at = asked_of(request)
        source = await aside(read_file_of, self.workshop.kit, file)
        record = value_at(source.plain(), at)
        text = read_written(source, at)
        known = id_of(record) or ""
        return self.view("yaml.html", file=file, at=at, known=known, text=text)

    async def reading(self, request: Request) -> Response:
        """How a date reads that somebody is typing, and its days and hours for a calendar."""
        text = request.query_params.get("text", "")[:500]
        language, period = await aside(read_period, self.workshop.kit)
        try:
            when = parse_event_when(text, language, period)
        except WhenError as error:
            return JSONResponse({"fault": self.catalogue.say(error.message)})
        hours = [hour for slot in when.slots[:1] for hour in (slot.start, slot.end)]
        return JSONResponse(
            {
                "words": in_full(when, language),
                "days": [day.isoformat() for day in when.days[:MOST_DAYS]],
                "hours": [f"{hour:%H:%M}" if hour else "" for hour in hours],
            }
        )

    async def values(self, request: Request) -> Response:
        """What a field of this name holds anywhere in the kit: what may be meant again."""
        name = request.query_params.get("name", "")
        return JSONResponse(await aside(values, self.workshop.kit, name))

    async def references(self, _request: Request) -> Response:
        """What texts can refer to."""
        waiting = list(await aside(outline, self.workshop.kit, self.catalogue))
        found = []
        while waiting:
            entry = waiting.pop(0)
            found += [{"id": entry.id, "name": entry.name}] if entry.id else []
            waiting = [*entry.entries, *waiting]
        language, _ = await aside(read_period, self.workshop.kit)
        return JSONResponse({"before": SEE.get(language[:2], SEE["en"]), "entries": found})

    async def dated(self, request: Request) -> Response:
        """How the days and hours that were chosen in a calendar are written in the kit."""
        asked = request.query_params
        language, period = await aside(read_period, self.workshop.kit)
        try:
            days = [datetime.date.fromisoformat(day) for day in asked.get("days", "").split()]
            hours = asked.get("from", ""), asked.get("until", "")
            text = written(days[:MOST_DAYS], hours, language, period)
        except ValueError:
            raise HTTPException(400) from None
        return JSONResponse({"text": text})

    async def image(self, request: Request) -> Response:
        """A picture of the kit, as a small one that runs nothing."""
        name = request.query_params.get("file", "")
        found = await self.workshop.ask("preview", name)
        if found is None:
            raise HTTPException(404)
        kind = "image/png" if found.startswith(b"\x89PNG") else "image/jpeg"
        return Response(found, media_type=kind)

    async def history(self, _request: Request) -> Response:
        """What was changed, the newest first."""
        steps = [step for step in reversed(self.workshop.desk.journal.steps) if not step.joined]
        return self.view("history.html", steps=steps)

    async def save(self, request: Request) -> Response:
        """Let a field hold a text."""
        given = await given_of(request, "field", "seen", "text")
        path = tuple(str(given["field"]).split("."))
        return await self.done(
            self.workshop.desk.save, place_of(given), path, str(given["seen"]), str(given["text"])
        )

    async def rewrite(self, request: Request) -> Response:
        """Let the YAML of a record be another."""
        given = await given_of(request, "seen", "text")
        return await self.done(
            self.workshop.desk.rewrite, place_of(given), str(given["seen"]), str(given["text"])
        )

    async def add(self, request: Request) -> Response:
        """Add a record to a list, or a part to the kit; ask which kind where there are several."""
        given = await given_of(request)
        desk, place, kind = self.workshop.desk, place_of(given), str(given.get("kind") or "")
        if part := str(given.get("part") or ""):
            await aside(read_file_of, self.workshop.kit, part)
            return await self.done(desk.list_part, part)
        language, _ = await aside(read_period, self.workshop.kit)
        said = self.catalogue if language == self.catalogue.language else Catalogue(language)
        if (place.file, place.at) == (MANIFEST, ("chapters",)):
            kinds, make = Form("", {}, self.catalogue).part_kinds(), Form("", {}, said).new_part
            change: Callable[..., object] = partial(desk.add_part, kind)
        else:
            source = await aside(read_file_of, self.workshop.kit, place.file)
            root, at = source.plain(), place.at
            listed = at[:-1] if at and isinstance(at[-1], int) else at
            kinds = Form(place.file, root, self.catalogue).kinds(listed)
            make = partial(Form(place.file, root, said).new, listed)
            change = partial(desk.add, place)
        if kinds and kind not in kinds:
            return JSONResponse({"kinds": [{"id": k, "name": words} for k, words in kinds.items()]})
        return await self.done(change, make(kind))

    async def duplicate(self, request: Request) -> Response:
        """Add a copy of a record behind it."""
        return await self.done(self.workshop.desk.duplicate, place_of(await given_of(request)))

    async def delete(self, request: Request) -> Response:
        """Take a record out; ask first where more than that would go."""
        given = await given_of(request)
        delete = partial(self.workshop.desk.delete, whole=given.get("whole") is True)
        return await self.done(delete, place_of(given))

    async def move(self, request: Request) -> Response:
        """Move a record within its list."""
        given = await given_of(request)
        if not isinstance(given.get("to"), int):
            raise HTTPException(400)
        return await self.done(self.workshop.desk.move, place_of(given), given["to"])

    async def upload(self, request: Request) -> Response:
        """Take a picture into the kit."""
        content = await request.body()
        name = request.query_params.get("name", "")
        try:
            refused = await self.workshop.ask("refuses", content)
        except Stopped:  # by what it was given to look at
            refused = True
        if refused:
            return JSONResponse({"fault": self.catalogue.gettext(NO_PICTURE)}, 422)
        try:
            file = await aside(self.workshop.desk.picture, name, content)
        except Refused:
            return JSONResponse({"fault": self.catalogue.gettext(NO_PICTURE)}, 422)
        except CannotWrite as error:
            return JSONResponse({"fault": self.catalogue.say(error.message)}, 507)
        return JSONResponse({"file": file})

    async def undo(self, request: Request) -> Response:
        """Take a change back: that of a number, else the last one."""
        number = (await given_of(request)).get("number")
        if not isinstance(number, int | None):
            raise HTTPException(400)
        return await self.done(self.workshop.desk.undo, number)

    async def redo(self, _request: Request) -> Response:
        """Make the change anew that was taken back last."""
        return await self.done(self.workshop.desk.redo)
