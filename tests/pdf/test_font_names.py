"""The fonts of a file are called alike by whatever version of Pango found them."""

from __future__ import annotations

import pytest
import weasyprint.pdf.fonts

from moip_press.pdf import engine

FEATURES = " #kern"  # what Pango adds to a description since 1.56


def found(description: str, monkeypatch: pytest.MonkeyPatch, **variations: float) -> engine.Font:
    """The font that WeasyPrint makes where Pango describes it so."""

    def make(font: engine.Font) -> None:
        font.variations = variations
        font.name = b"/ABCDEF+" + description.partition(" #")[0].replace(" ", "-").encode()
        font.hash = description

    monkeypatch.setattr(weasyprint.pdf.fonts.Font, "__init__", make)
    return engine.Font()


def test_features_do_not_rename_a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    older = found("Source Sans 3,", monkeypatch)
    newer = found("Source Sans 3," + FEATURES, monkeypatch)
    assert older.hash == newer.hash
    assert older.name == newer.name == b"/ONSNDG+Source-Sans-3"


def test_fonts_that_differ_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("Source Sans 3,", "Source Sans 3 Heavy", "Source Serif 4,")
    plain = {found(name, monkeypatch).hash for name in names}
    assert len(plain) == len(names)
    assert found(names[0], monkeypatch, wght=450.0).hash not in plain


def test_weasyprint_paints_with_fonts_called_so() -> None:
    assert weasyprint.pdf.stream.Font is engine.Font
