"""``moip-press handouts``: make smaller PDFs of sections or selections of a kit."""

from __future__ import annotations

from pathlib import Path

import click

from moip_press.commands.build import build_kit
from moip_press.commands.options import (
    kit_argument,
    output_option,
    run_options,
    select_option,
    since_option,
    watch_option,
)
from moip_press.commands.running import Exit, Run
from moip_press.report.messages import Catalogue

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
        metavar=catalogue.gettext("KEY"),
        help=catalogue.gettext(
            "One for each section, organiser, region, department, town, place, theme, audience or "
            "week of the events, or each value of a field of your own; with day, an agenda of "
            "all days."
        ),
    )
    @select_option(catalogue)
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
    @output_option(catalogue)
    @since_option(catalogue)
    @watch_option(catalogue)
    @run_options(catalogue, cache=True)
    def handouts(  # noqa: PLR0913, PLR0917 -- a parameter an option
        run: Run,
        kit: Path | None,
        sections: tuple[str, ...],
        by: str | None,
        select: tuple[str, ...],
        folios: str,
        rest: bool,
        output: Path | None,
        since: str | None,
        watch: bool,
    ) -> Exit:
        from moip_press.kit.conditions import Selection
        from moip_press.press.outcome import Order, Request

        chosen = Selection.parse(select) if select else None
        order = Order(dossier=False, handouts=Request(sections, by, chosen, folios, rest))
        return build_kit(run, kit, output, order, since, watch=watch)

    return handouts
