"""``moip-press rules``: the table of what can be wrong with a kit."""

from __future__ import annotations

import click

from moip_press.commands.options import run_options
from moip_press.commands.running import Run
from moip_press.commands.terminal import show, show_data, terminal_width
from moip_press.report.messages import Catalogue


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "rules",
        help=catalogue.gettext("List the rules that “build” and “check” know, with their codes."),
    )
    @click.option(
        "--format",
        "form",
        type=click.Choice(("full", "json")),
        default="full",
        help=catalogue.gettext("How the rules are listed."),
    )
    @run_options(catalogue, form=False, quiet=False)
    def rules(run: Run) -> None:
        import json

        from moip_press.proofread.explaining import document, table

        if run.form == "json":
            show_data(json.dumps(document(run.catalogue), ensure_ascii=False, indent=2) + "\n")
        else:
            show(table(run.catalogue, terminal_width()))

    return rules
