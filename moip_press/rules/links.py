"""The rules of family L, links and contacts."""

from __future__ import annotations

from moip_press.messages import N_
from moip_press.rules.rule import ERROR, WARNING, Rule

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
)
