"""What languages are called: their names by their codes, and their codes by their names.

Codes are tags of BCP 47: ``fr``, ``br``, ``pt-BR``, ``fsl``. Names are those of the Unicode CLDR,
and a few that it lacks: sign languages, and languages of France.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from moip_press.text.folding import fold

if TYPE_CHECKING:
    from babel import Locale

TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
LIKENESS = 0.75
BESIDE_CLDR: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "fsl": "langue des signes française",
        "bfi": "langue des signes britannique",
        "sfb": "langue des signes de Belgique francophone",
        "ssr": "langue des signes de Suisse romande",
        "fr-gallo": "gallo",
        "gsw-FR": "alsacien",
        "gcf": "créole antillais",
        "gcr": "créole guyanais",
        "rcf": "créole réunionnais",
        "buc": "kibushi",
        "wls": "wallisien",
        "fud": "futunien",
        "dhv": "drehu",
        "nen": "nengone",
        "pri": "paicî",
        "aji": "ajië",
    },
    "en": {
        "fsl": "French Sign Language",
        "bfi": "British Sign Language",
        "sfb": "French Belgian Sign Language",
        "ssr": "Swiss-French Sign Language",
        "fr-gallo": "Gallo",
        "gsw-FR": "Alsatian",
        "gcf": "Antillean Creole",
        "gcr": "Guianese Creole",
        "rcf": "Réunion Creole",
        "buc": "Bushi",
        "wls": "Wallisian",
        "fud": "Futunan",
        "dhv": "Drehu",
        "nen": "Nengone",
        "pri": "Paicî",
        "aji": "Ajië",
    },
}
ALSO: Mapping[str, str] = {"lsf": "fsl", "langue des signes": "fsl", "bsl": "bfi"}
"""What else people write for a language, folded."""
BY_THEMSELVES = ("de", "es", "it", "pt", "nl", "br", "eu", "ca", "co", "oc")
"""Languages that are known by their own names too: Deutsch, brezhoneg."""


def language_name(code: str, spoken: str) -> str | None:
    """Return what a language is called in another, "breton"; None where the code is unknown."""
    names, tag = _names(spoken), _written(code)
    if tag in names:
        return names[tag]
    language, *rest = tag.split("-")
    if language not in names:
        return None
    places = {**_locale(spoken).scripts, **_locale(spoken).territories}
    known = [str(places[part]) for part in rest if part in places]
    return f"{names[language]} ({', '.join(known)})" if known else names[language]


def language_tag(words: str) -> str | None:
    """Return the code of a language that is given by code or by name; None where it is unknown."""
    if TAG.fullmatch(words) and language_name(words, "en"):
        return _written(words)
    return _tags().get(fold(words))


def nearest_language(words: str) -> str | None:
    """Return the name, in French or English, that was most likely meant by ``words``."""
    known = {fold(name): name for spoken in ("en", "fr") for name in _names(spoken).values()}
    return next((known[near] for near in get_close_matches(fold(words), known, 1, LIKENESS)), None)


def _written(code: str) -> str:
    """Return a tag in its usual case: ``pt-BR``, ``zh-Hant``."""
    language, *rest = code.split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join((language.lower(), *(cased.get(len(part), str.lower)(part) for part in rest)))


@cache
def _names(spoken: str) -> Mapping[str, str]:
    """Return the names of languages in one, by their codes."""
    known = {code.replace("_", "-"): str(name) for code, name in _locale(spoken).languages.items()}
    return {**known, **BESIDE_CLDR[spoken]}


@cache
def _tags() -> Mapping[str, str]:
    """Return the codes of languages by their folded names, in French, English and their own."""
    named = [(name, tag) for spoken in ("fr", "en") for tag, name in _names(spoken).items()]
    named.sort(key=lambda each: len(each[1]))  # of two codes, the shorter
    named += [(str(_locale(tag).languages[tag]), tag) for tag in BY_THEMSELVES]
    found: dict[str, str] = {}
    for name, tag in named:
        found.setdefault(fold(name), tag)
    return {**found, **ALSO}


@cache
def _locale(language: str) -> Locale:
    from babel import Locale  # noqa: PLC0415 -- few kits name languages

    return Locale(language)
