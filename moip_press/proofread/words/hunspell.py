"""Hunspell's dictionaries, and whether a word is in one. The only user of chunspell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Hunspell:
    """A dictionary that was read."""

    speller: Any

    def knows(self, word: str) -> bool:
        """Tell whether the word is in the dictionary, in these letters.

        Hunspell takes a word with a hyphen for right where both its sides are: only what it can
        analyse is there as one word.
        """
        known: bool = self.speller.spell(word)
        return known and (word.isalpha() or bool(self.speller.analyze(word)))


def load(path: Path, *added: Path) -> Hunspell:
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
