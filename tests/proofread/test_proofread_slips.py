"""Slips of whoever copied or typed in haste: words, numbers, names, addresses, days and hours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from moip_press.proofread import dates, links, names, typography
from moip_press.proofread.review import review
from moip_press.report.diagnostics import Severity
from tests.keeping import KEPT
from tests.proofread.proofs import DAY, found, text

SLIPS = {
    # joined words
    "On entend la batterieMathieu et le piano.": ["T224 Mathieu"],
    "La soirée finit par un concert20h30 au bar.": ["T224 20h30"],
    "Ma chaîne YouTube, mon iPhone et MaPrimeRénov sont à part.": [],
    "MonCompteFormation, OpenAgenda et DuoDay sont des noms.": [],
    # the same word twice
    "On vient pour la la fête du port.": ["T251 la"],
    "Elle chante la la la avec la la chorale, et tra la la pour finir.": ["T251 la"],
    "Sur l'air de la la la, on danse.": [],
    # numbers
    "Dès 8ans, pour 30personnes.": ["T225 ans"],
    "Un trajet de 3km en 15min.": ["T225 km"],
    "Le 4x4 du 3e, salle B2, un vol A320 et 2h30 de route.": [],
    # apostrophes
    "Un stage d écriture et l atelier.": ["T226  "],
    "Jai faim, nest ce pas, et c est bien.": ["T226 Jai"],
    "Le plan d accès est prêt.": ["T226  "],
    "Il a 3 l en réserve, la vitamine C est là, le groupe B aussi.": [],
    "Les classes de 6e A et de 5e D iront à l’abri.": [],
    # hyphens
    "Rendez vous place Wilson.": ["T227 Rendez vous"],
    "Notre rendez vous est là bas.": ["T227 rendez vous", "T227 là bas"],
    "Souhaitez vous venir avec eux mêmes ?": ["T227 eux mêmes", "T227 Souhaitez vous"],
    "Quand vous vous rendez vous-même au port, vous avez vous et vos amis.": [],
    "Il peut être là après midi, et nous nous inscrivons.": [],
    # units
    "Deux sacs de 20 Kg et 120 m2.": ["T228 Kg"],
    "Une toile de 4 x 6 m et une autre de 2m x 3m.": ["T228 x"],
    "Un match de 2 x 45 min, un débat de 30 mn.": ["T228 mn"],
    "La formule m2, le format 16/9 et 4 x 100 mètres.": [],
    # spaces
    "Qui vient ?tous ! On rit…on pleure.": ["T213 …", "T213 ?"],
    "Un concert :suite et fin.": ["T213 :"],
    "Il finit –enfin son tour.": ["T213 –"],
    "P!nk, (…) et [...] ne changent pas…": [],
}


@pytest.mark.parametrize("line", SLIPS)
def test_a_slip_of_the_keyboard_is_found(line: str, tmp_path: Path) -> None:
    met = found(typography.FINDERS, tmp_path, text(line))
    assert sorted(f"{code} {words}" for code, words in met) == sorted(
        each.strip() if each != "T226  " else "T226 " for each in SLIPS[line]
    )


@pytest.mark.parametrize("line", ["We meet in in the hall.", "It is for you you know."])
def test_a_word_stands_twice_in_english(line: str, tmp_path: Path) -> None:
    met = found(typography.FINDERS, tmp_path, text(line), language="en")
    assert [code for code, _ in met] == ["T251"]


@pytest.mark.parametrize(
    ("line", "slip"),
    [
        ("Voir wwww.example.org ce soir.", None),
        ("Voir http//www.example.org ce soir.", "http//"),
        ("Voir htpps://example.org ce soir.", "htpps://"),
        ("Écrire à presse@example,org ce soir.", "presse@example,"),
        ("Écrire à presse @example.org ce soir.", "presse @"),
        ("Voir www.example.org, https://example.org et presse@example.org.", ""),
    ],
)
def test_a_slip_in_an_address_is_found_once(line: str, slip: str | None, tmp_path: Path) -> None:
    met = [each for each in found(links.FINDERS, tmp_path, text(line)) if each[0][1:] != "201"]
    codes = [code for code, _ in met]
    if slip is None:  # it is read as a link
        assert codes == ["L203"]
    else:
        assert met == ([("L106", slip)] if slip else [])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Anne Dupond lit. Anne Dupont signe.", ["N207"]),
        ("Avec Mehdi Belkacem, puis Medhi Belkacem.", ["N207"]),
        ("Michel Durand et Michèle Durand, Paul Blanc et Paule Blanc.", []),
        ("Anne Martin et Jeanne Marti, rue Victor Hugo et Place Victor Hugo.", []),
        ("Mehdi Belkacem anime l'atelier, puis Medhi répond aux questions.", ["N207"]),
        ("Avec Mélanie Dupont et les dessins de Mélannie.", ["N207"]),
        ("Marie Dupont lit Marina, avec Maria, Mario et Marius ; Jean Petit et les Jeans.", []),
        ("Paul Martin lit Pauline. Marin Dupont entre au Marais, à Morin.", []),
        ("La DITP et la DTIP, la SNCF.", ["N208"]),
        ("Le BTS, le BST, la CAF et le CFA.", []),
    ],
)
def test_near_names_are_found(line: str, expected: list[str], tmp_path: Path) -> None:
    met = found(names.FINDERS, tmp_path, text(line))
    assert [code for code, _ in met] == expected


def event(words: str, when: str = "17 novembre, 18:00-20:00", **fields: Any) -> dict[str, Any]:
    one = {"title": "Atelier", "when": when, "text": words, **fields}
    return {"type": "programme", "title": "Le programme", "events": [one]}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Le jeudi 18 novembre à 18h, venez nombreux.", ["D213"]),
        ("Rendez-vous le 19 novembre devant la mairie.", ["D213"]),
        ("Rendez-vous le 17 novembre ou le 19 novembre.", []),
        ("Inscriptions avant le 10 novembre. Une autre séance a lieu le 24 novembre.", []),
        ("Le 11 novembre 1918, les cloches sonnent.", []),
        ("Le 17 novembre à 19h, on lit.", ["D214"]),
        ("Le 17 novembre de 18h à 20h, on lit.", []),
        ("Rendez-vous à 19h30 devant la mairie.", ["D214"]),
        ("Rendez-vous à 17h45 devant la mairie.", []),
        ("Rendez-vous à 19h30, après le repas de 19h.", []),
        ("Le 17 novembre 2020, on lit.", ["D215"]),
        ("Le 17 novembre 1920, on lisait.", []),
        ("Du 3 au 28 novembre 2022, on expose.", ["D215"]),
        ("Lundi, 16 novembre, on range.", ["D203"]),
        ("Le 17 novembre (lundi), on range.", ["D203"]),
        ("Ouvert lundi, mardi, 17 novembre compris.", []),
        ("Vendredi 17/11, on range.", ["D203"]),
    ],
)
def test_a_text_contradicts_its_event(words: str, expected: list[str], tmp_path: Path) -> None:
    met = found(dates.FINDERS, tmp_path, event(words))
    assert sorted(code for code, _ in met) == expected


def test_last_years_year_stays_in_a_title(tmp_path: Path) -> None:
    part = {**event("On lit."), "title": "Le programme 2020"}
    assert found(dates.FINDERS, tmp_path, part) == [("D215", "2020")]
    other = {**event("Le prix 2020 est ici."), "title": "Le programme de novembre"}
    assert found(dates.FINDERS, tmp_path, other) == []


KIT = """\
title: Semaine du numérique
period: {{start: 2021-11-01, end: {end}}}
publisher: {{name: Ville de Saint-Exemple}}
{field}
contacts:
  - {{id: presse, name: Alix Martin, email: presse@example.org}}
chapters: [programme.yaml]
"""
PROGRAMME = """\
type: programme
title: Le programme
events:
  - title: Atelier
    when: pas une date
    text: Au coeur de la ville.
  - titel: Visite
    when: 3 novembre
    text: Une soeur.
  - title: Débat
    when: 4 novembre
    colour: blue
    text: Un noeud.
"""


@pytest.mark.parametrize("field", ["", "colour: blue", "website: [a]"])
@pytest.mark.parametrize("end", ["2021-11-30", "2021-11-31"])
def test_an_error_in_a_field_hides_no_warning_elsewhere(
    tmp_path: Path, end: str, field: str
) -> None:
    (tmp_path / "kit.yaml").write_text(KIT.format(end=end, field=field), encoding="utf-8")
    (tmp_path / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    diagnostics = review(tmp_path, DAY, KEPT).report.diagnostics
    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    assert {each.span.start.line for each in errors if "programme" in each.span.file} == {5, 7, 12}
    warnings = [each for each in diagnostics if each.severity is Severity.WARNING]
    # of an event without a title nothing is left; the others keep their lines
    assert [(each.code, each.span.start.line) for each in warnings] == [("T242", 6), ("T242", 13)]
