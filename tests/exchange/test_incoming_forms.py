"""Answers of forms, and calendars as tables: headings that are questions, or said twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.exchange.importing import imported, said, values

Table = tuple[Sequence[str], Sequence[str]]


def table(*rows: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


HACKATHON = {"title": "Hackathon", "when": "16 novembre, 14:00-18:00"}
GOOGLE: Table = (
    (
        *("Horodateur", "Adresse e-mail", "Quel est le titre de votre événement ?"),
        *("Quand aura-t-il lieu ?", "À quelle heure commence-t-il ?", "Heure de fin"),
        *("Qui organise l'événement ?", "Dans quelle ville ?", "Quel est le lieu ?"),
        *("Décrivez votre événement en quelques lignes", "Lien d'inscription (facultatif)"),
    ),
    (
        *("2021/09/14 10:12:33", "a@b.example", "Hackathon", "16/11/2021", "14:00:00", "18:00:00"),
        *("DITP", "Rennes", "Hôtel", "Un texte", "https://x.example"),
    ),
)
ASKED: Table = (
    (
        *("Horodateur", "Nom de votre structure", "Nom et prénom du contact", "Votre e-mail"),
        *("Titre de votre événement *", "Date (JJ/MM/AAAA)", "Heure de début (HH:MM)"),
        *("Heure de fin (HH:MM)", "Adresse complète du lieu", "Pitch (500 caractères max)"),
        *("À quel public s'adresse votre événement ?", "1. Région"),
    ),
    (
        *("2021", "DITP", "Jean", "a@b.example", "Hackathon", "16/11/2021", "14:00", "18:00"),
        *("1 rue X", "Un texte", "Tous", "Bretagne"),
    ),
)
MICROSOFT: Table = (
    (
        *("ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom"),
        *("Titre de l'événement", "Date de l'événement", "Horaires", "Structure organisatrice"),
    ),
    (
        *("1", "9/14/21 10:12:33", "9/14/21 10:20:11", "anonymous", "Jean"),
        *("Hackathon", "16/11/2021", "14h-18h", "DITP"),
    ),
)
OUTLOOK: Table = (
    (
        *("Objet", "Début", "Début", "Fin", "Fin", "Organisateur d'une réunion"),
        *("Description", "Emplacement"),
    ),
    (
        *("Hackathon", "16/11/2021", "14:00:00", "16/11/2021", "18:00:00", "DITP"),
        *("Un texte", "Hôtel"),
    ),
)
WORDPRESS: Table = (
    (
        *("Event Name", "Event Venue Name", "Event Organizer Name(s)", "Event Start Date"),
        *("Event Start Time", "Event End Date", "Event End Time", "Event Description"),
    ),
    (
        *("Hackathon", "Hôtel", "DITP", "2021-11-16", "14:00:00", "2021-11-16", "18:00:00"),
        "Un texte",
    ),
)
DITP = {"organisers": ("DITP",)}
TEXT = {"text": "Un texte"}


@pytest.mark.parametrize(
    ("form", "more"),
    [
        (
            GOOGLE,
            {
                "place.town": "Rennes",
                "place.venue": "Hôtel",
                "registration": "https://x.example",
                **TEXT,
            },
        ),
        (ASKED, {"place.address": "1 rue X", "audience": "Tous", "region": "Bretagne", **TEXT}),
        (MICROSOFT, {}),
        (OUTLOOK, {"place.venue": "Hôtel", **TEXT}),
        (WORDPRESS, {"place.venue": "Hôtel", **TEXT}),
    ],
    ids=["google", "questions", "microsoft", "outlook", "wordpress"],
)
def test_a_form_is_read_by_what_its_questions_ask(
    tmp_path: Path, form: Table, more: dict[str, object]
) -> None:
    assert values(imported(tmp_path, table(*form))) == [{**HACKATHON, **DITP, **more}]


def test_questions_are_asked_in_english_too(tmp_path: Path) -> None:
    heads = [
        *("Timestamp", "Your name", "What is the title of your event?", "Date of the event"),
        *("Start time", "Organising body", "Town or city", "Please describe your event"),
    ]
    row = ["9/1/2022", "Jo", "Open day", "16 September 2022", "2:00:00 PM", "Port", "York", "Come."]
    (found,) = values(imported(tmp_path, table(heads, row), of="harbour"))
    assert found == {
        "title": "Open day",
        "when": "16 September 2022, 2pm",
        "organisers": ("Port",),
        "place.town": "York",
        "text": "Come.",
    }


def test_what_a_form_asks_of_the_person_is_no_title(tmp_path: Path) -> None:
    batch = imported(tmp_path, table(["Quel est votre nom ?", "Date"], ["Jean", "16/11/2021"]))
    assert batch.refused


def test_american_dates_are_known_by_some_that_can_be_no_other(tmp_path: Path) -> None:
    content = table(["Titre", "Date"], ["A", "11/16/2021"], ["B", "11/9/2021"], ["C", "11/30/21"])
    batch = imported(tmp_path, content)
    assert said(batch) == []
    assert [each["when"] for each in values(batch)] == ["16 novembre", "9 novembre", "30 novembre"]
    content = table(["Titre", "Date"], ["A", "16/11/2021"], ["B", "11/9/2021"])
    assert values(imported(tmp_path, content))[1]["when"] == "11 septembre 2021"
