"""One run of a verb: what all of its steps go by, how it reports, and how it ends."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from moip_press.commands.terminal import colours, say, show, show_data
from moip_press.report.messages import N_, Catalogue

if TYPE_CHECKING:
    from moip_press.kit.source import Source
    from moip_press.report.diagnostics import Message, Report
    from moip_press.system.cache import Cache


class Exit(IntEnum):
    """The exit codes of all verbs."""

    DONE = 0
    FAULTS = 1
    """The kit has faults, a PDF has findings, or versions differ where that was asked."""
    USAGE = 2
    FAILED = 3
    """Something could not be read, written or finished within limits."""
    INTERRUPTED = 130


@dataclass(frozen=True)
class Run:
    """One run of a verb.

    ``language`` is that of ``--language``, else of the user's locale; where neither says
    anything, sentences are in ``kit_language``. ``today`` is the day in UTC.
    """

    today: datetime.date
    language: str | None = None
    kit_language: str = "en"
    form: str = "full"
    quiet: bool = False
    cache_folder: Path | None = None
    keeps: bool = True
    """Whether anything is kept between two runs."""

    @property
    def catalogue(self) -> Catalogue:
        """The sentences in the language of this run."""
        return Catalogue(self.language or self.kit_language)

    @property
    def cache(self) -> Cache:
        """The cache: ``--cache-dir``, else the user's cache folder; or one that keeps nothing."""
        from moip_press.system.cache import Cache

        if not self.keeps:
            return Cache()
        import platformdirs

        folder = self.cache_folder or platformdirs.user_cache_path("moip-press", appauthor=False)
        return Cache(folder)

    def about(self, kit_language: str | None) -> Run:
        """Return the run after its kit was read, whose language is ``kit_language``."""
        return replace(self, kit_language=kit_language or self.kit_language)

    def say(self, message: Message | str) -> None:
        """Print a sentence on standard error; a text is an untranslated one without values."""
        words = self.catalogue
        say(words.gettext(message) if isinstance(message, str) else words.say(message))

    def note(self, message: Message | str) -> None:
        """Print a sentence on standard error unless only errors are wanted."""
        if not self.quiet:
            self.say(message)

    def wanted(self, report: Report) -> Report:
        """Return the findings that are printed: ``--quiet`` leaves the errors."""
        from moip_press.report.diagnostics import Report, Severity

        if not self.quiet:
            return report
        return Report.of(d for d in report.diagnostics if d.severity is Severity.ERROR)

    def report(
        self, report: Report, text_of: Callable[[str], str | None], *, taken: bool = False
    ) -> None:
        """Print what is wrong on standard error; JSON goes to standard output unless ``taken``.

        ``text_of`` gives the text of a file that a diagnostic names.
        """
        from moip_press.report.rendering import render

        shown, color = self.wanted(report), colours(sys.stderr)
        data = self.form == "json" and not taken
        if not (shown.diagnostics or data):
            return
        text = render(shown, self.form, self.catalogue, text_of, Path.cwd(), color=color)
        if data:
            show_data(text)
        else:
            end = "\n" if self.form == "full" and not self.quiet else ""
            show(text + end, err=True, color=color)

    def ended(self, folder: Path, work: Callable[[], Exit], changed: str = "") -> Exit:
        """Do the work of the verb on the kit in ``folder`` and return the exit code.

        Where a file cannot be read or written, that is reported, and ``changed`` where one was
        changed by somebody else meanwhile; ``{path}`` in it is that file.
        """
        try:
            return work()
        except Exception as error:
            failure = _failure(error, folder, changed)
            if failure is None:
                raise
            self.say(failure)
            return Exit.FAILED


def _failure(error: Exception, folder: Path, changed: str) -> Message | None:
    """Return the sentence for an error that the system or another program caused."""
    from moip_press.proofread.correction import Changed
    from moip_press.report.diagnostics import Message
    from moip_press.system.atomic import CannotWrite
    from moip_press.system.libraries import MissingLibrary

    if isinstance(error, BrokenPipeError):  # nobody reads what would be said
        return None
    if isinstance(error, CannotWrite | MissingLibrary):
        return error.message
    if isinstance(error, Changed) and changed:
        return Message.of(changed, path=error.path)
    return unreadable(folder, error) if isinstance(error, OSError) else None


def unreadable(folder: Path, error: OSError) -> Message:
    """Return the sentence for a kit that could not be read."""
    from moip_press.report.diagnostics import Message
    from moip_press.report.messages import system_words
    from moip_press.system import atomic
    from moip_press.system.files import NotAFile

    if isinstance(error, NotAFile):
        return Message.of(
            N_("“{path}” is no file: a folder, a pipe, a device or a socket stands there."),
            path=error.filename,
        )
    if error.errno in atomic.NO_SPACE:
        said = atomic.advice(error, option=True)
        return Message.of(N_("“{path}” could not be built. {advice}"), path=folder, advice=said)
    return Message.of(
        N_("“{path}” could not be read. The system says: {reason}."),
        path=error.filename or folder,
        reason=system_words(error),
    )


def texts(
    sources: Mapping[str, Source], options: Mapping[str, str] | None = None
) -> Callable[[str], str | None]:
    """Return what gives the text of a file that a diagnostic names, or of an option."""
    from moip_press.system.files import is_file

    def text(name: str) -> str | None:
        if options and name in options:
            return options[name]
        if name in sources:
            return sources[name].text
        if not is_file(Path(name)):
            return None
        from moip_press.kit.source.decoding import decode  # where nothing is quoted, no YAML

        return decode(Path(name).read_bytes(), name)[0].text

    return text
