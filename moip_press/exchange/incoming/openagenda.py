"""Events of OpenAgenda as its API (v2) and its exports give them.

The names and numbers are those of its documentation ("Event structure",
developers.openagenda.com). The flat form of Opendatasoft is made into this one first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import PurePath
from typing import Any

from moip_press.exchange.incoming.batch import Batch, Incoming
from moip_press.exchange.incoming.event_dates import Occurrence, occurrence, of_when, put_timetable
from moip_press.exchange.incoming.foreign_text import (
    first_link,
    phone_link,
    street_and_code,
    together,
)
from moip_press.exchange.incoming.import_job import (
    AT_ITS_SOURCE,
    Draft,
    Fields,
    ImportJob,
    quoted,
    zone_of_country,
)
from moip_press.exchange.incoming.json_records import JsonDocument, JsonRecord
from moip_press.exchange.incoming.openagenda_exports import of_json, unfolded
from moip_press.kit.when import WhenError, parse_when
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue
from moip_press.system.tables.grid import Place

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
KNOWN = frozenset(
    {
        *("uid", "slug", "agenda", "originAgenda", "sourceAgendas", "createdAt", "updatedAt"),
        *("creatorUid", "ownerUid", "timezone", "firstTiming", "lastTiming", "nextTiming"),
        *("dateRange", "relative", "total", "total_count", "success", "after", "size", "sort"),
    }
)
"""Keys and stamps, and what the time slots say already."""

NEXT_BEST = ("fr", "en")
MOST_TIMINGS = 5_000
TIMING_PAIRS = (("firstTiming", "lastTiming"), ("nextTiming", "nextTiming"))
YEARS = range(1900, 2200)


def read_agenda(document: JsonDocument, job: ImportJob) -> Batch:
    """Return the events of a file."""
    document = unfolded(document)
    entries, about = document.entries, document.about
    for place in document.wrongs:
        job.error("M201", place, N_("This is no event."))
    read = (_Event(entry, job).read() for entry in entries)
    records = tuple(record for record in read if record is not None)
    for name in about.keys() - KNOWN:
        job.leave(name, Place(job.file), told=True)
    # the API gives the events of an agenda page by page
    total = about.get("total", about.get("total_count"))
    cut = about.get("after") or (isinstance(total, int) and total > len(entries))
    whole = document.listed and not document.wrongs and not cut
    return job.batch(_source(document, job.file), records, complete=bool(whole))


def is_agenda(document: JsonDocument) -> bool:
    """Return whether a file has events of OpenAgenda, or lists none."""
    if document.listed and not document.entries:
        return "total" in document.about
    values = (entry.value for entry in unfolded(document).entries)
    return any("title" in value and MARKS & value.keys() for value in values)


def _source(document: JsonDocument, file: str) -> str:
    """Return what the agenda is known by: its key, else the one that most events say, or none."""
    named = _agenda(document.about.get("agenda"))
    if named is None:
        agendas = Counter(filter(None, (_agenda_of(entry.value) for entry in document.entries)))
        # of equally many the first by name, so that the order of events does not count
        named = min(agendas, key=lambda name: (-agendas[name], name), default=None)
    return f"openagenda:{named or PurePath(file).stem}"


def _agenda_of(event: Mapping[str, Any]) -> str | None:
    url = AGENDA.search(str(event.get("canonicalUrl") or ""))
    return _agenda(event.get("agenda")) or (url[1] if url else _agenda(event.get("originAgenda")))


def _agenda(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("uid") or value.get("slug")
    return str(value) if isinstance(value, str | int) and value else None


class _Event:
    """Reads one event into a draft."""

    def __init__(self, entry: JsonRecord, job: ImportJob) -> None:
        self.fields = Fields(entry.value)
        self.place = entry.place
        self.places = entry.places
        self.job = job
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
        record = self._read()
        for path in self.fields.left() if record else ():
            name = ".".join(map(str, path))
            self.job.leave(name, self.at(*map(str, path)), told=not KNOWN.isdisjoint(path))
        return record

    def _read(self) -> Incoming | None:
        self.draft.uid = _key(self.fields.take("uid")) or _key(self.fields.take("slug"))
        if not self._title():
            return None
        if _number(self.fields.take("state"), PUBLISHED) == REFUSED:
            sentence = N_("“{title}” was refused at its source: it is not imported.")
            message = Message.of(sentence, title=quoted(self.draft.text("title")))
            self.job.warn("M408", self.at("state"), message)
            return None
        self._status()
        self._texts()
        self._place()
        self._addresses()
        self._people()
        self._section()
        self._age()
        return self.draft.record(self.fields.digest(KNOWN)) if self._when() else None

    # what it is called, and whether it counts

    def _title(self) -> bool:
        found = self._said("title")
        title = self.job.line(found.text, self.at("title", found.language))
        if not title:
            self.job.miss("M201", self.place, N_("This event has no title."), AT_ITS_SOURCE)
            return False
        self.draft.put("title", title, self.at("title", found.language))
        if found.foreign:
            self.draft.put("language", found.language, self.at("title", found.language))
            self.job.warn(
                "M405",
                self.at("title"),
                Message.of(
                    N_(
                        "“{title}” is not written in the language of the kit, only in: {languages}."
                    ),
                    title=quoted(title),
                    languages=", ".join(found.languages),
                ),
                N_("Ask for a translation; until then its own language is noted."),
                cause=N_("They are not written in the language of the kit."),
            )
        return True

    def _status(self) -> None:
        status = _number(self.fields.take("status"), 1)
        state = _number(self.fields.take("state"), PUBLISHED)
        drafted = state < PUBLISHED or self.fields.take("draft") is True
        said = STATUSES.get(status, "draft" if drafted else "confirmed")
        self.draft.put("status", said, self.at("status"))
        if status == FULL:
            self.draft.add_note(Catalogue(self.job.language).gettext(FULL_NOTE), self.at("status"))
        mode = self.fields.take("attendanceMode")
        if mode is not None or status == MOVED_ONLINE:
            online = _number(mode, 1) in ONLINE or status == MOVED_ONLINE
            self.draft.put("online", online, self.at("attendanceMode"))

    # what it says

    def _texts(self) -> None:
        short = self._prose("description", plain=True)
        long = self._prose("longDescription", plain=False)
        place = self.at("longDescription" if long else "description")
        self.draft.put("text", together(short, long), place)
        conditions = self._prose("conditions", plain=True)
        if conditions:
            self.draft.add_note(conditions, self.at("conditions"))

    def _prose(self, key: str, *, plain: bool) -> str:
        """Return a text as Markdown; short ones are plain text, long ones Markdown or HTML."""
        found = self._said(key, language=self.draft.text("language"))
        place = self.at(key, found.language)
        return self.job.prose(found.text, place, markdown=not plain)

    # where and when

    def _place(self) -> None:
        town = self._line("location", "city")
        venue = self._line("location", "name")
        address, code = street_and_code(self._line("location", "address"), town)
        self.draft.put("place.venue", venue, self.at("location", "name"))
        self.draft.put("place.address", address, self.at("location", "address"))
        self.draft.put("place.town", town, self.at("location", "city"))
        code = self._line("location", "postalCode") or code
        self.draft.put_postcode(code, self.at("location", "postalCode"))
        self.draft.put("region", self._line("location", "region"), self.at("location", "region"))

    def _when(self) -> bool:
        country = zone_of_country(self.fields.take("location", "countryCode"))
        own = self.fields.take("location", "timezone")
        zone = self.job.first_zone(self.fields.take("timezone"), own, country)
        found = list(self._occurrences(zone))
        if not found:
            sentence = N_("It has no date that can be read.")
            self.job.error("M202", self.at("timings"), sentence, AT_ITS_SOURCE, of=self.draft)
            return False
        return put_timetable(self.draft, found, self.job, self.at("timings"))

    def _occurrences(self, zone: tzinfo) -> Iterator[Occurrence]:
        """Yield what it occurs on; without timings, the first and last of them, or words."""
        said = of_json(self.fields.take("timings"))
        timings: list[Any] = said if isinstance(said, list) else []
        for pair in TIMING_PAIRS:
            both = (self.fields.take(key) for key in pair)
            timings = timings or [each for each in both if isinstance(each, dict)]
        if not timings:
            yield from self._in_words()
        if len(timings) > MOST_TIMINGS:
            sentence = N_("Of its time slots only the first {count} are read.")
            message = Message.of(sentence, count=MOST_TIMINGS)
            self.job.warn("M402", self.at("timings"), message, of=self.draft)
        for number, timing in enumerate(timings[:MOST_TIMINGS]):
            read = _timing(timing, zone)
            if isinstance(read, Occurrence):
                yield read
            else:
                self.job.warn("M402", self.at(f"timings[{number}]"), read)

    def _in_words(self) -> Iterator[Occurrence]:
        """Yield the days of a date range in words, the first that can be read."""
        said = self.fields.take("dateRange")
        texts = said.values() if isinstance(said, dict) else [said]
        for text in (each for each in texts if isinstance(each, str)):
            for language in (self.job.language, "fr", "en"):
                try:
                    yield of_when(parse_when(text, language, self.job.period))
                except WhenError:
                    continue
                return

    # whom to ask

    def _addresses(self) -> None:
        page = self.fields.take("canonicalUrl")
        self.draft.put(
            "link", first_link(page) if isinstance(page, str) else None, self.at("canonicalUrl")
        )
        place = self.at("registration")
        said = {text: _way(each) for each in self._ways() if (text := _text_of(each))}
        ways = sorted(
            filter(None, said.values()),
            # a page is more welcome than a mail, and this than a telephone call
            key=lambda way: (way.startswith("tel:"), way.startswith("mailto:")),
        )
        self.draft.put("registration", ways[0] if ways else None, place)
        others = [text for text, way in said.items() if not ways or way != ways[0]]
        if others:
            words = self.job.prose(", ".join(others), place)
            self.draft.add_note(self.job.labelled(N_("Registration"), words), place)

    def _ways(self) -> Iterator[object]:
        """Yield the ways to register; the link to what is online is one where there are others."""
        yield from _listed(self.fields.take("registration"))
        if access := self.fields.take("onlineAccessLink"):
            yield access

    def _people(self) -> None:
        for key in ORGANISER_FIELDS:
            names = self._words(key, split=False)
            if names:
                self.draft.put("organisers", names, self.at(key))
                return
        for key in ("contributor", "member"):
            if isinstance(self.fields.values.get(key), dict):
                name = self._line(key, "organization")
                self.draft.put("organisers", (name,) if name else (), self.at(key, "organization"))
                if name:
                    return

    def _section(self) -> None:
        """Find the section among keywords and themes; keywords are the theme where none is."""
        words = {key: self._words(key, take=False) for key in ("keywords", *SECTION_FIELDS)}
        sections = self.job.sections
        found = sections.first(word for each in words.values() for word in each)
        self.draft.section = found or sections.usual
        theme = next((key for key in (*THEME_FIELDS, "keywords") if words[key]), "")
        for key, said in words.items():
            if key == theme or (found and sections.first(said) == found):
                self._words(key)
        said = words.get(theme, ())
        others = [word for word in said if theme != "keywords" or sections.find(word) is None]
        self.draft.put("theme", ", ".join(others), self.at(theme))
        for key in AUDIENCE_FIELDS:
            if "audience" not in self.draft.values:
                self.draft.put("audience", ", ".join(self._words(key)), self.at(key))

    def _age(self) -> None:
        least, most = (self.fields.take("age", each) for each in ("min", "max"))
        both = isinstance(least, int) and isinstance(most, int)
        sentence = N_("from {least} to {most} years") if both else N_("from {least} years on")
        if not both and not isinstance(least, int):
            sentence = N_("up to {most} years")
        if isinstance(least, int) or isinstance(most, int):
            words = self.job.catalogue.say(Message.of(sentence, least=least, most=most))
            self.draft.put("age", words.replace("\u00a0", " "), self.at("age"))

    # the values themselves

    def _said(self, *path: str, language: str = "") -> _Text:
        """Return a text in a language, else in the next best; the others are left out."""
        value = self.fields.look(*path)
        found = _in_language(value, language or self.job.language)
        self.fields.take(*path, *([found.language] if isinstance(value, Mapping) else []))
        return found

    def _line(self, *path: str) -> str:
        return self.job.line(self._said(*path).text, self.at(*path))

    def _words(self, key: str, *, split: bool = True, take: bool = True) -> tuple[str, ...]:
        """Return the words of a list, of texts or of choices with a label."""
        value, path = self.fields.look(key), [key]
        if isinstance(value, dict) and "label" not in value:
            own = self.job.language
            path.append(own if value.get(own) else next((t for t in value if value[t]), own))
            value = value.get(path[1])
        if take:
            self.fields.take(*path)
        items = [value] if isinstance(value, str) and not split else _listed(value)
        labels = (i.get("label", i.get("name")) if isinstance(i, dict) else i for i in items)
        texts = (_in_language(label, self.job.language).text for label in labels)
        lines = (self.job.line(text, self.at(key)) for text in texts)
        return tuple(dict.fromkeys(line for line in lines if line))


@dataclass(frozen=True)
class _Text:
    """A text and its language; an empty one where the source has none.

    `foreign` is one in another language than the one asked for.
    """

    text: str
    language: str = ""
    foreign: bool = False
    languages: tuple[str, ...] = ()


def _in_language(value: object, language: str) -> _Text:
    """Return a value of one or of several languages in the one asked for, else in the next best."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return _Text(str(value))
    given = value if isinstance(value, Mapping) else {}
    texts = {tag: text for tag, text in given.items() if isinstance(text, str) and text.strip()}
    # the codes of a language with a region, such as fr-CA
    regional = sorted(tag for tag in texts if tag.replace("_", "-").split("-")[0] == language)
    own = (language, *regional)
    for tag in (*own, *NEXT_BEST, *sorted(texts)):
        if tag in texts:
            return _Text(texts[tag], tag, tag not in own, tuple(texts))
    return _Text("")


def _timing(timing: object, zone: tzinfo) -> Occurrence | Message:
    """Return the days and times of a time slot; what is wrong with it where it has none."""
    if not isinstance(timing, dict):
        return Message(N_("This is no time slot."))
    begin, end = _moment(timing.get("begin"), zone), _moment(timing.get("end"), zone)
    if begin is None:
        said = quoted(str(timing.get("begin") or ""))
        return Message.of(N_("“{text}” is no beginning of a time slot."), text=said)
    try:
        return occurrence(begin, end)
    except ValueError:
        said = quoted(f"{timing.get('begin')} – {timing.get('end')}")
        return Message.of(N_("“{text}” ends before it begins, or lasts for years."), text=said)


def _moment(text: object, zone: tzinfo) -> datetime | None:
    """Return a moment in the clocks of a zone; one without an offset is of these clocks."""
    if not isinstance(text, str) or len(text) > 40:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year in YEARS else None


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


def _text_of(item: object) -> str:
    """Return the words of a way to register."""
    value = item.get("value") if isinstance(item, dict) else item
    return str(value).strip() if isinstance(value, str | int) else ""


def _way(item: object) -> str | None:
    """Return one way to register as a link."""
    kind = item.get("type") if isinstance(item, dict) else None
    text = _text_of(item)
    if kind == "phone" and re.search(r"[0-9]{3}", re.sub(r"\W", "", text)):
        return phone_link(text)
    return first_link(text)
