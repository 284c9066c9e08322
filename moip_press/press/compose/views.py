"""What templates see: plain values, and views of our records that hold nothing but fields.

A template may come from a stranger, and a record brings its whole class along: methods that read
files or run pickles, and through them this program. So no record, date or function of ours reaches
a template: it reads views, and calls only what was given to it by name.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup
from pydantic import BaseModel

from moip_press.kit.model.blocks import TableBlock
from moip_press.kit.when import When

PLAIN = frozenset({type(None), bool, int, float, str, Markup})
OURS = (
    "moip_press.press.compose.",
    "moip_press.kit.when.",
    "moip_press.kit.model.table_cells.",
    "moip_press.web.site.shown.",
)
"""Where the dataclasses are defined that are made to be printed."""
DATE_FORM = re.compile(r"(?:%-?[aAbBdDeFHIjmMpSTuUVwWyY%]|[^%])*", re.DOTALL)
Known = dict[int, tuple[object, "View"]]


class Given:
    """A function that a template may call; nothing else of it can be reached."""

    __slots__ = ("run",)

    def __init__(self, run: Callable[..., Any]) -> None:
        self.run = run

    def __repr__(self) -> str:
        return "<function>"


@dataclasses.dataclass(frozen=True, slots=True, eq=False, repr=False)
class View:
    """The fields of a record, by name.

    ``of`` is the date or moment that it shows, which our filters need and no template reaches.
    """

    fields: Mapping[str, Any]
    of: Any = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, View):
            return NotImplemented
        return bool(self.fields == other.fields if self.of is None else self.of == other.of)

    def __hash__(self) -> int:
        return hash(tuple(self.fields) if self.of is None else self.of)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, View) or self.of is None:
            return NotImplemented
        return bool(self.of < other.of)

    def __le__(self, other: object) -> bool:
        if not isinstance(other, View) or self.of is None:
            return NotImplemented
        return bool(self.of <= other.of)

    def __repr__(self) -> str:
        if isinstance(self.of, datetime.date | datetime.time):
            return self.of.isoformat()
        return f"<{', '.join(self.fields)}>"


def view(value: Any, known: Known | None = None) -> Any:
    """Return a value as a template sees it.

    The view of a record of the kit that is ``known`` is made once; what is made for one document,
    such as the days of a strip, goes with it. Raises ``TypeError`` for an object that no template
    is meant to see.
    """
    if type(value) in PLAIN or isinstance(value, View | Given):
        return value
    if known is not None and id(value) in known:
        return known[id(value)][1]
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {view(name): view(item, known) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)([view(item, known) for item in value])
    if known is None or not isinstance(value, BaseModel):
        return _made(value, known)
    # the record is held too: while it lives, no other one has its number
    known[id(value)] = value, _made(value, known)
    return known[id(value)][1]


def _made(value: Any, known: Known | None) -> View:
    if isinstance(value, datetime.date | datetime.time):
        return _clock(value)
    found = {name: view(getattr(value, name), known) for name in _names(value.__class__)}
    return View(MappingProxyType(found), value if isinstance(value, When | TableBlock) else None)


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    """Return what a template sees of records of a class: fields, and what is made of them."""
    if issubclass(kind, BaseModel):
        names = list(kind.model_fields)
    elif dataclasses.is_dataclass(kind) and f"{kind.__module__}.".startswith(OURS):
        names = [field.name for field in dataclasses.fields(kind)]
    else:
        raise TypeError(f"no template is meant to see a {kind.__name__}")
    for parent in kind.__mro__:
        if parent.__module__.startswith("moip_press."):
            made = (name for name, value in vars(parent).items() if isinstance(value, property))
            names += (name for name in made if not name.startswith("_"))
    return tuple(names)


def _clock(value: datetime.date | datetime.time) -> View:
    """Return a date or a time of day, with the methods that templates use."""

    def strftime(form: str) -> str:
        if not DATE_FORM.fullmatch(form):
            raise ValueError("a date cannot be written in this form")
        return value.strftime(form)

    day = isinstance(value, datetime.date)
    names = ("year", "month", "day") if day else ("hour", "minute", "second")
    found: dict[str, Any] = {name: getattr(value, name) for name in names}
    found["isoformat"] = Given(value.isoformat)
    found["strftime"] = Given(strftime)
    if isinstance(value, datetime.date):
        found["weekday"] = Given(value.weekday)
        found["isoweekday"] = Given(value.isoweekday)
    return View(MappingProxyType(found), value)
