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

from moip_press.exchange.incoming.batch import Batch, Incoming, Place, Refused
from moip_press.exchange.incoming.event_dates import (
    Occurrence,
    occurrence,
    of_when,
    put_timetable,
)
from moip_press.exchange.incoming.foreign_text import (
    first_link,
    from_markdown,
    from_plain,
    is_html,
    phone_link,
)
from moip_press.exchange.incoming.import_job import (
    AT_ITS_SOURCE,
    Draft,
    ImportJob,
    quoted,
    zone_of_country,
)
from moip_press.exchange.incoming.json_records import Document, Entry
from moip_press.exchange.incoming.openagenda_exports import of_json, unfolded
from moip_press.kit.when import WhenError, parse_when
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue

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
NEXT_BEST = ("fr", "en")
MOST_TIMINGS = 5_000
TIMING_PAIRS = (("firstTiming", "lastTiming"), ("nextTiming", "nextTiming"))
YEARS = range(1900, 2200)


def read_agenda(document: Document, job: ImportJob) -> Batch:
    """Return the events of a file; raises `Refused` where it has none of OpenAgenda's."""
    document = unfolded(document)
    entries, about = document.entries, document.about
    for place in document.wrongs:
        job.error("M201", place, N_("This is no event."))
    empty = document.listed and not entries and "total" in about
    if not empty and not any(_is_event(entry.value) for entry in entries):
        raise Refused(
            "M105",
            N_("There are no events of OpenAgenda in this file."),
            N_("Export the events from OpenAgenda as JSON: each has a title and timings."),
        )
    read = (_Event(entry, job).read() for entry in entries)
    records = tuple(record for record in read if record is not None)
    # the API gives the events of an agenda page by page
    total = about.get("total", about.get("total_count"))
    cut = about.get("after") or (isinstance(total, int) and total > len(entries))
    whole = document.listed and not document.wrongs and not cut
    report = job.report
    return Batch(_source(document, job.file), records, report, complete=report.ok and whole)


def _is_event(value: Mapping[str, Any]) -> bool:
    return "title" in value and bool(MARKS & value.keys() or "uid" in value or "slug" in value)


def _source(document: Document, file: str) -> str:
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

    def __init__(self, entry: Entry, job: ImportJob) -> None:
        self.value = entry.value
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
        self.draft.uid = _key(self.value.get("uid")) or _key(self.value.get("slug"))
        if not self._title():
            return None
        if _number(self.value.get("state"), PUBLISHED) == REFUSED:
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
        return self.draft.record if self._when() else None

    # what it is called, and whether it counts

    def _title(self) -> bool:
        found = _in_language(self.value.get("title"), self.job.language)
        title = self.job.line(found.text, self.at("title", found.language))
        if not title:
            self.job.error("M201", self.place, N_("This event has no title."), AT_ITS_SOURCE)
            return False
        self.draft.put("title", title, self.at("title", found.language))
        if found.foreign:
            self.draft.put("language", found.language, self.at("title", found.language))
            self.job.warn(
                "M405",
                self.at("title"),
                Message.of(
                    N_("“{title}” is not told in the language of the kit, only in: {languages}."),
                    title=quoted(title),
                    languages=", ".join(found.languages),
                ),
                N_("Ask for a translation; until then its own language is noted."),
            )
        return True

    def _status(self) -> None:
        status = _number(self.value.get("status"), 1)
        state = _number(self.value.get("state"), PUBLISHED)
        drafted = state < PUBLISHED or self.value.get("draft") is True
        said = STATUSES.get(status, "draft" if drafted else "confirmed")
        self.draft.put("status", said, self.at("status"))
        if status == FULL:
            self.draft.add_note(Catalogue(self.job.language).gettext(FULL_NOTE), self.at("status"))
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
        language = self.draft.text("language") or self.job.language
        found = _in_language(self.value.get(key), language)
        text = self.job.clean(found.text, self.at(key, found.language))
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
        venue = self._line(location.get("name"), "location", "name")
        region = self._line(location.get("region"), "location", "region")
        self.draft.put("place.venue", venue, self.at("location", "name"))
        self.draft.put("place.address", _street(address, town), self.at("location", "address"))
        self.draft.put("place.town", town, self.at("location", "city"))
        self.draft.put("region", region, self.at("location", "region"))

    def _when(self) -> bool:
        location = self.value.get("location")
        place = location if isinstance(location, dict) else {}
        country = zone_of_country(place.get("countryCode"))
        zone = self.job.first_zone(self.value.get("timezone"), place.get("timezone"), country)
        found = list(self._occurrences(zone))
        if not found:
            sentence = N_("“{title}” has no date that can be read.")
            message = Message.of(sentence, title=quoted(self.draft.text("title")))
            self.job.error("M202", self.at("timings"), message, AT_ITS_SOURCE)
            return False
        return put_timetable(self.draft, found, self.job, self.at("timings"))

    def _occurrences(self, zone: tzinfo) -> Iterator[Occurrence]:
        """Yield what it occurs on; without timings, the first and last of them, or words."""
        said = of_json(self.value.get("timings"))
        timings: list[Any] = said if isinstance(said, list) else []
        for pair in TIMING_PAIRS:
            both = (self.value.get(key) for key in pair)
            timings = timings or [each for each in both if isinstance(each, dict)]
        if not timings:
            yield from self._in_words()
        for number, timing in enumerate(timings[:MOST_TIMINGS]):
            read = _timing(timing, zone)
            if isinstance(read, Occurrence):
                yield read
            else:
                self.job.warn("M402", self.at(f"timings[{number}]"), read)

    def _in_words(self) -> Iterator[Occurrence]:
        """Yield the days of a date range in words, the first that can be read."""
        said = self.value.get("dateRange")
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
        page = self.value.get("canonicalUrl")
        self.draft.put("link", _link(page), self.at("canonicalUrl"))
        ways = [way for item in _listed(self.value.get("registration")) if (way := _way(item))]
        if ways:
            # a page is more welcome than a mail, and this than a telephone call
            best = min(ways, key=lambda way: (way.startswith("tel:"), way.startswith("mailto:")))
            self.draft.put("registration", best, self.at("registration"))
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
        sections = self.job.sections
        self.draft.section = sections.first(keywords) or sections.usual
        for path, keys in (("theme", THEME_FIELDS), ("audience", AUDIENCE_FIELDS)):
            for key in keys:
                words = self._words(key)
                if words and path not in self.draft.values:
                    self.draft.put(path, ", ".join(words), self.at(key))

    # the values themselves

    def _line(self, value: object, *path: str) -> str:
        found = _in_language(value, self.job.language)
        return self.job.line(found.text, self.at(*path))

    def _words(self, key: str, *, split: bool = True) -> tuple[str, ...]:
        """Return the words of a list, of texts or of choices with a label."""
        value = self.value.get(key)
        if value is None:
            return ()
        if isinstance(value, dict) and "label" not in value:
            own = value.get(self.job.language)
            value = own or next((each for each in value.values() if each), None)
        items = [value] if isinstance(value, str) and not split else _listed(value)
        labels = (i.get("label", i.get("name")) if isinstance(i, dict) else i for i in items)
        lines = (self._line(label, key) for label in labels)
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


def _link(value: object) -> str | None:
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


def _holds(text: str, part: str) -> bool:
    letters = (re.sub(r"[\W_]+", "", each).casefold() for each in (text, part))
    return next(letters).find(next(letters)) >= 0


def _street(address: str, town: str) -> str:
    """Return an address without the town, its code and the country, which stand beside it."""
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
