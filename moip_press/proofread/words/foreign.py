"""Words that are meant to be no words of the language: in a foreign phrase, a title, a name."""

from __future__ import annotations

import re
from bisect import bisect_left

from moip_press.proofread.words.lexicon import ACCENTLESS, FOREIGN, KNOWN, UNKNOWN
from moip_press.proofread.words.reading import APOSTROPHES, Line, Word
from moip_press.proofread.words.text import Text

BREAK = re.compile(r"[.!?:;,«»“”\"()\[\]–—…|]")
NO_WORDS = ("code", "page")
SHORT = 4  # words: what is emphasised or quoted and no longer is a term or a title
HALF = 0.5
ROMANCE = ("a", "as", "o", "os")  # ends of words in Occitan, Spanish, Italian, rare in French
MOST_AROUND = 100  # words on each side: no clause is longer


def is_meant(word: Word, line: Line, text: Text) -> bool:
    """Tell whether a doubtful word is one of a phrase in another language, or of a name."""
    if any(line.passage.stretch_at(word.start, kind) for kind in NO_WORDS):
        return True
    link = line.passage.stretch_at(word.start, "link")
    if link and link.url.endswith(line.passage.text[link.start : link.end]):
        return True
    if any(_words_in(line, start, end) <= SHORT for start, end in _set_apart(word, line)):
        return True
    at = bisect_left(line.words, word.end, key=lambda each: each.end)
    both = text.verdicts.said.get(word.key) == ACCENTLESS or word.key in text.tongue.confused
    if both and not _belongs(at, line, text):
        return True
    return _among_names(at, line) or _among_strangers(at, line, text)


def _belongs(at: int, line: Line, text: Text) -> bool:
    """Tell whether a word that could be foreign stands behind a small one of the kit's language."""
    word = line.words[at]
    elided = line.passage.text[max(0, word.start - 1) : word.start] in tuple(APOSTROPHES)
    return elided or (at > 0 and line.words[at - 1].key in text.tongue.small)


def _set_apart(word: Word, line: Line) -> list[tuple[int, int]]:
    """Return the emphasis and the quotation marks that a word stands in."""
    emphasised = line.passage.stretch_at(word.start, "em")
    around = [(emphasised.start, emphasised.end)] if emphasised else []
    quotation = line.passage.quotation_at(word.start)
    return [*around, quotation] if quotation else around


def _words_in(line: Line, start: int, end: int) -> int:
    first, last = (bisect_left(line.words, at, key=lambda word: word.start) for at in (start, end))
    return last - first


def _among_names(at: int, line: Line) -> bool:
    """Tell whether the words on both sides have a capital: Haus der Kunst."""
    around = (at - 1, at + 1)
    return all(
        0 <= n < len(line.words) and line.words[n].capital and not line.words[n].first
        for n in around
    )


def _among_strangers(at: int, line: Line, text: Text) -> bool:
    """Tell whether a neighbour is foreign too, or half of the words of the clause."""
    first, last = _clause(at, line)
    beside = [line.words[n] for n in (at - 1, at + 1) if first <= n < last]
    if any(_strange(word, text) and len(word.key) > 2 for word in beside):
        return True
    unknown = [each for each in (line.words[at], *beside) if text.verdicts.unknown(each.key)]
    if len(unknown) > 1 and all(each.key.endswith(ROMANCE) for each in unknown):
        return True
    clause = [_strange(word, text) for word in line.words[first:last]]
    told = [strange for strange in clause if strange is not None]
    return any(told) and sum(told) >= HALF * len(told)


def _strange(word: Word, text: Text) -> bool | None:
    """Tell whether a word is foreign or unknown; None where that is not sure.

    A name says nothing, nor does a word that may be another mistake.
    """
    verdict = text.verdicts.said.get(word.key, "")
    if verdict == FOREIGN:
        return True
    if word.capital and not (word.first and verdict.startswith(KNOWN)):
        return None
    if verdict == ACCENTLESS or (verdict == UNKNOWN and text.verdicts.meant(word.key)):
        return None
    return verdict == UNKNOWN


def _clause(at: int, line: Line) -> tuple[int, int]:
    """Return the number of the first word of a clause, and that past its last one."""
    words, signs = line.words, line.passage.text
    first = last = at
    least, most = max(0, at - MOST_AROUND), min(len(words), at + MOST_AROUND)
    while first > least and not BREAK.search(signs, words[first - 1].end, words[first].start):
        first -= 1
    while last + 1 < most and not BREAK.search(signs, words[last].end, words[last + 1].start):
        last += 1
    return first, last + 1
