"""Every sentence a user reads can be said in French and in English."""

from __future__ import annotations

import copy
import gettext
import io
import pickle
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from moip_press.report.diagnostics import Message, placeholders
from moip_press.report.messages import DOMAIN, LOCALE, N_, NP_, Catalogue, available_languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message as Entry

ROOT = Path(__file__).parents[2]
KEYWORDS = {**DEFAULT_KEYWORDS, **parse_keywords(["N_", "NP_:1,2"])}
PERCENT = re.compile(r"%\((\w+)\)[sd]")
SCHEMAS = "moip_press/kit/schemas/"
UPDATE = "run `make messages`, then translate it in"


def key(entry: Entry) -> tuple[str | None, tuple[str, ...]]:
    return entry.context, sentences(entry.id)


def sentences(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    if text is None:
        return ()
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.fixture(scope="module")
def written() -> Catalog:
    """The sentences in the program and its templates."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    catalog = Catalog()
    for folder in ("moip_press", "templates"):
        found = extract_from_dir(
            ROOT / folder,
            [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods],
            {pattern.removeprefix(f"{folder}/"): option for pattern, option in options.items()},
            keywords=KEYWORDS,
        )
        for file, line, text, _, context in found:
            catalog.add(text, locations=[(f"{folder}/{file}", line)], context=context)
    assert len(catalog) > 50
    return catalog


LANGUAGES = [language for language in available_languages() if language != "en"]


def po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def translated(language: str) -> Catalog:
    with po(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(catalog: Catalog) -> Iterator[Entry]:
    return (entry for entry in catalog if entry.id)


def test_there_is_a_french_catalogue() -> None:
    assert LANGUAGES == ["fr"]


def untranslated(written: Catalog, language: str) -> list[str]:
    known = {key(entry): entry for entry in entries(translated(language))}
    return [
        f"{entry.locations[0][0]}:{entry.locations[0][1]}: {entry.id}"
        for entry in entries(written)
        if key(entry) not in known or not all(sentences(known[key(entry)].string))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_untranslated(written: Catalog, language: str) -> None:
    missing = [each for each in untranslated(written, language) if SCHEMAS not in each]
    assert missing == [], f"{UPDATE} {po(language)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_an_editor_shows_is_untranslated(written: Catalog, language: str) -> None:
    assert untranslated(written, language) == [], f"{UPDATE} {po(language)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_over_or_doubtful(written: Catalog, language: str) -> None:
    catalog = translated(language)
    used = {key(entry) for entry in entries(written)}
    assert [entry.id for entry in entries(catalog) if key(entry) not in used] == []
    assert [entry.id for entry in entries(catalog) if entry.fuzzy] == []
    assert list(catalog.obsolete) == []
    assert not catalog.fuzzy


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_same_placeholders(language: str) -> None:
    wrong = [
        (entry.id, entry.string)
        for entry in entries(translated(language))
        for string in sentences(entry.string)
        if names(string) not in [names(text) for text in sentences(entry.id)]
    ]
    assert wrong == []


def names(text: str) -> frozenset[str]:
    return frozenset(PERCENT.findall(text)) | placeholders(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_current(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, translated(language))
    compiled.seek(0)
    with po(language).with_suffix(".mo").open("rb") as file:
        shipped = vars(gettext.GNUTranslations(file))["_catalog"]
    expected = vars(gettext.GNUTranslations(compiled))["_catalog"]
    shipped.pop(""), expected.pop("")
    assert shipped == expected, "run `make messages`"


SPACING = {
    "no-break space before a colon": r"(?<=[^\W\d_»])[ ](?=:)|(?<=»)[ ]?(?=:)",
    "narrow no-break space before ; ! ?": r"[^\u202f/](?=[;!?](?:\s|$))",
    "no-break spaces within guillemets": r"«[^\u00a0]|[^\u00a0]»",
    "typographic apostrophe": r"[^\W\d_]'[^\W\d_]",
    "three dots": r"\.\.\.",
    "no spaces at the ends": r"^\s|\s$",
    "no two spaces": r"  ",
}


@pytest.mark.parametrize("rule", SPACING)
def test_french_sentences_follow_french_typography(rule: str) -> None:
    broken = [
        string
        for entry in entries(translated("fr"))
        for string in sentences(entry.string)
        if re.search(SPACING[rule], string)
    ]
    assert broken == []


def test_english_sentences_have_their_final_stop_in_french() -> None:
    uneven = [
        (text, string)
        for entry in entries(translated("fr"))
        for text, string in zip(sentences(entry.id), sentences(entry.string), strict=True)
        if text.endswith(".") and text not in ("Tel.", ".") and string and not string.endswith(".")
        if not text.startswith("Try ")
    ]
    assert uneven == []


# --- how a sentence is said ---------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "fr-FR", "fr_FR.UTF-8", "FR"])
def test_french_is_spoken_where_french_is_asked_for(language: str) -> None:
    assert Catalogue(language).gettext("Contents") == "Sommaire"


@pytest.mark.parametrize("language", ["en", "en_GB", "C", "", "xx", "../fr"])
def test_english_is_spoken_otherwise(language: str) -> None:
    assert Catalogue(language).gettext("Contents") == "Contents"


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("en", 0, "0 errors"),
        ("en", 1, "1 error"),
        ("en", 2, "2 errors"),
        ("fr", 0, "0\u00a0erreur"),
        ("fr", 1, "1\u00a0erreur"),
        ("fr", 2, "2\u00a0erreurs"),
    ],
)
def test_numbers_agree(language: str, count: int, expected: str) -> None:
    message = Message.counted(NP_("{count} error", "{count} errors"), count)
    assert Catalogue(language).say(message) == expected


def test_a_value_may_be_a_sentence_itself() -> None:
    message = Message.of("{what}: {how}", what=Message("error"), how="{braces} %")
    assert Catalogue("fr").say(message) == "erreur: {braces} %"


def test_literal_braces_are_doubled() -> None:
    assert Catalogue("en").say(Message("Write {{page:id}}.")) == "Write {page:id}."


def test_a_forgotten_value_shows_where_the_sentence_is_made() -> None:
    with pytest.raises(ValueError, match="name"):
        Message.of(N_("No file {name}."), nom="x")


def test_messages_are_values() -> None:
    message = Message.of("No file {name}.", name="x")
    assert message == Message("No file {name}.", {"name": "x"})
    assert hash(message) == hash(Message("No file {name}.", {"name": "x"}))
    assert message != Message.of("No file {name}.", name="y")
    assert pickle.loads(pickle.dumps(message)) == copy.deepcopy(message) == message  # noqa: S301
    with pytest.raises(TypeError):
        message.values["name"] = "y"  # type: ignore[index]
