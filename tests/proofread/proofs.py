"""A kit written for one test, and what a family of the proofreader finds in it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from moip_press.kit.model.kit_files import read_kit
from moip_press.proofread import Proof
from moip_press.report.diagnostics import Diagnostic
from tests.keeping import KEPT

DAY = datetime.date(2021, 10, 26)
KIT: dict[str, Any] = {
    "title": "Mois du design",
    "period": {"start": "2021-11-01", "end": "2021-11-30"},
    "publisher": {"name": "Ville de Saint-Exemple"},
    "contacts": [{"id": "presse", "name": "Alix Martin", "email": "presse@example.org"}],
}
Rule = Callable[[Proof], Iterator[Diagnostic]]


def write(
    folder: Path, *parts: dict[str, Any], glossary: dict[str, Any] | None = None, **edition: Any
) -> Path:
    """Write a kit of these parts and return its folder."""
    names = [f"part-{number}.yaml" for number, _ in enumerate(parts)]
    files = {"kit.yaml": {**KIT, "chapters": names or ["cover"], **edition}}
    files |= dict(zip(names, parts, strict=True))
    files |= {"glossary.yaml": glossary} if glossary else {}
    for name, content in files.items():
        written = {key: value for key, value in content.items() if value is not None}
        text = yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=1000)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def found(
    rules: Iterable[Rule], folder: Path, *parts: dict[str, Any], **fields: Any
) -> list[tuple[str, str]]:
    """Return the code and the words of each finding in a kit of these parts."""
    read = read_kit(write(folder, *parts, **fields))
    assert read.kit is not None
    assert read.report.ok, read.report
    proof = Proof(read.kit, DAY, KEPT)
    result = []
    for each in (each for rule in rules for each in rule(proof)):
        source = read.sources[each.span.file].source
        words = source.text[source.offset(each.span.start) : source.offset(each.span.end)]
        result.append((each.code, " ".join(words.split())))
    return result


def text(*paragraphs: str) -> dict[str, Any]:
    """Return an article of these paragraphs."""
    return {"type": "article", "title": "Le texte", "introduction": "\n\n".join(paragraphs)}


def article(*blocks: dict[str, Any], title: str = "Le texte") -> dict[str, Any]:
    """Return an article of these blocks."""
    return {"type": "article", "title": title, "body": list(blocks)}
