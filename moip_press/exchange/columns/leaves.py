"""The fields of a record that a cell can hold, found in the model."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from moip_press.exchange.columns.column import Form, Value
from moip_press.kit.model.fields import Prose


@dataclass(frozen=True)
class Leaf:
    """A field: how it stands in a cell, none for a list of records; what it is if absent."""

    form: Form | None
    default: Value | None = None
    choices: tuple[str, ...] = ()


def leaves(*models: type[BaseModel]) -> Mapping[str, Leaf]:
    """Return the fields of records by their path, in the order of the model."""
    return {path: leaf for model in models for path, leaf in _leaves(model, "")}


def _leaves(model: type[BaseModel], before: str) -> Iterator[tuple[str, Leaf]]:
    for name, field in model.model_fields.items():
        kind, path = _bare(field.annotation), before + name
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _leaves(kind, f"{path}.")
        else:
            yield path, _leaf(kind, field.default)


def _bare(annotation: Any) -> Any:
    """Return an annotation without ``| None`` and what is annotated to it."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        return _bare(kinds[0]) if len(kinds) == 1 else annotation
    return annotation


def _leaf(kind: Any, default: Any) -> Leaf:
    if kind is bool:
        return Leaf(Form.YES_NO, default if isinstance(default, bool) else None)
    if get_origin(kind) is Literal:
        words = tuple(map(str, get_args(kind)))
        return Leaf(Form.CHOICE, default if default in words else None, words)
    if get_origin(kind) is tuple:
        return Leaf(_form_of_list(_bare(get_args(kind)[0])))
    if isinstance(kind, type):
        return Leaf(Form.PROSE if issubclass(kind, Prose) else Form.LINE)
    return Leaf(None)


def _form_of_list(kind: Any) -> Form | None:
    if not isinstance(kind, type) or issubclass(kind, BaseModel):
        return None
    return Form.PROSES if issubclass(kind, Prose) else Form.LINES
