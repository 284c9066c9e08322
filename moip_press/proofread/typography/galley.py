"""The words of a kit as one long text, a passage a line: each pattern reads them all at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Edit, Span
from moip_press.report.messages import N_

LEXIQUE = N_("Lexique des règles typographiques en usage à l’Imprimerie nationale")

MASK = "\ue000"
"""What stands for each character of an address, a file's name, a hashtag or code: no words."""

FIXED = 500  # places that one finding corrects; the next run corrects the others
WORDS = frozenset({Role.TITLE, Role.LINE, Role.PROSE, Role.QUOTATION})
OWN_WORDS = frozenset({Role.TITLE, Role.LINE, Role.PROSE})
NAMES_TOO = WORDS | {Role.NAME}
WORD = re.compile(r"[^\W\d_]+")
URL_END = rf"[^\s<>«»\"“”{MASK}]*[^\s<>«»\"“”{MASK}.,;:!?)\]’'…]"
URL = re.compile(rf"(?:https?|ftp|mailto|tel):{URL_END}|www\.{URL_END}")
URL_SIGNS = ("://", "mailto:", "tel:", "www.")
# what follows the first part of an address or a file's name, and that part
NO_WORDS = re.compile(
    rf"""
      (?P<mail>@[\w-]{{1,63}}(?:\.[\w-]{{1,63}})*)
    | (?P<host>\.(?:fr|com|org|net|eu|io|tv|bzh|paris|gouv|uk|edu|info)(?![\w-])(?:/{URL_END})?)
    | (?P<file>\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|csv|html?|jpe?g|png|svg|gif|mp[34]|zip|js|py|json
        |xml|ya?ml|txt|md|css)(?!\w))
    | \#(?<![\w&]\#)\w+
    | \{{[A-Za-z_][\w.:-]*\}}
    | [:;](?<![\w:;][:;])-?[()DP](?!\w)
    """,
    re.VERBOSE,
)
BEFORE = {"mail": re.compile(r"[\w.+-]{0,64}$"), "host": re.compile(r"[\w.-]{0,64}$")}


@dataclass(frozen=True, eq=False)
class Spot:
    """Some characters of a passage; `right`, if known, is what belongs in their place."""

    passage: Passage
    start: int
    end: int
    right: str | None = None

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.passage.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Their place in the file."""
        return self.passage.span(self.start, self.end)

    @property
    def edit(self) -> Edit | None:
        """The edit that sets them right, where there is one.

        A character beside them is written anew where a space comes or goes: no edit ends in one.
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
        """Return the place of a group of the match, which may stand before it."""
        if self.match is None:
            return Spot(self.passage, self.start, self.end, right)
        shift = self.start - self.match.start()
        start, end = self.match.span(group)
        return Spot(self.passage, start + shift, end + shift, right)


class Galley:
    """The passages of a kit and their words, as one text in which nothing else is left.

    A pattern is found quickly if it begins with one character of a few, and looks back only behind
    it.
    """

    def __init__(self, proof: Proof) -> None:
        self.proof = proof
        self.french = proof.language == "fr"
        self.passages = proof.passages
        self.text = _masked("\n".join(_words(passage) for passage in self.passages))
        self.starts: list[int] = []
        start = 0
        for passage in self.passages:
            self.starts.append(start)
            start += len(passage.text) + 1

    def number(self, place: int) -> int:
        """Return the number of the passage at a place of the galley."""
        return bisect_right(self.starts, place) - 1

    def line(self, number: int) -> str:
        """Return the words of a passage by its number; characters have the same places as in it."""
        start = self.starts[number]
        return self.text[start : start + len(self.passages[number].text)]

    def find(
        self, pattern: re.Pattern[str], roles: frozenset[Role] = WORDS, need: str = ""
    ) -> Iterator[Hit]:
        """Yield where a pattern matches in passages of these roles.

        Nothing is looked for where the kit has none of the characters of `need`.
        """
        if need and self.signs.isdisjoint(need):
            return
        for match in pattern.finditer(self.text):
            number = self.number(match.start())
            passage = self.passages[number]
            if passage.role in roles:
                start = self.starts[number]
                yield Hit(passage, match.start() - start, match.end() - start, match=match)

    def find_words(self, words: Iterable[str], roles: frozenset[Role] = WORDS) -> Iterator[Hit]:
        """Yield where words stand that the kit has (some of `counts`)."""
        for word in words:
            alone = re.compile(rf"{word}(?<![\w@#]{word})(?!\w)")
            yield from self.find(alone, roles)

    @cached_property
    def signs(self) -> frozenset[str]:
        """The characters that occur in the kit."""
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
    pieces: list[str] = []
    done = 0
    for stretch in passage.stretches:
        if stretch.kind in ("code", "passage") and stretch.end > done:
            start = max(done, stretch.start)
            pieces += text[done:start], MASK * (stretch.end - start)
            done = stretch.end
    return "".join([*pieces, text[done:]])


def _masked(text: str) -> str:
    """Return a text in which addresses, names of files and the like are masked."""
    if any(sign in text for sign in URL_SIGNS):
        text = URL.sub(lambda match: MASK * len(match[0]), text)
    pieces: list[str] = []
    done = 0
    for match in NO_WORDS.finditer(text):
        start = match.start()
        if match.lastgroup:
            first = BEFORE.get(match.lastgroup, BEFORE["host"])
            found = first.search(text, max(done, start - 64), start)
            start = found.start() if found else start
        pieces += (text[done:start], MASK * (match.end() - start))
        done = match.end()
    return "".join([*pieces, text[done:]])


def tell(
    code: str,
    spots: Sequence[Spot],
    message: str | tuple[str, str],
    hint: str,
    /,
    *,
    safe: bool = True,
    **values: Any,
) -> Iterator[Diagnostic]:
    """Yield one finding for all the places where the same is wrong, if there is one.

    `values` beside, a sentence may hold what is typed at the first place, and what is right.
    """
    if spots:
        known = all(spot.right is not None for spot in spots)
        edits = [spot.edit for spot in spots[:FIXED]] if known else []
        values = {"typed": spots[0].text, "right": spots[0].right or "", **values}
        yield finding(
            code,
            [spot.span for spot in spots],
            message,
            hint,
            fix=[edit for edit in edits if edit],
            safe=safe,
            **values,
        )
