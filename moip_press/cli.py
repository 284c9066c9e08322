"""The command line: the verbs, the language of its words, and how it ends.

A verb lives in ``commands/`` and is imported only when it is called.
"""

from __future__ import annotations

import datetime
import gc
import gettext
import locale
import os
import re
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from io import StringIO
from itertools import pairwise

import click

from moip_press import __version__
from moip_press.commands.running import Exit, Run
from moip_press.commands.terminal import say, show, stop_printing
from moip_press.report.messages import DOMAIN, LOCALE, N_, NP_, Catalogue, available_languages
from moip_press.system.limits import SWEPT

VERBS = {
    "new": N_("Begin a kit."),
    "studio": N_("Work on a kit in the browser."),
    "build": N_("Make the dossier of a kit."),
    "check": N_("Proofread a kit."),
    "handouts": N_("Make handouts of a kit."),
    "media": N_("Make the media kit for journalists."),
    "season": N_("Make many kits in one go."),
    "import": N_("Bring in events and texts from others."),
    "export": N_("Write the programme for others."),
    "web": N_("Make the site of a kit."),
    "compare": N_("Report what has changed between two versions."),
    "release": N_("Keep a version as it is published."),
    "verify": N_("Report what a PDF claims, and what it lacks."),
    "rules": N_("List what can be wrong with a kit."),
    "schema": N_("Print the JSON Schema of a kind of file."),
}
"""The verbs in the order in which one meets them, each in a line."""
# a verb whose name is a word of Python's own
MODULES = {"import": "importing"}
# Where a language is named, the first one that is set counts.
LANGUAGE_NAMES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
AGAIN = 0.05  # seconds after which a request to end that was dropped comes again
NO_ROOM = "failed to map segment"  # what the system says where a library finds no memory

# Click asks the process-wide gettext domain, which is ours, for its own words.
CLICK_WORDS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Error: {message}"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("Try '{command} {option}' for help."),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Option {name!r} does not take a value."),
    N_("path"),
    N_("file"),
    N_("Choose from:\n\t{choices}"),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
    NP_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    NP_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    NP_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    NP_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
)
# What help calls the values of options and arguments, where that is another word in French.
VALUE_NAMES = (
    *(N_("FILE"), N_("FOLDER"), N_("KEY"), N_("KIND"), N_("NEW"), N_("OLD"), N_("VALUE")),
    *(N_("ADDRESS"), N_("NAME"), N_("WORD"), N_("COMMAND")),
)
VALUE_NAME = re.compile(r"[A-Z]{2,}")


class HelpFormatter(click.HelpFormatter):
    """Help whose headings have the space that their language sets before a colon."""

    def write_heading(self, heading: str) -> None:
        """Write a heading and its colon."""
        said = gettext.gettext(N_("{heading}:")).format(heading=heading)
        self.write(f"{'':>{self.current_indent}}{said}\n")


class HelpContext(click.Context):
    """A context whose help is written by ``HelpFormatter``."""

    formatter_class = HelpFormatter


class Verbs(click.Group):
    """The group of all verbs, each imported when it is called."""

    catalogue: Catalogue
    context_class = HelpContext

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the verbs in the order in which one meets them."""
        return list(VERBS)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 -- click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """Write a line on each verb, which need not be imported for that."""
        with formatter.section(gettext.gettext("Commands")):
            formatter.write_dl(
                [(verb, self.catalogue.gettext(line)) for verb, line in VERBS.items()]
            )

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 -- click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """Return the verb, or ``None``."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f"moip_press.commands.{MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command(self.catalogue)
        command.context_class = HelpContext
        for param in command.params:
            param.metavar = self._value_name(param)
        return command

    def _value_name(self, param: click.Parameter) -> str | None:
        """Return what help calls the value of an option or argument, in the user's language."""
        name = param.metavar
        if name is None and isinstance(param, click.Argument):
            name = (param.name or "").upper()
            name = name if param.required else f"[{name}]"
        return name and VALUE_NAME.sub(lambda word: self.catalogue.gettext(word[0]), name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb that is called; one that does not exist brings the nearest to mind."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(
                error.command_name, possibilities=tuple(VERBS), ctx=ctx
            ) from None


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    if not sys.warnoptions:  # what libraries warn each other of is not for users
        warnings.simplefilter("ignore")
    gc.set_threshold(*SWEPT)
    _open_streams()
    words = list(sys.argv[1:] if arguments is None else arguments)
    asked: list[int] = []
    try:
        _end_on_request(asked)
        code = _flushed(run(words))
    except (Exception, KeyboardInterrupt):
        if not asked:
            raise
        code = Exit.INTERRUPTED
    for each in ENDINGS:  # all is done: Python itself would end with a traceback
        signal.signal(each, signal.SIG_IGN)
    gc.freeze()  # the system takes all memory back at once
    # a library may have made an error of its own of the interruption
    sys.exit(Exit.INTERRUPTED if asked and code else code)


def _open_streams() -> None:
    """Let a stream that was closed lead nowhere: the next file opened would take its place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _end_on_request(asked: list[int]) -> None:
    """Let the system and a closed terminal end the program as Ctrl-C does; ``nohup`` still holds.

    The signals that come are added to ``asked``. Python drops one that comes while it finalizes an
    object or calls a weak reference back: that one comes again.
    """
    main_thread, dropped = threading.get_ident(), sys.unraisablehook

    def end(number: int, _frame: object) -> None:
        asked.append(number)
        raise KeyboardInterrupt

    def come_again(unraisable: sys.UnraisableHookArgs) -> None:
        if asked and isinstance(unraisable.exc_value, KeyboardInterrupt):
            threading.Timer(AGAIN, signal.pthread_kill, (main_thread, asked[-1])).start()
        else:
            dropped(unraisable)

    sys.unraisablehook = come_again
    usual = (signal.SIG_DFL, signal.default_int_handler)
    for each in ENDINGS:
        if signal.getsignal(each) in usual:
            signal.signal(each, end)


def _flushed(code: int) -> int:
    """Return the exit code after all that was said is out; Python says nothing more at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError) as error:
            stop_printing()
            return Exit.DONE if isinstance(error, BrokenPipeError) else Exit.FAILED
    return code


def run(words: Sequence[str]) -> int:
    """Run the command line and return its exit code."""
    language = _users_language(words)
    today = datetime.datetime.now(datetime.UTC).date()
    with _speaking(language or "en"):
        return _run(words, Run(today, language))


def _run(words: Sequence[str], begun: Run) -> int:
    catalogue = begun.catalogue
    try:
        result = _verbs(catalogue).main(
            list(words), prog_name="moip-press", standalone_mode=False, obj=begun
        )
    except click.ClickException as error:
        from moip_press.report.rendering import printable  # noqa: PLC0415 -- help waits for nothing

        told = StringIO()
        error.show(told)  # click takes escape sequences out
        shown = told.getvalue().replace(click.unstyle(error.message), printable(error.message))
        _told(lambda: show(shown, err=True))
        return Exit.USAGE if isinstance(error, click.UsageError) else Exit.FAILED
    except (click.Abort, KeyboardInterrupt):
        _told(lambda: say(catalogue.gettext("Interrupted.")))
        return Exit.INTERRUPTED
    except (MemoryError, ImportError) as error:
        if isinstance(error, ImportError) and NO_ROOM not in str(error):
            raise
        sentence = catalogue.gettext("This computer has not enough memory left for that.")
        _told(lambda: say(sentence))
        return Exit.FAILED
    except (SystemExit, BrokenPipeError):  # click ends with SystemExit where nobody reads on
        stop_printing()
        return Exit.DONE
    except OSError as error:  # what was asked for could not be printed
        return _unprinted(error, catalogue)
    return result if isinstance(result, int) else Exit.DONE


def _told(tell: Callable[[], None]) -> None:
    """Say something as far as standard error can be written to."""
    with suppress(OSError):
        tell()


def _unprinted(error: OSError, catalogue: Catalogue) -> int:
    from moip_press.report.diagnostics import Message  # noqa: PLC0415 -- help waits for nothing
    from moip_press.report.messages import system_words  # noqa: PLC0415

    sentence = N_("The output could not be written. The system says: {reason}.")
    _told(lambda: say(catalogue.say(Message.of(sentence, reason=system_words(error)))))
    stop_printing()
    return Exit.FAILED


def _verbs(catalogue: Catalogue) -> Verbs:
    group = Verbs(
        name="moip-press",
        help=catalogue.gettext(
            "Makes a press kit from data: one PDF with contents, page numbers and press "
            "contacts, from a folder of YAML files and templates."
        ),
        epilog=catalogue.gettext(
            "“moip-press new” begins a kit, and “moip-press build” makes its dossier."
        ),
        no_args_is_help=True,
        subcommand_metavar=f"{catalogue.gettext('COMMAND')} [ARGS]...",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    group.catalogue = catalogue
    return click.version_option(__version__, prog_name="moip-press")(group)


def _users_language(words: Sequence[str]) -> str | None:
    """Return the language of ``--language``, else of the locale; ``None`` where neither is known.

    The locales ``C`` and ``POSIX``, and languages that have no catalogue, say nothing.
    """
    asked = [
        word.partition("=")[2] or after
        for word, after in pairwise([*words, ""])
        if word.partition("=")[0] == "--language"
    ]
    named = [os.environ.get(name, "") for name in LANGUAGE_NAMES]
    if sys.platform in {"darwin", "win32"}:  # where the system knows it, and variables may not
        named.append(locale.getlocale()[0] or "")
    spoken = next(filter(None, named), "")
    known = available_languages()
    return next((name for name in (*asked, spoken[:2].lower()) if name in known), None)


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """Let click's own words come from our catalogue meanwhile, in ``language``."""
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    try:
        yield
    finally:
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before
