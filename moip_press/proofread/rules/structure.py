"""The rules of family S, structure: fields and files."""

from __future__ import annotations

from moip_press.proofread.rules.rule import ERROR, WARNING, Rule
from moip_press.report.messages import N_

RULES: tuple[Rule, ...] = (
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
        "S107",
        "picture-in-text",
        ERROR,
        N_("A text holds a picture."),
        N_(
            "A picture needs its words for those who cannot see it, its credit and its "
            "place on the page: it has a block of its own."
        ),
        ('- title: Portes ouvertes\n  when: 16 novembre\n  text: "Entrez ![affiche](affiche.png)"'),
        (
            "- type: figure\n"
            "  image: {file: affiche.png, alt: L'affiche du mois, credit: Alix Martin}"
        ),
    ),
    Rule(
        "S108",
        "html-in-text",
        WARNING,
        N_("A text holds HTML."),
        N_("It is printed as it is typed: bold, italics and links are written in Markdown."),
        "- title: Portes ouvertes\n  when: 16 novembre\n  text: Entrée <b>gratuite</b>",
        "- title: Portes ouvertes\n  when: 16 novembre\n  text: Entrée **gratuite**",
    ),
    Rule(
        "S109",
        "overlong-text",
        ERROR,
        N_("A text is too long, or its lists have too many levels."),
        N_("It could not be set on pages in any reasonable time, and nobody could read it."),
        (
            "- title: Portes ouvertes\n"
            "  when: 16 novembre\n"
            "  text: |\n"
            "    > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > Venez"
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n  text: |\n    > Venez",
    ),
    Rule(
        "S110",
        "empty-contents",
        WARNING,
        N_("A table of contents lists nothing."),
        N_(
            "It lists what stands after it and has a title; an empty page with the word "
            "“Contents” puzzles readers."
        ),
        "# kit.yaml\nchapters:\n  - programme.yaml\n  - contents",
        "# kit.yaml\nchapters:\n  - contents\n  - programme.yaml",
    ),
    Rule(
        "S111",
        "drafts-left-out",
        WARNING,
        N_("Events are still drafts, and the kit is none."),
        N_("Draft events are printed only in a draft of the kit: readers would not see them."),
        "- title: Portes ouvertes\n  when: 16 novembre\n  status: draft",
        "- title: Portes ouvertes\n  when: 16 novembre\n  status: confirmed",
    ),
    Rule(
        "S112",
        "new-date-without-status",
        WARNING,
        N_("An event has a new date, but its status does not say that it is postponed."),
        N_("The pages print the new date of an event that is postponed, and of no other."),
        "- title: Portes ouvertes\n  when: 16 novembre\n  postponed_to: 23 novembre",
        (
            "- title: Portes ouvertes\n"
            "  when: 16 novembre\n"
            "  status: postponed\n"
            "  postponed_to: 23 novembre"
        ),
    ),
    Rule(
        "S201",
        "unknown-template",
        ERROR,
        N_("A part names a template that does not exist."),
        N_("A custom part is printed by its template: without it there is nothing to print."),
        "type: custom\ntitle: Les chiffres\ntemplate: chifres.html",
        "type: custom\ntitle: Les chiffres\ntemplate: chiffres.html",
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
        "S202",
        "unusable-template",
        ERROR,
        N_("A template of the kit cannot be used."),
        N_(
            "A template prints what it is given; a misspelt name, or what could reach "
            "beyond the kit, stops it."
        ),
        (
            "{# templates/chiffres.html #}\n"
            '<h1 id="{{ view.id }}">{{ view.part.titel|heading }}</h1>'
        ),
        (
            "{# templates/chiffres.html #}\n"
            '<h1 id="{{ view.id }}">{{ view.part.title|heading }}</h1>'
        ),
    ),
    Rule(
        "S301",
        "idle-waiver",
        WARNING,
        N_("A waiver no longer matches anything."),
        N_("What it excused is gone or was corrected: left there, it may hide a new mistake."),
        "# kit.yaml\nwaivers:\n  - {rule: T242, at: programme.yaml, reason: C'est voulu.}",
        "# kit.yaml\nwaivers: []",
    ),
    Rule(
        "S302",
        "expired-waiver",
        WARNING,
        N_("A waiver has run out."),
        N_("Its last day is past, so what it excused is reported again."),
        "# kit.yaml\nwaivers:\n  - {rule: D204, reason: Le lieu est ouvert., until: 2021-10-01}",
        "# kit.yaml\nwaivers:\n  - {rule: D204, reason: Le lieu est ouvert., until: 2021-11-30}",
    ),
    Rule(
        "S303",
        "unknown-waiver",
        WARNING,
        N_("A waiver names a rule that does not exist, or that cannot be waived."),
        N_("Only warnings can be waived: an error is what cannot be read or laid out."),
        "# kit.yaml\nwaivers:\n  - {rule: D999, reason: C'est voulu.}",
        "# kit.yaml\nwaivers:\n  - {rule: T242, reason: C'est voulu.}",
    ),
)
