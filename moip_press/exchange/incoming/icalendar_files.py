"""Calendars (iCalendar, RFC 5545) as events. The only user of icalendar, with `recurrence`."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import accumulate, compress
from typing import Any

from icalendar import Calendar, Event
from icalendar.prop import vBroken

from moip_press.exchange.incoming.batch import MOST_ROWS, Batch, Incoming, Place, Refused
from moip_press.exchange.incoming.desk import Desk, Draft, first_zone, quoted
from moip_press.exchange.incoming.event_dates import (
    Occurrence,
    named,
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
from moip_press.exchange.incoming.recurrence import is_bearable, is_yearly, occurrences, repeats
from moip_press.report.diagnostics import Message, lines_of
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, foreign
from moip_press.system.limits import CALENDAR

REMOTE = re.compile(
    r"(?:en ligne|online|à distance|(?:en )?distanciel|(?:en )?visio(?:conférence)?|virtual|virtuel"
    r"|web(?:inaire|inar|ex)|zoom|google meet|jitsi"
    r"|(?:réunion\s+)?(?:microsoft\s+)?teams\b.{0,40})\W*",
    re.IGNORECASE,
)
COUNTRY = re.compile(r"[,\s]+(?:France|United Kingdom|Royaume-Uni|UK)\s*$", re.IGNORECASE)
TOWN = re.compile(r"(?P<code>[0-9]{5})\s+(?P<town>[^\d,;]{2,60})$")
BRITISH = re.compile(r"(?P<town>[^\d,;]{2,60}?)\s+[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}$")


def put_location(draft: Draft, text: str, desk: Desk, place: Place) -> None:
    """Give a record the place that a text tells; words for "online", and links, make it that."""
    text = desk.clean(text, place).strip()
    link = WEB_ADDRESS.search(text)
    if link or REMOTE.fullmatch(text):
        draft.put("online", True, place)  # noqa: FBT003 -- the value of a field
    if link:
        draft.put("link", web_link(link[0]), place)
        text = text.replace(link[0], "").strip(" ,;-–|\n")
    if not text or REMOTE.fullmatch(text):
        return
    venue, address, town = postal_parts(" ".join(re.sub(r"\n+", ", ", text).split()))
    draft.put("place.venue", desk.line(venue, place), place)
    draft.put("place.address", desk.line(address, place), place)
    draft.put("place.town", desk.line(town, place), place)


def postal_parts(text: str) -> tuple[str, str, str]:
    """Return venue, address and town of a line such as "Mairie, 2 rue X, 35000 Rennes, France".

    Where no town can be told by its code, all of it is the venue.
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


CONTENT = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?:;[A-Za-z0-9-]+=|:)")
STATUSES = {"CANCELLED": "cancelled", "CANCELED": "cancelled", "TENTATIVE": "draft"}
RULES = frozenset({"RRULE", "RDATE", "EXDATE"})
ENDS = frozenset({"DTEND", "DURATION"})
ONCE = frozenset({"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "ORGANIZER"})
PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})
UNFOLD = re.compile(r"\r\n[ \t]")
RULE = re.compile(r"^RRULE[;:](.*)$", re.IGNORECASE | re.MULTILINE)
MOST_ZONE_LINES = 2_000
"""Lines of the rules of a time zone: Europe/Paris since 1900 has some 700."""
EXPORT_ANEW = N_("Export the calendar again, and import that file.")


def read_calendar(text: str, stem: str, desk: Desk) -> Batch:
    """Return the events of one or several calendars; raises `Refused` where there are none."""
    text = _mended(text, desk)
    try:
        with foreign("icalendar"), warnings.catch_warnings():
            # about names of time zones that are guessed
            warnings.simplefilter("ignore")
            return _Calendars(text, stem, desk).batch()
    except Broken as error:
        raise _not_whole() from error


def _mended(text: str, desk: Desk) -> str:
    """Return a calendar whose lines are all such: what is none is the rest of the one before.

    Programs that do not fold texts as they should break them in the middle of a description.
    """
    lines: list[str] = []
    broken = 0
    for number, line in enumerate(lines_of(text.lstrip("\ufeff")), 1):
        if not line.strip():
            continue
        if line[0] in " \t" or CONTENT.match(line):
            lines.append(line)
        elif lines:
            lines.append(" \\n" + line.replace("\\", "\\\\"))
            broken = broken or number
    if broken:
        desk.warn(
            "M402",
            Place(desk.file, line=broken),
            Message(N_("This line is broken: it is read as the rest of the text before it.")),
        )
    return "\r\n".join(_with_usable_zones(lines)) + "\r\n"


def _with_usable_zones(lines: list[str]) -> Iterator[str]:
    """Yield the lines less those of time zones that say nothing, or change all the time.

    These zones are then found by their names.
    """
    block: list[str] = []
    for line in lines:
        mark = line.strip().upper()
        if mark == "BEGIN:VTIMEZONE" or block:
            block.append(line)
            if mark == "END:VTIMEZONE":
                if _is_usable(block):
                    yield from block
                block = []
        else:
            yield line
    yield from block


def _is_usable(zone: list[str]) -> bool:
    """Tell whether a time zone says when clocks change, and that they do so once a year."""
    marks = ("BEGIN:STANDARD", "BEGIN:DAYLIGHT")
    if len(zone) > MOST_ZONE_LINES or not any(line.strip().upper() in marks for line in zone):
        return False
    rules = RULE.findall(UNFOLD.sub("", "\r\n".join(zone)).replace("\r", ""))
    return all(is_yearly(rule) for rule in rules)


def _parsed(text: str) -> list[Calendar]:
    # OSError: the name of a time zone that is a folder of them
    if _depth(text) > CALENDAR.depth:
        raise _not_whole()
    with foreign("icalendar", OSError):
        calendars = Calendar.from_ical(text, multiple=True)
    if not calendars:
        raise _not_whole()
    return list(calendars)


def _depth(text: str) -> int:
    """Return how deep components stand in each other."""
    marks = (line.partition(":")[0].upper() for line in text.split("\r\n"))
    steps = ({"BEGIN": 1, "END": -1}.get(mark, 0) for mark in marks)
    return max(accumulate(steps), default=0)


def _not_whole() -> Refused:
    return Refused(
        "M102", Message(N_("The calendar is not whole: it cannot be read.")), Message(EXPORT_ANEW)
    )


@dataclass(frozen=True)
class _Entry:
    """An entry of a calendar, its place, and the zone of times that are told in UTC."""

    event: Any
    place: Place
    zone: tzinfo
    cancelled: bool = False
    broken: frozenset[str] = frozenset()
    """The properties that cannot be read, and were taken out of it."""

    @property
    def uid(self) -> str:
        return _text(self.event, "UID").strip()

    @property
    def sequence(self) -> tuple[int, str]:
        """What tells the newer of two states of one entry."""
        number = _text(self.event, "SEQUENCE")
        return int(number) if number.isdigit() else 0, _text(self.event, "LAST-MODIFIED")

    @property
    def exception(self) -> bool:
        return self.event.get("RECURRENCE-ID") is not None


class _Calendars:
    def __init__(self, text: str, stem: str, desk: Desk) -> None:
        self.desk = desk
        self.stem = stem
        self.calendars = _parsed(text)
        self.lines = [
            number
            for number, line in enumerate(text.split("\r\n"), 1)
            if line.strip().upper() == "BEGIN:VEVENT"
        ]

    def batch(self) -> Batch:
        entries = list(self._entries())
        if not entries:
            raise Refused(
                "M105", Message(N_("There are no events in this calendar.")), Message(EXPORT_ANEW)
            )
        if len(entries) > MOST_ROWS:
            raise Refused("M104", Message(N_("The calendar has too many events.")))
        records = [
            record
            for series in _series(entries)
            if (record := _Series(series, self.desk).read()) is not None
        ]
        report = self.desk.report
        return Batch(self._source(), tuple(records), report, complete=report.ok)

    def _source(self) -> str:
        names = [_text(each, "X-WR-CALNAME") or _text(each, "NAME") for each in self.calendars]
        return "ics:" + ("+".join(sorted({n.strip() for n in names if n.strip()})) or self.stem)

    def _entries(self) -> Iterator[_Entry]:
        lines = iter(self.lines)
        for calendar in self.calendars:
            zone = first_zone([_text(calendar, "X-WR-TIMEZONE")], self.desk.zone)
            cancelled = _text(calendar, "METHOD").upper() == "CANCEL"
            for event in calendar.walk("VEVENT"):
                place = Place(self.desk.file, line=next(lines, 1))
                if isinstance(event, Event):
                    yield _Entry(event, place, zone, cancelled, _without_broken(event))


def _without_broken(event: Any) -> frozenset[str]:
    """Take out of an entry what cannot be read, and return the names of it.

    What can be there but once is there once.
    """
    broken = set()
    for name, value in list(event.items()):
        values = value if isinstance(value, list) else [value]
        kept = [each for each in values if not isinstance(each, vBroken)]
        if len(kept) < len(values):
            broken.add(name)
        kept = kept[:1] if name in ONCE else kept
        if len(kept) < len(values):
            del event[name]
            for each in kept:
                event.add(name, each)
    return frozenset(broken)


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
        title = _text(main.event, "SUMMARY")
        same = [_text(entry.event, "SUMMARY") in (title, "") for entry in exceptions]
        found.append((main, *compress(exceptions, same)))
        found += [(each,) for each, own in zip(exceptions, same, strict=True) if not own]
    return found


class _Series:
    """Reads an entry with its exceptions into a draft."""

    def __init__(self, series: tuple[_Entry, ...], desk: Desk) -> None:
        self.main = series[0]
        self.event: Any = series[0].event
        self.exceptions = series[1:]
        self.place = series[0].place
        self.desk = desk
        self.draft = Draft(places={"": self.place})
        self.far: str | None = None

    def read(self) -> Incoming | None:
        """Return the event; None, and why, where it cannot be one of a kit."""
        self.draft.uid = self._uid()
        title = self.desk.line(_text(self.event, "SUMMARY"), self.place)
        if _text(self.event, "CLASS").upper() in PRIVATE:
            self.desk.warn(
                "M408",
                self.place,
                Message.of(N_("“{title}” is private: it is not imported."), title=quoted(title)),
            )
            return None
        if not title:
            self.desk.error(
                "M201",
                self.place,
                Message(N_("This event has no title.")),
                Message(N_("Give it one at its source, or leave the event out.")),
            )
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
        text = self.desk.clean(_text(self.event, "DESCRIPTION"), self.place)
        rich = self.desk.clean(_text(self.event, "X-ALT-DESC"), self.place)
        if is_html(text):
            markdown = from_html(text)
        elif text.strip():
            markdown = from_plain(text)
        else:
            markdown = from_html(rich) if rich.strip() else ""
        self.draft.put("text", markdown, self.place)

    def _place(self) -> None:
        put_location(self.draft, _text(self.event, "LOCATION"), self.desk, self.place)
        link = first_link(_text(self.event, "URL"))
        if link:
            self.draft.put("link", link, self.place)

    def _people(self) -> None:
        organiser = self.event.get("ORGANIZER")
        name = str(getattr(organiser, "params", {}).get("CN", "")).strip('" ')
        if name and "@" not in name:
            self.draft.put("organisers", (self.desk.line(name, self.place),), self.place)
        words = [self.desk.line(word, self.place) for word in _categories(self.event)]
        sections = self.desk.sections
        self.draft.section = sections.chosen or sections.first(words) or sections.usual
        themes = [word for word in words if word and sections.find(word) is None]
        self.draft.put("theme", ", ".join(dict.fromkeys(themes)), self.place)

    # when

    def _when(self) -> bool:
        begin = _moment(self.event, "DTSTART")
        if not isinstance(begin, date):
            self.desk.error(
                "M202",
                self.place,
                named(self.draft, Message(N_("It has no date that can be read."))),
                Message(N_("Give it one at its source, or leave the event out.")),
            )
            return False
        found = self._occurrences(begin)
        if ENDS & self.main.broken:
            self.desk.warn(
                "M402",
                self.place,
                named(self.draft, Message(N_("Its end cannot be read: it is left out."))),
            )
        status = STATUSES.get(_text(self.event, "STATUS").upper(), "confirmed")
        self.draft.put("status", "cancelled" if self.main.cancelled else status, self.place)
        if found is None:
            return False
        if self.far:
            self.desk.warn(
                "M407",
                self.place,
                named(
                    self.draft,
                    Message.of(N_("Its times are those of another zone: {zone}."), zone=self.far),
                ),
                Message(N_("They are imported as they are there.")),
            )
        return put_timetable(self.draft, found, self.desk, self.place)

    def _occurrences(self, begin: date) -> list[Occurrence] | None:
        """Return what the entry occurs on in the period; its first day where that is nothing."""
        first, last = self._bounds(begin)
        if RULES & self.main.broken:
            self._unrepeated()
        elif repeats(self.event):
            if is_bearable(self.event, last):
                found = self._repeated(first, last)
                if found:
                    return found
            else:
                self._unrepeated()
        alone = self._one(self.event)
        return None if alone is None else [alone]

    def _bounds(self, begin: date) -> tuple[date, date]:
        if self.desk.period is not None:
            return self.desk.period.start, self.desk.period.end
        first = begin.date() if isinstance(begin, datetime) else begin
        return first, first + timedelta(days=366)

    def _repeated(self, first: date, last: date) -> list[Occurrence]:
        events = [self.event, *(each.event for each in self.exceptions)]
        try:
            each = occurrences(events, first, last)
        except Broken:
            self._unrepeated()
            return []
        cancelled = [event for event in each if _text(event, "STATUS").upper() == "CANCELLED"]
        kept = each if len(cancelled) == len(each) else [e for e in each if e not in cancelled]
        found = [one for event in kept if (one := self._one(event)) is not None]
        return [one for one in found if one.days[0] <= last and one.days[-1] >= first]

    def _unrepeated(self) -> None:
        self.desk.warn(
            "M403",
            self.place,
            named(
                self.draft,
                Message(N_("Its rule of repetition cannot be worked out: one day is read.")),
            ),
            Message(N_("Write its other days into the kit by hand.")),
        )

    def _one(self, event: Any) -> Occurrence | None:
        """Return what an entry without repetition occurs on."""
        begin, end = _moment(event, "DTSTART"), self._end(event)
        try:
            if isinstance(begin, datetime):
                moment = self._local(begin)
                ends = self._local(end) if isinstance(end, datetime) else None
                return occurrence(moment, ends)
            last = end - timedelta(days=1) if type(end) is date and end > begin else begin
            return whole_days(begin, last)
        except (ValueError, TypeError, OverflowError):
            self.desk.error(
                "M202",
                self.place,
                named(self.draft, Message(N_("It ends before it begins, or lasts for years."))),
                Message(N_("Correct it at its source, or leave the event out.")),
            )
            return None

    def _end(self, event: Any) -> Any:
        if event.get("DTEND") is not None:
            return _moment(event, "DTEND")
        try:
            if event.get("DURATION") is not None:
                return _moment(event, "DTSTART") + _moment(event, "DURATION")
        except (TypeError, OverflowError):
            return None
        return None

    def _local(self, moment: datetime) -> datetime:
        """Return a moment as clocks show it: UTC in the calendar's zone, another as it is there."""
        offset = moment.utcoffset()
        if moment.tzinfo is None or offset is None:
            return moment
        if moment.tzinfo is UTC or str(moment.tzinfo) in ("UTC", "Etc/UTC", "tzutc()"):
            return moment.astimezone(self.main.zone)
        if offset != moment.astimezone(self.desk.zone).utcoffset():
            self.far = str(moment.tzinfo)
        return moment


def _moment(event: Any, name: str) -> Any:
    """Return the date, moment or length of time of a property; None where it has none."""
    value = event.get(name)
    return getattr(value[0] if isinstance(value, list) else value, "dt", None)


def _text(component: Any, name: str) -> str:
    """Return the text of a property, the first where there are several."""
    value = component.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None else str(value)


def _categories(event: Any) -> Sequence[str]:
    value = event.get("CATEGORIES")
    lists = value if isinstance(value, list) else [value] if value is not None else []
    return [str(word) for each in lists for word in getattr(each, "cats", ())]
