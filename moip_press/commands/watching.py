"""Building again and again, each time that the kit changes."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from moip_press.commands.making import FAILED, make
from moip_press.commands.options import say, unreadable
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.press.outcome import Order
    from moip_press.system.cache import Cache

WATCHING = N_("Watching “{folder}”: it is built again when you save. Ctrl-C ends it.")
GONE = N_("“{folder}” is no longer there: nothing more is built.")
FILES = NP_("{time} – {name} has changed.", "{time} – {count} files have changed.")
OTHERWISE = N_("{time} – the kit has changed.")


def make_again(  # noqa: PLR0913 -- a parameter an option
    folder: Path,
    target: Path,
    form: str,
    language: str | None,
    *,
    quiet: bool,
    today: datetime.date,
    cache: Cache,
    order: Order,
    catalogue: Catalogue,
) -> int:
    """Build, and build again whenever a file of the kit or of the theme changes.

    A kit with faults is told of, and waited for. Returns the exit code where the kit is gone.
    """
    from moip_press.press import preview
    from moip_press.press.unchanged import Builder

    builder, begun = Builder(cache, again=True), False

    def heard() -> Catalogue:
        return Catalogue(language or builder.language or catalogue.language)

    for names in preview.bursts(folder, target, cache.folder):
        if begun:
            now = datetime.datetime.now(datetime.UTC)
            today = now.date()
            if not quiet:
                say(heard().say(_changed(now.astimezone(), names)))
        try:
            make(
                folder,
                target,
                form,
                language,
                quiet=quiet,
                today=today,
                cache=cache,
                order=order,
                builder=builder,
            )
        except OSError as error:
            say(heard().say(unreadable(folder, error)))
        if not (begun or quiet):
            say(heard().say(Message.of(WATCHING, folder=folder)))
        begun = True
    say(heard().say(Message.of(GONE, folder=folder)))
    return FAILED


def _changed(now: datetime.datetime, names: tuple[str, ...]) -> Message:
    """Return the line that tells why it is built again."""
    time = f"{now:%H:%M:%S}"
    if not names:
        return Message.of(OTHERWISE, time=time)
    return Message.counted(FILES, len(names), time=time, name=names[0])
