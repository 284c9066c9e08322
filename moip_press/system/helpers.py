"""Helper processes: a program of ours that is started once and answers one question after another.

A helper works in its main thread, where limits of time and memory hold, and can be stopped by the
thread that asks. Questions and answers are bytes: nothing that a helper says is ever run.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import IO, NoReturn

from moip_press.system.beside import Died, scratch
from moip_press.system.enforcement import MOST_ANSWERED, PACKAGE, OverLimit
from moip_press.system.limits import Limits

START = f"from {__name__} import serve; serve()"
HEAD = 8  # bytes of the length before a question or an answer


class Helper:
    """A process that answers with a module of ours, started when the first question is asked."""

    def __init__(self, module: str, limits: Limits) -> None:
        self._module, self._limits = module, limits
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch: TemporaryDirectory[str] | None = None
        self._closed = threading.Event()

    def ask(self, question: bytes) -> bytes:
        """Return the answer to a question.

        Raises ``Died`` where the helper ends before it has answered, and ``OverLimit`` where it
        was stopped for its processor time; the next question starts another one.
        """
        if self._closed.is_set():
            raise Died
        process = self._process = self._process or self._started()
        if self._closed.is_set():  # while it was started
            self.stop()
            raise Died
        assert process.stdin is not None  # noqa: S101 -- opened below
        assert process.stdout is not None  # noqa: S101
        try:
            _write(process.stdin, question)
            return _read(process.stdout)
        except (OSError, EOFError, ValueError):
            self.stop()
            if process.returncode == -signal.SIGXCPU:
                raise OverLimit("seconds", self._limits.seconds) from None
            raise Died from None

    def stop(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
        if self._scratch is not None:
            self._scratch.cleanup()

    def close(self) -> None:
        """End the process, and start no other one: from any thread."""
        self._closed.set()
        if process := self._process:
            process.kill()

    def _started(self) -> subprocess.Popen[bytes]:
        self._scratch = scratch()
        given = [self._module, str(self._limits.seconds), self._scratch.name]
        command = [sys.executable, "-P", "-c", START, *given]
        found = [str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
        # a terminal's Ctrl-C is for whoever asks, who then ends its helpers
        return subprocess.Popen(  # noqa: S603 -- our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(found),
                "TMPDIR": self._scratch.name,
            },
        )


class Pool(ThreadPoolExecutor):
    """Does work in threads, each of which has a helper process of its own."""

    def __init__(self, width: int, module: str, limits: Limits) -> None:
        self._helpers: list[Helper] = []

        def begin() -> None:
            _mine.helper = Helper(module, limits)
            self._helpers.append(_mine.helper)

        super().__init__(width, initializer=begin)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 -- as above it
        """End the helpers, whatever they do, and the threads."""
        for helper in self._helpers:
            helper.close()
        super().shutdown(wait=wait, cancel_futures=cancel_futures)
        for helper in self._helpers:
            helper.stop()


_mine = threading.local()
"""The helper of each thread."""


def helper(module: str, limits: Limits) -> Helper:
    """Return the helper of this thread, which is made where there is none."""
    found: Helper | None = getattr(_mine, "helper", None)
    if found is None:
        found = _mine.helper = Helper(module, limits)
    return found


# --- in the helper --------------------------------------------------------------------------


def serve() -> NoReturn:
    """Answer questions until nobody asks any more, and end.

    The function ``answer`` of the module that the command line names answers them.
    """
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)  # what a library prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module, seconds = sys.argv[1], int(sys.argv[2])
    answer = import_module(module).answer
    try:
        while True:
            question = _read(questions)
            _, hard = resource.getrlimit(resource.RLIMIT_CPU)
            soft = int(time.process_time()) + seconds
            if hard == resource.RLIM_INFINITY or soft < hard:
                resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
            _write(answers, answer(question))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        pass
    rmtree(sys.argv[3], ignore_errors=True)  # where the parent has died
    os._exit(0)


def _write(file: IO[bytes], content: bytes) -> None:
    file.write(len(content).to_bytes(HEAD, "big"))
    file.write(content)
    file.flush()


def _read(file: IO[bytes]) -> bytes:
    """Return a question or an answer. Raises ``EOFError`` where it does not come whole."""
    length = int.from_bytes(_exactly(file, HEAD), "big")
    if length > MOST_ANSWERED:
        raise EOFError
    return _exactly(file, length)


def _exactly(file: IO[bytes], length: int) -> bytes:
    content = file.read(length)
    if len(content) < length:
        raise EOFError
    return content
