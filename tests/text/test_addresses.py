"""An address is a link wherever it stands in a text, and nothing else is."""

from __future__ import annotations

import pytest

from moip_press.text.addresses import addresses, breakable, unbroken
from moip_press.text.prose import Reference, links, paragraphs, text, to_html
from moip_press.text.telephone import exists, link

FOUND = [
    # e-mail
    ("écrire à a.b+c@ville-x.example.fr.", ["mailto:a.b+c@ville-x.example.fr"]),
    ("(PRESSE@EXAMPLE.FR)", ["mailto:PRESSE@EXAMPLE.FR"]),
    ("contact:a@b.fr;c@d.fr", ["mailto:a@b.fr", "mailto:c@d.fr"]),
    ("l’adresse d'info@b.fr", ["mailto:info@b.fr"]),
    # pages
    ("https://a.fr/b_c_d, http://b.fr", ["https://a.fr/b_c_d", "http://b.fr"]),
    ("Www.A.fr !", ["https://Www.A.fr"]),
    ("«\u00a0www.a.fr\u00a0» et www.a.fr/x?", ["https://www.a.fr", "https://www.a.fr/x"]),
    ("(voir https://a.fr/Paris_(ville))", ["https://a.fr/Paris_(ville)"]),
    ("[site] (https://a.fr/b).", ["https://a.fr/b"]),
    ("https://a.fr/?a=1&b=2#c…", ["https://a.fr/?a=1&b=2#c"]),
    ("mediatheque.example.fr/agenda,", ["https://mediatheque.example.fr/agenda"]),
    ("impots.gouv.fr ou data.example.org.", ["https://impots.gouv.fr", "https://data.example.org"]),
    ("d’impots.gouv.fr", ["https://impots.gouv.fr"]),
    ("https://www.a.fr/@b/c@d.fr", ["https://www.a.fr/@b/c@d.fr"]),
    ("http://localhost:8000/x", ["http://localhost:8000/x"]),
    # numbers
    ("tél. 01 99 00 12 34.", ["tel:01 99 00 12 34"]),
    ("tél.01.99.00.12.34 ou 06-12-34-56-78", ["tel:01.99.00.12.34", "tel:06-12-34-56-78"]),
    ("01\u00a099\u00a000\u00a012\u00a034/35", ["tel:01 99 00 12 34"]),
    ("01 99 00\n12 34, 12 rue X", ["tel:01 99 00 12 34"]),
    ("01 99 00 12 34 12 rue X", ["tel:01 99 00 12 34"]),
    ("+33 (0)1 99 00 12 34", ["tel:+33 (0)1 99 00 12 34"]),
    ("(+33) 1 99 00 12 34", ["tel:(+33) 1 99 00 12 34"]),
    ("0033 1 99 00 12 34", ["tel:0033 1 99 00 12 34"]),
    ("0 800 123 456 (gratuit)", ["tel:0 800 123 456"]),
    ("+44 20 7946 0958, +1 202-555-0143", ["tel:+44 20 7946 0958", "tel:+1 202-555-0143"]),
    ("+32 2 123 45 67", ["tel:+32 2 123 45 67"]),
    # none of these
    ("Node.js, la fin.La suite, M.Martin/Mme, S.A.R.L., et/ou, km/h, 3.5/4", []),
    ("Pl@ntNet, @ville, user@host, @a@b.fr, www., www.x, https://, a@b", []),
    ("du 02.03.2026 10 h, 02-03-2026 10:30, 05 12 2026, 10:30", []),
    ("n° 0199001234, ISBN 0201896834, SIRET 01234567890123, 1 250 000 €", []),
    ("0,5 %, 01234567€, 12.0199001234, 0199001234.5", []),
]


@pytest.mark.parametrize(("typed", "urls"), FOUND)
def test_addresses_are_found_without_what_stands_round_them(typed: str, urls: list[str]) -> None:
    assert [address.url for address in addresses(typed)] == urls
    for address in addresses(typed):
        assert " ".join(typed[address.start : address.end].split()) in address.url


def resolve(reference: Reference) -> str:
    number = reference.id
    return link(number, "FR") if exists(number, "FR") else ""


LINKED = [
    ("www.a.fr?", '<a href="https://www.a.fr">www.a.fr</a>_?'),
    ("**www.a.fr** *b@c.fr*", None),
    ("_www.a.fr_", '<em><a href="https://www.a.fr">www.a.fr</a></em>'),
    ("a.fr/b?c;d", '<a href="https://a.fr/b?c;d">a.fr/b?c;d</a>'),
    ("a.fr/?b=1&amp;c\\_d", '<a href="https://a.fr/?b=1&amp;c_d">a.fr/?b=1&amp;c_d</a>'),
    ("`www.a.fr`", "<code>www.a.fr</code>"),
    ("[www.a.fr](https://b.fr)", '<a href="https://b.fr">www.a.fr</a>'),
    ("[a b@c.fr](https://b.fr/c.fr/d)", '<a href="https://b.fr/c.fr/d">a~b@c.fr</a>'),
    ("[b@c.fr]{lang=en}", '<span lang="en"><a href="mailto:b@c.fr">b@c.fr</a></span>'),
    ("tél. 01 99 00\n12 34", 'tél. <a href="tel:+33199001234">01~99~00~12~34</a>'),
    ("+33 (0)6.12.34.56.78", '<a href="tel:+33612345678">+33~(0)6.12.34.56.78</a>'),
    ("08 12 34, 04 00 00 00 0", "08 12 34, 04 00 00 00 0"),
    ("+44 20 7946 0958 00", "+44 20 7946 0958 00"),
]


@pytest.mark.parametrize(("typed", "expected"), LINKED)
def test_what_is_an_address_is_a_link_of_plain_text(typed: str, expected: str | None) -> None:
    if expected is None:
        expected = (
            '<strong><a href="https://www.a.fr">www.a.fr</a></strong>'
            ' <em><a href="mailto:b@c.fr">b@c.fr</a></em>'
        )
    found = to_html(typed, "fr", resolve=resolve)
    assert found.replace("\u00a0", "~").replace("\u202f", "_") == f"<p>{expected}</p>"


def test_addresses_in_plain_fields_are_links_too() -> None:
    found = text("sur inscription : *resa@a.fr* & 01 99 00 12 34", "fr", resolve=resolve)
    assert found == (
        'sur inscription\u00a0: *<a href="mailto:resa@a.fr">resa@a.fr</a>* &amp; '
        '<a href="tel:+33199001234">01\u00a099\u00a000\u00a012\u00a034</a>'
    )


def test_the_proofreader_sees_the_same_links_at_their_places() -> None:
    typed = "Voir *www.a.fr*,\n`www.b.fr`, b@c.fr et 01 99 00 12 34 ; [x](https://d.fr)"
    found = links(typed)
    assert [found.url for found in found] == ["https://www.a.fr", "mailto:b@c.fr", "https://d.fr"]
    assert [typed[each.start : each.end] for each in found] == [
        "www.a.fr",
        "b@c.fr",
        "https://d.fr",
    ]
    (paragraph,) = paragraphs(typed)
    stretches = [each for each in paragraph.stretches if each.kind == "link"]
    assert [paragraph.text[each.start : each.end] for each in stretches] == [
        "www.a.fr",
        "b@c.fr",
        "x",
    ]
    for each in stretches:
        start, end = paragraph.places[each.start], paragraph.ends[each.end - 1]
        assert typed[start:end] == paragraph.text[each.start : each.end]


def test_long_addresses_break_at_their_signs_and_nowhere_else() -> None:
    typed = "https://www.mediatheque-trois-rives.example.org/programme-automne/un?b=c&d-e"
    shown = breakable(typed)
    assert shown.split("\u200b") == [
        "https://",
        "www.",
        "mediatheque-\u2060trois-\u2060rives.",
        "example.",
        "org/",
        "programme-\u2060automne/",
        "un?",
        "b=c&",
        "d-\u2060e",
    ]
    assert unbroken(shown) == typed
    assert breakable("Auvergne-Rhône-Alpes et Bourgogne") == "Auvergne-Rhône-Alpes et Bourgogne"
    assert breakable("le programme") == "le\u00a0programme"


def test_an_address_in_a_narrow_box_breaks_before_its_hyphens() -> None:
    shown = breakable("www.patrimoines-de-bretagne.example", 22)
    assert shown.split("\u200b") == [
        "www.",
        "patrimoines",
        "-\u2060de",
        "-\u2060bretagne.",
        "example",
    ]
    assert unbroken(shown) == "www.patrimoines-de-bretagne.example"
    assert "\u200b" not in breakable("www.patrimoines-de-bretagne.example")


def test_a_long_name_of_a_file_breaks_before_its_underscores() -> None:
    shown = breakable("https://www.example.org/reglement_interieur_adopte_par_le_conseil_du_12.pdf")
    assert "reglement\u200b_interieur\u200b_adopte" in shown
