"""WeasyPrint works in quicker ways, and makes the same bytes."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest
import weasyprint
from weasyprint.css import get_all_computed_styles

from moip_press.kit.folders import program_folder
from moip_press.pdf import engine, known_sheets, quicker
from moip_press.press import journey
from moip_press.press.outcome import Order, Request
from moip_press.system.cache import Cache
from tests.keeping import KEPT

HARBOUR = Path(__file__).parents[1] / "kits" / "harbour"
FESTIVAL = Path(__file__).parents[2] / "data" / "examples" / "festival"


def contents(kit: Path, output: Path) -> dict[str, bytes]:
    """Return the PDFs of a kit, by their names."""
    made = journey.build(kit, output, order=Order(handouts=Request()))
    assert made.ok, made.report.diagnostics
    return {path.name: path.read_bytes() for path in output.rglob("*.pdf")}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    with quicker.only(()):
        return contents(HARBOUR, tmp_path_factory.mktemp("plain"))


def test_all_ways_are_used() -> None:
    assert engine.is_known()
    for way in quicker.WAYS.values():
        for owner, name, ours in way:
            assert getattr(owner, name) is ours


def test_all_ways_together_make_the_same_bytes(plain: dict[str, bytes], tmp_path: Path) -> None:
    assert len(plain) > 3
    assert contents(HARBOUR, tmp_path) == plain


@pytest.mark.long
@pytest.mark.parametrize("name", quicker.WAYS)
def test_each_way_alone_makes_the_same_bytes(
    plain: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    with quicker.only({name}):
        assert contents(HARBOUR, tmp_path) == plain


def pdf(css: bytes) -> bytes:
    """Return the PDF of a document in Helvetica or what stands for it, with a style sheet."""
    style = weasyprint.CSS(file_obj=io.BytesIO(css), base_url="https://kit.invalid/")
    made: bytes = weasyprint.HTML(string="<p>A<p>B").write_pdf(stylesheets=[style])
    return made


def test_what_differs_in_ids_only_has_children_of_equal_styles() -> None:
    sections = "".join(
        f"<section {given}><p>Words</p></section>"
        for given in ("id=a", "id=b", "id=c lang=en", "id=d style='color: red'", "id=e class=y")
    )
    sheet = weasyprint.CSS(string="p::before { content: attr(id) } .y { color: blue }")
    html = weasyprint.HTML(string=sections)
    style_for = get_all_computed_styles(html, [sheet])
    first, same, *others = html.etree_element.iter("section")
    assert style_for(first)["anchor"] == "a"
    assert style_for(same)["anchor"] == "b"
    for pseudo_type in (None, "before", "marker"):
        styles = [style_for(each[0], pseudo_type) for each in (first, same, *others)]
        assert styles[0] is styles[1]
        assert len({id(style) for style in styles}) == 4
    assert [style_for(each[0])["lang"] for each in (first, same, others[0])] == [None, None, "en"]
    assert style_for(others[1][0])["color"] != style_for(first[0])["color"]


def test_a_style_sheet_is_read_once_and_means_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    css = b"@page { margin: 3cm } @media print { p { color: red } } p + p { color: blue }"
    with quicker.only(()):
        plain = pdf(css)
        assert pdf(b"") != plain
    assert pdf(css) == plain
    monkeypatch.setattr(known_sheets, "_parse_sheet", None)
    assert pdf(css) == plain


def test_what_our_style_sheets_do_serves_other_processes_and_those_of_kits_are_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_sheets, "COMPILED", Cache(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    css = program_folder("styles").joinpath("event.css").read_bytes()
    made = []
    for _ in range(2):
        monkeypatch.setattr(known_sheets, "_known", {})
        made.append(pdf(css))
        monkeypatch.setattr(known_sheets, "_parse_sheet", None)
    assert made[0] == made[1]
    monkeypatch.undo()
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"damaged")
    monkeypatch.setattr(known_sheets, "COMPILED", Cache(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(known_sheets, "_known", {})
    assert pdf(css) == made[0]
    pdf(css + b"p { color: red }")
    assert list(tmp_path.iterdir()) == [kept]


def test_the_faults_of_a_style_sheet_are_reported_each_time() -> None:
    said = []
    for _ in range(2):
        with engine.logged() as found:
            pdf(b"p { colour: red }")
        said.append(found)
    assert said[0] == said[1] != []


@pytest.mark.parametrize(
    "css",
    [
        b"@import 'more.css';",
        b"@\\66ont-face { font-family: x; src: url(x.ttf) }",
        b"@media print { @font-face { font-family: x; src: url(x.ttf) } }",
        b"@counter-style x { symbols: a b }",
        b"@layer a, b;",
    ],
)
def test_a_style_sheet_that_does_more_is_read_each_time(
    monkeypatch: pytest.MonkeyPatch, css: bytes
) -> None:
    read: list[bytes] = []
    real = known_sheets._parse_sheet

    def noted(content: bytes, *rest: object) -> object:
        read.append(content)
        return real(content, *rest)

    monkeypatch.setattr(known_sheets, "_parse_sheet", noted)
    with engine.logged():
        for _ in range(2):
            weasyprint.CSS(
                file_obj=io.BytesIO(css),
                base_url="https://kit.invalid/",
                url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols=()),
            )
    assert read == [css, css]


class Watched:
    """A style that notes which of its properties are read."""

    def __init__(self, style: Any, read: set[str]) -> None:
        vars(self).update(vars(style))
        self._style = style
        self._read = read

    def __getitem__(self, name: str) -> Any:
        self._read.add(name)
        return self._style[name]


@pytest.mark.long
def test_lines_are_told_apart_by_all_that_they_depend_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: set[str] = set()
    real = quicker._split_first_line

    def watched(text: str, style: Any, *rest: Any) -> Any:
        return real(text, Watched(style, read), *rest)

    monkeypatch.setattr(quicker, "_split_first_line", watched)
    with quicker.only(["lines"]):
        journey.build(FESTIVAL, tmp_path, cache=KEPT)
        assert len(read) > 20
        assert read <= set(quicker.LINE)
