"""Lines end where they are full, whatever markup comes next."""

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
