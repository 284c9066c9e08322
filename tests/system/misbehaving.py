"""What a child process may be asked to do, and must be stopped at. It loads in a moment."""

from __future__ import annotations

import os
import signal
import time

from moip_press.report.diagnostics import Message


def endless() -> None:
    while True:
        pass


def greedy() -> int:
    return sum(len(bytearray(10_000_000)) for _ in iter(lambda: KEPT.append(bytes(10**7)), 1))


KEPT: list[bytes] = []


def asleep() -> None:
    """Wait in code that no signal of the main thread interrupts."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF, signal.SIGXCPU})
    while True:
        time.sleep(1)


def stuck() -> None:
    """Work on and on, deaf to the timer, as code in C is."""
    signal.signal(signal.SIGPROF, signal.SIG_IGN)
    endless()


def breaks_down() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def small(number: int) -> Message:
    return Message.of("{number}", number=number)


def raises() -> None:
    raise FileNotFoundError(2, "not there", "a.csv")


def dangerous() -> object:
    return os.system
