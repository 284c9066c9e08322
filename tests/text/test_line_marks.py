"""Lists and headings are set as they are meant, whatever they were typed or pasted with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moip_press.text.prose import paragraphs, plain_text, to_html


def shown(markdown: str) -> str:
    return to_html(markdown, "fr").replace("\n", "")


TWO = "<ul><li>un</li><li>deux</li></ul>"
COUNTED = "<ol><li>un</li><li>deux</li></ol>"
NESTED = "<ul><li>un<ul><li>deux</li><li>trois</li></ul></li><li>quatre</li></ul>"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Soit :\n• un\n• deux", f"<p>Soit\u00a0:</p>{TWO}"),
        ("•un\n•deux", TWO),
        ("·\tun\n·\tdeux", TWO),
        ("\uf0b7\tun\n\uf0a7\tdeux", TWO),
        ("o\tun\no\tdeux", TWO),
        ("– un\n– deux", TWO),
        ("— un\n\n— deux", TWO),
        ("-un\n-deux", TWO),
        ("✓ un\n✓ deux", TWO),
        ("-\u00a0un\n-\u00a0deux", TWO),
        ("\ufeff- un\n\u200b- deux", TWO),
        ("    • un\n    • deux", TWO),
        ("+ un\n+ deux", TWO),
        ("1.\u00a0un\n2.\u00a0deux", COUNTED),
        ("1) un\n2) deux", COUNTED),
        ("1)un\n2)deux", COUNTED),
        ("1/ un\n2/ deux", COUNTED),
        ("1° un\n2° deux", COUNTED),
        ("1 - un\n2 - deux", COUNTED),
        ("a) un\nb) deux", COUNTED.replace("<ol>", '<ol class="letters">')),
        ("A) un\nB) deux", COUNTED.replace("<ol>", '<ol class="capitals">')),
        ("•\tun\n\t\to\tdeux\n\t\to\ttrois\n•\tquatre", NESTED),
        ("• un\n      • deux\n      • trois\n• quatre", NESTED),
        ("> • un\n> • deux", f"<blockquote>{TWO}</blockquote>"),
        ("* un\n  * deux\n\n* trois", "<ul><li>un<ul><li>deux</li></ul></li><li>trois</li></ul>"),
        ("#\u00a0Titre", "<h1>Titre</h1>"),
        ("##Titre", "<h1>Titre</h1>"),
    ],
)
def test_a_list_is_one_whatever_begins_its_lines(markdown: str, html: str) -> None:
    assert shown(markdown) == html
    words = [paragraph.text for paragraph in paragraphs(markdown)]
    assert words == plain_text(markdown).split("\n")


@pytest.mark.parametrize(
    "markdown",
    [
        "– comme ici –, rien",
        "— Marie Martin",
        "→ S’inscrire",
        "o\tun",
        "-un",
        "-20 %\n-30 %",
        "18 - 20 h : visite\n19 - 21 h : débat",
        "1.5 million\n2.5 millions",
        "b) un\nc) deux",
        "#hashtag",
        "● ● ●",
        "•••",
        "2/ deux\n3/ trois",
    ],
)
def test_a_sign_that_stands_for_itself_stays(markdown: str) -> None:
    assert paragraphs(markdown)[0].text == markdown.replace("\n", " ")
    assert shown(markdown).startswith("<p>")
    assert len(paragraphs(markdown)) == 1


def test_a_paragraph_parts_two_lists() -> None:
    assert "<ul>" not in shown("– un\n\nUne pause.\n\n– deux")
    assert (
        shown("1/ un\n2/ deux\n1/ un\n2/ deux") == "<ol>" + "<li>un</li><li>deux</li>" * 2 + "</ol>"
    )


def test_code_is_left_alone() -> None:
    assert shown("```\n• un\n• deux\n```") == "<pre><code>• un• deux</code></pre>"
    assert shown("• un\n```\n– x\n– y\n```").endswith("<pre><code>– x– y</code></pre>")


def test_the_first_paragraph_of_an_item_begins_it() -> None:
    found = paragraphs("• un\n\n  suite\n• deux\n\nfin")
    assert [(each.text, each.begins_item) for each in found] == [
        ("un", True),
        ("suite", False),
        ("deux", True),
        ("fin", False),
    ]


PIECES = [
    "• ",
    "•",
    "– ",
    "-",
    "- ",
    "1/ ",
    "2/ ",
    "a) ",
    "b) ",
    "\t",
    "    ",
    "\xa0",
    "> ",
    "\n",
    "o\t",
    "1. ",
    "## ",
    "##",
    "```",
    "mot ",
    "un mot",
    "*",
    "é",
]


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_every_character_keeps_its_place(markdown: str) -> None:
    for found in paragraphs(markdown):
        for sign, start, end in zip(found.text, found.places, found.ends, strict=True):
            assert sign == " " or markdown[start:end] == sign
