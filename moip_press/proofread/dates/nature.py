"""What kind of thing an event is, as far as its day and place depend on it."""

from __future__ import annotations

import re

from moip_press.kit.model.records import Event
from moip_press.proofread.dates.sentences import flat

OPEN_TO_ALL = {
    "fr": re.compile(
        r"(?<!\w)(?:expo|expositions?|portes?[ -]ouvertes?|journees? (?:europeennes? )?du "
        r"patrimoine|festivals?|visites?|visite-\w+|marches?|salon|salons|foires?|vernissages?|finissages?|"
        r"(?:forum|rentree) des (?:associations|sports))(?!\w)"
    ),
    "en": re.compile(
        r"(?<!\w)(?:exhibitions?|open (?:days?|house|doors)|heritage (?:days?|open days)|"
        r"festivals?|tours?|guided \w+|markets?|fairs?|visits?|private view|closing party)(?!\w)"
    ),
}
"""Exhibitions, open days and the like: they last, and weekends are when people come."""

LEISURE = {
    "fr": re.compile(
        r"(?<!\w)(?:fetes?|nuits?|nocturnes?|concerts?|spectacles?|balades?|randonnees?|courses?|"
        r"tournois?|matchs?|brocantes?|vide-greniers?|bals?|projections?|cine-?\w*|cinema|"
        r"theatre|carnaval|parade|feux? d'artifice|commemorations?|ceremonies?|hackathons?|"
        r"marathons?|chasses?|jeux? de piste|rallyes?|familles?|enfants?|dimanches?|samedis?|"
        r"week-?ends?|ferie|messe|trail|regates?|kermesse|degustations?|animations?|contes?|"
        r"braderies?|gouters?|bourses? aux|lectures?|dictees?|repair[ -]cafe|ludotheque|"
        r"escape game|11 novembre|14 juillet|1er mai|8 mai|armistice|toussaint|noel)(?!\w)"
    ),
    "en": re.compile(
        r"(?<!\w)(?:nights?|concerts?|shows?|walks?|hikes?|races?|tournaments?|match|matches|"
        r"screenings?|cinema|theatre|carnival|parades?|fireworks?|commemorations?|ceremony|"
        r"hackathons?|marathons?|treasure hunts?|famil(?:y|ies)|children|kids|sundays?|"
        r"saturdays?|weekends?|bank holiday|church|service|regattas?|fete|tastings?|party|"
        r"storytelling|christmas|trips?|sail(?:s|ing)?|harvest|armistice|remembrance)(?!\w)"
    ),
}
"""What takes place in people's free time, or tells that its day is known to be one of rest."""

LASTING = re.compile(r"(?<!\w)(?:expositions?|expo|exhibitions?|installation|residences?)(?!\w)")


def title_of(event: Event) -> str:
    """Return the event's title in flat letters."""
    return flat(event.title)


def words_of(event: Event) -> str:
    """Return all that is said of an event, in flat letters."""
    return flat(" ".join([event.title, event.text or "", *event.notes, event.audience or ""]))


def is_open_to_all(event: Event, language: str) -> bool:
    """Tell whether an event is an exhibition, an open day or the like."""
    title, text = title_of(event), flat(event.text or "")
    if OPEN_TO_ALL[language].search(title):
        return True
    first = re.split(r"[.!?]\s", text, maxsplit=1)[0]
    return re.search(r"portes?[ -]ouvertes?|exposition|open day|exhibition", first) is not None


def is_leisure(event: Event, language: str) -> bool:
    """Tell whether an event is of the kind that weekends and holidays are for."""
    return LEISURE[language].search(words_of(event)) is not None


def is_lasting(event: Event) -> bool:
    """Tell whether an event may well begin before the period or end after it."""
    return LASTING.search(title_of(event)) is not None


def takes_place(event: Event) -> bool:
    """Tell whether an event takes place when it says so."""
    return event.status not in ("cancelled", "postponed")
