"""What style sheets do, found once: for all documents, and of our own for all processes.

WeasyPrint parses a style sheet, validates its values and compiles its selectors whenever it is
used, its own ones whenever it is loaded. What our sheets and those do lies beside our modules, as
what Python compiles of these does, where nobody's kit can write. Like `quicker.py`, which uses
this, it is written for one version of WeasyPrint.
"""

from __future__ import annotations

import copyreg
import io
import marshal
import pickle
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import MAGIC_NUMBER
from logging import LogRecord
from types import FunctionType, SimpleNamespace
from typing import Any, NamedTuple

import cssselect2
import tinycss2
import weasyprint
from cssselect2.compiler import CompiledSelector
from weasyprint import css
from weasyprint.logger import LOGGER

from moip_press.kit.folders import program_folder
from moip_press.system.cache import Cache

MOST_SHEETS = 150  # that are kept: those of the theme, and of some kits
LARGEST_SHEET = 100_000  # bytes
DOES_MORE = re.compile(rb"@(?!(?:page|media|top|bottom|left|right)\b)")
"""Finds what does more than give styles to elements and pages: it brings fonts, or other sheets."""
COMPILED = Cache.of_module(__file__)
CALLED = ("split_whitespace", "ascii_lower", "urlparse")  # by compiled selectors
LIBRARIES = ("weasyprint", "tinycss2", "cssselect2")
FORM = 1  # of what lies there: another number where it changes

_parse_sheet = tinycss2.parse_stylesheet_bytes
_preprocess_sheet = css.preprocess_stylesheet
_known: dict[object, Known] = {}


class Known(NamedTuple):
    """What a style sheet does: selectors with their values, rules of pages, styles of counters."""

    selectors: list[Any]
    pages: list[Any]
    counters: dict[str, Any]

    @classmethod
    def nothing(cls) -> Known:
        """Return what an empty sheet does."""
        return cls([], [], {})

    @property
    def matcher(self) -> Any:
        """What takes down selectors in the place of a matcher."""
        return SimpleNamespace(add_selector=lambda *given: self.selectors.append(given))


class _Unread(NamedTuple):
    """A style sheet that is parsed where it is not known what it does."""

    content: bytes
    protocol_encoding: Any
    environment_encoding: Any


def unread(
    content: bytes, protocol_encoding: Any = None, environment_encoding: Any = None
) -> tuple[_Unread, None]:
    """Return a style sheet for ``preprocessed``, and no encoding: nobody asks for it."""
    return _Unread(content, protocol_encoding, environment_encoding), None


def preprocessed(
    media: str, base: str, rules: Any, fetcher: Any, matcher: Any, *rest: Any, **named: Any
) -> None:
    """Give a matcher its selectors, and the rules of pages theirs, of a style sheet."""
    if not isinstance(rules, _Unread):
        _preprocess_sheet(media, base, rules, fetcher, matcher, *rest, **named)
        return
    if len(rules.content) > LARGEST_SHEET or DOES_MORE.search(rules.content):
        parsed, _ = _parse_sheet(*rules)
        _preprocess_sheet(media, base, parsed, fetcher, matcher, *rest, **named)
        return
    key = (*rules, media, base, named.get("layer"))
    known = _known.get(key) or _read(key)
    faults: list[LogRecord] = []
    if known is None:
        parsed, _ = _parse_sheet(*rules)
        known = Known.nothing()
        more = known.matcher, known.pages, *rest[1:]
        with _listening() as faults:
            _preprocess_sheet(media, base, parsed, fetcher, *more, **named)
        if not faults and rules.content in _ours():
            _write(key, known)
    if not faults:  # they are reported each time
        if len(_known) >= MOST_SHEETS:
            _known.clear()
        _known[key] = known
    for given in known.selectors:
        matcher.add_selector(*given)
    rest[0].extend(known.pages)


@contextmanager
def _listening() -> Iterator[list[LogRecord]]:
    """Yield the list of what WeasyPrint logs meanwhile; it is logged all the same."""
    heard: list[LogRecord] = []

    def note(record: LogRecord) -> bool:
        heard.append(record)
        return True

    LOGGER.addFilter(note)
    try:
        yield heard
    finally:
        LOGGER.removeFilter(note)


def give_own_styles() -> None:
    """Give WeasyPrint the style sheets of its own that it was loaded without."""
    own = weasyprint.html
    sheets: tuple[tuple[Any, str, dict[str, Any]], ...] = (
        (own.UA_STYLESHEET, own.UA, own.UA_COUNTER_STYLE),
        (own.UA_FORM_STYLESHEET, own.UA_FORM, own.UA_COUNTER_STYLE),
        (own.PH_STYLESHEET, own.PH, {}),
    )
    for sheet, text, counters in sheets:
        key = ("of WeasyPrint", text)
        known = _read(key)
        if known is None:
            known = Known.nothing()
            rules = tinycss2.parse_stylesheet(text)
            more: tuple[Any, ...] = ([], None, known.counters, {})
            _preprocess_sheet("print", None, rules, None, known.matcher, known.pages, *more)
            _write(key, known)
        for given in known.selectors:
            sheet.matcher.add_selector(*given)
        sheet.page_rules.extend(known.pages)
        counters.update(known.counters)


# --- for other processes ------------------------------------------------------------------------


@cache
def _ours() -> frozenset[bytes]:
    """Return our own style sheets; those of kits are nobody's to keep here."""
    return frozenset(path.read_bytes() for path in program_folder("styles").rglob("*.css"))


@cache
def _versions() -> tuple[object, ...]:
    return FORM, MAGIC_NUMBER, *map(version, LIBRARIES)


def _name(key: object) -> str:
    return f"sheet-{sha256(repr((_versions(), key)).encode()).hexdigest()}"


def _read(key: object) -> Known | None:
    """Return what another process found of a style sheet."""
    content = COMPILED.read(_name(key))
    with suppress(Exception):  # of another form; then it is found anew
        return Known(*pickle.loads(content or b""))  # noqa: S301 -- it lies in our own folder
    return None


def _write(key: object, known: Known) -> None:
    if sys.dont_write_bytecode:
        return
    made = io.BytesIO()
    pickler = pickle.Pickler(made, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | {CompiledSelector: _parts}
    with suppress(pickle.PicklingError, AttributeError, TypeError):  # a value that cannot be kept
        pickler.dump(tuple(known))
        COMPILED.write(_name(key), made.getvalue())


def _parts(selector: Any) -> tuple[Any, ...]:
    """Return what a compiled selector is made of again."""
    told = {name: value for name, value in vars(selector).items() if name != "test"}
    return _selector, (marshal.dumps(selector.test.__code__), told)


def _selector(code: bytes, told: dict[str, Any]) -> CompiledSelector:
    selector = CompiledSelector.__new__(CompiledSelector)
    compiled = cssselect2.compiler
    names = {name: getattr(compiled, name) for name in CALLED}
    test = FunctionType(marshal.loads(code), names)  # noqa: S302 -- as above
    vars(selector).update(told, test=test)
    return selector
