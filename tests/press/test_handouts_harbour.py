"""The handouts of a kit in English, its own theme, and those that its kit.yaml names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from moip_press.kit.conditions import Selection
from moip_press.press.outcome import Request
from moip_press.press.plans import plans
from tests.pdf.listening import aloud, empty
from tests.press.handouts import (
    Workshop,
    headings_never_skip,
    links_lead_somewhere,
    structure_is_sound,
)
from tests.reading import Pdf, one_line

KIT = Path(__file__).parents[1] / "kits" / "harbour"
NAMES = [
    "afloat",
    "ashore",
    "friends",
    "with-the-tidewater-trust",
    "ships",
    "the-week-on-both-banks",
]
ONE_CONTACT = ("ashore", "with-the-tidewater-trust")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop.of(KIT, tmp_path_factory.mktemp("harbour"))


@pytest.fixture(scope="module")
def made(workshop: Workshop) -> Mapping[str, Pdf]:
    return workshop.make()


def test_sections_marked_chapters_and_named_handouts_are_made(made: Mapping[str, Pdf]) -> None:
    assert list(made) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_sound_document_in_english(made: Mapping[str, Pdf], name: str) -> None:
    pdf = made[name]
    structure_is_sound(pdf)
    headings_never_skip(pdf)
    links_lead_somewhere(pdf)
    assert pdf.language == "en"
    assert "From the press kit" in pdf.page(1)
    assert "Harbour Heritage Week" in pdf.page(1)
    assert "Port Maren, 1 September 2022" in pdf.page(1)
    assert ("Press contacts" in pdf.page(len(pdf))) is (name not in ONE_CONTACT)
    assert "The museum keeps the memory of the port" in one_line(pdf.pages[-1])
    assert re.findall("[éèêàç«»\u202f]", pdf.text) == []
    # its eleven events, with their places below the dates, fill two pages
    assert len(pdf) == (3 if name == "the-week-on-both-banks" else 2)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_heard_without_what_is_only_drawn(made: Mapping[str, Pdf], name: str) -> None:
    heard = aloud(made[name].path)
    assert any("heading" in line for line in heard)
    assert [line for line in heard if re.fullmatch(r"\s*\d+( \d+)+", line)] == []
    assert empty(made[name].path) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_nearly_empty(made: Mapping[str, Pdf], name: str) -> None:
    for page in range(1, len(made[name]) + 1):
        assert made[name].depth(page) > 0.5, page


def test_pages_of_the_dossier_are_referred_to_as_such(
    made: Mapping[str, Pdf], workshop: Workshop
) -> None:
    numbers = workshop.layout.assembly.numbers
    first = one_line(made["afloat"].pages[0])
    assert f"they are on page {numbers['tides--tides']} of the press kit" in first
    assert f"on page {numbers['keeper--keeper']} of the press kit" in first


def test_pages_of_the_handout_are_referred_to_as_its_own(
    made: Mapping[str, Pdf], workshop: Workshop
) -> None:
    text = one_line(made["ships"].text)
    assert "Mind the tides, they are on page 2, and" in text
    assert "the lighter regatta (page 1) needs three" in text
    assert f"page {workshop.layout.assembly.numbers['keeper--keeper']} of the press kit" in text


def test_a_link_out_of_the_handout_is_plain_text(made: Mapping[str, Pdf]) -> None:
    anchors = {link.anchor for link in made["afloat"].links if link.anchor}
    assert "keeper--keeper" not in anchors
    assert "the keeper has to say" in one_line(made["afloat"].text)
    assert "ashore--songs" in {link.anchor for link in made["ashore"].links}
    assert "afloat--parade" not in {link.anchor for link in made["ashore"].links}


def test_a_named_handout_has_its_own_foreword_logo_and_contacts(made: Mapping[str, Pdf]) -> None:
    pdf = made["with-the-tidewater-trust"]
    first, last = one_line(pdf.pages[0]), one_line(pdf.pages[-1])
    assert "The trust owns one lightship, two lofts and no money." in first
    assert "Tidewater Trust" in first
    assert "rope-walk" in {str(link.anchor).split("--")[-1] for link in pdf.links}
    assert re.search(r"see page \d+ of the press kit", first)
    assert "pictures@harbour.example" in last
    assert "press@harbour.example" not in last.split("Press contact ")[1].split("Press contact:")[0]


def test_a_selection_holds_its_events_and_no_others(made: Mapping[str, Pdf]) -> None:
    text = one_line(made["with-the-tidewater-trust"].text)
    for title in ("Parade of sail", "A night watch on the lightship", "The rope walk at work"):
        assert title in text
    for title in ("Knots for everybody", "Steam dredger open day"):
        assert title not in text


def test_headings_name_regions_and_what_has_none_comes_last(made: Mapping[str, Pdf]) -> None:
    pdf = made["the-week-on-both-banks"]
    marks = [mark.title for mark in pdf.outline if mark.level < 3]
    assert marks == [
        "The week on both banks",
        "East bank",
        "West bank",
        "Online",
        "Other places",
        "Place to be confirmed",
        "Press contacts",
    ]
    text = one_line(pdf.text)
    east, west = text.index("East bank"), text.index("West bank")
    assert east < text.index("Parade of sail") < west < text.index("A night watch")


def test_a_section_s_own_handout_can_be_described(made: Mapping[str, Pdf]) -> None:
    pdf = made["ashore"]
    title = "Draft – Along the quays, for the friends of the quays – Harbour Heritage Week"
    assert pdf.metadata["title"].replace("\u00a0", " ") == title
    assert "pictures@harbour.example" not in one_line(pdf.pages[-1])


def test_regions_are_handouts_of_their_own(workshop: Workshop) -> None:
    made = workshop.make(by="region")
    assert list(made) == [
        "region-east-bank",
        "region-west-bank",
        "region-online",
        "region-place-to-be-confirmed",
        "region-other-places",
    ]
    assert "Online" in made["region-online"].page(1)
    assert "Knots for everybody" in one_line(made["region-online"].text)
    assert list(workshop.make(by="region", rest=False)) == ["region-east-bank", "region-west-bank"]


def test_organisers_are_handouts_of_their_own(workshop: Workshop) -> None:
    made = workshop.make(by="organiser")
    assert list(made) == [
        "organiser-maren-pilots",
        "organiser-north-quay-rowing-club",
        "organiser-port-maren-city-museum",
        "organiser-tidewater-trust",
    ]
    assert "Songs of the dockers" in one_line(made["organiser-maren-pilots"].text)
    for pdf in made.values():
        headings_never_skip(pdf)
        links_lead_somewhere(pdf)


def test_sections_can_be_gathered(workshop: Workshop) -> None:
    made = workshop.make(by="section", select=("status!=cancelled",))
    assert list(made) == [f"section-{name}-status-not-cancelled" for name in ("afloat", "ashore")]
    assert "Steam dredger" not in one_line(made["section-afloat-status-not-cancelled"].text)


@pytest.mark.parametrize(
    ("select", "name", "title"),
    [
        (("region=east BANK",), "region-east-bank", "East bank"),
        (("section=afloat", "status!=cancelled"), "section-afloat-status-not-cancelled",
         "On the water"),
        (("day=2022-09-25",), "day-2022-09-25", "25 September"),
        (("week=38",), "week-38", "Week: 19 to 25 September 2022"),
        (("status!=cancelled",), "status-not-cancelled", "Chosen events"),
        (("organiser=Maren Pilots,North Quay Rowing Club", "status!=cancelled,postponed"),
         "organiser-maren-pilots-north-quay-rowing-club-status-not-", "Maren Pilots · North Quay"),
    ],
)  # fmt: skip
def test_a_selection_is_called_what_was_selected(
    workshop: Workshop, select: tuple[str, ...], name: str, title: str
) -> None:
    (plan,) = plans(workshop.layout.kit, Request(select=Selection.parse(select))).plans
    assert plan.slug.startswith(name)
    assert len(plan.slug) == len(name) + (6 if name.endswith("-") else 0)
    assert plan.sheet.title.startswith(title)


def test_the_agenda_tells_days_times_places_and_what_is_off(workshop: Workshop) -> None:
    pdf = workshop.make(by="day")["agenda"]
    text = one_line(pdf.text)
    assert len(pdf) <= 2
    assert "The agenda, day by day" in text
    assert "10:30am to 12:30pm Parade of sail" in text
    assert "North Quay, Port Maren" in text
    assert "Trips on the pilot cutter (29 September to 1 October)" in text
    assert "CANCELLED Steam dredger open day" in text
    assert "POSTPONED The lighter regatta" in text
    assert text.count("An hour in the sail loft") == 3
    structure_is_sound(pdf)
    headings_never_skip(pdf)
