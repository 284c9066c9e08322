"""What a screen shows of a kit: the pages that changed, and no others."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit_files import read_kit
from moip_press.press import journey
from moip_press.press.layout import Kept, Layout
from moip_press.press.preview import Screen, Shown
from tests.pdf.test_shelf import KIT, picture, put


def laid_out(kit: Path, kept: Kept) -> Layout:
    read = read_kit(kit).kit
    assert read is not None
    return Layout(read, Theme(kit), lambda *_: None, kept=kept)


def opened(shown: Shown) -> Image.Image:
    return Image.open(io.BytesIO(shown.content)).convert("RGB")


def test_a_screen_shows_the_pages_that_changed(tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    for name, content in KIT.items():
        put(kit, name, content)
    picture(kit, "navy")
    kept, screen = Kept(), Screen()
    first = screen.changed(laid_out(kit, kept))
    assert [page.number for page in first] == [1, 2, 3, 4]
    assert screen.changed(laid_out(kit, kept)) == ()
    put(kit, "boats.yaml", KIT["boats.yaml"].replace("Eight boats", "Nine boats"))
    assert [page.number for page in screen.changed(laid_out(kit, kept))] == [4]
    picture(kit, "maroon")
    (changed,) = screen.changed(laid_out(kit, kept))
    assert changed.number == 3
    assert journey.build(kit, tmp_path / "out").ok
    with pypdfium2.PdfDocument(tmp_path / "out" / "dossier.pdf") as dossier:
        page = dossier[2].render(scale=96 / 72).to_pil().convert("RGB")
    assert ImageChops.difference(page, opened(changed)).getbbox() is None
