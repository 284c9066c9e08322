"""What becomes of the pictures of a kit: refused, or printed without a part of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit, pictures
from moip_press.kit.model.records import Logo
from moip_press.report.diagnostics import Diagnostic, Message, Position, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.system.cache import Cache
from moip_press.system.files import inside, is_file
from moip_press.system.fonts import family
from moip_press.system.limits import PICTURE
from moip_press.system.pictures.drawings import readable
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import Lost, Made, Refusal, Why

RULES: tuple[Rule, ...] = (
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
    Rule.warning(
        "I207 first-of-several-images",
        N_("Of an animation, or of several pages in one file, only the first image is printed."),
        N_("The first image of an animation is often empty, and nobody misses the other pages."),
        "- type: figure\n"
        "  image: {file: pas.{~~gif~>png~~}, alt: Trois gestes}  # {~~une animation~>une image~~}",
    ),
    Rule.warning(
        "I208 part-of-drawing-lost",
        N_("A part of a drawing (SVG) is not printed."),
        N_(
            "Drawing programs and web sites save what only a browser shows: text as HTML, styles "
            "of the page around it."
        ),
        "logo: {file: images/logo.svg, alt: Les Trois Rives}  # {~~du texte en HTML~>du texte"
        " vectorisé~~}",
    ),
    Rule.warning(
        "I209 font-of-drawing-missing",
        N_("The text of a drawing (SVG) asks for a font that the theme does not have."),
        N_("A logo in another font is another logo; as outlines, its letters need no font."),
        "logo: {file: images/logo.svg, alt: Les Trois Rives}  # {~~du texte en Myriad Pro~>du"
        " texte vectorisé~~}",
    ),
    Rule.warning(
        "I210 unseen-logo",
        N_("A logo is as light, or as dark, as its ground: it would not be seen."),
        N_("White letters on white paper leave a blank, which looks like a forgotten logo."),
        "logo: {file: images/logo-blanc.svg, alt: Les Trois Rives{++, on: dark++}}",
    ),
)

PLAIN = N_("Save it as plain SVG, or as PNG.")
SMALLER = N_("Save it smaller.")
AGAIN = N_("Save it again as PNG, JPEG or SVG.")
REFUSALS: dict[Why, tuple[str, str, str]] = {
    "bytes": ("X104", N_("The picture “{name}” is too large: {most} MB are the most."), SMALLER),
    "pixels": (
        "X104",
        N_("The picture “{name}” has too many pixels: {most} million are the most."),
        SMALLER,
    ),
    "kind": ("X105", N_("The picture “{name}” is of a kind that is not drawn."), AGAIN),
    "unreadable": ("I103", N_("The picture “{name}” cannot be read."), AGAIN),
    "damaged": (
        "I103",
        N_("The picture “{name}” is cut short or damaged: a part of it is missing."),
        N_("Copy the original again: its download may have broken off."),
    ),
    "costly": (
        "X104",
        N_("The picture “{name}” takes too long to draw, or too much memory."),
        AGAIN,
    ),
    "script": ("X105", N_("The picture “{name}” holds a script: it is not drawn."), PLAIN),
    "declares": (
        "X105",
        N_("The picture “{name}” makes declarations in its document type (DTD): it is not drawn."),
        PLAIN,
    ),
    "repeats": (
        "X105",
        N_("The picture “{name}” holds too many elements, or repeats itself: it is not drawn."),
        PLAIN,
    ),
}
MOST: dict[Why, int] = {"bytes": PICTURE.bytes // 10**6, "pixels": PICTURE.items // 10**6}
OUTLINES = N_("Export it again with its text as outlines (paths).")
LOSSES: dict[Lost, tuple[str, str, str]] = {
    "frames": (
        "I207",
        N_("Of the animation “{name}”, only the first image is printed."),
        N_("Save the image that you mean as PNG or JPEG."),
    ),
    "pages": (
        "I207",
        N_("Of the pages in “{name}”, only the first is printed."),
        N_("Save each page that you mean as a picture of its own."),
    ),
    "text": ("I208", N_("“{name}” holds text as HTML, which is not printed."), OUTLINES),
    "variable": (
        "I208",
        N_("In “{name}”, a colour or style is called “{lost}”, and nothing says what that is."),
        N_("Export it again with its styles, as a file of its own."),
    ),
    "effects": (
        "I208",
        N_("“{name}” draws the file “{lost}” with effects that are not printed."),
        N_("Embed that picture when you export it, or save it as PNG."),
    ),
}
PAGE, DARK = "#ffffff", "#0b1f4d"  # the grounds that logos stand on
ANY_FONT = frozenset(("serif", "sans-serif", "cursive", "fantasy", "monospace", "system-ui"))


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


def pictures_sound(kit: Kit, theme: Theme, cache: Cache) -> Iterator[Diagnostic]:
    """A picture runs nothing, fetches nothing, can be drawn, and all of it is printed."""
    intake, fonts, seen = Intake(cache), _Fonts(theme), set()
    for placed in pictures(kit):
        name = placed.value.file
        path = None if name is None or placed.value.pending else inside(kit.folder, name)
        if path is None or not is_file(path):
            continue
        taken = intake.take_file(path)
        span = placed.source.span((*placed.loc, "file"))
        if isinstance(taken, Refusal):
            yield refused_picture(span, path, name, taken)
            continue
        if name not in seen:
            seen.add(name)
            yield from _lost(span, name, taken, fonts)
        if isinstance(placed.value, Logo):
            yield from _unseen(span, placed.value, taken, intake, fonts)


class _Fonts:
    """The fonts of a theme, looked for where a drawing has text."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files that drawings can use."""
        return readable(self._theme.fonts().values())

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The families of these files."""
        return tuple(map(family, self.files))


def _lost(span: Span, name: str, picture: Made, fonts: _Fonts) -> Iterator[Diagnostic]:
    """Yield what of a picture is not printed, or in another font."""
    for what, lost in picture.lost:
        code, message, hint = LOSSES[what]
        values = {"name": name, "lost": lost}
        yield Diagnostic.warning(code, span, Message(message, values), Message(hint))
    asked = dict.fromkeys(families[0] for families in picture.fonts if families)
    for font in asked:
        if font.lower() not in {*map(str.lower, fonts.families), *ANY_FONT}:
            message = N_("“{name}” has text in “{font}”, no font of the theme: it is in “{other}”.")
            values = {"name": name, "font": font, "other": next(iter(fonts.families), "")}
            yield Diagnostic.warning("I209", span, Message(message, values), Message(OUTLINES))


def _unseen(
    span: Span, logo: Logo, picture: Made, intake: Intake, fonts: _Fonts
) -> Iterator[Diagnostic]:
    """Yield a warning for a logo that is as light or as dark as its ground."""
    if intake.shows(picture, DARK if logo.on else PAGE, fonts.files):
        return
    if logo.on:
        message = N_("“{name}” would not be seen on the dark ground that it is given.")
        hint = N_("Take “on: dark” away.")
    else:
        message = N_("“{name}” would not be seen on a white page.")
        hint = N_("Take the logo for light grounds, or add “on: dark” to give it a dark one.")
    yield Diagnostic.warning("I210", span, Message.of(message, name=logo.file), Message(hint))
