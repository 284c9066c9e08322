"""Texts that a source tells in several languages: the one that a kit takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NEXT_BEST = ("fr", "en")


@dataclass(frozen=True)
class Texts:
    """A text and its language; an empty one where the source does not tell it."""

    text: str
    language: str = ""
    foreign: bool = False
    """Whether it is in another language than the one asked for."""
    languages: tuple[str, ...] = ()


def texts(value: object, language: str) -> Texts:
    """Return a value of one or of several languages in the one asked for, else in the next best."""
    if isinstance(value, str):
        return Texts(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Texts(str(value))
    if not isinstance(value, Mapping):
        return Texts("")
    told = {tag: text for tag, text in value.items() if isinstance(text, str) and text.strip()}
    for tag in (language, *_regional(told, language)):
        if tag in told:
            return Texts(told[tag], tag, languages=tuple(told))
    for tag in (*NEXT_BEST, *sorted(told)):
        if tag in told:
            return Texts(told[tag], tag, foreign=True, languages=tuple(told))
    return Texts("")


def _regional(told: Mapping[str, Any], language: str) -> list[str]:
    """Return the codes of a language with a region, such as fr-CA."""
    return sorted(tag for tag in told if tag.replace("_", "-").split("-")[0] == language)
