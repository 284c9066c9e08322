"""Pictures are in the kit, sound, and have words for those who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from moip_press.kit.folders import files
from moip_press.kit.model.kit import Kit, Placed, pictures
from moip_press.kit.model.kit_files import outside
from moip_press.kit.model.model_errors import nearest
from moip_press.kit.model.parts import FigureBlock
from moip_press.kit.model.records import Image, Logo
from moip_press.report.diagnostics import Diagnostic, Message, Position, Severity, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.system.files import inside, is_file
from moip_press.system.limits import PICTURE
from moip_press.system.pictures import Refusal, Why, refusal

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
        "I103 unreadable-picture",
        N_("A picture cannot be read."),
        N_("The file is damaged, or its name promises another kind of picture than it holds."),
        "- type: figure\n"
        "  image: {file: affiche.jpg, alt: L'affiche du mois}  # {~~un document Word"
        " renommé~>une image JPEG~~}",
    ),
    Rule.error(
        "X104 too-large-picture",
        N_("A picture has too many bytes or pixels."),
        N_(
            "A picture of a few kilobytes can unfold to gigabytes: it would stop this "
            "computer, and those of readers."
        ),
        "- type: figure\n"
        "  image: {file: plan.png, alt: Le plan}  # {~~30000 × 30000~>3000 × 3000~~}",
    ),
    Rule.error(
        "X105 unsafe-picture",
        N_("A picture holds a script, or more than a drawing."),
        N_(
            "A picture may come from anybody: scripts, declarations and drawings that repeat "
            "themselves are not opened."
        ),
        "- type: figure\n"
        "  image: {file: plan.svg, alt: Le plan}  # {~~avec <script>~>enregistré en"
        " SVG simple~~}",
    ),
    Rule.error(
        "I104 picture-without-words",
        N_("A picture has no words for those who cannot see it (a warning in a draft)."),
        N_(
            "Screen readers speak these words in its place; without them, listeners learn"
            " only that there is a picture."
        ),
        "- type: figure\n"
        "  image: {file: affiche.png{++, alt: Agents à table, credit: Alix Martin++}}",
        N_("RGAA 4.1, criterion 1.1: an image that carries information has a text alternative."),
    ),
)

PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif")


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
        close = nearest(name, (file.relative_to(kit.folder).as_posix() for file in known))
        yield Diagnostic.error(
            "I101",
            span,
            Message.of(N_("There is no picture “{name}” in the kit."), name=name),
            Message.of(N_("Did you mean “{suggestion}”?"), suggestion=close)
            if close
            else Message(N_("Copy the file there, or write “pending: yes” below it.")),
        )


PLAIN = N_("Save it as plain SVG, or as PNG.")
SMALLER = N_("Save it smaller.")
REFUSALS: dict[Why, tuple[str, str, str]] = {
    "bytes": ("X104", N_("The picture “{name}” is too large: {most} MB are the most."), SMALLER),
    "pixels": (
        "X104",
        N_("The picture “{name}” has too many pixels: {most} million are the most."),
        SMALLER,
    ),
    "kind": (
        "X105",
        N_("The picture “{name}” is of a kind that is not drawn."),
        N_("Save it again as PNG, JPEG or SVG."),
    ),
    "damaged": (
        "I103",
        N_("The picture “{name}” is cut short or damaged: a part of it is missing."),
        N_("Copy the original again: its download may have broken off."),
    ),
    "costly": (
        "X104",
        N_("The picture “{name}” takes too long to draw, or too much memory."),
        N_("Save it again as PNG, JPEG or SVG."),
    ),
    "script": ("X105", N_("The picture “{name}” holds a script: it is not drawn."), PLAIN),
    "declares": (
        "X105",
        N_("The picture “{name}” declares a document type (DTD): it is not drawn."),
        PLAIN,
    ),
    "repeats": (
        "X105",
        N_("The picture “{name}” holds too many elements, or repeats itself: it is not drawn."),
        PLAIN,
    ),
}
MOST: dict[Why, int] = {"bytes": PICTURE.bytes // 10**6, "pixels": PICTURE.items // 10**6}


def refused_picture(span: Span, path: Path, name: str, refused: Refusal) -> Diagnostic:
    """Return the diagnostic for a picture that must not be drawn.

    It stands in the picture's own line where there is one, else at ``span``, which names it.
    """
    code, message, hint = REFUSALS[refused.why]
    values = {"name": name, "most": MOST.get(refused.why)}
    if refused.line and is_file(path):
        here = Position(refused.line, 1)
        span = Span(path.as_posix(), here, here)
    return Diagnostic.error(code, span, Message(message, values), Message(hint))


def pictures_sound(kit: Kit) -> Iterator[Diagnostic]:
    """A picture runs nothing, fetches nothing, and is of a size that can be drawn."""
    for placed in pictures(kit):
        name = placed.value.file
        path = None if name is None or placed.value.pending else inside(kit.folder, name)
        if path is not None and is_file(path):
            too_large = path.stat().st_size > PICTURE.bytes
            refused = Refusal("bytes") if too_large else refusal(path.read_bytes())
            if refused:
                span = placed.source.span((*placed.loc, "file"))
                yield refused_picture(span, path, name, refused)


def pictures_have_words(kit: Kit) -> Iterator[Diagnostic]:
    """A figure says what it shows; logos and portraits are named by their owner."""
    for placed in kit.values():
        block = placed.value
        if not isinstance(block, FigureBlock) or block.title or block.image.alt:
            continue
        if block.image.file and not (block.image.pending or block.image.decorative):
            yield Diagnostic(
                "I104",
                wordless_severity(kit),
                Message(N_("This picture has no text for those who cannot see it.")),
                Message(N_("Add “alt: …” that says what it shows, or “decorative: yes”.")),
                placed.source.span((*placed.loc, "image", "file")),
            )


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
