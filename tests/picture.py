"""`make picture`: draw the pages of the kit of 2021 side by side, for the README."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

PAGES = (1, 2, 4, 5, 7, 8, 12, 18, 22, 24)
COLUMNS = 5
WIDTH = 300
GAP = 16
GROUND = "#e9ecf2"


def picture(pdf: Path) -> Image.Image:
    """Return one image of some pages of `pdf`."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [_drawn(document, number) for number in PAGES]
    height = pages[0].height
    rows = -(-len(pages) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP), GROUND)
    for place, page in enumerate(pages):
        row, column = divmod(place, COLUMNS)
        sheet.paste(page, (GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)))
    return sheet


def _drawn(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    page: Image.Image = document[number - 1].render(scale=2).to_pil()
    return page.resize((WIDTH, round(page.height * WIDTH / page.width)), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    output = Path("output")
    drawn = picture(output / "2021" / "dossier.pdf")
    drawn.quantize(128).save(output / "pages.png", optimize=True)
