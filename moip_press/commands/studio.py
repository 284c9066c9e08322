"""``moip-press studio``: work on a kit in the browser."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.options import kit_argument, kit_folder, output_option, run_options
from moip_press.commands.running import Exit, Run
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from moip_press.studio.access import Keys
    from moip_press.studio.spoken import Spoken

    Made = Callable[[Keys, int, Callable[[], None]], ASGIApp]


@dataclass(frozen=True)
class _Asked:
    """What the options say: the folder for PDFs, the port, whether a window is opened.

    ``named`` where ``--language`` names the language of the window: its browser's does not count.
    """

    output: Path | None
    port: int
    window: bool
    named: bool

    def spoken(self, run: Run) -> Spoken:
        """Return the sentences of the window."""
        from moip_press.studio.spoken import Spoken

        return Spoken(run.catalogue.language, fixed=self.named)


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "studio",
        help=catalogue.gettext(
            "Work on KIT in the browser: its pages, forms for all that stands on them, and what is "
            "wrong. Without KIT, choose one there, or begin one. It can be reached from this "
            "computer only."
        ),
    )
    @kit_argument()
    @output_option(catalogue)
    @click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=0,
        metavar="N",
        help=catalogue.gettext("The port of its address; without it, any that is free."),
    )
    @click.option(
        "--no-browser", is_flag=True, help=catalogue.gettext("Print the address, open no window.")
    )
    @click.option(
        "--shortcut",
        is_flag=True,
        help=catalogue.gettext(
            "Put a launcher on the desktop, which opens the studio without a terminal, and end."
        ),
    )
    @run_options(catalogue, form=False, cache=True)
    def studio(
        run: Run,
        kit: Path | None,
        output: Path | None,
        port: int,
        no_browser: bool,
        shortcut: bool,
    ) -> Exit:
        from moip_press.kit.folders import MANIFEST
        from moip_press.kit.model.kit_files import read_period
        from moip_press.system.files import is_file

        named = bool(click.get_current_context().params.get("language"))
        asked = _Asked(output, port, not no_browser, named)
        here = is_file(Path(MANIFEST))
        folder = kit_folder(kit, run) if kit or here else None
        about = run.about(read_period(folder)[0] if folder else None)
        if shortcut:
            return run.ended(Path(), lambda: _shortcut(about, folder if kit else None, asked))
        return run.ended(folder or Path(), lambda: _open(about, folder, asked))

    return studio


def _open(run: Run, folder: Path | None, asked: _Asked) -> Exit:
    """Open a kit, or the page that offers kits; or a window of the studio that has it open."""
    import platformdirs

    from moip_press.studio.address import Address
    from moip_press.studio.serving import InUse, serve

    state = platformdirs.user_state_path("moip-press", appauthor=False)

    def opened(address: str) -> None:
        run.say(Message.of(N_("The studio is open at {address}. Ctrl-C ends it."), address=address))
        if asked.window:
            import webbrowser

            webbrowser.open(address)

    noted = Address.of(folder or Path(), state)
    if running := noted.asked():
        opened(running)
        return Exit.DONE
    made = _kit(run, folder, asked, state) if folder else _start(run, asked, state)
    try:
        serve(noted, made, asked.port, opened)
    except InUse as error:
        run.say(error.message)
        return Exit.FAILED
    return Exit.DONE


def _shortcut(run: Run, folder: Path | None, asked: _Asked) -> Exit:
    """Write a launcher that starts the studio as it is started now. Raises ``CannotWrite``."""
    import platformdirs

    from moip_press.studio.shortcut import NoLauncher, launcher

    options = [str(folder.resolve())] if folder else []
    options += ["--language", run.language] if run.language and asked.named else []
    options += ["--output", str(asked.output.absolute())] if asked.output else []
    found = platformdirs.user_desktop_path()
    desktop = found if found.is_dir() else Path.home()
    try:
        made = launcher(options, Path.cwd(), desktop, os.environ)
        made.write()
    except NoLauncher as error:
        run.say(error.message)
        return Exit.FAILED
    run.note(Message.of(N_("The launcher is “{path}”: a double click opens it."), path=made.path))
    return Exit.DONE


def _kit(run: Run, folder: Path, asked: _Asked, state: Path) -> Made:
    """Return what makes the studio of a kit."""
    from moip_press.kit.folders import output_folder
    from moip_press.studio.app import application
    from moip_press.studio.start.kits import note_opened
    from moip_press.studio.workshop import Workshop

    note_opened(state, folder, datetime.datetime.now(datetime.UTC))
    output = asked.output or output_folder(folder, Path())
    workshop = Workshop(folder, output, run.cache, state, asked.spoken(run))
    return lambda keys, port, _end: application(workshop, keys, port)


def _start(run: Run, asked: _Asked, state: Path) -> Made:
    """Return what makes the page that offers kits, from the current folder and the documents."""
    import platformdirs

    from moip_press.studio.start.app import Start, start_application
    from moip_press.studio.start.kits import Kits

    places = [Path.cwd(), platformdirs.user_documents_path()]
    known = tuple(dict.fromkeys(place.resolve() for place in places if place.is_dir()))
    kept = ["--cache-dir", str(run.cache_folder.absolute())] if run.cache_folder else []
    options = [*kept, *([] if run.keeps else ["--no-cache"])]
    options += ["--output", str(asked.output.absolute())] if asked.output else []
    start = Start(Kits(known, state), asked.spoken(run), options)
    return lambda keys, port, end: start_application(start, keys, port, end)
