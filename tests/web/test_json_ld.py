"""What search engines read of pieces: types and properties that schema.org has, and no others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from moip_press.exchange.export.schema_org import prices_in
from moip_press.web.fragments import Fragment
from moip_press.web.json_ld import script
from tests.web.kits import KITS, fragments_with_site, kit_of

THING = {
    *("@id", "@type", "name", "description", "disambiguatingDescription", "identifier", "image"),
    *("url", "sameAs", "potentialAction"),
}
EVENT = THING | {
    *("startDate", "endDate", "eventStatus", "eventAttendanceMode", "location", "organizer"),
    *("performer", "offers", "audience", "typicalAgeRange", "maximumAttendeeCapacity", "keywords"),
    *("inLanguage", "superEvent", "subEvent", "previousStartDate", "eventSchedule"),
    *("isAccessibleForFree",),
}
ARTICLE = THING | {
    *("headline", "datePublished", "author", "publisher", "inLanguage", "articleSection"),
    *("isPartOf", "keywords"),
}
OFFER = THING | {"price", "priceCurrency", "availability", "validFrom"}
VOCABULARY: Mapping[str, set[str]] = {
    "Event": EVENT,
    "EventSeries": EVENT,
    "Article": ARTICLE,
    "NewsArticle": ARTICLE,
    "Person": THING | {"jobTitle", "email", "telephone"},
    "Organization": THING,
    "Place": THING | {"address"},
    "VirtualLocation": THING,
    "PostalAddress": THING
    | {"streetAddress", "postalCode", "addressLocality", "addressRegion", "addressCountry"},
    "Offer": OFFER,
    "AggregateOffer": OFFER | {"lowPrice", "highPrice"},
    "Audience": THING | {"audienceType"},
    "RegisterAction": THING | {"target"},
    "Schedule": THING
    | {"startDate", "endDate", "startTime", "endTime", "repeatFrequency", "scheduleTimezone"},
}
"""The types that pieces have, each with its properties: https://schema.org/docs/full.html."""
ENUMERATIONS = {
    "eventStatus": {"Scheduled", "Cancelled", "Postponed", "Rescheduled"},
    "eventAttendanceMode": {"Offline", "Online", "Mixed"},
    "availability": {"InStock", "SoldOut"},
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?")


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield all nodes of a description, those within others too."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from nodes(inner)


@pytest.fixture(scope="module", params=KITS)
def made(request: pytest.FixtureRequest) -> tuple[Fragment, ...]:
    return fragments_with_site(KITS[request.param])


def test_types_and_properties_are_those_of_schema_org(made: tuple[Fragment, ...]) -> None:
    found = [node for each in made for node in nodes(each.json_ld)]
    assert len(found) > 10
    for node in found:
        assert node["@type"] in VOCABULARY
        assert node.keys() <= VOCABULARY[node["@type"]], node
        for name, values in ENUMERATIONS.items():
            if name in node:
                assert (
                    re.sub(r"https://schema.org/(Event)?|(Event)?AttendanceMode", "", node[name])
                    in values
                )
        for name in ("startDate", "endDate", "previousStartDate", "datePublished"):
            if name in node and node["@type"] != "Schedule":
                assert MOMENT.fullmatch(node[name]), node[name]
        for name in ("url", "image", "sameAs"):
            for address in (
                node.get(name, []) if isinstance(node.get(name), list) else [node.get(name)]
            ):
                assert address is None or address.startswith(("https://", "http://"))


def test_each_event_has_what_search_engines_require(made: tuple[Fragment, ...]) -> None:
    """The fields of https://developers.google.com/search/docs/appearance/structured-data/event."""
    events = [
        node
        for each in made
        for node in nodes(each.json_ld)
        if node["@type"] in ("Event", "EventSeries")
    ]
    assert len(events) > 2
    for node in events:
        assert {"name", "startDate", "location"} <= node.keys()
        places = node["location"]
        for place in places if isinstance(places, list) else [places]:
            if place["@type"] == "VirtualLocation":
                assert place["url"]
            else:
                assert place["name"]
                assert place["address"].keys() > {"@type"}
        if node["@type"] == "EventSeries":
            continue
        assert {"eventStatus", "url"} <= node.keys()
        offers = node.get("offers", {})
        priced = {"price", "lowPrice"} & offers.keys()
        assert not priced or offers["priceCurrency"]


def test_an_event_without_a_place_is_in_the_country_of_its_kit_and_nowhere_nearer(
    tmp_path: Path,
) -> None:
    node = event_of(tmp_path, "when: 6 mars, organisers: [Mairie de Brest]")
    country = {"@type": "PostalAddress", "addressCountry": "FR"}
    assert node["location"] == {"@type": "Place", "name": "France", "address": country}
    assert "eventAttendanceMode" not in node


@pytest.mark.parametrize(
    ("more", "code", "name"),
    [
        ("country: be\n", "BE", "Belgique"),
        ("timezone: Europe/Zurich\n", "CH", "Suisse"),
        ("language: en\n", None, None),
    ],
)
def test_the_country_is_that_of_the_kit_or_of_its_clocks(
    tmp_path: Path, more: str, code: str | None, name: str | None
) -> None:
    when = "when: 6 March" if "language" in more else "when: 6 mars"
    place = event_of(tmp_path, when, more).get("location", {})
    assert (place.get("address", {}).get("addressCountry"), place.get("name")) == (code, name)


def test_a_town_without_a_postcode_may_lie_abroad(tmp_path: Path) -> None:
    node = event_of(tmp_path, "when: 6 mars, place: {town: Bruxelles}")
    assert node["location"]["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Bruxelles",
    }


def event_of(tmp_path: Path, event: str, more: str = "") -> Any:
    made = fragments_with_site(kit_of(tmp_path, f"  - {{title: Soirée, {event}}}\n", more))
    return next(each.json_ld for each in made if each.kind == "event")


def test_hours_have_the_offset_of_the_place(tmp_path: Path) -> None:
    node = event_of(tmp_path, "when: '6 mars, 18:00-20:00', region: La Réunion")
    assert node["startDate"] == "2023-03-06T18:00:00+04:00"
    assert node["endDate"] == "2023-03-06T20:00:00+04:00"


@pytest.mark.parametrize(
    ("said", "status", "before"),
    [
        ("status: cancelled", "EventCancelled", None),
        ("status: postponed", "EventPostponed", None),
        ("status: postponed, postponed_to: 9 mars", "EventRescheduled", "2023-03-06"),
    ],
)
def test_what_became_of_an_event_is_said(
    tmp_path: Path, said: str, status: str, before: str | None
) -> None:
    node = event_of(tmp_path, f"when: 6 mars, {said}")
    assert node["eventStatus"] == f"https://schema.org/{status}"
    assert node.get("previousStartDate") == before


def test_an_event_is_at_a_place_online_or_both(tmp_path: Path) -> None:
    place = "place: {venue: Théâtre, address: 1 rue Haute, town: 29200 Brest}"
    node = event_of(tmp_path, f"when: 6 mars, {place}, online: yes, link: 'https://example.org/a'")
    assert node["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    real, virtual = node["location"]
    assert real["address"]["postalCode"] == "29200"
    assert virtual == {"@type": "VirtualLocation", "url": "https://example.org/a"}


@pytest.mark.parametrize(
    ("words", "prices", "currency"),
    [
        ("gratuit", (0.0,), ""),
        ("Entrée libre", (0.0,), ""),
        ("12 €", (12.0,), "EUR"),
        ("de 8 à 25 €", (8.0, 25.0), "EUR"),
        ("12 € (membres : 8 €)", (12.0, 8.0), "EUR"),
        ("gratuit pour les enfants, 5,50 €", (0.0, 5.5), "EUR"),
        ("1 200 euros", (1200.0,), "EUR"),
        ("£5", (5.0,), "GBP"),
        ("sur devis", (), ""),
        ("de 12 à 14 h", (), ""),
    ],
)
def test_a_price_in_words_is_read_as_numbers(
    words: str, prices: tuple[float, ...], currency: str
) -> None:
    assert prices_in(words) == (prices, currency)


def test_what_is_free_and_what_is_sold_out_is_said(tmp_path: Path) -> None:
    node = event_of(tmp_path, "when: 6 mars, price: gratuit")
    assert node["isAccessibleForFree"] is True
    assert node["offers"]["price"] == 0
    assert node["offers"]["priceCurrency"] == "EUR"


def test_a_session_without_seats_is_sold_out(tmp_path: Path) -> None:
    sessions = "sessions: [{when: 6 mars, status: full}, {when: 7 mars}]"
    node = event_of(tmp_path, f"{sessions}, price: de 8 à 12 €")
    first, second = (each["offers"]["availability"] for each in node["subEvent"])
    assert (first, second) == ("https://schema.org/SoldOut", "https://schema.org/InStock")
    assert (node["offers"]["lowPrice"], node["offers"]["highPrice"]) == (8, 12)


def test_events_and_pictures_have_the_addresses_of_the_site() -> None:
    made = fragments_with_site(KITS["heard"])
    editorial = next(each for each in made if each.id == "le-mot-de-la-maire")
    assert editorial.json_ld is not None
    assert editorial.json_ld["url"] == "https://presse.example.org/part/le-mot-de-la-maire"
    assert editorial.json_ld["image"] == ["https://presse.example.org/images/portrait.png"]
    assert editorial.json_ld["author"]["name"] == "Camille Durand"
    release = next(each for each in made if each.id == "communique-ouverture")
    assert release.json_ld is not None
    assert release.json_ld["@type"] == "NewsArticle"
    assert release.json_ld["datePublished"] == "2023-02-01"


def test_no_text_ends_the_element_that_holds_it() -> None:
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    html = script({"@type": "Event", "name": hostile})
    assert html.count("</script>") == 1
    assert html.endswith("</script>\n")
    inner = html.partition("\n")[2].rpartition("\n</script>")[0]
    assert json.loads(inner)["name"] == hostile
    assert "<" not in inner
