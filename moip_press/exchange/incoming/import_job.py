"""What is known of the kit while a file is read for it, and what was found in the file so far."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global
from rapidfuzz import fuzz, process

from moip_press.exchange.columns.column import heading_key
from moip_press.exchange.incoming.batch import Batch, Incoming, LeftOut, Value
from moip_press.exchange.incoming.foreign_text import Printable, from_prose, plain
from moip_press.kit.model.kit import Kit
from moip_press.kit.when import Period
from moip_press.kit.when.vocabulary import base_language
from moip_press.kit.zones import zone_of
from moip_press.report.diagnostics import Diagnostic, Message, Related, Report, Severity
from moip_press.report.messages import N_, NP_, Catalogue, inner
from moip_press.system.tables.grid import Place, Sentence, as_message

ZONE_OF_LANGUAGE = {"fr": "Europe/Paris", "en": "Europe/London"}
NEAR = 75
"""How alike two titles are, of 100, for one to be offered in place of the other."""

LISTED = 12
"""Names that a sentence lists at most."""

PICTURES = re.compile(r"<(?:img|iframe|video|audio|embed|object)\b|!\[[^\]\n]*\]\(", re.IGNORECASE)
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


@dataclass(frozen=True)
class Cause:
    """What findings have in common that are told as one; see `ImportJob.warn`."""

    severity: Severity
    code: str
    said: Message
    hint: Message | None


class Fields:
    """The values of one record of a source, by name, and what became of each.

    Who reads a value takes it; `left` are those that nobody took, which an import lists. A value
    within values is taken alone or with all that stand beside it.
    """

    def __init__(self, values: Mapping[Any, Any]) -> None:
        self.values = values
        self._taken: set[tuple[Any, ...]] = set()

    def look(self, *path: Any) -> Any:
        """Return the value at a path; None where there is none."""
        value: Any = self.values
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def take(self, *path: Any) -> Any:
        """Return the value at a path, which is read now; None where there is none."""
        self._taken.add(path)
        return self.look(*path)

    def left(self) -> Iterator[tuple[Any, ...]]:
        """Yield the paths of values that nobody has taken, each as a whole; empty ones are none."""
        above = {path[:n] for path in self._taken for n in range(len(path))}
        yield from self._left(self.values, (), above | {()})

    def _left(self, value: Any, path: tuple[Any, ...], above: Container[Any]) -> Iterator[Any]:
        if path in self._taken or _is_empty(value):
            return
        if isinstance(value, dict) and path in above:
            for name, within in value.items():
                yield from self._left(within, (*path, name), above)
        else:
            yield path

    def digest(self, without: Container[Any] = ()) -> str:
        """Return what changes with the record at its source; not with what is named `without`."""
        told = {str(name): value for name, value in self.values.items() if name not in without}
        text = json.dumps(told, sort_keys=True, default=str)
        return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]


def _is_empty(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_empty, value.values()))
    return value in (None, "", [], ()) or (isinstance(value, str) and not value.strip())


@dataclass
class ImportJob:
    """Reads the records of one file for one kit, and gathers its diagnostics.

    `language` is that of the kit, fr or en; its readers live by the clocks of `zone`. `day` is
    the one of rows that have hours only. `lost` where a record of the file was not read.
    """

    kit: Kit
    file: str
    day: date | None = None
    found: list[Diagnostic] = field(default_factory=list)
    lost: bool = False

    def __post_init__(self) -> None:
        edition = self.kit.edition
        self.sections = Sections(self.kit)
        self.printable = Printable(self.kit.folder)
        self.language = base_language(edition.language)
        self.catalogue = Catalogue(self.language)
        self.period: Period | None = edition.period.value if self.kit.named else None
        zone = zone_of(edition) if self.kit.named else None
        self.zone: tzinfo = zone or ZoneInfo(ZONE_OF_LANGUAGE[self.language])
        self._causes: dict[Cause, list[tuple[Place, Message, str]]] = {}
        self._left: dict[str, LeftOut] = {}

    def first_zone(self, *names: object) -> tzinfo:
        """Return the first of several time zones that there is in the tz database, else our own."""
        for name in names:
            if isinstance(name, str) and 0 < len(name) <= 100:
                try:
                    return ZoneInfo(name)
                except (ZoneInfoNotFoundError, ValueError, OSError):
                    continue
        return self.zone

    # what is found

    def error(
        self,
        code: str,
        place: Place,
        fault: Sentence,
        hint: Sentence | None = None,
        of: Draft | None = None,
    ) -> None:
        """Report why a record is not read."""
        self.lost = True
        self.warn(code, place, fault, hint, of, severity=Severity.ERROR)

    def miss(
        self,
        code: str,
        place: Place,
        fault: Sentence,
        hint: Sentence | None = None,
        of: Draft | None = None,
    ) -> None:
        """Report a record that is left out; the others are imported all the same."""
        self.lost = True
        self.warn(code, place, fault, hint, of)

    def warn(
        self,
        code: str,
        place: Place,
        fault: Sentence,
        hint: Sentence | None = None,
        of: Draft | None = None,
        cause: Sentence | None = None,
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Report what was not used unchanged, or may not be meant.

        The same fault of several records, or one with the same `cause`, is one finding.
        """
        said = as_message(fault if cause is None else cause)
        key = Cause(severity, code, said, None if hint is None else as_message(hint))
        self._causes.setdefault(key, []).append((place, as_message(fault), of.title if of else ""))

    @property
    def report(self) -> Report:
        """All that was found, once a cause."""
        return Report.of([*self.found, *map(_finding, self._causes, self._causes.values())])

    # what is left out

    def leave(self, name: str, place: Place, *, told: bool = False) -> None:
        """List a value of the source that goes nowhere; see `LeftOut`."""
        before = self._left.get(name, LeftOut(name, 0, place, told))
        self._left[name] = LeftOut(name, before.count + 1, before.place, told)

    def column_name(self, place: Place, number: int) -> str:
        """Return what a column without a heading is called, its number counted from 0."""
        letters = re.sub(r"[0-9]", "", place.cell) if place.sheet else str(number + 1)
        words = Message.of(N_("column {column}"), column=letters)
        return self.catalogue.say(words)

    def batch(self, source: str, records: Iterable[Incoming], *, complete: bool) -> Batch:
        """Return all that was read, found and left out."""
        records = tuple(records)  # what is found comes with them
        left = tuple(self._left.values())
        untold = [each for each in left if not each.told]
        if untold:
            sentences = NP_(
                "{names} is not imported: the kit has no field for it.",
                "{count} fields are not imported, the kit has none for them: {names}.",
            )
            names = listed([each.name for each in untold], LISTED)
            said = Message.counted(sentences, len(untold), names=names)
            hint = Message(N_("Where it matters to readers, write it into a text at its source."))
            self.found.append(Diagnostic.warning("M409", untold[0].place.span, said, hint))
        complete = complete and not self.lost
        return Batch(source, records, self.report, complete=complete, left=left)

    # texts

    def clean(self, text: str, place: Place) -> str:
        """Return a text without the characters that cannot be printed, and report these."""
        cleaned, lost = self.printable.cleaned(text)
        if lost:
            signs = " ".join(lost[:10])
            self.warn(
                "M401",
                place,
                Message.of(
                    N_("“{text}” has characters that cannot be printed: {signs}."),
                    text=quoted(cleaned),
                    signs=signs,
                ),
                N_("They are left out of what is imported."),
                cause=Message.of(
                    N_("There are characters that cannot be printed: {signs}."), signs=signs
                ),
            )
        return cleaned

    def line(self, text: str, place: Place) -> str:
        """Return a text on one line: a title, a name."""
        line = self.clean(plain(text), place).strip()
        if len(line) > LONGEST_LINE:
            sentence = N_("“{text}” is too long for a line: what follows character {limit} is cut.")
            self.warn("M402", place, Message.of(sentence, text=quoted(line), limit=LONGEST_LINE))
        return line[:LONGEST_LINE].strip()

    def prose(self, text: str, place: Place, *, markdown: bool = False) -> str:
        """Return a text in HTML, plain or `markdown` as the Markdown of a kit."""
        for _ in PICTURES.finditer(text):
            self.leave(self.catalogue.gettext(N_("pictures in a text")), place)
        return self.clean(from_prose(self.clean(text, place), markdown=markdown), place)

    def labelled(self, label: str, text: str) -> str:
        """Return a remark in the language of the kit, such as "Tarif : 5 euros"."""
        said = self.catalogue.gettext(label)  # which may be anybody's heading
        words = Message.of(N_("{label}: {value}"), label=said, value=text)
        # typography puts such spaces in print; a kit is typed without
        return self.catalogue.say(words).replace("\u00a0", " ").replace("\u202f", " ")


def _finding(cause: Cause, places: Sequence[tuple[Place, Message, str]]) -> Diagnostic:
    """Return what was found in one or several places."""
    (place, fault, title), *others = places
    titles = list(dict.fromkeys(quoted(each) for _, _, each in places if each))
    if not others:
        fault = place.naming(naming(title, fault))
    elif titles:
        fault = Message.of(N_("{names}: {fault}"), names=listed(titles, 3), fault=cause.said)
    else:
        words = NP_("{count} place: {fault}", "{count} places: {fault}")
        fault = Message.counted(words, len(places), fault=cause.said)
    related = tuple(Related(at.span, at.naming(naming(each, said))) for at, said, each in others)
    return Diagnostic(cause.code, cause.severity, fault, cause.hint, place.span, related)


def naming(title: str, fault: Sentence) -> Message:
    """Return a sentence that says which record it is about."""
    if not title:
        return as_message(fault)
    return Message.of(N_("“{title}”: {fault}"), title=quoted(title), fault=as_message(fault))


def listed(names: Sequence[str], most: int) -> Message:
    """Return names between quotation marks with commas; beyond so many, how many others."""
    said = Message.of(N_("“{name}”"), name=names[0])
    for name in names[1:most]:
        said = Message.of(
            N_("{first}, {rest}"), first=said, rest=Message.of(N_("“{name}”"), name=name)
        )
    if len(names) <= most:
        return said
    return Message.counted(
        NP_("{names} and {count} other", "{names} and {count} others"),
        len(names) - most,
        names=said,
    )


@dataclass
class Draft:
    """A record while it is read."""

    kind: str = "event"
    uid: str | None = None
    section: str | None = None
    values: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    pieces: dict[str, tuple[str, Place]] = field(default_factory=dict)
    """Texts that go into a field together with another, and their places."""
    sessions: tuple[Incoming, ...] = ()

    def put(self, path: str, value: Value | None, place: Place) -> None:
        """Give a field its value, unless it is empty."""
        if value not in (None, "", ()):
            self.values[path] = value
            self.places[path] = place

    @property
    def title(self) -> str:
        """What the record is called."""
        return self.text("title") or self.text("name")

    def add_note(self, note: str, place: Place) -> None:
        """Add a remark below the text."""
        before = self.values.get("notes", ())
        notes = before if isinstance(before, tuple) else ()
        if note not in notes:
            self.values["notes"] = (*notes, note)
            self.places.setdefault("notes", place)

    def put_postcode(self, code: str, place: Place) -> None:
        """Add a postcode to the town, before it where it has digits only, or to the address."""
        town, address = self.text("place.town"), self.text("place.address")
        if not code or code in f"{address} {town}":
            return
        if town or not address:
            words = (code, town) if code.replace(" ", "").isdigit() else (town, code)
            self.put("place.town", " ".join(filter(None, words)), place)
        else:
            self.put("place.address", f"{address}, {code}", place)

    def text(self, path: str) -> str:
        """Return the text of a field; empty where it has none."""
        value = self.values.get(path, "")
        return value if isinstance(value, str) else ""

    def record(self, digest: str = "") -> Incoming:
        """Return the record as it is now."""
        plain_values = self.kind, self.uid, self.section, self.values, self.places
        return Incoming(*plain_values, digest=digest, sessions=self.sessions)
