"""The rules of family X, safety."""

from __future__ import annotations

from moip_press.proofread.rules.rule import ERROR, Rule
from moip_press.report.messages import N_

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
    Rule(
        "X104",
        "too-large-picture",
        ERROR,
        N_("A picture has too many bytes or pixels."),
        N_(
            "A picture of a few kilobytes can unfold to gigabytes: it would stop this "
            "computer, and those of readers."
        ),
        "- type: figure\n  image: {file: plan.png, alt: Le plan}  # 30000 × 30000",
        "- type: figure\n  image: {file: plan.png, alt: Le plan}  # 3000 × 3000",
    ),
    Rule(
        "X105",
        "unsafe-picture",
        ERROR,
        N_("A picture holds a script, or more than a drawing."),
        N_(
            "A picture may come from anybody: scripts, declarations and drawings that repeat "
            "themselves are not opened."
        ),
        "- type: figure\n  image: {file: plan.svg, alt: Le plan}  # avec <script>",
        "- type: figure\n  image: {file: plan.svg, alt: Le plan}  # enregistré en SVG simple",
    ),
    Rule(
        "X106",
        "attached-file",
        ERROR,
        N_("A template attaches a file."),
        N_(
            "What travels in a PDF is read by nobody before it is sent: only the data of its "
            "own pages may."
        ),
        (
            '{# templates/chiffres.html #}\n<article id="{{ view.id }}"><link '
            'rel="attachment" href="notes.txt"></article>'
        ),
        '{# templates/chiffres.html #}\n<article id="{{ view.id }}"><p>Les chiffres</p></article>',
    ),
    Rule(
        "X201",
        "too-much-work",
        ERROR,
        N_("A chapter takes too long, or too much memory."),
        N_(
            "A page can be written so that it never ends; a kit that needs more can say so "
            "in “limits:”."
        ),
        (
            "{# templates/chiffres.html #}\n{% for a in range(99999) %}{% for b in "
            "range(99999) %}{% endfor %}{% endfor %}"
        ),
        "{# templates/chiffres.html #}\n{% for a in range(9) %}<p>{{ a }}</p>{% endfor %}",
    ),
)
