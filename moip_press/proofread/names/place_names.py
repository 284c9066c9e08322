"""Regions and departments by their official names: in texts (N203) and in region fields (N204)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from moip_press.kit.model.records import Logo, Partner, Publisher
from moip_press.proofread.names.found_names import (
    FoldedTexts,
    Found,
    find,
    name_finding,
    records_with_texts,
)
from moip_press.proofread.names.french_regions import (
    ABBREVIATIONS,
    DEPARTMENTS,
    FORMER,
    LANDSCAPES,
    REGIONS,
    WRONG,
)
from moip_press.proofread.names.name_lexicon import Lexicon, fold_name, folded, plain
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_, NP_
from moip_press.text.folding import unaccented

RIGHT = {fold_name(name): name for name in (*REGIONS.values(), *DEPARTMENTS.values())}
MISTYPED = {fold_name(wrong): name for wrong, name in WRONG.items()}
REGION_NAMES = frozenset(REGIONS.values())
PARTED = re.compile(r"[ '-]")
INITIALS = re.compile(r"\b\w\.\w\b")  # "S.A.C.H.E.R" holds no "Cher"
# adjectives: "les Pyrénées orientales" are mountains
ADJECTIVE = re.compile(r" (maritimes?|atlantiques?|orientales?)\b")
# "entre Loir et Cher" is between two rivers
RIVERS = re.compile(
    r"\b(entre|bassins?|vallées?|bords?|rives?|rivières?|fleuves?|canal|canaux|confluence)"
    r"( d[eu]s?| de la| de l'| d'|) ?(la |le |l')?$",
    re.IGNORECASE,
)
OF_TODAY = {fold_name(name): name for name in REGIONS.values()}
SHORT = {fold_name(short): name for short, name in ABBREVIATIONS.items()}
OLD = {fold_name(old): name for old, name in FORMER.items()}
PLACES = Lexicon([*RIGHT, *MISTYPED, *OLD])
LIKENESS = 0.82
ALSO_IN_FULL = NP_(
    "The region “{right}” is also called “{words}”.",
    "The region “{right}” is also called “{words}” ({count} places).",
)
FORMER_REGION = NP_(
    "“{words}” has not been a region since 2016.",
    "“{words}” has not been a region since 2016 ({count} places).",
)
NOT_OFFICIAL = NP_(
    "“{words}” is not the official name “{right}”.",
    "“{words}” is not the official name “{right}” ({count} places).",
)
UNKNOWN = NP_(
    "“{words}” is not a region of France.",
    "“{words}” is not a region of France ({count} places).",
)


def places(proof: Proof, texts: FoldedTexts) -> Iterator[Diagnostic]:
    """Yield one finding for each wrong spelling of a region or department, in French kits.

    The names of partners and of the publisher are looked for too: what they call themselves is
    right.
    """
    if proof.language != "fr":
        return
    known, own = vouched(proof), map(fold_name, _own_names(proof))
    wrong: dict[tuple[str, str], list[Found]] = {}
    for found in find(texts, (*RIGHT, *MISTYPED, *own)):
        right = _official(found)
        if right and found.words not in known:
            wrong.setdefault((found.words, right), []).append(found)
    for (_, right), found_at in wrong.items():
        yield _misspelt(right, found_at)


def _own_names(proof: Proof) -> Iterator[str]:
    for record in records_with_texts(proof):
        match record:
            case Partner(name=name) | Publisher(name=name):
                yield name
            case Logo(alt=str(alt)):
                yield alt
            case _:
                pass


def vouched(proof: Proof) -> frozenset[str]:
    """Return the spellings that the kit's glossary calls right."""
    glossary = proof.glossary
    terms = (word for term in glossary.terms for word in (term.preferred, *term.accepted))
    return frozenset(map(plain, (*glossary.words, *terms)))


def _official(found: Found) -> str | None:
    """Return the official name that a place should have, or None where it is right or unsure."""
    if found.tied:
        return None
    words = found.words
    right = MISTYPED.get(found.key) or RIGHT.get(found.key)
    if right is None or not words[0].isupper() or INITIALS.search(words):
        return None
    capitals = words == words.upper()
    if found.key in MISTYPED:
        wrong = " et " not in words
    elif capitals:
        wrong = unaccented(words) != unaccented(right.upper())
    else:
        wrong = _is_misspelt(words, right, found)
    return (right.upper() if capitals else right) if wrong else None


def _is_misspelt(words: str, right: str, found: Found) -> bool:
    """Return whether words are a wrong spelling of a name, and not other words."""
    if words == right or "–" in words or (PARTED.search(right) and not PARTED.search(words)):
        return False
    if right.isalpha() or right == "La Réunion":
        return words.lower() != right.lower() and words.rsplit(maxsplit=1)[-1][0].isupper()
    before = found.before[-24:].replace("’", "'")
    if ADJECTIVE.search(words) or (" et " in words and RIVERS.search(before)):
        return False
    # "Grand est le plaisir"
    sentence = found.opens and words[1:] == words[1:].lower() and words.lower() == right.lower()
    return not sentence


def _misspelt(right: str, found: list[Found]) -> Diagnostic:
    key = found[0].key
    official = RIGHT.get(key) or MISTYPED[key]
    region = N_("The region is called “{right}”.")
    department = N_("The department is called “{right}”.")
    return name_finding(
        "N203",
        found,
        NOT_OFFICIAL,
        region if official in REGION_NAMES else department,
        right=right,
        safe=key in RIGHT and official not in LANDSCAPES,
    )


def region_fields(proof: Proof) -> Iterator[Diagnostic]:
    """Yield what in the region fields of a French kit is not the name of a region of today.

    Abbreviations and former regions are left alone where the kit uses them throughout.
    """
    if proof.language != "fr":
        return
    fields: dict[str, list[Passage]] = {}
    known = {fold_name(word) for word in vouched(proof)}
    for passage in proof.passages:
        if passage.field == "region" and fold_name(passage.text) not in known:
            fields.setdefault(plain(passage.text), []).append(passage)
    today = {OF_TODAY[fold_name(words)] for words in fields if fold_name(words) in OF_TODAY}
    for words, found in fields.items():
        wrong = _wrong_region(words, today)
        if wrong:
            yield _region_field(words, found, *wrong)


def _wrong_region(words: str, today: set[str]) -> tuple[tuple[str, str], str] | None:
    """Return what is wrong with a region's name, and the name that it should be."""
    key = fold_name(words)
    if key in SHORT:
        right = SHORT[key]
        return (ALSO_IN_FULL, right) if right in today else None
    if key in OLD:
        # in a kit of today's regions, an old one is a slip or a part of one
        return (FORMER_REGION, OLD[key]) if today else None
    if key in RIGHT:
        lower = words != RIGHT[key] and words == words.lower()
        return (NOT_OFFICIAL, RIGHT[key]) if lower else None
    # "Bretagne et Normandie" holds a place
    if len(key) < 6 or any(True for _ in PLACES.hits(folded(words))):
        return None
    close = get_close_matches(key, OF_TODAY, 1, LIKENESS)
    return (UNKNOWN, OF_TODAY[close[0]]) if close else None


def _region_field(
    words: str, found: list[Passage], message: tuple[str, str], right: str
) -> Diagnostic:
    hints = {
        ALSO_IN_FULL: N_("Write “{right}” in each field, so that its events are found together."),
        FORMER_REGION: N_("It is a part of “{right}”."),
    }
    return finding(
        "N204",
        [each.span() for each in found],
        message,
        hints.get(message, N_("Did you mean “{suggestion}”?")),
        words=words,
        right=right,
        suggestion=right,
        fix=[each.edit(0, len(each.text), right) for each in found],
        safe=message is NOT_OFFICIAL,
    )
