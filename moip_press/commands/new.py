"""``moip-press new``: begin a kit, empty or as the next edition of another."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import replace
from pathlib import Path

import click

from moip_press.commands.options import kit_folder, run_options, usage_error
from moip_press.commands.running import Exit, Run, texts
from moip_press.kit.samples import LIKES
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue

TWO_WAYS = N_("A kit is like the last edition, or begun anew: give --from or --like, not both.")


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "new",
        help=catalogue.gettext(
            "Begin a kit in FOLDER, for example data/2022: a few files that build at once, "
            "their texts marked as blanks. With --from, the next edition of another kit."
        ),
    )
    @click.argument("folder", type=click.Path(path_type=Path))
    @click.option(
        "--from",
        "before",
        metavar="KIT",
        type=click.Path(path_type=Path),
        help=catalogue.gettext(
            "The kit of the last edition: its structure, looks, contacts and standing texts "
            "stay, its events, editorial and interview become blanks. A bare name begins the "
            "new one beside it."
        ),
    )
    @click.option(
        "--like",
        type=click.Choice(LIKES),
        help=catalogue.gettext(
            "What the kit is to be like: a press kit (as without this option), a festival, a "
            "season, a report, or a press release alone."
        ),
    )
    @run_options(
        catalogue,
        form=False,
        language=catalogue.gettext("The language of the kit and of messages."),
    )
    def new(run: Run, folder: Path, before: Path | None, like: str | None) -> Exit:
        from moip_press.system import atomic

        if before and like:
            raise usage_error(run.catalogue, TWO_WAYS)
        old = kit_folder(before, run) if before else None
        if old and folder.parent == Path() and not folder.is_absolute():
            folder = Path(os.path.relpath(old.resolve().parent)) / folder

        def work() -> Exit:
            if not atomic.is_free(folder):
                sentence = N_("“{folder}” is there already: choose another name.")
                raise usage_error(run.catalogue, sentence, folder=folder)
            return _next(old, folder, run) if old else _first(folder, run, like or LIKES[0])

        return run.ended(old or folder, work)

    return new


def _first(folder: Path, run: Run, like: str) -> Exit:
    """Begin a kit of a few files. Raises ``atomic.CannotWrite``."""
    from moip_press.kit import starter

    written = re.search(r"(?<!\d)20\d\d(?!\d)", folder.resolve().name)
    year = int(written[0]) if written else run.today.year
    starter.begin(folder, run.catalogue.language, year, like)
    _say_where(folder, run)
    return Exit.DONE


def _next(old: Path, folder: Path, run: Run) -> Exit:
    """Begin the next edition of a kit. Raises ``OSError`` and ``atomic.CannotWrite``."""
    from moip_press.editions import next_edition
    from moip_press.kit.model.kit_files import read_kit
    from moip_press.system import atomic

    read = read_kit(old)
    run = run.about(read.language)
    if read.kit is None or not read.report.ok:
        replace(run, form="full").report(read.report, texts(read.sources))
        run.say(N_("Nothing was begun: correct this in the last edition first."))
        return Exit.FAULTS
    begun = next_edition.begin(read.kit, read.sources.values(), folder.resolve().name)
    atomic.write_folder(folder, begun.files)
    _say_where(folder, run)
    for note in begun.notes:
        run.note(note)
    return Exit.DONE


def _say_where(folder: Path, run: Run) -> None:
    place = os.path.relpath(folder)
    sentence = N_("A new kit is in “{folder}”. Next: moip-press build {command}")
    run.note(Message.of(sentence, folder=place, command=shlex.quote(place)))
