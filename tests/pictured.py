"""A kit with a picture of each kind that is hard to print."""

from __future__ import annotations

import base64
import io
import shutil
from pathlib import Path

from PIL import Image

from moip_press.system.pictures.colour_profiles import PROFILES

HEIC = Path(__file__).parent / "system" / "pictures" / "turned.heic"
KIT = """\
title: Pictures of the quay
period: {start: 2024-03-01, end: 2024-03-31}
language: en
date_of_issue: 2024-02-01
publisher: {name: Port Maren}
logo: {file: images/white.svg, alt: Port Maren, on: dark}
contacts: [{id: press, name: Ada Quill, email: press@example.org}]
partners:
  - {name: Rowers, logo: {file: images/large.png, alt: Rowers}}
  - {name: Pilots, logo: {file: images/blend.svg, alt: Pilots}}
  - {name: Quay, logo: {file: images/words.svg, alt: The quay}}
chapters: [cover, words.yaml, more.yaml, partners]
"""
FIGURE = (
    "  - {{type: figure, image: {{file: images/{0}, alt: Squares as {1}, credit: Ada Quill}}}}\n"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40">{}</svg>'
CIRCLES = (
    '<circle cx="22" cy="20" r="15" fill="#00aeef"/>'
    '<circle cx="38" cy="20" r="15" fill="#fff200" style="mix-blend-mode:multiply"/>'
)


def squares(size: tuple[int, int] = (300, 200)) -> Image.Image:
    image = Image.new("RGB", size, (200, 30, 40))
    image.paste((20, 60, 200), (0, 0, size[0] // 2, size[1] // 2))
    return image


def pictured(folder: Path) -> Path:
    """Write the kit into a folder, and return it."""
    images = folder / "images"
    images.mkdir(parents=True)
    image = squares()
    clear = image.convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    image.convert("CMYK").save(images / "cmyk.jpg", quality=90)
    image.save(images / "wide.jpg", icc_profile=(PROFILES / "adobe-rgb.icc").read_bytes())
    image.save(images / "first.mpo", save_all=True, append_images=[image])
    image.convert("I").point(lambda value: value * 257 + 0).convert("I;16").save(
        images / "deep.png"
    )
    clear.save(images / "clear.webp", lossless=True)
    clear.save(images / "clear.png")
    image.quantize(8).save(images / "palette.gif", transparency=0)
    image.convert("1").save(images / "fax.tif", compression="group4")
    squares((3000, 1500)).save(images / "large.png")
    shutil.copy(HEIC, images / "phone.heic")
    (images / "blend.svg").write_text(SVG.format(CIRCLES))
    (images / "white.svg").write_text(SVG.format('<path fill="#fff" d="M5 5h50v30H5z"/>'))
    (images / "words.svg").write_text(SVG.format('<text y="20" font-size="9">The quay</text>'))
    file = io.BytesIO()
    image.convert("CMYK").save(file, "JPEG")
    inner = base64.b64encode(file.getvalue()).decode()
    held = f'<image width="60" height="40" href="data:image/jpeg;base64,{inner}"/>'
    (images / "holds.svg").write_text(SVG.format(held))
    small = ("blend.svg", "words.svg")  # quick to draw as pixels
    names = sorted(path.name for path in images.iterdir() if path.name not in small)
    (folder / "kit.yaml").write_text(KIT)
    body = "type: article\ntitle: {}\nbody:\n"
    (folder / "words.yaml").write_text(
        body.format("The quay")
        + "".join(FIGURE.format(name, name.replace(".", " ")) for name in names)
    )
    (folder / "more.yaml").write_text(
        body.format("Once more") + FIGURE.format("large.png", "large png")
    )
    return folder
