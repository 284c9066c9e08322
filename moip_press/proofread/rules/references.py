"""The rules of family R, references between records, and repetitions."""

from __future__ import annotations

from moip_press.proofread.rules.rule import ERROR, WARNING, Rule
from moip_press.report.messages import N_

RULES: tuple[Rule, ...] = (
    Rule(
        "R101",
        "same-id",
        ERROR,
        N_("Two things have the same id."),
        N_(
            "Page numbers, links and waivers find a thing by its id, which is made from "
            "its title where none is given."
        ),
        (
            "- title: Portes ouvertes\n"
            "  when: 16 novembre\n"
            "- title: Portes ouvertes\n"
            "  when: 18 novembre"
        ),
        (
            "- title: Portes ouvertes\n"
            "  when: 16 novembre\n"
            "- title: Portes ouvertes\n"
            "  id: portes-ouvertes-2\n"
            "  when: 18 novembre"
        ),
    ),
    Rule(
        "R102",
        "unknown-reference",
        ERROR,
        N_("A reference leads to an id that nothing has."),
        N_("No page number can be printed for it, and its link would lead nowhere."),
        "- title: Portes ouvertes\n  when: 16 novembre\n  text: Voir p. {page:annexes}.",
        (
            "- title: Portes ouvertes\n"
            "  id: portes\n"
            "  when: 16 novembre\n"
            "  text: Voir p. {page:portes}."
        ),
    ),
    Rule(
        "R103",
        "missing-website",
        ERROR,
        N_("A link leads to the kit's website, and the kit names none."),
        N_("“{website}” stands for the address in kit.yaml, so that it is written once."),
        '- title: Portes ouvertes\n  when: 16 novembre\n  text: "[S\'inscrire]({website})"',
        "# kit.yaml\nwebsite: https://www.example.org",
    ),
    Rule(
        "R104",
        "unknown-contact",
        ERROR,
        N_("A part names a contact that kit.yaml does not have."),
        N_("Contacts are written once, in kit.yaml, and named elsewhere by their id."),
        "type: contacts\ncontacts: [mairie]",
        "type: contacts\ncontacts: [presse]",
    ),
    Rule(
        "R105",
        "chapter-twice",
        ERROR,
        N_("A file stands twice among the chapters."),
        N_("Its pages would be printed twice, and links to them would not know where to lead."),
        "# kit.yaml\nchapters:\n  - programme.yaml\n  - programme.yaml",
        "# kit.yaml\nchapters:\n  - programme.yaml",
    ),
    Rule(
        "R106",
        "kit-as-chapter",
        ERROR,
        N_("kit.yaml stands among its own chapters."),
        N_("It says what the dossier is made of and is no part of it."),
        "# kit.yaml\nchapters:\n  - kit.yaml",
        "# kit.yaml\nchapters:\n  - programme.yaml",
    ),
    Rule(
        "R107",
        "reference-to-a-draft",
        ERROR,
        N_("A reference leads to an event that is a draft."),
        N_("Draft events are printed only in a draft of the kit: elsewhere they have no page."),
        (
            "- title: Portes ouvertes\n"
            "  id: portes\n"
            "  when: 16 novembre\n"
            "  status: draft\n"
            "- title: Visite\n"
            "  when: 17 novembre\n"
            "  text: Voir p. {page:portes}."
        ),
        (
            "- title: Portes ouvertes\n"
            "  id: portes\n"
            "  when: 16 novembre\n"
            "- title: Visite\n"
            "  when: 17 novembre\n"
            "  text: Voir p. {page:portes}."
        ),
    ),
    Rule(
        "R121",
        "no-condition",
        ERROR,
        N_("What stands after --select is not a condition."),
        N_("Events are chosen by a key, an equals sign and values."),
        "--select Bretagne",
        "--select region=Bretagne",
    ),
    Rule(
        "R122",
        "unknown-key",
        ERROR,
        N_("Events cannot be chosen by this key."),
        N_("A key that does not exist would choose nothing, or everything, without a word."),
        "--select regoin=Bretagne",
        "--select region=Bretagne",
    ),
    Rule(
        "R123",
        "key-without-value",
        ERROR,
        N_("A key stands without a value."),
        N_("Nobody can tell which events are meant."),
        "--select region=",
        "--select region=Bretagne",
    ),
    Rule(
        "R124",
        "neither-day-nor-week",
        ERROR,
        N_("Events are chosen by a day or a week that cannot be read."),
        N_("A day that does not exist would choose nothing."),
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    select: {day: 31 novembre}",
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    select: {day: 30 novembre}",
    ),
    Rule(
        "R125",
        "unknown-section-or-status",
        ERROR,
        N_("Events are chosen by a section or a status that does not exist."),
        N_("It would choose nothing, or leave out nothing."),
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    select: {status: annule}",
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    select: {status: cancelled}",
    ),
    Rule(
        "R126",
        "nothing-chosen",
        ERROR,
        N_("A selection leaves no event."),
        N_("A handout without events is not made: its old file stays as it was."),
        "# kit.yaml\nhandouts:\n  - title: En Bretagne\n    select: {region: Bretange}",
        "# kit.yaml\nhandouts:\n  - title: En Bretagne\n    select: {region: Bretagne}",
    ),
    Rule(
        "R127",
        "idle-value",
        WARNING,
        N_("One of several values chooses no event."),
        N_("The others hide that it is probably misspelt."),
        "# kit.yaml\nhandouts:\n  - title: À l'ouest\n    select: {region: [Bretange, Normandie]}",
        "# kit.yaml\nhandouts:\n  - title: À l'ouest\n    select: {region: [Bretagne, Normandie]}",
    ),
    Rule(
        "R128",
        "unknown-section",
        ERROR,
        N_("A handout is asked of a section or chapter that does not exist."),
        N_("Handouts are made of the pages of the dossier."),
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    sections: [programe]",
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    sections: [le-programme]",
    ),
    Rule(
        "R129",
        "same-file-name",
        ERROR,
        N_("Two handouts would have the same file name."),
        N_("One would take the place of the other."),
        "# kit.yaml\nhandouts:\n  - {title: Extrait, select: {day: 3 novembre}}\n"
        "  - {title: Extrait, select: {day: 4 novembre}}",
        "# kit.yaml\nhandouts:\n  - {title: Extrait, select: {day: 3 novembre}}\n"
        "  - {title: Extrait, id: extrait-2, select: {day: 4 novembre}}",
    ),
    Rule(
        "R130",
        "handout-of-nothing",
        ERROR,
        N_("A handout does not say what it holds."),
        N_("It names sections, or chooses events."),
        "# kit.yaml\nhandouts:\n  - title: Extrait",
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    by: day",
    ),
    Rule(
        "R201",
        "event-told-twice",
        WARNING,
        N_("An event stands twice in the programme."),
        N_(
            "Readers count it as two events, and one of the two is forgotten when it moves. Events "
            "are compared that share a day and nearly the same title or text, unless their places, "
            "hours, regions or audiences differ."
        ),
        "- title: Des jeux sérieux pour apprendre à coopérer\n  when: 3 novembre, 14:00\n"
        "- title: Des jeux sérieux pour apprendre à coopérer\n  when: 3 novembre",
        "- title: Des jeux sérieux pour apprendre à coopérer\n  when: 3 novembre, 14:00",
    ),
    Rule(
        "R202",
        "paragraph-told-twice",
        WARNING,
        N_("A paragraph stands twice in the kit."),
        N_(
            "It is most often a text that was copied and not yet rewritten. Quotations, closing "
            "lines, boilerplate, practical information and short lines are left alone."
        ),
        "# edito.yaml\nbody: Les laboratoires accompagnent les agents dans leurs projets…\n"
        "# synthese.yaml\ntext: Les laboratoires accompagnent les agents dans leurs projets…",
        "# edito.yaml\nbody: Les laboratoires accompagnent les agents dans leurs projets…\n"
        "# synthese.yaml\ntext: Huit laboratoires sont ouverts cette année…",
    ),
    Rule(
        "R203",
        "listed-twice",
        WARNING,
        N_("A list names the same thing twice."),
        N_("A directory, a list of partners or of organisers has each name once."),
        "organisers: [DITP, DINUM, DITP]",
        "organisers: [DITP, DINUM]",
    ),
)
