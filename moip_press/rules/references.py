"""The rules of family R, references between records, and repetitions."""

from __future__ import annotations

from moip_press.messages import N_
from moip_press.rules.rule import ERROR, WARNING, Rule

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
