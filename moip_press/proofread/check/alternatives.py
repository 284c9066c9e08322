"""What is said to those who cannot see a picture, which is not the name of its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from moip_press.kit.model.kit import Kit, pictures
from moip_press.report.diagnostics import Diagnostic, Message, Severity
from moip_press.report.messages import N_
from moip_press.report.rule import ERROR, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "I104",
        "picture-without-words",
        ERROR,
        N_("A picture has no words for those who cannot see it (a warning in a draft)."),
        N_(
            "Screen readers speak these words in its place; without them, listeners learn"
            " only that there is a picture."
        ),
        "- type: figure\n  image: {file: affiche.png}",
        "- type: figure\n  image: {file: affiche.png, alt: Agents à table, credit: Alix Martin}",
        N_("RGAA 4.1, criterion 1.1: an image that carries information has a text alternative."),
    ),
)


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
