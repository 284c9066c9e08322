"""Texts are there, readable, and hold what a printed page and its fonts can."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.folders import Theme
from moip_press.kit.model.fields import Prose, Text
from moip_press.kit.model.kit import Kit, Placed
from moip_press.kit.model.parts import Communique, Editorial, Interview
from moip_press.kit.source import Loc
from moip_press.kit.source.decoding import decode
from moip_press.report.diagnostics import Diagnostic, Message, Related, Severity, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.system import fonts
from moip_press.system.cache import Cache
from moip_press.system.files import is_file
from moip_press.text import characters, prose

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "L102 link-without-address",
        N_("A link leads nowhere."),
        N_(
            "Its words are printed without a link: the address between the round brackets"
            " was forgotten."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n"
        '  text: "[S\'inscrire]({++https://www.example.org++})"',
    ),
    Rule.warning(
        "L103 link-without-words",
        N_("A link has no words."),
        N_("Nobody can see or hear it: the words between the square brackets were forgotten."),
        "- title: Portes ouvertes\n  when: 16 novembre\n"
        '  text: "Venez. [{++S\'inscrire++}](https://www.example.org)"',
        N_("RGAA 4.1, criterion 6.2: each link has words."),
    ),
    Rule.error(
        "S107 picture-in-text",
        N_("A text holds a picture."),
        N_(
            "A picture needs its words for those who cannot see it, its credit and its "
            "place on the page: it has a block of its own."
        ),
        "{~~- title: Portes ouvertes\n  when: 16 novembre\n"
        '  text: "Entrez ![affiche](affiche.png)"~>- type: figure\n'
        "  image: {file: affiche.png, alt: L'affiche, credit: Alix Martin, rights: presse}~~}",
    ),
    Rule.warning(
        "S108 html-in-text",
        N_("A text holds HTML."),
        N_("It is printed as it is typed: bold, italics and links are written in Markdown."),
        "- title: Portes ouvertes\n  when: 16 novembre\n"
        "  text: Entrée {~~<b>~>**~~}gratuite{~~</b>~>**~~}",
    ),
    Rule.error(
        "S109 overlong-text",
        N_("A text is too long, or its lists have too many levels."),
        N_("It could not be set on pages in any reasonable time, and nobody could read it."),
        "- title: Portes ouvertes\n  when: 16 novembre\n  text: |\n"
        "    > {--> > > > > > > > > > > > > > > > > > > > > > > > > > > > > --}Venez",
    ),
)


def texts(kit: Kit) -> Iterator[Placed]:
    """Yield the texts of the kit that are written in Markdown."""
    for placed in kit.values():
        if isinstance(placed.value, Prose):
            yield placed


SHORTER = N_("Shorten it, or divide it into several texts.")
FLATTER = N_("Write it with fewer lists and quotations within one another.")
PROSE_FAULTS: dict[str, tuple[str, Severity, str, str]] = {
    "scheme": (
        "X102",
        Severity.ERROR,
        N_("“{text}” is not a link that a press kit may hold."),
        N_("Links begin with https://, http://, mailto: or tel:."),
    ),
    "relative": (
        "L101",
        Severity.ERROR,
        N_("“{text}” is not a complete link."),
        N_("Begin it with https://, or with # and an id of this kit."),
    ),
    "empty-target": (
        "L102",
        Severity.WARNING,
        N_("“{text}” leads nowhere: its words are printed without a link."),
        N_("Write the address between the round brackets."),
    ),
    "empty-text": (
        "L103",
        Severity.WARNING,
        N_("“{text}” is a link without words."),
        N_("Write the words of the link between the square brackets."),
    ),
    "image": (
        "S107",
        Severity.ERROR,
        N_("A picture cannot stand in a text."),
        N_("Give it a block of its own: “type: figure”."),
    ),
    "html": (
        "S108",
        Severity.WARNING,
        N_("“{text}” is HTML, which is printed as it is typed."),
        N_("Use Markdown: **bold**, *italic*, [link](https://…)."),
    ),
    "too-long": ("S109", Severity.ERROR, N_("This text is too long to be set."), SHORTER),
    "too-deep": ("S109", Severity.ERROR, N_("This text has too many levels of lists."), FLATTER),
}


def sound_prose(kit: Kit) -> Iterator[Diagnostic]:
    """Texts hold nothing that Markdown allows and a printed page does not."""
    for placed in texts(kit):
        for finding in prose.findings(placed.value):
            code, severity, message, hint = PROSE_FAULTS[finding.kind]
            values = {"text": finding.text}
            yield Diagnostic(
                code,
                severity,
                Message(message, values),
                Message(hint),
                placed.part_span(finding.start, finding.end),
            )


def texts_are_there(kit: Kit) -> Iterator[Diagnostic]:
    """Editorials and press releases have their text, interviews their answers, or await them."""
    for placed in kit.values():
        field, hint = (
            "body",
            N_("Add “body: |” and the text below it, or “pending: yes” meanwhile."),
        )
        match placed.value:
            case Editorial() as part:
                without = not part.body
            case Communique() as part:
                without = not (part.lead or part.body)
            case Interview() as part:
                without, field = not part.exchanges, "exchanges"
                hint = N_("Add “exchanges:” and the questions below, or “pending: yes” meanwhile.")
            case _:
                continue
        if without and not part.pending:
            place = placed.source.span((*placed.loc, "title"), key=True)
            missing = N_("The field “{field}” is missing.")
            lacks = (*placed.loc, field)
            yield Diagnostic.error("S102", place, missing, hint, field=field, lacks=lacks)


def readable_theme(theme: Theme) -> Iterator[Diagnostic]:
    """The kit's own templates and styles are text in UTF-8."""
    for folder, form in ((theme.templates()[0], "*.html"), (theme.styles()[0], "*.css")):
        for path in sorted(folder.rglob(form)):
            if theme.holds(path) and is_file(path):
                _, fault = decode(path.read_bytes(), path.as_posix())
                yield from [fault] if fault else []


UNPRINTED = ("file", "alt", "template")


MOST_PLACES = 1000
AS_SPACE = str.maketrans("\t\r\n", "   ")


def characters_in_fonts(kit: Kit, theme: Theme, cache: Cache) -> Iterator[Diagnostic]:
    """Every character of the kit's texts is in one of the theme's fonts."""
    known = fonts.characters(theme.fonts().values(), cache)
    places: dict[str, list[Span]] = {}
    for placed in kit.values():
        if isinstance(placed.value, Text) and printed_at(placed.loc):
            for signs, span in _without_font(placed, known):
                places.setdefault(signs, []).append(span)
    for signs, (first, *others) in places.items():
        also = (Related(span, Message(N_("It stands here too."))) for span in others[:MOST_PLACES])
        yield unprintable(first, signs, tuple(also))


def unprintable(span: Span, signs: str, related: tuple[Related, ...] = ()) -> Diagnostic:
    """Return the error of characters that no font has."""
    return Diagnostic.error(
        "P101",
        span,
        N_("No font of the theme can print “{signs}” ({numbers})."),
        N_(
            "Write it otherwise, or lay a font that has it (.ttf, .otf, .woff2) into the kit’s"
            " folder styles/fonts/: nothing else is needed."
        ),
        signs=signs,
        numbers=" ".join(f"U+{ord(sign):04X}" for sign in signs),
        related=related,
    )


def _without_font(placed: Placed, known: frozenset[str]) -> Iterator[tuple[str, Span]]:
    """Yield the characters that a text prints and no font has, each with its place."""
    if characters.read(placed.written) is None and known.issuperset(
        placed.written.translate(AS_SPACE)
    ):
        return
    found = list(_missing(prose.plain_paragraph(placed.written), known))
    if found and isinstance(placed.value, Prose):  # bullets and targets of links are not printed
        printed = known | {prose.PAGE_NUMBER}
        read = prose.paragraphs(placed.written)
        found = [each for paragraph in read for each in _missing(paragraph, printed)]
    for signs, start, end in found:
        yield signs, placed.part_span(start, end)


def _missing(paragraph: prose.Paragraph, known: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    for start, end in fonts.missing(paragraph.text, known):
        yield paragraph.text[start:end], paragraph.places[start], paragraph.ends[end - 1]


def printed_at(loc: Loc) -> bool:
    """Return whether the text at a place is printed."""
    return loc[-1] == "title" if loc[0] == "chapters" else loc[-1] not in UNPRINTED
