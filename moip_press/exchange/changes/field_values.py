"""Values of fields: when two say the same, how one is written in YAML, which no kit can hold."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Union, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from moip_press.exchange.changes.proposal import Item, Proposal, title_of
from moip_press.exchange.columns.column import Column, Form, normal
from moip_press.exchange.columns.kit_rows import KitRow
from moip_press.exchange.columns.record_sheets import KINDS
from moip_press.exchange.incoming.batch import Incoming, Value
from moip_press.exchange.incoming.foreign_text import from_prose
from moip_press.kit import editing
from moip_press.kit.editing import Passage, unwrapped
from moip_press.kit.matching import Face
from moip_press.kit.model import records
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.sessions import Session, all_days
from moip_press.kit.when import Period, When, WhenError, parse_event_when
from moip_press.kit.zones import zone_of
from moip_press.report.diagnostics import Diagnostic, Message, Report, Span
from moip_press.report.messages import N_
from moip_press.text.difference import as_read
from moip_press.text.folding import letters
from moip_press.text.prose import plain_text

DATES = ("when", "postponed_to")
APART = ("id", "section")
"""What tells which record is meant, and is no field to be changed."""
EMPTY = (None, "", ())
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
"""Characters that no file of a kit may hold."""
LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def column_of(kind: str, path: str) -> Column:
    """Return the column of a field; one of plain text where the tables have none."""
    return KINDS[kind].by_path.get(path) or Column(path, path)


def is_default(kind: str, path: str, value: Value | None) -> bool:
    """Tell whether a field that is absent has this value."""
    return value is None or value == column_of(kind, path).default


def tidy(kind: str, path: str, value: Any) -> Value | None:
    """Return a value in the one form in which values are kept; none where it is empty."""
    return normal(column_of(kind, path), _clean(value))


def in_yaml(kind: str, path: str, value: Value, yes: Mapping[bool, str]) -> editing.Value:
    """Return a value as it goes into YAML; ``yes`` has the words for yes and no."""
    if isinstance(value, bool):
        return yes[value]
    if isinstance(value, Mapping):
        return {name: in_yaml(kind, f"{path}.{name}", at, yes) for name, at in value.items()}
    prose = column_of(kind, path).form in (Form.PROSE, Form.PROSES)
    if isinstance(value, str):
        return Passage(value) if prose else value
    return [Passage(str(item)) if prose else str(item) for item in value]


def written_values(kind: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values of a new record that are written: none that is empty, or the default."""
    return {p: v for p, v in values.items() if v not in ("", ()) and not is_default(kind, p, v)}


def as_record(kind: str, values: Mapping[str, Value], yes: Mapping[bool, str]) -> dict[str, Any]:
    """Return the values of a record as they are written, those of a path within each other."""
    record: dict[str, Any] = {}
    for path, value in values.items():
        *above, name = path.split(".")
        inner = record
        for step in above:
            inner = inner.setdefault(step, {})
        inner[name] = in_yaml(kind, path, value, yes)
    return record


@dataclass(frozen=True)
class FieldValues:
    """Compares values as a kit means them: its language and period say what a date is."""

    language: str
    period: Period | None
    zone: tzinfo | None = None
    dates: dict[str, When | WhenError] = field(default_factory=dict)

    @classmethod
    def of(cls, kit: Kit) -> FieldValues:
        """Return what compares the values of a kit."""
        zone = zone_of(kit.edition)
        return cls(kit.edition.language, kit.edition.period.value, zone)

    def same(self, kind: str, path: str, one: Any, other: Any) -> bool:
        """Tell whether two values say the same: an empty one stands for the default."""
        if one == other or (one in EMPTY and other in EMPTY):
            return True
        column = column_of(kind, path)
        first, second = (
            column.default if (plain := normal(column, value)) is None else plain
            for value in (one, other)
        )
        if first == second or first is None or second is None:
            return first == second
        if path in DATES:
            return self.meaning(first) == self.meaning(second)
        return _as_seen(column.form, first) == _as_seen(column.form, second)

    def read_better(self, kind: str, path: str, before: Value, now: Value, *, in_utc: bool) -> bool:
        """Tell whether a value may be what an earlier version of ours read less of.

        It says all that was read then: more words, an end besides the beginning; where the source
        may write its hours `in_utc`, those of the kit's zone.
        """
        if path in DATES:
            first, second = self.meaning(before), self.meaning(now)
            if not (isinstance(first, When) and isinstance(second, When)):
                return False
            if not (first.known and second.known):
                return False
            return _date_read_better(first, second, self.zone if in_utc else None)
        if isinstance(before, tuple) or isinstance(now, tuple):
            return isinstance(before, tuple) and isinstance(now, tuple) and set(before) <= set(now)
        known, told = (re.sub(r"[\W_]+", "", letters(_bare(text))) for text in (before, now))
        longer = column_of(kind, path).form is Form.PROSE or path.startswith("place.")
        return known == told or (longer and known in told)

    def date(self, text: str) -> When | WhenError:
        """Return what a date says, or why it cannot be read; each date is read once."""
        if text not in self.dates:
            try:
                self.dates[text] = parse_event_when(text, self.language, self.period)
            except WhenError as error:
                self.dates[text] = error
        return self.dates[text]

    def meaning(self, value: Value) -> When | str:
        """Return what a date means, or its words where they cannot be read."""
        found = self.date(str(value))
        return found if isinstance(found, When) else str(value)

    def all_days(self, sessions: Iterable[Incoming | KitRow]) -> When | None:
        """Return the days of sessions, whatever has become of these; none without any."""
        dates = (self.meaning(each.values.get("when", "")) for each in sessions)
        return all_days([Session.at(when) for when in dates if isinstance(when, When)])

    def face(self, kind: str, values: Mapping[str, Value], days: When | None = None) -> Face:
        """Return what a record with such values is recognised by; ``days`` are of its sessions."""
        who = values.get("organisers") or values.get("organisers_line") or values.get("email") or ()
        when = self.meaning(values["when"]) if values.get("when") else days
        paths = ("text",) if kind == "event" else values
        texts = (
            values[p] for p in paths if values.get(p) and column_of(kind, p).form is Form.PROSE
        )
        return Face.of(
            kind,
            title_of(values),
            holders=map(str, who if isinstance(who, tuple) else (who,)),
            when=when if isinstance(when, When) else None,
            texts=map(str, texts),
        )


def _bare(value: Value) -> str:
    """Return the words of a text that was read as plain where it is written in HTML."""
    return plain_text(from_prose(plain_text(str(value))))


def _date_read_better(before: When, now: When, zone: tzinfo | None) -> bool:
    """Tell whether a date says what another one says, with ends, of a night, in another year."""
    days = [[(day.month, day.day) for day in each.days] for each in (before, now)]
    starts = [{slot.start for slot in each.slots} for each in (before, now)]
    same_hours = starts[0] == starts[1] or not starts[0] or _from_utc(before, now, zone)
    return same_hours and days[0][0] == days[1][0] and set(days[1]) <= set(days[0])


def _from_utc(before: When, now: When, zone: tzinfo | None) -> bool:
    """Tell whether hours are those of a zone that were taken for its own, and are in UTC."""
    begun = [datetime.combine(before.start, slot.start) for slot in before.slots]
    begins = [datetime.combine(now.start, slot.start) for slot in now.slots]
    return zone is not None and begins == [
        each + (zone.utcoffset(each) or timedelta(0)) for each in begun
    ]


def _clean(value: Any) -> Any:
    """Return a value without the characters that no file of a kit may hold."""
    if isinstance(value, str):
        if value.isprintable():  # then it has none of them
            return value
        return FORBIDDEN.sub("", LINE_ENDS.sub("\n", value))
    return tuple(map(_clean, value)) if isinstance(value, Sequence) else value


def _as_seen(form: Form, value: Value) -> object:
    """Return a value without what readers do not see."""
    if isinstance(value, str):
        text = unwrapped(value) if form in (Form.PROSE, Form.PROSES) else value
        return tuple(map(as_read, text.split("\n")))  # readers see where a paragraph ends
    return tuple(_as_seen(form, item) for item in value) if isinstance(value, tuple) else value


# --- what no kit can hold -------------------------------------------------------------------

CANNOT = N_("“{field}” cannot be “{value}”.")
MISSING = N_("“{field}” is missing.")
CORRECT_IT = Message(N_("Correct it in the file that is imported, then import it again."))
MOST_SHOWN = 60  # characters


class _Undated(records.Event):
    """An event without a look at its dates: ``FieldValues`` reads each of them once."""

    when: str  # type: ignore[assignment]
    postponed_to: str | None = None  # type: ignore[assignment]


WITH_ID = ("event", "contact", "lab")
"""What has an id of its own, which is made when a new one is written."""


def valid(proposal: Proposal, kit: Kit) -> Proposal:
    """Return the proposal without changes after which the kit could not be read.

    Each of them is an error in the report, at its place in the file that was imported.
    """
    values = FieldValues.of(kit)
    faults: list[Diagnostic] = []
    items: list[Item] = []
    rest = list(proposal.rest)
    for item in proposal.items:
        found = _faults(item, values)
        if not found:
            items.append(item)
            continue
        faults += found.values()
        if item.row is not None:
            changes = tuple(change for change in item.changes if change.path not in found)
            kept = replace(item, changes=changes, unread=tuple(found))
            (items if changes else rest).append(kept)
    report = proposal.report + Report.of(faults)
    return replace(proposal, items=tuple(items), rest=tuple(rest), report=report)


def _faults(item: Item, values: FieldValues) -> dict[str, Diagnostic]:
    """Return what is wrong with the changes of a record, by their fields."""
    if item.incoming is None:
        return {}
    record, paths = _record_after(item, item.incoming)
    found: dict[str, Diagnostic] = {}
    if item.row is None:
        found |= _faults_of_sessions(item, item.incoming, values)
        record |= {"when": ""} if item.incoming.sessions else {}
    for path in DATES:
        date = values.date(record[path]) if path in paths and path in record else None
        if isinstance(date, WhenError):
            found[path] = _error(item.incoming, path, date.message, date.hint)
    if item.row is None and item.kind in WITH_ID:
        record.setdefault("id", "x")
    context = {"language": values.language, "period": values.period}
    try:
        _adapter(_models(item, record)).validate_python(record, context=context)
    except ValidationError as errors:
        for error in errors.errors():
            path = _path(error["loc"], paths)
            known = path in paths or item.row is None
            if error["type"] != "default_factory_not_called" and known:
                found.setdefault(path, _diagnostic(item.incoming, path, error))
    return found


def _faults_of_sessions(item: Item, event: Incoming, values: FieldValues) -> dict[str, Diagnostic]:
    """Return what is wrong with the sessions of a new event."""
    found: dict[str, Diagnostic] = {}
    for session in event.sessions:
        found |= _faults(replace(item, kind="session", incoming=session, within=None), values)
    return found


def _models(item: Item, record: Mapping[str, Any]) -> tuple[type[BaseModel], ...]:
    """Return the models that a record may be of; its ``type``, where it has one, chooses."""
    if item.row is not None and item.kind != "event":
        return (type(item.row.record),)
    models = (_Undated,) if item.kind == "event" else KINDS[item.kind].models
    tagged = (
        model
        for model in models
        if (tag := model.model_fields.get("type"))
        and record.get("type") in get_args(tag.annotation)
    )
    return tuple(tagged) or models


@lru_cache(maxsize=64)
def _adapter(models: tuple[type[BaseModel], ...]) -> TypeAdapter[Any]:
    kind: Any = models[0] if len(models) == 1 else Union[models]  # noqa: UP007
    return TypeAdapter(kind)


def _record_after(item: Item, incoming: Incoming) -> tuple[dict[str, Any], list[str]]:
    """Return the record as it would be with all its changes, and the paths of these."""
    record: dict[str, Any] = {}
    values: dict[str, Any]
    if item.row is None:
        written = written_values(item.kind, incoming.values)
        values = {path: value for path, value in written.items() if path not in APART}
    else:
        nested = any("." in change.path for change in item.changes)
        record = copy.deepcopy(dict(item.row.plain)) if nested else dict(item.row.plain)
        values = {change.path: change.theirs for change in item.changes}
    for path, value in values.items():
        _put(record, path, value)
    return record, list(values)


def _put(record: dict[str, Any], path: str, value: Any) -> None:
    *above, name = path.split(".")
    for step in above:
        below = record.get(step)
        if not isinstance(below, dict):
            below = record[step] = {}
        record = below
    if value is None:
        record.pop(name, None)
    elif isinstance(value, bool):
        record[name] = "yes" if value else "no"
    else:
        record[name] = list(value) if isinstance(value, tuple) else value


def _path(loc: tuple[Any, ...], paths: list[str]) -> str:
    """Return the field that an error is about: one of those that change, else none of them."""
    names = [step for step in loc if isinstance(step, str)]
    for length in range(len(names), 0, -1):
        for start in range(len(names) - length + 1):
            if (path := ".".join(names[start : start + length])) in paths:
                return path
    whole = ".".join(names)
    return next((path for path in paths if path.startswith(f"{whole}.")), whole)


def _diagnostic(record: Incoming, path: str, error: Any) -> Diagnostic:
    own = error.get("ctx", {})
    if "message" in own:
        return _error(record, path, own["message"], own.get("hint"))
    if error["type"] == "missing":
        field = _heading(record.kind, str(error["loc"][-1]))
        return _error(record, path, Message.of(MISSING, field=field))
    value = str(error.get("input"))
    shown = value if len(value) <= MOST_SHOWN else value[: MOST_SHOWN - 1] + "…"
    field = _heading(record.kind, path)
    return _error(record, path, Message.of(CANNOT, field=field, value=shown))


def _heading(kind: str, path: str) -> Message | str:
    """Return what a field is called in tables."""
    column = KINDS[kind].by_path.get(path)
    return Message(column.heading) if column else path


def _error(
    record: Incoming, path: str, message: Message, hint: Message | None = None
) -> Diagnostic:
    """Return an error that names the cell or entry that it is about."""
    place = record.place(path)
    if place is None:
        return Diagnostic.error("M506", Span.of_file(""), message, hint or CORRECT_IT)
    return Diagnostic.error("M506", place.span, place.naming(message), hint or CORRECT_IT)
