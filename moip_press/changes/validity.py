"""Whether the kit could still be read with what is proposed: what could not is told and left out."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Annotated, Any, Union, get_args

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from moip_press.changes.fields import APART, Fields
from moip_press.changes.proposal import Change, Item, Nature, Proposal
from moip_press.columns.tables import MODELS
from moip_press.diagnostics import Diagnostic, Message, Report, Span
from moip_press.incoming import Incoming
from moip_press.messages import N_
from moip_press.model.kit import Kit

CANNOT = N_("“{field}” cannot be “{value}”.")
MISSING = N_("“{field}” is missing.")
MOST_SHOWN = 60


def valid(proposal: Proposal, kit: Kit) -> Proposal:
    """Return the proposal without changes after which the kit could not be read.

    Each of them is an error in the report, at its place in the file that was imported.
    """
    context = {"language": kit.edition.language, "period": kit.edition.period.value}
    faults: list[Diagnostic] = []
    items: list[Item] = []
    rest = list(proposal.rest)
    for item in proposal.items:
        found = _faults(item, context)
        faults += found.values()
        changes = tuple(c for c in item.changes if c.path not in found) if found else item.changes
        if item.row is None and found:
            continue
        kept = replace(item, changes=changes, unread=tuple(found)) if found else item
        (items if changes else rest).append(kept)
    report = proposal.report + Report.of(faults)
    return replace(proposal, items=tuple(items), rest=tuple(rest), report=report)


def _faults(item: Item, context: Mapping[str, Any]) -> dict[str, Diagnostic]:
    """Return what is wrong with the changes of a record, by their fields."""
    if item.incoming is None:
        return {}
    record, paths = _after(item)
    adapter = _adapter(item.kind, str(record.get("type", "")))
    try:
        adapter.validate_python(record, context=context)
    except ValidationError as errors:
        found = {
            path: _diagnostic(item.incoming, path, error)
            for error in errors.errors()
            if error["type"] != "default_factory_not_called"
            for path in [_path(error["loc"], paths)]
            if item.row is None or path
        }
        return found
    return {}


@lru_cache(maxsize=64)
def _adapter(kind: str, tag: str) -> TypeAdapter[Any]:
    models = MODELS[kind]
    if kind == "block":
        models = tuple(m for m in models if tag in get_args(m.model_fields["type"].annotation))
    if len(models) == 1:
        return TypeAdapter(models[0])
    return TypeAdapter(Annotated[Union[models], Field(union_mode="smart")])  # noqa: UP007


def _after(item: Item) -> tuple[dict[str, Any], list[str]]:
    """Return the record as it would be with all its changes, and the paths of these."""
    assert item.incoming is not None  # noqa: S101 -- asked only of records that came
    record: dict[str, Any] = {}
    values = {p: v for p, v in item.incoming.values.items() if p not in APART and v not in ("", ())}
    if item.row is not None:
        plain: Any = item.row.source.plain()
        for step in item.row.loc:
            plain = plain[step]
        record = copy.deepcopy(plain) if any("." in c.path for c in item.changes) else dict(plain)
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
    return next((path for path in paths if path.startswith(f"{whole}.")), "" if not whole else whole)


def _diagnostic(record: Incoming, path: str, error: Any) -> Diagnostic:
    place = record.place(path)
    span = place.span if place else Span.of_file("")
    own = error.get("ctx", {})
    if "message" in own:
        return Diagnostic.error("M206", span, own["message"], own.get("hint"))
    if error["type"] == "missing":
        name = str(error["loc"][-1])
        return Diagnostic.error("M206", span, Message.of(MISSING, field=name), _HINT)
    value = str(error.get("input"))
    shown = value if len(value) <= MOST_SHOWN else value[: MOST_SHOWN - 1] + "…"
    return Diagnostic.error("M206", span, Message.of(CANNOT, field=path, value=shown), _HINT)


_HINT = Message(N_("Correct it in the file that is imported, then import it again."))
