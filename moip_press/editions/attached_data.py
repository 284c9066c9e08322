"""The data that travels in a PDF: what its pages print, and the ids by which editions compare.

What may be told stands in a table, field by field. A field that is in no table stays out, be it
new: drafts, notes to oneself, file names and whatever the pages do not show never leave the kit.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from moip_press.kit import issue, press_contacts
from moip_press.kit.model import blocks, edition, parts, records, sessions
from moip_press.kit.model.fields import Prose
from moip_press.kit.model.kit import Kit
from moip_press.kit.when import When
from moip_press.report.messages import N_, Catalogue
from moip_press.text import prose

if TYPE_CHECKING:
    from moip_press.pdf.tagged_file import Attached

NAME = "data.json"
DESCRIPTION = N_("The data that this document prints.")
FORMAT = "moip-press/press-kit"
VERSION = 2
"""2: an event has `sessions`, and more fields; readers read all versions."""

# Texts without a character that could mean anything in Markdown: lines that begin with a letter.
UNMARKED = re.compile(
    r"(?:[^\W\d_][\w ,;:.!?'’«»“”\"()%€°/–—…-]*[\w,;:.!?'’«»“”\"()%€°/–—…](?:\n\n?|$))+"
)
# What the pages print of each record, by its field.
PRINTED: dict[type[BaseModel], tuple[str, ...]] = {
    edition.PeriodRecord: ("start", "end"),
    edition.NamedPeriod: ("name", "start", "end"),
    records.Publisher: ("name",),
    records.Contact: ("id", "name", "organisation", "role", "email", "telephone", "availability"),
    records.About: ("title", "text", "website", "website_label"),
    records.Partner: ("name", "group", "website"),
    records.Person: ("name", "role", "portrait"),
    records.Quotation: ("text", "person"),
    edition.CoverPage: ("picture",),
    records.Image: ("alt", "caption", "credit"),
    sessions.Place: ("venue", "address", "town"),
    sessions.Session: (
        "when",
        "id",
        "place",
        "room",
        "online",
        "status",
        "postponed_to",
        "price",
        "booking",
        "timezone",
        "language",
        "note",
    ),
    records.ClosingLink: ("title", "url"),
    records.Event: (
        "id",
        "title",
        "language",
        "organisers",
        "organisers_line",
        "sessions",
        "when",
        "postponed_to",
        "status",
        "place",
        "online",
        "timezone",
        "audience",
        "age",
        "price",
        "duration",
        "capacity",
        "languages",
        "speakers",
        "access",
        "image",
        "fields",
        "text",
        "notes",
        "link",
        "registration",
    ),
    records.Lab: ("id", "name", "region", "tagline", "profile", "link"),
    records.DirectoryEntry: ("name", "region", "link"),
    records.Exchange: ("question", "answer"),
    records.KeyFigure: ("value", "label", "source"),
    records.CountedFigure: ("value", "label", "source"),
    records.Card: ("title", "text"),
    records.Mission: ("title", "text"),
    blocks.TextBlock: ("type", "id", "title", "text"),
    blocks.BoxBlock: ("type", "id", "title", "text"),
    blocks.QuoteBlock: ("type", "id", "title", "text", "author"),
    blocks.FigureBlock: ("type", "id", "title", "image"),
    blocks.KeyFiguresBlock: ("type", "id", "title", "items"),
    blocks.ChartBlock: (
        "type",
        "id",
        "title",
        "kind",
        "rows",
        "series",
        "unit",
        "caption",
        "source",
    ),
    blocks.MapBlock: ("type", "id", "title", "by", "region", "rows", "unit", "caption", "source"),
    blocks.CountedMap: ("type", "id", "title", "by", "region", "rows", "unit", "caption", "source"),
    blocks.ChartRow: ("label", "value", "values"),
    blocks.CardsBlock: ("type", "id", "title", "items"),
    blocks.DirectoryBlock: ("type", "id", "title", "introduction", "columns", "labs"),
    blocks.LabsBlock: ("type", "id", "title", "introduction", "labs"),
    blocks.MissionsBlock: ("type", "id", "title", "introduction", "items"),
    blocks.TableBlock: ("type", "id", "title", "caption", "columns", "rows", "sums", "source"),
    blocks.Column: ("title", "unit"),
    blocks.PeopleBlock: ("type", "id", "title", "introduction", "people"),
    blocks.GalleryBlock: ("type", "id", "title", "images"),
    blocks.TimelineBlock: ("type", "id", "title", "items"),
    blocks.FaqBlock: ("type", "id", "title", "items"),
    blocks.SourcesBlock: ("type", "id", "title", "items"),
    blocks.GlossaryBlock: ("type", "id", "title"),
    records.Member: ("name", "role", "portrait", "biography", "email", "telephone"),
    records.Moment: ("when", "title", "text"),
    records.WorkCited: ("title", "author", "publisher", "date", "link"),
    parts.Cover: ("type", "id"),
    parts.Contents: ("type", "id", "title"),
    parts.Contacts: ("type", "id", "title"),
    parts.AboutPart: ("type", "id", "title"),
    parts.Partners: ("type", "id", "title"),
    parts.Credits: ("type", "id", "title"),
    parts.BackCover: ("type", "id", "title", "code", "code_label"),
    parts.Changes: ("type", "id", "title"),
    parts.Agenda: ("type", "id", "title", "introduction"),
    parts.Index: ("type", "id", "title", "introduction"),
    parts.Editorial: ("type", "id", "title", "author", "body", "pull_quote"),
    parts.Interview: ("type", "id", "title", "person", "introduction", "exchanges"),
    parts.Article: ("type", "id", "title", "introduction", "body"),
    parts.Programme: (
        "type",
        "id",
        "title",
        "kicker",
        "image",
        "introduction",
        "events",
        "closing_links",
    ),
    parts.Practical: ("title", "text", "events", "contacts"),
    parts.Communique: (
        "type",
        "id",
        "title",
        "subtitle",
        "place_of_issue",
        "date_of_issue",
        "embargo",
        "lead",
        "figures",
        "body",
        "quotes",
        "practical",
    ),
    # nobody knows what a template of the kit's own prints of its fields
    parts.Custom: ("type", "id", "title"),
}
# What the pages print of the kit itself: everywhere, and with a part of a certain kind.
EVERYWHERE = ("title", "kind", "language", "period", "periods", "publisher", "website")
WITH: dict[type[parts.Part], tuple[str, ...]] = {
    parts.Cover: (
        "subtitle",
        "tagline",
        "claim",
        "hashtag",
        "version",
        "place_of_issue",
        "date_of_issue",
        "cover",
    ),
    parts.Contents: ("closing",),
    parts.Programme: ("closing",),
    parts.AboutPart: ("about",),
    parts.BackCover: ("about", "hashtag"),
    parts.Communique: ("about", "place_of_issue", "date_of_issue"),
    parts.Partners: ("partners",),
    parts.Credits: ("credits",),
}
# Which issue of the kit this is: whoever has any page must know, where there is something to say.
ISSUE = ("version", "date_of_issue", "embargo", "status")


@dataclass(frozen=True)
class Handed:
    """What a handout prints beside chapters.

    Its title and foreword, the ids of the contacts at its end, and the events that it gathers.
    """

    title: str
    foreword: Prose | None = None
    contacts: tuple[str, ...] = ()
    events: tuple[records.Event, ...] = ()


def enclosed(
    kit: Kit,
    held: Iterable[parts.Part],
    numbers: Mapping[str, int],
    handout: Handed | None = None,
) -> tuple[Attached, ...]:
    """Return what travels in a PDF: its data, unless the kit leaves it out.

    ``numbers`` gives the page of an anchor; see ``data``.
    """
    from moip_press.pdf.tagged_file import Attached  # noqa: PLC0415 -- who describes a kit writes no PDF

    if not kit.edition.attach_data:
        return ()
    pages = {name: numbers[anchor] for name, anchor in kit.anchors().items() if anchor in numbers}
    described = Catalogue(kit.edition.language).gettext(DESCRIPTION)
    return (Attached(NAME, data(kit, held, pages, handout), described),)


def data(
    kit: Kit,
    held: Iterable[parts.Part],
    pages: Mapping[str, int],
    handout: Handed | None = None,
) -> bytes:
    """Return, as JSON in UTF-8, what a PDF with the parts ``held`` prints of ``kit``."""
    document = described(kit, held, pages, handout)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def described(
    kit: Kit,
    held: Iterable[parts.Part],
    pages: Mapping[str, int],
    handout: Handed | None = None,
) -> dict[str, Any]:
    """Return, as plain values, what a PDF with the parts ``held`` prints of ``kit``.

    ``pages`` gives the page of an id, as the PDF prints it.
    """
    found = list(held)
    writer = _Writer(kit, pages)
    document = {
        "format": FORMAT,
        "version": VERSION,
        "kit": writer.edition(found, handout),
        "parts": [writer.record(part) for part in found],
    }
    if handout:
        document["handout"] = writer.handout(handout)
    return document


class _Writer:
    """Turns the records of one kit into plain values."""

    def __init__(self, kit: Kit, pages: Mapping[str, int]) -> None:
        self.kit = kit
        self.pages = pages
        self.kinds: dict[type, Callable[[Any], Any]] = {
            When: when_written,
            BaseModel: self.record,
            Prose: self._prose,
            str: str,
            float: lambda value: f"{value:.10g}",
            datetime.date: datetime.date.isoformat,
            tuple: self._list,
            dict: self._own_fields,
        }
        self.writers: dict[type, Callable[[Any], Any] | None] = {}

    def handout(self, handout: Handed) -> dict[str, Any]:
        """Return what a handout prints beside its chapters."""
        said = {"title": handout.title, "foreword": self._value(handout.foreword)}
        said["events"] = self._list(handout.events)
        return {name: value for name, value in said.items() if value}

    def edition(self, held: Sequence[parts.Part], handout: Handed | None) -> dict[str, Any]:
        """Return what the pages print of the kit itself."""
        given = issue.of_parts(self.kit.edition, held) if handout else self.kit.edition
        names = dict.fromkeys(EVERYWHERE)
        for part in held:
            names |= dict.fromkeys(WITH.get(type(part), ()))
            if isinstance(part, parts.BackCover) and part.partners:
                names["partners"] = None
        if given.version or given.embargo or given.status == "draft":
            names |= dict.fromkeys(ISSUE)
        written = self._fields(given, names)
        contacts = self._contacts(held, handout.contacts if handout else ())
        return written | ({"contacts": contacts} if contacts else {})

    def _contacts(self, held: Sequence[parts.Part], named: Sequence[str]) -> list[Any]:
        """Return the contacts that are printed: those of parts that print them, and at the feet.

        At the foot of a page stands the first of those who answer for it, else the first of all.
        """
        edition = self.kit.edition
        known = edition.contacts
        own = [press_contacts.of_part(edition, part) for part in held]
        own = own or [press_contacts.named(edition, named)]
        chosen = {contact.id for found in own for contact in (found or known)[:1]} | set(named)
        for part in held:
            if isinstance(part, parts.WithContacts):
                chosen |= set(part.contacts or (contact.id for contact in known))
            if isinstance(part, parts.Communique) and part.practical:
                chosen |= set(part.practical.contacts)
        return [self.record(contact) for contact in known if contact.id in chosen]

    def record(self, record: BaseModel) -> dict[str, Any]:
        """Return the fields of a record that are printed and not empty."""
        written = self._fields(record, PRINTED[type(record)])
        if isinstance(record, blocks.TableBlock):
            written["rows"] = [{"cells": list(row)} for row in record.rows]
        return written

    def _fields(self, record: BaseModel, names: Iterable[str]) -> dict[str, Any]:
        given = {name: getattr(record, name) for name in names}
        values = {name: self._value(value) for name, value in given.items()}
        links = [url for value in given.values() for url in self._links(value)]
        if links:
            values["links"] = list(dict.fromkeys(links))
        return {
            name: value for name, value in values.items() if value not in (None, "", [], {}, False)
        }

    def _links(self, value: Any) -> Iterator[str]:
        """Yield where the links of a text lead, but for those within the kit."""
        for text in value if isinstance(value, tuple) else (value,):
            for link in prose.links(text) if isinstance(text, Prose) else ():
                url = link.url.replace("{website}", self.kit.edition.website or "")
                if not url.startswith("#"):
                    yield url

    def _value(self, value: Any) -> Any:
        if isinstance(value, records.Event) and not self._is_printed(value):
            return None
        kind = type(value)
        if kind not in self.writers:
            writers = (write for base, write in self.kinds.items() if issubclass(kind, base))
            self.writers[kind] = next(writers, None)
        write = self.writers[kind]
        return write(value) if write else value

    def _is_printed(self, event: records.Event) -> bool:
        return event.status != "draft" or self.kit.edition.status == "draft"

    def _list(self, values: tuple[Any, ...]) -> list[Any]:
        return [found for value in values if (found := self._value(value)) is not None]

    def _own_fields(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Return the fields of a kit's own that have a label, which the pages print."""
        labels = self.kit.edition.fields
        return {name: str(fields[name]) for name in labels if labels[name] and name in fields}

    def _prose(self, text: Prose) -> str:
        """Return the words as they are printed, a paragraph a line."""
        if "_" not in text and UNMARKED.fullmatch(text):
            paragraphs = text.strip().split("\n\n")
            return "\n".join(" ".join(lines.split("\n")) for lines in paragraphs)
        return prose.plain_text(text, resolve=self._resolve)

    def _resolve(self, reference: prose.Reference) -> str | None:
        if reference.kind == "page" and reference.id in self.pages:
            return str(self.pages[reference.id])
        return "…"


def when_written(value: When) -> dict[str, Any]:
    """Return days and times as ISO 8601 writes them; ``open`` where there is no last day."""
    times = [
        {"start": slot.start.isoformat("minutes")}
        | ({"end": slot.end.isoformat("minutes")} if slot.end else {})
        | ({"onwards": True} if slot.onwards else {})
        for slot in value.slots
    ]
    days = [value.days[0], value.days[-1]] if value.kind == "range" else value.days
    written: dict[str, Any] = {"kind": value.kind, "days": [day.isoformat() for day in days]}
    if value.month:
        written |= {"month": f"{value.month:%Y-%m}"} | ({"part": value.part} if value.part else {})
    if value.several:
        written["several"] = [when_written(each) for each in value.several]
    return written | ({"times": times} if times else {})
