"""Calendars (iCalendar, RFC 5545) as events."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import compress
from typing import Any

from icalendar import Event

from moip_press.exchange.incoming.batch import MOST_ROWS, Batch, Incoming, Place, Refused, Sentence
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
    is_html,
    web_link,
)
from moip_press.exchange.incoming.html_to_markdown import from_html
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
from moip_press.exchange.incoming.import_job import AT_ITS_SOURCE, Draft, ImportJob, quoted
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, foreign

STATUSES = {"CANCELLED": "cancelled", "CANCELED": "cancelled", "TENTATIVE": "draft"}
RULES = frozenset({"RRULE", "RDATE", "EXDATE"})
ENDS = frozenset({"DTEND", "DURATION"})
PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})
EXPORT_ANEW = N_("Export the calendar again, and import that file.")
REMOTE = re.compile(
    r"(?:en ligne|online|à distance|(?:en )?distanciel|(?:en )?visio(?:conférence)?|virtual|virtuel"
    r"|web(?:inaire|inar|ex)|zoom|google meet|jitsi"
    r"|(?:réunion\s+)?(?:microsoft\s+)?teams\b.{0,40})\W*",
    re.IGNORECASE,
)
COUNTRY = re.compile(r"[,\s]+(?:France|United Kingdom|Royaume-Uni|UK)\s*$", re.IGNORECASE)
TOWN = re.compile(r"(?P<code>[0-9]{5})\s+(?P<town>[^\d,;]{2,60})$")
BRITISH = re.compile(r"(?P<town>[^\d,;]{2,60}?)\s+[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}$")


def read_calendar(text: str, stem: str, job: ImportJob) -> Batch:
    """Return the events of one or several calendars; raises `Refused` where there are none."""
    try:
        with foreign("icalendar"), warnings.catch_warnings():
            # about names of time zones that are guessed
            warnings.simplefilter("ignore")
            return _batch(mended(text, job), stem, job)
    except Broken as error:
        raise _not_whole() from error


def _not_whole() -> Refused:
    return Refused("M102", N_("The calendar is not whole: it cannot be read."), EXPORT_ANEW)


def _batch(text: str, stem: str, job: ImportJob) -> Batch:
    calendars = parse_calendars(text)
    if not calendars:
        raise _not_whole()
    entries = list(_entries(calendars, text, job))
    if not entries:
        raise Refused("M105", N_("There are no events in this calendar."), EXPORT_ANEW)
    if len(entries) > MOST_ROWS:
        raise Refused("M104", N_("The calendar has too many events."))
    read = (_Series(series, job).read() for series in _series(entries))
    records = tuple(record for record in read if record is not None)
    names = {first_text(c, "X-WR-CALNAME") or first_text(c, "NAME") for c in calendars}
    source = "ics:" + ("+".join(sorted(filter(None, map(str.strip, names)))) or stem)
    return Batch(source, records, job.report, complete=job.report.ok)


def _entries(calendars: list[Any], text: str, job: ImportJob) -> Iterator[_Entry]:
    """Yield the entries of the calendars of a text, each with the line that it begins in."""
    lines = enumerate(text.split("\r\n"), 1)
    begins = (n for n, line in lines if line.strip().upper() == "BEGIN:VEVENT")
    for calendar in calendars:
        zone = job.first_zone(first_text(calendar, "X-WR-TIMEZONE"))
        cancelled = first_text(calendar, "METHOD").upper() == "CANCEL"
        for event in calendar.walk("VEVENT"):
            place = Place(job.file, line=next(begins, 1))
            if isinstance(event, Event):
                yield _Entry(event, place, zone, cancelled, without_broken(event))


@dataclass(frozen=True)
class _Entry:
    """An entry of a calendar, its place, and the zone of times in UTC."""

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
        return self.event.get("RECURRENCE-ID") is not None


def _series(entries: list[_Entry]) -> list[tuple[_Entry, ...]]:
    """Return the entries with their exceptions, the main one first, in the order of the file.

    Of several states of one entry the newest counts. An exception that is about something else
    stands alone.
    """
    groups: dict[str, list[_Entry]] = {}
    for number, entry in enumerate(entries):
        groups.setdefault(entry.uid or f"\0{number}", []).append(entry)
    found: list[tuple[_Entry, ...]] = []
    for group in groups.values():
        mains = [entry for entry in group if not entry.exception]
        exceptions = [entry for entry in group if entry.exception]
        main = max(mains, key=lambda entry: entry.sequence, default=None)
        if main is None:
            found += [(entry,) for entry in exceptions]
            continue
        title = first_text(main.event, "SUMMARY")
        same = [first_text(entry.event, "SUMMARY") in (title, "") for entry in exceptions]
        found.append((main, *compress(exceptions, same)))
        found += [(each,) for each, own in zip(exceptions, same, strict=True) if not own]
    return found


class _Series:
    """Reads an entry with its exceptions into a draft."""

    def __init__(self, series: tuple[_Entry, ...], job: ImportJob) -> None:
        self.main = series[0]
        self.event: Any = series[0].event
        self.exceptions = series[1:]
        self.place = series[0].place
        self.job = job
        self.draft = Draft(places={"": self.place})
        self.far: str | None = None

    def read(self) -> Incoming | None:
        """Return the event; None, and why, where it cannot be one of a kit."""
        self.draft.uid = self._uid()
        title = self.job.line(first_text(self.event, "SUMMARY"), self.place)
        if first_text(self.event, "CLASS").upper() in PRIVATE:
            sentence = N_("“{title}” is private: it is not imported.")
            self.job.warn("M408", self.place, Message.of(sentence, title=quoted(title)))
            return None
        if not title:
            self.job.error("M201", self.place, N_("This event has no title."), AT_ITS_SOURCE)
            return None
        self.draft.put("title", title, self.place)
        self._texts()
        self._place()
        self._people()
        return self.draft.record if self._when() else None

    def _uid(self) -> str | None:
        uid = self.main.uid
        if uid and self.main.exception:
            stamp = self.event["RECURRENCE-ID"].to_ical().decode("ascii", "replace")
            return f"{uid}#{stamp}"
        return uid or None

    def _texts(self) -> None:
        text = self.job.clean(first_text(self.event, "DESCRIPTION"), self.place)
        rich = self.job.clean(first_text(self.event, "X-ALT-DESC"), self.place)
        if is_html(text):
            markdown = from_html(text)
        elif text.strip():
            markdown = from_plain(text)
        else:
            markdown = from_html(rich) if rich.strip() else ""
        self.draft.put("text", markdown, self.place)

    def _place(self) -> None:
        put_location(self.draft, first_text(self.event, "LOCATION"), self.job, self.place)
        self.draft.put("link", first_link(first_text(self.event, "URL")), self.place)

    def _people(self) -> None:
        organiser = self.event.get("ORGANIZER")
        name = str(getattr(organiser, "params", {}).get("CN", "")).strip('" ')
        if name and "@" not in name:
            self.draft.put("organisers", (self.job.line(name, self.place),), self.place)
        lists = [getattr(each, "cats", ()) for each in listed(self.event, "CATEGORIES")]
        words = [self.job.line(str(word), self.place) for each in lists for word in each]
        sections = self.job.sections
        self.draft.section = sections.first(words) or sections.usual
        themes = [word for word in words if word and sections.find(word) is None]
        self.draft.put("theme", ", ".join(dict.fromkeys(themes)), self.place)

    # when

    def _when(self) -> bool:
        begin = first_moment(self.event, "DTSTART")
        if not isinstance(begin, date):
            message = self.draft.naming(N_("It has no date that can be read."))
            self.job.error("M202", self.place, message, AT_ITS_SOURCE)
            return False
        found = self._occurrences(begin)
        if ENDS & self.main.broken:
            self._warn("M402", N_("Its end cannot be read: it is left out."))
        status = STATUSES.get(first_text(self.event, "STATUS").upper(), "confirmed")
        self.draft.put("status", "cancelled" if self.main.cancelled else status, self.place)
        if found is None:
            return False
        if self.far:
            message = Message.of(N_("Its times are those of another zone: {zone}."), zone=self.far)
            self._warn("M407", message, N_("They are imported as they are there."))
        return put_timetable(self.draft, found, self.job, self.place)

    def _occurrences(self, begin: date) -> list[Occurrence] | None:
        """Return what the entry occurs on in the period; its first day where that is nothing."""
        first, last = self._bounds(begin)
        if RULES & self.main.broken:
            self._unrepeated()
        elif repeats(self.event):
            if not is_bearable(self.event, last):
                self._unrepeated()
            elif found := self._repeated(first, last):
                return found
        alone = self._one(self.event)
        return None if alone is None else [alone]

    def _bounds(self, begin: date) -> tuple[date, date]:
        if self.job.period is not None:
            return self.job.period.start, self.job.period.end
        first = begin.date() if isinstance(begin, datetime) else begin
        return first, first + timedelta(days=366)

    def _repeated(self, first: date, last: date) -> list[Occurrence]:
        events = [self.event, *(each.event for each in self.exceptions)]
        try:
            each = occurrences(events, first, last)
        except Broken:
            self._unrepeated()
            return []
        cancelled = [event for event in each if first_text(event, "STATUS").upper() == "CANCELLED"]
        kept = each if len(cancelled) == len(each) else [e for e in each if e not in cancelled]
        found = [one for event in kept if (one := self._one(event)) is not None]
        return [one for one in found if one.days[0] <= last and one.days[-1] >= first]

    def _unrepeated(self) -> None:
        message = N_("Its rule of repetition cannot be worked out: one day is read.")
        self._warn("M403", message, N_("Write its other days into the kit by hand."))

    def _warn(self, code: str, message: Sentence, hint: str | None = None) -> None:
        self.job.warn(code, self.place, self.draft.naming(message), hint)

    def _one(self, event: Any) -> Occurrence | None:
        """Return what an entry without repetition occurs on."""
        begin, end = first_moment(event, "DTSTART"), self._end(event)
        try:
            if isinstance(begin, datetime):
                moment = self._local(begin)
                ends = self._local(end) if isinstance(end, datetime) else None
                return occurrence(moment, ends)
            last = end - timedelta(days=1) if type(end) is date and end > begin else begin
            return whole_days(begin, last)
        except (ValueError, TypeError, OverflowError):
            message = self.draft.naming(N_("It ends before it begins, or lasts for years."))
            hint = N_("Correct it at its source, or leave the event out.")
            self.job.error("M202", self.place, message, hint)
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
        """Return a moment as clocks show it: UTC in the calendar's zone, another as it is there."""
        offset = moment.utcoffset()
        if offset is None:
            return moment
        if moment.tzinfo is UTC or str(moment.tzinfo) in ("UTC", "Etc/UTC", "tzutc()"):
            return moment.astimezone(self.main.zone)
        if offset != moment.astimezone(self.job.zone).utcoffset():
            self.far = str(moment.tzinfo)
        return moment


def put_location(draft: Draft, text: str, job: ImportJob, place: Place) -> None:
    """Give a record the place that a text names; words for "online", and links, make it that."""
    text = job.clean(text, place).strip()
    link = WEB_ADDRESS.search(text)
    if link or REMOTE.fullmatch(text):
        draft.put("online", True, place)  # noqa: FBT003 -- the value of a field
    if link:
        draft.put("link", web_link(link[0]), place)
        text = text.replace(link[0], "").strip(" ,;-–|\n")
    if not text or REMOTE.fullmatch(text):
        return
    venue, address, town = postal_parts(" ".join(re.sub(r"\n+", ", ", text).split()))
    draft.put("place.venue", job.line(venue, place), place)
    draft.put("place.address", job.line(address, place), place)
    draft.put("place.town", job.line(town, place), place)


def postal_parts(text: str) -> tuple[str, str, str]:
    """Return venue, address and town of a line such as "Mairie, 2 rue X, 35000 Rennes, France".

    Where no town is found by its code, all of it is the venue.
    """
    bare = COUNTRY.sub("", text)
    found = TOWN.search(bare) or BRITISH.search(bare)
    if found is None:
        return text, "", ""
    rest = bare[: found.start()].strip(" ,;-–")
    venue, _, address = rest.partition(", ")
    if not address and re.match(r"[0-9]", venue):
        venue, address = "", venue
    return venue, address.strip(" ,"), found["town"].strip()
