"""Words that a kit spells in two ways, both of them right: événement and évènement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from moip_press.diagnostics import Diagnostic, Message, Related
from moip_press.messages import N_, NP_
from moip_press.proofread.passages import Role
from moip_press.proofread.proof import Proof, finding
from moip_press.proofread.words.folding import Fold
from moip_press.proofread.words.reading import Line, Word, normal
from moip_press.proofread.words.text import Text

MOST_RELATED = 5
LONGEST = 3  # words that are sought as one


@dataclass
class Spelling:
    """One way to spell a word: its places, and how often each form of it is typed."""

    places: list[Word] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)

    def add(self, word: Word) -> None:
        """Count a place."""
        self.places.append(word)
        self.forms[normal(word.written)] += 1

    @property
    def form(self) -> str:
        """The form that is typed most often."""
        return self.forms.most_common(1)[0][0]


def spelt_twice(proof: Proof, text: Text) -> Iterator[Diagnostic]:
    """Yield a finding a word with several spellings, at the rarest of them."""
    fold = Fold(text)
    found: dict[str, dict[str, Spelling]] = {}
    joined: set[str] = set()
    lines = [(line, _counted(line)) for line in text.lines]
    for _, words in lines:
        for word in words:
            if key := fold.key(word.key):
                found.setdefault(key, {}).setdefault(fold.spelling(word.key), Spelling()).add(word)
                if "-" in word.key:
                    joined.add(key)
    for line, words in lines:
        for word in _apart(line, words, fold, joined):
            spelling = fold.spelling(word.key)
            found[fold.key(word.key)].setdefault(spelling, Spelling()).add(word)
    for spellings in found.values():
        if len(spellings) > 1 and not _accepted(proof, spellings):
            yield _finding(list(spellings.values()))


def _counted(line: Line) -> list[Word]:
    """Return the words that are the kit's own choice: no names, quotations, addresses, code."""
    passage = line.passage
    if passage.role is Role.QUOTATION:
        return []
    capitals = passage.text.isupper()
    return [
        word
        for word in line.words
        if (not word.capital or capitals or (word.first and word.written[1:].islower()))
        and not (passage.quoted and passage.in_quotation(word.start))
        and not (passage.stretches and _apart_set(word))
    ]


def _apart_set(word: Word) -> bool:
    return any(word.passage.stretch_at(word.start, kind) for kind in ("code", "em", "page"))


def _apart(line: Line, words: list[Word], fold: Fold, joined: set[str]) -> Iterator[Word]:
    """Yield the runs of words that are written as one, with a hyphen, elsewhere in the kit."""
    if not joined:
        return
    text = line.passage.text
    for at, word in enumerate(words):
        key = word.key
        for after in words[at + 1 : at + LONGEST]:
            if text[after.start - 1] != " " or after.start - 1 != words[at].end:
                break
            key, at = f"{key} {after.key}", at + 1
            if fold.key(key) in joined and fold.free(key):
                yield Word(line.passage, word.start, after.end, key)


def _accepted(proof: Proof, spellings: dict[str, Spelling]) -> bool:
    """Tell whether the glossary accepts all of the spellings."""
    forms = {form for spelling in spellings.values() for form in spelling.forms}
    return any(
        forms <= {normal(name) for name in (term.preferred, *term.accepted)}
        for term in proof.glossary.terms
    )


def _finding(spellings: list[Spelling]) -> Diagnostic:
    common, *others = sorted(spellings, key=lambda each: -len(each.places))
    rare = others[-1]
    first = rare.places[0]
    message = Message.of(
        N_("One word is spelt in two ways: “{common}” ({many}) and “{rare}” ({few})."),
        common=common.form,
        many=_times(common),
        rare=rare.form,
        few=_times(rare),
    )
    here, there = (
        Message.of(N_("“{word}” stands here."), word=each.form) for each in (rare, common)
    )
    places = [(word, here) for word in rare.places[1 : MOST_RELATED - 1]]
    places += [(word, there) for word in common.places[: MOST_RELATED - len(places)]]
    return finding(
        "W202",
        first.passage.span(first.start, first.end),
        message,
        Message(N_("Choose one of them and keep to it; both are right.")),
        related=[Related(word.passage.span(word.start, word.end), said) for word, said in places],
    )


def _times(spelling: Spelling) -> Message:
    return Message.counted(NP_("once", "{count} times"), len(spelling.places))
