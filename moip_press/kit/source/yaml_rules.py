"""The rules of family Y: what cannot be YAML, or would not be read as it was meant."""

from __future__ import annotations

from moip_press.report.messages import N_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.error(
        "Y101 wrong-encoding",
        N_("A file is not saved as UTF-8."),
        N_(
            "In another encoding, accents and quotation marks turn into other characters, and "
            "nobody can tell which were meant."
        ),
        "Enregistrer sous… Encodage : {~~ANSI (Windows-1252)~>UTF-8~~}",
    ),
    Rule.error(
        "Y102 wide-encoding",
        N_("A file is saved as UTF-16 or UTF-32."),
        N_(
            "Some editors call this encoding “Unicode”; the files of a kit are UTF-8, so "
            "that every program reads them alike."
        ),
        "Enregistrer sous… Encodage : {~~Unicode (UTF-16)~>UTF-8~~}",
    ),
    Rule.error(
        "Y103 not-a-text-file",
        N_("A file of the kit is not a text file."),
        N_(
            "A picture, a PDF or a Word document cannot be read as data: its text must be"
            " copied into a YAML file."
        ),
        "# kit.yaml\nchapters:\n  - programme.{~~docx~>yaml~~}",
    ),
    Rule.error(
        "Y104 large-file",
        N_("A file is larger than what is read."),
        N_(
            "No part of a press kit is that long: it is likely another file, and reading "
            "it would keep everybody waiting."
        ),
        "programme{++/labs++}.yaml : {~~25 Mo~>30 ko\nprogramme/operateurs.yaml : 45 ko~~}",
    ),
    Rule.error(
        "Y105 empty-file",
        N_("A file is empty, or holds only comments."),
        N_(
            "A file that a kit names becomes a part of the dossier: with nothing in it, "
            "there is nothing to print."
        ),
        "{~~#~>type: programme\ntitle:~~} Le programme{~~ viendra ici.~>\nevents:\n"
        "  - {title: Portes ouvertes, when: 16 novembre}~~}",
    ),
    Rule.error(
        "Y106 control-character",
        N_("An invisible control character stands in a text."),
        N_(
            "It comes along when text is pasted from another program; it would print as "
            "an empty box, or break a word."
        ),
        '- title: "Portes{~~\\aouvertes~> ouvertes~~}"\n  when: 16 novembre',
        fixable=True,
    ),
    Rule.warning(
        "Y107 lost-character",
        N_("A character was lost: “\ufffd” stands in its place."),
        N_(
            "A program that did not know the file's encoding left this character; the letter "
            "that it stands for must be typed again."
        ),
        "- title: {~~Journ�e~>Journée~~} portes ouvertes\n  when: 16 novembre",
    ),
    Rule.warning(
        "Y108 line-separator",
        N_("An invisible line separator stands in a text."),
        N_(
            "Word processors and web pages leave it where a line was broken by hand; the "
            "words beside it may run together."
        ),
        "- title: Portes ouvertes{~~\u2028~> ~~}à la médiathèque\n  when: 16 novembre",
        fixable=True,
    ),
    Rule.error(
        "Y111 tab",
        N_("A tab indents a line."),
        N_(
            "How wide a tab is depends on the editor, so that YAML cannot tell what the "
            "line belongs to."
        ),
        "- title: Portes ouvertes\n{~~\t~>  ~~}when: 16 novembre",
    ),
    Rule.error(
        "Y112 indentation",
        N_("A line is not indented like its neighbours."),
        N_(
            "The indentation says what a field belongs to: the fields of one event all "
            "begin in the same column."
        ),
        "- title: Portes ouvertes\n{~~   ~>  ~~}when: 16 novembre",
    ),
    Rule.error(
        "Y113 colon-in-text",
        N_("A text without quotation marks holds a colon and a space."),
        N_(
            "For YAML a colon and a space end the name of a field; between straight "
            "quotation marks they are text."
        ),
        '- title: {++"++}Portes ouvertes : entrez{++"++}\n  when: 16 novembre',
        fixable=True,
    ),
    Rule.error(
        "Y114 cut-text",
        N_("A text is cut where “#” follows a space."),
        N_(
            "For YAML the rest of the line is a comment: it would silently be missing "
            "from the dossier."
        ),
        '- title: {++"++}Rencontre #6{++"++}\n  when: 16 novembre',
        fixable=True,
    ),
    Rule.error(
        "Y115 open-quotation-marks",
        N_("Quotation marks are opened and not closed."),
        N_("The text goes on until the next quotation mark and swallows the fields below it."),
        '- title: "Portes ouvertes{++"++}\n  when: 16 novembre',
    ),
    Rule.error(
        "Y116 text-after-quotation-marks",
        N_("A text goes on after its closing quotation mark."),
        N_(
            "Quotation marks at the beginning hold the whole text; marks that are to be "
            "printed go inside."
        ),
        '- title: {~~"~>«\xa0~~}Portes ouvertes{~~"~>\xa0»~~} au musée\n  when: 16 novembre',
        fixable=True,
    ),
    Rule.error(
        "Y117 sign-of-yaml",
        N_("A text begins with a character that YAML reserves."),
        N_(
            "Characters such as @, *, &, % or [ mean something else at the beginning of a "
            "value; between quotation marks they are text."
        ),
        '- title: {++"++}@Paris, un mois{++"++}\n  organisers: [CNFPT]\n  when: 16 novembre',
        fixable=True,
    ),
    Rule.error(
        "Y118 missing-space",
        N_("A space is missing after a colon or a hyphen."),
        N_("Without the space, the name of the field and its value are read as one word."),
        "- title:{++ ++}Portes ouvertes\n  when: 16 novembre",
        fixable=True,
    ),
    Rule.error(
        "Y119 open-bracket",
        N_("A bracket is not closed, or holds what cannot be read."),
        N_(
            "Brackets hold a list and braces hold fields; all that follows is taken for "
            "their content until they close."
        ),
        "- title: Portes ouvertes\n  organisers: [CNFPT, DITP{++]++}\n  when: 16 novembre",
    ),
    Rule.error(
        "Y120 backslash",
        N_("A backslash stands between double quotation marks."),
        N_(
            "There it begins an abbreviation of YAML, such as \\n for a new line; single "
            "quotation marks leave it as it is."
        ),
        "- title: {~~\"~>'~~}Le dossier \\partage{~~\"~>'~~}\n  when: 16 novembre",
    ),
    Rule.error(
        "Y121 no-break-space",
        N_("A no-break space stands where YAML wants an ordinary one."),
        N_(
            "It looks the same, but does not separate the name of a field from its value;"
            " some keyboards type it unasked."
        ),
        "- title:{~~\xa0~> ~~}Portes ouvertes\n  when: 16 novembre",
        fixable=True,
    ),
    Rule.error(
        "Y122 missing-colon",
        N_("A line is neither a field nor part of the text above it."),
        N_(
            "A field needs a colon after its name; a text that goes on over several lines"
            " is indented."
        ),
        "- title: Portes ouvertes\n  text: {++|\n    ++}Venez nombreux\n"
        "{~~  ~>    ~~}à la médiathèque.\n  when: 16 novembre",
    ),
    Rule.error(
        "Y123 comment-in-text",
        N_("A comment interrupts a text."),
        N_(
            "A text without quotation marks ends at a comment, so that its next line "
            "belongs to nothing."
        ),
        "- title: Portes ouvertes\n  {++# à confirmer\n"
        "  ++}text: Un atelier{-- # à confirmer--}\n    et une conférence.\n"
        "  when: 16 novembre",
    ),
    Rule.error(
        "Y131 duplicate-field",
        N_("A field stands twice in the same place."),
        N_("Only one of the two can count, and YAML would silently keep the last."),
        "- title: Portes ouvertes\n  when: 16 {~~novembre\n  when:~>et~~} 17 novembre",
    ),
    Rule.error(
        "Y132 yaml-reference",
        N_("A reference within YAML, such as “&day” or “*day”."),
        N_(
            "Such references are for programmers: whoever corrects one place would change"
            " others without seeing them."
        ),
        "- title: Portes ouvertes\n  when: {~~*jour~>16 novembre~~}",
    ),
    Rule.error(
        "Y133 yaml-tag",
        N_("A tag of YAML, such as “!!str”."),
        N_(
            "Tags tell programs how to read a value, and some would run code; here the "
            "field says what its text means."
        ),
        "- title:{-- !!str--} Portes ouvertes\n  when: 16 novembre",
    ),
    Rule.error(
        "Y134 yaml-merge",
        N_("Fields are merged with “<<”."),
        N_("What stands elsewhere would be added here unseen; each record says all of itself."),
        "- {--<<: {--}title: Portes ouvertes{--}--}\n  when: 16 novembre",
    ),
    Rule.error(
        "Y135 second-document",
        N_("A second document begins in a file."),
        N_(
            "A line of three hyphens ends a document for YAML: what follows it would never be read."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n-{----\n---} title: Rencontre\n"
        "  when: 17 novembre",
    ),
    Rule.error(
        "Y136 nameless-field",
        N_("The name of a field is missing, or is not a word."),
        N_("Without its name, nobody can tell where the value is to be printed."),
        "- {++title++}: Portes ouvertes\n  when: 16 novembre",
    ),
    Rule.error(
        "Y137 deep-nesting",
        N_("Lists and fields are nested too deep."),
        N_(
            "No kit needs so many levels: brackets or hyphens were typed by accident, or "
            "the file comes from elsewhere."
        ),
        "- title:"
        " {~~[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[~>Portes ouvertes~~}\n"
        "  when: 16 novembre",
    ),
    Rule.error(
        "Y138 too-many-values",
        N_("A file holds more values than are read."),
        N_(
            "A section of a press kit holds some dozens of events; divide more of them among "
            "several files, a part each."
        ),
        "programme{++/labs++}.yaml : {~~50 000~>60~~} événements{++\n"
        "programme/operateurs.yaml : 40 événements++}",
    ),
    Rule.error(
        "Y199 unreadable-yaml",
        N_("A file cannot be read from some place on."),
        N_("The characters there mean something to YAML that does not fit what comes before."),
        "- {title: Portes ouvertes, when: 16 novembre{~~} confirmé~>, status: confirmed}~~}",
    ),
)
