"""The rules of family I, images and access."""

from __future__ import annotations

from moip_press.messages import N_
from moip_press.rules.rule import ERROR, WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "I101",
        "missing-picture",
        ERROR,
        N_("A picture is not in the kit."),
        N_("Its place would stay empty; a picture that is still awaited is marked “pending: yes”."),
        "- type: figure\n  image: {file: afiche.png, alt: L'affiche du mois}",
        "- type: figure\n  image: {file: affiche.png, alt: L'affiche du mois, pending: yes}",
    ),
    Rule(
        "I102",
        "picture-without-file",
        ERROR,
        N_("A picture has no file."),
        N_("There is nothing to print; a picture that is still awaited is marked “pending: yes”."),
        "- type: figure\n  image: {alt: L'affiche du mois}",
        "- type: figure\n  image: {alt: L'affiche du mois, pending: yes}",
    ),
    Rule(
        "I103",
        "unreadable-picture",
        ERROR,
        N_("A picture cannot be read."),
        N_("The file is damaged, or its name promises another kind of picture than it holds."),
        (
            "- type: figure\n"
            "  image: {file: affiche.jpg, alt: L'affiche du mois}  # un document Word renommé"
        ),
        "- type: figure\n  image: {file: affiche.jpg, alt: L'affiche du mois}  # une image JPEG",
    ),
    Rule(
        "I104",
        "picture-without-words",
        WARNING,
        N_("A picture has no words for those who cannot see it."),
        N_(
            "Screen readers speak these words in its place; without them, listeners learn"
            " only that there is a picture."
        ),
        "- type: figure\n  image: {file: affiche.png}",
        "- type: figure\n  image: {file: affiche.png, alt: Des agents autour d'une table}",
        N_("RGAA 4.1, criterion 1.1: an image that carries information has a text alternative."),
    ),
    Rule(
        "I201",
        "no-credit",
        WARNING,
        N_("Nobody is named for a photograph."),
        N_("Its author has a right to it, and an editor prints no picture without a name."),
        "image: {file: images/atelier.jpg, alt: Un atelier, caption: L'atelier de Lille}",
        "image:\n  file: images/atelier.jpg\n  alt: Un atelier\n  caption: L'atelier de Lille\n"
        "  credit: Alix Martin",
        N_("Code de la propriété intellectuelle, article L121-1"),
    ),
    Rule(
        "I202",
        "too-few-pixels",
        WARNING,
        N_("A picture is too small for the size at which it is printed."),
        N_("Below 150 dots an inch print is visibly coarse; 300 are good. SVG has no such limit."),
        "image: {file: images/vignette.jpg, alt: Un atelier}  # 320 × 200",
        "image: {file: images/original.jpg, alt: Un atelier}  # 3200 × 2000",
    ),
    Rule(
        "I203",
        "skipped-heading",
        WARNING,
        N_("The headings of a text skip a level."),
        N_("Who listens finds the way by headings, and takes a gap for a text that is missing."),
        "text: |\n  ## Le programme\n\n  #### Les ateliers",
        "text: |\n  ## Le programme\n\n  ### Les ateliers",
        N_("RGAA 4.1, criterion 9.1: headings tell the structure"),
    ),
    Rule(
        "I204",
        "link-that-says-nothing",
        WARNING,
        N_("The words of a link do not say where it leads."),
        N_(
            "Screen readers list the links of a document: ten times “here” is no list. The “Find "
            "out more” that the pages add is completed with the title of its event."
        ),
        "text: Le programme est [ici](https://www.example.org/programme).",
        "text: Voici [le programme des labs](https://www.example.org/programme).",
        N_("RGAA 4.1, criterion 6.1, and WCAG 2.2, criterion 2.4.9: links say where they lead"),
    ),
    Rule(
        "I205",
        "same-words-for-two-pictures",
        WARNING,
        N_("Two different pictures are described in the same words."),
        N_("The words were copied with the record, and are wrong for one of the two."),
        "- image: {file: images/lille.jpg, alt: L'atelier de Lille}\n"
        "- image: {file: images/lyon.jpg, alt: L'atelier de Lille}",
        "- image: {file: images/lille.jpg, alt: L'atelier de Lille}\n"
        "- image: {file: images/lyon.jpg, alt: L'atelier de Lyon}",
        N_("RGAA 4.1, criterion 1.3: alternatives fit their pictures"),
    ),
    Rule(
        "I206",
        "no-caption",
        WARNING,
        N_("Nothing says what a photograph shows."),
        N_("Without a caption a picture illustrates nothing, and an editor has to ask."),
        "image: {file: images/atelier.jpg, alt: Un atelier, credit: Alix Martin}",
        "image:\n  file: images/atelier.jpg\n  alt: Un atelier\n  caption: L'atelier de Lille\n"
        "  credit: Alix Martin",
    ),
)
