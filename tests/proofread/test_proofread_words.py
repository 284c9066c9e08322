"""Spelling: what is found, and above all what is not."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from moip_press.kit.model.kit_files import read_kit
from moip_press.proofread import Proof
from moip_press.proofread.words import dictionaries, spelling
from moip_press.proofread.words.dictionaries import DICTIONARIES, FOREIGN, KNOWN, UNKNOWN, Lexicon
from moip_press.proofread.words.languages import TONGUES
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import Catalogue
from moip_press.system.cache import Cache

TODAY = datetime.date(2026, 1, 1)


def proof(
    folder: Path, paragraphs: Iterable[str], language: str = "fr", cache: Cache | None = None
) -> Proof:
    """A kit that prints the paragraphs."""
    text = "\n\n".join(paragraphs).replace("\n", "\n      ")
    files = {
        "kit.yaml": "title: Titre\n"
        f"language: {language}\n"
        "period: {start: 2021-11-01, end: 2021-11-30}\n"
        "publisher: {name: Ville de Saint-Exemple}\n"
        "contacts:\n  - {id: presse, name: Alix Martin, email: presse@example.org}\n"
        "chapters:\n  - article.yaml\n",
        "article.yaml": f"type: article\ntitle: Titre\nbody:\n  - type: text\n    text: |\n"
        f"      {text}\n",
    }
    for name, content in files.items():
        folder.joinpath(name).write_text(content, encoding="utf-8")
    kit = read_kit(folder).kit
    assert kit is not None
    return Proof(kit, TODAY, cache or Cache())


def words(proof: Proof) -> list[tuple[str, str]]:
    """The code of each finding, and the words that it points at."""
    return [(each.code, _words(proof, each)) for each in spelling(proof)]


def _words(proof: Proof, found: Diagnostic) -> str:
    sources = {placed.source.name: placed.source.source for placed in proof.kit.parts()}
    text = sources[found.span.file]
    return text.text[text.offset(found.span.start) : text.offset(found.span.end)]


@pytest.fixture(scope="module")
def french() -> Lexicon:
    return dictionaries.load_lexicon("fr")


@pytest.fixture(scope="module")
def english() -> Lexicon:
    return dictionaries.load_lexicon("en")


# fmt: off
MISSPELT = {
    "Les préfetures sont ouvertes.": ["préfetures"],
    "L'acceuil se fait à l'entrée, sans rendez-vous.": ["acceuil"],
    "Un dévelopement durable et un langage clair.": ["dévelopement"],
    "Rendez-vous a l'hopital pour un evenement familial.": ["hopital", "evenement"],
    "La sous-préfeture reçoit.": ["préfeture"],
    "Il vient d’etre nommé.": ["etre"],
    "Une **proffesionnelle** de la santé.": ["proffesionnelle"],
    "Cette annéee, dansla salle.": ["annéee", "dansla"],
    "Les agents publcis se forment.": ["publcis"],
    "On parle de linternational.": ["linternational"],
    "Une addresse et un example.": ["addresse", "example"],
    "La [médiathéque](https://example.org/mediatheque) ouvre.": ["médiathéque"],
    "Lse élèves jouent.": ["Lse"],
    "La musica du musée.": ["musica"],
    "La visite est gratuite aevc un guide, cete semaine.": ["aevc", "cete"],
    "Golaud : Alexandre Duhamet, barytoon, Arkel.": ["barytoon"],
    "Soirée avec Yann (breton), kan ha diskan, fest-deiz, bepred, introudction.": ["introudction"],
    "Lassociation propose un goûter. Linscription est libre.": ["Lassociation", "Linscription"],
    "Un grand atelier ouvre. Latelier est libre.": ["Latelier"],
    "« Nous voulons donner la parole aux habitnats de la ville », dit le maire.": ["habitnats"],
}
SILENT = [
    "Aujourd'hui, jusqu'à midi, lorsqu'il pleut, quelqu'un d'autre et l'entr'acte : presqu'île.",
    "Vas-y, dit-elle, y a-t-il, peut-être, c'est-à-dire, vis-à-vis, quatre-vingt-dix-neuf.",
    "Les agent·e·s, invité(e)s, usager.e.s, tou·te·s, citoyen-ne-s, étudiants/étudiantes.",
    "(Re)découvrir, (co)construire, mot(s), à 9h30, 14 h 30, 2e, 1er, 3D, 4G, H2O, CO2, 12 km.",
    "Louis XIV au XVIIIe siècle, article L. 121-3, av. Foch, bd Hugo, tél. du lieu, etc.",
    "Écrivez à acceuil@example.org, www.exemple.fr/acceuil, #ToutPubliq, @la_fabrik, fichier.txt.",
    "Le `acceuil` est du code, et https://example.org/preferer une adresse.",
    "Le GIGN, les ONG, la DINUM, EtatLIN, l'IoT, BtoB, TedX et McGrath.",
    "Beynes accueille Klaxoon, et Vlad Kowalczyk parle de Nürburg avec Aoife O'Dwyer.",
    "Lempereur lit, Loiseau joue. Langlois et Lavocat chantent. Dargent danse.",
    "Un *kouign-amann*, un serious game, du design thinking, un nudge, un hackathon, le codesign.",
    "L'association joue « The Importance of Being Earnest » et « Der Ring des Nibelungen ».",
    "On lit *Quau canto soun mau* ; l'exposition Haus der Kunst est à Pen ar Bed.",
    "Un bal de musica occitana, amb grailes e cabretas.",
    "Le cœur, l'œuvre, l’évènement, l'événement, la maîtresse, le maitre, août, aout.",
    "Télétravail, covoiturage, écogeste, cybersécurité, illectronisme, tiers-lieu, coconstruire.",
    "Agroécologie, néorural, microplastique, hyperlocal, anti-gaspi, non-violence, ex-élève.",
    "Le kwzyrt ne ressemble à rien, l'encornichage non plus.",
    "Le customer experience et l'user experience sont de l'anglais.",
    "Un ﬁlm et un \u00e9v\u0065\u0301nement : les signes composés sont lus.",
    "Un mot cou\u00adpé par un trait d'union conditionnel.",
    "L'ENTREE DES REFORMES EST EN CAPITALES.",
    "A partir de midi, l'Etat et l'Ecole.",
]
ENGLISH = {
    "The goverment recieved teh visitors.": ["goverment", "recieved", "teh"],
    "It was definately an accomodation.": ["definately", "accomodation"],
}
ENGLISH_SILENT = [
    "The museum's visitors don't mind; the shipwrights' tools, o'clock and rock'n'roll.",
    "Quayside, wayfinding, foreshore, shanties, co-curated, rewilding, podcasts, webinars.",
    "The Musée de la Marine shows *La Mer au carré*; a soirée with vin d'honneur.",
    "Colour and honour; step-free access at 6.30 p.m. on the 21st; 18th-century maps.",
    "Jobseekers and kayakers meet Dr Sørensen; e.g. a re-enactment, i.e. a well-known show.",
]
TWICE = {
    "Un événement ici, un évènement là.": ["évènement"],
    "La co-construction d'un jour, la coconstruction d'un autre jour.": ["coconstruction"],
    "Une table ronde, deux tables rondes, une table-ronde.": ["table-ronde"],
    "Un meet-up puis un meetup.": ["meetup"],
    "Des tiers-lieux et un tiers lieu.": ["tiers lieu"],
    "Le maître, la maîtresse et le maitre.": ["maitre"],
    "Un projet écoresponsable et des achats éco-responsables.": ["éco-responsables"],
}
ONCE = [
    "Peut-être peut être, bien-être et bien être, savoir-faire et savoir faire.",
    "Il publie ce qu'il a publié ; la tâche a une tache ; sur un mur mûr, du pain dû.",
    "Les tout-petits sont tout petits, l'en-tête est en tête, un à-côté à côté.",
    "Un événement, et « un évènement », écrit-il ; voir https://example.org/évènement.",
    "Un meet-up au Meetup Design de Lille, et l'*évènement* d'un titre, un événement.",
    "Un règlement réglementé, il règle et il a réglé, elle achète ce qu'il a acheté.",
    "La récréation et la recréation ; un pécheur et un pêcheur ; le côté de la côte et sa cote.",
    "Il fut, il fût ; il vint, qu'il vînt ; il connait ce que connaissait un jeune qui jeûne.",
]
# fmt: on


@pytest.mark.parametrize("text", MISSPELT)
def test_a_misspelt_word_is_found(text: str, tmp_path: Path) -> None:
    assert words(proof(tmp_path, [text])) == [("W201", word) for word in MISSPELT[text]]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_mistake_is_left_alone(text: str, tmp_path: Path) -> None:
    assert [each for each in words(proof(tmp_path, [text])) if each[0] == "W201"] == []


@pytest.mark.parametrize("text", ENGLISH)
def test_an_english_kit_is_read_in_english(text: str, tmp_path: Path) -> None:
    assert words(proof(tmp_path, [text], "en")) == [("W201", word) for word in ENGLISH[text]]


@pytest.mark.parametrize("text", ENGLISH_SILENT)
def test_what_is_no_mistake_in_english_is_left_alone(text: str, tmp_path: Path) -> None:
    assert words(proof(tmp_path, [text], "en")) == []


@pytest.mark.parametrize("text", TWICE)
def test_a_word_spelt_in_two_ways_is_found_at_the_rarer(text: str, tmp_path: Path) -> None:
    assert words(proof(tmp_path, [text])) == [("W202", word) for word in TWICE[text]]


@pytest.mark.parametrize("text", ONCE)
def test_words_that_only_look_alike_are_two_words(text: str, tmp_path: Path) -> None:
    assert words(proof(tmp_path, [text])) == []


def test_british_and_american_spelling_are_not_mixed(tmp_path: Path) -> None:
    text = "The colours of a harbour; a colour, a harbor. We organise, they organized."
    found = words(proof(tmp_path, [text], "en"))
    assert found == [("W202", "harbor"), ("W202", "organized")]


def test_a_word_is_reported_once_with_its_places_and_count(tmp_path: Path) -> None:
    text = proof(tmp_path, ["Une préfeture, la préfeture.", "Sept préfeture"] * 4)
    (found,) = spelling(text)
    said = Catalogue("en").say(found.message)
    assert said == "“préfeture” is in no dictionary: “préfecture”? It stands 12 times in this kit."
    assert len(found.related) == 11


def test_a_word_at_the_beginning_of_a_sentence_counts_where_it_is_known(tmp_path: Path) -> None:
    alone = proof(tmp_path, ["Préfetures et mairies ouvrent."])
    assert words(alone) == []
    told = proof(tmp_path, ["Préfetures et mairies ouvrent.", "Les préfectures répondent."])
    assert words(told) == [("W201", "Préfetures")]


@pytest.mark.parametrize("word", ["préfetures", "Préfetures", "sous-préfetures", "préfeture"])
def test_a_learnt_word_is_known(word: str, tmp_path: Path) -> None:
    tmp_path.joinpath("glossary.yaml").write_text(f"words: [{word}]\n", encoding="utf-8")
    assert words(proof(tmp_path, ["Les préfetures et les sous-préfetures."])) == []


def test_learning_is_offered_and_never_done_unasked(tmp_path: Path) -> None:
    (found,) = spelling(proof(tmp_path, ["Les préfetures."]))
    assert found.fix is not None
    assert [edit.text for edit in found.fix] == ["words:\n  - préfetures\n"]
    assert not found.safe


def test_two_spellings_that_the_glossary_accepts_are_no_finding(tmp_path: Path) -> None:
    glossary = "terms:\n  - {preferred: meetup, accepted: [meet-up]}\n"
    tmp_path.joinpath("glossary.yaml").write_text(glossary, encoding="utf-8")
    assert words(proof(tmp_path, ["Un meet-up puis un meetup."])) == []


def test_the_second_run_reads_no_dictionary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache")
    texts = ["Les préfetures, une table ronde, une table-ronde, Beynes et du design thinking."]
    first = words(proof(tmp_path, texts, cache=cache))
    assert len(first) == 2

    def unread(code: str) -> Lexicon:
        raise AssertionError(code)

    monkeypatch.setattr(dictionaries, "load_lexicon", unread)
    assert words(proof(tmp_path, texts, cache=cache)) == first
    with pytest.raises(AssertionError):
        words(proof(tmp_path, [*texts, "Un mot nouveau."], cache=cache))


@pytest.mark.long
@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"\xff\x00",
        b"[1, 2]",
        b'{"said": {"les": 3}, "near": {"x": []}}',
        b'{"said": []}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_cache_changes_nothing(kept: bytes, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    words(proof(tmp_path, ["Les préfetures."], cache=cache))
    (file,) = (tmp_path / "cache").iterdir()
    cache.write(file.name, kept)
    assert words(proof(tmp_path, ["Les préfetures."], cache=cache)) == [("W201", "préfetures")]
    file.write_bytes(b"cut short")
    assert words(proof(tmp_path, ["Les préfetures."], cache=cache)) == [("W201", "préfetures")]


def test_what_is_kept_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    words(proof(tmp_path, ["Une première phrase."], cache=cache))
    monkeypatch.setattr(dictionaries, "MOST_KEPT", 3)
    words(proof(tmp_path, ["La seconde."], cache=cache))
    (file,) = (tmp_path / "cache").iterdir()
    kept = json.loads(cache.read(file.name) or b"")
    assert "phrase" not in kept["said"]
    assert {"la", "seconde"} <= kept["said"].keys()


def test_a_text_that_is_no_text_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionaries, "MOST_STRANGE", 50)
    monkeypatch.setattr(dictionaries, "MOST_SOUGHT", 10)
    odd = [" ".join(f"le développement{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(400))]
    found = words(proof(tmp_path, [*odd, "a" * 100_000, "a-" * 50_000, "é\u0301" * 20_000]))
    assert len(found) <= 10


def test_words_are_made_by_the_affixes_of_the_language(french: Lexicon, english: Lexicon) -> None:
    right = "mangeassions finissent l'homme qu'aucune kilogrammes vicomté événementielles d'outils"
    wrong = "mangerassions finisent l'arbuste-ci eeux agentt kilogramess"
    assert [word for word in right.split() if not french.own[0].knows(word)] == []
    assert [word for word in wrong.split() if french.own[0].knows(word)] == []
    right = "unhappiest reopened museum's shipwrights visitors'"
    wrong = "unhappyest reopend visitorss unmuseum"
    assert [word for word in right.split()[:4] if not english.own[0].knows(word)] == []
    assert [word for word in wrong.split() if english.own[0].knows(word)] == []


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("préfecture", KNOWN),
        ("prefecture", UNKNOWN),
        ("afterwork", KNOWN),
        ("thinking", FOREIGN),
        ("écoanxiété", KNOWN),
        ("coeur", KNOWN),
        ("conaissant", UNKNOWN),
        ("paris", KNOWN),
    ],
)
def test_a_word_is_known_foreign_or_unknown(word: str, verdict: str, french: Lexicon) -> None:
    assert french.judge(word)[:1] in (verdict, "!" if verdict == UNKNOWN else verdict)


@pytest.mark.parametrize("name", ["fr", "en-gb", "en-us"])
def test_the_dictionaries_are_there(name: str) -> None:
    assert len((DICTIONARIES / f"{name}.dic").read_text(encoding="utf-8").splitlines()) > 40_000
    assert dictionaries.load_dictionary(DICTIONARIES / name).knows("art")


def test_a_dictionary_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="fr"):
        dictionaries.load_dictionary(tmp_path / "fr")


def test_the_dictionaries_come_with_their_licences() -> None:
    licences = {path.name for path in DICTIONARIES.glob("LICENSE-*.txt")}
    assert licences == {"LICENSE-fr.txt", "LICENSE-en.txt", "LICENSE-common.txt"}


@pytest.mark.parametrize("code", ["fr", "en"])
def test_added_words_are_not_in_the_dictionary_already(code: str) -> None:
    own = TONGUES[code].dictionaries
    loaded = [dictionaries.load_dictionary(DICTIONARIES / name) for name in own]
    lines = (DICTIONARIES / f"{code}-added.dic").read_text(encoding="utf-8").splitlines()[1:]
    stems = [line.partition("/")[0] for line in lines]
    assert stems
    assert stems == sorted(set(stems))
    plain = [stem for stem in stems if all(each.knows(stem) for each in loaded)]
    # those that are known are there for a plural that is not
    assert len(plain) < len(stems) / 3
