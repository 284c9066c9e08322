"""A file that travels in a PDF, taken out of one that anybody may have made."""

from __future__ import annotations

from pathlib import Path

from moip_press.pdf.verify.opened import Opened, Unreadable
from moip_press.system.enforcement import Broken, OverLimit, foreign, held
from moip_press.system.limits import PDF


def attachment(path: Path, name: str) -> bytes | None:
    """Return the content of the file ``name`` in the PDF at ``path``, ``None`` where it has none.

    Raises ``Unreadable`` where it is no PDF, is damaged, encrypted, or asks for more than it
    should, and ``OSError`` where it cannot be opened.
    """
    try:
        return held(PDF.held, _content, path, name)
    except (Broken, OverLimit) as error:
        raise Unreadable.of(error) from None


def _content(path: Path, name: str) -> bytes | None:
    with foreign("pypdf"):
        attached = Opened(path).attached
        return next((each.content for each in attached if each.name == name), None)
