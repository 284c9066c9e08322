"""Operations gathered by the mapping or list that they change, so that none is in another's way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from moip_press.kit.source import Loc, Source
from moip_press.kit.source.editing.operations import Drop, Insert, Operation, Put, Value
from moip_press.kit.source.editing.places import CannotSplice
from moip_press.kit.source.editing.splicing import Splicer
from moip_press.kit.source.nodes import ListNode, MapNode, Node, ScalarNode


@dataclass
class Unit:
    """What changes in one place: splices that stand or fall together."""

    loc: Loc
    operations: list[Operation] = field(default_factory=list)
    puts: dict[str, Value] = field(default_factory=dict)
    drops: set[str] = field(default_factory=set)
    inserts: dict[int, list[Value]] = field(default_factory=dict)
    whole: Value | None = None

    def splice(self, source: Source, make: Callable[[], Splicer]) -> Splicer:
        """Return a splicer that holds the splices. Raises ``CannotSplice``."""
        splicer = make()
        node = source.node(self.loc)
        if node is None:
            raise CannotSplice
        if self.whole is not None:
            splicer.value(self.loc, node, self.whole)
        elif isinstance(node, MapNode):
            splicer.fields(self.loc, node, self.puts, dropped=self.drops)
        elif self.inserts:
            self._insert(splicer, node)
        elif self.puts and isinstance(node, ScalarNode) and node.is_null:
            splicer.value(self.loc, node, self.puts)
        else:
            raise CannotSplice
        return splicer

    def _insert(self, splicer: Splicer, node: Node) -> None:
        if isinstance(node, ScalarNode) and node.is_null:
            values = [value for _, some in sorted(self.inserts.items()) for value in some]
            splicer.first_items(self.loc, node, values)
        elif isinstance(node, ListNode):
            for index, values in self.inserts.items():
                splicer.insert(self.loc, node, min(index, len(node.items)), values)
        else:
            raise CannotSplice


def units(source: Source, operations: Iterable[Operation]) -> list[Unit]:
    """Return the operations as units, in the order of their places."""
    found: dict[tuple[Loc, bool], Unit] = {}
    for operation in operations:
        _gather(source, operation, found)
    _escalate(source, found)
    return list(found.values())


def _unit(found: dict[tuple[Loc, bool], Unit], loc: Loc, *, whole: bool = False) -> Unit:
    return found.setdefault((loc, whole), Unit(loc))


def _gather(source: Source, operation: Operation, found: dict[tuple[Loc, bool], Unit]) -> None:
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


def _escalate(source: Source, found: dict[tuple[Loc, bool], Unit]) -> None:
    """Let a mapping that loses all its fields go as a whole."""
    for key in sorted(found, key=lambda key: -len(key[0])):
        unit = found[key]
        node = source.node(unit.loc)
        if not isinstance(node, MapNode) or not unit.drops or unit.puts or not unit.loc:
            continue
        names = {name.value for name, _ in node.entries}
        above = source.node(unit.loc[:-1])
        if names <= unit.drops and isinstance(above, MapNode):
            upper = _unit(found, unit.loc[:-1])
            upper.drops.add(str(unit.loc[-1]))
            upper.operations += unit.operations
            del found[key]


def expected(plain: Any, done: Sequence[Unit]) -> Any:
    """Return what a file should hold after its changes; ``plain`` is not changed."""
    new = _copy(plain)
    inserts: list[Insert] = []
    for unit in done:
        for operation in unit.operations:
            match operation:
                case Insert():
                    inserts.append(operation)
                case Put():
                    _set(new, operation.loc, _copy(operation.value))
                case Drop():
                    _drop(new, operation.loc)
    for place in sorted({(i.loc, i.index) for i in inserts}, key=lambda p: -p[1]):
        values = [_copy(i.value) for i in inserts if (i.loc, i.index) == place]
        _insert(new, place[0], place[1], values)
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
