"""The same letters, however they are typed."""

from __future__ import annotations

import unicodedata

import pytest

from moip_press.proofread.names.found_names import fold_name
from moip_press.text.folding import fold, fold_words, letters, unaccented

SAME = [
    ("Évènement d’été", "EVENEMENT D'ETE"),
    ("Cœur de ville", "coeur de ville"),
    ("Curriculum vitæ", "curriculum vitae"),
    ("Pays\u202fde\u00a0la  Loire", "pays de la loire"),
    ("Auvergne\u2011Rhône\u2010Alpes", "Auvergne-Rhone-Alpes"),
    ("Provence-Alpes-Côte d'Azur", "provence alpes cote d azur"),
    ("Straße à Łódź", "strasse a lodz"),
    ("N\N{FEMININE ORDINAL INDICATOR}", "na"),
    ("\N{LATIN SMALL LIGATURE FI}n", "fin"),
    ("co\N{SOFT HYPHEN}opérer", "cooperer"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_letters_are_one_text(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold_words(one) == fold_words(other)


@pytest.mark.parametrize(("one", "_"), SAME)
def test_accents_that_are_composed_or_not_are_the_same(one: str, _: str) -> None:
    apart = unicodedata.normalize("NFD", one)
    assert fold(apart) == fold(one)
    assert fold_words(apart) == fold_words(one)
    assert unaccented(apart) == unaccented(one)


@pytest.mark.parametrize(
    ("one", "other"), [("C", "C++"), ("9 h", "9 h 30"), ("Lyon", "Laon"), ("a.b", "ab")]
)
def test_other_letters_and_signs_are_another_text(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_letters_keep_the_signs_between_them() -> None:
    assert letters("Rhône-Alpes, l’Été.") == "rhone-alpes, l’ete."


def test_names_are_the_same_however_their_words_are_joined() -> None:
    assert fold_name("Ti-Lab") == fold_name("Tilab") == fold_name("TI LAB")
    assert fold("Ti-Lab") != fold("Tilab")
