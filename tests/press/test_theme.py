"""A kit's own templates, styles and fonts lie over ours; nothing else on the machine is read."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image

from moip_press.kit.folders import Theme, program_folder
from moip_press.press import journey
from moip_press.press.compose.templates import Words, environment
from moip_press.report.diagnostics import Span
from moip_press.report.messages import Catalogue
from tests.keeping import KEPT
from tests.reading import Pdf
from tests.suites import mostly_long

MANIFEST = """title: A Small Week
kind: Press kit
language: en
period: {start: 2022-09-24, end: 2022-10-02}
publisher: {name: The House}
contacts:
  - {id: desk, name: Ada Thornbury, telephone: 020 7946 0018}
chapters:
"""
CHAPTERS = "  - cover\n  - words.yaml\n  - contacts\n"
ARTICLE = """type: article
title: Some words
id: words
body:
  - {type: text, text: Plain words.}
"""
PROGRAMME = """type: programme
title: Two evenings
id: words
opener: band
spacing: normal
events:
  - {title: One, when: 25 September}
  - {title: Two, when: 26 September}
"""
MAGENTA = "#ff00ff"
FLOOD = "body, article { background: #ff00ff !important; } p, h1 { color: #ff00ff !important; }"


def make(folder: Path, files: Mapping[str, str], part: str = ARTICLE) -> Path:
    """Return a small kit in ``folder`` with these files laid over it."""
    kit = folder / "kit"
    texts = {"kit.yaml": MANIFEST + CHAPTERS, "words.yaml": part, **files}
    for name, text in texts.items():
        path = kit / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return kit


def build(kit: Path) -> journey.Build:
    return journey.build(kit, kit.parent / "output", cache=KEPT)


def read(kit: Path) -> Pdf:
    made = build(kit)
    assert made.dossier is not None, [fault.message for fault in made.report.diagnostics]
    assert made.report.diagnostics == ()
    return Pdf(made.dossier.path)


def colours(pdf: Pdf) -> set[str]:
    found = set()
    for page in range(1, len(pdf) + 1):
        counted = pdf.image(page).getcolors(maxcolors=2**24) or []
        found |= {
            "#{:02x}{:02x}{:02x}".format(*rgb) for _, rgb in counted if isinstance(rgb, tuple)
        }
    return found


def test_a_kit_s_templates_and_styles_lie_over_ours_file_by_file(tmp_path: Path) -> None:
    pdf = read(
        make(
            tmp_path,
            {
                "templates/contacts.html": '<section id="{{ view.id }}"><h1>Ring the bell</h1>'
                "{% include 'bell.html' %}</section>",
                "templates/bell.html": "<p>It hangs by the door.</p>",
                "styles/closing.css": "/* ours is not read any more */",
                "styles/kit.css": "@import 'more.css'; article.cover { background: #123456; }",
                "styles/more.css": ".article > h1 { color: #fedcba; }",
            },
        )
    )
    assert "Ring the bell It hangs by the door." in pdf.page(3)
    assert "Ada Thornbury" not in pdf.page(3).replace(pdf.foot(3), "")
    assert "A Small Week" in pdf.page(1)
    assert pdf.colour(1, 5, 5) == "#123456"
    assert "#fedcba" in colours(pdf)


def test_a_kit_s_template_extends_the_one_that_it_replaces(tmp_path: Path) -> None:
    pdf = read(
        make(
            tmp_path,
            {
                "templates/cover.html": '{% extends "builtin/cover.html" %}'
                "{% block after %}<p>A line of ours</p>{% endblock %}",
                "templates/article.html": '<div class="frame">'
                '{% include "builtin/article.html" %}</div><p>After the article</p>',
            },
        )
    )
    assert "Press kit A Small Week" in pdf.page(1)
    assert "Some words Plain words. After the article" in pdf.page(2)
    assert "A line of ours" in pdf.page(1)


@pytest.mark.parametrize(
    "name",
    sorted(
        path.name
        for path in program_folder("templates").glob("*.html")
        if path.stem in ("cover", "programme", "article", "editorial", "interview", "contents")
    ),
)
def test_our_pages_have_a_place_for_what_a_kit_adds(name: str) -> None:
    theme = Theme(Path("no-kit"))
    env = environment(theme, Words("en", "GB", str), Catalogue("en"))
    assert "after" in env.get_template(f"builtin/{name}").blocks


def font(path: Path, sign: str, *, layered: bool = False) -> None:
    """Write a font that has a square for one sign, or a colour where it is layered."""
    pen = TTGlyphPen(None)
    for number, point in enumerate([(100, 0), (100, 700), (800, 700), (800, 0)]):
        (pen.lineTo if number else pen.moveTo)(point)
    pen.closePath()
    empty = TTGlyphPen(None).glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord(sign): "square"})
    builder.setupGlyf({".notdef": empty, "square": empty if layered else pen.glyph()})
    if layered:
        builder.setupCOLR({"square": [("square", 0)]})
        builder.setupCPAL([[(1, 0, 0, 1)]])
    builder.setupHorizontalMetrics({".notdef": (500, 0), "square": (900, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "House Signs", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    builder.setupPost()
    builder.font.flavor = "woff2" if path.suffix == ".woff2" else None
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)


SNOW, COMET = "\u2603", "\u2604"
SKY = ARTICLE.replace("Plain words", f"Snow {SNOW} falls and a comet {COMET} too")


@pytest.mark.parametrize("kind", ["ttf", "woff2"])
def test_a_font_that_lies_in_the_kit_is_used(tmp_path: Path, kind: str) -> None:
    kit = make(tmp_path, {}, SKY)
    found = build(kit).report.diagnostics
    assert [fault.code for fault in found] == ["P101", "P101"]
    assert "styles/fonts/" in str(found[0].hint)
    font(kit / "styles" / "fonts" / f"snow.{kind}", SNOW)
    font(kit / "styles" / "fonts" / f"comet.{kind}", COMET)
    (kit / "styles" / "fonts" / f"folder.{kind}").mkdir()
    pdf = read(kit)
    assert f"Snow {SNOW} falls and a comet {COMET} too" in pdf.page(2)
    fonts = [one for one in pdf.fonts if one.name.startswith("House")]
    assert len(fonts) == 2  # of one name, one would be drawn for both
    assert all(one.embedded for one in pdf.fonts)


def test_a_font_whose_colours_are_not_drawn_prints_nothing(tmp_path: Path) -> None:
    kit = make(tmp_path, {}, ARTICLE.replace("Plain", SNOW))
    font(kit / "styles" / "fonts" / "snow.ttf", SNOW, layered=True)
    assert [fault.code for fault in build(kit).report.diagnostics] == ["P101"]


def test_a_font_of_the_kit_is_asked_for_by_its_family_s_name(tmp_path: Path) -> None:
    kit = make(tmp_path, {"styles/kit.css": "h1 { font-family: 'House Signs', 'Source Sans 3' }"})
    font(kit / "styles" / "fonts" / "snow.otf", "S")
    assert any(one.name.startswith("House") for one in read(kit).fonts)


def test_the_parts_of_a_font_are_told_apart(tmp_path: Path) -> None:
    kit = make(tmp_path, {}, SKY)
    font(kit / "styles" / "fonts" / "snow.woff2", SNOW)
    font(kit / "styles" / "fonts" / "comet.woff2", COMET)
    (kit / "styles" / "kit.css").write_text(
        "".join(
            f"@font-face {{ font-family: Sky; src: url(fonts/{name}.woff2);"
            f" unicode-range: {held} }}\n"
            for name, held in (("comet", "U+2600-26FF"), ("snow", "U+2603"))
        )
        + ":root { --sans: 'Source Sans 3', Sky; }",
        encoding="utf-8",
    )
    pdf = read(kit)
    assert f"Snow {SNOW} falls and a comet {COMET} too" in pdf.page(2)
    assert len([one for one in pdf.fonts if one.name.startswith("Sky")]) == 2


def test_a_font_of_this_computer_is_refused(tmp_path: Path) -> None:
    kit = make(tmp_path, {"styles/kit.css": ".article p { font-family: monospace !important; }"})
    made = build(kit)
    assert made.dossier is None
    assert {fault.code for fault in made.report.diagnostics} == {"P105"}


HOSTILE = [
    "@page :first { counter-reset: page 99; }",
    "@page programme:first { counter-reset: page 77 !important; } @page { counter-reset: page 5; }",
    "body, html, article { counter-reset: page 55; counter-set: page 44; }",
    "@page { counter-increment: page 3; }",
    "@page { counter-set: page 8 !important; }",
]


@pytest.mark.parametrize("css", mostly_long(HOSTILE, list(HOSTILE)[:1]))
def test_folios_stay_right_whatever_the_theme_does_to_the_counter(tmp_path: Path, css: str) -> None:
    more = "".join(
        f"  - {{title: Event {n}, when: 26 September, text: Words.}}\n" for n in range(20)
    )
    pdf = read(make(tmp_path, {"styles/kit.css": css}, PROGRAMME + more))
    assert len(pdf) > 3
    assert [pdf.folio(page) for page in range(2, len(pdf) + 1)] == [
        str(page) for page in range(2, len(pdf) + 1)
    ]


OUTSIDE = {
    "file": "@import url(file://{outside}/flood.css);",
    "absolute": "@import url({outside}/flood.css);",
    "above": "@import url(../../outside/flood.css);",
    "escaped": "@import url(..%2f..%2foutside%2fflood.css);",
    "backslash": "@import url(..\\\\..\\\\outside\\\\flood.css);",
    "above-styles": "@import url(../styles/../../outside/flood.css);",
    "web": "@import url(https://example.org/flood.css);",
    "other-scheme": "@import url(//example.org/flood.css);",
    "data": "@import url(data:text/css,body%7Bbackground:%23ff00ff%7D);",
    "picture": "body {{ background-image: url(file://{outside}/flood.png); }}",
    "picture-above": "body {{ background-image: url(../../outside/flood.png); }}",
    "picture-web": "body {{ background-image: url(https://example.org/flood.png); }}",
    "link": "@import url(linked.css);",
    "linked-picture": "body {{ background-image: url(../linked.png); }}",
}


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder beside the kit that would colour every page, on a machine without a network."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "flood.css").write_text(FLOOD, encoding="utf-8")
    (folder / "flood.html").write_text(f"<style>{FLOOD}</style><p>SECRET</p>", encoding="utf-8")
    Image.new("RGB", (40, 40), MAGENTA).save(folder / "flood.png")

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return folder


def test_styles_read_nothing_outside_kit_and_theme(tmp_path: Path, outside: Path) -> None:
    imports = [rule for rule in OUTSIDE.values() if rule.startswith("@import")]
    others = [rule for rule in OUTSIDE.values() if not rule.startswith("@import")]
    css = "\n".join([*imports, *others]).replace("{{", "{").replace("}}", "}")
    kit = make(tmp_path, {"styles/kit.css": css.replace("{outside}", outside.as_posix())})
    (kit / "styles" / "linked.css").symlink_to(outside / "flood.css")
    (kit / "linked.png").symlink_to(outside / "flood.png")
    made = build(kit)
    said = " ".join(str(fault.message) for fault in made.report.diagnostics)
    assert "example.org/flood.css" in said
    assert "linked.css" in said
    if made.dossier is not None:
        assert MAGENTA not in colours(Pdf(made.dossier.path))


def told(made: journey.Build) -> list[tuple[str, str, str, int, int]]:
    """The code, severity, file's name and place of each thing that was said."""
    return [
        (one.code, one.severity.value, Path(one.span.file).name, *place(one.span))
        for one in made.report.diagnostics
    ]


def place(span: Span) -> tuple[int, int]:
    return span.start.line, span.start.column


def test_a_style_that_is_not_understood_is_told_at_its_place(tmp_path: Path) -> None:
    css = "p { color: red }\nh1 { colr: red;\n  width: rgb(1) }\np:: { top: 0 }\n"
    styles = {"styles/kit.css": f"@import 'more.css';\n{css}", "styles/more.css": css}
    made = build(make(tmp_path, styles))
    assert made.dossier is not None
    assert told(made) == [
        ("P103", "warning", name, line + offset, column)
        for name, offset in (("kit.css", 1), ("more.css", 0))
        for line, column in ((2, 6), (3, 3), (4, 1))
    ]
    said = [one.message.values["text"] for one in made.report.diagnostics]
    assert said == ["colr: red", "width: rgb(1)", "p::"] * 2
    assert all(one.hint for one in made.report.diagnostics)


@pytest.mark.parametrize("name", ["a b.png", "l'été.png", "100%.png"])
def test_a_broken_picture_in_a_style_is_an_error_whatever_its_name(
    tmp_path: Path, name: str
) -> None:
    address = name.replace("%", "%25")
    kit = make(tmp_path, {"styles/kit.css": f'body {{ background: url("../{address}") }}'})
    (kit / name).write_bytes(b"no picture")
    made = build(kit)
    assert made.dossier is None
    assert [(one.code, one.span.file[-7:]) for one in made.report.diagnostics] == [
        ("I103", "kit.css")
    ]
    assert made.report.diagnostics[0].message.values["name"] == name


FIGURE = """type: article
title: Some words
id: words
body:
  - type: figure
    image: {file: a.png}
"""


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (FIGURE, [("I104", "warning", "words.yaml", 6, 19)]),
        (FIGURE.replace("a.png", "a.png, alt: A tower"), []),
        (FIGURE.replace("type: figure", "type: figure\n    title: The tower"), []),
        (FIGURE.replace("a.png", "a.png, decorative: yes"), []),
    ],
    ids=["none", "alt", "title", "decorative"],
)
def test_a_picture_has_words_for_those_who_cannot_see_it(
    tmp_path: Path, part: str, expected: list[tuple[str, str, str, int, int]]
) -> None:
    kit = make(
        tmp_path, {"kit.yaml": MANIFEST.replace("kind", "status: draft\nkind") + CHAPTERS}, part
    )
    Image.new("RGB", (40, 40), MAGENTA).save(kit / "a.png")
    made = build(kit)
    assert made.dossier is not None
    assert told(made) == expected


def test_in_a_final_kit_a_picture_without_words_is_an_error(tmp_path: Path) -> None:
    kit = make(tmp_path, {}, FIGURE)
    Image.new("RGB", (40, 40), MAGENTA).save(kit / "a.png")
    made = build(kit)
    assert made.dossier is None
    assert told(made) == [("I104", "error", "words.yaml", 6, 19)]


def test_a_picture_of_a_template_has_words_too(tmp_path: Path) -> None:
    html = '<div id="{{ view.id }}"><h1>x</h1>\n<img src="a%20b.png"></div>'
    kit = make(tmp_path, {"templates/contacts.html": html})
    Image.new("RGB", (40, 40), MAGENTA).save(kit / "a b.png")
    made = build(kit)
    assert made.dossier is None
    assert told(made) == [("I104", "error", "contacts.html", 2, 11)]
    html = html.replace("<img", "<img alt=''")
    assert build(make(tmp_path, {"templates/contacts.html": html})).dossier is not None


def test_a_table_of_contents_without_entries_is_told(tmp_path: Path) -> None:
    kit = make(tmp_path, {"kit.yaml": MANIFEST + "  - words.yaml\n  - contents\n"})
    made = build(kit)
    assert made.dossier is not None
    assert told(made) == [("S110", "warning", "kit.yaml", 10, 5)]


def test_left_and_right_pages_alternate_through_all_chapters(tmp_path: Path) -> None:
    events = "".join(
        f"  - {{title: Event {n}, when: 26 September, text: Words.}}\n" for n in range(20)
    )
    css = (
        "@page :left { @bottom-left { content: 'LEFT' } } "
        "@page :right { @bottom-left { content: 'RIGHT' } }"
    )
    pdf = read(
        make(
            tmp_path,
            {
                "styles/kit.css": css,
                "kit.yaml": MANIFEST + "  - cover\n  - contents\n  - words.yaml\n  - contacts\n",
            },
            PROGRAMME + events,
        )
    )
    sides = [
        "".join(side for side in ("LEFT", "RIGHT") if side in pdf.page(number))
        for number in range(2, len(pdf) + 1)
    ]
    assert len(sides) > 3
    assert sides == [("RIGHT" if number % 2 else "LEFT") for number in range(2, len(pdf) + 1)]


TEMPLATES = {
    "picture": '<p><img src="file://{outside}/flood.png" alt="a"></p>',
    "picture-above": '<p><img src="../outside/flood.png" alt="a"></p>',
    "picture-web": '<p><img src="https://example.org/flood.png" alt="a"></p>',
    "style": '<link rel="stylesheet" href="file://{outside}/flood.css">',
    "style-above": '<link rel="stylesheet" href="../outside/flood.css">',
    "attachment": '<link rel="attachment" href="file://{outside}/flood.html">',
    "attached-link": '<p><a rel="attachment" href="../outside/flood.html">x</a></p>',
    "svg": '<p><img src="inside.svg" alt="a"></p>',
    "object": '<object data="file://{outside}/flood.png">a</object>',
    "embed": '<embed src="../outside/flood.png">',
}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40"'
    ' height="40"><title>a</title><image width="40" height="40" xlink:href="file://{outside}/flood.png"/>'
    '<image width="40" height="40" href="../outside/flood.png"/></svg>'
)


@pytest.mark.parametrize("case", TEMPLATES)
def test_templates_bring_nothing_in_from_outside(tmp_path: Path, outside: Path, case: str) -> None:
    html = TEMPLATES[case].replace("{outside}", outside.as_posix())
    kit = make(
        tmp_path,
        {
            "templates/contacts.html": f'<div id="{{{{ view.id }}}}"><h1>x</h1>{html}</div>',
            "inside.svg": SVG.replace("{outside}", outside.as_posix()),
        },
    )
    made = build(kit)
    assert made.dossier is None
    assert {code for code, *_ in told(made)} <= {"X103", "X106", "P107"}
    assert {severity for _, severity, *_ in told(made)} == {"error"}


@pytest.mark.parametrize(
    "name",
    ["../outside/flood.html", "../../outside/flood.html", "{outside}/flood.html", "linked.html"],
)
def test_templates_are_taken_from_kit_and_theme_only(
    tmp_path: Path, outside: Path, name: str
) -> None:
    include = '{{% include "{}" %}}'.format(name.replace("{outside}", outside.as_posix()))
    kit = make(tmp_path, {"templates/contacts.html": include})
    (kit / "templates" / "linked.html").symlink_to(outside / "flood.html")
    made = build(kit)
    assert made.dossier is None or "SECRET" not in Pdf(made.dossier.path).text
    assert [fault.code for fault in made.report.diagnostics] == ["S202"]


@pytest.mark.parametrize(
    "code",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ kit.__init__.__globals__ }}",
        "{{ view.clear() }}",
        "{% for number in range(10**9) %}x{% endfor %}",
        "{{ open('/etc/passwd').read() }}",
        "{{ missing }}",
        "{{ 1 / 0 }}",
        "{% if %}",
        "{% extends 'contacts.html' %}",
    ],
)
def test_a_template_that_goes_too_far_is_a_fault_with_its_name(tmp_path: Path, code: str) -> None:
    made = build(make(tmp_path, {"templates/contacts.html": f"<p>x</p>\n{code}\n"}))
    assert made.dossier is None
    (fault,) = made.report.diagnostics
    assert fault.code == "S202"
    assert fault.span.file.endswith("templates/contacts.html")
    assert not (tmp_path / "output").exists()
