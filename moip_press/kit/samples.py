"""The words that a new kit begins with: each is a blank until somebody writes their own."""

from __future__ import annotations

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
    },
}
"""The values of each language, by the names that the files of ``starter`` call them by."""
WORDS = frozenset(words for own in SAMPLES.values() for words in own.values())
