"""What makes WeasyPrint quicker from outside: the same pages, with less work.

Each of ``WAYS`` takes the place of a few functions of WeasyPrint, can be switched off alone, and
leaves every byte as it is: tests compare them. `docs/en/weasyprint.md` says what each saves, and
how WeasyPrint itself could have it. Like `engine.py`, which alone uses this, it is written for one
version of WeasyPrint.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from math import inf
from types import MappingProxyType
from typing import Any

import tinycss2
import weasyprint
from weasyprint import css
from weasyprint.css import tokens
from weasyprint.layout import block, page, percent
from weasyprint.text import line_break

from moip_press.pdf import known_pages, known_sheets
from moip_press.pdf.known_pages import Key

# --- lines: the first line of a text is found once ----------------------------------------------

MOST_LINES = 30_000  # that are kept: those of some 100 pages
LINE = (
    "direction",
    "lang",
    "font_family",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_size",
    "font_variant_caps",
    "font_variation_settings",
    "font_language_override",
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
    "text_decoration_line",
    "word_spacing",
    "letter_spacing",
    "overflow_wrap",
    "tab_size",
    "white_space",
    "hyphens",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "hyphenate_character",
    "word_break",
)
"""The properties that the first line of a text depends on."""

_split_first_line = line_break.split_first_line


def _number(style: Any) -> int:
    """Return a number that styles share whose lines are equal."""
    try:
        number: int = style._line_number
    except AttributeError:
        known = vars(style.font_config).setdefault("_line_numbers", {})
        number = known.setdefault(repr([style[name] for name in LINE]), len(known))
        style._line_number = number
    return number


def _first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: Any,
    justification_spacing: Any,
    is_line_start: bool = True,  # noqa: FBT001, FBT002 -- WeasyPrint's call
    minimum: bool = False,  # noqa: FBT001, FBT002
) -> Any:
    """Return the first line of a text, with a layout of its own: its callers change it."""
    kept = vars(style.font_config).setdefault("_first_lines", {})
    key = (_number(style), text, max_width, justification_spacing, is_line_start, minimum)
    found = kept.get(key)
    if found is None:
        if len(kept) >= MOST_LINES:
            kept.clear()
        found = kept[key] = _split_first_line(
            text, style, context, max_width, justification_spacing, is_line_start, minimum
        )
    layout, *rest = found
    own = layout.__class__.__new__(layout.__class__)
    vars(own).update(vars(layout))
    return own, *rest


# --- styles: what is neither set nor computed takes a short way ---------------------------------


def _has_own_way(name: str) -> bool:
    """Tell whether a property is computed in a way of its own."""
    special = ("float", "display", "position", "page")
    return name in special or name.startswith(("__", "text_decoration_"))


LOGICAL = frozenset(
    function(block="ttb", inline=direction)
    for function in css.PHYSICAL_FUNCTIONS.values()
    for direction in ("ltr", "rtl")
)
INHERITED = frozenset(name for name in css.INHERITED if not _has_own_way(name))
INITIAL = {
    name: value
    for name, value in css.INITIAL_VALUES.items()
    if name not in css.INHERITED
    and name not in css.INITIAL_NOT_COMPUTED
    and not _has_own_way(name)
    and not css.check_math(value)
}
PLAIN = (int, float, str)

_missing = css.ComputedStyle.__missing__


def _computed(style: Any, key: str) -> Any:
    """Return the computed value of a property that was not asked for before."""
    if key not in style.cascaded and (key not in css.PHYSICAL_FUNCTIONS or _is_physical(style)):
        if key in INITIAL:
            value = style[key] = INITIAL[key]
            return value
        if key in INHERITED and style.parent_style is not None:
            value = style.parent_style[key]
            if type(value) in PLAIN or not css.check_math(value):
                style[key] = value
                return value
    return _missing(style, key)


def _is_physical(style: Any) -> bool:
    """Tell whether no logical property of a style, as ``margin-inline``, sets a physical one."""
    try:
        physical: bool = style._is_physical
    except AttributeError:
        physical = style._is_physical = LOGICAL.isdisjoint(style.cascaded)
    return physical


# --- styles: elements that differ in their ids only have children of equal styles ----------------

ANCHOR = "-weasy-anchor"


def _style_for(
    style_for: Any, html: Any, sheets: Any, hints: Any, font_config: Any, target_collector: Any
) -> None:
    """Find the styles of all elements: ``StyleFor.__init__``, which shares those of siblings.

    An id is a declaration in WeasyPrint, and nothing inherits it. Elements that are equal but for
    their ids are alike here; children and pseudo-elements of all that are alike share styles.
    """
    cascaded: dict[Any, dict[str, Any]] = {}
    computed: dict[Any, Any] = {}
    style_for._cascaded_styles, style_for._computed_styles = cascaded, computed
    style_for.initial_page_sizes = {"box": None, "area": None}
    style_for._sheets, style_for.font_config = sheets, font_config
    declared: dict[Any, list[Any]] = {}
    for specificity, element, declarations, base_url in css.find_style_attributes(
        html.etree_element, hints, html.base_url
    ):
        declared.setdefault(element, []).extend(declarations)
        valid = css.preprocess_declarations(base_url, declarations)
        _cascade(cascaded.setdefault((element, None), {}), valid, "author", inf, specificity)

    known: dict[Any, Any] = {}
    numbers, held = known_pages.numbers(font_config)
    alike: dict[Any, int] = {}
    style_for.alike = alike

    def set_style(element: Any, parent: Any, pseudo_type: str | None, key: Key | None) -> None:
        found = known.get(key)
        if key is None or found is None:
            style_for.set_computed_styles(
                element,
                parent,
                root=html.etree_element,
                pseudo_type=pseudo_type,
                base_url=html.base_url,
                target_collector=target_collector,
            )
            found = known[key] = computed[element, pseudo_type]
        computed[element, pseudo_type] = found

    for wrapper in html.wrapper_element.iter_subtree():
        element = wrapper.etree_element
        parent = wrapper.parent.etree_element if wrapper.parent else None
        selectors = _selected(wrapper, sheets, cascaded, held)
        own = declared.get(element, ())
        inherited = tuple(_told(each) for each in own if not _is_id(each))
        key = alike.get(parent), inherited, selectors
        number = alike[element] = numbers.setdefault(key, len(numbers))
        has_id = len(inherited) < len(own)
        set_style(element, parent, None, None if has_id else (number, None))
    for element, pseudo_type in cascaded:
        if pseudo_type:
            set_style(element, element, pseudo_type, (alike[element], pseudo_type))
    cascaded.clear()


def _selected(
    wrapper: Any, sheets: Any, cascaded: dict[Any, dict[str, Any]], held: dict[int, Any]
) -> Key:
    """Add what style sheets declare of an element; return by which selectors.

    What is declared is ``held``: nothing else may get its ``id()``.
    """
    found = []
    for place, (sheet, origin, sheet_specificity) in enumerate(sheets):
        for own, _, pseudo_type, (declarations, layer) in sheet.matcher.match(wrapper):
            order = inf if layer is None else sheet.layers.index(layer)
            held[id(declarations)] = declarations
            found.append((place, id(declarations), own, order))
            style = cascaded.setdefault((wrapper.etree_element, pseudo_type), {})
            _cascade(style, declarations, origin, order, sheet_specificity or own)
    return tuple(found)


def _cascade(
    style: dict[str, Any], declarations: Iterable[Any], origin: str, order: Any, specificity: Any
) -> None:
    """Add declarations to those of an element, where they weigh as much."""
    for name, values, importance in declarations:
        weight = (css.declaration_precedence(origin, importance), order, specificity)
        old = style.get(name)
        if old is None or old[1] <= weight:
            style[name] = values, weight


def _is_id(declaration: Any) -> bool:
    """Tell whether a declaration of an element is its id."""
    return getattr(declaration, "name", "") == ANCHOR


def _told(declaration: Any) -> object:
    """Return what makes two declarations equal: their words. What is none is equal to none."""
    return declaration.serialize() if declaration.type == "declaration" else object()


# --- lengths: those of a style without percentages are used as they are -------------------------

SIDES = ("top", "right", "bottom", "left")
LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES),
    *(f"{most}{axis}" for axis in ("width", "height") for most in ("", "min_", "max_")),
)

_resolve_percentages = percent.resolve_percentages


class _Used:
    """Stands for a box of a style."""

    def __init__(self, style: Any) -> None:
        self.style = style


def _resolved(box: Any, containing_block: Any) -> None:
    """Set the used lengths of a box."""
    style = box.style
    try:
        used = style._used_lengths
    except AttributeError:
        used = style._used_lengths = _used_lengths(style)
    if used is None:
        _resolve_percentages(box, containing_block)
    else:
        vars(box).update(used)


def _used_lengths(style: Any) -> Mapping[str, Any] | None:
    """Return the lengths of a style; None where one depends on the box around it."""
    if style["border_collapse"] == "collapse":
        return None
    used = _Used(style)
    for name in LENGTHS:
        value = style[name]
        if value is not None and value != "auto":
            if getattr(value, "unit", None) in (None, "%"):
                return None
            value = value.value
        setattr(used, name, 0 if value == "auto" and name.startswith("min_") else value)
    for side in SIDES:
        name = f"border_{side}_width"
        setattr(used, name, style[name])
    percent.adjust_box_sizing(used, "width")
    percent.adjust_box_sizing(used, "height")
    return {name: value for name, value in vars(used).items() if name != "style"}


# --- variables: a value with var() is validated once ---------------------------------------------

MOST_SOLVED = 100  # of each value that are kept: style sheets serve many kits

_solve = tokens.Pending.solve


def _solved(pending: Any, given: list[Any], wanted_key: str, base_url: str) -> Any:
    """Return the value of a property once its variables are known. Raises as WeasyPrint does."""
    kept = vars(pending).setdefault("_solved", {})
    key = (wanted_key, base_url, *map(id, given))
    if key not in kept:
        if len(kept) >= MOST_SOLVED:
            kept.clear()
        # the tokens are kept: another may not get the id of one
        kept[key] = _solve(pending, given, wanted_key, base_url), tuple(given)
    return kept[key][0]


# --- which are used ------------------------------------------------------------------------------

Way = tuple[tuple[Any, str, Any], ...]
WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "lines": ((line_break, "split_first_line", _first_line),),
        "styles": ((css.ComputedStyle, "__missing__", _computed),),
        "alike": ((css.StyleFor, "__init__", _style_for),),
        "lengths": ((percent, "resolve_percentages", _resolved),),
        "variables": ((tokens.Pending, "solve", _solved),),
        "pages": (
            (page, "make_page", known_pages.made),
            (block, "block_level_layout", known_pages.touched),
        ),
        "sheets": (
            (tinycss2, "parse_stylesheet_bytes", known_sheets.unread),
            (css, "preprocess_stylesheet", known_sheets.preprocessed),
            (weasyprint, "preprocess_stylesheet", known_sheets.preprocessed),
        ),
    }
)
"""By name: owners, and what stands in them instead of which attribute."""
PLAIN_WAYS = {
    name: tuple((owner, attribute, getattr(owner, attribute)) for owner, attribute, _ in way)
    for name, way in WAYS.items()
}


def use(names: Iterable[str]) -> None:
    """Let WeasyPrint work in these ways, and in its own in all else."""
    chosen = set(names)
    for name, way in WAYS.items():
        for (owner, attribute, ours), (_, _, plain) in zip(way, PLAIN_WAYS[name], strict=True):
            old, new = (plain, ours) if name in chosen else (ours, plain)
            setattr(owner, attribute, new)
            _in_modules(attribute, old, new)


def _in_modules(name: str, old: Any, new: Any) -> None:
    """Replace a function in the modules that imported it by name."""
    for module in [each for key, each in sys.modules.items() if key.startswith("weasyprint.")]:
        if vars(module).get(name) is old:
            setattr(module, name, new)


@contextmanager
def only(names: Iterable[str]) -> Iterator[None]:
    """Let WeasyPrint work in these ways meanwhile, afterwards in all."""
    use(names)
    try:
        yield
    finally:
        use(WAYS)
