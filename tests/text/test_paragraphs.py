"""The words of a text as a reader meets them, each at its place in the Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moip_press.kit.model.fields import Text
from moip_press.text import characters
from moip_press.text.prose import PAGE_NUMBER, paragraphs, plain_paragraph

MARKUP = st.text(
    alphabet=st.sampled_from(list("abé1 .'*_`[](){}#>-+!\\&;<>\n\t«»\u00a0")), max_size=120
)


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Un mot.", ["Un mot."]),
        ("Un **mot *gras***.", ["Un mot gras."]),
        ("Voir [le site](https://a.example/le-site).", ["Voir le site."]),
        ("<https://a.example/x>", ["https://a.example/x"]),
        ("une\nligne  \net l'autre", ["une ligne et l'autre"]),
        ("\\*ça\\* &amp; `co de`", ["*ça* & co de"]),
        ("voir p. {page:labs}", [f"voir p. {PAGE_NUMBER}"]),
        ("- un\n  mot\n- deux", ["un mot", "deux"]),
        ("# Titre #\n\ntexte", ["Titre", "texte"]),
        ("> cit\n> ation", ["cit ation"]),
        ("```\ncode\n```\n\ntexte", ["texte"]),
        ("", []),
    ],
)
def test_markup_is_not_read(markdown: str, words: list[str]) -> None:
    assert [paragraph.text for paragraph in paragraphs(markdown)] == words


def test_a_list_is_one_list() -> None:
    found = paragraphs("- a\n- b\n\ntexte\n\n1. c\n2. d")
    assert [(p.kind, p.list) for p in found] == [
        ("item", 1),
        ("item", 1),
        ("paragraph", 0),
        ("item", 2),
        ("item", 2),
    ]


def test_what_is_linked_or_emphasised_is_told() -> None:
    (found,) = paragraphs("un *deux* [trois](https://a.example) {page:x}")
    kinds = [(s.kind, found.text[s.start : s.end], s.url) for s in found.stretches]
    assert kinds == [
        ("em", "deux", ""),
        ("link", "trois", "https://a.example"),
        ("page", PAGE_NUMBER, ""),
    ]


@given(MARKUP)
def test_every_sign_has_its_place(markdown: str) -> None:
    for found in paragraphs(markdown):
        assert len(found.text) == len(found.places) == len(found.ends)
        assert list(found.places) == sorted(found.places)
        for sign, start, end in zip(found.text, found.places, found.ends, strict=True):
            written = markdown[start:end]
            assert 0 <= start < end <= len(markdown)
            assert sign in (written, " ") or len(written) > 1


@given(st.text(max_size=60))
def test_a_plain_text_is_one_paragraph(text: str) -> None:
    found = plain_paragraph(text)
    assert len(found.text) == len(found.places) == len(found.ends)
    assert found.text == (
        read[0] if (read := characters.read(Text.read(text))) else Text.read(text)
    )
