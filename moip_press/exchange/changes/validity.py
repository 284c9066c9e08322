"""Whether the kit could still be read with what is proposed: the rest is told, and left out."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Union, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from moip_press.exchange.changes.fields import APART, DATES, Fields
from moip_press.exchange.changes.proposal import Item, Proposal
from moip_press.exchange.columns import KINDS
from moip_press.exchange.incoming import Incoming
from moip_press.kit.model import parts, records
from moip_press.kit.model.kit import Kit
from moip_press.kit.when import WhenError
from moip_press.report.diagnostics import Diagnostic, Message, Report, Span
from moip_press.report.messages import N_

NAMED = ("event", "contact", "lab")
"""What has an id of its own, which is made when a new one is written."""

CANNOT = N_("“{field}” cannot be “{value}”.")
MISSING = N_("“{field}” is missing.")
MOST_SHOWN = 60


def valid(proposal: Proposal, kit: Kit) -> Proposal:
    """Return the proposal without changes after which the kit could not be read.

    Each of them is an error in the report, at its place in the file that was imported.
    """
    language, period = kit.edition.language, kit.edition.period.value
    context = {"language": language, "period": period}
    dates = Fields("event", language, period)
    faults: list[Diagnostic] = []
    items: list[Item] = []
    rest = list(proposal.rest)
    for item in proposal.items:
        found = _faults(item, context, dates)
        faults += found.values()
        changes = tuple(c for c in item.changes if c.path not in found) if found else item.changes
        if item.row is None and found:
            continue
        kept = replace(item, changes=changes, unread=tuple(found)) if found else item
        (items if changes else rest).append(kept)
    report = proposal.report + Report.of(faults)
    return replace(proposal, items=tuple(items), rest=tuple(rest), report=report)


def _faults(item: Item, context: Mapping[str, Any], dates: Fields) -> dict[str, Diagnostic]:
    """Return what is wrong with the changes of a record, by their fields."""
    if item.incoming is None:
        return {}
    record, paths = _after(item)
    found: dict[str, Diagnostic] = {}
    for path in DATES:
        if path in paths and path in record and (fault := dates.fault(record[path])):
            found[path] = _of_date(item.incoming, path, fault)
    if item.row is None and item.kind in NAMED:
        record.setdefault("id", "x")
    try:
        _adapter(_model(item, record)).validate_python(record, context=context)
    except ValidationError as errors:
        for error in errors.errors():
            path = _path(error["loc"], paths)
            known = path in paths or item.row is None
            if error["type"] != "default_factory_not_called" and known:
                found.setdefault(path, _diagnostic(item.incoming, path, error))
    return found


class _Undated(records.Event):
    """An event whose dates are looked at apart, each of them once."""

    when: str  # type: ignore[assignment]
    postponed_to: str | None = None  # type: ignore[assignment]


NEW: Mapping[str, tuple[type[BaseModel], ...]] = {
    "event": (_Undated,),
    "contact": (records.Contact,),
    "lab": (records.Lab,),
    "directory": (records.DirectoryEntry,),
    "exchange": (records.Exchange,),
    "item": (records.KeyFigure, records.Card, records.Mission),
    "block": get_args(get_args(parts.AnyBlock)[0]),
}
"""What a new record of each kind can be."""


def _model(item: Item, record: Mapping[str, Any]) -> tuple[type[BaseModel], ...]:
    if item.row is not None and item.kind != "event":
        return (type(item.row.record),)
    models, tag = NEW[item.kind], record.get("type")
    tagged = (m for m in models if tag in get_args(_annotation(m)))
    return tuple(tagged) or models


def _annotation(model: type[BaseModel]) -> Any:
    field = model.model_fields.get("type")
    return field.annotation if field else None


@lru_cache(maxsize=64)
def _adapter(models: tuple[type[BaseModel], ...]) -> TypeAdapter[Any]:
    kind: Any = models[0] if len(models) == 1 else Union[models]  # noqa: UP007
    return TypeAdapter(kind)


def _after(item: Item) -> tuple[dict[str, Any], list[str]]:
    """Return the record as it would be with all its changes, and the paths of these."""
    assert item.incoming is not None  # noqa: S101 -- asked only of records that came
    record: dict[str, Any] = {}
    values: dict[str, Any] = {
        path: value
        for path, value in item.incoming.values.items()
        if path not in APART and value not in ("", (), _default(item.kind, path))
    }
    if item.row is not None:
        plain: Any = item.row.source.plain()
        for step in item.row.loc:
            plain = plain[step]
        record = copy.deepcopy(plain) if any("." in c.path for c in item.changes) else dict(plain)
        values = {change.path: change.theirs for change in item.changes}
    for path, value in values.items():
        _put(record, path, value)
    return record, list(values)


def _default(kind: str, path: str) -> object:
    column = KINDS[kind].by_path.get(path)
    return column.default if column else None


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


def _of_date(record: Incoming, path: str, error: WhenError) -> Diagnostic:
    return _error(record, path, error.message, error.hint or _HINT)


def _diagnostic(record: Incoming, path: str, error: Any) -> Diagnostic:
    own = error.get("ctx", {})
    if "message" in own:
        return _error(record, path, own["message"], own.get("hint") or _HINT)
    if error["type"] == "missing":
        field = _heading(record.kind, str(error["loc"][-1]))
        return _error(record, path, Message.of(MISSING, field=field), _HINT)
    value = str(error.get("input"))
    shown = value if len(value) <= MOST_SHOWN else value[: MOST_SHOWN - 1] + "…"
    field = _heading(record.kind, path)
    return _error(record, path, Message.of(CANNOT, field=field, value=shown), _HINT)


def _error(record: Incoming, path: str, message: Message, hint: Message) -> Diagnostic:
    """Return an error that names the cell or entry that it is about."""
    place = record.place(path)
    if place is None:
        return Diagnostic.error("M506", Span.of_file(""), message, hint)
    return Diagnostic.error("M506", place.span, place.naming(message), hint)


def _heading(kind: str, path: str) -> Message | str:
    """Return what a field is called in tables."""
    column = KINDS[kind].by_path.get(path)
    return Message(column.heading) if column else path


_HINT = Message(N_("Correct it in the file that is imported, then import it again."))
