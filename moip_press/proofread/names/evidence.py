"""Whether a place where a name's letters stand says anything about how the name is spelt."""

from __future__ import annotations

import re

from moip_press.proofread.folding import unaccented
from moip_press.proofread.names.reading import Found
from moip_press.proofread.names.records import Kind, Name, canonical, without_article
from moip_press.proofread.passages import Role

LONGER_NAME = re.compile(r"\s[A-ZÀ-Þ][a-zà-ÿ]")


def spelling(found: Found, name: Name, language: str) -> str | None:
    """Return the spelling that a place is evidence of, or None where it is of none.

    Words of the language ("la base", at the head of a sentence "La base"), titles typed in
    capitals and parts of longer names say nothing.
    """
    if found.tied:
        return None
    words = found.words
    if found.whole:
        return canonical(words, name)
    if _typed_in_capitals(found, name) or _is_other_words(found, name):
        return None
    if found.passage.role is Role.TITLE and language == "en" and _same_letters(words, name.words):
        return None
    if found.opens and name.words[:1].islower():
        words = words[:1].lower() + words[1:]
    return canonical(words, name)


def _typed_in_capitals(found: Found, name: Name) -> bool:
    return found.in_capitals or (
        " " in found.words and found.words.isupper() and not name.words.isupper()
    )


def _is_other_words(found: Found, name: Name) -> bool:
    if name.kind is Kind.CAMPAIGN:
        return False
    own = without_article(found.words)
    seen = own[1:] if found.opens and own == found.words else own
    if not any(sign.isupper() for sign in seen):
        return True
    # an acronym and a first name: "INES" and "Ines Martin"
    return (
        name.words.isupper()
        and not own.isupper()
        and (own != unaccented(own) or bool(LONGER_NAME.match(found.after)))
        and " " not in own
    )


def _same_letters(words: str, others: str) -> bool:
    return words.lower() == others.lower()


def same_in_capitals(one: str, other: str, kind: Kind) -> bool:
    """Tell whether two spellings differ only in that one is typed in capitals."""
    if unaccented(one.upper()) != unaccented(other.upper()) or " " not in one:
        return False
    if kind is Kind.PERSON:
        return any(len(w) > 1 and w.isupper() for w in (*one.split(), *other.split()))
    return one[1:].isupper() or other[1:].isupper()
