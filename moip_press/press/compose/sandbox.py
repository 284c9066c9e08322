"""The sandbox of templates: what they may read, call and make grow.

All is refused but what is listed here. A template reads fields of views and items of lists, calls
functions that it was given, macros, and the methods of texts, lists and mappings named below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from string import Formatter
from typing import Any

from jinja2 import Environment, Undefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Cycler, Joiner, Namespace, pass_environment
from markupsafe import Markup, escape

from moip_press.press.compose.views import Given, View

LARGEST = 1_000_000  # characters, items or bits that one step may make
WIDEST = 10_000  # characters that a text is filled up to, or is indented by; items in a row
FINEST = 100  # digits that a number is rounded to
TOO_LARGE = "a value grows too large"
TEXT = frozenset(
    "capitalize casefold center count endswith expandtabs find index isalnum isalpha isascii"  # noqa: SIM905
    " isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join"
    " ljust lower lstrip partition removeprefix removesuffix replace rfind rindex rjust rpartition"
    " rsplit rstrip split splitlines startswith strip swapcase title upper zfill".split()
)
METHODS: Mapping[type, frozenset[str]] = {
    str: TEXT,
    Markup: TEXT | {"striptags", "unescape"},
    dict: frozenset({"get", "items", "keys", "values"}),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    Cycler: frozenset({"next", "reset"}),
    LoopContext: frozenset({"changed", "cycle"}),
}
"""The methods that a template may call."""
FIELDS: Mapping[type, frozenset[str]] = {
    LoopContext: frozenset(
        "depth depth0 first index index0 last length nextitem previtem revindex revindex0".split()  # noqa: SIM905
    ),
    Cycler: frozenset({"current"}),
    Macro: frozenset({"name", "arguments", "catch_kwargs", "catch_varargs", "caller"}),
    BlockReference: frozenset({"super"}),
}
"""What it may read of the objects that Jinja2 makes."""
ITEMS = (str, list, tuple, dict, range)
CALLABLE = (Macro, BlockReference, LoopContext, Joiner, Undefined)
# chance and filler would make of one kit another file each time
LEFT_OUT = frozenset({"random"})
WIDE = ("batch", "center", "indent", "slice", "tojson", "wordwrap")
GROUPED = ("grouper", "list")
DIRECTIVE = re.compile(
    r"%(?:\(\w*\))?[#0 +-]*(?P<width>\*|\d*)(?:\.(?P<precision>\*|\d*))?[hlL]?", re.DOTALL
)
SPEC = re.compile(r"(?:.?[<>=^])?[ +-]?#?0?(?P<width>\d*)[,_]?(?:\.(?P<precision>\d+))?[a-zA-Z%]?")


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which what is not listed cannot be reached, and no value grows too large."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters = {name: FILTERS[name] for name in FILTERS.keys() - LEFT_OUT}
        self.filters |= {name: _bounded(FILTERS[name], WIDEST) for name in WIDE}
        self.filters["round"] = _bounded(FILTERS["round"], FINEST)
        self.filters |= {"attr": _attribute, "format": _filled, "replace": _replaced}
        self.globals = {
            "range": Given(safe_range),
            "dict": Given(_mapping),
            "namespace": Given(Namespace),
            "cycler": Given(Cycler),
            "joiner": Given(Joiner),
        }

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a field, a method that is listed, or an item of this name."""
        if isinstance(obj, View):
            return self._field(obj, attribute)
        if isinstance(obj, Undefined):
            return obj[attribute]  # says what is undefined
        kind = type(obj)
        if attribute in METHODS.get(kind, ()):
            return Given(_sized(getattr(obj, attribute), attribute))
        if attribute in FIELDS.get(kind, ()):
            return getattr(obj, attribute)
        if kind in (str, Markup) and attribute in ("format", "format_map"):
            return Given(_formatter(obj, named=attribute == "format_map"))
        return self._named(obj, attribute)

    def _named(self, obj: Any, attribute: str) -> Any:
        """Return what the template itself has named so."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if type(obj) is TemplateReference:
            return self._item(obj, attribute)
        own: Mapping[str, Any] = {}
        if type(obj) is Namespace:
            own = object.__getattribute__(obj, "_Namespace__attrs")
        elif type(obj) is TemplateModule and not attribute.startswith("_"):
            own = vars(obj)
        elif isinstance(obj, tuple) and getattr(obj, "_fields", ()) == GROUPED:
            own = dict(zip(GROUPED, obj, strict=True))
        if attribute in own:
            return own[attribute]
        if hasattr(type(obj), attribute):
            return self.unsafe_undefined(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item of a text, list or mapping, else the field of that name."""
        if isinstance(obj, ITEMS):
            return self._item(obj, argument)
        if isinstance(argument, str):
            return self.getattr(obj, str(argument))
        return self.undefined(obj=obj, name=argument)

    def _item(self, obj: Any, argument: Any) -> Any:
        try:
            return obj[argument]
        except (TypeError, LookupError):
            if isinstance(argument, str) and not isinstance(obj, TemplateReference):
                return self.getattr(obj, str(argument))
            return self.undefined(obj=obj, name=argument)

    def _field(self, obj: View, name: str) -> Any:
        if name in obj.fields:
            return obj.fields[name]
        unsafe = name.startswith("_")
        return self.unsafe_undefined(obj, name) if unsafe else self.undefined(obj=obj, name=name)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002
        """Return false: what may be read is decided by ``getattr``."""
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a template may call this."""
        return isinstance(obj, (Given, *CALLABLE))

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what the template was given. Raises ``SecurityError`` for anything else."""
        if isinstance(obj, Given):
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return obj.run(*args, **kwargs)
        if not self.is_safe_callable(obj):
            raise SecurityError(f"{type(obj).__name__!r} is not safely callable")
        return context.call(obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return the product, power or rest. Raises ``SecurityError`` where it is too large."""
        if operator == "%":
            return _percent(left, right) if isinstance(left, str) else left % right
        if _size(operator, left, right) > LARGEST:
            raise SecurityError(TOO_LARGE)
        return super().call_binop(context, operator, left, right)


def _size(operator: str, left: Any, right: Any) -> int:
    """Return how many characters, items or bits a product or a power has, about."""
    if operator == "**":
        return left.bit_length() * abs(right) if _are_numbers(left, right) else 0
    if _are_numbers(left, right):
        return int(left.bit_length() + right.bit_length())
    times = left if isinstance(left, int) else right if isinstance(right, int) else 0
    many = right if isinstance(left, int) else left
    return times * len(many) if isinstance(many, str | list | tuple) else 0


def _are_numbers(left: Any, right: Any) -> bool:
    return isinstance(left, int) and isinstance(right, int)


def _check(size: int, most: int) -> int:
    if size > most:
        raise SecurityError(TOO_LARGE)
    return size


def _bounded(function: Callable[..., Any], most: int) -> Callable[..., Any]:
    """Return a filter whose numbers, beside its value, are no larger than ``most``."""

    @wraps(function)
    def bounded(*args: Any, **kwargs: Any) -> Any:
        for value in (*args[1:], *kwargs.values()):
            if isinstance(value, int):
                _check(abs(value), most)
        return function(*args, **kwargs)

    return bounded


def _sized(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Return a method whose result cannot grow too large in one step."""
    if name in ("center", "expandtabs", "ljust", "rjust", "zfill"):
        return lambda width=8, *fill: method(_check(width, WIDEST), *fill)
    text = method.__self__  # type: ignore[attr-defined]
    if name == "join":
        _check(len(text), WIDEST)
    if name == "replace":

        def replaced(old: str, new: str, *count: int) -> str:
            _check(text.count(old) * len(new), LARGEST)
            made: str = method(old, new, *count)
            return made

        return replaced
    return method


@pass_environment
def _attribute(environment: Environment, value: Any, name: str) -> Any:
    return environment.getattr(value, str(name))


@wraps(FILTERS["replace"])
def _replaced(context: Any, value: Any, old: Any, new: Any, count: int | None = None) -> str:
    _check(str(value).count(str(old)) * len(str(new)), LARGEST)
    return FILTERS["replace"](context, value, old, new, count)  # type: ignore[no-any-return]


def _filled(value: Any, *args: Any, **kwargs: Any) -> str:
    """Return ``value`` with its directives replaced, as ``%`` does."""
    return _percent(value if isinstance(value, str) else str(value), kwargs or args)


def _percent(text: str, values: Any) -> str:
    for found in DIRECTIVE.finditer(text):
        for number in found.groups():
            _check(WIDEST + 1 if number == "*" else int(number or 0), WIDEST)
    made: str = text % values
    return made


def _formatter(text: str, *, named: bool) -> Callable[..., str]:
    """Return the method ``format`` of a text, or ``format_map`` where it takes one mapping."""
    if named:
        return lambda values: filled(text, (), dict(values))
    return lambda *values, **names: filled(text, values, names)


def filled(text: str, values: Sequence[Any] = (), names: Mapping[str, Any] | None = None) -> str:
    """Return a text with ``{name}`` or ``{0}`` replaced; HTML stays HTML.

    A placeholder reaches nothing but the value that was given for it. Raises ``UndefinedError``
    where there is none, ``SecurityError`` where it wants more, and ``ValueError`` for a lone brace.
    """
    found, count = [], 0
    for literal, field, spec, conversion in Formatter().parse(text):
        found.append(literal)
        if field is None:
            continue
        if not re.fullmatch(r"\w*", field):
            asked = (*re.findall(r"\w+", field)[1:], "format")[0]
            raise SecurityError(f"access to attribute {asked!r} of it is unsafe")
        name, count = (field, count) if field else (str(count), count + 1)
        value = _value(name, values, names or {})
        said = _spelt(value, spec or "", conversion)
        found.append(str(escape(said)) if isinstance(text, Markup) else said)
    return type(text)("".join(found))


def _value(name: str, values: Sequence[Any], names: Mapping[str, Any]) -> Any:
    if name.isdecimal() and int(name) < len(values):
        return values[int(name)]
    if name not in names:
        raise UndefinedError(f"{name!r} is undefined")
    return names[name]


def _spelt(value: Any, spec: str, conversion: str | None) -> str:
    """Return a value as a placeholder prints it."""
    allowed = SPEC.fullmatch(spec)
    if not allowed or conversion not in (None, "s"):
        raise SecurityError("access to attribute 'format' of it is unsafe")
    for number in allowed.groups():
        _check(int(number or 0), WIDEST)
    if isinstance(value, Markup) and not spec:
        return value
    plain = value if isinstance(value, str | int | float) and not conversion else str(value)
    return format(str(plain) if isinstance(plain, Markup) else plain, spec)


def _mapping(*args: Any, **kwargs: Any) -> dict[Any, Any]:
    return dict(*args, **kwargs)
