"""Choosing events: what people type means what they mean, and a slip is told at its place."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from moip_press.kit import selection
from moip_press.kit.conditions import Selection, read_conditions
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.press.outcome import Request
from moip_press.press.plans import plans
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import Catalogue

HARBOUR = Path(__file__).parents[1] / "kits" / "harbour"
FRENCH = Path(__file__).parents[2] / "data" / "2021"


@pytest.fixture(scope="module")
def kit() -> Kit:
    return read(HARBOUR)


@pytest.fixture(scope="module")
def french() -> Kit:
    return read(FRENCH)


def read(folder: Path) -> Kit:
    found = read_kit(folder).kit
    assert found is not None
    return found


def chosen(kit: Kit, *arguments: str) -> list[str]:
    asked = Selection.parse(arguments)
    conditions, faults = asked.conditions, asked.faults
    assert faults == ()
    assert list(selection.faults(kit, conditions)) == []
    return [entry.event.id for entry in selection.choose(kit, conditions).entries]


def told(kit: Kit, arguments: Sequence[str]) -> Diagnostic:
    asked = Selection.parse(arguments)
    conditions, faults = asked.conditions, asked.faults
    found = [*faults, *selection.faults(kit, conditions)]
    left = selection.choose(kit, conditions)
    return found[0] if found else selection.nothing_left(kit, left)


def said(found: Diagnostic) -> str:
    return found.message.id.format(**found.message.values)


def hint(found: Diagnostic) -> str:
    assert found.hint is not None
    return found.hint.id.format(**found.hint.values)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["section=ashore", "status=confirmed", "organiser=Tidewater Trust"], ["rope-walk"]),
        (["organiser=maren pilots"], ["parade", "cutter-trips", "songs"]),
        (["organiser=MAREN-PILOTS", "region=east bank"], ["parade", "cutter-trips", "songs"]),
        (["status=cancelled,postponed"], ["regatta", "dredger"]),
        (["status=cancelled", "status=postponed"], []),
        (["day=25 September"], ["knots"]),
        (["day=2022-09-30"], ["cutter-trips", "regatta", "rope-walk", "chart-room"]),
        (["week=38"], ["parade", "night-watch", "knots"]),
        (["week=2022-W38"], ["parade", "night-watch", "knots"]),
        (["week=24 September"], ["parade", "night-watch", "knots"]),
        (["text=steering"], ["regatta"]),
        (["text=SAIL", "section=ashore"], ["sail-loft"]),
        (["region=West bank,East bank", "section!=afloat"], ["rope-walk", "songs", "farewell"]),
        (["section=Along the quays", "day=28 September", "status!=cancelled"],
         ["rope-walk", "lecture", "chart-room"]),
    ],
)  # fmt: skip
def test_events_are_chosen(kit: Kit, arguments: list[str], expected: list[str]) -> None:
    assert chosen(kit, *arguments) == expected


def test_an_exclusion_keeps_events_that_say_nothing(kit: Kit) -> None:
    with_region = chosen(kit, "region=East bank,West bank")
    assert len(with_region) == 6
    assert set(chosen(kit, "region!=East bank,West bank")).isdisjoint(with_region)
    assert len(chosen(kit, "region!=East bank,West bank")) == 6


def test_case_accents_hyphens_and_apostrophes_do_not_count(french: Kit) -> None:
    assert chosen(french, "text=l'EXPERIENCE") == chosen(french, "text=l’expérience") != []
    assert chosen(french, "region=ile de france") == chosen(french, "region=Île-de-France") != []


@pytest.mark.parametrize(
    ("argument", "values"),
    [
        ("theme=a,b", ["a", "b"]),
        ("theme = a , b ", ["a", "b"]),
        ('theme="a, b",c', ["a, b", "c"]),
        ("theme='a, b'", ["a, b"]),
        ("theme=l'art, l'eau", ["l'art", "l'eau"]),
        ("theme=a,,b,", ["a", "b"]),
        ("theme=a=b", ["a=b"]),
    ],
)
def test_values_are_read(argument: str, values: list[str]) -> None:
    asked = Selection.parse([argument])
    (condition,), faults = asked.conditions, asked.faults
    assert faults == ()
    assert [value.text for value in condition.values] == values
    text = asked.text
    for value in condition.values:
        span = value.span
        assert text[span.start.column - 1 : span.end.column - 1] == value.text


def test_a_condition_is_written_as_it_is_read() -> None:
    (condition,) = Selection.parse(['region!="a, b",c']).conditions
    assert condition.written == 'region!="a, b",c'
    assert Selection.parse([condition.written]).conditions[0].values == condition.values


@pytest.mark.parametrize(
    ("arguments", "code", "message", "advice"),
    [
        (["regoin=x"], "R122", "There is no key “regoin” for choosing events.", "“region”?"),
        (["region"], "R121", "“region” is not a condition.", "region=Bretagne"),
        (["region="], "R123", "The key “region” has no value.", "after the equals sign"),
        (["section=aflaot"], "R125", "There is no section “aflaot” in the programme.", "“afloat”?"),
        (["status=canceled"], "R125", "There is no status “canceled”.", "“cancelled”?"),
        (["day=someday"], "R124", "“someday” is not a day or a week.", "2022-09-24"),
        (["week=99"], "R124", "“99” is not a day or a week.", "2022-W38"),
        (["region=East bnak"], "R126", "No event meets “region=East bnak”.", "“East bank”?"),
        (["theme=tea"], "R126", "No event meets “theme=tea”.", "“theme: …”"),
    ],
)
def test_a_slip_is_told(
    kit: Kit, arguments: list[str], code: str, message: str, advice: str
) -> None:
    found = told(kit, arguments)
    assert found.code == code
    assert said(found) == message
    assert advice in hint(found)


def test_an_empty_selection_says_which_condition_left_nothing(kit: Kit) -> None:
    found = told(kit, ["section=afloat", "region=East bank", "day=25 September"])
    assert found.code == "R126"
    assert found.message.values["condition"] == "day=25 September"
    assert found.message.count == 2
    assert found.span.start.line == 3


def test_a_value_that_no_event_has_beside_others_is_a_warning(kit: Kit) -> None:
    conditions = Selection.parse(["region=East bank,West bnk"]).conditions
    (found,) = selection.without_events(kit, conditions)
    assert found.code == "R127"
    assert hint(found) == "Did you mean “West bank”?"


def test_a_kit_s_own_selection_is_the_same_language(kit: Kit) -> None:
    loc = ("handouts", 0, "select")
    organiser, status = read_conditions(kit.source, loc)
    assert organiser.written == "organiser=Tidewater Trust"
    assert status.written == "status!=cancelled"
    assert kit.source.span((*loc, "organiser")) == organiser.values[0].span


SEASON = Path(__file__).parents[2] / "data" / "examples" / "season"


@pytest.mark.parametrize("key", ["running", "Running time", "fields.running", "RUNNING"])
def test_a_field_of_the_kits_own_is_a_key(key: str) -> None:
    kit = read(SEASON)
    assert chosen(kit, f"{key}=50 minutes") == ["the-bear-who-missed-the-train"]
    assert told(kit, [f"{key}=50 minuts"]).code == "R126"
    assert "“50 minutes”?" in hint(told(kit, [f"{key}=50 minuts"]))


def test_a_kit_chooses_by_a_field_of_its_own(tmp_path: Path) -> None:
    shutil.copytree(SEASON, tmp_path / "kit")
    file = tmp_path / "kit" / "kit.yaml"
    with file.open("a", encoding="utf-8") as added:
        added.write("\nhandouts: [{title: Short, select: {fields: {running: 50 minutes}}}]\n")
    kit = read(tmp_path / "kit")
    conditions = read_conditions(kit.source, ("handouts", 0, "select"))
    assert list(selection.faults(kit, conditions)) == []
    assert [entry.event.title for entry in selection.choose(kit, conditions).entries] == [
        "The Bear Who Missed the Train"
    ]


BRITTANY = """\
type: programme
title: La nuit
events:
  - title: Visite
    when: 3 novembre
    place: {venue: Musée, town: 29000 Quimper}
    audience: familles, scolaires
    price: gratuit
    fields: {jauge: debout}
  - title: Bal
    place: {venue: Halles, town: 35000 Rennes}
    price: 5 €
    sessions:
      - 3 novembre, 20:00
      - {when: "4 novembre, 20:00", place: {venue: Citadelle, town: 56290 Port-Louis}}
"""
BRITTANY_KIT = """\
title: T
language: fr
period: novembre 2026
publisher: {name: V}
fields: {jauge: Jauge}
chapters: [a.yaml]
"""


@pytest.fixture
def brittany(tmp_path: Path) -> Kit:
    (tmp_path / "kit.yaml").write_text(BRITTANY_KIT, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(BRITTANY, encoding="utf-8")
    return read(tmp_path)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("department=29", ["visite"]),
        ("department=ille-et-vilaine", ["bal"]),
        ("department=Finistère,56", ["visite", "bal"]),
        ("department!=29", ["bal"]),
        ("town=Quimper", ["visite"]),
        ("town=35000 Rennes", ["bal"]),
        ("place=citadelle", ["bal"]),
        ("audience=scolaires", ["visite"]),
        ("price=Gratuit", ["visite"]),
        ("text=quimp", ["visite"]),
    ],
)
def test_events_are_chosen_by_where_for_whom_and_for_how_much(
    brittany: Kit, condition: str, expected: list[str]
) -> None:
    assert chosen(brittany, condition) == expected


def test_only_the_sessions_of_a_department_are_shown(brittany: Kit) -> None:
    conditions = Selection.parse(["department=56"]).conditions
    (entry,) = selection.narrowed(
        brittany, selection.choose(brittany, conditions).entries, conditions
    )
    assert [day.day for day in entry.printed.when.days] == [4]
    assert entry.also is not None


def test_a_number_in_a_text_is_a_whole_number(brittany: Kit) -> None:
    found = told(brittany, ["text=29"])  # neither 56290 nor 29000
    assert said(found) == "No event has words that begin as in “text=29”."
    assert "Fewer words" in hint(found)


def test_what_no_event_says_is_told_as_such(kit: Kit) -> None:
    assert "29200 Brest" in hint(told(kit, ["department=29"]))


def test_handouts_are_grouped_by_department_town_place_and_own_fields(brittany: Kit) -> None:
    def names(by: str) -> list[str]:
        return [plan.sheet.title for plan in plans(brittany, Request(by=by)).plans]

    assert names("department") == ["Finistère", "Ille-et-Vilaine", "Morbihan"]
    assert names("town") == ["29000 Quimper", "35000 Rennes", "56290 Port-Louis"]
    assert names("place")[-1] == "Musée, 29000 Quimper"
    assert names("jauge") == ["debout", "Autres rendez-vous"]
    assert names("département") == names("department")
    (found,) = plans(brittany, Request(by="dpartement")).faults
    assert (found.code, hint(found)) == ("R122", "Did you mean “département”?")


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Région=East bank", "region=East bank"),
        ("statut!=annulée,reporté", "status!=cancelled,postponed"),
        ("semaine=38", "week=38"),
        ("jour=25 September", "day=25 September"),
        ("organisatrice=maren pilots", "organiser=maren pilots"),
        ("texte=steering", "text=steering"),
    ],
)
def test_keys_have_their_french_names_too(kit: Kit, french: str, english: str) -> None:
    assert chosen(kit, french) == chosen(kit, english) != []
    made, known = (plans(kit, asking(words)).plans for words in (french, english))
    assert [plan.slug.split("-")[0] for plan in made] == [plan.slug.split("-")[0] for plan in known]
    assert made[0].selection == (french,)


def asking(*conditions: str) -> Request:
    return Request(select=Selection.parse(conditions))


def test_a_field_of_the_kits_own_goes_before_a_french_name_of_a_key(brittany: Kit) -> None:
    renamed = {"public": "Public", "jauge": "Jauge"}
    edition = brittany.edition.model_copy(update={"fields": renamed})
    own = replace(brittany, edition=edition)
    (mine,) = selection.meant(own, Selection.parse(["public=scolaires"]).conditions)
    (ours,) = selection.meant(brittany, Selection.parse(["public=scolaires"]).conditions)
    assert (mine.key, ours.key) == ("public", "audience")


def test_a_key_that_nobody_knows_is_answered_in_the_users_language(kit: Kit) -> None:
    found = told(kit, ["zzz=x"])
    assert found.hint is not None
    assert "organisateur, région" in Catalogue("fr").say(found.hint)
    assert "organiser, region" in Catalogue("en").say(found.hint)
