"""Fields of a record added, changed and taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from moip_press.kit.source import Loc
from moip_press.kit.source.editing.draft import LAST, Draft
from moip_press.kit.source.editing.habits import below, is_flow, path_of
from moip_press.kit.source.editing.operations import Value
from moip_press.kit.source.editing.places import CannotSplice, end_of, gap_in_brackets
from moip_press.kit.source.editing.writing import indented
from moip_press.kit.source.nodes import MapNode, Node, ScalarNode


class Fields(Draft):
    """Makes the splices of mappings."""

    def fields(
        self,
        loc: Loc,
        node: MapNode,
        values: Mapping[str, Value],
        *,
        whole: bool = False,
        dropped: Iterable[str] = (),
    ) -> None:
        """Let a mapping have these fields; if ``whole``, no others."""
        gone = set(dropped)
        if whole:
            gone |= {key.value for key, _ in node.entries} - values.keys()
        added: dict[str, Value] = {}
        for name, value in values.items():
            if entry := node.entry(name):
                self.value((*loc, name), entry[1], value)
            else:
                added[name] = value
        if added and gone >= {key.value for key, _ in node.entries}:
            self._renew(loc, node, added)
            return
        for name in gone:
            self.drop(node, name, gone)
        if added:
            self.add(loc, node, added, gone)

    def _renew(self, loc: Loc, node: MapNode, values: Mapping[str, Value]) -> None:
        """Put fields in the place of all that a mapping has."""
        if is_flow(node):
            self.put(
                node.start, node.end, self.writer.flow(path_of(loc), self.sorted(loc, None, values))
            )
            return
        if not node.entries:
            raise CannotSplice
        first = node.entries[0][0].start
        column = self.source.source.column(first)
        first_line, *rest = self.writer.fields(path_of(loc), values, column)
        text = self.habits.newline.join([first_line, *indented(rest, column)])
        self.put(first, end_of(*node.entries[-1]), text)

    def add(
        self, loc: Loc, node: MapNode, values: Mapping[str, Value], gone: Iterable[str] = ()
    ) -> None:
        """Add fields to a mapping, each where its neighbours and the model have it."""
        values = {name: self._ordered((*loc, name), value) for name, value in values.items()}
        order = self.order(loc, node)
        rank = {name: place for place, name in enumerate(dict.fromkeys([*order, *values]))}
        kept = [entry for entry in node.entries if entry[0].value not in set(gone)]
        groups: dict[int, list[str]] = {}
        for name in sorted(values, key=lambda name: rank[name]):
            before = [n for n, (key, _) in enumerate(kept) if rank[key.value] < rank[name]]
            place = max(before, key=lambda n: rank[kept[n][0].value], default=-1)
            groups.setdefault(place, []).append(name)
        for place, names in groups.items():
            chosen = {name: values[name] for name in names}
            if is_flow(node):
                self._add_in_brackets(loc, node, kept, place, chosen)
            else:
                self._add_lines(loc, node, kept, place, chosen)

    def _ordered(self, loc: Loc, value: Value) -> Value:
        """Return a new list with the fields of its records in their usual order."""
        if isinstance(value, str | Mapping):
            return value
        return [self.sorted((*loc, 0), None, item) for item in value]

    def _add_lines(
        self,
        loc: Loc,
        node: MapNode,
        kept: Sequence[tuple[ScalarNode, Node]],
        place: int,
        values: Mapping[str, Value],
    ) -> None:
        if not node.entries or not kept:
            raise CannotSplice
        column = self.source.source.column(node.entries[0][0].start)
        lines = indented(self.writer.fields(path_of(loc), values, column), column)
        if place >= 0:
            self.below(end_of(*kept[place]), lines, -2 * len(loc) - 1)
            return
        start = node.entries[0][0].start
        if kept[0] is not node.entries[0]:
            raise CannotSplice
        newline = self.habits.newline
        self.put(start, start, newline.join(lines).lstrip(" ") + newline + " " * column, LAST)

    def _add_in_brackets(
        self,
        loc: Loc,
        node: MapNode,
        kept: Sequence[tuple[ScalarNode, Node]],
        place: int,
        values: Mapping[str, Value],
    ) -> None:
        written = [
            f"{self.writer.name(name)}: {self.writer.flow(below(path_of(loc), name), value)}"
            for name, value in values.items()
        ]
        if not node.entries:
            self.put(node.start, node.end, "{" + ", ".join(written) + "}")
        elif place >= 0:
            end = max(kept[place][0].end, kept[place][1].end)
            gap = gap_in_brackets(
                self.text,
                [max(k.end, v.end) for k, v in node.entries],
                [k.start for k, _ in node.entries],
            )
            self.put(end, end, "".join(gap + entry for entry in written), LAST)
        else:
            start = node.entries[0][0].start
            self.put(start, start, "".join(f"{entry}, " for entry in written), LAST)

    def drop(self, node: MapNode, name: str, gone: Iterable[str]) -> None:
        """Take a field out, with its line or its comma."""
        names = [key.value for key, _ in node.entries]
        if name not in names:
            return
        if set(names) <= set(gone):
            raise CannotSplice
        place = names.index(name)
        key, value = node.entries[place]
        end = end_of(key, value)
        if is_flow(node):
            self._drop_in_brackets(node, place)
            return
        rows = self.source.source
        line_end = rows.line_end(end)
        start = rows.line_starts[rows.row(key.start)]
        if self.text[start : key.start].strip(" "):
            self._drop_first(node, place, line_end)
            return
        self.take_lines(rows.row(start), line_end)

    def _drop_first(self, node: MapNode, place: int, line_end: int) -> None:
        """Take out a field that stands beside the hyphen of its record: the next one moves up."""
        key = node.entries[place][0]
        if place or len(node.entries) < 2:
            raise CannotSplice
        following = node.entries[1][0].start
        if self.text[line_end:following].strip():
            raise CannotSplice
        self.put(key.start, following, "")

    def _drop_in_brackets(self, node: MapNode, place: int) -> None:
        key, value = node.entries[place]
        if place + 1 < len(node.entries):
            self.put(key.start, node.entries[place + 1][0].start, "")
        else:
            before = node.entries[place - 1]
            self.put(max(before[0].end, before[1].end), max(key.end, value.end), "")
