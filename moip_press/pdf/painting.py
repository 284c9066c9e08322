"""What is painted on a page, as plain data, and back into any number of files.

WeasyPrint paints a page into the file that it writes. Here its streams and pictures are kept as
data, which outlives the boxes and this process. Names (of groups, patterns, shadings, states) are
counted over the whole file: they stay open here, and are given when the page is painted again.
Within a group the names are its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pydyf

from moip_press.pdf import engine
from moip_press.pdf.engine import Matrix, Stream

PROFILE = b"the profile of the file"
SPACE = b"the colours of the file"
OPEN = re.compile(rb"/([xsp]\d+) (Do|gs|sh|scn|SCN)")
TABLES = {b"Do": "XObject", b"gs": "ExtGState", b"sh": "Shading", b"scn": "Pattern"}
TABLES[b"SCN"] = TABLES[b"scn"]
COUNTED = re.compile(r"[xsp]\d+")
RESOURCES = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace", "Font")
OURS = ("Resources", "Group")  # entries of a group that depend on the file

Plain = Any
"""Numbers, strings, bytes, lists and dictionaries. A dictionary with the key "" stands for a string
of a PDF, the color profile of the file, or a group by its name."""


class Unkept(Exception):
    """Something was painted that cannot be kept as data."""


@dataclass(frozen=True)
class Name:
    """An open name: what it was, and the operator after it."""

    local: str
    use: bytes


@dataclass(frozen=True)
class Canvas:
    """What was painted on a page or in a group.

    ``extra`` are the entries of a group's dictionary. A picture among the ``objects`` has no
    canvas.
    """

    items: tuple[bytes | Name, ...]
    extra: Mapping[str, Plain] = field(default_factory=dict)
    states: Mapping[str, Plain] = field(default_factory=dict)
    objects: Mapping[str, Canvas | None] = field(default_factory=dict)
    patterns: Mapping[str, Canvas] = field(default_factory=dict)
    shadings: Mapping[str, Plain] = field(default_factory=dict)


def blank(
    page: Any, scale: float, marks: dict[Any, Any], images: dict[str, Any], fonts: dict[int, Any]
) -> Stream:
    """Return an empty stream for a page, as WeasyPrint begins one.

    Painting into it fills ``marks``, ``images`` and ``fonts``.
    """
    sides = page.bleed
    left, top = -scale * sides["left"], -scale * sides["top"]
    right = left + scale * (page.width + sides["left"] + sides["right"])
    bottom = top + scale * (page.height + sides["top"] + sides["bottom"])
    rectangle = (left / scale, top / scale, (right - left) / scale, (bottom - top) / scale)
    profile = _Profile()
    tables: dict[str, Any] = {name: pydyf.Dictionary() for name in RESOURCES[:4]}
    resources = pydyf.Dictionary({**tables, "ColorSpace": SPACE})
    stream = Stream(fonts, rectangle, resources, images, marks, {"srgb": profile}, "srgb")
    stream.transform(d=-1, f=page.height * scale)
    stream.stream.clear()
    return stream


class _Profile:
    """Stands for the color profile of the file."""

    pdf_reference = PROFILE


def streams(stream: Stream) -> Iterator[Stream]:
    """Yield the groups and patterns that are painted in a stream, in the order of the file."""
    for table in ("XObject", "Pattern"):
        for inner in engine.resources(stream)[table].values():
            if inner is not None:
                yield inner
                yield from streams(inner)


def recorded(stream: Stream, *, page: bool = True) -> Canvas:
    """Return what was painted in a stream. Raises ``Unkept``."""
    tables = engine.resources(stream)
    names = {id(group): name for name, group in tables["XObject"].items() if group is not None}
    return Canvas(
        tuple(_items(stream.stream, page=page)),
        {key: _plain(value, {}) for key, value in dict(stream.extra).items() if key not in OURS},
        {key: _plain(value, names) for key, value in tables["ExtGState"].items()},
        {key: _inner(value) for key, value in tables["XObject"].items()},
        {key: recorded(value, page=False) for key, value in tables["Pattern"].items()},
        {key: _plain(value, names) for key, value in tables["Shading"].items()},
    )


def _inner(group: Stream | None) -> Canvas | None:
    return None if group is None else recorded(group, page=False)


def _items(items: Sequence[Any], *, page: bool) -> Iterator[bytes | Name]:
    """Yield the content of a stream, in as few pieces as possible."""
    run: list[bytes] = []
    for item in items:
        content = _content(item)
        found = OPEN.fullmatch(content) if page else None
        if found is None:
            run.append(content)
            continue
        if run:
            yield b"\n".join(run)
            run = []
        yield Name(found[1].decode(), found[2])
    if run:
        yield b"\n".join(run)


def _content(item: Any) -> bytes:
    """Return an item of a stream as it is written."""
    return item if isinstance(item, bytes) else bytes(pydyf.Array([item]).data[1:-1])


def _plain(value: Any, groups: Mapping[int, str]) -> Plain:
    """Return a value of a PDF as plain data. Raises ``Unkept``."""
    if isinstance(value, Stream):
        if id(value) in groups:
            return {"": ["group", groups[id(value)]]}
        raise Unkept
    if isinstance(value, pydyf.String):
        return {"": ["string", value.string]}
    if isinstance(value, pydyf.Dictionary):
        return {key: _plain(inner, groups) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, groups) for inner in value]
    if value == PROFILE:
        return {"": ["profile"]}
    if value is None or isinstance(value, pydyf.Object):
        raise Unkept
    if isinstance(value, bool | int | float | str | bytes):
        return value
    raise Unkept


def replay(canvas: Canvas, stream: Stream, pictures: Pictures) -> list[Stream]:
    """Paint a page into the stream of a file; return its groups and patterns, as ``streams``."""
    named, groups = _fill(canvas, stream, pictures)
    for item in canvas.items:
        if isinstance(item, bytes):
            stream.stream.append(item)
        else:
            name = named[TABLES[item.use], item.local]
            stream.stream.append(b"/" + name.encode() + b" " + item.use)
    return groups


def _fill(
    canvas: Canvas, stream: Stream, pictures: Pictures
) -> tuple[dict[tuple[str, str], str], list[Stream]]:
    """Give a stream what a canvas names; return the names in the file, and the groups."""
    tables = engine.resources(stream)
    named: dict[tuple[str, str], str] = {}
    made: dict[str, Stream] = {}
    groups: list[Stream] = []
    for local, inner in canvas.objects.items():
        if inner is None:
            tables["XObject"][local] = None
            pictures.use(local, engine.images(stream))
            continue
        made[local] = stream.add_group(0, 0, 0, 0)
        named["XObject", local] = made[local].id
        groups += [made[local], *_paint(inner, made[local], pictures)]
    for local, inner in canvas.patterns.items():
        pattern = stream.add_pattern(0, 0, 0, 0, 0, 0, Matrix())
        named["Pattern", local] = pattern.id
        groups += [pattern, *_paint(inner, pattern, pictures)]
    for table, kept in (("ExtGState", canvas.states), ("Shading", canvas.shadings)):
        for local, value in kept.items():
            name = local
            if COUNTED.fullmatch(local):
                name = named[table, local] = f"s{len(tables[table])}"
            if name not in tables[table]:
                tables[table][name] = _thawed(value, stream, made)
    return named, groups


def _paint(canvas: Canvas, group: Stream, pictures: Pictures) -> list[Stream]:
    """Paint into a group, where names are its own; return the groups in it."""
    for key, value in canvas.extra.items():
        group.extra[key] = _thawed(value, group, {})
    _, groups = _fill(canvas, group, pictures)
    group.stream += canvas.items
    return groups


def _thawed(value: Plain, stream: Stream, groups: Mapping[str, Stream]) -> Any:
    """Return plain data as the value of a PDF that it was."""
    if isinstance(value, list):
        return pydyf.Array([_thawed(inner, stream, groups) for inner in value])
    if not isinstance(value, dict):
        return value
    if "" not in value:
        return pydyf.Dictionary(
            {key: _thawed(inner, stream, groups) for key, inner in value.items()}
        )
    kind, *rest = value[""]
    if kind == "group":
        return groups[rest[0]]
    if kind == "string":
        return pydyf.String(rest[0])
    return engine.color_space(stream)


# --- pictures ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Picture:
    """A picture: the entries of its dictionary, its content, its mask, and where it comes from."""

    extra: Mapping[str, Plain]
    content: bytes
    mask: Picture | None = None
    url: str = ""

    @property
    def weight(self) -> int:
        """The bytes that it takes in a file."""
        return len(self.content) + (self.mask.weight if self.mask else 0)


def recorded_pictures(images: Mapping[str, Any]) -> dict[str, Picture]:
    """Return the pictures that were painted, by their names. Raises ``Unkept``."""
    found = {}
    for name, used in images.items():
        ratio = max(used["dpi_ratios"])
        image = used["image"]
        drawn = _picture(image.get_x_object(used["interpolate"], ratio))
        found[name] = replace(drawn, url=getattr(image, "url", ""))
    return found


def _picture(stream: pydyf.Stream) -> Picture:
    extra = dict(stream.extra)
    mask = extra.pop("SMask", None)
    if stream.compress or (mask is not None and mask.compress):
        raise Unkept
    kept = {key: _plain(value, {}) for key, value in extra.items()}
    # "" keeps the place of the mask among the entries
    entries = {key if key != "SMask" else "": kept.get(key, 0) for key in stream.extra}
    content = b"\n".join(map(_content, stream.stream))
    return Picture(entries, content, None if mask is None else _picture(mask))


def _stream(picture: Picture) -> pydyf.Stream:
    extra = pydyf.Dictionary()
    for key, value in picture.extra.items():
        if key:
            extra[key] = _thawed(value, None, {})
        elif picture.mask:
            extra["SMask"] = _stream(picture.mask)
    return pydyf.Stream([picture.content], extra)


class _Image:
    """What WeasyPrint asks for a picture when it writes a file."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture

    def get_x_object(self, _interpolate: bool, _ratio: float) -> pydyf.Stream:  # noqa: FBT001
        """Return the picture as it stands in the file."""
        return _stream(self._picture)


class Pictures:
    """The pictures of one file: of two with the same name, the one with more pixels counts."""

    def __init__(self) -> None:
        self._known: dict[str, Picture] = {}
        self._used: set[str] = set()

    def add(self, pictures: Mapping[str, Picture]) -> None:
        """Add pictures that may be painted."""
        for name, picture in pictures.items():
            known = self._known.get(name)
            if known is None or picture.extra["Width"] > known.extra["Width"]:
                self._known[name] = picture

    @property
    def weights(self) -> dict[str, int]:
        """The bytes in the file of the pictures from each address."""
        found: dict[str, int] = {}
        for name in sorted(self._used):
            picture = self._known[name]
            found[picture.url] = found.get(picture.url, 0) + picture.weight
        return found

    def use(self, name: str, images: dict[str, Any]) -> None:
        """Add a picture to the images of a file."""
        self._used.add(name)
        images.setdefault(
            name,
            {
                "image": _Image(self._known[name]),
                "interpolate": True,
                "dpi_ratios": {1},
                "x_object": None,
            },
        )
