"""Faults between records: ids, references, files, and signs that no font has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from moip_press import fonts, prose
from moip_press.diagnostics import Diagnostic, Message, Related, Report, Severity, Span
from moip_press.kit import Theme, inside, is_file
from moip_press.messages import N_
from moip_press.model.faults import Loc, nearest, suggest
from moip_press.model.fields import Prose, Text
from moip_press.model.kit import Kit, Placed, ids, pictures
from moip_press.model.parts import AboutPart, Contacts, Custom, Editorial, Part, Partners
from moip_press.model.reading import outside
from moip_press.model.records import Image, Logo
from moip_press.source import Source
from moip_press.source.decoding import decode

PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif")
UNPRINTED = ("file", "alt", "template")
MOST_PLACES = 5


def check(kit: Kit, theme: Theme) -> Report:
    """Return what is wrong between the records of ``kit``.

    Of a kit that is not whole, only what can be told without the rest.
    """
    return Report.of(_found(kit, theme))


def _found(kit: Kit, theme: Theme) -> Iterator[Diagnostic]:
    for rule in (*RULES, *(WHOLE_KIT_RULES if kit.whole else ())):
        yield from rule(kit)
    for theme_rule in THEME_RULES:
        yield from theme_rule(kit, theme)
    yield from readable_theme(theme)


def _error(
    code: str,
    span: Span,
    message: str,
    hint: Message | None = None,
    related: tuple[Related, ...] = (),
    **values: Any,
) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, Message(message, values), hint, span, related)


def unique_ids(kit: Kit) -> Iterator[Diagnostic]:
    """An id names one thing: pages, links and handouts find it by its id."""
    seen: dict[str, Span] = {}
    for name, span, given in _ids(kit):
        if name in seen:
            yield _error(
                "R101",
                span,
                N_("Two things have the id “{name}”."),
                Message(
                    N_("Give one of them another id.")
                    if given
                    else N_("Add a line “id: …” with another name to one of them.")
                ),
                (Related(seen[name], Message(N_("The first one is here."))),),
                name=name,
            )
        seen.setdefault(name, span)


def _ids(kit: Kit) -> Iterator[tuple[str, Span, bool]]:
    """Yield the ids of the kit, where each comes from, and whether it was given."""
    for number, contact in enumerate(kit.edition.contacts):
        yield contact.id, kit.source.span(("contacts", number, "id")), True
    for placed in kit.parts():
        for name, loc in ids(placed.part):
            if placed.own_file:
                field = _id_field(placed.source, loc)
                yield name, placed.source.span((*loc[:-1], field)), field == "id"
            else:
                yield name, placed.source.span(placed.loc), True


def _id_field(source: Source, loc: Loc) -> str:
    """Return the field that an id comes from: itself, else the title or name."""
    plain: Any = source.plain()
    for step in loc[:-1]:
        plain = plain[step]
    return next((name for name in ("id", "title", "name", "type") if name in plain), "")


def _prose(kit: Kit) -> Iterator[Placed]:
    for placed in kit.values():
        if isinstance(placed.value, Prose):
            yield placed


def known_references(kit: Kit) -> Iterator[Diagnostic]:
    """A reference by id finds its target."""
    anchors = kit.anchors()
    for placed in _prose(kit):
        for reference in prose.references(placed.value):
            if reference.id not in anchors:
                yield _error(
                    "R102",
                    placed.part_span(reference.start, reference.end),
                    N_("Nothing in this kit has the id “{name}”."),
                    suggest(reference.id, anchors),
                    name=reference.id,
                )


def known_website(kit: Kit) -> Iterator[Diagnostic]:
    """``{website}`` finds the kit's website."""
    if kit.edition.website:
        return
    for placed in _prose(kit):
        for link in prose.links(placed.value):
            if link.url.startswith("{website}"):
                yield _error(
                    "R103",
                    placed.part_span(link.start, link.end),
                    N_("“{website}” stands for the kit's website, but the kit has none."),
                    Message(N_("Add a line “website: https://…” to kit.yaml."), {}),
                    website="{website}",
                )


PROSE_FAULTS: dict[str, tuple[str, Severity, str, str | None]] = {
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
    "too-long": ("S109", Severity.ERROR, N_("This text is too long to be set."), None),
    "too-deep": ("S109", Severity.ERROR, N_("This text has too many levels of lists."), None),
}


def sound_prose(kit: Kit) -> Iterator[Diagnostic]:
    """Texts hold nothing that Markdown allows and a printed page does not."""
    for placed in _prose(kit):
        for finding in prose.findings(placed.value):
            code, severity, message, hint = PROSE_FAULTS[finding.kind]
            values = {"text": finding.text}
            yield Diagnostic(
                code,
                severity,
                Message(message, values),
                Message(hint) if hint else None,
                placed.part_span(finding.start, finding.end),
            )


def known_contacts(kit: Kit) -> Iterator[Diagnostic]:
    """A contact that a part names is one of the kit's."""
    known = [contact.id for contact in kit.edition.contacts]
    for placed in kit.values():
        if isinstance(placed.value, Contacts):
            for number, name in enumerate(placed.value.contacts):
                if name not in known:
                    yield _error(
                        "R104",
                        placed.source.span((*placed.loc, "contacts", number)),
                        N_("There is no contact “{name}” in kit.yaml."),
                        suggest(name, known)
                        or Message(N_("Add it to the “contacts” of kit.yaml.")),
                        name=name,
                    )


# What a part that is named by its type alone prints: the field of kit.yaml.
PRINTED: dict[type[Part], str] = {
    Contacts: "contacts",
    AboutPart: "about",
    Partners: "partners",
}


def parts_have_something(kit: Kit) -> Iterator[Diagnostic]:
    """A part that prints what ``kit.yaml`` says finds it there."""
    for placed in kit.parts():
        field = PRINTED.get(type(placed.part))
        if field and not getattr(kit.edition, field):
            yield _error(
                "S102",
                placed.source.span(placed.loc),
                N_("There is nothing to print here: kit.yaml has no field “{field}”."),
                Message(N_("Add “{field}” to kit.yaml, or take this part away."), {"field": field}),
                field=field,
            )


def texts_are_there(kit: Kit) -> Iterator[Diagnostic]:
    """An editorial has its text, or is marked as still to come."""
    for placed in kit.values():
        part = placed.value
        if isinstance(part, Editorial) and not (part.body or part.pending):
            yield _error(
                "S102",
                placed.source.span((*placed.loc, "title"), key=True),
                N_("The field “{field}” is missing."),
                Message(N_("Add “body: |” and the text below it, or “pending: yes” meanwhile.")),
                field="body",
            )


def period_in_order(kit: Kit) -> Iterator[Diagnostic]:
    """The period ends on or after the day it begins."""
    period = kit.edition.period
    if period.end < period.start:
        yield _error(
            "D103",
            kit.source.span(("period", "end")),
            N_("The period ends before it begins."),
            Message(N_("Correct one of its two dates.")),
        )


def pictures_there(kit: Kit) -> Iterator[Diagnostic]:
    """A picture's file exists inside the kit, or the picture is marked as still to come."""
    for placed in pictures(kit):
        picture: Image | Logo = placed.value
        if picture.file is not None:
            yield from _picture(kit, placed, picture.file)
        elif not picture.pending and not getattr(picture, "words", ()):
            yield _error(
                "I102",
                placed.span,
                N_("This picture has no file."),
                Message(N_("Add a line “file: …”, or “pending: yes” while it is awaited.")),
            )


def _picture(kit: Kit, placed: Placed, name: str) -> Iterator[Diagnostic]:
    path = inside(kit.folder, PurePosixPath(name))
    span = placed.source.span((*placed.loc, "file"))
    if path is None:
        yield outside(span, name)
    elif not is_file(path) and not placed.value.pending:
        files = (p for p in sorted(kit.folder.rglob("*")) if p.suffix.lower() in PICTURES)
        close = nearest(name, (file.relative_to(kit.folder).as_posix() for file in files))
        yield _error(
            "I101",
            span,
            N_("There is no picture “{name}” in the kit."),
            Message.of(N_("Did you mean “{suggestion}”?"), suggestion=close)
            if close
            else Message(N_("Copy the file there, or write “pending: yes” below it.")),
            name=name,
        )


def known_templates(kit: Kit, theme: Theme) -> Iterator[Diagnostic]:
    """The template of a custom part exists."""
    for placed in kit.values():
        if isinstance(placed.value, Custom) and not theme.template(
            PurePosixPath(placed.value.template)
        ):
            known = [
                path.relative_to(folder).as_posix()
                for folder in theme.templates()
                for path in sorted(folder.rglob("*.html"))
                if is_file(path)
            ]
            yield _error(
                "S201",
                placed.source.span((*placed.loc, "template")),
                N_("There is no template “{name}”."),
                suggest(placed.value.template, known),
                name=placed.value.template,
            )


def readable_theme(theme: Theme) -> Iterator[Diagnostic]:
    """The kit's own templates and styles are text in UTF-8."""
    for folder, form in ((theme.templates()[0], "*.html"), (theme.styles()[0], "*.css")):
        for path in sorted(folder.rglob(form)):
            if inside(folder, path.relative_to(folder).as_posix()) and is_file(path):
                _, fault = decode(path.read_bytes(), path.as_posix())
                yield from [fault] if fault else []


def signs_in_fonts(kit: Kit, theme: Theme) -> Iterator[Diagnostic]:
    """Every sign of the kit's texts is in one of the theme's fonts."""
    known = fonts.signs(theme.fonts())
    places: dict[str, list[Span]] = {}
    for placed in kit.values():
        if isinstance(placed.value, Text) and _printed(placed.loc):
            text = placed.written
            for start, end in fonts.missing(text, known):
                places.setdefault(text[start:end], []).append(placed.part_span(start, end))
    for signs, (first, *others) in places.items():
        yield _error(
            "P101",
            first,
            N_("No font of the theme can print “{signs}” ({numbers})."),
            Message(N_("Write it otherwise, or add a font that has it to styles/fonts/.")),
            tuple(
                Related(span, Message(N_("It stands here too."))) for span in others[:MOST_PLACES]
            ),
            signs=signs,
            numbers=" ".join(f"U+{ord(sign):04X}" for sign in signs),
        )


def _printed(loc: Loc) -> bool:
    return loc[-1] == "title" if loc[0] == "chapters" else loc[-1] not in UNPRINTED


RULES: tuple[Callable[[Kit], Iterator[Diagnostic]], ...] = (
    unique_ids,
    sound_prose,
    texts_are_there,
    pictures_there,
)
WHOLE_KIT_RULES: tuple[Callable[[Kit], Iterator[Diagnostic]], ...] = (
    known_references,
    known_website,
    known_contacts,
    parts_have_something,
    period_in_order,
)
THEME_RULES: tuple[Callable[[Kit, Theme], Iterator[Diagnostic]], ...] = (
    known_templates,
    signs_in_fonts,
)
