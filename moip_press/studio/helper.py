"""A process that stays and does one piece of work after another: layout, and pictures of pages.

What a stranger's kit can keep busy for ever, or bring to its end, works there: it is stopped by its
parent, and started again. Its limits of time and memory hold in its main thread.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from moip_press.system.enforcement import EVERY, Answer, Broken, OverLimit

LONGEST = 600.0  # seconds of one piece of work, whatever a kit allows itself


class Stopped(Exception):
    """The process ended, or was stopped, before it had answered."""


class Helper:
    """One such process, started when it is first called; ``make`` gives what it works with."""

    def __init__(self, make: Callable[..., object], *given: object) -> None:
        self._make, self._given = make, given
        self._calls = threading.Lock()
        self._child: BaseProcess | None = None
        self._line: Connection | None = None

    def call(self, method: str, *given: object) -> Any:
        """Return what a method of the maker's object returns; calls wait for each other.

        Raises what the method raises, ``OverLimit``, and ``Stopped``.
        """
        with self._calls:
            line = self._started()
            try:
                line.send_bytes(pickle.dumps((method, given)))
                end = time.monotonic() + LONGEST
                while not line.poll(EVERY) and time.monotonic() < end:
                    pass
                sent = line.recv_bytes() if line.poll() else b""
                done, value = Answer(io.BytesIO(sent)).load()
            except (EOFError, OSError, Broken):
                self.stop()
                raise Stopped from None
            if not done:
                raise value
            return value

    def stop(self) -> None:
        """End the process, whatever it does; the next call starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.join()
        if self._line is not None:
            self._line.close()
            self._line = None

    def _started(self) -> Connection:
        if self._child is None or self._line is None or not self._child.is_alive():
            self.stop()
            context = multiprocessing.get_context("spawn")
            self._line, theirs = context.Pipe()
            # no daemon: those may have no children, and some pictures are read in one
            self._child = context.Process(target=_serve, args=(theirs, self._make, self._given))
            self._child.start()
            theirs.close()
        return self._line


def _serve(line: Connection, make: Callable[..., object], given: tuple[object, ...]) -> None:
    """Do what is asked until nobody asks any more: in the child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children
    with suppress(EOFError, OSError):
        works = make(*given)
        while True:
            method, arguments = pickle.loads(line.recv_bytes())  # noqa: S301 -- of the parent
            try:
                answer = pickle.dumps((True, getattr(works, method)(*arguments)))
            except (Exception, OverLimit) as error:  # noqa: BLE001 -- raised again in the parent
                answer = pickle.dumps((False, error))
            line.send_bytes(answer)
    os._exit(0)
