"""Names that are spelt in two ways (N201), or otherwise than the kit's glossary (N202)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from moip_press.kit.model.edition import Term
from moip_press.proofread.names.found_names import (
    ARTICLES,
    JOINERS,
    PLAIN,
    FoldedTexts,
    Found,
    NameFinder,
    find,
    fold_name,
    folded,
    name_finding,
    plain,
)
from moip_press.proofread.names.name_records import (
    ARTICLE,
    Kind,
    Known,
    Name,
    canonical,
    without_article,
)
from moip_press.proofread.names.place_names import MISTYPED, RIGHT, vouched
from moip_press.proofread.passages import Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_
from moip_press.text.folding import unaccented

GAZETTEER = NameFinder([*RIGHT, *MISTYPED])
VOWELS = frozenset("aeiouyh")
SEPARATORS = str.maketrans("", "", JOINERS)
# a place called after a person: "Jean-Jaurès", but not "Saint-Denis"
FIRST_NAME = re.compile(r"(?!Sainte?-)[A-ZÀ-Þ][^\W\d_]+-[A-ZÀ-Þ][^\W\d_]+")
LONGER_NAME = re.compile(r"\s[A-ZÀ-Þ][a-zà-ÿ]")
MANY = 3


@dataclass
class Cluster:
    """The places of one name, by spelling."""

    name: Name
    spellings: dict[str, list[Found]] = field(default_factory=dict)

    @property
    def found(self) -> list[Found]:
        """All places, in the order of the kit."""
        return [each for found in self.spellings.values() for each in found]


def spellings(proof: Proof, texts: FoldedTexts, names: Known) -> Iterator[Diagnostic]:
    """Yield one finding for each pair of spellings of one name."""
    clusters = _clusters(proof, texts, names)
    right, reported = vouched(proof), set[str]()
    # names without their region first: what is wrong there is not reported again
    for key, cluster in sorted(clusters.items(), key=lambda item: bool(item[1].name.inner)):
        if any(fold_name(words) in reported for words in cluster.name.inner):
            continue
        if len(cluster.spellings) > 1:
            reported.add(key)
        for pair in _pairs(cluster, names, right):
            yield _two_spellings(*pair)
    yield from _two_records(clusters, right)


def _clusters(proof: Proof, texts: FoldedTexts, names: Known) -> dict[str, Cluster]:
    """Return the places of each name; names that the glossary knows are left to it."""
    glossed = {fold_name(form) for term in proof.glossary.terms for form in _forms(term)}
    clusters: dict[str, Cluster] = {}
    for hit in find(texts, names.names):
        for found in _with_inner(hit, names):
            name = names.names[found.key]
            seen = _spelling(found, name, proof.language)
            if seen is not None and found.key not in glossed:
                key = fold_name(without_article(name.words))
                cluster = clusters.setdefault(key, Cluster(name))
                cluster.spellings.setdefault(_with_official_place(seen), []).append(found)
    return clusters


def _forms(term: Term) -> tuple[str, ...]:
    """Return all forms of a term of the glossary."""
    return (term.preferred, *term.accepted, *term.wrong)


def _with_inner(found: Found, names: Known) -> Iterator[Found]:
    """Yield a name, without the article of its sentence, and the names in it."""
    yield _bare(found, names)
    inner = names.names[found.key].inner
    if inner:
        own = folded(found.passage.text[found.start : found.end])
        for key in map(fold_name, inner):
            for start, place in zip(own.starts, own.places, strict=True):
                end = own.ends.get(start + len(key))
                if end is not None and own.text.startswith(key, start):
                    yield Found(found.passage, found.start + place, found.start + end, key)


def _bare(found: Found, names: Known) -> Found:
    article = ARTICLE.match(found.words)
    if found.whole or article is None or article[0][0].isupper():
        return found
    key = fold_name(found.words[article.end() :])
    start = found.start + article.end()
    return Found(found.passage, start, found.end, key) if key in names.names else found


def _with_official_place(words: str) -> str:
    """Return a name with the region in it as it should be: N203 reports that."""
    for hit in reversed(list(GAZETTEER.hits(folded(words)))):
        right = RIGHT.get(hit.key) or MISTYPED[hit.key]
        words = words[: hit.start] + right + words[hit.end :]
    return words


def _pairs(
    cluster: Cluster, names: Known, right: frozenset[str]
) -> Iterator[tuple[list[Found], list[Found]]]:
    """Yield the places of each spelling that is not the usual one, and those of the usual one."""
    found = cluster.spellings
    if len(found) < 2:
        return
    usual = max(found, key=lambda words: _weight(words, cluster))
    for words, places in found.items():
        accepted = _any_of(places, right | names.logos)
        if words == usual or accepted or _are_same_in_capitals(words, usual, cluster.name.kind):
            continue
        if cluster.name.kind is Kind.CAMPAIGN and len(found[usual]) < MANY * len(places):
            continue
        yield places, found[usual]


def _any_of(places: Iterable[Found], words: Collection[str]) -> bool:
    return any(each.words in words or without_article(each.words) in words for each in places)


def _weight(words: str, cluster: Cluster) -> tuple[int, int, bool]:
    """Return what makes a spelling the usual one: numbers, accents, its own record."""
    own = canonical(cluster.name.words, cluster.name) == words
    accents = sum(1 for letter in words if not letter.isascii())
    return len(cluster.spellings[words]), accents, own


def _shown(places: Sequence[Found]) -> str:
    """Return how a spelling is quoted: as a record has it, or the first place."""
    whole = next((each for each in places if each.whole), places[0])
    return whole.words if whole.whole else without_article(whole.words)


def _two_spellings(places: Sequence[Found], usual: Sequence[Found]) -> Diagnostic:
    own, other = _shown(places), _shown(usual)
    shown = [(usual[0], other), *((each, own) for each in places[1:])]
    times = NP_("“{words}” ({count} time)", "“{words}” ({count} times)")
    return finding(
        "N201",
        places[0].span,
        N_("One name is spelt in two ways: {one} and {other}."),
        N_('Choose one of them; if both are right: moip-press check --learn "{words}"'),
        one=Message.counted(times, len(places), words=own),
        other=Message.counted(times, len(usual), words=other),
        words=own,
        related=[
            Related(each.span, Message.of(N_("Here it is “{words}”."), words=words))
            for each, words in shown
        ],
    )


def _two_records(clusters: Mapping[str, Cluster], right: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield names of records that differ in a small word: "Lab de Bretagne", "Lab Bretagne"."""
    alike: dict[str, list[Cluster]] = {}
    for cluster in clusters.values():
        words = _fold_words(cluster.name.words)
        if cluster.name.kind in (Kind.OWNER, Kind.BODY) and len(words) > 1:
            alike.setdefault(" ".join(words), []).append(cluster)
    for group in alike.values():
        usual = max(group, key=lambda cluster: len(cluster.found))
        for cluster in group:
            if cluster is not usual and not _any_of(cluster.found, right):
                yield _two_spellings(cluster.found, usual.found)


def _fold_words(words: str) -> list[str]:
    """Return the folded words of a name, small ones left out."""
    forms = (fold_name(word) for word in words.replace("'", " ").replace("’", " ").split())
    return [form for form in forms if form and form not in ARTICLES]


def _spelling(found: Found, name: Name, language: str) -> str | None:
    """Return the spelling that a place is evidence of, or None where it is of none.

    Words of the language ("la base", at the head of a sentence "La base"), titles typed in
    capitals and parts of longer names say nothing.
    """
    if found.tied:
        return None
    words = found.words
    if found.whole:
        return canonical(words, name)
    typed_in_capitals = " " in words and words.isupper() and not name.words.isupper()
    if found.in_capitals or typed_in_capitals or _is_other_words(found, name):
        return None
    if (
        found.passage.role is Role.TITLE
        and language == "en"
        and words.lower() == name.words.lower()
    ):
        return None
    if found.opens and name.words[:1].islower():
        words = words[:1].lower() + words[1:]
    return canonical(words, name)


def _is_other_words(found: Found, name: Name) -> bool:
    if name.kind is Kind.CAMPAIGN:
        return False
    own = without_article(found.words)
    seen = own[1:] if found.opens and own == found.words else own
    if not any(letter.isupper() for letter in seen):
        return True
    if name.kind is Kind.PLACE and (not own[0].isupper() or FIRST_NAME.fullmatch(name.words)):
        return True
    return " " not in own and (_is_common(own, found, name) or _is_first_name(own, found, name))


def _is_common(own: str, found: Found, name: Name) -> bool:
    """Return whether a word of the language is drawn in capitals: "Le LabO", "le Labo photo"."""
    theirs = without_article(name.words)
    return own != found.words and theirs != name.words and own.lower() == theirs.lower()


def _is_first_name(own: str, found: Found, name: Name) -> bool:
    """Return whether initials happen to be a person's name: "INES", "Ines Martin"."""
    accented = own != unaccented(own)
    longer = bool(LONGER_NAME.match(found.after))
    return name.words.isupper() and not own.isupper() and (accented or longer)


def _are_same_in_capitals(one: str, other: str, kind: Kind) -> bool:
    """Return whether two spellings differ only in that one is typed in capitals."""
    if unaccented(one.upper()) != unaccented(other.upper()) or " " not in one:
        return False
    if kind is Kind.PERSON:
        return any(len(w) > 1 and w.isupper() for w in (*one.split(), *other.split()))
    return one[1:].isupper() or other[1:].isupper()


@dataclass(frozen=True)
class Slip:
    """A wrong spelling, the right one, and whether one can stand for the other anywhere."""

    words: str
    right: str
    safe: bool


def glossary_spellings(proof: Proof, texts: FoldedTexts) -> Iterator[Diagnostic]:
    """Yield one finding for each spelling that is not the glossary's."""
    terms: dict[str, list[Term]] = {}
    for term in proof.glossary.terms:
        for key in {fold_name(form): None for form in _forms(term)}:
            terms.setdefault(key, []).append(term)
    right = vouched(proof)
    slips: dict[Slip, list[Found]] = {}
    for found in find(texts, terms):
        slip, place = _slip(found, terms[found.key], right, proof.language)
        if slip:
            slips.setdefault(slip, []).append(place)
    message = NP_(
        "The glossary writes “{right}”, not “{words}”.",
        "The glossary writes “{right}”, not “{words}” ({count} places).",
    )
    hint = N_("Write “{right}”, or put “{words}” among the accepted forms in glossary.yaml.")
    for slip, places in slips.items():
        yield name_finding("N202", places, message, hint, right=slip.right, safe=slip.safe)


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
    """Return the place of a form, with the punctuation at its ends, if it is what was found."""
    if fold_name(form) != found.key:
        return None
    text = found.passage.text.translate(PLAIN)
    lead = next(n for n, each in enumerate(form) if each.isalnum() or each == "@")
    start = found.start - lead
    if start < 0:
        return None
    for own in dict.fromkeys((form, form[:1].upper() + form[1:], form.upper())):
        if (own == form or form == form.lower()) and text.startswith(own, start):
            return Found(found.passage, start, start + len(own), found.key)
    return None


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
    seen = _spelling(found, name, language)
    return (
        Slip(words, preferred, safe=False)
        if seen not in (None, canonical(preferred, name))
        else None
    )
