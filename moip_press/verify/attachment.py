"""A file that travels in a PDF, taken out of one that anybody may have made."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
from pypdf.generic import DictionaryObject

from moip_press.limits import Limits, OverLimit, limited
from moip_press.verify.opened import BROKEN, Unreadable

LARGEST = 300_000_000
"""Bytes of a PDF that is opened at all."""
LIMITS = Limits(seconds=30, memory=400)
MOST_NODES = 1000


def attachment(path: Path, name: str) -> bytes | None:
    """Return the content of the file ``name`` in the PDF at ``path``, ``None`` where it has none.

    Raises ``Unreadable`` where it is no PDF, is damaged, locked, or asks for more than it should,
    and ``OSError`` where it cannot be opened.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if path.stat().st_size > LARGEST:
        raise Unreadable(path)
    try:
        with limited(LIMITS), path.open("rb") as file:
            root: Any = pypdf.PdfReader(file).trailer["/Root"]
            return next((_content(entry) for entry in _files(root) if _name(entry) == name), None)
    except (*BROKEN, OverLimit):
        raise Unreadable(path) from None


def _files(root: Any) -> Iterator[Any]:
    """Yield the entries of the tree of names; one that leads back into itself comes to an end."""
    held = (root.get("/Names") or {}).get("/EmbeddedFiles")
    waiting = [held] if held is not None else []
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop().get_object()
        waiting += [] if not isinstance(node, DictionaryObject) else list(node.get("/Kids", ()))
        for entry in list(node.get("/Names", ()))[1 : 2 * MOST_NODES : 2]:
            yield entry.get_object()


def _name(entry: Any) -> str:
    return str(entry.get("/UF", entry.get("/F", "")))


def _content(entry: Any) -> bytes:
    content: bytes = entry["/EF"]["/F"].get_object().get_data()
    return content
