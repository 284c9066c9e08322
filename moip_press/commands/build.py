"""``moip-press build``: make the dossier of a kit."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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
    texts,
    unheard,
    unreadable,
)
from moip_press.diagnostics import Message
from moip_press.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.cache import Cache
    from moip_press.press import Build, Dossier, HandoutFile, Order

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
        short_help=catalogue.gettext("Make the dossier of a kit."),
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
    @shared(catalogue)
    @cache_options(catalogue)
    @click.pass_obj
    def build(  # noqa: PLR0913, PLR0917 -- a parameter an option
        today: datetime.date,
        kit: Path | None,
        output: Path | None,
        all_: bool,
        form: str,
        language: str | None,
        quiet: bool,
        cache_dir: Path | None,
        no_cache: bool,
    ) -> int:
        from moip_press import kit as folders
        from moip_press.handouts.plan import Request
        from moip_press.press import Order

        folder = kit_folder(kit, catalogue)
        target = output or folders.output_folder(folder, Path())
        cache = cache_of(cache_dir, kept=not no_cache)
        order = Order(handouts=Request() if all_ else None, moment=source_date(catalogue))
        try:
            return make(
                folder, target, form, language, quiet=quiet, today=today, cache=cache, order=order
            )
        except OSError as error:
            say(catalogue.say(unreadable(folder, error)))
            return FAILED

    return build


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
) -> int:
    """Build, say how it went on stderr, and return the exit code.

    Raises ``OSError`` where the kit cannot be read.
    """
    from moip_press import press

    started = time.monotonic()
    with progress_bar(quiet=quiet) as progress:
        made = press.build(folder, target, progress, today=today, cache=cache, order=order)
    catalogue = Catalogue(language or made.language)
    try:
        report(made, form, catalogue, quiet=quiet)
        _close(made, time.monotonic() - started, catalogue, quiet=quiet)
    except BrokenPipeError:
        unheard()
    if made.failure:
        return FAILED
    if made.misused:
        return USAGE
    return DONE if made.ok else FAULTS


def _close(made: Build, seconds: float, catalogue: Catalogue, *, quiet: bool) -> None:
    """Say how the build ended; ``quiet`` leaves what kept it from being written."""
    if made.failure:
        say(catalogue.say(made.failure))
    for name in made.failed:
        message = N_("The handout “{name}” was not made: an older file of it is as it was.")
        say(catalogue.say(Message.of(message, name=name)))
    if quiet or (made.failure and not made.handouts and not made.dossier):
        return
    for line in _closing_lines(made, seconds, catalogue):
        say(line)


def _closing_lines(made: Build, seconds: float, catalogue: Catalogue) -> Iterator[str]:
    if made.dossier is None and not made.handouts:
        yield catalogue.gettext("Nothing was written: the last good PDF is as it was.")
        return
    yield from _table(made.handouts, catalogue)
    if made.handouts:
        yield catalogue.say(_handouts_closing(made.handouts, seconds, catalogue))
    if made.dossier:
        yield catalogue.say(_closing(made.dossier, seconds, catalogue))
    if made.findings:
        sentence = NP_(
            "{count} warning of the proofreader: “moip-press check” shows it.",
            "{count} warnings of the proofreader: “moip-press check” shows them.",
        )
        yield catalogue.say(Message.counted(sentence, made.findings))
    if made.dossier:
        yield from _blanks(made.dossier, catalogue)


def _table(handouts: tuple[HandoutFile, ...], catalogue: Catalogue) -> Iterator[str]:
    """Yield a line a handout: its file, its pages, its events."""
    if not handouts:
        return
    heads = (catalogue.gettext("File"), catalogue.gettext("Pages"), catalogue.gettext("Events"))
    rows = [(each.path.name, str(each.pages), str(each.events or "–")) for each in handouts]
    wide = [max(len(row[column]) for row in (heads, *rows)) for column in range(3)]
    for name, pages, events in (heads, *rows):
        yield f"{name:<{wide[0]}}  {pages:>{wide[1]}}  {events:>{wide[2]}}"


def _handouts_closing(
    handouts: tuple[HandoutFile, ...], seconds: float, catalogue: Catalogue
) -> Message:
    sentence = NP_(
        "{path}: {count} handout, {pages}, {seconds} s",
        "{path}: {count} handouts, {pages}, {seconds} s",
    )
    return Message.counted(
        sentence,
        len(handouts),
        path=os.path.relpath(handouts[0].path.parent),
        pages=Message.counted(NP_("{count} page", "{count} pages"), sum(h.pages for h in handouts)),
        seconds=_seconds(seconds, catalogue),
    )


def _seconds(seconds: float, catalogue: Catalogue) -> str:
    return f"{seconds:.1f}".replace(".", catalogue.pgettext("decimal sign", "."))


def report(made: Build, form: str, catalogue: Catalogue, *, quiet: bool) -> None:
    """Print the diagnostics, JSON on stdout; ``quiet`` leaves the errors."""
    from moip_press.diagnostics import Report, Severity
    from moip_press.report import render

    shown = made.report
    if quiet:
        shown = Report.of(d for d in shown.diagnostics if d.severity is Severity.ERROR)
    if shown.diagnostics or form == "json":
        text = render(shown, form, catalogue, _texts(made), Path.cwd(), color=colours(sys.stderr))
        asked_for = form == "json"
        click.echo(
            text, err=not asked_for, nl=form == "full" and not quiet, color=colours(sys.stderr)
        )


def _texts(made: Build) -> Callable[[str], str | None]:
    """Return what gives the text of a file, or of an option of the command line."""
    of_file = texts(made.sources)
    return lambda name: made.words[name] if name in made.words else of_file(name)


def _closing(dossier: Dossier, seconds: float, catalogue: Catalogue) -> Message:
    return Message.counted(
        NP_(
            "{path}: {count} page, {size} kB, {seconds} s",
            "{path}: {count} pages, {size} kB, {seconds} s",
        ),
        dossier.pages,
        path=os.path.relpath(dossier.path),
        size=round(dossier.size / 1000),
        seconds=_seconds(seconds, catalogue),
    )


def _blanks(dossier: Dossier, catalogue: Catalogue) -> Iterator[str]:
    if dossier.blanks:
        yield catalogue.say(
            Message.counted(
                NP_("{count} blank still to fill:", "{count} blanks still to fill:"),
                len(dossier.blanks),
            )
        )
    for blank in dossier.blanks:
        span = blank.placed.span
        place = f"{os.path.relpath(span.file)}:{span.start.line}"
        yield catalogue.say(Message.of(N_("- {title} ({place})"), title=blank.title, place=place))


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Yield what shows each chapter on a terminal; elsewhere nothing is shown."""
    if quiet or not colours(sys.stderr):
        yield lambda _title, _number, _count: None
        return
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
            bars[0].update(1, title if len(title) <= room else f"{title[: room - 1]}…")

        yield show
