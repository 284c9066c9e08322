"""Pictures are in the kit, and have words for those who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from moip_press.kit.folders import files
from moip_press.kit.model.blocks import FigureBlock, GalleryBlock
from moip_press.kit.model.edition import CoverPage
from moip_press.kit.model.kit import Kit, Placed, pictures
from moip_press.kit.model.kit_files import outside
from moip_press.kit.model.model_errors import suggest_file
from moip_press.kit.model.records import Image, Logo
from moip_press.report.diagnostics import Diagnostic, Message, Severity
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.system.files import inside, is_file

RULES: tuple[Rule, ...] = (
    Rule.error(
        "I101 missing-picture",
        N_("A picture is not in the kit."),
        N_("Its place would stay empty; a picture that is still awaited is marked “pending: yes”."),
        "- type: figure\n"
        "  image: {file: {~~afiche~>affiche~~}.png, alt: L'affiche du mois{++,"
        " pending: yes++}}",
    ),
    Rule.error(
        "I102 picture-without-file",
        N_("A picture has no file."),
        N_("There is nothing to print; a picture that is still awaited is marked “pending: yes”."),
        "- type: figure\n  image: {alt: L'affiche du mois{++, pending: yes++}}",
    ),
    Rule.error(
        "I104 picture-without-words",
        N_("A picture has no words for those who cannot see it (a warning in a draft)."),
        N_(
            "Screen readers speak these words in its place; without them, listeners learn"
            " only that there is a picture."
        ),
        "- type: figure\n"
        "  image: {file: affiche.png{++, alt: À table, credit: Alix Martin, rights: presse++}}",
        N_("RGAA 4.1, criterion 1.1: an image that carries information has a text alternative."),
    ),
)

SHOWN: dict[type, str] = {FigureBlock: "image", CoverPage: "picture"}
"""The field of a record whose picture nobody names."""
_PICTURES = ".png .jpg .jpeg .svg .svgz .webp .gif .tif .tiff .bmp .heic .heif .avif .jp2"
PICTURES = frozenset(_PICTURES.split())


def pictures_there(kit: Kit) -> Iterator[Diagnostic]:
    """A picture's file exists inside the kit, or the picture is marked as still to come."""
    for placed in pictures(kit):
        picture: Image | Logo = placed.value
        if picture.file is not None:
            yield from _picture(kit, placed, picture.file)
        elif not picture.pending and not getattr(picture, "words", ()):
            yield Diagnostic.error(
                "I102",
                placed.span,
                Message(N_("This picture has no file.")),
                Message(N_("Add a line “file: …”, or “pending: yes” while it is awaited.")),
            )


def _picture(kit: Kit, placed: Placed, name: str) -> Iterator[Diagnostic]:
    path = inside(kit.folder, PurePosixPath(name))
    span = placed.source.span((*placed.loc, "file"))
    if path is None:
        yield outside(span, name)
    elif not is_file(path) and not placed.value.pending:
        known = (p for p in files(kit.folder, "**/*") if p.suffix.lower() in PICTURES)
        names = sorted(file.relative_to(kit.folder).as_posix() for file in known)
        hint = N_("Copy the file there, or write “pending: yes” below it.")
        yield Diagnostic.error(
            "I101",
            span,
            Message.of(N_("There is no picture “{name}” in the kit."), name=name),
            suggest_file(name, names) or Message(hint),
        )


def pictures_have_words(kit: Kit) -> Iterator[Diagnostic]:
    """Pictures that nothing names say what they show; logos and portraits have an owner's name."""
    for placed, image in _shown(kit):
        if image.file and not (image.alt or image.pending or image.decorative):
            yield Diagnostic(
                "I104",
                wordless_severity(kit),
                Message(N_("This picture has no text for those who cannot see it.")),
                Message(N_("Add “alt: …” that says what it shows, or “decorative: yes”.")),
                placed.source.span((*placed.loc, "file")),
                lacks=(*placed.loc, "alt"),
            )


def _shown(kit: Kit) -> Iterator[tuple[Placed, Image]]:
    """Yield the pictures that nothing else names."""
    for placed in kit.values():
        name = SHOWN.get(type(placed.value))
        picture: Image | None = getattr(placed.value, name) if name else None
        if name and picture and not getattr(placed.value, "title", None):
            yield replace(placed, loc=(*placed.loc, name)), picture
        images = placed.value.images if isinstance(placed.value, GalleryBlock) else ()
        for number, image in enumerate(images):
            yield replace(placed, loc=(*placed.loc, "images", number)), image


def wordless_severity(kit: Kit) -> Severity:
    """Return how bad a picture without text is: a final kit must be accessible."""
    return Severity.WARNING if kit.edition.status == "draft" else Severity.ERROR


ENDS_AS_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|tiff?|heic|avif|bmp|pdf|eps|ai)$", re.IGNORECASE
)
FROM_A_CAMERA = re.compile(
    r"(?:img|image|dscn?|dscf|pxl|mvimg|gopr|photo|picture|pict|scan|screenshot|capture|"
    r"visuel|fichier|file|untitled|sans[ _-]titre|whatsapp[ _-]image)"
    r"[ _-]?\(?\d[\d _()-]*(?:wa\d+)?",
    re.IGNORECASE,
)
_SAYS_NOTHING = (
    "image images photo photos photographie picture pictures visuel illustration figure untitled "
    "alt img placeholder"
)
SAYS_NOTHING = frozenset(_SAYS_NOTHING.split())


def alternatives_say_something(kit: Kit) -> Iterator[Diagnostic]:
    """The words that stand for a picture say what it shows."""
    for placed in pictures(kit):
        picture = placed.value
        alt, file = picture.alt, picture.file
        if alt and not getattr(picture, "decorative", False) and _is_file_name(alt, file):
            yield Diagnostic(
                "I104",
                Severity.WARNING if kit.edition.status == "draft" else Severity.ERROR,
                Message.of(
                    N_("“{alt}” says nothing to those who cannot see this picture."), alt=alt
                ),
                Message(N_("Say in a few words what it shows.")),
                placed.source.span((*placed.loc, "alt")),
            )


def _is_file_name(alt: str, file: str | None) -> bool:
    words = alt.strip()
    stem = PurePosixPath(file or "").stem
    typed_from_it = words.lower() == stem.lower() and bool(re.search(r"[_\d-]", stem))
    return (
        typed_from_it
        or bool(ENDS_AS_FILE.search(words) or FROM_A_CAMERA.fullmatch(words))
        or words.lower().strip(".") in SAYS_NOTHING
    )
