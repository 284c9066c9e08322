"""The words that a new kit or record begins with: each is a blank until another is written."""

from __future__ import annotations

import re

LIKES = ("press-kit", "festival", "season", "report", "communique")
"""What a new kit may be like: the names of the folders of ``starter``."""
SAMPLES = {
    "fr": {
        "tagline": "La phrase qui donne envie",
        "website": "https://www.votre-site.example",
        "publisher": "Le nom de votre organisation",
        "person": "Prénom Nom",
        "role": "Sa fonction",
        "email": "presse@votre-site.example",
        "telephone": "01 00 00 00 00",
        "introduction": "Deux phrases pour présenter le programme.",
        "event": "Un premier événement",
        "organiser": "Qui l'organise",
        "second_event": "Un autre événement",
        "venue": "Le nom de la salle",
        "price": "Le prix d'entrée",
        "partner": "Le nom d'un partenaire",
        "practical": "Une phrase qui dit comment faire.",
        "boilerplate": "Trois phrases qui présentent votre organisation.",
        "town": "Votre ville",
        "release": "La nouvelle, en une phrase",
        "lead": "Le chapô : qui, quoi, où, quand et pourquoi, en trois lignes.",
        "paragraph": "Le récit, en quelques paragraphes.",
        "quote": "Une phrase que l'on retient.",
        "figure": "Un nombre",
        "counted": "Ce qu'il compte",
        "finding": "La phrase à retenir.",
    },
    "en": {
        "tagline": "The sentence that makes people want to come",
        "website": "https://www.your-site.example",
        "publisher": "The name of your organisation",
        "person": "First and last name",
        "role": "Their office",
        "email": "press@your-site.example",
        "telephone": "020 7946 0000",
        "introduction": "Two sentences that present the programme.",
        "event": "A first event",
        "organiser": "Who organises it",
        "second_event": "Another event",
        "venue": "The name of the hall",
        "price": "The price of a ticket",
        "partner": "The name of a partner",
        "practical": "A sentence that says how to go about it.",
        "boilerplate": "Three sentences that present your organisation.",
        "town": "Your town",
        "release": "The news in one sentence",
        "lead": "The lead: who, what, where, when and why, in three lines.",
        "paragraph": "The story, in a few paragraphs.",
        "quote": "A sentence that is remembered.",
        "figure": "A number",
        "counted": "What it counts",
        "finding": "The sentence to be remembered.",
    },
}
"""The values of each language, by the names that the files of ``starter`` call them by."""
WORDS = frozenset(words for own in SAMPLES.values() for words in own.values())
TO_WRITE = {"fr": "{field}\u00a0: à écrire", "en": "{field}: to be written"}
"""What a new record of the studio holds where it must hold something."""
BEGUN = re.compile(r"[^:\n]{1,60}: (?:à écrire|to be written)")


def is_sample(words: str) -> bool:
    """Return whether words are those that a new kit or record begins with."""
    return words in WORDS or BEGUN.fullmatch(words) is not None
