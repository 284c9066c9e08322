"""What a finished PDF claims, what quick checks find in it, and the files attached to it.

Each check is a function: what a PDF lacks for those who read and keep it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec, TypeVar

from moip_press.pdf.opened_pdf import (
    Claims,
    Opened,
    Unreadable,
    dictionary,
    is_json,
    number,
    text,
    true,
)
from moip_press.report.diagnostics import Diagnostic, Message, Report, Span
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, OverLimit, foreign, held
from moip_press.system.limits import PDF

STANDARDS = ("PDF/UA-1", "PDF/A-3a")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
REBUILD = N_("Build it again with moip-press.")

__all__ = ["Claims", "Unreadable", "attachment", "verify"]

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
Finding = tuple[str, Message, str]
Check = Callable[[Opened], Iterator[Finding]]


def claimed(pdf: Opened) -> Iterator[Finding]:
    """The file says that it is PDF/UA-1 and PDF/A-3a."""
    for standard in STANDARDS:
        if standard not in pdf.claims.standards:
            yield (
                "I301",
                Message.of(N_("It does not say that it is {standard}."), standard=standard),
                REBUILD,
            )


def tagged(pdf: Opened) -> Iterator[Finding]:
    """The file has a structure, and all that is on its pages belongs to it."""
    marked = true(dictionary(pdf.root.get("/MarkInfo")).get("/Marked"))
    if not (marked and pdf.elements):
        yield "I302", Message(N_("It has no tags: a screen reader finds no order in it.")), REBUILD
        return
    for page_number, page in enumerate(pdf.pages, 1):
        if number(page.get("/StructParents")) not in pdf.parents:
            message = N_("What is on page {page} does not belong to its structure.")
            yield "I302", Message.of(message, page=page_number), REBUILD


def headed(pdf: Opened) -> Iterator[Finding]:
    """Headings begin at the first level, and skip none."""
    levels = [int(found.role[1]) for found in pdf.elements if re.fullmatch(r"H\d", found.role)]
    if not levels:
        yield "I303", Message(N_("It has no headings.")), N_("Give its pages headings.")
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            message = N_("A heading of level {level} follows one of level {before}.")
            yield (
                "I303",
                Message.of(message, level=level, before=before),
                N_("Correct the headings in the texts or the templates."),
            )


def titled(pdf: Opened) -> Iterator[Finding]:
    """The file has a title, shows it, and gives the same one to archives."""
    shown = (pdf.root.get("/ViewerPreferences") or {}).get("/DisplayDocTitle")
    if not pdf.claims.title:
        yield "I304", Message(N_("It has no title.")), REBUILD
    elif not shown:
        yield "I304", Message(N_("Readers show its file name, not its title.")), REBUILD
    elif pdf.described_title != pdf.claims.title:
        yield "I304", Message(N_("Its metadata give another title than its properties.")), REBUILD


def spoken(pdf: Opened) -> Iterator[Finding]:
    """The file says in which language it is, and so do its passages."""
    if not pdf.claims.language:
        yield "I305", Message(N_("It does not say in which language it is.")), REBUILD
    said = (text(found.values.get("/Lang")) for found in pdf.elements)
    for language in sorted({pdf.claims.language, *said} - {""}):
        if not LANGUAGE.fullmatch(language):
            message = N_("“{language}” is not the code of a language.")
            yield "I305", Message.of(message, language=language), REBUILD


def embedded(pdf: Opened) -> Iterator[Finding]:
    """The file holds its fonts."""
    for name, is_held in sorted(pdf.fonts().items()):
        if not is_held:
            message = N_("It does not hold the font “{name}”.")
            yield "I306", Message.of(message, name=name), REBUILD


def described(pdf: Opened) -> Iterator[Finding]:
    """Pictures have words for those who cannot see them."""
    for found in pdf.elements:
        if found.role == "Figure" and not text(found.values.get("/Alt")):
            message = N_("A picture on page {page} has no text for those who cannot see it.")
            yield (
                "I307",
                Message.of(message, page=found.page),
                N_("Add “alt: …” that says what it shows, or “decorative: yes”."),
            )


def linked(pdf: Opened) -> Iterator[Finding]:
    """Links are told by their words, and belong to the structure."""
    for page, link in pdf.links():
        if not text(link.get("/Contents")):
            message = N_("A link on page {page} has no words.")
            yield "I308", Message.of(message, page=page), REBUILD
        elif number(link.get("/StructParent")) not in pdf.parents:
            message = N_("A link on page {page} does not belong to its structure.")
            yield "I308", Message.of(message, page=page), REBUILD


def sound_attachments(pdf: Opened) -> Iterator[Finding]:
    """What travels in the file says why, and can be read."""
    for each in pdf.attached:
        name = each.name
        if not each.relationship:
            message = N_("The file “{name}” in it does not say what it is for.")
            yield "I309", Message.of(message, name=name), REBUILD
        elif name.endswith(".json") and not is_json(each.content):
            message = N_("The data “{name}” in it cannot be read.")
            yield "I309", Message.of(message, name=name), REBUILD


def still(pdf: Opened) -> Iterator[Finding]:
    """The file does nothing when it is opened."""
    if pdf.acts():
        yield "I310", Message(N_("It runs something when it is opened.")), REBUILD


CHECKS: tuple[Check, ...] = (
    claimed,
    tagged,
    headed,
    titled,
    spoken,
    embedded,
    described,
    linked,
    sound_attachments,
    still,
)


def verify(path: Path) -> tuple[Claims, Report]:
    """Return what the PDF at ``path`` claims, and what the quick checks find.

    Raises ``Unreadable`` where it is no PDF, is damaged, encrypted, or asks for more than it
    should, and ``OSError`` where it cannot be opened.
    """
    return _held(_verified, path)


def attachment(path: Path, name: str) -> bytes | None:
    """Return the content of the file ``name`` in the PDF at ``path``, ``None`` where it has none.

    Raises as ``verify`` does.
    """
    return _held(_content, path, name)


def _held(function: Callable[Asked, Found], *given: Asked.args, **named: Asked.kwargs) -> Found:
    try:
        return held(PDF.held, function, *given, **named)
    except (Broken, OverLimit) as error:
        raise Unreadable.of(error) from None


def _content(path: Path, name: str) -> bytes | None:
    with foreign("pypdf"):
        attached = Opened(path).attached
        return next((each.content for each in attached if each.name == name), None)


def _verified(path: Path) -> tuple[Claims, Report]:
    with foreign("pypdf"):
        pdf = Opened(path)
        return pdf.claims, Report(tuple(_found(pdf, path)))


def _found(pdf: Opened, path: Path) -> Iterator[Diagnostic]:
    span = Span.of_file(path.as_posix())
    for check in CHECKS:
        for code, message, hint in dict.fromkeys(check(pdf)):
            yield Diagnostic.error(code, span, message, Message(hint))
