"""Links, addresses and contacts that lead nobody anywhere, and those that are as they should be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from moip_press.proofread import links
from moip_press.proofread.links import link_addresses
from moip_press.proofread.links.targets import owner
from moip_press.text import telephone
from tests.proofread import proofs
from tests.proofread.proofs import text


def found(folder: Path, *parts: dict[str, Any], **edition: Any) -> list[tuple[str, str]]:
    return proofs.found(links.FINDERS, folder, *parts, **edition)


def linked(*urls: str | None) -> dict[str, Any]:
    events: list[dict[str, Any]] = [
        {"title": f"Atelier {number}", "when": "16 novembre"} for number, _ in enumerate(urls)
    ]
    for event, url in zip(events, urls, strict=True):
        if url:
            event["link"] = url
    return {"type": "programme", "title": "Le programme", "events": events}


SITE = "https://www.example.org"


@pytest.mark.parametrize(
    ("urls", "words"),
    [
        ([SITE, SITE, None], ["Atelier 2"]),
        ([SITE, None, None], ["Atelier 1"]),
        ([SITE, None, None, None], []),
        ([SITE, SITE], []),
        ([None, None], []),
    ],
)
def test_events_without_link_are_told_once_a_section_where_others_have_one(
    tmp_path: Path, urls: list[str | None], words: list[str]
) -> None:
    assert found(tmp_path, linked(*urls)) == [("L201", each) for each in words]


def test_a_kit_without_any_link_of_an_event_is_told_once(tmp_path: Path) -> None:
    sections = linked(*[None] * 6), linked(*[None] * 6)
    for number, section in enumerate(sections):
        section["id"] = f"section-{number}"
        for event in section["events"]:
            event["id"] = f"{section['id']}-{event['title'].lower().replace(' ', '-')}"
    assert found(tmp_path, *sections) == []
    led = {"link_fallback": "website"}
    assert found(tmp_path, *sections, website=SITE) == []
    assert found(tmp_path, *sections, website=f"{SITE}/mois/programme", **led) == []
    assert found(tmp_path, *sections, website=SITE, **led) == [("L201", "Atelier 0")]


def test_what_is_cancelled_or_linked_in_its_text_needs_no_link(tmp_path: Path) -> None:
    section = linked(SITE, None, None, None)
    section["events"][1]["status"] = "cancelled"
    section["events"][2]["text"] = f"Voir [le site du lab]({SITE}/lab)."
    section["events"][3]["registration"] = f"{SITE}/inscription"
    assert found(tmp_path, section) == []


WRONG_ADDRESSES = [
    ("https://www.example.org/labs,", ","),
    ("https://www.example.org/labs.", "."),
    ("https://www.example.org/labs;", ";"),
    ("https://www.example.org/labs%20", "%20"),
    ("https://https://www.example.org", "https://"),
    ("https://http://www.example.org", "https://"),
    ("https://www,example.org/labs", "https://www,example.org/labs"),
    ("https://www..example.org", "https://www..example.org"),
    ("https://www.example", "https://www.example"),
    ("https://wwww.example.org", "https://wwww.example.org"),
    ("https://example/labs", "https://example/labs"),
    ("https://-example.org", "https://-example.org"),
    ("https://www.example.org/labs)", "https://www.example.org/labs)"),
]
RIGHT_ADDRESSES = [
    "https://www.example.org/labs",
    "https://example.org",
    "https://labs.ville.example.co.uk/a/b?c=d,e&f=(g)#h",
    "https://fr.wikipedia.org/wiki/Chaise_(meuble)",
    "https://fr.wikipedia.org/wiki/S.A.",
    "https://www.example.org/a%20b.pdf",
    "https://www.exämple.org/été",
    "https://localhost:8000/labs",
    "https://192.168.1.1/labs",
    "https://web.archive.org/web/2021/https://www.example.org",
    "https://my_lab.example.org/",
    "https://www.example.org:8443/labs",
    "https://www.example.org/labs!",
]


@pytest.mark.parametrize(("url", "words"), WRONG_ADDRESSES)
def test_a_slip_in_an_address_is_found(tmp_path: Path, url: str, words: str) -> None:
    assert found(tmp_path, linked(url)) == [("L203", words)]


@pytest.mark.parametrize("url", RIGHT_ADDRESSES)
def test_a_sound_address_is_left_alone(tmp_path: Path, url: str) -> None:
    assert found(tmp_path, linked(url)) == []


def test_links_that_are_not_encrypted_are_told_once_a_site(tmp_path: Path) -> None:
    plain = linked("http://a.example.org/1", "http://a.example.org/2", "http://b.example.net")
    assert found(tmp_path, plain) == [("L202", "http"), ("L202", "http")]
    assert found(tmp_path, linked("http://localhost/a", "http://10.0.0.1/a")) == []


@pytest.mark.parametrize(
    ("address", "exists"),
    [
        ("presse@example.org", True),
        ("claire.bonnetier@modernisation.gouv.fr", True),
        ("o'neil@example.org", True),
        ("élan@example.org", True),
        ("a+b_c-d@addresses.example.museum", True),
        ("presse@exämple.fr", True),
        ("presse..ville@example.org", False),
        ("presse.@example.org", False),
        ("presse@example.con", False),
        ("presse@example.rf", False),
        ("presse@-example.org", False),
        ("presse@example_org.fr", False),
    ],
)
def test_an_e_mail_address_can_exist_or_not(address: str, *, exists: bool) -> None:
    assert link_addresses.mail_can_exist(address) is exists


def test_what_was_meant_by_an_address_is_told() -> None:
    assert link_addresses.meant_mail("presse@example.con") == "presse@example.com"
    assert link_addresses.meant_mail("presse@example.org.") == "presse@example.org"
    assert link_addresses.meant_mail("presse..ville@example.org") is None


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("[Le lab](mailto:lab@example.con)", "lab@example.con"),
        ("[Le lab](mailto://lab@example.org)", "//lab@example.org"),
        ("[Le lab](mailto:lab@example.org,b..c@example.org)", "b..c@example.org"),
        ("[Le lab](tel:+33102)", "tel:+33102"),
    ],
)
def test_a_link_to_nobody_is_found(tmp_path: Path, written: str, words: str) -> None:
    assert [each for _, each in found(tmp_path, text(written))] == [words]


def test_links_to_somebody_are_left_alone(tmp_path: Path) -> None:
    written = (
        "[Le lab](mailto:lab@example.org?subject=Bonjour%20le%20lab), <lab@example.org>, "
        "[le service](tel:3939), [le standard](tel:+33-1-02-03-04-05), [Londres](tel:+442079460018)"
    )
    assert found(tmp_path, text(written)) == []


@pytest.mark.parametrize(
    ("number", "country", "exists"),
    [
        ("01 02 03 04 05", "FR", True),
        ("+33 (0)1 40 50 60 70", "FR", True),
        ("06.08.72.50.29", "FR", True),
        ("3939", "FR", True),
        ("0 800 123 456", "FR", True),
        ("0690 12 34 56", "FR", True),
        ("020 7946 0018", "GB", True),
        ("+32 2 512 34 56", "FR", True),
        ("02 512 34 56", "BE", True),
        ("01 23 45 67 8", "FR", False),
        ("01 23 45 67 89 0", "FR", False),
        ("00 00 00 00 00", "FR", False),
        ("01 02 03 04 05 / 06 07 08 09 10", "FR", False),
        ("020 7946 001", "GB", False),
    ],
)
def test_a_telephone_number_exists_in_its_country_or_not(
    number: str, country: str, *, exists: bool
) -> None:
    assert telephone.exists(number, country) is exists


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Écrivez à presse@ville..fr.", [("L204", "presse@ville..fr")]),
        ("Écrivez à presse@ville.con", [("L204", "presse@ville.con")]),
        ("Téléphone : 00 42 34 56 78.", [("L205", "00 42 34 56 78")]),
        ("Appelez le 06 12 34 56.", [("L205", "06 12 34 56")]),
        ("Tél. : 04 67 39 00 00 ou 01 42 34 56 78/79.", []),
        ("Écrivez à presse@example.org, à prénom.nom@ville.fr ; Pl@ntNet, @presse, @a.b.", []),
        ("Appelez le 06 12 34 56 78 ou le 0 800 130 000. Tél. : 3939.", []),
        ("L'appel pèse 02 03 04 % ; le portable, 0,12 kg.", []),
        ("Le rendez-vous des 05 06 07 08.", []),
        ("Voir [presse@ville.fr](mailto:presse@ville.fr).", []),
    ],
)
def test_what_reaches_nobody_is_found_in_a_text_too(
    tmp_path: Path, words: str, told: list[tuple[str, str]]
) -> None:
    assert found(tmp_path, text(words)) == told


def test_a_kit_without_press_contact_is_told(tmp_path: Path) -> None:
    assert found(tmp_path, text("Bonjour."), contacts=None) == [("L206", "title")]
    assert found(tmp_path, text("Bonjour."), contacts=[]) == [("L206", "contacts")]


def test_a_contact_stands_on_a_page(tmp_path: Path) -> None:
    contacts = [
        {"id": "mairie", "email": "mairie@example.org"},
        {"id": "agence", "email": "agence@example.org"},
    ]
    chosen = {"type": "contacts", "contacts": ["mairie"]}
    assert found(tmp_path, text("Bonjour."), contacts=contacts) == [("L207", "agence")]
    assert found(tmp_path, chosen, contacts=contacts) == [("L207", "agence")]
    assert found(tmp_path, {"type": "contacts"}, contacts=contacts) == []
    assert found(tmp_path, text("Bonjour."), contacts=contacts[:1]) == []


WRONG_WORDS = [
    ("Voir [www.example.org](https://www.example.com).", [("L208", "www.example.org")]),
    ("Voir [https://example.org/a](https://example.net/a).", [("L208", "https://example.org/a")]),
    (
        "La [Ville du Port](https://a.example) et la [Ville du Port](https://b.example).",
        [("L209", "https://b.example")],
    ),
]
RIGHT_WORDS = [
    "Voir [www.example.org](https://www.example.org/labs/1).",
    "Voir [example.org](https://labs.example.org).",
    "Voir [labs.example.co.uk](https://www.example.co.uk).",
    "Voir [le site](https://www.example.org) et [le site](https://www.example.com).",
    "La [Ville du Port](https://example.org/a) et la [Ville du Port](https://www.example.org/b).",
    "[Inscription](https://a.example) et [Inscription](https://b.example)",
    "Voir <https://www.example.org/labs>.",
    "Voir `www.example.org`.",
    "Voir www.example.org, puis https://www.example.com !",
    "Écrire à lab@www.example.org ou à presse@example.org.",
    "La version 2.0.1 du logiciel Node.js, etc.",
    "Voir [le site]({website}) et [www.example.org]({website}).",
]


@pytest.mark.parametrize(("written", "expected"), WRONG_WORDS)
def test_words_that_do_not_fit_their_link_are_found(
    tmp_path: Path, written: str, expected: list[tuple[str, str]]
) -> None:
    assert found(tmp_path, text(written), website=SITE) == expected


@pytest.mark.parametrize("written", RIGHT_WORDS)
def test_words_that_fit_their_link_are_left_alone(tmp_path: Path, written: str) -> None:
    assert found(tmp_path, text(written), website=SITE) == []


def test_the_label_of_a_website_is_its_address(tmp_path: Path) -> None:
    about = {"title": "La ville", "website": SITE, "website_label": "www.example.com"}
    assert found(tmp_path, text("Bonjour."), about=about) == [("L208", "www.example.com")]
    about["website_label"] = "example.org"
    assert found(tmp_path, text("Bonjour."), about=about) == []


def test_a_site_belongs_to_whoever_owns_its_name() -> None:
    assert owner("www.ville.example.fr") == owner("example.fr")
    assert owner("a.example.co.uk") == "example.co.uk"
    assert owner("economie.gouv.fr") == "economie.gouv.fr"
