"""``moip-press rules``: the table of what can be wrong with a kit."""

from __future__ import annotations

import click

from moip_press.commands.options import languages, show, terminal_width
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
    @languages(catalogue)
    def rules(form: str, language: str | None) -> None:
        import json

        from moip_press.proofread.explaining import document, table

        words = Catalogue(language or catalogue.language)
        if form == "json":
            text = json.dumps(document(words), ensure_ascii=False, indent=2) + "\n"
        else:
            text = table(words, terminal_width())
        show(text)

    return rules
