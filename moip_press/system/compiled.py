"""What Python compiles anew at each start, kept: methods of dataclasses, and regular expressions.

There are some hundred of each, and the methods have to be written first: a quarter of what it takes
to load the program. What is compiled lies beside our modules, as what Python compiles of these
does, where nobody's kit can write.
"""

from __future__ import annotations

import dataclasses
import marshal
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import MAGIC_NUMBER
from types import SimpleNamespace
from typing import Any

from moip_press import __version__
from moip_press.system.cache import Cache

COMPILED = Cache.of_module(__file__)
NAME = f"compiled-{__version__}-{MAGIC_NUMBER.hex()}"
MOST = 6000  # that are kept: more are of modules that have changed since
EXPRESSIONS: Any = getattr(re, "_compiler", None)  # of Python 3.11, and later


@contextmanager
def kept() -> Iterator[None]:
    """Let what is compiled for modules that are loaded meanwhile be that of the last start."""
    known = _read()
    new: dict[Any, Any] = {}
    with _instead(dataclasses, exec=_methods(known, new)):  # the built-in, for that module alone
        if EXPRESSIONS is None:
            yield
        else:
            with _instead(EXPRESSIONS, **_expressions(known, new)):
                yield
    if new and not sys.dont_write_bytecode:
        COMPILED.write(NAME, marshal.dumps(new if len(known) > MOST else {**known, **new}))


def _methods(known: Mapping[Any, Any], new: dict[Any, Any]) -> Any:
    """Return what runs the text of a method in the place of ``exec``."""

    def run(text: str, *spaces: Any) -> None:
        code = known.get(text) or new.get(text)
        if code is None:
            code = new[text] = compile(text, "<string>", "exec", dont_inherit=True)
        exec(code, *spaces)  # noqa: S102 -- it is what `dataclasses` gives

    return run


def _expressions(known: Mapping[Any, Any], new: dict[Any, Any]) -> dict[str, Any]:
    """Return what compiles a regular expression, and what it asks in the place of ``_sre``."""
    engine, plain = EXPRESSIONS._sre, EXPRESSIONS.compile  # noqa: SLF001 -- its C part
    given: list[Any] = []

    def noted(*parts: Any) -> Any:
        given[:] = parts
        return engine.compile(*parts)

    def made(pattern: Any, flags: int = 0) -> Any:
        key = pattern, int(flags)
        if type(pattern) not in (str, bytes):
            return plain(pattern, flags)
        if (parts := known.get(key)) is not None:
            return engine.compile(*parts)
        found = plain(pattern, flags)
        text, options, code, *groups = given
        new[key] = (text, int(options), list(map(int, code)), *groups)
        return found

    return {"_sre": SimpleNamespace(**{**vars(engine), "compile": noted}), "compile": made}


@contextmanager
def _instead(module: Any, **names: Any) -> Iterator[None]:
    """Let names of a module be these meanwhile."""
    here = vars(module)
    before = {name: here[name] for name in names if name in here}
    here.update(names)
    try:
        yield
    finally:
        for name in names:
            del here[name]
        here.update(before)


def _read() -> Mapping[Any, Any]:
    """Return what was compiled before, by what it was compiled from."""
    content = COMPILED.read(NAME)
    with suppress(EOFError, ValueError, TypeError):
        read = marshal.loads(content or b"")  # noqa: S302 -- it lies in our own folder
        if isinstance(read, dict):
            return read
    return {}
