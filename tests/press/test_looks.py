"""Pages look as they did when somebody last looked at them: `tests/pages/`.

`pytest --rewrite-expected` draws them anew. The pages are kept small and compared loosely,
since each version of Pango and FreeType draws a little otherwise; a box that moved, a colour
or a font that changed is seen all the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

if TYPE_CHECKING:
    from moip_press.press.journey import Build

PAGES = Path(__file__).parents[1] / "pages"
LOOKED_AT = (1, 2, 4, 5, 8, 12, 22, 24)
SCALE = 0.6  # of 72 pixels an inch
MEAN = 2.5  # of 255, over a whole page
LARGEST = 30  # of 255, over a square of 16 pixels

pytestmark = pytest.mark.visual


def drawn(pdf: Path, number: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    page: Image.Image = document[number - 1].render(scale=SCALE).to_pil()
    document.close()
    return page.convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Return how far two pages differ: on the whole, and where they differ most."""
    blurred = [page.filter(ImageFilter.GaussianBlur(2)) for page in (one, other)]
    grey = ImageChops.difference(*blurred).convert("L")
    squares = grey.resize((grey.width // 16, grey.height // 16), Image.Resampling.BOX)
    return ImageStat.Stat(grey).mean[0], float(squares.getextrema()[1])  # type: ignore[arg-type]


@pytest.mark.parametrize("number", LOOKED_AT)
def test_a_page_looks_as_it_did(
    build_2021: Build, number: int, rewrite_expected: bool, tmp_path: Path
) -> None:
    assert build_2021.dossier is not None
    page = drawn(build_2021.dossier.path, number)
    kept = PAGES / f"2021-{number:02}.png"
    if rewrite_expected:
        page.quantize(64).save(kept, optimize=True)
    expected = Image.open(kept).convert("RGB")
    assert page.size == expected.size
    mean, largest = difference(page, expected)
    if mean > MEAN or largest > LARGEST:
        ImageChops.difference(page, expected).save(tmp_path / "difference.png")
        page.save(tmp_path / "page.png")
        pytest.fail(f"page {number} differs by {mean:.1f}, at most {largest:.0f}: see {tmp_path}")


def test_a_changed_page_is_seen(build_2021: Build) -> None:
    assert build_2021.dossier is not None
    pdf = build_2021.dossier.path
    assert difference(drawn(pdf, 8), drawn(pdf, 9))[1] > LARGEST
    moved = ImageChops.offset(drawn(pdf, 12), 0, 4)
    assert difference(drawn(pdf, 12), moved)[1] > LARGEST
