"""Events of OpenAgenda as its API (v2) and its exports give them.

The names and numbers are those of its documentation ("Event structure",
developers.openagenda.com). The flat form of Opendatasoft is made into this one first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from moip_press.exchange.incoming.batch import Batch, Incoming, Place, Refused, Value
from moip_press.exchange.incoming.desk import Desk, Draft, first_zone, quoted, zone_of_country
from moip_press.exchange.incoming.event_dates import occurrences_of_timings, put_timetable
from moip_press.exchange.incoming.foreign_text import (
    first_link,
    from_markdown,
    from_plain,
    is_html,
    phone_link,
)
from moip_press.exchange.incoming.json_records import Document, Entry
from moip_press.exchange.incoming.openagenda_exports import unfolded
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue

NEXT_BEST = ("fr", "en")


@dataclass(frozen=True)
class Texts:
    """A text and its language; an empty one where the source does not tell it."""

    text: str
    language: str = ""
    foreign: bool = False
    """Whether it is in another language than the one asked for."""
    languages: tuple[str, ...] = ()


def texts(value: object, language: str) -> Texts:
    """Return a value of one or of several languages in the one asked for, else in the next best."""
    if isinstance(value, str):
        return Texts(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Texts(str(value))
    if not isinstance(value, Mapping):
        return Texts("")
    told = {tag: text for tag, text in value.items() if isinstance(text, str) and text.strip()}
    for tag in (language, *_regional(told, language)):
        if tag in told:
            return Texts(told[tag], tag, languages=tuple(told))
    for tag in (*NEXT_BEST, *sorted(told)):
        if tag in told:
            return Texts(told[tag], tag, foreign=True, languages=tuple(told))
    return Texts("")


def _regional(told: Mapping[str, Any], language: str) -> list[str]:
    """Return the codes of a language with a region, such as fr-CA."""
    return sorted(tag for tag in told if tag.replace("_", "-").split("-")[0] == language)


# status of the event: 1 scheduled, 2 rescheduled, 3 moved online, 4 postponed, 5 full, 6 cancelled
STATUSES = {4: "postponed", 6: "cancelled"}
MOVED_ONLINE, FULL = 3, 5
# state in the agenda: 2 published, 1 ready to be, 0 to moderate, -1 refused
PUBLISHED, REFUSED = 2, -1
# attendance: 1 on the spot, 2 online, 3 both
ONLINE = frozenset({2, 3})
MARKS = frozenset({"timings", "longDescription", "attendanceMode", "firstTiming", "originAgenda"})
ORGANISER_FIELDS = (
    *("organisateur", "organisateurs", "organizer", "organizers", "organiser", "organisers"),
    *("structure", "structure-organisatrice", "organisme", "porteur", "organisation"),
)
THEME_FIELDS = ("thematique", "thematiques", "theme", "themes", "categorie", "category")
SECTION_FIELDS = ("section", "rubrique", *THEME_FIELDS)
AUDIENCE_FIELDS = ("public", "publics", "audience", "public-vise", "type-de-public")
FULL_NOTE = N_("Fully booked.")
AGENDA = re.compile(r"//(?:www\.)?openagenda\.com/(?:[a-z]{2}/)?(?:agendas/)?([\w-]+)/events?/")


def read_agenda(document: Document, desk: Desk) -> Batch:
    """Return the events of a file; raises `Refused` where it has none of OpenAgenda's."""
    document = unfolded(document)
    for place in document.wrongs:
        desk.error("M201", place, Message(N_("This is no event.")))
    if not any(_is_event(entry.value) for entry in document.entries):
        _refuse_others(document)
    records = []
    for entry in document.entries:
        record = _Event(entry, desk).read()
        if record is not None:
            records.append(record)
    report = desk.report
    complete = report.ok and _complete(document)
    return Batch(_source(document, desk.file), tuple(records), report, complete)


def _is_event(value: Mapping[str, Any]) -> bool:
    return "title" in value and bool(MARKS & value.keys() or "uid" in value or "slug" in value)


def _refuse_others(document: Document) -> None:
    if document.listed and not document.entries and "total" in document.about:
        return
    raise Refused(
        "M105",
        Message(N_("There are no events of OpenAgenda in this file.")),
        Message(N_("Export the events from OpenAgenda as JSON: each has a title and timings.")),
    )


def _complete(document: Document) -> bool:
    """Tell whether the file has all events of its agenda: the API gives them page by page."""
    total = document.about.get("total", document.about.get("total_count"))
    if isinstance(total, int) and total > len(document.entries):
        return False
    return document.listed and not document.about.get("after") and not document.wrongs


def _source(document: Document, file: str) -> str:
    named = _agenda(document.about.get("agenda"))
    if named is None:
        agendas = Counter(filter(None, (_agenda_of(entry.value) for entry in document.entries)))
        # of equally many the first by name, so that the order of events does not count
        named = min(agendas, key=lambda name: (-agendas[name], name), default=None)
    return f"openagenda:{named or PurePath(file).stem}"


def _agenda(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("uid") or value.get("slug")
    return str(value) if isinstance(value, str | int) and value else None


def _agenda_of(value: Mapping[str, Any]) -> str | None:
    url = AGENDA.search(str(value.get("canonicalUrl") or ""))
    return _agenda(value.get("agenda")) or (url[1] if url else _agenda(value.get("originAgenda")))


class _Event:
    """Reads one event into a draft."""

    def __init__(self, entry: Entry, desk: Desk) -> None:
        self.value = entry.value
        self.place = entry.place
        self.places = entry.places
        self.desk = desk
        self.draft = Draft(places={"": entry.place})

    def at(self, *path: str) -> Place:
        """Return the place of a value: its cell where it came from a table, else its path."""
        if self.places:
            first = self.places.get(path[0].partition("[")[0])
            return self.places.get(".".join(path)) or first or self.place
        name = ".".join((self.place.path, *path) if self.place.path else path)
        return Place(self.place.file, line=self.place.line, column=self.place.column, path=name)

    def read(self) -> Incoming | None:
        """Return the event; None, and why, where it cannot be one of a kit."""
        self.draft.uid = _key(self.value.get("uid")) or _key(self.value.get("slug"))
        if not self._title() or not self._accepted():
            return None
        self._status()
        self._texts()
        self._place()
        self._addresses()
        self._people()
        self._section()
        return self.draft.record if self._when() else None

    # what it is called, and whether it counts

    def _title(self) -> bool:
        found = texts(self.value.get("title"), self.desk.language)
        title = self.desk.line(found.text, self.at("title", found.language))
        if not title:
            self.desk.error(
                "M201",
                self.place,
                Message(N_("This event has no title.")),
                Message(N_("Give it one at its source, or leave the event out.")),
            )
            return False
        self.draft.put("title", title, self.at("title", found.language))
        if found.foreign:
            self._foreign(found)
        return True

    def _foreign(self, found: Texts) -> None:
        self.draft.put("language", found.language, self.at("title", found.language))
        self.desk.warn(
            "M405",
            self.at("title"),
            Message.of(
                N_("“{title}” is not told in the language of the kit, only in: {languages}."),
                title=quoted(self.draft.text("title")),
                languages=", ".join(found.languages),
            ),
            Message(N_("Ask for a translation; until then its own language is noted.")),
        )

    def _accepted(self) -> bool:
        if _number(self.value.get("state"), PUBLISHED) != REFUSED:
            return True
        self.desk.warn(
            "M408",
            self.at("state"),
            Message.of(
                N_("“{title}” was refused at its source: it is not imported."),
                title=quoted(self.draft.text("title")),
            ),
        )
        return False

    def _status(self) -> None:
        status = _number(self.value.get("status"), 1)
        state = _number(self.value.get("state"), PUBLISHED)
        drafted = state < PUBLISHED or self.value.get("draft") is True
        told = STATUSES.get(status, "draft" if drafted else "confirmed")
        self.draft.put("status", told, self.at("status"))
        if status == FULL:
            self.draft.add_note(Catalogue(self.desk.language).gettext(FULL_NOTE), self.at("status"))
        mode = self.value.get("attendanceMode")
        if mode is not None or status == MOVED_ONLINE:
            online = _number(mode, 1) in ONLINE or status == MOVED_ONLINE
            self.draft.put("online", online, self.at("attendanceMode"))

    # what it says

    def _texts(self) -> None:
        short = self._prose("description", plain=True)
        long = self._prose("longDescription", plain=False)
        apart = short and long and not _holds(long, short)
        self.draft.put(
            "text",
            f"{short}\n\n{long}" if apart else long or short,
            self.at("longDescription" if long else "description"),
        )
        conditions = self._prose("conditions", plain=True)
        if conditions:
            self.draft.add_note(conditions, self.at("conditions"))

    def _prose(self, key: str, *, plain: bool) -> str:
        """Return a text as Markdown; short ones are plain text, long ones Markdown or HTML."""
        language = self.draft.text("language") or self.desk.language
        found = texts(self.value.get(key), language)
        text = self.desk.clean(found.text, self.at(key, found.language))
        if not text.strip():
            return ""
        return from_plain(text) if plain and not is_html(text) else from_markdown(text)

    # where and when

    def _place(self) -> None:
        location = self.value.get("location")
        if not isinstance(location, dict):
            return
        town = self._line(location.get("city"), "location", "city")
        address = self._line(location.get("address"), "location", "address")
        self._line_into("place.venue", location.get("name"), "location", "name")
        self.draft.put("place.address", _street(address, town), self.at("location", "address"))
        self.draft.put("place.town", town, self.at("location", "city"))
        self._line_into("region", location.get("region"), "location", "region")

    def _when(self) -> bool:
        location = self.value.get("location")
        place = location if isinstance(location, dict) else {}
        country = zone_of_country(place.get("countryCode"))
        zones = (self.value.get("timezone"), place.get("timezone"), country)
        found = occurrences_of_timings(self.value, first_zone(zones, self.desk.zone), self.desk)
        for wrong in found.wrongs:
            self.desk.warn("M402", self.at(*wrong.path), wrong.message)
        if not found.all:
            self.desk.error(
                "M202",
                self.at("timings"),
                Message.of(
                    N_("“{title}” has no date that can be read."),
                    title=quoted(self.draft.text("title")),
                ),
                Message(N_("Give it one at its source, or leave the event out.")),
            )
            return False
        return put_timetable(self.draft, found.all, self.desk, self.at("timings"))

    # whom to ask

    def _addresses(self) -> None:
        page = self.value.get("canonicalUrl")
        self.draft.put("link", _link(page), self.at("canonicalUrl"))
        ways = sorted(filter(None, map(_way, _listed(self.value.get("registration")))), key=_rank)
        if ways:
            self.draft.put("registration", ways[0], self.at("registration"))
        else:
            access = _link(self.value.get("onlineAccessLink"))
            self.draft.put("registration", access, self.at("onlineAccessLink"))

    def _people(self) -> None:
        for key in ORGANISER_FIELDS:
            names = self._words(key, split=False)
            if names:
                self.draft.put("organisers", names, self.at(key))
                return
        for key in ("contributor", "member"):
            person = self.value.get(key)
            if isinstance(person, dict) and person.get("organization"):
                name = self._line(person["organization"], key, "organization")
                self.draft.put("organisers", (name,) if name else (), self.at(key, "organization"))
                return

    def _section(self) -> None:
        keywords = (*self._words("keywords"), *(w for f in SECTION_FIELDS for w in self._words(f)))
        sections = self.desk.sections
        self.draft.section = sections.chosen or sections.first(keywords) or sections.usual
        for path, keys in (("theme", THEME_FIELDS), ("audience", AUDIENCE_FIELDS)):
            for key in keys:
                words = self._words(key)
                if words and path not in self.draft.values:
                    self.draft.put(path, ", ".join(words), self.at(key))

    # the values themselves

    def _line(self, value: object, *path: str) -> str:
        found = texts(value, self.desk.language)
        return self.desk.line(found.text, self.at(*path))

    def _line_into(self, field: str, value: object, *path: str) -> None:
        self.draft.put(field, self._line(value, *path), self.at(*path))

    def _words(self, key: str, *, split: bool = True) -> tuple[str, ...]:
        """Return the words of a list, of texts or of choices with a label."""
        value = self.value.get(key)
        if value is None:
            return ()
        if isinstance(value, dict) and "label" not in value:
            value = _localised(value, self.desk.language)
        items = [value] if isinstance(value, str) and not split else _listed(value)
        lines = (self._line(_label(item), key) for item in items)
        return tuple(dict.fromkeys(line for line in lines if line))


def _localised(value: Mapping[str, Any], language: str) -> object:
    return value.get(language) or next((each for each in value.values() if each), None)


def _label(item: object) -> object:
    return item.get("label", item.get("name")) if isinstance(item, dict) else item


def _listed(value: object) -> Iterable[object]:
    if isinstance(value, str):
        return [part for part in re.split(r"[;,|\n]", value) if part.strip()]
    return value if isinstance(value, list) else [] if value is None else [value]


def _key(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        return None
    return str(value).strip()[:200]


def _number(value: object, otherwise: int) -> int:
    """Return a number of a choice, that may stand in an object with its label."""
    if isinstance(value, dict):
        value = value.get("id", value.get("value"))
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,3}", value.strip()):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise


def _link(value: object) -> Value | None:
    return first_link(value) if isinstance(value, str) else None


def _way(item: object) -> str | None:
    """Return one way to register as a link."""
    value = item.get("value") if isinstance(item, dict) else item
    kind = item.get("type") if isinstance(item, dict) else None
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    text = str(value).strip()
    if kind == "phone" and re.search(r"[0-9]{3}", re.sub(r"\W", "", text)):
        return phone_link(text)
    return first_link(text)


def _rank(link: str) -> int:
    """Return how welcome a way to register is: a page, a mail, a telephone call."""
    return 1 if link.startswith("mailto:") else 2 if link.startswith("tel:") else 0


def _holds(text: str, part: str) -> bool:
    letters = (re.sub(r"[\W_]+", "", each).casefold() for each in (text, part))
    return next(letters).find(next(letters)) >= 0


def _street(address: str, town: str) -> str:
    """Return an address without the town, its code and the country, which are said beside it."""
    end = r"(?:,?\s*\b(?:[0-9]{5}|[A-Z]{1,2}[0-9]{1,2}[A-Z]? [0-9][A-Z]{2}))?"
    country = r"(?:,\s*(?:France|United Kingdom))?"
    if not town:
        return re.sub(rf"{country}\s*$", "", address)
    street = re.sub(
        rf"{end}[\s,]*\b{re.escape(town)}\b[\s,]*(?:[0-9]{{5}})?{country}\s*$",
        "",
        address,
        flags=re.IGNORECASE,
    )
    return street.strip(" ,")
