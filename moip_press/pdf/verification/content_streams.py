"""Content streams (ISO 32000-1, 7.8.2): each is read once in each situation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from moip_press.pdf.verification.opened import Opened, Page
from moip_press.pdf.verification.operators import named, operations
from moip_press.pdf.verification.values import (
    NOWHERE,
    Identity,
    Object,
    array,
    data,
    dictionary,
    each_of,
    identity,
    is_array,
    is_dictionary,
    is_stream,
    is_text,
    name,
    number,
    optional,
    parsed,
    real,
    text,
)
from moip_press.system.limits import PDF

GRAY, RGB, CMYK = "DeviceGray", "DeviceRGB", "DeviceCMYK"
DEVICES = MappingProxyType({GRAY: GRAY, RGB: RGB, CMYK: CMYK, "G": GRAY, "RGB": RGB, "CMYK": CMYK})
NONE: frozenset[str] = frozenset()
# In a space that is made of another one, where that one stands.
WITHIN = MappingProxyType({"Indexed": 1, "I": 1, "Pattern": 1, "Separation": 2, "DeviceN": 2})
DEEPEST_SPACE = 8


def devices(space: Any, resources: Object, depth: int = 0) -> frozenset[str]:
    """Return the devices whose own colours a space means; none where it is defined by numbers.

    ``resources`` may name the space, and may say what the colours of a device are.
    """
    if named := name(space):
        return named_devices(named, resources, depth)
    parts = array(space)
    place = WITHIN.get(name(parts[0])) if parts else None
    if place is None or place >= len(parts):
        return NONE
    return devices(parts[place], resources, depth + 1)


def named_devices(named: str, resources: Object, depth: int = 0) -> frozenset[str]:
    """Return the same of a space that is given by its name."""
    spaces = dictionary(resources.get("/ColorSpace"))
    if named in DEVICES:
        device = DEVICES[named]
        return NONE if f"/Default{device[6:]}" in spaces else frozenset((device,))
    if depth > DEEPEST_SPACE:
        return NONE
    return devices(spaces.get(f"/{named}"), resources, depth + 1)


Key = tuple[Any, ...]
Pages = dict[str, set[int]]


def _pages() -> Pages:
    return defaultdict(set)


@dataclass(eq=False)
class FontUse:
    """A font, the page that uses it first, and what is written in it, drawn or not."""

    values: Object
    page: int
    shown: list[list[bytes]] = field(default_factory=list)
    hidden: list[list[bytes]] = field(default_factory=list)


@dataclass(frozen=True)
class Used:
    """Something that a page draws with, the first page that does, and what its names mean."""

    values: Any
    page: int
    resources: Object


@dataclass
class Contents:
    """What was found in the contents of a file; pages are counted from 1."""

    fonts: dict[Key, FontUse] = field(default_factory=dict)
    images: dict[Key, Used] = field(default_factory=dict)
    forms: dict[Key, Used] = field(default_factory=dict)
    states: dict[Key, Used] = field(default_factory=dict)
    spaces: dict[Key, Used] = field(default_factory=dict)
    devices: Pages = field(default_factory=_pages)
    unknown: Pages = field(default_factory=_pages)
    intents: Pages = field(default_factory=_pages)
    languages: Pages = field(default_factory=_pages)
    deep: set[int] = field(default_factory=set)
    transparent: set[int] = field(default_factory=set)
    borrowed: set[int] = field(default_factory=set)
    """Pages on which something uses resources that are not its own."""
    repeated: set[int] = field(default_factory=set)
    """Pages that draw tagged content again."""
    untagged: set[int] = field(default_factory=set)
    tags_in_decoration: set[int] = field(default_factory=set)
    decoration_in_tags: set[int] = field(default_factory=set)
    speechless: set[int] = field(default_factory=set)
    """Pages with text whose language nobody says."""


@dataclass(frozen=True)
class Mark:
    """How content is marked: as tagged, as decoration, and whether its language is said."""

    tagged: bool
    silent: bool
    spoken: bool


@dataclass(frozen=True)
class Place:
    """Where a stream is drawn; ``parents`` are the elements that its own marks belong to.

    ``judged`` tells whether all that it draws must be marked, ``own`` whether the resources are
    the stream's own.
    """

    page: int
    resources: Object
    mark: Mark
    parents: list[Any]
    depth: int = 0
    judged: bool = True
    own: bool = True


DEEPEST = 12  # forms within forms
DEEPEST_STATE = 28  # ISO 19005-3, 6.1.13
HIDDEN = 3  # the mode of text that is not drawn
MCID = re.compile(rb"/MCID[\s\0]+(\d+)")
SPOKEN = re.compile(rb"/(?:ActualText|Alt|E)[\s\0]*[(<]")


def contents(pdf: Opened, pages: Iterable[Page]) -> Contents:
    """Return what some pages of a file and their annotations show."""
    reader = _Reader(pdf)
    for page in pages:
        reader.page(page)
    return reader.found


class _Reader:
    """Reads the streams of a file, and those that they draw."""

    def __init__(self, pdf: Opened) -> None:
        self.pdf = pdf
        self.found = Contents()
        self._read: set[Key] = set()
        self._belonging: dict[Identity, tuple[bool, bool]] = {}
        self.marked: set[Identity] = set()
        """The forms that were drawn."""

    @cached_property
    def spoken(self) -> bool:
        """Whether the file says in which language it is."""
        return bool(text(self.pdf.root.get("/Lang")))

    def page(self, page: Page) -> None:
        """Read a page and its annotations."""
        resources = dictionary(page.inherited.get("/Resources"))
        parts = page.values.get("/Contents")
        mark = Mark(tagged=False, silent=False, spoken=self.spoken)
        own = "/Resources" in page.values
        place = Place(page.number, resources, mark, self._parents(page.values), own=own)
        _Stream(self, place).read(b"\n".join(map(data, each_of(parts))))
        drawn = replace(place, mark=replace(mark, tagged=True), judged=False)
        for annotation in page.annotations:
            for stream in _appearances(dictionary(annotation.get("/AP"))):
                self.form(stream, drawn)

    def form(self, stream: Any, place: Place) -> None:
        """Read a form, a pattern or an appearance, once in each situation."""
        key = (identity(stream), place.mark, place.judged)
        if not is_stream(stream) or place.depth > DEEPEST or key in self._read:
            return
        self._read.add(key)
        given = stream.get("/Resources")
        inner = replace(
            place,
            resources=dictionary(given) if is_dictionary(given) else place.resources,
            parents=self._parents(stream),
            depth=place.depth + 1,
            own=is_dictionary(given),
        )
        _Stream(self, inner).read(data(stream))

    def _parents(self, values: Object) -> list[Any]:
        key = number(values.get("/StructParents"))
        return [] if key is None else array(self.pdf.parents.get(key))

    def belonging(self, element: Any) -> tuple[bool, bool]:
        """Return whether an element belongs to the structure, and whether its language is said.

        It does where those that it stands in lead to the root.
        """
        known = self._belonging
        chain: list[Object] = []
        while is_dictionary(element) and identity(element) not in known:
            if len(chain) > PDF.depth:
                return False, self.spoken
            chain.append(element)
            element = element.get("/P")
        found = known.get(identity(element), (False, self.spoken))
        for each in reversed(chain):
            belongs = found[0] or name(each.get("/Type")) == "StructTreeRoot"
            found = (belongs, found[1] or is_text(each.get("/Lang")))
            known[identity(each)] = found
        return found


def _appearances(values: Object) -> list[Any]:
    """Return the streams of an annotation's appearance: one of a kind, or one a state."""
    entries = [values.get(kind) for kind in ("/N", "/D", "/R")]
    below = [list(dictionary(each).values()) for each in entries if not is_stream(each)]
    return [each for each in entries if is_stream(each)] + [each for own in below for each in own]


class _Stream:
    """Reads one stream, operator by operator."""

    def __init__(self, reader: _Reader, place: Place) -> None:
        self.reader = reader
        self.found = reader.found
        self.place = place
        self.mark = place.mark
        self.font: FontUse | None = None
        self.mode = 0
        self.coloured = False
        self._marks: list[Mark] = []
        self._states: list[tuple[FontUse | None, int, bool]] = []
        self._resources: dict[tuple[str, bytes], Any] = {}
        self._plain: set[bytes] = set()

    def read(self, content: bytes) -> None:
        """Read a stream."""
        for operator, operands in operations(content):
            action = ACTIONS.get(operator)
            if action is not None:
                action(self, operands)
            elif operator not in OTHERS:
                self.found.unknown[operator.decode("latin-1")].add(self.place.page)

    # --- marks ---------------------------------------------------------------------------------

    def begin(self, operands: list[bytes]) -> None:
        """Begin marked content."""
        outer = self.mark
        self._marks.append(outer)
        properties = b" ".join(operands[1:])
        element, language = self._marked(properties)
        tagged, spoken = outer.tagged, outer.spoken or language is not None
        if element is not None:
            belongs, said = self.reader.belonging(element)
            tagged, spoken = tagged or belongs, spoken or said
        if language is not None:
            self.found.languages[language].add(self.place.page)
        if not spoken and SPOKEN.search(properties):
            self.found.speechless.add(self.place.page)
        silent = operands[:1] == [b"/Artifact"]
        if self.place.judged and tagged and silent:
            self.found.decoration_in_tags.add(self.place.page)
        if self.place.judged and tagged and outer.silent:
            self.found.tags_in_decoration.add(self.place.page)
        self.mark = Mark(tagged, outer.silent or silent, spoken)

    def _marked(self, properties: bytes) -> tuple[Any, str | None]:
        """Return the element that marked content belongs to, and what it says its language is."""
        if properties.startswith(b"/"):
            own = dictionary(self._resource("/Properties", properties))
            place = number(own.get("/MCID"))
        else:
            found = MCID.search(properties)
            place = int(found[1]) if found else None
            own = dictionary(parsed(properties) if b"/Lang" in properties else None)
        said = optional(own, "/Lang")
        parents = self.place.parents
        element = parents[place] if place is not None and place < len(parents) else None
        return element, text(said) if is_text(said) else None

    def end(self, _: list[bytes]) -> None:
        """End marked content."""
        if self._marks:
            self.mark = self._marks.pop()

    # --- the state -----------------------------------------------------------------------------

    def save(self, _: list[bytes]) -> None:
        """Save the state."""
        self._states.append((self.font, self.mode, self.coloured))
        if len(self._states) > DEEPEST_STATE:
            self.found.deep.add(self.place.page)

    def restore(self, _: list[bytes]) -> None:
        """Restore the state."""
        if self._states:
            self.font, self.mode, self.coloured = self._states.pop()

    def set_state(self, operands: list[bytes]) -> None:
        """Set what a named state says."""
        if operands and operands[0] in self._plain:
            return
        state = dictionary(self._used("/ExtGState", operands, self.found.states))
        font = array(state.get("/Font"))
        if font and is_dictionary(font[0]):
            self.font = self._font_use(font[0], b"")
        mask = dictionary(state.get("/SMask")).get("/G")
        if mask is not None:
            self.reader.form(mask, self._unjudged())
        opaque = all(real(state.get(key, 1)) == 1 for key in ("/ca", "/CA"))
        if mask is not None or not opaque or name(state.get("/BM")) not in ("", "Normal"):
            self.found.transparent.add(self.place.page)
        if not font:
            self._plain.update(operands)

    def set_font(self, operands: list[bytes]) -> None:
        """Set the font."""
        written = operands[0] if operands else b""
        values = self._resource("/Font", written)
        self.font = self._font_use(values, written) if is_dictionary(values) else None

    def _font_use(self, values: Object, written: bytes) -> FontUse:
        key = self._key(values, written)
        if key not in self.found.fonts:
            self.found.fonts[key] = FontUse(values, self.place.page)
        return self.found.fonts[key]

    def set_mode(self, operands: list[bytes]) -> None:
        """Set how text is drawn."""
        written = operands[-1].strip() if operands else b""
        self.mode = int(written) if written.isdigit() else 0

    def set_intent(self, operands: list[bytes]) -> None:
        """Set the rendering intent."""
        self.found.intents[named(operands[0] if operands else b"")].add(self.place.page)

    # --- colours -------------------------------------------------------------------------------

    def set_space(self, operands: list[bytes]) -> None:
        """Set a colour space."""
        self._used("/ColorSpace", operands, self.found.spaces)
        self.colour(named_devices(named(operands[0] if operands else b""), self.place.resources))

    def set_pattern(self, operands: list[bytes]) -> None:
        """Set a colour, or a pattern, which is read."""
        pattern = self._resource("/Pattern", operands[-1] if operands else b"")
        if is_stream(pattern):
            self.reader.form(pattern, self._unjudged())
        else:
            self._shaded(dictionary(pattern).get("/Shading"))

    def _shaded(self, shading: Any) -> None:
        space = dictionary(shading).get("/ColorSpace")
        self.colour(devices(space, self.place.resources))

    def _unjudged(self) -> Place:
        """Return this place, for what is a part of something that is marked."""
        return replace(self.place, mark=replace(self.mark, tagged=True), judged=False)

    def colour(self, space: frozenset[str]) -> None:
        """Note the devices whose colours are used."""
        self.coloured = True
        for device in space:
            self.found.devices[device].add(self.place.page)

    # --- drawing -------------------------------------------------------------------------------

    def paint(self, _: list[bytes]) -> None:
        """Draw something: whatever is drawn first is black, the grey of a device."""
        if not self.coloured:
            self.colour(named_devices(GRAY, self.place.resources))
        if not (self.mark.tagged or self.mark.silent) and self.place.judged:
            self.found.untagged.add(self.place.page)

    def show(self, operands: list[bytes]) -> None:
        """Show text."""
        self.paint(operands)
        if not self.mark.spoken:
            self.found.speechless.add(self.place.page)
        if self.font is not None:
            (self.font.hidden if self.mode == HIDDEN else self.font.shown).append(operands)

    def shade(self, operands: list[bytes]) -> None:
        """Draw a shading."""
        self._shaded(self._resource("/Shading", operands[0] if operands else b""))
        self.paint(operands)

    def draw(self, operands: list[bytes]) -> None:
        """Draw an image or a form."""
        values = self._resource("/XObject", operands[0] if operands else b"")
        if name(dictionary(values).get("/Subtype")) == "Image":
            self._used("/XObject", operands, self.found.images)
            self._image(values.get("/ColorSpace"))
        elif is_stream(values):
            self._used("/XObject", operands, self.found.forms)
            if "/StructParents" in values and identity(values) in self.reader.marked:
                self.found.repeated.add(self.place.page)
            self.reader.marked.add(identity(values))
            self.reader.form(values, replace(self.place, mark=self.mark))

    def draw_inline(self, operands: list[bytes]) -> None:
        """Draw an image that stands in the stream."""
        written = b" ".join(operands)
        values = dictionary(parsed(b"<<%b>>" % written))
        used = Used(values, self.place.page, self.place.resources)
        self.found.images.setdefault((written, self.place.page), used)
        self._image(values.get("/CS", values.get("/ColorSpace")))

    def _image(self, space: Any) -> None:
        if is_array(space):
            key = self._key(space, b"")
            self.found.spaces[key] = Used(space, self.place.page, self.place.resources)
        for device in devices(space, self.place.resources):
            self.found.devices[device].add(self.place.page)
        if not (self.mark.tagged or self.mark.silent) and self.place.judged:
            self.found.untagged.add(self.place.page)

    # --- resources -----------------------------------------------------------------------------

    def _resource(self, kind: str, written: bytes) -> Any:
        """Return a resource by its name, as it is written."""
        key = (kind, written)
        if key not in self._resources:
            own = named(written)
            held = dictionary(self.place.resources.get(kind))
            found = self._resources[key] = held.get(f"/{own}") if own else None
            if found is not None and not self.place.own:
                self.found.borrowed.add(self.place.page)
        return self._resources[key]

    def _used(self, kind: str, operands: list[bytes], into: dict[Key, Used]) -> Any:
        """Return a resource, and note that it is used."""
        written = operands[0] if operands else b""
        values = self._resource(kind, written)
        if is_dictionary(values) or is_array(values):
            used = Used(values, self.place.page, self.place.resources)
            into.setdefault(self._key(values, written), used)
        return values

    def _key(self, values: Any, written: bytes) -> Key:
        """Return what tells a resource from others: its object, else where it is named."""
        own = identity(values)
        return (own,) if own != NOWHERE else (written, self.place.page, self.place.depth)


def _device(device: str) -> Action:
    """Return what sets a colour of a device."""

    def set_device(stream: _Stream, _: list[bytes]) -> None:
        stream.colour(named_devices(device, stream.place.resources))

    return set_device


Action = Callable[[_Stream, list[bytes]], None]
ACTIONS: Mapping[bytes, Action] = MappingProxyType(
    {
        **dict.fromkeys((b"BDC", b"BMC"), _Stream.begin),
        b"EMC": _Stream.end,
        b"q": _Stream.save,
        b"Q": _Stream.restore,
        b"gs": _Stream.set_state,
        b"Tf": _Stream.set_font,
        b"Tr": _Stream.set_mode,
        b"ri": _Stream.set_intent,
        **dict.fromkeys((b"cs", b"CS"), _Stream.set_space),
        **dict.fromkeys((b"g", b"G"), _device(GRAY)),
        **dict.fromkeys((b"rg", b"RG"), _device(RGB)),
        **dict.fromkeys((b"k", b"K"), _device(CMYK)),
        **dict.fromkeys((b"scn", b"SCN"), _Stream.set_pattern),
        **dict.fromkeys((b"Tj", b"TJ", b"'", b'"'), _Stream.show),
        **dict.fromkeys((b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*"), _Stream.paint),
        b"sh": _Stream.shade,
        b"Do": _Stream.draw,
        b"EI": _Stream.draw_inline,
    }
)
# The other operators there are, as far as they are not passed over (ISO 32000-1, annex A).
OTHERS = frozenset(b"BX d d0 d1 DP EX MP sc SC".split())
