"""The handouts of 2021: each a finished document, made of the pages of the dossier."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.press.handouts import (
    Workshop,
    headings_never_skip,
    links_lead_somewhere,
    structure_is_sound,
)
from tests.reading import Pdf, one_line

KIT = Path(__file__).parents[2] / "data" / "2021"
PAGES = {
    "ministere": 6,
    "labs": 3,
    "etat": 4,
    "collectivites": 2,
    "operateurs": 3,
    "associations": 2,
    "laboratoires": 4,
    "ditp": 2,
}
SECTIONS = list(PAGES)[:6]
NBSP = "\u00a0"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop.of(KIT, tmp_path_factory.mktemp("handouts"))


@pytest.fixture(scope="module")
def made(workshop: Workshop) -> Mapping[str, Pdf]:
    return workshop.make()


@pytest.fixture(scope="module")
def agenda(workshop: Workshop) -> Pdf:
    return workshop.make(by="day")["agenda"]


def plain(text: str) -> str:
    return text.replace(NBSP, " ").replace("\u202f", " ")


def letters(text: str) -> str:
    """Only what typography leaves as it is."""
    return re.sub(r"\W", "", text)


def test_each_section_and_each_marked_chapter_has_its_own(made: Mapping[str, Pdf]) -> None:
    assert list(made) == list(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_it_has_no_more_pages_than_it_needs(made: Mapping[str, Pdf], name: str) -> None:
    assert len(made[name]) == PAGES[name]


@pytest.mark.parametrize("name", PAGES)
def test_the_first_page_says_what_it_is_taken_from(
    made: Mapping[str, Pdf], workshop: Workshop, name: str
) -> None:
    first = plain(made[name].page(1))
    title = next(p.part.title for p in workshop.layout.kit.parts() if p.part.id == name)
    assert title is not None
    for said in ("Extrait du dossier de presse", "Mois de l’innovation publique", "8e édition"):
        assert said in first, said
    assert "1er au 30 novembre 2021" in first
    assert plain(title.replace("'", "’")) in first


@pytest.mark.parametrize("name", PAGES)
def test_the_last_page_says_whom_to_ask_and_who_publishes_it(
    made: Mapping[str, Pdf], name: str
) -> None:
    last = plain(made[name].page(len(made[name])))
    for said in ("Contacts presse", "Claire Bonnetier", "François-Pierre Salamand"):
        assert said in last, said
    uris = {link.uri for link in made[name].links if link.page == len(made[name])}
    assert {"mailto:claire.bonnetier@modernisation.gouv.fr", "tel:+33608725029"} <= uris
    boilerplate = "Direction interministérielle de la transformation publique"
    assert len(re.findall(boilerplate, one_line(made[name].text))) >= 1


def test_the_last_page_lists_the_dossier_with_its_pages(
    made: Mapping[str, Pdf], workshop: Workshop
) -> None:
    last = plain(made["collectivites"].page(2))
    numbers = workshop.layout.assembly.numbers
    assert "Dans le dossier de presse" in last
    for name in ("ministere", "labs", "etat", "laboratoires"):
        assert f"p. {numbers[f'{name}--{name}']}" in last


def test_the_pages_between_are_those_of_the_dossier(
    made: Mapping[str, Pdf], workshop: Workshop
) -> None:
    events = workshop.layout.kit.sections()[0].events
    assert len(events) > 20
    text = plain(one_line(made["ministere"].text))
    for event in events[:5]:
        assert plain(event.title.replace("'", "’")) in text


@pytest.mark.parametrize("name", PAGES)
def test_its_pages_are_numbered_from_1(made: Mapping[str, Pdf], name: str) -> None:
    pdf = made[name]
    assert [pdf.folio(page) for page in range(1, len(pdf) + 1)] == [
        str(page) for page in range(1, len(pdf) + 1)
    ]


def test_its_pages_can_bear_the_numbers_of_the_dossier(workshop: Workshop) -> None:
    pdf = workshop.make(sections=("etat",), folios="dossier")["etat"]
    first = workshop.layout.assembly.numbers["etat--etat"]
    folios = [pdf.folio(page) for page in range(1, len(pdf) + 1)]
    assert folios == [str(first), str(first + 1), str(first + 2), ""]


@pytest.mark.parametrize("name", PAGES)
def test_no_link_leads_nowhere(made: Mapping[str, Pdf], name: str) -> None:
    links_lead_somewhere(made[name])


@pytest.mark.parametrize("name", PAGES)
def test_it_is_tagged_throughout(made: Mapping[str, Pdf], name: str) -> None:
    structure_is_sound(made[name])
    headings_never_skip(made[name])
    assert made[name].language == "fr"


@pytest.mark.parametrize("name", SECTIONS)
def test_its_bookmarks_are_its_title_its_events_and_its_contacts(
    made: Mapping[str, Pdf], workshop: Workshop, name: str
) -> None:
    section = next(s for s in workshop.layout.kit.sections() if s.id == name)
    marks = made[name].outline
    assert marks[0].level == 1
    assert plain(marks[0].title) == plain(section.title.replace("'", "’"))
    assert [mark.level for mark in marks[1:-1]] == [2] * len(section.events)
    assert (marks[-1].title, marks[-1].level) == ("Contacts presse", 1)
    assert [mark.page for mark in marks] == sorted(mark.page for mark in marks)
    assert not any("La programmation" in mark.title for mark in marks)


@pytest.mark.parametrize("name", PAGES)
def test_the_file_says_what_it_is(made: Mapping[str, Pdf], workshop: Workshop, name: str) -> None:
    said = made[name].metadata
    title = next(p.part.title for p in workshop.layout.kit.parts() if p.part.id == name)
    assert title is not None
    assert plain(said["title"]).startswith(plain(title.replace("'", "’"))[:40])
    assert plain(said["title"]).endswith(" – Mois de l’innovation publique")
    assert said["subject"] == "Extrait du dossier de presse"
    assert said["author"].startswith("Direction interministérielle")


def test_making_handouts_leaves_the_dossier_as_it_was(workshop: Workshop) -> None:
    before, _ = workshop.layout.draw()
    workshop.make(sections=("labs", "ditp"))
    after, _ = workshop.layout.draw()
    assert before is not None
    assert after is not None
    assert before.content == after.content


def test_the_same_handout_has_the_same_bytes(workshop: Workshop) -> None:
    one = workshop.make(sections=("labs",))["labs"].path.read_bytes()
    other = workshop.make(sections=("labs",))["labs"].path.read_bytes()
    assert one == other


def test_the_agenda_is_two_or_three_pages_day_by_day(agenda: Pdf, workshop: Workshop) -> None:
    assert 2 <= len(agenda) <= 3
    text = plain(one_line(agenda.text))
    events = workshop.layout.kit.events()
    assert len(events) == 59
    for event in events:
        assert letters(event.title)[:24] in letters(text), event.title
    days = [int(n) for n in re.findall(r"(?:di|dimanche) ?\n(\d+)(?:er)?\s", agenda.text)]
    assert len(days) == 19
    assert days == sorted(days)


def test_the_agenda_gives_time_title_and_organiser(agenda: Pdf) -> None:
    text = plain(one_line(agenda.text))
    assert re.search(r"9 h 30 – 12 h 30 EXPÉRIMENTATION ET INNOVATION PUBLIQUE · DITP", text)


def test_nothing_in_the_agenda_is_smaller_than_9_points(agenda: Pdf) -> None:
    found = [
        (size, text) for page in range(1, len(agenda) + 1) for size, text in _sized(agenda, page)
    ]
    assert len(found) > 100
    raised = {"er", "e"}
    small = {text for size, text in found if size < 8.99 and text.strip() not in raised}
    assert small == set()


def _sized(pdf: Pdf, number: int) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []

    def visit(
        text: str, matrix: list[float], placed: list[float], _font: object, size: float
    ) -> None:
        if text.strip():
            found.append((size * abs(placed[3] or 1) * abs(matrix[3]), text))

    pdf._reader.pages[number - 1].extract_text(visitor_text=visit)
    return found


def test_events_of_a_region_are_gathered_by_date(workshop: Workshop) -> None:
    pdf = workshop.make(select=("region=bretagne",))["region-bretagne"]
    assert "Bretagne" in pdf.page(1)
    assert "Le Tilab" in pdf.page(1)
    assert "Contacts presse" in pdf.page(len(pdf))
    structure_is_sound(pdf)
    headings_never_skip(pdf)
    links_lead_somewhere(pdf)


def test_a_selection_across_sections_has_headings_in_order_of_date(workshop: Workshop) -> None:
    pdf = workshop.make(select=("organiser=DINUM",))["organiser-dinum"]
    text = plain(one_line(pdf.text))
    begun = re.sub(r"Semaine du [^()]{3,40} \(suite\)", "", text)
    weeks = re.findall(r"Semaine du (\d+)", begun)
    assert weeks == ["1", "8", "22"]
    assert [mark.title[:7] for mark in pdf.outline if mark.level == 2] == ["Semaine"] * 3
    headings_never_skip(pdf)


def test_weeks_are_handouts_of_their_own(workshop: Workshop) -> None:
    made = workshop.make(by="week", select=("section=labs",))
    assert list(made) == [f"week-2021-w{week}-section-labs" for week in (45, 46, 47)]
    assert "Semaine du 8 au 14 novembre 2021" in plain(made["week-2021-w45-section-labs"].page(1))


def test_a_few_events_need_no_headings_and_end_with_their_contacts(workshop: Workshop) -> None:
    made = workshop.make(by="organiser", select=("organiser=DGAFP",))
    pages = made["organiser-dgafp-organiser-dgafp"]
    assert len(pages) == 1
    text = plain(pages.page(1))
    assert text.count("24 novembre") == 1
    assert "Semaine du" not in text
    assert "Contacts presse" in text


def test_one_event_alone_has_the_code_of_the_site_where_there_is_room(workshop: Workshop) -> None:
    made = workshop.make(by="organiser", select=("organiser=Tilab,ANCT",))
    alone, long = (
        next(pdf for slug, pdf in made.items() if slug.startswith(f"organiser-{name}-"))
        for name in ("tilab", "anct")
    )
    assert [len(alone), len(long)] == [1, 1]
    assert any("QR" in words for words in alone.pictures)
    assert not any("QR" in words for words in long.pictures)
