"""What went wrong while pages were made, as diagnostics that name a file."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from moip_press.kit.folders import Theme, files
from moip_press.kit.model.kit import Chapter, Kit, PlacedPart
from moip_press.kit.model.kit_files import not_printed
from moip_press.kit.model.parts import Contents, Custom
from moip_press.kit.source.decoding import decode
from moip_press.press.compose.contents import contents
from moip_press.report.diagnostics import Diagnostic, Message, Position, Span, lines_of
from moip_press.report.messages import N_
from moip_press.system.enforcement import OverLimit
from moip_press.system.files import inside, is_file

if TYPE_CHECKING:
    from moip_press.pdf.typeset import StyleFault, Unlaid

OVER = {
    "seconds": (
        N_("The pages of this chapter are not done after {count} seconds of work."),
        N_("Make it simpler or shorter, or allow more in kit.yaml: “limits: {{seconds: …}}”."),
    ),
    "memory": (
        N_("The pages of this chapter take more than {count} MB of memory."),
        N_("Make it simpler or shorter, or allow more in kit.yaml: “limits: {{memory: …}}”."),
    ),
}
LONGEST_QUOTE = 60
SIZES = N_("Look for sizes in the styles and templates of the kit that no paper has.")
SIMPLER = N_("Remove this style, or write it otherwise.")
WITH_STYLE = {
    "deep": (N_("This style is nested too deep to be read."), SIMPLER),
    "size": (
        N_("With this style, a size is zero, endless or larger than any page."),
        N_("Write a size that paper has; margins must leave room between them."),
    ),
    "other": (N_("With this style the pages cannot be laid out. In English: {error}"), SIMPLER),
}
WITH_PAGES = {
    "deep": (
        N_("The pages of this chapter are nested too deep to be laid out."),
        N_("In its template, put fewer elements into one another."),
    ),
    "size": (
        N_("On the pages of this chapter, a size is zero, endless or larger than any page."),
        SIZES,
    ),
    "other": (N_("The pages of this chapter cannot be laid out. In English: {error}"), SIZES),
}
"""What is said where a library fails: with a style that is known, and else."""


def file_of(chapter: Chapter) -> Span:
    """Return the file of the first part of a chapter."""
    return Span.of_file(chapter.parts[0].source.name)


def styles(found: Iterable[StyleFault]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each place in the kit's own style sheets without effect."""
    for fault in found:
        text = fault.text
        shown = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
        start = fault.column - 1
        yield Diagnostic.warning(
            "P103",
            line_span(fault.file, fault.line, start, start + len(text)),
            Message.of(N_("This style is not understood and has no effect: {text}"), text=shown),
            Message(N_("Check how it is spelt, or take it away.")),
        )


def empty_contents(kit: Kit) -> Iterator[Diagnostic]:
    """Yield a diagnostic for a table of contents without entries."""
    for placed in kit.parts():
        if isinstance(placed.part, Contents) and not contents(kit, kit.anchors()):
            yield Diagnostic.warning(
                "S110",
                placed.source.span(placed.loc),
                Message(N_("This table of contents lists nothing.")),
                Message(N_("Put chapters with a title after it, or take this part away.")),
            )


def unlaid(theme: Theme, chapter: Chapter, error: Unlaid) -> Diagnostic:
    """Return the diagnostic for a chapter that cannot be laid out, or drawn."""
    if error.style is None:
        message, hint = WITH_PAGES[error.cause]
        span = _template_of(theme, chapter)
    else:
        message, hint = WITH_STYLE[error.cause]
        file, line = error.style
        text = file.read_text(encoding="utf-8-sig", errors="replace").split("\n")[line - 1]
        before = len(text) - len(text.lstrip())
        span = line_span(file, line, before, max(len(text.rstrip()), before))
    code = "P106" if error.cause == "deep" and error.style is None else "P110"
    said = {"error": error.said[:LONGEST_QUOTE]} if error.cause == "other" else {}
    return Diagnostic.error(code, span, Message(message, said), Message(hint))


def _template_of(theme: Theme, chapter: Chapter) -> Span:
    """Return the template of the kit that prints a chapter of its own kind, else its file."""
    part = chapter.parts[0].part
    if isinstance(part, Custom) and (path := theme.template(PurePosixPath(part.template))):
        return Span.of_file(path.as_posix())
    return file_of(chapter)


def over_limit(chapter: Chapter, error: OverLimit) -> Diagnostic:
    """Return the diagnostic for a chapter that asks too much of the computer."""
    message, hint = OVER[error.what]
    values = {"count": error.limit}
    span = file_of(chapter)
    return Diagnostic.error("X201", span, Message(message, values), Message(hint))


def died(kit: Kit, chapters: Iterable[int]) -> Iterator[Diagnostic]:
    """Yield a warning for the first of the chapters whose process has died."""
    for number in sorted(chapters)[:1]:
        yield Diagnostic.warning(
            "P113",
            file_of(kit.chapters[number]),
            Message(N_("A process died while it laid out this chapter; it was laid out again.")),
            Message(
                N_("The PDF is whole. Should it happen again, the computer has too little memory.")
            ),
        )


def unsettled(kit: Kit) -> Diagnostic:
    """Return the diagnostic for page numbers that do not settle."""
    return Diagnostic.error(
        "P104",
        Span.of_file(kit.source.name),
        Message(N_("The page numbers do not settle: each change of one moves another.")),
        Message(N_("Add or remove a line of text near a reference to a page.")),
    )


def without_page(kit: Kit, anchors: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each anchor whose page number is printed but that no page has."""
    for anchor in sorted(anchors):
        yield on_no_page(kit, anchor)


def lost(
    kit: Kit, anchors: Collection[str], names: Collection[str] | None = None
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each part and event without a page: of all, or of those named."""
    known = kit.anchors()
    for placed in kit.parts():
        for name, loc in placed.ids:
            counted = loc == ("id",) or loc[0] == "events"
            if counted and (names is None or name in names) and known[name] not in anchors:
                span = placed.source.span(loc[:-1] if placed.own_file else placed.loc)
                yield not_printed(span, name)


def on_no_page(kit: Kit, anchor: str) -> Diagnostic:
    """Return the diagnostic for a number or a link that leads to what is on no page."""
    name = next((name for name, known in kit.anchors().items() if known == anchor), anchor)
    span, attribute = Span.of_file(kit.source.name), f'id="{anchor}"'
    for placed in kit.parts():
        if name in (known for known, _ in placed.ids):
            span, attribute = _printed_by(placed), f"id=\"{{{{ anchor('{name}') }}}}\""
            if name == placed.part.id:
                attribute = 'id="{{ view.id }}"'
    message = N_("A page number or a link leads to “{name}”, which is on no page.")
    return Diagnostic.error(
        "P102",
        span,
        Message.of(message, name=name),
        Message.of(N_("Its template must print an element with {attribute}."), attribute=attribute),
    )


def _printed_by(placed: PlacedPart) -> Span:
    """Return the place that tells which template prints a part."""
    if not placed.own_file:
        return placed.source.span(placed.loc)
    return placed.source.span(("template",) if isinstance(placed.part, Custom) else ("type",))


WORDLESS = ("I301", "I307")


def unkept(
    kit: Kit, chapters: Sequence[Chapter], content: bytes, new: Container[int]
) -> Iterator[Diagnostic]:
    """Yield what keeps a PDF from being the PDF/UA-1 and PDF/A-3a that it should be.

    ``chapters`` are those of its pages, page by page, where that is known; ``new`` are the pages,
    counted from 1, whose contents were not yet looked at. A draft may have
    pictures without words, of which ``remarks`` warns: it does not say that it is PDF/UA-1.
    """
    from moip_press.pdf.verify import lacking  # noqa: PLC0415 -- only where a PDF was made

    allowed = WORDLESS if kit.edition.status == "draft" else ()
    for lack in lacking(content, new):
        if lack.code in allowed:
            continue
        known = 0 < lack.page <= len(chapters)
        yield Diagnostic.error(
            lack.code,
            file_of(chapters[lack.page - 1]) if known else Span.of_file(kit.source.name),
            N_("The PDF would not be the PDF/UA-1 and PDF/A-3a that it says it is. {finding}"),
            N_("Correct it in the texts, pictures, templates or styles: nothing is written."),
            finding=lack.sentence,
        )


FORMS = ("styles/**/*.css", "templates/**/*.html", "**/*.svg")


def line_span(file: Path, number: int, start: int, end: int) -> Span:
    """Return the span from ``start`` to ``end``, counted from 0, in a line of a file."""
    return Span(file.as_posix(), Position(number, start + 1), Position(number, end + 1))


def place_of(kit: Kit, name: str) -> Span | None:
    """Return the first place where a file of the kit names ``name``, or its last part."""
    whole = name.removesuffix("…")
    last = whole.rstrip("/").rpartition("/")[2]
    files = list(_texts(kit))
    for needle in dict.fromkeys((whole, quote(whole), last, quote(last))):
        for path, text in files if needle else ():
            if (start := text.find(needle)) >= 0:
                before = lines_of(text[:start])
                column = len(before[-1])
                return line_span(path, len(before), column, column + len(needle))
    return None


def _texts(kit: Kit) -> Iterator[tuple[Path, str]]:
    for form in FORMS:
        for path in files(kit.folder, form):
            if inside(kit.folder, path.relative_to(kit.folder).as_posix()) and is_file(path):
                source, _ = decode(path.read_bytes(), path.as_posix())
                yield path, source.text
