"""How a file is written, to write on in its style."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from moip_press.kit.source import Loc, Source
from moip_press.kit.source.editing.wrapping import runs
from moip_press.kit.source.nodes import ListNode, MapNode, Node, ScalarNode, Style
from moip_press.report.diagnostics import LINE_BREAK

STEP = 2  # columns that a level is indented by, where the file does not tell
BLOCKS = (Style.LITERAL, Style.FOLDED)
SPREAD = 0.9  # of the lines of wrapped texts are no wider than the file's width


def is_flow(node: Node) -> bool:
    """Tell whether a list or mapping stands between brackets."""
    return not isinstance(node, ScalarNode) and node.source.text[node.start : node.start + 1] in (
        "[",
        "{",
    )


@dataclass(frozen=True)
class Habits:
    """The habits of one file; looked for when they are asked for."""

    source: Source

    @cached_property
    def newline(self) -> str:
        """How lines end."""
        found = LINE_BREAK.search(self.source.text)
        return found[0] if found else "\n"

    @cached_property
    def _values(self) -> Sequence[tuple[str, int, Node]]:
        """Every value: what leads to it (``events.title``), the column of its key, and itself."""
        root = self.source.root
        return [] if root is None else [*_walk(root, "", 0)]

    @cached_property
    def styles(self) -> dict[str, Style]:
        """The style in which the texts below a path mostly stand."""
        found: defaultdict[str, Counter[Style]] = defaultdict(Counter)
        for key, _, node in self._values:
            if isinstance(node, ScalarNode) and not node.is_null:
                found[key][node.style] += 1
        return {key: counts.most_common(1)[0][0] for key, counts in found.items()}

    @cached_property
    def brackets(self) -> dict[str, bool]:
        """Whether the lists or fields below a path mostly stand between brackets."""
        found: defaultdict[str, Counter[bool]] = defaultdict(Counter)
        for key, _, node in self._values:
            if not isinstance(node, ScalarNode) and node.end > node.start:
                found[key][is_flow(node)] += 1
        return {key: counts.most_common(1)[0][0] for key, counts in found.items()}

    @cached_property
    def quotes_keys(self) -> bool:
        """Whether the names of fields stand between quotation marks, as in JSON."""
        root = self.source.root
        return isinstance(root, MapNode) and all(k.style is Style.DOUBLE for k, _ in root.entries)

    def style(self, path: str) -> Style:
        """Return the style in which the texts below a path mostly stand."""
        return self.styles.get(path, Style.DOUBLE if self.quotes_keys else Style.PLAIN)

    @cached_property
    def _quotes(self) -> dict[str, str]:
        """The quotation mark that is mostly used below a path; below the empty one, anywhere."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        marks = {Style.SINGLE: "'", Style.DOUBLE: '"'}
        for path, _, node in self._values:
            if isinstance(node, ScalarNode) and (mark := marks.get(node.style)):
                found[path][mark] += 1
                found[""][mark] += 1
        return {path: counts.most_common(1)[0][0] for path, counts in found.items()}

    def quote(self, path: str) -> str:
        """Return the quotation mark that is used where one is needed."""
        return self._quotes.get(path) or self._quotes.get("", '"')

    @cached_property
    def step(self) -> int:
        """How far a text below ``|`` is indented under its key."""
        steps: Counter[int] = Counter()
        for _, column, node in self._values:
            if isinstance(node, ScalarNode) and node.style in BLOCKS:
                lines = block_lines(node)
                depth = min((indent_of(line) for line in lines if line.strip()), default=0)
                steps[depth - column] += 1
        likely = [step for step, _ in steps.most_common() if 0 < step < 10]
        return likely[0] if likely else STEP

    @cached_property
    def dash(self) -> int:
        """How far the hyphens of a list are indented under its key."""
        steps: Counter[int] = Counter()
        for _, column, node in self._values:
            if isinstance(node, ListNode) and node.items and not is_flow(node):
                steps[self.source.source.column(node.start) - column] += 1
        likely = [step for step, _ in steps.most_common() if 0 <= step < 10]
        return likely[0] if likely else STEP

    @cached_property
    def width(self) -> int | None:
        """The column at which texts are broken; None where they are not."""
        widths: list[int] = []
        for _, _, node in self._values:
            if isinstance(node, ScalarNode) and node.style in BLOCKS and "\n" in node.value.strip():
                lines = block_lines(node)
                for run in runs("\n".join(lines)):
                    widths += map(len, run.lines[:-1])
        return sorted(widths)[int(len(widths) * SPREAD)] if widths else None


def _walk(node: Node, key: str, column: int) -> Iterator[tuple[str, int, Node]]:
    stack = [(key, column, node)]
    while stack:
        key, column, node = stack.pop()
        yield key, column, node
        if isinstance(node, MapNode):
            column = node.source.column(node.entries[0][0].start) if node.entries else 0
            stack += [
                (below(key, name.value), column, value) for name, value in reversed(node.entries)
            ]
        elif isinstance(node, ListNode):
            inner = node.source.column(node.start)
            stack += [(key, inner, item) for item in reversed(node.items)]


def below(path: str, name: str) -> str:
    """Return what leads to a field of a record: the indices of lists do not count."""
    return f"{path}.{name}" if path else name


def path_of(loc: Loc) -> str:
    """Return what leads to the value at a path, as ``below`` does."""
    return ".".join(step for step in loc if isinstance(step, str))


def indent_of(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def block_lines(node: ScalarNode) -> list[str]:
    """Return the lines of a text below ``|`` or ``>`` as they stand in the file."""
    text = node.source.text[node.start : node.end]
    return LINE_BREAK.split(text)[1:]


def learned_order(records: Sequence[MapNode], known: Sequence[str]) -> list[str]:
    """Return the names of fields in the order in which records have them.

    A field that none of them has stands behind all that it follows in ``known``.
    """
    order = _order_of(Counter(tuple(key.value for key, _ in r.entries) for r in records), known)
    place = -1
    for name in known:
        if name in order:
            place = max(place, order.index(name))
        else:
            place += 1
            order.insert(place, name)
    return order


def _order_of(shapes: Counter[tuple[str, ...]], known: Sequence[str]) -> list[str]:
    """Return the names of lists of names, none before one that mostly stands before it."""
    before: Counter[tuple[str, str]] = Counter()
    for names, count in shapes.items():
        for place, name in enumerate(names):
            for later in names[place + 1 :]:
                before[name, later] += count
    seen = dict.fromkeys(name for shape in shapes for name in shape)
    left = [name for name in dict.fromkeys([*known, *seen]) if name in seen]
    order: list[str] = []
    while left:
        free = (n for n in left if not any(before[o, n] > before[n, o] for o in left))
        name = next(free, left[0])
        order.append(name)
        left.remove(name)
    return order
