"""The rules on a finished PDF, which “moip-press verify” reads."""

from __future__ import annotations

from moip_press.report.messages import N_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.error(
        "I300 unreadable-pdf",
        N_("A file is no PDF, or it cannot be read."),
        N_("Nothing can be told of it."),
        "moip-press verify {~~notes.docx~>dossier.pdf~~}",
    ),
    Rule.error(
        "I301 unclaimed-standard",
        N_("A PDF does not say that it is PDF/UA-1 and PDF/A-3a."),
        N_("Readers and archives look there first, and believe no other sign."),
        "moip-press verify {~~imprime~>dossier~~}.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule.error(
        "I302 untagged-pdf",
        N_("A PDF has no tags, or a page that they leave out."),
        N_("Without tags a screen reader reads lines as they happen to lie."),
        "moip-press verify {~~imprime~>dossier~~}.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule.error(
        "I303 headings-of-pdf",
        N_("A PDF has no headings, or they skip a level."),
        N_("Listeners go from heading to heading, as others leaf through pages."),
        "moip-press verify {~~imprime~>dossier~~}.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule.error(
        "I304 untitled-pdf",
        N_("A PDF has no title, or does not show it."),
        N_(
            "The title is the first thing that is read aloud, and what a window and an "
            "archive call the file."
        ),
        "moip-press verify {~~imprime~>dossier~~}.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule.error(
        "I305 language-of-pdf",
        N_("A PDF does not say its language, or not rightly."),
        N_("A screen reader reads French with an English voice where it is not told."),
        "moip-press verify {~~imprime~>dossier~~}.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule.error(
        "I306 font-outside-pdf",
        N_("A PDF does not hold one of its fonts."),
        N_("On another computer it would look otherwise, now or in ten years."),
        "moip-press verify {~~imprime~>dossier~~}.pdf",
        N_("PDF/A-3 (ISO 19005-3): what is kept can be read without anything else."),
    ),
    Rule.error(
        "I307 wordless-picture-of-pdf",
        N_("A picture in a PDF has no words."),
        N_("Listeners learn only that there is a picture."),
        "moip-press verify {~~imprime~>dossier~~}.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule.error(
        "I308 wordless-link-of-pdf",
        N_("A link in a PDF has no words, or no tag."),
        N_("Its address would be read aloud, sign by sign, or nothing."),
        "moip-press verify {~~imprime~>dossier~~}.pdf",
        N_(
            "PDF/UA-1 (ISO 14289-1) and RGAA 4.1, criterion 13.3: documents to download are "
            "accessible."
        ),
    ),
    Rule.error(
        "I309 unsound-attachment",
        N_("A file that travels in a PDF does not say what it is for, or cannot be read."),
        N_("Archives accept a file in a file only if it says so."),
        "moip-press verify {~~imprime~>dossier~~}.pdf",
        N_("PDF/A-3 (ISO 19005-3): what is kept can be read without anything else."),
    ),
    Rule.error(
        "I310 pdf-that-acts",
        N_("A PDF runs something when it is opened."),
        N_("Archives refuse it, and so do careful readers."),
        "moip-press verify {~~formulaire~>dossier~~}.pdf",
        N_("PDF/A-3 (ISO 19005-3): what is kept can be read without anything else."),
    ),
)
