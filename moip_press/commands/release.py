"""``moip-press release``: keep what is published, and the kit as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.build import blank_lines, report_build
from moip_press.commands.options import (
    NamedFolder,
    kit_argument,
    kit_folder,
    run_options,
    source_date,
)
from moip_press.commands.running import Exit, Run
from moip_press.commands.terminal import progress_bar, say, show
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    import datetime

    from moip_press.editions.releases import Release
    from moip_press.kit.model.kit import Kit
    from moip_press.report.diagnostics import Gap

CHANGED = N_("“{path}” has changed meanwhile: nothing was released. Try again.")


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "release",
        help=catalogue.gettext(
            "Keep the PDFs of KIT, made anew, and the kit as it is, under its version in "
            "releases/ in the kit's folder. Without KIT: the current folder, or the latest kit "
            "below data/."
        ),
    )
    @kit_argument()
    @click.option(
        "--version",
        metavar="N",
        help=catalogue.gettext("Write this version into kit.yaml first."),
    )
    @click.option(
        "--list", "listed", is_flag=True, help=catalogue.gettext("List the versions released.")
    )
    @click.option(
        "--checklist",
        is_flag=True,
        help=catalogue.gettext(
            "List what nobody has validated yet, here and as a page to sign: validation.pdf in "
            "output/<kit>."
        ),
    )
    @click.option(
        "-o",
        "--output",
        type=NamedFolder(catalogue),
        help=catalogue.gettext(
            "Put a copy of the released PDFs into this folder too, or the page to sign."
        ),
    )
    @click.option(
        "--with-blanks",
        is_flag=True,
        help=catalogue.gettext("Release a final kit although blanks are left in it."),
    )
    @run_options(catalogue, cache=True)
    def release(
        run: Run,
        kit: Path | None,
        version: str | None,
        listed: bool,
        checklist: bool,
        output: Path | None,
        with_blanks: bool,
    ) -> Exit:
        folder = kit_folder(kit, run)

        def work() -> Exit:
            if listed:
                return _list(folder, run)
            if checklist:
                return _checklist(folder, output, run)
            ended = _release(folder, version, source_date(run), run, with_blanks=with_blanks)
            if output and ended is Exit.DONE:
                _copy(folder, output, run)
            return ended

        return run.ended(folder, work, CHANGED)

    return release


def _release(
    folder: Path,
    version: str | None,
    moment: datetime.datetime | None,
    run: Run,
    *,
    with_blanks: bool,
) -> Exit:
    """Release the kit; return the exit code. Raises ``OSError`` and ``atomic.CannotWrite``."""
    from moip_press.press import releasing
    from moip_press.system import locks

    with locks.kit_lock(folder, "release", releasing.AT_ONCE):
        kit = _sound(folder, run)
        if kit is None:
            return Exit.FAULTS
        run = run.about(kit.edition.language)
        with progress_bar(quiet=run.quiet) as shown:
            made = releasing.release(
                kit,
                version,
                shown,
                with_blanks=with_blanks,
                today=run.today,
                cache=run.cache,
                moment=moment,
            )
        if made.build:
            report_build(made.build, run)
        if made.release:
            sentences = _closing(kit, made.release) if made.build else [_again(made.release)]
            for sentence in sentences:
                run.note(sentence)
        if made.refused:
            say(" ".join(map(run.catalogue.say, made.refused)))
            _say_blanks(made.blanks, run)
            return Exit.FAILED if made.build and made.build.failure else Exit.FAULTS
        return Exit.DONE


def _copy(kit: Path, output: Path, run: Run) -> None:
    """Put the PDFs of the version that a kit now is into a folder. Raises ``CannotWrite``."""
    from moip_press.editions import releases
    from moip_press.kit.model.kit_files import read_kit
    from moip_press.system import atomic

    now = read_kit(kit).kit
    there = releases.of_version(kit, str(now.edition.version)) if now else None
    if there is None:
        return
    names = [n for n in there.files if n.endswith(".pdf") and not n.startswith("kit/")]
    for name in names:
        atomic.write(output / name, (there.folder / name).read_bytes())
    sentence = NP_(
        "{count} PDF of this version is in “{folder}” too.",
        "{count} PDFs of this version are in “{folder}” too.",
    )
    run.about(now.edition.language if now else None).note(
        Message.counted(sentence, len(names), folder=os.path.relpath(output))
    )


def _say_blanks(blanks: Sequence[Gap], run: Run) -> None:
    for line in blank_lines(blanks, run.catalogue):
        say(line)
    if blanks:
        run.say(
            N_(
                "Fill them, or write “status: draft” in kit.yaml; “--with-blanks” releases the kit "
                "as it is."
            )
        )


def _sound(folder: Path, run: Run) -> Kit | None:
    """Return the kit, or ``None`` after printing its errors."""
    from moip_press.press.outcome import Build
    from moip_press.press.releasing import NOT_RELEASED
    from moip_press.proofread.review import review

    read = review(folder, run.today, run.cache)
    if read.kit is not None and read.faults.ok:
        return read.kit
    report_build(Build(None, read.faults, read.sources, read.language), run)
    run.about(read.language).say(NOT_RELEASED)
    return None


def _again(there: Release) -> Message:
    return Message.of(
        N_("Version {version} is in “{folder}” already, and the kit is the same."),
        version=there.version,
        folder=os.path.relpath(there.folder),
    )


def _closing(kit: Kit, made: Release) -> Iterator[Message]:
    """Yield what was kept, what is not validated, and what to do next."""
    from moip_press.press import releasing, validation

    pdfs = sum(name.endswith(".pdf") and not name.startswith("kit/") for name in made.files)
    sentence = NP_(
        "Version {version} is in “{folder}”: {count} PDF, and the kit as it is.",
        "Version {version} is in “{folder}”: {count} PDFs, and the kit as it is.",
    )
    place = os.path.relpath(made.folder)
    yield Message.counted(sentence, pdfs, version=made.version, folder=place)
    items = [item for section in validation.sections(kit) for item in section.items]
    left = sum(not item.validated for item in items)
    if 0 < left < len(items):
        yield Message.counted(
            NP_(
                "{count} item is not validated yet: “moip-press release --checklist” shows it.",
                "{count} items are not validated yet: “moip-press release --checklist” shows them.",
            ),
            left,
        )
    yield Message.of(
        N_("Before you change anything, write “version: {next}” in kit.yaml."),
        next=releasing.following(made.version),
    )


def _list(folder: Path, run: Run) -> Exit:
    """Print the versions that were released, the oldest first."""
    from moip_press.editions import releases
    from moip_press.kit import issue
    from moip_press.kit.model.kit_files import read_kit
    from moip_press.report.rendering import printable

    run = run.about(read_kit(folder).language)
    found = releases.releases(folder)
    for each in found:
        words = issue.told(each.said, run.catalogue.language)
        dossier = os.path.relpath(each.dossier) if each.dossier else ""
        line = printable("  ".join(filter(None, (each.version, *words, dossier))))
        show(f"{line}\n")
    if not found:
        run.note(N_("No version of this kit has been released."))
    return Exit.DONE


def _checklist(folder: Path, output: Path | None, run: Run) -> Exit:
    """Print what is not validated and write the page to sign; return the exit code."""
    from moip_press.kit import folders
    from moip_press.press import journey, validation
    from moip_press.press.outcome import Build
    from moip_press.report.diagnostics import Report
    from moip_press.report.rendering import printable

    kit = _sound(folder, run)
    if kit is None:
        return Exit.FAULTS
    run = run.about(kit.edition.language)
    target = (output or folders.output_folder(folder, Path())) / validation.NAME
    try:
        validation.write(kit, target.parent, journey.versions())
    except validation.Unmade as error:
        report_build(Build(None, Report((error.fault,)), {}, kit.edition.language), run)
        return Exit.FAULTS
    for line in validation.lines(kit, run.catalogue):
        show(f"{printable(line)}\n")
    run.note(Message.of(N_("The page to sign: {path}"), path=os.path.relpath(target)))
    return Exit.DONE
