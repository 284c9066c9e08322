"""The words of a kit, what the dictionaries say of them, and what the kit vouches for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from moip_press.kit.model.edition import Glossary
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof
from moip_press.proofread.words import dictionaries
from moip_press.proofread.words.dictionaries import Verdicts
from moip_press.proofread.words.languages import TONGUES, Tongue

LETTER = r"[\w\u0300-\u036f\u00ad]"
APOSTROPHES, HYPHENS = "'’ʼ", r"\-‐‑"
WORD = re.compile(
    # addresses, hash tags, names of files, abbreviations, e.g. agent.e.s
    rf"(?:https?://|www\.)\S+|\S{{1,64}}@[\w.-]+|[#@]\w[\w-]*|{LETTER}+(?:\.{LETTER}+)+(?:/\S*)?"
    # agent·e·s, amené(e)s
    rf"|{LETTER}+(?:[·•⋅∙‧]{LETTER}+)+|{LETTER}+\({LETTER}{{1,6}}\){LETTER}*"
    rf"|(?P<word>{LETTER}+(?:[{APOSTROPHES}{HYPHENS}]{LETTER}+)*)"
)
NORMAL = str.maketrans({**dict.fromkeys("’ʼ", "'"), **dict.fromkeys("‐‑", "-"), "\u00ad": None})
SENTENCE_END = re.compile(r"(?:^|[.!?:…])[\s«»“”\"‘(\[–—•-]*$")
LONGEST = 40  # letters
BEFORE = 12  # characters before a word that tell whether it begins a sentence
SHORT_FORM = re.compile(r"\.\s*[a-zà-ÿ0-9,;)]")
NUMBER = re.compile(r"[\d_]")


class Word(NamedTuple):
    """A word, or a part of one, at [start, end) of a passage's text.

    `key` is the word in small letters with plain apostrophes and hyphens.
    """

    passage: Passage
    start: int
    end: int
    key: str

    @property
    def written(self) -> str:
        """The word as it is typed."""
        return self.passage.text[self.start : self.end]

    @property
    def capital(self) -> bool:
        """Whether it has a capital anywhere."""
        return not self.written.islower()

    @property
    def first(self) -> bool:
        """Whether a sentence or a line begins with it."""
        before = self.passage.text[max(0, self.start - BEFORE) : self.start]
        if len(before) < self.start:
            before = f"_{before}"
        return SENTENCE_END.search(before) is not None

    @property
    def short_form(self) -> bool:
        """Whether it is cut short, with a stop behind it that ends no sentence."""
        return len(self.key) <= 5 and SHORT_FORM.match(self.passage.text, self.end) is not None


@dataclass(frozen=True, eq=False)
class Line:
    """A passage with its words in order."""

    passage: Passage
    words: tuple[Word, ...]


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads the words of a language; `keys` remembers those that it has met, None of no words."""

    tongue: Tongue
    keys: dict[str, str | None] = field(default_factory=dict)

    def read(self, passage: Passage) -> Line:
        """Return a passage with its words, without what is elided before or after them."""
        return Line(passage, tuple(self._words(passage)))

    def _words(self, passage: Passage) -> Iterator[Word]:
        keys = self.keys
        for found in WORD.finditer(passage.text):
            text = found["word"]
            if not text:
                continue
            if text not in keys:
                no_word = len(text) > LONGEST or NUMBER.search(text)
                keys[text] = None if no_word else normal(text)
            key = keys[text]
            if key is not None:
                word = Word(passage, *found.span(), key)
                yield bare(word, self.tongue) if "'" in key else word


def normal(text: str) -> str:
    """Return a word as dictionaries write it, in small letters."""
    plain = text.lower().translate(NORMAL)
    return plain if plain.isascii() else unicodedata.normalize("NFKC", plain)


def bare(word: Word, tongue: Tongue) -> Word:
    """Return a word without `qu’` before it or `’s` behind it."""
    before, apostrophe, rest = word.key.partition("'")
    if not apostrophe:
        return word
    if before in tongue.elided:
        start = word.start + 1 + _apostrophe(word.written)
        return bare(Word(word.passage, start, word.end, rest), tongue)
    if tongue.code == "en" and rest == "s":
        return Word(word.passage, word.start, word.end - 2, before)
    return word


def _apostrophe(text: str) -> int:
    return next(at for at, sign in enumerate(text) if sign in APOSTROPHES)


def parts(word: Word, tongue: Tongue) -> Iterator[Word]:
    """Yield the parts between the hyphens of a word, each by itself."""
    at = word.start
    for text in re.split(f"[{HYPHENS}]", word.written):
        if text:
            yield bare(Word(word.passage, at, at + len(text), normal(text)), tongue)
        at += len(text) + 1


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
    lines = tuple(
        reader.read(each) for each in proof.read(*CHECKED) if in_its_language(each, proof)
    )
    said = dictionaries.recall_verdicts(tongue.code, proof.cache)
    keys = {word.key: word for line in lines for word in line.words}
    said.ask(keys)
    unknown = [word for key, word in keys.items() if "-" in key and said.unknown(key)]
    said.ask(piece.key for word in unknown for piece in parts(word, tongue))
    return Text(tongue, lines, said, frozenset(_vouched(proof)))


def in_its_language(passage: Passage, proof: Proof) -> bool:
    """Return whether a passage is in the language of the kit."""
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
