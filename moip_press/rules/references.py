"""The rules of family R, references between records, and repetitions."""

from __future__ import annotations

from moip_press.messages import N_
from moip_press.rules.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
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
