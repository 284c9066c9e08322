"""``moip-press schema``: the JSON Schema of a kind of file."""

from __future__ import annotations

import click

from moip_press.commands.options import run_options
from moip_press.commands.running import Run
from moip_press.commands.terminal import show
from moip_press.report.messages import Catalogue


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""
    from moip_press.kit.schemas import KINDS

    @click.command(
        "schema",
        help=catalogue.gettext(
            "Print the JSON Schema of a kind of file, for editors that complete and check: "
            "“kit” for kit.yaml, “glossary” for glossary.yaml, “part” for the files that kit.yaml "
            "names, or one type of part."
        ),
    )
    @click.argument("kind", type=click.Choice(KINDS), default="kit", metavar="[KIND]")
    @run_options(catalogue, form=False, quiet=False)
    def schema(run: Run, kind: str) -> None:
        from moip_press.kit.schemas import schema_text

        show(schema_text(kind, run.catalogue.language))

    return schema
