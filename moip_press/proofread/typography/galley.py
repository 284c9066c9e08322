"""The words of a kit as one long text, a passage a line: each pattern reads them all at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from moip_press.diagnostics import Diagnostic, Edit, Message, Related, Span
from moip_press.messages import N_
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof, finding

MASK = "\ue000"
"""What stands for each sign of an address, a file's name, a hashtag or code: no words."""

TOLD = 5  # further places named in one finding
WORDS = frozenset({Role.TITLE, Role.LINE, Role.PROSE, Role.QUOTATION})
OWN_WORDS = frozenset({Role.TITLE, Role.LINE, Role.PROSE})
NAMES_TOO = WORDS | {Role.NAME}
WORD = re.compile(r"[^\W\d_]+")
NO_WORDS = re.compile(
    rf"""
      \b(?:https?|ftp|mailto|tel):[^\s<>«»"“”{MASK}]*[^\s<>«»"“”{MASK}.,;:!?)\]’'…]
    | \bwww\.[^\s<>«»"“”{MASK}]*[^\s<>«»"“”{MASK}.,;:!?)\]’'…]
    | (?<![\w.+@-])[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+
    | (?<![\w.-])(?:[\w-]{{1,63}}\.){{1,5}}(?:fr|com|org|net|eu|io|tv|bzh|paris|gouv|uk|edu|info)
        (?![\w-])(?:/[^\s<>«»"“”{MASK}]*[^\s<>«»"“”{MASK}.,;:!?)\]’'…])?
    | (?<![\w.-])[\w-]{{1,100}}\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|csv|html?|jpe?g|png|svg|gif|mp[34]
        |zip|js|py|json|xml|ya?ml|txt|md|css)(?!\w)
    | (?<![\w&])[\#@]\w+
    | \{{[A-Za-z_][\w.:-]*\}}
    | (?<![\w:;])[:;]-?[()DP](?!\w)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, eq=False)
class Spot:
    """Some signs of a passage; `right`, if known, is what belongs in their place."""

    passage: Passage
    start: int
    end: int
    right: str | None = None

    @property
    def text(self) -> str:
        """The signs themselves."""
        return self.passage.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Their place in the file."""
        return self.passage.span(self.start, self.end)

    @property
    def edit(self) -> Edit | None:
        """The edit that sets them right, where there is one.

        A sign beside them is written anew where a space comes or goes: no edit ends in one.
        """
        if self.right is None:
            return None
        text, start, end, right = self.passage.text, self.start, self.end, self.right
        if start and right[:1].strip() == "":
            start, right = start - 1, text[start - 1] + right
        if end < len(text) and right[-1:] == " ":
            end, right = end + 1, right + text[end]
        return self.passage.edit(start, end, right)


@dataclass(frozen=True, eq=False)
class Hit(Spot):
    """What a pattern matched in a passage; places in the match count in the galley."""

    match: re.Match[str] | None = None

    def __getitem__(self, group: str | int) -> str:
        return (self.match[group] or "") if self.match else ""

    def spot(self, group: str | int, right: str | None = None) -> Spot:
        """Return the place of a group of the match."""
        if self.match is None:
            return Spot(self.passage, self.start, self.end, right)
        shift = self.start - self.match.start()
        start, end = self.match.span(group)
        return Spot(self.passage, start + shift, end + shift, right)


class Galley:
    """The passages of a kit and their words, as one text in which nothing else is left."""

    def __init__(self, proof: Proof) -> None:
        self.proof = proof
        self.french = proof.language == "fr"
        self.passages = proof.passages
        text = "\n".join(_words(passage) for passage in self.passages)
        self.text = NO_WORDS.sub(lambda match: MASK * len(match[0]), text)
        self.starts: list[int] = []
        start = 0
        for passage in self.passages:
            self.starts.append(start)
            start += len(passage.text) + 1

    def line(self, number: int) -> str:
        """Return the words of a passage by its number; signs have the same places as in it."""
        start = self.starts[number]
        return self.text[start : start + len(self.passages[number].text)]

    def find(
        self, pattern: re.Pattern[str], roles: frozenset[Role] = WORDS, need: str = ""
    ) -> Iterator[Hit]:
        """Yield where a pattern matches in passages of these roles.

        Nothing is looked for where the kit has none of the signs of `need`.
        """
        if need and self.signs.isdisjoint(need):
            return
        for match in pattern.finditer(self.text):
            number = bisect_right(self.starts, match.start()) - 1
            passage = self.passages[number]
            if passage.role in roles:
                start = self.starts[number]
                yield Hit(passage, match.start() - start, match.end() - start, match=match)

    @cached_property
    def signs(self) -> frozenset[str]:
        """The signs that occur in the kit."""
        return frozenset(self.text)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word occurs in the kit, as it is written."""
        return Counter(WORD.findall(self.text))

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that stand in a name or a logo, or that the glossary vouches for."""
        glossary = self.proof.glossary
        texts = [
            *(p.text for p in self.passages if p.role in (Role.NAME, Role.LOGO)),
            *glossary.words,
            *(word for term in glossary.terms for word in (term.preferred, *term.accepted)),
        ]
        return frozenset(word for text in texts for word in WORD.findall(text))


def _words(passage: Passage) -> str:
    text = passage.text.replace("\n", " ")
    for stretch in passage.stretches:
        if stretch.kind == "code":
            size = stretch.end - stretch.start
            text = text[: stretch.start] + MASK * size + text[stretch.end :]
    return text


def tell(
    code: str, spots: Sequence[Spot], message: Message, hint: Message, *, safe: bool = True
) -> Iterator[Diagnostic]:
    """Yield one finding for all the places where the same is wrong, if there is one."""
    if spots:
        edits = None if any(spot.right is None for spot in spots) else [s.edit for s in spots]
        made = [edit for edit in edits or () if edit is not None]
        again = Message(N_("Here too."))
        yield finding(
            code,
            spots[0].span,
            message,
            hint,
            related=[Related(spot.span, again) for spot in spots[1 : TOLD + 1]],
            fix=made or None,
            safe=safe,
        )
