"""``moip-press verify``: what a PDF claims, and what a quick look finds in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.options import run_options
from moip_press.commands.running import Exit, Run
from moip_press.commands.terminal import show, show_data
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.pdf.verify import Claims
    from moip_press.report.diagnostics import Diagnostic, Message


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "verify",
        help=catalogue.gettext(
            "Report what each PDF FILE claims to be (PDF/UA-1, PDF/A), and what is wrong with "
            "it: tags, title, language, fonts, pictures, links, metadata, data. It is not a "
            "validator, but finds most of what one would find, at once and without Java."
        ),
    )
    @click.argument(
        "files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path)
    )
    @run_options(catalogue)
    def verify(run: Run, files: tuple[Path, ...]) -> Exit:
        return _verify(files, run)

    return verify


def _verify(files: tuple[Path, ...], run: Run) -> Exit:
    """Print what is claimed and what is found, and return the exit code."""
    from moip_press.pdf.verify import Unreadable, verify
    from moip_press.report.diagnostics import Report
    from moip_press.report.rendering import printable, render

    found: list[Diagnostic] = []
    failed = False
    for file in files:
        try:
            claims, report = verify(file)
        except (Unreadable, OSError) as error:
            failed = failed or isinstance(error, OSError)
            found.append(_unreadable(file, error))
            continue
        found += report.diagnostics
        if run.form == "full" and not run.quiet:
            show(f"{printable(run.catalogue.say(_claim(file, claims)))}\n")
    if found or run.form == "json":
        text = render(Report.of(found), run.form, run.catalogue, lambda _: None, Path.cwd())
        (show_data if run.form == "json" else show)(text)
    faulty = not Report.of(found).ok
    return Exit.FAILED if failed else Exit.FAULTS if faulty else Exit.DONE


def _unreadable(file: Path, error: Exception) -> Diagnostic:
    from moip_press.pdf.verify import Unreadable
    from moip_press.report.diagnostics import Diagnostic, Message, Span
    from moip_press.report.messages import system_words

    span = Span.of_file(file.as_posix())
    if isinstance(error, OSError):
        sentence = N_("It could not be read. The system says: {reason}.")
        message = Message.of(sentence, reason=system_words(error))
        return Diagnostic.error("I300", span, message, Message(N_("Check the name of the file.")))
    assert isinstance(error, Unreadable)  # noqa: S101 -- nothing else is reported
    hint = Message(N_("Build it again with moip-press."))
    return Diagnostic.error("I300", span, error.reason, hint)


def _claim(file: Path, claims: Claims) -> Message:
    """Return the line with what a file says of itself."""
    from moip_press.report.diagnostics import Message

    standards = " + ".join(claims.standards) or Message(N_("no standard"))
    language = claims.language or Message(N_("no language"))
    attached = ", ".join(claims.attached) or Message(N_("nothing"))
    return Message.counted(
        NP_(
            "{file}: {count} page, “{title}”, claims {standards}, language {language}, "
            "attached: {attached}.",
            "{file}: {count} pages, “{title}”, claims {standards}, language {language}, "
            "attached: {attached}.",
        ),
        claims.pages,
        file=file,
        title=claims.title,
        standards=standards,
        language=language,
        attached=attached,
    )
