"""What a file of another program comes down to: records in the words of a kit, or a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from moip_press.report.diagnostics import Report
from moip_press.system.tables.grid import Place

Value = str | bool | tuple["Value", ...] | Mapping[str, "Value"]
"""A plain value as it would stand in YAML: a text, yes or no, a list, or a small record."""


@dataclass(frozen=True)
class Incoming:
    """One record of an imported file.

    `kind` is that of a sheet (`exchange.columns`): "event", "contact", "lab"… `uid` is the
    source's own key, None where it has none. `section` is the id of the programme section that
    it says it belongs to. `values` has a plain value for each field that the source speaks of,
    by its path in YAML ("title", "place.town"); an empty text says that the source has the field
    and that it is empty. `places` has the place of each of them, and that of the record as "".
    `base` has the values that a workbook of ours was exported with. `digest` changes with whatever
    the source says of the record. `sessions` are those of an event that is held several times,
    each a record of its own: what it says of them is in these, not in its `values`.
    """

    kind: str
    uid: str | None
    section: str | None
    values: Mapping[str, Value]
    places: Mapping[str, Place] = field(default_factory=dict)
    base: Mapping[str, Value] | None = None
    digest: str = ""
    sessions: tuple[Incoming, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        object.__setattr__(self, "places", MappingProxyType(dict(self.places)))

    def __reduce__(self) -> tuple[object, ...]:
        plain = (dict(self.values), dict(self.places))
        told = (self.base, self.digest, self.sessions)
        return (type(self), (self.kind, self.uid, self.section, *plain, *told))

    def place(self, path: str) -> Place | None:
        """Return the place of a value, else that of the record."""
        return self.places.get(path) or self.places.get("")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Values of one name that a file has and that go nowhere: how many, and the first of them.

    `told` where a finding of its own names them, or they say nothing to readers: keys and stamps.
    """

    name: str
    count: int
    place: Place
    told: bool = False


@dataclass(frozen=True)
class Batch:
    """What was read of one file.

    `source` is what it is known by from one import to the next. `report` has the diagnostics
    of family M: an error is a record that is not in `records`. A file that is not what it
    claims to be is `refused`: it has no records, and one error that says why. Where it is not
    `complete`, what is absent may still be there at the source. Every value of the file is in
    `records`, in `report` or in `left`.
    """

    source: str
    records: tuple[Incoming, ...]
    report: Report = field(default_factory=Report)
    complete: bool = False
    refused: bool = False
    left: tuple[LeftOut, ...] = ()
