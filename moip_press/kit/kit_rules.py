"""The rules on the fields of a kit and on what chooses events, which the kit’s model finds."""

from __future__ import annotations

from moip_press.report.messages import N_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.error(
        "D101 unreadable-date",
        N_("A date or a time cannot be understood, or does not exist."),
        N_(
            "Dates are read, sorted and printed in words: a day that is not in the "
            "calendar would send readers to the wrong one."
        ),
        "- title: Portes ouvertes\n  when: {~~31~>30~~} novembre{++, 9 h 30-12 h++}",
    ),
    Rule.error(
        "L101 incomplete-link",
        N_("A link is not complete."),
        N_(
            "In a PDF, an address without https:// does not open; the address of a person"
            " begins with mailto:."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n  link: {++https://++}www.example.org",
    ),
    Rule.error(
        "L104 not-an-e-mail-address",
        N_("What is given as an e-mail address is not one."),
        N_(
            "It becomes a link that opens the journalist's mail: it must be one address "
            "and nothing else."
        ),
        "# kit.yaml\ncontacts:\n"
        "  - {id: presse, name: Alix Martin, email: presse{~~ chez ~>@~~}example.org}",
    ),
    Rule.error(
        "L105 not-a-telephone-number",
        N_("What is given as a telephone number is not one."),
        N_("It becomes a link that calls: it must be one number, in digits."),
        "# kit.yaml\ncontacts:\n"
        "  - {id: presse, name: Alix Martin, telephone: {~~bientôt~>01 02 03 04 05~~}}",
    ),
    Rule.error(
        "R105 chapter-twice",
        N_("A file stands twice among the chapters."),
        N_("Its pages would be printed twice, and links to them would not know where to lead."),
        "# kit.yaml\nchapters:\n  - programme.yaml{--\n  - programme.yaml--}",
    ),
    Rule.error(
        "R106 kit-as-chapter",
        N_("kit.yaml stands among its own chapters."),
        N_("It says what the dossier is made of and is no part of it."),
        "# kit.yaml\nchapters:\n  - {~~kit~>programme~~}.yaml",
    ),
    Rule.error(
        "R121 no-condition",
        N_("What stands after --select is not a condition."),
        N_("Events are chosen by a key, an equals sign and values."),
        "--select {++region=++}Bretagne",
    ),
    Rule.error(
        "R122 unknown-key",
        N_("Events cannot be chosen by this key."),
        N_("A key that does not exist would choose nothing, or everything, without a word."),
        "--select {~~regoin~>region~~}=Bretagne",
    ),
    Rule.error(
        "R123 key-without-value",
        N_("A key stands without a value."),
        N_("Nobody can tell which events are meant."),
        "--select region={++Bretagne++}",
    ),
    Rule.error(
        "R124 neither-day-nor-week",
        N_("Events are chosen by a day or a week that cannot be read."),
        N_("A day that does not exist would choose nothing."),
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    select: {day: {~~31~>30~~} novembre}",
    ),
    Rule.error(
        "R125 unknown-section-or-status",
        N_("Events are chosen by a section or a status that does not exist."),
        N_("It would choose nothing, or leave out nothing."),
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    select: {status: {~~deleted~>cancelled~~}}",
    ),
    Rule.error(
        "R126 nothing-chosen",
        N_("A selection leaves no event."),
        N_("A handout without events is not made: its old file stays as it was."),
        "# kit.yaml\nhandouts:\n  - title: En Bretagne\n"
        "    select: {region: {~~Bretange~>Bretagne~~}}",
    ),
    Rule.warning(
        "R127 idle-value",
        N_("One of several values chooses no event."),
        N_("The others hide that it is probably misspelt."),
        "# kit.yaml\nhandouts:\n  - title: À l'ouest\n"
        "    select: {region: [{~~Bretange~>Bretagne~~}, Normandie]}",
    ),
    Rule.error(
        "S101 unknown-field",
        N_("A field does not exist here."),
        N_("A misspelt name would leave its text out of the dossier without a word."),
        "- title: Portes ouvertes\n  {~~organizers~>organisers~~}: [CNFPT]\n  when: 16 novembre",
        fixable=True,
    ),
    Rule.error(
        "S102 missing-field",
        N_("A needed field is missing."),
        N_("Some fields cannot be guessed: an event without its day cannot be announced."),
        "- title: Portes ouvertes\n  organisers: [CNFPT]{++\n  when: 16 novembre++}",
    ),
    Rule.error(
        "S141 two-kinds-of-date",
        N_("An event has both a date and sessions."),
        N_("The pages would not know which of them to announce."),
        "- title: Portes ouvertes{--\n  when: 16 novembre--}\n  sessions:\n"
        "    - when: 16 novembre, 14:00\n    - when: 17 novembre, 10:00",
    ),
    Rule.error(
        "S103 wrong-kind",
        N_("A text stands where a list or fields are needed, or the other way round."),
        N_(
            "A field expects one kind of value: a text, a list with a line for each item,"
            " or fields of its own."
        ),
        "- title: {~~[Portes, ouvertes]~>Portes ouvertes~~}\n  when: 16 novembre",
    ),
    Rule.error(
        "S104 unknown-value",
        N_("A value is none of those that the field knows."),
        N_(
            "These fields choose between a few words, or hold a number, a yes or no, or "
            "an id: what else stands there cannot be followed."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n  status: {~~annulé~>cancelled~~}",
    ),
    Rule.error(
        "S105 empty-value",
        N_("A field or a list is empty."),
        N_("An empty field is likely forgotten: what is still to come is marked “pending: yes”."),
        '- title: {~~""~>Portes ouvertes~~}\n  when: 16 novembre',
    ),
    Rule.error(
        "S106 unknown-file",
        N_("A chapter names a file that is not in the kit."),
        N_(
            "Its pages cannot be made; often the name is misspelt, or the file is in "
            "another folder."
        ),
        "# kit.yaml\nchapters:\n  - {~~programe~>programme~~}.yaml",
    ),
    Rule.error(
        "S119 not-printed",
        N_("Something that the kit holds would be on no page."),
        N_(
            "What a kit names is printed, or the command fails: "
            "the parts and events that were read are counted against those that are laid out."
        ),
        "chapters:\n  - cover\n  - programme.yaml{--   # read, and yet on no page--}",
    ),
    Rule.error(
        "X101 outside-the-kit",
        N_("The name of a file leads out of the kit."),
        N_(
            "A kit holds all that it prints: elsewhere, on another computer, the file "
            "would be missing or another one."
        ),
        "# kit.yaml\nchapters:\n  - {--../2020/--}programme.yaml",
    ),
    Rule.error(
        "X102 forbidden-link",
        N_("A link is of a kind that a press kit may not hold."),
        N_(
            "Journalists open links on trust: only web pages, e-mail addresses and "
            "telephone numbers are accepted."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n"
        "  link: {~~ftp~>https~~}://example.org/affiche",
    ),
)
