"""A section says how its events are sorted: on its pages, in its handout, in exports."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from moip_press.exchange.export.kit_export import Wanted, export_kit
from moip_press.kit.conditions import Selection
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.text.collation import collation_key
from tests.exchange.exporting import kit_of
from tests.press.handouts import Workshop

KIT = """\
title: Mois des sciences
language: fr
status: {status}
period: {{start: 2026-11-01, end: 2026-11-30}}
publisher: {{name: Ville de Brest}}
chapters: [cover, programme.yaml]
"""
EVENTS = """\
type: programme
title: Les rendez-vous
{order}
events:
  - {{title: Zoologie, when: 12 novembre, place: {{venue: Muséum, town: Brest}}}}
  - {{title: Écologie, when: à confirmer}}
  - {{title: Esquisse, when: "4 novembre, 14:00", status: draft, place: {{town: Auray}}}}
  - {{title: « Eau », when: 20 novembre, status: postponed, postponed_to: 3 novembre}}
  - {{title: L'œuvre, when: "4 novembre, 9:00", place: {{venue: Abbaye, town: Brest}}}}
  - {{title: Oiseaux, when: 4 novembre, place: {{venue: Zénith}}}}
"""
WRITTEN = ["Zoologie", "Écologie", "Esquisse", "« Eau »", "L'œuvre", "Oiseaux"]
ORDERS = [
    ("", WRITTEN),
    ("order: kit", WRITTEN),
    ("order: date", ["« Eau »", "Oiseaux", "L'œuvre", "Esquisse", "Zoologie", "Écologie"]),
    ("order: title", ["« Eau »", "Écologie", "Esquisse", "L'œuvre", "Oiseaux", "Zoologie"]),
    ("order: place", ["Esquisse", "L'œuvre", "Zoologie", "Oiseaux", "« Eau »", "Écologie"]),
]


def folder_of(tmp_path: Path, order: str, status: str = "draft") -> Path:
    (tmp_path / "kit.yaml").write_text(KIT.format(status=status), encoding="utf-8")
    (tmp_path / "programme.yaml").write_text(EVENTS.format(order=order), encoding="utf-8")
    return tmp_path


def titles(kit: Kit) -> list[str]:
    return [str(event.title) for event in kit.events()]


@pytest.mark.parametrize(("order", "expected"), ORDERS)
def test_events_are_printed_and_exported_in_the_order_of_their_section(
    tmp_path: Path, order: str, expected: list[str]
) -> None:
    folder = folder_of(tmp_path, order)
    kit = kit_of(folder)
    assert titles(kit) == WRITTEN
    assert titles(kit.printed()) == expected
    assert titles(kit.printed().printed()) == expected
    made = export_kit(folder, Wanted("csv", Selection(), None)).content
    assert made is not None
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig")), delimiter=";"))
    column = next(n for n, name in enumerate(rows[0]) if name.startswith("Titre"))
    assert [row[column] for row in rows[1:]] == expected
    plain = export_kit(folder, Wanted("json", Selection(), None)).content
    assert plain is not None
    assert [each["title"] for each in json.loads(plain)["events"]] == expected


def test_a_final_kit_is_sorted_without_its_drafts_and_knows_where_events_are_written(
    tmp_path: Path,
) -> None:
    kit = kit_of(folder_of(tmp_path, "order: title", "final"))
    (cover, placed) = kit.arranged().printed().parts()
    assert cover.part.id == "cover"
    assert [str(e.title) for e in placed.part.events] == [  # type: ignore[attr-defined]
        "« Eau »",
        "Écologie",
        "L'œuvre",
        "Oiseaux",
        "Zoologie",
    ]
    lines = [placed.source.span(loc[:2]).start.line for _, loc in placed.ids if loc[0] == "events"]
    assert lines == [8, 6, 9, 10, 5]


def test_the_pages_and_the_handout_of_a_section_are_sorted(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "order: title")
    made = Workshop.of(folder, tmp_path).make(sections=("les-rendez-vous",))
    (found,) = made.values()
    text = found.text
    places = [text.rindex(word) for word in ("Eau", "Écologie", "Esquisse", "Oiseaux", "Zoologie")]
    assert places == sorted(places)


def test_words_are_sorted_as_french_and_english_do() -> None:
    words = ["zoé", "Écran", "école", "Ecole", "cote", "côté", "coté", "côte", "œuvre", "ode", "of"]
    assert sorted(words, key=collation_key) == [
        *("cote", "coté", "côte", "côté", "Ecole", "école", "Écran", "ode", "œuvre", "of", "zoé"),
    ]
    assert collation_key("« Zoé »")[0] == collation_key("zoé")[0]


def test_another_order_is_a_fault_that_names_the_four(tmp_path: Path) -> None:
    report = read_kit(folder_of(tmp_path, "order: dates")).report
    assert [found.code for found in report.diagnostics] == ["S107"] or not report.ok
