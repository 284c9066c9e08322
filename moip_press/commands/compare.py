"""``moip-press compare``: what has changed from one version of a kit to another."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.options import (
    colours,
    languages,
    say,
    show,
    show_data,
    terminal_width,
    texts,
    unheard,
)
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue

if TYPE_CHECKING:
    from moip_press.editions.comparison import Changes
    from moip_press.editions.comparison.versions import Side

DONE, DIFFERENT, FAULTS, USAGE, FAILED = 0, 1, 1, 2, 3
FORMS = ("full", "concise", "markdown", "json", "html")
BY_SUFFIX = {".md": "markdown", ".json": "json", ".html": "html", ".htm": "html"}


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "compare",
        help=catalogue.gettext(
            "Tell what has changed from OLD to NEW, as readers see it. Each is a kit (data/2021), "
            "a dossier or handout that was published (dossier.pdf), a released version "
            "(2021@v2), or a kit at a git revision (data/2021@HEAD~3). Without NEW: the kit "
            "that is here."
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
    @languages(catalogue)
    def compare(
        old: str,
        new: str,
        form: str | None,
        output: Path | None,
        exit_code: bool,
        language: str | None,
    ) -> int:
        from moip_press.editions.comparison import compare
        from moip_press.editions.comparison.versions import side

        chosen = form or BY_SUFFIX.get(output.suffix if output else "", "full")
        try:
            sides = [side(named, Path()) for named in (old, new)]
        except OSError as error:
            speaker = Catalogue(language) if language else catalogue
            reason = error.strerror or type(error).__name__
            message = N_("“{path}” could not be read. The system says: {reason}.")
            say(speaker.say(Message.of(message, path=error.filename or old, reason=reason)))
            return FAILED
        before, after = (each.document for each in sides)
        if before is None or after is None:
            return refused(sides, chosen, language, catalogue)
        changes = compare(before, after)
        speaker = Catalogue(language or after.language)
        try:
            told = _written(changes, chosen, output, speaker)
        except BrokenPipeError:
            unheard()
            told = DONE
        return told or (DIFFERENT if exit_code and changes else DONE)

    return compare


def refused(sides: list[Side], form: str, language: str | None, catalogue: Catalogue) -> int:
    """Say why two versions cannot be compared, and return the exit code."""
    from moip_press.report.rendering import render

    code = FAULTS
    for each in sides:
        speaker = Catalogue(language or each.language or catalogue.language)
        if each.failure:
            say(speaker.say(each.failure))
            code = USAGE if each.misused else FAILED
        elif each.document is None:
            shape = form if form in {"concise", "json"} else "full"
            shown = (speaker, texts(each.sources), Path.cwd())
            text = render(each.report, shape, *shown, color=colours(sys.stderr))
            if shape == "json":
                show_data(f"{text}\n")
            else:
                end = "\n" if shape == "full" else ""
                show(text + end, err=True, color=colours(sys.stderr))
            sentence = N_("“{name}” has faults: it cannot be compared.")
            say(speaker.say(Message.of(sentence, name=each.name)))
    return code


def _written(changes: Changes, form: str, output: Path | None, catalogue: Catalogue) -> int:
    """Write or print the changes, and return the exit code."""
    from moip_press.system import atomic

    text = _text(changes, form, catalogue, screen=output is None)
    if output is None:
        if form == "json":
            show_data(text)
        else:
            show(text, color=colours(sys.stdout))
        return DONE
    try:
        # a name that is no UTF-8 shows its bytes, in JSON as in a page
        atomic.write(output, text.encode("utf-8", "backslashreplace"))
    except atomic.CannotWrite as error:
        say(catalogue.say(error.message))
        return FAILED
    return DONE


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
