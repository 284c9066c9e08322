"""Each word of a document lies on its page, inside it, once; what does not is found, and how."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import weasyprint
from PIL import Image
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from moip_press.pdf import engine
from moip_press.pdf.placed_pictures import Photograph
from moip_press.pdf.typeset.losses import losses

FONT = Path(__file__).parents[2] / "styles" / "fonts" / "SourceSans3-Regular.ttf"
STYLE = f"""
@font-face {{ font-family: Tried; src: url({FONT.as_uri()}) }}
@page {{ size: 100mm 100mm; margin: 10mm; @top-left {{ content: string(running) }} }}
html {{ font: 10pt/12pt Tried }}
p {{ margin: 0 }}
.line {{ width: 18mm; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }}
.turned {{ width: 30mm; margin-top: 20mm; transform: translate(55mm) rotate(90deg) }}
"""
LONG = "mot " * 400

LOST = {
    "off the right edge": (
        f'<p style="white-space: nowrap">{"un deux " * 12}</p>',
        [("off", "un deux " * 5)],
    ),
    "off the foot": (
        '<p>un</p><p style="position: relative; top: 85mm">deux</p>',
        [("off", "deux")],
    ),
    "off the sheet where it is turned": (
        ('<p class="turned">un</p><p class="turned" style="margin-top: -30mm">deux</p>'),
        [("off", "deux")],
    ),
    "cut at the side": (
        '<p style="width: 18mm; overflow: hidden; white-space: nowrap">un deux trois quatre</p>',
        [("cut", "trois quatre")],
    ),
    "cut at the foot": (
        '<div style="height: 12pt; overflow: hidden"><p>un<p>deux</div>',
        [("cut", "deux")],
    ),
    "half a line cut": (
        '<div style="height: 6pt; overflow: hidden"><p>un</div>',
        [("cut", "un")],
    ),
    "cut by clip": (
        '<p style="position: absolute; clip: rect(0, 18mm, 20mm, 0)">un deux trois quatre</p>',
        [("cut", "trois quatre")],
    ),
    "a sum of money": (
        '<p style="width: 10mm; overflow: hidden; white-space: nowrap">1 250 000 €</p>',
        [("cut", "000 €")],
    ),
    "shortened": (
        ('<p class="line">un deux trois quatre</p>'),
        [("elided", "trois quatre")],
    ),
    "shortened, across elements": (
        ('<p class="line">un <b>deux trois</b> quatre</p>'),
        [("elided", "trois"), ("elided", "quatre")],
    ),
    "lines left out": (
        '<p style="width: 10mm; max-lines: 2; block-ellipsis: auto">un deux trois quatre cinq</p>',
        [("elided", "trois quatre cinq")],
    ),
    "left out where no page is left": (
        '<div style="position: absolute; top: 66mm"><p>un<p>deux<p>trois<p>quatre<p>cinq</div>',
        [("missing", "quatre"), ("missing", "cinq")],
    ),
    "covered by what comes later": (
        (
            '<p>un deux trois</p><div style="background: white; margin-top: -12pt; height: 12pt; '
            'position: relative; width: 10mm"></div>'
        ),
        [("covered", "un deux")],
    ),
    "covered by its own box": (
        '<div style="background: white"><p style="position: relative; z-index: -1">un</p></div>',
        [("covered", "un")],
    ),
    "covered by a cell": (
        (
            '<table><tr><td><div style="width: 60mm; white-space: nowrap; margin-right: -60mm">'
            'un deux trois quatre cinq</div><td style="position: relative; background: #eee; '
            'width: 40mm; height: 20mm"></table>'
        ),
        [("covered", "un deux trois quatre cinq")],
    ),
    "covered by a picture": (
        '<p>un</p><img src="opaque.png" style="margin-top: -20pt; width: 40mm; height: 40mm">',
        [("covered", "un")],
    ),
    "on no page": (
        '<p>un <span style="display: none">deux</span> trois</p>',
        [("hidden", "deux")],
    ),
    "hidden with all in it": (
        '<div style="display: none"><p>un</p><ul><li>deux</ul></div>',
        [("hidden", "un deux")],
    ),
    "invisible": (
        (
            '<p>un <b style="visibility: hidden">deux</b> <b style="color: transparent">trois</b>'
            ' <b style="opacity: 0">quatre</b> <b style="font-size: 0">cinq</b></p>'
        ),
        [("hidden", "deux"), ("hidden", "trois"), ("hidden", "quatre"), ("hidden", "cinq")],
    ),
    "as the web hides it": (
        (
            '<p style="position: absolute; left: -9999px">un</p>'
            '<p style="position: absolute; width: 1px; height: 1px; overflow: hidden">deux</p>'
        ),
        [("hidden", "un"), ("hidden", "deux")],
    ),
    "taken out of the pages": (
        '<p>un</p><p style="position: running(nowhere)">deux</p>',
        [("missing", "deux")],
    ),
    "a title in the margin": (
        f"<p style=\"string-set: running '{'titre ' * 40}'\">un</p>",
        [("off", "titre " * 11)],
    ),
    "what a style takes from the document": (
        (
            "<style>b::after { content: attr(title); position: absolute; left: 90mm }</style>"
            '<b title="un deux trois">quatre</b>'
        ),
        [("off", "un deux trois")],
    ),
}

WHOLE = {
    "pages of text": f"<p>{LONG}</p>",
    "divided words": '<p lang="fr" style="hyphens: auto; text-align: justify">'
    + "anticonstitutionnellement extraordinairement " * 20,
    "a soft hyphen": '<p style="width: 15mm">extraordi&shy;nairement</p>',
    "a long word in pieces": f'<p style="overflow-wrap: anywhere">{"x" * 200}</p>',
    "columns": f'<div style="columns: 3; column-gap: 4mm">{LONG}</div>',
    "footnotes": '<p>un<span style="float: footnote">deux</span> trois</p>',
    "a repeated head": "<table><thead><tr><th>Titre<tbody>" + "<tr><td>cellule" * 40 + "</table>",
    "a fixed text": f'<p style="position: fixed; bottom: 0">un</p><p>{LONG}</p>',
    "a running text": "<style>@page { @bottom-left { content: element(foot) } }</style>"
    f'<p style="position: running(foot)">un deux</p><p>{LONG}</p>',
    "floats and a drop cap": "<style>p::first-letter { float: left; font-size: 24pt }</style>"
    f"<p>{'mot ' * 40}</p>",
    "flex and grid": '<div style="display: flex">un <b>deux</b><i>trois</i></div>'
    '<div style="display: grid; grid-template-columns: 1fr 1fr"><p>un<p>deux<p>trois</div>',
    "other letters": '<p style="text-transform: uppercase">straße œuf é</p>'
    '<p style="text-transform: capitalize">un deux</p>'
    '<p style="font-variant-caps: small-caps">Petites Capitales</p>',
    "right to left": '<p dir="rtl">un deux <b>trois</b> quatre</p>',
    "turned": '<p style="transform: rotate(-90deg); transform-origin: 0 0; top: 40mm">un</p>',
    "on a ground": '<div style="background: #eee"><p style="background: white">un <b style="'
    'background: yellow">deux</b></p></div>',
    "on a ground that comes first": '<div style="background: #0b1f4d; height: 20mm"></div>'
    '<p style="margin-top: -15mm; position: relative">un</p>',
    "above, by its number": '<p style="position: absolute; z-index: 2">un</p>'
    '<div style="position: absolute; z-index: 1; background: white; width: 50mm; height: 20mm">',
    "under what is clear": '<p>un</p><div style="position: relative; top: -12pt; height: 12pt;'
    ' background: rgba(255, 255, 0, 0.3)"></div>',
    "under a picture that is clear": '<p>un</p><img src="clear.png" style="margin-top: -12pt;'
    ' width: 20mm; height: 20mm">',
    "beside a box": '<p>un</p><div style="background: white; height: 5mm"></div><p>deux</p>',
    "decoration": "<style>p::before { content: '2021'; position: absolute; left: -30mm; "
    'font-size: 60pt }</style><p>un</p><p style="position: absolute; left: 85mm" '
    'aria-hidden="true">décor</p>',
    "a mark": '<p style="position: absolute; left: 85mm; font-size: 40pt">« » …</p>',
    "no text of the page": "<script>un</script><template>deux</template><p hidden>trois</p>"
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>quatre</title></svg>'
    '<img alt="cinq" src="none.png">',
    "contents of a box of none": '<div style="display: contents">un <b>deux</b></div>',
    "a place outside of all": '<div style="overflow: hidden; padding: 0 2mm"><p>un</p></div>',
}


class Pictures(URLFetcher):  # type: ignore[misc]
    """Gives the pictures of a folder."""

    dots = 300

    def picture(self, url: str, _context: object) -> Photograph:
        file = Path(url.removeprefix("file://"))
        if not file.is_file():
            raise ValueError(url)
        return Photograph(file.read_bytes(), url, self.dots)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an opaque and a clear picture."""
    folder = tmp_path_factory.mktemp("pictures")
    Image.new("RGB", (9, 9), "white").save(folder / "opaque.png")
    Image.new("RGBA", (9, 9), (255, 255, 255, 0)).save(folder / "clear.png")
    return folder


@pytest.fixture(scope="module")
def fonts() -> FontConfiguration:
    return FontConfiguration()


def lost(body: str, fonts: FontConfiguration, pictures: Path) -> Iterator[tuple[str, str]]:
    address = f"{pictures.as_uri()}/"
    html = weasyprint.HTML(string=f"<body>{body}", base_url=address, url_fetcher=Pictures())
    style = weasyprint.CSS(string=STYLE, font_config=fonts)
    with engine.logged():
        document = engine.render(html, fonts, [style])
    for page in losses(document, document.pages):
        yield from ((loss.how, loss.words) for loss in page)


@pytest.mark.parametrize("name", LOST)
def test_words_that_cannot_be_read_are_named(
    name: str, fonts: FontConfiguration, pictures: Path
) -> None:
    body, expected = LOST[name]
    found = list(lost(body, fonts, pictures))
    assert found == [(how, words.strip()) for how, words in expected]


@pytest.mark.parametrize("name", WHOLE)
def test_words_that_can_be_read_are_not(
    name: str, fonts: FontConfiguration, pictures: Path
) -> None:
    assert list(lost(WHOLE[name], fonts, pictures)) == []


def test_words_that_come_twice_are_named(fonts: FontConfiguration) -> None:
    html = weasyprint.HTML(string="<body><p id=a>un deux</p><p>trois</p>")
    style = weasyprint.CSS(string=STYLE, font_config=fonts)
    document = engine.render(html, fonts, [style])
    page = document.pages[0]
    assert [loss for losses_ in losses(document, [page]) for loss in losses_] == []
    found = losses(document, [page, page])
    assert [(loss.how, loss.words, loss.anchor) for loss in found[1]] == [
        ("twice", "un deux", "a"),
        ("twice", "trois", None),
    ]
