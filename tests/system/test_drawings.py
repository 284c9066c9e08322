"""Drawings in SVG as editors write them are drawn as they are meant, or what is lost is named."""

from __future__ import annotations

import dataclasses
import gzip
import io
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest
import resvg_py
import weasyprint
from PIL import Image, ImageChops

from moip_press.system.cache import Cache
from moip_press.system.enforcement import OverLimit
from moip_press.system.limits import DRAWING, Limits
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import SVG, Refusal
from tests.system.taking import refusal, taken

FONTS = sorted((Path(__file__).parents[2] / "styles" / "fonts").glob("*.ttf"))
SIZE = (240, 160)
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 60 40" width="240" height="160">'
)
RED, GREEN, WHITE = (200, 16, 46), (0, 165, 0), (255, 255, 255)


def svg(body: str, head: str = HEAD) -> bytes:
    return f"{head}{body}</svg>".encode()


def by_resvg(content: bytes) -> Image.Image:
    png = resvg_py.svg_to_bytes(
        svg_string=content.decode(), skip_system_fonts=True, width=SIZE[0], dpi=96.0,
        background="white", font_files=[str(path) for path in FONTS],
    )  # fmt: skip
    return Image.open(io.BytesIO(png)).convert("RGB")


def by_weasyprint(content: bytes) -> Image.Image:
    """Return a drawing as a reader of PDF shows what WeasyPrint makes of it."""
    sheet = f"@page {{ size: {SIZE[0]}px {SIZE[1]}px; margin: 0 }} * {{ margin: 0 }}"
    html = f"<style>{sheet} img {{ display: block; width: 100% }}</style><img src='drawing.svg'>"
    pdf = weasyprint.HTML(string=html, base_url="a:", url_fetcher=_Given(content)).write_pdf()
    with pypdfium2.PdfDocument(pdf) as document:
        found: Image.Image = document[0].render(scale=4 / 3).to_pil().convert("RGB")
    return found


class _Given(weasyprint.urls.URLFetcher):  # type: ignore[misc]
    """Gives one drawing at whatever address."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.content = content

    def fetch(self, url: str, headers: object = None) -> weasyprint.urls.URLFetcherResponse:  # noqa: ARG002
        return weasyprint.urls.URLFetcherResponse(
            url, self.content, {"Content-Type": "image/svg+xml"}
        )


def most_different(one: Image.Image, other: Image.Image, block: int = 8) -> int:
    """Return how much the most different block of two pictures differs, of 255."""
    red, green, blue = ImageChops.difference(one, other).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    small = most.resize((SIZE[0] // block, SIZE[1] // block), Image.Resampling.BOX)
    return max(level for level, count in enumerate(small.histogram()) if count)


# --- drawn as vectors ------------------------------------------------------------------------

PLAIN: Mapping[str, str] = {
    "shapes": '<rect x="2" y="2" width="20" height="10" fill="#c8102e"/><circle cx="45" cy="12"'
    ' r="9" fill="rgb(0,120,40)"/><ellipse cx="15" cy="28" rx="12" ry="6" fill="hsl(40,90%,50%)"/>'
    '<polygon points="30,38 45,22 58,38" fill="navy"/>',
    "strokes": '<path d="M5 5h40v20" fill="none" stroke="red" stroke-width="4" '
    'stroke-linejoin="round" stroke-linecap="square"/><polyline points="4,30 20,38 40,30" '
    'fill="none" stroke="#008" stroke-width="2" stroke-dasharray="6 2 1"/>'
    '<line x1="2" y1="2" x2="58" y2="38" stroke="green" stroke-opacity=".5"/>',
    "paths": '<path d="M5,20C5,5 25,5 25,20S45,35 45,20q5-15 10 0t-3 9L5 39z" fill="purple"/>'
    '<path d="M30 5a10 5 20 1 0 9 3" fill="teal"/><path d="M2 30a4 4 0 1110 0z"/>',
    "rules": '<path fill-rule="evenodd" fill="maroon" d="M2 2h30v30h-30zM9 9h15v15h-15z"/>'
    '<g display="none"><path d="M0 0h60v40z"/></g><path visibility="hidden" d="M0 0h60v40z"/>',
    "groups": '<g fill="blue" stroke="none" transform="translate(5 5) rotate(10)">'
    '<g style="fill:orange;stroke:#000;stroke-width:.5" transform="scale(1.5)">'
    '<path d="M2 2h10v10z"/></g><path d="M30 2h12v20z" fill-opacity=".4"/></g>',
    "colour": '<g color="#c8102e"><path d="M2 2h20v20z" fill="currentColor"/></g>'
    '<path d="M30 5h20v20z" fill="#0f08"/><path d="M40 30h9v9z" fill="transparent"/>',
    "opacity": '<g opacity=".5"><path d="M5 5h30v20H5z" fill="red"/><path d="M20 9h30v9H20z"/></g>',
    "use": '<defs><path id="a" d="M0 0h10v10z"/><g id="b"><path d="M0 0h9v20z" fill="red"/></g>'
    '</defs><use xlink:href="#a" x="5" y="5"/><use href="#a" transform="translate(30 5) scale(2)" '
    'fill="green"/><use href="#b" x="20" y="15"/>',
    "clip": '<clipPath id="c"><path d="M5 5h25v30z"/></clipPath><g clip-path="url(#c)">'
    '<path d="M0 0h60v40H0z" fill="navy"/></g><path d="M40 5h15v9z" fill="red"/>',
    "notes": "<title>A</title><metadata><a/></metadata><sodipodi:namedview "
    'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" pagecolor="#fff"/>'
    '<g style="mix-blend-mode:normal;filter:none;-inkscape-stroke:none" data-name="Layer 1">'
    '<path class="x" d="M5 5h40v30z" fill="#123456"/></g><!-- a note -->',
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_drawing_is_drawn_as_vectors_and_right(name: str) -> None:
    made = taken(svg(PLAIN[name]))
    assert (made.kind, made.vectors, made.content) == (SVG, True, svg(PLAIN[name]))
    assert most_different(by_weasyprint(made.content), by_resvg(made.content)) < 48


@pytest.mark.parametrize("head", ["viewBox='10 10 30 20'", "viewBox='0 0 60 40' width='80mm'"])
def test_the_part_of_a_drawing_that_is_seen_is_the_right_one(head: str) -> None:
    content = svg(PLAIN["shapes"], f'<svg xmlns="http://www.w3.org/2000/svg" {head}>')
    assert taken(content).vectors
    assert most_different(by_weasyprint(content), by_resvg(content)) < 48


# --- drawn as pixels -------------------------------------------------------------------------

GRADIENT = '<linearGradient id="g"><stop stop-color="red"/><stop offset="1"/></linearGradient>'
PIXELS: Mapping[str, str] = {
    "gradient": GRADIENT + '<path fill="url(#g)" d="M0 0h60v40H0z"/>',
    "gradient of a stroke": GRADIENT + '<path stroke="url(#g)" d="M0 20h60v1" stroke-width="9"/>',
    "pattern": '<pattern id="p"/><path style="fill: url(#p)" d="M0 0h60v40H0z"/>',
    "blend": '<path style="mix-blend-mode:multiply" d="M0 0h60v40H0z"/>',
    "filter": '<filter id="f"><feGaussianBlur/></filter><g filter="url(#f)"/>',
    "mask": '<mask id="m"/><g mask="url(#m)"/>',
    "marker": '<marker id="a"/><path marker-end="url(#a)" d="M0 0h9"/>',
    "text": '<text y="20">Les Rives</text>',
    "symbol": '<symbol id="s" viewBox="0 0 1 1"/><use href="#s"/>',
    "round corners": '<rect width="9" height="9" rx="3"/>',
    "clip of several": '<clipPath id="c"><path d="M0 0h9z"/><path d="M9 9h9z"/></clipPath>',
    "clip that moves": '<clipPath id="c"><path transform="scale(2)" d="M0 0h9z"/></clipPath>',
    "a new thing": "<mesh/>",
    "a new property": '<path d="M0 0h9z" stroke-alignment="inner"/>',
    "a new colour": '<path d="M0 0h9z" fill="device-cmyk(0 1 1 0)"/>',
    "inner drawing": '<svg width="9" height="9"><path d="M0 0h9z"/></svg>',
}


@pytest.mark.parametrize("name", PIXELS)
def test_a_drawing_with_more_is_drawn_as_pixels(name: str) -> None:
    made = taken(svg(PIXELS[name]))
    assert (made.vectors, made.content) == (False, svg(PIXELS[name]))


def test_pixels_are_what_the_drawing_means(tmp_path: Path) -> None:
    intake = Intake(Cache(tmp_path))
    circles = (
        '<circle cx="22" cy="20" r="15" fill="#00aeef"/>'
        '<circle cx="38" cy="20" r="15" fill="#fff200" style="mix-blend-mode:multiply"/>'
    )
    text = '<text x="2" y="20" font-family="Myriad Pro" font-size="12">Les Rives</text>'
    made = taken(svg(circles + text))
    png = intake.pixels(made, (600, 600), FONTS)
    image = Image.open(io.BytesIO(png)).convert("RGBA")
    assert image.size == (600, 400)
    assert image.getpixel((300, 300)) == (*GREEN, 255)
    assert image.getpixel((5, 5))[3] == 0  # type: ignore[index]
    letters = image.crop((20, 60, 240, 200)).convert("L")
    assert letters.getextrema()[0] == 0
    assert intake.pixels(made, (600, 600), FONTS) == png


@pytest.mark.parametrize(
    "link",
    [
        '<image href="{}"/>',
        '<image href="#a" xlink:href="{}"/>',
        '<image xlink:href="{}" href="data:image/png;base64,"/>',
        '<filter id="f"><feImage href="{}"/></filter>',
        '<image href=" {}"/>',
    ],
)
def test_resvg_is_given_no_drawing_that_names_a_file(link: str) -> None:
    for name in ("/etc/passwd", "a.png", "file:///a.png", "../a.png"):
        made = taken(svg(PIXELS["blend"] + link.format(name)))
        assert made.vectors, name  # WeasyPrint draws it, and asks for the file
        assert made.lost == (("effects", link.partition("{")[0][-1:].strip('"') + name),)


@pytest.mark.long
def test_a_drawing_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = '<filter id="f"><feTurbulence baseFrequency=".9" numOctaves="20"/></filter>'
    made = taken(svg(noise + '<g filter="url(#f)"><path d="M0 0h60v40H0z"/></g>' * 9))
    quick = dataclasses.replace(DRAWING, work=Limits(seconds=0, memory=1_000))
    monkeypatch.setattr("moip_press.system.pictures.drawings.DRAWING", quick)
    with pytest.raises(OverLimit):
        Intake(Cache()).pixels(made, (5_000, 5_000), ())


# --- made simple -----------------------------------------------------------------------------

DOCTYPE = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"{}>\n'
)
SQUARE = '<path d="M0 0h60v40H0z" fill="#c8102e"/>'


def shown(content: bytes) -> object:
    """Return the colour in the middle of a drawing, as WeasyPrint prints what was made of it."""
    made = taken(content)
    assert made.vectors
    return by_weasyprint(made.content).getpixel((SIZE[0] // 2, SIZE[1] // 2))


def test_a_document_type_that_declares_nothing_is_usual() -> None:
    assert shown(DOCTYPE.format("").encode() + svg(SQUARE)) == RED


def test_short_names_of_addresses_are_usual_too() -> None:
    names = ' [\n<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n<!ENTITY ns_ai "http://ns.adobe.com/AI/">]'
    head = '<svg xmlns="&ns_svg;" xmlns:i="&ns_ai;" viewBox="0 0 60 40">'
    assert shown(DOCTYPE.format(names).encode() + svg(SQUARE, head)) == RED


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "b"><!ENTITY c "&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a "b">',
        '<!ENTITY a "<path/>">',
        f'<!ENTITY a "{"b" * 300}">',
        "".join(f'<!ENTITY a{number} "b">' for number in range(60)),
        '<!ATTLIST path fill CDATA "red">',
    ],
)
def test_a_document_type_that_declares_more_is_refused(declared: str) -> None:
    content = DOCTYPE.format(f" [{declared}]").encode() + svg(SQUARE)
    assert refusal(content) == Refusal("declares", 2)


def test_of_alternatives_the_one_for_everybody_is_drawn() -> None:
    own = '<foreignObject requiredExtensions="http://ns.adobe.com/AI/"><i/></foreignObject>'
    assert shown(svg(f"<switch>{own}<g>{SQUARE}</g><text>Not this</text></switch>")) == RED
    html = '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Words</p></foreignObject>'
    assert taken(svg(f"<switch>{html}<g>{SQUARE}</g></switch>")).lost == ()
    assert taken(svg(html + SQUARE)).lost == (("text", "foreignObject"),)
    assert refusal(svg("<foreignObject><script/></foreignObject>")) == Refusal("script", 1)


def test_styles_are_read_as_a_browser_reads_them() -> None:
    sheets = {
        ":root{--c:#c8102e} .a{fill:var(--c)}": RED,
        ".a{fill:var(--c, #c8102e)}": RED,
        "svg{--a:#c8102e;--b:var(--a)} .a{fill:var(--b)}": RED,
        "path:nth-child(2){fill:#c8102e}": RED,
        "g>.a{fill:#c8102e} path{fill:blue}": RED,
        "path{fill:#c8102e!important} #i{fill:blue}": RED,
        "@media print{path{fill:#c8102e}} @media (max-width:9px){path{fill:blue}}": RED,
        "@font-face{font-family:X;src:url(data:,)} .a{fill:#c8102e}": RED,
        "<![CDATA[.a{fill:#c8102e}]]>": RED,
    }
    for css, colour in sheets.items():
        body = f'<style>{css}</style><g><title/><path class="a" id="i" d="M0 0h60v40H0z"/></g>'
        assert shown(svg(body)) == colour, css
    own = '<style>.a{fill:blue}</style><path class="a" style="fill:#c8102e" d="M0 0h60v40H0z"/>'
    assert shown(svg(own)) == RED
    attribute = '<g style="--c:#c8102e"><path fill="var(--c)" d="M0 0h60v40H0z"/></g>'
    assert shown(svg(attribute)) == RED


def test_a_colour_that_nothing_defines_is_named() -> None:
    made = taken(svg('<path style="fill:var(--brand)" d="M0 0h60v40H0z"/>'))
    assert made.lost == (("variable", "--brand"),)
    assert taken(svg('<style>*{fill:var(--a)}*{--a:var(--a)}</style><path d="M0 0"/>')).vectors


def test_the_fonts_of_texts_are_known() -> None:
    body = (
        '<g font-family="\'Myriad Pro\', sans-serif"><text>A<tspan font-family="Lato">B</tspan>'
        "</text></g><text style=\"font: bold 12px/14px 'Gill Sans'\">C</text><text>D</text>"
        '<style>.t{font-family:Futura}</style><text class="t">E</text><g font-family="Unused"/>'
    )
    assert taken(svg(body)).fonts == (
        ("Myriad Pro", "sans-serif"), ("Lato",), ("Gill Sans",), (), ("Futura",),
    )  # fmt: skip


def test_a_drawing_may_be_zipped_and_in_any_encoding() -> None:
    text = f'<?xml version="1.0" encoding="{{}}"?>{svg(SQUARE).decode()}<!-- é -->'
    contents = [text.format(code).encode(code) for code in ("utf-8", "iso-8859-1", "utf-16")]
    for content in (*contents, gzip.compress(svg(SQUARE)), b"\xef\xbb\xbf" + svg(SQUARE)):
        assert shown(content) == RED
        taken(content).content.decode()
    assert refusal(gzip.compress(bytes(50_000_000))) == Refusal("bytes")
    assert refusal(gzip.compress(svg(SQUARE))[:30] + b"\xff") in (
        Refusal("unreadable"), Refusal("damaged", 1),
    )  # fmt: skip


def test_a_drawing_that_is_cut_is_refused_in_its_line() -> None:
    whole = svg("\n" + SQUARE + "\n")
    for cut in range(30, len(whole) - 1, 7):
        found = refusal(whole[:cut])
        assert found is not None
        assert found.why in ("damaged", "unreadable"), cut
        assert found.line <= 3
    assert refusal(b"<html><body>") == Refusal("unreadable", 1)


# --- seen ------------------------------------------------------------------------------------


def test_what_is_white_is_not_seen_on_white() -> None:
    intake = Intake(Cache())
    white = svg('<path fill="#fff" d="M5 5h50v30H5z"/><circle r="4" fill="#fdfdfd"/>')
    panel = svg('<path fill="#fff" d="M0 0h60v40H0z"/><path d="M20 15h20v10H20z" fill="#888"/>')
    for content, ground, seen in (
        (white, "#ffffff", False),
        (white, "#0b1f4d", True),
        (panel, "#ffffff", True),
        (svg(""), "#ffffff", False),
        (svg('<path fill="#0b2050" d="M5 5h50v30H5z"/>'), "#0b1f4d", False),
    ):
        assert intake.shows(taken(content), ground, ()) is seen, content
    pale = Image.new("RGBA", (90, 60), (255, 255, 255, 0))
    pale.paste((250, 250, 250, 255), (20, 20, 70, 40))
    file = io.BytesIO()
    pale.save(file, "PNG")
    assert not intake.shows(taken(file.getvalue()), "#ffffff", ())
