"""Names of the kit's records that are spelt in two ways (N201)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from moip_press.kit.model.edition import Term
from moip_press.proofread.names.answers import MOST_SHOWN
from moip_press.proofread.names.evidence import same_in_capitals, spelling
from moip_press.proofread.names.lexicon import Lexicon, fold_name, folded
from moip_press.proofread.names.places import MISTYPED, RIGHT, vouched
from moip_press.proofread.names.reading import Found, Read
from moip_press.proofread.names.records import (
    ARTICLE,
    Kind,
    Known,
    Name,
    canonical,
    without_article,
)
from moip_press.proofread.names.words import ARTICLES
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_

GAZETTEER = Lexicon([*RIGHT, *MISTYPED])
MANY = 3


@dataclass
class Cluster:
    """The places where one name stands, by spelling."""

    name: Name
    spellings: dict[str, list[Found]] = field(default_factory=dict)

    @property
    def found(self) -> list[Found]:
        """All places, in the order of the kit."""
        return [each for found in self.spellings.values() for each in found]


def spellings(proof: Proof, read: Sequence[Read], names: Known) -> Iterator[Diagnostic]:
    """Yield one finding for each pair of spellings of one name."""
    clusters = gather(proof, read, names)
    right, told = vouched(proof), set[str]()
    # names without their region first: what is wrong there is not said again
    for key, cluster in sorted(clusters.items(), key=lambda item: bool(item[1].name.inner)):
        if any(fold_name(words) in told for words in cluster.name.inner):
            continue
        if len(cluster.spellings) > 1:
            told.add(key)
        for pair in _pairs(cluster, names, right):
            yield _finding(*pair)
    yield from _looser(clusters, right)


def gather(proof: Proof, read: Sequence[Read], names: Known) -> dict[str, Cluster]:
    """Return the places of each name; names that the glossary knows are left to it."""
    lexicon = Lexicon(names.names)
    theirs = {fold_name(form) for term in proof.glossary.terms for form in forms(term)}
    clusters: dict[str, Cluster] = {}
    for text in read:
        for hit in lexicon.hits(text.folded):
            for found in _with_inner(Found.of(text, hit), names):
                name = names.names[found.key]
                seen = spelling(found, name, proof.language)
                if seen is not None and found.key not in theirs:
                    key = fold_name(without_article(name.words))
                    cluster = clusters.setdefault(key, Cluster(name))
                    cluster.spellings.setdefault(_placed(seen), []).append(found)
    return clusters


def forms(term: Term) -> tuple[str, ...]:
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


def _placed(words: str) -> str:
    """Return a name with the region in it as it should be: that is said by N203."""
    for hit in reversed(list(GAZETTEER.hits(folded(words)))):
        right = RIGHT.get(hit.key) or MISTYPED[hit.key]
        words = words[: hit.start] + right + words[hit.end :]
    return words


Pair = tuple[str, list[Found], str, list[Found]]


def _pairs(cluster: Cluster, names: Known, right: frozenset[str]) -> Iterator[Pair]:
    """Yield each spelling that is not the usual one of the kit, and the usual one."""
    found = cluster.spellings
    if len(found) < 2:
        return
    usual = max(found, key=lambda words: _weight(words, cluster))
    for words, places in found.items():
        accepted = _any_of(places, right | names.logos)
        if words == usual or accepted or same_in_capitals(words, usual, cluster.name.kind):
            continue
        if cluster.name.kind is Kind.CAMPAIGN and len(found[usual]) < MANY * len(places):
            continue
        yield shown(places), places, shown(found[usual]), found[usual]


def _any_of(places: Iterable[Found], words: Iterable[str]) -> bool:
    known_words = frozenset(words)
    return any(
        each.words in known_words or without_article(each.words) in known_words for each in places
    )


def _weight(words: str, cluster: Cluster) -> tuple[int, int, bool]:
    """Return what makes a spelling the usual one: numbers, accents, its own record."""
    own = canonical(cluster.name.words, cluster.name) == words
    accents = sum(1 for sign in words if not sign.isascii())
    return len(cluster.spellings[words]), accents, own


def shown(places: Sequence[Found]) -> str:
    """Return how a spelling is quoted: as it stands in a record, or where it is met first."""
    whole = next((each for each in places if each.whole), places[0])
    return whole.words if whole.whole else without_article(whole.words)


def _finding(
    words: str, places: Sequence[Found], usual: str, others: Sequence[Found]
) -> Diagnostic:
    first = places[0]
    return finding(
        "N201",
        first.passage.span(first.start, first.end),
        Message.of(
            N_("One name is spelt in two ways: {one} and {other}."),
            one=_times(words, len(places)),
            other=_times(usual, len(others)),
        ),
        Message.of(
            N_('Choose one of them; if both are right: moip-press check --learn "{words}"'),
            words=words,
        ),
        related=[*_related(others[:1], usual), *_related(places[1:MOST_SHOWN], words)],
    )


def _times(words: str, count: int) -> Message:
    times = NP_("“{words}” ({count} time)", "“{words}” ({count} times)")
    return Message.counted(times, count, words=words)


def _related(places: Iterable[Found], words: str) -> Iterator[Related]:
    for each in places:
        message = Message.of(N_("Here it is “{words}”."), words=words)
        yield Related(each.passage.span(each.start, each.end), message)


def _looser(clusters: Mapping[str, Cluster], right: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield names of records that differ in a small word: "Lab de Bretagne", "Lab Bretagne"."""
    alike: dict[str, list[Cluster]] = {}
    for cluster in clusters.values():
        words = fold_words(cluster.name.words)
        if cluster.name.kind in (Kind.OWNER, Kind.BODY) and len(words) > 1:
            alike.setdefault(" ".join(words), []).append(cluster)
    for group in alike.values():
        usual = max(group, key=lambda cluster: len(cluster.found))
        for cluster in group:
            if cluster is not usual and not _any_of(cluster.found, right):
                yield _finding(shown(cluster.found), cluster.found, shown(usual.found), usual.found)


def fold_words(words: str) -> list[str]:
    """Return the folded words of a name, small ones left out."""
    forms = (fold_name(word) for word in words.replace("'", " ").replace("’", " ").split())
    return [form for form in forms if form and form not in ARTICLES]
