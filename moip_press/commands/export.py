"""``moip-press export``: a kit's programme in the forms that others read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.options import (
    kit_argument,
    kit_folder,
    refuse_source,
    run_options,
    select_option,
    source_date,
)
from moip_press.commands.running import Exit, Run, texts
from moip_press.commands.terminal import show_file
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.exchange.export.kit_export import Made, Wanted

FORMS = ("xlsx", "csv", "json", "ics", "jsonld")


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "export",
        help=catalogue.gettext(
            "Write the programme of KIT in FORMAT: xlsx, a workbook that contributors fill in "
            "and “moip-press import” reads back; csv; json; ics, for calendar programs; "
            "jsonld, for search engines."
        ),
    )
    @click.argument("export_format", metavar="FORMAT", type=click.Choice(FORMS))
    @kit_argument()
    @select_option(catalogue)
    @click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, allow_dash=True, readable=False),
        help=catalogue.gettext(
            "The file to write, or - for standard output, instead of output/<kit>/programme.*."
        ),
    )
    @run_options(catalogue)
    def export(
        run: Run,
        export_format: str,
        kit: Path | None,
        select: tuple[str, ...],
        output: Path | None,
    ) -> Exit:
        from moip_press.exchange.export.kit_export import Wanted
        from moip_press.kit.selection import Selection

        folder = kit_folder(kit, run)
        refuse_source(output, run.catalogue)
        wanted = Wanted(export_format, Selection.parse(select), source_date(run))

        def work() -> Exit:
            made = _made(folder, wanted, output)
            _tell(made, wanted, run.about(made.language))
            return _ended(made)

        return run.ended(folder, work)

    return export


def _made(folder: Path, wanted: Wanted, output: Path | None) -> Made:
    """Make the export and put it where it goes; standard output is written to at the end."""
    from moip_press.exchange.export import kit_export
    from moip_press.kit import folders

    made = kit_export.export_kit(folder, wanted)
    if output is None:
        return kit_export.publish_in(folders.output_folder(folder, Path()), made, folder)
    if str(output) == "-":
        return made
    return kit_export.write_to(output, made)


def _ended(made: Made) -> Exit:
    if made.failure:
        return Exit.FAILED
    if made.misused:
        return Exit.USAGE
    return Exit.DONE if made.report.ok else Exit.FAULTS


def _tell(made: Made, wanted: Wanted, run: Run) -> None:
    """Print what is wrong, and what was written; or the export itself."""
    streamed = made.content is not None and made.path is None and not made.failure
    run.report(made.report, texts(made.sources, wanted.words), taken=streamed)
    if made.failure:
        run.say(made.failure)
    elif made.content is None:
        run.note(N_("Nothing was written."))
    elif made.path is None:
        show_file(made.content)
    else:
        _close(made, made.path, run)


def _close(made: Made, path: Path, run: Run) -> None:
    """Print what was written, and what is not in it."""
    sentence = NP_("{path}: {count} event", "{path}: {count} events")
    run.note(Message.counted(sentence, made.events, path=os.path.relpath(path)))
    if made.drafts:
        sentence = NP_(
            "{count} draft event is left out: the kit is final.",
            "{count} draft events are left out: the kit is final.",
        )
        run.note(Message.counted(sentence, made.drafts))
    if made.undated:
        sentence = NP_(
            "{count} date is to be confirmed: it is not in the file.",
            "{count} dates are to be confirmed: they are not in the file.",
        )
        run.note(Message.counted(sentence, made.undated))
