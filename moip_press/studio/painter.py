"""Pages of PDFs as pictures, drawn in a process of its own (``helper.py``), which loads no more."""

from __future__ import annotations

import io

import pypdfium2

MOST_PIXELS = 5000  # of the longer side of a page


class Painter:
    """Draws pages as pictures."""

    def paint(self, pdf: bytes, number: int, width: int) -> bytes:
        """Return a page of a PDF, counted from 0, as a PNG of this many pixels across."""
        with pypdfium2.PdfDocument(pdf) as document:
            page = document[number]
            across, down = page.get_size()
            scale = min(width / across, MOST_PIXELS / max(across, down))
            made = io.BytesIO()
            page.render(scale=scale).to_pil().save(made, "PNG", compress_level=1)
        return made.getvalue()
