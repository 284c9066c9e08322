"""``moip-press build``: make the dossier of a kit."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from moip_press.commands.options import (
    NamedFolder,
    cache_of,
    cache_options,
    colours,
    kit_argument,
    kit_folder,
    say,
    shared,
    source_date,
    unheard,
    unreadable,
    watch_option,
)
from moip_press.commands.since import since_of, since_option
from moip_press.messages import Catalogue

if TYPE_CHECKING:
    from moip_press.cache import Cache
    from moip_press.outcome import Order
    from moip_press.unchanged import Builder

DONE, FAULTS, USAGE, FAILED = 0, 1, 2, 3

BAR = 48  # columns of the progress bar, without the title beside it


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
    @click.option(
        "-o",
        "--output",
        type=NamedFolder(catalogue),
        help=catalogue.gettext("The folder for the PDF, instead of output/<kit>."),
    )
    @click.option(
        "--all", "all_", is_flag=True, help=catalogue.gettext("Make the handouts too, in one go.")
    )
    @since_option(catalogue)
    @watch_option(catalogue)
    @shared(catalogue)
    @cache_options(catalogue)
    @click.pass_obj
    def build(  # noqa: PLR0913, PLR0917 -- a parameter an option
        today: datetime.date,
        kit: Path | None,
        output: Path | None,
        all_: bool,
        since: str | None,
        watch: bool,
        form: str,
        language: str | None,
        quiet: bool,
        cache_dir: Path | None,
        no_cache: bool,
    ) -> int:
        from moip_press import kit as folders
        from moip_press.handouts.request import Request
        from moip_press.outcome import Order

        folder = kit_folder(kit, catalogue)
        target = output or folders.output_folder(folder, Path())
        cache = cache_of(cache_dir, kept=not no_cache)
        work = again(catalogue) if watch else make
        order = Order(handouts=Request() if all_ else None, moment=source_date(catalogue))
        try:
            order = replace(order, since=since_of(since, catalogue))
            return work(
                folder, target, form, language, quiet=quiet, today=today, cache=cache, order=order
            )
        except OSError as error:
            say(catalogue.say(unreadable(folder, error)))
            return FAILED

    return build


def again(catalogue: Catalogue) -> Callable[..., int]:
    """Return what does as ``make`` each time that the kit changes."""
    from moip_press.commands.watching import make_again

    return partial(make_again, catalogue=catalogue)


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
    from moip_press.unchanged import Builder

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

    from moip_press.report import printable

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
