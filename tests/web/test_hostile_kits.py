"""Kits and folders of strangers: what they ask of a site is refused, and nothing is lost."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from moip_press.system.cache import Cache
from moip_press.web import pieces
from moip_press.web.site.building import Made, build
from moip_press.web.site.files import Wanted
from tests.web.kits import kit_of

NOW = datetime.datetime(2023, 3, 1, tzinfo=datetime.UTC)
EVENT = "  - {id: bal, title: Bal, when: 7 mars 2023}\n"
ENDLESS = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
UNCLOSED = '{% for i in range(50000) %}<a href="#bal">{% endfor %}'


def make(kit: Path, output: Path) -> Made:
    return build(kit, output, "", Wanted(NOW, output), Cache())


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("old", ["../../../out", "/etc/out", "a/b", "Bal", "con\\\\out"])
def test_an_old_address_cannot_lead_out_of_the_site(tmp_path: Path, old: str) -> None:
    kit = kit_of(tmp_path, EVENT, f'web: {{moved: {{"{old}": bal}}}}\n')
    before = files(tmp_path)
    made = make(kit, tmp_path / "deep" / "output")
    (fault,) = made.report.diagnostics
    assert fault.code == "S104"
    line = (kit / "kit.yaml").read_text(encoding="utf-8").splitlines()[fault.span.start.line - 1]
    assert line[fault.span.start.column - 1 : fault.span.end.column - 1] == f'"{old}"'
    assert files(tmp_path) == before


def test_a_manifest_of_a_stranger_has_nothing_written_or_removed_elsewhere(tmp_path: Path) -> None:
    kit, output = kit_of(tmp_path, EVENT), tmp_path / "deep" / "output"
    make(kit, output)
    (output.parent / "mine.html").write_text("mine", encoding="utf-8")
    manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    for name in ("../mine.html", "../new.html", (tmp_path / "new.html").as_posix()):
        entry = {"path": name, "kind": "web", "page": "Bal", "record": ["event", "gone"]}
        manifest["outputs"].append(entry)
    (output / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert make(kit, output).failure is None
    assert (output.parent / "mine.html").read_text(encoding="utf-8") == "mine"
    assert files(output.parent) - {"mine.html"} == {f"output/{name}" for name in files(output)}
    assert not (tmp_path / "new.html").exists()


def test_a_page_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    kit, output = kit_of(tmp_path, EVENT), tmp_path / "public_html"
    output.mkdir()
    (output / "index.html").write_text("mine", encoding="utf-8")
    made = make(kit, output)
    assert made.failure
    assert "index.html" in str(made.failure.values["path"])
    assert (output / "index.html").read_text(encoding="utf-8") == "mine"
    assert files(output) <= {"index.html", ".moip-press.lock"}
    (output / "index.html").unlink()
    assert make(kit, output).failure is None
    (output / "manifest.json").unlink()  # all is there as it would be made
    assert make(kit, output).failure is None


def test_a_page_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    kit, output = kit_of(tmp_path, EVENT), tmp_path / "output"
    (output / "evenements" / "bal.html").mkdir(parents=True)
    made = make(kit, output)
    assert made.failure
    assert "bal.html" in str(made.failure.values["path"])


@pytest.mark.parametrize("words", [ENDLESS, UNCLOSED])
def test_a_template_without_end_is_stopped(tmp_path: Path, words: str) -> None:
    kit = kit_of(tmp_path, EVENT, "limits: {seconds: 1}\n")
    (kit / "templates" / "web").mkdir(parents=True)
    (kit / "templates" / "web" / "event.html").write_text(f"<p>{words}</p>", encoding="utf-8")
    site, alone = make(kit, tmp_path / "site"), pieces.make(kit, pieces.Wanted(NOW), Cache())
    for report in (site.report, alone.report):
        assert "X201" in {found.code for found in report.diagnostics}
    assert not (tmp_path / "site").exists()


SCRIPT = "<script>alert(1)</script>"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}<path d="M0 0h9v9z"/></svg>'


def test_nothing_that_a_kit_writes_is_run_by_a_browser(tmp_path: Path) -> None:
    event = (
        f'  - title: "{SCRIPT}"\n    id: bal\n    when: 7 mars 2023\n'
        '    organisers: ["\\"><img src=x onerror=alert(1)>"]\n'
        "    text: Une [suite](LINK) <iframe src=//x></iframe>.\n"
        f"    image: {{file: 'images/a\"b.svg', alt: '\">{SCRIPT}', credit: X}}\n"
    )
    kit, output = kit_of(tmp_path, event.replace("LINK", "javascript:alert(1)")), tmp_path / "out"
    (kit / "images").mkdir()
    drawing, programme = kit / "images" / 'a"b.svg', kit / "programme.yaml"
    drawing.write_text(DRAWING.format(SCRIPT), encoding="utf-8")
    refused = {found.code for found in make(kit, output).report.diagnostics}
    assert {"X102", "X105"} <= refused
    assert not output.exists()
    drawing.write_text(DRAWING.format(""), encoding="utf-8")
    text = programme.read_text(encoding="utf-8").replace("javascript:alert(1)", "https://x.example")
    programme.write_text(text.replace("<iframe src=//x></iframe>", "&lt;iframe>"), encoding="utf-8")
    made = make(kit, output)
    assert made.report.ok
    assert made.pages
    for page in output.rglob("*.html"):
        html = page.read_text(encoding="utf-8").lower()
        for markup in (SCRIPT, "<iframe", "<img src=x", 'href="javascript:'):
            assert markup not in html
