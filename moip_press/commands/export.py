"""``moip-press export``: a kit's programme in the forms that others read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.options import (
    colours,
    kit_argument,
    kit_folder,
    say,
    shared,
    show,
    show_data,
    source_date,
    texts,
    unheard,
    unreadable,
)
from moip_press.report.diagnostics import Message
from moip_press.report.messages import NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.exchange.export.kit_export import Made, Wanted

DONE, FAULTS, USAGE, FAILED = 0, 1, 2, 3
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
    @click.option(
        "--select",
        multiple=True,
        metavar="KEY=VALUE[,VALUE…]",
        help=catalogue.gettext(
            "Only events that meet this: a section, organiser, region, theme, day, week, status "
            "or text; != excludes. Repeated, an event must meet all."
        ),
    )
    @click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, allow_dash=True, readable=False),
        help=catalogue.gettext(
            "The file to write, or - for standard output, instead of output/<kit>/programme.*."
        ),
    )
    @shared(catalogue)
    def export(
        export_format: str,
        kit: Path | None,
        select: tuple[str, ...],
        output: Path | None,
        form: str,
        language: str | None,
        quiet: bool,
    ) -> int:
        from moip_press.exchange.export.kit_export import Wanted
        from moip_press.kit.selection import Selection

        folder = kit_folder(kit, catalogue)
        wanted = Wanted(export_format, Selection.parse(select), source_date(catalogue))
        try:
            made = _made(folder, wanted, output)
        except OSError as error:
            say(catalogue.say(unreadable(folder, error)))
            return FAILED
        try:
            _tell(made, wanted, form, Catalogue(language or made.language), quiet=quiet)
        except BrokenPipeError:
            unheard()
        return _ended(made)

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


def _ended(made: Made) -> int:
    if made.failure:
        return FAILED
    if made.misused:
        return USAGE
    return DONE if made.report.ok else FAULTS


def _tell(made: Made, wanted: Wanted, form: str, catalogue: Catalogue, *, quiet: bool) -> None:
    """Print what is wrong, and what was written; or the export itself."""
    _report(made, wanted, form, catalogue, quiet=quiet)
    if made.failure:
        say(catalogue.say(made.failure))
    elif made.content is None and not quiet:
        say(catalogue.gettext("Nothing was written."))
    elif made.content is not None and made.path is None:
        _stream(made.content)
    elif not quiet:
        _close(made, catalogue)


def _stream(content: bytes) -> None:
    """Write a file to standard output: every byte, unless a terminal would obey some."""
    if sys.stdout.isatty():
        show(content.decode("utf-8", "replace"))
    else:
        click.echo(content, nl=False)


def _report(made: Made, wanted: Wanted, form: str, catalogue: Catalogue, *, quiet: bool) -> None:
    from moip_press.report.diagnostics import Report, Severity
    from moip_press.report.rendering import render

    shown = made.report
    if quiet:
        shown = Report.of(d for d in shown.diagnostics if d.severity is Severity.ERROR)
    streamed = made.content is not None and made.path is None and not made.failure
    if shown.diagnostics or (form == "json" and not streamed):
        colour = colours(sys.stderr)
        text = render(shown, form, catalogue, _texts(made, wanted), Path.cwd(), color=colour)
        asked_for = form == "json" and not streamed
        if asked_for:
            show_data(text)
        else:
            show(text + ("\n" if form == "full" and not quiet else ""), err=True, color=colour)


def _texts(made: Made, wanted: Wanted) -> Callable[[str], str | None]:
    """Return what gives the text of a file, or of an option of the command line."""
    of_file, words = texts(made.sources), wanted.words
    return lambda name: words[name] if name in words else of_file(name)


def _close(made: Made, catalogue: Catalogue) -> None:
    """Say what was written, and what is not in it."""
    if made.path is None:
        return
    sentence = NP_("{path}: {count} event", "{path}: {count} events")
    path = os.path.relpath(made.path)
    say(catalogue.say(Message.counted(sentence, made.events, path=path)))
    if made.drafts:
        sentence = NP_(
            "{count} draft event is left out: the kit is final.",
            "{count} draft events are left out: the kit is final.",
        )
        say(catalogue.say(Message.counted(sentence, made.drafts)))
