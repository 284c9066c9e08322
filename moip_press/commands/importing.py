"""``moip-press import``: bring in what others wrote, field by field."""

from __future__ import annotations

import gc
import json
import shlex
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.options import kit_folder, refuse_source, run_options, usage_error
from moip_press.commands.running import Exit, Run, texts
from moip_press.commands.terminal import colours, show, show_data
from moip_press.report.diagnostics import Message, Report
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.exchange.changes.apply_decisions import Written
    from moip_press.exchange.kit_import import Intake

CHANGED = N_("“{path}” has changed meanwhile: nothing was written. Import again.")
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
        "--date",
        "day",
        metavar="DATE",
        type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
        help=catalogue.gettext("The day of rows that have hours only, such as 2026-11-17."),
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
    @run_options(catalogue)
    def import_(  # noqa: PLR0913, PLR0917 -- a parameter an option
        run: Run,
        files: tuple[Path, ...],
        kit: Path | None,
        section: str | None,
        day: datetime | None,
        listed: Path | None,
        taken: str | None,
        skip_bad: bool,
    ) -> Exit:
        from moip_press.exchange import kit_import
        from moip_press.system import locks

        folder = kit_folder(kit, run)
        _check_names(files, listed, taken, catalogue)

        def work() -> Exit:
            with _uncollected(), ExitStack() as held:
                if taken is not None:
                    held.enter_context(locks.kit_lock(folder, "import"))
                found = kit_import.compare_files(folder, files, section, day and day.date())
                if section and found.kit and section not in found.sections:
                    sentence = N_("There is no section “{name}”. Possible: {names}.")
                    names = ", ".join(found.sections)
                    raise usage_error(catalogue, sentence, name=section, names=names)
                about = run.about(found.language)
                return _Desk(found, about, skip_bad, files, section, day).work(listed, taken)

        return run.ended(folder, work, CHANGED)

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
            raise usage_error(catalogue, N_("There is no file “{path}”."), path=path)
    if listed is None:
        return
    if listed.suffix.lower() not in PAGES | BOOKS:
        sentence = N_("The list of changes is a page (.html) or a workbook (.xlsx).")
        raise usage_error(catalogue, sentence)
    if any(listed.resolve() == path.resolve() for path in files):
        sentence = N_("The list of changes would overwrite “{path}”.")
        raise usage_error(catalogue, sentence, path=listed)
    refuse_source(listed, catalogue)


def _counted(counts: tuple[int, int]) -> Message:
    """Return how many new records and changed values a file gets."""
    words = (
        NP_("{count} new record", "{count} new records"),
        NP_("{count} value changed", "{count} values changed"),
    )
    new, changed = map(Message.counted, words, counts)
    if all(counts):
        return Message.of(N_("{first}, {rest}"), first=new, rest=changed)
    return new if counts[0] else changed


@dataclass(frozen=True)
class _Desk:
    """What was read of the files, and what is asked of it."""

    intake: Intake
    run: Run
    skip_bad: bool
    files: tuple[Path, ...]
    section: str | None = None
    day: datetime | None = None

    def work(self, listed: Path | None, taken: str | None) -> Exit:
        """Show, list, apply; return the exit code.

        Raises ``OSError``, ``atomic.CannotWrite`` and ``correction.Changed``.
        """
        from moip_press.exchange import kit_import

        report, made = self.intake.report, None
        good = self.intake.readable and (report.ok or self.skip_bad)
        if taken is not None and good:
            report, made = self._decided(taken)
            good = report.ok or self.skip_bad
        if made is not None and good:
            kit_import.write_files(self.intake, made)
        if listed is not None and self.intake.kit is not None:
            self._list(listed)
        self._show(report, made if good else None)
        self._close(taken, made if good else None, listed)
        return Exit.DONE if good else Exit.FAULTS

    def _decided(self, taken: str) -> tuple[Report, Written]:
        """Return what is wrong, and the files to write: those of the decisions that fit."""
        from moip_press.exchange import kit_import

        made, wrong = kit_import.new_files(self.intake, Path(taken) if taken else None)
        return self.intake.report + wrong + Report.of(made.faults), made

    def _list(self, path: Path) -> None:
        """Write the list of changes to tick."""
        from moip_press.exchange.changes.tick_page import Told, tick_page
        from moip_press.exchange.changes.tick_workbook import tick_workbook
        from moip_press.system import atomic

        proposal, kit = self.intake.proposal, self.intake.kit
        assert kit is not None  # noqa: S101 -- asked only where there is one
        if path.suffix.lower() in BOOKS:
            content = tick_workbook(proposal, Path.cwd(), self.run.catalogue)
        else:
            titles = {part.id: str(part.title) for part in kit.sections()}
            told = Told(str(kit.edition.title), path.name, self._command(path), Path.cwd(), titles)
            content = tick_page(proposal, told, self.run.catalogue).encode(errors="replace")
        atomic.write(path, content)

    def _command(self, path: Path) -> str:
        words = ["moip-press", "import", *map(str, self.files), "--kit", str(self.intake.folder)]
        words += ["--section", self.section] if self.section else []
        words += ["--date", self.day.date().isoformat()] if self.day else []
        words += ["--skip-bad"] if not self.intake.report.ok else []
        return shlex.join([*words, "--apply", str(path)])

    # --- what is said -----------------------------------------------------------------------

    def _show(self, report: Report, made: Written | None) -> None:
        """Print the changes on standard output, and what is wrong on standard error."""
        from moip_press.exchange.changes import change_listing
        from moip_press.report.rendering import render

        of_file = texts(self.intake.sources)
        if self.run.form == "json":
            shown, here = self.run.wanted(report), Path.cwd()
            wrong = json.loads(render(shown, "json", self.run.catalogue, of_file, here))
            show_data(f"{change_listing.document(self.intake.proposal, wrong, made, here)}\n")
            return
        if not self.run.quiet and self.intake.kit is not None:
            show(self._changes(), color=colours(sys.stdout))
        self.run.report(report, of_file)

    def _changes(self) -> str:
        """Return the changes in the form that is asked for."""
        from moip_press.exchange.changes import change_listing

        shown = (self.intake.proposal, self.run.catalogue, Path.cwd())
        if self.run.form == "concise":
            return change_listing.concise(*shown)
        if self.run.form == "github":
            return change_listing.commands(*shown)
        return change_listing.full(*shown, color=colours(sys.stdout))

    def _close(self, taken: str | None, made: Written | None, listed: Path | None) -> None:
        """Print what was done, and what to do next."""
        if self.intake.kit is None:
            return
        if listed is not None:
            self.run.note(Message.of(N_("The list to tick is in “{path}”."), path=listed))
        if made is not None:
            for sentence in self._applied(made):
                self.run.note(sentence)
        elif taken is not None:
            whole = self.skip_bad or not self.intake.readable
            self.run.note(NOTHING if whole else NOTHING_SO_FAR)
        elif self.intake.proposal.changes and listed is None:
            self.run.note(self._yet())

    def _yet(self) -> str:
        """Return what may be done with changes of which none is written yet."""
        if not any(change.taken for _, change in self.intake.proposal.changes.values()):
            return YET_TO_DECIDE
        return YET if self.intake.report.ok or self.skip_bad else YET_WITHOUT_BAD

    def _applied(self, made: Written) -> Iterator[Message]:
        """Yield what was written, what was not, and the next step."""
        if made.done:
            count = NP_("{count} change made", "{count} changes made")
            files = NP_("{made} in {count} file.", "{made} in {count} files.")
            done = Message.counted(count, len(made.done))
            yield Message.counted(files, len(made.texts), made=done)
            for name, counts in made.files.items():
                said = _counted(counts)
                yield Message.of(N_("{label}: {value}"), label=f"  {name}", value=said)
        else:
            yield Message(N_("No change was made."))
        left = len(self.intake.proposal.changes) - len(made.done)
        if left:
            words = NP_("{count} change waits for you.", "{count} changes wait for you.")
            yield Message.counted(words, left)
        if made.done:
            command = f"moip-press check {shlex.quote(str(self.intake.folder))}"
            yield Message.of(N_("Next: {command}"), command=command)
