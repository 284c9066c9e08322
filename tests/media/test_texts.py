"""Texts as a newsroom pastes them."""

from __future__ import annotations

import pytest

from moip_press.media.texts import text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>Le  quai\n</h1><p>Un <em>soir</em>.</p>", "Le quai\n=======\n\nUn soir.\n"),
        ("<p>A</p><h2>B</h2><p>C</p>", "A\n\nB\n-\n\nC\n"),
        ("<ul><li>un</li>\n<li><p>deux</p></li></ul>", "– un\n– deux\n"),
        ("<ol><li>un<ul><li>a</li></ul></li><li>deux</li></ol>", "1. un\n– a\n2. deux\n"),
        ("<dl>\n<dt>Lieu</dt>\n<dd>Roscoff</dd>\n</dl>", "Lieu\xa0: Roscoff\n"),
        ("<table><tr><th>a</th> <td>1</td></tr><tr><td>2</td></tr></table>", "a | 1\n2\n"),
        ('<p><a href="https://a.org/">le site</a></p>', "le site (https://a.org/)\n"),
        ('<p><a href="https://a.org">https://a.org</a></p>', "https://a.org\n"),
        ('<p><a href="mailto:a@b.org">a@b.org</a></p>', "a@b.org\n"),
        (
            '<p>Là<a role="doc-noteref" href="#n">1</a></p><ol><li id="n">Ici.</li></ol>',
            "Là[1]\n1. Ici.\n",
        ),
        ('<p>Ici. <a role="doc-backlink" href="#c">↑</a></p>', "Ici.\n"),
        ("<p>A<svg><title>x</title><text>y</text></svg> B</p>", "A B\n"),
        ('<p>A<span aria-hidden="true">x<br>y</span></p>', "A\n"),
        ("<p>12\u202fh\xa030<br>midi &amp; demi</p>", "12\u202fh\xa030\nmidi & demi\n"),
        ("", "\n"),
    ],
)  # fmt: skip
def test_html_is_read_as_lines(html: str, text: str) -> None:
    assert text_of(html) == text
