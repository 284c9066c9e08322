"""``theme.yaml``: what a kit chooses of its looks without writing CSS."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from moip_press.kit.model.fields import Record, field_error, listed
from moip_press.kit.model.records import Logo
from moip_press.report.messages import N_

HEX = re.compile(r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
LENGTH = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,2})?)\s*(?:mm)?")
FONT_FILE = re.compile(r".+\.(?:ttf|otf|woff2?)", re.IGNORECASE)
MOST_COLOURS = 12
SIZES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"A4": (210, 297), "A5": (148, 210), "Letter": (215.9, 279.4)}
)
"""The width and height of a page in millimetres."""
MARGINS: Mapping[str, tuple[float, float, float, float]] = MappingProxyType(
    {"A4": (20, 18, 24, 18), "A5": (17, 12, 24, 12), "Letter": (20, 20, 24, 20)}
)
"""The margins in millimetres where a kit says nothing: top, right, bottom, left."""
LABELS: Mapping[str, float] = MappingProxyType({"A4": 34, "A5": 26, "Letter": 34})
"""The left column of articles, that of their labels: ``--column`` of ``styles/measures.css``."""
LEAST = {"top": 15, "right": 8, "bottom": 19, "left": 8}  # what running titles and feet need
LARGEST = 50


def _read_colour(value: object) -> str:
    hint = N_("Write it as “#1f4fa8”, between quotation marks: a bare “#” begins a comment.")
    if not isinstance(value, str) or not value.strip():
        raise field_error("S104", N_("A colour is needed here."), hint)
    text = value.strip()
    if not HEX.fullmatch(text):
        raise field_error("S104", N_("“{value}” is no colour."), hint, value=text)
    digits = text.removeprefix("#").lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def _read_length(value: object) -> float:
    text = str(value).strip()
    found = LENGTH.fullmatch(text) if isinstance(value, str) else None
    if not found:
        hint = N_("Write the millimetres in digits, such as 18.")
        raise field_error("S104", N_("“{value}” is no length."), hint, value=text)
    return float(found[1].replace(",", "."))


def _read_scale(value: object) -> float:
    text = str(value).strip()
    found = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]{1,3})?)\s*(%?)", text)
    scale = float(found[1].replace(",", ".")) / (100 if found[2] else 1) if found else 0.0
    if not 0.95 <= scale <= 1.15:
        hint = N_("Write a number from 0.95 to 1.15; 1 is the usual size.")
        raise field_error("S104", N_("The type cannot be scaled by “{value}”."), hint, value=text)
    return scale


def _read_font(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not FONT_FILE.fullmatch(text):
        hint = N_("Name a file in the kit’s folder, such as fonts/Luciole-Regular.ttf.")
        message = N_("“{value}” is no font file (.ttf, .otf, .woff2).")
        raise field_error("S104", message, hint, value=text)
    return text


def _one_of(known: Mapping[str, str]) -> Callable[[object], object]:
    def read(value: object) -> object:
        written = re.sub(r"[\W_]+", "", value).casefold() if isinstance(value, str) else ""
        return known.get(written, value)

    return read


def _few(value: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(value) > MOST_COLOURS:
        hint = N_("They are used in turn: with more, nobody could tell them apart.")
        message = N_("There are more than {most} colours of sections.")
        raise field_error("S104", message, hint, most=MOST_COLOURS)
    return value


Colour = Annotated[
    str,
    BeforeValidator(_read_colour),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{HEX.pattern}$", "examples": ["#1f4fa8", "#c33"]}
    ),
]
Length = Annotated[
    float,
    BeforeValidator(_read_length),
    WithJsonSchema({"type": ["number", "string"], "minimum": 0, "pattern": "^[0-9]"}),
]
Scale = Annotated[
    float,
    BeforeValidator(_read_scale),
    WithJsonSchema({"type": ["number", "string"], "minimum": 0.95, "maximum": 1.15}),
]
FontFile = Annotated[
    str,
    BeforeValidator(_read_font),
    WithJsonSchema({"type": "string", "examples": ["fonts/Luciole-Regular.ttf"]}),
]
FontFiles = Annotated[
    tuple[FontFile, ...],
    BeforeValidator(listed),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
PageSize = Annotated[
    Literal["A4", "A5", "Letter"],
    BeforeValidator(_one_of({"a4": "A4", "a5": "A5", "letter": "Letter", "usletter": "Letter"})),
]


class SectionColour(Record):
    """The colour of a section. What is not given is made from what is."""

    plain_field = "colour"

    colour: Colour | None = None
    """The colour from which the others are made, such as “#1f4fa8”."""
    bright: Colour | None = None
    """What stands on the dark ground: the cover and the openers."""
    dark: Colour | None = None
    """What stands on white: dates, headings, organisers."""
    tint: Colour | None = None
    """What text stands on: panels and cards."""

    @model_validator(mode="after")
    def _given(self) -> Self:
        if not self.model_fields_set:
            hint = N_("Write “colour:” and a colour such as “#1f4fa8”.")
            raise field_error("S105", N_("The colour of a section has no value."), hint)
        return self

    @property
    def base(self) -> str:
        """The colour that the others are made from."""
        return self.colour or self.dark or self.bright or self.tint or ""


class Colours(Record):
    """The colours of the pages."""

    ground: Colour | None = None
    """The dark ground of cover and openers, and the titles on white."""
    accent: Colour | None = None
    """What stands out on the dark ground: the kind of document, the claim, draft and embargo."""
    ink: Colour | None = None
    """The text on white."""
    sections: Annotated[tuple[SectionColour, ...], Field(min_length=1), AfterValidator(_few)] = ()
    """The colours of the sections of the programme, in turn."""


class Fonts(Record):
    """The fonts of the pages, by their files; without them, those of the program."""

    sans: FontFiles = ()
    """The font of titles, dates and most texts: its files, one for each weight and style."""
    serif: FontFiles = ()
    """The font of texts to be read at length: editorial, interview, introductions."""


class Margins(Record):
    """The margins of the pages, in millimetres."""

    @classmethod
    def of_text(cls, text: str) -> dict[str, Any]:
        """Return the same margin on all sides."""
        return dict.fromkeys(LEAST, text)

    top: Length | None = None
    """Above the text: the running title stands in it."""
    right: Length | None = None
    """To the right of the text."""
    bottom: Length | None = None
    """Below the text: the folio and the line of contact stand in it."""
    left: Length | None = None
    """To the left of the text."""

    @model_validator(mode="after")
    def _leave_room(self) -> Self:
        for side, least in LEAST.items():
            length = getattr(self, side)
            if length is not None and not least <= length <= LARGEST:
                hint = N_("From {least} to {most} mm: what stands in the margins needs its room.")
                message = N_("A margin cannot be {length} mm.")
                raise field_error(
                    "S104", message, hint, length=f"{length:g}", least=least, most=LARGEST
                )
        return self


Cover = Literal["calendar", "plain", "picture-half", "picture-full"]


class Looks(Record):
    """What a kit chooses of its looks without writing CSS. All of it may be left out."""

    colours: Colours = Colours()
    """The colours: the ground, the accent, the ink and those of the sections."""
    fonts: Fonts = Fonts()
    """The fonts, by their files in the kit's folder."""
    logo: Logo | None = None
    """The logo of the campaign or event, on the cover, where the kit has none."""
    page: PageSize = "A4"
    """The size of the pages: A4, A5 or Letter (of the United States)."""
    margins: Margins = Margins()
    """The margins in millimetres: one number, or top, right, bottom and left."""
    scale: Scale = 1.0
    """How large the type is: from 0.95 to 1.15 of its usual size."""
    measure: Literal["usual", "wide"] = "usual"
    """How long lines are: usual (about 70 characters) or wide (up to 90, on fewer pages)."""
    cover: Cover | None = None
    """What the cover shows: the calendar of the events, its words alone, or a picture."""
    cover_ground: Literal["dark", "light"] = "dark"
    """The ground of the cover: light saves ink on the printers of an office."""
    titles: Literal["as-typed", "capitals"] = "as-typed"
    """Whether titles are printed in capitals."""

    @property
    def format(self) -> PageFormat:
        """The pages in millimetres."""
        own = (self.margins.top, self.margins.right, self.margins.bottom, self.margins.left)
        usual = MARGINS[self.page]
        sides = (
            given if given is not None else side for given, side in zip(own, usual, strict=True)
        )
        return PageFormat(*SIZES[self.page], *sides)

    @property
    def room(self) -> Room:
        """How wide texts, tables and charts may be."""
        page = self.format.text_width
        return Room(page / self.scale, (page - LABELS[self.page]) / self.scale)


@dataclass(frozen=True)
class PageFormat:
    """The size of a page and its margins, in millimetres."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """The height between the margins."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True)
class Room:
    """The widths on a page in millimetres, as if its type had the usual size.

    ``page`` is what the margins leave, ``column`` what stands beside the labels of an article.
    """

    page: float
    column: float


USUAL_PAGE = Looks().format
"""The pages of a kit that says nothing of them."""

USUAL_ROOM = Looks().room
