"""What a finished PDF claims, what is wrong with it, and the files that travel in it.

It is not a validator, but finds most of what one would find, at once and without Java; what veraPDF
accepts, it accepts. ``CHECKS`` is all that it looks for, module by module.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import ParamSpec, TypeVar

from moip_press.pdf.verification import (
    claims,
    enclosures,
    file_format,
    font_checks,
    graphics,
    links_and_fields,
    tables_and_lists,
    tag_checks,
)
from moip_press.pdf.verification.findings import KEEPING, READING, Check, Examined, Finding
from moip_press.pdf.verification.opened import DAMAGED, LOCKED, Claims, Unreadable
from moip_press.report.diagnostics import Diagnostic, Message, Report, Severity, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.system.enforcement import Broken, OverLimit, foreign, held
from moip_press.system.limits import PDF

__all__ = ["CHECKS", "RULES", "Claims", "Unreadable", "attachment", "lacking", "verify"]

CHECKS: tuple[Check, ...] = tuple(
    each
    for module in (
        claims,
        tag_checks,
        tables_and_lists,
        links_and_fields,
        font_checks,
        enclosures,
        graphics,
        file_format,
    )
    for each in vars(module).values()
    if isinstance(each, Check)
)
RULES: tuple[Rule, ...] = (
    Rule.error(
        "I300 unreadable-pdf",
        N_("A file is not a PDF, or cannot be read."),
        N_("Nothing can be said of it."),
        "moip-press verify {~~notes.docx~>dossier.pdf~~}",
    ),
    *(each.rule for each in CHECKS),
)

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def verify(path: Path) -> tuple[Claims, Report]:
    """Return what the PDF at ``path`` claims, and what is wrong with it.

    Raises ``Unreadable`` where it is no PDF, is damaged, encrypted, or asks for more than it
    should, and ``OSError`` where it cannot be opened.
    """
    return _held(_verified, path)


def attachment(path: Path, name: str) -> bytes | None:
    """Return the content of the file ``name`` in the PDF at ``path``, ``None`` where it has none.

    Raises as ``verify`` does, also for a file that is encrypted and can be opened all the same.
    """
    return _held(_content, path, name)


@dataclass(frozen=True)
class Lack:
    """What keeps a PDF from being what it claims, and the first page of it, 0 for none."""

    code: str
    sentence: Message
    page: int


def lacking(content: bytes, pages: Container[int]) -> tuple[Lack, ...]:
    """Return what keeps a PDF of ours from being what it claims.

    Of what is drawn, only what is on these ``pages``, counted from 1, is looked at. Nothing where
    the file is so large that nobody can tell within the limits.
    """
    try:
        return _held(_lacking, content, pages)
    except Unreadable as error:
        return (Lack("I300", error.reason, 0),) if error.reason == DAMAGED else ()


def _held(function: Callable[Asked, Answer], *given: Asked.args, **named: Asked.kwargs) -> Answer:
    try:
        return held(PDF.held, function, *given, **named)
    except (Broken, OverLimit) as error:
        raise Unreadable.of(error) from None


def _verified(path: Path) -> tuple[Claims, Report]:
    span = Span.of_file(path.as_posix())
    with foreign("pikepdf"):
        pdf = Examined(path)
        found = tuple(
            Diagnostic.of(each.rule.severity, each.rule.code, span, f.sentence, f.hint)
            for each, f in _found(pdf)
        )
        return pdf.claims, Report(found)


def _content(path: Path, name: str) -> bytes | None:
    with foreign("pikepdf"):
        pdf = Examined(path)
        if pdf.file.is_encrypted:
            raise Unreadable(LOCKED)
    from pypdf import PdfReader  # noqa: PLC0415 -- each build verifies its PDF, and needs none

    with foreign("pypdf"):
        return next(iter(PdfReader(BytesIO(pdf.content)).attachments.get(name, ())), None)


def _lacking(content: bytes, pages: Container[int]) -> tuple[Lack, ...]:
    with foreign("pikepdf"):
        return tuple(
            Lack(each.rule.code, found.sentence, min(found.pages, default=0))
            for each, found in _found(Examined(content, pages))
            if each.rule.severity is Severity.ERROR
        )


def _found(pdf: Examined) -> Iterator[tuple[Check, Finding]]:
    """Yield what is found: archives ask their own only of a PDF that says it is for them."""
    asked = READING | KEEPING if pdf.metadata.a_part else READING
    for each in CHECKS:
        if each.standards & asked:
            yield from ((each, finding) for finding in each(pdf))
