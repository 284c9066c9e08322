"""Finding names in texts by what all their spellings share, and how they are put right.

`fold_name("Ti-Lab")` is `fold_name("Tilab")`. A folded text keeps the place of every word, so that
what is found in it can be pointed at. Quotations, titles in italics and addresses spell names in
words that are not the kit's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from moip_press.kit.model.fields import Record
from moip_press.kit.source import ScalarNode
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Edit, Span
from moip_press.text.folding import fold_in_place, letters

WORD = re.compile(r"[^\W_]+")
JOINERS = " \u00a0\u2007\u202f\t\n'’ʼ‘-\u2010\u2011\u00ad"
HYPHENS = "-\u2010\u2011"
BREAK = "\0"
PLAIN = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " "}
)
LEAST_PREFIX = 4
ARTICLES = frozenset(("d", "de", "des", "du", "l", "la", "le", "les", "of", "the"))
SMALL_WORDS = ARTICLES | {"a", "au", "aux", "en", "et", "pour", "sur", "and", "for", "in", "on"}
"""The small words that hold a name together."""


def plain(text: str) -> str:
    """Return a text with straight apostrophes, simple hyphens and simple spaces.

    Compose sets them right: a text is not spelt otherwise for them.
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(PLAIN).split())


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. The word at `starts[n]` of `text` begins at `places[n]` of the original.

    `ends` has the end of a word in the original by its end in `text`.
    """

    text: str
    starts: list[int]
    places: list[int]
    ends: dict[int, int]


def folded(text: str, hidden: Iterable[tuple[int, int]] = ()) -> Folded:
    """Return a text folded; words that begin in a hidden stretch are left out."""
    covered = sorted(hidden)
    low = fold_in_place(text).replace("@", "a")
    pieces: list[str] = []
    result = Folded("", [], [], {})
    length, last, index = 0, 0, 0
    for word in WORD.finditer(low):
        start, end = word.span()
        while index < len(covered) and covered[index][1] <= start:
            index += 1
        if index < len(covered) and covered[index][0] <= start:
            pieces.append(BREAK)
            length, last = length + 1, end
            continue
        gap = "" if start - last == 1 and text[last] in JOINERS else _gap(text, last, start)
        form = word[0] if word[0].isascii() else letters(word[0])
        if gap and pieces:
            pieces.append(gap)
            length += len(gap)
        pieces.append(form)
        result.starts.append(length)
        result.places.append(start)
        length, last = length + len(form), end
        result.ends[length] = last
    return Folded("".join(pieces), result.starts, result.places, result.ends)


def fold_name(text: str) -> str:
    """Return what all spellings of a name share: the folded words of a text, joined."""
    return folded(text).text


def _gap(text: str, start: int, end: int) -> str:
    """Return what is left between two words: nothing where the characters only join them."""
    if end - start == 1 and text[start] == "." and _dotted(text, start):
        return ""
    kept = "".join(
        each for each in text[start:end] if each not in JOINERS and not unicodedata.combining(each)
    )
    # a hyphen between spaces is a dash
    return kept or ("–" if end - start > 2 else "")


def _dotted(text: str, stop: int) -> bool:
    """Return whether a full stop belongs to an abbreviation such as C.N.R.S."""
    return stop > 0 and text[stop - 1].isupper() and (stop < 2 or not text[stop - 2].isalpha())


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a folded text holds a key: [start, end) of the original."""

    key: str
    start: int
    end: int


class NameFinder:
    """Keys that are looked for in folded texts, the longest first, in linear time."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = {key for key in keys if key}
        self.prefixes = sorted({min(len(key), LEAST_PREFIX) for key in self.keys}, reverse=True)
        lengths: dict[str, set[int]] = {}
        for key in self.keys:
            lengths.setdefault(key[:LEAST_PREFIX], set()).add(len(key))
        self.lengths = {prefix: sorted(found, reverse=True) for prefix, found in lengths.items()}

    def hits(self, text: Folded) -> Iterator[Hit]:
        """Yield what is found, from left to right, without overlap."""
        done = 0
        for start, place in zip(text.starts, text.places, strict=True):
            end = self._longest(text, start) if start >= done else None
            if end is not None:
                yield Hit(text.text[start:end], place, text.ends[end])
                done = end

    def _longest(self, text: Folded, start: int) -> int | None:
        for prefix in self.prefixes:
            for length in self.lengths.get(text.text[start : start + prefix], ()):
                end = start + length
                if end in text.ends and text.text[start:end] in self.keys:
                    return end
        return None


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
    finder = NameFinder(names)
    for passage, text in texts if finder.keys else ():
        for hit in finder.hits(text):
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
