"""Words that are in no dictionary, and near to one that is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from moip_press.proofread.learning import learn
from moip_press.proofread.proof import Proof, finding
from moip_press.proofread.words import nearness
from moip_press.proofread.words.foreign import is_meant
from moip_press.proofread.words.reading import Line, Word
from moip_press.proofread.words.text import Text
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "W201",
        "misspelt-word",
        WARNING,
        N_("A word is in no dictionary, and resembles one that is."),
        N_(
            "Journalists quote what they read. Names, acronyms and foreign words are left alone,"
            " and so is a word that resembles none: it is taken for a term of art. What is right"
            " all the same goes into the kit’s glossary."
        ),
        "text: Les préfetures ouvrent leurs portes.",
        "text: Les préfectures ouvrent leurs portes.",
    ),
)


MOST_RELATED = 5


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
    near = nearness.slips(word.key, text.tongue)
    meant = next((each for each in near if each in text.vocabulary or each in small), "")
    # an accent that a capital lacks is a matter of typography
    return "" if meant[1:] == word.key[1:] else meant


def _name_follows(word: Word, line: Line) -> bool:
    after = bisect_left(line.words, word.end, key=lambda each: each.start)
    return after < len(line.words) and line.words[after].capital


def _finding(proof: Proof, found: Sequence[Word], meant: str) -> Diagnostic:
    first = found[0]
    message = Message.counted(
        NP_(
            "“{word}” is in no dictionary: “{meant}”?",
            "“{word}” is in no dictionary: “{meant}”? It stands {count} times in this kit.",
        ),
        len(found),
        word=first.written,
        meant=meant,
    )
    hint = Message.of(
        N_("Correct it. If it is right, “moip-press check --learn {word}” remembers it."),
        word=first.written,
    )
    also = Message(N_("It stands here too."))
    return finding(
        "W201",
        first.passage.span(first.start, first.end),
        message,
        hint,
        related=[
            Related(word.passage.span(word.start, word.end), also)
            for word in found[1 : MOST_RELATED + 1]
        ],
        fix=[learn(proof.kit, [first.written])],
        safe=False,
    )
