"""The period of a kit in words: what is read, what is refused, and that the words stay."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from moip_press.editions import next_edition
from moip_press.kit.folders import find_kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.when import WhenError, parse_period
from moip_press.press import journey
from tests.keeping import KEPT

READ = {
    "fr": {
        "du 1er au 30 novembre 2021": "2021-11-01 2021-11-30",
        "Du lundi 1er au mardi 30 novembre 2021": "2021-11-01 2021-11-30",
        "novembre 2021": "2021-11-01 2021-11-30",
        "tout le mois de novembre 2021": "2021-11-01 2021-11-30",
        "mois d'octobre 2021": "2021-10-01 2021-10-31",
        "d'octobre 2021 à mars 2022": "2021-10-01 2022-03-31",
        "octobre à mars 2022": "2021-10-01 2022-03-31",
        "septembre et octobre 2021": "2021-09-01 2021-10-31",
        "du 15 décembre 2021 au 15 janvier": "2021-12-15 2022-01-15",
        "01/11/2021 - 30/11/2021": "2021-11-01 2021-11-30",
        "2021-11-01/2021-11-30": "2021-11-01 2021-11-30",
        "les 4 et 5 novembre 2021": "2021-11-04 2021-11-05",
        "16 novembre 2021": "2021-11-16 2021-11-16",
        "2021": "2021-01-01 2021-12-31",
        "1 to 30 November 2021": "2021-11-01 2021-11-30",
    },
    "en": {
        "1 to 30 November 2021": "2021-11-01 2021-11-30",
        "November 1 to 30, 2021": "2021-11-01 2021-11-30",
        "November 2021": "2021-11-01 2021-11-30",
        "from September to December 2021": "2021-09-01 2021-12-31",
        "du 1er au 30 novembre 2021": "2021-11-01 2021-11-30",
    },
}
REFUSED = {
    "fr": [
        "novembre",
        "du 1er au 30 novembre",
        "du 1er au 31 novembre 2021",
        "du 30 au 1er novembre 2021",
        "1er, 3 et 5 novembre 2021",
        "les mardis de novembre 2021",
        "à partir du 1er novembre 2021",
        "16 novembre 2021, 18 h",
        "du 4 novembre 2021 à 9 h au 5 novembre 2021",
        "bientôt",
        "à confirmer",
        "9999",
        "n" * 5000,
    ],
    "en": ["11/01/2021 to 12/01/2021", "early November 2021"],
}
KIT = """\
title: Semaine
# les dates
period: {period}  # comme sur l'affiche
publisher: {{name: Ville de Saint-Exemple}}
contacts: [{{id: presse, name: Alix Martin, email: presse@example.org}}]
chapters: [cover, programme.yaml]
"""
PROGRAMME = (
    "type: programme\ntitle: Le programme\nevents:\n  - {title: Visite, when: 16 novembre}\n"
)


def write(folder: Path, period: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "kit.yaml").write_text(KIT.format(period=period), encoding="utf-8")
    (folder / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, each in READ.items() for text in each]
)
def test_a_period_in_words_is_its_first_and_last_day(language: str, text: str) -> None:
    found = parse_period(text, language)
    assert f"{found.start} {found.end}" == READ[language][text]


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, each in REFUSED.items() for text in each]
)
def test_what_is_no_stretch_of_days_or_lacks_its_year_is_refused(language: str, text: str) -> None:
    with pytest.raises(WhenError):
        parse_period(text, language)


def test_a_kit_with_a_period_in_words_is_built_like_any_other(tmp_path: Path) -> None:
    words, days = "du 1er au 30 novembre 2021", "{start: 2021-11-01, end: 2021-11-30}"
    built = []
    for name, period in (("words", words), ("days", days)):
        made = journey.build(write(tmp_path / name / "kit", period), tmp_path / name, cache=KEPT)
        assert made.ok, made.report
        built.append((tmp_path / name / "dossier.pdf").read_bytes())
    assert built[0] == built[1]


def test_words_that_are_no_period_are_told_at_their_place(tmp_path: Path) -> None:
    (told,) = read_kit(write(tmp_path / "kit", "du 1er au 31 novembre 2021")).report.diagnostics
    assert (told.code, told.span.start.column, told.span.end.column) == ("D101", 19, 30)
    assert told.hint is not None
    assert told.hint.values["example"] == "du 1er au 30 novembre 2021"


def test_the_next_edition_keeps_words_and_comments(tmp_path: Path) -> None:
    read = read_kit(write(tmp_path / "2021", "du 1er au 30 novembre 2021"))
    assert read.kit is not None
    begun = next_edition.begin(read.kit, read.sources.values(), "2022")
    text = begun.files["kit.yaml"].decode()
    assert "\nperiod: du 1er au 30 novembre 2022  # comme sur l'affiche\n" in text
    assert "previous:" in text


def test_the_kit_whose_period_ends_last_is_found(tmp_path: Path) -> None:
    for name, period in (("a", "novembre 2021"), ("b", "du 1er au 30 mars 2023"), ("c", "2022")):
        write(tmp_path / "data" / name, period)
    assert find_kit(None, tmp_path) == tmp_path / "data" / "b"


def test_a_month_of_the_period_is_the_year_of_dates(tmp_path: Path) -> None:
    kit = read_kit(write(tmp_path / "kit", "d'octobre 2021 à mars 2022")).kit
    assert kit is not None
    (event,) = (event for placed in kit.parts() for event in getattr(placed.part, "events", ()))
    assert event.when.start == datetime.date(2021, 11, 16)
