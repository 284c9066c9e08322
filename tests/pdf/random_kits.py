"""Kits made at random, each the same for its number: words, pictures, styles, templates."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

FONTS = Path(__file__).parents[2] / "styles" / "fonts"
WORDS = (
    "lecture atelier médiathèque œuvre «\u00a0ouverte\u00a0» 14\u00a0h\u00a030 l’été où naît cœur "
    "12\u00a0€ ½ n°\u00a03 № À bientôt\u00a0! fiançailles affluence rendez-vous 2026–2027 x² ≤ →"
)
ENGLISH = "a quiet evening with poets and their readers"
COLOURS = ("#1f4fa8", "#b0361c", "teal", "rgb(10, 90, 60)", "hsl(280 50% 40%)")
FORMS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
MODES = {
    "1": ("png",),
    "L": ("png", "jpg"),
    "LA": ("png",),
    "P": ("png", "gif"),
    "RGB": ("png", "jpg", "webp"),
    "RGBA": ("png", "webp"),
    "I;16": ("png",),
    "CMYK": ("jpg",),
}


def words(chance: Random, most: int = 12) -> str:
    return " ".join(["mot", *chance.choices(WORDS.split(" "), k=chance.randint(0, most))])


def inline(chance: Random) -> str:
    """Some Markdown within a line."""
    link = f"[{words(chance, 3)}](https://example.org/{chance.randint(1, 99)})"
    english = f"[{' '.join(chance.choices(ENGLISH.split(), k=3))}]{{lang=en}}"
    kinds = (words(chance), f"*{words(chance, 2)}*", f"**{words(chance, 2)}**", link, english)
    return " ".join(chance.choices(kinds, k=chance.randint(1, 5)))


def prose(chance: Random) -> str:
    """Some Markdown."""
    kinds: tuple[Callable[[], str], ...] = (
        lambda: inline(chance),
        lambda: "\n".join(f"- {inline(chance)}" for _ in range(chance.randint(2, 4))),
        lambda: "\n".join(f"{n}. {inline(chance)}" for n in range(1, chance.randint(3, 5))),
        lambda: f"> {inline(chance)}",
    )
    return "\n\n".join(chance.choice(kinds)() for _ in range(chance.randint(1, 5)))


# --- pictures ----------------------------------------------------------------------------------


def picture(chance: Random, folder: Path) -> str:
    """Write a picture of some kind, and return its name."""
    number = len(list(folder.iterdir()))
    if chance.random() < 0.4:
        path = folder / f"dessin-{number}.svg"
        path.write_text(drawing(chance), encoding="utf-8")
    else:
        mode = chance.choice(sorted(MODES))
        form = chance.choice(MODES[mode])
        path = folder / f"photo-{number}.{form}"
        path.write_bytes(photograph(chance, mode, form))
    return f"images/{path.name}"


def photograph(chance: Random, mode: str, form: str) -> bytes:
    size = (chance.randint(20, 90), chance.randint(20, 90))
    image = Image.new("RGB", size, (chance.randint(0, 255), chance.randint(0, 255), 90))
    image.paste((250, 250, 250), (3, 3, 12, 12))
    made = image.convert("L").convert("I;16") if mode == "I;16" else image.convert(mode)
    file = io.BytesIO()
    made.save(file, FORMS[form])
    return file.getvalue()


SHAPES = """\
<rect width="40" height="30" fill="COLOUR"/>
<circle cx="30" cy="30" r="20" fill="COLOUR" opacity=".5"/>
<linearGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="COLOUR"/>\
</linearGradient><rect width="60" height="40" fill="url(#g)"/>
<radialGradient id="r"><stop offset="0" stop-color="#fff" stop-opacity=".2"/><stop offset="1" \
stop-color="COLOUR"/></radialGradient><circle cx="30" cy="30" r="25" fill="url(#r)"/>
<clipPath id="c"><circle cx="20" cy="20" r="15"/></clipPath>\
<rect width="50" height="50" fill="COLOUR" clip-path="url(#c)"/>
<path d="M5 5 C 20 40 40 0 55 50" stroke="COLOUR" fill="none" stroke-dasharray="3 2"/>
<g transform="rotate(20 30 30)"><use href="#u"/></g><path id="u" d="M9 9h9v9z"/>
<image width="20" height="20" href="data:image/png;base64,RASTER"/>
<text x="5" y="40" font-size="12" font-family="Source Sans 3">Ville</text>
<style>.a{fill:COLOUR}</style><ellipse class="a" cx="30" cy="20" rx="20" ry="9"/>
<mask id="m"><rect width="30" height="60" fill="#fff"/></mask>\
<rect width="60" height="60" fill="COLOUR" mask="url(#m)"/>"""


def drawing(chance: Random) -> str:
    """A drawing with some of what programs write."""
    file = io.BytesIO()
    Image.new("RGB", (4, 4), (200, 30, 30)).save(file, "PNG")
    inner = "".join(chance.sample(SHAPES.split("\n"), k=chance.randint(1, 4)))
    inner = inner.replace("COLOUR", chance.choice(COLOURS[:3]))
    inner = inner.replace("RASTER", base64.b64encode(file.getvalue()).decode())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" width="60" height="60">'
        f"{inner}</svg>"
    )


# --- styles and templates ----------------------------------------------------------------------

RULES = """\
h2 { color: COLOUR; letter-spacing: .05em }
p { opacity: .7 }
blockquote { transform: rotate(1deg); border-radius: 4pt }
li::marker { color: COLOUR }
table { background: linear-gradient(to right, white, COLOUR) }
figure { border: 2pt dashed COLOUR; box-shadow: 0 0 2pt black }
@font-face { font-family: Maison; src: url(fonts/own.ttf) } p { font-family: Maison }
section { mix-blend-mode: multiply }
article { mix-blend-mode: darken; opacity: .9 }
strong { text-decoration: underline wavy; font-variant-caps: small-caps }
h1::after { content: ' →' }
article { columns: 2 } h2 { column-span: all }
td { padding: 2pt; border: 1pt solid } tr:nth-child(2n) { background: #eee }
a { color: inherit; text-decoration: none } a::after { content: ' →' }
img { filter: grayscale(1); image-rendering: auto }
h2 { color: cmyk(100% 0% 0% 0%) }"""


def style(chance: Random) -> str:
    """Some rules of a kit's own style sheet."""
    chosen = "\n".join(chance.sample(RULES.split("\n"), k=chance.randint(0, 6)))
    return chosen.replace("COLOUR", chance.choice(COLOURS))


PARTS = """\
<p>WORDS <span lang="en">ENGLISH</span></p>
<h2>WORDS</h2><p>WORDS</p>
<table><thead><tr>HEADS</tr></thead><tbody>ROWS</tbody></table>
<table><tr><th colspan="COUNT">WORDS</th></tr>ROWS</table>
<table><caption>WORDS</caption><tr><th>a</th><td rowspan="2">b</td></tr><tr><th>c</th></tr></table>
<ul><li>WORDS<ul><li>WORDS</li></ul></li><li>un</li></ul>
<ol start="3"><li>WORDS</li></ol><dl><dt>a</dt><dd>b</dd></dl>
<figure><img src="PICTURE" alt="Une image" style="width: 9mm"><figcaption>WORDS</figcaption>\
</figure>
<p><img src="PICTURE" alt="" style="width: 9mm"> WORDS</p>
<blockquote><p>WORDS</p></blockquote>
<p>WORDS<span style="float: footnote">WORDS</span></p>
<div style="display: flex; gap: 2mm"><p>un</p><p>deux</p></div>
<div style="display: grid; grid-template-columns: 1fr 1fr"><p>un</p><p>deux</p></div>
<p><a href="https://example.org/COUNT"><strong>WORDS</strong></a></p>
<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><title>Rond</title>\
<circle cx="10" cy="10" r="9"/></svg>
<p aria-hidden="true">décor</p><hr>
<p style="break-before: page">WORDS</p>
<p>Le <abbr title="Direction">DITP</abbr>, <q>WORDS</q>, <code>x = 1</code>, H<sub>2</sub>O</p>
<aside><h2>WORDS</h2><p>WORDS</p></aside>
<section><h2>WORDS</h2><section><h3>WORDS</h3><p>WORDS</p></section></section>
<p></p><ul></ul><table></table>
<div role="img" aria-label="un dessin">◆</div>
<details><summary>WORDS</summary><p>WORDS</p></details>
<form><label>Nom <input type="text" name="a"></label></form>"""


def template(chance: Random, pictures: list[str]) -> str:
    """A template of a kit's own."""
    columns = chance.randint(1, 4)
    row = f"<tr>{'<td>WORDS</td>' * columns}</tr>"
    chosen = "\n".join(chance.sample(PARTS.split("\n"), k=chance.randint(2, 9)))
    chosen = chosen.replace("HEADS", "<th>WORDS</th>" * columns)
    chosen = chosen.replace("ROWS", row * chance.randint(1, 5))
    chosen = chosen.replace("PICTURE", chance.choice(pictures)).replace("COUNT", str(columns))
    while "WORDS" in chosen:
        chosen = chosen.replace("WORDS", words(chance, 4), 1)
    head = "<h1>{{ view.part.title|heading }}</h1>"
    return (
        f'<article id="{{{{ view.id }}}}">{head}\n{chosen.replace("ENGLISH", ENGLISH)}\n</article>'
    )


# --- the kit -----------------------------------------------------------------------------------


def article(chance: Random, pictures: list[str]) -> dict[str, Any]:
    image = {"file": chance.choice(pictures), "alt": "Une image", "caption": inline(chance)}
    decoration = {"file": chance.choice(pictures), "decorative": "yes"}
    directory = [{"name": words(chance, 3), "region": "Lyon"}, {"name": "b"}]
    blocks: list[dict[str, Any]] = [
        {"type": "text", "title": words(chance, 4), "text": prose(chance)},
        {"type": "box", "text": prose(chance)},
        {"type": "quote", "text": inline(chance), "author": "Alix Martin"},
        {"type": "figure", "image": image},
        {"type": "figure", "image": decoration},
        {"type": "key-figures", "items": [{"value": "12", "label": words(chance, 3)}] * 2},
        {"type": "cards", "items": [{"title": words(chance, 3), "text": inline(chance)}] * 3},
        {"type": "directory", "labs": directory},
        {"type": "labs", "labs": [{"name": "Atelier", "profile": prose(chance)}]},
        {"type": "missions", "items": [{"title": words(chance, 3), "text": prose(chance)}]},
    ]
    body = chance.sample(blocks, k=chance.randint(1, 6))
    return {"type": "article", "title": f"Lire {words(chance, 3)}", "body": body}


def programme(chance: Random) -> dict[str, Any]:
    events = [
        {
            "title": f"{number} {words(chance, 6)}",
            "when": f"2026-03-{chance.randint(1, 31):02}",
            "text": prose(chance),
            "language": chance.choice(("fr", "en")),
            "status": chance.choice(("confirmed", "cancelled")),
        }
        for number in range(chance.randint(1, 6))
    ]
    opener = chance.choice(("band", "half", "page"))
    return {"type": "programme", "title": "Programme", "opener": opener, "events": events}


def write(folder: Path, number: int) -> None:
    """Write the kit of a number."""
    chance = Random(number)  # noqa: S311 -- nothing secret
    for name in ("images", "templates", "styles/fonts"):
        (folder / name).mkdir(parents=True)
    pictures = [picture(chance, folder / "images") for _ in range(3)]
    font = chance.choice(sorted(FONTS.glob("*.ttf"))).read_bytes()
    (folder / "styles" / "fonts" / "own.ttf").write_bytes(font)
    (folder / "styles" / "kit.css").write_text(style(chance), encoding="utf-8")
    (folder / "templates" / "own.html").write_text(template(chance, pictures), encoding="utf-8")
    own = {"type": "custom", "title": "Gabarit", "template": "own.html"}
    parts = {"article": article(chance, pictures), "programme": programme(chance), "own": own}
    kit: dict[str, Any] = {
        "title": f"Kit {number} {words(chance, 4)}",
        "period": {"start": "2026-03-01", "end": "2026-03-31"},
        "language": chance.choice(("fr", "en")),
        "publisher": {"name": "Ville de Saint-Exemple"},
        "chapters": ["cover", *(f"{name}.yaml" for name in chance.sample(sorted(parts), k=2))],
    }
    if chance.random() < 0.5:
        kit["logo"] = {"file": pictures[0], "alt": "Ville de Saint-Exemple"}
    for name, content in {"kit": kit, **parts}.items():
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
