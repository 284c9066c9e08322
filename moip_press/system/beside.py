"""Work beside this process: an executor of one child, and one that works here.

Both have the interface of `concurrent.futures`. A child is forked and holds what this process
holds; it works in its main thread, so that limits of time and memory hold there too, and it ends
with this process. What it answers is plain data and records of ours.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from shutil import rmtree
from typing import Any, NoReturn, TypeVar

from moip_press.system.enforcement import EVERY, Answer, Broken, OverLimit

T = TypeVar("T")
TASKS = Path("/proc/self/task")


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def may_fork() -> bool:
    """Tell whether a child may be forked: never where other threads may hold locks.

    Libraries written in C have threads that Python does not know of. On macOS the system's own
    libraries do not bear it.
    """
    return (
        sys.platform == "linux"
        and TASKS.is_dir()
        and len(list(TASKS.iterdir())) == 1
        and threading.current_thread() is threading.main_thread()
    )


def scratch() -> tempfile.TemporaryDirectory[str]:
    """Return a folder for the temporary files of a child, which its parent removes."""
    return tempfile.TemporaryDirectory(prefix="moip-press-", ignore_cleanup_errors=True)


class Died(Exception):
    """A child has ended before it answered."""


class Here(Executor):
    """Does work at once, in this process."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Return the result of a function, which is there already."""
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class _Answered(Future[T]):
    """What a child will answer; whoever wants the result reads it."""

    def __init__(self, child: Child) -> None:
        super().__init__()
        self._child = child

    def result(self, timeout: float | None = None) -> T:
        """Return what the child answers. Raises what it raised, and ``Died``."""
        while not self.done():
            self._child.receive()
        return super().result(timeout)


class Child(Executor):
    """A forked process that does one piece of work after another."""

    def __init__(self) -> None:
        self._waiting: list[Future[Any]] = []
        self._told, told = Pipe()
        self._scratch = scratch()
        self._pid = os.fork()
        if self._pid == 0:
            self._told.close()
            _serve(told, self._scratch.name)
        told.close()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Let the child do some work: a function of a module, with plain arguments."""
        answer: _Answered[T] = _Answered(self)
        self._waiting.append(answer)
        with suppress(OSError):  # a child that has died is noted when its answer is wanted
            self._told.send_bytes(pickle.dumps((fn, args, kwargs)))
        return answer

    def receive(self) -> None:
        """Wait for the next answer of the child."""
        answer = self._waiting.pop(0)
        try:
            while not self._told.poll(EVERY):
                pass
            done, value = Answer(io.BytesIO(self._told.recv_bytes())).load()
        except (EOFError, OSError, Broken):
            answer.set_exception(Died())
            return
        if done:
            answer.set_result(value)
        else:
            answer.set_exception(value)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """End the child, whatever it does."""
        if self._pid:
            self._told.close()
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self._pid, 0)
            self._pid = 0
            self._scratch.cleanup()


def _serve(told: Connection, scratch: str) -> NoReturn:
    """Do what is asked until nobody asks any more, and end: in the child."""
    tempfile.tempdir = scratch
    gc.freeze()  # memory that the garbage collector leaves alone stays shared
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children
        while True:
            work, given, named = pickle.loads(told.recv_bytes())  # noqa: S301 -- of the parent
            try:
                answer = pickle.dumps((True, work(*given, **named)))
            except (Exception, OverLimit) as error:  # noqa: BLE001 -- raised again in the parent
                answer = pickle.dumps((False, error))
            told.send_bytes(answer)
    except BaseException:  # noqa: BLE001, S110 -- nobody is left to hear of it
        pass
    finally:
        rmtree(scratch, ignore_errors=True)  # where the parent has died
        os._exit(0)
