"""Pages that were given other numbers are, to the byte, those laid out with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from moip_press.kit.folders import Theme
from moip_press.pdf import engine, typeset
from moip_press.pdf.typeset import Pages, Typesetter

TEXT = "<p>Ten thousand words of the quay.</p>" * 220
HTML = f'<html lang="en"><title>t</title><body data-running="On the quay" data-foot="x">{TEXT}'


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    (tmp_path / "styles").mkdir()
    return Theme(tmp_path)


def styled(theme: Theme, css: str) -> Typesetter:
    (theme.kit / "styles" / "kit.css").write_text(css, encoding="utf-8")
    return Typesetter(theme)


def drawn(pages: Pages) -> bytes:
    return typeset.write_pdf([pages]).content


def test_this_is_the_version_whose_insides_are_known() -> None:
    assert engine.is_known()


@pytest.mark.parametrize(
    "css",
    [
        "",
        "@page { @bottom-right { content: none } @top-center { content: 'p. ' counter(page) } }",
        "@page { @bottom-right { content: counter(page, lower-roman); width: auto } }",
        "@page { @bottom-center { content: string(running) counter(page) '/' counter(pages) } }",
    ],
)
@pytest.mark.parametrize(("before", "after"), [(7, 2), (1, 10), (4, 123)])
def test_moved_pages_are_those_laid_out_anew(
    theme: Theme, css: str, before: int, after: int
) -> None:
    typesetter = styled(theme, css)
    laid = typesetter.lay_out(HTML, before)
    assert len(laid) > 2
    moved = typesetter.moved(laid, HTML, after - before, after)
    assert moved is not None
    assert drawn(moved) == drawn(typesetter.lay_out(HTML, after))
    assert drawn(moved) != drawn(laid)


@pytest.mark.parametrize(
    "css",
    [
        "p:first-child::before { content: counter(page) }",
        "h1 { string-set: x counter(page) }",
        "a::after { content: target-counter(attr(href), page) }",
        "p { counter-reset: page 4 }",
    ],
)
def test_where_a_number_stands_in_the_text_pages_are_laid_out_again(theme: Theme, css: str) -> None:
    typesetter = styled(theme, css)
    assert typesetter.moved(typesetter.lay_out(HTML, 1), HTML, 2, 3) is None


@pytest.mark.parametrize("css", ["@page :left { margin-left: 40mm }", "h1 { break-before: right }"])
def test_where_left_and_right_pages_differ_a_move_keeps_the_sides(theme: Theme, css: str) -> None:
    typesetter = styled(theme, css)
    laid = typesetter.lay_out(HTML, 1)
    assert typesetter.moved(laid, HTML, 1, 2) is None
    moved = typesetter.moved(laid, HTML, 2, 3)
    assert moved is not None
    assert drawn(moved) == drawn(typesetter.lay_out(HTML, 3))


def test_a_number_in_a_template_s_own_style_counts_too(theme: Theme) -> None:
    typesetter = styled(theme, "")
    html = HTML.replace("<body", "<style>p::before { content: counter(page) }</style><body")
    assert typesetter.moved(typesetter.lay_out(html, 1), html, 2, 3) is None


def test_with_another_version_pages_are_laid_out_again_and_nothing_is_laid_over(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "VERSION", "71.0")
    typesetter = styled(theme, "")
    laid = typesetter.lay_out(HTML, 1)
    band = typesetter.lay_out('<html lang="en"><body><p>band', 1)
    assert typesetter.moved(laid, HTML, 2, 3) is None
    assert not laid.takes_head(band)
    assert not laid.takes_foot(band)


def test_what_is_drawn_does_not_depend_on_what_was_drawn_before(theme: Theme) -> None:
    typesetter = styled(theme, "")
    linked = HTML + '<p id="a"><a href="https://example.org">x</a> <a href="#a">y</a></p>'
    laid = typesetter.lay_out(linked, 1)
    first = drawn(laid)
    typeset.write_pdf([typesetter.lay_out(HTML, 1), laid])
    assert drawn(laid) == first


@pytest.mark.parametrize(("margin", "takes"), [("0", True), ("5mm", False)])
def test_a_strip_lies_over_a_picture_only_where_it_begins_at_the_edge(
    theme: Theme, margin: str, takes: bool
) -> None:
    typesetter = styled(theme, "@page { margin: 0 }")
    picture = '<svg width="100" height="300" viewBox="0 0 1 3" style="display: block"></svg>'
    html = f'<html lang="en"><body style="margin: {margin} 0 0">{picture}<p>words'
    band = '<html lang="en"><body style="margin: 0"><p style="margin: 0">band'
    laid = typesetter.lay_out(html, 1)
    assert laid.takes_head(typesetter.lay_out(band, 1)) is takes
