"""Headings that forms make of their questions: "Quel est le titre de votre événement ?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from moip_press.exchange.columns import heading_key

NUMBERING = re.compile(r"^\W*(?:[A-Z]?[0-9]{1,3}(?:[A-Z][0-9]{1,3})*\s*[.):–-]\s*)+", re.IGNORECASE)
WORDS_THAT_ASK = """
quel quelle quand comment combien qui quoi où dans sur en sous pour que avec
what which when where who how please in at on for with us is are will be does do it
merci veuillez indiquer indiquez préciser précisez saisir saisissez renseigner renseignez
donner donnez enter give tell sera seront sont aura auront t il elle y a
votre vos notre nos ce cet cette your our this that
quelques lignes mots caractères signes max maximum environ few words lines characters
optional facultatif obligatoire required forme prévu proposé
"""
ASKING = frozenset(map(heading_key, WORDS_THAT_ASK.split()))
"""Words of questions, as headings are compared, that say nothing of what is asked for."""

WORDS_FOR_EVENTS = """
événement event action manifestation initiative atelier activité projet rendez vous
"""
EVENT = frozenset(map(heading_key, WORDS_FOR_EVENTS.split()))
KEPT = frozenset({"quand", "when", "ou", "where", "qui", "who"})
"""Words that ask for something by themselves."""

VAGUE = frozenset(map(heading_key, ("nom", "name", "objet", "subject", "sujet", "titre", "title")))
"""What asks for the name of the person, or their function, where it does not say of what."""

ANSWERS = (
    ("id", "heure debut", "heure fin"),
    ("id", "start time", "completion time"),
)
"""The first columns of a form's answers: when it was filled in, which says nothing of the event."""


def meanings(heading: str) -> Iterator[str]:
    """Yield what a longer heading may ask for, as headings are compared, the likeliest first."""
    bare = heading_key(NUMBERING.sub("", heading))
    if bare != heading_key(heading):
        yield bare
    words = [word for word in bare.split() if not word.isdigit()]
    asked = [word for word in words if word not in ASKING]
    core = [word for word in asked if word not in EVENT]
    if len(core) == len(words):
        return
    if KEPT & set(words):
        yield " ".join(word for word in words if word in KEPT or word in core)
    if " ".join(core) not in VAGUE or len(core) < len(asked):
        yield " ".join(asked)
        yield " ".join(core)


def about_the_answer(headings: Sequence[tuple[int, str]]) -> frozenset[int]:
    """Return the columns of a form that tell when it was filled in, and by whom."""
    keys = [heading_key(text) for _, text in headings[:3]]
    if tuple(keys) not in ANSWERS:
        return frozenset()
    names = {heading_key(name) for name in ("nom", "name")}
    numbers = {number for number, _ in headings[:3]}
    return frozenset(numbers | {n for n, text in headings[3:6] if heading_key(text) in names})
