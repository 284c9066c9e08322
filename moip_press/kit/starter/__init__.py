"""A new kit: a few files that build at once, their texts marked as blanks."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from string import Template

from moip_press.kit.editing import Put, edit
from moip_press.kit.folders import MANIFEST
from moip_press.kit.samples import LIKES, SAMPLES
from moip_press.kit.schemas import COMMITTED, schema_text
from moip_press.kit.source import parse_yaml
from moip_press.system import atomic

FOLDER = Path(__file__).parent


def begin(
    folder: Path,
    language: str,
    year: int,
    like: str = LIKES[0],
    *,
    title: str = "",
    period: tuple[datetime.date, datetime.date] | None = None,
) -> None:
    """Make a new kit in ``folder``, titled after it where it gets no title: whole, or not at all.

    ``year`` is that of its first day, ``like`` one of ``LIKES``; without a ``period``, that of the
    example counts. Raises ``atomic.CannotWrite``.
    """
    title = title or folder.resolve().name.replace("-", " ").replace("_", " ")
    own = {"title": json.dumps(title, ensure_ascii=False), "year": f"{year:04}"}
    own["next"] = f"{year + 1:04}"
    files = {f".schemas/{kind}.json": schema_text(kind, language).encode() for kind in COMMITTED}
    for path in sorted((FOLDER / language / like).glob("*.yaml")):
        text = Template(path.read_text(encoding="utf-8")).substitute(SAMPLES[language] | own)
        if period and path.name == MANIFEST:
            text = _dated(text, *period)
        files[path.name] = text.encode("utf-8", "replace")
    atomic.write_folder(folder, files)


def _dated(manifest: str, first: datetime.date, last: datetime.date) -> str:
    """Return a ``kit.yaml`` with another period."""
    days = {"start": first.isoformat(), "end": last.isoformat()}
    return edit(parse_yaml(manifest.encode(), MANIFEST), [Put(("period",), days)]).text
