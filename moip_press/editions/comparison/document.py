"""One version of a kit as plain values: what a PDF carries, whoever wrote it.

Its values may come from a file that anyone made: shapes that do not fit are left out, and
nothing in them is trusted to be short, typed or well formed.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from moip_press.editions.attached_data import FORMAT, VERSION
from moip_press.kit.when import Slot, When
from moip_press.kit.when.moments import KINDS, PARTS, days_between, in_turn
from moip_press.system.enforcement import Broken, OverLimit, held
from moip_press.system.limits import DATA, fits

Record = Mapping[str, Any]
DEEPEST = DATA.depth
LONGEST_RANGE = 4000
MOST_TIMES = 400
"""Of an event, dates with times of their own."""
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
NOTHING: Record = {}


class NoData(ValueError):
    """Data that is not a press kit's, or of a newer form."""


@dataclass(frozen=True)
class Standing:
    """An event, and the section in which it stands: ``section`` counts the parts, from 0.

    ``section`` is -1 where a handout gathers events of several sections.
    """

    record: Record
    section: int = -1


@dataclass(frozen=True)
class Document:
    """One version of a kit: its own facts, its parts, and where it is a handout, what that says.

    ``name`` is what the user called it.
    """

    kit: Record
    parts: tuple[Record, ...]
    handout: Record | None = None
    name: str = ""

    @classmethod
    def from_json(cls, content: bytes, name: str = "") -> Document:
        """Return the document that JSON holds. Raises ``NoData``."""
        if len(content) > DATA.bytes:
            raise NoData(name)
        try:
            return held(DATA.held, cls._parsed, content, name)
        except (ValueError, RecursionError, OverLimit, Broken):
            raise NoData(name) from None

    @classmethod
    def _parsed(cls, content: bytes, name: str) -> Document:
        found = json.loads(content)
        if not fits(found, len(content), DATA.items):
            raise NoData(name)
        return cls.of(found, name)

    @classmethod
    def of(cls, described: object, name: str = "") -> Document:
        """Return the document that plain values describe, a file's or those of a kit itself.

        Numbers become texts in both, so that the same kit is the same document. Raises ``NoData``.
        """
        found = _plain(described)
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise NoData(name)
        if text(found, "version") not in {str(number + 1) for number in range(VERSION)}:
            raise NoData(name)
        handout = found.get("handout")
        return cls(
            record(found, "kit"),
            tuple(items(found, "parts")),
            handout if isinstance(handout, dict) else None,
            name,
        )

    def named(self, name: str) -> Document:
        """Return the document under another name."""
        return replace(self, name=name)

    @property
    def language(self) -> str:
        """The language of the kit."""
        return "en" if text(self.kit, "language") == "en" else "fr"

    @property
    def title(self) -> str:
        """The title of the kit."""
        return text(self.kit, "title")

    @property
    def version(self) -> str:
        """The version, in the kit's own words; empty where it has none."""
        return text(self.kit, "version")

    @property
    def told(self) -> Record:
        """What identifies this version, as plain values."""
        content = json.dumps([self.kit, self.parts], sort_keys=True).encode()
        return {
            "version": self.version or None,
            "date_of_issue": text(self.kit, "date_of_issue") or None,
            "sha256": hashlib.sha256(content).hexdigest(),
        }

    @property
    def date(self) -> datetime.date | None:
        """The day of issue."""
        return day(text(self.kit, "date_of_issue"))

    def events(self) -> tuple[Standing, ...]:
        """Return the events of all sections, then those that a handout gathers."""
        found = [
            Standing(event, number)
            for number, part in enumerate(self.parts)
            if text(part, "type") == "programme"
            for event in items(part, "events")
        ]
        gathered = items(self.handout, "events") if self.handout else ()
        return (*found, *(Standing(event) for event in gathered))


def text(found: Record, name: str) -> str:
    """Return a text of a record, empty where it has none."""
    value = found.get(name)
    return value if isinstance(value, str) else ""


def texts(found: Record, name: str) -> tuple[str, ...]:
    """Return a list of texts of a record."""
    value = found.get(name)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def record(found: Record, name: str) -> Record:
    """Return a record within a record, an empty one where it has none."""
    value = found.get(name)
    return value if isinstance(value, dict) else NOTHING


def items(found: Record, name: str) -> tuple[Record, ...]:
    """Return a list of records of a record."""
    value = found.get(name)
    return (
        tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()
    )


def strings(value: object) -> Iterator[str]:
    """Yield every text below a value, in its order; ids, types and addresses left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in {"id", "type", "links", "link", "url", "language"}:
                yield from strings(item)


def day(written: str) -> datetime.date | None:
    """Return a day written as ISO 8601 writes it, ``None`` where it is none."""
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return None


def moment(found: Record) -> When | None:
    """Return when an event takes place, ``None`` where that cannot be read."""
    kind = text(found, "kind")
    days = [day(written) for written in texts(found, "days")]
    known = tuple(each for each in days if each is not None)
    if kind == "awaited":
        part = next((each for each in PARTS if each == text(found, "part")), PARTS[-1])
        return When("awaited", (), month=day(f"{text(found, 'month')}-01"), part=part)
    if kind not in KINDS or not known or len(known) != len(days):
        return None
    if kind == "range":
        if not datetime.timedelta(1) <= known[-1] - known[0] <= datetime.timedelta(LONGEST_RANGE):
            return None
        known = days_between(known[0], known[-1])
    several = [each for one in items(found, "several")[:MOST_TIMES] if (each := moment(one))]
    try:
        if len(several) > 1 and all(each.known and not each.several for each in several):
            return in_turn(several)
        return When(
            next(each for each in KINDS if each == kind),
            known,
            tuple(_slot(each) for each in items(found, "times")),
        )
    except ValueError:
        return None


def _slot(found: Record) -> Slot:
    start, end = text(found, "start"), text(found, "end")
    last = datetime.time.fromisoformat(end) if end else None
    return Slot(datetime.time.fromisoformat(start), last, found.get("onwards") is True)


def _plain(value: Any, depth: int = 0) -> Any:
    """Return a value of texts, truths, lists and records only; what lies too deep is left out."""
    if depth > DEEPEST or value is None:
        return None
    if isinstance(value, dict):
        below = {str(name): _plain(item, depth + 1) for name, item in value.items()}
        return {name: item for name, item in below.items() if item is not None}
    if isinstance(value, list):
        return [found for item in value if (found := _plain(item, depth + 1)) is not None]
    if isinstance(value, bool):
        return value
    # half of a surrogate pair cannot be written anywhere
    return CONTROLS.sub("\ufffd", str(value).encode("utf-8", "replace").decode())
