"""The template environment: a sandbox, our filters, a kit's templates over ours."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from moip_press import prose, telephone, typography, when
from moip_press.comparison import Marks
from moip_press.compose.bars import Bars
from moip_press.compose.remembered import Remembered
from moip_press.kit import Theme, inside
from moip_press.messages import Catalogue

FILTERS = (
    "text",
    "heading",
    "plain",
    "prose",
    "line",
    "telephone_link",
    "in_words",
    "days",
    "listed",
    "date",
    "weekday",
    "face",
)


BLOCK = re.compile(r"^<(?:p|ul|ol|h[1-6]|blockquote|pre)(?=[ >])", re.MULTILINE)
LARGEST = 1_000_000
TOO_LARGE = "a value grows too large"
LAST_WORD = re.compile(r" ([^\s<>]{1,14}</p>)")


@dataclass(eq=False)
class TemplateFault(Exception):
    """A template that cannot be used: its name, the line, and what Jinja2 says of it."""

    template: str
    line: int
    reason: str


@dataclass(frozen=True)
class Words:
    """How the text of one kit is turned into HTML: its language, its links, its numbers."""

    language: str
    country: str
    resolve: Callable[[prose.Reference], str]
    remembered: Remembered = field(default_factory=Remembered, repr=False, compare=False)

    def text(self, value: object, language: str | None = None) -> Markup:
        """Plain text with its typography, as HTML; ``language`` where it is not the kit's."""
        words, spoken = str(value), language or self.language
        key = "text", words, spoken
        return Markup(self.remembered.text(key, lambda: typography.to_html(words, spoken)))

    def heading(self, value: object, language: str | None = None) -> Markup:
        """A title as HTML; its last line is never a single word."""
        start, space, last = str(value).rpartition(" ")
        joined = f"{start}\N{NO-BREAK SPACE}{last}" if space and len(start) > 24 else str(value)
        return self.text(joined, language)

    def plain(self, value: object) -> str:
        """Plain text with its typography and no markup: for attributes and link texts."""
        words = str(value)
        key = "plain", words, self.language
        return self.remembered.text(key, lambda: typography.plain(words, self.language))

    def prose(
        self,
        value: object,
        after: str = "",
        *,
        under: int = 2,
        bound: bool = False,
        language: str | None = None,
    ) -> Markup:
        """Markdown as paragraphs and lists, its headings one level ``under`` the given one.

        ``after`` is HTML that ends the last paragraph. In a text that is ``bound``, no
        paragraph ends with a single short word on its last line. ``language`` is the text's where
        it is not the kit's.
        """
        spoken = language or self.language
        html = self._prose(str(value), spoken, under)
        if language:
            html = BLOCK.sub(f'\\g<0> lang="{language}"', html)
        if bound:
            html = LAST_WORD.sub("\N{NO-BREAK SPACE}\\1", html)
        return Markup(_ended(html, after) if after else html)

    def _prose(self, words: str, language: str, under: int) -> str:
        def make(resolve: Callable[[prose.Reference], str]) -> str:
            return prose.to_html(words, language, resolve=resolve, shift=under).rstrip()

        return self.remembered.resolved(("prose", words, language, under), make, self.resolve)

    def line(self, value: object) -> Markup:
        """Markdown of one line, without a paragraph round it."""
        words = str(value)

        def make(resolve: Callable[[prose.Reference], str]) -> str:
            return prose.inline(words, self.language, resolve=resolve)

        key = "line", words, self.language
        return Markup(self.remembered.resolved(key, make, self.resolve))

    def telephone_link(self, value: str) -> str:
        """The target of a link that calls a number."""
        return telephone.link(value, self.country)

    def in_words(self, value: when.When) -> str:
        """When an event takes place, in words, days then times."""
        times = when.times_in_words(value, self.language)
        days = when.in_words(value, self.language)
        return self.plain(f"{days}, {times}" if times else days)

    def days(self, value: when.When) -> str:
        """The days of an event, in words, without its times."""
        return self.plain(when.in_words(value, self.language))

    def listed(self, values: Sequence[str]) -> str:
        """Names as a list: "DINUM, DGAFP et DITP"."""
        return when.enumeration(values, self.language)

    def weekday(self, value: datetime.date) -> str:
        """The short name of a weekday."""
        return when.weekday_in_words(value, self.language, short=True)

    def date(self, value: datetime.date) -> str:
        """A date in words."""
        return self.plain(when.date_in_words(value, self.language))

    def face(self, value: when.When) -> when.Face:
        """The lines of the left column of an event."""
        return when.face(value, self.language)


def _ended(html: str, after: str) -> str:
    """Put ``after`` at the end of the last paragraph, on one line with its last word."""
    if not html.endswith("</p>"):
        return f"{html}<p>{after}</p>"
    start, space, word = html[:-4].rpartition(" ")
    if not space or "<" in word or ">" in word:
        return f"{html[:-4]} {after}</p>"
    return f'{start} <span class="together">{word} {after}</span></p>'


def is_capitals(text: str) -> bool:
    """Tell whether a title was typed in capitals: more than four letters in five are."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 8 and sum(sign.isupper() for sign in letters) > len(letters) * 0.8


class _Inside(FileSystemLoader):
    """Finds the templates of a kit, but not where a link leads out of it."""

    def __init__(self, theme: Theme) -> None:
        self.folder = theme.templates()[0]
        super().__init__(self.folder)
        self.theme = theme

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the template. Raises ``TemplateNotFound``."""
        path = inside(self.folder, template)
        if path is None or not self.theme.holds(path):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which no value grows beyond measure in one step."""

    intercepted_binops = frozenset(("*", "**"))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return the product or the power. Raises ``SecurityError`` where it is too large."""
        if _size(operator, left, right) > LARGEST:
            raise SecurityError(TOO_LARGE)
        return super().call_binop(context, operator, left, right)


def _size(operator: str, left: Any, right: Any) -> int:
    """Return how many signs, items or bits a product or a power has, about."""
    if operator == "**":
        return left.bit_length() * abs(right) if _are_numbers(left, right) else 0
    if _are_numbers(left, right):
        return int(left.bit_length() + right.bit_length())
    times = left if isinstance(left, int) else right if isinstance(right, int) else 0
    many = right if isinstance(left, int) else left
    return times * len(many) if isinstance(many, str | list | tuple) else 0


def _are_numbers(left: Any, right: Any) -> bool:
    return isinstance(left, int) and isinstance(right, int)


NO_BARS = Bars(Marks())


def environment(
    theme: Theme, words: Words, catalogue: Catalogue, bars: Bars = NO_BARS
) -> ImmutableSandboxedEnvironment:
    """Return the environment for one kit; ``bars`` stand beside what is new in it.

    ``builtin/name.html`` is always ours, so that a kit's template can extend the one it
    replaces.
    """
    _, ours = theme.templates()
    builtin = FileSystemLoader(ours)
    env = _Sandbox(
        loader=ChoiceLoader([PrefixLoader({"builtin": builtin}), _Inside(theme), builtin]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=words.remembered,
    )
    for name in FILTERS:
        env.filters[name] = getattr(words, name)
    env.filters["is_capitals"] = is_capitals
    env.filters["changed"] = bars.beside
    env.globals.update(
        {
            "_": _sayer(catalogue.gettext, words),
            "ngettext": _plural_sayer(catalogue.ngettext, words),
            "is_changed": bars.whole,
            "is_new": bars.new,
        }
    )
    return env


def _sayer(translate: Callable[[str], str], words: Words) -> Callable[..., str]:
    def say(msgid: str, **values: object) -> str:
        return words.plain(translate(msgid).format(**values))

    return say


def _plural_sayer(translate: Callable[[str, str, int], str], words: Words) -> Callable[..., str]:
    def say(singular: str, plural: str, count: int, **values: object) -> str:
        return words.plain(translate(singular, plural, count).format(count=count, **values))

    return say


def render(env: ImmutableSandboxedEnvironment, name: str, values: dict[str, Any]) -> str:
    """Return the rendered template.

    Raises ``TemplateFault`` where it, or one that it uses, is missing, wrong or unsafe.
    """
    try:
        return env.get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise TemplateFault(error.name or name, error.lineno, str(error.message)) from None
    except (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        where, line = _last_template_frame(error, name)
        raise TemplateFault(where, line, str(error)) from None


def _last_template_frame(error: BaseException, name: str) -> tuple[str, int]:
    """Return the template and line that was being rendered when ``error`` was raised."""
    where, line = name, 1
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_name in ("root", "top-level template code") or code.co_name.startswith("block "):
            where, line = code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return where, line
