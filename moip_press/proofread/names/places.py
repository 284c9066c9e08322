"""Regions and departments that are not written by their official names (N203)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from moip_press.kit.model.records import Logo, Partner, Publisher
from moip_press.proofread.names.answers import also, edits
from moip_press.proofread.names.lexicon import Lexicon, fold_name, plain
from moip_press.proofread.names.official import DEPARTMENTS, LANDSCAPES, REGIONS, WRONG
from moip_press.proofread.names.reading import Found, Read
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message
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


def places(proof: Proof, read: Sequence[Read]) -> Iterator[Diagnostic]:
    """Yield one finding for each wrong spelling of a region or department, in French kits."""
    if proof.language != "fr":
        return
    lexicon, known = gazetteer(proof), vouched(proof)
    wrong: dict[tuple[str, str], list[Found]] = {}
    for text in read:
        for hit in lexicon.hits(text.folded):
            found = Found.of(text, hit)
            right = official(found)
            if right and found.words not in known:
                wrong.setdefault((found.words, right), []).append(found)
    for (words, right), found_at in wrong.items():
        yield _finding(words, right, found_at)


def gazetteer(proof: Proof) -> Lexicon:
    """Return the official names and how they are mistyped, as keys.

    The names of partners and of the publisher are keys too: what they call themselves is right.
    """
    return Lexicon([*RIGHT, *MISTYPED, *map(fold_name, _own_names(proof))])


def _own_names(proof: Proof) -> Iterator[str]:
    for record in {id(passage.record): passage.record for passage in proof.passages}.values():
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


def official(found: Found) -> str | None:
    """Return the official name that a place should bear, or None where it is right or unsure."""
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
        wrong = _misspelt(words, right, found)
    return (right.upper() if capitals else right) if wrong else None


def _misspelt(words: str, right: str, found: Found) -> bool:
    """Tell whether words are a wrong spelling of a name, and not other words."""
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


def _finding(words: str, right: str, found: Sequence[Found]) -> Diagnostic:
    first = found[0]
    message = NP_(
        "“{words}” is not the official name “{right}”.",
        "“{words}” is not the official name “{right}” ({count} places).",
    )
    region = N_("The region is called “{right}”.")
    department = N_("The department is called “{right}”.")
    called = region if _is_region(first.key) else department
    return finding(
        "N203",
        first.passage.span(first.start, first.end),
        Message.counted(message, len(found), words=words, right=right),
        Message.of(called, right=right),
        related=also(found[1:]),
        fix=edits(found, right),
        safe=first.key in RIGHT and RIGHT[first.key] not in LANDSCAPES,
    )


def _is_region(key: str) -> bool:
    return (RIGHT.get(key) or MISTYPED[key]) in REGION_NAMES
