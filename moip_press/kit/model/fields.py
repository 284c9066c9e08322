"""The kinds of value that a field of a kit can hold.

Everything arrives as text, list or mapping (``source`` types nothing), and each kind
here says what it accepts, in its JSON Schema too, so that an editor completes and
checks what the model will take.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Container, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain, count
from typing import Annotated, Any, ClassVar, Literal, LiteralString, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema
from slugify import slugify

from moip_press.kit.when import (
    Period,
    When,
    WhenError,
    parse_date,
    parse_event_when,
    parse_period,
    parse_when,
)
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.text.characters import printed
from moip_press.text.folding import letters
from moip_press.text.language_names import language_tag, nearest_language

TEXT_SCHEMA = {"type": ["string", "number", "boolean"]}
ID_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LINK_SCHEMES = ("http", "https", "mailto", "tel")
MARKDOWN = re.compile(r"\n|\{page:|\]\(")
HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")
ADDRESS = re.compile(r"[^\s@/]+@[\w-]+(\.[\w-]+)+")
EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>.]+(\.[^\s@,;<>.]+)+")
# where CSS places a picture that is cut: object-position
FOCUS = re.compile(
    r"(?:left|right|center|[0-9]{1,3}%)(?: (?:top|bottom|center|[0-9]{1,3}%))?"
    r"|(?:top|bottom)(?: (?:left|right|center))?"
)
NUMBER = re.compile(r"[0-9]{1,9}")
# letters are for “ext.” and its like; more is said of numbers where the texts are proofread
TELEPHONE = re.compile(r"(?=(?:[^0-9]*[0-9]){3})[\w\s.()+/-]+")
PERIODS = {"fr": "du 1er au 30 novembre 2021", "en": "1 to 30 November 2021"}
MEANT = N_("Did you mean “{suggestion}”?")


def field_error(
    code: LiteralString, message: str, hint: str | Message | None, **values: Any
) -> PydanticCustomError:
    """Return the error that a field raises: what its diagnostic will say."""
    said = Message(hint, values) if isinstance(hint, str) else hint
    return PydanticCustomError(code, code, {"message": Message(message, values), "hint": said})


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "a text is needed")
    return value


class Record(BaseModel):
    """A record of the kit: frozen, and strict about the fields it knows.

    The text below a field is what an editor shows where the field is typed; ``schemas`` reads it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)
    plain_field: ClassVar[str] = ""
    """The field that a plain text in the place of the record is, where one is meant."""
    open_fields: ClassVar[bool] = False
    """Whether a team may have fields of its own in it, below ``fields``."""

    @classmethod
    def of_text(cls, text: str) -> dict[str, Any] | None:
        """Return the fields that a plain text in its place stands for; ``None`` for none."""
        return {cls.plain_field: text} if cls.plain_field else None


class Text(str):
    """Plain text on one line: a title, a name, a place. Printed with typography, no markup."""

    __slots__ = ()
    description = "Plain text."

    @classmethod
    def read(cls, value: str) -> Self:
        """Return the text with its line breaks and runs of spaces made single spaces."""
        return cls(re.sub(r"[ \t\r\n]+", " ", value).strip(" "))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls._not_empty, core_schema.str_schema(strict=True)
        )

    @classmethod
    def _not_empty(cls, value: str) -> Self:
        text = cls.read(value)
        if not printed(text).strip(" "):
            raise PydanticCustomError("empty", "empty")
        return text

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**TEXT_SCHEMA, "description": cls.description}


class Cell(Text):
    """A cell of a table: plain text on one line, or nothing."""

    __slots__ = ()
    description = "The text or the number of a cell; nothing leaves it empty."

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            lambda value: "" if value is None else value,
            core_schema.no_info_after_validator_function(
                cls.read, core_schema.str_schema(strict=True)
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean", "null"], "description": cls.description}


class Prose(Text):
    """Markdown: paragraphs, lists, emphasis, links, ``{page:id}`` and ``{website}``."""

    __slots__ = ()
    description = (
        "Markdown: paragraphs, lists, *emphasis*, [links](https://…), {page:id}, {website}."
    )

    @classmethod
    def read(cls, value: str) -> Self:
        """Return the Markdown with blank lines at its ends removed."""
        return cls(value.rstrip())

    @classmethod
    def _not_empty(cls, value: str) -> Self:
        text = super()._not_empty(value)
        if not text.strip():
            raise PydanticCustomError("empty", "empty")
        return text


def words(value: Any) -> Any:
    """Return a value of a kit's own template with each text in it as ``Prose`` or ``Text``.

    What the template makes of it is not known; a text that looks like Markdown is checked as such.
    """
    if isinstance(value, str):
        return Prose(value) if MARKDOWN.search(value) else Text(value)
    if isinstance(value, Mapping):
        return {name: words(item) for name, item in value.items()}
    return [words(item) for item in value] if isinstance(value, list) else value


def listed(value: Any) -> Any:
    """Return a single text as a list of it; any other value unchanged."""
    return [value] if isinstance(value, str) else value


def check_one_number(given: Sequence[str]) -> None:
    """Raise the error of a record whose number none of its fields says, or several say."""
    if not given:
        hint = N_("Add a line “{field}: …” here.")
        raise field_error("S102", N_("The field “{field}” is missing."), hint, field="value")
    if len(given) > 1:
        message = N_("“{one}” and “{other}” both say what this number is.")
        hint = N_("Keep one of them.")
        raise field_error("S161", message, hint, one=given[0], other=given[1])


def slug(text: str) -> str:
    """Return the ASCII id made from a title: ``"Les événements"`` → ``"les-evenements"``."""
    return slugify(text, max_length=60, word_boundary=True, backend="text-unidecode") or "x"


def free_name(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken: itself, else with the first free number, as "lyon-2"."""
    numbered = (f"{name}-{number}" for number in count(2))
    return next(each for each in chain([name], numbered) if each not in taken)


def id_from(*fields: str) -> Callable[[dict[str, Any]], str]:
    """Return the default of an ``id`` field: the slug of the first of some fields that is there."""
    return lambda data: slug(next(filter(None, map(data.get, fields)), "x"))


def _checked(
    pattern: re.Pattern[str], code: LiteralString, message: str, hint: str
) -> Callable[[object], str]:
    """Return what checks that a text has a form."""

    def check(value: object) -> str:
        text = _text(value)
        if not pattern.fullmatch(text):
            raise field_error(code, message, hint, value=text)
        return text

    return check


def _read_id(value: object) -> str:
    text = _text(value)
    if not ID_FORM.fullmatch(text):
        message = N_("“{value}” cannot be an id: an id is made of a–z, 0–9 and single hyphens.")
        raise field_error("S104", message, MEANT, value=text, suggestion=slug(text))
    return text


def _read_date(value: object, info: ValidationInfo) -> datetime.date:
    try:
        return parse_date(_text(value), _language(info))
    except WhenError as error:
        form = Message(N_("Write it as year, month and day: 2021-11-18."))
        raise _when_error(error, error.hint and form) from None


def read_period(value: str, info: ValidationInfo) -> Period:
    """Return the period that a text says. Raises the error of the field where it says none."""
    try:
        return parse_period(value, _language(info))
    except WhenError as error:
        form = N_("Write for example “{example}”, or “{{start: 2021-11-01, end: 2021-11-30}}”.")
        example = PERIODS[_language(info)]
        raise _when_error(error, Message.of(form, example=example)) from None


Parse = Callable[[str, str, Period | None], When]


def _read_when(value: object, info: ValidationInfo) -> When:
    if isinstance(value, When):
        return value
    if value is None:
        raise PydanticKnownError("missing")
    return _parsed(parse_event_when, value, info)


def _read_new_date(value: object, info: ValidationInfo) -> When | None:
    """Return the new date of what is postponed; None where it is still to be confirmed."""
    when = None if value is None else _read_when(value, info)
    return when if when and when.known else None


def _parsed(parse: Parse, value: object, info: ValidationInfo) -> When:
    period = (info.context or {}).get("period")
    try:
        return parse(_text(value), _language(info), period)
    except WhenError as error:
        raise _when_error(error, error.hint) from None


def _read_moment(value: object, info: ValidationInfo) -> When:
    """Return one day and at most one hour, which is when something ends or begins."""
    when = _parsed(parse_when, value, info)
    one_hour = all(slot.end is None and not slot.onwards for slot in when.slots)
    if when.kind != "day" or len(when.slots) > 1 or not one_hour:
        message = N_("“{text}” is more than one day and one hour.")
        hint = N_("Write one day, with its hour: 2021-11-02 06:00.")
        raise field_error("D101", message, hint, text=value)
    return when


def _language(info: ValidationInfo) -> str:
    return str((info.context or {}).get("language", "fr"))


def _when_error(error: WhenError, hint: Message | None) -> PydanticCustomError:
    """Return the error of a date, at its place in the text."""
    hint = hint or Message(N_("Check this date, and correct it."))
    place = {"start": error.start, "end": error.end}
    return PydanticCustomError("D101", "D101", {"message": error.message, "hint": hint, **place})


def _read_yes_no(value: object) -> bool:
    said = {"yes": True, "true": True, "oui": True, "no": False, "false": False, "non": False}
    text = _text(value)
    if text.lower() not in said:
        message, hint = N_("“{value}” is neither yes nor no."), N_("Write “yes” or “no”.")
        raise field_error("S104", message, hint, value=text)
    return said[text.lower()]


def _read_link(value: object) -> str:
    text = _text(value)
    try:
        parts = urlsplit(text)
        complete = bool(parts.netloc if parts.scheme in ("http", "https") else parts.path)
    except ValueError:
        complete, parts = False, urlsplit("")
    if parts.scheme in LINK_SCHEMES and complete and not re.search(r"\s", text):
        return text
    schemes = N_("Links begin with https://, http://, mailto: or tel:.")
    if parts.scheme.isalpha() and parts.scheme not in LINK_SCHEMES:
        message = N_("“{text}” is not a link that a press kit may hold.")
        raise field_error("X102", message, schemes, text=text)
    prefix = "https://" if HOST.fullmatch(text) else "mailto:" if ADDRESS.fullmatch(text) else ""
    hint = MEANT if prefix else schemes
    message = N_("“{text}” is not a complete link.")
    raise field_error("L101", message, hint, text=text, suggestion=prefix + text)


def _read_time_zone(value: object) -> str:
    text = _text(value)
    try:
        known = ZoneInfo(text).key == text and ("/" in text or text == "UTC")
    except (KeyError, ValueError, OSError):
        known = False
    if not known:
        message = N_("“{value}” is not the name of a time zone.")
        hint = N_("Write its name, such as Europe/Paris or America/Cayenne.")
        raise field_error("S104", message, hint, value=text)
    return text


def _read_language(value: object) -> str:
    text = _text(value)
    tag = language_tag(text)
    if tag is None:
        near = nearest_language(text)
        message = N_("“{value}” is no language that is known.")
        hint = MEANT if near else N_("Write its name or its code, such as breton or br.")
        raise field_error("S104", message, hint, value=text, suggestion=near)
    return tag


_number = _checked(
    NUMBER,
    "S104",
    N_("“{value}” is not a whole number."),
    N_("Write it in digits alone, such as 8."),
)
_email = _checked(
    EMAIL,
    "L104",
    N_("“{value}” is not an e-mail address."),
    N_("Write one address and nothing else, such as press@example.org."),
)
_telephone = _checked(
    TELEPHONE,
    "L105",
    N_("“{value}” is not a telephone number."),
    N_("Write one number in digits, such as 01 02 03 04 05."),
)

ACCESS: Mapping[str, str] = {
    "wheelchair": N_("Wheelchair access"),
    "hearing-loop": N_("Hearing loop"),
    "sign-language": N_("Sign language"),
    "captions": N_("Captions"),
    "audio-description": N_("Audio description"),
    "tactile": N_("To touch"),
    "easy-read": N_("Easy to read"),
    "quiet": N_("Quiet hours"),
    "relaxed": N_("Relaxed performance"),
    "assistance-dog": N_("Assistance dogs welcome"),
}
"""What may make an event accessible, and how the pages say it; `styles/icons/` draws each."""

ACCESS_IN_FRENCH = {
    "fauteuil": "wheelchair",
    "fauteuil-roulant": "wheelchair",
    "pmr": "wheelchair",
    "boucle-magnetique": "hearing-loop",
    "langue-des-signes": "sign-language",
    "lsf": "sign-language",
    "sous-titres": "captions",
    "surtitres": "captions",
    "audiodescription": "audio-description",
    "tactile": "tactile",
    "falc": "easy-read",
    "facile-a-lire": "easy-read",
    "heures-calmes": "quiet",
    "relax": "relaxed",
    "chien-guide": "assistance-dog",
    "chien-d-assistance": "assistance-dog",
}


def _read_access(value: object) -> str:
    text = _text(value)
    known = {name: name for name in ACCESS} | ACCESS_IN_FRENCH
    written = re.sub(r"[\W_]+", "-", letters(text))
    code = known.get(written)
    if code is None:
        close = get_close_matches(written, known, n=1)
        message = N_("“{value}” is no kind of access that the pages can draw.")
        hint = MEANT if close else N_("Write one of these, or say it in a note: {names}.")
        suggestion = known[close[0]] if close else ""
        raise field_error(
            "S104", message, hint, value=text, suggestion=suggestion, names=", ".join(ACCESS)
        )
    return code


def _read_speaker(value: object) -> str:
    """Return a line "name, role", of a mapping with these fields too."""
    if not isinstance(value, Mapping):
        return _text(value)
    unknown = [name for name in value if name not in ("name", "role")]
    if unknown or "name" not in value:
        message = N_("A speaker has a name and a role, and nothing else.")
        raise field_error("S104", message, N_("Write name: … and role: …, or both on one line."))
    return ", ".join(_text(value[name]) for name in ("name", "role") if name in value)


LanguageTag = Annotated[
    str,
    BeforeValidator(_read_language),
    WithJsonSchema({"type": "string", "examples": ["fr", "en", "br", "fsl"]}),
]
TimeZone = Annotated[
    str,
    BeforeValidator(_read_time_zone),
    WithJsonSchema({"type": "string", "examples": ["Europe/Paris", "America/Cayenne"]}),
]
Id = Annotated[
    str,
    BeforeValidator(_read_id),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{ID_FORM.pattern}$"}),
]
Date = Annotated[
    datetime.date,
    BeforeValidator(_read_date),
    WithJsonSchema({"type": "string", "description": "A date: 2021-11-01."}),
]
Access = Annotated[
    Text,
    BeforeValidator(_read_access),
    WithJsonSchema({"enum": list(ACCESS)}),
]
Speaker = Annotated[
    Text,
    BeforeValidator(_read_speaker),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "examples": ["Jeanne Martin, astrophysicienne"]},
                {
                    "type": "object",
                    "properties": {"name": TEXT_SCHEMA, "role": TEXT_SCHEMA},
                    "required": ["name"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
Focus = Annotated[
    Text,
    AfterValidator(
        _checked(
            FOCUS,
            "S104",
            N_("“{value}” names no point of a picture."),
            N_("Write left, right, top, bottom or center, or two of them, or 30% 40%."),
        )
    ),
    WithJsonSchema({"type": "string", "pattern": f"^{FOCUS.pattern}$"}),
]
Fields = Annotated[dict[str, Any], AfterValidator(words)]
YesNo = Annotated[
    bool,
    BeforeValidator(_read_yes_no),
    WithJsonSchema({"enum": [True, False, "yes", "no", "oui", "non"]}),
]
Number = Annotated[
    int,
    BeforeValidator(lambda value: int(_number(value))),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]{1,9}$"}),
]
Link = Annotated[
    str,
    BeforeValidator(_read_link),
    WithJsonSchema({"type": "string", "pattern": "^(https?://|mailto:|tel:)"}),
]
Email = Annotated[
    Text,
    AfterValidator(_email),
    WithJsonSchema({"type": "string", "pattern": f"^\\s*{EMAIL.pattern}\\s*$"}),
]
Telephone = Annotated[
    Text,
    AfterValidator(_telephone),
    WithJsonSchema({"type": ["string", "integer"], "pattern": "([^0-9]*[0-9]){3}", "minimum": 100}),
]
WHEN_SCHEMA = {
    "type": "string",
    "description": "When it takes place, as one writes it.",
    "examples": [
        "16 novembre",
        "18 novembre, 18:00-20:00",
        "4 et 5 novembre",
        "25 au 27 novembre",
        "à partir du 8 novembre",
        "2021-11-18 18:00/20:00",
        "à confirmer",
    ],
}
WhenText = Annotated[When, BeforeValidator(_read_when), WithJsonSchema(WHEN_SCHEMA)]
NewDateText = Annotated[When | None, BeforeValidator(_read_new_date), WithJsonSchema(WHEN_SCHEMA)]
MomentText = Annotated[
    When,
    BeforeValidator(_read_moment),
    WithJsonSchema(
        {
            "type": "string",
            "description": "A day and an hour, as one writes them.",
            "examples": ["2 novembre 2021 à 6 h", "2021-11-02 06:00"],
        }
    ),
]
Opener = Literal["auto", "band", "half", "page"]
Spacing = Literal["auto", "tight", "normal", "wide", "widest"]
Language = Literal["fr", "en"]
KitStatus = Literal["draft", "final"]
EventStatus = Literal["confirmed", "draft", "cancelled", "postponed"]
SessionStatus = Literal["confirmed", "draft", "full", "cancelled", "postponed"]
