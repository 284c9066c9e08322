"""The JSON Schemas of the kit's files, which editors read: one file a kind, beside this one.

They are made from the models by ``make schemas`` and committed; a test says when they are no
longer current.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS = (
    "kit",
    "part",
    "glossary",
    "editorial",
    "interview",
    "article",
    "programme",
    "communique",
    "custom",
)
COMMITTED = ("kit", "part", "glossary")


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of ``kind``, one of ``KINDS``."""
    from pydantic import TypeAdapter

    from moip_press.kit.model import parts
    from moip_press.kit.model.edition import Edition, Glossary
    from moip_press.kit.schemas.descriptions import Described

    models: dict[str, Any] = {"kit": Edition, "part": parts.AnyPart, "glossary": Glossary} | {
        name: getattr(parts, name.capitalize()) for name in KINDS if name not in COMMITTED
    }
    made = TypeAdapter[Any](models[kind]).json_schema(mode="validation", schema_generator=Described)
    head = {"$schema": DIALECT, "title": f"moip-press: {kind}"}
    return head | made | head


def schema_text(kind: str) -> str:
    """Return the schema as JSON text, as in the committed file."""
    import json

    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


def write() -> None:
    """Write the committed schemas anew."""
    for kind in COMMITTED:
        (FOLDER / f"{kind}.json").write_text(schema_text(kind), encoding="utf-8")
