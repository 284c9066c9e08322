"""A kit of another house, in English, with its own parts, order and theme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from moip_press.pdf import typeset
from moip_press.press import journey
from tests.keeping import KEPT
from tests.reading import A4, Pdf, one_line

KIT = Path(__file__).parents[1] / "kits" / "harbour"
ORDER = [
    "On the water",
    "High water at Kestrel Quay",
    "Along the quays: sheds, lofts and taverns",
    "A harbour is a library",
    "The week in figures and friends",
    "Three questions for the lightship’s keeper",
]
IDS = ("afloat", "tides", "ashore", "welcome", "friends", "keeper")
EVENTS = {
    "parade": "afloat",
    "night-watch": "afloat",
    "knots": "afloat",
    "cutter-trips": "afloat",
    "regatta": "afloat",
    "dredger": "afloat",
    "rope-walk": "ashore",
    "sail-loft": "ashore",
    "songs": "ashore",
    "lecture": "ashore",
    "chart-room": "ashore",
    "farewell": "ashore",
}


@dataclass(frozen=True)
class Built:
    """The dossier, and the first folio of each chapter that was laid out for it."""

    build: journey.Build
    pdf: Pdf
    folios: list[int]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folios: list[int] = []
    lay_out = typeset.Typesetter.lay_out

    def counted(typesetter: typeset.Typesetter, html: str, folio: int) -> typeset.Pages:
        folios.append(folio)
        return lay_out(typesetter, html, folio)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typeset.Typesetter, "lay_out", counted)
        build = journey.build(KIT, tmp_path_factory.mktemp("harbour"), cache=KEPT)
    assert build.dossier is not None, [fault.message for fault in build.report.diagnostics]
    return Built(build, Pdf(build.dossier.path), folios)


@pytest.fixture(scope="module")
def pdf(built: Built) -> Pdf:
    return built.pdf


def page_of(pdf: Pdf, anchor: str) -> int:
    return pdf.places[anchor].page


def test_it_builds_without_a_warning(built: Built) -> None:
    assert built.build.report.diagnostics == ()


def test_its_pages_are_a4_and_numbered(pdf: Pdf) -> None:
    assert 9 <= len(pdf) <= 14
    for page, (width, height) in enumerate(pdf.sizes, 1):
        assert (width, height) == pytest.approx(A4, abs=0.5)
        if page > 1:
            assert pdf.folio(page) == str(page)


def test_the_words_that_the_program_adds_are_english(pdf: Pdf) -> None:
    for phrase in (
        "Contents",
        "Press contacts",
        "Press contact: Ada Thornbury",
        "Find out more",
        "Partners",
        "Picture credits",
        "Logo to come",
        "Text to come",
        "11 events presented in this press kit",
        "Source: Harbour Office",
        "Tel.",
        "online",
    ):
        assert pdf.pages_with(phrase), phrase


def test_not_a_word_or_a_sign_is_french(pdf: Pdf) -> None:
    assert re.findall("[éèêëàâçùûôîïœÉÀ«»\u202f]", pdf.text) == []
    french = (
        r"\b(sommaire|contacts? presse|savoir plus|rendez-vous|événements?|crédits|partenaires|"
        r"septembre|octobre|samedi|dimanche|sam\.|dim\.|lun\.|du|au|et|le|les|de|à|en ligne|"
        r"innovation|publique|ditp|dossier)\b"
    )
    assert re.findall(french, pdf.text, re.IGNORECASE) == []


def test_dates_and_times_are_said_in_english(pdf: Pdf) -> None:
    assert "24 September to 2 October 2022" in pdf.page(1)
    assert "Port Maren, 1 September 2022" in pdf.page(1)
    afloat, ashore = page_of(pdf, "afloat--parade"), page_of(pdf, "ashore--lecture")
    for phrase in ("10:30am to 12:30pm", "9pm to 1am", "2pm"):
        assert phrase in pdf.page(afloat)
    assert "6pm to 7:30pm" in pdf.page(ashore)
    assert "29 September to 1 October" in pdf.page(afloat)
    assert "30 September and 1 October" in pdf.page(afloat)
    assert "from Monday 26 September" in pdf.page(page_of(pdf, "ashore--rope-walk"))
    assert "10am to midday" in pdf.page(page_of(pdf, "ashore--chart-room"))


def test_quotation_marks_and_apostrophes_are_english(pdf: Pdf) -> None:
    assert "It’s the “largest” fleet since 1951." in one_line(pdf.text)
    assert "'" not in pdf.text
    assert '"' not in pdf.text


def test_the_weekdays_begin_on_monday_in_english(pdf: Pdf) -> None:
    assert "Mon Tue Wed Thu Fri Sat Sun" in pdf.page(1)


def test_the_contents_stand_on_page_2_and_list_what_follows_in_its_order(pdf: Pdf) -> None:
    page = one_line(pdf.pages[1])
    titles = [ORDER[0], ORDER[1], "Along the quays", *ORDER[3:]]
    listed = re.findall("|".join(re.escape(title) + r" \d+" for title in titles), page)
    assert [re.sub(r" \d+$", "", entry) for entry in listed] == titles
    for entry, title in zip(listed, ORDER, strict=True):
        number = int(re.findall(r"\d+$", entry)[0])
        assert title in pdf.page(number)
    for unlisted in ("Press contacts", "Partners", "Picture credits"):
        assert f"{unlisted} " not in page


def test_parts_stand_in_the_order_of_the_kit(pdf: Pdf) -> None:
    starts = [page_of(pdf, f"{name}--{name}") for name in IDS]
    assert starts == sorted(set(starts))
    for page, title in zip(starts, ORDER, strict=True):
        assert title in pdf.page(page)
    assert pdf.pages_with("Picture credits") == [len(pdf)]


def test_the_bookmarks_lead_to_the_parts(pdf: Pdf) -> None:
    marks = {mark.title.replace("\u00a0", " "): mark.page for mark in pdf.outline}
    for title, name in zip(ORDER, IDS, strict=True):
        found = [page for mark, page in marks.items() if title.startswith(mark)]
        assert found == [page_of(pdf, f"{name}--{name}")], title


def test_page_numbers_in_the_text_are_true_forward_and_backward(pdf: Pdf) -> None:
    text = one_line(pdf.text)
    for before, anchor in (
        ("Mind the tides, they are on page", "tides--tides"),
        ("has to say on page", "keeper--keeper"),
        ("The parade has passed \\(page", "afloat--parade"),
        ("the lighter regatta \\(page", "afloat--regatta"),
        ("His library is on page", "welcome--welcome"),
        ("the night watch on page", "afloat--night-watch"),
    ):
        assert [int(n) for n in re.findall(rf"{before}\s(\d+)", text)] == [page_of(pdf, anchor)]


def test_links_inside_the_kit_lead_to_their_part(pdf: Pdf) -> None:
    keeper = page_of(pdf, "keeper--keeper")
    afloat = page_of(pdf, "afloat--afloat")
    links = {(link.page, link.anchor) for link in pdf.links}
    assert (afloat, "keeper--keeper") in links
    assert (page_of(pdf, "ashore--sail-loft"), "afloat--parade") in links
    assert (keeper, "afloat--night-watch") in links


def test_every_event_that_takes_place_has_a_disc_and_no_link_is_dead(pdf: Pdf) -> None:
    discs = {link.anchor for link in pdf.links if link.page == 1}
    all_events = {f"{section}--{event}" for event, section in EVENTS.items()}
    assert "afloat--dredger" in all_events  # the one that is cancelled
    # the regatta is postponed, and nobody knows to when
    assert all_events - discs == {"afloat--dredger", "afloat--regatta"}
    for link in pdf.links:
        assert link.uri or link.anchor in pdf.places
    web = {link.uri for link in pdf.links if link.uri}
    assert {"https://harbour.example/parade", "https://harbour.example/berths"} <= web
    assert {"mailto:press@harbour.example", "tel:+442079460018"} <= web


def test_events_that_will_not_be_as_planned_say_so(pdf: Pdf) -> None:
    page = page_of(pdf, "afloat--afloat")
    assert "CANCELLED Steam dredger open day" in pdf.page(page)
    assert "POSTPONED The lighter regatta" in pdf.page(page)


def test_places_and_online_events_are_told(pdf: Pdf) -> None:
    assert pdf.pages_with("Lightship Constance, Berth 4, Port Maren")
    assert pdf.pages_with("Tavern of the Two Cranes online")
    assert pdf.pages_with("Maren Pilots, North Quay Rowing Club and Tidewater Trust")


def test_a_part_that_the_program_does_not_know_is_printed_by_the_kit_s_template(pdf: Pdf) -> None:
    page = pdf.page(page_of(pdf, "tides--tides"))
    assert "Day Morning Evening Height" in page
    assert "Sunday 2 October 04:56 17:20 3.9" in page
    assert "High water at Kestrel Quay" in pdf.head(page_of(pdf, "tides--tides"))


def test_the_kit_s_colours_count(pdf: Pdf) -> None:
    assert pdf.colour(1, 5, 5) == "#12372f"
    assert pdf.colour(page_of(pdf, "afloat--afloat"), 5, 5) == "#12372f"


def test_no_colour_of_ours_is_left(pdf: Pdf) -> None:
    ours = {"#0b1f4d", "#5b8def", "#153f9d", "#b0361c"}
    for page in range(1, len(pdf) + 1):
        picture = pdf.image(page, 1)
        colours = picture.getcolors(maxcolors=2**24)
        assert colours
        found = {"#{:02x}{:02x}{:02x}".format(*rgb) for _, rgb in colours if isinstance(rgb, tuple)}
        assert found & ours == set(), page


def test_the_kit_s_template_adds_to_ours(pdf: Pdf) -> None:
    last = pdf.page(len(pdf))
    assert "Picture credits" in last
    assert "Dr Imogen Hale on the quay – Photograph by T. Okafor" in last
    assert "Please send a copy of what you print" in last


def test_pictures_are_drawn_with_their_alternatives(pdf: Pdf) -> None:
    assert set(pdf.pictures) == {
        "Port Maren City Museum",
        "Dr Imogen Hale on the quay",
        "Three ships at a quay, drawn as flat shapes",
        "An anchor",
    }
    assert "Kestrel Quay at low water. · Drawing by the museum" in one_line(pdf.text)


def test_key_figures_quote_and_profiles_are_printed(pdf: Pdf) -> None:
    page = pdf.page(page_of(pdf, "friends--friends"))
    for phrase in ("1,940 t", "ships that open their gangways", "car park with seagulls."):
        assert phrase in page
    profiles = page_of(pdf, "friends--maren-pilots")
    assert profiles == page_of(pdf, "friends--friends") + 1
    for phrase in ("First aboard, last ashore", "ninety oars", "The Friends of the Mole"):
        assert phrase in pdf.page(profiles)


def test_a_partner_s_words_stand_for_its_logo(pdf: Pdf) -> None:
    page = pdf.page(len(pdf))
    assert re.search(r"Maren Pilots.*Maren Pilots", page)
    assert "Logo to come" in page


def test_blanks_are_listed_by_what_is_missing(built: Built) -> None:
    assert built.build.dossier is not None
    titles = [blank.title for blank in built.build.dossier.blanks]
    assert len(titles) == 4
    assert {"How deep is a harbour?", "The Friends of the Mole"} <= set(titles)
    for title in titles:
        assert "/" not in title, "a blank is named by what it belongs to, not by its file"
    assert titles.count("Tidewater Trust") == 2


def test_a_draft_says_so_on_the_cover_and_at_the_foot_of_every_page(pdf: Pdf) -> None:
    assert "Draft" in pdf.page(1)
    for page in range(2, len(pdf) + 1):
        assert "Draft" in pdf.foot(page), page


def test_the_file_says_what_it_is_in_english(pdf: Pdf) -> None:
    assert pdf.language == "en"
    assert pdf.metadata["title"] == "Draft – Harbour Heritage Week – Press kit"
    assert pdf.metadata["author"] == "Port Maren City Museum"
    assert pdf.metadata["subject"] == "The programme of a week of maritime heritage in Port Maren"
    assert pdf.metadata["keywords"] == "maritime heritage, open ships, Port Maren"


def test_headings_never_skip(pdf: Pdf) -> None:
    assert pdf.headings[0] == 1
    assert all(other <= one + 1 for one, other in zip(pdf.headings, pdf.headings[1:], strict=False))


def test_subtitle_and_issue_are_on_the_cover(pdf: Pdf) -> None:
    for phrase in ("Version 2", "At Kestrel Quay", "Free of charge, on both banks of the river"):
        assert phrase in pdf.page(1), phrase


def test_a_chapter_is_laid_out_again_only_for_a_number_that_it_did_not_know(built: Built) -> None:
    chapters = 10
    forward = ["contents", "afloat"]
    # an editorial and an article that leave much of their last page free: they are tried wider
    mostly_empty = [page_of(built.pdf, f"{name}--{name}") for name in ("welcome", "friends")]
    assert [folio for folio in set(built.folios[:-2]) if built.folios[:-2].count(folio) > 1] == (
        mostly_empty
    )
    assert len(built.folios) == chapters + len(mostly_empty) + len(forward)
