"""Names spelt in two ways, and those that only look so: what a press officer would be told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from moip_press.proofread import names
from moip_press.proofread.names.found_names import NameFinder, fold_name, folded
from moip_press.proofread.names.place_names import (
    DEPARTMENTS,
    FORMER,
    LANDSCAPES,
    REGIONS,
    WRONG,
)
from moip_press.proofread.review import review
from moip_press.report.messages import Catalogue
from tests.keeping import KEPT
from tests.proofread import proofs
from tests.proofread.proofs import text, write

Told = tuple[str, str]


def found(folder: Path, *parts: dict[str, Any], **fields: Any) -> list[Told]:
    """Return the code and the words of each finding of the family."""
    return sorted(proofs.found(names.FINDERS, folder, *parts, **fields))


def event(title: str, *organisers: str, **fields: Any) -> dict[str, Any]:
    return {"title": title, "organisers": list(organisers), "when": "3 novembre", **fields}


def section(*events: dict[str, Any]) -> dict[str, Any]:
    return {"type": "programme", "title": "Le programme", "events": list(events)}


def by(*organisers: str) -> dict[str, Any]:
    """A programme in which each of these holds an event of its own."""
    return section(*(event(f"Rendez-vous numéro {n}", who) for n, who in enumerate(organisers)))


# a name as its record has it (twice, so that it is the usual one), and a text with a variant
VARIANTS = [
    ("Tilab", "Venez au Ti-Lab.", "Ti-Lab"),
    ("Tilab", "Venez au Ti Lab.", "Ti Lab"),
    ("Ti-Lab", "Venez au Tilab.", "Tilab"),
    ("LaBase", "Venez découvrir La Base.", "La Base"),
    ("La Base", "Venez découvrir LaBase.", "LaBase"),
    ("Etat'LIN", "Avec EtatLIN, le lab ligérien.", "EtatLIN"),
    ("Etat’LIN", "Avec État’LIN, le lab ligérien.", "État’LIN"),
    ("Lab'EST", "Avec le lab'EST, en Alsace.", "lab'EST"),
    ("Lab @RCHIPEL", "Avec le Lab Archipel, à Lyon.", "Lab Archipel"),
    ("InSo Lab", "Opérés par Insolab, dans le Var.", "Insolab"),
    ("Siilab", "Rendez-vous au SIILAB, à Lille.", "SIILAB"),
    ("CEREMA", "Rendez-vous au Cerema, à Lyon.", "Cerema"),
    ("Pôle emploi", "Un atelier de Pôle Emploi.", "Pôle Emploi"),
    ("Pôle emploi Bretagne", "Un atelier de Pôle Emploi.", "Pôle Emploi"),
    ("Musée d'Arts de Nantes", "Au Musée d'arts de Nantes.", "Musée d'arts de Nantes"),
    ("Cap’Com", "Un débat de Capcom, à Nantes.", "Capcom"),
    ("Préfecture d'Aurillac", "Avec la Prefecture d'Aurillac.", "Prefecture d'Aurillac"),
    ("La Fabrique RH", "Rendez-vous à la FabriqueRH.", "FabriqueRH"),
    ("La Fabrique RH", "Rendez-vous à la Fabrique Rh.", "Fabrique Rh"),
    ("France Services", "Une maison France-Services.", "France-Services"),
    ("Saint-Exemple Métropole", "Avec Saint Exemple Métropole.", "Saint Exemple Métropole"),
    ("Œuvre des pupilles", "Avec l'Oeuvre des pupilles.", "Oeuvre des pupilles"),
]


@pytest.mark.parametrize(("name", "prose", "words"), VARIANTS)
def test_another_spelling_of_a_name_is_found_in_a_text(
    tmp_path: Path, name: str, prose: str, words: str
) -> None:
    assert found(tmp_path, by(name, name), text(prose)) == [("N201", words)]


SAME = [
    ("Tilab", "Le Tilab vous attend."),
    ("Etat'LIN", "Avec Etat’LIN, au bord de l’eau."),
    ("La Base", "C'est la base du métier. La base de données est ouverte. LA BASE EST OUVERTE."),
    ("La Base", "La Base vous attend, à la Base."),
    ("LaBase", "C'est la base du métier. La base de tout est là."),
    ("Le LabO", "Dans le labo, le Labo photo ouvre. Le labo est ouvert."),
    ("Déclic", "Ce fut un déclic. Déclic d'un soir."),
    ("CIEL", "Le ciel est bleu. Ciel bleu demain."),
    ("AGIR", "Pour agir mieux, agissez. Agir ensemble : voilà le thème."),
    ("INES", "Ines Dupont et Inès Martin seront là."),
    ("CESAR", "La conférence de César Moreau."),
    ("Direction interministérielle du numérique", "La direction interministérielle du numérique."),
    ("Ville de Lyon", "La ville de Lyon s'engage."),
    ("Maison des Associations", "Chaque maison des associations est ouverte."),
    ("Médiathèque Simone-Veil", "À la médiathèque Simone-Veil."),
    ("Préfecture de région Bretagne", "La préfecture de Région agit avec la préfecture de région."),
    ("Région Bretagne", "La région Bretagne et la Région Bretagne ; dans la région, en Région."),
    ("Tilab", "Il écrit : « Venez au Ti-Lab ». On lit “Ti-Lab” sur le mur."),
    ("Tilab", "Son livre, *Histoire du Ti-Lab*, est paru."),
    ("Tilab", "Écrivez à contact@ti-lab.fr ou sur https://www.ti-lab.fr/Ti-Lab #TiLab."),
    ("Tilab", "Le [site](https://ti-lab.fr) et www.ti-lab.fr, ti-lab.fr, `Ti-Lab`."),
    ("Tilab", "Le Ti-Lab-Ouest est un autre."),
    ("Le Bas", "Tout en bas, le bas de la page. Le bas est là."),
    ("Cité des sciences", "Une cité des sciences, des cités."),
    ("L'Atelier", "Chaque atelier, l'atelier du soir, L'atelier du matin. Un Atelier."),
    ("Orange", "Une orange. L'orange bleue. Orange amère."),
    ("Les Arts Verts", "Dans les Arts Verts, avec les Arts Verts. Arts Verts."),
    ("CNFPT", "Le CNFPT. CNFPT."),
    ("SNCF - Réseau", "SNCF Réseau."),
    ("Sans Nom", "Des enfants sans nom."),
]


@pytest.mark.parametrize(("name", "prose"), SAME)
def test_nothing_is_said_of_words_that_are_no_other_spelling(
    tmp_path: Path, name: str, prose: str
) -> None:
    assert found(tmp_path, by(name, name), text(prose)) == []


def test_a_title_in_capitals_keeps_its_names_in_capitals(tmp_path: Path) -> None:
    title = "RENDEZ-VOUS AU TILAB AVEC LA PRÉFECTURE D'AURILLAC"
    program = section(
        event(title, "Tilab", text="Le Tilab ouvre."),
        event("CEREMA", "Cerema", "Préfecture d'Aurillac"),
    )
    assert found(tmp_path, program) == []


def test_a_name_in_capitals_in_running_text_is_another_spelling(tmp_path: Path) -> None:
    parts = by("Tilab", "Tilab"), text("Venez au TILAB, à Rennes.")
    assert found(tmp_path, *parts) == [("N201", "TILAB")]


def test_the_spelling_of_a_logo_is_right_too(tmp_path: Path) -> None:
    lab = {"name": "Innov'Mandie", "logo": {"words": ["INNOV'MANDIE", "Une pluie d'idées"]}}
    labs = {"type": "article", "title": "Labs", "body": [{"type": "labs", "labs": [lab]}]}
    assert found(tmp_path, labs, text("Avec INNOV'MANDIE, en juin, et Innov'Mandie.")) == []
    assert found(tmp_path, labs, text("Avec Innov-Mandie, en juin, et Innov'Mandie.")) == [
        ("N201", "Innov-Mandie")
    ]


PLACES = [
    ("Saint-Étienne", "À Saint Etienne, en juin.", [("N201", "Saint Etienne")]),
    ("Aix-en-Provence", "À Aix en Provence, en juin.", [("N201", "Aix en Provence")]),
    ("Saint-Denis", "La statue de saint Denis est à Saint-Denis.", []),
    ("Jean-Jaurès", "Un discours de Jean Jaurès.", []),
    ("Salle des Fêtes", "Dans la salle des fêtes, une Salle des fêtes.", []),
    ("Orange", "À Orange, l'entreprise ORANGE.", []),
]


@pytest.mark.parametrize(("name", "prose", "expected"), PLACES)
def test_a_place_has_one_spelling(
    tmp_path: Path, name: str, prose: str, expected: list[Told]
) -> None:
    program = section(event("Un concert", place={"town": name}))
    assert found(tmp_path, program, text(prose)) == expected


def test_a_dash_in_a_name_is_no_other_spelling(tmp_path: Path) -> None:
    assert found(tmp_path, by("CNFPT - INSET", "CNFPT – INSET"), text("Le CNFPT — INSET.")) == []


def test_one_finding_a_pair_counts_all_places(tmp_path: Path) -> None:
    folder = write(
        tmp_path, by("Tilab", "Tilab", "Tilab"), text("Le Ti-Lab.", "Au Ti-Lab.", "Au Ti Lab.")
    )
    told = [
        each for each in review(folder, proofs.DAY, KEPT).report.diagnostics if each.code == "N201"
    ]
    say = Catalogue("en").say
    assert [say(each.message).partition(": ")[2] for each in told] == [
        "“Ti-Lab” (2 times) and “Tilab” (3 times).",
        "“Ti Lab” (1 time) and “Tilab” (3 times).",
    ]
    assert len(told[0].related) == 2
    assert not any(each.fix for each in told)


def test_what_the_glossary_has_learnt_is_left_alone(tmp_path: Path) -> None:
    parts = by("Tilab", "Tilab"), text("Venez au Ti-Lab. Avec EtatLIN, au Tilab.")
    assert found(tmp_path, *parts, glossary={"words": ["Ti-Lab"]}) == []
    parts = by("Etat'LIN", "Etat'LIN"), text("Avec État’LIN, à Nantes.")
    assert found(tmp_path, *parts, glossary={"words": ["État'LIN"]}) == []


PEOPLE = [
    ("Amélie de Montchalin", "avec Amelie de Montchalin", "Amelie de Montchalin"),
    ("Amélie de Montchalin", "avec Amélie De Montchalin", "Amélie De Montchalin"),
    ("François-Pierre Salamand", "par François Pierre Salamand", "François Pierre Salamand"),
]


@pytest.mark.parametrize(("name", "prose", "words"), PEOPLE)
def test_a_person_has_one_spelling(tmp_path: Path, name: str, prose: str, words: str) -> None:
    edito = {"type": "editorial", "title": "Édito", "author": {"name": name}, "body": f"{name}."}
    assert found(tmp_path, edito, text(prose)) == [("N201", words)]


def test_a_surname_may_be_in_capitals(tmp_path: Path) -> None:
    contacts = [{"id": "presse", "name": "Claire BONNETIER", "email": "presse@example.org"}]
    prose = text("Selon Claire Bonnetier et Claire Bonnetier, tout va bien.")
    assert found(tmp_path, prose, contacts=contacts) == []


def test_the_campaign_has_its_capital(tmp_path: Path) -> None:
    title = "Mois de l'innovation publique"
    prose = f"Le {title}. Le {title}. Au {title}. À la fin du mois de l'innovation publique."
    assert found(tmp_path, text(prose), title=title) == [("N201", "mois de l'innovation publique")]
    # used as words as often as a name, it says nothing
    prose = "La fête de la science. Une fête de la science. La Fête de la science."
    assert found(tmp_path, text(prose), title="Fête de la science") == []


def test_two_records_that_differ_in_a_small_word_are_one_body(tmp_path: Path) -> None:
    parts = by("Laboratoire de Haute-Bretagne", "Laboratoire Haute-Bretagne")
    assert found(tmp_path, parts) == [("N201", "Laboratoire Haute-Bretagne")]
    assert found(tmp_path, by("Musée de la Mer", "Musée des Arts", "Maison de la Mer")) == []


OFFICIAL = [
    ("en Ile de France", "Ile de France", "Île-de-France"),
    ("en Île de France", "Île de France", "Île-de-France"),
    ("en Ile-de-France", "Ile-de-France", "Île-de-France"),
    ("en Nouvelle Aquitaine", "Nouvelle Aquitaine", "Nouvelle-Aquitaine"),
    ("en Grand-Est", "Grand-Est", "Grand Est"),
    ("en Grand EST", "Grand EST", "Grand Est"),
    ("en Centre Val de Loire", "Centre Val de Loire", "Centre-Val de Loire"),
    ("en Centre-Val-de-Loire", "Centre-Val-de-Loire", "Centre-Val de Loire"),
    ("en Bourgogne Franche Comté", "Bourgogne Franche Comté", "Bourgogne-Franche-Comté"),
    ("dans les Hauts de France", "Hauts de France", "Hauts-de-France"),
    ("dans les Hauts-de-france", "Hauts-de-france", "Hauts-de-France"),
    ("en Auvergne Rhône-Alpes", "Auvergne Rhône-Alpes", "Auvergne-Rhône-Alpes"),
    ("en Provence Alpes Côte d’Azur", "Provence Alpes Côte d’Azur", "Provence-Alpes-Côte d’Azur"),
    ("dans les Pays-de-la-Loire", "Pays-de-la-Loire", "Pays de la Loire"),
    ("dans les Pays De La Loire", "Pays De La Loire", "Pays de la Loire"),
    ("en Seine Saint Denis", "Seine Saint Denis", "Seine-Saint-Denis"),
    ("en Loire Atlantique", "Loire Atlantique", "Loire-Atlantique"),
    ("dans le Val d’Oise", "Val d’Oise", "Val-d’Oise"),
    ("dans le Maine et Loire", "Maine et Loire", "Maine-et-Loire"),
    ("en Ardeche", "Ardeche", "Ardèche"),
    ("à La Reunion", "La Reunion", "La Réunion"),
    ("EN ILE DE FRANCE", "ILE DE FRANCE", "ÎLE-DE-FRANCE"),
]


@pytest.mark.parametrize(("prose", "words", "right"), OFFICIAL)
def test_a_region_is_set_right(tmp_path: Path, prose: str, words: str, right: str) -> None:
    folder = write(tmp_path, text(f"Rendez-vous {prose} ce mois-ci."))
    (told,) = review(folder, proofs.DAY, KEPT).report.diagnostics
    assert told.code == "N203"
    assert told.safe
    assert told.fix
    assert told.fix[0].text == right
    assert told.fix[0].span == told.span
    assert told.message.values["words"] == words.replace("’", "'")


NOT_SAFE = [
    ("dans les Pays-de-Loire", "Pays-de-Loire"),
    ("dans les Pays de Loire", "Pays de Loire"),
    ("en Bourgogne-France-Comté", "Bourgogne-France-Comté"),
    ("dans les Haut de France", "Haut de France"),
    ("en Haute Loire", "Haute Loire"),
    ("en Provence-Alpes-Côtes d'Azur", "Provence-Alpes-Côtes d'Azur"),
    ("dans les Bouche-du-Rhône", "Bouche-du-Rhône"),
]


@pytest.mark.parametrize(("prose", "words"), NOT_SAFE)
def test_a_region_that_may_be_meant_otherwise_is_left_to_the_user(
    tmp_path: Path, prose: str, words: str
) -> None:
    folder = write(tmp_path, text(f"Rendez-vous {prose} ce mois-ci."))
    (told,) = review(folder, proofs.DAY, KEPT).report.diagnostics
    assert (told.code, told.message.values["words"], told.safe) == ("N203", words, False)


LANDSCAPE = [
    "Grand est le plaisir. Grand Est. GRAND EST. Au grand est du pays, un grand Est.",
    "La Réunion, la réunion. La réunion est finie. À La Réunion.",
    "Dans les Pyrénées orientales et les Alpes maritimes.",
    "Entre Loir et Cher, dans la vallée du Tarn et Garonne. Les canaux de Seine et Marne.",
    "Centre – Val de Loire, Centre–Val de Loire.",
    "La haute Loire, le bas Rhin. Les hauts de France.",
    "DataGrandEst, #GrandEst, www.hauts-de-france.fr, contact@ile-de-france.fr",
    "« Ile de France » est le nom d'un paquebot. *Nouvelle Aquitaine* est un roman.",
    "PACA, AURA et la région Sud. Bretagne Grand Large. Normandie-Pays de Loire-Atlantique",
    "Île\u2011de\u2011France, Provence-Alpes-Côte\u00a0d’Azur, Pays\u00a0de la Loire",
    "L'Aquitaine et le Limousin, en Franche-Comté, en Rhône-Alpes, le Val de Loire.",
    "La Côte d'Azur, la Loire, le Rhône, le Nord, l'Ain, la Manche, le Lot, un gars du nord",
    "On jura que la meuse était vide. La creuse et l'aube, un cher ami, qu'il vienne.",
    "DRÔME, ARDECHE, ISERE",
    "Les strophes au nom de B.R.U.M.E et de S.A.C.H.E.R",
    "Auvergne-Rhône-Alpes Entreprises, Seine-et-Marne Environnement",
]


@pytest.mark.parametrize("prose", LANDSCAPE)
def test_nothing_is_said_of_landscapes_and_other_words(tmp_path: Path, prose: str) -> None:
    assert found(tmp_path, text(f"Ceci. {prose}")) == []
    assert found(tmp_path, text(prose)) == []


def test_official_names_are_right_wherever_they_stand(tmp_path: Path) -> None:
    every = [*REGIONS.values(), *DEPARTMENTS.values()]
    assert (len(REGIONS), len(DEPARTMENTS)) == (18, 101)
    prose = [
        f"Le nom est {name}. {name}. On lit {name.replace(chr(39), '’')}, {name.upper()}."
        for name in every
    ]
    assert found(tmp_path, text(*prose), by(*every)) == []


def test_the_tables_of_names_agree() -> None:
    every = {*REGIONS.values(), *DEPARTMENTS.values()}
    assert set(WRONG.values()) <= every
    assert set(FORMER.values()) <= set(REGIONS.values())
    assert every >= LANDSCAPES
    assert not {fold_name(wrong) for wrong in WRONG} & {fold_name(name) for name in every}


def test_partners_call_themselves_as_they_like(tmp_path: Path) -> None:
    partners = [{"name": "Caisse d'Epargne Ile-de-France"}]
    prose = text("Avec la Caisse d’Epargne Ile-de-France.")
    assert found(tmp_path, prose, partners=partners) == []


def test_a_region_that_the_glossary_vouches_for_is_right(tmp_path: Path) -> None:
    assert found(tmp_path, text("En Grand-Est."), glossary={"words": ["Grand-Est"]}) == []


def test_an_english_kit_calls_regions_as_it_likes(tmp_path: Path) -> None:
    program = section({"title": "Fair", "when": "3 November", "region": "Ile de France"})
    assert found(tmp_path, program, text("In Ile de France."), language="en") == []


FIELDS = [
    (["Provence-Alpes-Côte d'Azur", "PACA"], [("N204", "PACA")]),
    (["PACA", "PACA", "Bretagne"], []),
    (["Bretange"], [("N204", "Bretange")]),
    (["Normandi"], [("N204", "Normandi")]),
    (["bretagne"], [("N204", "bretagne")]),
    (["pays de la loire"], [("N204", "pays de la loire")]),
    (["Bretagne", "Aquitaine"], [("N204", "Aquitaine")]),
    (["Alsace", "Lorraine"], []),
    (["Ile de France"], [("N203", "Ile de France")]),
    (["Bretagne et Normandie", "Bretagne / Normandie"], []),
    (["France entière", "Outre-mer", "National", "Toutes les régions", "Europe"], []),
    (["Wallonie", "Québec", "Vaud", "Jura", "Finistère"], []),
    (["Île-de-France (Paris)", "Île-de-France"], []),
]


@pytest.mark.parametrize(("fields", "expected"), FIELDS)
def test_fields_for_a_region_hold_regions(
    tmp_path: Path, fields: list[str], expected: list[Told]
) -> None:
    events = (event(f"Rendez-vous {n}", region=region) for n, region in enumerate(fields))
    assert found(tmp_path, section(*events)) == expected


# preferred, wrong forms, a text; what is found there, what is put there, and whether unasked
TERMS = [
    ("Tilab", ["Ti-Lab"], "Le Ti-Lab.", "Ti-Lab", "Tilab", True),
    ("le Tilab", ["Insolab"], "D'Insolab", "Insolab", "le Tilab", False),
    ("table ronde", ["table-ronde"], "Table-ronde.", "Table-ronde", "Table ronde", True),
    ("table ronde", ["table-ronde"], "LA TABLE-RONDE", "TABLE-RONDE", "TABLE RONDE", True),
    ("table ronde", [], "Une table-ronde.", "table-ronde", "table ronde", False),
    ("usager", ["administré"], "Un administré", "administré", "usager", True),
    ("France Travail", ["Pôle emploi"], "Avec Pôle emploi.", "Pôle emploi", "France Travail", True),
    ("Cerema", [], "Avec le CEREMA, à Lyon", "CEREMA", "Cerema", False),
    ("C.N.R.S.", ["CNRS"], "Le CNRS.", "CNRS", "C.N.R.S.", True),
    ("Service +", ["Services+"], "De Services+ ici", "Services+", "Service +", True),
    ("RH", ["R.H."], "Les R.H. sont là", "R.H.", "RH", True),
]


@pytest.mark.long
@pytest.mark.parametrize(("preferred", "wrong", "prose", "words", "right", "safe"), TERMS)
def test_the_glossary_is_right(
    tmp_path: Path,
    preferred: str,
    wrong: list[str],
    prose: str,
    words: str,
    right: str,
    safe: bool,
) -> None:
    term = {"preferred": preferred, "wrong": wrong}
    folder = write(tmp_path, text(prose), glossary={"terms": [term]})
    (told,) = review(folder, proofs.DAY, KEPT).report.diagnostics
    assert (told.code, told.safe) == ("N202", safe)
    assert told.message.values["words"] == words
    assert told.fix
    assert told.fix[0].text == right


GLOSSED = [
    ({"preferred": "Tilab", "accepted": ["Ti-Lab"]}, "Le Ti-Lab et le Tilab."),
    ({"preferred": "Tilab", "wrong": ["Ti-Lab"]}, "Il écrit « Ti-Lab » sur https://ti-lab.fr."),
    ({"preferred": "Tilab", "wrong": ["Ti-Lab"]}, "LE TI-LAB EST OUVERT."),
    ({"preferred": "table ronde"}, "Une table ronde, deux tables rondes. Table ronde."),
    ({"preferred": "marché"}, "On marche au marché. Il a marché."),
    ({"preferred": "Mois du design", "wrong": ["Mois"]}, "Le Mois du design, ce mois-ci."),
    (
        {"preferred": "Services publics +", "wrong": ["Services publics"]},
        "De Services publics + ici",
    ),
    ({"preferred": "La Base", "wrong": ["Labase"]}, "La base, la base, La Base."),
]


@pytest.mark.parametrize(("term", "prose"), GLOSSED)
def test_nothing_is_said_of_what_the_glossary_accepts(
    tmp_path: Path, term: dict[str, Any], prose: str
) -> None:
    assert found(tmp_path, text(prose), glossary={"terms": [term]}) == []


INITIALS = [
    (
        (
            "Le centre national du cinéma et de l'image animée (CNCIA). "
            "Le Centre national du cinéma (CNCIA)."
        ),
        [],
    ),
    (
        (
            "La direction générale de l'administration et de la fonction publique (DGAFP).\n\n"
            "La Direction générale de la fonction publique (DGAFP) organise."
        ),
        [("N205", "Direction générale de la fonction publique")],
    ),
    (
        "La délégation régionale à la culture (DRC). La direction régionale de la culture (DRC).",
        [("N205", "direction régionale de la culture")],
    ),
    (
        (
            "La Direction départementale des territoires (DDT). "
            "Les directions départementales des territoires (DDT). "
            "La direction départementale du territoire (DDT)."
        ),
        [],
    ),
    (
        "Le fonds pour la forme de l'action (FFA). Le Fonds de forme de l'action (FFA).",
        [],
    ),
    ("Le maire (LR) et la ville (DDT), le lieu (RDC), la salle du conseil (RDC).", []),
    ("« La direction des arts (DDA) » et la délégation des arts (DDA).", []),
    ("L’École nationale d’administration (ENA), l'école nationale d'administration (ENA).", []),
]


@pytest.mark.parametrize(("prose", "expected"), INITIALS)
def test_initials_stand_for_one_name(tmp_path: Path, prose: str, expected: list[Told]) -> None:
    assert found(tmp_path, text(prose)) == expected


GAPS = [
    (
        "au ministère de la Culture de la Communication",
        "ministère de la Culture de la Communication",
    ),
    (
        "au Ministère la Culture et de la Communication",
        "Ministère la Culture et de la Communication",
    ),
]


@pytest.mark.parametrize(("prose", "words"), GAPS)
def test_a_word_that_a_name_has_lost_is_missed(tmp_path: Path, prose: str, words: str) -> None:
    parts = by("Ministère de la Culture et de la Communication"), text(f"Venez {prose} demain.")
    assert found(tmp_path, *parts) == [("N206", words)]


def test_a_shorter_name_lacks_no_word(tmp_path: Path) -> None:
    parts = (
        by("Ministère de la Culture et de la Communication", "Ministère de la Culture"),
        text("Le ministère de la Culture, de la Communication. La culture et la communication."),
    )
    assert found(tmp_path, *parts) == []


def test_a_folded_text_keeps_the_place_of_its_words() -> None:
    text_there = "À l’Œuvre : Ti-Lab, C.N.R.S., «e\u0301tat» et LAB @RCHIPEL."
    finder = NameFinder(["tilab", "cnrs", "oeuvre", "etat", "labarchipel"])
    hits = [text_there[hit.start : hit.end] for hit in finder.hits(folded(text_there))]
    assert hits == ["Œuvre", "Ti-Lab", "C.N.R.S", "e\u0301tat", "LAB @RCHIPEL"]
    assert fold_name("ÎLE-DE-FRANCE") == fold_name("Ile de France") == "iledefrance"
