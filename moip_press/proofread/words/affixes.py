"""The affixes of a Hunspell dictionary: what may stand before and after its stems.

Only what a check of words needs is read, and of that what our dictionaries use: SFX and PFX with
conditions and further flags, FLAG long, NEEDAFFIX. `man 5 hunspell` describes the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

Flags = frozenset[str]
NONE: Flags = frozenset()


@dataclass(frozen=True, slots=True)
class Affix:
    """One way to make a word of a stem: flagged `flag`, where the stem fits `condition`.

    `further` are the flags of the word that is made.
    """

    flag: str
    condition: str
    further: str

    def fits(self, stem: str) -> bool:
        """Tell whether a stem may have this affix."""
        return self.condition == "." or bool(_pattern(self.condition).search(stem))


@dataclass(slots=True)
class Affixes:
    """The affixes by the letters that they add, then by those that they take away."""

    suffixes: dict[str, dict[str, list[Affix]]] = field(default_factory=dict)
    prefixes: dict[str, dict[str, list[Affix]]] = field(default_factory=dict)
    long_flags: bool = False
    need_affix: str = ""
    longest_suffix: int = 0
    longest_prefix: int = 0

    def flags(self, written: str) -> Flags:
        """Return flags as written behind a slash, each by itself."""
        return _flags(written, long=self.long_flags)

    def endings(self, word: str) -> Iterator[tuple[str, list[Affix]]]:
        """Yield each stem that a suffix can have made the word of, and those suffixes."""
        for length in range(min(len(word), self.longest_suffix) + 1):
            at = len(word) - length
            for taken, affixes in self.suffixes.get(word[at:], {}).items():
                yield word[:at] + taken, affixes

    def beginnings(self, word: str) -> Iterator[tuple[str, list[Affix]]]:
        """Yield each word that a prefix can have made the word of, and those prefixes."""
        for length in range(min(len(word), self.longest_prefix) + 1):
            for taken, affixes in self.prefixes.get(word[:length], {}).items():
                yield taken + word[length:], affixes


def read(text: str) -> Affixes:
    """Return the affixes of an `.aff` file."""
    found = Affixes()
    for line in text.splitlines():
        match line.split():
            case ["SFX" | "PFX" as kind, flag, taken, added, condition]:
                _add(found, kind, flag, (taken, added, condition))
            case ["FLAG", "long"]:
                found.long_flags = True
            case ["NEEDAFFIX", flag]:
                found.need_affix = flag
    found.longest_suffix = max(map(len, found.suffixes), default=0)
    found.longest_prefix = max(map(len, found.prefixes), default=0)
    return found


def _add(found: Affixes, kind: str, flag: str, rule: tuple[str, str, str]) -> None:
    taken, added, condition = rule
    letters, _, further = added.partition("/")
    suffix = kind == "SFX"
    if condition != ".":
        condition = f"{condition}$" if suffix else f"^{condition}"
    table = found.suffixes if suffix else found.prefixes
    made = table.setdefault("" if letters == "0" else letters, {})
    affix = Affix(flag, condition, further)
    made.setdefault("" if taken == "0" else taken, []).append(affix)


@cache
def _pattern(condition: str) -> re.Pattern[str]:
    return re.compile(condition)


@cache
def _flags(written: str, *, long: bool) -> Flags:
    if not long:
        return frozenset(written)
    return frozenset(written[at : at + 2] for at in range(0, len(written), 2))
