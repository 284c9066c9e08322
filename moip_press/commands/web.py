"""``moip-press web``: a kit as a site."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.build import version_named
from moip_press.commands.options import (
    NamedFolder,
    embargoed_option,
    kit_argument,
    kit_folder,
    now,
    run_options,
)
from moip_press.commands.running import Exit, Run, texts
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.web.site.building import Made


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "web",
        help=catalogue.gettext(
            "Make the site of KIT in output/<kit>/web/: pages that any web server can publish, and "
            "that open from the folder too. The PDFs of this version that were built are offered "
            "there."
        ),
    )
    @kit_argument()
    @click.option(
        "-o",
        "--output",
        type=NamedFolder(catalogue),
        help=catalogue.gettext("The folder for the site, instead of output/<kit>/web."),
    )
    @click.option(
        "--since",
        metavar="OLD",
        help=catalogue.gettext(
            "Say what has changed since OLD: a kit, a PDF, a released version (2021@v2) or a git "
            "revision. Without it, since the version that was released last."
        ),
    )
    @click.option(
        "--write-ids",
        is_flag=True,
        help=catalogue.gettext(
            "First write into the files of KIT the ids that addresses are made of, where a record "
            "has none: its address then stays when its title changes."
        ),
    )
    @embargoed_option(catalogue)
    @run_options(catalogue, cache=True)
    def web(
        run: Run,
        kit: Path | None,
        output: Path | None,
        since: str | None,
        write_ids: bool,
        embargoed: bool,
    ) -> Exit:
        from moip_press.kit import folders
        from moip_press.system import compiled

        with compiled.kept():
            from moip_press.web.site.building import FOLDER, build
            from moip_press.web.site.files import Wanted

        folder = kit_folder(kit, run)
        built = folders.output_folder(folder, Path())
        target, prefix = (output, "") if output else (built, f"{FOLDER}/")

        def work() -> Exit:
            started = time.monotonic()
            wanted = Wanted(now(run), built, embargoed, version_named(since, run))
            if write_ids:
                _write_ids(folder, run)
            made = build(folder, target, prefix, wanted, run.cache)
            about = run.about(made.language)
            about.report(made.report, texts(made.sources))
            return _ended(made, target / prefix, time.monotonic() - started, about)

        return run.ended(folder, work)

    return web


def _write_ids(folder: Path, run: Run) -> None:
    """Write ids into the files of a kit, and print how many; a kit with faults is left alone.

    Raises ``CannotWrite``, ``Changed``, ``OSError``.
    """
    from moip_press.kit.model.kit_files import read_kit
    from moip_press.web.site import kept_ids

    read = read_kit(folder)
    if read.kit is None or not read.report.ok:
        return
    written, refused = kept_ids.write(read.kit, read.sources)
    about = run.about(read.language)
    if written:
        sentence = NP_("{count} id was written", "{count} ids were written")
        about.note(Message.counted(sentence, written))
    if refused:
        sentence = NP_(
            "{count} record got no id: write it by hand.",
            "{count} records got no id: write these by hand.",
        )
        about.note(Message.counted(sentence, refused))


def _ended(made: Made, folder: Path, seconds: float, run: Run) -> Exit:
    """Print how it ended, and return the exit code."""
    from moip_press.web.site.building import remarks

    if made.failure:
        run.say(made.failure)
        return Exit.FAULTS if made.held_back else Exit.FAILED
    if not made.report.ok:
        run.note(N_("Nothing was written."))
        return Exit.FAULTS
    run.note(
        Message.counted(
            NP_(
                "{path}: {count} page, {size} kB, {seconds} s",
                "{path}: {count} pages, {size} kB, {seconds} s",
            ),
            made.pages,
            path=os.path.relpath(folder / "index.html"),
            size=round(made.size / 1000),
            seconds=run.catalogue.decimal(seconds),
        )
    )
    for message in remarks(made):
        run.note(message)
    if made.unfixed:
        sentence = NP_(
            "{count} address is made of a title, and changes with it: “moip-press web --write-ids” "
            "fixes it.",
            "{count} addresses are made of titles, and change with them: “moip-press web "
            "--write-ids” fixes them.",
        )
        run.note(Message.counted(sentence, made.unfixed))
    if made.without_dossier:
        run.note(
            N_(
                "The site offers no PDF: build the press kit of this version with “moip-press "
                "build”, then make the site again."
            )
        )
    if made.held_back:
        run.note(
            N_(
                "This kit is embargoed. An address that nobody is told is no secret: whoever finds "
                "it can read and pass on everything."
            )
        )
    return Exit.DONE
