"""A new kit: a few files that build at once, their texts marked as blanks."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template

from moip_press import publish
from moip_press.schemas import COMMITTED, schema_text

FOLDER = Path(__file__).parent


def begin(folder: Path, language: str, year: int) -> tuple[Path, ...]:
    """Write a new kit in ``folder``, titled after it, and return its files.

    ``year`` is that of its period. Raises ``publish.CannotWrite``.
    """
    title = folder.name.replace("-", " ").replace("_", " ")
    values = {"title": json.dumps(title, ensure_ascii=False), "year": f"{year:04}"}
    written = []
    for path in sorted((FOLDER / language).glob("*.yaml")):
        text = Template(path.read_text(encoding="utf-8")).substitute(values)
        publish.write(folder / path.name, text.encode("utf-8", "replace"))
        written.append(folder / path.name)
    for kind in COMMITTED:
        publish.write(folder / ".schemas" / f"{kind}.json", schema_text(kind).encode())
    return tuple(written)
