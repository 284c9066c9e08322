"""WeasyPrint, loaded in half the time that it takes by itself.

It reads some hundred C declarations whenever it is loaded, which are the same each time: what
comes of reading them stands in `declarations.py`. And it loads the parts of fontTools that cut
fonts and fix variable ones, which are seldom needed: here they come when they are called. Where
WeasyPrint declares anything else than what was read, it is read as it would be without us.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any

import cffi

from moip_press.pdf.loading import declarations

SUBSET, INSTANCER = "fontTools.subset", "fontTools.varLib.instancer"


def load() -> None:
    """Import WeasyPrint."""
    if "weasyprint" not in sys.modules:
        with declared(), _late():
            import_module("weasyprint")


@contextmanager
def declared() -> Iterator[list[Declared]]:
    """Let those who declare C functions meanwhile have them from us; yield what they hold."""
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
    """Stands for a ``cffi.FFI``: what is declared counts at its first use."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def cdef(self, text: str) -> None:
        """Declare C functions and types."""
        self.texts.append(text)

    @cached_property
    def real(self) -> Any:
        """What it stands for."""
        return _read(self.texts)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.real, name)
        setattr(self, name, value)  # what is used often is found at once
        return value


def digest(texts: list[str]) -> str:
    """Return what tells declarations from others."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _read(texts: list[str]) -> Any:
    """Return the ``FFI`` of declarations, from what is known of them or else by reading them."""
    if digest(texts) == declarations.DIGEST:
        with suppress(ImportError):  # a cffi that wants them in another form
            return declarations.ffi()
    real = cffi.api.FFI()
    for text in texts:
        real.cdef(text)
    return real


class _Late(ModuleType):
    """A module that is loaded when something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


@contextmanager
def _late() -> Iterator[None]:
    """Let parts of fontTools that are imported meanwhile be loaded only when they are used."""
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
