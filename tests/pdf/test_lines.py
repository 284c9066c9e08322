"""Lines end where they are full; titles are even, and last lines no single word."""

from __future__ import annotations

import weasyprint
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from moip_press.pdf import engine

WIDTHS = range(150, 230)  # pixels


def test_no_word_stands_alone_above_a_line_that_it_would_have_fitted() -> None:
    texts = [
        "Un atelier simple pour les élus de la ville <em>écriture</em>.",
        'Participation de tous les élus de la ville <a href="#x">publique</a> encore.',
        "Un atelier simple pour tous les élus «\N{NO-BREAK SPACE}<em>Imaginons</em> demain ».",
    ]
    style = "p { font: 10px sans-serif; hyphens: auto; hyphenate-limit-chars: 8 4 4 }"
    paragraphs = "".join(
        f'<p style="width: {width}px">{text}</p>' for width in WIDTHS for text in texts
    )
    html = weasyprint.HTML(string=f"<style>{style}</style><html lang=fr>{paragraphs}")
    document = engine.render(html, None, [])
    boxes = [box for page in document.pages for box in engine.tree(engine.root(page))]
    first = [
        "".join(text.text for text in box.descendants() if isinstance(text, TextBox))
        for box in boxes
        if box.element_tag == "p" and isinstance(box, LineBox)
    ]
    assert len(first) > len(WIDTHS)
    assert [line for line in first if line in ("Un", "Participation", "Partici-")] == []


TITLES = """p { font: 10px sans-serif; width: 200px; margin: 0 }
.even { --text-wrap: balance; --not-last: des de la et }"""


def title(text: str, name: str, more: str = "") -> list[str]:
    """The lines of a title that is set in a paragraph of this class."""
    html = weasyprint.HTML(string=f"<style>{TITLES}{more}</style><p class={name}>{text}</p>")
    (page,) = engine.render(html, None, []).pages
    return [
        "".join(text.text for text in box.descendants() if isinstance(text, TextBox))
        for box in engine.tree(engine.root(page))
        if isinstance(box, LineBox)
    ]


def test_a_title_has_as_many_lines_as_ever_of_even_length() -> None:
    words = " ".join(["mot"] * 12)
    usual, even = title(words, "usual"), title(words, "even")
    assert len(usual) == len(even) == 2
    assert len(usual[0]) - len(usual[1]) > 10
    assert abs(len(even[0]) - len(even[1])) <= len("mot ")
    assert title("Un titre", "even") == ["Un titre"]


def test_no_line_of_a_title_ends_in_an_article() -> None:
    words = "Les événements du mois et de la science en fête"
    small = ("des", "de", "la", "et")
    assert title(words, "usual")[0].split()[-1] in small
    found = title(words, "even")
    assert len(found) == 2
    assert found[0].split()[-1] not in small
    assert " ".join(found).split() == words.split()


def test_even_lines_do_not_break_words() -> None:
    """The words that are bound to the next ones may be longer than a line of even length."""
    words = "Venez avec vos questions, et des bottes."
    bound = "p { overflow-wrap: anywhere } .even { --not-last: avec vos et des }"
    for width in range(60, 160, 4):
        found = title(words, "even", f"{bound} p {{ width: {width}px }}")
        assert " ".join(found).split() == words.split()


def in_widths(text: str, name: str, widths: range, more: str = "") -> list[list[str]]:
    """The lines of a paragraph of this class, in each of so many widths, in pixels."""
    style = f"<style>{TITLES} .pretty {{ --text-wrap: pretty }} {more}</style>"
    paragraphs = "".join(f'<p class={name} style="width: {wide}px">{text}</p>' for wide in widths)
    pages = engine.render(weasyprint.HTML(string=style + paragraphs), None, []).pages
    found = [
        [
            "".join(each.text for each in engine.tree(line) if isinstance(each, TextBox))
            for line in box.children
        ]
        for page in pages
        for box in engine.tree(engine.root(page))
        if box.element_tag == "p" and isinstance([*getattr(box, "children", ()), None][0], LineBox)
    ]
    assert len(found) == len(widths)
    return found


def test_a_last_line_takes_a_word_more_where_the_line_before_it_stays_long() -> None:
    words = "Une table ronde sur les métiers de la mer et de la terre, au port et au large, ouvert"
    widths = range(250, 400)
    helped = 0
    more = "p { break-inside: avoid }"
    both = zip(
        in_widths(words, "usual", widths, more),
        in_widths(words, "pretty", widths, more),
        strict=True,
    )
    for usual, found in both:
        assert " ".join(found).split() == words.split()
        assert found[:-2] == usual[:-2]
        if found != usual:
            assert " " not in usual[-1]
            assert len(usual[-2]) - len(found[-2]) <= 0.2 * len(usual[-2])
            helped += 1
    assert helped > 10


def test_the_line_before_the_last_is_not_cut_short() -> None:
    words = "mot mot mot mot mot mot mot mot mot intercommunalités ouvert"
    widths = range(100, 250)
    more = "p { break-inside: avoid }"
    both = [
        (usual, found)
        for usual, found in zip(
            in_widths(words, "usual", widths, more),
            in_widths(words, "pretty", widths, more),
            strict=True,
        )
        if usual[-1] == "ouvert" and usual[-2].endswith("intercommunalités")
    ]
    assert both
    assert [found for usual, found in both if found != usual] == []


def test_no_word_is_broken_for_a_last_line() -> None:
    """Two words that are bound to each other may be longer than the line."""
    name = "Thierry Lambert"
    more = "p { overflow-wrap: anywhere; break-inside: avoid }"
    for found in in_widths(name, "pretty", range(45, 120), more):
        assert " ".join(found).split() == name.split()


def test_a_last_line_is_no_link_alone() -> None:
    words = "Une sortie au port et une marche au large avec les gardes de la baie "
    words += '<a href="#x">En savoir plus</a>.'
    widths = range(320, 420)
    more = "p { break-inside: avoid }"
    both = zip(
        in_widths(words, "usual", widths, more),
        in_widths(words, "pretty", widths, more),
        strict=True,
    )
    alone = [found[-1] for usual, found in both if usual[-1] == "En savoir plus."]
    assert alone.count("baie\N{NO-BREAK SPACE}En savoir plus.") > len(alone) / 2
