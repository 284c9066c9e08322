"""The text of a kit: its words, what the dictionaries say of them, and what the kit vouches for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from moip_press.kit.model.edition import Glossary
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof
from moip_press.proofread.words import verdicts
from moip_press.proofread.words.reading import WORD, Line, Reader, Word, normal, parts
from moip_press.proofread.words.tongue import TONGUES, Tongue
from moip_press.proofread.words.verdicts import Verdicts

CHECKED = (Role.TITLE, Role.LINE, Role.PROSE, Role.QUOTATION)
NAMES = (Role.NAME, Role.LOGO, Role.ADDRESS)


@dataclass(frozen=True, eq=False)
class Text:
    """The lines of a kit in its own language, with a verdict on each word."""

    tongue: Tongue
    lines: tuple[Line, ...]
    verdicts: Verdicts
    vouched: frozenset[str]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The right words of the kit that are typed in small letters."""
        return frozenset(
            word.key
            for line in self.lines
            for word in line.words
            if not word.capital and not self.verdicts.unknown(word.key)
        )

    @cached_property
    def strangers(self) -> frozenset[str]:
        """The words that are in no dictionary, and that the kit does not vouch for."""
        return frozenset(
            key
            for key in self.verdicts.asked
            if self.verdicts.unknown(key)
            and key not in self.vouched
            and key.removesuffix("s") not in self.vouched
        )

    def doubtful(self, word: Word) -> Iterator[Word]:
        """Yield a word if it is in no dictionary, or the parts of it that are not."""
        if word.key in self.strangers:
            pieces = parts(word, self.tongue)
            yield from (piece for piece in pieces if piece.key in self.strangers)


def text(proof: Proof) -> Text:
    """Return the text of a kit; what it vouches for are the words of its names and glossary."""
    tongue = TONGUES[proof.language]
    reader = Reader(tongue)
    lines = tuple(reader.read(each) for each in proof.read(*CHECKED) if _own(each, proof))
    said = verdicts.recall(tongue.code, proof.cache)
    keys = {word.key: word for line in lines for word in line.words}
    said.ask(keys)
    unknown = [word for key, word in keys.items() if "-" in key and said.unknown(key)]
    said.ask(piece.key for word in unknown for piece in parts(word, tongue))
    return Text(tongue, lines, said, frozenset(_vouched(proof)))


def _own(passage: Passage, proof: Proof) -> bool:
    """Tell whether a passage is in the language of the kit."""
    language = getattr(passage.record, "language", None) or proof.language
    return str(language).split("-", maxsplit=1)[0].lower() == proof.language


def _vouched(proof: Proof) -> Iterator[str]:
    for passage in proof.read(*NAMES):
        yield from keys(passage.text)
    for stated in _stated(proof.glossary):
        yield from keys(stated)


def _stated(glossary: Glossary) -> Iterator[str]:
    yield from glossary.words
    for term in glossary.terms:
        yield term.preferred
        yield from term.accepted


def keys(stated: str) -> Iterator[str]:
    """Yield the words of a text in small letters, and the parts of those with hyphens."""
    for found in WORD.finditer(stated):
        key = normal(found[0])
        yield key
        yield from key.replace("'", "-").split("-")
