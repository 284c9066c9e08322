"""What is known of the kit while a file is read for it, and what was found in the file so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global
from rapidfuzz import fuzz, process

from moip_press.exchange.columns import heading_key
from moip_press.exchange.export.event_facts import zone_of
from moip_press.exchange.incoming.batch import Incoming, Place, Sentence, Value, as_message
from moip_press.exchange.incoming.foreign_text import Printable, plain
from moip_press.kit.model.kit import Kit
from moip_press.kit.when import Period
from moip_press.kit.when.vocabulary import base_language
from moip_press.report.diagnostics import Diagnostic, Message, Report
from moip_press.report.messages import N_, inner

ZONE_OF_LANGUAGE = {"fr": "Europe/Paris", "en": "Europe/London"}
NEAR = 75
"""How alike two titles are, of 100, for one to be offered in place of the other."""

LONGEST_LINE = 1_000
LONGEST_QUOTE = 60
AT_ITS_SOURCE = N_("Give it one at its source, or leave the event out.")


def quoted(text: str) -> str:
    """Return a text for a message, cut where it is long."""
    text = " ".join(text.split())
    return inner(text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rstrip() + "…")


def zone_of_country(code: object) -> str | None:
    """Return the name of the one time zone of a country, or of a territory overseas."""
    known = get_global("territory_zones").get(str(code or "").strip().upper()[:2], [])
    return known[0] if len(known) == 1 else None


class Sections:
    """The sections of a kit, found by their id or one of their titles."""

    def __init__(self, kit: Kit) -> None:
        sections = kit.sections()
        self.ids = tuple(section.id for section in sections)
        self.titles = {section.id: str(section.title) for section in sections}
        self._known = {
            heading_key(name): section.id
            for section in sections
            for name in (section.contents_title, section.title, section.id)
            if name
        }

    @property
    def usual(self) -> str | None:
        """The section of what names none: the only one, where there is but one."""
        return self.ids[0] if len(self.ids) == 1 else None

    def find(self, name: str) -> str | None:
        """Return the id of the section of this id or title, in any spelling."""
        return self._known.get(heading_key(name)) if name.strip() else None

    def first(self, names: Iterable[str]) -> str | None:
        """Return the first section that one of these names, such as keywords, names."""
        return next(filter(None, map(self.find, names)), None)

    def nearest(self, name: str) -> str | None:
        """Return the title of the section that may be meant, to offer it, never to take it."""
        key = heading_key(name)
        found = process.extractOne(key, list(self._known), scorer=fuzz.WRatio, score_cutoff=NEAR)
        return self.titles[self._known[found[0]]] if found else None


@dataclass
class ImportJob:
    """Reads the records of one file for one kit, and gathers its diagnostics.

    `language` is that of the kit, fr or en; its readers live by the clocks of `zone`.
    """

    kit: Kit
    file: str
    found: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        edition = self.kit.edition
        self.sections = Sections(self.kit)
        self.printable = Printable(self.kit.folder)
        self.language = base_language(edition.language)
        self.period: Period | None = edition.period.value if self.kit.named else None
        zone = zone_of(edition) if self.kit.named else None
        self.zone: tzinfo = zone or ZoneInfo(ZONE_OF_LANGUAGE[self.language])

    @property
    def report(self) -> Report:
        """All that was found."""
        return Report.of(self.found)

    def first_zone(self, *names: object) -> tzinfo:
        """Return the first of several time zones that there is in the tz database, else our own."""
        for name in names:
            if isinstance(name, str) and 0 < len(name) <= 100:
                try:
                    return ZoneInfo(name)
                except (ZoneInfoNotFoundError, ValueError, OSError):
                    continue
        return self.zone

    def error(
        self, code: str, place: Place, message: Sentence, hint: Sentence | None = None
    ) -> None:
        """Report why a record is not read."""
        sentences = place.naming(as_message(message)), None if hint is None else as_message(hint)
        self.found.append(Diagnostic.error(code, place.span, *sentences))

    def warn(
        self, code: str, place: Place, message: Sentence, hint: Sentence | None = None
    ) -> None:
        """Report what was not used unchanged, or may not be meant."""
        sentences = place.naming(as_message(message)), None if hint is None else as_message(hint)
        self.found.append(Diagnostic.warning(code, place.span, *sentences))

    def clean(self, text: str, place: Place) -> str:
        """Return a text without the characters that cannot be printed, and report these."""
        cleaned, lost = self.printable.cleaned(text)
        if lost:
            self.warn(
                "M401",
                place,
                Message.of(
                    N_("“{text}” has signs that cannot be printed: {signs}."),
                    text=quoted(cleaned),
                    signs=" ".join(lost[:10]),
                ),
                N_("They are left out of what is imported."),
            )
        return cleaned

    def line(self, text: str, place: Place) -> str:
        """Return a text on one line: a title, a name."""
        return plain(self.clean(text, place))[:LONGEST_LINE].strip()


@dataclass
class Draft:
    """A record while it is read."""

    kind: str = "event"
    uid: str | None = None
    section: str | None = None
    values: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def put(self, path: str, value: Value | None, place: Place) -> None:
        """Give a field its value, unless it is empty."""
        if value not in (None, "", ()):
            self.values[path] = value
            self.places[path] = place

    def add_note(self, note: str, place: Place) -> None:
        """Add a remark below the text."""
        before = self.values.get("notes", ())
        notes = before if isinstance(before, tuple) else ()
        if note not in notes:
            self.values["notes"] = (*notes, note)
            self.places.setdefault("notes", place)

    def text(self, path: str) -> str:
        """Return the text of a field; empty where it has none."""
        value = self.values.get(path, "")
        return value if isinstance(value, str) else ""

    def naming(self, message: Sentence) -> Message:
        """Return a message that says which record it is about."""
        title = self.text("title") or self.text("name")
        if not title:
            return as_message(message)
        return Message.of(N_("“{title}”: {fault}"), title=quoted(title), fault=as_message(message))

    @property
    def record(self) -> Incoming:
        """The record as it is now."""
        return Incoming(self.kind, self.uid, self.section, self.values, self.places)
