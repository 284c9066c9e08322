"""Long names that lack a small word (N206): "ministère de la Transformation de la Fonction"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moip_press.kit.model.records import Publisher
from moip_press.proofread.names.answers import MOST_SHOWN
from moip_press.proofread.names.lexicon import Lexicon, fold_name, plain
from moip_press.proofread.names.places import vouched
from moip_press.proofread.names.reading import Found, Read
from moip_press.proofread.names.records import Kind, Known, records
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_

LEAST_WORDS = 5
BEFORE_ARTICLE = frozenset({"la", "l'"})


def gaps(proof: Proof, read: Sequence[Read], known: Known) -> Iterator[Diagnostic]:
    """Yield one finding for each name of which "et", or "de" before an article, is missing."""
    names = {key: name.words for key, name in known.names.items() if _is_body(name.kind)}
    for words in _authorities(proof):
        names.setdefault(fold_name(words), words)
    torn = {key: words for words in names.values() for key in _torn(words) if key not in names}
    if not torn:
        return
    lexicon, right = Lexicon([*torn, *names]), vouched(proof)
    found: dict[str, list[Found]] = {}
    for text in read:
        for hit in lexicon.hits(text.folded):
            place = Found.of(text, hit)
            if hit.key in torn and place.words not in right:
                found.setdefault(hit.key, []).append(place)
    for key, places in found.items():
        yield _finding(torn[key], places)


def _is_body(kind: Kind) -> bool:
    return kind in (Kind.OWNER, Kind.BODY, Kind.CAMPAIGN)


def _authorities(proof: Proof) -> Iterator[str]:
    """Yield the publisher's authority, which is set as lines of type."""
    for record in records(proof):
        if isinstance(record, Publisher) and record.authority:
            yield plain(" ".join(record.authority))


def _torn(words: str) -> Iterator[str]:
    """Yield the keys of a name without one of its small words."""
    parts = words.replace("l'", "l' ").split()
    if len(parts) < LEAST_WORDS:
        return
    for at in range(1, len(parts) - 1):
        small = parts[at] == "et" or (parts[at] == "de" and parts[at + 1] in BEFORE_ARTICLE)
        if small:
            yield fold_name(" ".join(parts[:at] + parts[at + 1 :]))


def _finding(right: str, places: Sequence[Found]) -> Diagnostic:
    first = places[0]
    message = NP_(
        "“{words}” lacks a word of “{right}”.",
        "“{words}” lacks a word of “{right}” ({count} places).",
    )
    return finding(
        "N206",
        first.passage.span(first.start, first.end),
        Message.counted(message, len(places), words=first.words, right=right),
        Message(N_("Write the name in full.")),
        related=[
            Related(each.passage.span(each.start, each.end), Message(N_("Here too.")))
            for each in places[1 : MOST_SHOWN + 1]
        ],
    )
