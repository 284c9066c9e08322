"""``moip-press export html``: pieces for a website, or one page that needs none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from moip_press.commands.running import Exit, Run, texts
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_

if TYPE_CHECKING:
    from moip_press.web.pieces import Made, Wanted


def export_html(folder: Path, wanted: Wanted, output: Path | None, run: Run) -> Exit:
    """Make the pieces of the kit in ``folder``, write them, and say what was written."""
    from moip_press.kit import folders
    from moip_press.web import pieces

    made = pieces.make(folder, wanted, run.cache)
    if made.failure is None and made.report.ok and not made.misused:
        made = pieces.publish_in(output or folders.output_folder(folder, Path()), made)
    told = run.about(made.language)
    told.report(made.report, texts(made.sources, wanted.words))
    if made.failure:
        told.say(made.failure)
        return Exit.FAULTS if made.folder is None else Exit.FAILED
    if made.folder is None:
        told.note(N_("Nothing was written."))
        return Exit.USAGE if made.misused else Exit.FAULTS
    _close(made, made.folder, told)
    return Exit.DONE


def _close(made: Made, folder: Path, run: Run) -> None:
    """Print what was written, and what is not in it."""
    from moip_press.web.illustrations import said_left_out

    path = os.path.relpath(folder / made.name)
    if made.written:
        pieces = NP_("{path}: {count} piece", "{path}: {count} pieces")
        run.note(Message.counted(pieces, made.pieces, path=path))
    else:
        run.note(Message.of(N_("{path} is up to date."), path=path))
    for title in made.bare:
        sentence = N_(
            "“{title}” has a template of its own for pages only: its pieces hold its fields. "
            "Words of the template itself are in none of them."
        )
        run.note(Message.of(sentence, title=title))
    for message in said_left_out(made.incomplete, made.ended):
        run.note(message)
