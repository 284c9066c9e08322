"""French and English beside their dictionaries, and which word is meant by one that is in none.

A word that is near to none is a name, a term of art or a loan, and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Protocol


@dataclass(frozen=True)
class Tongue:
    """A language: `letters` are those of its words, each as often mistaken for another.

    `elided` are the words that lose their vowel before another, `beginnings` what may stand
    before any word, alone or with a hyphen, `endings` what may stand behind it. `small` words are
    often run together with the next one. `confused` are spellings of the other language that are
    mistakes in this one.
    """

    code: str
    dictionaries: tuple[str, ...]
    letters: str
    accented: Mapping[str, str]
    elided: frozenset[str]
    beginnings: frozenset[str]
    endings: tuple[str, ...]
    small: frozenset[str]
    confused: Mapping[str, str]

    @cached_property
    def characters(self) -> frozenset[str]:
        """All characters that a word of the language has."""
        return frozenset("".join((self.letters, *self.accented.values(), "'-")))


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list with spaces between them."""
    return frozenset(text.split())


def _pairs(text: str) -> Mapping[str, str]:
    return dict(pair.split(":") for pair in text.split())


FRENCH = Tongue(
    code="fr",
    dictionaries=("fr",),
    letters="abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûœ",
    accented={"a": "àâ", "c": "ç", "e": "éèê", "i": "îï", "o": "ô", "u": "ùû"},
    elided=words_of("c d j l m n s t qu jusqu lorsqu puisqu quoiqu quelqu presqu entr"),
    beginnings=words_of(
        """
        aéro afro agro anglo anti archi archéo arrière audio auto avant bi bio cardio centre ciné
        co contre crypto cyber dé demi dermo deutéro e éco électro ethno euro ex extra franco gastro
        géo germano gréco hispano homo hydro hyper hypo immuno infra inter intra iso italo judéo
        kinési litho logo luso macro maxi méga méta mi micro mini mono morpho moto multi musico
        nano néo neuro non nord œno oeno open ornitho ouest est paléo para pédo péri phono photo
        phyto pluri poly post pré pro proto pseudo psycho quasi radio re ré rétro russo self semi
        sino socio sous sud super supra sylvo techno télé thermo trans tri turbo ultra uni vice
        vidéo web zoo
        """
    ),
    endings=(),
    small=words_of(
        """
        au aux avec ce ces cette dans de des du elle en est et il ils la le les leur mes nos notre
        nous on ont ou par pas plus pour qu que qui sa sans se ses son sont sur un une vos votre
        vous
        """
    ),
    confused=_pairs(
        """
        address:adresse adress:adresse apartment:appartement comfort:confort
        comfortable:confortable connection:connexion connections:connexions
        development:développement enterprise:entreprise environment:environnement
        example:exemple examples:exemples exercise:exercice exercises:exercices
        gallery:galerie government:gouvernement hazard:hasard independent:indépendant
        language:langage languages:langages literature:littérature marriage:mariage
        mechanism:mécanisme negotiation:négociation recommendation:recommandation
        recommendations:recommandations rhythm:rythme rhythms:rythmes tourism:tourisme
        traffic:trafic
        """
    ),
)
ENGLISH = Tongue(
    code="en",
    dictionaries=("en-gb", "en-us"),
    letters="abcdefghijklmnopqrstuvwxyz",
    accented={"e": "é"},
    elided=words_of("l d qu"),
    beginnings=words_of(
        """
        anti archaeo astro audio auto bi bio co counter cyber de down eco electro ethno euro ex
        extra fore geo hydro hyper infra inter intra macro mega meta micro mid mini mis mono multi
        nano neo neuro non off omni on out over para photo poly post pre pro proto pseudo psycho re
        radio self semi socio step sub super techno tele thermo trans tri ultra un under up well
        """
    ),
    endings=("s", "ly", "ness", "less", "like", "wise"),
    small=words_of("a an and are as at be by for from in is it of on or the to was with"),
    confused={},
)
TONGUES = {tongue.code: tongue for tongue in (FRENCH, ENGLISH)}


LEAST = 3  # letters: of three, only a small word whose letters are swapped is seen
LEAST_SLIPPED = 4  # letters: a shorter word is near to everything
LEAST_CHANGED = 6  # letters where another letter may stand in one's place
LEAST_USUAL = 5  # letters where this is so if a usual word is meant
LEAST_ACCENTED = 9  # letters where a rare word may be meant that differs in its accents alone
LEAST_FIRST = 7  # letters where the first may be another if a usual word is meant
USUAL = 3_000  # rank of a usual word
MOST_USUAL = 120  # rank of those that hold sentences together: avec, pour, cette, temps
RAREST = {4: 6_000, 5: 6_000, 6: 20_000, 7: 30_000, 8: 30_000}
"""Rank of the rarest word that is meant by one of so many letters; longer ones have no limit."""
LEAST_TWICE = 10  # letters where two of them may be wrong
FOREIGN_END = re.compile(r"[aiou]s?$")
"""How words end in Occitan, Corsican, Italian, Spanish…, and hardly a slip does."""
MOST_ACCENTS = 400  # ways to put accents on a word
VOWELS = "aeiou"


class Words(Protocol):
    """Where to look words up: see `Lexicon`."""

    @property
    def tongue(self) -> Tongue:
        """The language of the words."""

    @property
    def common(self) -> Mapping[str, int]:
        """Words that are met often, each with its rank."""

    def has(self, word: str) -> bool:
        """Return whether a word is right."""


def nearest(word: str, words: Words) -> str:
    """Return the word that is meant by `word`, "" where none is near enough.

    It is one that is met often, the more so the shorter it is: every rare word is near to another.
    """
    tongue = words.tongue
    if not tongue.characters.issuperset(word):
        return ""
    if len(word) < LEAST_SLIPPED:
        return _first(_swapped(word) if len(word) == LEAST else (), tongue.small.__contains__)
    for slips in (accents(word, tongue), _swapped(word), _doubled(word, tongue)):
        if found := _commonest(slips, words, word):
            return found
    if len(word) >= LEAST_ACCENTED and (found := _first(accents(word, tongue), words.has)):
        return found
    if found := _first(_apart(word, tongue), words.has):
        return found
    if len(word) >= LEAST_CHANGED and (found := _commonest(_other(word, tongue), words, word)):
        return found
    if found := _usual(word, words):
        return found
    return _twice(word, words) if len(word) >= LEAST_TWICE else ""


def _usual(word: str, words: Words) -> str:
    """Return a usual word that is less near, "" where there is none."""
    tried: list[str] = []
    if len(word) == LEAST_USUAL:
        tried += _other(word, words.tongue)
    if len(word) >= LEAST_FIRST:
        tried += [letter + word[1:] for letter in words.tongue.letters]
    if len(word) == LEAST_SLIPPED:
        tried += _other(word, words.tongue)
    found = _commonest(tried, words, word)
    usual = MOST_USUAL if len(word) == LEAST_SLIPPED else USUAL
    return found if words.common.get(found, usual) < usual else ""


def slips(word: str, tongue: Tongue) -> Iterator[str]:
    """Yield what is one slip away, the likeliest first."""
    yield from accents(word, tongue)
    yield from _swapped(word)
    yield from _doubled(word, tongue)
    if len(word) >= LEAST_CHANGED:
        yield from _other(word, tongue)


def _commonest(tried: Iterable[str], words: Words, word: str) -> str:
    """Return the commonest of what was tried that may be meant by `word`."""
    common, rarest = words.common, RAREST.get(len(word), len(words.common))
    met = (each for each in tried if common.get(each, rarest) < rarest)
    return min(met, key=common.__getitem__, default="")


def _first(tried: Iterable[str], right: Callable[[str], bool]) -> str:
    return next((each for each in tried if all(map(right, each.split(" ")))), "")


def accents(word: str, tongue: Tongue) -> Iterator[str]:
    """Yield the word with all accents that it can have."""
    bare = {sign: base for base, signs in tongue.accented.items() for sign in signs}
    choices = [
        plain + tongue.accented.get(plain, "")
        for plain in (bare.get(letter, letter) for letter in word)
    ]
    ways = 1
    for choice in choices:
        ways *= len(choice)
    if ways <= MOST_ACCENTS:
        yield from map("".join, product(*choices))
        return
    for at, choice in enumerate(choices):
        for sign in choice:
            yield word[:at] + sign + word[at + 1 :]


def _swapped(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _doubled(word: str, tongue: Tongue) -> Iterator[str]:
    """Yield the word with a letter less or more where one stands twice, or should."""
    for at, letter in enumerate(word):
        if word[at - 1 : at] == letter:
            yield word[:at] + word[at + 1 :]
        if letter in tongue.letters and letter not in VOWELS:
            yield word[:at] + letter + word[at:]


def _apart(word: str, tongue: Tongue) -> Iterator[str]:
    """Yield the word as two, of which the first is a small one."""
    for at in range(1, len(word) - 1):
        if word[:at] in tongue.small and word[at:] in tongue.small:
            yield f"{word[:at]} {word[at:]}"
        if at >= len(word) - LEAST_SLIPPED:
            continue
        if word[:at] in tongue.small:
            yield f"{word[:at]} {word[at:]}"
        elif word[:at] in tongue.elided and word[at] in "aeiouyhéèêàâîôœ":
            yield f"{word[:at]}'{word[at:]}"


def _other(word: str, tongue: Tongue) -> Iterator[str]:
    """Yield the word with a letter more, less, or another in its place.

    The end of a foreign word is neither taken away nor changed, nor is its first letter.
    """
    for at in range(len(word) + 1):
        for letter in tongue.letters:
            yield word[:at] + letter + word[at:]
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1 :]
    end = FOREIGN_END.search(word)
    for at in range(1, end.start() if end else len(word)):
        for letter in tongue.letters:
            yield word[:at] + letter + word[at + 1 :]


def _twice(word: str, words: Words) -> str:
    # rapidfuzz takes a while to import: only where a word is looked for
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found = process.extractOne(word, list(words.common), scorer=OSA.distance, score_cutoff=2)
    return found[0] if found and found[0][0] == word[0] else ""
