"""Whether a place where a name's letters stand says anything about how the name is spelt."""

from __future__ import annotations

import re

from moip_press.proofread.names.reading import Found
from moip_press.proofread.names.records import Kind, Name, canonical, without_article
from moip_press.proofread.passages import Role
from moip_press.text.folding import unaccented

# a place called after a person: "Jean-Jaurès", but not "Saint-Denis"
FIRST_NAME = re.compile(r"(?!Sainte?-)[A-ZÀ-Þ][^\W\d_]+-[A-ZÀ-Þ][^\W\d_]+")
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
    if name.kind is Kind.PLACE and (not own[0].isupper() or FIRST_NAME.fullmatch(name.words)):
        return True
    return " " not in own and (_is_common(own, found, name) or _is_first_name(own, found, name))


def _is_common(own: str, found: Found, name: Name) -> bool:
    """Tell whether a word of the language is drawn in capitals: "Le LabO", "le Labo photo"."""
    theirs = without_article(name.words)
    return own != found.words and theirs != name.words and _same_letters(own, theirs)


def _is_first_name(own: str, found: Found, name: Name) -> bool:
    """Tell whether initials happen to be a person's name: "INES", "Ines Martin"."""
    accented = own != unaccented(own)
    longer = bool(LONGER_NAME.match(found.after))
    return name.words.isupper() and not own.isupper() and (accented or longer)


def _same_letters(words: str, others: str) -> bool:
    return words.lower() == others.lower()


def same_in_capitals(one: str, other: str, kind: Kind) -> bool:
    """Tell whether two spellings differ only in that one is typed in capitals."""
    if unaccented(one.upper()) != unaccented(other.upper()) or " " not in one:
        return False
    if kind is Kind.PERSON:
        return any(len(w) > 1 and w.isupper() for w in (*one.split(), *other.split()))
    return one[1:].isupper() or other[1:].isupper()
