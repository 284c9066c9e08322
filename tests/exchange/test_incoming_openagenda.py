"""Events of OpenAgenda as its API and its exports give them, and of Opendatasoft."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.importing import codes, imported, only, said, values

LINE_SEPARATOR = "\u2028"


def slot(day: int, begin: str = "14:00", end: str = "16:00", last: int | None = None) -> Any:
    """A time slot of November 2021 in Paris."""
    return {
        "begin": f"2021-11-{day:02}T{begin}:00+01:00",
        "end": f"2021-11-{last or day:02}T{end}:00+01:00",
    }


def event(**fields: Any) -> dict[str, Any]:
    """An event with what each has."""
    return {
        "uid": 41894231,
        "slug": "design-de-service",
        "title": {"fr": "Design de service"},
        "timezone": "Europe/Paris",
        "timings": [slot(16)],
        **fields,
    }


def read(tmp_path: Path, *events: Any, **about: Any) -> Any:
    """Return what is read of events as the API lists them."""
    document = {"total": len(events), "events": list(events), "after": None, **about}
    return imported(tmp_path, document, "oa.json")


FULL = event(
    description={"fr": "Un atelier *ouvert*"},
    longDescription={
        "fr": "# Au programme\n\nDu **dessin**, et ![plan](https://x.example/p.png) plus.",
        "en": "Drawing.",
    },
    conditions={"fr": "Gratuit, sur inscription"},
    location={
        "uid": 1,
        "name": "Hôtel de Ville",
        "address": "1 place de la Mairie, 35000 Rennes, France",
        "city": "Rennes",
        "postalCode": "35000",
        "region": "Bretagne",
    },
    registration=[
        {"type": "phone", "value": "+33 2 99 00 00 00"},
        {"type": "email", "value": "atelier@rennes.example"},
        {"type": "link", "value": "https://rennes.example/inscription"},
    ],
    keywords={"fr": ["Labs", "design"]},
    attendanceMode=3,
    onlineAccessLink="https://visio.example/x",
    status=1,
    state=2,
    canonicalUrl="https://openagenda.com/fr/mois-innovation/events/design-de-service",
    contributor={"organization": "Ville de Rennes"},
)


def test_an_event_with_all_its_fields(tmp_path: Path) -> None:
    batch = read(tmp_path, FULL)
    record = only(batch, "images dans un texte", "longDescription.en")
    assert batch.source == "openagenda:mois-innovation"
    assert batch.complete
    assert (record.kind, record.uid, record.section) == ("event", "41894231", "labs")
    assert dict(record.values) == {
        "title": "Design de service",
        "text": "Un atelier \\*ouvert\\*\n\n**Au programme**\n\nDu **dessin**, et  plus.",
        "notes": (
            "Gratuit, sur inscription",
            "Inscription : +33 2 99 00 00 00, atelier@rennes.example, https://visio.example/x",
        ),
        "theme": "design",
        "when": "16 novembre, 14:00-16:00",
        "place.venue": "Hôtel de Ville",
        "place.address": "1 place de la Mairie",
        "place.town": "35000 Rennes",
        "region": "Bretagne",
        "registration": "https://rennes.example/inscription",
        "link": "https://openagenda.com/fr/mois-innovation/events/design-de-service",
        "organisers": ("Ville de Rennes",),
        "online": True,
        "status": "confirmed",
    }
    assert str(record.places["title"].path) == "events[0].title.fr"


@pytest.mark.parametrize(
    "document", [[FULL], FULL, {"data": [FULL]}, {"total": 1, "events": [FULL]}]
)
def test_a_list_a_page_or_one_event(tmp_path: Path, document: Any) -> None:
    batch = imported(tmp_path, document, "oa.json")
    assert [record.uid for record in batch.records] == ["41894231"]


def test_a_page_of_many_is_not_complete(tmp_path: Path) -> None:
    assert not read(tmp_path, FULL, total=300).complete
    assert not read(tmp_path, FULL, after=[1, 2]).complete
    assert not imported(tmp_path, FULL, "oa.json").complete


# --- timings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("timings", "when"),
    [
        ([slot(day) for day in range(1, 31)], "1er au 30 novembre, 14:00-16:00"),
        ([slot(9), slot(9), slot(10)], "9 et 10 novembre, 14:00-16:00"),
        ([slot(9, "9:00".zfill(5), "12:00"), slot(9)], "9 novembre, 9:00-12:00, 14:00-16:00"),
        ([slot(3), slot(11), slot(24), slot(25), slot(26)],
         "3, 11 et 24 au 26 novembre, 14:00-16:00"),
        ([slot(9, "18:00", "00:00", 10)], "9 novembre, 18:00-24:00"),
        ([slot(9, "20:00", "02:00", 10)], "9 novembre, 20:00-2:00"),
        ([slot(9, "00:00", "00:00", 10)], "9 novembre"),
        ([slot(9, "00:00", "23:59")], "9 novembre"),
        ([slot(9, "14:00", "14:00")], "9 novembre, 14:00"),
        ([slot(9), slot(10, "14:00", "16:00")], "9 et 10 novembre, 14:00-16:00"),
        ([{"begin": "2021-11-09T13:00:00.000Z", "end": "2021-11-09T15:00:00Z"}],
         "9 novembre, 14:00-16:00"),
        ([{"begin": "2021-11-09T14:00:00+0100", "end": "2021-11-09T16:00:00+0100"}],
         "9 novembre, 14:00-16:00"),
        ([{"begin": "2021-11-09T14:00:00"}], "9 novembre, 14:00"),
        ([{"begin": "2021-10-29T10:00:00+02:00", "end": "2021-10-29T11:00:00+02:00"},
          {"begin": "2021-11-02T10:00:00+01:00", "end": "2021-11-02T11:00:00+01:00"}],
         "29 octobre et 2 novembre, 10:00-11:00"),
    ],
)  # fmt: skip
def test_time_slots_are_one_date(tmp_path: Path, timings: Any, when: str) -> None:
    assert only(read(tmp_path, event(timings=timings))).values["when"] == when


def test_53_time_slots_of_every_day(tmp_path: Path) -> None:
    days = [slot(day, "09:00", "12:00") for day in range(1, 28)]
    days += [slot(day) for day in range(1, 27)]
    assert len(days) == 53
    batch = read(tmp_path, event(timings=days))
    assert values(batch)[0]["when"] == (
        "1er au 26 novembre, 9:00-12:00, 14:00-16:00; 27 novembre, 9:00-12:00"
    )
    assert "notes" not in values(batch)[0]
    assert codes(batch) == []


def test_an_event_of_all_the_year_tells_its_days_of_the_period(tmp_path: Path) -> None:
    weekly = [
        {
            "begin": f"2021-{month:02}-{day:02}T18:00:00+01:00",
            "end": f"2021-{month:02}-{day:02}T19:00:00+01:00",
        }
        for month in (1, 2, 3, 11, 12)
        for day in (2, 9, 16, 23)
    ]
    batch = read(tmp_path, event(timings=weekly))
    assert values(batch)[0]["when"] == "2, 9, 16 et 23 novembre, 18:00-19:00"
    assert said(batch) == [
        (
            "1:25 M403 entry events[0].timings: “Design de service”: "
            "16 of its days, outside the period of the kit, are left out."
        )
    ]


def test_a_slot_of_several_days_has_no_hours(tmp_path: Path) -> None:
    batch = read(tmp_path, event(timings=[slot(9, "14:00", "16:00", 11)]))
    assert values(batch)[0]["when"] == "9 au 11 novembre"
    assert codes(batch) == ["M403"]


def test_hours_are_those_of_the_events_own_zone(tmp_path: Path) -> None:
    far = event(timezone="Indian/Reunion", timings=[slot(9, "06:00", "08:00")])
    assert only(read(tmp_path, far)).values["when"] == "9 novembre, 9:00-11:00"


@pytest.mark.parametrize(
    "timings", [[], None, "x", [{"begin": "demain"}], [slot(9, "16:00", "14:00")], [3]]
)
def test_an_event_without_a_date_is_told(tmp_path: Path, timings: Any) -> None:
    batch = read(tmp_path, event(timings=timings))
    assert batch.records == ()
    assert codes(batch)[0] in ("M202", "M402")
    assert "M202" in codes(batch)
    assert not batch.complete


def test_without_slots_the_first_and_the_last_one_count(tmp_path: Path) -> None:
    brief = event(timings=None, firstTiming=slot(9), lastTiming=slot(11))
    assert only(read(tmp_path, brief)).values["when"] == "9 et 11 novembre, 14:00-16:00"
    worded = event(timings=None, dateRange={"fr": "9 - 13 novembre"})
    assert only(read(tmp_path, worded)).values["when"] == "9 au 13 novembre"


# --- texts ----------------------------------------------------------------------------------


def test_html_is_markdown(tmp_path: Path) -> None:
    text = "<p>Un <strong>grand</strong>&nbsp;jour</p><ul><li>un</li><li>deux</li></ul>"
    found = only(read(tmp_path, event(longDescription={"fr": text})))
    assert found.values["text"] == "Un **grand**\u00a0jour\n\n- un\n- deux"


def test_emoji_are_taken_out_and_told(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        event(title={"fr": "🎉 La fête 👩‍💻 du code"}, description={"fr": "Venez ! 1️⃣ → 2"}),
    )
    found = values(batch)[0]
    assert found["title"] == "La fête du code"
    assert found["text"] == "Venez ! 1 → 2"
    assert said(batch) == [
        (
            "1:25 M401 entry events[0].title.fr: "
            "“La fête du code” has characters that cannot be printed: 🎉 👩‍💻."
        )
    ]


def test_an_invisible_line_end_is_one(tmp_path: Path) -> None:
    fields = {"fr": f"Une ligne{LINE_SEPARATOR}une autre"}
    found = only(read(tmp_path, event(title=fields, description=fields))).values
    assert found["title"] == "Une ligne une autre"
    assert found["text"] == "Une ligne\n\nune autre"


def test_a_missing_language_is_told_and_noted(tmp_path: Path) -> None:
    batch = read(
        tmp_path, event(title={"en": "Workshop", "de": "Werkstatt"}, description={"en": "x"})
    )
    assert values(batch)[0]["title"] == "Workshop"
    assert values(batch)[0]["language"] == "en"
    assert values(batch)[0]["text"] == "x"
    assert said(batch) == [
        (
            "1:25 M405 entry events[0].title: "
            "“Workshop” is not written in the language of the kit, only in: en, de."
        ),
        "1:25 M409 “title.de” is not imported: the kit has no field for it.",
    ]


@pytest.mark.parametrize("title", [None, {}, {"fr": " "}, "", {"fr": None}])
def test_an_event_without_a_title_is_told(tmp_path: Path, title: Any) -> None:
    batch = read(tmp_path, event(title=title), FULL)
    assert codes(batch) == ["M201", "M409"]
    assert batch.report.ok
    assert not batch.complete
    assert len(batch.records) == 1


# --- what it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"status": 1}, {"status": "confirmed"}),
        ({"status": 2}, {"status": "confirmed"}),
        ({"status": 3}, {"status": "confirmed", "online": True}),
        ({"status": 4}, {"status": "postponed"}),
        ({"status": 5}, {"status": "confirmed", "notes": ("Complet.",)}),
        ({"status": 6}, {"status": "cancelled"}),
        ({"status": {"id": 6, "label": {"fr": "Annulé"}}}, {"status": "cancelled"}),
        ({"state": 1}, {"status": "draft"}),
        ({"state": 0}, {"status": "draft"}),
        ({"attendanceMode": 1}, {"online": False}),
        ({"attendanceMode": 2}, {"online": True}),
        ({"attendanceMode": {"id": 3}}, {"online": True}),
        ({"registration": ["01 02 03 04 05"]}, {"registration": "tel:0102030405"}),
        ({"registration": ["a@b.example"]}, {"registration": "mailto:a@b.example"}),
        ({"registration": "https://x.example"}, {"registration": "https://x.example"}),
        (
            {"registration": [], "onlineAccessLink": "https://v.example"},
            {"registration": "https://v.example"},
        ),
        (
            {"registration": [{"type": "link", "value": None}, 3, None]},
            {"notes": ("Inscription : 3",)},
        ),
        ({"location": None, "keywords": None, "longDescription": []}, {}),
        ({"thematique": [{"id": 2, "label": {"fr": "Design"}}]}, {"theme": "Design"}),
        ({"organisateur": "DITP, DINUM"}, {"organisers": ("DITP, DINUM",)}),
    ],
)
def test_a_field_of_the_source_is_one_of_the_kit(
    tmp_path: Path, fields: dict[str, Any], told: dict[str, Any]
) -> None:
    found = only(read(tmp_path, event(**fields))).values
    assert {name: found.get(name) for name in told} == told
    assert set(found) <= {"title", "when", "status", *told}


def test_a_refused_event_is_left_out_and_told(tmp_path: Path) -> None:
    batch = read(tmp_path, event(state=-1))
    assert batch.records == ()
    assert codes(batch) == ["M408"]


def test_a_diagnostic_stands_at_the_line_of_its_event(tmp_path: Path) -> None:
    text = json.dumps({"events": [event(), event(title={})]}, indent=1)
    batch = imported(tmp_path, text, "oa.json")
    (found,) = batch.report.diagnostics
    begins = text.splitlines()[found.span.start.line - 1]
    assert begins == "  {"
    assert text.splitlines()[found.span.start.line].strip() == '"uid": 41894231,'


# --- Opendatasoft ---------------------------------------------------------------------------

FLAT = {
    "uid": "9",
    "slug": "a-plat",
    "canonicalurl": "https://openagenda.com/mois/events/a-plat",
    "title_fr": "À plat",
    "description_fr": "Court",
    "longdescription_fr": "<p>Long <b>texte</b></p>",
    "keywords_fr": ["Labs"],
    "timings": json.dumps(
        [{"begin": "2021-11-09T13:00:00+00:00", "end": "2021-11-09T15:00:00+00:00"}]
    ),
    "firstdate_begin": "2021-11-09T13:00:00+00:00",
    "firstdate_end": "2021-11-09T15:00:00+00:00",
    "location_name": "Salle",
    "location_address": "2 rue X, 35000 Rennes",
    "location_city": "Rennes",
    "location_region": "Bretagne",
    "location_countrycode": "FR",
    "attendancemode": json.dumps({"id": 2, "label": {"fr": "En ligne"}}),
    "status": json.dumps({"id": 6}),
    "registration": json.dumps([{"type": "link", "value": "https://x.example"}]),
    "contributor_organization": "Ville de Rennes",
    "age_min": None,
}  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [
        {"total_count": 1, "results": [FLAT]},
        [FLAT],
        FLAT,
        {"nhits": 1, "records": [{"datasetid": "d", "recordid": "r", "fields": FLAT}]},
        {"total_count": 1, "records": [{"record": {"id": "r", "fields": FLAT}}]},
    ],
)
def test_the_flat_form(tmp_path: Path, document: Any) -> None:
    record = only(imported(tmp_path, document, "ods.json"))
    assert (record.uid, record.section) == ("9", "labs")
    assert dict(record.values) == {
        "title": "À plat",
        "text": "Court\n\nLong **texte**",
        "when": "9 novembre, 14:00-16:00",
        "place.venue": "Salle",
        "place.address": "2 rue X",
        "place.town": "35000 Rennes",
        "region": "Bretagne",
        "link": "https://openagenda.com/mois/events/a-plat",
        "registration": "https://x.example",
        "organisers": ("Ville de Rennes",),
        "online": True,
        "status": "cancelled",
    }


def test_the_flat_form_overseas_has_the_hours_of_the_place(tmp_path: Path) -> None:
    record = only(imported(tmp_path, [FLAT | {"location_countrycode": "RE"}], "ods.json"))
    assert record.values["when"] == "9 novembre, 17:00-19:00"


def test_the_flat_form_without_slots_has_its_first_and_last(tmp_path: Path) -> None:
    flat = FLAT | {"timings": None, "lastdate_begin": "2021-11-12T13:00:00+00:00",
                   "lastdate_end": "2021-11-12T15:00:00+00:00"}  # fmt: skip
    record = only(imported(tmp_path, [flat], "ods.json"))
    assert record.values["when"] == "9 et 12 novembre, 14:00-16:00"
