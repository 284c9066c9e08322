"""Languages are called by their names in the language of the kit, and known by name or code."""

from __future__ import annotations

import pytest

from moip_press.text.language_names import language_name, language_tag, nearest_language


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("fr", "français", "French"),
        ("br", "breton", "Breton"),
        ("ar", "arabe", "Arabic"),
        ("fsl", "langue des signes française", "French Sign Language"),
        ("rcf", "créole réunionnais", "Réunion Creole"),
        ("gsw-FR", "alsacien", "Alsatian"),
        ("pt-br", "portugais brésilien", "Brazilian Portuguese"),
        ("de-CH", "allemand suisse", "Swiss High German"),
        ("fr-RE", "français (La Réunion)", "French (Réunion)"),
        ("de-1901", "allemand", "German"),
    ],
)
def test_a_language_has_its_name_in_the_language_of_the_kit(
    code: str, french: str, english: str
) -> None:
    assert (language_name(code, "fr"), language_name(code, "en")) == (french, english)


def test_a_code_that_nobody_knows_has_no_name() -> None:
    assert language_name("xx", "fr") is None
    assert language_tag("xx") is None


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("breton", "br"),
        ("Français", "fr"),
        ("francais", "fr"),
        ("English", "en"),
        ("Deutsch", "de"),
        ("brezhoneg", "br"),
        ("LSF", "fsl"),
        ("créole réunionnais", "rcf"),
        ("alsacien", "gsw-FR"),
        ("FR", "fr"),
        ("zh-hant", "zh-Hant"),
    ],
)
def test_a_language_is_known_by_its_name_or_its_code(words: str, tag: str) -> None:
    assert language_tag(words) == tag


def test_a_name_that_is_misspelt_leads_to_the_one_that_was_meant() -> None:
    assert nearest_language("bretton") == "breton"
    assert nearest_language("anglai") == "anglais"
    assert nearest_language("klingonnais de Brest") is None
