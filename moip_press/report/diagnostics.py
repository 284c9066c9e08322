"""What can be wrong with a kit, and where: positions, messages, diagnostics, reports.

Messages stay untranslated here (a gettext msgid with named values): the language of the
reader is known only where a report is rendered.
"""

from __future__ import annotations

import datetime
import re
import string
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from moip_press.kit.source import Source


LINE_BREAK = re.compile(r"\r\n|\r|\n")
"""What ends a line, wherever lines are counted or cut: what does so in editors.

U+2028, U+2029, U+0085 and form feeds are characters of their line, though ``str.splitlines`` and
YAML end lines at some of them.
"""


def lines_of(text: str) -> list[str]:
    """Return the lines of a text without their ends, as positions count them."""
    return LINE_BREAK.split(text)


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two characters: line and column count from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters from `start` up to, not including, `end` in `file`.

    `file` is the name the file was read under, with forward slashes.
    """

    file: str
    start: Position
    end: Position

    @classmethod
    def of_file(cls, file: str) -> Span:
        """Return the empty span at the top of a file, for what concerns the file as a whole."""
        return cls(file, Position(1, 1), Position(1, 1))


class Severity(StrEnum):
    """Error: cannot be read, resolved or laid out. Warning: everything else."""

    ERROR = "error"
    WARNING = "warning"


def placeholders(template: str) -> frozenset[str]:
    """Return the names in braces in a msgid; ValueError where the braces are not balanced."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


@dataclass(frozen=True, slots=True)
class Message:
    """An untranslated sentence: the English msgid and the values of its `{placeholders}`.

    A sentence that depends on a number has a `plural` msgid too, chosen by `count`, which is
    also the value of `{count}`. A value may itself be a Message. Literal braces are doubled.
    Raises ValueError where a placeholder has no value, so that a slip in a sentence shows
    where it is made and not where it is printed.
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int = 1

    def __post_init__(self) -> None:
        values = dict(self.values)
        if self.plural is not None:
            values.setdefault("count", self.count)
        object.__setattr__(self, "values", MappingProxyType(values))
        wanted = placeholders(self.id) | placeholders(self.plural or "")
        if missing := wanted - values.keys():
            raise ValueError(f"no value for {sorted(missing)} in {self.id!r}")

    def __hash__(self) -> int:
        return hash((self.id, self.count, tuple(self.values)))

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.id, dict(self.values), self.plural, self.count))

    @classmethod
    def of(cls, msgid: str, /, **values: object) -> Message:
        """Return `Message.of(N_("No file {file}."), file=name)`."""
        return cls(msgid, values)

    @classmethod
    def counted(cls, msgids: tuple[str, str], count: int, /, **values: object) -> Message:
        """Return `Message.counted(NP_("{count} event.", "{count} events."), n)`."""
        singular, plural = msgids
        return cls(singular, values, plural, count)


Said = Message | str
"""A sentence, or the msgid of one."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a diagnostic, and what is there."""

    span: Span
    message: Message


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of `span`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong in one place, with what to do about it.

    A `fix` that is not `safe` may change what is meant: it is offered, and never made unasked.
    `lacks` is the path in the file of a field that is to be added, empty where none is.
    """

    code: str
    severity: Severity
    message: Message
    hint: Message | None
    span: Span
    related: tuple[Related, ...] = ()
    fix: tuple[Edit, ...] | None = None
    safe: bool = True
    lacks: tuple[str | int, ...] = ()

    @property
    def places(self) -> tuple[Span, ...]:
        """Its own place and those that it names beside."""
        return self.span, *(each.span for each in self.related)

    @classmethod
    def of(  # noqa: PLR0913 -- the fields
        cls,
        severity: Severity,
        code: str,
        span: Span,
        message: Said,
        hint: Said | None = None,
        /,
        *,
        related: Iterable[Related] = (),
        fix: Iterable[Edit] | None = None,
        safe: bool = True,
        lacks: tuple[str | int, ...] = (),
        **values: object,
    ) -> Diagnostic:
        """Return a diagnostic; msgids become messages with the ``values`` of both."""
        said = _sentence(message, values)
        advice = None if hint is None else _sentence(hint, values)
        edits = None if fix is None else tuple(fix)
        return cls(code, severity, said, advice, span, tuple(related), edits, safe, lacks)

    @classmethod
    def error(
        cls, code: str, span: Span, message: Said, hint: Said | None = None, /, **more: Any
    ) -> Diagnostic:
        """Return an error; ``more`` as in ``of``."""
        return cls.of(Severity.ERROR, code, span, message, hint, **more)

    @classmethod
    def warning(
        cls, code: str, span: Span, message: Said, hint: Said | None = None, /, **more: Any
    ) -> Diagnostic:
        """Return a warning; ``more`` as in ``of``."""
        return cls.of(Severity.WARNING, code, span, message, hint, **more)


def _sentence(said: Said, values: Mapping[str, object]) -> Message:
    """Return a message, with those of the values that its words hold."""
    if isinstance(said, Message):
        return said
    return Message(said, {name: values[name] for name in placeholders(said) & values.keys()})


@dataclass(frozen=True, slots=True)
class Report:
    """All diagnostics of one run, by file, line and column, each once."""

    diagnostics: tuple[Diagnostic, ...] = field(default=())

    def __post_init__(self) -> None:
        ordered = sorted(
            dict.fromkeys(self.diagnostics),
            key=lambda found: (found.span, found.code, found.message.id),
        )
        object.__setattr__(self, "diagnostics", tuple(ordered))

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic]) -> Report:
        """Return a report of diagnostics in any order."""
        return cls(tuple(diagnostics))

    @classmethod
    def merge(cls, reports: Iterable[Report]) -> Report:
        """Return one report of several."""
        return cls(tuple(found for report in reports for found in report.diagnostics))

    def __add__(self, other: Report) -> Report:
        return Report(self.diagnostics + other.diagnostics)

    @property
    def errors(self) -> int:
        """Return how many errors there are."""
        return sum(found.severity is Severity.ERROR for found in self.diagnostics)

    @property
    def warnings(self) -> int:
        """Return how many warnings there are."""
        return sum(found.severity is Severity.WARNING for found in self.diagnostics)

    @property
    def ok(self) -> bool:
        """Return whether there is no error; warnings do not count."""
        return self.errors == 0


ALWAYS = (datetime.date.min, datetime.date.max)


@dataclass(frozen=True)
class Gap:
    """Something that is still to come, and that is printed as a blank."""

    title: str
    span: Span


@dataclass(frozen=True)
class Checked:
    """What is wrong with a kit: the report, and how many warnings the kit waives.

    ``days`` are the first and the last day on which it would be checked like this; ``blanks`` are
    what is still to come. It stands here so that a kit in which nothing has changed is reported
    without loading the proofreader.
    """

    report: Report
    waived: int
    sources: Mapping[str, Source]
    language: str
    days: tuple[datetime.date, datetime.date] = ALWAYS
    blanks: tuple[Gap, ...] = ()
