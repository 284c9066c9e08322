"""``moip-press export``: a kit's programme in the forms that others read, or all of it as HTML."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from moip_press.commands.options import (
    embargoed_option,
    kit_argument,
    kit_folder,
    now,
    refuse_source,
    run_options,
    select_option,
    source_date,
    usage_error,
)
from moip_press.commands.running import Exit, Run, texts
from moip_press.commands.terminal import show_file
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.exchange.export.kit_export import Made, Wanted
    from moip_press.web.pieces import Made as Pieces
    from moip_press.web.pieces import Wanted as WantedPieces


FORMS = ("xlsx", "csv", "json", "ics", "jsonld", "html")


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "export",
        help=catalogue.gettext(
            "Write the programme of KIT in FORMAT: xlsx, a workbook that contributors fill in "
            "and “moip-press import” reads back; csv; json; ics, for calendar programs; "
            "jsonld, for search engines. Or write all of it as html: a piece for each part, "
            "section and event, to be put into a website."
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
            "The file to write, or - for standard output, instead of output/<kit>/programme.*; "
            "of html, the folder instead of output/<kit>."
        ),
    )
    @click.option(
        "--level",
        metavar="N",
        type=click.IntRange(1, 4),
        help=catalogue.gettext("Of html: the level at which headings begin; 2 without it."),
    )
    @click.option(
        "--standalone",
        is_flag=True,
        help=catalogue.gettext("Of html: one page with everything in it, which needs no website."),
    )
    @embargoed_option(catalogue)
    @run_options(catalogue, cache=True)
    def export(
        run: Run,
        export_format: str,
        kit: Path | None,
        select: tuple[str, ...],
        output: Path | None,
        **of_html: Any,
    ) -> Exit:
        from moip_press.exchange.export.kit_export import Wanted
        from moip_press.kit.conditions import Selection

        folder = kit_folder(kit, run)
        if export_format == "html":
            from moip_press.web.pieces import Wanted as WantedPieces

            if of_html["level"] and of_html["standalone"]:
                sentence = N_("--standalone is a page of its own: its headings begin at 1.")
                raise usage_error(run.catalogue, sentence)
            given = {name: value for name, value in of_html.items() if value}
            asked = WantedPieces(now(run), select=Selection.parse(select), **given)
            return run.ended(folder, lambda: _export_html(folder, asked, output, run))
        if any(of_html.values()):
            sentence = N_("--level, --standalone and --embargoed are for html only.")
            raise usage_error(run.catalogue, sentence)
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


def _export_html(folder: Path, wanted: WantedPieces, output: Path | None, run: Run) -> Exit:
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
    _say_pieces(made, made.folder, told)
    return Exit.DONE


def _say_pieces(made: Pieces, folder: Path, run: Run) -> None:
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
