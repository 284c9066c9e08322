"""Spellings that the kit's glossary calls wrong, or that differ from the one it prefers (N202)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moip_press.kit.model.edition import Term
from moip_press.proofread.names.answers import also, edits
from moip_press.proofread.names.evidence import spelling
from moip_press.proofread.names.lexicon import JOINERS, Lexicon, fold_name, plain
from moip_press.proofread.names.places import vouched
from moip_press.proofread.names.reading import Found, Read
from moip_press.proofread.names.records import Kind, Name, canonical
from moip_press.proofread.names.spellings import forms
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_, NP_

VOWELS = frozenset("aeiouyh")
SEPARATORS = str.maketrans("", "", JOINERS)


@dataclass(frozen=True)
class Slip:
    """A wrong spelling, the right one, and whether one can stand for the other anywhere."""

    words: str
    right: str
    safe: bool


def glossed(proof: Proof, read: Sequence[Read]) -> Iterator[Diagnostic]:
    """Yield one finding for each spelling that is not the glossary's."""
    terms: dict[str, list[Term]] = {}
    for term in proof.glossary.terms:
        for form in forms(term):
            known = terms.setdefault(fold_name(form), [])
            if term not in known:
                known.append(term)
    lexicon, right = Lexicon(terms), vouched(proof)
    slips: dict[Slip, list[Found]] = {}
    for text in read if terms else ():
        for hit in lexicon.hits(text.folded):
            slip, found = _slip(Found.of(text, hit), terms[hit.key], right, proof.language)
            if slip:
                slips.setdefault(slip, []).append(found)
    for slip, places in slips.items():
        yield _finding(slip, places)


def _slip(
    found: Found, terms: Sequence[Term], right: frozenset[str], language: str
) -> tuple[Slip | None, Found]:
    """Return what is wrong with a place, and how far it reaches."""
    if found.tied or any(_reach(found, form) for form in right):
        return None, found
    for term in terms:
        for form in map(plain, term.wrong):
            place = _reach(found, form)
            if place:
                return _wrong(place, plain(term.preferred)), place
    return next((slip for term in terms if (slip := _unlike(found, term, language))), None), found


def _reach(found: Found, form: str) -> Found | None:
    """Return the place of a form, signs at its ends included, if it stands where it was found."""
    if fold_name(form) != found.key:
        return None
    text = plain_signs(found.passage.text)
    lead = next(n for n, sign in enumerate(form) if sign.isalnum() or sign == "@")
    start = found.start - lead
    if start < 0:
        return None
    for own in dict.fromkeys((form, form[:1].upper() + form[1:], form.upper())):
        if (own == form or form == form.lower()) and text.startswith(own, start):
            return Found(found.passage, start, start + len(own), found.key)
    return None


def plain_signs(text: str) -> str:
    """Return a text of the same length with straight apostrophes and simple hyphens and spaces."""
    return text.translate(SAME_LENGTH)


SAME_LENGTH = str.maketrans("’ʼ‘\u2010\u2011\u00a0\u202f", "'''--  ")


def _wrong(place: Found, preferred: str) -> Slip:
    words = place.words
    right = preferred
    if preferred == preferred.lower() and words[:1].isupper():
        capitals = len(words) > 1 and words == words.upper()
        right = preferred.upper() if capitals else preferred[:1].upper() + preferred[1:]
    begin = (fold_name(words)[:1] in VOWELS) == (fold_name(right)[:1] in VOWELS)
    return Slip(words, right, begin or place.opens)


def _unlike(found: Found, term: Term, language: str) -> Slip | None:
    """Return what a spelling is that the glossary does not list, though its letters are known."""
    preferred = plain(term.preferred)
    if found.key != fold_name(preferred):
        return None
    words = found.words
    if preferred == preferred.lower():
        same = words.lower().translate(SEPARATORS) == preferred.translate(SEPARATORS)
        return Slip(words, preferred, safe=False) if same and words.lower() != preferred else None
    name = Name(preferred, Kind.BODY)
    seen = spelling(found, name, language)
    return (
        Slip(words, preferred, safe=False)
        if seen not in (None, canonical(preferred, name))
        else None
    )


def _finding(slip: Slip, places: Sequence[Found]) -> Diagnostic:
    first = places[0]
    message = NP_(
        "The glossary writes “{right}”, not “{words}”.",
        "The glossary writes “{right}”, not “{words}” ({count} places).",
    )
    return finding(
        "N202",
        first.passage.span(first.start, first.end),
        Message.counted(message, len(places), right=slip.right, words=slip.words),
        Message.of(
            N_("Write “{right}”, or put “{words}” among the accepted forms in glossary.yaml."),
            right=slip.right,
            words=slip.words,
        ),
        related=also(places[1:]),
        fix=edits(places, slip.right),
        safe=slip.safe,
    )
