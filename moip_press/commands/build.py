"""``moip-press build``: make the dossier of a kit."""

from __future__ import annotations

from pathlib import Path

import click

from moip_press.commands.building import build_kit
from moip_press.commands.options import (
    kit_argument,
    output_option,
    run_options,
    since_option,
    watch_option,
)
from moip_press.commands.running import Exit, Run
from moip_press.report.messages import Catalogue


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
    @output_option(catalogue)
    @click.option(
        "--all", "all_", is_flag=True, help=catalogue.gettext("Make the handouts too, in one go.")
    )
    @since_option(catalogue)
    @watch_option(catalogue)
    @run_options(catalogue, cache=True)
    def build(
        run: Run, kit: Path | None, output: Path | None, all_: bool, since: str | None, watch: bool
    ) -> Exit:
        from moip_press.press.outcome import Order, Request

        order = Order(handouts=Request() if all_ else None)
        return build_kit(run, kit, output, order, since, watch=watch)

    return build
