"""The words of a language, and what is said of a word: right, foreign, unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from moip_press.proofread.words import hunspell, nearness
from moip_press.proofread.words.hunspell import Hunspell
from moip_press.proofread.words.tongue import TONGUES, Tongue

DICTIONARIES = Path(__file__).parents[1] / "dictionaries"
ADDED = "added"
"""Words of our own that the dictionaries do not have yet: `fr-added.dic`, `en-added.dic`."""
RARE = "rare"
"""Words that are right and hardly ever meant: `en-rare.dic`."""
COMMON = "common"
"""Words that are met often, the commonest first: `fr-common.txt`, `en-common.txt`."""

KNOWN, FOREIGN, ACCENTLESS, UNKNOWN = "=", "~", "!", "?"
"""What a verdict begins with. KNOWN is followed by the only dictionary that has the word, where a
language has several. ACCENTLESS is foreign as it stands, and known with accents: experience."""

LEAST_REST = 4  # letters of a word behind a beginning: shorter ones are made of anything
USUAL = 20_000  # rank: what is met more often is meant rather than a word made of two
LEAST_ACCENTED = 6  # letters of a foreign word that may be one of ours without its accents
LEAST_PART = 4  # letters of each part of a compound without a hyphen


@dataclass(frozen=True)
class Lexicon:
    """The words of a tongue, and of the other one, which is read only if it is needed."""

    tongue: Tongue
    own: tuple[Hunspell, ...]

    @cached_property
    def other(self) -> tuple[Hunspell, ...]:
        """The dictionaries of the other language."""
        return tuple(
            dictionary
            for tongue in TONGUES.values()
            if tongue is not self.tongue
            for dictionary in _load(tongue)
        )

    @cached_property
    def rare(self) -> Hunspell | None:
        """Words that are hardly ever met, which English has many of."""
        path = DICTIONARIES / f"{self.tongue.code}-{RARE}"
        return hunspell.load(path) if path.with_suffix(".dic").exists() else None

    @cached_property
    def common(self) -> Mapping[str, int]:
        """The words of the language that are met often, each with its rank."""
        text = (DICTIONARIES / f"{self.tongue.code}-{COMMON}.txt").read_text(encoding="utf-8")
        return {word: rank for rank, word in enumerate(text.split())}

    def judge(self, word: str) -> str:
        """Return the verdict on a word in small letters, without what is elided before it."""
        if word in self.tongue.confused:
            return UNKNOWN
        found = [knows(dictionary, word) for dictionary in self.own]
        if any(found):
            only = found.index(True) if sum(found) == 1 < len(found) else None
            return KNOWN if only is None else KNOWN + self.tongue.dictionaries[only]
        if self.rare and self.rare.knows(word):
            return KNOWN
        if word in self.tongue.beginnings or self._oe(word) or self._ended(word):
            return KNOWN
        if any(knows(each, word) for each in self.other):
            return ACCENTLESS if self._accented(word) else FOREIGN
        made = self._made(word) or (self.tongue.code == "en" and _compound(word, self.own))
        if made or _compound(word, self.other):
            return UNKNOWN if self._slip(word) else KNOWN
        return UNKNOWN

    def nearest(self, word: str) -> str:
        """Return the word that is meant by one that is not KNOWN, "" where none is near."""
        return self.tongue.confused.get(word) or nearness.nearest(word, self)

    def has(self, word: str) -> bool:
        """Tell whether the word is in one of the language's own dictionaries, as it is written."""
        return any(dictionary.knows(word) for dictionary in self.own)

    def _made(self, word: str) -> bool:
        """Tell whether a word is one of the language's with something before it."""
        return any(
            word[:at] in self.tongue.beginnings and self.has(word[at:])
            for at in range(1, len(word) - LEAST_REST + 1)
        )

    def _ended(self, word: str) -> bool:
        """Tell whether a word is one of the language's with something behind it."""
        return any(
            word.endswith(end) and self.has(word.removesuffix(end)) for end in self.tongue.endings
        )

    def _slip(self, word: str) -> bool:
        """Tell whether a word that could be made of others is a usual word with a slip."""
        near = nearness.slips(word, self.tongue)
        return any(self.common.get(each, USUAL) < USUAL for each in near)

    def _accented(self, word: str) -> bool:
        """Tell whether a word is one of the language's but for its accents."""
        long = len(word) >= LEAST_ACCENTED and self.tongue.code == "fr"
        return long and any(map(self.has, nearness.accents(word, self.tongue)))

    def _oe(self, word: str) -> bool:
        """Tell whether a word is right but for its ligature, of which typography speaks."""
        return "oe" in word and self.has(word.replace("oe", "œ"))


def load(code: str) -> Lexicon:
    """Return the words of a language, `fr` or `en`. Raises `OSError`."""
    tongue = TONGUES[code]
    return Lexicon(tongue, _load(tongue))


def _load(tongue: Tongue) -> tuple[Hunspell, ...]:
    added = DICTIONARIES / f"{tongue.code}-{ADDED}.dic"
    return tuple(hunspell.load(DICTIONARIES / name, added) for name in tongue.dictionaries)


def knows(dictionary: Hunspell, word: str) -> bool:
    """Tell whether a dictionary has a word in small letters, be it as a name or an acronym."""
    return dictionary.knows(word) or dictionary.knows(word.capitalize())


def _compound(word: str, dictionaries: Iterable[Hunspell]) -> bool:
    """Tell whether a word is two words of a language: crowdsourcing, quayside."""
    return any(
        dictionary.knows(word[:at]) and dictionary.knows(word[at:])
        for dictionary in dictionaries
        for at in range(LEAST_PART, len(word) - LEAST_PART + 1)
    )
