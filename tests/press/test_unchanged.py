"""A build of a kit in which nothing has changed: the same files and words, without a stage."""

from __future__ import annotations

import datetime
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from moip_press import cli
from moip_press.kit import fingerprint
from moip_press.kit.conditions import Selection
from moip_press.kit.folders import program_folder
from moip_press.press import journey
from moip_press.press.outcome import Build, Order, Request
from moip_press.press.unchanged import Builder, Kept, Question
from moip_press.proofread import review
from moip_press.report import transcript
from moip_press.report.diagnostics import Diagnostic, Message, Report, Span
from moip_press.system import fonts
from moip_press.system.cache import Cache
from tests.keeping import KEPT
from tests.suites import mostly_long

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2021, 10, 1)
KIT = """\
title: Semaine du numérique
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
contacts: [{id: presse, name: Alix Martin, email: presse@example.org}]
waivers: [{rule: T211, reason: Le texte est ainsi., until: 2021-12-31}]
chapters: [edito.yaml, evenements.yaml, {title: Plus, chapters: [chiffres.yaml]}]
"""
FILES = {
    "kit.yaml": KIT,
    "edito.yaml": """\
type: editorial
title: Le mot de la maire
author: {name: Alix Martin, portrait: {file: images/portrait.png, alt: Un portrait}}
body: Bienvenue....
""",
    "evenements.yaml": """\
type: programme
title: Les rendez-vous
events:
  - title: Atelier
    organisers: [Ville]
    when: 16 novembre
    text: Venez à l'atelier.
""",
    "chiffres.yaml": """\
type: custom
template: chiffres.html
title: Chiffres et nombres
fields: {nombre: douze}
""",
    "templates/chiffres.html": """\
<article id="{{ view.id }}">
<h1>{{ view.part.title|text }}</h1>
<p>{{ view.part.fields.nombre }}</p>
</article>
""",
    "styles/kit.css": "h1 { color: #1F4FA8 }\n",
    "glossary.yaml": "words: [mot]\n",
}
OF_THE_DOSSIER = Order()
ALL = Order(handouts=Request())


def png(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#1F4FA8").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "kit"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "images").mkdir()
    (folder / "images" / "portrait.png").write_bytes(png(40, 40))
    return folder


@pytest.fixture
def cache(tmp_path: Path, build_heard: Build) -> Cache:
    """A cache that knows the fonts and words of the program, and of kits nothing."""
    assert build_heard.ok
    assert KEPT.folder
    (tmp_path / "cache").mkdir()
    for path in (*KEPT.folder.glob("characters-*"), *KEPT.folder.glob("words-*")):
        shutil.copy(path, tmp_path / "cache")
    return Cache(tmp_path / "cache")


def make(
    kit: Path,
    cache: Cache,
    order: Order = OF_THE_DOSSIER,
    today: datetime.date = TODAY,
    output: str = "out",
) -> tuple[Build, dict[str, bytes]]:
    """Build, and return how that ended and the files that were made."""
    folder = kit.parent / output
    made = Builder(cache).build(kit, folder, lambda *_: None, today=today, order=order)
    assert made.ok, [found.message for found in made.report.diagnostics]
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return made, files


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(kit: Path) -> None:
        text = (kit / name).read_text(encoding="utf-8")
        assert old in text
        (kit / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


def another_font(kit: Path) -> None:
    fonts = program_folder("styles") / "fonts"
    (kit / "styles" / "fonts").mkdir()
    shutil.copy(
        fonts / "SourceSans3-Black.ttf", kit / "styles" / "fonts" / "SourceSans3-Regular.ttf"
    )


CHANGES: dict[str, Callable[[Path], object]] = {
    "a text": edit("edito.yaml", "Bienvenue", "Bonjour"),
    "one more event": edit(
        "evenements.yaml",
        "events:\n",
        "events:\n  - {title: Visite, organisers: [Ville], when: 3 novembre, text: Venez.}\n",
    ),
    "the order of the chapters": edit(
        "kit.yaml", "edito.yaml, evenements.yaml", "evenements.yaml, edito.yaml"
    ),
    "a picture": lambda kit: (kit / "images" / "portrait.png").write_bytes(png(40, 41)),
    "a style": edit("styles/kit.css", "1F4FA8", "7A5200"),
    "a style that lies over ours": lambda kit: (kit / "styles" / "editorial.css").write_text(
        "h1 { color: #7A5200 }\n", encoding="utf-8"
    ),
    "a template": edit("templates/chiffres.html", "<p>", "<p>Nombre : "),
    "a template that lies over ours": lambda kit: shutil.copy(
        program_folder("templates") / "editorial.html", kit / "templates" / "editorial.html"
    ),
    "a style that goes": lambda kit: (kit / "styles" / "kit.css").unlink(),
    "a font": another_font,
    "the glossary": edit("glossary.yaml", "mot", "atelier"),
    "a link to another file": lambda kit: _link(kit, png(40, 42)),
}


def _link(kit: Path, content: bytes) -> None:
    (kit / "images" / "other.png").write_bytes(content)
    (kit / "images" / "portrait.png").unlink()
    (kit / "images" / "portrait.png").symlink_to("other.png")


OFTEN = ("a text", "a picture", "a template that lies over ours")


@pytest.mark.parametrize("change", mostly_long(CHANGES, OFTEN))
def test_a_change_is_noticed(kit: Path, cache: Cache, change: str) -> None:
    make(kit, cache)
    CHANGES[change](kit)
    made, files = make(kit, cache)
    assert not made.unchanged
    _, plain = make(kit, Cache(), output="plain")
    assert files == plain
    again, same = make(kit, cache)
    assert again.unchanged
    assert same == plain


def test_nothing_changed_gives_the_same_files_and_words(kit: Path, cache: Cache) -> None:
    edit("edito.yaml", "body:", "pending: yes\nbody:")(kit)
    edit("evenements.yaml", "l'atelier", "l'<b>atelier</b>")(kit)
    first, files = make(kit, cache, ALL)
    again, same = make(kit, cache, ALL)
    assert again.unchanged
    assert not first.unchanged
    assert len(files) > 2
    assert same == files
    assert first.report.diagnostics
    assert again.report == first.report
    assert first.dossier
    assert first.dossier.blanks
    assert again.dossier == first.dossier
    assert first.handouts
    assert again.handouts == first.handouts
    assert (again.findings, again.language) == (first.findings, first.language)


def test_a_quiet_build_is_not_proofread_and_a_later_one_is(
    kit: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, files = make(kit, cache)
    found = make(kit, cache)[0].findings
    assert found
    with monkeypatch.context() as quiet:
        quiet.setattr("moip_press.proofread.review.proofread", None)
        fresh = Cache(kit.parent / "fresh")
        folder = kit.parent / "quiet"
        for unchanged in (False, True):
            builder = Builder(fresh, counts=False)
            made = builder.build(kit, folder, lambda *_: None, today=TODAY, order=OF_THE_DOSSIER)
            assert made.ok
            assert made.unchanged is unchanged
    again, same = make(kit, fresh, output="quiet")
    assert not again.unchanged
    assert again.findings == found
    assert same.keys() == files.keys()
    assert make(kit, fresh, output="quiet")[0].unchanged


def test_a_file_written_again_as_it_was_is_no_change(kit: Path, cache: Cache) -> None:
    make(kit, cache)
    for path in kit.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes())
            os.utime(path, (1, 1))
    assert make(kit, cache)[0].unchanged


@pytest.mark.parametrize("name", ["releases/v1/kit/kit.yaml", "imports.json", ".git/HEAD"])
def test_what_is_not_read_as_kit_is_no_change(kit: Path, cache: Cache, name: str) -> None:
    make(kit, cache)
    (kit / name).parent.mkdir(parents=True, exist_ok=True)
    (kit / name).write_text("{}", encoding="utf-8")
    assert make(kit, cache)[0].unchanged


@pytest.mark.long
@pytest.mark.parametrize("place", ["kit", "kit/output/kit"])
def test_pdfs_in_the_kit_itself_are_no_change(kit: Path, cache: Cache, place: str) -> None:
    make(kit, cache, ALL, output=place)
    assert make(kit, cache, ALL, output=place)[0].unchanged


def test_a_cache_in_the_kit_itself_is_no_change(kit: Path) -> None:
    inside = Cache(kit / "cache")
    make(kit, inside)
    assert make(kit, inside)[0].unchanged


def test_a_pdf_that_was_removed_or_altered_is_there_again(kit: Path, cache: Cache) -> None:
    _, files = make(kit, cache, ALL)
    shutil.rmtree(kit.parent / "out" / "handouts")
    (kit.parent / "out" / "dossier.pdf").write_bytes(b"%PDF-1.7 altered")
    made, same = make(kit, cache, ALL)
    assert made.unchanged
    assert same == files


@pytest.mark.long
def test_each_order_is_known_by_itself(kit: Path, cache: Cache) -> None:
    orders = [
        Order(),
        Order(moment=datetime.datetime(2021, 10, 1, tzinfo=datetime.UTC)),
        Order(dossier=False, handouts=Request()),
        Order(dossier=False, handouts=Request(select=Selection.parse(["text=atelier"]))),
        Order(dossier=False, handouts=Request(folios="dossier")),
    ]
    for order in orders:
        assert not make(kit, cache, order, output=f"out{hash(order)}")[0].unchanged
    for order in orders:
        made, files = make(kit, cache, order)
        assert made.unchanged
        assert files
        shutil.rmtree(kit.parent / "out")


def test_a_handout_that_is_no_longer_asked_for_goes(kit: Path, cache: Cache) -> None:
    order = Order(dossier=False, handouts=Request(by="organiser"))
    _, before = make(kit, cache, order)
    edit("evenements.yaml", "[Ville]", "[Région]")(kit)
    _, files = make(kit, cache, order)
    assert len(files) == len(before) == 2
    assert set(files) != set(before)
    edit("evenements.yaml", "[Région]", "[Ville]")(kit)
    make(kit, cache, order)
    made, again = make(kit, cache, order)
    assert made.unchanged
    assert again == before


def test_a_waiver_that_runs_out_is_noticed(kit: Path, cache: Cache) -> None:
    last = datetime.date(2021, 12, 31)
    first, _ = make(kit, cache)
    assert make(kit, cache, today=last)[0].unchanged
    later, _ = make(kit, cache, today=last + datetime.timedelta(days=1))
    assert not later.unchanged
    assert later.findings > first.findings
    assert make(kit, cache, today=datetime.date(2022, 6, 1))[0].unchanged
    back, _ = make(kit, cache)
    assert not back.unchanged
    assert back.findings == first.findings


@pytest.mark.long
def test_another_program_or_library_is_noticed(
    kit: Path, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(kit, cache)
    (tmp_path / "site" / "weasyprint-71.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert not make(kit, cache)[0].unchanged
    ours = tmp_path / "ours"
    (ours / "locale").mkdir(parents=True)
    (ours / "press.py").write_text("1", encoding="utf-8")
    monkeypatch.setattr(fingerprint, "PACKAGE", ours)
    before = fingerprint.of_program()
    (ours / "press.py").write_text("2", encoding="utf-8")
    assert fingerprint.of_program() != before


def test_another_pango_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint.of_program()
    assert fingerprint.of_program() == before
    stamp = fingerprint._stamp
    monkeypatch.setattr(fingerprint, "_stamp", lambda file: f"{stamp(file)} newer")
    assert fingerprint.of_program() != before
    monkeypatch.setattr(fingerprint, "_library", lambda *_: None)
    with pytest.raises(fingerprint.Unknown):
        fingerprint.of_program()


@pytest.mark.long
def test_a_kit_that_is_written_meanwhile_is_not_kept(
    kit: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = journey.Press.build

    def busy(*given: object, **named: object) -> Build:
        made = build(*given, **named)  # type: ignore[arg-type]
        edit("edito.yaml", "Bienvenue", "Bonjour")(kit)
        return made

    monkeypatch.setattr(journey.Press, "build", busy)
    make(kit, cache)
    monkeypatch.setattr(journey.Press, "build", build)
    assert not make(kit, cache)[0].unchanged
    edit("edito.yaml", "Bonjour", "Bienvenue")(kit)
    assert not make(kit, cache)[0].unchanged


def test_a_kit_with_faults_is_read_anew(kit: Path, cache: Cache) -> None:
    edit("edito.yaml", "body:", "boddy:")(kit)
    for _ in range(2):
        made = Builder(cache).build(
            kit, kit.parent / "out", lambda *_: None, today=TODAY, order=Order()
        )
        assert not made.ok
        assert made.sources
    assert not (kit.parent / "out").exists()


def spoilt(content: bytes) -> list[bytes]:
    """What a disk can make of a file in the cache."""
    return [b"", content[:20], content[:-9], content[:40] + content[:39:-1], b"\x80\x04}."]


def forged(content: bytes) -> list[bytes]:
    """What a stranger can put into the cache as if it were ours."""
    return [
        *(b"", b"[]", b"{}", b"null", b"7", b'{"kit": 1}', b"[" * 100_000, b"%PDF-1.7"),
        content.replace(b'"', b"'"),
        content.replace(b'"days": ["', b'"days": ["x'),
        content.replace(b'"dossier.pdf"', b"7"),
        content.replace(b'"report": []', b'"report": [[]]'),
        content.replace(b'"name": "dossier.pdf", "sha256"', b'"name": "../dossier.pdf", "sha256"'),
        content.replace(b'"name": "dossier.pdf"', b'"name": "/tmp/dossier.pdf"'),
        content.replace(b'"name": "dossier.pdf", "sha256"', b'"name": "kit.yaml", "sha256"'),
        content.replace(b'"language": "fr"', b'"language": 7'),
        content.replace(b'"findings": ', b'"findings": "x", "found": '),
        content.replace(b'"pages": ', b'"pages": null, "sheets": '),
    ]


@pytest.mark.long
def test_a_damaged_cache_never_gives_another_pdf(kit: Path, cache: Cache) -> None:
    assert cache.folder
    _, files = make(kit, cache)
    kept = [path for path in cache.folder.iterdir() if path.name.startswith("unchanged-")]
    assert {path.suffix for path in kept} == {".json", ".pdf"}
    question = Question(kit, kit.parent / "out", ("build", repr(Order())), cache.folder)
    for path in kept:
        content = path.read_bytes()
        known = Kept(cache, question, question.kit(), fingerprint.of_program())
        for damage in spoilt(content):
            path.write_bytes(damage)
            assert known.build(Order(), TODAY, counts=True) is None
        path.write_bytes(content)
        sealed = cache.read(path.name)
        assert sealed
        for text in forged(sealed):
            if text != sealed:
                cache.write(path.name, text)
                assert known.build(Order(), TODAY, counts=True) is None
        made, same = make(kit, cache)
        assert not made.unchanged
        assert same == files
        assert path.read_bytes() == content


def test_nothing_is_loaded_where_nothing_changed(kit: Path, cache: Cache) -> None:
    words = ["build", str(kit), "-o", str(kit.parent / "out"), "--cache-dir", str(cache.folder)]
    program = (
        "import sys\n"
        "from moip_press.cli import run\n"
        f"code = run({words!r})\n"
        "heavy = {'weasyprint', 'pydantic', 'jinja2', 'yaml', 'markdown_it', 'PIL', 'babel'}\n"
        "print(code, *sorted(heavy & sys.modules.keys()))\n"
    )
    said = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        said.append(done)
    assert "weasyprint" in said[0].stdout
    assert said[1].stdout == "0\n"
    assert "Rien n’a changé" in said[1].stderr
    assert "Rien n’a changé" not in said[0].stderr


def test_no_cache_builds_anew(
    kit: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["build", str(kit), "-o", str(tmp_path / "out"), "--cache-dir", str(tmp_path / "c")]
    for last, told in (([], False), ([], True), (["--no-cache"], False), (["-q"], False)):
        assert cli.run([*words, *last]) == 0
        assert ("Rien n’a changé" in capsys.readouterr().err) is told


def test_check_says_the_same_again(
    kit: Path, cache: Cache, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["check", str(kit), "--cache-dir", str(cache.folder), "--format"]
    said = []
    for form in ("json", "full", "concise", "github"):
        assert cli.run([*words, form]) == 0
        said.append(capsys.readouterr())
    assert json.loads(said[0].out)["diagnostics"]
    monkeypatch.setattr(review, "review", None)
    for form, before in zip(("json", "full", "concise", "github"), said, strict=True):
        assert cli.run([*words, form]) == 0
        assert capsys.readouterr() == before
    monkeypatch.undo()
    edit("edito.yaml", "Bienvenue....", "Bienvenue.")(kit)
    monkeypatch.chdir(kit.parent)
    assert cli.run([*words, "json"]) == 0
    assert json.loads(capsys.readouterr().out) != json.loads(said[0].out)


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", 7), ("safe", "yes"), ("span", ["kit.yaml", "1", 1, 1, 1]), ("message", {"id": []})],
)
def test_words_of_a_form_that_no_report_has_are_not_read(field: str, value: object) -> None:
    found = Diagnostic.warning("L206", Span.of_file("kit.yaml"), Message("No contact."))
    [record] = transcript.plain_report(Report((found,)))
    assert transcript.report_of([record]) == Report((found,))
    with pytest.raises((LookupError, TypeError)):
        transcript.report_of([{**record, field: value}])


def test_signs_that_are_none_are_read_from_the_font_again(tmp_path: Path) -> None:
    font = next((program_folder("styles") / "fonts").glob("*.ttf"))
    cache = Cache(tmp_path)
    known = fonts.characters([font], cache)
    [kept] = tmp_path.iterdir()
    for content in (b"7", b"null", b"\x00\xd8\x00\x00"):
        cache.write(kept.name, content)
        assert fonts.characters([font], cache) == known
