"""The names that a kit has records of, and the keys under which they are found in its texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from moip_press.kit.model.blocks import QuoteBlock
from moip_press.kit.model.edition import Edition
from moip_press.kit.model.records import (
    Contact,
    DirectoryEntry,
    Event,
    Lab,
    Logo,
    Partner,
    Person,
    Publisher,
)
from moip_press.kit.model.sessions import Place
from moip_press.proofread.names.found_names import (
    LEAST_PREFIX,
    NameFinder,
    fold_name,
    folded,
    plain,
    records_with_texts,
)
from moip_press.proofread.names.place_names import ABBREVIATIONS, MISTYPED, RIGHT
from moip_press.proofread.proof import Proof

ARTICLE = re.compile(r"(?:(?:les?|la|the) |l')", re.IGNORECASE)
OF = re.compile(r"(?:^| )(?:de la|de l'|du|des|de|d'|en)$", re.IGNORECASE)
JOINED = re.compile(r" et | and |, | / |;| & ")
DASH = re.compile(r" [-–—] ")
LEAST_CAMPAIGN = 3
PLACES = NameFinder([*RIGHT, *MISTYPED, *map(fold_name, ABBREVIATIONS)])
# "Région" the institution, "région" the place
BOTH_WAYS = re.compile(r"\b(Régions?|Départements?|Communes?|Villes?|Métropoles?|Préfectures?)\b")


class Kind(IntEnum):
    """Whose name it is; what its own record says weighs more than a mention."""

    CAMPAIGN = 0
    OWNER = 1
    PERSON = 2
    BODY = 3
    PLACE = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A name as a record spells it.

    `inner`: the names in it, such as that without the region or department that follows it.
    """

    words: str
    kind: Kind
    inner: tuple[str, ...] = ()


@dataclass
class Known:
    """The names of a kit by their keys, and the spellings of logos."""

    names: dict[str, Name] = field(default_factory=dict)
    logos: set[str] = field(default_factory=set)

    def add(self, words: str, kind: Kind) -> None:
        """Take a name in, and what it is also called; the weightiest record comes first."""
        for key, name in _entries(plain(words), kind):
            there = self.names.get(key)
            if there is None or name.kind < there.kind:
                self.names[key] = name


def known_names(proof: Proof) -> Known:
    """Return the names that the records of a kit bear."""
    found = Known()
    for record in records_with_texts(proof):
        for words, kind in _names(record):
            found.add(words, kind)
        if isinstance(record, Logo):
            found.logos.update(map(plain, (*record.words, " ".join(record.words))))
    return found


def _names(record: object) -> Iterable[tuple[str, Kind]]:
    match record:
        case Edition(title=title) if len(title.split()) >= LEAST_CAMPAIGN:
            yield title, Kind.CAMPAIGN
        case Lab(name=name) | Partner(name=name):
            yield name, Kind.OWNER
        case Publisher(name=name, short_name=short):
            yield name, Kind.OWNER
            yield short or "", Kind.OWNER
        case DirectoryEntry(name=name):
            yield name, Kind.BODY
        case Contact(name=name, organisation=body):
            yield name or "", Kind.PERSON
            yield body or "", Kind.BODY
        case Person(name=name):
            yield name, Kind.PERSON
        case QuoteBlock(author=author):
            yield (author or "").partition(",")[0], Kind.PERSON
        case Event(organisers=organisers):
            yield from ((name, Kind.BODY) for name in organisers)
        case Place(venue=venue, town=town):
            yield venue or "", Kind.PLACE
            yield town or "", Kind.PLACE
        case _:
            pass


def _entries(words: str, kind: Kind) -> Iterator[tuple[str, Name]]:
    key = fold_name(words)
    if len(key) < LEAST_PREFIX or key in RIGHT or not any(letter.isupper() for letter in words):
        return
    if kind is Kind.PERSON and " " not in words:
        return
    inner = tuple(dict.fromkeys(_inner(words)))
    yield key, Name(words, kind, inner)
    own = without_article(words)
    if own != words and _stands_alone(own):
        yield fold_name(own), Name(own, kind, inner)
    for part in inner:
        yield fold_name(part), Name(part, kind)


def _inner(words: str) -> Iterator[str]:
    """Yield the names in a name: "Pôle emploi" in "Pôle emploi Bretagne", both of "A et B"."""
    if base := _base(words):
        yield base
    parts = JOINED.split(words)
    if len(parts) > 1 and all(_is_own(part) for part in parts):
        yield from parts


def _is_own(words: str) -> bool:
    """Return whether words are a name by themselves: two words with capitals, or an acronym."""
    capitals = [word for word in words.split() if any(letter.isupper() for letter in word)]
    return len(capitals) > 1 or any(letter.isupper() for letter in words[1:])


def without_article(words: str) -> str:
    """Return a name without the article before it, which changes with the sentence."""
    article = ARTICLE.match(words)
    return words[article.end() :] if article else words


def _stands_alone(words: str) -> bool:
    """Return whether a name is one without its article too, and no word of the language."""
    return " " in words or (len(words) > 4 and any(letter.isupper() for letter in words[1:]))


def _base(words: str) -> str:
    """Return a name without the region or department at its end: "Pôle emploi Bretagne"."""
    for hit in PLACES.hits(folded(words)):
        if hit.end == len(words):
            base = OF.sub("", words[: hit.start].rstrip(" ").rstrip("(")).rstrip(" ")
            alone = " " in base or (base.isupper() and len(base) >= LEAST_PREFIX)
            return base if alone and hit.start and words[hit.start - 1] in " '" else ""
    return ""


def canonical(words: str, name: Name) -> str:
    """Return a spelling without what may differ from sentence to sentence."""
    own = DASH.sub(" – ", without_article(words))
    if name.kind in (Kind.PERSON, Kind.CAMPAIGN):
        return own
    if name.kind is Kind.PLACE:
        own = own.lower()
    own = BOTH_WAYS.sub(lambda word: word[0].lower(), own)
    return own[:1].lower() + own[1:] if " " in own else own
