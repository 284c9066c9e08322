"""The pages of a kit as pictures, as a preview would show them: only those that changed."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2

from moip_press import check
from moip_press.cache import Cache
from moip_press.kit import Theme
from moip_press.layout import Kept, Layout
from moip_press.model import reading
from moip_press.typeset import Pages

SCALE = 96 / 72
"""Pixels to a point: those of a screen."""


class Screen:
    """What is shown of one kit."""

    def __init__(self, kit: Path, cache: Cache) -> None:
        self._kit = kit
        self._cache = cache
        self._kept = Kept(cache)
        self._laid: dict[str, list[bytes]] = {}

    def changed(self) -> list[bytes]:
        """Return the pages that look otherwise than the last time, each as a PNG.

        Raises ``RuntimeError`` where the kit has faults.
        """
        read = reading.read(self._kit)
        theme = Theme(self._kit)
        if read.kit is None or not (read.report + check.check(read.kit, theme, self._cache)).ok:
            raise RuntimeError("the kit has faults")
        layout = Layout(read.kit, theme, _silent, kept=self._kept)
        chapters = {chapter.laid.key: chapter.laid for chapter in layout.assembly.chapters}
        new = [pages for key, pages in chapters.items() if key not in self._laid]
        before = {png for pngs in self._laid.values() for png in pngs}
        drawn = iter(self._drawn(layout, new))
        found = {pages.key: [next(drawn) for _ in range(len(pages))] for pages in new}
        self._laid = {key: found.get(key) or self._laid[key] for key in chapters}
        return [png for pngs in found.values() for png in pngs if png not in before]

    @staticmethod
    def _drawn(layout: Layout, chapters: list[Pages]) -> list[bytes]:
        if not chapters:
            return []
        document = pypdfium2.PdfDocument(layout.written(chapters, ()).content)
        return [_png(page) for page in document]


def _png(page: pypdfium2.PdfPage) -> bytes:
    stream = io.BytesIO()
    page.render(scale=SCALE).to_pil().save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def _silent(_title: str, _number: int, _count: int) -> None:
    """Show no progress."""
