"""The looks of the kit: colours with contrast, fonts, logo, cover; seen on the pages at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from slugify import slugify
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from moip_press.kit.folders import LOOKS, MANIFEST
from moip_press.kit.model.looks import HEX, MOST_COLOURS, SectionColour
from moip_press.kit.source.nodes import Plain
from moip_press.kit.theme_sheet import WHITE, shades, usual_colours, usual_sections
from moip_press.report.messages import N_
from moip_press.studio.answers import given_of
from moip_press.studio.forms import Form, below
from moip_press.studio.jobs.views import JobViews
from moip_press.studio.records import NoSuchFile, read_file_of, value_at
from moip_press.studio.saving import Place, Refused
from moip_press.studio.told import NewText
from moip_press.studio.workshop import aside
from moip_press.system import fonts
from moip_press.system.atomic import CannotWrite
from moip_press.system.colours import SMALL, contrast
from moip_press.system.enforcement import Broken, OverLimit
from moip_press.system.limits import FONT

KIND = "theme"
CHOICES = ("cover", "cover_ground", "titles", "measure", "page")
"""The fields of ``theme.yaml`` of which one value is chosen."""
COLOURS = {
    "ground": N_("Ground of cover and openers, titles on white"),
    "accent": N_("What stands out on the ground"),
    "ink": N_("Text"),
}
ROLES = {"sans": N_("Titles, dates, most texts"), "serif": N_("Texts to be read at length")}
BEGUN = "# Les choix d’apparence du kit.\ntitles: as-typed\n"
ENDINGS = frozenset({".ttf", ".otf", ".woff", ".woff2"})
NO_COLOUR = N_("This is no colour.")
NO_FONT = N_("This is no font that can be used: TrueType, OpenType, WOFF and WOFF2 are read.")


@dataclass(frozen=True)
class Pair:
    """A colour, the ground that it stands on, and how well it stands out: from 1 to 21."""

    words: str
    colour: str
    ground: str

    @property
    def ratio(self) -> float:
        """The contrast, as WCAG 2.2 defines it."""
        return contrast(self.colour, self.ground)

    @property
    def enough(self) -> bool:
        """Whether text in it can be read."""
        return self.ratio >= SMALL


class ThemeViews(JobViews):
    """What shows and changes ``theme.yaml``, and the logo."""

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of these views."""
        posted = {"set": self.set, "sections": self.sections, "font": self.font, "logo": self.logo}
        posted["plain"] = self.plain
        return [
            Route("/jobs/theme", self.page),
            *(
                Route(f"/jobs/theme/{name}", view, methods=["POST"])
                for name, view in posted.items()
            ),
        ]

    async def page(self, _request: Request) -> Response:
        """The page of the job."""
        root = await aside(self._read)
        colours = {**usual_colours(), **_given(below(root, "colours"))}
        sections = _sections(root)
        form = Form(LOOKS, root, self.catalogue)
        shown = [field for name in CHOICES if (field := form.field((), (name,)))]
        return self.job_page(
            "jobs/theme.html",
            KIND,
            colours=[(name, self.say(words), colours[name]) for name, words in COLOURS.items()],
            own=_given(below(root, "colours")),
            sections=sections or [each["dark"] for each in usual_sections()],
            most=MOST_COLOURS,
            pairs=self._pairs(colours, sections),
            fields=shown,
            fonts=[(role, self.say(words), _fonts(root, role)) for role, words in ROLES.items()],
            logo=await aside(self._logo),
        )

    async def set(self, request: Request) -> Response:
        """Choose a value, or the usual one again."""
        given = await given_of(request)
        name, value = str(given.get("name") or ""), str(given.get("value") or "")
        above, _, own = name.partition(".")
        if above == "colours" and own in COLOURS:
            colour = _colour(value) if value else None
            return self.fault(NO_COLOUR) if value and not colour else await self._put(name, colour)
        if name not in CHOICES:
            raise HTTPException(400)
        field = Form(LOOKS, await aside(self._read), self.catalogue).field((), (name,))
        if field is None or (value and value not in field.choices):
            raise HTTPException(400)
        return await self._put(name, value or None)

    async def sections(self, request: Request) -> Response:
        """Choose the colours of sections, in turn; none for the usual ones."""
        listed = (await given_of(request)).get("colours")
        if not isinstance(listed, list) or len(listed) > MOST_COLOURS:
            raise HTTPException(400)
        colours = [colour for each in listed if (colour := _colour(str(each)))]
        if len(colours) < len(listed):
            return self.fault(NO_COLOUR)
        return await self._put("colours.sections", list(colours) or None)

    async def font(self, request: Request) -> Response:
        """Take a font file into the kit, for one of its roles."""
        role, name = (request.query_params.get(each, "") for each in ("role", "name"))
        if role not in ROLES:
            raise HTTPException(400)
        content = await request.body()
        ending = PurePath(name).suffix.lower()
        if ending not in ENDINGS or len(content) > FONT.bytes:
            return self.fault(NO_FONT)
        if not await aside(self._is_font, content, ending):
            return self.fault(NO_FONT)
        stem = slugify(PurePath(name).stem) or "font"
        try:
            file = await aside(self.workshop.desk.file, "fonts", stem, ending, content)
        except Refused:
            return self.fault(NO_FONT)
        except CannotWrite as error:
            return self.fault(error.message, 507)
        there = _fonts(await aside(self._read), role)
        return await self._put(f"fonts.{role}", [*there, *([] if file in there else [file])])

    async def plain(self, request: Request) -> Response:
        """Use the program's fonts again for a role; the files stay."""
        role = str((await given_of(request)).get("role") or "")
        if role not in ROLES:
            raise HTTPException(400)
        return await self._put(f"fonts.{role}", None)

    async def logo(self, request: Request) -> Response:
        """Show another logo: a picture that was taken in before."""
        given = await given_of(request)
        file, alt = (" ".join(str(given.get(each) or "").split()) for each in ("file", "alt"))
        if not file or not alt:
            raise HTTPException(400)
        place = Place(LOOKS if below(await aside(self._read), "logo") else MANIFEST, ())
        answer = await self.done(
            self.workshop.desk.record, place, ("logo",), {"file": file, "alt": alt}
        )
        return answer if answer.status_code != 200 else JSONResponse({"reload": True})

    async def _put(self, name: str, value: Plain) -> Response:
        """Let a field of ``theme.yaml`` hold a value; the file is begun where there is none."""
        desk = self.workshop.desk
        if not (self.workshop.kit / LOOKS).exists():
            begun = await self.done(desk.put, (NewText(LOOKS, None, BEGUN),), LOOKS)
            if begun.status_code != 200:
                return begun
        path = tuple(name.split("."))
        return await self.done(desk.record, Place(LOOKS, ()), path, value)

    def _read(self) -> Plain:
        try:
            return read_file_of(self.workshop.kit, LOOKS).plain()
        except (NoSuchFile, OSError):
            return None

    def _logo(self) -> Plain:
        """Return the logo that the pages show, of whichever file."""
        own = below(self._read(), "logo")
        try:
            return own or below(read_file_of(self.workshop.kit, MANIFEST).plain(), "logo")
        except (NoSuchFile, OSError):
            return own

    def _is_font(self, content: bytes, ending: str) -> bool:
        path = self.jobs.folder / f"font{ending}"
        path.write_bytes(content)
        try:
            fonts.face(path)
        except (OSError, Broken, OverLimit):
            return False
        finally:
            path.unlink(missing_ok=True)
        return True

    def _pairs(self, colours: Mapping[str, str], sections: list[str]) -> list[Pair]:
        """Return what stands on what, with its contrast."""
        ground = colours["ground"]
        found = [
            Pair(self.say(N_("White on the ground")), WHITE, ground),
            Pair(self.say(N_("Accent on the ground")), colours["accent"], ground),
            Pair(self.say(N_("Text on white")), colours["ink"], WHITE),
        ]
        made = [shades(SectionColour(colour=each), ground) for each in sections] or usual_sections()
        for number, each in enumerate(made, 1):
            words = self.say(N_("Section {number}: dates and headings"), number=number)
            found.append(Pair(words, each["dark"], each["tint"]))
            words = self.say(N_("Section {number}: on the ground"), number=number)
            found.append(Pair(words, each["bright"], ground))
        return found


def _colour(text: str) -> str | None:
    """Return a colour as ``#rrggbb``; None for what is none."""
    found = text.strip().lower()
    if not HEX.fullmatch(found):
        return None
    digits = found.removeprefix("#")
    return "#" + (digits if len(digits) > len("fff") else "".join(2 * each for each in digits))


def _given(colours: Plain) -> dict[str, str]:
    """Return the colours that a theme gives itself, those that can be read."""
    held: dict[str, Any] = colours if isinstance(colours, dict) else {}
    read = ((name, _colour(str(held.get(name)))) for name in COLOURS)
    return {name: colour for name, colour in read if colour}


def _sections(root: Plain) -> list[str]:
    listed = value_at(root, ("colours", "sections"))
    every = listed if isinstance(listed, list) else []
    read = (each if isinstance(each, str) else below(each, "colour") for each in every)
    return [colour for each in read if (colour := _colour(str(each)))]


def _fonts(root: Plain, role: str) -> list[str]:
    held = value_at(root, ("fonts", role))
    listed = held if isinstance(held, list) else [held] if held else []
    return [str(each) for each in listed]
