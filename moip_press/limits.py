"""Limits of time and memory for what a kit makes the program do.

A page can be written so that it never ends. The work is done in this process, so a timer of the
system interrupts it: twenty times a second of its own work it looks at the clock and at the memory.
"""

from __future__ import annotations

import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Literal

EVERY = 0.05  # seconds of work between two looks
MEGABYTE = 1_000_000
ROOM = 2  # how many times the memory may be asked for before the system refuses it
STATUS = Path("/proc/self/statm")
PACKAGE = str(Path(__file__).parent)


@dataclass(frozen=True)
class Limits:
    """The seconds of work, and the megabytes of memory beyond those in use at the start."""

    seconds: int
    memory: int


class OverLimit(BaseException):
    """Something took too long, or too much memory. ``limit`` is the one that was reached.

    No other handler of errors may stop it on its way. Who knows which ``chapter`` was being made,
    counted from 0, says so.
    """

    def __init__(self, what: Literal["seconds", "memory"], limit: int) -> None:
        super().__init__(what, limit)
        self.what: Literal["seconds", "memory"] = what
        self.limit = limit
        self.chapter = 0


def memory() -> int:
    """Return the bytes of memory that this process holds."""
    if STATUS.exists():
        pages = int(STATUS.read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def is_ours(error: BaseException) -> bool:
    """Return whether an error comes from our own code: then it is a bug, not a fault of a kit.

    What Python's own modules raise comes from whoever called them.
    """
    trace, ours = error.__traceback__, False
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".html"):
            ours = False
        elif file.startswith(PACKAGE):
            ours = True
        elif "-packages" in file:
            ours = False
        trace = trace.tb_next
    return ours


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Raise ``OverLimit`` where what is done meanwhile passes the limits.

    Seconds are those of the processor: a computer that is busy or asleep costs none. Only the
    main thread can be interrupted; elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    started, held = time.process_time(), memory()

    def look(_signal: int, _frame: FrameType | None) -> None:
        if time.process_time() - started > limits.seconds:
            raise OverLimit("seconds", limits.seconds)
        if memory() - held > limits.memory * MEGABYTE:
            raise OverLimit("memory", limits.memory)

    before = signal.signal(signal.SIGPROF, look)
    signal.siginterrupt(signal.SIGPROF, False)  # noqa: FBT003 -- libraries read on undisturbed
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        with _ceiling(limits.memory * MEGABYTE * ROOM) as ours:
            try:
                yield
            except MemoryError:
                if ours:
                    raise OverLimit("memory", limits.memory) from None
                raise  # the computer has less than the limit
    finally:
        try:
            signal.setitimer(signal.ITIMER_PROF, 0)
        finally:  # the last look may have come just then
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)


def enough(least: int) -> None:
    """Raise ``MemoryError`` where the system gives this process fewer bytes than that.

    Libraries written in C end the process where they get none.
    """
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY and STATUS.exists():
        held = int(STATUS.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        if soft - held < least:
            raise MemoryError


@contextmanager
def _ceiling(more: int) -> Iterator[bool]:
    """Let the system refuse memory far beyond the limit: one request can ask for it all.

    Yield whether the limit is ours; the system's own may be lower.
    """
    if not STATUS.exists():
        yield True
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    held = int(STATUS.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    wanted = held + more
    known = [limit for limit in (wanted, soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(known), hard))
    try:
        yield min(known) == wanted
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
