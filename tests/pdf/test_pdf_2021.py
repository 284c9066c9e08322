"""The dossier of 2021 as its reader meets it: 24 pages whose numbers, links and words are true."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from moip_press.kit.folders import program_folder
from moip_press.press import journey
from tests.reading import A4, BOTTOM, SIDE, TOP, Pdf, one_line
from tests.words import LINE_END, prose_paragraphs, share_held, words

ROOT = Path(__file__).parents[2]
KIT = ROOT / "data" / "2021"
SOURCE = (ROOT / "tests" / "source" / "dossier-2021.txt").read_text(encoding="utf-8")
CONTENTS_PAGE = 4
CONTENTS_NUMBERS = [5, 7, 12, 14, 17, 18, 20, 21, 24]
SECTIONS = ("ministere", "labs", "etat", "collectivites", "operateurs", "associations")
GROWN = "collectivites"
FOLLOWING = SECTIONS.index(GROWN) + 2  # the entries of the contents after the grown section
LEFT_COLUMN = SIDE + 31 * 72 / 25.4


def read(name: str) -> dict[str, Any]:
    text = (KIT / name).read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, yaml.BaseLoader)  # noqa: S506  it makes nothing but text
    return data


EDITION = read("kit.yaml")
PROGRAMME = {name: read(f"programme/{name}.yaml") for name in SECTIONS}
PARTS = {
    name: read(f"{name}.yaml") for name in ("edito", "deux-questions", "synthese", "labs", "ditp")
}
LISTED = [PARTS["synthese"], *PROGRAMME.values(), PARTS["labs"], PARTS["ditp"]]
EVENTS = [(section, event) for section in SECTIONS for event in PROGRAMME[section]["events"]]


@dataclass(frozen=True)
class Built:
    """The dossier; the same kit built elsewhere; and one with more events in a section."""

    build: journey.Build
    pdf: Pdf
    again: Path
    grown: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, build_2021: journey.Build) -> Built:
    """Build what this module reads, each dossier once and side by side."""
    folder = tmp_path_factory.mktemp("2021")
    elsewhere, grown = folder / "a folder" / "kit", folder / "grown"
    shutil.copytree(KIT, elsewhere)
    shutil.copytree(KIT, grown)
    _grow(grown / "programme" / f"{GROWN}.yaml")
    runs = [
        _start(elsewhere, folder / "again", PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C"),
        _start(grown, folder / "more"),
    ]
    build = build_2021
    try:
        for run in runs:
            said = run.communicate()[0]
            assert run.returncode == 0, said
    finally:
        for run in runs:
            run.kill()
    assert build.dossier is not None, [fault.message for fault in build.report.diagnostics]
    pdf = Pdf(build.dossier.path)
    return Built(build, pdf, folder / "again" / "dossier.pdf", folder / "more" / "dossier.pdf")


def _grow(section: Path) -> None:
    """Add six events to a section: more than its last page can take."""
    text = "Une rencontre ouverte à toutes et à tous, avec des ateliers et des visites. " * 6
    added = "".join(
        f"\n  - id: rencontre-{number}\n    title: Rencontre {number}\n"
        f"    organisers: [Ville]\n    when: {number} novembre\n    text: {text}\n"
        for number in range(20, 26)
    )
    before, events, after = section.read_text(encoding="utf-8").partition("\nevents:\n")
    section.write_text(before + events + added + after, encoding="utf-8")


def _start(kit: Path, output: Path, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "moip_press", "build", str(kit), "-o", str(output)]
    return subprocess.Popen(
        command,
        cwd=output.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="session")
def pdf(built: Built) -> Pdf:
    return built.pdf


def contents_numbers(page: str) -> list[int]:
    """The numbers that end the entries of a contents page."""
    return [int(number) for number in re.findall(r"(?<!\d)\d+$", page, re.MULTILINE)]


def entries(pdf: Pdf) -> list[int]:
    """The numbers of the contents, without the folio, which closes the page."""
    page = pdf.pages[CONTENTS_PAGE - 1]
    list_of = page[page.index("En synthèse") : page.index("Retrouvez tout le programme")]
    return contents_numbers(list_of)


def start(pdf: Pdf, part: Mapping[str, Any]) -> int:
    """The page on which the title of a part is printed, large, at its beginning."""
    return pdf.places[f"{part['id']}--{part['id']}"].page


def test_the_kit_builds_without_a_warning_and_without_a_blank(built: Built) -> None:
    assert built.build.report.diagnostics == ()
    assert built.build.dossier is not None
    assert built.build.dossier.blanks == ()


def test_the_dossier_has_24_pages_of_a4(pdf: Pdf) -> None:
    assert len(pdf) == 24
    for width, height in pdf.sizes:
        assert (width, height) == pytest.approx(A4, abs=0.5)


def test_the_contents_show_the_numbers_of_2021(pdf: Pdf) -> None:
    assert entries(pdf) == CONTENTS_NUMBERS


def test_the_parts_follow_each_other_as_in_2021(pdf: Pdf) -> None:
    firsts = {"Édito": 2, "en bref": 3, "Deux questions": 3, "Sommaire": 4, "Contacts presse": 4}
    for phrase, page in firsts.items():
        assert phrase in pdf.page(page)
    for word in ("DOSSIER", "DE", "PRESSE"):
        assert word in pdf.page(1).upper()


@pytest.mark.parametrize("number", range(len(LISTED)))
def test_a_number_of_the_contents_is_the_page_of_its_title(pdf: Pdf, number: int) -> None:
    page = entries(pdf)[number]
    assert start(pdf, LISTED[number]) == page
    assert holds(pdf.pages[page - 1], LISTED[number]["title"])


def holds(text: str, phrase: str) -> bool:
    """Tell whether the words of a phrase stand one after the other in a text."""
    wanted = words(phrase)
    assert wanted
    found = []
    for word in words(text):
        hyphenated = word.replace(LINE_END, "-")
        found.append(hyphenated if hyphenated in wanted else word.replace(LINE_END, ""))
    return f" {' '.join(wanted)} " in f" {' '.join(found)} "


def test_see_page_22_leads_to_the_four_new_labs(pdf: Pdf) -> None:
    (reference,) = re.findall(r"voir p\.\s(\d+)", one_line(pdf.text))
    assert reference == "22"
    blocks = PARTS["labs"]["body"]
    profiles = next(block for block in blocks if block.get("id") == "quatre-labs")
    assert pdf.places["laboratoires--quatre-labs"].page == 22
    assert len(profiles["labs"]) == 4
    for lab in profiles["labs"]:
        assert holds(pdf.pages[21], lab["name"])


def test_every_page_but_the_cover_has_running_title_folio_and_contact(pdf: Pdf) -> None:
    contact = EDITION["contacts"][0]
    for page in range(2, 25):
        assert "Mois de l’innovation publique" in pdf.head(page), page
        assert pdf.folio(page) == str(page)
        assert contact["name"] in pdf.foot(page)
        assert contact["telephone"] in pdf.foot(page).replace("\u00a0", " ")
    assert "Contact presse" not in pdf.page(1)


def test_a_running_title_is_never_cut(pdf: Pdf) -> None:
    for page in range(2, 25):
        assert "…" not in pdf.head(page)


def test_the_bookmarks_are_three_levels_deep_and_lead_to_their_titles(pdf: Pdf) -> None:
    assert {bookmark.level for bookmark in pdf.outline} == {1, 2, 3}
    pages = {one_line(bookmark.title): bookmark.page for bookmark in pdf.outline}
    for part in LISTED:
        known = [title for title in pages if words(title) == words(part["title"])]
        known = known or [t for t in pages if words(t) == words(part.get("contents_title", ""))]
        assert known, f"no bookmark for {part['title']}"
        assert pages[known[0]] == start(pdf, part)
    found = [bookmark.page for bookmark in pdf.outline]
    assert found == sorted(found)


def test_the_six_sections_are_bookmarked_below_their_group(pdf: Pdf) -> None:
    titles = [words(PROGRAMME[name]["title"]) for name in SECTIONS]
    below: list[list[str]] = []
    over = ""
    for bookmark in pdf.outline:
        if bookmark.level == 1:
            over = bookmark.title
        elif bookmark.level == 2 and words(over) == words(
            "La programmation du Mois de l’innovation publique"
        ):
            below.append(words(bookmark.title))
    assert below == titles


def test_every_event_is_bookmarked_below_its_section(pdf: Pdf) -> None:
    titles = [words(event["title"]) for name in SECTIONS for event in PROGRAMME[name]["events"]]
    assert [words(mark.title) for mark in pdf.outline if mark.level == 3] == titles


def test_every_entry_of_the_contents_is_a_link_to_its_page(pdf: Pdf) -> None:
    links = [link for link in pdf.links if link.page == CONTENTS_PAGE and link.anchor]
    targets = [pdf.places[link.anchor].page for link in links if link.anchor]
    assert list(dict.fromkeys(targets)) == CONTENTS_NUMBERS


def test_each_event_has_a_disc_on_the_cover_that_leads_to_it(pdf: Pdf) -> None:
    discs = [link for link in pdf.links if link.page == 1 and link.anchor]
    assert len(discs) >= 59
    assert len(EVENTS) == 59
    targets = {link.anchor for link in discs}
    for section, event in EVENTS:
        assert f"{section}--{event['id']}" in targets


def test_no_link_is_dead(pdf: Pdf) -> None:
    assert len(pdf.links) > 150
    for link in pdf.links:
        if link.uri is None:
            assert link.anchor
            assert link.anchor in pdf.places
            assert 1 <= pdf.places[link.anchor].page <= len(pdf)
        else:
            assert re.match(r"https?://[^\s/]+\.\w+|mailto:\S+@\S+\.\w+|tel:\+\d{8,}", link.uri)


def test_contacts_can_be_written_to_and_called(pdf: Pdf) -> None:
    targets = {link.uri for link in pdf.links if link.page == CONTENTS_PAGE}
    assert len(EDITION["contacts"]) == 2
    for contact in EDITION["contacts"]:
        assert f"mailto:{contact['email']}" in targets
        assert f"tel:+33{contact['telephone'].replace(' ', '')[1:]}" in targets


def test_links_to_the_web_lead_where_the_kit_says(pdf: Pdf) -> None:
    web = {link.uri for link in pdf.links if link.uri and link.uri.startswith("http")}
    assert web == {EDITION["website"]}
    more = [link for link in pdf.links if link.uri == EDITION["website"]]
    assert len(more) >= 59


def test_the_file_says_what_it_is(pdf: Pdf) -> None:
    assert pdf.metadata["title"] == "Mois de l’innovation publique – Dossier de presse"
    assert pdf.metadata["author"] == EDITION["publisher"]["name"]
    assert pdf.metadata["subject"]
    assert [words(word) for word in pdf.metadata["keywords"].split(", ")] == [
        words(word) for word in EDITION["keywords"]
    ]
    assert pdf.language == "fr"
    assert "creationdate" not in pdf.metadata


def test_the_file_is_tagged_and_its_headings_never_skip(pdf: Pdf) -> None:
    assert pdf.root["/MarkInfo"]["/Marked"]
    levels = pdf.headings
    assert len(levels) > 59
    assert levels[0] == 1
    for one, other in pairwise(levels):
        assert other <= one + 1
    assert {"P", "L", "LI", "Link", "Table", "TH"} <= set(pdf.tags)


def test_a_title_is_read_before_its_text(pdf: Pdf) -> None:
    assert pdf.tags.index("H1") < pdf.tags.index("L")


def test_all_fonts_are_embedded_and_the_theme_s(pdf: Pdf) -> None:
    theme = {path.stem.split("-")[0] for path in (program_folder("styles") / "fonts").glob("*.ttf")}
    assert len(theme) == 2
    assert len(pdf.fonts) > 4
    for font in pdf.fonts:
        assert font.embedded, font.name
        assert font.name.replace("-", "").startswith(tuple(theme)), font.name


def test_no_page_is_nearly_empty(pdf: Pdf) -> None:
    depths = {page: pdf.depth(page) for page in range(1, len(pdf) + 1)}
    assert {page: depth for page, depth in depths.items() if depth < 0.6} == {}


def test_the_dossier_holds_the_words_of_the_source(pdf: Pdf) -> None:
    paragraphs = prose_paragraphs(SOURCE)
    assert len(paragraphs) == 140
    assert share_held(paragraphs, words(pdf.text)) >= 0.998


def regions(pdf: Pdf, section: str) -> Mapping[str, tuple[str, str]]:
    """For each event of a section the text of its left column and of its right one."""
    names = [f"{section}--{event['id']}" for event in PROGRAMME[section]["events"]]
    places = [pdf.places[name] for name in (*names, f"{section}--{section}--end")]
    found = {}
    for name, here, after in zip(names, places, places[1:], strict=False):
        left = right = ""
        for page in range(here.page, after.page + 1):
            top = here.top + 1 if page == here.page else A4[1] - TOP
            bottom = after.top + 1 if page == after.page else BOTTOM
            if bottom < top:
                left += " " + pdf.within(page, right=LEFT_COLUMN, bottom=bottom, top=top)
                right += " " + pdf.within(page, left=LEFT_COLUMN, bottom=bottom, top=top)
        found[name] = (left, right)
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_every_event_has_title_organiser_date_and_time_beside_each_other(
    pdf: Pdf, section: str
) -> None:
    places = regions(pdf, section)
    assert places
    before: list[str] = []
    for event in PROGRAMME[section]["events"]:
        left, right = places[f"{section}--{event['id']}"]
        assert holds(right, event["title"])
        for organiser in (
            [event["organisers_line"]] if "organisers_line" in event else event["organisers"]
        ):
            assert holds(right, organiser)
        named, printed = said(event["when"]), sorted(numbers(left))
        days = [each for each in named if "h" not in each]
        times = [each for each in named if "h" in each]
        # a day stands once, and again at the top of a page
        assert printed == sorted(named) or (days == before and printed == sorted(times))
        before = days


def said(when: str) -> list[str]:
    """The days and times that a date names, each as one word: `3`, `9h30`."""
    return numbers(re.sub(r"\b2021\b", "", when))


def numbers(text: str) -> list[str]:
    return [word.removesuffix("er") for word in words(text) if word[0].isdigit()]


def test_dates_are_printed_with_their_weekday_and_month(pdf: Pdf) -> None:
    left, _ = regions(pdf, "ministere")[f"ministere--{EVENTS[0][1]['id']}"]
    assert EVENTS[0][1]["when"].startswith("3 novembre")
    assert words(left)[:3] == ["mercredi", "3", "novembre"] or "mer" in left
    assert "nov" in left


def test_what_is_copied_has_ordinary_spaces_and_whole_words(pdf: Pdf) -> None:
    for text in (pdf.text, pdf.page(2)):
        assert "\u00ad" not in text
        assert "\ufffd" not in text
        spaces = text.count(" ")
        assert spaces > 300
        assert text.count("\u202f") < spaces / 30
        assert set(re.findall("\u202f(.)", text)) <= set("?!;»")
        assert not re.search(r"\w[ \n][?!;]", text)


def test_raised_letters_stay_with_their_number(pdf: Pdf) -> None:
    assert pdf.page(1).count("1er au 30 novembre 2021") == 1
    assert len(re.findall(r"\b8e\b", pdf.text)) == SOURCE.count("8^e")
    assert not re.search(r"\b\d\s+(er|e)\b", pdf.text)
    assert not re.search(r"\b\d+(er|e)\n\s", pdf.text), "a line ends after the raised letters"


def test_nothing_is_printed_in_english(pdf: Pdf) -> None:
    english = r"\b(contents|press|find out|events|from|to|source:|tel\.|may|monday)\b"
    without_names = re.sub(r"(?i)crash[- ]test\w*|start[- ]?up\w*", "", pdf.text)
    assert re.findall(english, without_names, re.IGNORECASE) == []


def test_the_dossier_can_be_sent_by_mail(built: Built) -> None:
    assert 100_000 < built.pdf.path.stat().st_size < 3_000_000


def test_the_same_kit_gives_the_same_bytes_anywhere(built: Built) -> None:
    assert built.again.read_bytes() == built.pdf.path.read_bytes()


def test_a_section_that_grows_moves_every_later_number(built: Built) -> None:
    pdf = Pdf(built.grown)
    more = len(pdf) - len(built.pdf)
    assert more >= 1
    before = entries(built.pdf)
    moved = [number + more for number in before[FOLLOWING:]]
    assert entries(pdf) == [*before[:FOLLOWING], *moved]
    for part, page in zip(LISTED, entries(pdf), strict=True):
        assert start(pdf, part) == page
    assert re.findall(r"voir p\.\s(\d+)", one_line(pdf.text)) == [str(22 + more)]
    assert pdf.folio(len(pdf)) == str(len(pdf))
