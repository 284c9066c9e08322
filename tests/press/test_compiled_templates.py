"""What Jinja compiles of our templates serves the next process, and every kit alike."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment

from moip_press.kit.folders import Theme, program_folder
from moip_press.press.compose import templates
from moip_press.press.compose.templates import Remembered, Words, environment
from moip_press.report.messages import Catalogue
from moip_press.system.cache import Cache

OURS = sorted(program_folder("templates").rglob("*.html"))


def for_kit(folder: Path, language: str, country: str) -> Environment:
    words = Words(language, country, str, remembered=Remembered())
    return environment(Theme(folder), words, Catalogue(language))


def test_templates_compile_alike_for_kits_of_both_languages(tmp_path: Path) -> None:
    french, english = for_kit(tmp_path, "fr", "FR"), for_kit(tmp_path, "en", "GB")
    assert len(OURS) > 40
    for path in OURS:
        source = path.read_text("utf-8")
        assert french.compile(source, raw=True) == english.compile(source, raw=True), path.name


def test_only_our_own_templates_are_kept_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "COMPILED", Cache(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    own = tmp_path / "kit" / "templates" / "custom.html"
    own.parent.mkdir(parents=True)
    own.write_text("<p>{{ view.id }}</p>", "utf-8")
    for name in ("custom.html", "cover.html", "builtin/cover.html"):
        for_kit(tmp_path / "kit", "fr", "FR").get_template(name)
    (kept,) = (tmp_path / "compiled").iterdir()
    assert kept.name.startswith("cover.html.")

    generated: list[str] = []
    generate = Environment._generate

    def noted(self: Environment, *given: object, **named: object) -> object:
        generated.append(str(given[1]))
        return generate(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Environment, "_generate", noted)
    again = for_kit(tmp_path / "kit", "en", "GB")
    again.get_template("cover.html")
    assert generated == []
    again.get_template("custom.html")
    assert generated == ["custom.html"]
