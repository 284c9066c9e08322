"""An article on its pages: nothing is cut, stands alone at the end of a page or runs together."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from moip_press.press import journey
from moip_press.press.compose.side_by_side import Columns, columns, rows
from moip_press.press.compose.templates import Words
from tests.keeping import KEPT
from tests.press.handouts import Workshop
from tests.reading import A4, MILLIMETRE, SIDE, Pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "Une phrase qui remplit la ligne, pour que le paragraphe en ait deux ou trois. " * 3
FIGURES = ["1 250 000 €", "2 750 000 €", "14 000 000", "du 3 au 28", "2026"]
FILLED = (48, 51)  # lines above a heading: the latter leave room for it, and for nothing else


def lab(name: str, profile: str) -> dict[str, str]:
    return {"id": name.lower(), "name": name, "region": "Bretagne", "profile": profile}


WORD = "Interministérialisation" * 5
CONTACTS = [{"id": f"c{n}", "name": f"Nom {n}.", "email": f"c{n}@example.org"} for n in range(60)]
PARTNERS = [{"name": f"Partenaire {n}."} for n in range(150)]
FOLLOWING: dict[str, dict[str, Any]] = {
    "cards": {"type": "cards", "items": [{"title": "Carte", "text": f"FIRST {TEXT}"}] * 3},
    "labs": {"type": "labs", "labs": [lab("Un", f"FIRST {TEXT}"), lab("Deux", TEXT)]},
    "long-lab": {"type": "labs", "labs": [lab("Long", f"FIRST {TEXT * 12}")]},
    "picture": {"type": "figure", "image": {"file": "face.jpg", "alt": "?", "caption": "FIRST"}},
    "list": {"type": "text", "text": f"- FIRST {TEXT}\n- {TEXT}"},
    "figures": {"type": "key-figures", "items": [{"value": "12", "label": "FIRST"}]},
}


def article(name: str, *body: dict[str, Any]) -> dict[str, Any]:
    return {"type": "article", "id": name, "title": f"Article {name}", "body": list(body)}


def articles() -> Iterator[dict[str, Any]]:
    items = [{"value": value, "label": "par an"} for value in FIGURES]
    yield article("figures", {"type": "key-figures", "title": "En chiffres", "items": items})
    cards = [{"title": title, "text": "- un\n- deux"} for title in ("Un", "Deux", "Trois")]
    box = {"type": "box", "text": "Encadré."}
    yield article("boxes", {"type": "cards", "items": cards}, box, box)
    image = {"file": "face.jpg", "alt": "Un visage", "caption": "Odile", "credit": "Jean Martin"}
    portrait = {"type": "figure", "image": image}
    yield article("face", portrait, {"type": "text", "text": TEXT})
    yield article("word", {"type": "directory", "labs": [{"name": WORD, "region": WORD}]})
    for name, block in FOLLOWING.items():
        for number in FILLED:
            lines = "  \n".join(f"Ligne {line}" for line in range(number))
            yield article(
                f"{name}-{number}",
                {"type": "text", "text": lines},
                block | {"title": f"HEADING {name} {number}"},
            )


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    kit = tmp_path_factory.mktemp("articles")
    (kit / "images").mkdir()
    Image.new("RGB", (600, 800), "#886644").save(kit / "images" / "face.jpg")
    files = []
    for number, part in enumerate(json.loads(json.dumps(list(articles())))):
        for lab in (lab for block in part["body"] for lab in block.get("labs", ()) if "id" in lab):
            lab["id"] = f"{lab['id'].partition('-')[0]}-{number}"
        files.append(f"{part['id']}.yaml")
        text = json.dumps(part, ensure_ascii=False).replace('"face.jpg"', '"images/face.jpg"')
        (kit / files[-1]).write_text(text, encoding="utf-8")
    (kit / "kit.yaml").write_text(
        "title: Des pages\nlanguage: fr\npublisher: {name: La ville}\n"
        "period: {start: 2026-11-01, end: 2026-11-30}\n"
        f"contacts: {json.dumps(CONTACTS)}\npartners: {json.dumps(PARTNERS)}\n"
        f"chapters: [cover, [contacts], [partners], {', '.join(files)}]\n",
        encoding="utf-8",
    )
    build = journey.build(kit, kit / "output", cache=KEPT)
    assert build.dossier is not None, build.report.diagnostics
    return Pdf(build.dossier.path)


def page_of(pdf: Pdf, name: str) -> int:
    return pdf.pages_with(f"Article {name}")[0]


def test_key_figures_stand_on_the_page_in_as_many_rows_as_they_need(pdf: Pdf) -> None:
    page = page_of(pdf, "figures")
    spots = [pdf.spot(page, re.sub(r"(?<=\d) (?=\d{3})", "\u202f", value)) for value in FIGURES]
    assert all(left >= SIDE - 1 and right <= A4[0] - SIDE for left, _, right, _ in spots)
    bases = [round(bottom) for _, bottom, _, _ in spots]
    assert max(bases[:3]) < min(bases[:3]) + 12
    assert max(bases[3:]) < min(bases[:3]) - 12


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["350"], Columns(1, 34)),
        (["350", "1 250", "12 %"], Columns(3, 34)),
        (["10"] * 5, Columns(5, 34)),
        (["10"] * 6, Columns(3, 34)),
        (["10"] * 12, Columns(4, 34)),
        (["1 250 000 €"] * 2, Columns(2, 34)),
        (["1\u202f250\u202f000\u00a0€"] * 5, Columns(3, 22)),
        (["plus de 1 000 000 000 000 €"] * 3, Columns(3, 17)),
        (["1\u202f000\u202f000\u202f000\u202f000\u00a0€"] * 4, Columns(2, 17)),
        (["Anticonstitutionnellement", "2"], Columns(2, 17)),
        ([], Columns(1, 34)),
    ],
)
def test_key_figures_are_as_large_as_their_columns_allow(
    values: list[str], expected: Columns
) -> None:
    assert columns(values) == expected


def test_what_is_long_has_a_row_of_its_own() -> None:
    assert rows("abcde", 2) == [["a", "b"], ["c", "d"], ["e"]]
    assert rows("abcd", 2, [1, 9, 1, 1], 5) == [["a"], ["b"], ["c", "d"]]
    assert rows("", 2) == []


def test_a_word_wider_than_its_column_stays_on_the_page(pdf: Pdf) -> None:
    inside = pdf.within(page_of(pdf, "word"), right=A4[0] - SIDE + 1)
    assert inside.count("é") == 2 * WORD.count("é") + "Nom Région".count("é")


def test_a_gap_stands_between_cards_and_boxes(pdf: Pdf) -> None:
    page = page_of(pdf, "boxes")
    picture, x = pdf.image(page, 1), round(30 * MILLIMETRE)
    top = round(A4[1] - pdf.spot(page, "Trois")[3])
    grounds = [picture.getpixel((x, y)) for y in range(top, round(A4[1] * 0.6))]
    changes = [(a, b) for a, b in pairwise(grounds) if a != b]
    white = (255, 255, 255)
    assert [b == white for _, b in changes if white in (_, b)] == [True, False, True, False, True]
    assert min(_runs(grounds, white)[:-1]) >= 4 * MILLIMETRE


def _runs(colours: list[Any], colour: tuple[int, int, int]) -> list[int]:
    lengths = [0]
    for each in colours:
        if each == colour:
            lengths[-1] += 1
        elif lengths[-1]:
            lengths.append(0)
    return [length for length in lengths if length]


def test_a_caption_and_its_credit_can_be_told_apart(pdf: Pdf) -> None:
    page = page_of(pdf, "face")
    assert "Odile · © Jean Martin" in pdf.page(page)
    caption, credit = pdf.spot(page, "Odile"), pdf.spot(page, "Jean")
    assert credit[3] - credit[1] < caption[3] - caption[1]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Odile Martin", "©\u00a0Odile Martin"),
        ("© Odile Martin", "© Odile Martin"),
        ("(c) Odile Martin", "© Odile Martin"),
        ("Photo : Odile Martin", "Photo : Odile Martin"),
        ("Crédit photo Odile", "Crédit photo Odile"),
        ("Agence X / © Odile", "Agence X / © Odile"),
        ("DR", "DR"),
        ("CC BY-SA Odile", "CC BY-SA Odile"),
        ("Photis Drake", "©\u00a0Photis Drake"),
    ],
)
def test_a_credit_has_one_sign(typed: str, printed: str) -> None:
    assert Words("fr", "FR", lambda _: "").credit(typed) == printed


def test_the_picture_of_a_face_is_no_page(pdf: Pdf) -> None:
    page = page_of(pdf, "face")
    ((left, bottom, right, top),) = pdf.drawn_pictures(page)
    assert top - bottom <= 120 * MILLIMETRE + 1
    assert (right - left) / (top - bottom) == pytest.approx(0.75, abs=0.01)
    assert "Une phrase" in pdf.page(page)


@pytest.mark.parametrize("number", FILLED)
@pytest.mark.parametrize("name", FOLLOWING)
def test_no_heading_stands_alone_at_the_end_of_a_page(pdf: Pdf, name: str, number: int) -> None:
    (page,) = pdf.pages_with(f"HEADING {name} {number}")
    assert "FIRST" in pdf.page(page)
    assert page - page_of(pdf, f"{name}-{number}") <= 1
    if page > page_of(pdf, f"{name}-{number}"):
        assert "Ligne 0" not in pdf.page(page)


@pytest.mark.parametrize(
    ("heading", "name", "count"),
    [("Contacts presse", "Nom", len(CONTACTS)), ("Partenaires", "Partenaire", len(PARTNERS))],
)
def test_lists_longer_than_a_page_begin_below_their_heading(
    pdf: Pdf, heading: str, name: str, count: int
) -> None:
    first = pdf.pages_with(f"{name} 0.")[0]
    assert heading in pdf.page(first)
    last = pdf.pages_with(f"{name} {count - 1}.")[-1]
    assert last > first
    text = " ".join(pdf.page(page) for page in range(first, last + 1))
    assert all(f"{name} {number}." in text for number in range(count))


DAYS = """\
title: Des jours
language: fr
publisher: {name: La ville}
period: {start: 2026-11-01, end: 2026-11-30}
chapters: [cover, programme.yaml]
"""


def test_the_days_of_an_agenda_are_whole_and_go_on_by_name(tmp_path: Path) -> None:
    (tmp_path / "kit.yaml").write_text(DAYS, encoding="utf-8")
    events = [
        {"id": f"e{day}-{number}", "title": f"Atelier {day}-{number}", "when": f"{day} novembre"}
        for day, count in ((3, 30), (4, 40))
        for number in range(count)
    ]
    part: dict[str, Any] = {
        "type": "programme",
        "title": "Programme",
        "opener": "band",
        "spacing": "tight",
    }
    part["events"] = events
    (tmp_path / "programme.yaml").write_text(json.dumps(part), encoding="utf-8")
    (agenda,) = Workshop.of(tmp_path, tmp_path).make(by="day").values()
    for day, name in ((3, "mardi"), (4, "mercredi")):
        first, *others = agenda.pages_with(f"Atelier {day}-")
        left, bottom, _, _ = agenda.spot(first, f"{day} novembre")
        assert left == pytest.approx(SIDE, abs=2)
        assert bottom < agenda.spot(first, name)[1]
        assert bottom == pytest.approx(agenda.spot(first, f"Atelier {day}-1")[1], abs=9)
        going_on = f"{name.capitalize()} {day} novembre (suite)"
        assert [
            page for page in range(1, len(agenda) + 1) if going_on in agenda.head(page)
        ] == others
    assert len(agenda.pages_with("(suite)")) == 1


def test_the_heading_of_gathered_events_goes_on_at_the_top_of_the_next_page(
    tmp_path: Path,
) -> None:
    (tmp_path / "kit.yaml").write_text(DAYS, encoding="utf-8")
    days = [2] * 24 + [9] * 3
    events = [
        {"title": f"Atelier {number}", "when": f"{day} novembre"} for number, day in enumerate(days)
    ]
    part = {"type": "programme", "title": "Programme", "events": events}
    (tmp_path / "programme.yaml").write_text(json.dumps(part), encoding="utf-8")
    (found,) = Workshop.of(tmp_path, tmp_path).make(select=("section=programme",)).values()
    going_on = found.pages_with("(suite)")
    assert len(found) >= 2
    assert going_on == [2]
    assert "(suite)" in found.head(2)
    assert "(suite)" not in found.head(1)
