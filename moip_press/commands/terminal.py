"""What reaches a terminal or a pipe: all that the program prints passes here."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, TextIO

import click

# C0 but for tab and line feed, DEL, C1; line separators, marks, overrides and isolates; surrogates.
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
COLOURED = re.compile(rf"(?!\x1b\[[0-9;]{{1,8}}m){STEERING.pattern}")
BAR = 48  # columns of the progress bar, without the title beside it


def show(text: str, *, err: bool = False, color: bool = False) -> None:
    """Print a text, in which nothing of a kit moves a cursor.

    Characters that control a terminal or turn the direction of what follows are replaced, but for
    line ends, tabs and, in ``color``, colours. Where nobody reads on, nothing is printed any more.
    """
    stream = sys.stderr if err else sys.stdout
    shown = (COLOURED if color else STEERING).sub("\ufffd", text)
    code = getattr(stream, "encoding", None) or "utf-8"
    _echo(shown.encode(code, "backslashreplace").decode(code), err=err, color=color)


def show_data(text: str) -> None:
    """Print a JSON document: the same characters are escaped, so that its values stay."""
    show(STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def show_file(content: bytes) -> None:
    """Write a file to standard output: every byte, unless a terminal would obey some."""
    if sys.stdout.isatty():
        show(content.decode("utf-8", "replace"))
    else:
        _echo(content)


def say(text: str) -> None:
    """Print a line on standard error, whatever the names in it hold."""
    from moip_press.report.rendering import printable

    show(f"{printable(text)}\n", err=True)


def _echo(content: str | bytes, *, err: bool = False, color: bool = False) -> None:
    try:
        click.echo(content, err=err, nl=False, color=color)
    except BrokenPipeError:
        stop_printing()


def stop_printing() -> None:
    """Let what is still to be printed go nowhere, where nobody reads on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())


def colours(stream: TextIO) -> bool:
    """Return whether colours and progress may be shown on a stream."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def terminal_width() -> int:
    """Return how many columns standard output has; 0 where it is no terminal."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Yield what shows each chapter on a terminal; elsewhere nothing is shown."""
    if quiet or not colours(sys.stderr):
        yield lambda _title, _number, _count: None
        return
    import shutil

    from moip_press.report.rendering import printable

    room = max(shutil.get_terminal_size().columns - BAR, 10)
    with ExitStack() as stack:
        bars: list[Any] = []

        def step(title: str, number: int, count: int) -> None:
            if not bars:
                bar = click.progressbar(
                    length=count, file=sys.stderr, item_show_func=lambda title: title, width=24
                )
                bars.append(stack.enter_context(bar))
            bars[0].length = count
            bars[0].pos = number - 1
            title = printable(title)
            bars[0].update(1, title if len(title) <= room else f"{title[: room - 1]}…")

        yield step
