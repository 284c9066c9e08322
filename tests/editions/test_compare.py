"""What has changed between two versions, as a reader finds it."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from moip_press.editions.attached_data import FORMAT
from moip_press.editions.comparison import change_table
from moip_press.editions.comparison.changes import KINDS
from moip_press.editions.comparison.comparing import compare
from moip_press.editions.comparison.document import Document, NoData
from moip_press.editions.comparison.versions import side
from moip_press.kit import matching
from moip_press.kit.matching import likeness
from moip_press.report.messages import Catalogue
from tests.editions.versions import (
    EXAMPLES,
    HARBOUR,
    HEARD,
    KIT_2021,
    changes,
    described,
    document,
    edited,
    event,
    on,
    only,
    section,
    told,
)

DESIGN = (
    "Les agents et les usagers imaginent ensemble les services de demain, avec les méthodes du "
    "design, dans un atelier d'une demi-journée animé par le laboratoire."
)
DATA = (
    "Une conférence sur les données ouvertes et leur usage par les collectivités, suivie d'un "
    "débat avec les élus et de la visite du centre de calcul."
)
GAMES = (
    "Des jeux sérieux pour apprendre à coopérer : chacun repart avec une boîte à outils et les "
    "règles de trois jeux à essayer dans son équipe."
)


@pytest.mark.parametrize(
    ("more", "kind", "fields"),
    [
        ({"status": "cancelled"}, "cancelled", ["status"]),
        ({"status": "postponed"}, "postponed", ["status"]),
        (
            {"status": "postponed", "postponed_to": on(18)},
            "postponed",
            ["status", "postponed_to"],
        ),
        ({"when": on(18)}, "moved", ["when"]),
        ({"when": on(16, ("10:00", "12:00"))}, "moved", ["when"]),
        ({"place": {"town": "Lyon"}}, "place", ["place"]),
        ({"registration": "https://example.org/"}, "place", ["registration"]),
        ({"link": "https://example.org/"}, "place", ["link"]),
        ({"online": True}, "place", ["online"]),
        ({"audience": "familles"}, "place", ["audience"]),
        ({"organisers": ["DITP"]}, "organiser", ["organisers"]),
        ({"title": "Design de services"}, "retitled", ["title"]),
        ({"text": DESIGN.replace("demi-journée", "journée")}, "text", ["text"]),
        ({"notes": ["Sur inscription."]}, "text", ["notes"]),
        ({"when": on(18), "status": "cancelled"}, "cancelled", ["status", "when"]),
        ({"when": on(18), "title": "Le design", "text": GAMES}, "moved", ["when", "title", "text"]),
    ],
)
def test_each_change_of_an_event_is_one_change_under_what_matters_most(
    more: dict[str, Any], kind: str, fields: list[str]
) -> None:
    before = event("Atelier de design", text=DESIGN, id="design")
    found = only(changes(document(before), document(before | more)))
    assert (found.kind, [fact.field for fact in found.facts]) == (kind, fields)


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_an_event_is_confirmed_again(status: str) -> None:
    before, after = event("Atelier", status=status), event("Atelier")
    found = only(changes(document(before), document(after)))
    assert found.kind == "confirmed"


def test_an_event_that_is_a_draft_again_is_no_longer_confirmed() -> None:
    before, after = event("Atelier"), event("Atelier", status="draft")
    found = changes(document(before), document(after))
    assert only(found).kind == "unconfirmed"
    shown = change_table.table(found, Catalogue("en"), 100, color=False)
    assert "Events that are no longer confirmed (1)" in shown


def test_a_title_with_guillemets_is_quoted_with_others_within() -> None:
    before = event("Exposition « Travaux d'école »")
    found = changes(document(before), document(before | {"status": "cancelled"}))
    shown = change_table.table(found, Catalogue("fr"), 100, color=False)
    assert "«\xa0Exposition “Travaux d'école”\xa0»" in shown


def test_hours_are_not_broken_over_two_lines() -> None:
    found = changes(document(), document(event("Atelier") | {"when": on(9, ("14:00", "16:30"))}))
    for width in range(50, 90):
        shown = change_table.table(found, Catalogue("fr"), width, color=False)
        assert "16\xa0h\xa030" in shown


def test_events_that_come_and_go() -> None:
    old = document(event("Atelier", text=DESIGN), event("Débat", 20, "DITP", DATA))
    new = document(event("Atelier", text=DESIGN), event("Jeux", 21, "DGAFP", GAMES))
    assert told(changes(old, new)) == [("added", "Jeux"), ("removed", "Débat")]


def test_what_never_takes_place_is_told_as_cancelled() -> None:
    new = document(event("Jeux", status="cancelled"), event("Atelier"))
    found = only(changes(document(event("Atelier")), new))
    assert (found.kind, found.act) == ("cancelled", "added")


def test_an_event_with_another_title_and_another_day_is_one_change() -> None:
    old = document(event("Atelier", 16, text=DESIGN), event("Débat", 17, text=DATA))
    new = document(event("Inventons !", 23, text=DESIGN), event("Débat", 17, text=DATA))
    found = only(changes(old, new))
    assert (found.kind, found.title) == ("moved", "Inventons !")
    assert [fact.field for fact in found.facts] == ["when", "title"]


def test_an_event_with_another_title_day_and_organiser_is_known_by_its_text() -> None:
    old = document(event("Atelier", 16, "DINUM", DESIGN), event("Débat", 17, text=DATA))
    new = document(event("Inventons !", 23, "Lab'EST", DESIGN), event("Débat", 17, text=DATA))
    assert only(changes(old, new)).kind == "moved"


def test_swapped_titles_are_two_titles_and_not_two_other_events() -> None:
    old = document(event("Matin", 16, "DINUM", DESIGN), event("Soir", 18, "DITP", DATA))
    new = document(event("Soir", 16, "DINUM", DESIGN), event("Matin", 18, "DITP", DATA))
    found = changes(old, new)
    assert told(found) == [("retitled", "Soir"), ("retitled", "Matin")]
    assert all([fact.field for fact in change.facts] == ["title"] for change in found.changes)


def test_equal_titles_are_told_apart_by_their_ids_and_else_by_what_they_say() -> None:
    lyon = event("Portes ouvertes", 16, "Lab de Lyon", DESIGN, id="lyon")
    lille = event("Portes ouvertes", 18, "Lab de Lille", DATA, id="lille")
    moved = lille | {"when": on(25)}
    assert only(changes(document(lyon, lille), document(moved, lyon))).id == "lille"
    renamed = [event("Portes ouvertes", 16, "Lab de Lyon", DESIGN, id="a")]
    renamed += [event("Portes ouvertes", 25, "Lab de Lille", DATA, id="b")]
    found = only(changes(document(lyon, lille), document(*renamed)))
    assert (found.kind, found.id) == ("moved", "b")


def test_a_series_is_matched_number_by_number() -> None:
    old = [event(f"Meetup numéro {n}", n, "DINUM") for n in range(1, 9)]
    new = [event(f"Meetup numéro {n}", n + 1, "DINUM") for n in range(2, 10)]
    found = changes(document(*old), document(*new))
    assert told(found).count(("added", "Meetup numéro 9")) == 1
    assert told(found).count(("removed", "Meetup numéro 1")) == 1
    assert [change.kind for change in found.changes].count("moved") == 7


def test_an_id_that_was_given_holds_whatever_changes() -> None:
    old = document(event("Atelier", 16, "DINUM", DESIGN, id="x1"))
    new = document(event("Débat", 23, "DITP", DATA, id="x1"))
    assert only(changes(old, new)).kind == "moved"


def test_two_events_of_one_organiser_are_not_one() -> None:
    old = document(event("Atelier codesign", 9, "La 27e Région", DESIGN))
    new = document(event("Budget participatif", 16, "La 27e Région", DATA))
    found = changes(old, new)
    assert [change.kind for change in found.changes] == ["added", "removed"]


def test_a_section_that_is_split_moves_its_events_and_is_one_new_page() -> None:
    events = [event(f"Rendez-vous {name}", text=f"{name} {DESIGN}") for name in "abcd"]
    old = document(section("Programme", *events))
    new = document(section("Programme", *events[:2]), section("La suite", *events[2:]))
    found = changes(old, new)
    assert [change.kind for change in found.changes] == ["section", "section", "editorial"]
    assert (found.changes[2].act, found.changes[2].title) == ("added", "La suite")


def test_a_section_with_another_id_or_title_is_the_same() -> None:
    events = [event(f"Rendez-vous {name}", text=f"{name} {DESIGN}") for name in "abcd"]
    old = document(section("Les opérateurs", *events))
    other_id = document(section("Les opérateurs", *events, id="ops"))
    assert not changes(old, other_id).changes
    found = only(changes(old, document(section("Le secteur public", *events))))
    assert (found.kind, found.record, found.facts[0].field) == ("editorial", "section", "title")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("C'est l'été : « oui » !", "C’est l’été\N{NO-BREAK SPACE}: “oui”\u202f!"),
        ("À 14h30, p. 22", "À 14 h 30, p. 23"),
        ("voir p. … et page 3", "voir p. 22 et page 14"),
        ("Un  texte\nen lignes", "Un texte en lignes"),
        ("bien - mieux...", "bien – mieux…"),
        ("(voir …)", "(voir 22)"),
    ],
)
def test_signs_of_typography_and_numbers_of_pages_are_no_change(old: str, new: str) -> None:
    assert not changes(document(event("A", text=old)), document(event("A", text=new))).changes


@pytest.mark.parametrize(("old", "new"), [("22 agents", "23 agents"), ("p. 22", "p. 22 et 3 h")])
def test_other_numbers_are_a_change(old: str, new: str) -> None:
    assert changes(document(event("A", text=old)), document(event("A", text=new))).changes


def test_contacts_come_go_and_change_their_number() -> None:
    ada = {"id": "ada", "name": "Ada", "telephone": "01 02 03 04 05"}
    bob = {"id": "bob", "name": "Bob", "email": "bob@example.org"}
    eve = {"id": "eve", "name": "Ève", "email": "eve@example.org"}
    old = document(event("A"), contacts=[ada, bob])
    new = document(event("A"), contacts=[ada | {"telephone": "06 07 08 09 10"}, eve])
    found = changes(old, new)
    assert [(change.act, change.title) for change in found.changes] == [
        ("changed", "Ada"),
        ("added", "Ève"),
        ("removed", "Bob"),
    ]
    assert {change.kind for change in found.changes} == {"contact"}
    assert [fact.field for fact in found.changes[0].facts] == ["telephone"]


def test_facts_of_the_kit_are_one_change() -> None:
    period = {"start": "2021-11-01", "end": "2021-11-30"}
    old = document(event("A"), version="2", period=period)
    later = period | {"end": "2021-12-05"}
    embargo = on(2)
    new = document(event("A"), version="3", period=later, embargo=embargo, status="draft")
    found = only(changes(old, new))
    assert [fact.field for fact in found.facts] == ["version", "embargo", "status", "period"]


def article(*blocks: Any, **more: Any) -> Any:
    return {"type": "article", "id": "bref", "title": "En bref", "body": list(blocks)} | more


def test_editorial_changes_are_told_record_by_record() -> None:
    figures: dict[str, Any] = {
        "type": "key-figures",
        "title": "Chiffres",
        "items": [{"value": "350", "label": "événements"}, {"value": "13", "label": "régions"}],
    }
    labs: dict[str, Any] = {
        "type": "labs",
        "labs": [{"id": "est", "name": "Lab'EST", "profile": DESIGN}],
    }
    text = {"type": "text", "title": "Le mois", "text": DATA}
    interview: dict[str, Any] = {
        "type": "interview",
        "id": "deux",
        "title": "Deux questions",
        "person": {"name": "Ada", "role": "directrice"},
        "exchanges": [{"question": "Pourquoi ?", "answer": DESIGN}],
    }
    old = document(article(text, figures, labs), interview)
    more = {"items": [figures["items"][0] | {"value": "400"}, figures["items"][1]]}
    lab = {"id": "est", "name": "Lab'EST", "profile": DATA}
    asked = [*interview["exchanges"], {"question": "Et demain ?", "answer": GAMES}]
    new = document(
        article(text | {"text": GAMES}, figures | more, labs | {"labs": [lab]}),
        interview | {"exchanges": asked, "person": {"name": "Ada", "role": "ministre"}},
        article(text, id="autre", title="Encore"),
    )
    found = changes(old, new)
    assert sorted((c.act, c.record, c.title) for c in found.changes) == [
        ("added", "article", "Encore"),
        ("added", "exchange", "Et demain ?"),
        ("changed", "block", "Le mois"),
        ("changed", "figure", "événements"),
        ("changed", "interview", "Deux questions"),
        ("changed", "lab", "Lab'EST"),
    ]


def test_what_comes_first_is_what_matters_most() -> None:
    old = [event(f"Rendez-vous {n}", 10, text=f"{n} {DESIGN}") for n in range(4)]
    new = [
        old[0] | {"text": DATA},
        old[1] | {"when": on(20)},
        old[2] | {"status": "cancelled"},
        old[3],
        event("Nouveau", text=GAMES),
    ]
    found = changes(document(*old), document(*new))
    kinds = [change.kind for change in found.changes]
    assert kinds == ["cancelled", "moved", "added", "text"]
    assert kinds == sorted(kinds, key=KINDS.index)


@pytest.mark.parametrize("kit", [KIT_2021, HARBOUR])
def test_a_kit_has_not_changed_since_itself(kit: Path) -> None:
    found = described(kit)
    assert found.events()
    assert not compare(found, found)


@pytest.mark.parametrize("kit", [KIT_2021, *EXAMPLES, HARBOUR, HEARD], ids=lambda kit: kit.name)
def test_a_kit_has_not_changed_since_its_release(kit: Path) -> None:
    """What a released PDF carries, and the kit itself, say the same in each of their fields."""
    released, found = described(kit), side(str(kit), Path())
    assert found.document is not None
    assert compare(released, found.document).changes == ()
    assert compare(found.document, released).changes == ()
    assert released.told["sha256"] == found.document.told["sha256"]


def test_every_event_of_2021_is_found_again_under_another_title_and_day() -> None:
    old = described(KIT_2021)
    rng = random.Random(7)  # noqa: S311 -- an order that is always the same
    parts = []
    for part in old.parts:
        events = [
            dict(each)
            | {"title": f"Tout autre nom {n}", "id": f"tout-autre-nom-{n}", "when": on(3)}
            for n, each in enumerate(part.get("events", ()))
        ]
        rng.shuffle(events)
        parts.append(dict(part) | ({"events": events} if events else {}))
    found = compare(old, document(*parts, **old.kit))
    acts = {change.act for change in found.changes if change.record == "event"}
    assert len(old.events()) == 59
    assert acts == {"changed"}
    assert len(found.changes) == 59


def test_an_english_kit_is_compared_as_well(tmp_path: Path) -> None:
    (path,) = (p for p in HARBOUR.rglob("*.yaml") if "id: knots" in p.read_text("utf-8"))
    name = path.relative_to(HARBOUR).as_posix()
    lines = path.read_text("utf-8").splitlines()
    line = next(row for row in lines if row.strip().startswith("- id: knots"))
    edits = [(name, line, f"{line}\n    status: cancelled")]
    new = edited(HARBOUR, tmp_path / "harbour", edits)
    assert only(changes(described(HARBOUR), described(new))).kind == "cancelled"


def test_a_line_that_names_the_same_organisers_is_no_change() -> None:
    old = event("Atelier", organisers=["DINUM", "DGAFP", "DITP"])
    new = old | {"organisers_line": "DINUM, DGAFP et DITP"}
    assert not changes(document(old), document(new)).changes
    other = old | {"organisers_line": "DINUM (avec la DGAFP)"}
    assert only(changes(document(old), document(other))).kind == "organiser"


def test_with_a_handout_only_what_it_holds_is_compared() -> None:
    inside = [event("Atelier", text=DESIGN), event("Débat", 17, text=DATA)]
    kit = [section("Les labs", *inside), section("Les autres", event("Jeux", text=GAMES))]
    contacts = [{"id": "ada", "name": "Ada"}, {"id": "bob", "name": "Bob"}]
    whole = document(*kit, contacts=contacts, tagline="Venez !", version="3")
    part = document(kit[0], contacts=contacts[:1], version="2")
    handout = replace(part, handout={"title": "Les labs"})
    moved = section("Les labs", inside[0], inside[1] | {"when": on(18)})
    for old, new in ((handout, whole), (whole, handout)):
        found = compare(old, new)
        assert found.partial
        assert told(found) == [("kit", "Mois")]
    later = document(moved, kit[1], contacts=contacts, version="2")
    assert told(compare(handout, later)) == [("moved", "Débat")]


def test_events_that_a_handout_gathers_are_found_in_their_sections() -> None:
    one, other = event("Atelier", text=DESIGN), event("Débat", 17, text=DATA)
    whole = document(section("Les labs", one), section("Les autres", other))
    gathered = replace(document(), handout={"title": "Agenda", "events": [other]})
    assert not compare(gathered, whole).changes
    moved = document(section("Les labs", one), section("Les autres", other | {"when": on(20)}))
    assert told(compare(gathered, moved)) == [("moved", "Débat")]


@pytest.mark.parametrize("count", [200, 400])
def test_each_event_is_held_against_a_few_others_however_many_there_are(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = 0

    def counted(old: Any, new: Any) -> float:
        nonlocal looked
        looked += 1
        return likeness(old, new)

    monkeypatch.setattr(matching, "likeness", counted)
    old = [event(f"Rendez-vous {n}", 1 + n % 28, text=f"{n} {DESIGN}") for n in range(count)]
    new = [event(f"Autre chose {n}", 1 + n % 27, text=f"{n} {DATA}") for n in range(count)]
    found = compare(document(*old), document(*new))
    assert len(found.changes) >= count
    assert looked <= count * (matching.MOST_CANDIDATES + 1)


@pytest.mark.parametrize("version", ["[]", "{}", "[[1]]", "true", '"1"', "99", "null"])
def test_data_of_a_version_that_there_is_not_is_none_of_ours(version: str) -> None:
    """What a PDF carries may be anything that somebody put there."""
    data = f'{{"format": "{FORMAT}", "version": {version}, "kit": {{}}, "parts": []}}'
    if version == '"1"':
        assert Document.from_json(data.encode()).title == ""
        return
    with pytest.raises(NoData):
        Document.from_json(data.encode())
