"""What went wrong while pages were made, as diagnostics that name a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from moip_press.compose import TemplateFault
from moip_press.diagnostics import Diagnostic, Message, Position, Severity, Span
from moip_press.kit import Theme, is_file
from moip_press.messages import N_
from moip_press.model.kit import Chapter, Kit, PlacedPart, ids, pictures
from moip_press.model.parts import Custom

IMAGE = re.compile(r"Failed to load image at '?https://kit\.invalid/([^'\s]+?)'?:")
ANCHOR = re.compile(r"No anchor #(\S+) for internal URI")
# WeasyPrint warns of these for reasons that do not concern a kit.
SILENT = ("Font subset", "Anchor defined twice")


# What Jinja2 says of a template, and how we say it: the group is what is named.
REASONS: tuple[tuple[str, str, str], ...] = (
    (
        r"'(\w+)' is undefined|'.+ object' has no attribute '(\w+)'",
        N_("“{name}” has no value here."),
        N_("Check how it is spelt, and whether the data of the kit hold it."),
    ),
    (
        r"access to attribute '(\w+)' of .+ is unsafe",
        N_("“{name}” is not allowed in a template."),
        N_("Remove it: a template prints what it is given, and reaches nothing else."),
    ),
    (
        r"No (?:filter|test) named '(\w+)'",
        N_("There is no filter “{name}”."),
        N_("Check how it is spelt."),
    ),
    (
        r"Encountered unknown tag '(\w+)'",
        N_("There is no tag “{name}”."),
        N_("Check how it is spelt."),
    ),
    (
        r"Unexpected end of template\b.*needs to be closed is '(\w+)'",
        N_("The tag “{name}” is opened and not closed."),
        N_("Add “{{% end{name} %}}” where it ends."),
    ),
    (
        r"([\w./-]+\.html)$",
        N_("There is no template “{name}”."),
        N_("Check the name, or add the file to the templates/ of the kit."),
    ),
)


def template(fault: TemplateFault, theme: Theme) -> Diagnostic:
    """Return the diagnostic for a template that cannot be used."""
    path = theme.template(PurePosixPath(fault.template.removeprefix("builtin/")))
    file = path or Path(fault.template)
    for form, message, hint in REASONS:
        if match := re.match(form, fault.reason, re.DOTALL):
            values = {"name": next(name for name in match.groups() if name)}
            span = _template_span(file, fault.line, values["name"])
            return Diagnostic.error("S202", span, Message(message, values), Message(hint, values))
    return Diagnostic.error(
        "S202",
        _template_span(file, fault.line),
        Message.of(N_("This template cannot be used: {reason}"), reason=fault.reason),
        Message(N_("Correct the template in this line, or above it.")),
    )


def _template_span(file: Path, number: int, name: str = "") -> Span:
    """Return the last place of ``name`` in a template up to a line, else of the line."""
    lines = file.read_text(encoding="utf-8").splitlines()[:number] if is_file(file) else []
    for index in reversed(range(len(lines)) if name else ()):
        if found := re.search(rf"\b{re.escape(name)}\b", lines[index]):
            return _line_span(file, index + 1, *found.span())
    found = re.search(r"\S(.*\S)?", lines[-1]) if lines else None
    return _line_span(file, max(len(lines), 1), *(found.span() if found else (0, 0)))


def _line_span(file: Path, number: int, start: int, end: int) -> Span:
    return Span(file.as_posix(), Position(number, start + 1), Position(number, end + 1))


def pages(kit: Kit, found: Iterable[tuple[Chapter, Iterable[str]]]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each thing that the typesetter said of a chapter."""
    said: set[str] = set()
    for chapter, messages in found:
        for text in messages:
            if text not in said and not text.startswith(SILENT):
                said.add(text)
                yield _page(kit, chapter, text)


def _page(kit: Kit, chapter: Chapter, text: str) -> Diagnostic:
    span = Span.of_file(chapter.parts[0].source.name)
    if match := IMAGE.match(text):
        name = match[1]
        for placed in pictures(kit):
            if placed.value.file == name:
                span = placed.source.span((*placed.loc, "file"))
        return Diagnostic(
            "I103",
            Severity.ERROR,
            Message(N_("The picture “{name}” cannot be read."), {"name": name}),
            Message(N_("Save it again as PNG, JPEG or SVG."), {}),
            span,
        )
    if match := ANCHOR.match(text):
        return _on_no_page(kit, match[1])
    return Diagnostic(
        "P103",
        Severity.WARNING,
        Message(N_("The typesetter says: {text}"), {"text": text}),
        None,
        span,
    )


def unsettled(kit: Kit) -> Diagnostic:
    """Return the diagnostic for page numbers that do not come to rest."""
    return Diagnostic(
        "P104",
        Severity.ERROR,
        Message(N_("The page numbers do not settle: each change of one moves another."), {}),
        Message(N_("Add or remove a line of text near a reference to a page."), {}),
        Span.of_file(kit.source.name),
    )


def without_page(kit: Kit, anchors: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each anchor whose page number is printed but that no page has."""
    for anchor in sorted(anchors):
        yield _on_no_page(kit, anchor)


def _on_no_page(kit: Kit, anchor: str) -> Diagnostic:
    name = next((name for name, known in kit.anchors().items() if known == anchor), anchor)
    span, attribute = Span.of_file(kit.source.name), f'id="{anchor}"'
    for placed in kit.parts():
        if name in (known for known, _ in ids(placed.part)):
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


def drawn(kit: Kit, messages: Iterable[str], families: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield what was found when the pages were drawn: ``families`` are not the theme's."""
    yield from pages(kit, [(kit.chapters[0], messages)])
    for family in sorted(families):
        yield Diagnostic(
            "P105",
            Severity.ERROR,
            Message(
                N_("Some signs were set in “{family}”, a font of this computer."),
                {"family": family},
            ),
            Message(
                N_("Name only fonts of styles/fonts/ in the styles, or add this one there."), {}
            ),
            Span.of_file(kit.source.name),
        )
