"""What is copied from a page is what was composed, word by word, whatever reads it."""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pypdf
import pypdfium2
import pytest

from moip_press.pdf import engine
from moip_press.press.compose.changes import without_changes
from moip_press.press.layout import Layout
from moip_press.proofread.review import review
from tests.keeping import KEPT

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2021, 10, 1)
# A hyphen that ends a line: some readers take each for that of a divided word.
LINE_END = re.compile("(?<=\\w)[-\u00ad\ufffe]\\s*\n\\s*|[\u00ad\ufffe]\\s*")
BLOCKS = ("BlockBox", "FlexBox", "GridBox", "CellBox", "MarginBox", "LineBox")


def pypdf_texts(file: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(file).pages]


def pdfium_texts(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def poppler_texts(file: Path) -> list[str]:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("Poppler is not installed")
    done = subprocess.run([program, str(file), "-"], capture_output=True, check=True)
    assert b"bfchar" not in done.stderr
    return done.stdout.decode().split("\f")


READERS: dict[str, Callable[[Path], list[str]]] = {
    "pypdf": pypdf_texts,
    "pdfium": pdfium_texts,
    "poppler": poppler_texts,
}


def composed(page: Any) -> str:
    """The text of a page as it was laid out."""
    return "".join(_texts(engine.root(page)))


def _texts(box: Any) -> Iterator[str]:
    box = engine.placed(box)
    if isinstance(box, engine.TextBox):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _texts(child)
    if type(box).__name__.endswith(BLOCKS):
        yield "\n"


def words(text: str) -> Counter[str]:
    return Counter(LINE_END.sub("", normalize("NFC", text)).replace("\u200b", "").split())


@pytest.fixture(scope="module")
def kits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], Path]]:
    """The texts of the pages of some kits, and their PDFs."""
    made = {}
    for folder in (ROOT / "tests" / "kits" / "copied", ROOT / "tests" / "kits" / "harbour"):
        read = review(folder, TODAY, KEPT)
        assert read.kit is not None
        layout = Layout(without_changes(read.kit.printed()), read.theme, lambda *_: None)
        pages = [page for placed in layout.assembly.chapters for page in placed.laid.pages]
        pdf, report = layout.draw()
        assert pdf is not None, report
        file = tmp_path_factory.mktemp("copied") / "dossier.pdf"
        file.write_bytes(pdf.content)
        made[folder.name] = [composed(page) for page in pages], file
    return made


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", ["copied", "harbour"])
def test_each_page_copies_as_it_was_composed(
    kits: dict[str, tuple[list[str], Path]], name: str, reader: str
) -> None:
    texts, file = kits[name]
    read = READERS[reader](file)
    assert len(texts) >= 4
    for number, text in enumerate(texts):
        left, more = words(text) - words(read[number]), words(read[number]) - words(text)
        if name == "copied" and number == 2:  # its running title is shortened
            assert more == Counter(["bibliothèqu…"])
            assert "périurbains" in left
        else:
            assert (number, left, more) == (number, Counter(), Counter())


@pytest.mark.parametrize("reader", READERS)
def test_a_shortened_title_leaves_each_ellipsis_as_it_is(
    kits: dict[str, tuple[list[str], Path]], reader: str
) -> None:
    text = READERS[reader](kits["copied"][1])[3]
    assert "Des ateliers… et des concerts…" in text
    assert "Romans, poèmes, essais… tout" in text
