"""``moip-press build``: make the dossier of a kit."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.making import FAILED, make
from moip_press.commands.options import (
    NamedFolder,
    cache_of,
    cache_options,
    kit_argument,
    kit_folder,
    say,
    shared,
    source_date,
    unreadable,
    watch_option,
)
from moip_press.commands.since import since_of, since_option
from moip_press.report.messages import Catalogue

if TYPE_CHECKING:
    pass


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "build",
        help=catalogue.gettext(
            "Make the dossier of KIT, a folder with a kit.yaml: output/<kit>/dossier.pdf. "
            "Without KIT: the current folder, or the latest kit below data/."
        ),
    )
    @kit_argument()
    @click.option(
        "-o",
        "--output",
        type=NamedFolder(catalogue),
        help=catalogue.gettext("The folder for the PDF, instead of output/<kit>."),
    )
    @click.option(
        "--all", "all_", is_flag=True, help=catalogue.gettext("Make the handouts too, in one go.")
    )
    @since_option(catalogue)
    @watch_option(catalogue)
    @shared(catalogue)
    @cache_options(catalogue)
    @click.pass_obj
    def build(  # noqa: PLR0913, PLR0917 -- a parameter an option
        today: datetime.date,
        kit: Path | None,
        output: Path | None,
        all_: bool,
        since: str | None,
        watch: bool,
        form: str,
        language: str | None,
        quiet: bool,
        cache_dir: Path | None,
        no_cache: bool,
    ) -> int:
        from moip_press.kit import folders
        from moip_press.press.outcome import Order, Request

        folder = kit_folder(kit, catalogue)
        target = output or folders.output_folder(folder, Path())
        cache = cache_of(cache_dir, kept=not no_cache)
        work = again(catalogue) if watch else make
        order = Order(handouts=Request() if all_ else None, moment=source_date(catalogue))
        try:
            order = replace(order, since=since_of(since, catalogue))
            return work(
                folder, target, form, language, quiet=quiet, today=today, cache=cache, order=order
            )
        except OSError as error:
            say(catalogue.say(unreadable(folder, error)))
            return FAILED

    return build


def again(catalogue: Catalogue) -> Callable[..., int]:
    """Return what does as ``make`` each time that the kit changes."""
    from moip_press.commands.watching import make_again

    return partial(make_again, catalogue=catalogue)
