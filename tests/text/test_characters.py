"""Pages print plain characters, whatever was typed; what says something of its own stays."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moip_press.text.characters import printed, read
from moip_press.text.prose import inline, paragraphs, to_html
from moip_press.text.typography import typeset_text

PLAIN = [
    ("me\u0301diathe\u0300que", "médiathèque"),
    ("\ufb01n, e\ufb00et, \ufb02eur", "fin, effet, fleur"),
    ("\U0001d41b\U0001d428\U0001d425\U0001d41d \U0001d4fc\U0001d4f2", "bold si"),
    ("\U0001d4bd\u212f\U0001d4c1\U0001d4c1\u2134", "hello"),  # two of these letters stand elsewhere
    ("\uff21\uff23\uff34\uff11", "ACT1"),
    ("agent\u2e31es", "agent·es"),
    ("\u00a9\ufe0f 2026", "© 2026"),
    ("bon\u200bjour\ufeff", "bonjour"),
    ("\u200eAccueil\u200f", "Accueil"),
    ("\uf0b7 un", "• un"),
    ("Louis\u00a0\u2169\u2163", "Louis\u00a0XIV"),
    ("20 \u33a1, 3 \u2103", "20 m², 3 °C"),
    ("une\u2028ligne", "une ligne"),
    ("Arts &amp; m&eacute;tiers", "Arts & métiers"),
    ("5&nbsp€", "5\u00a0€"),
    ("L&amp;#8217;été&amp;nbsp;!", "L’été\u00a0!"),
]


@pytest.mark.parametrize(("typed", "plain"), PLAIN)
def test_a_page_prints_the_plain_characters(typed: str, plain: str) -> None:
    assert printed(typed) == plain
    found = read(typed)
    assert found is not None
    assert found[0] == plain


@pytest.mark.parametrize(
    "text",
    [
        "5 m², CO₂, 1ᵉʳ, nᵒ 3, ½",
        "œuvre, ĳsvrij, №, ™",
        "l’ensemble ℝ",
        "你好，世界！",
        "م\u06cc\u200cخواهم",
        "👩\u200d❤\ufe0f\u200d👨",
        "AT&T, R&D; et &x",
        "auto/\u200bmoto, co\u00adopération",
    ],
)
def test_what_says_something_of_its_own_stays(text: str) -> None:
    assert printed(text) == text


def test_a_hyphen_that_ends_no_line_is_a_hyphen_to_who_copies() -> None:
    assert printed("peut\u2011être") == "peut-\u2060être"
    assert read("peut\u2011être") == ("peut-être", array("L", range(9)), array("L", range(1, 10)))


def test_characters_keep_their_places() -> None:
    text, starts, ends = read("a\ufb03che e\u0301t&eacute;") or ("", [], [])
    assert text == "affiche été"
    assert [*starts] == [0, 1, 1, 1, 2, 3, 4, 5, 6, 8, 9]
    assert [*ends] == [1, 2, 2, 2, 3, 4, 5, 6, 8, 9, 17]


def test_what_is_set_as_code_keeps_its_entities() -> None:
    assert to_html("`&nbsp;e\u0301`", "fr") == "<p><code>&amp;nbsp;é</code></p>"
    assert to_html("```\n&lt;\ufb01\n```", "fr") == "<pre><code>&amp;lt;fi\n</code></pre>"


def test_typography_sees_the_plain_characters() -> None:
    assert typeset_text("Venez\uff01 \uff11er", "fr") == "Venez\u202f! 1er"
    assert inline("\uff11er **jo\u0302ur**", "fr") == "1<sup>er</sup>\u00a0<strong>jôur</strong>"
    assert inline("1&amp;lt;2", "fr") == "1&lt;2"


def test_who_proofreads_sees_the_plain_characters() -> None:
    (found,) = paragraphs("Une **a\ufb03che** e\u0301 &amp;nbsp;[la\u0300](https://a.example)")
    assert found.text == "Une affiche é \u00a0là"
    words = [found.text[each.start : each.end] for each in found.stretches]
    assert words == ["affiche", "là"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_what_is_plain_once_stays_so(text: str) -> None:
    once = printed(text)
    assert printed(once) == once or "&" in text
    found = read(text)
    if found is None:
        assert once == text
    else:
        plain, starts, ends = found
        assert len(plain) == len(starts) == len(ends)
        assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
        assert [*starts] == sorted(starts)
