"""Conditions on events, as people write them: ``region=Bretagne,Normandie``.

One grammar for every verb, on the command line and in a kit. A condition is a key, ``=`` or
``!=``, and values; commas say "or", several conditions say "and". A value that holds a comma stands
between quotation marks. Case, accents, hyphens and apostrophes do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from moip_press.kit.model.fields import slug
from moip_press.kit.model.french_keys import english
from moip_press.kit.source import Loc, Source
from moip_press.report.diagnostics import Diagnostic, Message, Position, Span
from moip_press.report.messages import N_
from moip_press.text.folding import fold

KEYS = (
    *("section", "organiser", "region", "department", "town", "place", "theme", "audience"),
    *("price", "day", "week", "status", "text"),
)
"""What every kit has; the fields that a kit has of its own are keys too."""
OWN = "fields."
"""What may stand before a field of the kit's own, and does where a key of ours has its name."""
OPTION = "--select"
CONDITION = re.compile(r"(?P<key>[^=!]*?)\s*(?P<sign>!=|=)")
ITEM = re.compile(r"""\s*(?:(["'])(?P<quoted>.*?)\1(?=\s*(?:,|$))|(?P<plain>[^,]*))""")
NOT = "!="


@dataclass(frozen=True)
class Value:
    """One value of a condition, and where it is written."""

    text: str
    span: Span


@dataclass(frozen=True)
class Condition:
    """One condition; ``span`` is that of its key, and ``name`` the word for it that is written.

    ``name`` is empty where that is the key itself.
    """

    key: str
    values: tuple[Value, ...]
    negated: bool
    span: Span
    name: str = ""

    @property
    def written(self) -> str:
        """The condition as one writes it, such as ``region=Bretagne,Normandie``."""
        values = (f'"{v.text}"' if "," in v.text else v.text for v in self.values)
        return f"{self.name or self.key}{NOT if self.negated else '='}{','.join(values)}"


def text_of(arguments: Sequence[str]) -> str:
    """Return the text that places in options refer to: each option is a line."""
    return "\n".join(argument.replace("\n", " ") for argument in arguments)


@dataclass(frozen=True)
class Selection:
    """The ``--select`` options: their conditions, and what of them cannot be read.

    ``written`` are the options as they were given; places are those in ``text``.
    """

    written: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    faults: tuple[Diagnostic, ...] = ()

    @classmethod
    def parse(cls, arguments: Sequence[str]) -> Selection:
        """Return what the options say. Words are read here and nowhere else."""
        found = [_condition(argument, number) for number, argument in enumerate(arguments, 1)]
        return cls(
            tuple(arguments),
            tuple(each for each in found if isinstance(each, Condition)),
            tuple(each for each in found if isinstance(each, Diagnostic)),
        )

    @property
    def text(self) -> str:
        """The text that places refer to."""
        return text_of(self.written)

    def __bool__(self) -> bool:
        return bool(self.written)


def _condition(argument: str, line: int) -> Condition | Diagnostic:
    match = CONDITION.match(argument)
    if match is None or not match["key"].strip():
        return Diagnostic.error(
            "R121",
            _span(line, len(argument) - len(argument.lstrip()), len(argument)),
            Message.of(N_("“{text}” is not a condition."), text=argument.strip()),
            Message(N_("Write a key, an equals sign and values, such as region=Bretagne.")),
        )
    key = match["key"].strip()
    start = match["key"].index(key)
    span = _span(line, start, start + len(key))
    values = tuple(_values(argument, match.end(), line))
    if not values:
        return Diagnostic.error(
            "R123",
            span,
            Message.of(N_("The key “{key}” has no value."), key=key),
            Message(N_("Write the value after the equals sign.")),
        )
    meant = key.lower() if key.lower() in KEYS else english(key, KEYS) or key
    name = "" if meant in (key, key.lower()) else key
    return Condition(meant, values, match["sign"] == NOT, span, name)


def _values(text: str, start: int, line: int) -> Iterator[Value]:
    """Yield the values in ``text`` from ``start`` on; none is empty."""
    while start <= len(text):
        match = ITEM.match(text, start)
        if match is None:
            return
        group = "plain" if match["quoted"] is None else "quoted"
        said = match[group].strip()
        if said:
            first = match.start(group) + match[group].index(said)
            yield Value(said, _span(line, first, first + len(said)))
        comma = text.find(",", match.end())
        start = comma + 1 if comma >= 0 else len(text) + 1


def _span(line: int, start: int, end: int) -> Span:
    return Span(OPTION, Position(line, start + 1), Position(line, end + 1))


def read_conditions(source: Source, loc: Loc) -> tuple[Condition, ...]:
    """Return the conditions of a ``select`` of the kit: fields whose names are the keys.

    A text holds values as on the command line, a list one value each; ``!=`` before a value
    excludes it.
    """
    conditions: list[Condition] = []
    for path, given in _fields(_plain(source, loc)):
        values = list(_of_field(source, (*loc, *path), given))
        key, span = path[-1], source.span((*loc, *path), key=True)
        for negated in (False, True):
            chosen = tuple(
                Value(value.text.removeprefix(NOT).strip(), value.span)
                for value in values
                if value.text.startswith(NOT) == negated
            )
            if chosen:
                own = f"{OWN}{key}" if len(path) > 1 and key in KEYS else key
                conditions.append(Condition(own, chosen, negated, span))
    return tuple(conditions)


def _fields(given: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the fields of a ``select`` by their paths, the kit's own below ``fields``."""
    for key, value in given.items():
        if isinstance(value, Mapping):
            yield from (((key, name), each) for name, each in value.items())
        else:
            yield (key,), value


def _of_field(source: Source, loc: Loc, given: str | list[str]) -> Iterator[Value]:
    if isinstance(given, list):
        yield from (Value(t.strip(), source.span((*loc, n))) for n, t in enumerate(given))
        return
    for value in _values(given, 0, 1):
        start, end = value.span.start.column - 1, value.span.end.column - 1
        yield Value(value.text, source.value_span(loc, start, end))


def _plain(source: Source, loc: Loc) -> Any:
    value: Any = source.plain()
    for step in loc:
        value = value[step]
    return value


LONGEST_SLUG = 60


def words_of(conditions: Iterable[Condition]) -> Iterator[str]:
    """Yield the words of conditions, for the name of a file."""
    for condition in conditions:
        yield condition.key
        yield from ["not"] if condition.negated else []
        yield from (value.text for value in condition.values)


def slug_of(conditions: Iterable[Condition]) -> str:
    """Return a slug that says what was selected: ``region-bretagne-theme-numerique``."""
    return short_slug(*words_of(conditions))


def short_slug(*words: str) -> str:
    """Return the slug of words; one that had to be cut ends with signs that tell it apart."""
    text = fold(" ".join(words))
    name = slug(text)
    if len(text) <= LONGEST_SLUG:
        return name
    return f"{name[:LONGEST_SLUG].rstrip('-')}-{sha256(text.encode()).hexdigest()[:6]}"
