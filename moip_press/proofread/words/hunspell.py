"""A Hunspell dictionary, as far as one needs it to tell whether a word is in it.

The libraries that do this need a compiler or a program on some of our systems, or take two
seconds to read the French dictionary; this reads it in a tenth of that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from moip_press.proofread.words.affixes import NONE, Affix, Affixes, Flags, read


@dataclass(frozen=True)
class Hunspell:
    """Stems, each with its flags as written (of homographs, one a space), and their affixes."""

    stems: dict[str, str]
    affixes: Affixes

    def knows(self, word: str) -> bool:
        """Tell whether the word is in the dictionary, in just these letters and this case."""
        if self._made(word, None):
            return True
        return any(
            self._made(rest, prefix)
            for rest, prefixes in self.affixes.beginnings(word)
            for prefix in prefixes
            if prefix.fits(rest)
        )

    def _made(self, word: str, prefix: Affix | None) -> bool:
        """Tell whether a word is a stem, or made of one by a suffix, and may have the prefix."""
        flags, need = self.affixes.flags, self.affixes.need_affix
        lent = flags(prefix.further) if prefix else NONE
        for own in self._entries(word):
            if need not in (lent if prefix else own) and (not prefix or prefix.flag in own):
                return True
        return any(
            (suffix.flag in own or suffix.flag in lent)
            and suffix.fits(stem)
            and (not prefix or prefix.flag in own or prefix.flag in flags(suffix.further))
            for stem, suffixes in self.affixes.endings(word)
            for own in self._entries(stem)
            for suffix in suffixes
        )

    def _entries(self, stem: str) -> Iterable[Flags]:
        written = self.stems.get(stem)
        return () if written is None else map(self.affixes.flags, written.split(" "))


def load(path: Path, *added: Path, affixes: Path | None = None) -> Hunspell:
    """Return the dictionary whose `.dic` stands at `path`, with `added` stems.

    The `.aff` stands beside it, or at `affixes`. Raises `OSError`.
    """
    made_of = read((affixes or path).with_suffix(".aff").read_text(encoding="utf-8"))
    stems: dict[str, str] = {}
    for file in (path.with_suffix(".dic"), *added):
        for line in file.read_text(encoding="utf-8").split("\n")[1:]:
            stem, _, flags = line.partition("/")
            known = stems.get(stem)
            stems[stem] = flags if known is None else f"{known} {flags}"
    stems.pop("", None)
    return Hunspell(stems, made_of)
