"""Pictures, headings and links for those who cannot see the page, and pictures fit to print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from moip_press.kit.model.blocks import FigureBlock, GalleryBlock
from moip_press.kit.model.edition import CoverPage, Edition, Handout
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.looks import Looks
from moip_press.kit.model.parts import Programme
from moip_press.kit.model.records import Event, Image, Lab, Member, Partner, Person
from moip_press.kit.named_pictures import Pictured, pictured
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule
from moip_press.system.files import inside, is_file
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import SVG, Made

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "I201 no-credit",
        N_("Nobody is named for a photograph."),
        N_("Its author has a right to it, and an editor prints no picture without a name."),
        "image:{~~ {~>\n  ~~}file: images/atelier.jpg{~~, ~>\n  ~~}alt: Un atelier{~~, ~>\n"
        "  ~~}caption: L'atelier de Lille{~~}~>\n  credit: Alix Martin~~}",
        N_("Code de la propriété intellectuelle, article L121-1"),
    ),
    Rule.warning(
        "I202 too-few-pixels",
        N_("A picture is too small for the size at which it is printed."),
        N_("Below 150 dots an inch print is visibly coarse; 300 are good. SVG has no such limit."),
        "image: {file: images/{~~vignette~>original~~}.jpg, alt: Un atelier}  #"
        " {~~320 × 200~>3200 × 2000~~}",
    ),
    Rule.warning(
        "I205 same-words-for-two-pictures",
        N_("Two different pictures are described in the same words."),
        N_("The words were copied with the record, and are wrong for one of the two."),
        "- image: {file: images/lille.jpg, alt: L'atelier de Lille}\n"
        "- image: {file: images/lyon.jpg, alt: L'atelier de {~~Lille~>Lyon~~}}",
        N_("RGAA 4.1, criterion 1.3: alternatives fit their pictures"),
    ),
    Rule.warning(
        "I206 no-caption",
        N_("Nothing says what a photograph shows."),
        N_("Without a caption a picture illustrates nothing, and an editor has to ask."),
        "image:{~~ {~>\n  ~~}file: images/atelier.jpg{~~, ~>\n  ~~}alt: Un atelier{~~, ~>\n"
        "  caption: L'atelier de Lille\n  ~~}credit: Alix Martin{--}--}",
    ),
    Rule.warning(
        "I203 skipped-heading",
        N_("The headings of a text skip a level."),
        N_("Listeners find their way by headings, and take a gap for missing text."),
        "text: |\n  ## Le programme\n\n  ###{--#--} Les ateliers",
        N_("RGAA 4.1, criterion 9.1: headings tell the structure"),
    ),
    Rule.warning(
        "I204 link-that-says-nothing",
        N_("The words of a link do not say where it leads."),
        N_(
            "Screen readers list the links of a document: ten times “here” is no list. The “Find "
            "out more” that the pages add is completed with the title of its event."
        ),
        "text: {~~Le~>Voici [le~~} programme {~~est [ici~>des"
        " labs~~}](https://www.example.org/programme).",
        N_("RGAA 4.1, criterion 6.1, and WCAG 2.2, criterion 2.4.9: links say where they lead"),
    ),
)

LOWEST = 150  # dots an inch: below it, print is visibly coarse
NATURAL = 96  # dots an inch of a picture that is smaller than its place
INCH = 25.4  # millimetres
CREDITED = re.compile(
    r"©|\(c\)|\b(?:photo|crédit|credit|image|picture|visuel|illustration|dessin"
    r"|drawing|cliché)",
    re.IGNORECASE,
)
# The width and height in millimetres that the theme lets a picture have, by what owns it.
PLACES: dict[type, tuple[float, float]] = {
    FigureBlock: (140, 215),
    GalleryBlock: (83, 62),
    Member: (54, 54),
    Person: (40, 215),
    Partner: (48, 22),
    Lab: (83, 215),
    Event: (140, 215),
    Edition: (174, 24),
    Handout: (174, 24),
    CoverPage: (210, 297),
    Programme: (210, 297),
    Looks: (174, 24),
}


def pictures_are_fit_to_print(proof: Proof) -> Iterator[Diagnostic]:
    """Pictures have a credit, a caption and enough pixels, and each has words of its own."""
    pictures = pictured(proof.kit)
    photographs = [each for each in pictures if each.is_photograph and not each.is_decorative]
    yield from _credits(proof.kit, photographs)
    yield from _captions(photographs)
    yield from _sizes(proof, pictures)
    yield from _same_words(pictures)


def _credits(kit: Kit, photographs: Iterable[Pictured]) -> Iterator[Diagnostic]:
    """Yield one finding for the pictures that nobody is named for."""
    message = NP_("“{file}” has no credit.", "“{file}”: {count} pictures have no credit.")
    hint = N_("Name who took it (credit).")
    without = [
        each
        for each in photographs
        if isinstance(each.image, Image) and not is_credited(kit, each.image)
    ]
    yield from together("I201", without, message, hint, lacks="credit")


def is_credited(kit: Kit, image: Image) -> bool:
    """Return whether somebody is named for a picture: by its credit, its caption, or the kit."""
    named = CREDITED.search(f"{image.caption or ''}\n{kit.edition.credits or ''}")
    return bool(image.credit or named)


def _captions(photographs: Iterable[Pictured]) -> Iterator[Diagnostic]:
    """Yield one finding for the figures under which nothing says what they show."""
    message = NP_("“{file}” has no caption.", "“{file}”: {count} pictures have no caption.")
    hint = N_("Add “caption:” with who or what is seen, where and when.")
    without = [
        each
        for each in photographs
        if isinstance(each.owner, FigureBlock | GalleryBlock)
        and not each.owner.title
        and not getattr(each.image, "caption", None)
    ]
    yield from together("I206", without, message, hint, lacks="caption")


def together(
    code: str, found: list[Pictured], message: tuple[str, str], hint: str, *, lacks: str
) -> Iterator[Diagnostic]:
    """Yield one finding for all of the pictures that lack a field, if there are any."""
    if found:
        placed = found[0].placed
        yield finding(
            code,
            placed.source.span((*placed.loc, "file")),
            Message.counted(message, len(found), file=found[0].file),
            hint,
            related=[
                Related(
                    each.placed.source.span((*each.placed.loc, "file")),
                    Message.of(N_("“{file}” too."), file=each.file),
                )
                for each in found[1:]
            ],
            lacks=(*placed.loc, lacks),
        )


def _sizes(proof: Proof, pictures: Iterable[Pictured]) -> Iterator[Diagnostic]:
    """Yield a finding for each picture that is printed with too few dots an inch."""
    intake = Intake(proof.cache)
    for picture in pictures:
        path = inside(proof.kit.folder, picture.file)
        taken = intake.take_file(path) if path and is_file(path) else None
        if not isinstance(taken, Made) or taken.kind == SVG:
            continue
        size = taken.size
        width = printed_width(size, PLACES[type(picture.owner)])
        dots = round(size[0] / width * INCH)
        if dots < LOWEST:
            placed = picture.placed
            yield finding(
                "I202",
                placed.source.span((*placed.loc, "file")),
                N_("“{file}” is coarse in print: {pixels} pixels on {width} mm, {dots} dpi."),
                Message.of(
                    N_("Take the original: at least {pixels} pixels wide."),
                    pixels=round(LOWEST * _full_width(size, PLACES[type(picture.owner)]) / INCH),
                ),
                file=picture.file,
                pixels=size[0],
                width=round(width),
                dots=dots,
            )


def printed_width(size: tuple[int, int], place: tuple[float, float]) -> float:
    """Return how wide a picture is printed in millimetres: as it is, or as its place allows."""
    return min(size[0] / NATURAL * INCH, _full_width(size, place))


def _full_width(size: tuple[int, int], place: tuple[float, float]) -> float:
    return min(place[0], place[1] * size[0] / size[1])


def _same_words(pictures: Iterable[Pictured]) -> Iterator[Diagnostic]:
    """Yield a finding for different pictures that are described in the same words."""
    by_words: dict[str, list[Pictured]] = {}
    for picture in pictures:
        if picture.image.alt and not picture.is_decorative:
            by_words.setdefault(" ".join(picture.image.alt.lower().split()), []).append(picture)
    for found in by_words.values():
        others = [each for each in found if each.file != found[0].file]
        if others:
            placed, first = others[0].placed, found[0].placed
            yield finding(
                "I205",
                placed.source.span((*placed.loc, "alt")),
                N_("“{alt}” stands for another picture too."),
                N_("Say what tells the two pictures apart."),
                alt=str(others[0].image.alt),
                related=[
                    Related(
                        first.source.span((*first.loc, "alt")),
                        Message.of(N_("Here it stands for “{file}”."), file=found[0].file),
                    )
                ],
            )


DEEPEST_FIRST = 3  # a text stands under the title of its part, and of its block


def headings_step_by_step(proof: Proof) -> Iterator[Diagnostic]:
    """Below a heading comes the next level, and a text begins with a high one."""
    headings = (each for each in proof.passages if each.paragraph.kind == "heading")
    for _, group in groupby(headings, key=lambda each: (each.source.name, each.loc)):
        above: Passage | None = None
        for heading in group:
            level = heading.paragraph.level
            if above is None and level > DEEPEST_FIRST:
                yield finding(
                    "I203",
                    heading.span(),
                    N_("This text begins with a heading of the level “{signs}”."),
                    N_("Write “##” before the first headings of a text."),
                    signs="#" * level,
                )
            elif above is not None and level > above.paragraph.level + 1:
                yield _skipped(above, heading)
            above = heading


def _skipped(above: Passage, heading: Passage) -> Diagnostic:
    level = above.paragraph.level
    return finding(
        "I203",
        heading.span(),
        N_("This heading skips a level: “{signs}” below “{above}”."),
        Message.of(N_("Write “{signs}” before it."), signs="#" * (level + 1)),
        signs="#" * heading.paragraph.level,
        above="#" * level,
        related=[Related(above.span(), Message(N_("The heading above it.")))],
    )


_SAY_NOTHING = (
    "ici|là|par ici|cliquez ici|cliquer ici|clique ici|cliquez|cliquez là|clic|lien|ce lien"
    "|le lien|via ce lien|sur ce lien|cliquez sur ce lien|lire la suite|la suite|suite"
    "|en savoir plus|pour en savoir plus|savoir plus|en savoir +|plus d'informations"
    "|plus d'information|plus d'infos|plus d'info|+ d'infos|+ d'info|infos|info|plus"
    "|voir plus|voir|lire|lire plus|découvrir|consulter|accéder|détails|détail|voir le détail"
    "|cette page|la page|page|cet article|ce site|à cette adresse|cette adresse|télécharger"
    "|here|click here|click|clicking here|this link|the link|link|follow this link|read more"
    "|more|learn more|find out more|see more|more info|more information|more details|details"
    "|this page|this site|this article|continue|continue reading|go|download|view|see|see here"
)
LONGEST = 200  # characters: longer words say something
SAY_NOTHING = frozenset(_SAY_NOTHING.split("|"))
ROUND = re.compile(r"^[\s«“\"(\[>→»›.…:!]+|[\s»”\")\]>→›.…:!]+$")


def links_speak_for_themselves(proof: Proof) -> Iterator[Diagnostic]:
    """The words of a link tell where it leads: one finding a kit."""
    found: list[tuple[str, Span]] = []
    for passage in proof.passages:
        for stretch in passage.stretches:
            if stretch.kind != "link" or stretch.end - stretch.start > LONGEST:
                continue
            words = passage.text[stretch.start : stretch.end]
            plain = ROUND.sub("", " ".join(words.replace("’", "'").lower().split()))
            if plain in SAY_NOTHING:
                found.append((words, passage.span(stretch.start, stretch.end)))
    if found:
        words, span = found[0]
        message = NP_(
            "“{words}” does not say where this link leads.",
            "“{words}”: {count} links do not say where they lead.",
        )
        yield finding(
            "I204",
            span,
            Message.counted(message, len(found), words=words),
            N_("Make a link of the words that name its goal: “the programme”."),
            related=[
                Related(place, Message.of(N_("Here it is “{words}”."), words=other))
                for other, place in found[1:]
            ],
        )


FINDERS: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (
    pictures_are_fit_to_print,
    headings_step_by_step,
    links_speak_for_themselves,
)
