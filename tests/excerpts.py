"""Excerpts of kits in the documentation: which file of a kit each is, and what completes it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from moip_press.kit.model.edition import Edition, Glossary

EXAMPLES = Path(__file__).parent.parent / "data" / "examples"
PART = "a part"  # of whatever name
TITLE = "Un titre"  # of a part made of an excerpt
NAMED = re.compile(r"^# (theme|kit|glossary)\.yaml$", re.MULTILINE)


def values_of(excerpt: str) -> Any:
    """Return the values of an excerpt, all of them as text."""
    return yaml.load(excerpt, yaml.BaseLoader)  # noqa: S506 -- strings only


def placed(excerpt: str) -> tuple[str, str]:
    """Return the file that an excerpt belongs to, or ``PART``, and the file's whole text.

    A list is the blocks of an article or the events of a section; of ``kit.yaml`` an excerpt
    has some fields only. A comment may name the file.
    """
    value = values_of(excerpt)
    assert isinstance(value, dict | list), excerpt
    if named := NAMED.search(excerpt):
        return f"{named[1]}.yaml", excerpt
    if isinstance(value, list):
        kind, field = ("article", "body") if "type" in value[0] else ("programme", "events")
        return PART, f"type: {kind}\ntitle: {TITLE}\n{field}:\n{excerpt}"
    if "type" in value:
        return PART, excerpt
    if value.keys() == {"events"}:
        return PART, f"type: programme\ntitle: {TITLE}\n{excerpt}"
    if value.keys() <= Glossary.model_fields.keys():
        return "glossary.yaml", excerpt
    assert value.keys() <= Edition.model_fields.keys(), f"what is this? {excerpt}"
    return "kit.yaml", excerpt


GREY = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60">'
    '<rect width="90" height="60" fill="#708090"/></svg>'
)


def add_pictures(text: str, kit: Path) -> None:
    """Put the pictures that a text names into a kit: drawings of the examples, else a grey one."""
    for name in re.findall(r"file: ([\w/-]+\.(?:jpg|png|svg))", text):
        (kit / name).parent.mkdir(parents=True, exist_ok=True)
        if drawing := next(EXAMPLES.glob(f"*/{name}"), None):
            shutil.copy(drawing, kit / name)
        elif name.endswith(".svg"):
            (kit / name).write_text(GREY, encoding="utf-8")
        else:
            Image.new("RGB", (1800, 1200), "slategrey").save(kit / name)
