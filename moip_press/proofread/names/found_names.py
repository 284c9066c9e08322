"""Where names are written in the texts of a kit, and how they are put right.

Quotations, titles in italics and addresses spell names in words that are not the kit's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from moip_press.kit.model.fields import Record
from moip_press.kit.source import ScalarNode
from moip_press.proofread.names.name_lexicon import HYPHENS, Folded, Lexicon, folded, plain
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Edit, Span

LONG, MOST_READ = 10_000, 1_000_000  # characters
LETTERS = re.compile(r"[^\W\d_]+")
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


def records_with_texts(proof: Proof) -> Iterable[Record]:
    """Return the records that have words of their own, each once, in the order of the kit."""
    return {id(passage.record): passage.record for passage in proof.passages}.values()


FoldedTexts = Sequence[tuple[Passage, Folded]]


def folded_texts(proof: Proof) -> FoldedTexts:
    """Return the texts of a kit that spell names in the kit's own words, folded."""
    return [
        (passage, folded(passage.text, _hidden(passage)))
        for passage in proof.passages
        if passage.role not in SILENT
    ]


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

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.passage.span(self.start, self.end)

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
        text = self.passage.text
        before = LETTERS.findall(text, max(0, self.start - 40), self.start)[-2:]
        after = LETTERS.findall(text, self.end, self.end + 40)[:2]
        near = [word for word in before + after if len(word) > 1]
        return bool(near) and all(word.isupper() for word in near)


def find(texts: FoldedTexts, names: Iterable[str]) -> Iterator[Found]:
    """Yield where the folded names are written, the longest where several begin."""
    lexicon = Lexicon(names)
    for passage, text in texts if lexicon.keys else ():
        for hit in lexicon.hits(text):
            yield Found(passage, hit.start, hit.end, hit.key)


def name_finding(
    code: str,
    found: Sequence[Found],
    message: tuple[str, str],
    hint: str,
    /,
    *,
    right: str,
    safe: bool = True,
) -> Diagnostic:
    """Return the finding for a name in one or several places; its fix puts `right` in each.

    Its sentences say the words at the first place, and what is right.
    """
    return finding(
        code,
        [each.span for each in found],
        message,
        hint,
        fix=_edits(found, right),
        safe=safe,
        words=found[0].words,
        right=right,
    )


def _edits(found: Iterable[Found], text: str) -> list[Edit] | None:
    """Return the edits that put `text` in each place; None where it can be done in none.

    An edit reads its whole field: in a field without end, only the first places are corrected.
    """
    made, read = [], 0
    for each in found:
        if read > MOST_READ:
            break
        node = each.passage.source.node(each.passage.loc)
        size = len(node.value) if isinstance(node, ScalarNode) else 0
        read += size if size > LONG else 0
        edit = each.passage.edit(each.start, each.end, _as_there(each, text))
        if edit is not None:
            made.append(edit)
    return made or None


def _as_there(found: Found, text: str) -> str:
    """Return a text with the apostrophes and hyphens of the place it is put in."""
    there = found.passage.text
    written = there[found.start : found.end]
    if "’" in written or ("’" in there and "'" not in there):
        text = text.replace("'", "’")
    hyphens = [hyphen for hyphen in HYPHENS[1:] if hyphen in written]
    return text.replace("-", hyphens[0]) if hyphens else text
