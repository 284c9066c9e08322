"""The back cover: whom to ask and where to read more, with a code that a telephone reads."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
import segno

from moip_press.press import journey
from moip_press.press.compose.qr_code import code
from moip_press.press.outcome import Build
from tests.keeping import KEPT
from tests.oracle import FLAVOURS, verdicts
from tests.reading import Pdf, one_line

KIT = """\
title: Semaine de la lecture
language: fr
period: {start: 2023-03-06, end: 2023-03-12}
website: https://www.example.org/semaine
hashtag: "#Lire"
publisher: {name: Ville de Saint-Exemple}
about: {title: La ville, text: Elle lit depuis mille ans.}
contacts:
  - {id: presse, name: Alix Martin, email: presse@example.org}
  - {id: salle, name: Yann Kerber, telephone: 01 02 03 04 05}
partners:
  - {name: Les Amis du livre, logo: {words: [Les Amis, du livre]}}
  - {name: Sans logo}
chapters: [mot.yaml, BACK]
"""


def built(folder: Path, kit: str = KIT, back: str = "") -> Build:
    folder.mkdir()
    named = "dos.yaml" if back else "back-cover"
    (folder / "kit.yaml").write_text(kit.replace("BACK", named), encoding="utf-8")
    (folder / "mot.yaml").write_text(
        "type: article\ntitle: Un mot\nintroduction: Avant tout.\n", encoding="utf-8"
    )
    if back:
        (folder / "dos.yaml").write_text(f"type: back-cover\n{back}", encoding="utf-8")
    return journey.build(folder, folder.parent / "output", cache=KEPT)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Build:
    found = built(tmp_path_factory.mktemp("back") / "kit")
    assert found.report.diagnostics == ()
    return found


def read(build: Build) -> Pdf:
    assert build.dossier is not None, build.report
    return Pdf(build.dossier.path)


def test_it_is_one_last_page_with_all_that_a_reader_keeps(made: Build) -> None:
    pdf = read(made)
    assert len(pdf) == 2
    text = one_line(pdf.pages[-1])
    for words in (
        "Semaine de la lecture",
        "Du 6 au 12 mars 2023",
        "#Lire",
        "www.example.org/semaine",
        "Contacts presse",
        "Alix Martin",
        "01 02 03 04 05",
        "Elle lit depuis mille ans.",
        "Les Amis du livre",
    ):
        assert words in text, words


def test_an_address_that_the_code_has_is_not_said_twice(tmp_path: Path) -> None:
    for number, (address, times) in enumerate(
        (("https://www.example.org/semaine/", 1), ("https://www.example.org/ville", 2))
    ):
        kit = KIT.replace("{title: La ville,", f"{{title: La ville, website: '{address}',")
        text = one_line(read(built(tmp_path / str(number), kit)).pages[-1])
        assert text.count("www.example.org") == times, address


def test_what_stands_below_its_title_is_at_its_foot(made: Build) -> None:
    _, logos, _, _ = read(made).spot(2, "Les Amis")
    _, contacts, _, _ = read(made).spot(2, "Alix Martin")
    _, title, _, _ = read(made).spot(2, "Semaine")
    assert logos < 110 < contacts < title - 200


def test_listeners_hear_where_the_code_leads(made: Build) -> None:
    assert "Code QR\N{NO-BREAK SPACE}: www.example.org/semaine" in read(made).pictures
    assert "https://www.example.org/semaine" in {link.uri for link in read(made).links}


def test_the_code_is_a_drawing_of_the_address() -> None:
    made = code("https://www.example.org/été")
    same = segno.make("https://www.example.org/%C3%A9t%C3%A9", error="q", boost_error=False)
    assert made.drawing == same.svg_data_uri(border=4)
    assert unquote(made.drawing).startswith("data:image/svg+xml")
    assert made.shown == "www.example.org/été"
    assert code("https://exämple.org/").drawing != code("https://example.org/").drawing


def test_an_address_too_long_for_a_code_is_named(tmp_path: Path) -> None:
    long = f"https://www.example.org/{'a' * 300}"
    found = built(tmp_path / "kit", back=f"code: {long}\n")
    (fault,) = found.report.diagnostics
    assert (fault.code, Path(fault.span.file).name) == ("S104", "dos.yaml")
    found = built(tmp_path / "other", KIT.replace("https://www.example.org/semaine", long))
    (fault,) = found.report.diagnostics
    assert (fault.code, Path(fault.span.file).name) == ("S104", "kit.yaml")


def test_a_kit_says_where_the_code_leads_whom_to_ask_and_no_logos(tmp_path: Path) -> None:
    own = "code: https://agenda.example.org\ncode_label: L'agenda\n"
    own += "contacts: [salle]\npartners: no\n"
    text = one_line(read(built(tmp_path / "kit", back=own)).pages[-1])
    assert "L’agenda agenda.example.org" in text
    assert "Alix Martin" not in text
    assert "Les Amis" not in text


def test_without_a_website_there_is_no_code(tmp_path: Path) -> None:
    found = built(tmp_path / "kit", KIT.replace("website: https://www.example.org/semaine\n", ""))
    assert "Code QR" not in " ".join(read(found).pictures)


@pytest.mark.long
def test_verapdf_accepts_it(made: Build) -> None:
    said = verdicts([read(made).path])
    assert len(said) == len(FLAVOURS)
    assert {each.outcome for each in said.values()} == {"pass"}, said
