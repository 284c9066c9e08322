"""The dictionaries of a language (hunspell), and the verdicts on words, kept between runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from moip_press import __version__
from moip_press.proofread.words import languages
from moip_press.proofread.words.languages import TONGUES, Tongue
from moip_press.system.cache import Cache


@dataclass(frozen=True)
class Hunspell:
    """A dictionary that was read."""

    speller: Any

    def knows(self, word: str) -> bool:
        """Return whether the word is in the dictionary, in these letters.

        Hunspell takes a word with a hyphen for right where both its sides are: only what it can
        analyse is there as one word.
        """
        known: bool = self.speller.spell(word)
        return known and (word.isalpha() or bool(self.speller.analyze(word)))


def load_dictionary(path: Path, *added: Path) -> Hunspell:
    """Return the dictionary whose `.aff` and `.dic` stand at `path`, with `added` stems.

    Raises `OSError`.
    """
    # it takes a tenth of a second to load, and most runs need no dictionary
    from hunspell import Hunspell as Speller  # noqa: PLC0415
    from hunspell import HunspellFilePathError  # noqa: PLC0415

    try:
        speller = Speller(path.name, hunspell_data_dir=str(path.parent))
    except HunspellFilePathError as error:
        raise FileNotFoundError(str(path)) from error
    for file in added:
        speller.add_dic(str(file))
    return Hunspell(speller)


DICTIONARIES = Path(__file__).parents[1] / "dictionaries"
ADDED = "added"
"""Words of our own that the dictionaries do not have yet: `fr-added.dic`, `en-added.dic`."""
RARE = "rare"
"""Words that are right and hardly ever meant: `en-rare.dic`."""
COMMON = "common"
"""Words that are met often, the commonest first: `fr-common.txt`, `en-common.txt`."""

KNOWN, FOREIGN, ACCENTLESS, UNKNOWN = "=", "~", "!", "?"
"""What a verdict begins with. KNOWN is followed by the only dictionary that has the word, where a
language has several. ACCENTLESS is foreign as written, and known with accents: experience."""

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
        return load_dictionary(path) if path.with_suffix(".dic").exists() else None

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
        return self.tongue.confused.get(word) or languages.nearest(word, self)

    def has(self, word: str) -> bool:
        """Return whether the word is in one of the language's own dictionaries."""
        return any(dictionary.knows(word) for dictionary in self.own)

    def _made(self, word: str) -> bool:
        """Return whether a word is one of the language's with something before it."""
        return any(
            word[:at] in self.tongue.beginnings and self.has(word[at:])
            for at in range(1, len(word) - LEAST_REST + 1)
        )

    def _ended(self, word: str) -> bool:
        """Return whether a word is one of the language's with something behind it."""
        return any(
            word.endswith(end) and self.has(word.removesuffix(end)) for end in self.tongue.endings
        )

    def _slip(self, word: str) -> bool:
        """Return whether a word that could be made of others is a usual word with a slip."""
        near = languages.slips(word, self.tongue)
        return any(self.common.get(each, USUAL) < USUAL for each in near)

    def _accented(self, word: str) -> bool:
        """Return whether a word is one of the language's but for its accents."""
        long = len(word) >= LEAST_ACCENTED and self.tongue.code == "fr"
        return long and any(map(self.has, languages.accents(word, self.tongue)))

    def _oe(self, word: str) -> bool:
        """Return whether a word is right but for its ligature, of which typography speaks."""
        return "oe" in word and self.has(word.replace("oe", "œ"))


@cache
def load_lexicon(code: str) -> Lexicon:
    """Return the words of a language, `fr` or `en`, read once in a process. Raises `OSError`."""
    tongue = TONGUES[code]
    return Lexicon(tongue, _load(tongue))


def _load(tongue: Tongue) -> tuple[Hunspell, ...]:
    added = DICTIONARIES / f"{tongue.code}-{ADDED}.dic"
    return tuple(load_dictionary(DICTIONARIES / name, added) for name in tongue.dictionaries)


def knows(dictionary: Hunspell, word: str) -> bool:
    """Return whether a dictionary has a word in small letters, be it as a name or an acronym."""
    return dictionary.knows(word) or dictionary.knows(word.capitalize())


def _compound(word: str, dictionaries: Iterable[Hunspell]) -> bool:
    """Return whether a word is two words of a language: crowdsourcing, quayside."""
    return any(
        dictionary.knows(word[:at]) and dictionary.knows(word[at:])
        for dictionary in dictionaries
        for at in range(LEAST_PART, len(word) - LEAST_PART + 1)
    )


MOST_KEPT = 100_000
"""Words: beyond them only those of this kit are kept, since a cache is shared by many kits."""
MOST_STRANGE = 20_000
MOST_SOUGHT = 200
"""Unknown words of a kit, and those of them to which a near one is sought: beyond, nothing is said
of a word. A kit that has more is in another language, or no text at all."""


@dataclass
class Verdicts:
    """The verdicts on words of a language; those that are not kept yet are asked of its lexicon.

    ``near`` holds the words that are meant by unknown ones.
    """

    code: str
    cache: Cache
    said: dict[str, str] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    sought: set[str] = field(default_factory=set)
    strange: int = 0
    grown: bool = False

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the language, read when they are first needed."""
        return load_lexicon(self.code)

    def ask(self, words: Iterable[str]) -> None:
        """Have a verdict on each of the words."""
        for word in words:
            if word in self.asked:
                continue
            if self.strange >= MOST_STRANGE:
                return
            self.asked.add(word)
            if word not in self.said:
                self.said[word] = self.lexicon.judge(word)
                self.grown = True
            self.strange += self.unknown(word)

    def unknown(self, word: str) -> bool:
        """Return whether a word, asked before, is right in no language, or lacks its accents."""
        return word in self.asked and self.said[word] in (UNKNOWN, ACCENTLESS)

    def meant(self, word: str) -> str:
        """Return the word that is meant by an unknown one, "" where none is near."""
        if word not in self.sought:
            if len(self.sought) >= MOST_SOUGHT:
                return ""
            self.sought.add(word)
        if word not in self.near:
            self.near[word] = self.lexicon.nearest(word)
            self.grown = True
        return self.near[word]

    def keep(self) -> None:
        """Keep what was said for the next run."""
        if self.grown:
            few = len(self.said) <= MOST_KEPT
            said = self.said if few else {word: self.said[word] for word in self.asked}
            near = {word: self.near[word] for word in self.near if word in said}
            content = json.dumps({"said": said, "near": near}, ensure_ascii=False)
            self.cache.write(_name(self.code), content.encode())


def recall_verdicts(code: str, cache: Cache) -> Verdicts:
    """Return the verdicts that are kept, none where they are damaged."""
    kept = cache.read(_name(code))
    try:
        found = json.loads(kept) if kept else {}
    except (ValueError, RecursionError):
        found = {}
    said, near = (_texts(found, name) for name in ("said", "near"))
    return Verdicts(code, cache, said, near)


def _texts(found: object, name: str) -> dict[str, str]:
    held = found.get(name) if isinstance(found, dict) else None
    if not isinstance(held, dict):
        return {}
    return held if all(isinstance(value, str) for value in held.values()) else {}


def _name(code: str) -> str:
    """Return the name that changes with anything that a verdict depends on."""
    files = [*sorted(DICTIONARIES.glob("*.*")), Path(__file__), Path(languages.__file__)]
    stated = [__version__, *(f"{file.name} {file.stat().st_size}" for file in files)]
    digest = hashlib.sha256("\n".join(stated).encode()).hexdigest()[:16]
    return f"words-{code}-{digest}.json"
