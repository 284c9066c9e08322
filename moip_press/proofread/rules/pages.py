"""The rules of family P, pages."""

from __future__ import annotations

from moip_press.proofread.rules.rule import ERROR, WARNING, Rule
from moip_press.report.messages import N_

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
        "P201",
        "text-out-of-place",
        WARNING,
        N_("A text runs out of its column, its box or its page, or over another text."),
        N_(
            "A word or an address that cannot be broken, or a text too long for its place, is cut"
            " off or hides what stands beside it."
        ),
        (
            '- title: "#RendezVousDesInnovateursDesTerritoiresEtDesCollectivitesDeFrance'
            'EtDOutreMer2021"\n'
            "  when: 16 novembre"
        ),
        (
            '- title: "Rendez-vous des innovateurs des territoires et des collectivités"\n'
            "  when: 16 novembre"
        ),
    ),
    Rule(
        "P202",
        "split-event",
        WARNING,
        N_("An event begins on one page and ends on another."),
        N_(
            "Readers look an event up at a glance, and cut its page out: it should stay whole."
            " Only an event with a very long text is ever split."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n  text: |\n    (deux pages de texte)",
        "- title: Portes ouvertes\n  when: 16 novembre\n  text: |\n    (une demi-page de texte)",
    ),
    Rule(
        "P203",
        "empty-page",
        WARNING,
        N_("A page is empty, or holds a few lines only."),
        N_(
            "It looks like a mistake, and costs a sheet in print: a few words less, or closer"
            " events, bring its lines back to the page before."
        ),
        "type: programme\ntitle: Le programme\nspacing: widest  # trois lignes passent page 12",
        "type: programme\ntitle: Le programme\nspacing: tight",
    ),
    Rule(
        "P204",
        "lone-title",
        WARNING,
        N_("A title is left alone at the foot of a page."),
        N_("What it announces stands overleaf: a title keeps at least two lines of its text."),
        "/* styles/kit.css */\nh2 { break-after: auto }",
        "/* styles/kit.css */\nh2 { break-after: avoid }",
    ),
    Rule(
        "P205",
        "page-without-embargo",
        WARNING,
        N_("The embargo does not stand on a page."),
        N_(
            "Pages travel alone: until the kit lifts its embargo, each of them says so. Only "
            "templates and styles of the kit's own can leave it out."
        ),
        "{# templates/cover.html #}\n<h1>{{ kit.title|heading }}</h1>",
        "{# templates/cover.html #}\n<p>{{ embargo_words }}</p>\n<h1>{{ kit.title|heading }}</h1>",
    ),
)
