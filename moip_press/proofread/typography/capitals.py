"""Capitals by accident within a word; whether a text is typed in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.proofread.passages import Role
from moip_press.proofread.proof import finding
from moip_press.proofread.typography.galley import NAMES_TOO, WORD, Galley, Hit
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "T243 mixed-case",
        N_("Small letters and capitals are mixed within a word by accident."),
        N_("It is printed as typed. Names that are spelt so are known from records or glossary."),
        "title: DÉVELOPPER ET {~~ENTREtenir~>ENTRETENIR~~} LA CONFIANCE",
        fixable=True,
    ),
)


MIXED = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,}[a-zß-öø-ÿ]+|[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]{2,}")
PLURAL = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,}(?:s|e|es|x|é|ée|és|ées|iste|istes|ien|iens|[mc])")
MOST = 0.7  # of the letters of a title that is typed in capitals
LEAST_HELD = 5  # letters: what is shorter may be an acronym with an ending
LONG = 6  # letters: acronyms are mostly shorter
_SMALL = "À AU AUX DE DES DU EN ET LA LE LES OU POUR SUR UN UNE THE OF AND FOR TO"
SMALL_WORDS = frozenset(_SMALL.split())


def in_capitals(text: str) -> bool:
    """Return whether a text is typed in capitals; acronyms alone are not."""
    if sum(map(str.isupper, text)) * 2 < len(text) * MOST:
        return False
    words = [word for word in WORD.findall(text) if len(word) > 1]
    letters = "".join(words)
    upper = sum(sign.isupper() for sign in letters)
    return (
        len(words) > 1
        and upper >= MOST * len(letters)
        and not any(word.islower() for word in words)
        and any(word.isupper() and (len(word) >= LONG or word in SMALL_WORDS) for word in words)
    )


def mixed_case(galley: Galley) -> Iterator[Diagnostic]:
    """Yield words with small letters and capitals by accident (T243)."""
    odd = [word for word in galley.counts if MIXED.fullmatch(word) and not PLURAL.fullmatch(word)]
    for hit in galley.find_words(odd, NAMES_TOO):
        right = None if _is_part(hit) else _meant(hit, galley)
        if right:
            spot = hit.spot(0, right)
            yield finding(
                "T243",
                spot.span,
                N_("Small letters and capitals are mixed in “{word}”."),
                N_("Write “{right}”, or add “{word}” to the words of the glossary."),
                right=right,
                word=hit.text,
                fix=[spot.edit],
            )


def _is_part(hit: Hit) -> bool:
    """Return whether a word is joined to another by a character: "R&Dab", "l'e-DRHa"."""
    text = hit.passage.text
    before, after = text[max(0, hit.start - 2) : hit.start], text[hit.end : hit.end + 1]
    elided = re.fullmatch(r"[ldnsjqLDNSJQ][’']", before) is not None
    return (before[-1:] in "#.&’'-" and before != "" and not elided) or after in ("&", "-")


def _meant(hit: Hit, galley: Galley) -> str | None:
    """Return what was meant, if the word is no name and its other spelling is sure."""
    word, passage = hit.text, hit.passage
    if galley.counts[word] > 1:
        return None
    if passage.role is Role.NAME:
        last = passage.field == "name" and word[:-1].isupper() and len(word) > 4
        return word.upper() if last and _has_capitals_after_first(passage.text) else None
    if word in galley.names:
        return None
    if in_capitals(passage.text):
        tail = sum(sign.islower() for sign in word)
        return word.upper() if tail > 1 else None
    upper, lower = galley.counts[word.upper()], galley.counts[word.lower()]
    usual = galley.counts[word.capitalize()]
    if upper > 1 and upper > lower + usual:
        return word.upper()
    if lower + usual > 1 and lower + usual > upper and len(word) > 2:
        opens = len(passage.text) - len(passage.text.lstrip()) >= hit.start
        first = opens or usual > lower or word[0].isupper()
        return word.capitalize() if first else word.lower()
    return _as_in_the_dictionary(hit, galley)


def _as_in_the_dictionary(hit: Hit, galley: Galley) -> str | None:
    """Return the plain word where the shift key was held too long: "MErci", "ENTREtenir"."""
    word = hit.text
    held = re.fullmatch(r"[A-ZÀ-Þ]{2,}[a-zß-ÿ]{2,}", word)
    if held is None or len(word) < LEAST_HELD:
        return None
    # loaded where such a word stands: most kits have none
    from moip_press.proofread.words.dictionaries import load_lexicon  # noqa: PLC0415

    if not load_lexicon(galley.proof.language).has(word.lower()):
        return None
    before = hit.passage.text[max(0, hit.start - 2) : hit.start]
    begins = re.search(r"(?:^|[.!?…:»]\s)$", before) is not None
    return word.capitalize() if begins else word.lower()


def _has_capitals_after_first(name: str) -> bool:
    words = WORD.findall(name)
    return len(words) > 1 and words[0].istitle()
