"""The rules on the fields of a kit and on what chooses events, which the kit’s model finds."""

from __future__ import annotations

from moip_press.report.messages import N_
from moip_press.report.rule import ERROR, WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "D101",
        "unreadable-date",
        ERROR,
        N_("A date or a time cannot be understood, or does not exist."),
        N_(
            "Dates are read, sorted and printed in words: a day that is not in the "
            "calendar would send readers to the wrong one."
        ),
        "- title: Portes ouvertes\n  when: 31 novembre",
        "- title: Portes ouvertes\n  when: 30 novembre, 9 h 30-12 h",
    ),
    Rule(
        "L101",
        "incomplete-link",
        ERROR,
        N_("A link is not complete."),
        N_(
            "In a PDF, an address without https:// does not open; the address of a person"
            " begins with mailto:."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n  link: www.example.org",
        "- title: Portes ouvertes\n  when: 16 novembre\n  link: https://www.example.org",
    ),
    Rule(
        "L104",
        "not-an-e-mail-address",
        ERROR,
        N_("What stands for an e-mail address is none."),
        N_(
            "It becomes a link that opens the journalist's mail: it must be one address "
            "and nothing else."
        ),
        (
            "# kit.yaml\n"
            "contacts:\n"
            "  - {id: presse, name: Alix Martin, email: presse chez example.org}"
        ),
        "# kit.yaml\ncontacts:\n  - {id: presse, name: Alix Martin, email: presse@example.org}",
    ),
    Rule(
        "L105",
        "not-a-telephone-number",
        ERROR,
        N_("What stands for a telephone number is none."),
        N_("It becomes a link that calls: it must be one number, in digits."),
        "# kit.yaml\ncontacts:\n  - {id: presse, name: Alix Martin, telephone: bientôt}",
        "# kit.yaml\ncontacts:\n  - {id: presse, name: Alix Martin, telephone: 01 02 03 04 05}",
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
        "S101",
        "unknown-field",
        ERROR,
        N_("A field does not exist here."),
        N_("A misspelt name would leave its text out of the dossier without a word."),
        "- title: Portes ouvertes\n  organizers: [CNFPT]\n  when: 16 novembre",
        "- title: Portes ouvertes\n  organisers: [CNFPT]\n  when: 16 novembre",
        fixable=True,
    ),
    Rule(
        "S102",
        "missing-field",
        ERROR,
        N_("A needed field is missing."),
        N_("Some fields cannot be guessed: an event without its day cannot be announced."),
        "- title: Portes ouvertes\n  organisers: [CNFPT]",
        "- title: Portes ouvertes\n  organisers: [CNFPT]\n  when: 16 novembre",
    ),
    Rule(
        "S103",
        "wrong-kind",
        ERROR,
        N_("A text stands where a list or fields are needed, or the other way round."),
        N_(
            "A field expects one kind of value: a text, a list with a line for each item,"
            " or fields of its own."
        ),
        "- title: Portes ouvertes\n  organisers: CNFPT\n  when: 16 novembre",
        "- title: Portes ouvertes\n  organisers: [CNFPT]\n  when: 16 novembre",
    ),
    Rule(
        "S104",
        "unknown-value",
        ERROR,
        N_("A value is none of those that the field knows."),
        N_(
            "These fields choose between a few words, or hold a number, a yes or no, or "
            "an id: what else stands there cannot be followed."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n  status: annulé",
        "- title: Portes ouvertes\n  when: 16 novembre\n  status: cancelled",
    ),
    Rule(
        "S105",
        "empty-value",
        ERROR,
        N_("A field or a list is empty."),
        N_("An empty field is likely forgotten: what is still to come is marked “pending: yes”."),
        '- title: ""\n  when: 16 novembre',
        "- title: Portes ouvertes\n  when: 16 novembre",
    ),
    Rule(
        "S106",
        "unknown-file",
        ERROR,
        N_("A chapter names a file that is not in the kit."),
        N_(
            "Its pages cannot be made; often the name is misspelt, or the file is in "
            "another folder."
        ),
        "# kit.yaml\nchapters:\n  - programe.yaml",
        "# kit.yaml\nchapters:\n  - programme.yaml",
    ),
    Rule(
        "S119",
        "not-printed",
        ERROR,
        N_("Something that the kit holds would be on no page."),
        N_(
            "What a kit names is printed, or the command fails: "
            "the parts and events that were read are counted against those that are laid out."
        ),
        "chapters:\n  - cover\n  - programme.yaml   # read, and yet on no page",
        "chapters:\n  - cover\n  - programme.yaml",
    ),
    Rule(
        "X101",
        "outside-the-kit",
        ERROR,
        N_("The name of a file leads out of the kit."),
        N_(
            "A kit holds all that it prints: elsewhere, on another computer, the file "
            "would be missing or another one."
        ),
        "# kit.yaml\nchapters:\n  - ../2020/programme.yaml",
        "# kit.yaml\nchapters:\n  - programme.yaml",
    ),
    Rule(
        "X102",
        "forbidden-link",
        ERROR,
        N_("A link is of a kind that a press kit may not hold."),
        N_(
            "Journalists open links on trust: only web pages, e-mail addresses and "
            "telephone numbers are accepted."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n  link: ftp://example.org/affiche",
        "- title: Portes ouvertes\n  when: 16 novembre\n  link: https://example.org/affiche",
    ),
)
