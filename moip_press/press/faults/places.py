"""Where a template, a style or a picture of the kit names a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from moip_press.kit.folders import files
from moip_press.kit.model.kit import Kit
from moip_press.kit.source.decoding import decode
from moip_press.report.diagnostics import Position, Span, lines_of
from moip_press.system.files import inside, is_file

FORMS = ("styles/**/*.css", "templates/**/*.html", "**/*.svg")


def line_span(file: Path, number: int, start: int, end: int) -> Span:
    """Return the span from ``start`` to ``end``, counted from 0, in a line of a file."""
    return Span(file.as_posix(), Position(number, start + 1), Position(number, end + 1))


def place_of(kit: Kit, name: str) -> Span | None:
    """Return the first place where a file of the kit names ``name``, or its last part."""
    whole = name.removesuffix("…")
    last = whole.rstrip("/").rpartition("/")[2]
    files = list(_texts(kit))
    for needle in dict.fromkeys((whole, quote(whole), last, quote(last))):
        for path, text in files if needle else ():
            if (start := text.find(needle)) >= 0:
                before = lines_of(text[:start])
                column = len(before[-1])
                return line_span(path, len(before), column, column + len(needle))
    return None


def _texts(kit: Kit) -> Iterator[tuple[Path, str]]:
    for form in FORMS:
        for path in files(kit.folder, form):
            if inside(kit.folder, path.relative_to(kit.folder).as_posix()) and is_file(path):
                source, _ = decode(path.read_bytes(), path.as_posix())
                yield path, source.text
