"""All that is private to WeasyPrint, and the version that it was written for.

WeasyPrint's public names lay a document out and write it. To number pages anew, to lay one over
another, to keep what was painted and to tag it ourselves takes its private ones, which may change
with each version: only this module uses them. Where ``is_known`` says that another version is
installed, callers do it WeasyPrint's way: they lay out again, and let it paint and tag the file. A
test compares both ways, page by page.
"""

from __future__ import annotations

import copy
import hashlib
import logging
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from itertools import product
from typing import Any
from xml.etree import ElementTree as Xml

from moip_press.pdf import loading

loading.load()
# ruff: noqa: E402
import weasyprint
from weasyprint import draw
from weasyprint.css import ColorProfile
from weasyprint.document import Document, Page
from weasyprint.formatting_structure.boxes import (
    AtomicInlineLevelBox,
    InlineBox,
    LineBox,
    MarginBox,
    ReplacedBox,
    TableBox,
    TextBox,
)
from weasyprint.layout import block as blocks
from weasyprint.layout import inline, replaced
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.layout.page import make_margin_boxes
from weasyprint.logger import LOGGER
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext
from weasyprint.text import ffi, line_break

from moip_press.pdf import known_pages, quicker
from moip_press.pdf.placed_pictures import Photograph, colour_drawings, shown

__all__ = ["Font", "MarginBox", "Matrix", "ReplacedBox", "Stream", "TextBox"]

colour_drawings()

VERSION = loading.VERSION
Lines = list[tuple[Any, Any]]
"""Lines that were laid out, each with where the text goes on."""
PROFILE, CHANNELS = "sRGB2014.icc", (["r"], ["g"], ["b"])
HEADER = b'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
GLYPH = "hb_codepoint_t"
# A page number outside of a margin box, or pages that differ by side or number.
MARGIN_RULE = re.compile(r"@(?:top|bottom|left|right)-[\w-]+\s*\{[^{}]*\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
NUMBERED = re.compile(
    r"counters?\(\s*pages?\b|target-counter|counter-(?:reset|set|increment)\s*:[^;}]*\bpage\b"
)
SIDED = re.compile(
    r"@page[^{]*:(?:left|right|recto|verso|nth)|break-\w+\s*:\s*(?:left|right|recto|verso)"
)


def is_known() -> bool:
    """Tell whether this is the version of WeasyPrint whose private names are used here."""
    return bool(weasyprint.__version__ == VERSION)


def pango() -> str:
    """Return the version of Pango, which breaks the lines."""
    number = ffi.pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def harfbuzz() -> str:
    """Return the version of HarfBuzz, which shapes the text, and whether it subsets fonts."""
    known = [0, 0, 0]
    for place in range(3):
        while ffi.harfbuzz.hb_version_atleast(*known[:place], known[place] + 1, *[0] * (2 - place)):
            known[place] += 1
    return ".".join(map(str, known)) + (" subset" if ffi.harfbuzz_subset else "")


def srgb() -> dict[str, ColorProfile]:
    """Return the color profile of a file, sRGB; WeasyPrint's own way leaves a file open."""
    with (files(weasyprint.pdf) / PROFILE).open("rb") as file:
        return {"srgb": ColorProfile(file, PROFILE, "relative-colorimetric", CHANNELS)}


@contextmanager
def logged() -> Iterator[list[str]]:
    """Yield the list of warnings that WeasyPrint logs meanwhile; nobody else sees them."""
    handler = _Handler()
    LOGGER.addHandler(handler)
    before, LOGGER.propagate = LOGGER.propagate, False
    try:
        yield handler.found
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.propagate = before


class _Handler(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


def keep_pages(fonts: Any) -> None:
    """Keep the pages that are laid out in these fonts: those that stay are not laid out again."""
    if is_known():
        known_pages.keep(fonts)


# --- lines ------------------------------------------------------------------------------------

if is_known():
    quicker.use(quicker.WAYS)


def _split_first_line(*given: Any, **named: Any) -> Any:
    return line_break.split_first_line(*given, **named)


def _first_line(
    text: str, style: Any, context: Any, max_width: Any, *rest: Any, **named: Any
) -> Any:
    """Return the first line of a text, as WeasyPrint does, but for a text that nearly overflows.

    Where all fits but the space before a link or an emphasis, WeasyPrint sets the first word alone
    on its line. With that space, which nobody sees, the text is longer than the line; the caller
    knows how to deal with it. Where a sign is bound to what follows, as an opening quotation mark
    is, the line ends at the last space that a line a little shorter ends at.
    """
    made = _split_first_line(text, style, context, max_width, *rest, **named)
    bare, (_, length, resume, *_) = text.rstrip(" "), made
    if resume is None or " " not in text or b" " in text.encode()[:length]:
        return made
    if bare != text:
        if _split_first_line(bare, style, context, max_width, *rest, **named)[2] is not None:
            return made
        return _split_first_line(text, style, context, math.inf, *rest, **named)
    for share in SHORTER if text.endswith(NO_BREAK) else ():
        shorter = _split_first_line(text, style, context, share * max_width, *rest, **named)
        if b" " in text.encode()[: shorter[1]]:
            return shorter
    return made


SHORTER = 0.97, 0.94, 0.9  # of the room on a line
if is_known():
    inline.split_first_line = _first_line


def _wrapped(context: Any, box: Any, *where: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the lines of a text, as its style asks by ``--text-wrap``; WeasyPrint knows none.

    Lines that are ``balance``d are of even length, as many as they would be anyway, and end in no
    word of ``--not-last`` where that can be helped. Where they are ``pretty``, no last line is a
    single word or link, unless the line before it would be left short.
    """
    position, _, skipped, around, *_ = where
    way = _asked(around)
    whole = way == PRETTY or (way == BALANCE and skipped is None)
    if not (whole and _is_plain(box)) or _is_beside(context.excluded_shapes, position):
        yield from _lines(context, box, *where)
        return
    texts = [each for each in tree(box) if isinstance(each, TextBox)]
    for each in texts:
        each.text = each.as_composed = getattr(each, "as_composed", each.text)
    if way == PRETTY:
        yield from _pretty(context, box, where, texts)
        return
    usual = list(_lines(context, box, *where))
    better = _balanced(texts, usual, around, lambda: list(_lines(context, box, *where)))
    if better is None:
        for each in texts:
            each.text = each.as_composed
    yield from better or usual


def _is_plain(box: Any) -> bool:
    """Tell whether a text holds nothing but words: what floats out of it is laid out once."""
    return all(
        isinstance(each, LineBox | InlineBox | TextBox) and not getattr(each, "footnote", None)
        for each in tree(box)
    )


def _is_beside(floats: Sequence[Any], position: float) -> bool:
    return any(each.position_y + each.margin_height() > position for each in floats)


def _asked(around: Any) -> str:
    """Return what ``--text-wrap`` says of a box; what is in a balanced one is not balanced."""
    said = next((token.value for token in around.style[WRAP] or () if token.type == "ident"), "")
    own = WRAP in getattr(around.style, "cascaded", ())
    return said if own or said != BALANCE else ""


def _balanced(
    texts: list[Any], usual: Lines, around: Any, again: Callable[[], Lines]
) -> Lines | None:
    """Return lines of even length, as many as usual; None where there are none."""
    if not 1 < len(usual) <= MOST_BALANCED:
        return None
    small = tuple(token.value for token in around.style[NOT_LAST] or () if token.type == "ident")
    whole, even = around.width, sum(line.width for line, _ in usual) / len(usual)
    for bound, share in product((True, False), SHARES):
        for each in texts:
            each.text = _bound(each.as_composed, small) if bound else each.as_composed
        around.width = even + share * (whole - even)
        tried = again()
        around.width = whole
        fits = len(tried) == len(usual) and all(line.width <= whole for line, _ in tried)
        if fits and _breaks_between_words("".join(each.text for each in texts), tried):
            return tried
    return None


def _pretty(
    context: Any, box: Any, where: tuple[Any, ...], texts: list[Any]
) -> Iterator[tuple[Any, Any]]:
    """Yield lines of which the last has one word more, where it needs one and there is room.

    The last two are laid out again for it, no other.
    """
    position, bottom, skipped, around, absolute, fixed, *first = where
    held: Lines = []
    for each in _lines(context, box, *where):
        held.append(each)
        if len(held) > 2:
            above, skipped = held.pop(0)
            position, first = above.position_y + above.height, [None, None]
            yield above, skipped
    if len(held) == 2 and _stranded(held[-1][0]) and _bind_last_word(texts, held[-1][0]):
        tail = (position, bottom, skipped, around, absolute, fixed, *first)
        tried = list(_lines(context, box, *tail))
        if len(tried) == 2 and _ends_well(tried, around.width):
            held = tried
        else:
            for text in texts:
                text.text = text.as_composed
    yield from held


def _bind_last_word(texts: list[Any], last: Any) -> bool:
    """Bind the last line of a text to the word before; tell whether there was a space for it."""
    place = len("".join(each.text for each in texts).rstrip()) - len(_words(last)) - 1
    for each in texts:
        if 0 <= place < len(each.text) and each.text[place] == " ":
            each.text = each.text[:place] + NO_BREAK + each.text[place + 1 :]
            return True
        place -= len(each.text)
    return False


def _ends_well(lines: Lines, measure: float) -> bool:
    """Tell whether the line before the last is long enough, and ends with a word of its own."""
    (before, _), (last, _) = lines[-2:]
    texts = [each for each in tree(before) if isinstance(each, TextBox)]
    hyphenated = bool(texts) and ends_hyphenated(texts[-1].pango_layout)
    whole = NO_BREAK in _words(last) and not hyphenated
    return bool(whole and before.width >= FULL * measure)


def _stranded(line: Any) -> bool:
    """Tell whether a last line is a single word, or nothing but a link and what closes it."""
    words = _words(line)
    links = [each for each in tree(line) if each.element_tag == "a" and isinstance(each, InlineBox)]
    linked = "".join(map(_words, links))
    return " " not in words or (bool(linked) and " " not in words.replace(linked, ""))


def _words(box: Any) -> str:
    return "".join(each.text for each in tree(box) if isinstance(each, TextBox)).strip()


def _breaks_between_words(text: str, lines: Iterable[tuple[Any, Any]]) -> bool:
    """Tell whether no line of a text ends within a word: a narrow line breaks what is too long."""
    place = 0
    for line, _ in lines:
        while text[place : place + 1].isspace():
            place += 1
        gap = not place or text[place - 1].isspace() or text[place - 1] in BREAKING
        if not gap:
            return False
        place += sum(len(each.text) for each in tree(line) if isinstance(each, TextBox))
    return True


def _bound(text: str, small: tuple[str, ...]) -> str:
    """Return a text whose small words are bound to what follows them."""
    words = text.split(" ")
    return (
        "".join(word + (NO_BREAK if word.casefold() in small else " ") for word in words[:-1])
        + words[-1]
    )


_lines = blocks.iter_line_boxes
WRAP, NOT_LAST = "__text_wrap", "__not_last"  # WeasyPrint's names for these properties
BALANCE, PRETTY = "balance", "pretty"
FULL = 0.85  # of its measure: how long the line before the last one stays at least
NO_BREAK = "\N{NO-BREAK SPACE}"
MOST_BALANCED = 5  # lines, as of a title
SHARES = 0.05, 0.2, 0.4, 0.6, 0.8, 1.0  # of the room that is left beside lines of even length
BREAKING = "-\u2010\u2013/"  # characters behind which a line may end
if is_known():
    blocks.iter_line_boxes = _wrapped


# --- streams and fonts ----------------------------------------------------------------------


class Font(weasyprint.pdf.fonts.Font):  # type: ignore[misc]
    """A font of a file, called alike whatever version of Pango finds it.

    WeasyPrint makes its tag of Pango's whole description, which names the features of a font too
    since Pango 1.56; family, weight, style and variations are what tells fonts apart.
    """

    name: bytes
    hash: str

    def __init__(self, *found: Any) -> None:
        super().__init__(*found)
        name = self.name.partition(b"+")[2].rstrip(b",")
        told = repr((name, sorted(self.variations.items()))).encode()
        self.hash = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(told).digest()[:6])
        self.name = b"/" + self.hash.encode() + b"+" + name


if is_known():
    weasyprint.pdf.stream.Font = Font


def loaded(fonts: Any, family: str, style: int, weight: int, size: float) -> Font:
    """Return the font of a theme that is called so; Fontconfig may find one that is near."""
    pango = ffi.pango
    description = ffi.ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    pango.pango_font_description_set_family(description, ffi.ffi.new("char[]", family.encode()))
    pango.pango_font_description_set_style(description, style)
    pango.pango_font_description_set_weight(description, weight)
    pango.pango_font_description_set_absolute_size(description, size * ffi.TO_UNITS)
    context = ffi.ffi.gc(
        pango.pango_font_map_create_context(fonts.font_map), ffi.gobject.g_object_unref
    )
    found = ffi.ffi.gc(
        pango.pango_font_map_load_font(fonts.font_map, context, description),
        ffi.gobject.g_object_unref,
    )
    font = Font(found, description, size)
    font.pango_font = found  # which owns the file
    return font


def add_to_family(fonts: Any, rule: Any, family: str) -> None:
    """Let the font that a ``@font-face`` rule is about to add be found as ``family``, too.

    WeasyPrint puts the name of the rule before it, which is the one that a PDF has.
    """
    file = hashlib.md5(
        str(rule).encode(), usedforsecurity=False
    ).hexdigest()  # WeasyPrint's name for it
    match = Xml.Element("match", target="scan")
    test = Xml.SubElement(match, "test", name="file", compare="contains")
    edit = Xml.SubElement(match, "edit", name="family", mode="prepend")
    for element, text in ((test, file), (edit, family)):
        Xml.SubElement(element, "string").text = text
    said = HEADER + b"<fontconfig>" + Xml.tostring(match) + b"</fontconfig>"
    ffi.fontconfig.FcConfigParseAndLoadFromMemory(fonts._config, said, int(True))


def tag(stream: Stream, marks: dict[Any, dict[str, Any]]) -> None:
    """Have the text and pictures that are painted into a stream marked, and noted in ``marks``."""
    stream._tags = marks


def marks_of(stream: Stream) -> dict[Any, dict[str, Any]]:
    """Return where the marks of a stream are noted."""
    found: dict[Any, dict[str, Any]] = stream._tags
    return found


def resources(stream: Stream) -> dict[str, dict[str, Any]]:
    """Return what a stream names: its groups, patterns, shadings, states, by their kinds."""
    found: dict[str, dict[str, Any]] = stream._resources
    return found


def images(stream: Stream) -> dict[str, Any]:
    """Return the images of the file that a stream belongs to."""
    found: dict[str, Any] = stream._images
    return found


def color_space(stream: Stream) -> Any:
    """Return the color space of the file that a stream belongs to."""
    return stream._default_color_space[1]


def declare_glyphs(*lengths: int) -> None:
    """Declare arrays of so many glyphs to cffi, which would slowly parse each as C."""
    known: Any = getattr(ffi.ffi, "_parsed_types", None)
    backend: Any = getattr(ffi.ffi, "_backend", None)
    if isinstance(known, dict) and hasattr(backend, "new_array_type"):
        for length in lengths:
            kind = f"{GLYPH}[{length}]"
            if kind not in known:
                known[kind] = backend.new_array_type(ffi.ffi.typeof(f"{GLYPH} *"), length), False


def _measured(
    first_line: Any, text: str, layout: Any, resume_at: int | None, *others: Any, **named: Any
) -> Any:
    """Do what WeasyPrint does for the first line of a layout, and note how the line ends."""
    measured = _measure(first_line, text, layout, resume_at, *others, **named)
    if others[2:3] and others[2]:
        layout.ends = HYPHENATED
    elif resume_at and not text[len(layout.text) :][:1].isspace():
        layout.ends = CUT
    return measured


_measure = line_break.first_line_metrics
HYPHENATED, CUT = "within a word, by a hyphen", "within a word"
FIRST_LETTER = "::first-letter"
if is_known():
    line_break.first_line_metrics = _measured


def ends_hyphenated(layout: Any) -> bool:
    """Tell whether a text that was laid out ends with the hyphen of a word that was divided."""
    return getattr(layout, "ends", "") == HYPHENATED


def line_ends(box: Any) -> Iterator[int]:
    """Yield the ``id()`` of the texts in a box that end a line, and a word.

    A letter that begins a paragraph, and what stands in a line as a box of its own, is left out.
    """
    box = placed(box)
    if isinstance(box, AtomicInlineLevelBox) or (box.element_tag or "").endswith(FIRST_LETTER):
        return
    last: Any = box if isinstance(box, LineBox) else None
    while getattr(last, "children", ()):
        last = placed(last.children[-1])
    if isinstance(last, TextBox) and not getattr(last.pango_layout, "ends", ""):
        yield id(last)
    for child in getattr(box, "children", ()):
        yield from line_ends(child)


def width(pango_font: Any, glyph: int, size: float) -> int:
    """Return how wide a glyph is, in thousandths of the size of its font."""
    area = ffi.ffi.new("PangoRectangle *")
    ffi.pango.pango_font_get_glyph_extents(pango_font, glyph, ffi.ffi.NULL, area)
    wide: float = area.width * 1000 * ffi.FROM_UNITS / size
    return round(wide)


# --- boxes ------------------------------------------------------------------------------------


def root(page: Any) -> Any:
    """Return the box of a page."""
    return page._page_box


def placed(box: Any) -> Any:
    """Return a box, or the one that it is a placeholder of."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box


def tree(box: Any) -> Iterator[Any]:
    """Yield a box and all those in it, in the order of the document."""
    box = placed(box)
    yield box
    for child in getattr(box, "children", ()):
        yield from tree(child)


def body(page: Any) -> tuple[Any, ...]:
    """Return the boxes of a page but those in its margins."""
    return tuple(box for box in page._page_box.children if not isinstance(box, MarginBox))


def composed(document: Any) -> Any:
    """Return the root element of the HTML that a document was laid out from."""
    return document._html.etree_element


def displays(document: Any, element: Any) -> bool:
    """Tell whether the styles of a document give an element a box with letters to be seen."""
    style = document._html.layout_context.style_for(element)
    return style is None or (style["display"] != ("none",) and style["font_size"] > 0)


def reach(box: Any) -> list[tuple[int, float, float]]:
    """Return the glyphs of a text: the place of each in it, and from where to where it reaches.

    In pixels from the left edge of its box.
    """
    layout = box.pango_layout
    layout.reactivate(box.style)
    text, found, left = layout.text.encode(), [], 0.0
    run = layout.get_first_line()[0].runs[0]
    while run != ffi.ffi.NULL:
        item, run = run.data, run.next
        for number in range(item.glyphs.num_glyphs):
            right = left + item.glyphs.glyphs[number].geometry.width * ffi.FROM_UNITS
            start = item.item.offset + item.glyphs.log_clusters[number]
            found.append((len(text[:start].decode()), left, right))
            left = right
    layout.deactivate()
    return found


def painting_order(page: Any) -> dict[int, int]:
    """Return when texts, pictures and backgrounds of a page are painted, by their ``id()``."""
    return {
        id(thing): moment for moment, thing in enumerate(_painted(StackingContext.from_page(page)))
    }


def _painted(context: Any) -> Iterator[Any]:
    """Yield what is painted of a stacking context: CSS 2.1, appendix E."""
    yield context.box.background
    for inner in context.negative_z_contexts:
        yield from _painted(inner)
    for block in context.block_level_boxes:
        yield block.background
        if isinstance(block, TableBox):
            yield from _table(block)
    for inner in context.float_contexts:
        yield from _painted(inner)
    if isinstance(context.box, InlineBox):
        yield from _inline(context.box)
    yield from _blocks({context.box: context.blocks_and_cells})
    for inner in (*context.zero_z_contexts, *context.positive_z_contexts):
        yield from _painted(inner)


def _table(table: Any) -> Iterator[Any]:
    """Yield the backgrounds of the parts of a table."""
    for groups in (table.column_groups, table.children):
        for group in groups:
            yield group.background
            yield from (part.background for part in group.children)
    for group in table.children:
        yield from (cell.background for row in group.children for cell in row.children)


def _blocks(found: Any) -> Iterator[Any]:
    """Yield the pictures and lines of blocks."""
    for block, inner in found.items():
        if isinstance(block, ReplacedBox):
            yield block
        elif block.children and isinstance(block.children[-1], LineBox):
            for line in block.children:
                yield from _inline(line)
        yield from _blocks(inner)


def _inline(box: Any) -> Iterator[Any]:
    """Yield what stands in a line."""
    if isinstance(box, StackingContext):
        yield from _painted(box)
        return
    yield box.background
    yield box
    for child in getattr(box, "children", ()):
        yield from _inline(child)


# --- other numbers, pages over pages ----------------------------------------------------------


class _Document(Document):  # type: ignore[misc]
    """A document that keeps the context in which its margin boxes were laid out."""

    @classmethod
    def _build_layout_context(cls, html: Any, *options: Any) -> Any:
        context = super()._build_layout_context(html, *options)
        html.layout_context = context
        given = context.get_image_from_uri.keywords
        if hasattr(given["url_fetcher"], "picture"):
            context.get_image_from_uri = partial(_picture, **given)
        return context


def _picture(
    url: str,
    *,
    cache: dict[str, Any],
    url_fetcher: Any,
    context: Any,
    **_: Any,
) -> Any:
    """Return the picture at an address, for a page; none where it cannot be had."""
    if url not in cache:
        try:
            cache[url] = url_fetcher.picture(url, context)
        except ValueError as error:
            LOGGER.error("Failed to load image at %r: %s", url, error)
            cache[url] = None
    return cache[url]


def _draw_picture(stream: Any, box: Any) -> None:
    """Draw a picture as WeasyPrint does, but for pixels that are cut away: they stay out."""
    picture = box.replacement
    if not isinstance(picture, Photograph) or box.style["visibility"] != "visible":
        _draw_replaced(stream, box)
        return
    width, height, left, top = replaced.replacedbox_layout(box)
    if not (box.width and box.height and width > 0 and height > 0):
        return
    with stream.stacked():
        stream.set_alpha(1)
        stream.transform(e=left, f=top)
        with stream.stacked():
            picture.draw(stream, width, height, box.style, shown(box, width, height, left, top))


_draw_replaced = draw.draw_replacedbox
if is_known():
    draw.draw_replacedbox = _draw_picture


def render(html: Any, fonts: Any, styles: Sequence[Any]) -> Any:
    """Return the laid-out document, as ``HTML.render`` does, ready to be repaged.

    Its pictures are those that ``picture`` of the document's fetcher makes.
    """
    if not is_known():
        dots = html.url_fetcher.dots
        return html.render(font_config=fonts, stylesheets=list(styles), dpi=dots)
    options = {**weasyprint.DEFAULT_OPTIONS, "stylesheets": list(styles)}
    return _Document._render(html, fonts, None, None, options)


def may_move(css: Iterable[str], shift: int) -> bool:
    """Tell whether pages with these styles change only their folios when moved by ``shift``.

    They change more where text holds a page number, or looks depend on the side.
    """
    for sheet in css:
        bare = COMMENT.sub("", sheet)
        if NUMBERED.search(MARGIN_RULE.sub("", bare)) or (shift % 2 and SIDED.search(bare)):
            return False
    return is_known()


def renumbered(document: Any, pages: Sequence[Any], folio: int) -> tuple[Any, ...]:
    """Return the ``pages`` of a document with their margins as if the first had ``folio``."""
    context = document._html.layout_context
    made = []
    for number, page in enumerate(pages, 1):
        context.current_page = number
        state = copy.deepcopy(context.page_maker[number][3])
        state[1]["page"] = [folio + number - 1]
        margins = tuple(make_margin_boxes(context, page._page_box, state))
        for box in margins:
            layout_box_backgrounds(page._page_box, box, context.get_image_from_uri)
        made.append(Page(page._page_box.copy_with_children((*body(page), *margins))))
    return tuple(made)


def moved_within(document: Any, page: Any) -> Any:
    """Return a page whose boxes were moved: their backgrounds, links and anchors move with them."""
    context, root = document._html.layout_context, page._page_box
    for html in body(page):
        for element in getattr(html, "children", ()):  # whose ground is that of the page
            for box in getattr(element, "children", ()):
                layout_box_backgrounds(root, box, context.get_image_from_uri)
    return Page(root)


def laid_over(page: Any, upper: Any, *, head: bool) -> Any:
    """Return ``page`` with the content of the page ``upper`` drawn over it.

    At the ``head`` that is read first and replaces the upper margin boxes; otherwise it is read
    last. The margins of ``upper`` are left out.
    """
    below, above = body(page), body(upper)
    margins = [
        box
        for box in page._page_box.children
        if isinstance(box, MarginBox) and not (head and box.at_keyword.startswith("@top"))
    ]
    children = (*above, *below, *margins) if head else (*below, *above, *margins)
    return Page(page._page_box.copy_with_children(children))


def forget(pages: Iterable[Any]) -> None:
    """Let the links of pages forget the PDF that they were last written into."""
    for page in pages:
        for *_, box in page.links:
            box.link_annotation = None
