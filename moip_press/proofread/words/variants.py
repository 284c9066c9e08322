"""Words that a kit spells in two ways, both of them right: événement and évènement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from moip_press.proofread.passages import Role
from moip_press.proofread.proof import Proof, finding
from moip_press.proofread.words.folding import Fold
from moip_press.proofread.words.reading import Line, Word, normal
from moip_press.proofread.words.text import Text
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "W202",
        "word-spelt-in-two-ways",
        WARNING,
        N_("A word is spelt in two ways in one kit."),
        N_(
            "Both spellings are right, and a careful reader still sees that nobody chose. Names"
            " and quotations do not count."
        ),
        "text: Un événement le matin, deux évènements le soir.",
        "text: Un événement le matin, deux événements le soir.",
        N_("The spelling rectifications of 1990 (Journal officiel, 6 December 1990): both count."),
    ),
)


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
    sought = _Sought.of(fold, {word.key for line in text.lines for word in line.words})
    for line in text.lines:
        if line.passage.role is Role.QUOTATION:
            continue
        for at, word in enumerate(line.words):
            for whole in sought.at(at, line):
                if _counts(word):
                    spellings = found.setdefault(fold.key(whole.key), {})
                    spellings.setdefault(fold.spelling(whole.key), Spelling()).add(whole)
    for spellings in found.values():
        if len(spellings) > 1 and not _accepted(proof, spellings):
            yield _finding(list(spellings.values()))


@dataclass(frozen=True)
class _Sought:
    """The words of a kit that may have several spellings.

    `joined` are the keys of those with a hyphen, `begun` the first words of them.
    """

    fold: Fold
    words: frozenset[str]
    joined: frozenset[str]
    begun: frozenset[str]

    @classmethod
    def of(cls, fold: Fold, words: set[str]) -> _Sought:
        keys = {word: key for word in sorted(words) if (key := fold.key(word))}
        several: dict[str, set[str]] = {}
        for word, key in keys.items():
            several.setdefault(key, set()).add(fold.spelling(word))
        hyphened = [word for word in keys if "-" in word]
        joined = frozenset(keys[word] for word in hyphened)
        begun = frozenset(fold.spelling(word.split("-")[0]) for word in hyphened)
        wanted = {word for word, key in keys.items() if key in joined or len(several[key]) > 1}
        return cls(fold, frozenset(wanted), joined, begun)

    def at(self, at: int, line: Line) -> Iterator[Word]:
        """Yield the word there, and the words from there that elsewhere have a hyphen."""
        word = line.words[at]
        if word.key in self.words:
            yield word
        if self.fold.spelling(word.key) not in self.begun:
            return
        text, end, key = line.passage.text, word.end, word.key
        for after in line.words[at + 1 : at + LONGEST]:
            if after.start != end + 1 or text[end] != " ":
                return
            key, end = f"{key} {after.key}", after.end
            if self.fold.key(key) in self.joined and self.fold.free(key):
                yield Word(line.passage, word.start, end, key)


def _counts(word: Word) -> bool:
    """Tell whether a word is the kit's own choice: no name, quotation, title of a work, code."""
    passage = word.passage
    begins = word.first and word.written[1:].islower()
    if word.capital and not begins and not passage.text.isupper():
        return False
    if passage.quoted and passage.in_quotation(word.start):
        return False
    kinds = ("code", "em", "page")
    return not any(passage.stretch_at(word.start, kind) for kind in kinds)


def _accepted(proof: Proof, spellings: dict[str, Spelling]) -> bool:
    """Tell whether the glossary has all of the spellings: then it is a matter of names."""
    forms = {form for spelling in spellings.values() for form in spelling.forms}
    return any(
        forms <= {normal(name) for name in (term.preferred, *term.accepted, *term.wrong)}
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
