"""The rules of family W, words: spelling."""

from __future__ import annotations

from moip_press.proofread.rules.rule import WARNING, Rule
from moip_press.report.messages import N_

RULES: tuple[Rule, ...] = (
    Rule(
        "W201",
        "misspelt-word",
        WARNING,
        N_("A word is in no dictionary, and resembles one that is."),
        N_(
            "Journalists quote what they read. Names, acronyms and foreign words are left alone,"
            " and so is a word that resembles none: it is taken for a term of art. What is right"
            " all the same goes into the kit’s glossary."
        ),
        "text: Les préfetures ouvrent leurs portes.",
        "text: Les préfectures ouvrent leurs portes.",
    ),
    Rule(
        "W202",
        "word-spelt-in-two-ways",
        WARNING,
        N_("A word is spelt in two ways in one kit."),
        N_(
            "Both spellings are right, and a careful reader still sees that nobody chose. Names"
            " and quotations do not count."
        ),
        "text: Un événement le matin, deux évènements le soir.",
        "text: Un événement le matin, deux événements le soir.",
        N_("The spelling rectifications of 1990 (Journal officiel, 6 December 1990): both count."),
    ),
)
