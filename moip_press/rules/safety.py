"""The rules of family X, safety."""

from __future__ import annotations

from moip_press.messages import N_
from moip_press.rules.rule import ERROR, Rule

RULES: tuple[Rule, ...] = (
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
    Rule(
        "X103",
        "outside-address",
        ERROR,
        N_("A style or a picture wants a file from outside the kit."),
        N_(
            "Nothing is fetched while pages are made: the dossier must come out the same "
            "without a network, today and in ten years."
        ),
        "/* styles/kit.css */\nh1 { background-image: url(https://example.org/fond.png) }",
        "/* styles/kit.css */\nh1 { background-color: #0b1f4d }",
    ),
)
