"""Titles that are typed in capitals, and the same titles in small letters.

Which words keep their capitals is known from the kit's names and glossary, from the regions and
departments of France, and from the dictionaries. A word that none of them has may be a name: it is
named beside the proposal, which is never made unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from moip_press.proofread.names.place_names import RIGHT
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import finding
from moip_press.proofread.typography.accents import IN_CAPITALS
from moip_press.proofread.typography.capitals import SMALL_WORDS, in_capitals
from moip_press.proofread.typography.galley import WORD, Galley, Spot
from moip_press.proofread.words.dictionaries import UNKNOWN, Lexicon, load_lexicon
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "T244 title-in-capitals",
        N_("Titles of one section are typed in capitals and in small letters."),
        N_("They look as if they weighed more than their neighbours."),
        "events:\n  - title: {~~JOURNÉE DES LABS~>Journée des labs~~}\n"
        "  - title: Dessin pour la pensée visuelle",
        fixable=True,
    ),
    Rule.warning(
        "T245 titles-all-in-capitals",
        N_("A title is typed in capitals, as its neighbours are."),
        N_("Capitals are harder to read, and hide which words are names."),
        "title: {~~DESIGN ET COMMANDE PUBLIQUE~>Design et commande publique~~}",
        fixable=True,
    ),
)

ACRONYM = 5  # letters of the longest that is taken for one where nothing is known of it
OF_THE_STATE = re.compile(r"(?:[LD]['’]|\b(?:DES|LES|AUX) )$")


@dataclass
class Sentence:
    """A title in small letters: what stands where in its place, and the words that may be names."""

    text: str = ""
    changes: list[tuple[int, int, str]] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


def titles_in_capitals(galley: Galley) -> Iterator[Diagnostic]:
    """Yield titles in capitals: among others that are not (T244), and where most are (T245)."""
    titles = [p for p in galley.passages if p.role is Role.TITLE and p.field == "title"]
    case: _Case | None = None
    for _, group in groupby(titles, key=lambda p: (p.source.name, type(p.record), p.loc[:-2])):
        passages = [p for p in group if len(WORD.findall(p.text)) > 1]
        capitals = [p for p in passages if in_capitals(p.text)]
        others = [p for p in passages if not in_capitals(p.text)]
        if not capitals:
            continue
        case = case or _Case.of(galley)
        if len(capitals) <= len(others):
            rest = Related(others[0].span(), Message(N_("This one is typed in the other way.")))
            yield _told("T244", capitals, case, (rest,))
        else:
            for passage in capitals:
                yield _told("T245", [passage], case)


def _told(
    code: str, passages: list[Passage], case: _Case, related: Iterable[Related] = ()
) -> Diagnostic:
    sentences = [case.sentence(passage.text) for passage in passages]
    unsure = [word for sentence in sentences for word in sentence.unsure]
    message = {
        "T244": NP_(
            "This title is typed in capitals, and the others of the section are not.",
            "{count} titles are typed in capitals, and the others of the section are not.",
        ),
        "T245": NP_("This title is typed in capitals.", "{count} titles are typed in capitals."),
    }[code]
    hint = (
        N_("In small letters it reads “{right}”. May be a name, look before you take it: {words}.")
        if unsure
        else N_("Small letters are easier to read: “{right}”.")
    )
    spots = [
        Spot(passage, *change)
        for passage, sentence in zip(passages, sentences, strict=True)
        for change in sentence.changes
    ]
    return finding(
        code,
        [passage.span() for passage in passages],
        message,
        hint,
        related=related,
        right=sentences[0].text,
        words=", ".join(dict.fromkeys(unsure)),
        fix=[spot.edit for spot in spots],
        safe=False,
    )


@dataclass(frozen=True)
class _Case:
    """What is known of the words of a kit: names of several words, single ones, dictionaries."""

    galley: Galley
    names: Mapping[str, str]
    singles: Mapping[str, str]
    lexicon: Lexicon

    @classmethod
    def of(cls, galley: Galley) -> _Case:
        glossary = galley.proof.glossary
        named = [
            *(p.text for p in galley.passages if p.role is Role.NAME and not in_capitals(p.text)),
            galley.proof.kit.edition.title,
            *glossary.words,
            *(term.preferred for term in glossary.terms),
        ]
        whole = {name.upper(): name for name in (*RIGHT.values(), *named)}
        words = [word for name in named for word in WORD.findall(name)]
        # a plain word of a name, such as "ministère", is no name by itself
        singles = {word.upper(): word for word in words if len(word) > 1 and not word.islower()}
        return cls(galley, whole, singles, load_lexicon(galley.proof.language))

    def sentence(self, title: str) -> Sentence:
        """Return a title in small letters; names and acronyms keep their capitals."""
        made = Sentence()
        done = 0
        for match in WORD.finditer(title):
            if match.start() < done:
                continue
            made.text += title[done : match.start()]
            name = self._name_at(title, match.start())
            typed = name or match[0]
            start, done = match.start(), match.start() + len(typed)
            begins = re.search(r"(?:^\W*|[.!?…]\s+\W*)$", title[: match.start()]) is not None
            word = name or self._word(title, match, made)
            word = word[0].upper() + word[1:] if begins else word
            made.text += word
            if word != title[start:done]:
                made.changes.append((start, done, word))
        made.text += title[done:]
        return made

    def _name_at(self, title: str, start: int) -> str | None:
        """Return the longest name of several words that stands at a place of a title."""
        ends = [match.end() for match in WORD.finditer(title, start)][1:8]
        found = (self.names.get(title[start:end].upper().replace("’", "'")) for end in ends[::-1])
        return next((name for name in found if name), None)

    def _word(self, title: str, match: re.Match[str], made: Sentence) -> str:
        typed = match[0]
        small = typed.lower()
        if typed in SMALL_WORDS or (
            len(typed) == 1 and title[match.end() : match.end() + 1] in "'’"
        ):
            return small
        if self.galley.french and small in IN_CAPITALS:
            small = IN_CAPITALS[small].lower()
        if small in ("état", "états") and OF_THE_STATE.search(title[: match.start()]):
            return small.capitalize()
        if self.galley.french and "oe" in small and self.lexicon.has(small.replace("oe", "œ")):
            return small.replace("oe", "œ")
        name = self.singles.get(typed)
        if name and name.isupper():
            return name
        if self.lexicon.has(small) or self.galley.counts[small]:
            return small
        if self.lexicon.has(small.capitalize()):
            return small.capitalize()
        if not self.lexicon.judge(small).startswith(UNKNOWN):
            return small
        if name:
            return name
        made.unsure.append(typed)
        return typed if len(typed) <= ACRONYM else small
