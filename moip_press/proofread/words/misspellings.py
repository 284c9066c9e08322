"""Words that are in no dictionary, near to one that is, and not meant to be foreign."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from moip_press.proofread.fixing import learn
from moip_press.proofread.proof import Proof, finding
from moip_press.proofread.words import languages
from moip_press.proofread.words.dictionaries import ACCENTLESS, FOREIGN, KNOWN, UNKNOWN
from moip_press.proofread.words.kit_words import APOSTROPHES, Line, Text, Word
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "W201 misspelt-word",
        N_("A word is in no dictionary, and resembles one that is."),
        N_(
            "Journalists quote what they read. Names, acronyms and foreign words are left alone,"
            " and so is a word that resembles none: it is taken for a term of art. What is right"
            " all the same goes into the kit’s glossary."
        ),
        "text: Les {~~préfetures~>préfectures~~} ouvrent leurs portes.",
    ),
)

BREAK = re.compile(r"[.!?:;,«»“”\"()\[\]–—…|]")
SENTENCE_BREAK = re.compile(r"[.!?…«»“”\"\n]")
NO_WORDS = ("code", "page")
SHORT = 4  # words: what is emphasised or quoted and no longer is a term or a title
HALF = 0.5
SOME, NEAR = 0.2, 12  # of so many words on each side, whatever sentence they are of
MANY = 0.3  # of the words of a sentence: so many that no dictionary has are no slips
LEAST_ELIDED = 9  # letters behind a lost apostrophe: no name is as long
LEAST_PLAIN = 6  # letters: a shorter word may be one of another language
MOST_AROUND = 100  # words on each side: no clause is longer


def is_meant(word: Word, line: Line, text: Text) -> bool:
    """Return whether a doubtful word is one of a phrase in another language, or of a name."""
    if any(line.passage.stretch_at(word.start, kind) for kind in NO_WORDS):
        return True
    link = line.passage.stretch_at(word.start, "link")
    if link and link.url.endswith(line.passage.text[link.start : link.end]):
        return True
    if any(_is_foreign(line, text, place) for place in _set_apart(word, line)):
        return True
    at = bisect_left(line.words, word.end, key=lambda each: each.end)
    both = text.verdicts.said.get(word.key) == ACCENTLESS or word.key in text.tongue.confused
    if both and not _belongs(at, line, text):
        return True
    return _among_names(at, line) or _among_strangers(at, line, text)


def _belongs(at: int, line: Line, text: Text) -> bool:
    """Return whether a word that could be foreign follows a small one of the kit's language."""
    word = line.words[at]
    elided = line.passage.text[max(0, word.start - 1) : word.start] in tuple(APOSTROPHES)
    return elided or (at > 0 and line.words[at - 1].key in text.tongue.small)


def _set_apart(word: Word, line: Line) -> list[tuple[int, int]]:
    """Return the emphasis, the quotation marks and the brackets that a word stands in.

    Of brackets, those count that hold nothing else, such as a word of art.
    """
    emphasised = line.passage.stretch_at(word.start, "em")
    around = [(emphasised.start, emphasised.end)] if emphasised else []
    quotation = line.passage.quotation_at(word.start)
    beside = line.passage.text[max(0, word.start - 1) : word.end + 1]
    bracketed = [(word.start - 1, word.end + 1)] if beside[:1] + beside[-1:] == "()" else []
    return [*around, *bracketed, *([quotation] if quotation else [])]


def _is_foreign(line: Line, text: Text, place: tuple[int, int]) -> bool:
    """Return whether what is set apart is a term, a title, or words that no dictionary has."""
    if line.passage.text[place[0]] == "(":
        return True
    first, last = (bisect_left(line.words, at, key=lambda each: each.start) for at in place)
    return last - first <= SHORT or any(_strangers(line.words[first:last], text).values())


def _among_names(at: int, line: Line) -> bool:
    """Return whether the words on both sides have a capital: Haus der Kunst."""
    around = line.words[max(0, at - 1) : at + 2]
    said = line.passage.text
    return (
        len(around) == 3
        and all(word.capital and not word.first for word in (around[0], around[2]))
        and not any(BREAK.search(said, one.end, two.start) for one, two in pairwise(around))
    )


def _among_strangers(at: int, line: Line, text: Text) -> bool:
    """Return whether a neighbour is foreign too, or half of the words of the clause."""
    first, last = _clause(at, line)
    beside = [line.words[n] for n in (at - 1, at + 1) if first <= n < last]
    if any(_strange(word, text) and len(word.key) > 2 for word in beside):
        return True
    if not _is_plain_slip(line.words[at].key, text):
        around = line.words[slice(*_clause(at, line, SENTENCE_BREAK))]
        strangers = _strangers(around, text)
        if any(strangers.values()) and len(strangers) >= MANY * len(around):
            return True
        around = line.words[max(0, at - NEAR) : at + NEAR]
        strangers = _strangers(around, text)
        if sum(strangers.values()) > 1 and len(strangers) >= SOME * len(around):
            return True
    clause = [_strange(word, text) for word in line.words[first:last]]
    told = [strange for strange in clause if strange is not None]
    return any(told) and sum(told) >= HALF * len(told)


def _is_plain_slip(key: str, text: Text) -> bool:
    """Return whether letters of a usual word are swapped or doubled, as no other language does."""
    meant = text.verdicts.meant(key)
    return len(key) >= LEAST_PLAIN and meant != key and _bare(meant) == _bare(key)


def _bare(key: str) -> tuple[str, list[str]]:
    """Return the first letter of a word, and all its letters in order, each once."""
    return key[:1], sorted(set(key))


def _strangers(words: Iterable[Word], text: Text) -> dict[str, bool]:
    """Return the words that no dictionary has, names left out; True where none is near to one."""
    return {
        word.key: not text.verdicts.meant(word.key)
        for word in words
        if word.key in text.strangers and "-" not in word.key and (word.first or not word.capital)
    }


def _strange(word: Word, text: Text) -> bool | None:
    """Return whether a word is foreign or unknown; None where that is not sure.

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


def _clause(at: int, line: Line, ends: re.Pattern[str] = BREAK) -> tuple[int, int]:
    """Return the number of the first word of a clause, and that past its last one."""
    words, signs = line.words, line.passage.text
    first = last = at
    least, most = max(0, at - MOST_AROUND), min(len(words), at + MOST_AROUND)
    while first > least and not ends.search(signs, words[first - 1].end, words[first].start):
        first -= 1
    while last + 1 < most and not ends.search(signs, words[last].end, words[last + 1].start):
        last += 1
    return first, last + 1


def misspelt(proof: Proof, text: Text) -> Iterator[Diagnostic]:
    """Yield a finding a word that is in no dictionary, with all its places."""
    meant: dict[str, str] = {}
    places: dict[str, list[Word]] = {}
    names: set[str] = set()
    for line in text.lines:
        for word in line.words:
            for piece in text.doubtful(word):
                if piece.capital and not piece.first:
                    names.add(piece.key)
                elif not piece.short_form and not is_meant(piece, line, text):
                    places.setdefault(piece.key, []).append(piece)
                    if near := _meant(piece, line, text):
                        meant.setdefault(piece.key, near)
    for key, near in meant.items():
        if key not in names:
            yield _finding(proof, places[key], near)


def _meant(word: Word, line: Line, text: Text) -> str:
    """Return the word that is meant, "" where it is not sure.

    A word with a capital can be a name, even at the beginning of a sentence: it is a mistake only
    where the kit itself has the right word, or it is a small one.
    """
    if not word.capital:
        return text.verdicts.meant(word.key)
    small = text.tongue.small
    if not word.written[1:].islower() or _name_follows(word, line):
        return ""
    near = languages.slips(word.key, text.tongue)
    meant = next((each for each in near if each in text.vocabulary or each in small), "")
    # an accent that a capital lacks is a matter of typography
    if meant and meant[1:] != word.key[1:]:
        return meant
    return _elided(word, text)


def _elided(word: Word, text: Text) -> str:
    """Return "L'association" for "Lassociation" where a sentence begins; "" for what may be a name.

    Names that begin like that, as Lempereur, are short.
    """
    meant = text.verdicts.meant(word.key)
    before, apostrophe, rest = meant.partition("'")
    if not (apostrophe and before + rest == word.key and word.first):
        return ""
    usual = len(rest) >= LEAST_ELIDED or (len(rest) >= LEAST_PLAIN and rest in text.vocabulary)
    return meant[:1].upper() + meant[1:] if usual else ""


def _name_follows(word: Word, line: Line) -> bool:
    after = bisect_left(line.words, word.end, key=lambda each: each.start)
    return after < len(line.words) and line.words[after].capital


def _finding(proof: Proof, found: Sequence[Word], meant: str) -> Diagnostic:
    first = found[0]
    return finding(
        "W201",
        [word.passage.span(word.start, word.end) for word in found],
        NP_(
            "“{word}” is in no dictionary: “{meant}”?",
            "“{word}” is in no dictionary: “{meant}”? It stands {count} times in this kit.",
        ),
        N_("Correct it. If it is right, “moip-press check --learn {word}” remembers it."),
        word=first.written,
        meant=meant,
        fix=[learn(proof.kit, [first.written])],
        safe=False,
    )
