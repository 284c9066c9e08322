"""Markup that looks meant and prints as it is typed is found, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moip_press.text.prose import RawMark, raw_marks


def mended(markdown: str, marks: Sequence[RawMark]) -> str:
    for change in sorted((c for mark in marks for c in mark.changes), key=lambda c: -c.start):
        if change.text is not None:
            markdown = markdown[: change.start] + change.text + markdown[change.end :]
    return markdown


FOUND = [
    # tables
    ("| a | b |\n|---|\n| c | d |", "table", "| a | b |\n|---|\n| c | d |"),
    ("Voici :\n| a | b |\n| c | d |", "table", "| a | b |\n| c | d |"),
    ("+---+---+\n| a | b |\n+---+---+", "table", "+---+---+\n| a | b |\n+---+---+"),
    ("Lundi\t9 h\nMardi\t10 h", "table", "Lundi\t9 h\nMardi\t10 h"),
    # footnotes
    ("Une note[^1].", "footnote", "[^1]"),
    ("Une note.\n\n[^1]: La note.", "footnote", "[^1]"),
    ("Une [note[^1]](https://a.example).", "footnote", "[^1]"),
    ("Une note^[la note].", "footnote", "^[la note]"),
    # links
    ("[site] (https://a.example)", "link", "[site] (https://a.example)"),
    (
        "[site](https://a.example/un fichier.pdf)",
        "link",
        "[site](https://a.example/un fichier.pdf)",
    ),
    ("[site](https://a.example", "link", "[site](https://a.example"),
    ("(https://a.example)[site]", "link", "(https://a.example)[site]"),
    ("le [[programme]]", "link", "[[programme]]"),
    ("le [site][s]", "link", "[site][s]"),
    ("![plan][p]", "link", "![plan][p]"),
    ("<www.a.example>", "link", "<www.a.example>"),
    ("[https://a.example le site]", "link", "[https://a.example le site]"),
    ("[le site|https://a.example]", "link", "[le site|https://a.example]"),
    ("[s]: https://a.example", "reference", "[s]: https://a.example"),
    # emphasis
    ("un ** mot ** là", "emphasis", "** mot **"),
    ("un **mot **là", "emphasis", "**mot **"),
    ("un __mot __ là", "emphasis", "__mot __"),
    ("un *mot * là", "emphasis", "*mot *"),
    ("un ~~ mot ~~ là", "emphasis", "~~ mot ~~"),
    ("un **mot là", "emphasis", "**"),
    ("un **mot* là", "emphasis", "*"),
    ("un '''mot''' là", "emphasis", "'''mot'''"),
    # lines
    ("Étapes :\n2. un\n3. deux", "lines", "2. un\n3. deux"),
    ("b) un\nc) deux", "lines", "b) un\nc) deux"),
    ("I. un\nII. deux", "lines", "I. un\nII. deux"),
    ("¤ un\n¤ deux", "lines", "¤ un\n¤ deux"),
    ("Lieu : Brest\nTarif : 5 €", "lines", "Lieu : Brest\nTarif : 5 €"),
    ("Avec\\\nLieu : Brest\nTarif : 5 €", "lines", "Lieu : Brest\nTarif : 5 €"),
    ("Un mot\n: ce qu’il dit", "definition", ": ce qu’il dit"),
    ("Au programme : • un • deux", "items", ": • un • deux"),
    ("Au programme : - un - deux", "items", ": - un - deux"),
    ("• un • deux", "items", "• deux"),
    # other marks
    ("un ==mot==", "highlight", "==mot=="),
    ("un ++mot++", "highlight", "++mot++"),
    ("20 m^2", "raised", "^2"),
    ("x^2^", "raised", "^2^"),
    ("H~2~O", "raised", "~2~"),
    ("- [ ] à faire\n- fait", "task", "[ ]"),
    ("# Titre {#id}", "attribute", "{#id}"),
    ("un [b]mot[/b]", "attribute", "[b]"),
    ("sur {website}", "placeholder", "{website}"),
    ("=====", "drawn", "====="),
    ("Titre\n^^^^^", "drawn", "^^^^^"),
    ("== Titre ==", "title", "== Titre =="),
    ("h2. Titre", "title", "h2. Titre"),
    ("la fête :tada:", "attribute", ":tada:"),
    ("> [!NOTE]\n> Un mot", "attribute", "[!NOTE]"),
    ("Une ligne\\nUne autre", "line-end", "\\n"),
    ("&lt;b&gt;mot", "html", "&lt;b&gt;"),
    # blocks
    ("Venez.\n\n~~~~~~\nEntrée libre.", "code", "~~~~~~"),
    ("Venez.\n---\nEntrée libre.", "heading", "---"),
    ("Venez.\n\n* Entrée libre", "asterisk", "*"),
]


@pytest.mark.parametrize(("markdown", "kind", "typed"), FOUND)
def test_what_is_not_read_is_found_at_its_place(markdown: str, kind: str, typed: str) -> None:
    (found,) = raw_marks(markdown)
    assert (found.kind, markdown[found.start : found.end]) == (kind, typed)


@pytest.mark.parametrize(
    ("markdown", "meant"),
    [
        ("[site] (https://a.example)", "[site](https://a.example)"),
        ("[site] (www.a.example)", "[site](https://www.a.example)"),
        ("[site](https://a.example/un fichier)", "[site](https://a.example/un%20fichier)"),
        ("(https://a.example)[site]", "[site](https://a.example)"),
        ("<www.a.example>", "www.a.example"),
        (
            "[le site][s]\n\n[s]: www.a.example",
            "[le site](https://www.a.example)\n\n[s]: www.a.example",
        ),
        ("[s]\n\n[S]: <https://a.example>", "[s](https://a.example)\n\n[S]: <https://a.example>"),
        ("[https://a.example le site]", "[le site](https://a.example)"),
        ("[le site|https://a.example]", "[le site](https://a.example)"),
        ("== Titre ==", "## Titre"),
        ("un '''mot'''", "un **mot**"),
        ("un ** mot ** là", "un **mot** là"),
        ("un **mot **là", "un **mot** là"),
        ("un** mot** là", "un **mot** là"),
        ("un__mot__là", "un**mot**là"),
        ("un *mot * là", "un *mot* là"),
        ("un ~~ mot ~~", "un ~~mot~~"),
    ],
)
def test_what_is_certain_is_mended(markdown: str, meant: str) -> None:
    assert mended(markdown, raw_marks(markdown)) == meant


def test_the_line_of_an_address_goes_once_its_links_have_it() -> None:
    (found,) = raw_marks("[site](https://a.example)\n\n[s]: https://a.example")
    assert [change.text for change in found.changes] == [None]
    (found,) = raw_marks("Sources\n\n[s]: https://a.example")
    assert found.changes == ()


def test_a_footnote_is_told_once() -> None:
    (found,) = raw_marks("a[^1] b[^1]\n\n[^2]: c")[:1]
    assert found.also == ((7, 11),)


@pytest.mark.parametrize(
    "markdown",
    [
        "Une note[^1].\n\n[^1]: La note.\n\n| a | b |\n|---|--:|\n| c | d |",
        "Un **mot**, *un autre*, ~~barré~~, [un lien](https://a.example) et `**du code**`.",
        "L’**« expo »**est là ; \\*un\\* \\[site\\] \\_mot\\_",
        "Gratuit*, sur place**.\n\n** Sauf le lundi.",
        "Musique • Danse • Théâtre, un | deux | trois, a / b, 5 * 3 * 2",
        "Tarif : 5 €, 3 €\nsur place, à partir de 10 h : venez",
        "Des mots : un – et non deux – puis trois.",
        "Il cite [sic] et […], (voir [1] et [2]), « [nous] ».",
        "le 1^er, 2^e, XXI^e ; ~300 personnes ; C++, C# et D++ ; a_b_c ; ^_^",
        "Nom : ______ et ________",
        "- un\n- deux\n\n1. trois\n2. quatre\n\n> cité\n\n---\n\nFin.",
        "Titre\n=====\n\nTexte.",
        "```\n**code** | a |\n```",
        "* un\n* deux",
        "de 18 h à 20 h\n20 h à 22 h\nplus tard : le bal",
        "voir p. {page:visite} et [notre site]({website}), [Design Fiction]{lang=en}",
        "M. Dupont\nMme Martin",
        "Mise en scène : Anne\\\nJeu : Zoé",
        "Lieu : Brest  \nTarif : 5 €",
        "https://a.example/un_chemin_**long**/~nom/^x",
        "Il dit : « Oui. »\n— Et vous ?",
        "5 < 6 et 7 > 2, R&D &amp; co",
        "C:\\dossier\\nouveau",
    ],
)
def test_what_is_right_is_left_alone(markdown: str) -> None:
    assert raw_marks(markdown) == ()


@given(st.text(alphabet=st.sampled_from(list("ab1 *_~`[](){}|^=#+-:.\\<>&;\n\t•–«»")), max_size=80))
def test_every_mark_lies_in_its_text(markdown: str) -> None:
    found = raw_marks(markdown)
    for one, other in pairwise(found):
        assert one.end <= other.start
    for mark in found:
        assert 0 <= mark.start < mark.end <= len(markdown)
        assert all(0 <= change.start <= change.end <= len(markdown) for change in mark.changes)
