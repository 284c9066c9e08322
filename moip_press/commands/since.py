"""``--since``: the version since which changes are marked on the pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from moip_press.report.messages import Catalogue

if TYPE_CHECKING:
    from moip_press.editions.comparison import Document


def since_option(catalogue: Catalogue) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``--since OLD``."""
    return click.option(
        "--since",
        metavar="OLD",
        help=catalogue.gettext(
            "Mark in the margin what has changed since OLD: a kit, a PDF, a released version "
            "(2021@v2) or a git revision (2021@HEAD~3)."
        ),
    )


def since_of(named: str | None, catalogue: Catalogue) -> Document | None:
    """Return the version that ``--since`` names; none where it is not given.

    Raises ``click.UsageError`` where nothing has this name, and ends the verb, after saying why,
    where it cannot be had.
    """
    if named is None:
        return None
    from moip_press.commands.compare import refused
    from moip_press.editions.comparison.versions import side

    found = side(named, Path())
    if found.document is not None:
        return found.document
    if found.misused and found.failure:
        raise click.UsageError(catalogue.say(found.failure))
    raise click.exceptions.Exit(refused([found], "full", None, catalogue))
