"""Whether a file holds what it is meant to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from moip_press.kit.source.editing.operations import Passage
from moip_press.kit.source.editing.wrapping import unwrapped


def _comparable(value: object) -> object:
    """Return a value without the blank ends of its texts, which no field keeps."""
    if isinstance(value, str):
        return value.rstrip()
    if isinstance(value, Mapping):
        return {name: _comparable(item) for name, item in value.items()}
    return [_comparable(item) for item in value] if isinstance(value, Sequence) else value


def same(found: Any, meant: Any) -> bool:
    """Tell whether a value is what was meant: lines of a ``Passage`` may end elsewhere."""
    if isinstance(meant, Passage):
        if found == meant:
            return True
        return isinstance(found, str) and unwrapped(found) == unwrapped(meant)
    if isinstance(meant, Mapping):
        alike = isinstance(found, dict) and found.keys() == meant.keys()
        return alike and all(same(found[name], meant[name]) for name in meant)
    if isinstance(meant, list):
        alike = isinstance(found, list) and len(found) == len(meant)
        return alike and all(map(same, found, meant))
    return _comparable(found) == _comparable(meant)
