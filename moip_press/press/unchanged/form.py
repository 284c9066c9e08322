"""The form of what is kept of a build: a cache may be anybody's, and what it says is not believed.

Above all no name leads out of the folder that is built into.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, TypeVar

T = TypeVar("T")


def of(kind: type[T], value: object) -> T:
    """Return a value that is of a type. Raises ``TypeError`` where it is not."""
    if type(value) is not kind:
        raise TypeError(kind)
    return value


def of_build(document: Mapping[str, Any]) -> None:
    """Raise ``TypeError`` or ``ValueError`` where this is nothing that a build says of itself."""
    of(str, document["language"])
    of(int, document["findings"])
    _texts(document["words"])
    _texts(document["inputs"])
    _texts(document["versions"])
    dossier = document["dossier"]
    if dossier is not None:
        _name(dossier["name"])
        of(int, dossier["pages"])
        of(int, dossier["size"])
    for name, title, pages, events in of(list, document["handouts"]):
        _name(name)
        of(str, title)
        of(int, pages)
        of(int, events)
    for output in of(list, document["outputs"]):
        _name(output["name"])
        of(str, output["sha256"])
        of(dict, output["facts"])


def _texts(value: object) -> None:
    for key, text in of(dict, value).items():
        of(str, key)
        of(str, text)


def _name(value: object) -> None:
    """Refuse what is not the name of a PDF in the folder of a build."""
    text = of(str, value)
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or path.suffix != ".pdf" or set(text) & {"\\", ":"}:
        raise ValueError(text)
