"""What is to be counted, as people write it: ``events by region where theme=Numérique``.

The conditions are those of a selection, the numbers those of what the pages print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moip_press.kit.conditions import KEYS, Condition, Selection
from moip_press.kit.model.french_keys import french
from moip_press.text.folding import fold

if TYPE_CHECKING:
    from moip_press.report.diagnostics import Diagnostic

COUNTABLE: Mapping[str, str] = {
    "events": "evenements evenement rendez-vous manifestations event",
    "sessions": "seances seance representations session",
    "organisers": "organisateurs organisatrices organisateur organiser organizers",
    "places": "lieux lieu salles place venues",
    "towns": "villes ville communes town cities",
    "regions": "region",
    "themes": "thematiques theme",
    "sections": "parties section",
    "days": "jours jour dates day",
    "speakers": "intervenants intervenantes speaker",
    "labs": "laboratoires laboratoire lab",
    "partners": "partenaires partenaire partner",
}
"""What can be counted, and what else it may be called, as ``fold`` gives it."""
GROUPS: Mapping[str, str] = {
    "region": "regions",
    "department": "departement departements departments",
    "theme": "themes thematique",
    "section": "sections partie",
    "organiser": "organisers organisateur organisateurs",
    "town": "towns ville villes commune",
    "week": "weeks semaine semaines",
    "day": "days jour jours",
    "month": "months mois",
    "status": "statut",
}
"""By what numbers can be told apart, and what else that may be called."""
CLAUSE = re.compile(r"(?<!\S)(?P<word>where|où|by|par)(?!\S)", re.IGNORECASE)
WHERE, BY = ("where", "où"), ("by", "par")
KEY = "|".join((*KEYS, *french(KEYS)))
AND = re.compile(rf"(?:\s+(?:and|et)\s+|\s*[,;]\s*)(?=(?:{KEY})\s*!?=)", re.IGNORECASE)


@dataclass(frozen=True)
class Word:
    """A word of a question, and where it stands in it."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Question:
    """What is to be counted or added up, of what, and by what it is told apart.

    ``what`` is as written, ``by`` too, None where it is not asked for. Places in the conditions
    and their ``faults`` are columns of the text.
    """

    what: Word
    by: Word | None
    conditions: tuple[Condition, ...]
    faults: tuple[Diagnostic, ...]

    @classmethod
    def parse(cls, text: str) -> Question:
        """Return what a text asks for."""
        words = list(CLAUSE.finditer(text))
        ends = [word.start() for word in words[1:]] + [len(text)]
        by: Word | None = None
        asked = Selection()
        for word, end in zip(words, ends, strict=False):
            if word["word"].lower() in BY:
                by = _word(text, word.end(), end)
            else:
                # what stands before is blank, so that columns are those of the whole text
                pieces = _pieces(text, word.end(), end)
                asked = Selection.parse([" " * start + text[start:stop] for start, stop in pieces])
        first = words[0].start() if words else len(text)
        return cls(_word(text, 0, first), by, asked.conditions, asked.faults)

    @property
    def noun(self) -> str | None:
        """What is counted: a key of ``COUNTABLE``, None where it is none."""
        return _known(self.what.text, COUNTABLE)

    @property
    def group(self) -> str | None:
        """By what it is told apart: a key of ``GROUPS``, None where it is none."""
        return _known(self.by.text, GROUPS) if self.by else None


def _word(text: str, start: int, end: int) -> Word:
    said = text[start:end].strip()
    return Word(said, text.index(said, start))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each condition begins and ends."""
    for found in AND.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _known(word: str, names: Mapping[str, str]) -> str | None:
    said = fold(word)
    found = (name for name, others in names.items() if said in (name, *map(fold, others.split())))
    return next(found, None)
