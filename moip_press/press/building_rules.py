"""The rules on what is found while pages are made."""

from __future__ import annotations

from moip_press.report.messages import N_
from moip_press.report.rule import ERROR, WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "P101",
        "sign-without-font",
        ERROR,
        N_("No font of the theme can print a sign."),
        N_(
            "It would come out as an empty box, or in a font of this computer that others"
            " do not have."
        ),
        "- title: Portes ouvertes 🎉\n  when: 16 novembre",
        "- title: Portes ouvertes !\n  when: 16 novembre",
    ),
    Rule(
        "P102",
        "target-on-no-page",
        ERROR,
        N_("A page number or a link leads to what is on no page."),
        N_(
            "The template that prints it gives it no id, so that neither the contents nor"
            " a text can refer to it."
        ),
        "{# templates/chiffres.html #}\n<h1>{{ view.part.title|heading }}</h1>",
        (
            "{# templates/chiffres.html #}\n"
            '<h1 id="{{ view.id }}">{{ view.part.title|heading }}</h1>'
        ),
    ),
    Rule(
        "P103",
        "style-without-effect",
        WARNING,
        N_("A style has no effect, or the typesetter stumbled over a page."),
        N_(
            "What is not understood is left out: the page may look other than intended. "
            "Where the page could not be made of it, this is an error."
        ),
        "/* styles/kit.css */\nh1 { colour: red }",
        "/* styles/kit.css */\nh1 { color: red }",
    ),
    Rule(
        "P104",
        "unsettled-page-numbers",
        ERROR,
        N_("The page numbers do not settle."),
        N_(
            "A printed page number makes a line break elsewhere, which moves the page it "
            "points to, and so on without end."
        ),
        (
            "- title: Portes ouvertes\n"
            "  when: 16 novembre\n"
            "  text: Voir p. {page:fin}  # « 9 » la met page 10, « 10 » page 9"
        ),
        (
            "- title: Portes ouvertes\n"
            "  when: 16 novembre\n"
            "  text: Voir p. {page:fin}, en fin de dossier  # une ligne de plus ou de moins"
        ),
    ),
    Rule(
        "P105",
        "font-of-the-computer",
        ERROR,
        N_("Signs were set in a font of this computer."),
        N_(
            "On another computer the pages would come out otherwise, and its licence may "
            "not allow it: only fonts of the theme are used."
        ),
        "/* styles/kit.css */\nh1 { font-family: sans-serif }",
        '/* styles/kit.css */\nh1 { font-family: "Source Sans 3" }',
    ),
    Rule(
        "P106",
        "deep-pages",
        ERROR,
        N_("A chapter is nested too deep to be laid out."),
        N_("Its template puts elements into one another beyond what can be laid out."),
        "{# templates/chiffres.html #}\n{% for n in range(3000) %}<div>{% endfor %}",
        ('{# templates/chiffres.html #}\n<div id="{{ view.id }}">{{ view.part.title|text }}</div>'),
    ),
    Rule(
        "P107",
        "missing-file",
        ERROR,
        N_("A style or a template names a file that is not there."),
        N_("The page would come out without its picture, font or style."),
        "/* styles/kit.css */\nh1 { background-image: url(fond-bleu.png) }",
        "/* styles/kit.css */\nh1 { background-color: #0b1f4d }",
    ),
    Rule(
        "P108",
        "unreadable-font",
        ERROR,
        N_("A font of the kit cannot be read."),
        N_("Its texts would be set in another font: the file is damaged, or no font."),
        '/* styles/kit.css */\n@font-face { font-family: "Maison"; src: url(kit.css) }',
        '/* styles/kit.css */\nh1 { font-family: "Source Serif 4" }',
    ),
    Rule(
        "P109",
        "endless-import",
        ERROR,
        N_("A style sheet imports itself."),
        N_("It would be read without end, and none of its styles would come out."),
        '/* styles/kit.css */\n@import "kit.css";',
        "/* styles/kit.css */\nh1 { color: #0b1f4d }",
    ),
    Rule(
        "P110",
        "impossible-pages",
        ERROR,
        N_("The pages cannot be laid out with a style or template of the kit."),
        N_("Margins leave no room, a size is zero or endless, or rules are nested too deep."),
        "/* styles/kit.css */\n@page { size: A4; margin: 200mm }",
        "/* styles/kit.css */\n@page { size: A4; margin: 20mm }",
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
