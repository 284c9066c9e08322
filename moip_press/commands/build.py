"""``moip-press build``: make the dossier of a kit, once or again and again; and how it went."""

from __future__ import annotations

import datetime
import gc
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.options import (
    kit_argument,
    kit_folder,
    output_option,
    run_options,
    since_option,
    source_date,
    watch_option,
)
from moip_press.commands.running import Exit, Run, texts
from moip_press.commands.terminal import progress_bar, say
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.editions.comparison.document import Document
    from moip_press.press.outcome import Build, Dossier, HandoutFile, Order
    from moip_press.press.unchanged import Builder
    from moip_press.report.diagnostics import Gap


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
    @output_option(catalogue)
    @click.option(
        "--all", "all_", is_flag=True, help=catalogue.gettext("Make the handouts too, in one go.")
    )
    @since_option(catalogue)
    @watch_option(catalogue)
    @run_options(catalogue, cache=True)
    def build(
        run: Run, kit: Path | None, output: Path | None, all_: bool, since: str | None, watch: bool
    ) -> Exit:
        from moip_press.press.outcome import Order, Request

        order = Order(handouts=Request() if all_ else None)
        return build_kit(run, kit, output, order, since, watch=watch)

    return build


def build_kit(
    run: Run, kit: Path | None, output: Path | None, order: Order, since: str | None, *, watch: bool
) -> Exit:
    """Build what is ordered of a kit, with ``watch`` each time that it changes."""
    from moip_press.kit import folders

    folder = kit_folder(kit, run)
    target = output or folders.output_folder(folder, Path())
    dated = replace(order, moment=source_date(run))

    def work() -> Exit:
        full = replace(dated, since=version_named(since, run))
        return (_build_again if watch else _build)(run, folder, target, full)

    return run.ended(folder, work)


def version_named(named: str | None, run: Run) -> Document | None:
    """Return the version that ``--since`` names; none where it is not given.

    Raises ``click.UsageError`` where nothing has this name, and ends the verb, after saying why,
    where it cannot be had.
    """
    if named is None:
        return None
    from moip_press.commands.compare import refuse
    from moip_press.editions.comparison.versions import side

    found = side(named, Path())
    if found.document is not None:
        return found.document
    if found.misused and found.failure:
        raise click.UsageError(run.catalogue.say(found.failure))
    raise click.exceptions.Exit(refuse([found], replace(run, form="full", quiet=False)))


def _build(
    run: Run, folder: Path, target: Path, order: Order, builder: Builder | None = None
) -> Exit:
    """Build, print how it went, and return the exit code; ``builder`` may have built before.

    Raises ``OSError`` where the kit cannot be read.
    """
    from moip_press.press.unchanged import Builder
    from moip_press.system.processes import cores

    started = time.monotonic()
    with progress_bar(quiet=run.quiet) as progress:
        builder = builder or Builder(run.cache, cores=cores(), counts=not run.quiet)
        made = builder.build(folder, target, progress, today=run.today, order=order)
    report_build(made, run)
    _close(made, time.monotonic() - started, target, run.about(made.language))
    if made.failure:
        return Exit.FAILED
    if made.misused:
        return Exit.USAGE
    return Exit.DONE if made.ok else Exit.FAULTS


def report_build(made: Build, run: Run) -> None:
    """Print what is wrong."""
    run.about(made.language).report(made.report, texts(made.sources, made.words))


# --- again and again ------------------------------------------------------------------------


def _build_again(run: Run, folder: Path, target: Path, order: Order) -> Exit:
    """Build, and build again whenever a file of the kit or of the theme changes.

    A kit with faults is reported, and waited for. Returns the exit code where the kit is gone.
    """
    from moip_press.press import preview
    from moip_press.press.unchanged import Builder

    cache = run.cache
    builder, begun = Builder(cache, counts=not run.quiet), False
    for names in preview.bursts(folder, target, cache.folder):
        if begun:
            now = datetime.datetime.now(datetime.UTC)
            run = replace(run, today=now.date())
            run.about(builder.language).note(changed(now.astimezone(), names))
        run.ended(folder, partial(_build, run, folder, target, order, builder))
        gc.collect()  # nobody waits now: amid a build it may take half a second
        run = run.about(builder.language)
        if not begun:
            sentence = N_("Watching “{folder}”: it is built again when you save. Ctrl-C ends it.")
            run.note(Message.of(sentence, folder=folder))
        begun = True
    sentence = N_("“{folder}” is no longer there: nothing more is built.")
    run.say(Message.of(sentence, folder=folder))
    return Exit.FAILED


def changed(now: datetime.datetime, names: tuple[str, ...]) -> Message:
    """Return the line that says why it is built again."""
    time = f"{now:%H:%M:%S}"
    if not names:
        return Message.of(N_("{time} – the kit has changed."), time=time)
    files = NP_("{time} – {name} has changed.", "{time} – {count} files have changed.")
    return Message.counted(files, len(names), time=time, name=names[0])


# --- how it ended ---------------------------------------------------------------------------


def _close(made: Build, seconds: float, target: Path, run: Run) -> None:
    """Print how the build ended; ``--quiet`` leaves what kept it from being written."""
    from moip_press.press.outcome import DOSSIER, file_of

    if made.failure:
        run.say(made.failure)
    for name in made.failed:
        message = N_("The handout “{name}” was not made.")
        if (target / file_of(name)).exists():
            message = N_("The handout “{name}” was not made: an older file of it is as it was.")
        run.say(Message.of(message, name=name))
    if run.quiet or (made.failure and not made.handouts and not made.dossier):
        return
    if made.dossier is None and not made.handouts:
        stays = (target / DOSSIER).exists()
        kept = N_("Nothing was written: the last good PDF is as it was.")
        run.note(kept if stays else N_("Nothing was written."))
        return
    for line in _closing_lines(made, seconds, run.catalogue):
        say(line)


def _closing_lines(made: Build, seconds: float, catalogue: Catalogue) -> Iterator[str]:
    taken = catalogue.decimal(seconds)
    if made.handouts:
        yield from _table(made.handouts, catalogue)
        yield catalogue.say(_handouts_line(made.handouts, taken))
    if made.dossier:
        yield catalogue.say(_dossier_line(made.dossier, taken))
        if made.dossier.heavy:
            yield catalogue.say(_heavy_line(made.dossier.heavy, catalogue))
    if made.unchanged:
        yield catalogue.gettext("Nothing has changed since the last time.")
    if made.findings:
        sentence = NP_(
            "{count} warning of the proofreader: “moip-press check” shows it.",
            "{count} warnings of the proofreader: “moip-press check” shows them.",
        )
        yield catalogue.say(Message.counted(sentence, made.findings))
    if made.dossier:
        yield from blank_lines(made.dossier.blanks, catalogue)


def _table(handouts: tuple[HandoutFile, ...], catalogue: Catalogue) -> Iterator[str]:
    """Yield a line a handout: its file, its pages, its events."""
    heads = (catalogue.gettext("File"), catalogue.gettext("Pages"), catalogue.gettext("Events"))
    rows = [(each.path.name, str(each.pages), str(each.events or "–")) for each in handouts]
    wide = [max(len(row[column]) for row in (heads, *rows)) for column in range(3)]
    for name, pages, events in (heads, *rows):
        yield f"{name:<{wide[0]}}  {pages:>{wide[1]}}  {events:>{wide[2]}}"


def _handouts_line(handouts: tuple[HandoutFile, ...], seconds: str) -> Message:
    sentence = NP_(
        "{path}: {count} handout, {pages}, {seconds} s",
        "{path}: {count} handouts, {pages}, {seconds} s",
    )
    return Message.counted(
        sentence,
        len(handouts),
        path=os.path.relpath(handouts[0].path.parent),
        pages=Message.counted(NP_("{count} page", "{count} pages"), sum(h.pages for h in handouts)),
        seconds=seconds,
    )


def _dossier_line(dossier: Dossier, seconds: str) -> Message:
    sentence = NP_(
        "{path}: {count} page, {size} kB, {seconds} s",
        "{path}: {count} pages, {size} kB, {seconds} s",
    )
    return Message.counted(
        sentence,
        dossier.pages,
        path=os.path.relpath(dossier.path),
        size=round(dossier.size / 1000),
        seconds=seconds,
    )


def _heavy_line(heavy: Sequence[tuple[str, int]], catalogue: Catalogue) -> Message:
    """Return which pictures make the dossier heavy, and what to do about it."""
    each = N_("{name} ({size} MB)")
    names = ", ".join(
        catalogue.say(Message.of(each, name=name, size=catalogue.decimal(size / 1e6)))
        for name, size in heavy
    )
    sentence = N_("Pictures that weigh most: {names}. “limits: {{dpi: 150}}” makes them lighter.")
    return Message.of(sentence, names=names)


def blank_lines(blanks: Sequence[Gap], catalogue: Catalogue) -> Iterator[str]:
    """Yield how many blanks are still to fill, and where each of them stands."""
    if blanks:
        sentence = NP_("{count} blank still to fill:", "{count} blanks still to fill:")
        yield catalogue.say(Message.counted(sentence, len(blanks)))
    for blank in blanks:
        span = blank.span
        place = f"{os.path.relpath(span.file)}:{span.start.line}"
        yield catalogue.say(Message.of(N_("- {title} ({place})"), title=blank.title, place=place))
