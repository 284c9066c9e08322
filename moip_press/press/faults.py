"""What went wrong while pages were made, as diagnostics that name a file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from moip_press.kit.folders import Theme, files
from moip_press.kit.model.kit import Chapter, Kit, PlacedPart, pictures
from moip_press.kit.model.kit_files import not_printed
from moip_press.kit.model.parts import Contents, Custom
from moip_press.kit.source.decoding import decode
from moip_press.pdf.typeset import ATTACHED, BASE, UNKNOWN_FONT, Fault, Missed, StyleFault, Unlaid
from moip_press.press.compose import TemplateFault
from moip_press.press.compose.chapters import contents
from moip_press.proofread.check.picture_checks import refused_picture, wordless_severity
from moip_press.report.diagnostics import Diagnostic, Message, Position, Severity, Span, lines_of
from moip_press.report.messages import N_
from moip_press.system.enforcement import OverLimit
from moip_press.system.files import inside, is_file

IMAGE = re.compile(r"""Failed to load image at (['"])(?P<url>.+?)\1:""")
NO_WORDS = re.compile(r'Image "(?P<url>.*)" has no required alt description')
NO_GLYPH = re.compile(r'\.notdef glyph rendered .*: "(?P<character>.)" \(', re.DOTALL)
ANCHOR = re.compile(r"No anchor #(\S+) for internal URI")
# WeasyPrint warns of these for reasons that do not concern a kit.
SILENT = ("Font subset", "Anchor defined twice")
BROKEN = "Failed to"
OUTSIDE = (
    "X103",
    N_("“{name}” lies outside the kit: nothing outside is read."),
    N_("Copy the file into the kit, and name it there."),
)
MISSING = (
    "P107",
    N_("There is no file “{name}” in the kit or the theme."),
    N_("Correct the name, or copy the file into the kit."),
)
ADD_FONT = N_("Name only fonts of styles/fonts/ in the styles, or add this one there.")
SAID: tuple[tuple[str, str, str, str], ...] = (
    (
        r"""Font-face (['"])(?P<name>.+?)\1 cannot be loaded""",
        "P108",
        N_("The font “{name}” cannot be read."),
        N_("Save it again as OpenType or TrueType, in styles/fonts/."),
    ),
    (
        rf"Failed to load stylesheet at {re.escape(BASE)}(?P<name>\S+) ?: RecursionError",
        "P109",
        N_("The style sheet “{name}” imports itself without end."),
        N_("Take this “@import” away."),
    ),
    (
        rf"{re.escape(UNKNOWN_FONT)}(?s:(?P<family>.*))",
        "P105",
        N_("There is no font “{family}” in the theme."),
        ADD_FONT,
    ),
    (
        f"{re.escape(ATTACHED)}$",
        "X106",
        N_("A template attaches a file: only its own data may travel in the PDF."),
        N_("Take “attachment” away, and publish the file beside the PDF."),
    ),
)
"""What the typesetter says, the code, our words and what to do: the group is what is named."""
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
    "other": (N_("With this style the pages cannot be laid out: {error}"), SIMPLER),
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
    "other": (N_("The pages of this chapter cannot be laid out: {error}"), SIZES),
}
"""What is said where a library fails: with a style that is known, and else."""


def pages(kit: Kit, found: Iterable[tuple[Chapter, Iterable[Fault]]]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each thing that the typesetter said of a chapter."""
    said: set[Fault] = set()
    for chapter, faults in found:
        for fault in faults:
            if fault not in said:
                said.add(fault)
                if isinstance(fault, Missed):
                    yield _missed(kit, chapter, fault)
                else:
                    yield from _page(kit, chapter, fault)


def _missed(kit: Kit, chapter: Chapter, fault: Missed) -> Diagnostic:
    span = place_of(kit, fault.name) or _file_of(chapter)
    if fault.refused:
        return refused_picture(span, kit.folder / fault.name, fault.name, fault.refused)
    code, message, hint = OUTSIDE if fault.outside else MISSING
    return Diagnostic.error(code, span, Message.of(message, name=fault.name), Message(hint))


def _page(kit: Kit, chapter: Chapter, text: str) -> Iterator[Diagnostic]:
    for form, code, message, hint in SAID:
        if match := re.match(form, text):
            values = {name: unquote(value) for name, value in match.groupdict().items()}
            span = place_of(kit, next(iter(values.values()), "attachment")) or _file_of(chapter)
            yield Diagnostic.error(code, span, Message(message, values), Message(hint))
            return
    if match := IMAGE.match(text):
        yield _unreadable_picture(kit, chapter, unquote(match["url"].removeprefix(BASE)))
    elif match := NO_WORDS.match(text):
        yield from _picture_without_words(kit, chapter, unquote(match["url"]))
    elif match := ANCHOR.match(text):
        yield _on_no_page(kit, match[1])
    elif match := NO_GLYPH.match(text):
        yield _without_glyph(kit, chapter, match["character"])
    elif not text.startswith(SILENT):
        yield Diagnostic(
            "P103",
            Severity.ERROR if text.startswith(BROKEN) else Severity.WARNING,
            Message.of(N_("The typesetter says: {text}"), text=text),
            Message(N_("Correct what it names, in the styles or the templates of the kit.")),
            _file_of(chapter),
        )


def _file_of(chapter: Chapter) -> Span:
    return Span.of_file(chapter.parts[0].source.name)


def _without_glyph(kit: Kit, chapter: Chapter, character: str) -> Diagnostic:
    return Diagnostic.error(
        "P101",
        place_of(kit, character) or _file_of(chapter),
        Message.of(
            N_("No font of the theme can print “{signs}” ({numbers})."),
            signs=character,
            numbers=f"U+{ord(character):04X}",
        ),
        Message(N_("Write it otherwise, or add a font that has it to styles/fonts/.")),
    )


def _unreadable_picture(kit: Kit, chapter: Chapter, name: str) -> Diagnostic:
    spans = [
        placed.source.span((*placed.loc, "file"))
        for placed in pictures(kit)
        if placed.value.file == name
    ]
    return Diagnostic.error(
        "I103",
        spans[-1] if spans else place_of(kit, name) or _file_of(chapter),
        Message.of(N_("The picture “{name}” cannot be read."), name=name),
        Message(N_("Save it again as PNG, JPEG or SVG.")),
    )


def _picture_without_words(kit: Kit, chapter: Chapter, name: str) -> Iterator[Diagnostic]:
    """Yield the fault of a template; of the kit's own pictures ``check`` has told."""
    if name not in (placed.value.file for placed in pictures(kit)):
        yield Diagnostic(
            "I104",
            wordless_severity(kit),
            Message(N_("This picture has no text for those who cannot see it.")),
            Message(N_("Add “alt=…” that says what it shows; leave it empty for decoration.")),
            place_of(kit, name) or _file_of(chapter),
        )


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
    return _file_of(chapter)


def over_limit(chapter: Chapter, error: OverLimit) -> Diagnostic:
    """Return the diagnostic for a chapter that asks too much of the computer."""
    message, hint = OVER[error.what]
    values = {"count": error.limit}
    span = _file_of(chapter)
    return Diagnostic.error("X201", span, Message(message, values), Message(hint))


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
        yield _on_no_page(kit, anchor)


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


def _on_no_page(kit: Kit, anchor: str) -> Diagnostic:
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


def drawn(kit: Kit, messages: Iterable[Fault], families: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield what was found when the pages were drawn: ``families`` are not the theme's."""
    yield from pages(kit, [(kit.chapters[0], messages)])
    message = N_("Some signs were set in “{family}”, a font of this computer.")
    for family in sorted(families):
        span = Span.of_file(kit.source.name)
        yield Diagnostic.error("P105", span, Message.of(message, family=family), Message(ADD_FONT))


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
        r"([\w./-]+\.html)$|none of the templates given were found: (.+)",
        N_("There is no template “{name}”."),
        N_("Check the name, or add the file to the templates/ of the kit."),
    ),
    (
        r"maximum recursion depth exceeded",
        N_("This template includes or extends itself without end."),
        N_("To extend ours of the same name, write “builtin/” before the name."),
    ),
    (
        r"a value grows too large|Range too big",
        N_("A value grows too large here."),
        N_("Repeat or multiply less: a page holds little."),
    ),
    (
        r"'(\w+)' is not safely callable",
        N_("Something is called here that is not a function."),
        N_("Call filters, macros and the functions of the theme only."),
    ),
    (
        r"this is not a date",
        N_("A date is printed here that is not one."),
        N_("Give this filter a date of the kit, such as “event.when”."),
    ),
    (
        r"nested too deep",
        N_("The tags of this template are nested too deep."),
        N_("Move the inner ones into a template of their own, and include it."),
    ),
    (
        r"'([^']+)'$",
        N_("Nothing in this kit has the id “{name}”."),
        N_("Check how it is spelt, and whether the data of the kit hold it."),
    ),
    (
        r".*\b(?:division|modulo)\b.*\bzero\b|float division|.*\bDivision",
        N_("A number is divided by zero here."),
        N_("Let “{{% if … %}}” keep this from happening."),
    ),
)


def template(fault: TemplateFault, theme: Theme) -> Diagnostic:
    """Return the diagnostic for a template that cannot be used."""
    path = theme.template(PurePosixPath(fault.template.removeprefix("builtin/")))
    file = path or Path(fault.template)
    for form, message, hint in REASONS:
        if match := re.match(form, fault.reason, re.DOTALL):
            values = {"name": next((name for name in match.groups() if name), "")}
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
    lines = lines_of(file.read_text(encoding="utf-8"))[:number] if is_file(file) else []
    for index in reversed(range(len(lines)) if name else ()):
        if found := re.search(rf"\b{re.escape(name)}\b", lines[index]):
            return line_span(file, index + 1, *found.span())
    found = re.search(r"\S(.*\S)?", lines[-1]) if lines else None
    return line_span(file, max(len(lines), 1), *(found.span() if found else (0, 0)))
