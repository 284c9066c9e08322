"""A kit that came by e-mail: what it must not do is refused, and its harmless twin is built.

Each refusal names the file, and the line where there is one. Meanwhile nothing outside the kit
and the theme is opened, no connection is made and no program is started.
"""

from __future__ import annotations

import shutil
import struct
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from moip_press.press import journey
from tests.suites import mostly_long

KIT = """title: Une semaine
period: {start: 2022-09-24, end: 2022-10-02}
publisher: {name: La Maison}
chapters: [words.yaml]
"""
TEXT = "type: article\ntitle: Des mots\nbody:\n  - {type: text, text: Simples.}\n"
CUSTOM = "type: custom\nid: words\ntitle: Des mots\ntemplate: words.html\n"
FIGURE = (
    "type: article\ntitle: Des mots\nbody:\n  - type: figure\n"
    "    image: {file: NAME, alt: Une tour}\n"
)
PAGE = '<article id="{{{{ view.id }}}}"><h1>x</h1>\n{}</article>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n{}<path d="M0 0h9v9z"/></svg>'
SECRET = "SECRET"  # noqa: S105 -- a word to look for

Files = Mapping[str, str | bytes]


@dataclass(frozen=True)
class Attack:
    """The files of a kit that attacks, what is told of it, and the files of its twin.

    ``links`` are names in the kit that lead to names outside, or within it for the twin.
    """

    codes: tuple[str, ...]
    file: str
    line: int
    files: Files
    twin: Files
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def page(attack: str, twin: str, codes: str | tuple[str, ...], line: int = 2) -> Attack:
    """A template that attacks."""
    codes = (codes,) if isinstance(codes, str) else codes
    kit = KIT + "limits: {seconds: 2, memory: 500}\n"
    both = {"words.yaml": CUSTOM, "kit.yaml": kit}
    return Attack(
        codes,
        "words.html" if line else "words.yaml",
        line or 1,
        both | {"templates/words.html": PAGE.format(attack)},
        both | {"templates/words.html": PAGE.format(twin)},
    )


def style(attack: str, twin: str, code: str) -> Attack:
    """A style sheet that attacks."""
    return Attack((code,), "kit.css", 1, {"styles/kit.css": attack}, {"styles/kit.css": twin})


def picture(name: str, attack: bytes | str, twin: bytes | str, code: str, line: int) -> Attack:
    """A picture that attacks: told in its own line, or where the kit names it (line 0)."""
    both = {"words.yaml": FIGURE.replace("NAME", name)}
    return Attack(
        (code,),
        name if line else "words.yaml",
        line or 5,
        both | {name: attack},
        both | {name: twin},
    )


def text(attack: str, twin: str, code: str, line: int) -> Attack:
    """A text that attacks."""
    return Attack((code,), "words.yaml", line, {"words.yaml": attack}, {"words.yaml": twin})


def png(width: int, height: int, size: int = 0) -> bytes:
    """A PNG whose head says how large it is, and no more; ``size`` bytes at least."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(bytes(width + 1) * min(height, 9))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + bytes(size) + chunk(b"IEND", b"")


def small() -> bytes:
    return png(4, 4)


def uses(count: int) -> str:
    """Groups of ten that draw the ten before them."""
    first = '<g id="g0"><path d="M0 0h1"/></g>'
    more = (f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, count))
    return f"<defs>{first}{''.join(more)}</defs><use href='#g{count - 1}'/>\n"


ENTITIES = (
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
    '<svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>'
)
DOT = "R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="
OUT = "../outside/secret"
# each holds twenty times the one before it
VARIABLES = (
    "--a: x;"
    + "".join(f"--{chr(98 + n)}: {f'var(--{chr(97 + n)}) ' * 20};" for n in range(8))
    + "font-family: var(--i)"
)
ATTACKS: dict[str, Attack] = {
    # files
    "chapter-above": Attack(
        ("X101",),
        "kit.yaml",
        4,
        {"kit.yaml": KIT.replace("words.yaml", f"{OUT}.yaml")},
        {"kit.yaml": KIT.replace("words.yaml", "in/words.yaml"), "in/words.yaml": TEXT},
    ),
    "chapter-absolute": Attack(
        ("X101",), "kit.yaml", 4, {"kit.yaml": KIT.replace("words.yaml", "/etc/passwd")}, {}
    ),
    "chapter-by-link": Attack(
        ("X101",),
        "kit.yaml",
        4,
        {"kit.yaml": KIT.replace("words", "linked")},
        {"kit.yaml": KIT.replace("words", "linked")},
        {"linked.yaml": ("secret.yaml", "words.yaml")},
    ),
    "kit-by-link": Attack(
        ("X101",), "kit.yaml", 1, {}, {"own.yaml": KIT}, {"kit.yaml": ("kit.yaml", "own.yaml")}
    ),
    "templates-by-link": Attack(
        ("X101",), "templates", 1, {}, {"in/x.html": "x"}, {"templates": (".", "in")}
    ),
    "styles-by-link": Attack(
        ("X101",), "styles", 1, {}, {"in/kit.css": "p { top: 0 }"}, {"styles": (".", "in")}
    ),
    "style-by-link": Attack(
        ("X101",),
        "kit.css",
        1,
        {"styles/x": ""},
        {"styles/own.css": "p { top: 0 }"},
        {"styles/kit.css": ("secret.css", "styles/own.css")},
    ),
    "picture-above": Attack(
        ("X101",),
        "words.yaml",
        5,
        {"words.yaml": FIGURE.replace("NAME", f"{OUT}.png")},
        {"words.yaml": FIGURE.replace("NAME", "in/a.png"), "in/a.png": small()},
    ),
    # addresses
    "page-file": page(
        '<p><img src="file:///etc/hostname" alt="a"></p>',
        '<p><img src="styles/../a.png" alt="a"></p>',
        "X103",
    ),
    "page-web": page(
        '<p><img src="https://example.org/a.png" alt="a"></p>',
        '<p><a href="https://example.org/a.png">a</a></p>',
        "X103",
    ),
    "page-base": page(
        '<base href="https://example.org/"><p><img src="a.png" alt="a"></p>',
        '<p><img src="a.png" alt="a"></p>',
        "X103",
    ),
    "page-data": page(
        '<p><img src="data:text/html,x" alt="a"></p>',
        f'<p><img alt="a" src="data:image/gif;base64,{DOT}"></p>',
        "X103",
    ),
    "style-import": style('@import "https://example.org/a.css";', '@import "b.css";', "X103"),
    "style-import-file": style('@import "file:///etc/passwd";', '@import "./b.css";', "X103"),
    "style-picture": style(
        'p { background: url("https://example.org/a.png") }',
        'p { background: url("../a.png") }',
        "X103",
    ),
    "style-font": style(
        '@font-face { font-family: X; src: url("https://example.org/x.ttf") }',
        '@font-face { font-family: X; src: url("fonts/SourceSans3-Regular.ttf") }',
        "X103",
    ),
    "style-font-of-the-computer": style(
        '@font-face { font-family: X; src: local("DejaVu Sans") }',
        'p::after { content: "un local (e)" }',
        "X103",
    ),
    # what travels along
    "attachment": page(
        '<link rel="attachment" href="kit.yaml">', '<link rel="author" href="kit.yaml">', "X106"
    ),
    "attached-by-a-link": page(
        '<p><a rel="attachment" href="words.yaml">a</a></p>',
        '<p><a rel="nofollow" href="https://example.org">a</a></p>',
        "X106",
    ),
    # pictures
    "svg-script": picture(
        "a.svg",
        SVG.format("<script>alert(1)</script>\n"),
        SVG.format("<desc>script</desc>\n"),
        "X105",
        2,
    ),
    "svg-handler": picture(
        "a.svg", SVG.format('<g onload="x()"/>\n'), SVG.format('<g class="on"/>\n'), "X105", 2
    ),
    "svg-link-script": picture(
        "a.svg",
        SVG.format('<a href="java&#10;script:x"><path d="M0 0h1"/></a>\n'),
        SVG.format('<a href="https://example.org"><path d="M0 0h1"/></a>\n'),
        "X105",
        2,
    ),
    "svg-entities": picture("a.svg", ENTITIES, SVG.format("<text/>\n"), "X105", 1),
    "svg-uses": picture("a.svg", SVG.format(uses(8)), SVG.format(uses(3)), "X105", 2),
    "svg-draws-itself": picture(
        "a.svg",
        SVG.format('<g id="a"><use href="#a"/></g>\n'),
        SVG.format('<g id="a"/><use href="#a"/>\n'),
        "X105",
        2,
    ),
    "svg-deep": picture(
        "a.svg",
        SVG.format("<g>" * 500 + "</g>" * 500 + "\n"),
        SVG.format("<g>" * 50 + "</g>" * 50 + "\n"),
        "X105",
        2,
    ),
    "svg-file": picture(
        "a.svg",
        SVG.format('<image href="file:///etc/passwd" width="5" height="5"/>\n'),
        SVG.format('<image href="a.png" width="5" height="5"/>\n'),
        "X103",
        2,
    ),
    "svg-style": picture(
        "a.svg",
        SVG.format('<style>@import "https://example.org/a.css";</style>\n'),
        SVG.format("<style>path { fill: red }</style>\n"),
        "I103",
        0,
    ),
    "picture-of-many-pixels": picture("a.png", png(30_000, 30_000), small(), "X104", 0),
    "picture-of-many-bytes": picture("a.png", png(4, 4, 41_000_000), small(), "X104", 0),
    "picture-that-runs": picture(
        "a.png",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n",
        small(),
        "X105",
        0,
    ),
    "picture-of-nothing": picture("a.png", b"", png(1, 1), "I103", 0),
    # YAML
    "yaml-python": text(
        TEXT.replace("Simples.", "!!python/object/apply:os.system [id]"), TEXT, "Y133", 4
    ),
    "yaml-aliases": text(
        "type: article\ntitle: &a Des mots\nbody:\n  - {type: text, text: *a}\n", TEXT, "Y117", 2
    ),
    "yaml-deep": text(TEXT + "x: " + "[" * 100_000, TEXT, "Y137", 5),
    "yaml-binary": Attack(
        ("Y103",), "words.yaml", 1, {"words.yaml": bytes(range(256))}, {"words.yaml": TEXT}
    ),
    "yaml-utf-16": Attack(
        ("Y102",),
        "words.yaml",
        1,
        {"words.yaml": TEXT.encode("utf-16")},
        {"words.yaml": TEXT.encode("utf-8-sig")},
    ),
    # texts
    "link-that-runs": text(
        TEXT.replace("Simples.", "'[a](javascript:alert)'"),
        TEXT.replace("Simples.", "'[a](https://example.org)'"),
        "X102",
        4,
    ),
    "text-in-text": text(
        TEXT.replace("Simples.", f'"{"> " * 500}a"'),
        TEXT.replace("Simples.", f'"{"> " * 5}a"'),
        "S109",
        4,
    ),
    # templates
    "page-breaks-out": page("{{ ''.__class__.__mro__ }}", "{{ ''.upper() }}", "S202"),
    "page-formats-out": page(
        "{{ '{0.__class__}'.format(view) }}", "{{ '{0}'.format(1) }}", ("S202",)
    ),
    "page-multiplies": page("{{ 'x' * 10**9 }}", "{{ 'x' * 9 }}", "S202"),
    "page-raises": page("{{ 9 ** 99999999 }}", "{{ 9 ** 2 }}", "S202"),
    "page-widens": page("{{ '%9999999999d'|format(1) }}", "{{ '%9d'|format(1) }}", "S202"),
    "page-loops": page(
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(9) %}{% for b in range(9) %}{% endfor %}{% endfor %}",
        "X201",
        0,
    ),
    "page-includes-itself": page("{% include 'words.html' %}", "a", "S202"),
    "page-unpickles": page(
        "{{ view.part.parse_raw(\"cos\\nsystem\\n(S'id'\\ntR.\", proto='pickle',"
        " allow_pickle=true) }}",
        "{{ view.part.title|text }}",
        "S202",
    ),
    "page-unpickles-silently": page(
        "{% set r = view.part.parse_raw(\"cposix\\nsystem\\n(S'id'\\ntR.\", proto='pickle',"
        " allow_pickle=true) %}",
        "{% set r = view.part.title %}",
        "S202",
    ),
    "page-reads-a-file": page(
        "{{ view.part.parse_file('/etc/passwd') }}", "{{ view.part.template }}", "S202"
    ),
    "page-translates-out": page(
        '{{ _("{a.model_dump.__globals__[sys]}", a=kit) }}', '{{ _("{a}", a=1) }}', "S202"
    ),
    "page-counts-out": page(
        "{{ ngettext('{a.__class__}', '{a.__class__}', 1, a=kit) }}",
        "{{ ngettext('{count}', '{count}', 1) }}",
        "S202",
    ),
    "page-maps-out": page(
        "{{ [kit]|map('attr', '__class__')|join }}", "{{ [kit]|map('attr', 'title')|join }}", "S202"
    ),
    "page-asks-a-function": page("{{ page_of.__func__ }}", "{{ page_of(view.id) }}", "S202"),
    "page-asks-a-block": page(
        "{% block a %}{% endblock %}{{ self.a._context }}",
        "{% block a %}{% endblock %}{{ self.a() }}",
        "S202",
    ),
    "page-writes-dates-wide": page(
        "{{ kit.period.start.strftime('%9999999d') }}",
        "{{ kit.period.start.strftime('%d') }}",
        "S202",
    ),
    "page-fills": page("{{ 'x'.ljust(10**9) }}", "{{ 'x'.ljust(9) }}", "S202"),
    "page-centres": page("{{ 'x'|center(10**9) }}", "{{ 'x'|center(9) }}", "S202"),
    "page-gathers": page("{{ [1]|batch(10**9, 0)|list }}", "{{ [1]|batch(9, 0)|list }}", "S202"),
    "page-rounds": page("{{ 1|round(10**9, 'ceil') }}", "{{ 1|round(1, 'ceil') }}", "S202"),
    "page-replaces": page(
        "{{ ('a' * 10**6)|replace('a', 'b' * 10**6) }}", "{{ 'a'|replace('a', 'b') }}", "S202"
    ),
    "page-fills-old-style": page("{{ '%*d' % (10**9, 1) }}", "{{ '%5d' % 1 }}", "S202"),
    "page-doubles": page(
        "{% set n = namespace(a='x') %}"
        "{% for a in range(60) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
        "{% set n = namespace(a='x') %}"
        "{% for a in range(3) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
        "X201",
        0,
    ),
    "page-nested": page(
        "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
        "{% for a in [1] %}" * 9 + "{% endfor %}" * 9,
        "S202",
        1,
    ),
    "page-of-brackets": page(
        f"{{{{ {'(' * 900}1{')' * 900} }}}}", f"{{{{ {'(' * 9}1{')' * 9} }}}}", "S202", 1
    ),
    "style-of-a-feature-without-name": style(
        '@font-face { font-family: X; src: url("fonts/SourceSans3-Regular.ttf");'
        ' font-feature-settings: \'""""\' } p { font-family: X }',
        '@font-face { font-family: X; src: url("fonts/SourceSans3-Regular.ttf");'
        " font-feature-settings: 'smcp' } p { font-family: X }",
        "P108",
    ),
    # styles that no page can follow
    "style-without-room": style(
        "@page { size: A4; margin: 200mm }", "@page { size: A4; margin: 20mm }", "P110"
    ),
    "style-of-no-size": style("@page { size: 0 }", "@page { size: A5 }", "P110"),
    "style-endless": style(
        "@page { margin: calc(1px / 0) }", "@page { margin: calc(180px / 2) }", "P110"
    ),
    "style-of-giant-letters": style("p { font-size: 1e300px }", "p { font-size: 9px }", "P110"),
    "style-nested": style(f"p {{ --a: {'(' * 2000}", "p { --a: ((1)) }", "P110"),
    "style-of-nested-selectors": style(
        f"{':not(' * 500}p{')' * 500} {{ top: 0 }}", ":not(:not(p)) { top: 0 }", "P110"
    ),
    # pages
    "page-of-many-columns": page(
        '<table><tr><td colspan="100000">a</td></tr></table>',
        '<table><tr><td colspan="2">a</td></tr></table>',
        "X201",
        0,
    ),
    "page-of-variables": page(f"<style>p {{ {VARIABLES} }}</style><p>a</p>", "<p>a</p>", "X201", 0),
}
BOTH: Files = {
    "kit.yaml": KIT,
    "words.yaml": TEXT,
    "a.png": small(),
    "styles/b.css": "p { top: 0 }",
}


# --- what the process did meanwhile -------------------------------------------------------

_watching: list[tuple[str, str]] | None = None


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching is None:
        return
    if event == "open" and isinstance(arguments[0], str | bytes):
        _watching.append((event, str(arguments[0])))
    elif event in (
        "socket.connect",
        "socket.getaddrinfo",
        "subprocess.Popen",
        "os.system",
        "os.exec",
    ):
        _watching.append((event, ""))


sys.addaudithook(_hook)


@pytest.fixture
def deeds() -> Iterator[list[tuple[str, str]]]:
    """What the process opens, reaches and starts."""
    global _watching  # noqa: PLW0603 -- an audit hook cannot be taken away
    found: list[tuple[str, str]] = []
    _watching = found
    yield found
    _watching = None


@pytest.fixture
def make(tmp_path: Path) -> Callable[[Files, Mapping[str, str]], Path]:
    outside = tmp_path / "outside"
    outside.mkdir()
    for name, content in {
        "secret.yaml": TEXT.replace("Simples", SECRET),
        "kit.yaml": KIT.replace("Une semaine", SECRET),
        "secret.css": f'p::after {{ content: "{SECRET}" }}',
    }.items():
        (outside / name).write_text(content, encoding="utf-8")
    (outside / "secret.png").write_bytes(small())

    def written(files: Files, links: Mapping[str, str]) -> Path:
        folder = tmp_path / "kit"
        for name, content in {**BOTH, **files}.items():
            if any(name == link or name.startswith(f"{link}/") for link in links):
                continue
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        for name, target in links.items():
            (folder / name).symlink_to(target)
        return folder

    return written


def built(folder: Path) -> journey.Build:
    return journey.build(folder, folder.parent / "output")


def test_there_are_attacks() -> None:
    assert len(ATTACKS) > 45


SLOW = {
    "page-doubles",
    "page-nested",
    "page-of-brackets",
    "page-of-many-columns",
    "page-of-variables",
}


@pytest.mark.parametrize("name", mostly_long(ATTACKS, ATTACKS.keys() - SLOW))
def test_an_attack_is_refused_at_its_place(
    name: str,
    tmp_path: Path,
    make: Callable[[Files, Mapping[str, str]], Path],
    deeds: list[tuple[str, str]],
) -> None:
    attack = ATTACKS[name]
    outside = tmp_path / "outside"
    links = {link: str(outside / target[0]) for link, target in attack.links.items()}
    made = built(make(attack.files, links))
    assert made.dossier is None
    found = made.report.diagnostics
    assert {one.code for one in found} == set(attack.codes)
    first = found[0]
    assert (Path(first.span.file).name, first.span.start.line) == (attack.file, attack.line)
    assert first.hint
    assert not (tmp_path / "output").exists()
    assert [deed for deed in deeds if deed[0] != "open"] == []
    assert [path for _, path in deeds if path.startswith((str(outside), "/etc/passwd"))] == []


@pytest.mark.long
@pytest.mark.parametrize("name", ATTACKS)
def test_its_harmless_twin_is_built(
    name: str, make: Callable[[Files, Mapping[str, str]], Path]
) -> None:
    attack = ATTACKS[name]
    folder = make(attack.twin, {})
    for link, (_, target) in attack.links.items():
        path = folder / link
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        (folder / link).symlink_to(folder / target)
    made = built(folder)
    assert made.dossier is not None, made.report.diagnostics
    assert made.report.errors == 0


@pytest.mark.long
def test_a_kit_can_allow_itself_more(make: Callable[[Files, Mapping[str, str]], Path]) -> None:
    slow = "{% for a in range(9999) %}{% for b in range(6000) %}{% endfor %}{% endfor %}"
    files = {
        "words.yaml": CUSTOM,
        "templates/words.html": PAGE.format(slow),
        "kit.yaml": KIT + "limits: {seconds: 1}\n",
    }
    made = built(make(files, {}))
    assert [one.code for one in made.report.diagnostics] == ["X201"]
    files["kit.yaml"] = KIT + "limits: {seconds: 60}\n"
    assert built(make(files, {})).dossier is not None


def test_a_large_photograph_is_drawn(make: Callable[[Files, Mapping[str, str]], Path]) -> None:
    folder = make({"words.yaml": FIGURE.replace("NAME", "photo.jpg")}, {})
    Image.new("RGB", (4000, 3000), (9, 90, 180)).save(folder / "photo.jpg")
    assert built(folder).dossier is not None
