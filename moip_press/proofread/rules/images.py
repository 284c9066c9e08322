"""The rules of family I, images and access."""

from __future__ import annotations

from moip_press.proofread.rules.rule import ERROR, WARNING, Rule
from moip_press.report.messages import N_

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
    Rule(
        "I300",
        "unreadable-pdf",
        ERROR,
        N_("A file is no PDF, or it cannot be read."),
        N_("Nothing can be told of it."),
        "moip-press verify notes.docx",
        "moip-press verify dossier.pdf",
    ),
    Rule(
        "I301",
        "unclaimed-standard",
        ERROR,
        N_("A PDF does not say that it is PDF/UA-1 and PDF/A-3a."),
        N_("Readers and archives look there first, and believe no other sign."),
        "moip-press verify imprime.pdf",
        "moip-press verify dossier.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule(
        "I302",
        "untagged-pdf",
        ERROR,
        N_("A PDF has no tags, or a page that they leave out."),
        N_("Without tags a screen reader reads lines as they happen to lie."),
        "moip-press verify imprime.pdf",
        "moip-press verify dossier.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule(
        "I303",
        "headings-of-pdf",
        ERROR,
        N_("A PDF has no headings, or they skip a level."),
        N_("Listeners go from heading to heading, as others leaf through pages."),
        "moip-press verify imprime.pdf",
        "moip-press verify dossier.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule(
        "I304",
        "untitled-pdf",
        ERROR,
        N_("A PDF has no title, or does not show it."),
        N_(
            "The title is the first thing that is read aloud, and what a window and an "
            "archive call the file."
        ),
        "moip-press verify imprime.pdf",
        "moip-press verify dossier.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule(
        "I305",
        "language-of-pdf",
        ERROR,
        N_("A PDF does not say its language, or not rightly."),
        N_("A screen reader reads French with an English voice where it is not told."),
        "moip-press verify imprime.pdf",
        "moip-press verify dossier.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule(
        "I306",
        "font-outside-pdf",
        ERROR,
        N_("A PDF does not hold one of its fonts."),
        N_("On another computer it would look otherwise, now or in ten years."),
        "moip-press verify imprime.pdf",
        "moip-press verify dossier.pdf",
        N_("PDF/A-3 (ISO 19005-3): what is kept can be read without anything else."),
    ),
    Rule(
        "I307",
        "wordless-picture-of-pdf",
        ERROR,
        N_("A picture in a PDF has no words."),
        N_("Listeners learn only that there is a picture."),
        "moip-press verify imprime.pdf",
        "moip-press verify dossier.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule(
        "I308",
        "wordless-link-of-pdf",
        ERROR,
        N_("A link in a PDF has no words, or no tag."),
        N_("Its address would be read aloud, sign by sign, or nothing."),
        "moip-press verify imprime.pdf",
        "moip-press verify dossier.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule(
        "I309",
        "unsound-attachment",
        ERROR,
        N_("A file that travels in a PDF does not say what it is for, or cannot be read."),
        N_("Archives accept a file in a file only if it says so."),
        "moip-press verify imprime.pdf",
        "moip-press verify dossier.pdf",
        N_("PDF/A-3 (ISO 19005-3): what is kept can be read without anything else."),
    ),
    Rule(
        "I310",
        "pdf-that-acts",
        ERROR,
        N_("A PDF runs something when it is opened."),
        N_("Archives refuse it, and so do careful readers."),
        "moip-press verify formulaire.pdf",
        "moip-press verify dossier.pdf",
        N_("PDF/A-3 (ISO 19005-3): what is kept can be read without anything else."),
    ),
)
