"""The kits that are measured: a copy that may be changed, and larger ones."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from moip_press.kit import source
from moip_press.kit.folders import MANIFEST
from moip_press.kit.model.kit import Kit, PlacedPart
from moip_press.kit.model.parts import Programme
from moip_press.proofread.fixing import apply

USUAL = 11
"""The events of a section that is neither small nor large."""
NUMBER = "0000000"
LIMITS = {"seconds": "3600", "memory": "64000"}


@dataclass(frozen=True)
class Change:
    """A file of a kit in which one word of one event may be another each time."""

    file: Path
    text: str

    def make(self, kit: Path, number: int) -> None:
        """Make the change that bears a number, in the kit in a folder."""
        (kit / self.file).write_text(self.text.replace(NUMBER, f"{number:03}"), encoding="utf-8")

    def write(self, path: Path) -> None:
        """Keep the change in a file."""
        path.write_text(json.dumps({"file": self.file.as_posix(), "text": self.text}))

    @classmethod
    def read(cls, path: Path) -> Change:
        """Return a change that was kept."""
        kept = json.loads(path.read_text())
        return cls(Path(kept["file"]), kept["text"])


def change(kit: Kit) -> Change:
    """Return a change in the text of an event, in a section that is of a usual size.

    Raises ``LookupError`` where no event has a text in a file of its own.
    """
    for section, placed in sorted(_sections(kit), key=_unusual):
        for number in _from_the_middle(len(section.events)):
            event = section.events[number]
            word = next((word for word in str(event.text or "").split() if word.isalpha()), None)
            loc = ("events", number, "text")
            node = placed.source.node(loc)
            if word is None or not isinstance(node, source.ScalarNode):
                continue
            start = node.value.index(word)
            edit = placed.source.replace(loc, start, start + len(word), word + NUMBER)
            if edit:
                file = Path(placed.source.name).relative_to(kit.folder)
                return Change(file, apply([edit], placed.source))
    raise LookupError("no event has a text")


def _sections(kit: Kit) -> Iterator[tuple[Programme, PlacedPart]]:
    for placed in kit.parts():
        if isinstance(placed.part, Programme) and placed.own_file:
            yield placed.part, placed


def _unusual(section: tuple[Programme, PlacedPart]) -> int:
    return abs(len(section[0].events) - USUAL)


def _from_the_middle(count: int) -> list[int]:
    return sorted(range(count), key=lambda number: abs(number - count // 2))


def enlarged(kit: Kit, target: Path, times: int) -> None:
    """Write into ``target`` a kit in which each event of ``kit`` takes place several times.

    It may take longer and need more memory than a kit usually may.
    """
    shutil.copytree(kit.folder, target)
    main: Any = kit.source.plain()
    _write(target / MANIFEST, {**main, "limits": LIMITS})
    for _, placed in _sections(kit):
        values: Any = placed.source.plain()
        events = [_again(event, turn) for turn in range(times) for event in values["events"]]
        path = target / Path(placed.source.name).relative_to(kit.folder)
        _write(path, {**values, "events": events})


def _again(event: dict[str, Any], turn: int) -> dict[str, Any]:
    """Return an event as it stands the first time, and later as one of its own."""
    if turn == 0:
        return event
    named = {"id": f"{event['id']}-{turn + 1}"} if event.get("id") else {}
    return {**deepcopy(event), **named, "title": f"{event['title']} ({turn + 1})"}


def _write(path: Path, values: dict[str, Any]) -> None:
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8")
