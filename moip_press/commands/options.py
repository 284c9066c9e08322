"""The options that every verb shares."""

from __future__ import annotations

import datetime
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from moip_press.report.messages import N_, Catalogue, available_languages

if TYPE_CHECKING:
    from moip_press.kit.source import Source
    from moip_press.report.diagnostics import Message
    from moip_press.system.cache import Cache

FORMATS = ("full", "concise", "json", "github")
# C0 but for tab and line feed, DEL, C1; line separators, marks, overrides and isolates; surrogates.
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
COLOURED = re.compile(rf"(?!\x1b\[[0-9;]{{1,8}}m){STEERING.pattern}")
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class NamedFolder(click.Path):
    """A folder that may still have to be made: any name but the empty one."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(path_type=Path, readable=False)
        self.catalogue = catalogue

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path. Raises ``click.BadParameter``."""
        if not os.fspath(value):
            self.fail(self.catalogue.gettext("The name of the folder is empty."), param, ctx)
        return super().convert(value, param, ctx)


def unheard() -> None:
    """Let what is still to be said go nowhere, where nobody reads on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())


def source_date(catalogue: Catalogue) -> datetime.datetime | None:
    """Return the moment that ``SOURCE_DATE_EPOCH`` gives; none where it is not set.

    Raises ``click.UsageError`` where it is no number of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return None
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            catalogue.gettext("SOURCE_DATE_EPOCH is not a number of seconds: “{value}”.").format(
                value=given
            )
        ) from None


def kit_argument() -> Decorator:
    """The optional folder of the kit."""
    return click.argument("kit", required=False, type=click.Path(path_type=Path))


def shared(catalogue: Catalogue) -> Decorator:
    """``--format``, ``--language`` and ``--quiet``."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option(
                "--format",
                "form",
                type=click.Choice(FORMATS),
                default="full",
                help=catalogue.gettext("How what is wrong is reported."),
            ),
            languages(catalogue),
            click.option(
                "-q", "--quiet", is_flag=True, help=catalogue.gettext("Print errors only.")
            ),
        ):
            function = option(function)
        return function

    return decorate


def languages(catalogue: Catalogue) -> Decorator:
    """``--language``."""
    return click.option(
        "--language",
        type=click.Choice(available_languages()),
        help=catalogue.gettext("The language of messages; otherwise that of the kit."),
    )


def cache_options(catalogue: Catalogue) -> Decorator:
    """``--cache-dir`` and ``--no-cache``."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option(
                "--cache-dir",
                type=NamedFolder(catalogue),
                help=catalogue.gettext("The folder for what is kept between two runs."),
            ),
            click.option(
                "--no-cache",
                is_flag=True,
                help=catalogue.gettext("Neither use nor keep anything between two runs."),
            ),
        ):
            function = option(function)
        return function

    return decorate


def watch_option(catalogue: Catalogue) -> Decorator:
    """``--watch``."""
    return click.option(
        "--watch",
        is_flag=True,
        help=catalogue.gettext("Build again each time that a file of the kit is saved."),
    )


def cache_of(folder: Path | None, *, kept: bool = True) -> Cache:
    """Return the cache in ``folder``, else in the user's cache directory; or one that forgets."""
    from moip_press.system.cache import Cache

    if not kept:
        return Cache()
    import platformdirs

    return Cache(folder or platformdirs.user_cache_path("moip-press", appauthor=False))


def rule_codes(catalogue: Catalogue) -> Callable[..., frozenset[str]]:
    """Return what reads codes of rules: with commas or repeated, a letter for its family."""

    def read(_ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> frozenset[str]:
        from moip_press.proofread.rules import rules_of

        found: set[str] = set()
        for asked in (code.strip().upper() for text in value for code in text.split(",")):
            codes = {r.code for r in rules_of(asked[:1]) if r.code.startswith(asked)}
            if not codes:
                raise click.BadParameter(
                    catalogue.gettext(
                        "there is no rule “{code}”; “moip-press rules” lists them."
                    ).format(code=asked),
                    param=param,
                )
            found |= codes
        return frozenset(found)

    return read


def say(text: str) -> None:
    """Print a line on standard error, whatever the names in it hold."""
    from moip_press.report.rendering import printable

    show(f"{printable(text)}\n", err=True)


def show(text: str, *, err: bool = False, color: bool = False) -> None:
    """Print a text: all that a verb prints passes here, and nothing of a kit moves a cursor.

    Characters that steer a terminal or turn the direction of what follows are replaced, but for
    line ends, tabs and, in ``color``, colours.
    """
    stream = sys.stderr if err else sys.stdout
    shown = (COLOURED if color else STEERING).sub("\ufffd", text)
    code = getattr(stream, "encoding", None) or "utf-8"
    click.echo(shown.encode(code, "backslashreplace").decode(code), err=err, nl=False, color=color)


def show_data(text: str) -> None:
    """Print a JSON document: the same characters are escaped, so that its values stay."""
    show(STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def colours(stream: TextIO) -> bool:
    """Tell whether colours and progress may be shown on a stream."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def terminal_width() -> int:
    """Return how many columns standard output has; 0 where it is no terminal."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def texts(sources: Mapping[str, Source]) -> Callable[[str], str | None]:
    """Return what gives the text of a file that a diagnostic names."""
    from moip_press.kit.source.decoding import decode
    from moip_press.system.files import is_file

    def text(name: str) -> str | None:
        if name in sources:
            return sources[name].text
        return decode(Path(name).read_bytes(), name)[0].text if is_file(Path(name)) else None

    return text


def unreadable(folder: Path, error: OSError) -> Message:
    """Return the sentence for a kit that could not be read.

    Raises the error itself where it is not the kit's: nobody reads what is said.
    """
    from moip_press.report.diagnostics import Message
    from moip_press.system import atomic
    from moip_press.system.files import NotAFile

    if isinstance(error, BrokenPipeError):
        raise error
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
        reason=error.strerror or type(error).__name__,
    )


def kit_folder(kit: Path | None, catalogue: Catalogue) -> Path:
    """Return the folder of the kit that is meant. Raises ``click.UsageError``."""
    from moip_press.kit import folders

    found = folders.find_kit(kit, Path())
    if found is not None:
        return found
    try:
        (kit or Path()).joinpath(folders.MANIFEST).stat()
    except PermissionError as error:
        raise click.ClickException(catalogue.say(unreadable(kit or Path(), error))) from None
    except (OSError, ValueError):
        pass  # it is not there
    if kit is None:
        raise click.UsageError(
            catalogue.gettext(
                "There is no kit here. Name its folder, or begin one with “moip-press new NAME”."
            )
        )
    raise click.UsageError(
        catalogue.gettext("“{folder}” is not a kit: it has no kit.yaml.").format(folder=kit)
    )
