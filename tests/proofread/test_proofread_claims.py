"""Numbers that do not fit what they count, as a press officer would want to know of them, and
those that do, of which nothing is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from moip_press.proofread import claims
from tests.proofread import proofs
from tests.proofread.proofs import article, text


def found(folder: Path, *parts: dict[str, Any], **edition: Any) -> list[tuple[str, str]]:
    return proofs.found(claims.FINDERS, folder, *parts, **edition)


def cards(*texts: str, **fields: str) -> dict[str, Any]:
    return {"type": "cards", **fields, "items": [{"text": each} for each in texts]}


WRONG_LISTS = [
    ("Ses équipes se sont fixé trois objectifs :\n\n- a\n- b", "trois objectifs"),
    ("Les équipes ont 4 grandes missions :\n\n1. a\n2. b\n3. c", "4 grandes missions"),
    ("Nos quatre axes de travail :\n\n* a\n* b\n* c\n* d\n* e", "quatre axes"),
    (
        "Ainsi cinq régions vont créer leur lab :\n\n- Normandie\n- Grand Est\n- Bretagne\n- Corse",
        "cinq régions",
    ),
    (
        "Le programme s’organise autour de 4 thématiques qui en parlent bien :\n\n- a\n- b\n- c",
        "4 thématiques",
    ),
    ("The week has five themes:\n\n- sea\n- sky\n- land\n- salt", "five themes"),
    ("We have three main goals:\n\n- a\n- b", "three main goals"),
    ("Une phrase. Il y a deux étapes : \n\n- a\n\n  encore\n- b\n  - b1\n- c", "deux étapes"),
    (
        "Elle propose six ateliers pour imaginer demain, choisissez : « A » ; « B » ; « C ».",
        "six ateliers",
    ),
    ('Il propose cinq ateliers en ligne, choisissez : "A" ; "B" ; "C" ; "D".', "cinq ateliers"),
    (
        "Elle abordera trois grandes questions : « Un ? », « Deux ? », « Trois ? », « Quatre ? »",
        "trois grandes questions",
    ),
    ("Les deux sprints porteront sur « A » ; « B » et « C ».", "deux sprints"),
    ("Une soirée autour de trois questions « A ? » et « B ? »", "trois questions"),
    (
        "Quatre webinaires sont proposés sur les drones : « A », « B » et « C ».",
        "Quatre webinaires",
    ),
    ("La journée compte quatre temps : accueil ; visite ; débat.", "quatre temps"),
    ("Le parcours a cinq étapes : Lyon, Valence et Nîmes.", "cinq étapes"),
    ("Le parcours a cinq étapes : le vieux port, la gare et le parc.", "cinq étapes"),
    (
        "La DITP accompagne quatre régions, la Normandie, le Grand Est et la Bretagne.",
        "quatre régions",
    ),
    ("La ville ouvre trois lieux (la Halle, l’Opéra, Le Port et la Tour).", "trois lieux"),
    ("Three workshops are offered this week: “A”, “B”, “C” and “D”.", "Three workshops"),
]
RIGHT_LISTS = [
    "Ses équipes se sont fixé trois objectifs :\n\n- a\n- b\n- c",
    "Trois objectifs, dont :\n\n- a\n- b",
    "Les trois ateliers permettront de :\n\n- lire\n- écrire",
    "Les trois ateliers permettent :\n\n- de lire\n- d’écrire",
    "Pour les trois ateliers, il faut prévoir :\n\n- un pull\n- un livre",
    "Au menu des deux journées :\n\n- a\n- b\n- c",
    "Pendant trois jours :\n\n- a\n- b",
    "En 2021, le programme compte :\n\n- a\n- b",
    "Les 40 participants découvriront :\n\n- a\n- b",
    "Les deux artistes présentent leurs œuvres :\n\n- Le Lac\n- La Mer\n- Le Ciel",
    "Une dizaine d’ateliers :\n\n- a\n- b",
    "Plus de trois projets :\n\n- a\n- b",
    "À 14 h 30 :\n\n- a\n- b\n- c",
    "Les quatre régions ont un point commun :\n\nla mer.",
    "Quatre régions :\n\n- Normandie\n- Bretagne\n- Corse...",
    "Trois étapes :\n\n1. a\n\n   encore a\n2. b\n3. c",
    "Trois prix seront remis aux deux équipes :\n\n- a\n- b",
    "Deux guides : Anne Martin, historienne, Paul Durand, géographe et poète.",
    "Il propose cinq ateliers, par exemple : « A » et « B ».",
    "Les deux lauréats présenteront leurs projets : « A », « B » et « C ».",
    "Trois films : « A », avec Anne Martin, et « B ».",
    "Il a lu « A », « B » et « C » à trois voix.",
    "Trois thèmes : l’eau et la forêt, la ville et la mer, le feu.",
    "Trois couleurs : bleu, blanc et rouge.",
    "Le parcours a cinq étapes : voir les quais, longer les anciens entrepôts et finir au parc.",
    "Deux lieux : le musée ; la bibliothèque.",
    "Le prix est de 12 euros : le billet, le train et le repas.",
    "Les 3 villes de Lyon, Paris et Nice, la mer au loin, sont là.",
    "Rendez-vous le 18 novembre : ateliers, visites et concerts.",
    "La Normandie et trois régions, la Bretagne en tête, ont répondu.",
    "Article 3 : le vélo, le train et le bus.",
    "Chapitre deux : le vélo, le train et le bus.",
    "Un concert à quatre mains : Debussy, Ravel et Satie.",
    "Two rooms, one garden: tea, cake and music.",
    "« Trois idées : a ; b. »",
    "La ville ouvre trois lieux (la Halle, l’Opéra et la Tour).",
    "Trois ateliers (lecture, écriture, reliure et dessin) sont gratuits.",
    "Trois concerts à Lyon (Halle, Opéra, Port et Tour).",
    "La région compte 12 départements, l’Ain, l’Isère et le Rhône compris.",
    "Le pass donne accès à trois sites : 12 € ; 8 € en tarif réduit.",
    "Pour en savoir plus sur les deux projets :\n\n- le site\n- la page\n- le film",
    "Rendez-vous dans les deux musées :\n\n- le 4\n- le 5\n- le 6",
    "Deux temps forts : la nuit blanche, le 4 novembre, et la parade, le 6.",
    "Six concerts : deux à Lyon, un à Paris, trois à Nice.",
    "Trois des cinq projets retenus : « A », « B » et « C ».",
    "Elle joue dans deux pièces, « Le Lac » et « La Mer », et trois films.",
    "Horaires des deux musées : du mardi au dimanche, de 10 h à 18 h ; le lundi, fermé.",
    "Elle résume en trois mots : « écouter », « voir », « sentir ».",
    "Deux rendez-vous : samedi 6 novembre à 10 h, 14 h et 16 h ; dimanche 7 novembre à 10 h.",
]


@pytest.mark.parametrize(("written", "words"), WRONG_LISTS)
def test_a_number_that_does_not_fit_its_list_is_found(
    tmp_path: Path, written: str, words: str
) -> None:
    assert found(tmp_path, text(written)) == [("C201", words)]


@pytest.mark.parametrize("written", RIGHT_LISTS)
def test_a_number_that_fits_or_counts_something_else_is_left_alone(
    tmp_path: Path, written: str
) -> None:
    assert found(tmp_path, text(written)) == []


WRONG_BLOCKS = [
    (article(cards("a", "b", title="Les équipes ont 4 grandes missions :")), "4 grandes missions"),
    (article(cards("a", "b", "c", title="Quatre priorités pour la ville")), "Quatre priorités"),
    (
        article(
            {"type": "text", "text": "Il s’organise autour de 4 thématiques :"}, cards("a", "b")
        ),
        "4 thématiques",
    ),
    ({**article(cards("a", "b", "c")), "introduction": "Il compte deux volets :"}, "deux volets"),
    (
        article(
            {
                "type": "labs",
                "title": "Trois laboratoires à découvrir",
                "labs": [{"name": "A"}, {"name": "B"}],
            }
        ),
        "Trois laboratoires",
    ),
    (
        {
            "type": "interview",
            "title": "Trois questions à…",
            "person": {"name": "A"},
            "exchanges": [{"question": "Où ?", "answer": "Ici."}],
        },
        "Trois questions",
    ),
    (
        {
            "type": "interview",
            "title": "Two questions for Ada",
            "person": {"name": "A"},
            "exchanges": [{"question": "Où ?", "answer": "Ici."}],
        },
        "Two questions",
    ),
]
RIGHT_BLOCKS = [
    article(cards("a", "b", title="Deux priorités pour la ville")),
    article(cards("a", "b", title="Une ville, trois musées et deux parcs")),
    article(cards("a", "b", title="10 ans d’innovation")),
    article(cards("a", "b", title="Cinq siècles de peinture")),
    article({"type": "text", "text": "Il s’organise autour de 4 thématiques."}, cards("a", "b")),
    article(
        {"type": "text", "text": "Il compte 4 thématiques :"},
        {"type": "text", "text": "a"},
        cards("a", "b"),
    ),
    {
        "type": "interview",
        "title": "Une rencontre en trois questions ouvertes",
        "person": {"name": "A"},
        "exchanges": [{"question": "Où ?", "answer": "Ici."}],
    },
]


@pytest.mark.parametrize(("part", "words"), WRONG_BLOCKS)
def test_a_number_that_does_not_fit_the_block_below_is_found(
    tmp_path: Path, part: dict[str, Any], words: str
) -> None:
    assert found(tmp_path, part) == [("C201", words)]


@pytest.mark.parametrize("part", RIGHT_BLOCKS)
def test_a_number_that_fits_the_block_below_is_left_alone(
    tmp_path: Path, part: dict[str, Any]
) -> None:
    assert found(tmp_path, part) == []


CLAIM = "Plus de 350 événements dans toute la France"
WRONG_TOTALS = [
    ("Le Mois du design fédère plus de 300 évènements organisés par tous.", "300 évènements"),
    ("Le Mois du design propose plus de trois cents événements.", "trois cents événements"),
    ("Plus de 400 événements sont organisés pour valoriser les projets.", "400 événements"),
    ("Au total, plus de 340 événements sont proposés.", "340 événements"),
    (
        "Cette année, le Mois du design propose une centaine d’événements.",
        "une centaine d’événements",
    ),
    ("Le Mois du design compte 280 événements.", "280 événements"),
]
RIGHT_TOTALS = [
    "Le Mois du design fédère plus de 350 évènements.",
    "Le Mois du design compte 360 événements.",
    "Le Mois du design propose près de 400 événements.",
    "Partenaires du Mois du design, les labs proposeront plus de 150 événements partout.",
    "Pendant le Mois du design, les labs proposeront plus de 150 événements.",
    "Plus d'une centaine d'événements sont organisés par les agents de l'Etat.",
    "En 2020, le Mois du design proposait plus de 300 événements.",
    "L’an dernier, plus de 300 événements ont été organisés.",
    "Le Mois du design propose plus de 200 événements en ligne.",
    "Le Mois du design propose chaque semaine plus de 80 événements.",
    "Le Mois du design propose plus de 300 ateliers.",
    "Plus de 100 événements à Lyon.",
    "Plus de 80 événements sont gratuits.",
    "Le Mois du design ouvre avec cinq événements.",
    "Le 4 novembre, le Mois du design propose 20 événements.",
    "À Lyon, le Mois du design propose 20 événements.",
    "Le Mois du design réunit 15 événements pour les familles.",
    "Le Mois du design propose une vingtaine d’événements, à Lyon comme à Paris.",
    "Plus de 80 événements sont organisés en ligne.",
    "Plus de 80 événements seront proposés à Lyon.",
    "Au total, 12 événements auront lieu au musée.",
    "« Plus de 300 événements ! »",
    "Voici 59 événements.",
]


@pytest.mark.parametrize(("written", "words"), WRONG_TOTALS)
def test_two_statements_of_a_total_that_differ_are_found(
    tmp_path: Path, written: str, words: str
) -> None:
    assert found(tmp_path, text(written), claim=CLAIM) == [("C202", words)]


@pytest.mark.parametrize("written", RIGHT_TOTALS)
def test_totals_that_agree_or_count_something_else_are_left_alone(
    tmp_path: Path, written: str
) -> None:
    assert found(tmp_path, text(written), claim=CLAIM) == []


SAID = "Partenaires du mois, les labs de la Région proposeront plus de {} événements et ateliers."


def test_what_is_said_twice_of_somebody_is_compared(tmp_path: Path) -> None:
    parts = text(SAID.format(150)), section(SAID.format(150), 1)
    assert found(tmp_path, *parts) == []
    parts = text(SAID.format(150)), section(SAID.format(200), 1)
    assert found(tmp_path, *parts) == [("C202", "200 événements")]
    parts = (
        text("Cette partie de la Région présente 12 rendez-vous."),
        section("Cette partie de la Région présente 8 rendez-vous.", 1),
    )
    assert found(tmp_path, *parts) == []


def test_a_total_in_large_type_is_compared_too(tmp_path: Path) -> None:
    figures = {"type": "key-figures", "items": [{"value": "300", "label": "événements"}]}
    assert found(tmp_path, article(figures), claim=CLAIM) == [("C202", "300")]
    english = {"type": "key-figures", "items": [{"value": "More than 300", "label": "events"}]}
    assert found(tmp_path, article(english), claim="More than 350 events", language="en") == [
        ("C202", "300")
    ]


def section(introduction: str, count: int, **fields: Any) -> dict[str, Any]:
    events = [{"title": f"Atelier {number}", "when": "16 novembre"} for number in range(count)]
    return {
        "type": "programme",
        "title": "Le programme",
        "introduction": introduction,
        "events": events,
        **fields,
    }


@pytest.mark.parametrize(
    ("introduction", "count", "words"),
    [
        ("Douze événements vous attendent.", 11, ["Douze événements"]),
        ("Plus de 20 rendez-vous vous attendent.", 11, ["20 rendez-vous"]),
        ("Une cinquantaine d’événements.", 11, ["Une cinquantaine d’événements"]),
        ("Douze événements vous attendent.", 12, []),
        ("Une dizaine d’événements.", 11, []),
        ("Plus de dix événements.", 11, []),
        ("Douze événements, dont 3 concerts.", 11, []),
    ],
)
def test_a_number_of_events_is_counted_where_the_section_is_complete(
    tmp_path: Path, introduction: str, count: int, words: list[str]
) -> None:
    listed = section(introduction, count, complete="yes")
    assert found(tmp_path, listed) == [("C203", each) for each in words]
    assert found(tmp_path, section(introduction, count)) == []


def test_a_claim_is_counted_where_the_kit_is_complete(tmp_path: Path) -> None:
    listed = section("Tout le programme.", 12)
    assert found(tmp_path, listed, claim=CLAIM) == []
    assert found(tmp_path, listed, claim=CLAIM, complete="yes") == [("C203", "350 événements")]
    assert found(tmp_path, listed, claim="12 événements", complete="yes") == []


def test_an_event_that_is_cancelled_may_be_counted_or_not(tmp_path: Path) -> None:
    listed = section("Tout le programme.", 12)
    listed["events"][0]["status"] = "cancelled"
    for number, codes in ((11, []), (12, []), (13, ["C203"])):
        claim = f"{number} événements"
        result = found(tmp_path, listed, claim=claim, complete="yes")
        assert [code for code, _ in result] == codes


WRONG_EDITIONS = [
    ("Cette 7e édition se déroulera partout.", "7e édition"),
    ("Le Mois du design fédère pour sa 7ᵉ édition tous les acteurs.", "7ᵉ édition"),
    ("Le 2 novembre s’ouvre la septième édition du Mois du design.", "septième édition"),
    ("La 9ème édition du Mois du design s’ouvre.", "9ème édition"),
    ("La VIIe édition du Mois du design s’ouvre.", "VIIe édition"),
    ("This seventh edition is open to all.", "seventh edition"),
]
RIGHT_EDITIONS = [
    "Cette 8e édition se déroulera partout.",
    "La huitième édition du Mois du design s’ouvre.",
    "La VIIIe édition du Mois du design s’ouvre.",
    "La 7e édition du Mois du design a réuni 20 000 visiteurs.",
    "La 7e édition du Mois du design, en 2020, était en ligne.",
    "Depuis la première édition du Mois du design, tout change.",
    "La 3e édition du Festival du film s’y tient.",
    "Le Festival du film, pour sa 3e édition, s’y tient.",
    "Lors de la 7e édition du Mois du design, tout était en ligne.",
    "Il a reçu la troisième édition du livre.",
    "« Cette 7e édition est la plus belle. »",
]


@pytest.mark.parametrize(("written", "words"), WRONG_EDITIONS)
def test_an_edition_that_is_not_that_of_the_kit_is_found(
    tmp_path: Path, written: str, words: str
) -> None:
    assert found(tmp_path, text(written), edition=8) == [("C204", words)]


@pytest.mark.parametrize("written", RIGHT_EDITIONS)
def test_other_editions_are_left_alone(tmp_path: Path, written: str) -> None:
    assert found(tmp_path, text(written), edition=8) == []


def test_two_texts_that_name_two_editions_are_found(tmp_path: Path) -> None:
    parts = text("Cette 8e édition."), text("Cette 8e édition."), text("Cette neuvième édition.")
    assert found(tmp_path, *parts) == [("C204", "neuvième édition")]
    assert found(tmp_path, *parts[:2]) == []


WRONG_PAGES = [
    ("Les labs sont là (voir p. 22).", "p. 22"),
    ("Les labs (voir p.22).", "p.22"),
    ("Retrouvez le programme page 12.", "page 12"),
    ("Le détail est plus loin (page 12).", "page 12"),
    ("See page 4 for more.", "page 4"),
    ("Les contacts sont en page 3.", "page 3"),
    ("Cf. pp. 4 et 5.", "pp. 4"),
]
RIGHT_PAGES = [
    "Voir p. {page:le-texte}.",
    "Michel Foucault, *L’Ordre du discours*, Gallimard, p. 22.",
    "Voir le rapport de la Cour, p. 22.",
    "Un livre de 200 pages.",
    "À la page 12 du rapport, on lit ceci.",
    "(Victor Hugo, *Les Misérables*, p. 12)",
    "Il a écrit : « Voir p. 12 ».",
    "La page 12 du Monde lui est consacrée.",
    "Imprimez la page 2 en couleur.",
    "Son essai (p. 22) en parle.",
    "Voir Dupont (2012), p. 22.",
    "Page 404 est une exposition.",
    "Lire Le Monde p. 3.",
    "Carte de visite, page 1, verso.",
]


@pytest.mark.parametrize(("written", "words"), WRONG_PAGES)
def test_a_page_number_typed_by_hand_is_found(tmp_path: Path, written: str, words: str) -> None:
    assert found(tmp_path, text(written)) == [("C205", words)]


@pytest.mark.parametrize("written", RIGHT_PAGES)
def test_pages_of_books_and_numbers_that_are_set_are_left_alone(
    tmp_path: Path, written: str
) -> None:
    assert found(tmp_path, text(written)) == []
