"""``moip-press handouts``: make smaller PDFs of sections or selections of a kit."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import click

from moip_press.commands.build import again
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

BY = ("section", "organiser", "region", "theme", "week", "day")
FOLIOS = ("own", "dossier")


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "handouts",
        help=catalogue.gettext(
            "Make handouts of KIT, smaller PDFs of the same pages as the dossier, in "
            "output/<kit>/handouts/: one for each section of the programme, for each chapter "
            "marked “handout: yes”, and those that kit.yaml names."
        ),
    )
    @kit_argument()
    @click.option(
        "--section",
        "sections",
        multiple=True,
        metavar="ID",
        help=catalogue.gettext("Only that of this section; may be repeated."),
    )
    @click.option(
        "--by",
        type=click.Choice(BY),
        help=catalogue.gettext(
            "One for each section, organiser, region, theme or week of the events, or with day "
            "an agenda of all days."
        ),
    )
    @click.option(
        "--select",
        multiple=True,
        metavar="KEY=VALUE[,VALUE…]",
        help=catalogue.gettext(
            "Only events that meet this: a section, organiser, region, theme, day, week, status "
            "or text; != excludes. Repeated, an event must meet all."
        ),
    )
    @click.option(
        "--folios",
        type=click.Choice(FOLIOS),
        default="own",
        help=catalogue.gettext("Number the pages from 1 (own), or as in the dossier."),
    )
    @click.option(
        "--rest/--no-rest",
        default=True,
        help=catalogue.gettext(
            "With --by: whether events without a region or theme get a handout too."
        ),
    )
    @click.option(
        "-o",
        "--output",
        type=NamedFolder(catalogue),
        help=catalogue.gettext("The folder for the PDF, instead of output/<kit>."),
    )
    @since_option(catalogue)
    @watch_option(catalogue)
    @shared(catalogue)
    @cache_options(catalogue)
    @click.pass_obj
    def handouts(  # noqa: PLR0913, PLR0917 -- a parameter an option
        today: datetime.date,
        kit: Path | None,
        sections: tuple[str, ...],
        by: str | None,
        select: tuple[str, ...],
        folios: str,
        rest: bool,
        output: Path | None,
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
        chosen = None
        if select:
            from moip_press.kit.selection import Selection

            chosen = Selection.parse(select)
        request = Request(sections, by, chosen, folios, rest)
        order = Order(dossier=False, handouts=request, moment=source_date(catalogue))
        try:
            order = replace(order, since=since_of(since, catalogue))
            return work(
                folder, target, form, language, quiet=quiet, today=today, cache=cache, order=order
            )
        except OSError as error:
            say(catalogue.say(unreadable(folder, error)))
            return FAILED

    return handouts
