"""Lines end where they are full, whatever markup comes next; those of titles are even."""

from __future__ import annotations

import weasyprint
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from moip_press.pdf import engine

WIDTHS = range(150, 230)  # pixels


def test_no_word_stands_alone_above_a_line_that_it_would_have_fitted() -> None:
    texts = [
        "Un atelier simple pour les élus de la ville <em>écriture</em>.",
        'Participation de tous les élus de la ville <a href="#x">publique</a> encore.',
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
