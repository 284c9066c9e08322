"""Pages that were laid out before, taken as they are: where a process lays a chapter out again.

WeasyPrint fills one page after another, each from where the last one ended. What stands on a page
depends on that place, on the page's kind and number, and on the boxes from there to the last one
that WeasyPrint looked at before it broke the page. Where all of these are as they were, so is the
page: a copy of it is taken. One changed event lays out its page again, and those after it whose
breaks move. Like ``quicker.py``, which uses this, it is written for one version of WeasyPrint.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, page
from weasyprint.layout.absolute import AbsolutePlaceholder

MOST_KNOWN = 60  # pages that are kept
SINGLE = ("column_count", "column_width")
# What has no boxes but its children, and no picture, which may be another in the same place.
SIMPLE = (
    boxes.BlockBox,
    boxes.FlexBox,
    boxes.FootnoteAreaBox,
    boxes.GridBox,
    boxes.InlineBlockBox,
    boxes.InlineBox,
    boxes.LineBox,
    boxes.PageBox,
    boxes.TextBox,
)
STORE, TREE = "_known_pages", "_box_tree"  # of a configuration of fonts, of a layout context
NUMBERS, HELD = "_alike_numbers", "_held"
MOST_NUMBERS = 50_000

Entry = tuple[object, ...]
Key = tuple[Any, ...]
Made = tuple[Any, Any, Any]
"""A page, where the next one begins (None: nowhere), and how."""

_make_page: Callable[..., Made] = page.make_page
_block_level_layout = block.block_level_layout


def keep(fonts: Any) -> None:
    """Keep the pages that are laid out in these fonts from now on."""
    vars(fonts).setdefault(STORE, OrderedDict())


def numbers(fonts: Any) -> tuple[dict[Key, int], dict[int, Any]]:
    """Return the numbers of styles that are alike, and what is held for them.

    Where pages in these fonts are kept, they are those of all documents.
    """
    own = vars(fonts) if fonts else {}
    if STORE not in own:
        return {}, {}
    known = own.setdefault(NUMBERS, {}), own.setdefault(HELD, {})
    if len(known[0]) > MOST_NUMBERS:
        for each in (own[STORE], *known):
            each.clear()
    return known


@dataclass(frozen=True, eq=False)
class _Known:
    """A page as it was laid out, without its margins, and what follows it.

    ``entries`` are the boxes that it was made from, ``around`` those that they stand in; they end
    the document where it is the ``last`` page.
    """

    entries: Sequence[Entry]
    around: Sequence[Entry]
    elements: Sequence[Any]
    last: bool
    page: Any
    resume_at: Any
    next_page: Any
    state: Any
    bottom: float
    sizes: Mapping[str, Any]


class _Tree:
    """The boxes of a document before any is laid out, in their order."""

    def __init__(self, root: Any, alike: Mapping[Any, int]) -> None:
        self.root = root
        self.entries: list[Entry] = []
        self.elements: list[Any] = []
        self.ends: list[int] = []
        self.above: list[int] = []
        self.places: dict[int, int] = {}
        self.of_elements: dict[int, int] = {}
        self.boxes: list[Any] = []
        self.touched: set[int] | None = None
        self._alike = alike
        self._add(root, -1, 0)

    def _add(self, box: Any, above: int, depth: int) -> None:
        place = len(self.entries)
        element = box.element
        self.places[id(box)] = place
        self.of_elements.setdefault(id(element), place)
        self.boxes.append(box)
        self.elements.append(element)
        self.above.append(above)
        self.ends.append(0)
        self.entries.append(
            (
                depth,
                type(box),
                box.element_tag,
                None if element is None else self._alike.get(element),
                () if element is None else tuple(element.attrib.items()),
                getattr(box, "text", None),
                box.bookmark_label,
                box.string_set if isinstance(box.string_set, str) else repr(box.string_set),
                box.link,
                None if isinstance(box, SIMPLE) else object(),
            )
        )
        for child in box.children:
            self._add(child, place, depth + 1)
        self.ends[place] = len(self.entries)

    def start(self, resume_at: Any) -> int | None:
        """Return the place of the block with which a page begins; ``None`` where it is within more.

        A page may begin within a paragraph: then it is the paragraph.
        """
        box = self.root
        while resume_at is not None and not isinstance(_first(box), boxes.LineBox):
            if not _stacks(box) or len(resume_at) != 1:
                return None
            ((number, resume_at),) = resume_at.items()
            box = box.children[number]
        return self.places[id(box)]

    def end(self, resume_at: Any) -> int | None:
        """Return the place behind the last box that WeasyPrint looked at to fill a page."""
        if resume_at is None:
            return len(self.entries)
        following = self.start(resume_at)
        if following is None:
            return None
        end = self.ends[following]
        for place in self.touched or ():
            holds = place <= following < self.ends[place]
            end = max(end, place if holds else self.ends[place])
        while end < len(self.entries) and not self.boxes[end].is_in_normal_flow():
            end = self.ends[end]
        return end

    def around(self, place: int) -> Iterator[int]:
        """Yield the places of the boxes that one stands in."""
        while (place := self.above[place]) >= 0:
            yield place

    def touch(self, box: Any) -> None:
        """Note that a box is being laid out; a copy of one counts as that one."""
        if self.touched is not None and box.element is not None:
            place = self.places.get(id(box), self.of_elements.get(id(box.element)))
            self.touched.add(0 if place is None else place)


def _first(box: Any) -> Any:
    return box.children[0] if box.children else None


def _stacks(box: Any) -> bool:
    """Tell whether the children of a box are laid out one after another, each by itself."""
    return type(box) is boxes.BlockBox and all(box.style[name] == "auto" for name in SINGLE)


def touched(context: Any, box: Any, *given: Any, **named: Any) -> Any:
    """Lay out a block, and note that this was done."""
    tree = vars(context).get(TREE)
    if tree is not None:
        tree.touch(box)
    return _block_level_layout(context, box, *given, **named)


def made(context: Any, root: Any, kind: Any, resume_at: Any, number: int, state: Any) -> Made:
    """Return a page: what ``make_page`` returns, which is called where the page is not known."""
    known = vars(context.font_config).get(STORE)
    alike = getattr(context.style_for, "alike", None)
    if known is None or alike is None or not _is_simple(context, kind, number):
        return _make_page(context, root, kind, resume_at, number, state)
    if number == 1:  # nothing is laid out yet
        vars(context)[TREE] = _Tree(root, alike)
    tree = vars(context).get(TREE)
    start = tree.start(resume_at) if tree else None
    if start is None:
        return _make_page(context, root, kind, resume_at, number, state)
    around = [*tree.around(start)]
    key = repr((kind, resume_at, state))
    found = _found(known.get(key, ()), tree, start, around)
    if found is None:
        return _laid_out(known, key, tree, start, around, (context, kind, resume_at, number, state))
    known.move_to_end(key)
    _set(state, found.state)
    context.page_bottom = found.bottom
    if number == 1:
        context.style_for.initial_page_sizes = dict(found.sizes)
    places = (*range(start, start + len(found.entries)), *around)
    now = (tree.elements[place] for place in places)
    elements = {id(old): new for old, new in zip(found.elements, now, strict=True)}
    return _copied(found.page, elements, {}), deepcopy(found.resume_at), dict(found.next_page)


def _is_simple(context: Any, kind: Any, number: int) -> bool:
    """Tell whether a page depends on nothing but boxes that follow each other."""
    elsewhere = (
        context.footnotes,
        context.reported_footnotes,
        context.broken_out_of_flow,
        context.target_collector.counter_lookup_items,
        *context.running_elements.values(),
    )
    return not (any(elsewhere) or kind.blank or len(context.page_maker) != number)


def _found(
    candidates: Sequence[_Known], tree: _Tree, start: int, around: Sequence[int]
) -> _Known | None:
    held = [tree.entries[place] for place in around]
    for each in candidates:
        end = start + len(each.entries)
        same = each.around == held and tree.entries[start:end] == each.entries
        if same and each.last == (end == len(tree.entries)):
            return each
    return None


def _laid_out(
    known: OrderedDict[str, list[_Known]],
    key: str,
    tree: _Tree,
    start: int,
    around: Sequence[int],
    given: tuple[Any, ...],
) -> Made:
    """Lay a page out, and keep it where all is known that it depends on."""
    context, kind, resume_at, number, state = given
    tree.touched = set()
    made = _make_page(context, tree.root, kind, resume_at, number, state)
    laid, following, next_page = made
    end = tree.end(following)
    tree.touched = None
    if end is None or laid.fixed_boxes or not _is_simple(context, kind, number):
        return made
    if not all(
        isinstance(each, (*SIMPLE, AbsolutePlaceholder))
        for each in laid.descendants(placeholders=True)
    ):
        return made
    entries = tree.entries[start:end]
    places = (*range(start, end), *around)
    own = [tree.elements[place] for place in places]
    kept = _Known(
        entries,
        [tree.entries[place] for place in around],
        own,
        end == len(tree.entries),
        _copied(laid, {id(each): each for each in own}, {}),
        deepcopy(following),
        dict(next_page),
        deepcopy(state),
        context.page_bottom,
        dict(context.style_for.initial_page_sizes),
    )
    known.setdefault(key, []).append(kept)
    known.move_to_end(key)
    while sum(map(len, known.values())) > MOST_KNOWN:
        oldest = next(iter(known.values()))
        oldest.pop(0)
        if not oldest:
            known.popitem(last=False)
    return made


def _set(state: Any, value: Any) -> None:
    """Set the counters of a page to what they are behind it."""
    for own, new in zip(state, deepcopy(value), strict=True):
        own.clear()
        (own.update if isinstance(own, dict) else own.extend)(new)


def _copied(box: Any, elements: Mapping[int, Any], done: dict[int, Any]) -> Any:
    """Return a copy of a laid-out box and those in it, which stand for other elements."""
    if id(box) in done:
        return done[id(box)]
    if isinstance(box, AbsolutePlaceholder):
        made = AbsolutePlaceholder(_copied(box._box, elements, done))
        object.__setattr__(made, "_layout_done", box._layout_done)
    else:
        made = box.copy()
        made.element = elements.get(id(box.element), box.element)
        children = [_copied(child, elements, done) for child in box.children]
        made.children = type(box.children)(children)
    done[id(box)] = made
    return made
