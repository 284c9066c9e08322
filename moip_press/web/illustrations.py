"""Pictures of a piece: what of them stands on the page is decided by whoever gives it a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_


@dataclass(frozen=True)
class Illustration:
    """A picture on a page: its address, others of other sizes, its width and height in pixels.

    ``sources`` are the values of ``srcset`` in other formats by their media type, such as
    ``(("image/webp", "a-640.webp 640w, a-1280.webp 1280w"),)``. Width and height are 0 where they
    are not known, as of a drawing.
    """

    src: str
    srcset: str = ""
    sizes: str = ""
    width: int = 0
    height: int = 0
    sources: tuple[tuple[str, str], ...] = ()


Pictures = Callable[[str], Illustration | None]
"""The illustration made of a file of the kit; None: it stays out of the piece."""


def said_left_out(incomplete: Iterable[str], ended: Iterable[str]) -> Iterator[Message]:
    """Yield which drawings stay out for the files that they show, and which for ended rights."""
    for file in incomplete:
        sentence = N_("“{file}” is left out: it shows other files. Put these into the drawing.")
        yield Message.of(sentence, file=file)
    for file in ended:
        yield Message.of(N_("“{file}” is left out: its rights have ended."), file=file)
