"""What the typesetter remarks while it lays out and draws, as diagnostics that name a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from moip_press.kit.model.kit import Chapter, Kit, pictures
from moip_press.pdf.typeset import ATTACHED, BASE, UNKNOWN_FONT, Fault, Missed
from moip_press.press.faults import file_of, on_no_page, place_of
from moip_press.proofread.check.picture_checks import wordless_severity
from moip_press.proofread.check.taken_pictures import refused_picture
from moip_press.proofread.check.text_checks import unprintable
from moip_press.report.diagnostics import Diagnostic, Message, Severity, Span
from moip_press.report.messages import N_

IMAGE = re.compile(r"""Failed to load image at (['"])(?P<url>.+?)\1:""")
NO_WORDS = re.compile(r'Image "(?P<url>.*)" has no required alt description')
NO_GLYPH = re.compile(r'\.notdef glyph rendered .*: "(?P<character>.)" \(', re.DOTALL)
ANCHOR = re.compile(r"No anchor #(\S+) for internal URI")
# WeasyPrint warns of these for reasons that do not concern a kit.
SILENT = ("Font subset", "Using fontTools", "Anchor defined twice")
BROKEN = ("Failed to load", "Failed to render")
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
UNREAD = "Failed to load stylesheet at|Unsupported stylesheet type .* for"
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
        f"{re.escape(ATTACHED)}$|Missing href in <link|Failed to load attachment",
        "X106",
        N_("A template attaches a file: only its own data may travel in the PDF."),
        N_("Take “attachment” away, and publish the file beside the PDF."),
    ),
    (
        r"(?:Ignored|Deprecated) `(?P<text>[^`]*)`",
        "P103",
        N_("This style is not understood and has no effect: {text}"),
        N_("Check how it is spelt, or take it away."),
    ),
    (
        rf"(?:{UNREAD}) (?:{re.escape(BASE)})?(?P<name>\S+)",
        "P103",
        N_("The style sheet “{name}” cannot be read."),
        N_("Correct its name, or save it again as CSS, in UTF-8."),
    ),
    (
        r"Failed to (?:load inline|render) SVG",
        "P103",
        N_("A drawing in SVG cannot be read."),
        N_("Save it again as plain SVG."),
    ),
    (
        r"Failed to apply CSS rule in SVG|Missing .* descriptor",
        "P103",
        N_("A style within a picture in SVG has no effect."),
        N_("Save it again as plain SVG."),
    ),
    (
        r"""(?P<name>Subgrid|"auto-fit"|Baseline|Inline grid)""",
        "P103",
        N_("A grid of the styles asks for what these pages cannot do ({name})."),
        N_("Do without subgrids, auto-fit, baselines and inline grids."),
    ),
    (
        r"This row has more columns than the table, ignored (?P<count>\d+)",
        "P103",
        N_("A row of a table has too many cells: the last ones ({count}) are not printed."),
        N_("Give all rows of the table the same number of cells."),
    ),
    (
        r"""(?P<name>Content|Unable to compute content|Only strings|"(?:string|element)\()""",
        "P103",
        N_("A “content” of the styles has no effect."),
        N_("Only page margins take “string()” and “element()”; “attr()” gives a text."),
    ),
    (
        r"(?:Malformed (?:base )?URL|Relative URI reference without a base URI): (?P<text>.*)",
        "P103",
        N_("“{text}” is not a complete link."),
        N_("Links begin with https://, http://, mailto: or tel:."),
    ),
    (
        r"Unsupported color space (?P<name>\S+),",
        "P103",
        N_("The colour space “{name}” is not supported: sRGB stands in its place."),
        N_("Write the colour in sRGB, such as #1f4fa8."),
    ),
    (
        r"Missing required \"lang\"",
        "P103",
        N_("A template does not say the language of its page."),
        N_("Write it in the tag “html”, as the template that it replaces does."),
    ),
    (
        r"Invalid date in <meta name=\"(?P<name>.+?)\"",
        "P103",
        N_("A template gives a date that cannot be read ({name})."),
        N_("Write it as year, month and day: 2021-11-18."),
    ),
    (
        (
            r"(?:Unable|Too many|Please|Unknown|Unsupported) "
            r"(?:.*?\"|.* display )(?P<name>[^\"]+?)(?:\"| COLR)"
        ),
        "P103",
        N_("The font “{name}” cannot be read in full."),
        N_("Save it again as OpenType or TrueType, in styles/fonts/."),
    ),
    (
        r"(?P<name>.*) at \d+:\d+|Expected a media type|.* unit resolved before",
        "P103",
        N_("A style is not understood and has no effect."),
        N_("Look for it in the styles of the kit, and in its templates."),
    ),
)
"""What the typesetter says, the code, our words and what to do: the group is what is named."""


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
    span = place_of(kit, fault.name) or file_of(chapter)
    if fault.refused:
        return refused_picture(span, kit.folder / fault.name, fault.name, fault.refused)
    code, message, hint = OUTSIDE if fault.outside else MISSING
    return Diagnostic.error(code, span, Message.of(message, name=fault.name), Message(hint))


def _page(kit: Kit, chapter: Chapter, text: str) -> Iterator[Diagnostic]:
    for form, code, message, hint in SAID:
        if match := re.match(form, text):
            values = {name: unquote(value) for name, value in match.groupdict("").items()}
            span = place_of(kit, next(iter(values.values()), "attachment")) or file_of(chapter)
            yield Diagnostic(
                code, _severity(code, text), Message(message, values), Message(hint), span
            )
            return
    if match := IMAGE.match(text):
        yield _unreadable_picture(kit, chapter, unquote(match["url"].removeprefix(BASE)))
    elif match := NO_WORDS.match(text):
        yield from _picture_without_words(kit, chapter, unquote(match["url"]))
    elif match := ANCHOR.match(text):
        yield on_no_page(kit, match[1])
    elif match := NO_GLYPH.match(text):
        sign = match["character"]
        yield unprintable(place_of(kit, sign) or file_of(chapter), sign)
    elif not text.startswith(SILENT):
        yield Diagnostic(
            "P103",
            _severity("P103", text),
            Message.of(N_("The typesetter says, in English: {text}"), text=text),
            Message(N_("Correct what it names, in the styles or the templates of the kit.")),
            file_of(chapter),
        )


def _severity(code: str, text: str) -> Severity:
    """Return how bad a remark of the typesetter is: of styles, an error where a file is lost."""
    remark = code == "P103" and not text.startswith(BROKEN)
    return Severity.WARNING if remark else Severity.ERROR


def _unreadable_picture(kit: Kit, chapter: Chapter, name: str) -> Diagnostic:
    spans = [
        placed.source.span((*placed.loc, "file"))
        for placed in pictures(kit)
        if placed.value.file == name
    ]
    return Diagnostic.error(
        "I103",
        spans[-1] if spans else place_of(kit, name) or file_of(chapter),
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
            place_of(kit, name) or file_of(chapter),
        )


def drawn(kit: Kit, messages: Iterable[Fault], families: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield what was found when the pages were drawn: ``families`` are not the theme's."""
    yield from pages(kit, [(kit.chapters[0], messages)])
    message = N_("Some characters were set in “{family}”, a font of this computer.")
    for family in sorted(families):
        span = Span.of_file(kit.source.name)
        yield Diagnostic.error("P105", span, Message.of(message, family=family), Message(ADD_FONT))
