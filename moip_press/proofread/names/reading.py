"""The texts in which names are looked for, folded, and what stands round a name found there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from moip_press.proofread.names.lexicon import HYPHENS, Folded, Hit, folded, plain
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof

SILENT = frozenset({Role.ADDRESS, Role.LOGO, Role.QUOTATION})
LINKS = re.compile(r"https?://\S+|www\.\S+|#\w+", re.IGNORECASE)
MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\S+")
SITES = re.compile(
    r"(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:fr|com|org|net|eu|bzh|paris)\b(?!\.\w)",
    re.IGNORECASE,
)
SITE_ENDS = re.compile(r"\.(?:fr|com|org|net|eu|bzh|paris)\b", re.IGNORECASE)
VERBATIM = frozenset({"em", "passage", "code", "page"})
BEFORE_SENTENCE = '.!?…:«»“”"–—•(|/'


@dataclass(frozen=True, slots=True)
class Read:
    """A passage and its words, without what it quotes, the titles it names, and addresses."""

    passage: Passage
    folded: Folded


def readings(proof: Proof) -> tuple[Read, ...]:
    """Return the texts of a kit that spell names in the kit's own words."""
    return tuple(
        Read(passage, folded(passage.text, _hidden(passage)))
        for passage in proof.passages
        if passage.role not in SILENT
    )


def _hidden(passage: Passage) -> Iterator[tuple[int, int]]:
    text = passage.text
    yield from passage.quoted
    for stretch in passage.stretches:
        if stretch.kind in VERBATIM:
            yield stretch.start, stretch.end
    if "://" in text or "#" in text or "www" in text:
        yield from (found.span() for found in LINKS.finditer(text))
    if "@" in text:
        yield from (found.span() for found in MAIL.finditer(text))
    if SITE_ENDS.search(text):
        yield from (found.span() for found in SITES.finditer(text))


@dataclass(frozen=True, slots=True)
class Found:
    """A name where it is written."""

    passage: Passage
    start: int
    end: int
    key: str

    @classmethod
    def of(cls, read: Read, hit: Hit) -> Found:
        """Return the place of a hit."""
        return cls(read.passage, hit.start, hit.end, hit.key)

    @property
    def words(self) -> str:
        """The name as it is written, with plain apostrophes, hyphens and spaces."""
        return plain(self.passage.text[self.start : self.end])

    @property
    def whole(self) -> bool:
        """Whether the passage is this name and nothing else."""
        return self.passage.role is Role.NAME and self.end - self.start == len(self.passage.text)

    @property
    def before(self) -> str:
        """The text before the name."""
        return self.passage.text[: self.start]

    @property
    def after(self) -> str:
        """The text behind the name."""
        return self.passage.text[self.end :]

    @property
    def opens(self) -> bool:
        """Whether a sentence begins here, and with it a capital."""
        if self.passage.role is Role.NAME:
            return False
        before = self.before.rstrip()
        return not before or before[-1] in BEFORE_SENTENCE

    @property
    def tied(self) -> bool:
        """Whether a hyphen makes the words part of a longer name."""
        before, after = self.before[-2:], self.after[:2]
        return (len(before) == 2 and before[1] in HYPHENS and before[0].isalnum()) or (
            len(after) == 2 and after[0] in HYPHENS and after[1].isalnum()
        )

    @property
    def in_capitals(self) -> bool:
        """Whether the name stands in a text, or a stretch of it, that is typed in capitals."""
        if self.words.upper() != self.words:
            return False
        if self.passage.role is Role.TITLE and self.end - self.start == len(self.passage.text):
            return True
        near = [w for w in self._neighbours() if len(w) > 1 and w.isalpha()]
        return bool(near) and all(word.isupper() for word in near)

    def _neighbours(self) -> list[str]:
        text = self.passage.text
        around = re.findall(r"[^\W\d_]+", text[max(0, self.start - 40) : self.start])[-2:]
        return around + re.findall(r"[^\W\d_]+", text[self.end : self.end + 40])[:2]
