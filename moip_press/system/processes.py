"""Work in other processes of ours: a forked child beside this one, and helper programs.

Both work in their main thread, so that limits of time and memory hold there too.

A child holds what this process holds, ends with it, and has the interface of `concurrent.futures`;
what it answers is plain data and records of ours. A helper is started once, answers one question
after another, and can be stopped by the thread that asks. Questions and answers are bytes: nothing
that a helper says is ever run.
"""

from __future__ import annotations

import ctypes
import fcntl
import gc
import io
import os
import pickle
import resource
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from importlib import import_module
from itertools import islice
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from shutil import rmtree
from typing import IO, Any, NoReturn, TypeVar

from moip_press.system.atomic import ENDINGS, unbroken
from moip_press.system.enforcement import EVERY, MOST_ANSWERED, PACKAGE, Answer, Broken, OverLimit
from moip_press.system.limits import SWEPT, Limits
from moip_press.system.scratch import Scratch

T = TypeVar("T")
TASKS = Path("/proc/self/task")
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


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
        self._scratch = Scratch()
        parent = os.getpid()
        with unbroken():  # a child that is half begun would go on as its parent
            self._pid = os.fork()
            if self._pid == 0:
                self._told.close()
                _serve(told, self._scratch.folder, parent)
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
            self._scratch.close()


EACH = 2  # pieces of work that a child is given at a time
_makers: list[Callable[[int], Any]] = []
"""What makes the pieces of work; children hold it."""


def in_turn(make: Callable[[int], T], count: int, cores: int) -> Iterator[T]:
    """Yield what ``make`` returns for each number below ``count``, made on so many cores.

    The first is made here: what it loads, children hold. So is what a child that died was to make.
    """
    width = min(cores, count - 1)
    if width < 2 or not may_fork():
        yield from map(make, range(count))
        return
    yield make(0)
    _makers.append(make)
    try:
        with ExitStack() as stack:
            children = [stack.enter_context(Child()) for _ in range(width)]
            numbers = iter(range(1, count))

            def submitted(number: int) -> tuple[int, Future[T]]:
                return number, children[number % width].submit(_make, number)

            waiting = deque(map(submitted, islice(numbers, EACH * width)))
            while waiting:
                number, future = waiting.popleft()
                try:
                    made = future.result()
                except Died:
                    made = make(number)
                waiting.extend(map(submitted, islice(numbers, 1)))
                yield made
    finally:
        _makers.pop()


def _make(number: int) -> Any:
    """Return a piece of work: in a child."""
    return _makers[-1](number)


def _serve(told: Connection, scratch: Path, parent: int) -> NoReturn:
    """Do what is asked until nobody asks any more, and end: in the child."""

    def end(*_: object) -> NoReturn:
        rmtree(scratch, ignore_errors=True)  # where the parent has died
        os._exit(0)

    tempfile.tempdir = str(scratch)
    gc.freeze()  # memory that the garbage collector leaves alone stays shared
    try:
        for each in ENDINGS:
            signal.signal(each, signal.SIG_IGN)  # the parent ends its children
        signal.signal(signal.SIGTERM, end)
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)  # or the system, when it dies
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
        while os.getppid() == parent:
            work, given, named = pickle.loads(told.recv_bytes())  # noqa: S301 -- of the parent
            try:
                answer = pickle.dumps((True, work(*given, **named)))
            except (Exception, OverLimit) as error:  # noqa: BLE001 -- raised again in the parent
                answer = pickle.dumps((False, error))
            told.send_bytes(answer)
    except BaseException:  # noqa: BLE001, S110 -- nobody is left to hear of it
        pass
    finally:
        end()


# --- helpers --------------------------------------------------------------------------------

START = f"from {__name__} import serve; serve()"
HEAD = 8  # bytes of the length before a question or an answer


class Helper:
    """A process that answers with a module of ours, started when the first question is asked."""

    def __init__(self, module: str, limits: Limits) -> None:
        self._module, self._limits = module, limits
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch: Scratch | None = None
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
            self._scratch.close()

    def close(self) -> None:
        """End the process, and start no other one: from any thread."""
        self._closed.set()
        if process := self._process:
            process.kill()

    def _started(self) -> subprocess.Popen[bytes]:
        self._scratch = Scratch()
        folder = str(self._scratch.folder)
        given = [self._module, str(self._limits.seconds), folder]
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
                "TMPDIR": folder,
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
    _end_with(questions)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(*SWEPT)
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
    _end()


def _end() -> NoReturn:
    rmtree(sys.argv[3], ignore_errors=True)  # where the parent has died
    os._exit(0)


def _end_with(questions: IO[bytes]) -> None:
    """Let this process end with the one that asks, whatever it does just then.

    A signal of the death of a parent would not do: it is sent when the thread ends that was it.
    """
    asking = select.poll()
    asking.register(questions, 0)

    def look(*_: object) -> None:
        if asking.poll(0):  # nobody can write any more
            _end()

    signal.signal(signal.SIGIO, look)
    signal.siginterrupt(signal.SIGIO, False)  # noqa: FBT003
    fcntl.fcntl(questions, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(questions, fcntl.F_SETFL, fcntl.fcntl(questions, fcntl.F_GETFL) | os.O_ASYNC)


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
