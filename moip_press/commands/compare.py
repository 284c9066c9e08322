"""``moip-press compare``: what has changed from one version of a kit to another."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.options import refuse_source, run_options
from moip_press.commands.running import Exit, Run, texts
from moip_press.commands.terminal import colours, show, show_data, terminal_width
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue

if TYPE_CHECKING:
    from moip_press.editions.comparison.changes import Changes
    from moip_press.editions.comparison.versions import Side

FORMS = ("full", "concise", "markdown", "json", "html")
BY_SUFFIX = {".md": "markdown", ".json": "json", ".html": "html", ".htm": "html"}


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "compare",
        help=catalogue.gettext(
            "Report what has changed from OLD to NEW, as readers see it. Each is a kit "
            "(data/2021), a dossier or handout that was published (dossier.pdf), a released "
            "version (2021@v2), or a kit at a git revision (data/2021@HEAD~3). Without NEW: the "
            "kit of which OLD is a version, else the one that is here."
        ),
    )
    @click.argument("old")
    @click.argument("new", required=False, default="")
    @click.option(
        "--format",
        "form",
        type=click.Choice(FORMS),
        help=catalogue.gettext("What is written: a table, lines, an e-mail, data or a page."),
    )
    @click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        help=catalogue.gettext("The file to write, instead of the screen."),
    )
    @click.option(
        "--exit-code",
        is_flag=True,
        help=catalogue.gettext("End with 1 where something has changed."),
    )
    @run_options(catalogue, form=False, quiet=False)
    def compare(run: Run, old: str, new: str, output: Path | None, exit_code: bool) -> Exit:
        refuse_source(output, run.catalogue, old, new)
        form = run.form or BY_SUFFIX.get(output.suffix if output else "", "full")
        return run.ended(
            Path(old),
            lambda: _compare((old, new), output, replace(run, form=form), exit_code=exit_code),
        )

    return compare


def _compare(named: tuple[str, str], output: Path | None, run: Run, *, exit_code: bool) -> Exit:
    """Compare two versions and write or print the changes. Raises ``OSError``."""
    from moip_press.editions.comparison.comparing import compare
    from moip_press.editions.comparison.versions import kit_of_version, side
    from moip_press.system import atomic

    old, new = named
    sides = [side(name, Path()) for name in (old, new or kit_of_version(old, Path()))]
    before, after = (each.document for each in sides)
    if before is None or after is None:
        return refuse(sides, run)
    changes = compare(before, after)
    text = _text(changes, run.form, run.about(after.language).catalogue, screen=output is None)
    if output is not None:
        # a name that is no UTF-8 shows its bytes, in JSON as in a page
        atomic.write(output, text.encode("utf-8", "backslashreplace"))
    elif run.form == "json":
        show_data(text)
    else:
        show(text, color=colours(sys.stdout))
    return Exit.FAULTS if exit_code and changes else Exit.DONE


def refuse(sides: list[Side], run: Run) -> Exit:
    """Print why two versions cannot be compared, and return the exit code."""
    code = Exit.FAULTS
    form = run.form if run.form in {"concise", "json"} else "full"
    for each in sides:
        speaker = replace(run.about(each.language), form=form)
        if each.failure:
            speaker.say(each.failure)
            code = Exit.USAGE if each.misused else Exit.FAILED
        elif each.document is None:
            speaker.report(each.report, texts(each.sources))
            sentence = N_("“{name}” has faults: it cannot be compared.")
            speaker.say(Message.of(sentence, name=each.name))
    return code


def _text(changes: Changes, form: str, catalogue: Catalogue, *, screen: bool) -> str:
    from moip_press.editions.comparison.change_formats import concise, listing, mail, webpage
    from moip_press.editions.comparison.change_table import table

    match form:
        case "markdown":
            return mail(changes, catalogue)
        case "json":
            return listing(changes, catalogue)
        case "html":
            return webpage(changes, catalogue)
        case "concise":
            return concise(changes, catalogue)
        case _:
            width = terminal_width() if screen else 0
            return table(changes, catalogue, width, color=screen and colours(sys.stdout))
