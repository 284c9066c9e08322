"""The rules of family M: what is wrong with an imported file, and what an import changes.

Their examples are tables in CSV, as they are imported into a kit of November 2021 whose sections
are ``etat`` and ``labs``.
"""

from __future__ import annotations

from moip_press.report.messages import N_
from moip_press.report.rule import Rule

RIGHT = "Titre;Date;Rubrique\nAtelier;16 novembre;etat"

RULES: tuple[Rule, ...] = (
    Rule.error(
        "M101 other-file",
        N_("A file that is imported is not what its name says, or of a kind that is not read."),
        N_("What cannot be read as a whole is not guessed at: nothing of it is imported."),
        "programme.{~~xls~>xlsx~~}",
    ),
    Rule.error(
        "M102 broken-file",
        N_("A file that is imported is not whole."),
        N_("Half of a file may be read as something that it does not say."),
        'Titre;Date\n"Atelier{++"++};16 novembre',
    ),
    Rule.error(
        "M103 swelling-file",
        N_("A workbook unpacks to far more than its size lets expect."),
        N_(
            "A workbook of a few kilobytes can unfold to gigabytes, and stop the computer: it is "
            "not opened."
        ),
        "programme.xlsx: 40 kB → {~~4 GB~>400 kB~~}",
    ),
    Rule.error(
        "M104 too-large-file",
        N_("A file that is imported is larger than what is read."),
        N_("What takes minutes to read is hardly the programme of a month: look at what it holds."),
        "programme.csv: 2 000 {--000 --}lignes",
    ),
    Rule.error(
        "M105 no-records",
        N_("Nothing in an imported file can be recognised as events."),
        N_("Columns are known by their headings: without a title among them there is no event."),
        "{++Titre;Date;Rubrique\n++}Atelier;16 novembre;etat",
    ),
    Rule.error(
        "M106 other-kind",
        N_("A file that is imported is of a kind that is not read."),
        N_("It is named with a way out: events can be exported as a table or calendar."),
        "programme.{~~xml~>json~~}",
    ),
    Rule.warning(
        "M201 untitled-record",
        N_("A record has no title: it is left out."),
        N_("An event is printed, and found again, by its title. The others are imported."),
        "Titre;Date;Rubrique\n{++Atelier++};16 novembre;etat",
    ),
    Rule.error(
        "M202 undated-record",
        N_("A record has no date that can be read without doubt."),
        N_("A date that is guessed sends readers to a closed door."),
        "Titre;Date;Rubrique\nAtelier;{~~31~>16~~} novembre;etat",
    ),
    Rule.error(
        "M203 no-such-section",
        N_("A record says that it belongs to a section that the kit does not have."),
        N_("An event is printed in one section of the programme, and nowhere else."),
        "Titre;Date;Rubrique\nAtelier;16 novembre;{~~divers~>etat~~}",
    ),
    Rule.warning(
        "M204 faulty-cell",
        N_("A cell holds an error, or a formula without its value."),
        N_("What a spreadsheet could not work out cannot be printed."),
        "Titre;Date;Rubrique;Lieu\nAtelier;16 novembre;etat;{~~#REF!~>Mairie~~}",
    ),
    Rule.error(
        "M205 same-key",
        N_("Two rows have one and the same key."),
        N_("By its key a row is found again in the kit: two rows cannot be one event."),
        "Identifiant;Titre;Date\natelier;Atelier;16 novembre\n{--atelier--};Visite;17 novembre",
    ),
    Rule.warning(
        "M206 differing-dates",
        N_("The columns of a row say different dates."),
        N_("The first and last day in columns of their own count, since they have their year."),
        "Titre;Date;Date de début;Date de fin;Rubrique\n"
        "Atelier;{~~16 novembre~>18 et 19 novembre~~};2021-11-18;2021-11-19;etat",
    ),
    Rule.warning(
        "M208 title-alone",
        N_("A row has nothing but a title, in a table that says the day above its rows."),
        N_("It heads the rows below, or somebody forgot its hours: nothing is made of it."),
        "Titre;Horaires;Rubrique\n16 novembre;;\n{--Ateliers;;\n--}Reliure;9 h;etat",
    ),
    Rule.warning(
        "M209 day-of-the-row-above",
        N_("A row has hours, and no day of its own."),
        N_("In many tables the day stands in the first of its rows only: look whether it is so."),
        "Titre;Date;Horaires;Rubrique\nAtelier;16 novembre;9 h;etat\n"
        "Visite;{++16 novembre++};14 h;etat",
    ),
    Rule.warning(
        "M210 differing-rows",
        N_("The rows of one event, a session each, say different things of the event."),
        N_("What an event says holds for all its sessions: of two different values, one is wrong."),
        "Identifiant;Section;Titre;Date et heure;Thème\natelier;etat;Atelier;16 novembre;Bois\n"
        "atelier;etat;Atelier;17 novembre;{~~Fer~>Bois~~}",
    ),
    Rule.warning(
        "M211 title-in-several-rows",
        N_("A title stands in several rows that differ in more than a session can."),
        N_(
            "Rows that differ in date, place, price or status alone are sessions of one event; "
            "others may be several events, and stay apart."
        ),
        "Titre;Date;Description;Rubrique\nAtelier;16 novembre;Du bois.;etat\n"
        "Atelier;17 novembre;{~~Du fer~>Du bois~~}.;etat",
    ),
    Rule.warning(
        "M301 unknown-heading",
        N_("A column has a heading that is not known."),
        N_("What stands in it is not imported; kit.yaml can say once what it means."),
        "Titre;Date;Rubrique{--;Parking--}\nAtelier;16 novembre;etat{--;20--}",
    ),
    Rule.warning(
        "M302 double-heading",
        N_("Two columns have headings of one meaning."),
        N_("Which of both counts is for you to say: the first one is read."),
        "Titre;Date;Ville{--;Commune--}\nAtelier;16 novembre;Rennes{--;Brest--}",
    ),
    Rule.warning(
        "M303 mapped-to-no-field",
        N_("A heading is mapped in kit.yaml to a field that there is not."),
        N_("Until it names a field, the column is not read."),
        "# kit.yaml\nimports:\n  columns:\n    Intitulé court: {~~titre~>title~~}",
    ),
    Rule.warning(
        "M304 unread-sheet",
        N_("A sheet of a workbook is not read."),
        N_("It has no headings that are known, while another sheet has: it may hold events too."),
        "programme.xlsx: Événements, Feuil2 ({~~Atelier | 16 novembre~>Titre | Date~~})",
    ),
    Rule.warning(
        "M401 unprintable-signs",
        N_("A text holds characters that cannot be printed."),
        N_("No font of the kit has them: they are left out, and the words beside them stay."),
        "Titre;Date;Rubrique\n{--🎉 --}Atelier;16 novembre;etat",
    ),
    Rule.warning(
        "M402 unread-value",
        N_("A value cannot be read, and is left out."),
        N_("The record is imported without it; it may be missed in print."),
        "Titre;Date;Rubrique;En ligne\nAtelier;16 novembre;etat;{~~peut-être~>oui~~}",
    ),
    Rule.warning(
        "M403 simpler-date",
        N_("A date says more than the date of an event can."),
        N_(
            "What no date of an event can say, such as hours of an event that lasts for days "
            "without a break, is left out, so that nothing false is printed."
        ),
        "BEGIN:VEVENT\nSUMMARY:Atelier\nDTSTART:20211116T090000\n"
        "DTEND:2021111{~~8~>6~~}T170000\nEND:VEVENT",
    ),
    Rule.warning(
        "M404 outside-period",
        N_("A record takes place outside the period of the kit."),
        N_("It may be of another year, or of another campaign."),
        "Titre;Date;Rubrique\nAtelier;16 novembre{-- 2019--};etat",
    ),
    Rule.warning(
        "M405 other-language",
        N_("A record is not written in the language of the kit."),
        N_("It is imported as it is written, with its language, so that it is read aloud rightly."),
        "title: {{++fr: Atelier, ++}en: Workshop}",
    ),
    Rule.warning(
        "M406 other-weekday",
        N_("A date is written with a weekday that it does not fall on."),
        N_("Either the day or the weekday is wrong: the day is imported."),
        "Titre;Date;Rubrique\nAtelier;{~~lundi~>mardi~~} 16 novembre;etat",
    ),
    Rule.warning(
        "M407 other-time-zone",
        N_("The times of a record are those of another time zone."),
        N_("Readers who follow it online would come at the wrong hour."),
        "{~~DTSTART;TZID=America/New_York:20211116T090000~>DTSTART;TZID=Europe/Paris:20211116T150000~~}",
    ),
    Rule.warning(
        "M408 withheld-record",
        N_("A record is private, or was refused, at its source."),
        N_("What its owners do not publish is not imported."),
        "CLASS:{~~PRIVATE~>PUBLIC~~}",
    ),
    Rule.warning(
        "M409 left-out",
        N_("A file has values for which a kit has no field."),
        N_("Whatever a source says is imported, stands in a note, or is listed here."),
        "Titre;Date;Rubrique;\nAtelier;16 novembre;etat;{--20 places--}",
    ),
    Rule.warning(
        "M410 date-in-a-note",
        N_("Words about the date or hours cannot be read as such, and stand in a note."),
        N_("Readers see them below the text; calendars and agendas do not know of them."),
        "Titre;Date;Horaires;Rubrique\nAtelier;16 novembre;14 h{~~ ou~>,~~} 16 h;etat",
    ),
    Rule.warning(
        "M411 no-day-left",
        N_("A repeated entry of a calendar has no day left."),
        N_("All its days were taken out or cancelled: readers would stand at a closed door."),
        "RRULE:FREQ=WEEKLY;COUNT={~~1~>2~~}\nEXDATE:20211116T090000",
    ),
    Rule.error(
        "M501 damaged-memory",
        N_("What earlier imports left behind (imports.json) cannot be used."),
        N_(
            "Without it nobody can tell what the team edited from what the source changed: nothing "
            "is imported before it is there again, or gone."
        ),
        'imports.json : {"version": 1, "sources":{++ {}}++}',
    ),
    Rule.warning(
        "M503 doubtful-record",
        N_("A record that is imported could be one that the kit has, or stands twice in its file."),
        N_("Two events made one, or one made two, are hard to find again: nothing is guessed."),
        "{++Identifiant;++}Titre;Date;Rubrique\n"
        "{++portes-labase;++}Portes ouvertes;16 novembre;labs",
    ),
    Rule.error(
        "M504 no-section",
        N_("A new event does not say in which section it goes."),
        N_(
            "A kit with several sections prints each event in one of them, and nobody can guess "
            "which."
        ),
        "Titre;Date;Rubrique\nAtelier;16 novembre;{++etat++}",
    ),
    Rule.error(
        "M505 new-chapter",
        N_("A row of a table would begin a new chapter."),
        N_("Where a chapter stands, and on which page it begins, is decided in kit.yaml."),
        "Identifiant;Titre\n{~~;Un nouvel éditorial~>edito;L'éditorial, relu~~}",
    ),
    Rule.error(
        "M506 impossible-value",
        N_("A value that is imported is none that the kit could be read with."),
        N_("The kit must be buildable after every import: what would break it stays out."),
        "Titre;Date;Lien\nAtelier;16 novembre;{~~ftp~>https~~}://example.org",
    ),
    Rule.error(
        "M507 no-exact-edit",
        N_("A change cannot be written without changing anything else in the file."),
        N_(
            "Comments, order and layout are the team's: where a value cannot be put in its place "
            "exactly, it is left to a hand."
        ),
        "{~~? title\n~>title~~}: Atelier",
    ),
    Rule.error(
        "M508 stale-list",
        N_("A change that was ticked is none any more: the kit or the source has changed since."),
        N_("What is written is what somebody saw and ticked, never something else."),
        "moip-press import programme.csv --{~~apply~>report~~} liste{---de-lundi--}.html",
    ),
    Rule.error(
        "M509 no-list",
        N_("A file that is given to --apply is no list of changes."),
        N_("Nobody has ticked anything in it: nothing is written."),
        "moip-press import programme.csv --apply {~~programme.csv~>liste.html~~}",
    ),
    Rule.error(
        "M510 no-answer",
        N_("A cell of a list of changes says neither yes nor no."),
        N_("A decision that is not understood is not guessed."),
        "Reprendre : {~~peut-être~>oui~~}",
    ),
)
