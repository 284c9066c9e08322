"""The JSON Schemas of the kit's files, which editors read: one file a kind, beside this one.

They are made from the models by ``make schemas`` and committed; a test says when they are no
longer current. Those in ``fr/`` are the same with what they say of a field in French: a file of a
kit names the one that it is to be read by.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from moip_press.report.messages import available_languages

FOLDER = Path(__file__).parent
DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS = (
    "kit",
    "part",
    "glossary",
    "theme",
    "season",
    "editorial",
    "interview",
    "article",
    "programme",
    "communique",
    "custom",
)
COMMITTED = ("kit", "part", "glossary", "theme", "season")


def schema(kind: str, language: str = "en") -> dict[str, Any]:
    """Return the JSON Schema of ``kind``, one of ``KINDS``, its descriptions in a language."""
    from pydantic import TypeAdapter

    from moip_press.kit.model import parts
    from moip_press.kit.model.edition import Edition, Glossary
    from moip_press.kit.model.looks import Looks
    from moip_press.kit.schemas.descriptions import Described, translated
    from moip_press.kit.season import SeasonFile

    models: dict[str, Any] = {
        "kit": Edition,
        "part": parts.AnyPart,
        "glossary": Glossary,
        "theme": Looks,
        "season": SeasonFile,
    } | {name: getattr(parts, name.capitalize()) for name in KINDS if name not in COMMITTED}
    made = TypeAdapter[Any](models[kind]).json_schema(mode="validation", schema_generator=Described)
    head = {"$schema": DIALECT, "title": f"moip-press: {kind}"}
    return translated(head | made | head, language)


def schema_text(kind: str, language: str = "en") -> str:
    """Return the schema as JSON text, as in the committed file."""
    import json

    return json.dumps(schema(kind, language), ensure_ascii=False, indent=2) + "\n"


def path(kind: str, language: str) -> Path:
    """Return the committed file of a kind in a language."""
    return (FOLDER if language == "en" else FOLDER / language) / f"{kind}.json"


def write(*languages: str) -> None:
    """Write the committed schemas anew, in all languages or some."""
    for language in languages or available_languages():
        for kind in COMMITTED:
            path(kind, language).write_text(schema_text(kind, language), encoding="utf-8")
