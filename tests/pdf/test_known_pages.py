"""Pages that were laid out before are taken as they are, and only where nothing would differ."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.model.parts import Programme
from moip_press.pdf import known_pages
from moip_press.pdf.typeset import Shelf, Typesetter
from moip_press.pdf.typeset.pages import Facts, Painted
from moip_press.press import fit
from moip_press.press.compose import Composer
from moip_press.system.serialization import packed

KIT = Path(__file__).parents[2] / "data" / "2021"
FOLIO = 9


@pytest.fixture(scope="module")
def section() -> str:
    """A section of the kit of 2021 that fills several pages, as it is laid out first."""
    kit = read_kit(KIT).kit
    assert kit is not None
    kit, theme = kit.printed(), Theme(KIT)
    for chapter in kit.chapters:
        part = chapter.parts[0].part
        if isinstance(part, Programme) and part.id == "etat":
            fits = {part.id: fit.first(part)}
            return Composer(kit, theme).chapter(chapter, {}, fits).html
    raise LookupError


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the pages that WeasyPrint has filled."""
    numbers: list[int] = []
    plain = known_pages._make_page

    def noted(*given: Any) -> Any:
        numbers.append(given[4])
        return plain(*given)

    monkeypatch.setattr(known_pages, "_make_page", noted)
    return numbers


class Desk:
    """What lays out again and again, and a new one each time beside it."""

    def __init__(self) -> None:
        self._stays = self._new()
        known_pages.keep(self._stays[1].fonts)

    def _new(self) -> tuple[Shelf, Typesetter]:
        shelf = Shelf()
        return shelf, Typesetter(Theme(KIT), shelf)

    def pages(self, html: str, *, anew: bool = False) -> tuple[Facts, bytes]:
        """Return what is known and painted of a document."""
        shelf, typesetter = self._new() if anew else self._stays
        pages = typesetter.lay_out(html, FOLIO)
        found = pages.facts, packed(Painted, shelf.painted_first(pages))
        shelf.let_go()
        return found


def test_only_the_page_of_a_changed_event_is_laid_out_again(section: str, made: list[int]) -> None:
    desk = Desk()
    desk.pages(section)
    assert made == [1, 2, 3]
    for text in ("nombreux dispositifs", "dispositifs"):
        made.clear()
        changed = section.replace("De nombreux dispositifs", f"De {text}", 1)
        found = desk.pages(changed)
        assert made == ([] if changed == section else [2])
        assert found == desk.pages(changed, anew=True)


def test_pages_whose_breaks_move_are_laid_out_again(section: str, made: list[int]) -> None:
    desk = Desk()
    desk.pages(section)
    made.clear()
    longer = section.replace("De nombreux", "De très nombreux dispositifs et " * 60 + "nombreux", 1)
    found = desk.pages(longer)
    assert made[0] == 2
    assert len(made) > 1
    assert found == desk.pages(longer, anew=True)


def test_what_all_pages_inherit_is_no_page_s_own(section: str, made: list[int]) -> None:
    desk = Desk()
    desk.pages(section)
    made.clear()
    changed = section.replace('lang="fr"', 'lang="en"', 1)
    found = desk.pages(changed)
    assert made == [1, 2, 3]
    assert found == desk.pages(changed, anew=True)


STYLE = weasyprint.CSS(
    string="""
@page { size: 90mm 120mm; margin: 8mm; @bottom-center { content: string(said) counter(page) } }
body { counter-reset: n; font-family: sans-serif }
p, h2, li { margin: 2mm 0; orphans: 2; widows: 2 }
h2 { break-after: avoid; string-set: said content() }
h2::before { counter-increment: n; content: counter(n) ". " }
.float { float: left; width: 20mm; height: 15mm; background: #ccc }
.whole { break-inside: avoid; display: flow-root } .whole:last-child { color: red }
.flex { display: flex } .grid { display: grid; grid-template-columns: 1fr 2fr }
.columns { columns: 2 } .hung { position: relative } .hung i { position: absolute; right: 0 }
.new { break-before: page } .named { page: named } @page named { margin: 12mm }
.note { float: footnote }
"""
)
WORDS = "one of the boats that lie in the harbour is painted anew every spring"
KINDS = (
    "<p>{}</p>",
    "<p>{} <b>{}</b></p>",
    "<h2>{}</h2>",
    "<div class=float></div><p>{}</p>",
    "<div class=whole><div class=float>{}</div><h3>{}</h3><p>{}</p></div>",
    "<div class=flex><p>{}</p><p>{}</p></div>",
    "<div class='grid whole'><p>{}</p><p>{}</p></div>",
    "<div class=columns><p>{}</p><p>{}</p></div>",
    "<div class=hung><i>{}</i><p>{}</p></div>",
    "<table><tr><td>{}<td>{}<tr><td>{}<td>{}</table>",
    "<ul><li>{}<li>{}<li>{}</ul>",
    "<p class=new>{}</p>",
    "<div class=named><p>{}</p></div>",
)


def unit(chance: random.Random) -> str:
    """Return a block of some kind, of some length."""

    def text() -> str:
        return " ".join(chance.choices(WORDS.split(), k=chance.choice((1, 6, 30, 90))))

    kind = chance.choice(KINDS)
    return kind.format(*(text() for _ in range(kind.count("{}"))))


def pdf(units: list[str], fonts: FontConfiguration) -> bytes:
    """Return the PDF of blocks one below the other."""
    made = io.BytesIO()
    html = weasyprint.HTML(string="<body><article>" + "\n".join(units) + "</article>")
    html.write_pdf(made, stylesheets=[STYLE], font_config=fonts, uncompressed_pdf=True)
    return made.getvalue()


@pytest.mark.parametrize(
    "seed", [0, pytest.param(1, marks=pytest.mark.long), pytest.param(2, marks=pytest.mark.long)]
)
def test_changes_of_all_kinds_make_the_same_bytes(seed: int, made: list[int]) -> None:
    chance = random.Random(seed)  # noqa: S311 -- the same in each run
    stays = FontConfiguration()
    known_pages.keep(stays)
    units = [unit(chance) for _ in range(24)]
    if seed == 2:
        units[12] = "<p>Words<span class=note>a note</span></p>"
    filled = all_pages = 0
    for _ in range(6):
        place = chance.randrange(len(units))
        units[place : place + chance.choice((0, 1, 1, 2))] = [unit(chance)] * chance.choice((0, 1))
        made.clear()
        ours = pdf(units, stays)
        filled += len(made)
        made.clear()
        assert ours == pdf(units, FontConfiguration())
        all_pages += len(made)
    assert filled < all_pages
