"""The rules of family L, links and contacts."""

from __future__ import annotations

from moip_press.proofread.rules.rule import ERROR, WARNING, Rule
from moip_press.report.messages import N_

RULES: tuple[Rule, ...] = (
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
        "L102",
        "link-without-address",
        WARNING,
        N_("A link leads nowhere."),
        N_(
            "Its words are printed without a link: the address between the round brackets"
            " was forgotten."
        ),
        '- title: Portes ouvertes\n  when: 16 novembre\n  text: "[S\'inscrire]()"',
        (
            "- title: Portes ouvertes\n"
            "  when: 16 novembre\n"
            '  text: "[S\'inscrire](https://www.example.org)"'
        ),
    ),
    Rule(
        "L103",
        "link-without-words",
        WARNING,
        N_("A link has no words."),
        N_("Nobody can see or hear it: the words between the square brackets were forgotten."),
        (
            "- title: Portes ouvertes\n"
            "  when: 16 novembre\n"
            '  text: "Venez. [](https://www.example.org)"'
        ),
        (
            "- title: Portes ouvertes\n"
            "  when: 16 novembre\n"
            '  text: "Venez. [S\'inscrire](https://www.example.org)"'
        ),
        N_("RGAA 4.1, criterion 6.2: each link has words."),
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
        "L201",
        "event-without-link",
        WARNING,
        N_("Events have no link of their own."),
        N_(
            "Their “Find out more” leads to the website's front page, where nothing is said of "
            "them. Told once a section, where other events have links; once a kit, where none has."
        ),
        "website: https://www.modernisation.gouv.fr\n# …\n"
        "- title: Journée des labs\n  when: 4 novembre",
        "- title: Journée des labs\n  when: 4 novembre\n"
        "  link: https://www.modernisation.gouv.fr/journee-des-labs",
    ),
    Rule(
        "L202",
        "not-encrypted",
        WARNING,
        N_("A link leads to “http:”, not to “https:”."),
        N_("Browsers warn of such pages, and some networks do not open them."),
        "link: http://www.example.org/programme",
        "link: https://www.example.org/programme",
        fixable=True,
    ),
    Rule(
        "L203",
        "slip-in-an-address",
        WARNING,
        N_("The address of a link cannot be right."),
        N_("A comma, a blank or a second “https://” comes along when an address is copied."),
        "link: https://www.example.org/programme,",
        "link: https://www.example.org/programme",
        fixable=True,
    ),
    Rule(
        "L204",
        "no-e-mail-address",
        WARNING,
        N_("No e-mail can arrive at this address."),
        N_("A journalist who gets no answer does not write twice."),
        "email: presse@example.con",
        "email: presse@example.com",
        N_("RFC 5321, the form of e-mail addresses"),
        fixable=True,
    ),
    Rule(
        "L205",
        "no-telephone-number",
        WARNING,
        N_("There is no such telephone number in this country."),
        N_("A digit too few, and the press desk cannot be called. “country:” names the country."),
        "telephone: 06 08 72 50 2",
        "telephone: 06 08 72 50 29",
        N_("ITU-T E.164 and the numbering plan of each country"),
    ),
    Rule(
        "L206",
        "no-press-contact",
        WARNING,
        N_("Nobody can be asked: a press contact, or its address and number, is missing."),
        N_("A press kit is there to be asked about."),
        "contacts:\n  - {id: presse, name: Claire Bonnetier}",
        "contacts:\n  - {id: presse, name: Claire Bonnetier, telephone: 06 08 72 50 29}",
    ),
    Rule(
        "L207",
        "contact-on-no-page",
        WARNING,
        N_("A press contact stands on no page."),
        N_(
            "The first contact stands at the foot of every page; the others only in a part of "
            "type “contacts”."
        ),
        "contacts:\n  - {id: mairie, email: presse@example.org}\n"
        "  - {id: agence, email: agence@example.org}\nchapters: [cover, programme.yaml]",
        "contacts:\n  - {id: mairie, email: presse@example.org}\n"
        "  - {id: agence, email: agence@example.org}\nchapters: [cover, contacts, programme.yaml]",
    ),
    Rule(
        "L208",
        "words-and-target",
        WARNING,
        N_("The words of a link are an address, and it leads to another site."),
        N_("Readers of the screen and readers of paper end in different places."),
        "text: Inscription sur [www.example.org](https://www.example.com).",
        "text: Inscription sur [www.example.org](https://www.example.org).",
    ),
    Rule(
        "L209",
        "one-name-two-sites",
        WARNING,
        N_("Links with the same name lead to different sites."),
        N_("Often one of them is that of last year. What differs needs other words."),
        "text: |\n  [Ville de Lille](https://www.example.org) et\n"
        "  [Ville de Lille](https://www.example.com)",
        "text: |\n  [Ville de Lille](https://www.example.org) et\n"
        "  [Musées de Lille](https://www.example.com)",
        N_("WCAG 2.2, criterion 2.4.4: the purpose of a link"),
    ),
)
