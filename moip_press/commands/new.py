"""``moip-press new``: begin a kit."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path

import click

from moip_press.messages import Catalogue, available_languages


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "new",
        help=catalogue.gettext(
            "Begin a kit in FOLDER, for example data/2022: a few files that build at once, "
            "their texts marked as blanks."
        ),
        short_help=catalogue.gettext("Begin a kit."),
    )
    @click.argument("folder", type=click.Path(path_type=Path))
    @click.option(
        "--language",
        type=click.Choice(available_languages()),
        help=catalogue.gettext("The language of the kit and of messages."),
    )
    @click.option("-q", "--quiet", is_flag=True, help=catalogue.gettext("Print errors only."))
    @click.pass_obj
    def new(today: datetime.date, folder: Path, language: str | None, quiet: bool) -> int:
        import shlex

        from moip_press import publish, starter

        if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
            raise click.UsageError(
                catalogue.gettext("“{folder}” is there already: choose another name.").format(
                    folder=folder
                )
            )
        written = re.search(r"(?<!\d)20\d\d(?!\d)", folder.name)
        year = int(written[0]) if written else today.year
        try:
            starter.begin(folder, language or catalogue.language, year)
        except publish.CannotWrite as error:
            click.echo(catalogue.say(error.message), err=True)
            return 3
        if not quiet:
            place = os.path.relpath(folder)
            said = catalogue.gettext("A new kit is in “{folder}”. Next: moip-press build {command}")
            click.echo(said.format(folder=place, command=shlex.quote(place)), err=True)
        return 0

    return new
