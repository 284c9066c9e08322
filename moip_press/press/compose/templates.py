"""The template environment: a sandbox, our filters, a kit's templates over ours."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from moip_press.editions.comparison.changes import Marks
from moip_press.kit import samples, when
from moip_press.kit.folders import Theme, program_folder
from moip_press.kit.model import table_cells
from moip_press.kit.model.blocks import TableBlock
from moip_press.kit.model.fields import ACCESS
from moip_press.kit.model.looks import USUAL_ROOM, Room
from moip_press.kit.named_pictures import credited
from moip_press.press.compose import charts, maps
from moip_press.press.compose.changes import Bars
from moip_press.press.compose.moved import moved_to
from moip_press.press.compose.sandbox import Sandbox, filled
from moip_press.press.compose.side_by_side import columns, rows
from moip_press.press.compose.views import Given, View, view
from moip_press.report.messages import Catalogue
from moip_press.system.cache import Cache
from moip_press.system.enforcement import is_ours
from moip_press.system.files import inside
from moip_press.text import prose, telephone, typography
from moip_press.text.addresses import LONG_PART, breakable
from moip_press.text.language_names import language_name

T = TypeVar("T")


TEMPLATES = program_folder("templates")
COMPILED = Cache(TEMPLATES / "__pycache__", like=Path(__file__))
"""What Jinja made of our templates: it lies in our folder, where nobody's kit can write."""
WAY = 1
"""How the environment compiles: another number where its options or its sandbox change that."""


class Remembered(BytecodeCache):
    """Remembers templates by what stands in them, and texts by their words, within a process.

    What was not asked for between two calls of ``turn`` is forgotten. What Jinja compiles of our
    own templates lies beside them for other processes, as what Python compiles of our modules does.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}
        self._texts: dict[tuple[Hashable, ...], str] = {}
        self._asked: dict[tuple[Hashable, ...], str] = {}
        self._referred: dict[Hashable, tuple[prose.Reference, ...]] = {}

    def turn(self) -> None:
        """Forget the texts that were not asked for since the last time."""
        self._texts, self._asked = self._asked, {}
        kept = {key for key, *_ in self._texts}
        self._referred = {key: asked for key, asked in self._referred.items() if key in kept}

    def get_cache_key(self, name: str, filename: str | Path | None = None) -> str:
        """Return the file of a template, by which it is remembered."""
        return str(filename or name)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template as it was read before, if nothing in it changed."""
        known = self._codes.get((bucket.key, bucket.checksum))
        if known is not None:
            bucket.code = known
        elif name := _compiled(bucket.key):
            bucket.bytecode_from_string(COMPILED.read(name) or b"")
            if bucket.code is not None:
                self._codes[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember a template that was read."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code
            name = _compiled(bucket.key)
            if name and not sys.dont_write_bytecode:
                COMPILED.write(name, bucket.bytecode_to_string())

    def text(self, key: tuple[Hashable, ...], make: Callable[[], str]) -> str:
        """Return the text that was made of the same words, else make it."""
        known = self._asked.get(key) or self._texts.get(key)
        if known is None:
            known = make()
        self._asked[key] = known
        return known

    def resolved(
        self,
        key: Hashable,
        make: Callable[[Callable[[prose.Reference], str]], str],
        resolve: Callable[[prose.Reference], str],
    ) -> str:
        """Return the text that was made of the same words, if what it refers to is still the same.

        Footnotes are numbered as they come: a text that has some is made each time.
        """
        referred = self._referred.get(key, ())
        answers = tuple(map(resolve, referred))
        known = self._asked.get((key, answers)) or self._texts.get((key, answers))
        if known is not None:
            self._asked[key, answers] = known
            return known
        asked: dict[prose.Reference, str] = {}

        def noted(reference: prose.Reference) -> str:
            asked[reference] = resolve(reference)
            return asked[reference]

        made = make(noted)
        if not any(reference.kind == "note" for reference in asked):
            self._referred[key] = tuple(asked)
            self._asked[key, tuple(asked.values())] = made
        return made


@cache
def _compiled(template: str) -> str:
    """Return under which name what is compiled of a template of ours is kept; "" for a kit's."""
    path = Path(template)
    if not path.is_relative_to(TEMPLATES):
        return ""
    name = "-".join(path.relative_to(TEMPLATES).parts)
    return f"{name}.{sys.implementation.cache_tag}.jinja{version('jinja2')}.{WAY}"


INTERFACE = 1
"""The version of the names that templates may use: ``docs/en/templates.md`` lists them."""
FILTERS = (
    "text",
    "heading",
    "plain",
    "prose",
    "line",
    "address",
    "credit",
    "in_rows",
    "columns",
    "chart",
    "map_of_france",
    "laid_out",
    "telephone_link",
    "in_words",
    "days",
    "listed",
    "short_lines",
    "date",
    "weekday",
    "month",
    "face",
    "language_name",
)


BLOCK = re.compile(r"^<(?:p|ul|ol|h[1-6]|blockquote|pre)(?=[ >])", re.MULTILINE)
USUAL = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template makes our filters raise by giving them something else than they take."""
IN_TEMPLATE = ("root", "top-level template code", "template")
READING = ("_parse", "_generate", "_compile")
JINJA = "jinja2/environment.py"
TOO_DEEP = "nested too deep"
NO_DATE = "this is not a date"
NO_TABLE = "this is not a table"
LONGEST_BOUND = 20  # characters of two words that are bound: the largest titles have room for them


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
    room: Room = USUAL_ROOM
    remembered: Remembered = field(default_factory=Remembered, repr=False, compare=False)

    def text(self, value: object, language: str | None = None) -> Markup:
        """Plain text with its typography, as HTML, its addresses links.

        ``language`` is the text's where it is not the kit's.
        """
        words, spoken = str(value), language or self.language

        def make(resolve: Callable[[prose.Reference], str]) -> str:
            return prose.text(words, spoken, resolve=resolve)

        html = self.remembered.resolved(("text", words, spoken), make, self.resolve)
        return _as_sample(words, html)

    def heading(self, value: object, language: str | None = None) -> Markup:
        """A title as HTML; its last line is not a single word, unless two would be too long."""
        start, space, last = str(value).rpartition(" ")
        pair = len(start.rpartition(" ")[2]) + 1 + len(last)
        bound = space and len(start) > 24 and pair <= LONGEST_BOUND
        joined = f"{start}\N{NO-BREAK SPACE}{last}" if bound else str(value)
        spoken = language or self.language
        key = "heading", joined, spoken
        html = self.remembered.text(key, lambda: typography.to_html(joined, spoken))
        return _as_sample(str(value), html)

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
        language: str | None = None,
    ) -> Markup:
        """Markdown as paragraphs and lists, its headings one level ``under`` the given one.

        ``after`` is HTML that ends the last paragraph. ``language`` is the text's where it is not
        the kit's.
        """
        spoken = language or self.language
        html = self._prose(str(value), spoken, under)
        if samples.is_sample(str(value).strip("«»“” ")):
            html = html.replace("<p>", '<p class="sample">')
        if language:
            html = BLOCK.sub(lambda block: f'{block[0]} lang="{escape(language)}"', html)
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

    def language_name(self, value: str) -> str:
        """The name of a language in that of the kit: "anglais"; its code where it has none."""
        code = str(value)
        return language_name(code, self.language) or code

    def address(self, value: object, most: int = LONG_PART) -> str:
        """The words of a link that are an address: they break at its signs, if they must.

        ``most`` letters have room on a line of their own.
        """
        return breakable(self.plain(value), most)

    def credit(self, value: object) -> str:
        """Who made a picture: "© Name", unless the credit says already what it is."""
        return credited(str(value))

    def in_rows(self, items: Sequence[T], number: int, text: str = "", most: int = 0) -> Any:
        """Records in rows of so many; one whose ``text`` is longer than ``most`` stands alone."""
        lengths = [len(str(_field(item, text) or "")) for item in items] if text else []
        return rows(items, number, lengths, most)

    def columns(self, values: Sequence[str | None]) -> View:
        """In how many columns key figures stand, and the size of their values in points."""
        made: View = view(columns([self.plain(value or "") for value in values], self.room.page))
        return made

    def chart(self, block: View) -> View:
        """Where the bars, lines or shares of a chart stand, with their words."""
        made: View = view(charts.drawn(block.fields, self.language, self.room))
        return made

    def map_of_france(self, block: View) -> View:
        """The outlines of a map with their tones, its numbers, dots and legend."""
        made: View = view(maps.drawn(block.fields, self.language))
        return made

    def laid_out(self, value: View, total: str) -> View:
        """A table as it is printed: its headings, lines and width; ``total`` names its sums."""
        made: View = view(
            table_cells.laid_out(_shown(value, TableBlock), self.language, total, self.room)
        )
        return made

    def telephone_link(self, value: str) -> str:
        """The target of a link that calls a number."""
        return telephone.link(value, self.country)

    def called(self, number: str) -> str:
        """The target of a link that calls what looks like a number; empty where none exists."""
        return (
            telephone.link(number, self.country) if telephone.exists(number, self.country) else ""
        )

    def in_words(self, value: View) -> str:
        """When an event takes place, in words, days then times."""
        moment = _shown(value, when.When)
        times = when.times_in_words(moment, self.language)
        days = when.in_words(moment, self.language)
        return self.plain(f"{days}, {times}" if times else days)

    def days(self, value: View) -> str:
        """The days of an event, in words, without its times."""
        return self.plain(when.in_words(_shown(value, when.When), self.language))

    def listed(self, values: Sequence[str]) -> str:
        """Names as a list: "DINUM, DGAFP et DITP"."""
        return when.enumeration(values, self.language)

    def short_lines(self, values: Sequence[str], most: int) -> list[str]:
        """Facts in lines of so many letters at most, a dot between two: "dès 12 ans · 5 €"."""
        lines: list[str] = []
        for value in values:
            if lines and len(f"{lines[-1]} · {value}") <= most:
                lines[-1] += f" · {value}"
            else:
                lines.append(value)
        return lines

    def weekday(self, value: View) -> str:
        """The short name of a weekday."""
        day = _shown(value, datetime.date)
        return when.weekday_in_words(day, self.language, short=True)

    def month(self, value: View) -> str:
        """The short name of a month."""
        day = _shown(value, datetime.date)
        return when.month_in_words(day, self.language, short=True)

    def date(self, value: View) -> str:
        """A date in words."""
        return self.plain(when.date_in_words(_shown(value, datetime.date), self.language))

    def face(self, value: View) -> View:
        """The lines of the left column of an event."""
        made: View = view(when.face(_shown(value, when.When), self.language))
        return made


def _field(item: object, name: str) -> object:
    return item.fields.get(name) if isinstance(item, View) else None


def _as_sample(words: str, html: str) -> Markup:
    """Return a text; the words that a new kit begins with are seen to be no more than that."""
    return Markup(f'<span class="sample">{html}</span>' if samples.is_sample(words) else html)


def _shown(value: object, kind: type[T]) -> T:
    """Return the date or moment that a view shows. Raises ``TemplateRuntimeError``."""
    if isinstance(value, View) and isinstance(value.of, kind):
        return value.of
    raise TemplateRuntimeError(NO_TABLE if kind is TableBlock else NO_DATE)


def _ended(html: str, after: str) -> str:
    """Put ``after`` at the end of the last paragraph, on one line with its last word."""
    if not html.endswith("</p>"):
        return f"{html}<p>{after}</p>"
    start, space, word = html[:-4].rpartition(" ")
    if not space or "<" in word or ">" in word:
        return f"{html[:-4]} {after}</p>"
    return f'{start} <span class="together">{word} {after}</span></p>'


def is_capitals(text: str) -> bool:
    """Return whether a title was typed in capitals: more than four letters in five are."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 8 and sum(letter.isupper() for letter in letters) > len(letters) * 0.8


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


NO_BARS = Bars(Marks())


def environment(theme: Theme, words: Words, catalogue: Catalogue, bars: Bars = NO_BARS) -> Sandbox:
    """Return the environment for one kit; ``bars`` stand beside what is new in it.

    ``builtin/name.html`` is always ours, so that a kit's template can extend the one it
    replaces.
    """
    _, ours = theme.templates()
    builtin = FileSystemLoader(ours)
    env = Sandbox(
        loader=ChoiceLoader([PrefixLoader({"builtin": builtin}), _Inside(theme), builtin]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=words.remembered,
        auto_reload=False,  # each kit that is read has an environment of its own
    )
    for name in FILTERS:
        env.filters[name] = getattr(words, name)
    env.filters["is_capitals"] = is_capitals
    env.filters["access_words"] = _access_in(catalogue, words)
    env.filters["changed"] = bars.beside
    env.filters["moved_to"] = _moved_in(catalogue, words)
    env.globals.update(
        {
            "_": Given(_sayer(catalogue.gettext, words)),
            "ngettext": Given(_plural_sayer(catalogue.ngettext, words)),
            "is_changed": Given(bars.whole),
            "is_new": Given(bars.new),
        }
    )
    return env


def _access_in(catalogue: Catalogue, words: Words) -> Callable[[object], str]:
    def access_words(value: object) -> str:
        """What makes an event accessible, in words: "Accessible en fauteuil roulant"."""
        return words.plain(catalogue.gettext(ACCESS.get(str(value), str(value))))

    return access_words


def _moved_in(catalogue: Catalogue, words: Words) -> Callable[[View], str]:
    def moved_to_words(value: View) -> str:
        """Where something was moved to, in words: "reporté au 18 novembre"."""
        return words.plain(moved_to(_shown(value, when.When), catalogue))

    return moved_to_words


def _sayer(translate: Callable[[str], str], words: Words) -> Callable[..., str]:
    def say(msgid: str, **values: object) -> str:
        # the translation of nothing is what the catalogue says of itself
        return words.plain(filled(translate(msgid), names=values) if msgid else "")

    return say


def _plural_sayer(translate: Callable[[str, str, int], str], words: Words) -> Callable[..., str]:
    def say(singular: str, plural: str, count: int, **values: object) -> str:
        said = translate(singular, plural, count)
        return words.plain(filled(said, names={**values, "count": count}))

    return say


def render(env: Sandbox, name: str, values: dict[str, Any]) -> str:
    """Return the rendered template.

    Raises ``TemplateFault`` where it, or one that it uses, is missing, wrong or unsafe.
    """
    try:
        return env.get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise TemplateFault(error.name or name, error.lineno, str(error.message)) from None
    except MemoryError:
        raise
    except Exception as error:
        if not isinstance(error, USUAL) and is_ours(error):
            raise
        raise TemplateFault(*_last_template_frame(error, name)) from None


def _last_template_frame(error: BaseException, name: str) -> tuple[str, int, str]:
    """Return the template and line that was in hand when ``error`` was raised, and the reason."""
    where, line, reason = name, 1, str(error) or type(error).__name__
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_name in IN_TEMPLATE or code.co_name.startswith("block "):
            where, line = code.co_filename, trace.tb_lineno
        elif code.co_name in READING and code.co_filename.endswith(JINJA):
            where, line, reason = str(trace.tb_frame.f_locals["filename"]), 1, TOO_DEEP
        trace = trace.tb_next
    return where, line, reason
