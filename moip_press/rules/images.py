"""The rules of family I, images and access."""

from __future__ import annotations

from moip_press.messages import N_
from moip_press.rules.rule import ERROR, WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "I101",
        "missing-picture",
        ERROR,
        N_("A picture is not in the kit."),
        N_("Its place would stay empty; a picture that is still awaited is marked “pending: yes”."),
        "- type: figure\n  image: {file: afiche.png, alt: L'affiche du mois}",
        "- type: figure\n  image: {file: affiche.png, alt: L'affiche du mois, pending: yes}",
    ),
    Rule(
        "I102",
        "picture-without-file",
        ERROR,
        N_("A picture has no file."),
        N_("There is nothing to print; a picture that is still awaited is marked “pending: yes”."),
        "- type: figure\n  image: {alt: L'affiche du mois}",
        "- type: figure\n  image: {alt: L'affiche du mois, pending: yes}",
    ),
    Rule(
        "I103",
        "unreadable-picture",
        ERROR,
        N_("A picture cannot be read."),
        N_("The file is damaged, or its name promises another kind of picture than it holds."),
        (
            "- type: figure\n"
            "  image: {file: affiche.jpg, alt: L'affiche du mois}  # un document Word renommé"
        ),
        "- type: figure\n  image: {file: affiche.jpg, alt: L'affiche du mois}  # une image JPEG",
    ),
    Rule(
        "I104",
        "picture-without-words",
        WARNING,
        N_("A picture has no words for those who cannot see it."),
        N_(
            "Screen readers speak these words in its place; without them, listeners learn"
            " only that there is a picture."
        ),
        "- type: figure\n  image: {file: affiche.png}",
        "- type: figure\n  image: {file: affiche.png, alt: Des agents autour d'une table}",
        N_("RGAA 4.1, criterion 1.1: an image that carries information has a text alternative."),
    ),
)
