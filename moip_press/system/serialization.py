"""Frozen records to bytes and back, by the types of their fields. The only user of msgpack.

The bytes may come from anywhere: they are data, never code, and refused where they do not fit the
types.
"""

from __future__ import annotations

import dataclasses
import math
import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, Union, cast, get_args, get_origin, get_type_hints

import msgpack

from moip_press.system.limits import KEPT


class Malformed(ValueError):
    """Bytes do not fit the type."""


class _Form(NamedTuple):
    """How values of a type become plain data, and back."""

    to: Callable[[Any], Any]
    back: Callable[[Any], Any]


def packed(kind: Any, value: Any) -> bytes:
    """Return a value of a type as bytes."""
    content: bytes = msgpack.packb(_form(kind).to(value))
    return content


def unpacked(kind: Any, content: bytes) -> Any:
    """Return the value of a type that bytes hold. Raises ``Malformed``."""
    try:
        plain = msgpack.unpackb(content, strict_map_key=True)
        return _form(kind).back(plain)
    except (ValueError, TypeError, LookupError, RecursionError, msgpack.UnpackException) as error:
        raise Malformed(str(error)) from None


def unkept() -> Any:
    """Return a field of a record that is left out of its bytes."""
    return dataclasses.field(default=None, compare=False, metadata={"kept": False})


@cache
def _form(kind: Any) -> _Form:
    """Return the form of a type."""
    origin, inner = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _record(cast("type[Any]", kind))
    if origin in (Union, types.UnionType):
        return _choice(inner)
    if origin is tuple:
        return _row(inner[0]) if inner[-1] is Ellipsis else _fixed(inner)
    if origin is frozenset:
        row = _row(inner[0])
        return _Form(lambda value: row.to(sorted(value)), lambda plain: frozenset(row.back(plain)))
    if origin in (dict, Mapping):
        row = _rows(_fixed(inner))
        return _Form(lambda value: row.to(value.items()), lambda plain: dict(row.back(plain)))
    if origin is Literal:
        return _Form(_same, _one_of(inner))
    if kind is Any:
        return _Form(_same, _plain)
    return _Form(_same, _scalar(kind))


def _same(value: Any) -> Any:
    return value


def _scalar(kind: type) -> Callable[[Any], Any]:
    if kind not in (int, float, str, bytes, bool):
        raise TypeError(kind)
    known: tuple[type, ...] = (int, float) if kind is float else (kind,)

    def back(plain: Any) -> Any:
        if type(plain) not in known or (known[-1] is float and not math.isfinite(plain)):
            raise Malformed
        return plain

    return back


def _one_of(values: tuple[Any, ...]) -> Callable[[Any], Any]:
    def back(plain: Any) -> Any:
        if plain not in values:
            raise Malformed
        return plain

    return back


def _plain(value: Any, depth: int = 0) -> Any:
    """Return a value that may be anything plain."""
    if depth > KEPT.depth:
        raise Malformed
    if isinstance(value, list):
        for each in value:
            _plain(each, depth + 1)
    elif isinstance(value, dict):
        for key, each in value.items():
            _scalar(str)(key)
            _plain(each, depth + 1)
    elif value is not None and type(value) not in (int, float, str, bytes, bool):
        raise Malformed
    return value


def _items(plain: Any) -> list[Any]:
    if not isinstance(plain, list):
        raise Malformed
    return plain


def _row(kind: Any) -> _Form:
    """Return the form of a row of values of a type."""
    return _rows(_form(kind))


def _rows(form: _Form) -> _Form:
    def back(plain: Any) -> tuple[Any, ...]:
        return tuple(map(form.back, _items(plain)))

    return _Form(list if form.to is _same else lambda value: list(map(form.to, value)), back)


def _fixed(kinds: tuple[Any, ...]) -> _Form:
    forms = [_form(kind) for kind in kinds]

    def to(value: Any) -> list[Any]:
        return [form.to(each) for form, each in zip(forms, value, strict=True)]

    def back(plain: Any) -> tuple[Any, ...]:
        return tuple(form.back(each) for form, each in zip(forms, _items(plain), strict=True))

    return _Form(to, back)


def _choice(kinds: tuple[Any, ...]) -> _Form:
    """Return the form of one of several types: its place among them, and the value."""
    some = [kind for kind in kinds if kind is not types.NoneType]
    if len(some) < len(kinds) and len(some) == 1:
        return _maybe(some[0])
    forms = [lambda kind=kind: _form(kind) for kind in some]
    places = {get_origin(kind) or kind: place for place, kind in enumerate(some)}

    def to(value: Any) -> Any:
        if value is None:
            return None
        place = places[type(value)]
        return [place, forms[place]().to(value)]

    def back(plain: Any) -> Any:
        if plain is None and len(some) < len(kinds):
            return None
        place, value = _items(plain)
        if not 0 <= place < len(forms):
            raise Malformed
        return forms[place]().back(value)

    return _Form(to, back)


def _maybe(kind: Any) -> _Form:
    """Return the form of a type of which there may be none."""

    def to(value: Any) -> Any:
        return None if value is None else _form(kind).to(value)

    def back(plain: Any) -> Any:
        return None if plain is None else _form(kind).back(plain)

    return _Form(to, back)


def _record(kind: type[Any]) -> _Form:
    """Return the form of a record: its fields in their order. It may hold records of its kind."""
    hints = get_type_hints(kind)
    names = [each.name for each in dataclasses.fields(kind) if each.metadata.get("kept", True)]
    found: list[tuple[str, _Form]] = []

    def fields() -> list[tuple[str, _Form]]:
        if not found:
            found.extend([(name, _form(hints[name])) for name in names])
        return found

    def to(value: Any) -> list[Any]:
        return [form.to(getattr(value, name)) for name, form in fields()]

    def back(plain: Any) -> Any:
        given = zip(fields(), _items(plain), strict=True)
        return kind(**{name: form.back(each) for (name, form), each in given})

    return _Form(to, back)
