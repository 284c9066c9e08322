"""Building once: what `build`, `handouts` and `--watch` do, and the exit code that it ends with."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from moip_press.commands.options import (
    colours,
    unheard,
)
from moip_press.report.messages import Catalogue

if TYPE_CHECKING:
    from moip_press.press.outcome import Order
    from moip_press.press.unchanged import Builder
    from moip_press.system.cache import Cache


DONE, FAULTS, USAGE, FAILED = 0, 1, 2, 3
BAR = 48  # columns of the progress bar, without the title beside it


def make(  # noqa: PLR0913 -- a parameter an option
    folder: Path,
    target: Path,
    form: str,
    language: str | None,
    *,
    quiet: bool,
    today: datetime.date,
    cache: Cache,
    order: Order,
    builder: Builder | None = None,
) -> int:
    """Build, say how it went on stderr, and return the exit code.

    ``builder`` is one that has built before. Raises ``OSError`` where the kit cannot be read.
    """
    from moip_press.commands.closing import close, report
    from moip_press.press.unchanged import Builder

    started = time.monotonic()
    with progress_bar(quiet=quiet) as progress:
        made = (builder or Builder(cache)).build(folder, target, progress, today=today, order=order)
    catalogue = Catalogue(language or made.language)
    try:
        report(made, form, catalogue, quiet=quiet)
        close(made, time.monotonic() - started, catalogue, quiet=quiet)
    except BrokenPipeError:
        unheard()
    if made.failure:
        return FAILED
    if made.misused:
        return USAGE
    return DONE if made.ok else FAULTS


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Yield what shows each chapter on a terminal; elsewhere nothing is shown."""
    if quiet or not colours(sys.stderr):
        yield lambda _title, _number, _count: None
        return
    import shutil

    from moip_press.report.rendering import printable

    room = max(shutil.get_terminal_size().columns - BAR, 10)
    with ExitStack() as stack:
        bars: list[Any] = []

        def show(title: str, number: int, count: int) -> None:
            if not bars:
                bar = click.progressbar(
                    length=count, file=sys.stderr, item_show_func=lambda title: title, width=24
                )
                bars.append(stack.enter_context(bar))
            bars[0].length = count
            bars[0].pos = number - 1
            title = printable(title)
            bars[0].update(1, title if len(title) <= room else f"{title[: room - 1]}…")

        yield show
