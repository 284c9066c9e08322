"""Days and hours that disagree: what is told to the press officer, and what is left alone."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from moip_press.kit.when import Period
from moip_press.proofread import dates
from moip_press.proofread.dates.days_of_rest import HolidayCalendar
from moip_press.proofread.dates.event_order import in_order
from moip_press.proofread.dates.mentions import mentions
from moip_press.system.cache import Cache
from moip_press.text.folding import fold_in_place
from moip_press.text.person_names import is_person
from tests.proofread import proofs

Found = list[tuple[str, str]]
Check = Callable[..., Found]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Writes a kit and returns what is found in its dates: the code, and the words."""

    def found(
        *events: dict[str, Any],
        texts: tuple[str, ...] = ("Un texte.",),
        section: dict[str, Any] | None = None,
        **kit: Any,
    ) -> Found:
        listed = list(events or ({"title": "Atelier", "when": "2021-11-02"},))
        programme = {"type": "programme", "title": "Programme", **(section or {}), "events": listed}
        blocks = (proofs.article(*({"type": "text", "text": text} for text in texts)), programme)
        edition = {"title": "Mois de l'innovation publique", **kit}
        result = proofs.found(dates.FINDERS, tmp_path, *blocks, **edition)
        return sorted((code, words.strip("\"'")) for code, words in result)

    return found


def words_of(text: str, language: str = "fr") -> list[str]:
    period = Period(datetime.date(2021, 11, 1), datetime.date(2021, 11, 30))
    found = mentions(text, fold_in_place(text), language, period)
    return [text[each.start : each.end] for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cette 8e édition se déroulera du 2 au 30 novembre. Elle", ["du 2 au 30 novembre"]),
        ("les 5, 19 et 26 novembre.", ["les 5, 19 et 26 novembre"]),
        ("Salle 3, 18 novembre, 18 h", ["18 novembre"]),
        ("le mardi 2 et le jeudi 4 novembre 2021", ["le mardi 2 et le jeudi 4 novembre 2021"]),
        ("entre le 3 et le 5 novembre, 2000 personnes", ["entre le 3 et le 5 novembre"]),
        ("le 31 novembre et le 29 février 2021", ["le 31 novembre", "le 29 février 2021"]),
        ("24/7, 3/4 des agents, le 18/11/2021", ["le 18/11/2021"]),
        ("le 2021-11-18", ["le 2021-11-18"]),
        ("1ᵉʳ novembre ; 1er novembre", ["1ᵉʳ novembre", "1er novembre"]),
        ("du 20 décembre au 5 janvier", ["du 20 décembre au 5 janvier"]),
        ("le 14 Juillet, au 6e étage, plus de 350 événements, 2h30", ["le 14 Juillet"]),
        ("le 3\u00a0novembre", ["le 3\u00a0novembre"]),
        ("12 millions d'euros ; 4 lots ; 10 000 personnes ; tome 2, mars", []),
        ("le 06 08 72 50 29 ou le 01.02.03.04.05", []),
        ("décembre 2020, fin 2021, novembre", []),
    ],
)
def test_days_are_found_among_other_words(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("runs from 2 to 30 November 2021.", ["from 2 to 30 November 2021"]),
        ("On November 16, 20 artists perform", ["On November 16"]),
        ("groups of 10 may register", []),
        ("Tuesday, November 3, 2021", ["Tuesday, November 3, 2021"]),
        ("November 16 and 17, 2021", ["November 16 and 17, 2021"]),
        ("the 31st of November", ["the 31st of November"]),
        ("2–30 November", ["2–30 November"]),
        ("11/12/2021 is two days", []),
    ],
)
def test_days_are_found_among_english_words(text: str, expected: list[str]) -> None:
    assert words_of(text, "en") == expected


def test_a_long_list_of_numbers_is_read_in_linear_time() -> None:
    text = ", ".join(str(n % 28 + 1) for n in range(20_000)) + " novembre"
    assert len(words_of(text)) == 1


PERIODS = [
    "Cette 8e édition se déroulera {du 2 au 30 novembre}.",
    "{Le 2 novembre} s'ouvre la 8e édition du Mois de l'innovation publique : c'est l'occasion.",
    "Le Mois de l'innovation publique revient {du 2 au 30 novembre} dans toute la France.",
    "Le Mois de l'innovation publique, porté par la Ville, aura lieu {du 2 au 30 novembre}.",
    "{Du 2 au 30 novembre}, le Mois de l'innovation publique fédère tous les agents.",
    "Le Mois de l'innovation publique ({2-30 novembre}) fédère tous les agents.",
    "Le Mois de l'innovation publique fédère, {du 2 au 30 novembre}, plus de 350 événements.",
    "Le Mois de l'innovation publique s'achèvera {le 29 novembre}.",
    "Le Mois se poursuit {jusqu'au 28 novembre}.",
    "Le Mois de l'innovation publique commence {le 2 novembre}.",
    "C'est {le 2 novembre} que s'ouvre la 8e édition.",
    "L'édition 2021 aura lieu {du 1er au 30 octobre 2021}.",
    "Le Mois de l'innovation publique aura lieu {du 1er au 30 novembre 2020}.",
    "Plus de 350 événements vous attendent {du 2 au 30 novembre}.",
    "Rendez-vous {du 2 au 30 novembre} !",
    "Le Mois de l’innovation publique se déroulera {du mardi 2 au mardi 30 novembre}.",
    "À vos agendas : le Mois de l'innovation publique débute {le mardi 2 novembre}.",
]


@pytest.mark.parametrize("text", PERIODS)
def test_another_period_in_a_text_is_told(check: Check, text: str) -> None:
    words = text[text.index("{") + 1 : text.index("}")]
    text = text.replace("{", "").replace("}", "")
    assert check(texts=(text,), edition="8") == [("D201", words)]


@pytest.mark.parametrize(
    "text",
    [
        "Cette 8e édition se déroulera du 1er au 30 novembre.",
        "Cette 8e édition se déroulera du 1er au 30 novembre 2021.",
        "Le 1er novembre s'ouvre la 8e édition du Mois de l'innovation publique.",
        "Dans le cadre du Mois de l'innovation publique, un stage se tient du 3 au 15 novembre.",
        "Pendant le Mois de l'innovation publique, du 8 au 12 novembre, la Ville ouvre ses portes.",
        "Le Mois de l'innovation publique accueille un salon qui se tient du 3 au 15 novembre.",
        "Le Mois de l'innovation publique propose du 15 au 20 novembre une semaine d'ateliers.",
        "L'exposition aura lieu du 2 au 30 novembre.",
        "La 12e édition du Forum Innovation se tiendra du 8 au 10 novembre.",
        "La 7e édition s'est déroulée du 2 au 30 novembre 2020.",
        "La 9e édition se déroulera du 2 au 29 novembre.",
        "La prochaine édition du Mois de l'innovation publique aura lieu du 2 au 30 novembre.",
        "L'an dernier, le Mois de l'innovation publique se déroule du 2 au 30 novembre.",
        "Inscriptions du 2 au 30 novembre.",
        "Le Salon des maires ouvre le 16 novembre.",
        "Tout le mois de novembre, le Mois de l'innovation publique se déroule partout.",
        "« Le Mois de l'innovation publique aura lieu du 2 au 30 novembre », disait-il.",
        "La soirée de lancement du Mois de l'innovation publique aura lieu le 28 octobre.",
        "Le Mois de l'innovation publique est né le 2 novembre 2014.",
        "La soirée de clôture du Mois de l'innovation publique se tiendra le 29 novembre.",
        "Le Mois de l'innovation publique fait étape à Lyon du 8 au 12 novembre.",
        "Le Mois de l'innovation publique à Lille, c'est une semaine du 8 au 12 novembre.",
        "Dans le cadre de la 8e édition, un hackathon aura lieu du 12 au 14 novembre.",
    ],
)
def test_what_is_not_the_periods_is_left_alone(check: Check, text: str) -> None:
    assert check(texts=(text,), edition="8") == []


WEEK = {"start": "2021-11-15", "end": "2021-11-21"}
WINTER = {"start": "2021-12-01", "end": "2022-01-31"}


@pytest.mark.parametrize(
    ("title", "period", "text", "told"),
    [
        ("Semaine du numérique", WEEK, "La Semaine aura lieu du 15 au 20 novembre.", True),
        ("Semaine du numérique", WEEK, "La semaine, du 17 au 19 novembre, sera belle.", False),
        ("Festival des Étangs", WEEK, "Le festival se déroule du 14 au 21 novembre.", True),
        ("Les Rencontres du livre", WEEK, "Les Rencontres se tiennent du 14 au 21 novembre.", True),
        ("Saison d'hiver", WINTER, "La Saison dure du 1er décembre au 31 janvier.", False),
        ("Saison d'hiver", WINTER, "La Saison dure du 2 décembre 2021 au 31 janvier 2022.", True),
    ],
)
def test_a_kit_is_called_by_its_first_noun(
    check: Check, title: str, period: dict[str, str], text: str, told: bool
) -> None:
    day = event(when=f"{period['start']}")
    found = check(day, title=title, period=period, texts=(text,))
    assert [code for code, _ in found if code == "D201"] == (["D201"] if told else [])


def test_the_cover_and_the_text_are_told_as_one_cause(check: Check) -> None:
    found = check(
        texts=("Cette édition se déroulera du 2 au 30 novembre.",),
        tagline="Du 2 au 30 novembre 2021, partout en France",
    )
    assert found == [("D201", "Du 2 au 30 novembre 2021")]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("subtitle", "Du 1er au 30 novembre 2020", "Du 1er au 30 novembre 2020"),
        ("subtitle", "Novembre 2020", "Novembre 2020"),
        ("claim", "350 événements du 2 au 30 novembre", "du 2 au 30 novembre"),
    ],
)
def test_the_cover_says_the_period_too(check: Check, field: str, text: str, words: str) -> None:
    assert check(**{field: text}) == [("D201", words)]


@pytest.mark.parametrize("text", ["Novembre 2021", "Du 1er au 30 novembre", "Horizon 2030"])
def test_a_cover_that_agrees_is_left_alone(check: Check, text: str) -> None:
    assert check(subtitle=text) == []


ENGLISH = {
    "language": "en",
    "title": "Innovation Month",
    "publisher": {"name": "Town of Example"},
}


@pytest.mark.parametrize(
    "text",
    [
        "Innovation Month runs {from 2 to 30 November}.",
        "The eighth edition of Innovation Month takes place {from 2 to 30 November 2021}.",
        "{From 2 to 30 November}, Innovation Month brings everybody together.",
        "Innovation Month (2–30 November) brings everybody together.",
        "This year's edition opens {on 2 November}.",
        "Innovation Month will be held {from November 2 to 30}.",
    ],
)
def test_another_period_in_an_english_text_is_told(check: Check, text: str) -> None:
    found = check(texts=(text.replace("{", "").replace("}", ""),), **ENGLISH)
    assert [code for code, _ in found] == ["D201"]


@pytest.mark.parametrize(
    "text",
    [
        "Innovation Month runs from 1 to 30 November.",
        "As part of Innovation Month, an exhibition runs from 3 to 15 November.",
        "Last year's edition ran from 2 to 30 November 2020.",
        "During Innovation Month, from 8 to 12 November, the town hall opens its doors.",
    ],
)
def test_what_is_not_the_periods_is_left_alone_in_english(check: Check, text: str) -> None:
    assert check(texts=(text,), **ENGLISH) == []


def event(text: str = "Un texte.", **fields: Any) -> dict[str, Any]:
    return {"title": "Atelier", "when": "16 novembre", "text": text, **fields}


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("7 décembre", True),
        ("28 octobre", True),
        ("16 novembre 2020", True),
        ("les 30 novembre et 7 décembre", True),
        ("30 novembre au 2 décembre", True),
        ("à partir du 3 décembre", True),
        ("30 novembre", False),
        ("à partir du 25 octobre", False),
        ("15 octobre au 15 décembre", False),
    ],
)
def test_an_event_outside_the_period_is_told(check: Check, when: str, told: bool) -> None:
    assert check(event(when=when)) == ([("D202", when)] if told else [])


def test_what_is_postponed_may_leave_the_period(check: Check) -> None:
    assert check(event(when="16 novembre", status="postponed", postponed_to="7 décembre")) == []
    assert check(event(when="7 décembre", status="cancelled")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Le lab propose également des portes ouvertes {le 7 décembre} pour vous faire découvrir.",
        "Une séance supplémentaire aura lieu {le 7 décembre}.",
        "Deuxième séance {le 7 décembre}.",
        "Autre atelier : {le 7 décembre}, de 14 h à 16 h.",
        "Rendez-vous {le mardi 7 décembre} à 14 h.",
        "{Le 7 décembre}, le lab organise une visite de ses locaux.",
        "L'atelier se tiendra {le 17 novembre 2020}.",
        "Le lab organise des ateliers {les 7 et 14 décembre}.",
        "La visite est également proposée {le 4 décembre}.",
        "Venez nous voir {le 30 octobre} de 9 h à 17 h.",
        "Il sera suivi d'une conférence {le 14 décembre}.",
    ],
)
def test_a_day_outside_the_period_in_a_text_is_told(check: Check, text: str) -> None:
    words = text[text.index("{") + 1 : text.index("}")]
    text = text.replace("{", "").replace("}", "")
    assert check(event(text)) == [("D202", words)]
    assert check(event(notes=[text])) == [("D202", words)]


@pytest.mark.parametrize(
    "text",
    [
        "Inscriptions avant le 25 octobre.",
        "Inscrivez-vous à l'atelier jusqu'au 25 octobre.",
        "Les candidatures sont ouvertes du 1er au 25 octobre.",
        "Les candidatures sont ouvertes jusqu'au 25 octobre à 12 h.",
        "Le Mois sans tabac commence, lui, le 1er décembre.",
        "La Semaine européenne de l'emploi se tient du 6 au 10 décembre.",
        "La loi du 11 février 2005 sera présentée.",
        "Le lab, ouvert le 12 mars 2020, propose un atelier.",
        "La conférence évoquera le 8 mars, journée des droits des femmes.",
        "Les résultats seront publiés le 10 décembre.",
        "Le lab propose également des portes ouvertes le 7 novembre.",
        "Le concours, lancé le 1er septembre, est ouvert à tous.",
        "L'exposition se tient jusqu'au 15 décembre.",
        "Né le 3 mars 1975, il anime l'atelier.",
        "Un atelier sur la journée du 14 juillet.",
        "La conférence revient sur les élections du 20 juin.",
        "Cet atelier prépare le séminaire des cadres du 9 décembre.",
        "La remise des prix aura lieu le 14 décembre.",
    ],
)
def test_other_days_in_an_events_text_are_left_alone(check: Check, text: str) -> None:
    assert check(event(text)) == []


def test_english_texts_announce_days_outside_too(check: Check) -> None:
    late = {"title": "Workshop", "when": "16 November"}
    told = check({**late, "text": "A second session will take place on 7 December."}, **ENGLISH)
    assert told == [("D202", "on 7 December")]
    assert check({**late, "text": "Register before 25 October."}, **ENGLISH) == []


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("mardi 3 novembre", "mardi"),
        ("mercredi 3 novembre", None),
        ("lundi 15 et mercredi 16 novembre", "mercredi"),
        ("mercredi 3 novembre 2021, 9 h", None),
    ],
)
def test_a_weekday_that_is_not_the_dates_is_told(
    check: Check, when: str, words: str | None
) -> None:
    assert check(event(when=when)) == ([("D203", words)] if words else [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rendez-vous le mardi 3 novembre.", "mardi 3 novembre"),
        ("Rendez-vous le mercredi 3 novembre.", None),
        ("Du lundi 8 au vendredi 13 novembre.", "vendredi 13 novembre"),
        ("Les jeudis 4 et 11 novembre.", None),
        ("Les jeudis 4 et 12 novembre.", "jeudis 4 et 12 novembre"),
        ("LUNDI 16 NOVEMBRE", "LUNDI 16 NOVEMBRE"),
        ("Mar. 3 nov. 2021", "Mar. 3 nov."),
        ("Le mardi 3 novembre 2020, déjà.", None),
        ("En 2020, le mardi 3 novembre, déjà.", None),
        ("L'an dernier, le mardi 3 novembre, déjà.", None),
        ("Le lundi 14 juillet, fête nationale.", None),
        ("Le samedi 14 juillet 1990.", None),
        ("Le dimanche 14 juillet 1990.", "dimanche 14 juillet"),
        ("Un jeu 3 novembre, en mer 4 novembre.", None),
        ("« Mardi 3 novembre », le film.", None),
    ],
)
def test_a_weekday_in_a_text_fits_its_date(check: Check, text: str, words: str | None) -> None:
    assert check(texts=(text,)) == ([("D203", words)] if words else [])


def test_english_weekdays_fit_too(check: Check) -> None:
    texts = ("On Tuesday 3 November.", "On Wednesday, November 3, 2021.")
    assert check(texts=texts, **ENGLISH) == [("D203", "Tuesday 3 November")]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"when": "1er novembre"}, True),
        ({"when": "11 novembre"}, True),
        ({"when": "28 novembre"}, True),
        ({"when": "27 novembre"}, True),
        ({"when": "26 novembre"}, False),
        ({"when": "dimanche 28 novembre"}, False),
        ({"when": "27 et 28 novembre"}, False),
        ({"when": "28 novembre", "online": "yes"}, False),
        ({"when": "28 novembre", "title": "Exposition"}, False),
        ({"when": "28 novembre", "title": "Portes ouvertes"}, False),
        ({"when": "11 novembre", "title": "Journée portes ouvertes"}, False),
        ({"when": "28 novembre", "title": "Finissage"}, False),
        ({"when": "28 novembre", "title": "Forum des associations"}, False),
        ({"when": "28 novembre", "title": "Concert"}, False),
        ({"when": "28 novembre", "audience": "familles"}, False),
        ({"when": "28 novembre", "text": "Rendez-vous ce dimanche."}, False),
        ({"when": "28 novembre", "status": "cancelled"}, False),
    ],
)
def test_a_working_event_on_a_free_day_is_told(
    check: Check, fields: dict[str, Any], told: bool
) -> None:
    found = check(event(**fields))
    assert found == ([("D204", fields["when"])] if told else [])


DECEMBER = {"start": "2022-12-01", "end": "2022-12-31"}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"region": "Alsace"}, True),
        ({"place": {"town": "Strasbourg"}}, True),
        ({"place": {"town": "Metz"}}, True),
        ({"region": "Meurthe-et-Moselle"}, False),
        ({"region": "Grand Est"}, False),
        ({}, False),
    ],
)
def test_holidays_of_a_region_need_a_place_that_says_so(
    check: Check, fields: dict[str, Any], told: bool
) -> None:
    found = check(event(when="26 décembre", **fields), period=DECEMBER)
    assert found == ([("D204", "26 décembre")] if told else [])


@pytest.mark.parametrize(("region", "told"), [("La Réunion", True), ("Bretagne", False)])
def test_holidays_of_overseas_are_those_of_their_region(
    check: Check, region: str, told: bool
) -> None:
    found = check(event(when="20 décembre", region=region), period=DECEMBER)
    assert found == ([("D204", "20 décembre")] if told else [])


def test_an_english_kit_has_the_holidays_of_its_country(check: Check) -> None:
    kit = {**ENGLISH, "period": {"start": "2021-05-24", "end": "2021-06-04"}}
    bank = {"title": "Workshop", "when": "31 May"}
    assert check(bank, **kit) == [("D204", "31 May")]
    assert check(bank, country="IE", **kit) == []
    assert check(bank, country="XX", **kit) == []


def test_where_weekends_are_usual_nothing_is_said_of_them(check: Check) -> None:
    events = [event(title=f"Atelier {n}", when=f"{n} novembre") for n in (6, 7, 13, 14, 16, 27)]
    assert check(*events) == []
    assert check(event(when="28 novembre"), title="Festival du numérique") == []


def test_events_of_two_days_make_weekends_usual_too(check: Check) -> None:
    days = ("6 et 7 novembre", "13 et 14 novembre", "21 novembre", "16 novembre")
    assert check(*(event(title=f"Atelier {n}", when=day) for n, day in enumerate(days))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rendez-vous le 31 novembre.", "31 novembre"),
        ("Le 29 février 2021, venez.", "29 février 2021"),
        ("Le 29 février 2020, déjà.", None),
        ("Né un 29 février.", None),
        ("Le 31/11/2021, venez.", "31/11/2021"),
        ("Le 12/25/2021, venez.", "12/25/2021"),
        ("Le 45 novembre.", "45 novembre"),
        ("Les 5, 12 et 31 novembre.", "31 novembre"),
        ("« 31 novembre », une pièce.", None),
        ("La référence 31/11 du 30 novembre.", None),
        ("Soixante pages, 40 mars en chocolat.", None),
    ],
)
def test_a_day_that_does_not_exist_is_told(check: Check, text: str, words: str | None) -> None:
    assert check(texts=(text,)) == ([("D205", words)] if words else [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Accueil à 25h30.", "25h30"),
        ("Accueil à 25 h.", "25 h"),
        ("De 9 h à 25 h 30.", "25 h 30"),
        ("Accueil à 14 h 75.", "14 h 75"),
        ("Accueil à 14:75.", "14:75"),
        ("Accueil à 24 h.", None),
        ("De 22 h à minuit, puis à 0 h 30.", None),
        ("48 h de débats, 35 heures, 24h/24 et 7j/7.", None),
        ("Un stage de 30 h 30.", None),
        ("Une durée portée à 36 h 30.", None),
        ("Un délai de 24 h à 48 h.", None),
        ("Au format 16:9 ou 4:3.", None),
        ("2h d'expérimentations, un atelier d'une durée de 1h30.", None),
        ("Un ratio de 45:55.", None),
    ],
)
def test_an_hour_that_no_clock_shows_is_told(check: Check, text: str, words: str | None) -> None:
    assert check(texts=(text,)) == ([("D206", words)] if words else [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ouvert de 17 h à 14 h 30.", "de 17 h à 14 h 30"),
        ("Ouvert de 16 à 14 h.", "de 16 à 14 h"),
        ("Ouvert entre 17h et 9h30.", "entre 17h et 9h30"),
        ("Le 5 novembre, 16:30-14:00.", "16:30-14:00"),
        ("Du 30 au 5 novembre.", "Du 30 au 5 novembre"),
        ("Du 20 novembre au 3 novembre.", "Du 20 novembre au 3 novembre"),
        ("Du 20 décembre au 5 janvier.", None),
        ("De 20 h à minuit, de 22 h à 2 h, de 18 h à 0 h.", None),
        ("De 9 h à 17 h et de 14 h à 16 h.", None),
        ("La durée passe de 39 h à 35 h.", None),
        ("Une nuit blanche, de 19 h à 9 h.", None),
        ("Le stationnement est libre de 19 h à 9 h.", None),
        ("L'éclairage est éteint de 18 h à 8 h.", None),
        ("Le temps de travail passe de 20 h à 15 h.", None),
        ("Trajets : Lyon 17 h - Paris 19 h.", None),
    ],
)
def test_what_ends_before_it_starts_is_told(check: Check, text: str, words: str | None) -> None:
    assert check(texts=(text,)) == ([("D207", words)] if words else [])


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("16 novembre, 16:30-14:00", True),
        ("16 novembre, 20:00-18:00", True),
        ("16 novembre, 18:00-00:00", False),
        ("16 novembre, 20:00-02:00", False),
        ("16 novembre, 14:00-02:00", False),
        ("16 novembre, 14:00-06:00", False),
        ("16 novembre, 14:00-06:30", True),
        ("16 novembre, 22:00-08:00", False),
        ("16 novembre, 14:00-16:30", False),
    ],
)
def test_an_event_that_ends_before_it_starts_is_told(check: Check, when: str, told: bool) -> None:
    assert check(event(when=when)) == ([("D207", when)] if told else [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("From 5pm to 2pm.", "From 5pm to 2pm"),
        ("From 14:00 to 12:30.", "From 14:00 to 12:30"),
        ("From 9:30 to 5:30, 10pm to 2am, 11am–1pm.", None),
        ("Doors at 13pm.", "13pm"),
        ("Doors at 25:30.", "25:30"),
        ("It costs from 15.50 to 12.30 pounds.", None),
    ],
)
def test_english_hours_are_read_too(check: Check, text: str, words: str | None) -> None:
    assert [each for _, each in check(texts=(text,), **ENGLISH)] == ([words] if words else [])


def programme(*days: int | str) -> list[dict[str, Any]]:
    titles = "mlkjihgfedcbaqponzyxwvutsr"
    return [
        event(title=f"{titles[n]} {n}", when=day if isinstance(day, str) else f"{day} novembre")
        for n, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("days", "out"),
    [
        ((8, 16, 26, 17, 23, 24, 26), ["26 novembre"]),
        ((2, 4, 8, 5, 9), ["5 novembre"]),
        ((2, 4, 8, 9), []),
        ((2, 8, 4, 9), []),
        ((3, 2, 10, 9, 15, 12), []),
        ((2, 3, 4, 24, 5, 8, 9, 10, 1, 12), ["24 novembre"]),
        ((3, 4, 5, 8, 9, "à partir du 2 novembre"), []),
        ((16, "à partir du 8 novembre", 16, 23, 26, 29), ["à partir du 8 novembre"]),
    ],
)
def test_a_section_is_told_once_that_it_goes_by_date_but_for_some(
    check: Check, days: tuple[int | str, ...], out: list[str]
) -> None:
    found = check(*programme(*days))
    assert [words for code, words in found if code == "D208"] == out


@pytest.mark.parametrize("order", ["date", "title", "place", "kit"])
def test_a_section_that_says_its_order_is_left_alone(check: Check, order: str) -> None:
    days = (8, 16, 26, 17, 23, 24, 26)
    assert [code for code, _ in check(*programme(*days))] == ["D208"]
    assert check(*programme(*days), section={"order": order}) == []


def test_many_events_out_of_order_are_one_finding_where_most_go_by_date(check: Check) -> None:
    days = [*range(1, 6), 2, *range(6, 14), 3, *range(14, 20), 4, 20]
    found = check(*programme(*days))
    assert [code for code, _ in found if code == "D208"] == ["D208"]
    assert not [
        code for code, _ in check(*programme(1, 9, 2, 8, 3, 7, 4, 6, 10, 11)) if code == "D208"
    ]


def test_a_section_with_another_order_is_left_alone(check: Check) -> None:
    by_region = [
        event(title=f"{9 - n} atelier", when=f"{day} novembre", region=region)
        for n, (day, region) in enumerate(
            [(3, "A"), (5, "A"), (8, "A"), (10, "A"), (16, "A"), (17, "A"), (4, "B"), (9, "B")]
        )
    ]
    assert check(*by_region) == []


def test_the_longest_run_in_order_is_kept() -> None:
    keys = [datetime.date(2021, 11, day) for day in (8, 16, 26, 17, 23, 24, 26)]
    assert in_order(keys) == [0, 1, 3, 4, 5, 6]
    assert in_order([]) == []


def pair(first: dict[str, Any], second: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"title": "Atelier", "when": "16 novembre, 14:00-16:00", **deepcopy(first)},
        {"title": "Débat", "when": "16 novembre, 15:00-17:00", **deepcopy(second)},
    ]


ROOM = {"place": {"venue": "Salle A", "town": "Lyon"}}


def test_one_place_cannot_hold_two_events_at_a_time(check: Check) -> None:
    assert [code for code, _ in check(*pair(ROOM, ROOM))] == ["D209"]
    assert check(*pair(ROOM, {**ROOM, "when": "16 novembre, 16:00-17:00"})) == []
    assert check(*pair(ROOM, {**ROOM, "when": "17 novembre, 15:00-17:00"})) == []
    assert check(*pair(ROOM, {**ROOM, "when": "16 novembre"})) == []
    assert check(*pair(ROOM, {**ROOM, "title": "Exposition"})) == []
    assert check(*pair(ROOM, {"place": {"venue": "Salle B", "town": "Lyon"}})) == []
    assert check(*pair(ROOM, {**ROOM, "status": "cancelled"})) == []
    online = {"place": {"venue": "En ligne"}}
    assert check(*pair(online, online)) == []


def sessions(*given: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return deepcopy({"title": "La pièce", "sessions": list(given), **fields})


def test_one_room_cannot_hold_two_sessions_at_a_time(check: Check) -> None:
    three = {"when": "16 novembre, 14:00-16:00"}, {"when": "16 novembre, 15:00-17:00"}
    apart = [
        {**each, "room": room} for each, room in zip(three, ("Salle 1", "Salle 2"), strict=True)
    ]
    assert [code for code, _ in check(sessions(*three, **ROOM))] == ["D209"]
    assert check(sessions(*apart, **ROOM)) == []
    same_room = [{**each, "room": "Salle 1"} for each in three]
    assert check(sessions(*same_room, **ROOM)) == [("D209", "Salle 1")]
    assert check(sessions(three[0], {**three[1], "room": "Salle 1"}, **ROOM)) == []
    assert check(sessions(three[0], {**three[1], "status": "cancelled"}, **ROOM)) == []
    other = {"title": "Débat", "when": "16 novembre, 15:00-17:00", **ROOM}
    assert [code for code, _ in check(sessions(three[0], **ROOM), other)] == ["D209"]
    moved = {**three[1], "status": "postponed", "postponed_to": "17 novembre, 10:00-12:00"}
    assert check(sessions(three[0], moved, **ROOM)) == []
    then = {"title": "Débat", "when": "17 novembre, 11:00", **ROOM}
    assert [code for code, _ in check(sessions(three[0], moved, **ROOM), then)] == ["D209"]


def test_events_of_one_title_clash_by_their_room_and_not_by_their_title(check: Check) -> None:
    one = {"title": "La pièce", "when": "16 novembre, 14:00-16:00", **ROOM}
    late = {**one, "when": "16 novembre, 15:00-17:00"}
    assert [code for code, _ in check(one, deepcopy(late))] == ["D209"]
    other = {**late, "place": {"venue": "Salle B", "town": "Lyon"}}
    assert check(one, deepcopy(other)) == []


def test_a_speaker_cannot_be_at_two_places_at_a_time(check: Check) -> None:
    speaker = {"speakers": ["Ousmane Traoré, géologue"]}
    assert [code for code, _ in check(*pair(speaker, speaker))] == ["D210"]
    rooms = {**speaker, **ROOM}, {**speaker, "place": {"venue": "Salle B", "town": "Lyon"}}
    assert [code for code, _ in check(*pair(*rooms))] == ["D210"]
    # in one room, it is the room that is told
    assert [code for code, _ in check(*pair(rooms[0], rooms[0]))] == ["D209"]
    team = {"speakers": ["l'équipe du musée"]}
    assert check(*pair(team, team)) == []
    two = {"when": "16 novembre, 14:00-16:00"}, {"when": "16 novembre, 15:00-17:00"}
    assert check(sessions(*two, **speaker)) == []


def test_one_person_cannot_hold_two_events_at_a_time(check: Check) -> None:
    person, institution = {"organisers": ["Alix Martin"]}, {"organisers": ["Pôle emploi"]}
    assert check(*pair(person, person)) == [("D210", "Alix Martin")]
    assert check(*pair(institution, institution)) == []


def test_one_link_cannot_lead_to_two_events_at_a_time(check: Check) -> None:
    link = {"registration": "https://example.org/inscription/12"}
    site = {"registration": "https://example.org/"}
    assert [code for code, _ in check(*pair(link, link))] == ["D211"]
    assert check(*pair(site, site)) == []
    assert check(*pair(link, {"registration": "https://example.org/inscription/13"})) == []
    kit = {"website": "https://example.org/mois"}
    own = {"link": "https://example.org/mois/"}
    assert check(*pair(own, own), **kit) == []


@pytest.mark.parametrize(
    "name", ["Alix Martin", "Mme Durand", "Jean-Pierre Le Goff", "Anne de Smet"]
)
def test_people_are_told_from_institutions(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "Pôle emploi",
        "DITP",
        "Serious Games Network France",
        "Ville de Grenoble",
        "Décider ensemble",
    ],
)
def test_institutions_are_told_from_people(name: str) -> None:
    assert not is_person(name)


def test_holidays_are_kept_from_run_to_run(tmp_path: Path) -> None:
    cache, day = Cache(tmp_path), datetime.date(2021, 11, 1)
    first = HolidayCalendar("FR", "fr", [2021], cache).holiday(day, None)
    assert first is not None
    assert len(list(tmp_path.iterdir())) == 1
    assert HolidayCalendar("FR", "fr", [2021], cache).holiday(day, None) == first


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Jusqu'au 28 novembre, le Mois de l'innovation publique est à vous.", True),
        ("Jusqu'au 30 novembre, le Mois de l'innovation publique est à vous.", False),
        ("Jusqu'au 15 novembre, le Mois de l'innovation publique est à Lyon.", False),
    ],
)
def test_what_ends_nearly_with_the_period_is_meant_to_be_it(
    check: Check, text: str, *, told: bool
) -> None:
    assert [code for code, _ in check(texts=(text,))] == (["D201"] if told else [])
