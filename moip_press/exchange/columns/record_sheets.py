"""The tables themselves: for each kind of row its columns, and what has none, with the reason.

How a value stands in its cell, and what an empty cell means, comes from the model; a test
compares these tables with it, so that a new field asks for a decision here.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from moip_press.exchange.columns import column_spellings as n
from moip_press.exchange.columns.column import (
    Column,
    Form,
    RecordSheet,
    Value,
    heading_key,
    said_as,
)
from moip_press.kit.model import blocks, parts, records, sessions
from moip_press.kit.model.fields import Prose
from moip_press.kit.model.kit import Kit
from moip_press.report.messages import N_

OWN_SHEET = "its records have a sheet of their own"
LAYOUT = "how pages are laid out is decided in the kit"
KIND = "the sheet says it"
RIGHTS = "what may be done with a picture is decided where it lies, in the kit"
DRAWN = "what a chart shows, and how, is decided in the kit"
VALIDATED = dict.fromkeys(
    ("validated.by", "validated.on"), "it is said in the kit, by those who answer for it"
)


def _of_picture(path: str) -> Mapping[str, str]:
    """Return the fields of a picture that have no column, each with the reason."""
    rights = dict.fromkeys((f"{path}.rights", f"{path}.until", f"{path}.consent"), RIGHTS)
    return {f"{path}.focus": LAYOUT, **rights}


ANYWHERE = {"listed": LAYOUT, "handout": LAYOUT, "type": KIND, **VALIDATED}
BLOCKS: tuple[type[BaseModel], ...] = (
    blocks.TextBlock,
    blocks.BoxBlock,
    blocks.QuoteBlock,
    blocks.FigureBlock,
    blocks.KeyFiguresBlock,
    blocks.ChartBlock,
    blocks.MapBlock,
    blocks.CardsBlock,
    blocks.DirectoryBlock,
    blocks.LabsBlock,
    blocks.MissionsBlock,
)
"""The blocks with rows of their own; a table is edited in its file, and stays out."""


@dataclass(frozen=True)
class Leaf:
    """A field: how it stands in a cell, none for a list of records; what it is if absent."""

    form: Form | None
    default: Value | None = None
    choices: tuple[str, ...] = ()


def leaves(*models: type[BaseModel]) -> Mapping[str, Leaf]:
    """Return the fields of records by their path, in the order of the model."""
    return {path: leaf for model in models for path, leaf in _leaves(model, "")}


def _leaves(model: type[BaseModel], before: str) -> Iterator[tuple[str, Leaf]]:
    for name, field in model.model_fields.items():
        kind, path = _bare(field.annotation), before + name
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _leaves(kind, f"{path}.")
        else:
            yield path, _leaf(kind, field.default)


def _bare(annotation: Any) -> Any:
    """Return an annotation without ``| None`` and what is annotated to it."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        return _bare(kinds[0]) if len(kinds) == 1 else annotation
    return annotation


def _leaf(kind: Any, default: Any) -> Leaf:
    if kind is bool:
        return Leaf(Form.YES_NO, default if isinstance(default, bool) else None)
    if get_origin(kind) is Literal:
        words = tuple(map(str, get_args(kind)))
        return Leaf(Form.CHOICE, default if default in words else None, words)
    if get_origin(kind) is tuple:
        return Leaf(_form_of_list(_bare(get_args(kind)[0])))
    if isinstance(kind, type):
        return Leaf(Form.PROSE if issubclass(kind, Prose) else Form.LINE)
    return Leaf(None)


def _form_of_list(kind: Any) -> Form | None:
    if not isinstance(kind, type) or issubclass(kind, BaseModel):
        return None
    return Form.PROSES if issubclass(kind, Prose) else Form.LINES


def _sheet(
    kind: str,
    title: str,
    note: str,
    models: tuple[type[BaseModel], ...],
    columns: tuple[Column, ...],
    apart: Mapping[str, str] | None = None,
) -> RecordSheet:
    """Return a sheet; the model says how a value stands in its cell, and the default."""
    known = leaves(*models)
    found = ((column, known.get(column.path, Leaf(Form.LINE))) for column in columns)
    full = (replace(c, form=leaf.form or Form.LINE, default=leaf.default) for c, leaf in found)
    return RecordSheet(kind, title, note, models, tuple(full), apart or {})


def _under(path: str, *columns: Column) -> tuple[Column, ...]:
    return tuple(column.below(path) for column in columns)


SESSION = _sheet(
    "session",
    N_("Sessions"),
    N_("A row is one of several times that an event is held."),
    (sessions.Session,),
    (
        n.SESSION_ID,
        n.SESSION_OF,
        n.WHEN,
        n.VENUE,
        n.ADDRESS,
        n.TOWN,
        n.ROOM,
        n.ONLINE,
        n.PRICE,
        replace(n.REGISTRATION, path="booking"),
        n.SESSION_STATUS,
        n.POSTPONED_TO,
        n.SESSION_NOTE,
        n.SESSION_LANGUAGE,
        n.TIMEZONE,
    ),
)
IN_EVENTS: Mapping[str, str] = {
    **{path: path for path in ("when", "place.venue", "place.address", "place.town", "online")},
    **{path: path for path in ("price", "status", "postponed_to", "timezone")},
    "booking": "registration",
    **{path: f"sessions.{path}" for path in ("id", "room", "note", "language")},
}
"""In the table of events, where a row is a session, the columns that say something of it alone."""


def _of_session(*paths: str) -> tuple[Column, ...]:
    """Return the columns of sessions in the table of events."""
    return tuple(replace(SESSION.by_path[path], path=IN_EVENTS[path]) for path in paths)


EVENT = _sheet(
    "event",
    N_("Events"),
    N_("A row is an event of the programme, or one of its sessions."),
    (records.Event,),
    (
        n.ID,
        n.SECTION,
        n.EVENT_TITLE,
        *_of_session("id"),
        n.WHEN,
        n.ORGANISERS,
        n.ORGANISERS_LINE,
        n.EVENT_TEXT,
        n.VENUE,
        n.ADDRESS,
        n.TOWN,
        n.ONLINE,
        n.REGION,
        n.TIMEZONE,
        n.THEME,
        n.AUDIENCE,
        n.AGE,
        n.PRICE,
        n.DURATION,
        n.CAPACITY,
        n.LANGUAGES,
        n.SPEAKERS,
        n.ACCESS,
        n.EVENT_LINK,
        n.REGISTRATION,
        n.STATUS,
        n.POSTPONED_TO,
        n.NOTES,
        n.LANGUAGE,
        *_of_session("room", "note", "language"),
        n.PENDING,
        *n.PARTS_OF_WHEN,
        *n.READ_INTO_OTHERS,
    ),
    VALIDATED
    | {path: "pictures stay in the kit" for path in leaves(records.Event) if "image." in path}
    | {"page": LAYOUT, "fields": "the kit says which there are", "sessions": "a row each"},
)
CONTACT = _sheet(
    "contact",
    N_("Press contacts"),
    N_("A row is somebody whom journalists write to or call."),
    (records.Contact,),
    (n.ID, n.PERSON, n.ORGANISATION, n.ROLE, n.EMAIL, n.TELEPHONE, n.AVAILABILITY),
    VALIDATED | dict.fromkeys(("regions", "sections"), "what they answer for is said in the kit"),
)
LAB = _sheet(
    "lab",
    N_("Labs"),
    N_("A row is the profile of a laboratory, or of a body like it."),
    (records.Lab,),
    (
        n.ID,
        n.BLOCK_OF,
        n.LAB_NAME,
        n.REGION,
        n.TAGLINE,
        n.PROFILE,
        n.LINK,
        *_under("logo", n.FILE, n.ALT, n.WORDS, n.PICTURE_PENDING),
        n.PENDING,
    ),
    {**VALIDATED, "logo.on": LAYOUT, "logo.rights": RIGHTS, "logo.until": RIGHTS},
)
DIRECTORY = _sheet(
    "directory",
    N_("Directory"),
    N_("A row is a line of a table of names and regions."),
    (records.DirectoryEntry,),
    (n.ID, n.BLOCK_OF, n.LAB_NAME, n.REGION, n.LINK),
)
PORTRAIT = (n.FILE, n.ALT, n.CAPTION, n.CREDIT, n.DECORATIVE, n.PICTURE_PENDING)
EDITORIAL = _sheet(
    "editorial",
    N_("Editorials"),
    N_("A row is an editorial and who signs it."),
    (parts.Editorial,),
    (
        n.ID,
        n.TITLE,
        n.CONTENTS_TITLE,
        n.AUTHOR,
        n.AUTHOR_ROLE,
        n.BODY,
        n.PULL_QUOTE,
        *_under("author.portrait", *PORTRAIT),
        n.PENDING,
    ),
    {**ANYWHERE, **_of_picture("author.portrait")},
)
INTERVIEW = _sheet(
    "interview",
    N_("Interviews"),
    N_("A row is an interview; its questions have a sheet of their own."),
    (parts.Interview,),
    (
        n.ID,
        n.TITLE,
        n.CONTENTS_TITLE,
        n.INTERVIEWED,
        n.INTERVIEWED_ROLE,
        n.INTRODUCTION,
        *_under("person.portrait", *PORTRAIT),
        n.PENDING,
    ),
    {**ANYWHERE, "exchanges": OWN_SHEET, **_of_picture("person.portrait")},
)
EXCHANGE = _sheet(
    "exchange",
    N_("Questions"),
    N_("A row is a question of an interview and its answer."),
    (records.Exchange,),
    (n.ID, n.INTERVIEW_OF, n.QUESTION, n.ANSWER),
)
ARTICLE = _sheet(
    "article",
    N_("Articles"),
    N_("A row is an article; its blocks have a sheet of their own."),
    (parts.Article,),
    (n.ID, n.TITLE, n.CONTENTS_TITLE, n.INTRODUCTION, n.PENDING),
    {**ANYWHERE, "body": OWN_SHEET},
)
BLOCK = _sheet(
    "block",
    N_("Blocks"),
    N_("A row is a block of an article: a text, a box, a quotation, a picture…"),
    BLOCKS,
    (
        n.ID,
        n.ARTICLE_OF,
        n.BLOCK_TYPE,
        n.TITLE,
        n.INTRODUCTION,
        n.TEXT,
        n.QUOTED,
        n.COLUMNS,
        *_under("image", *PORTRAIT),
    ),
    {"id": "the place of the block stands for it", "page": LAYOUT, **_of_picture("image")}
    | {"items": OWN_SHEET, "labs": OWN_SHEET}
    | dict.fromkeys(
        (
            "kind",
            "by",
            "region",
            "rows",
            "from_",
            "sheet",
            "series",
            "count",
            "sum",
            "unit",
            "order",
            "caption",
            "source",
            "width",
        ),
        DRAWN,
    ),
)
ITEM = _sheet(
    "item",
    N_("Figures and cards"),
    N_("A row is a key figure, a card or a mission of a block."),
    (records.KeyFigure, records.Card, records.Mission),
    (n.ID, n.BLOCK_OF, n.TITLE, n.TEXT, n.FIGURE, n.COUNTED, n.FIGURE_SOURCE),
    dict.fromkeys(("count", "sum"), "what is computed is decided in the kit"),
)
SECTION = _sheet(
    "section",
    N_("Sections"),
    N_("A row is a section of the programme, without its events."),
    (parts.Programme,),
    (n.ID, n.TITLE, n.CONTENTS_TITLE, n.KICKER, n.INTRODUCTION, n.PENDING),
    ANYWHERE
    | {"opener": LAYOUT, "spacing": LAYOUT, "order": LAYOUT, "events": OWN_SHEET}
    | {"complete": "what is checked is decided in the kit"}
    | {path: "pictures stay in the kit" for path in leaves(parts.Programme) if "image." in path}
    | {"closing_links": "they are few, and lists of records have no cell"},
)
SHEETS = (
    EVENT,
    CONTACT,
    LAB,
    DIRECTORY,
    EDITORIAL,
    INTERVIEW,
    EXCHANGE,
    ARTICLE,
    BLOCK,
    ITEM,
    SECTION,
)
"""What has a sheet of its own in a workbook; sessions stand in that of events."""
KINDS: Mapping[str, RecordSheet] = {sheet.kind: sheet for sheet in (*SHEETS, SESSION)}
OWN_FIELD = "fields."
"""How the paths of fields begin that a kit has of its own."""


def own_columns(kit: Kit) -> tuple[Column, ...]:
    """Return the columns of a kit's own fields, those of its list first, by their labels.

    One that is labelled as another column is headed by its path.
    """
    declared = kit.edition.fields
    used = (name for event in kit.events() for name in event.fields)
    known = frozenset().union(*(c.synonyms | said_as(c.heading) for c in EVENT.columns))
    labels = {name: declared.get(name) or name for name in (*declared, *used)}
    return tuple(
        Column(OWN_FIELD + name, OWN_FIELD + name if heading_key(label) in known else label)
        for name, label in labels.items()
    )
