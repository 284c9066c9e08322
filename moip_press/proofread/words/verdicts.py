"""What was said of words, kept from one run to the next: most runs read no dictionary."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from moip_press import __version__
from moip_press.proofread.words import lexicon
from moip_press.proofread.words.lexicon import ACCENTLESS, DICTIONARIES, UNKNOWN, Lexicon
from moip_press.system.cache import Cache

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
        return lexicon.load(self.code)

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
        """Tell whether a word, asked before, is right in no language, or lacks its accents."""
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


def recall(code: str, cache: Cache) -> Verdicts:
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
    files = sorted(DICTIONARIES.glob("*.dic")) + sorted(DICTIONARIES.glob("*.aff"))
    stated = [__version__, *(f"{file.name} {file.stat().st_size}" for file in files)]
    digest = hashlib.sha256("\n".join(stated).encode()).hexdigest()[:16]
    return f"words-{code}-{digest}.json"
