"""Loads WeasyPrint in half the time.

WeasyPrint has cffi parse some hundred C declarations whenever it is loaded: `declarations.py` holds
the result. And it loads the parts of fontTools that make subsets and fix variable fonts, which are
seldom needed: here they are loaded at their first call. Other declarations are parsed as usual.
What its own style sheets do, it finds anew each time: `known_sheets.py` knows it.

`python -m moip_press.pdf.loading` writes `declarations.py` anew.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from functools import cached_property
from importlib import import_module
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import cffi
import tinycss2

from moip_press.pdf import declarations
from moip_press.system.libraries import MissingLibrary

HEAD = '''\
"""What cffi makes of the declarations of WeasyPrint {weasyprint} (BSD-3-Clause).

Written by `python -m moip_press.pdf.loading`; a test fails when it is out of date.
"""

from typing import Any

DIGEST = "{digest}"


def ffi() -> Any:
    """Return the `FFI` of these declarations."""
    import _cffi_backend

    return {made}
'''
VERSION = "70.0"
"""The version of WeasyPrint whose private names are used."""
SUBSET, INSTANCER = "fontTools.subset", "fontTools.varLib.instancer"


def load() -> None:
    """Import WeasyPrint. Raises ``MissingLibrary`` where the system lacks Pango."""
    if "weasyprint" in sys.modules:
        return
    known = version("weasyprint") == VERSION
    try:
        # what it prints and warns of libraries is in English
        with redirect_stdout(StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with declared(), _late(), _bare(known):
                import_module("weasyprint")
    except OSError as error:
        raise MissingLibrary from error
    if known:
        from moip_press.pdf import known_sheets  # noqa: PLC0415 -- it needs what is loaded here

        known_sheets.give_own_styles()


@contextmanager
def declared() -> Iterator[list[Declared]]:
    """Let cffi take declarations that are made meanwhile from us; yield them."""
    made: list[Declared] = []

    def begin() -> Declared:
        made.append(Declared())
        return made[-1]

    real, cffi.FFI = cffi.FFI, begin
    try:
        yield made
    finally:
        cffi.FFI = real


class Declared:
    """Stands for a ``cffi.FFI``: declarations count at its first use."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def cdef(self, text: str) -> None:
        """Declare C functions and types."""
        self.texts.append(text)

    @cached_property
    def real(self) -> Any:
        """The ``cffi.FFI`` that it stands for."""
        return _parsed(self.texts)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.real, name)
        setattr(self, name, value)  # found at once the next time
        return value


def digest(texts: list[str]) -> str:
    """Return the digest of declarations."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _parsed(texts: list[str]) -> Any:
    """Return the ``FFI`` of declarations, which are parsed where they are not known."""
    if digest(texts) == declarations.DIGEST:
        with suppress(ImportError):  # a cffi that needs another form
            return declarations.ffi()
    real = cffi.api.FFI()
    for text in texts:
        real.cdef(text)
    return real


class _Late(ModuleType):
    """A module that is loaded at its first use."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


@contextmanager
def _late() -> Iterator[None]:
    """Let parts of fontTools that are imported meanwhile be loaded at their first use."""
    late = {name: _Late(name) for name in (SUBSET, INSTANCER) if name not in sys.modules}

    def instantiate(*given: Any, **named: Any) -> Any:
        return import_module(INSTANCER).instantiateVariableFont(*given, **named)

    if INSTANCER in late:
        vars(late[INSTANCER])["instantiateVariableFont"] = instantiate
    sys.modules.update(late)
    try:
        yield
    finally:
        for name in late:
            del sys.modules[name]


@contextmanager
def _bare(known: bool) -> Iterator[None]:  # noqa: FBT001
    """Let the style sheets of a WeasyPrint that is ``known`` and imported meanwhile be empty."""
    real = tinycss2.parse_stylesheet
    if known:
        tinycss2.parse_stylesheet = lambda *_given, **_named: []
    try:
        yield
    finally:
        tinycss2.parse_stylesheet = real


# --- for engineers ------------------------------------------------------------------------


def written() -> str:
    """Return the text of `declarations.py` for the WeasyPrint that is installed."""
    with declared() as made:
        weasyprint = import_module("weasyprint")
    (known,) = (each.texts for each in made if each.texts)
    builder = cffi.FFI()
    for text in known:
        builder.cdef(text)
    builder.set_source("moip_press.pdf.declarations", None)
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
