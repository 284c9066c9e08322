"""The rules on what is found while pages are made."""

from __future__ import annotations

from moip_press.report.messages import N_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.error(
        "P101 sign-without-font",
        N_("No font of the theme has a character of the kit."),
        N_(
            "It would come out as an empty box, or in a font of this computer that others"
            " do not have."
        ),
        "- title: Portes ouvertes {~~🎉~>!~~}\n  when: 16 novembre",
    ),
    Rule.error(
        "P102 target-on-no-page",
        N_("A page number or a link leads to what is on no page."),
        N_(
            "The template that prints it gives it no id, so that neither the contents nor"
            " a text can refer to it."
        ),
        "{# templates/chiffres.html #}\n"
        '<h1{++ id="{{ view.id }}"++}>{{ view.part.title|heading }}</h1>',
    ),
    Rule.warning(
        "P103 style-without-effect",
        N_("A style has no effect, or the typesetter stumbled over a page."),
        N_(
            "What is not understood is left out: the page may look other than intended. "
            "Where the page could not be made of it, this is an error."
        ),
        "/* styles/kit.css */\nh1 { {~~colour~>color~~}: red }",
    ),
    Rule.error(
        "P104 unsettled-page-numbers",
        N_("The page numbers do not settle."),
        N_(
            "A printed page number makes a line break elsewhere, which moves the page it "
            "points to, and so on without end."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n"
        "  text: Voir p. {page:fin}{~~  # « 9 » la met page 10, « 10 » page 9~>, en"
        " fin de dossier  # une ligne de plus ou de moins~~}",
    ),
    Rule.error(
        "P105 font-of-the-computer",
        N_("Characters were set in a font of this computer."),
        N_(
            "On another computer the pages would come out otherwise, and its licence may "
            "not allow it: only fonts of the theme are used."
        ),
        '/* styles/kit.css */\nh1 { font-family: {~~sans-serif~>"Source Sans 3"~~} }',
    ),
    Rule.error(
        "P106 deep-pages",
        N_("A chapter is nested too deep to be laid out."),
        N_("Its template puts elements into one another beyond what can be laid out."),
        "{# templates/chiffres.html #}\n"
        '{~~{% for n in range(3000) %}<div>{% endfor %}~><div id="{{ view.id }}">{{'
        " view.part.title|text }}</div>~~}",
    ),
    Rule.error(
        "P107 missing-file",
        N_("A style or a template names a file that is not there."),
        N_("The page would come out without its picture, font or style."),
        "/* styles/kit.css */\nh1 { background-{~~image: url(fond-bleu.png)~>color: #0b1f4d~~} }",
    ),
    Rule.error(
        "P108 unreadable-font",
        N_("A font of the kit cannot be read."),
        N_("Its texts would be set in another font: the file is damaged, or no font."),
        "/* styles/kit.css */\n"
        '{~~@font-face~>h1~~} { font-family: "{~~Maison"; src: url(kit.css)~>Source'
        ' Serif 4"~~} }',
    ),
    Rule.error(
        "P109 endless-import",
        N_("A style sheet imports itself."),
        N_("It would be read without end, and none of its styles would come out."),
        '/* styles/kit.css */\n{~~@import "kit.css";~>h1 { color: #0b1f4d }~~}',
    ),
    Rule.error(
        "P110 impossible-pages",
        N_("The pages cannot be laid out with a style or template of the kit."),
        N_("Margins leave no room, a size is zero or endless, or rules are nested too deep."),
        "/* styles/kit.css */\n@page { size: A4; margin: {~~200mm~>20mm~~} }",
    ),
    Rule.warning(
        "P113 process-died",
        N_("A process that laid out chapters has died."),
        N_(
            "Large kits are laid out by several processes. The system ends one where memory is"
            " short; its chapters are laid out again, and the PDF is whole."
        ),
        "# kit.yaml\nlimits: {dpi: {~~600~>300~~}}",
    ),
    Rule.warning(
        "S110 empty-contents",
        N_("A table of contents lists nothing."),
        N_(
            "It lists what stands after it and has a title; an empty page with the word "
            "“Contents” puzzles readers."
        ),
        "# kit.yaml\nchapters:\n  - {~~programme.yaml\n  - contents~>contents\n"
        "  - programme.yaml~~}",
    ),
    Rule.error(
        "S202 unusable-template",
        N_("A template of the kit cannot be used."),
        N_(
            "A template prints what it is given; a misspelt name, or what could reach "
            "beyond the kit, stops it."
        ),
        "{# templates/chiffres.html #}\n"
        '<h1 id="{{ view.id }}">{{ view.part.{~~titel~>title~~}|heading }}</h1>',
    ),
    Rule.error(
        "X103 outside-address",
        N_("A style or a picture wants a file from outside the kit."),
        N_(
            "Nothing is fetched while pages are made: the dossier must come out the same "
            "without a network, today and in ten years."
        ),
        "/* styles/kit.css */\n"
        "h1 { background-{~~image: url(https://example.org/fond.png)~>color: #0b1f4d~~} }",
    ),
    Rule.error(
        "X106 attached-file",
        N_("A template attaches a file."),
        N_(
            "What travels in a PDF is read by nobody before it is sent: only the data of its "
            "own pages may."
        ),
        "{# templates/chiffres.html #}\n"
        '<article id="{{ view.id }}"><{~~link rel="attachment"'
        ' href="notes.txt"~>p>Les chiffres</p~~}></article>',
    ),
    Rule.error(
        "X201 too-much-work",
        N_("A chapter takes too long, or too much memory."),
        N_(
            "A page can be written so that it never ends; a kit that needs more can say so "
            "in “limits:”."
        ),
        "{# templates/chiffres.html #}\n"
        "{% for a in range({~~99999) %}{% for b in range(99999) %}~>9) %}<p>{{ a"
        " }}</p>~~}{% endfor %}{--{% endfor %}--}",
    ),
)
