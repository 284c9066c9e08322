"""One plain value where a list or a record may stand, read as what it plainly means.

``organisers: Ifremer`` is a list of one, ``place: Les Champs Libres`` a venue, ``logo: logo.svg`` a
file. The files stay as they are: only what is read of them is as if it were written in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BeforeValidator

from moip_press.kit.model.fields import Record
from moip_press.kit.source import Plain

Filler = Callable[[Any], Any]


def in_full(value: Plain, models: Iterable[type[Record]]) -> Plain:
    """Return the fields of a file as if all were written in full; itself where they are."""
    if not isinstance(value, dict):
        return value
    known = [model for model in models if value.get("type") in _types(model)]
    filled: Plain = _record(known[0])(value) if known else value
    return filled


def _types(model: type[Record]) -> list[object]:
    """Return what the field ``type`` of a file says that holds such a record."""
    field = model.model_fields.get("type")
    return list(get_args(field.annotation)) if field else [None]


@cache
def _record(model: type[Record]) -> Filler:
    fillers = {
        name: filler
        for name, field in model.model_fields.items()
        if (filler := _of(field.annotation, field.metadata))
    }

    def fill(value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            return model.of_text(value) or value
        if not isinstance(value, dict):
            return value
        new = {name: fillers[name](value[name]) for name in value.keys() & fillers.keys()}
        changed = any(new[name] is not value[name] for name in new)
        return {name: new.get(name, old) for name, old in value.items()} if changed else value

    return fill


def _of(kind: Any, metadata: Iterable[object] = ()) -> Filler | None:
    """Return what fills in values of a kind; ``None`` for those that are plain, or read apart."""
    if any(isinstance(each, BeforeValidator) for each in metadata):
        return None
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _of(inner[0], inner[1:])
    if origin in (Union, UnionType):
        return _one_of([each for each in inner if each is not type(None)])
    if origin is tuple and inner[1:] == (...,):
        return _list(inner[0])
    return _record(kind) if isinstance(kind, type) and issubclass(kind, Record) else None


def _one_of(kinds: list[Any]) -> Filler | None:
    """Return what fills in one of several kinds: of records, the one whose type is named."""
    if len(kinds) == 1:
        return _of(kinds[0])
    if not all(isinstance(kind, type) and issubclass(kind, Record) for kind in kinds):
        return None
    fillers = {name: _record(kind) for kind in kinds for name in _types(kind)}
    texts = [kind for kind in kinds if kind.of_text("…")]

    def fill(value: Any) -> Any:
        if isinstance(value, str) and value.strip() and texts:
            return texts[0].of_text(value)
        named = value.get("type") if isinstance(value, dict) else None
        known = fillers.get(named) if isinstance(named, str) else None
        return known(value) if known else value

    return fill


def _list(kind: Any) -> Filler:
    filler = _of(kind)
    records = filler is not None

    def fill(value: Any) -> Any:
        if (isinstance(value, str) and value.strip()) or (isinstance(value, dict) and records):
            value = [value]
        if not isinstance(value, list) or filler is None:
            return value
        new = [filler(item) for item in value]
        changed = any(one is not other for one, other in zip(new, value, strict=True))
        return new if changed else value

    return fill
