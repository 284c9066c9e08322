"""``moip-press release``: keep what is published, and the kit as it was."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.making import DONE, FAILED, FAULTS, progress_bar
from moip_press.commands.options import (
    cache_of,
    cache_options,
    kit_argument,
    kit_folder,
    say,
    shared,
    show,
    source_date,
    unheard,
    unreadable,
)
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.editions.releases import Release
    from moip_press.kit.model.kit import Kit
    from moip_press.system.cache import Cache


AT_ONCE = 0.5  # seconds: another release takes longer than anybody wants to wait
UNNUMBERED = N_("kit.yaml could not be given this version: write it in.")


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
    @shared(catalogue)
    @cache_options(catalogue)
    @click.pass_obj
    def release(  # noqa: PLR0913, PLR0917 -- a parameter an option
        today: datetime.date,
        kit: Path | None,
        version: str | None,
        listed: bool,
        checklist: bool,
        form: str,
        language: str | None,
        quiet: bool,
        cache_dir: Path | None,
        no_cache: bool,
    ) -> int:
        from moip_press.proofread import correction
        from moip_press.system import atomic

        folder = kit_folder(kit, catalogue)
        how = _How(form, language, today, cache_of(cache_dir, kept=not no_cache), quiet=quiet)
        try:
            if listed:
                return _list(folder, how)
            if checklist:
                return _checklist(folder, how)
            return _release(folder, version, source_date(catalogue), how)
        except atomic.CannotWrite as error:
            say(catalogue.say(error.message))
        except correction.Changed as changed:
            message = N_("“{path}” has changed meanwhile: nothing was released. Try again.")
            say(catalogue.say(Message.of(message, path=changed.path)))
        except BrokenPipeError:
            unheard()
            return DONE
        except OSError as error:
            say(catalogue.say(unreadable(folder, error)))
        return FAILED

    return release


@dataclass(frozen=True)
class _How:
    """The options that all of this heeds."""

    form: str
    language: str | None
    today: datetime.date
    cache: Cache
    quiet: bool

    def told(self, read_language: str) -> Catalogue:
        return Catalogue(self.language or read_language)


def _release(folder: Path, version: str | None, moment: datetime.datetime | None, how: _How) -> int:
    """Release the kit; return the exit code. Raises ``OSError`` and ``atomic.CannotWrite``."""
    from moip_press.commands.closing import report
    from moip_press.editions import releases
    from moip_press.press import releasing
    from moip_press.system import locks

    with locks.kit_lock(folder, "release", AT_ONCE):
        kit = _sound(folder, how)
        if kit is None:
            return FAULTS
        catalogue = how.told(kit.edition.language)
        wanted = releasing.numbered(kit, version)
        if wanted is None:
            say(catalogue.say(Message(UNNUMBERED)))
            return FAULTS
        if why := releasing.refusal(kit, wanted):
            say(" ".join(catalogue.say(message) for message in why))
            return FAULTS
        if there := releases.of_version(folder, str(wanted.version)):
            _say(how, catalogue, _again(there))
            if releasing.number(kit, wanted):
                return DONE
            say(catalogue.say(Message(UNNUMBERED)))
            return FAULTS
        with progress_bar(quiet=how.quiet) as shown:
            made = releasing.release(
                kit, wanted, shown, today=how.today, cache=how.cache, moment=moment
            )
        report(made.build, how.form, catalogue, quiet=how.quiet)
        if made.build.failure:
            say(catalogue.say(made.build.failure))
            return FAILED
        if made.release is None:
            say(catalogue.gettext("Nothing was released: correct this first."))
            return FAULTS
        _say(how, catalogue, *_closing(kit, made.release))
        if not made.numbered:
            say(catalogue.say(Message(UNNUMBERED)))
            return FAULTS
    return DONE


def _sound(folder: Path, how: _How) -> Kit | None:
    """Return the kit, or ``None`` after printing its errors."""
    from moip_press.commands.closing import report
    from moip_press.press.outcome import Build
    from moip_press.proofread.review import review

    read = review(folder, how.today, how.cache)
    if read.kit is not None and read.faults.ok:
        return read.kit
    build = Build(None, read.faults, read.sources, read.language)
    report(build, how.form, how.told(read.language), quiet=how.quiet)
    say(how.told(read.language).gettext("Nothing was released: correct this first."))
    return None


def _say(how: _How, catalogue: Catalogue, *messages: Message) -> None:
    if not how.quiet:
        for message in messages:
            say(catalogue.say(message))


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


def _list(folder: Path, how: _How) -> int:
    """Print the versions that were released, the oldest first."""
    from moip_press.editions import releases
    from moip_press.kit import issue
    from moip_press.kit.model.kit_files import read_kit
    from moip_press.report.rendering import printable

    catalogue = how.told(read_kit(folder).language)
    found = releases.releases(folder)
    for each in found:
        words = issue.told(each.said, catalogue.language)
        dossier = os.path.relpath(each.dossier) if each.dossier else ""
        line = printable("  ".join(filter(None, (each.version, *words, dossier))))
        show(f"{line}\n")
    if not found:
        _say(how, catalogue, Message(N_("No version of this kit has been released.")))
    return DONE


def _checklist(folder: Path, how: _How) -> int:
    """Print what is not validated and write the page to sign; return the exit code."""
    from moip_press.commands.closing import report
    from moip_press.kit import folders
    from moip_press.press import journey, validation
    from moip_press.press.outcome import Build
    from moip_press.report.diagnostics import Report
    from moip_press.report.rendering import printable

    kit = _sound(folder, how)
    if kit is None:
        return FAULTS
    catalogue = how.told(kit.edition.language)
    target = folders.output_folder(folder, Path()) / validation.NAME
    try:
        validation.write(kit, target.parent, journey.versions())
    except validation.Unmade as error:
        report(
            Build(None, Report((error.fault,)), {}, kit.edition.language),
            how.form,
            catalogue,
            quiet=how.quiet,
        )
        return FAULTS
    for line in validation.lines(kit, catalogue):
        show(f"{printable(line)}\n")
    _say(how, catalogue, Message.of(N_("The page to sign: {path}"), path=os.path.relpath(target)))
    return DONE
