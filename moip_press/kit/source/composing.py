"""YAML events to nodes, within limits (the only user of PyYAML).

Works on events and without recursion, since libyaml's own composer crashes on deep nesting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from moip_press.kit.source import traps
from moip_press.kit.source.entries import Failure
from moip_press.kit.source.nodes import ListNode, MapNode, Node, ScalarNode, Style
from moip_press.kit.source.parse_faults import explain
from moip_press.kit.source.traps import Role
from moip_press.system.limits import YAML

if TYPE_CHECKING:
    from moip_press.kit.source.decoding import SourceText
    from moip_press.report.diagnostics import Diagnostic

_STYLES = {"'": Style.SINGLE, '"': Style.DOUBLE, "|": Style.LITERAL, ">": Style.FOLDED}
# libyaml breaks lines at these, editors do not: they are parsed as noncharacters instead
_HIDDEN = {0x85: "\ufdd0", 0x2028: "\ufdd1", 0x2029: "\ufdd2"}
_SHOWN = {ord(sign): chr(number) for number, sign in _HIDDEN.items()}
_NAME = re.compile(r"[&*][^\s,\[\]{}]*|![^\s,\[\]{}]*")


class _Refused(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    start: int
    is_map: bool
    flow: bool
    nodes: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[ScalarNode, Node]] = field(default_factory=dict)
    key: ScalarNode | None = None


def compose(source: SourceText) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Return the root node and what is wrong; without a root, the one error that explains why."""
    composer = _Composer(source)
    try:
        composer.run()
    except _Refused as refused:
        return None, (refused.diagnostic,)
    except yaml.YAMLError as error:
        return None, (explain(composer.failure(error)),)
    if composer.root is None:
        return None, (traps.refusal("Y105", source, 0, 0),)
    return composer.root, tuple(composer.diagnostics)


class _Composer:
    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.root: Node | None = None
        self.diagnostics: list[Diagnostic] = []
        self.open: list[_Open] = []
        self.count = 0
        self.documents = 0
        self.last: Node | None = None
        self.odd = any(chr(number) in source.text for number in _HIDDEN)

    @property
    def in_flow(self) -> bool:
        return any(opened.flow for opened in self.open)

    def run(self) -> None:
        text = self.source.text.translate(_HIDDEN) if self.odd else self.source.text
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            # most are scalars: they are asked for first
            match event:
                case yaml.ScalarEvent(anchor=None, tag=None):
                    self.scalar(event)
                case yaml.CollectionStartEvent(anchor=None, tag=None):
                    self.start(event)
                case yaml.CollectionEndEvent():
                    self.end(event)
                case yaml.NodeEvent():
                    start, _ = _place(event)
                    found = _NAME.match(self.source.text, start)
                    end = found.end() if found else start + 1
                    flow = self.in_flow
                    raise _Refused(traps.anchor_or_tag(self.source, start, end, flow=flow))
                case yaml.DocumentStartEvent():
                    self.documents += 1
                    if self.documents > 1:
                        start, _ = _place(event)
                        raise _Refused(traps.refusal("Y135", self.source, start, 3))

    def scalar(self, event: yaml.ScalarEvent) -> None:
        value = event.value.translate(_SHOWN) if self.odd else event.value
        style = _STYLES.get(event.style or "", Style.PLAIN)
        start, end = _place(event)
        if style in (Style.LITERAL, Style.FOLDED):
            end = start + len(self.source.text[start:end].rstrip(" \t\r\n"))
        is_null = style is Style.PLAIN and value in ("", "~", "null")
        node = ScalarNode(self.source, start, end, "" if is_null else value, style, is_null)
        self.add(node)

    def start(self, event: yaml.CollectionStartEvent) -> None:
        is_map = isinstance(event, yaml.MappingStartEvent)
        opened = _Open(_place(event)[0], is_map, bool(event.flow_style))
        if self.open and self.open[-1].is_map and self.open[-1].key is None:
            raise _Refused(traps.refusal("Y136", self.source, opened.start))
        self.open.append(opened)
        if len(self.open) > YAML.depth:
            raise _Refused(traps.refusal("Y137", self.source, opened.start, limit=YAML.depth))

    def end(self, event: yaml.CollectionEndEvent) -> None:
        opened = self.open.pop()
        _, end = _place(event)
        if not opened.flow:
            children = [node for _, node in opened.entries.values()] or opened.nodes
            end = children[-1].end if children else opened.start
        if opened.is_map and (text := _bracketed_word(self.source, opened, end)):
            found = traps.special_start(self.source, opened.start, flow=self.in_flow)
            self.diagnostics.append(found)
            self.add(text)
        elif opened.is_map and (text := self.item_with_colon(opened)):
            self.add(text)
        elif opened.is_map:
            self.add(MapNode(self.source, opened.start, end, tuple(opened.entries.values())))
        else:
            self.add(ListNode(self.source, opened.start, end, tuple(opened.nodes)))

    def item_with_colon(self, opened: _Open) -> ScalarNode | None:
        if not self.open or self.open[-1].is_map or len(opened.entries) != 1:
            return None
        [(key, value)] = opened.entries.values()
        if self.source.text[opened.start] == "{":
            return None
        found = traps.colon_in_item(key, value, flow=self.in_flow)
        if found is None:
            return None
        self.diagnostics.append(found)
        text = self.source.text[key.start : value.end]
        return ScalarNode(self.source, key.start, value.end, text)

    def add(self, node: Node) -> None:
        self.last = node
        self.count += 1
        if self.count > YAML.items:
            raise _Refused(traps.refusal("Y138", self.source, node.start, limit=YAML.items))
        parent = self.open[-1] if self.open else None
        if isinstance(node, ScalarNode) and (parent is None or traps.suspicious(node)):
            flow = parent is not None and parent.flow
            self.diagnostics += traps.traps(node, _role(parent), flow=flow)
        if parent is None:
            self.root = node
        elif not parent.is_map:
            parent.nodes.append(node)
        elif parent.key is None:
            assert isinstance(node, ScalarNode)  # noqa: S101 -- others were refused before
            parent.key = node
        else:
            self.add_entry(parent, parent.key, node)
            parent.key = None

    def add_entry(self, parent: _Open, key: ScalarNode, node: Node) -> None:
        if key.value == "<<" and key.style is Style.PLAIN:
            self.diagnostics.append(traps.refusal("Y134", self.source, key.start, 2))
        elif key.is_null:
            self.diagnostics.append(traps.refusal("Y136", self.source, key.start))
        elif first := parent.entries.get(key.value):
            self.diagnostics.append(traps.same_key(first[0], key))
        else:
            parent.entries[key.value] = (key, node)

    def failure(self, error: yaml.YAMLError) -> Failure:
        problem = getattr(error, "problem_mark", None)
        context = getattr(error, "context_mark", None)
        size = len(self.source.text)
        return Failure(
            source=self.source,
            problem=str(getattr(error, "problem", None) or ""),
            context=str(getattr(error, "context", None) or ""),
            offset=min(problem.index, size) if problem else 0,
            context_offset=min(context.index, size) if context else None,
            last=self.last,
            flow=self.in_flow,
            known=tuple(self.diagnostics),
        )


def _role(parent: _Open | None) -> Role:
    if parent is None:
        return Role.ROOT
    if not parent.is_map:
        return Role.ITEM
    return Role.KEY if parent.key is None else Role.VALUE


def _bracketed_word(source: SourceText, opened: _Open, end: int) -> ScalarNode | None:
    """Return a text such as `{website}`, which YAML takes for a field without a value."""
    if not opened.flow or len(opened.entries) != 1:
        return None
    [(key, value)] = opened.entries.values()
    text = source.text[opened.start : end]
    if not isinstance(value, ScalarNode) or value.start != value.end:
        return None
    if ":" in source.text[key.end : end] or "\n" in text:
        return None
    return ScalarNode(source, opened.start, end, text)


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index
