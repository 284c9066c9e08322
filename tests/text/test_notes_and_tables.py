"""Footnotes and tables in Markdown: read where they are whole, each character at its place."""

from __future__ import annotations

import re

import pytest

from moip_press.text import prose
from moip_press.text.prose import Reference

TEXT = (
    "Entrée libre[^1], [en ligne]{lang=fr}[^a] puis[^1].\n\n"
    "[^1]: Sauf le **lundi**,\nbien sûr.\n[^a]: Sur [le site](https://a.example).\n\n"
    "| | Prix \\| tarif | n |\n|---|:-:|--:|\n| Un | *deux* | 12 |\n| Trois |\n\nFin."
)


def anchors(reference: Reference) -> str | None:
    anchors.count += 1  # type: ignore[attr-defined]
    return f"c--note-{anchors.count}" if reference.kind == "note" else None  # type: ignore[attr-defined]


def html(markdown: str) -> str:
    anchors.count = 0  # type: ignore[attr-defined]
    return prose.to_html(markdown, "fr", resolve=anchors)


def test_a_footnote_stands_behind_its_first_sign_and_each_sign_leads_to_it() -> None:
    made = html(TEXT)
    assert made.count('role="doc-footnote"') == 2
    assert re.findall(r'href="(#c--note-\d)">(\d)</a>', made) == [
        ("#c--note-1", "1"), ("#c--note-2", "2"), ("#c--note-1", "1"),
    ]  # fmt: skip
    assert (
        '<span class="footnote" role="doc-footnote" id="c--note-1"><span class="note-number">1'
        "</span> Sauf le <strong>lundi</strong>, bien sûr.</span>" in made
    )
    assert "[^" not in made


@pytest.mark.parametrize(
    "typed",
    [
        "Un[^1] mot.",
        "Un mot.\n\n[^1]: sans appel",
        "[Un[^1]](https://a.example)\n\n[^1]: dans un lien",
        "Un[^1](https://a.example) lien\n\n[^1]: qui en est un",
        "`Un[^1]`\n\n[^1]: du code",
        "- Un[^1]\n\n  [^1]: dans une liste",
    ],
)
def test_what_is_no_footnote_prints_its_words(typed: str) -> None:
    made = html(typed)
    assert "footnote" not in made
    words = re.sub(r"<[^>]+>", "", made)
    for word in re.findall(r"\w+", re.sub(r"https?://\S+", "", typed)):
        assert word in words


def test_a_sign_in_a_footnote_is_printed_and_the_first_of_two_equal_ones_counts() -> None:
    made = html("a[^1] b[^2]\n\n[^1]: voir [^2]\n[^1]: encore\n[^2]: fin")
    assert "voir [^2]" in made
    assert "[^1] : encore" in made.replace("\N{NO-BREAK SPACE}", " ")


def test_a_table_has_heads_with_scope_and_every_row_its_cells() -> None:
    made = html(TEXT)
    assert made.count("<tr>") == 3
    rows = made[made.index("<table>") : made.index("</table>")].split("<tr>")[1:]
    assert [len(re.findall(r"<t[hd]\b", row)) for row in rows] == [3, 3, 3]
    assert '<th scope="col" class="centred">Prix | tarif</th>' in made
    assert '<th scope="row">Un</th>' in made
    assert '<td class="number">12</td>' in made
    assert html("| a | b |\n|---|---|").count("<tbody>") == 1
    assert "<thead>" not in html("| | |\n|---|---|\n| x | y |")


def test_each_character_of_a_cell_and_of_a_footnote_has_its_place() -> None:
    found = prose.paragraphs(TEXT)
    kinds = [each.kind for each in found]
    assert kinds == ["paragraph", "note", "note", *["cell"] * 6, "paragraph"]
    assert found[0].text == "Entrée libre, en ligne puis."
    for each in found:
        for sign, start, end in zip(each.text, each.places, each.ends, strict=True):
            assert TEXT[start:end].replace("\n", " ") == sign, each


def test_their_words_are_plain_text_too() -> None:
    assert prose.plain_text(TEXT).split("\n")[:3] == [
        "Entrée libre[^1], en ligne[^a] puis[^1].",
        "Sauf le lundi, bien sûr.",
        "Sur le site.",
    ]


def test_many_signs_and_bars_take_no_time() -> None:
    for text in ("[^1]" * 4_000, "[^1]: a\n" * 2_000, "|a" * 5_000, "|\n" * 5_000):
        assert html(text)
        prose.paragraphs(text)
        prose.raw_marks(text)
