"""What is painted on a page, as data, and back into the streams of a file.

What a page names (groups, patterns, shadings, states) is counted over the whole file, so its
names are left open here and given when it is painted again. Within a group they are its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pydyf
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream

PROFILE = b"the profile of the file"
SPACE = b"the colours of the file"
OPEN = re.compile(rb"/([xsp]\d+) (Do|gs|sh|scn|SCN)")
TABLES = {b"Do": "XObject", b"gs": "ExtGState", b"sh": "Shading", b"scn": "Pattern"}
TABLES[b"SCN"] = TABLES[b"scn"]
COUNTED = re.compile(r"[xsp]\d+")
RESOURCES = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace", "Font")
OURS = ("Resources", "Group")  # of a group, what depends on the file

Plain = Any
"""Numbers, strings, bytes, lists and dictionaries. A dictionary with the key "" is something else:
a string of a PDF, the profile of the file, or a group by its name."""


class Unkept(Exception):
    """Something was painted that cannot be kept as data."""


@dataclass(frozen=True)
class Name:
    """A name that is given when it is painted again: what it was, and the operator after it."""

    local: str
    use: bytes


@dataclass(frozen=True)
class Canvas:
    """What was painted on a page or in a group; see the module.

    ``extra`` says of a group what the file must be told. A picture among the ``objects`` has no
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

    Its ``marks``, ``images`` and ``fonts`` are noted in what is given.
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
    """Stands for the colours of the file that a page will be painted in."""

    pdf_reference = PROFILE


def streams(stream: Stream) -> Iterator[Stream]:
    """Yield the groups and patterns that are painted in a stream, in the order of the file."""
    for table in ("XObject", "Pattern"):
        for inner in stream._resources[table].values():  # noqa: SLF001 -- see the package
            if inner is not None:
                yield inner
                yield from streams(inner)


def recorded(stream: Stream, *, page: bool = True) -> Canvas:
    """Return what was painted in a stream. Raises ``Unkept``."""
    tables = stream._resources  # noqa: SLF001 -- see the package
    names = {id(group): name for name, group in tables["XObject"].items() if group is not None}
    return Canvas(
        tuple(_items(stream.stream, page=page)),
        {key: plain(value, {}) for key, value in dict(stream.extra).items() if key not in OURS},
        {key: plain(value, names) for key, value in tables["ExtGState"].items()},
        {key: _inner(value) for key, value in tables["XObject"].items()},
        {key: recorded(value, page=False) for key, value in tables["Pattern"].items()},
        {key: plain(value, names) for key, value in tables["Shading"].items()},
    )


def _inner(group: Stream | None) -> Canvas | None:
    return None if group is None else recorded(group, page=False)


def _items(items: Sequence[Any], *, page: bool) -> Iterator[bytes | Name]:
    """Yield what stands in a stream, as few pieces as can be."""
    run: list[bytes] = []
    for item in items:
        content = item if isinstance(item, bytes) else pydyf.Array([item]).data[1:-1]
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


def plain(value: Any, groups: Mapping[int, str]) -> Plain:
    """Return a value of a PDF as plain data. Raises ``Unkept``."""
    if isinstance(value, Stream):
        if id(value) in groups:
            return {"": ["group", groups[id(value)]]}
        raise Unkept
    if isinstance(value, pydyf.String):
        return {"": ["string", value.string]}
    if isinstance(value, pydyf.Dictionary):
        return {key: plain(inner, groups) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner, groups) for inner in value]
    if value == PROFILE:
        return {"": ["profile"]}
    if value is None or isinstance(value, pydyf.Object):
        raise Unkept
    if isinstance(value, bool | int | float | str | bytes):
        return value
    raise Unkept


class Pictures(Protocol):
    """The pictures that may be painted."""

    def use(self, name: str, images: dict[str, Any]) -> None:
        """Note among the images of a file that a picture stands in it."""


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
    tables = stream._resources  # noqa: SLF001 -- see the package
    named: dict[tuple[str, str], str] = {}
    made: dict[str, Stream] = {}
    groups: list[Stream] = []
    for local, inner in canvas.objects.items():
        if inner is None:
            tables["XObject"][local] = None
            pictures.use(local, stream._images)  # noqa: SLF001 -- see the package
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
                tables[table][name] = thawed(value, stream, made)
    return named, groups


def _paint(canvas: Canvas, group: Stream, pictures: Pictures) -> list[Stream]:
    """Paint into a group, where names are its own; return the groups in it."""
    for key, value in canvas.extra.items():
        group.extra[key] = thawed(value, group, {})
    _, groups = _fill(canvas, group, pictures)
    group.stream += canvas.items
    return groups


def thawed(value: Plain, stream: Stream, groups: Mapping[str, Stream]) -> Any:
    """Return plain data as the value of a PDF that it was."""
    if isinstance(value, list):
        return pydyf.Array([thawed(inner, stream, groups) for inner in value])
    if not isinstance(value, dict):
        return value
    if "" not in value:
        return pydyf.Dictionary(
            {key: thawed(inner, stream, groups) for key, inner in value.items()}
        )
    kind, *rest = value[""]
    if kind == "group":
        return groups[rest[0]]
    if kind == "string":
        return pydyf.String(rest[0])
    space = stream._default_color_space  # noqa: SLF001 -- see the package
    return space[1]
