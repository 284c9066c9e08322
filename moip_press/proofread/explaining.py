"""Rules explained: on the terminal, as a table, and as pages of the documentation.

``python -m moip_press.proofread.explaining`` writes the pages, one a rule and a language and a
table of them all, where the site is built from; they are not committed.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moip_press.proofread.rules import FAMILIES, all_rules, rules_of
from moip_press.report.diagnostics import Message, Severity
from moip_press.report.messages import N_, Catalogue, available_languages
from moip_press.report.rule import Rule

WHY, WRONG, RIGHT, SOURCE = N_("Why"), N_("Wrong"), N_("Right"), N_("Source")
FIXING, LEAVING = N_("To correct it"), N_("To leave it as it is")
FIXABLE = N_("“moip-press check --fix” corrects what can be corrected safely.")
BY_HAND = N_("It is corrected by hand: the report says where, and what to do.")
NEEDED = N_("An error is corrected before the dossier is made: it cannot be waived.")
WAIVING = N_(
    "What is meant as it is gets a waiver in kit.yaml, with its reason. “at” (the id of a part or"
    " event, or a file), “words” and “until” (its last day) make it narrower; they may be left out."
)
REASON = N_("It is meant so.")
IGNORING = N_("For one run, “moip-press check --ignore-rules {code}” leaves it out.")
AT_THE_SOURCE = N_("It is corrected in the file that is imported, and the file imported again.")
WITHOUT = N_("“moip-press import --skip-bad” imports all but what cannot be read.")
SEVERITIES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning")}

# Signs that an example is about and nobody would see.
INVISIBLE = {"\u2028": "␤", "\t": "→\t"}
NO_BREAK = {"\u00a0": "⍽", "\u202f": "⍽"}
FORMS = {"/* ": "css", "{# ": "jinja"}


@dataclass(frozen=True)
class Example:
    """An excerpt of a file, and its form as it is called after a fence of Markdown."""

    text: str
    form: str


@dataclass(frozen=True)
class Section:
    """A heading, ``None`` for what stands first, and what is said below it."""

    title: str | None
    blocks: tuple[str | Example, ...]


def sections(rule: Rule, catalogue: Catalogue) -> tuple[Section, ...]:
    """Return what there is to know of a rule, in the language of the catalogue."""
    return tuple(_sections(rule, catalogue))


def _sections(rule: Rule, catalogue: Catalogue) -> Iterator[Section]:
    say = catalogue.gettext
    wrong, right = _examples(rule)
    yield Section(None, (say(rule.summary),))
    yield Section(say(WHY), (say(rule.reason),))
    yield Section(say(WRONG), (wrong,))
    yield Section(say(RIGHT), (right,))
    if rule.source:
        yield Section(say(SOURCE), (say(rule.source),))
    if rule.code.startswith("M"):
        yield Section(say(FIXING), (say(AT_THE_SOURCE), say(WITHOUT)))
        return
    yield Section(say(FIXING), (say(FIXABLE if rule.fixable else BY_HAND),))
    if rule.severity is Severity.ERROR:
        yield Section(say(LEAVING), (say(NEEDED),))
    else:
        waiver = f"waivers:\n  - {{rule: {rule.code}, at: programme, reason: {say(REASON)}}}"
        silence = catalogue.say(Message.of(IGNORING, code=rule.code))
        yield Section(say(LEAVING), (say(WAIVING), Example(waiver, "yaml"), silence))


def _examples(rule: Rule) -> tuple[Example, Example]:
    """Return both examples; no-break spaces show where they are what differs."""
    plain = str.maketrans(dict.fromkeys(NO_BREAK, " "))
    alike = rule.wrong.translate(plain) == rule.right.translate(plain)
    shown = str.maketrans(INVISIBLE | (NO_BREAK if alike else {}))
    return _example(rule.wrong.translate(shown)), _example(rule.right.translate(shown))


def _example(text: str) -> Example:
    form = "csv" if re.match(r"[^\n:]+;", text) else "yaml"
    return Example(text, FORMS.get(text[:3], form))


def explanation(rule: Rule, catalogue: Catalogue, width: int = 0) -> str:
    """Return the explanation as lines of text, at most ``width`` characters long; 0 for any."""
    severity = catalogue.gettext(SEVERITIES[rule.severity])
    lines = [f"{rule.code} {rule.name} ({severity})", ""]
    for section in sections(rule, catalogue):
        if section.title:
            lines += [section.title]
        for block in section.blocks:
            lines += [*_lines(block, width, "  " if section.title else ""), ""]
    return "\n".join(lines)


def _lines(block: str | Example, width: int, margin: str) -> list[str]:
    if isinstance(block, Example):
        return [f"{margin}  {line}".rstrip() for line in block.text.rstrip("\n").split("\n")]
    return wrapped(block, width, margin, margin)


def wrapped(text: str, width: int, first: str, others: str) -> list[str]:
    """Return a text as lines of at most ``width`` characters; no-break spaces hold."""
    if not width:
        return [first + text]
    return textwrap.wrap(
        text,
        max(width, len(others) + 15),
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _markdown(block: str | Example) -> str:
    if isinstance(block, Example):
        return f"```{block.form}\n{block.text.rstrip()}\n```"
    return markdown(block)


def markdown(text: str) -> str:
    """Return a sentence as Markdown that prints it, its commands as code."""
    command = r"(?<=“)moip-press [^”]*(?=”)|(?<=«\u00a0)moip-press [^»]*(?=\u00a0»)"
    parts = re.split(f"({command})", text)
    return "".join(
        f"`{part}`" if number % 2 else re.sub(r"([\\`*_<>\[\]|#])", r"\\\1", part)
        for number, part in enumerate(parts)
    )


MARK = N_("* “moip-press check --fix” corrects at least some of what this rule finds.")
MORE = N_("“moip-press check --explain CODE” says more of a rule.")


def table(catalogue: Catalogue, width: int = 0) -> str:
    """Return a line a rule, family by family: its code, how grave it is, what it finds.

    Lines are at most ``width`` characters long, and a summary goes on in its column; 0 for any.
    """
    words = {severity: catalogue.gettext(word) for severity, word in SEVERITIES.items()}
    room = max(map(len, words.values()))
    blocks = []
    for letter, family in FAMILIES.items():
        lines = [f"{letter}  {catalogue.gettext(family.title)}"]
        for rule in rules_of(letter):
            head = f"{rule.code}{'*' if rule.fixable else ' '} {words[rule.severity]:<{room}}  "
            summary = catalogue.gettext(rule.summary)
            lines += wrapped(summary, width, head, " " * len(head))
        blocks.append("\n".join(lines))
    closing = [*wrapped(catalogue.gettext(MARK), width, "", "  ")]
    closing += wrapped(catalogue.gettext(MORE), width, "", "  ")
    return "\n\n".join([*blocks, "\n".join(closing)]) + "\n"


def document(catalogue: Catalogue) -> dict[str, Any]:
    """Return the rules as JSON values."""
    say = catalogue.gettext
    return {
        "version": 1,
        "rules": [
            {
                "code": rule.code,
                "name": rule.name,
                "family": say(FAMILIES[rule.code[0]].title),
                "severity": rule.severity.value,
                "summary": say(rule.summary),
                "reason": say(rule.reason),
                "wrong": rule.wrong,
                "right": rule.right,
                "source": say(rule.source) if rule.source else None,
                "fixable": rule.fixable,
            }
            for rule in all_rules()
        ],
    }


FOLDER = Path(__file__).parents[2] / "docs"
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
        for rule in all_rules():
            made[f"{language}/codes/{rule.code}.md"] = _page(rule, catalogue)
    return made


def _page(rule: Rule, catalogue: Catalogue) -> str:
    severity = catalogue.gettext(SEVERITIES[rule.severity])
    blocks = [f"# {rule.code} {rule.name}"]
    for section in sections(rule, catalogue):
        blocks += [f"## {section.title}"] if section.title else []
        blocks += map(_markdown, section.blocks)
        blocks += [] if section.title else [f"*{severity.capitalize()}*"]
    links = [f"[{catalogue.gettext(ALL_RULES)}](index.md)", *_others(rule.code, catalogue)]
    head = "" if catalogue.language == "fr" else UNSEARCHED
    return head + "\n\n".join([*blocks, " · ".join(links)]) + "\n"


def _others(name: str, catalogue: Catalogue) -> list[str]:
    """Return the links to a page in the other languages."""
    others = (language for language in available_languages() if language != catalogue.language)
    return [f"[{LANGUAGES[other]}](../../{other}/codes/{name}.md)" for other in others]


def _index(catalogue: Catalogue) -> str:
    say = catalogue.gettext
    blocks = [f"# {say(TITLE)}", markdown(say(INTRODUCTION))]
    head = [" | ".join(map(say, COLUMNS)), " | ".join("---" for _ in COLUMNS)]
    for letter, family in FAMILIES.items():
        rows = [*head, *(_row(rule, catalogue) for rule in rules_of(letter))]
        blocks.append(f"## {letter} – {say(family.title)}")
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


if __name__ == "__main__":
    write()
