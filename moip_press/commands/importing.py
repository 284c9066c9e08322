"""``moip-press import``: bring in what others wrote, field by field."""

from __future__ import annotations

import gc
import json
import shlex
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.options import (
    colours,
    kit_folder,
    say,
    shared,
    show,
    show_data,
    texts,
    unheard,
    unreadable,
)
from moip_press.report.diagnostics import Message, Report, Severity
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.exchange.changes import Written
    from moip_press.exchange.intake import Intake

DONE, FAULTS, FAILED = 0, 1, 3
NOTHING = N_("Nothing was written.")
NOTHING_SO_FAR = N_("Nothing was written: correct these rows, or leave them out with --skip-bad.")
YET = N_("Nothing is written yet: --apply writes it, --report PAGE.html lists it.")
YET_TO_DECIDE = N_("Nothing is written until you decide: --report PAGE.html lists it, to tick.")
YET_WITHOUT_BAD = N_("Nothing is written yet: --apply --skip-bad writes what can be read.")
PAGES, BOOKS = frozenset({".html", ".htm"}), frozenset({".xlsx"})


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "import",
        help=catalogue.gettext(
            "Show what FILE would change in the kit, field by field: a workbook (.xlsx), a table "
            "(.csv), OpenAgenda’s JSON or a calendar (.ics). Nothing is written without --apply."
        ),
    )
    @click.argument(
        "files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path)
    )
    @click.option(
        "--kit",
        type=click.Path(path_type=Path),
        help=catalogue.gettext("The folder of the kit; otherwise the latest one."),
    )
    @click.option(
        "--section",
        metavar="ID",
        help=catalogue.gettext("The section for new events that do not name theirs."),
    )
    @click.option(
        "--report",
        "listed",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help=catalogue.gettext(
            "Write the changes to a page (.html) or workbook (.xlsx), with a box to tick for each."
        ),
    )
    @click.option(
        "--apply",
        "taken",
        metavar="[FILE]",
        is_flag=False,
        flag_value="",
        help=catalogue.gettext(
            "Write into the kit what is ticked in FILE, made by --report; without FILE, "
            "everything but conflicts."
        ),
    )
    @click.option(
        "--skip-bad",
        is_flag=True,
        help=catalogue.gettext("Leave out rows that cannot be read, and take the others."),
    )
    @shared(catalogue)
    def import_(  # noqa: PLR0913, PLR0917 -- a parameter an option
        files: tuple[Path, ...],
        kit: Path | None,
        section: str | None,
        listed: Path | None,
        taken: str | None,
        skip_bad: bool,
        form: str,
        language: str | None,
        quiet: bool,
    ) -> int:
        from moip_press.exchange import intake
        from moip_press.system import atomic, locks

        folder = kit_folder(kit, catalogue)
        _check_names(files, listed, taken, catalogue)
        with _uncollected(), ExitStack() as held:
            try:
                if taken is not None:
                    held.enter_context(locks.kit_lock(folder, "import"))
                found = intake.look(folder, files, section)
            except atomic.CannotWrite as error:
                say(catalogue.say(error.message))
                return FAILED
            except OSError as error:
                say(catalogue.say(unreadable(folder, error)))
                return FAILED
            known = list(intake.sections(found))
            if section and found.kit and section not in known:
                raise click.UsageError(
                    catalogue.gettext("There is no section “{name}”. Possible: {names}.").format(
                        name=section, names=", ".join(known)
                    )
                )
            spoken = Catalogue(language or found.language)
            desk = _Desk(found, spoken, form, quiet, skip_bad, files, section)
            return desk.run(listed, taken)

    return import_


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let nothing look for garbage meanwhile: among thousands of nodes there is none."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _check_names(
    files: tuple[Path, ...], listed: Path | None, taken: str | None, catalogue: Catalogue
) -> None:
    """Refuse names that cannot be meant. Raises ``click.UsageError``."""
    for path in (*files, *([Path(taken)] if taken else [])):
        if not path.is_file():
            raise click.UsageError(
                catalogue.gettext("There is no file “{path}”.").format(path=path)
            )
    if listed is not None and listed.suffix.lower() not in PAGES | BOOKS:
        raise click.UsageError(
            catalogue.gettext("The list of changes is a page (.html) or a workbook (.xlsx).")
        )
    if listed is not None and any(listed.resolve() == path.resolve() for path in files):
        raise click.UsageError(
            catalogue.gettext("The list of changes would overwrite “{path}”.").format(path=listed)
        )


@dataclass(frozen=True)
class _Desk:
    """One run of the verb."""

    intake: Intake
    catalogue: Catalogue
    form: str
    quiet: bool
    skip_bad: bool
    files: tuple[Path, ...]
    section: str | None = None

    def run(self, listed: Path | None, taken: str | None) -> int:
        """Show, list, apply; return the exit code."""
        from moip_press.proofread import correction
        from moip_press.system import atomic

        try:
            return self._run(listed, taken)
        except atomic.CannotWrite as error:
            say(self.catalogue.say(error.message))
        except correction.Changed as changed:
            message = N_("“{path}” has changed meanwhile: nothing was written. Import again.")
            say(self.catalogue.say(Message.of(message, path=changed.path)))
        except OSError as error:
            say(self.catalogue.say(unreadable(self.intake.folder, error)))
        except BrokenPipeError:
            unheard()
            return DONE
        return FAILED

    def _run(self, listed: Path | None, taken: str | None) -> int:
        report, made = self.intake.report, None
        good = self.intake.readable and (report.ok or self.skip_bad)
        if taken is not None and good:
            report, made = self._decided(taken)
            good = report.ok or self.skip_bad
        if made is not None and good:
            self._store(made)
        if listed is not None and self.intake.kit is not None:
            self._list(listed)
        self._show(report, made if good else None)
        self._close(taken, made if good else None, listed)
        return DONE if good else FAULTS

    def _decided(self, taken: str) -> tuple[Report, Written]:
        """Return what is wrong, and the files to write: those of the decisions that fit."""
        from moip_press.exchange import intake

        decided = intake.ticked(self.intake, Path(taken)) if taken else intake.usual(self.intake)
        made = intake.written(self.intake, decided)
        return self.intake.report + decided.report + Report.of(made.faults), made

    def _store(self, made: Written) -> None:
        from moip_press.exchange import intake

        intake.store(self.intake, made)

    def _list(self, path: Path) -> None:
        """Write the list of changes to tick."""
        from moip_press.exchange.changes.tick_page import Told, tick_page
        from moip_press.exchange.changes.tick_workbook import tick_workbook
        from moip_press.system import atomic

        proposal, kit = self.intake.proposal, self.intake.kit
        assert kit is not None  # noqa: S101 -- asked only where there is one
        if path.suffix.lower() in BOOKS:
            content = tick_workbook(proposal, Path.cwd(), self.catalogue)
        else:
            titles = {part.id: str(part.title) for part in kit.sections()}
            told = Told(str(kit.edition.title), path.name, self._command(path), Path.cwd(), titles)
            content = tick_page(proposal, told, self.catalogue).encode(errors="replace")
        atomic.write(path, content)

    def _command(self, path: Path) -> str:
        words = ["moip-press", "import", *map(str, self.files), "--kit", str(self.intake.folder)]
        words += ["--section", self.section] if self.section else []
        words += ["--skip-bad"] if not self.intake.report.ok else []
        return shlex.join([*words, "--apply", str(path)])

    # --- what is said -----------------------------------------------------------------------

    def _show(self, report: Report, made: Written | None) -> None:
        """Print the changes on standard output, and what is wrong on standard error."""
        from moip_press.exchange.changes import change_listing
        from moip_press.report.rendering import render

        proposal, here = self.intake.proposal, Path.cwd()
        if self.quiet:
            report = Report.of(d for d in report.diagnostics if d.severity is Severity.ERROR)
        if self.form == "json":
            of_files = texts(self.intake.sources)
            wrong = json.loads(render(report, "json", self.catalogue, of_files, here))
            done = made.done if made else frozenset[str]()
            show_data(f"{change_listing.document(proposal, wrong, done, here)}\n")
            return
        if not self.quiet and self.intake.kit is not None:
            show(self._changes(), color=colours(sys.stdout))
        if report.diagnostics:
            lively = colours(sys.stderr)
            of_files = texts(self.intake.sources)
            text = render(report, self.form, self.catalogue, of_files, here, color=lively)
            end = "\n" if self.form == "full" and not self.quiet else ""
            show(text + end, err=True, color=lively)

    def _changes(self) -> str:
        """Return the changes in the form that is asked for."""
        from moip_press.exchange.changes import change_listing

        proposal, here = self.intake.proposal, Path.cwd()
        if self.form == "concise":
            return change_listing.concise(proposal, self.catalogue, here)
        if self.form == "github":
            return change_listing.commands(proposal, self.catalogue, here)
        return change_listing.full(proposal, self.catalogue, here, color=colours(sys.stdout))

    def _close(self, taken: str | None, made: Written | None, listed: Path | None) -> None:
        """Say what was done, and what to do next."""
        if self.quiet or self.intake.kit is None:
            return
        if listed is not None:
            self._say(N_("The list to tick is in “{path}”."), path=listed)
        if made is not None:
            self._applied(made)
        elif taken is not None:
            self._say(NOTHING if self.skip_bad or not self.intake.readable else NOTHING_SO_FAR)
        elif self.intake.proposal.changes and listed is None:
            self._say(self._yet())

    def _yet(self) -> str:
        """Return what may be done with changes of which none is written yet."""
        if not any(change.taken for _, change in self.intake.proposal.changes.values()):
            return YET_TO_DECIDE
        return YET if self.intake.report.ok or self.skip_bad else YET_WITHOUT_BAD

    def _applied(self, made: Written) -> None:
        left = len(self.intake.proposal.changes) - len(made.done)
        count = NP_("{count} change made", "{count} changes made")
        files = NP_("{made} in {count} file.", "{made} in {count} files.")
        if made.done:
            done = Message.counted(count, len(made.done))
            say(self.catalogue.say(Message.counted(files, len(made.texts), made=done)))
        else:
            self._say(N_("No change was made."))
        if left:
            words = NP_("{count} change waits for you.", "{count} changes wait for you.")
            say(self.catalogue.say(Message.counted(words, left)))
        if made.done:
            command = f"moip-press check {shlex.quote(str(self.intake.folder))}"
            self._say(N_("Next: {command}"), command=command)

    def _say(self, sentence: str, **values: object) -> None:
        say(self.catalogue.say(Message.of(sentence, **values)))
