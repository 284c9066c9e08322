"""``moip-press new``: begin a kit, empty or as the next edition of another."""

from __future__ import annotations

import datetime
import os
import re
import sys
from pathlib import Path

import click

from moip_press.commands.options import colours, kit_folder, say, show, texts, unreadable
from moip_press.report.messages import Catalogue, available_languages

DONE, FAULTS, FAILED = 0, 1, 3


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
        "--language",
        type=click.Choice(available_languages()),
        help=catalogue.gettext("The language of the kit and of messages."),
    )
    @click.option("-q", "--quiet", is_flag=True, help=catalogue.gettext("Print errors only."))
    @click.pass_obj
    def new(
        today: datetime.date, folder: Path, before: Path | None, language: str | None, quiet: bool
    ) -> int:
        from moip_press.system import atomic

        old = kit_folder(before, catalogue) if before else None
        if old and folder.parent == Path() and not folder.is_absolute():
            folder = Path(os.path.relpath(old.resolve().parent)) / folder
        try:
            if not atomic.is_free(folder):
                raise click.UsageError(
                    catalogue.gettext("“{folder}” is there already: choose another name.").format(
                        folder=folder
                    )
                )
            if old:
                return _next(old, folder, language, quiet=quiet)
            return _first(folder, language, today, catalogue, quiet=quiet)
        except atomic.CannotWrite as error:
            say(catalogue.say(error.message))
        except OSError as error:
            say(catalogue.say(unreadable(old or folder, error)))
        return FAILED

    return new


def _first(
    folder: Path, language: str | None, today: datetime.date, catalogue: Catalogue, *, quiet: bool
) -> int:
    """Begin a kit of a few files. Raises ``atomic.CannotWrite``."""
    from moip_press.kit import starter

    written = re.search(r"(?<!\d)20\d\d(?!\d)", folder.resolve().name)
    year = int(written[0]) if written else today.year
    starter.begin(folder, language or catalogue.language, year)
    _say_where(folder, catalogue, quiet=quiet)
    return DONE


def _next(old: Path, folder: Path, language: str | None, *, quiet: bool) -> int:
    """Begin the next edition of a kit. Raises ``OSError`` and ``atomic.CannotWrite``."""
    from moip_press.editions import next_edition
    from moip_press.kit.model.kit_files import read_kit
    from moip_press.report.rendering import render
    from moip_press.system import atomic

    read = read_kit(old)
    catalogue = Catalogue(language or read.language)
    if read.kit is None or not read.report.ok:
        text = render(
            read.report,
            "full",
            catalogue,
            texts(read.sources),
            Path.cwd(),
            color=colours(sys.stderr),
        )
        show(f"{text}\n", err=True, color=colours(sys.stderr))
        say(catalogue.gettext("Nothing was begun: correct this in the last edition first."))
        return FAULTS
    begun = next_edition.begin(read.kit, read.sources.values(), folder.resolve().name)
    atomic.write_folder(folder, begun.files)
    _say_where(folder, catalogue, quiet=quiet)
    if not quiet:
        for note in begun.notes:
            say(catalogue.say(note))
    return DONE


def _say_where(folder: Path, catalogue: Catalogue, *, quiet: bool) -> None:
    if not quiet:
        import shlex

        place = os.path.relpath(folder)
        said = catalogue.gettext("A new kit is in “{folder}”. Next: moip-press build {command}")
        say(said.format(folder=place, command=shlex.quote(place)))
