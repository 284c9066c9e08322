"""The desk at which a file is read: what is known of the kit, and what was found so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global
from rapidfuzz import fuzz, process

from moip_press.exchange.columns import heading_key
from moip_press.exchange.export.event_facts import zone_of
from moip_press.exchange.incoming.batch import Incoming, Place, Value
from moip_press.exchange.incoming.foreign_text import Signs, plain
from moip_press.kit.model.kit import Kit
from moip_press.kit.when import Period
from moip_press.kit.when.vocabulary import base_language
from moip_press.report.diagnostics import Diagnostic, Message, Report
from moip_press.report.messages import N_, inner

OF_LANGUAGE = {"fr": "Europe/Paris", "en": "Europe/London"}


def zone(name: object) -> tzinfo | None:
    """Return a time zone by its name in the tz database; None where there is none."""
    if not isinstance(name, str) or not name or len(name) > 100:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_of_kit(kit: Kit) -> tzinfo:
    """Return the zone in which a kit tells its hours."""
    told = zone_of(kit.edition) if kit.named else None
    return told or ZoneInfo(OF_LANGUAGE[kit.edition.language if kit.named else "fr"])


def zone_of_country(code: object) -> str | None:
    """Return the name of the one time zone of a country, or of a territory overseas."""
    known = get_global("territory_zones").get(str(code or "").strip().upper()[:2], [])
    return known[0] if len(known) == 1 else None


def first_zone(names: Iterable[object], otherwise: tzinfo) -> tzinfo:
    """Return the first of several time zones that there is."""
    return next((found for name in names if (found := zone(name)) is not None), otherwise)


NEAR = 75
"""How alike two titles are, of 100, for one to be offered in place of the other."""


class Sections:
    """The sections of a kit, found by their id or one of their titles."""

    def __init__(self, kit: Kit, chosen: str | None = None) -> None:
        sections = kit.sections()
        self.chosen = chosen
        self.ids = tuple(section.id for section in sections)
        self.titles = {section.id: str(section.title) for section in sections}
        self._known: dict[str, str] = {}
        for section in sections:
            for name in (section.contents_title, section.title, section.id):
                if name:
                    self._known[heading_key(name)] = section.id

    @property
    def usual(self) -> str | None:
        """The section of what says nothing of its own: the one chosen, or the only one."""
        return self.chosen or (self.ids[0] if len(self.ids) == 1 else None)

    def find(self, name: str) -> str | None:
        """Return the id of the section of this id or title, in any spelling."""
        return self._known.get(heading_key(name)) if name.strip() else None

    def first(self, names: Iterable[str]) -> str | None:
        """Return the first section that one of these names, such as keywords, names."""
        return next((found for name in names if (found := self.find(name))), None)

    def nearest(self, name: str) -> str | None:
        """Return the title of the section that may be meant, to offer it, never to take it."""
        key = heading_key(name)
        found = process.extractOne(key, list(self._known), scorer=fuzz.WRatio, score_cutoff=NEAR)
        return self.titles[self._known[found[0]]] if found else None


LONGEST_TEXT = 50_000
LONGEST_LINE = 1_000
LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    """Return a text for a message, cut where it is long."""
    text = " ".join(text.split())
    return inner(text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rstrip() + "…")


@dataclass
class Desk:
    """Reads the records of one file for one kit, and gathers its diagnostics."""

    kit: Kit
    file: str
    sections: Sections
    signs: Signs
    found: list[Diagnostic] = field(default_factory=list)

    @classmethod
    def of(cls, kit: Kit, file: str, section: str | None) -> Desk:
        """Return a desk; `section` is where all records of the file belong, if that is known."""
        return cls(kit, file, Sections(kit, section), Signs(kit.folder))

    @property
    def language(self) -> str:
        """The language of the kit: fr or en."""
        return base_language(self.kit.edition.language)

    @property
    def period(self) -> Period | None:
        """The period of the kit."""
        return self.kit.edition.period.value if self.kit.named else None

    @property
    def zone(self) -> tzinfo:
        """The time zone that the readers of the kit live by."""
        return zone_of_kit(self.kit)

    @property
    def report(self) -> Report:
        """All that was found."""
        return Report.of(self.found)

    def error(self, code: str, place: Place, message: Message, hint: Message | None = None) -> None:
        """Say why a record is not read."""
        self.found.append(Diagnostic.error(code, place.span, _placed(place, message), hint))

    def warn(self, code: str, place: Place, message: Message, hint: Message | None = None) -> None:
        """Say what was not taken as it stands, or may not be meant."""
        self.found.append(Diagnostic.warning(code, place.span, _placed(place, message), hint))

    def clean(self, text: str, place: Place) -> str:
        """Return a text without the signs that cannot be printed, and say which those were."""
        cleaned, lost = self.signs.cleaned(text)
        if lost:
            self.warn(
                "M401",
                place,
                Message.of(
                    N_("“{text}” has signs that cannot be printed: {signs}."),
                    text=quoted(cleaned),
                    signs=" ".join(lost[:10]),
                ),
                Message(N_("They are left out of what is imported.")),
            )
        return cleaned

    def line(self, text: str, place: Place) -> str:
        """Return a text on one line: a title, a name."""
        return plain(self.clean(text, place))[:LONGEST_LINE].strip()


def _placed(place: Place, message: Message) -> Message:
    """Return a message that names the cell or entry it is about, where no line can tell."""
    return place.naming(message)


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

    @property
    def record(self) -> Incoming:
        """The record as it is now."""
        return Incoming(self.kind, self.uid, self.section, self.values, self.places)


Fields = Mapping[str, Value]
