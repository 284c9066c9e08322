"""`python -m moip_press.pdf.loading`: write `declarations.py` anew."""

from __future__ import annotations

import re
import tempfile
from importlib import import_module
from pathlib import Path

import cffi

from moip_press.pdf.loading import declared, digest

HEAD = '''\
"""What cffi makes of the declarations of WeasyPrint {weasyprint} (BSD-3-Clause).

Written by `python -m moip_press.pdf.loading`; a test says when it is no longer current.
"""

from typing import Any

DIGEST = "{digest}"


def ffi() -> Any:
    """Return the `FFI` of these declarations."""
    import _cffi_backend

    return {made}
'''


def written() -> str:
    """Return the text of `declarations.py` for the WeasyPrint that is installed."""
    with declared() as made:
        weasyprint = import_module("weasyprint")
    (known,) = (each.texts for each in made if each.texts)
    builder = cffi.FFI()
    for text in known:
        builder.cdef(text)
    builder.set_source("moip_press.pdf.loading.declarations", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "declarations.py")
        builder.emit_python_code(str(path))
        emitted = path.read_text(encoding="utf-8")
    call = re.search(r"ffi = (_cffi_backend\.FFI\(.*\))", emitted, re.DOTALL)
    assert call  # noqa: S101 -- cffi writes it
    return HEAD.format(
        weasyprint=weasyprint.__version__, digest=digest(known), made=call[1].strip()
    )


if __name__ == "__main__":
    Path(__file__).with_name("declarations.py").write_text(written(), encoding="utf-8")
