"""``moip-press studio``: work on a kit in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from moip_press.commands.options import kit_argument, kit_folder, output_option, run_options
from moip_press.commands.running import Exit, Run
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "studio",
        help=catalogue.gettext(
            "Work on KIT in the browser: its pages, forms for all that stands on them, and what is "
            "wrong. It can be reached from this computer only."
        ),
    )
    @kit_argument()
    @output_option(catalogue)
    @click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=0,
        help=catalogue.gettext("The port of its address; without it, any that is free."),
    )
    @click.option(
        "--no-browser", is_flag=True, help=catalogue.gettext("Print the address, open no window.")
    )
    @run_options(catalogue, form=False, cache=True)
    def studio(
        run: Run, kit: Path | None, output: Path | None, port: int, no_browser: bool
    ) -> Exit:
        folder = kit_folder(kit, run)
        return run.ended(folder, lambda: _open(run, folder, output, port, window=not no_browser))

    return studio


def _open(run: Run, folder: Path, output: Path | None, port: int, *, window: bool) -> Exit:
    """Open the studio, or the window of the one that has this kit open already."""
    import platformdirs

    from moip_press.kit.folders import output_folder
    from moip_press.kit.model.kit_files import read_period
    from moip_press.studio.serving import Address, InUse, serve

    run = run.about(read_period(folder)[0])
    state = platformdirs.user_state_path("moip-press", appauthor=False)

    def opened(address: str) -> None:
        run.say(Message.of(N_("The studio is open at {address}. Ctrl-C ends it."), address=address))
        if window:
            import webbrowser

            webbrowser.open(address)

    if running := Address.of(folder, state).asked():
        opened(running)
        return Exit.DONE
    target = output or output_folder(folder, Path())
    try:
        serve(folder, target, run.cache, state, run.catalogue, port, opened)
    except InUse as error:
        run.say(error.message)
        return Exit.FAILED
    return Exit.DONE
