"""The options that every verb shares."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from moip_press.messages import Catalogue, available_languages

FORMATS = ("full", "concise", "json", "github")
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class NamedFolder(click.Path):
    """A folder that may still have to be made: any name but the empty one."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(path_type=Path, readable=False)
        self.catalogue = catalogue

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path. Raises ``click.BadParameter``."""
        if not os.fspath(value):
            self.fail(self.catalogue.gettext("The name of the folder is empty."), param, ctx)
        return super().convert(value, param, ctx)


def unheard() -> None:
    """Let what is still to be said go nowhere, where nobody reads on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())


def source_date(catalogue: Catalogue) -> datetime.datetime | None:
    """Return the moment that ``SOURCE_DATE_EPOCH`` gives; none where it is not set.

    Raises ``click.UsageError`` where it is no number of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return None
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            catalogue.gettext("SOURCE_DATE_EPOCH is not a number of seconds: “{value}”.").format(
                value=given
            )
        ) from None


def kit_argument() -> Decorator:
    """The optional folder of the kit."""
    return click.argument("kit", required=False, type=click.Path(path_type=Path))


def shared(catalogue: Catalogue) -> Decorator:
    """``--format``, ``--language`` and ``--quiet``."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option(
                "--format",
                "form",
                type=click.Choice(FORMATS),
                default="full",
                help=catalogue.gettext("How what is wrong is reported."),
            ),
            click.option(
                "--language",
                type=click.Choice(available_languages()),
                help=catalogue.gettext("The language of messages; otherwise that of the kit."),
            ),
            click.option(
                "-q", "--quiet", is_flag=True, help=catalogue.gettext("Print errors only.")
            ),
        ):
            function = option(function)
        return function

    return decorate


def kit_folder(kit: Path | None, catalogue: Catalogue) -> Path:
    """Return the folder of the kit that is meant. Raises ``click.UsageError``."""
    from moip_press import kit as folders

    found = folders.find(kit, Path())
    if found is not None:
        return found
    if kit is None:
        raise click.UsageError(
            catalogue.gettext(
                "There is no kit here. Name its folder, or begin one with “moip-press new NAME”."
            )
        )
    raise click.UsageError(
        catalogue.gettext("“{folder}” is not a kit: it has no kit.yaml.").format(folder=kit)
    )
