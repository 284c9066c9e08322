"""Calendars (iCalendar, RFC 5545) as events."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from icalendar import Event

from moip_press.exchange import OLD_DATE
from moip_press.exchange.incoming.batch import Batch, Incoming
from moip_press.exchange.incoming.event_dates import (
    Occurrence,
    occurrence,
    put_timetable,
    whole_days,
)
from moip_press.exchange.incoming.foreign_text import (
    WEB_ADDRESS,
    first_link,
    from_plain,
    postal_parts,
    web_link,
)
from moip_press.exchange.incoming.icalendar_parser import (
    first_moment,
    first_text,
    is_bearable,
    listed,
    mended,
    occurrences,
    parse_calendars,
    repeats,
    without_broken,
)
from moip_press.exchange.incoming.import_job import AT_ITS_SOURCE, Draft, Fields, ImportJob, quoted
from moip_press.exchange.incoming.session_rows import of_foreign_rows
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, foreign
from moip_press.system.tables.grid import MOST_ROWS, Place, Refused

STATUSES = {
    "CANCELLED": "cancelled",
    "CANCELED": "cancelled",
    "TENTATIVE": "draft",
    "CONFIRMED": "confirmed",
}
RULES = frozenset({"RRULE", "RDATE", "EXDATE"})
UTC_NAMES = frozenset({"UTC", "Etc/UTC", "tzutc()", "GMT", "Etc/GMT", "UCT", "Etc/UCT", "Zulu"})
SEEN = ("SUMMARY", "DESCRIPTION", "LOCATION", "URL")
"""What an exception may say otherwise than its series."""

KNOWN = re.compile(
    r"(?:UID|DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE|TRANSP|CLASS|PRIORITY|EXRULE|GEO"
    r"|X-(?:MICROSOFT|MOZ|MS-OLK|LIC|EVOLUTION|NEXTCLOUD)-.*|X-APPLE-(?:TRAVEL|EWS|CREATOR|STRUCTURED).*)\Z"
)
"""Properties that say nothing to readers: keys, stamps, what programs keep for themselves."""

ENDS = frozenset({"DTEND", "DURATION"})
PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})
EXPORT_ANEW = N_("Export the calendar again, and import that file.")
REMOTE = re.compile(
    r"(?:en ligne|online|à distance|(?:en )?distanciel|(?:en )?visio(?:conférence)?|virtual|virtuel"
    r"|web(?:inaire|inar|ex)|zoom|google meet|jitsi"
    r"|(?:réunion\s+)?(?:microsoft\s+)?teams\b.{0,40})\W*",
    re.IGNORECASE,
)


def read_calendar(text: str, stem: str, job: ImportJob) -> Batch:
    """Return the events of one or several calendars; raises `Refused` where there are none."""
    try:
        with foreign("icalendar"), warnings.catch_warnings():
            # about names of time zones that are guessed
            warnings.simplefilter("ignore")
            return _batch(*mended(text, job), stem, job)
    except Broken as error:
        raise _not_whole() from error


def _not_whole() -> Refused:
    return Refused("M102", N_("The calendar is not whole: it cannot be read."), EXPORT_ANEW)


def _batch(text: str, begins: tuple[int, ...], stem: str, job: ImportJob) -> Batch:
    calendars = parse_calendars(text)
    if not calendars:
        raise _not_whole()
    entries = list(_entries(calendars, begins, job))
    if not entries:
        raise Refused("M105", N_("There are no events in this calendar."), EXPORT_ANEW)
    if len(entries) > MOST_ROWS:
        raise Refused("M104", N_("The calendar has too many events."))
    groups: dict[str, list[_Entry]] = {}
    for number, entry in enumerate(entries):
        groups.setdefault(entry.uid or f"\0{number}", []).append(entry)
    series = (each for group in groups.values() for each in _series(group, job))
    read = (_Record(each, job).read() for each in series)
    names = {first_text(c, "X-WR-CALNAME") or first_text(c, "NAME") for c in calendars}
    source = "ics:" + ("+".join(sorted(filter(None, map(str.strip, names)))) or stem)
    records = of_foreign_rows((record for record in read if record is not None), job)
    return job.batch(source, records, complete=True)


def _entries(calendars: list[Any], begins: tuple[int, ...], job: ImportJob) -> Iterator[_Entry]:
    """Yield the entries of calendars, each with the line that it begins in."""
    lines = iter(begins)
    for calendar in calendars:
        zone = job.first_zone(first_text(calendar, "X-WR-TIMEZONE"))
        cancelled = first_text(calendar, "METHOD").upper() == "CANCEL"
        for event in calendar.walk("VEVENT"):
            place = Place(job.file, line=next(lines, 1))
            if isinstance(event, Event) and OLD_DATE not in event:
                yield _Entry(event, place, zone, cancelled, without_broken(event))


@dataclass(frozen=True)
class _Entry:
    """An entry of a calendar, its place, and the zone that the calendar is of."""

    event: Any
    place: Place
    zone: tzinfo
    cancelled: bool = False
    broken: frozenset[str] = frozenset()
    """The properties that cannot be read, and were taken out of it."""

    @property
    def uid(self) -> str:
        return first_text(self.event, "UID").strip()

    @property
    def sequence(self) -> tuple[int, str]:
        """The key by which the newest of several states of one entry is found."""
        number = first_text(self.event, "SEQUENCE")
        return int(number) if number.isdigit() else 0, first_text(self.event, "LAST-MODIFIED")

    @property
    def exception(self) -> bool:
        return self.event.get("RECURRENCE-ID") is not None or "RECURRENCE-ID" in self.broken

    @property
    def stamp(self) -> str:
        """Which of the days of its series an exception is about, as the calendar writes it."""
        found = self.event.get("RECURRENCE-ID")
        return found.to_ical().decode("ascii", "replace") if found is not None else ""

    @property
    def looks(self) -> tuple[str, ...]:
        """What readers see of it besides its time."""
        return looks_of(self.event)


def looks_of(event: Any) -> tuple[str, ...]:
    """Return what readers see of an entry besides its time."""
    return tuple(first_text(event, name).strip() for name in SEEN)


@dataclass(frozen=True)
class _Series:
    """What one event of the kit is read from: an entry, and the times that it takes place.

    Without `times` it takes place as the entry says. `key` is its own within the calendar.
    """

    entry: _Entry
    key: str
    times: tuple[Any, ...] = ()


def _series(group: Sequence[_Entry], job: ImportJob) -> Iterator[_Series]:
    """Yield the events that entries of one key are: the series, then each exception unlike it.

    Of several states of one entry the newest counts; entries that only share their key, as some
    programs write them, are all kept. A day that was renamed or moved leaves the series.
    """
    exceptions = [entry for entry in group if entry.exception]
    mains = _newest([entry for entry in group if not entry.exception])
    if mains:
        yield from _of_main(mains[0], exceptions, job)
        others = enumerate(mains[1:], 2)
        yield from (_Series(entry, f"{entry.uid}#{number}") for number, entry in others)
    else:
        yield from (_Series(each, f"{each.uid}#{each.stamp}") for each in exceptions)


def _of_main(main: _Entry, exceptions: Sequence[_Entry], job: ImportJob) -> Iterator[_Series]:
    """Yield an entry with the days on which it is as it says, then its exceptions."""
    _fill_in(exceptions, main)
    found = _times(main, exceptions, job)
    if found is None:
        yield _Series(main, main.uid)
        yield from (_Series(e, f"{e.uid}#{e.stamp}") for e in exceptions if e.looks != main.looks)
        return
    if not found:
        title = job.line(first_text(main.event, "SUMMARY"), main.place)
        sentence = N_("No day is left of it: it is not imported.")
        job.miss("M411", main.place, sentence, of=Draft(values={"title": title}))
    by_looks: dict[tuple[str, ...], list[Any]] = {}
    for event in found:
        by_looks.setdefault(looks_of(event), []).append(event)
    if main.looks in by_looks:
        yield _Series(main, main.uid, tuple(by_looks.pop(main.looks)))
    for entry in sorted(exceptions, key=lambda each: each.stamp):
        if times := by_looks.pop(entry.looks, None):
            yield _Series(entry, f"{entry.uid}#{entry.stamp}", tuple(times))


def _fill_in(exceptions: Sequence[_Entry], main: _Entry) -> None:
    """Give exceptions what they do not say themselves: it is as in their series."""
    for entry in exceptions:
        for name in SEEN:
            if entry.event.get(name) is None and main.event.get(name) is not None:
                entry.event[name] = main.event[name]


def _newest(entries: Sequence[_Entry]) -> list[_Entry]:
    """Return the newest of several states of an entry, and what is as new and another event."""
    newest = max((entry.sequence for entry in entries), default=(0, ""))
    states: dict[object, _Entry] = {}
    for entry in entries:
        if entry.sequence == newest:
            states.setdefault((entry.looks, str(first_moment(entry.event, "DTSTART"))), entry)
    return list(states.values())


def _times(main: _Entry, exceptions: Sequence[_Entry], job: ImportJob) -> list[Any] | None:
    """Return what an entry with its exceptions comes to in the period.

    None where it is of one day only, or nobody can work out the others, which is reported.
    """
    begin = first_moment(main.event, "DTSTART")
    if not isinstance(begin, date) or not (
        RULES & main.broken or repeats(main.event) or exceptions
    ):
        return None
    first, last = _bounds(begin, job)
    found: list[Any] | None = None
    if not RULES & main.broken and is_bearable(main.event, last):
        try:
            found = occurrences([main.event, *(each.event for each in exceptions)], first, last)
        except Broken:
            found = None
    if found is None:
        title = first_text(main.event, "SUMMARY")
        draft = Draft(values={"title": job.line(title, main.place)})
        message = N_("Its rule of repetition cannot be worked out: one day is read.")
        hint = N_("Write its other days into the kit by hand.")
        job.warn("M403", main.place, message, hint, of=draft)
        return None
    day = begin.date() if isinstance(begin, datetime) else begin
    if not found and not first <= day <= last:
        return None  # all of it is at other times: it is imported at the first of them
    return [event for event in found if not is_cancelled(event)] or found


def is_cancelled(event: Any) -> bool:
    """Return whether an entry does not take place."""
    return STATUSES.get(first_text(event, "STATUS").upper()) == "cancelled"


def _bounds(begin: date, job: ImportJob) -> tuple[date, date]:
    if job.period is not None:
        return job.period.start, job.period.end
    first = begin.date() if isinstance(begin, datetime) else begin
    return first, first + timedelta(days=366)


class _Record:
    """Reads a series into a draft."""

    def __init__(self, series: _Series, job: ImportJob) -> None:
        self.series = series
        self.entry = series.entry
        self.event: Any = series.entry.event
        self.place = series.entry.place
        self.job = job
        self.fields = Fields({str(name): value for name, value in self.event.items()})
        self.draft = Draft(places={"": self.place})
        self.far: str | None = None

    def read(self) -> Incoming | None:
        """Return the event; None, and why, where it cannot be one of a kit."""
        record = self._read()
        for (name,) in self.fields.left() if record else ():
            self.job.leave(name, self.place, told=KNOWN.match(name) is not None)
        return record

    def _read(self) -> Incoming | None:
        self.draft.uid = self.series.key if self.entry.uid else None
        title = self.job.line(self._take("SUMMARY"), self.place)
        if self._take("CLASS").upper() in PRIVATE:
            sentence = N_("“{title}” is private: it is not imported.")
            self.job.warn("M408", self.place, Message.of(sentence, title=quoted(title)))
            return None
        if not title:
            self.job.miss("M201", self.place, N_("This event has no title."), AT_ITS_SOURCE)
            return None
        self.draft.put("title", title, self.place)
        self._texts()
        self._place()
        self._people()
        return self.draft.record(self._digest()) if self._when() else None

    def _digest(self) -> str:
        times = [str(first_moment(event, "DTSTART")) for event in self.series.times]
        said = {n: str(v) for n, v in self.fields.values.items() if not KNOWN.match(n)}
        return Fields({**said, "times": times}).digest()

    def _take(self, name: str) -> str:
        """Return the text of a property, which is read now."""
        self.fields.take(name)
        return first_text(self.event, name)

    def _texts(self) -> None:
        text = self.job.prose(self._take("DESCRIPTION"), self.place)
        rich = self.job.prose(self._take("X-ALT-DESC"), self.place)
        self.draft.put("text", text or rich, self.place)
        for name, label in (("CONTACT", N_("Contact")), ("CONFERENCE", N_("Online"))):
            words = self.job.prose(self._take(name), self.place)
            if words:
                self.draft.add_note(self.job.labelled(label, words), self.place)

    def _place(self) -> None:
        url = first_text(self.event, "URL")
        if link := first_link(url):
            self.draft.put("link", link, self.place)
            self.fields.take("URL")
        put_location(self.draft, self._take("LOCATION"), self.job, self.place)

    def _people(self) -> None:
        organiser = self.event.get("ORGANIZER")
        name = str(getattr(organiser, "params", {}).get("CN", "")).strip('" ')
        if name and "@" not in name:
            self.draft.put("organisers", (self.job.line(name, self.place),), self.place)
            self.fields.take("ORGANIZER")
            self.job.leave("ORGANIZER", self.place, told=True)  # the mail of a person
        lists = [getattr(each, "cats", ()) for each in listed(self.event, "CATEGORIES")]
        self.fields.take("CATEGORIES")
        words = [self.job.line(str(word), self.place) for each in lists for word in each]
        sections = self.job.sections
        self.draft.section = sections.first(words) or sections.usual
        themes = [word for word in words if word and sections.find(word) is None]
        self.draft.put("theme", ", ".join(dict.fromkeys(themes)), self.place)

    # when

    def _when(self) -> bool:
        if not isinstance(first_moment(self.event, "DTSTART"), date):
            sentence = N_("It has no date that can be read.")
            self.job.error("M202", self.place, sentence, AT_ITS_SOURCE, of=self.draft)
            return False
        for name in (*ENDS, *RULES, "DTSTART", "RECURRENCE-ID"):
            self.fields.take(name)
        status = STATUSES.get(first_text(self.event, "STATUS").upper())
        if status:
            self.fields.take("STATUS")
        if ENDS & self.entry.broken:
            sentence = N_("Its end cannot be read: it is left out.")
            self.job.warn("M402", self.place, sentence, of=self.draft)
        times = self.series.times or (self.event,)
        cancelled = self.entry.cancelled or all(map(is_cancelled, times))
        self.draft.put("status", "cancelled" if cancelled else status or "confirmed", self.place)
        found = [self._one(event) for event in times]
        days = [each for each in found if each is not None]
        if not days:
            return False
        if self.series.times and (period := self.job.period):
            # what was worked out may reach a day beyond, in other clocks
            within = [o for o in days if o.days[0] <= period.end and o.days[-1] >= period.start]
            days = within or days
        if self.far:
            message = Message.of(N_("Its times are those of another zone: {zone}."), zone=self.far)
            hint = N_("They are imported as they are there.")
            self.job.warn("M407", self.place, message, hint, of=self.draft)
        return put_timetable(self.draft, days, self.job, self.place)

    def _one(self, event: Any) -> Occurrence | None:
        """Return what an entry without repetition occurs on."""
        begin, end = first_moment(event, "DTSTART"), self._end(event)
        try:
            if isinstance(begin, datetime):
                ends = end if end is None or isinstance(end, datetime) else _midnight(end)
                return occurrence(self._local(begin), ends and self._local(ends))
            if isinstance(end, datetime):
                return occurrence(_midnight(begin), self._local(end).replace(tzinfo=None))
            last = end - timedelta(days=1) if end and end > begin else begin
            return whole_days(begin, last)
        except (ValueError, TypeError, OverflowError):
            message = N_("It ends before it begins, or lasts for years.")
            hint = N_("Correct it at its source, or leave the event out.")
            self.job.error("M202", self.place, message, hint, of=self.draft)
            return None

    def _end(self, event: Any) -> Any:
        if event.get("DTEND") is not None:
            return first_moment(event, "DTEND")
        try:
            if event.get("DURATION") is not None:
                return first_moment(event, "DTSTART") + first_moment(event, "DURATION")
        except (TypeError, OverflowError):
            return None
        return None

    def _local(self, moment: datetime) -> datetime:
        """Return a moment as clocks show it where it is held: UTC in the zone of the calendar."""
        own = self.entry.zone if str(self.entry.zone) not in UTC_NAMES else self.job.zone
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=own)
        elif str(moment.tzinfo) in UTC_NAMES:  # nobody lives by it
            moment = moment.astimezone(own)
        if moment.utcoffset() != moment.astimezone(self.job.zone).utcoffset():
            self.far = str(moment.tzinfo)
        return moment


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0))


def put_location(draft: Draft, text: str, job: ImportJob, place: Place) -> None:
    """Give a record the place that a text names; words for "online", and links, make it that."""
    text = job.clean(text, place).strip()
    link = WEB_ADDRESS.search(text)
    if link or REMOTE.fullmatch(text):
        draft.put("online", True, place)  # noqa: FBT003 -- the value of a field
    if link:
        if "link" in draft.values:
            draft.add_note(job.labelled(N_("Online"), from_plain(link[0])), place)
        else:
            draft.put("link", web_link(link[0]), place)
        text = text.replace(link[0], "").strip(" ,;-–|\n")
    if not text or REMOTE.fullmatch(text):
        return
    venue, address, town = postal_parts(" ".join(re.sub(r"\n+", ", ", text).split()))
    draft.put("place.venue", job.line(venue, place), place)
    draft.put("place.address", job.line(address, place), place)
    draft.put("place.town", job.line(town, place), place)
