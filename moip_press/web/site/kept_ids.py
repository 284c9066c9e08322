"""Ids for good: those that addresses are made of, written where a record has none of its own.

Without one, an id is made from the title, and the address of the record changes with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from moip_press.kit.editing import Put, edit
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import Programme
from moip_press.kit.source import Source
from moip_press.proofread import correction
from moip_press.web.site.plan import READ

BEFORE = ("id", "title")
"""Where an id stands that is new: before the title that it was made from."""


@dataclass(frozen=True)
class Missing:
    """The ids that are in no file: by the name of a file, where they would stand in it."""

    puts: Mapping[str, tuple[Put, ...]]

    def __len__(self) -> int:
        return sum(map(len, self.puts.values()))


def missing(kit: Kit) -> Missing:
    """Return the ids that addresses are made of, and that are made from titles."""
    found: dict[str, list[Put]] = {}
    for placed in kit.parts():
        if not placed.own_file or not isinstance(placed.part, (*READ, Programme)):
            continue
        for name, loc in placed.ids:
            if placed.source.node(loc) is None and placed.source.node(loc[:-1]) is not None:
                found.setdefault(placed.source.name, []).append(Put(loc, name))
    return Missing({name: tuple(puts) for name, puts in found.items()})


def write(kit: Kit, sources: Mapping[str, Source]) -> tuple[int, int]:
    """Write the ids into the kit's files; return how many, and in how many they could not be.

    All files are written or none. Raises ``correction.Changed``, ``CannotWrite``, ``OSError``.
    """
    texts, written, refused = {}, 0, 0
    for name, puts in missing(kit).puts.items():
        made = edit(sources[name], puts, lambda loc: BEFORE if loc else ("type", *BEFORE))
        written += len(puts) - len(made.refused)
        refused += len(made.refused)
        texts[name] = made.text
    if texts:
        correction.write(texts, kit.folder, sources)
    return written, refused
