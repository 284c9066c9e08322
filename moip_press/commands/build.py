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
    kit_argument,
    kit_folder,
    shared,
    source_date,
    unheard,
)
from moip_press.diagnostics import Message
from moip_press.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.press import Build, Dossier

DONE, FAULTS, FAILED = 0, 1, 3

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
    @shared(catalogue)
    def build(
        kit: Path | None, output: Path | None, form: str, language: str | None, quiet: bool
    ) -> int:
        from moip_press import kit as folders

        folder = kit_folder(kit, catalogue)
        target = output or folders.output_folder(folder, Path())
        moment = source_date(catalogue)
        try:
            return make(folder, target, form, language, quiet=quiet, moment=moment)
        except OSError as error:
            _say(catalogue.say(_failure(folder, error)))
            return FAILED

    return build


def make(
    folder: Path,
    target: Path,
    form: str,
    language: str | None,
    *,
    quiet: bool,
    moment: datetime.datetime | None = None,
) -> int:
    """Build, say how it went on stderr, and return the exit code.

    Raises ``OSError`` where the kit cannot be read.
    """
    from moip_press import press

    started = time.monotonic()
    with _progress(quiet=quiet) as progress:
        made = press.build(folder, target, progress, moment)
    catalogue = Catalogue(language or made.language)
    try:
        report(made, form, catalogue, quiet=quiet)
        _close(made, time.monotonic() - started, catalogue, quiet=quiet)
    except BrokenPipeError:
        unheard()
    if made.failure:
        return FAILED
    return DONE if made.dossier else FAULTS


def _close(made: Build, seconds: float, catalogue: Catalogue, *, quiet: bool) -> None:
    """Say how the build ended; ``quiet`` leaves what kept it from being written."""
    if made.failure:
        _say(catalogue.say(made.failure))
    elif not quiet:
        for line in _closing_lines(made, seconds, catalogue):
            _say(line)


def _closing_lines(made: Build, seconds: float, catalogue: Catalogue) -> Iterator[str]:
    if made.dossier is None:
        yield catalogue.gettext("Nothing was written: the last good PDF is as it was.")
    else:
        yield catalogue.say(_closing(made.dossier, seconds, catalogue))
        yield from _blanks(made.dossier, catalogue)


def _failure(folder: Path, error: OSError) -> Message:
    from moip_press import publish

    if error.errno in publish.NO_SPACE:
        return Message.of(
            N_("“{path}” could not be built. {advice}"), path=folder, advice=publish.advice(error)
        )
    return Message.of(
        N_("“{path}” could not be read. The system says: {reason}."),
        path=error.filename or folder,
        reason=error.strerror or type(error).__name__,
    )


def _say(text: str) -> None:
    click.echo(text, err=True)


def report(made: Build, form: str, catalogue: Catalogue, *, quiet: bool) -> None:
    """Print the diagnostics, JSON on stdout; ``quiet`` leaves the errors."""
    from moip_press.diagnostics import Report, Severity
    from moip_press.report import render

    shown = made.report
    if quiet:
        shown = Report.of(d for d in shown.diagnostics if d.severity is Severity.ERROR)
    if shown.diagnostics or form == "json":
        text = render(shown, form, catalogue, _text(made), Path.cwd(), color=_lively())
        asked_for = form == "json"
        click.echo(text, err=not asked_for, nl=form == "full" and not quiet, color=_lively())


def _text(made: Build) -> Callable[[str], str | None]:
    """Return what gives the text of a file that a diagnostic names."""
    from moip_press.kit import is_file
    from moip_press.source.decoding import decode

    def text(name: str) -> str | None:
        if name in made.sources:
            return made.sources[name].text
        return decode(Path(name).read_bytes(), name)[0].text if is_file(Path(name)) else None

    return text


def _lively() -> bool:
    """Tell whether colours and progress may be shown."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def _closing(dossier: Dossier, seconds: float, catalogue: Catalogue) -> Message:
    point = catalogue.pgettext("decimal sign", ".")
    return Message.counted(
        NP_(
            "{path}: {count} page, {size} kB, {seconds} s",
            "{path}: {count} pages, {size} kB, {seconds} s",
        ),
        dossier.pages,
        path=os.path.relpath(dossier.path),
        size=round(dossier.size / 1000),
        seconds=f"{seconds:.1f}".replace(".", point),
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
def _progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Yield what shows each chapter on a terminal; elsewhere nothing is shown."""
    if quiet or not _lively():
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
            bars[0].pos = number - 1
            bars[0].update(1, title if len(title) <= room else f"{title[: room - 1]}…")

        yield show
