"""Words that a kit spells in two ways, both of them right: événement and évènement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from moip_press.proofread.passages import Role
from moip_press.proofread.proof import Proof, finding
from moip_press.proofread.words.dictionaries import KNOWN
from moip_press.proofread.words.kit_words import Line, Text, Word, normal
from moip_press.proofread.words.languages import words_of
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "W202 word-spelt-in-two-ways",
        N_("A word is spelt in two ways in one kit."),
        N_(
            "Both spellings are right, and a careful reader still sees that nobody chose. Names"
            " and quotations do not count."
        ),
        "text: Un événement le matin, deux {~~évènements~>événements~~} le soir.",
        N_("The spelling rectifications of 1990 (Journal officiel, 6 December 1990): both count."),
    ),
)

LEAST = 5  # letters
LEAST_PART = 4  # letters of each word of two that are sought as one
PLURAL = re.compile(r"(?<=\w{3})s\b|(?<=[eo]u)x\b")

# The rectifications of 1990: the circumflex on i and u, è before a mute syllable.
REFORM = str.maketrans("îû", "iu")
SOFTENED = re.compile(r"é(?=[bcdfgjlmnprstvz]{1,2}e)")
# Words that differ in their circumflex alone, and are not the same.
DIFFERENT = re.compile(
    r"^(?:sûr|mûr|jeûn|crû|recrû|fût|dû|mû|hâl|pâtir)|(?:ît|ût|îmes|îtes|ûmes|ûtes)$"
)
# différent is no verb, diffèrent is one.
ADJECTIVE = re.compile(r"(?<!m)ents?$")
# Words that stand beside others in many ways: with them, two words are not one.
LOOSE = words_of(
    """
    ainsi alors après assez aussi autre autres avant avec bien bonne chaque chez comme contre
    dans demi depuis dessous dessus deux dont elle elles encore entre être eux fait faire font
    grand grande haut hors jamais jusque juste leur leurs libre lors lorsque maintenant mais même
    mêmes mieux moins notre nous outre parce petit petite peut pour presque prêt puis quand
    quatre quel quelle quelque quoi sans savoir sauf selon semi sinon sous tant tout toute toutes
    tous trois très trop vers vice vingt voici voilà votre vous
    """
)
# Compounds of the dictionary that mean the same without their hyphen.
SAME = frozenset(["compterendu", "aprèsmidi", "rendezvous", "chefdœuvre", "portesouvertes"])

AMERICAN = (
    (re.compile(r"our(?=$|s|ed|ing|ful|able|ite|hood|er|ly)"), "or"),
    (re.compile(r"(?<=[iy])s(?=e|ing|ation|able)"), "z"),
    (re.compile(r"(?<=[tb])re(?=s?$|d$)"), "er"),
    (re.compile(r"ll(?=ed|ing|er)"), "l"),
    (re.compile(r"ogue"), "og"),
    (re.compile(r"(?<=[ef])ence(?=s?$)|(?<=f)ence(?=less)"), "ense"),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"grey"), "gray"),
    (re.compile(r"programme"), "program"),
)
INFLECTED = re.compile(r"(?:ed|ing|ation|er|e)$")
# Words that a beginning makes other words of: re-creation is no recreation.
SENSE = re.compile(r"^(?:re|pre|co-op)-")


@dataclass(frozen=True)
class Fold:
    """Keys that are the same for all spellings of a word, singular and plural, in a kit."""

    text: Text

    def key(self, written: str) -> str:
        """Return the key of a word, or of words with spaces between them; "" of most words."""
        if len(written) < LEAST:
            return ""
        if self.text.tongue.code == "fr":
            return _french(written)
        return self._english(written)

    def spelling(self, written: str) -> str:
        """Return what tells one spelling from another: the word without its plural.

        Of a word that is spelt so in one country alone, it is the country.
        """
        return self._country(written) or _singular(written)

    def _country(self, written: str) -> str:
        verdict = self.text.verdicts.said.get(written, "")
        return verdict.removeprefix(KNOWN) if verdict.startswith(KNOWN) else ""

    def free(self, words: str) -> bool:
        """Return whether words with spaces between them can be meant as one."""
        parts = words.split(" ")
        if self.text.tongue.code != "fr":
            return False
        said = self.text.verdicts.said
        if any(len(part) < LEAST_PART or part in LOOSE for part in parts):
            return False
        if any(said.get(part) != KNOWN for part in parts):
            return False
        one = "-".join(parts)
        self.text.verdicts.ask([one])
        return self.text.verdicts.unknown(one) or _french(one) in SAME

    def _english(self, written: str) -> str:
        if SENSE.search(written):
            return written
        folded = PLURAL.sub("", written).replace("-", "")
        if self._country(written):
            for british, american in AMERICAN:
                folded = british.sub(american, folded)
            folded = f"{INFLECTED.sub('', folded)}-"  # no word that both countries spell so
        return folded


@cache
def _singular(written: str) -> str:
    return PLURAL.sub("", written)


@cache
def _french(written: str) -> str:
    bare = PLURAL.sub("", written).replace("-", "").replace(" ", "")
    reformed = bare if DIFFERENT.search(written) else bare.translate(REFORM)
    return reformed if ADJECTIVE.search(written) else SOFTENED.sub("è", reformed)


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
    """Return whether a word is the kit's own choice: no name, quotation, title of a work, code."""
    passage = word.passage
    begins = word.first and word.written[1:].islower()
    if word.capital and not begins and not passage.text.isupper():
        return False
    if passage.quoted and passage.in_quotation(word.start):
        return False
    kinds = ("code", "em", "page")
    return not any(passage.stretch_at(word.start, kind) for kind in kinds)


def _accepted(proof: Proof, spellings: dict[str, Spelling]) -> bool:
    """Return whether the glossary has all of the spellings: then it is a matter of names."""
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
    places = [(common.places[0], there), *((word, here) for word in rare.places[1:])]
    places += [(word, there) for word in common.places[1:]]
    return finding(
        "W202",
        first.passage.span(first.start, first.end),
        message,
        N_("Choose one of them and keep to it; both are right."),
        related=[Related(word.passage.span(word.start, word.end), said) for word, said in places],
    )


def _times(spelling: Spelling) -> Message:
    return Message.counted(NP_("once", "{count} times"), len(spelling.places))
