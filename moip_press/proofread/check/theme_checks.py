"""What is wrong with ``theme.yaml``: colours that nobody can read, fonts that lack something."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from moip_press.kit.model.fields import Prose, Text
from moip_press.kit.model.kit import Kit, Placed
from moip_press.kit.model.kit_files import outside
from moip_press.kit.model.parts import Editorial, Interview
from moip_press.kit.source import Loc, Source
from moip_press.kit.theme_sheet import WHITE, shades, usual_colours
from moip_press.proofread.check.text_checks import printed_at
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.system import fonts
from moip_press.system.cache import Cache
from moip_press.system.colours import SMALL, contrast, nearest
from moip_press.system.enforcement import Broken, OverLimit, reason
from moip_press.system.files import inside, is_file
from moip_press.text import prose

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "S144 said-in-two-files",
        N_("kit.yaml and theme.yaml say the same thing."),
        N_("The pages follow one of the two: who changes the other wonders why nothing happens."),
        "# kit.yaml, beside theme.yaml\ntitle: Mois de l'innovation{--\ntheme: {calendar: none}--}",
    ),
    Rule.error(
        "S179 cover-without-picture",
        N_("theme.yaml wants a picture on the cover, and kit.yaml names none."),
        N_("The picture belongs to the edition, and stands in kit.yaml: below “cover”."),
        "# theme.yaml\ncover: {~~picture-half~>calendar~~}",
    ),
    Rule.warning(
        "P301 weak-contrast",
        N_("A colour of the theme hardly stands out from its ground."),
        N_("Many readers could not read it, and nobody on a bad print or in the sun."),
        '# theme.yaml\ncolours:\n  ink: "{~~#9a9a9a~>#4d4d4d~~}"',
        N_("WCAG 2.2, criterion 1.4.3: a ratio of 4.5 for text"),
    ),
    Rule.warning(
        "P302 font-without-style",
        N_("A font of the theme lacks a weight or its italics."),
        N_(
            "Words that need it are set in the nearest one: bold that is missing does not stand "
            "out."
        ),
        "# theme.yaml\nfonts:\n  sans: [fonts/Luciole-Regular.ttf{++, fonts/Luciole-Bold.ttf++}]",
    ),
    Rule.warning(
        "P303 characters-of-another-font",
        N_("A font of the theme lacks characters that the kit prints."),
        N_("They are set in another font, and look out of place in the middle of a word."),
        "# theme.yaml\nfonts:\n  sans: {~~fonts/Sans-accents.ttf~>fonts/Luciole-Regular.ttf~~}",
    ),
)
BOLD = 600  # the weight from which type counts as bold
REGULAR = N_("The font “{family}” has no regular weight.")
BOLDER = N_("The font “{family}” has no bold weight.")
ITALIC = N_("The font “{family}” has no italics.")
SHOWN = 12  # characters in a message
SPACES = ("Zs",)


def theme_is_sound(kit: Kit, cache: Cache) -> Iterator[Diagnostic]:
    """What ``theme.yaml`` says stands nowhere else, and can be read and printed."""
    if kit.looks_source is None:
        return
    yield from _said_twice(kit, kit.looks_source)
    yield from _cover(kit, kit.looks_source)
    yield from _contrasts(kit, kit.looks_source)
    for role in ("sans", "serif"):
        yield from _Font(kit, kit.looks_source, role, cache).faults()


def _said_twice(kit: Kit, looks: Source) -> Iterator[Diagnostic]:
    for here, there in (("theme", "cover"), ("logo", "logo")):
        own = kit.edition.model_fields_set
        alone = here != "theme" and there not in kit.looks.model_fields_set
        if here not in own or alone:
            continue
        keys = looks.plain()
        told = isinstance(keys, dict) and there in keys
        span = looks.span((there,), key=True) if told else looks.span(())
        yield Diagnostic.warning(
            "S144",
            kit.source.span((here,), key=True),
            N_("“{field}” stands in kit.yaml, and the kit has a theme.yaml."),
            N_("Say it in theme.yaml alone, as “{there}”, and remove it here."),
            related=[Related(span, Message(N_("theme.yaml is here.")))],
            field=here,
            there=there,
        )


def _cover(kit: Kit, looks: Source) -> Iterator[Diagnostic]:
    """Yield what ``theme.yaml`` and ``kit.yaml`` say differently of the picture on the cover."""
    shown, given = kit.looks.cover, kit.edition.cover
    if shown is None:
        return
    span = looks.span(("cover",))
    pictured = shown.startswith("picture-")
    if pictured and given is None:
        message = N_("The cover is to show a picture, and kit.yaml names none.")
        hint = N_("Name it in kit.yaml, below “cover”, or write “cover: calendar” here.")
        yield Diagnostic.error("S179", span, message, hint)
    elif given and (not pictured or "kind" in given.model_fields_set):
        message = N_("kit.yaml and theme.yaml both say what the cover shows.")
        size = N_("Keep the size of the picture in theme.yaml alone, and remove “kind” here.")
        other = N_("Write “cover: picture-half” or “-full” in theme.yaml, or remove it here.")
        yield Diagnostic.warning(
            "S144",
            kit.source.span(("cover", "kind") if pictured else ("cover",), key=True),
            message,
            size if pictured else other,
            related=[Related(span, Message(N_("theme.yaml is here.")))],
        )


# --- colours ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Pair:
    """A colour that must stand out from others, and where it is given."""

    colour: str
    grounds: tuple[str, ...]
    loc: Loc


def _contrasts(kit: Kit, source: Source) -> Iterator[Diagnostic]:
    told: set[Loc] = set()
    for pair in _pairs(kit):
        weak = min(pair.grounds, key=partial(contrast, pair.colour))
        ratio = contrast(pair.colour, weak)
        if ratio >= SMALL or pair.loc in told:
            continue
        told.add(pair.loc)
        all_grounds = [g for each in _pairs(kit) if each.loc == pair.loc for g in each.grounds]
        better = nearest(pair.colour, tuple(all_grounds)) or nearest(pair.colour, pair.grounds)
        hint = N_("The nearest colour that stands out enough: “{suggestion}”.")
        yield Diagnostic.warning(
            "P301",
            source.span(pair.loc),
            N_("“{colour}” hardly stands out from “{ground}”: {ratio} to 1, and text needs 4.5."),
            hint if better else N_("Choose another of the two colours."),
            colour=pair.colour,
            ground=weak,
            ratio=Message.of(N_("{whole}.{tenth}"), whole=int(ratio), tenth=int(ratio * 10) % 10),
            suggestion=better or "",
        )


def _pairs(kit: Kit) -> Iterator[_Pair]:
    """Yield the colours that the kit gives, with those that they are seen on."""
    own, usual = kit.looks.colours, usual_colours()
    ground = own.ground or usual["ground"]
    accent, ink = own.accent or usual["accent"], own.ink or usual["ink"]
    if own.ground:
        yield _Pair(ground, (WHITE,), ("colours", "ground"))
    if own.accent:
        yield _Pair(accent, (ground, ink), ("colours", "accent"))
    elif own.ground:
        yield _Pair(ground, (accent,), ("colours", "ground"))
    if own.ink:
        yield _Pair(ink, (WHITE,) if own.accent else (WHITE, accent), ("colours", "ink"))
    for number, given in enumerate(own.sections):
        place: Loc = ("colours", "sections", number)
        made = shades(given, ground)
        if given.bright:
            yield _Pair(given.bright, (ground,), (*place, "bright"))
        if given.dark:
            yield _Pair(given.dark, (WHITE, made["tint"]), (*place, "dark"))
        if given.tint:
            others = (ink,) if given.dark else (ink, made["dark"])
            yield _Pair(given.tint, others, (*place, "tint"))


# --- fonts --------------------------------------------------------------------------------------


@dataclass
class _Font:
    """The files of one font of the theme."""

    kit: Kit
    source: Source
    role: str
    cache: Cache

    @property
    def files(self) -> tuple[str, ...]:
        """Their names."""
        names: tuple[str, ...] = getattr(self.kit.looks.fonts, self.role)
        return names

    def faults(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with them."""
        faces: dict[Path, fonts.Face] = {}
        for number, name in enumerate(self.files):
            found = self._face(name)
            if isinstance(found, Diagnostic):
                yield self._at(found, number)
            else:
                faces[found[0]] = found[1]
        if faces and len(faces) == len(set(self.files)):
            yield from self._styles(list(faces.values()))
            yield from self._characters(faces)

    def _at(self, found: Diagnostic, number: int) -> Diagnostic:
        listed = isinstance(self.source.plain(self.source.node(("fonts", self.role))), list)
        loc: Loc = ("fonts", self.role, number) if listed else ("fonts", self.role)
        return replace(found, span=self.source.span(loc))

    def _face(self, name: str) -> tuple[Path, fonts.Face] | Diagnostic:
        """Return a font file and what it is, or what is wrong with it."""
        anywhere = self.source.span(("fonts", self.role))
        path = inside(self.kit.folder, name)
        if path is None:
            return outside(anywhere, name)
        if not is_file(path):
            message = N_("There is no file “{name}” in the kit.")
            hint = N_("Lay the font file into the kit’s folder, and name it from there.")
            return Diagnostic.error("P107", anywhere, message, hint, name=name)
        try:
            return path, fonts.face(path)
        except (Broken, OverLimit) as error:
            message = N_("The font “{name}” cannot be read.")
            usual = Message(N_("Take the file from its maker again: it is damaged, or no font."))
            return Diagnostic.error("P108", anywhere, message, reason(error) or usual, name=name)

    def _styles(self, faces: list[fonts.Face]) -> Iterator[Diagnostic]:
        upright = [face for face in faces if not face.italic]
        there = {
            REGULAR: any(face.variable or face.weight < BOLD for face in upright),
            BOLDER: any(face.variable or face.weight >= BOLD for face in upright),
            ITALIC: any(face.italic for face in faces),
        }
        for message in (message for message, known in there.items() if not known):
            yield Diagnostic.warning(
                "P302",
                self.source.span(("fonts", self.role), key=True),
                message,
                N_("Add its file here: without it, the words that need it look like the others."),
                family=faces[0].family or self.files[0],
            )

    def _characters(self, faces: dict[Path, fonts.Face]) -> Iterator[Diagnostic]:
        known = fonts.characters(faces, self.cache)
        asked = {sign for text in self._texts() for sign in text}
        lacking = [
            sign
            for sign in sorted(asked - known - {prose.PAGE_NUMBER})
            if unicodedata.category(sign) not in (*fonts.INVISIBLE, *SPACES)
        ]
        if lacking:
            yield Diagnostic.warning(
                "P303",
                self.source.span(("fonts", self.role), key=True),
                N_("The font “{family}” lacks “{signs}”, which the kit prints."),
                N_("They come from another font. Take a version of this one that has them."),
                family=next(iter(faces.values())).family or self.files[0],
                signs=" ".join(lacking[:SHOWN]) + (" …" if len(lacking) > SHOWN else ""),
            )

    def _texts(self) -> Iterator[str]:
        """Yield the texts that are set in this font, as far as that is sure."""
        for placed in self._placed():
            if isinstance(placed.value, Prose):
                yield from (each.text for each in prose.paragraphs(placed.written))
            elif isinstance(placed.value, Text) and printed_at(placed.loc):
                yield placed.value

    def _placed(self) -> Iterable[Placed]:
        if self.role == "sans":
            return self.kit.values()
        read = (Editorial, Interview)
        parts = (part for part in self.kit.parts() if isinstance(part.part, read))
        return (each for part in parts for each in part.values() if isinstance(each.value, Prose))
