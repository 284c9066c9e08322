"""Texts of others as Markdown: what is printed is what was typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from moip_press.exchange.incoming.foreign_text import Printable, from_markdown, from_plain, plain
from moip_press.exchange.incoming.html_to_markdown import from_html
from moip_press.text.prose import findings, plain_text, to_html
from tests.exchange.importing import kit

SIGNS = "ab Zé1.)#*_-+=~`>[]{}()<!&;:\\/|'\"@%\n"


def squeezed(text: str) -> str:
    """Return a text with its white space made one space."""
    return " ".join(text.split())


@given(st.text(SIGNS, max_size=60))
@example("{page:x} {website} [x]{lang=en}")
@example("1. un\n2. deux")
@example("a\n---\nb\n===\n~~~\n```")
@example("&amp; &#65; &nbsp; <b> </b> <!-- --> <a@b.example>")
@example("* un\n  * deux")
@settings(max_examples=300, deadline=None)
def test_plain_text_is_printed_as_it_was_typed(text: str) -> None:
    markdown = from_plain(text)
    typed = "\n".join(
        re.sub(r"^\s*(?:[-*•]|-{1,2}>)\s+(?=\S)", "", line) for line in text.split("\n")
    )
    assert squeezed(plain_text(markdown)) == squeezed(typed)
    assert "<em>" not in to_html(markdown, "en")
    assert "<h1>" not in to_html(markdown, "en")


@given(st.text(SIGNS, max_size=40))
@settings(max_examples=200, deadline=None)
def test_the_words_of_html_are_printed_as_they_were_typed(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    markdown = from_html(f"<p>{escaped}</p>")
    assert squeezed(plain_text(markdown)) == squeezed(text)
    assert "<em>" not in to_html(markdown, "en")


@given(st.text("<>/abiup l1=\"'&;!-\n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_broken_html_is_read_somehow(text: str) -> None:
    assert isinstance(from_html(text), str)
    assert isinstance(from_markdown(text), str)
    assert isinstance(plain(text), str)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Un</p><p>Deux</p>", "Un\n\nDeux"),
        ("Un<br>deux<br/><br />trois", "Un\\\ndeux\n\ntrois"),
        ("<b>Un</b>\ndeux", "**Un**\\\ndeux"),
        ("<p><strong>Un</strong> et <em>deux</em></p>", "**Un** et *deux*"),
        ("<b> gras </b>mot", "**gras** mot"),
        ("un<b></b>deux", "undeux"),
        ("<h2>Titre <b>gras</b></h2>texte", "**Titre gras**\n\ntexte"),
        ("<ul><li>a</li><li><p>b</p></li></ul>c", "- a\n- b\n\nc"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        (
            '<a href="https://x.example/a_b">un <b>lien</b></a>.',
            "[un lien](https://x.example/a_b).",
        ),
        ('<a href="https://x.example/(a)">x</a>', "[x](<https://x.example/(a)>)"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="/ici">x</a>', "x"),
        ("a<script>alert(1)</script><style>b{}</style>c", "ac"),
        ('<p>a<img src="x.png" alt="y">b</p>', "ab"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
        ("<p>1. un</p><p># deux</p><p>- trois</p>", "1\\. un\n\n\\# deux\n\n\\- trois"),
        ("<p>{page:x} *y*</p>", "\\{page:x} \\*y\\*"),
        ("L&eacute;g&egrave;re &amp; l&#39;autre", "Légère & l'autre"),
        ("<p>a\n  b</p>\n\n<p>c</p>", "a b\n\nc"),
    ],
)
def test_html_is_markdown(html: str, markdown: str) -> None:
    assert from_html(html) == markdown


def test_markdown_of_others_is_set_as_ours() -> None:
    typed = (
        "# Titre\n\nUn **mot**  \nsuite ![plan](https://x.example/p.png)\n\nSous\n----\n{page:x}"
    )
    assert from_markdown(typed) == ("**Titre**\n\nUn **mot**\\\nsuite\n\n**Sous**\n\n\\{page:x}")


def test_nothing_of_others_refers_to_pages_of_the_kit() -> None:
    text = "{page:presse} {website} [x](#presse)"
    for markdown in (from_plain(text), from_html(f"<p>{text}</p>")):
        assert "page" not in {
            found.reference.kind for found in findings(markdown) if hasattr(found, "reference")
        }
        assert "{page:presse}" in plain_text(markdown)


def test_lines_that_a_mail_program_broke_are_joined() -> None:
    line = "Un atelier ouvert à toutes et à tous, pour apprendre à faire ensemble"
    assert from_plain(f"{line}\n{line}\nfin.") == f"{line} {line} fin."
    assert from_plain("Courte\nligne\nfin.") == "Courte\n\nligne\n\nfin."


@pytest.mark.parametrize(
    ("text", "cleaned", "lost"),
    [
        ("Fête 🎉 du code", "Fête du code", ("🎉",)),
        ("🇫🇷 France", "France", ("🇫🇷",)),
        ("👨‍👩‍👧 famille", "famille", ("👨‍👩‍👧",)),
        ("1️⃣ un", "1 un", ()),
        ("→ oui © ® € ½", "→ oui © ® € ½", ()),
        ("a\u200bb\ufeffc\u00add", "abcd", ()),
        ("a\u2028b\u2029c\r\nd\re", "a\nb\n\nc\nd\ne", ()),
        ("a\x00b\x1fc", "abc", ("U+0000", "U+001F")),
        ("insécable\u00a0: oui\u202f!", "insécable\u00a0: oui\u202f!", ()),
    ],
)
def test_signs_that_cannot_be_printed(text: str, cleaned: str, lost: tuple[str, ...]) -> None:
    assert Printable(kit().folder).cleaned(text) == (cleaned, lost)
