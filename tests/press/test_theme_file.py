"""``theme.yaml``: what a kit chooses of its looks without writing CSS."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from moip_press.kit.folders import program_folder
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.model.looks import MARGINS, SIZES
from moip_press.kit.theme_sheet import theme_of
from moip_press.press import journey
from moip_press.report.messages import Catalogue
from moip_press.system.colours import SMALL, contrast, nearest
from tests.keeping import KEPT
from tests.press.test_theme import CHAPTERS, MANIFEST, PROGRAMME, build, colours, make, read
from tests.reading import Pdf

POINT = 25.4 / 72
FONTS = program_folder("styles") / "fonts"


def themed(folder: Path, theme: str, part: str = PROGRAMME, **files: str) -> Path:
    return make(folder, {"theme.yaml": theme, **files}, part)


def said(kit: Path) -> list[tuple[str, str]]:
    """The codes and messages of what a build says."""
    return [
        (each.code, Catalogue("en").say(each.message)) for each in build(kit).report.diagnostics
    ]


def font(name: str, characters: str, flavour: str | None = None) -> bytes:
    """One of our fonts with some of its characters only."""
    opened = TTFont(FONTS / name)
    kept = subset.Subsetter()
    kept.populate(text=characters)
    kept.subset(opened)
    opened.flavor = flavour
    made = BytesIO()
    opened.save(made)
    return made.getvalue()


# --- colours ------------------------------------------------------------------------------------


def test_the_colours_of_the_theme_are_on_the_pages(tmp_path: Path) -> None:
    theme = 'colours: {ground: "#14324f", accent: ffd060, ink: "#222", sections: ["#7a1f4b"]}\n'
    pdf = read(themed(tmp_path, theme))
    assert pdf.colour(1, 5, 5) == "#14324f"
    assert "#7a1f4b" in colours(pdf)
    assert "#0b1f4d" not in colours(pdf)


def test_a_kit_s_styles_lie_over_its_theme(tmp_path: Path) -> None:
    theme = 'colours: {ground: "#14324f"}\n'
    own = {"styles/kit.css": ":root { --ground: #401030; }"}
    assert read(make(tmp_path, {"theme.yaml": theme, **own})).colour(1, 5, 5) == "#401030"


def test_one_colour_makes_the_three_shades_of_a_section(tmp_path: Path) -> None:
    for number, colour in enumerate(("#ffee00", "#0000ff", "#777777", "#ffffff", "#000000")):
        kit = themed(tmp_path / str(number), f'colours: {{sections: ["{colour}"]}}\n')
        found = read_kit(kit).kit
        assert found is not None
        sheet = theme_of(found).sheet
        dark, bright, tint = (
            sheet.partition(f"--theme-{name}-1: ")[2][:7] for name in ("dark", "bright", "tint")
        )
        assert contrast(dark, "#ffffff") >= SMALL
        assert contrast(dark, tint) >= SMALL
        assert contrast(bright, "#0b1f4d") >= SMALL


def test_more_colours_than_ours_are_used_in_turn(tmp_path: Path) -> None:
    given = [f"#{number:02x}0040" for number in range(16, 128, 14)]
    names = [f"p{number}.yaml" for number in range(len(given) + 1)]
    files = {
        name: f"type: programme\ntitle: Part {name}\nopener: band\nevents: [{{title: {name},"
        " when: 25 September}]\n"
        for name in names
    }
    manifest = MANIFEST + "".join(f"  - {name}\n" for name in names)
    listed = ", ".join(f'"{each}"' for each in given)
    theme = f"colours: {{sections: [{listed}]}}\n"
    pdf = read(make(tmp_path, {**files, "kit.yaml": manifest, "theme.yaml": theme}))
    assert len(pdf) == len(names)
    assert len({Pdf.colour(pdf, page, 5, 5) for page in range(1, len(pdf) + 1)}) == 1
    assert set(given) <= colours(pdf)


@pytest.mark.parametrize("ground", ["#ffffff", "#0b1f4d", "#f2b632", "#808080"])
@pytest.mark.parametrize("colour", ["#777777", "#ff0000", "#00ff00", "#fefefe", "#123456"])
def test_the_nearest_colour_stands_out(colour: str, ground: str) -> None:
    found = nearest(colour, (ground,))
    assert found is not None
    assert contrast(found, ground) >= SMALL
    if contrast(colour, ground) >= SMALL:
        assert found == colour


def test_no_colour_stands_out_from_black_and_white_at_once() -> None:
    assert nearest("#808080", ("#ffffff", "#000000"), 5) is None


# --- fonts --------------------------------------------------------------------------------------

LETTERS = "".join(map(chr, range(32, 127))) + "–’“”·\N{NO-BREAK SPACE}"


def lay_fonts(kit: Path, **fonts: bytes) -> None:
    (kit / "fonts").mkdir(exist_ok=True)
    for name, content in fonts.items():
        (kit / "fonts" / name.replace("_", ".")).write_bytes(content)


def test_the_fonts_of_the_theme_set_the_pages(tmp_path: Path) -> None:
    files = "[fonts/a.ttf, fonts/b.woff2, fonts/c.ttf]"
    kit = themed(tmp_path, f"fonts: {{sans: {files}}}\n")
    lay_fonts(
        kit,
        a_ttf=font("SourceSerif4-Regular.ttf", LETTERS),
        b_woff2=font("SourceSerif4-SemiBold.ttf", LETTERS, "woff2"),
        c_ttf=font("SourceSerif4-Italic.ttf", LETTERS),
    )
    made = build(kit)
    assert made.dossier is not None
    assert made.report.diagnostics == ()
    assert not any("Sans" in name for name in fonts_of(made.dossier.path))


def fonts_of(path: Path) -> set[str]:
    resources: list[Any] = [page["/Resources"] for page in PdfReader(path).pages]
    fonts = [font.get_object() for each in resources for font in each.get("/Font", {}).values()]
    return {str(font["/BaseFont"]) for font in fonts}


def test_a_font_without_bold_italics_or_accents_is_named(tmp_path: Path) -> None:
    kit = themed(tmp_path, "fonts: {sans: fonts/a.ttf}\n", PROGRAMME.replace("One", "Élan"))
    lay_fonts(kit, a_ttf=font("SourceSerif4-Regular.ttf", LETTERS))
    assert said(kit) == [
        ("P302", "The font “Source Serif 4” has no bold weight."),
        ("P302", "The font “Source Serif 4” has no italics."),
        ("P303", "The font “Source Serif 4” lacks “É”, which the kit prints."),
    ]
    assert build(kit).dossier is not None


def test_what_no_font_is_stops_the_build_at_its_place(tmp_path: Path) -> None:
    kit = themed(tmp_path, "fonts:\n  sans: [fonts/a.ttf, fonts/none.ttf, ../b.ttf]\n")
    lay_fonts(kit, a_ttf=b"no font")
    (tmp_path / "b.ttf").write_bytes(font("SourceSerif4-Regular.ttf", LETTERS))
    found = build(kit)
    assert found.dossier is None
    assert [(each.code, each.span.start.column) for each in found.report.diagnostics] == [
        ("P108", 10),
        ("P107", 23),
        ("X101", 39),
    ]


# --- pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_pages_have_the_size_that_the_theme_says(size: str, tmp_path: Path) -> None:
    made = build(themed(tmp_path, f"page: {size.lower()}\n"))
    assert made.dossier is not None, made.report.diagnostics
    for page in PdfReader(made.dossier.path).pages:
        width, height = (float(length) * POINT for length in page.mediabox[2:])
        assert (width, height) == pytest.approx(SIZES[size], abs=0.1)


def test_margins_move_the_text_and_what_stands_in_them(tmp_path: Path) -> None:
    usual = left_of_words(read(make(tmp_path, {})))
    (tmp_path / "x").mkdir()
    moved = left_of_words(read(themed(tmp_path / "x", "margins: {left: 30}\n", part=ARTICLE)))
    assert moved - usual == pytest.approx(30 - MARGINS["A4"][3], abs=0.5)


ARTICLE = (
    "type: article\ntitle: Some words\nid: words\nbody:\n  - {type: text, text: Plain words.}\n"
)


def left_of_words(pdf: Pdf) -> float:
    """The millimetres left of the first black on page 2."""
    image = pdf.image(2).convert("L").point(lambda light: 255 if light < 200 else 0)
    box = image.getbbox()
    assert box
    return box[0] / image.width * 210


def test_the_type_is_scaled(tmp_path: Path) -> None:
    text = "Words that are read at length and break into lines. " * 60
    part = ARTICLE.replace("Plain words.", text)
    pages = []
    for number, scale in enumerate(("0.95", "1,15")):
        (tmp_path / str(number)).mkdir()
        kit = themed(tmp_path / str(number), f"scale: {scale}\n", part=part)
        pages.append(bottom_of_words(read(kit)))
    assert pages[0] < pages[1]


def bottom_of_words(pdf: Pdf) -> int:
    image = pdf.image(2).convert("L").point(lambda light: 255 if light < 200 else 0)
    box = image.crop((0, 0, image.width, int(image.height * 0.9))).getbbox()
    assert box
    return box[3]


def test_the_cover_may_be_light_and_plain(tmp_path: Path) -> None:
    pdf = read(themed(tmp_path, "cover: plain\ncover_ground: light\n"))
    assert pdf.colour(1, 5, 5) == "#ffffff"
    assert "Sat" not in pdf.page(1)
    assert "A Small Week" in pdf.page(1)


def test_titles_may_be_printed_in_capitals(tmp_path: Path) -> None:
    pdf = read(themed(tmp_path, "titles: capitals\n"))
    assert "A SMALL WEEK" in pdf.page(1)
    assert "TWO EVENINGS" in pdf.page(2)


PICTURE = "cover:\n  picture: {file: a.svg, alt: A wave, credit: Odile}\n"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 40"><path d="M0 0h30v40z"/></svg>'
)


@pytest.mark.parametrize(
    ("own", "looks", "codes", "kind"),
    [
        ("", "cover: picture-half\n", ["S179"], None),
        (PICTURE, "cover: picture-half\n", [], "half"),
        (PICTURE, "cover: picture-full\n", [], "full"),
        (PICTURE, "titles: capitals\n", [], "half"),
        (f"{PICTURE}  kind: full\n", "titles: capitals\n", [], "full"),
        (f"{PICTURE}  kind: half\n", "cover: picture-full\n", ["S144"], "full"),
        (PICTURE, "cover: plain\n", ["S144"], "half"),
    ],
)
def test_the_size_of_the_picture_on_the_cover_stands_in_one_file(
    own: str, looks: str, codes: list[str], kind: str | None, tmp_path: Path
) -> None:
    manifest = MANIFEST.replace("chapters:", f"{own}chapters:") + CHAPTERS
    kit = make(tmp_path, {"theme.yaml": looks, "kit.yaml": manifest}, PROGRAMME)
    (kit / "a.svg").write_text(DRAWING, encoding="utf-8")
    assert [code for code, _ in said(kit)] == codes
    found = read_kit(kit).kit
    assert found is not None
    assert (found.cover and found.cover.kind) == kind


def test_the_calendar_of_kit_yaml_is_still_read_and_theme_yaml_counts_before_it(
    tmp_path: Path,
) -> None:
    manifest = MANIFEST.replace("chapters:", "theme: {calendar: none}\nchapters:") + CHAPTERS
    alone = make(tmp_path, {"kit.yaml": manifest}, PROGRAMME)
    assert "Sat" not in read(alone).page(1)
    both = make(tmp_path, {"theme.yaml": "cover: calendar\n", "kit.yaml": manifest}, PROGRAMME)
    assert [code for code, _ in said(both)] == ["S144"]
    found = read_kit(both).kit
    assert found is not None
    assert found.cover_shows == "calendar"


# --- around it ----------------------------------------------------------------------------------


def test_a_changed_theme_builds_anew(tmp_path: Path) -> None:
    kit = themed(tmp_path, 'colours: {ground: "#14324f"}\n')
    press = journey.Press(KEPT)
    for ground in ("#14324f", "#402040"):
        (kit / "theme.yaml").write_text(f'colours: {{ground: "{ground}"}}\n', encoding="utf-8")
        made = press.build(kit, tmp_path / "out")
        assert made.dossier is not None
        assert Pdf(made.dossier.path).colour(1, 5, 5) == ground
        assert '"theme.yaml"' in (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")


def test_an_empty_theme_changes_nothing(tmp_path: Path) -> None:
    plain = build(make(tmp_path, {}, PROGRAMME)).dossier
    assert plain
    before = plain.path.read_bytes()
    after = build(themed(tmp_path, "# nothing yet\n")).dossier
    assert after
    assert after.path.read_bytes() == before


def test_the_logo_may_stand_in_the_theme(tmp_path: Path) -> None:
    kit = themed(tmp_path, "logo: {words: [The small, week]}\n")
    assert "The small week" in read(kit).page(1)


def test_a_chapter_may_be_called_as_the_theme_is(tmp_path: Path) -> None:
    manifest = MANIFEST + CHAPTERS + "  - theme.yaml\n"
    kit = make(tmp_path, {"kit.yaml": manifest, "theme.yaml": ARTICLE.replace("words\n", "x\n")})
    assert "Plain words." in read(kit).page(4)
