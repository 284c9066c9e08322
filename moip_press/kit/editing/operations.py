"""What can be done to a file: a value put in its place, a key taken out, an item added.

Operations are gathered by the mapping or list that they change, so that none is in another's way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from moip_press.kit.editing.wrapping import unwrapped
from moip_press.kit.source import Loc, MapNode, Source


class Passage(str):
    """A text in Markdown: it may be broken into lines, and is best written below a ``|``."""

    __slots__ = ()


Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"


@dataclass(frozen=True)
class Put:
    """Let the value at a path be this one; keys that are missing on the way are added."""

    loc: Loc
    value: Value


@dataclass(frozen=True)
class Drop:
    """Take out the key at a path, with its value; its mapping too where nothing is left in it."""

    loc: Loc


@dataclass(frozen=True)
class Insert:
    """Add an item to the list at a path, before the item that has this index now."""

    loc: Loc
    index: int
    value: Value


Operation: TypeAlias = Put | Drop | Insert


@dataclass
class Unit:
    """What changes in one place: its splices are made together or not at all."""

    loc: Loc
    operations: list[Operation] = field(default_factory=list)
    puts: dict[str, Value] = field(default_factory=dict)
    drops: set[str] = field(default_factory=set)
    inserts: dict[int, list[Value]] = field(default_factory=dict)
    whole: Value | None = None


def units(source: Source, operations: Iterable[Operation]) -> list[Unit]:
    """Return the operations as units, in the order of their places."""
    found: dict[tuple[Loc, bool], Unit] = {}
    for operation in operations:
        loc = operation.loc
        match operation:
            case Drop():
                unit = _unit(found, loc[:-1])
                unit.drops.add(str(loc[-1]))
            case Insert() if source.node(loc) is not None:
                unit = _unit(found, loc)
                unit.inserts.setdefault(operation.index, []).append(operation.value)
            case _:
                unit = _put(source, operation, found)
        unit.operations.append(operation)
    _drop_emptied(source, found)
    return list(found.values())


def _unit(found: dict[tuple[Loc, bool], Unit], loc: Loc, *, whole: bool = False) -> Unit:
    return found.setdefault((loc, whole), Unit(loc))


def _put(source: Source, operation: Put | Insert, found: dict[tuple[Loc, bool], Unit]) -> Unit:
    loc = operation.loc
    length = len(loc)
    while length and source.node(loc[:length]) is None:
        length -= 1
    if length == len(loc):
        unit = _unit(found, loc, whole=True)
        unit.whole = operation.value
        return unit
    unit = _unit(found, loc[:length])
    inner: dict[str, Any] = unit.puts
    for step in loc[length:-1]:
        inner = inner.setdefault(str(step), {})
    if isinstance(operation, Insert):
        inner.setdefault(str(loc[-1]), []).append(operation.value)
    else:
        inner[str(loc[-1])] = operation.value
    return unit


def _drop_emptied(source: Source, found: dict[tuple[Loc, bool], Unit]) -> None:
    """Let a mapping that loses all its fields go as a whole."""
    for key in sorted(found, key=lambda key: -len(key[0])):
        unit = found[key]
        node = source.node(unit.loc)
        if not isinstance(node, MapNode) or not unit.drops or unit.puts or not unit.loc:
            continue
        names = {name.value for name, _ in node.entries}
        if names <= unit.drops and isinstance(source.node(unit.loc[:-1]), MapNode):
            upper = _unit(found, unit.loc[:-1])
            upper.drops.add(str(unit.loc[-1]))
            upper.operations += unit.operations
            del found[key]


# --- what the file should then hold -------------------------------------------------------


def expected(plain: Any, done: Iterable[Unit]) -> Any:
    """Return what a file should hold after its changes; ``plain`` is not changed."""
    new = _copy(plain)
    inserts: dict[tuple[Loc, int], list[Any]] = {}
    for operation in (operation for unit in done for operation in unit.operations):
        match operation:
            case Insert():
                place = operation.loc, operation.index
                inserts.setdefault(place, []).append(_copy(operation.value))
            case Put():
                _set(new, operation.loc, _copy(operation.value))
            case Drop():
                _drop(new, operation.loc)
    for loc, index in sorted(inserts, key=lambda place: -place[1]):
        _insert(new, loc, index, inserts[loc, index])
    return new


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _copy(item) for name, item in value.items()}
    if isinstance(value, str) or value is None:
        return value
    return [_copy(item) for item in value]


def _set(root: Any, loc: Loc, value: Any) -> None:
    for step in loc[:-1]:
        below = root.get(step) if isinstance(root, dict) else root[step]
        if below is None:
            below = root[step] = {}
        root = below
    root[loc[-1]] = value


def _drop(root: Any, loc: Loc) -> None:
    above = [root]
    for step in loc[:-1]:
        above.append(above[-1][step])
    above[-1].pop(loc[-1], None)
    for place in range(len(above) - 1, 0, -1):
        if above[place] == {} and isinstance(above[place - 1], dict):
            above[place - 1].pop(loc[place - 1], None)


def _insert(root: Any, loc: Loc, index: int, values: list[Any]) -> None:
    for step in loc:
        if isinstance(root, dict) and root.get(step) is None:
            root[step] = []
        root = root[step]
    root[index:index] = values


def same(found: Any, meant: Any) -> bool:
    """Return whether a value is what was meant: blank ends of texts do not count.

    The lines of a ``Passage`` may be broken elsewhere.
    """
    if isinstance(meant, str):
        if not isinstance(found, str):
            return False
        wrapped = isinstance(meant, Passage) and unwrapped(found) == unwrapped(meant)
        return wrapped or found.rstrip() == meant.rstrip()
    if isinstance(meant, Mapping):
        alike = isinstance(found, dict) and found.keys() == meant.keys()
        return alike and all(same(found[name], meant[name]) for name in meant)
    if isinstance(meant, Sequence):
        alike = isinstance(found, list) and len(found) == len(meant)
        return alike and all(map(same, found, meant))
    return bool(found == meant)
