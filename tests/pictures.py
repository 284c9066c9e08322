"""`make pictures`: draw the pictures of the README, of the page on parts and blocks, of the studio.

Each picture of a part or block is made of the YAML that the page shows below it, laid into the
festival of the examples, so that page and picture cannot differ.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import yaml
from PIL import Image, ImageOps

from moip_press.press import journey
from moip_press.press.outcome import Order
from moip_press.system.cache import Cache
from tests import studio_pictures
from tests.documented import DOCS, Page
from tests.editions.versions import described
from tests.excerpts import EXAMPLES, PART, TITLE, add_pictures, placed, values_of
from tests.reading import MILLIMETRE, Pdf

ROOT = DOCS.parent
PAGE = Page("fr/parties.md", (DOCS / "fr" / "parties.md").read_text(encoding="utf-8"))
PICTURE = re.compile(r"^!\[.+\]\(\.\./(images/(?:parts|blocks)/[\w-]+\.webp)\)$", re.MULTILINE)
FESTIVAL = EXAMPLES / "festival"
SECTIONS = ["ateliers.yaml", "debats.yaml", "spectacles.yaml"]
PART_WIDTH, BLOCK_WIDTH = 880, 1400
"""How many pixels wide a picture is: twice what the page shows."""
MOST_BYTES = 60_000


@dataclass(frozen=True)
class Shown:
    """A picture of the page, below ``docs/``, and the code from which it is made."""

    file: str
    code: tuple[tuple[str, str], ...]

    @property
    def is_block(self) -> bool:
        """Whether it shows a part of a page only."""
        return "/blocks/" in self.file

    @property
    def name(self) -> str:
        """What it shows."""
        return Path(self.file).stem

    @property
    def id(self) -> str:
        """The name of its part in the kit."""
        return f"shown-{self.file.split('/')[1]}-{self.name}"

    @property
    def stands_beside_others(self) -> bool:
        """Whether one kit can hold its code and that of others: it is no event, and of one part."""
        texts = [text for kind, text in self.code if kind == "yaml"]
        files = [placed(text) for text in texts]
        alone = any(name in ("kit.yaml", "theme.yaml") for name, _ in files)
        return not (alone or any("type: programme" in whole for _, whole in files))

    @property
    def types(self) -> set[str]:
        """The parts and blocks that its code has."""
        values = [values_of(text) for kind, text in self.code if kind == "yaml"]
        records = [each for value in values for each in (value if self.is_block else [value])]
        said = {each["type"] for each in records if isinstance(each, dict) and "type" in each}
        named = {name for value in values if "chapters" in value for name in value["chapters"]}
        return said | named


def shown() -> list[Shown]:
    """Return the pictures of the page, in order."""
    heads = [*PICTURE.finditer(PAGE.text)]
    lines = [PAGE.text.count("\n", 0, head.start()) + 1 for head in heads]
    ends = [*lines[1:], sys.maxsize]
    return [
        Shown(
            head[1],
            tuple((each.kind, each.text) for each in PAGE.blocks if start < each.line < end),
        )
        for head, start, end in zip(heads, lines, ends, strict=True)
    ]


# --- the kits that are built ---------------------------------------------------------------


def groups() -> list[list[Shown]]:
    """Return which pictures come of one kit: parts and blocks do; what changes the kit is alone."""
    together = [what for what in shown() if what.stands_beside_others]
    return [together, *([what] for what in shown() if what not in together)]


def lay_out(group: list[Shown], kit: Path) -> None:
    """Write the festival's kit, with the code of some pictures before its sections."""
    shutil.copytree(FESTIVAL, kit)
    (kit / "templates").mkdir()
    edition = yaml.safe_load((kit / "kit.yaml").read_text(encoding="utf-8"))
    for name in ("closing", "handouts"):
        del edition[name]
    first = []
    for what in group:
        chapters = ["cover"]
        for kind, text in what.code:
            add_pictures(text, kit)
            name, whole = placed(text) if kind == "yaml" else ("templates/marees.html", text)
            if name == "kit.yaml":
                given = yaml.safe_load(text)
                chapters = given.pop("chapters", chapters)
                edition |= given
            elif name == PART:
                name, whole = f"{what.id}.yaml", f"{whole}\nid: {what.id}\n"
                chapters = [name]
            if name != "kit.yaml":
                (kit / name).write_text(whole, encoding="utf-8")
        first += chapters
    edition["chapters"] = [*first, *SECTIONS]
    (kit / "kit.yaml").write_text(yaml.safe_dump(edition, allow_unicode=True), encoding="utf-8")


def earlier(kit: Path) -> Path:
    """Return a copy of a kit as it was before: one event on another day, one not yet there."""
    before = Path(shutil.copytree(kit, kit.with_name("before")))
    file = before / "debats.yaml"
    section = yaml.safe_load(file.read_text(encoding="utf-8"))
    section["events"][0]["when"] = "5 octobre, 18:00-20:00"
    del section["events"][1]
    file.write_text(yaml.safe_dump(section, allow_unicode=True), encoding="utf-8")
    return before


def built(group: list[Shown], folder: Path, cache: Cache) -> Pdf:
    """Return the dossier in which the code of some pictures is printed."""
    lay_out(group, folder / "kit")
    changes = any(what.name == "changes" for what in group)
    order = Order(since=described(earlier(folder / "kit")) if changes else None)
    made = journey.build(folder / "kit", folder / "out", cache=cache, order=order)
    assert made.dossier is not None, made.report
    return Pdf(made.dossier.path)


# --- what is cut out of it -----------------------------------------------------------------


def drawn(what: Shown, pdf: Pdf) -> Image.Image:
    """Return the picture: a block alone, a part as its page, which is cut where it ends early."""
    own = {name: each for name, each in pdf.places.items() if name.startswith(f"{what.id}--")}
    page = own[f"{what.id}--{what.id}"].page if own else 1
    width = BLOCK_WIDTH if what.is_block else PART_WIDTH
    point = width / pdf.sizes[0][0]
    height = round(pdf.sizes[0][1] * point)
    sheet = pdf.image(page, 3 * point).resize((width, height), Image.Resampling.LANCZOS)
    head, foot = 0, height - round(20 * MILLIMETRE * point)
    if what.is_block:
        tops = [pdf.sizes[0][1] - top for top in extent(what, pdf, page)]
        head, foot = round(tops[0] * point), min(foot, round(tops[1] * point))
    ink = ImageOps.invert(sheet.convert("L")).crop((0, head, width, foot))
    box = ink.point(lambda light: 255 if light > 12 else 0).getbbox()
    assert box, what.file
    margin = round(5 * MILLIMETRE * point)
    bottom = head + box[3] + margin
    if what.is_block:
        return without_gap(
            sheet.crop((0, max(0, head + box[1] - margin), width, bottom)), 4 * margin
        )
    return sheet.crop((0, 0, width, bottom if bottom < 0.75 * height else height))


def extent(what: Shown, pdf: Pdf, page: int) -> tuple[float, float]:
    """Return where an event begins and ends, or what stands below the title of an article."""
    own = {name: each.top for name, each in pdf.places.items() if name.startswith(f"{what.id}--")}
    if end := own.pop(f"{what.id}--{what.id}--end", None):
        return sorted(own.values())[-2] + MILLIMETRE, end
    return pdf.spot(page, TITLE)[1] - MILLIMETRE, 0.0


def without_gap(picture: Image.Image, most: int) -> Image.Image:
    """Return a picture of which rows are left out where more than `most` in a row are blank."""
    ink = ImageOps.invert(picture.convert("L")).point(lambda light: 255 if light > 5 else 0)
    rows, run = [], 0
    for row in range(picture.height):
        run = 0 if ink.crop((0, row, picture.width, row + 1)).getbbox() else run + 1
        if run <= most:
            rows.append(row)
    shorter = Image.new("RGB", (picture.width, len(rows)), "white")
    for place, row in enumerate(rows):
        shorter.paste(picture.crop((0, row, picture.width, row + 1)), (0, place))
    return shorter


def save(picture: Image.Image, target: Path) -> None:
    """Write a picture as WebP, as sharp as the bytes that it may have allow."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for colours in (64, 24):
        few = picture.quantize(colours, dither=Image.Dither.NONE).convert("RGB")
        few.save(target, lossless=True, method=6)
        if target.stat().st_size <= MOST_BYTES:
            return
    for quality in (80, 65, 50):
        picture.save(target, quality=quality, method=6)
        if target.stat().st_size <= MOST_BYTES:
            return


# --- the README ----------------------------------------------------------------------------

PAGES = (1, 2, 4, 5, 7, 8, 12, 18, 22, 24)
COLUMNS = 5
WIDTH = 300
GAP = 16
GROUND = "#e9ecf2"


def sheet_of(pdf: Path) -> Image.Image:
    """Return one image of some pages of `pdf`."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [_drawn(document, number) for number in PAGES]
    height = pages[0].height
    rows = -(-len(pages) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP), GROUND)
    for place, page in enumerate(pages):
        row, column = divmod(place, COLUMNS)
        sheet.paste(page, (GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)))
    return sheet


def _drawn(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    page: Image.Image = document[number - 1].render(scale=2).to_pil()
    return page.resize((WIDTH, round(page.height * WIDTH / page.width)), Image.Resampling.LANCZOS)


def main(asked: list[str]) -> None:
    """Draw the pictures whose names are ``asked`` for, or all of them."""
    with tempfile.TemporaryDirectory() as name:
        cache = Cache(Path(name) / "cache")
        for number, group in enumerate(groups()):
            wanted = [what for what in group if not asked or what.name in asked]
            if wanted:
                pdf = built(group, Path(name) / str(number), cache)
                for what in wanted:
                    save(drawn(what, pdf), DOCS / what.file)
    studio_pictures.main(asked)
    if not asked:
        output = ROOT / "output"
        sheet = sheet_of(output / "2021" / "dossier.pdf")
        # median cut would leave no colour to what is small
        few = sheet.quantize(256, method=Image.Quantize.FASTOCTREE)
        few.save(output / "pages.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
