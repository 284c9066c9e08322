"""``moip-press season``: make many kits in one go."""

from __future__ import annotations

import datetime
import time
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.build import changed
from moip_press.commands.options import (
    output_option,
    run_options,
    source_date,
    usage_error,
    watch_option,
)
from moip_press.commands.running import Exit, Run, texts
from moip_press.commands.terminal import progress_bar, show, show_data
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue

if TYPE_CHECKING:
    from moip_press.kit.season import Season, SeasonReading
    from moip_press.press.outcome import Request
    from moip_press.press.season.building import Outcome
    from moip_press.press.season.crews import Crew
    from moip_press.press.season.reports import SeasonReport


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "season",
        help=catalogue.gettext(
            "Make the dossiers of many kits: of a season.yaml, or of the kits in FOLDERs, into "
            "output/<season>/<kit>/. A kit that fails keeps none of the others back."
        ),
    )
    @click.argument("folders", nargs=-1, metavar="[FOLDER]…", type=click.Path(path_type=Path))
    @click.option(
        "--name",
        metavar="NAME",
        help=catalogue.gettext("The name of the season, and of the folder of its PDFs."),
    )
    @output_option(
        catalogue, catalogue.gettext("The folder for the PDFs, instead of output/<season>.")
    )
    @click.option(
        "--all", "all_", is_flag=True, help=catalogue.gettext("Make the handouts too, in one go.")
    )
    @click.option(
        "--workers",
        type=click.IntRange(1, 64),
        metavar="N",
        help=catalogue.gettext(
            "How many kits are made at a time; otherwise one for each processor."
        ),
    )
    @click.option(
        "--by",
        metavar=catalogue.gettext("KEY"),
        help=catalogue.gettext(
            "Make a handout of each kit for each organiser, region, place… in place of its own."
        ),
    )
    @click.option(
        "--cluster",
        metavar="ADDRESS",
        help=catalogue.gettext(
            "The scheduler of a Dask cluster that makes the kits, such as tls://example.org:8786."
        ),
    )
    @watch_option(catalogue)
    @run_options(catalogue, cache=True)
    def season(  # noqa: PLR0913, PLR0917 -- a parameter an option
        run: Run,
        folders: tuple[Path, ...],
        name: str | None,
        output: Path | None,
        all_: bool,
        by: str | None,
        workers: int | None,
        cluster: str | None,
        watch: bool,
    ) -> Exit:
        asked = Asked(folders or (Path(),), name, output, all_, by, workers, cluster)
        return run.ended(asked.folders[0], lambda: _season(run, asked, watch=watch))

    return season


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    folders: tuple[Path, ...]
    name: str | None
    output: Path | None
    handouts: bool
    by: str | None
    workers: int | None
    cluster: str | None


def read_season(folders: tuple[Path, ...], name: str | None, run: Run) -> SeasonReading:
    """Return the season that folders mean. Raises ``click.UsageError`` and ``OSError``."""
    from moip_press.kit import season

    file = season.is_season(folders[0])
    if file and len(folders) == 1:
        return season.read_season(file, name)
    if missing := season.kits_missing(folders):
        sentence = N_(
            "“{folder}” is no season and no kit: it has neither season.yaml nor kit.yaml."
        )
        raise usage_error(run.catalogue, sentence, folder=missing[0])
    return season.season_of(folders, name)


def _season(run: Run, asked: Asked, *, watch: bool) -> Exit:
    """Build once or again and again, and return the exit code. Raises ``OSError``."""
    read = read_season(asked.folders, asked.name, run)
    if read.season is None:
        run.report(read.report, texts({read.source.name: read.source} if read.source else {}))
        return Exit.FAULTS
    if watch:
        return _build_again(run, asked, read)
    return _build(run, asked, read.season)


def _build_again(run: Run, asked: Asked, read: SeasonReading) -> Exit:
    """Build, and build again whenever a kit or what they share changes.

    Returns the exit code where no kit is there any more. Raises ``OSError``.
    """
    from moip_press.kit.season import is_season, output_folder
    from moip_press.press.preview import bursts_of_season

    season = read.season
    while season is not None:
        output = asked.output or output_folder(season, Path())
        kits = {each.folder: output / each.path for each in season.members}
        shared, file = season.shared.theme, is_season(asked.folders[0])
        beside = [path for path in (file, shared) if path]
        begun = False
        for names in bursts_of_season(kits, beside, run.cache.folder):
            if begun:
                now = datetime.datetime.now(datetime.UTC)
                run = replace(run, today=now.date())
                run.note(changed(now.astimezone(), names))
                read = read_season(asked.folders, asked.name, run)
                if read.season is None:
                    source = read.source
                    run.report(read.report, texts({source.name: source} if source else {}))
                    continue
                if {each.folder for each in read.season.members} != kits.keys():
                    break  # other kits are watched from now on
                season = read.season
            run.ended(season.folder, partial(_build, run, asked, season))
            if not begun:
                sentence = N_(
                    "Watching the season: it is built again when you save. Ctrl-C ends it."
                )
                run.note(Message(sentence))
            begun = True
        else:
            run.say(Message(N_("The kits are no longer there: nothing more is built.")))
            return Exit.FAILED
        season = read.season
    return Exit.FAULTS


def _build(run: Run, asked: Asked, season: Season) -> Exit:
    """Build the kits of a season, print how it went, and return the exit code."""
    from moip_press.kit.season import output_folder
    from moip_press.press.season.building import Outcome, SeasonBuilder, SeasonOrder
    from moip_press.press.season.crews import NobodyLeft
    from moip_press.press.season.reports import SeasonReport

    output = asked.output or output_folder(season, Path())
    handouts = _handouts(asked, season)
    order = SeasonOrder(run.today, handouts, source_date(run), counts=not run.quiet)
    began, stopped = time.monotonic(), None
    outcomes: list[Outcome] = []
    try:
        with closing(_crew(run, asked, season)) as crew, progress_bar(quiet=run.quiet) as progress:
            builder = SeasonBuilder(season, output, order, run.cache, crew)
            outcomes.extend(builder.outcomes(progress))
    except NobodyLeft as left:
        stopped = left.message
        ended = {each.member for each in outcomes}
        unmade = Message(N_("It was not made: the next run makes it."))
        outcomes += [Outcome(m, failure=unmade) for m in season.members if m not in ended]
    places = {member: place for place, member in enumerate(season.members)}
    ordered = tuple(sorted(outcomes, key=lambda each: places[each.member]))
    made = SeasonReport(season.name, output, ordered, time.monotonic() - began)
    language = next((each.build.language for each in ordered if each.build), None)
    _report(run.about(language), made)
    if stopped:
        run.say(stopped)
        return Exit.FAILED
    return Exit.DONE if made.ok else Exit.FAULTS


def _handouts(asked: Asked, season: Season) -> Request | None:
    """Return the handouts to make of each kit."""
    from moip_press.press.outcome import Request

    by = asked.by or season.by
    return Request(by=by) if asked.handouts or season.handouts or by else None


def _crew(run: Run, asked: Asked, season: Season) -> Crew:
    """Return who works. Raises ``click.UsageError`` and ``NobodyLeft``."""
    from moip_press.press.season.crews import ClusterCrew, LocalCrew
    from moip_press.system.processes import cores

    if asked.cluster is not None:
        from moip_press.system.cluster import Unusable

        try:
            return ClusterCrew(asked.cluster, run.note)
        except Unusable as error:
            raise click.UsageError(run.catalogue.say(error.message)) from None
    workers = asked.workers or cores()
    # of a kit with many handouts, several may make some
    width = workers if _handouts(asked, season) else min(workers, len(season.members))
    return LocalCrew(width, 1 if width > 1 else workers)


def _report(run: Run, made: SeasonReport) -> None:
    """Print how it went, and write it beside the kits. Raises ``CannotWrite``."""
    from moip_press.press.season import reports

    if run.form == "json":
        show_data(reports.listing(made, run.catalogue))
    else:
        run.report(made.report, texts({}))
    for outcome in made.outcomes:
        if why := reports.failure(outcome):
            run.say(why)
    if not run.quiet and run.form != "json":
        show(reports.table(made, run.catalogue))
    run.note(made.summary(run.catalogue))
    if made.output.is_dir() and (why := reports.write(made, run.catalogue)):
        run.note(why)
