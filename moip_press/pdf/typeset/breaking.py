"""What stops a layout: an error of a library that was given a style or a template to follow.

Sizes that are zero or endless, and what is nested without end, make WeasyPrint and its libraries
raise whatever they happen to raise. Here this becomes one error that says which style is to blame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from moip_press.system.enforcement import OverLimit, enough, is_ours, limited
from moip_press.system.limits import Limits

Cause = Literal["deep", "size", "other"]
LEAST_MEMORY = 100_000_000  # bytes that fonts, threads and one chapter take
SIZES = ("NaN", "infinity", "does not fit", "too large", "out of range")
"""What is in the words of errors about numbers that are none, or that no page can hold."""


class Unlaid(Exception):
    """Pages that cannot be made, and why.

    ``chapter`` counts from 0; ``style`` is the sheet of the kit, and the line in it, that is to
    blame, as far as it is known; ``said`` is what the library says.
    """

    def __init__(self, cause: Cause, said: str = "", chapter: int = 0) -> None:
        super().__init__(cause, said)
        self.cause: Cause = cause
        self.said = said
        self.chapter = chapter
        self.style: tuple[Path, int] | None = None


@contextmanager
def breaking(chapter: int = 0) -> Iterator[None]:
    """Raise ``Unlaid`` where a library fails meanwhile; our own errors stay what they are."""
    try:
        yield
    except (Unlaid, MemoryError):
        raise
    except RecursionError:
        raise Unlaid("deep", chapter=chapter) from None
    except Exception as error:
        if is_ours(error):
            raise
        said = f"{type(error).__name__}: {error}"
        deep = isinstance(error, SyntaxError)  # of selectors, which become Python
        size = isinstance(error, ArithmeticError) or any(word in said for word in SIZES)
        cause: Cause = "deep" if deep else "size" if size else "other"
        raise Unlaid(cause, said, chapter) from error


@contextmanager
def guarded(limits: Limits) -> Iterator[None]:
    """Keep the limits meanwhile, and raise ``Unlaid`` where a library fails."""
    enough(LEAST_MEMORY)
    with limited(limits), breaking():
        yield


def broken(lines: list[str], breaks: Callable[[str], bool]) -> int:
    """Return the number of the line, from 1, with which a style sheet begins to break."""
    sound, bad = 0, len(lines)
    while bad - sound > 1:
        middle = (sound + bad) // 2
        if breaks("\n".join(lines[:middle])):
            bad = middle
        else:
            sound = middle
    return bad


def fails(limits: Limits, work: Callable[[], object]) -> bool:
    """Return whether some work cannot be done."""
    try:
        with guarded(limits):
            work()
    except (Unlaid, OverLimit):
        return True
    return False
