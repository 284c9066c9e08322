"""The rules of family M about what an import changes in a kit."""

from __future__ import annotations

from moip_press.proofread.rules.rule import ERROR, WARNING, Rule
from moip_press.report.messages import N_

RULES: tuple[Rule, ...] = (
    Rule(
        "M501",
        "damaged-memory",
        ERROR,
        N_("What earlier imports left behind (imports.json) cannot be used."),
        N_(
            "Without it nobody can tell what the team edited from what the source changed: nothing "
            "is imported before it is there again, or gone."
        ),
        'imports.json : {"version": 1, "sources":',
        'imports.json : {"version": 1, "sources": {}}',
    ),
    Rule(
        "M503",
        "doubtful-record",
        WARNING,
        N_("A record that is imported could be one that the kit has, or stands twice in its file."),
        N_("Two events made one, or one made two, are hard to find again: nothing is guessed."),
        "Titre;Date;Rubrique\nPortes ouvertes;16 novembre;labs",
        "Identifiant;Titre;Date;Rubrique\nportes-labase;Portes ouvertes;16 novembre;labs",
    ),
    Rule(
        "M504",
        "no-section",
        ERROR,
        N_("A new event does not say in which section it goes."),
        N_(
            "A kit with several sections prints each event in one of them, and nobody can guess "
            "which."
        ),
        "Titre;Date;Rubrique\nAtelier;16 novembre;",
        "Titre;Date;Rubrique\nAtelier;16 novembre;etat",
    ),
    Rule(
        "M505",
        "new-chapter",
        ERROR,
        N_("A row of a table would begin a new chapter."),
        N_("Where a chapter stands, and on which page it begins, is decided in kit.yaml."),
        "Identifiant;Titre\n;Un nouvel éditorial",
        "Identifiant;Titre\nedito;L'éditorial, relu",
    ),
    Rule(
        "M506",
        "impossible-value",
        ERROR,
        N_("A value that is imported is none that the kit could be read with."),
        N_("The kit must be buildable after every import: what would break it stays out."),
        "Titre;Date;Lien\nAtelier;16 novembre;ftp://example.org",
        "Titre;Date;Lien\nAtelier;16 novembre;https://example.org",
    ),
    Rule(
        "M507",
        "no-exact-edit",
        ERROR,
        N_("A change cannot be written without changing anything else in the file."),
        N_(
            "Comments, order and layout are the team's: where a value cannot be put in its place "
            "exactly, it is left to a hand."
        ),
        "? title\n: Atelier",
        "title: Atelier",
    ),
    Rule(
        "M508",
        "stale-list",
        ERROR,
        N_("A change that was ticked is none any more: the kit or the source has changed since."),
        N_("What is written is what somebody saw and ticked, never something else."),
        "moip-press import programme.csv --apply liste-de-lundi.html",
        "moip-press import programme.csv --report liste.html",
    ),
    Rule(
        "M509",
        "no-list",
        ERROR,
        N_("A file that is given to --apply is no list of changes."),
        N_("Nobody has ticked anything in it: nothing is written."),
        "moip-press import programme.csv --apply programme.csv",
        "moip-press import programme.csv --apply liste.html",
    ),
    Rule(
        "M510",
        "no-answer",
        ERROR,
        N_("A cell of a list of changes says neither yes nor no."),
        N_("A decision that is not understood is not guessed."),
        "Reprendre : peut-être",
        "Reprendre : oui",
    ),
)
