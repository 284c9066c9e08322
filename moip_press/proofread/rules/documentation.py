"""The pages of the documentation: one a rule and a language, and a table of them all.

``python -m moip_press.proofread.rules`` writes them where the site is built from; they are not
committed.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from moip_press.proofread.rules import FAMILIES
from moip_press.proofread.rules.explanation import SEVERITIES, markdown, page
from moip_press.proofread.rules.rule import Rule
from moip_press.proofread.rules.table import TITLES
from moip_press.report.messages import N_, Catalogue, available_languages

FOLDER = Path(__file__).parents[3] / "docs"
TITLE = N_("The rules")
INTRODUCTION = N_(
    "What “moip-press build” and “moip-press check” can find wrong with a kit. An error keeps the"
    " dossier from being made; a warning never does."
)
COLUMNS = (N_("Code"), N_("Severity"), N_("What is found"), N_("Corrected by --fix"))
ALL_RULES = N_("All rules")
LANGUAGES = {"en": "English", "fr": "Français"}
# the site is French first: its search finds a rule once, and in the English table of all rules
UNSEARCHED = "---\nsearch:\n  exclude: true\n---\n"


def pages() -> dict[str, str]:
    """Return every page by its name below ``docs``, such as ``fr/codes/D101.md``."""
    made = dict[str, str]()
    for language in available_languages():
        catalogue = Catalogue(language)
        made[f"{language}/codes/index.md"] = _index(catalogue)
        for family in FAMILIES.values():
            for rule in family.RULES:
                made[f"{language}/codes/{rule.code}.md"] = _page(rule, catalogue)
    return made


def _page(rule: Rule, catalogue: Catalogue) -> str:
    links = [f"[{catalogue.gettext(ALL_RULES)}](index.md)"]
    head = "" if catalogue.language == "fr" else UNSEARCHED
    return (
        f"{head}{page(rule, catalogue)}\n{' · '.join([*links, *_others(rule.code, catalogue)])}\n"
    )


def _others(name: str, catalogue: Catalogue) -> list[str]:
    """Return the links to a page in the other languages."""
    others = (language for language in available_languages() if language != catalogue.language)
    return [f"[{LANGUAGES[other]}](../../{other}/codes/{name}.md)" for other in others]


def _index(catalogue: Catalogue) -> str:
    say = catalogue.gettext
    blocks = [f"# {say(TITLE)}", markdown(say(INTRODUCTION))]
    head = [" | ".join(map(say, COLUMNS)), " | ".join("---" for _ in COLUMNS)]
    for letter, family in FAMILIES.items():
        if family.RULES:
            rows = [*head, *(_row(rule, catalogue) for rule in family.RULES)]
            blocks.append(f"## {letter} – {say(TITLES[letter])}")
            blocks.append("\n".join(f"| {row} |" for row in rows))
    return "\n\n".join([*blocks, *_others("index", catalogue)]) + "\n"


def _row(rule: Rule, catalogue: Catalogue) -> str:
    say = catalogue.gettext
    cells = (
        f"[{rule.code}]({rule.code}.md)",
        say(SEVERITIES[rule.severity]),
        markdown(say(rule.summary)),
        say(N_("yes")) if rule.fixable else "",
    )
    return " | ".join(cells).rstrip()


def write() -> None:
    """Write the pages anew, in folders that hold nothing else."""
    for language in available_languages():
        shutil.rmtree(FOLDER / language / "codes", ignore_errors=True)
    for name, text in pages().items():
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_text(text, encoding="utf-8", newline="")
