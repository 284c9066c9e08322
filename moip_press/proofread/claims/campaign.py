"""What a kit is about, and whether a sentence speaks of it and of now."""

from __future__ import annotations

import re
from dataclasses import dataclass

from moip_press.proofread.proof import Proof

OTHER_TIME = re.compile(
    r"\b(?:depuis|derni(?:er|ère)s?|précédente?s?|passée?|l['’]an|avai(?:t|ent)|étai(?:t|ent)"
    r"|prochaine?s?|last|since|previous|next|were|was|had)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
BEFORE = re.compile(
    r"(?:^|^(?:Cette année|En \d{4}|This year|In \d{4}"
    r"|[A-ZÀ-Ý]\w+(?:é|ée|ant|ed)\s[^.:;]{0,80}),\s)"
    r"(?:le\s|la\s|les\s|l['’]|cette\s|ce\s|the\s|this\s)?$",
    re.IGNORECASE,
)
# What a campaign does with all of its events, and not with some of them.
DOES = re.compile(
    r"\b(?:fédère|propose|réuni|rassemble|compte|offr|c['’]est|ce sont|regroupe|compren|accueill"
    r"|organise|mobilise|annonce|présente|brings|offer|has|includes|comprises|features|counts)",
    re.IGNORECASE,
)
SOME = re.compile(
    r"\b(?:avec|par|ici|here|with|by)\b|\b(?:le|les|on)\s\d{1,2}(?:er)?\s", re.IGNORECASE
)
OTHERS = re.compile(r",\s(?:les|nos|ses|ces|our|its|these)\s", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?…]\s+")


@dataclass(frozen=True)
class Campaign:
    """The event that the kit announces: its title, and the years it takes place in."""

    title: re.Pattern[str]
    years: frozenset[str]

    @classmethod
    def of(cls, proof: Proof) -> Campaign:
        """Return the campaign of a kit."""
        edition = proof.kit.edition
        words = re.split(r"[\s'’]+", edition.title.strip())
        title = re.compile(r"[\s'’]+".join(map(re.escape, words)), re.IGNORECASE)
        years = range(edition.period.start.year, edition.period.end.year + 1)
        return cls(title, frozenset(map(str, years)))

    def is_now(self, sentence: str) -> bool:
        """Tell whether a sentence names no other year and does not look back or ahead."""
        years = set(YEAR.findall(sentence))
        return years <= self.years and not OTHER_TIME.search(sentence)

    def is_subject(self, before: str, *, anywhere: bool = False) -> bool:
        """Tell whether the campaign is what a sentence speaks of up to here.

        With `anywhere`, the words may be those of several sentences.
        """
        for found in self.title.finditer(before):
            head = before[: found.start()]
            opens = BEFORE.search(head) or (anywhere and BEFORE.search(SENTENCE.split(head)[-1]))
            does = anywhere or (
                DOES.search(before, found.end()) and not SOME.search(before, found.end())
            )
            if opens and does and not OTHERS.search(before, found.end()):
                return True
        return False
