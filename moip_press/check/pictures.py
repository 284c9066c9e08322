"""Pictures are in the kit, and have words for those who cannot see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from moip_press.check.faults import error
from moip_press.diagnostics import Diagnostic, Message, Severity
from moip_press.kit import inside, is_file
from moip_press.messages import N_
from moip_press.model.faults import nearest
from moip_press.model.kit import Kit, Placed, pictures
from moip_press.model.parts import FigureBlock
from moip_press.model.reading import outside
from moip_press.model.records import Image, Logo

PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif")


def pictures_there(kit: Kit) -> Iterator[Diagnostic]:
    """A picture's file exists inside the kit, or the picture is marked as still to come."""
    for placed in pictures(kit):
        picture: Image | Logo = placed.value
        if picture.file is not None:
            yield from _picture(kit, placed, picture.file)
        elif not picture.pending and not getattr(picture, "words", ()):
            yield error(
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
        yield error(
            "I101",
            span,
            N_("There is no picture “{name}” in the kit."),
            Message.of(N_("Did you mean “{suggestion}”?"), suggestion=close)
            if close
            else Message(N_("Copy the file there, or write “pending: yes” below it.")),
            name=name,
        )


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
                placed.source.span((*placed.loc, "image", "file")),
                Message(N_("This picture has no text for those who cannot see it.")),
                Message(N_("Add “alt: …” that says what it shows, or “decorative: yes”.")),
            )


def wordless_severity(kit: Kit) -> Severity:
    """Return how bad a picture without text is: a final kit must be accessible."""
    return Severity.WARNING if kit.edition.status == "draft" else Severity.ERROR
