"""What is a fault on a finished page, and what only looks like one: from the facts of the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.pdf.sheets import Area, Line, Sheet
from moip_press.proofread.finished_pages import proofread_pages
from moip_press.proofread.page_records import LaidChapter, Places

AREA = Area(18, 20, 192, 273)
EVENT = "programme--atelier"
VISIT = "programme--visite"
SECTION = "programme--programme"


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    (tmp_path / "kit.yaml").write_text(
        "title: Semaine du numérique\nperiod: {start: 2021-11-01, end: 2021-11-30}\n"
        "publisher: {name: Ville de Saint-Exemple}\nchapters: [cover, programme.yaml]\n",
        encoding="utf-8",
    )
    (tmp_path / "programme.yaml").write_text(
        "type: programme\nid: programme\ntitle: Le programme\nevents:\n"
        "  - {title: Atelier, when: 16 novembre, text: Voir l'annexe de l'atelier.}\n"
        "  - {title: Visite, when: 17 novembre}\n",
        encoding="utf-8",
    )
    read = read_kit(tmp_path)
    assert read.kit
    assert read.report.ok
    return read.kit


def line(
    text: str = "Atelier",
    top: float = 100,
    left: float = 52,
    width: float = 40,
    height: float = 3,
    anchor: str | None = EVENT,
    **facts: float,
) -> Line:
    return Line(text, Area(left, top, left + width, top + height), anchor, **facts)  # type: ignore[arg-type]


def title(text: str = "Visite", top: float = 268, anchor: str = SECTION) -> Line:
    return line(text, top, anchor=anchor, title=True)


def full(anchor: str = EVENT) -> tuple[Line, ...]:
    return tuple(line("Quelques mots", 24 + 5 * number, anchor=anchor) for number in range(48))


def sheet(*lines: Line, pictures: tuple[Area, ...] = ()) -> Sheet:
    return Sheet(210, 297, AREA, lines, pictures)


def codes(kit: Kit, *sheets: Sheet) -> list[str]:
    report = proofread_pages(kit, [LaidChapter(kit.chapters[1], 7, sheets)])
    return [each.code for each in report.diagnostics]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line()], []),
        ([line(wide=0.9)], []),
        ([line(wide=1.2)], ["P201"]),
        ([line("«", wide=9)], []),
        ([line(tall=4)], ["P201"]),
        ([line("«", tall=4)], []),
        ([line(left=-2)], ["P201"]),
        ([line(left=180, width=40)], ["P201"]),
        ([line(top=272)], ["P201"]),
        ([line(top=280, placed=True)], []),
        ([line(top=280, margin=True)], []),
        ([line(top=296, margin=True)], ["P201"]),
        ([line(wide=5, margin=True)], []),
        ([line(), line("Visite", top=103.5)], []),
        ([line(), line("Visite", left=93)], []),
        ([line(), line("Visite", top=101.5, left=60)], ["P201"]),
        ([line(wide=3), line("Visite", top=101.5, left=60)], ["P201"]),
        ([line(tall=3), line("annexe", top=200, tall=9)], ["P201"]),
    ],
)
def test_a_text_stays_in_its_place(kit: Kit, lines: list[Line], expected: list[str]) -> None:
    assert codes(kit, sheet(line("Visite", top=24, anchor=VISIT), *lines)) == expected


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([sheet(*full())], []),
        ([sheet(*full()), sheet(*full())], ["P202"]),
        ([sheet(*full()), sheet(*full("programme--visite"))], []),
        ([sheet(*full("programme--programme")), sheet(*full("programme--programme"))], []),
    ],
)
def test_an_event_is_read_on_one_page(kit: Kit, pages: list[Sheet], expected: list[str]) -> None:
    assert codes(kit, *pages) == expected


PICTURE = Area(20, 20, 190, 250)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([sheet(line(top=24))], []),
        ([sheet()], ["P203"]),
        ([sheet(pictures=(PICTURE,))], []),
        ([sheet(*full()), sheet(line(top=24, anchor=VISIT))], ["P203"]),
        ([sheet(*full()), sheet(line(top=24, anchor=VISIT), pictures=(PICTURE,))], []),
        ([sheet(*full()), sheet(line(top=90, anchor=VISIT))], []),
        ([sheet(*full()), sheet(line(top=285, margin=True)), sheet(*full(VISIT))], ["P203"]),
    ],
)
def test_a_page_is_worth_being_turned_to(kit: Kit, pages: list[Sheet], expected: list[str]) -> None:
    assert codes(kit, *pages) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ([title()], ["P204"]),
        ([title("Une longue", 262), title("visite")], ["P204"]),
        ([title(top=262), line("Venez nombreux", 268)], []),
        ([title(top=262), line("16 novembre", 268, placed=True)], ["P204"]),
        ([title(top=60)], []),
        ([title("Atelier", anchor=EVENT)], []),  # it has no text
    ],
)
def test_a_title_stands_with_its_text(kit: Kit, last: list[Line], expected: list[str]) -> None:
    assert codes(kit, sheet(*last), sheet(*full(VISIT))) == expected
    assert codes(kit, sheet(*last)) == []


def test_what_is_wrong_is_shown_at_the_word_in_its_file(kit: Kit) -> None:
    places = Places(kit)
    span, _ = places.words(EVENT, "Voir l’annexe de")
    assert Path(span.file).name == "programme.yaml"
    assert (span.start.line, span.start.column) == (5, 47)
    assert places.title("programme--visite").start.line == 6
    assert places.title("programme--programme--end").start.line == 3
    assert places.title("cover--cover").start.line == 4
    assert places.words("cover--cover", "Semaine du")[0].start.line == 1
    assert Path(places.title(None).file).name == "kit.yaml"


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        ("mediatheque/", "mediatheque/"),
        ("reglement_interieur_adopte", "reglement_interieur_adopte"),
        ("www.bibliotheques.exa", "www.bibliotheques.exa"),
        ("mple/billets", "mple/billets"),
        ("médiathèque", "Médiathèque"),
    ],
)
def test_a_piece_of_an_address_is_found_where_the_address_is_typed(
    tmp_path: Path, piece: str, found: str
) -> None:
    (tmp_path / "kit.yaml").write_text(
        "title: Semaine\nperiod: {start: 2021-11-01, end: 2021-11-30}\n"
        "publisher: {name: Ville}\nchapters: [programme.yaml]\n",
        encoding="utf-8",
    )
    lines = (
        "type: programme\nid: programme\ntitle: Le programme\nevents:\n"
        "  - title: À la Médiathèque\n    id: atelier\n    when: 16 novembre\n"
        "    registration: https://www.bibliotheques.example/billets\n"
        "    text: Voir https://example.org/mediatheque/reglement_interieur_adopte.pdf ici.\n"
    )
    (tmp_path / "programme.yaml").write_text(lines, encoding="utf-8")
    kit = read_kit(tmp_path).kit
    assert kit
    span, _ = Places(kit).words(EVENT, piece)
    assert lines.splitlines()[span.start.line - 1][span.start.column - 1 :].startswith(found)
