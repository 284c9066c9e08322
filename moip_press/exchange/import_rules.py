"""The rules of family M: what is wrong with an imported file, and what an import changes.

Their examples are tables in CSV, as they are imported into a kit of November 2021 whose sections
are ``etat`` and ``labs``.
"""

from __future__ import annotations

from moip_press.report.messages import N_
from moip_press.report.rule import ERROR, WARNING, Rule

RIGHT = "Titre;Date;Rubrique\nAtelier;16 novembre;etat"

RULES: tuple[Rule, ...] = (
    Rule(
        "M101",
        "other-file",
        ERROR,
        N_("A file that is imported is not what its name says, or of a kind that is not read."),
        N_("What cannot be read as a whole is not guessed at: nothing of it is imported."),
        "programme.xls",
        "programme.xlsx",
    ),
    Rule(
        "M102",
        "broken-file",
        ERROR,
        N_("A file that is imported is not whole."),
        N_("Half of a file may be read as something that it does not say."),
        'Titre;Date\n"Atelier;16 novembre',
        'Titre;Date\n"Atelier";16 novembre',
    ),
    Rule(
        "M103",
        "swelling-file",
        ERROR,
        N_("A workbook unpacks to far more than its size lets expect."),
        N_(
            "A workbook of a few kilobytes can unfold to gigabytes, and stop the computer: it is "
            "not opened."
        ),
        "programme.xlsx: 40 kB → 4 GB",
        "programme.xlsx: 40 kB → 400 kB",
    ),
    Rule(
        "M104",
        "too-large-file",
        ERROR,
        N_("A file that is imported is larger than what is read."),
        N_("What takes minutes to read is hardly the programme of a month: look at what it holds."),
        "programme.csv: 2 000 000 lignes",
        "programme.csv: 2 000 lignes",
    ),
    Rule(
        "M105",
        "no-records",
        ERROR,
        N_("Nothing in a file that is imported can be told for events."),
        N_("Columns are known by their headings: without a title among them there is no event."),
        "Atelier;16 novembre;etat",
        RIGHT,
    ),
    Rule(
        "M201",
        "untitled-record",
        ERROR,
        N_("A record has no title."),
        N_("An event is printed, and found again, by its title."),
        "Titre;Date;Rubrique\n;16 novembre;etat",
        RIGHT,
    ),
    Rule(
        "M202",
        "undated-record",
        ERROR,
        N_("A record has no date that can be read without doubt."),
        N_("A date that is guessed sends readers to a closed door."),
        "Titre;Date;Rubrique\nAtelier;31 novembre;etat",
        RIGHT,
    ),
    Rule(
        "M203",
        "no-such-section",
        ERROR,
        N_("A record says that it belongs to a section that the kit does not have."),
        N_("An event is printed in one section of the programme, and nowhere else."),
        "Titre;Date;Rubrique\nAtelier;16 novembre;divers",
        RIGHT,
    ),
    Rule(
        "M204",
        "faulty-cell",
        WARNING,
        N_("A cell holds an error, or a formula without its value."),
        N_("What a spreadsheet could not work out cannot be printed."),
        "Titre;Date;Rubrique;Lieu\nAtelier;16 novembre;etat;#REF!",
        "Titre;Date;Rubrique;Lieu\nAtelier;16 novembre;etat;Mairie",
    ),
    Rule(
        "M205",
        "same-key",
        ERROR,
        N_("Two rows have one and the same key."),
        N_("By its key a row is found again in the kit: two rows cannot be one event."),
        "Identifiant;Titre;Date\natelier;Atelier;16 novembre\natelier;Visite;17 novembre",
        "Identifiant;Titre;Date\natelier;Atelier;16 novembre\n;Visite;17 novembre",
    ),
    Rule(
        "M301",
        "unknown-heading",
        WARNING,
        N_("A column has a heading that is not known."),
        N_("What stands in it is not imported; kit.yaml can say once what it means."),
        "Titre;Date;Rubrique;Jauge\nAtelier;16 novembre;etat;20",
        RIGHT,
    ),
    Rule(
        "M302",
        "double-heading",
        WARNING,
        N_("Two columns have headings of one meaning."),
        N_("Which of both counts is for you to say: the first one is read."),
        "Titre;Date;Ville;Commune\nAtelier;16 novembre;Rennes;Brest",
        "Titre;Date;Ville\nAtelier;16 novembre;Rennes",
    ),
    Rule(
        "M303",
        "mapped-to-no-field",
        WARNING,
        N_("A heading is mapped in kit.yaml to a field that there is not."),
        N_("Until it names a field, the column is not read."),
        "# kit.yaml\nimports:\n  columns:\n    Intitulé court: titre",
        "# kit.yaml\nimports:\n  columns:\n    Intitulé court: title",
    ),
    Rule(
        "M304",
        "unread-sheet",
        WARNING,
        N_("A sheet of a workbook is not read."),
        N_("It has no headings that are known, while another sheet has: it may hold events too."),
        "programme.xlsx: Événements, Feuil2 (Atelier | 16 novembre)",
        "programme.xlsx: Événements, Feuil2 (Titre | Date)",
    ),
    Rule(
        "M401",
        "unprintable-signs",
        WARNING,
        N_("A text holds signs that cannot be printed."),
        N_("No font of the kit has them: they are left out, and the words beside them stay."),
        "Titre;Date;Rubrique\n🎉 Atelier;16 novembre;etat",
        RIGHT,
    ),
    Rule(
        "M402",
        "unread-value",
        WARNING,
        N_("A value cannot be read, and is left out."),
        N_("The record is imported without it; it may be missed in print."),
        "Titre;Date;Horaires\nAtelier;16 novembre;le matin",
        "Titre;Date;Horaires\nAtelier;16 novembre;9 h à 12 h",
    ),
    Rule(
        "M403",
        "simpler-date",
        WARNING,
        N_("A date says more than the date of an event can."),
        N_(
            "The times of an event hold for each of its days: what differs stands in a note, or "
            "is left out, so that nothing false is printed."
        ),
        "Titre;Date\nAtelier;16 novembre 9 h à 12 h et 17 novembre 14 h à 16 h",
        "Titre;Date\nAtelier;16 et 17 novembre 9 h à 12 h",
    ),
    Rule(
        "M404",
        "outside-period",
        WARNING,
        N_("A record takes place outside the period of the kit."),
        N_("It may be of another year, or of another campaign."),
        "Titre;Date;Rubrique\nAtelier;16 novembre 2019;etat",
        RIGHT,
    ),
    Rule(
        "M405",
        "other-language",
        WARNING,
        N_("A record is not told in the language of the kit."),
        N_("It is imported as it is told, with its language, so that it is read aloud rightly."),
        "title: {en: Workshop}",
        "title: {fr: Atelier, en: Workshop}",
    ),
    Rule(
        "M406",
        "other-weekday",
        WARNING,
        N_("A date is written with a weekday that it does not fall on."),
        N_("Either the day or the weekday is wrong: the day is imported."),
        "Titre;Date;Rubrique\nAtelier;lundi 16 novembre;etat",
        "Titre;Date;Rubrique\nAtelier;mardi 16 novembre;etat",
    ),
    Rule(
        "M407",
        "other-time-zone",
        WARNING,
        N_("The times of a record are those of another time zone."),
        N_("Readers who follow it online would come at the wrong hour."),
        "DTSTART;TZID=America/New_York:20211116T090000",
        "DTSTART;TZID=Europe/Paris:20211116T150000",
    ),
    Rule(
        "M408",
        "withheld-record",
        WARNING,
        N_("A record is private, or was refused, at its source."),
        N_("What its owners do not publish is not imported."),
        "CLASS:PRIVATE",
        "CLASS:PUBLIC",
    ),
    Rule(
        "M501",
        "damaged-memory",
        ERROR,
        N_("What earlier imports left behind (imports.json) cannot be used."),
        N_(
            "Without it nobody can tell what the team edited from what the source changed: nothing "
            "is imported before it is there again, or gone."
        ),
        'imports.json : {"version": 1, "sources":',
        'imports.json : {"version": 1, "sources": {}}',
    ),
    Rule(
        "M503",
        "doubtful-record",
        WARNING,
        N_("A record that is imported could be one that the kit has, or stands twice in its file."),
        N_("Two events made one, or one made two, are hard to find again: nothing is guessed."),
        "Titre;Date;Rubrique\nPortes ouvertes;16 novembre;labs",
        "Identifiant;Titre;Date;Rubrique\nportes-labase;Portes ouvertes;16 novembre;labs",
    ),
    Rule(
        "M504",
        "no-section",
        ERROR,
        N_("A new event does not say in which section it goes."),
        N_(
            "A kit with several sections prints each event in one of them, and nobody can guess "
            "which."
        ),
        "Titre;Date;Rubrique\nAtelier;16 novembre;",
        "Titre;Date;Rubrique\nAtelier;16 novembre;etat",
    ),
    Rule(
        "M505",
        "new-chapter",
        ERROR,
        N_("A row of a table would begin a new chapter."),
        N_("Where a chapter stands, and on which page it begins, is decided in kit.yaml."),
        "Identifiant;Titre\n;Un nouvel éditorial",
        "Identifiant;Titre\nedito;L'éditorial, relu",
    ),
    Rule(
        "M506",
        "impossible-value",
        ERROR,
        N_("A value that is imported is none that the kit could be read with."),
        N_("The kit must be buildable after every import: what would break it stays out."),
        "Titre;Date;Lien\nAtelier;16 novembre;ftp://example.org",
        "Titre;Date;Lien\nAtelier;16 novembre;https://example.org",
    ),
    Rule(
        "M507",
        "no-exact-edit",
        ERROR,
        N_("A change cannot be written without changing anything else in the file."),
        N_(
            "Comments, order and layout are the team's: where a value cannot be put in its place "
            "exactly, it is left to a hand."
        ),
        "? title\n: Atelier",
        "title: Atelier",
    ),
    Rule(
        "M508",
        "stale-list",
        ERROR,
        N_("A change that was ticked is none any more: the kit or the source has changed since."),
        N_("What is written is what somebody saw and ticked, never something else."),
        "moip-press import programme.csv --apply liste-de-lundi.html",
        "moip-press import programme.csv --report liste.html",
    ),
    Rule(
        "M509",
        "no-list",
        ERROR,
        N_("A file that is given to --apply is no list of changes."),
        N_("Nobody has ticked anything in it: nothing is written."),
        "moip-press import programme.csv --apply programme.csv",
        "moip-press import programme.csv --apply liste.html",
    ),
    Rule(
        "M510",
        "no-answer",
        ERROR,
        N_("A cell of a list of changes says neither yes nor no."),
        N_("A decision that is not understood is not guessed."),
        "Reprendre : peut-être",
        "Reprendre : oui",
    ),
)
