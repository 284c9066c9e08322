"""Keeps the limits of time and memory, and tells whose error stopped some work.

A file can be made so that its reading never ends. In the main thread, a timer interrupts the work
every twentieth of a second of processor time, and checks time and memory. Signals reach the main
thread only; in other threads a child process does the work, and is killed at the limit.
"""

from __future__ import annotations

import io
import pickle
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from traceback import walk_tb
from types import FrameType
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

from moip_press.report.messages import N_
from moip_press.system.limits import MEGABYTE, Limits

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from moip_press.report.diagnostics import Message

EVERY = 0.05  # seconds of processor time between two checks
ROOM = 2  # how many times the memory limit may be requested before the system refuses it
STATUS = Path("/proc/self/statm")
PACKAGE = Path(__file__).parents[1]
STARTING = 20.0  # seconds that a child may need to begin, on a busy computer
PATIENCE = 3  # how many times the seconds of work a child may take by the clock
PROGRAM = 150  # megabytes of a child that has not read anything yet
MOST_ANSWERED = 400_000_000  # bytes of what a child may answer

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
What = Literal["seconds", "memory"]


class OverLimit(BaseException):
    """Something took too long, or too much memory; ``limit`` is the one that was reached.

    A ``BaseException``, so that no library catches it. ``chapter``, from 0, is set by callers that
    know which one was being made.
    """

    def __init__(self, what: What, limit: int) -> None:
        super().__init__(what, limit)
        self.what: What = what
        self.limit = limit
        self.chapter = 0


class Broken(Exception):
    """A library could not read a file: its name, and why."""

    def __init__(self, library: str, why: Literal["damaged", "deep", "memory"]) -> None:
        super().__init__(library, why)
        self.library = library
        self.why = why


def reason(error: OverLimit | Broken) -> Message | None:
    """Return why a file is not read, in a sentence; None where it is simply damaged."""
    from moip_press.report.diagnostics import Message  # noqa: PLC0415 -- not before it is needed

    if isinstance(error, Broken):
        sentences = {
            "deep": N_("It is not read: it is nested too deeply."),
            "memory": N_("It is not read: there is not enough memory for it."),
        }
        return Message(sentences[error.why]) if error.why in sentences else None
    if error.what == "seconds":
        sentence = N_("It is not read: that takes more than {limit} seconds.")
    else:
        sentence = N_("It is not read: that takes more than {limit} MB of memory.")
    return Message.of(sentence, limit=error.limit)


@contextmanager
def foreign(library: str, *direct: type[Exception]) -> Iterator[None]:
    """Raise ``Broken`` for whatever a library raises on a file that it cannot read.

    Errors of our own code and of the system pass unchanged, so that bugs are seen. ``direct`` are
    errors of the library whatever their frame: code in C has none.
    """
    try:
        yield
    except RecursionError as error:
        raise Broken(library, "deep") from error
    except MemoryError as error:
        raise Broken(library, "memory") from error
    except Exception as error:
        refused = isinstance(error, OSError) and error.errno is not None
        if not isinstance(error, direct) and (refused or is_ours(error, library=True)):
            raise
        raise Broken(library, "damaged") from error


def is_ours(error: BaseException, *, library: bool = False) -> bool:
    """Tell whether our own code raised an error (then it is a bug), and no library or template.

    Python's own modules count as those of their caller, or as a ``library``. Code in C has no
    frame of its own: only with ``library`` does the type of the error tell whose it is.
    """
    kind = type(error).__module__.partition(".")[0]
    if library and kind not in ("builtins", PACKAGE.name):
        return False
    ours = False
    for frame, _ in walk_tb(error.__traceback__):
        file = frame.f_code.co_filename
        if file.startswith(str(PACKAGE)):
            ours = not file.endswith(".html")
        elif library or "-packages" in file or file.endswith(".html"):
            ours = False
    return ours


def memory(process: int | None = None) -> int:
    """Return the bytes of memory that a process uses, this one or another; 0 where unknown."""
    status = STATUS if process is None else Path(f"/proc/{process}/statm")
    try:
        return int(status.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        if process is not None:
            return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def held(
    limits: Limits,
    function: Callable[Asked, Found],
    *arguments: Asked.args,
    **more: Asked.kwargs,
) -> Found:
    """Return what a function returns, within limits, in any thread.

    Raises what the function raises, and ``OverLimit``. Outside the main thread it runs in a child
    process: it must be a function of a module, and take and return records.
    """
    if threading.current_thread() is not threading.main_thread():
        return apart(limits, function, *arguments, **more)
    with limited(limits):
        return function(*arguments, **more)


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Raise ``OverLimit`` where the work passes the limits.

    Seconds are processor time, so that a busy or sleeping computer costs none. Only the main
    thread can be interrupted: elsewhere nothing is limited, and ``held`` is what is needed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    started, already = time.process_time(), memory()

    def look(number: int, frame: FrameType | None) -> None:
        if time.process_time() - started > limits.seconds:
            raise OverLimit("seconds", limits.seconds)
        if memory() - already > limits.memory * MEGABYTE:
            raise OverLimit("memory", limits.memory)
        if callable(before):
            before(number, frame)  # limits may lie within limits

    before = signal.getsignal(signal.SIGPROF)  # ``look`` may be called at once and needs it
    signal.signal(signal.SIGPROF, look)
    signal.siginterrupt(signal.SIGPROF, False)  # noqa: FBT003 -- libraries read on undisturbed
    outer = signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
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
        finally:  # the last check may have come just then
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
            signal.setitimer(signal.ITIMER_PROF, *outer)


def enough(least: int) -> None:
    """Raise ``MemoryError`` where the system would give this process fewer bytes than that.

    Libraries written in C end the process where they get no memory.
    """
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY and STATUS.exists():
        held = int(STATUS.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        if soft - held < least:
            raise MemoryError


@contextmanager
def _ceiling(more: int) -> Iterator[bool]:
    """Let the system refuse memory far beyond the limit: a single request can ask for it all.

    Yield whether the limit is ours; the system's own may be lower.
    """
    if not STATUS.exists():
        yield True
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    mapped = int(STATUS.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    wanted = mapped + more
    known = [limit for limit in (wanted, soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(known), hard))
    try:
        yield min(known) == wanted
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


# --- in a child process --------------------------------------------------------------------


def apart(
    limits: Limits,
    function: Callable[Asked, Found],
    *arguments: Asked.args,
    **more: Asked.kwargs,
) -> Found:
    """Return what a function returns in a child process, which is killed at the limit.

    It stops what no timer can: code in C that does not return, or that crashes. Raises what the
    function raises, ``OverLimit``, and ``Broken`` where the child crashed.
    """
    import multiprocessing  # noqa: PLC0415 -- slow to load, and seldom needed

    context = multiprocessing.get_context("spawn")
    answer, told = context.Pipe(duplex=False)
    work = (told, limits, function, arguments, more)
    child = context.Process(target=_work, args=work, daemon=True)
    with answer:
        try:
            with told:
                child.start()
            found = _awaited(child, answer, limits)
        finally:
            if child.pid is not None:
                child.kill()
                child.join()
            child.close()
    done, value = Answer(io.BytesIO(found)).load()
    if not done:
        raise value
    result: Found = value
    return result


def _work(
    told: Connection,
    limits: Limits,
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    more: dict[str, Any],
) -> None:
    """Do the work in the child, and send its result."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = int(time.process_time()) + limits.seconds + 2
    resource.setrlimit(resource.RLIMIT_CPU, (used, used + 1))
    try:
        with limited(limits):
            found = pickle.dumps((True, function(*arguments, **more)))
    except (Exception, OverLimit) as error:  # noqa: BLE001 -- raised again in the parent
        found = pickle.dumps((False, error))
    told.send_bytes(found)


def _awaited(child: Any, answer: Connection, limits: Limits) -> bytes:
    """Return what a child sends. Raises ``OverLimit``, and ``Broken`` where it sends nothing."""
    last = time.monotonic() + STARTING + PATIENCE * limits.seconds
    most = (PROGRAM + limits.memory) * MEGABYTE
    while not answer.poll(EVERY):
        if time.monotonic() > last:
            raise OverLimit("seconds", limits.seconds)
        if memory(child.pid) > most:
            raise OverLimit("memory", limits.memory)
    try:
        return answer.recv_bytes(MOST_ANSWERED)
    except (EOFError, OSError):
        child.join()
        if child.exitcode in (-signal.SIGXCPU, -signal.SIGKILL):
            raise OverLimit("seconds", limits.seconds) from None
        raise Broken("python", "damaged") from None


class Answer(pickle.Unpickler):
    """Reads what a child sends: our own records and plain values, and nothing that runs.

    The file that the child has read may have taken it over.
    """

    PLAIN = frozenset(
        {
            ("datetime", "date"),
            ("datetime", "time"),
            ("datetime", "datetime"),
            ("datetime", "timedelta"),
            ("builtins", "set"),
            ("builtins", "frozenset"),
        }
    )

    def find_class(self, module: str, name: str) -> Any:
        """Return a class by its name. Raises ``Broken`` for any that is no record of ours."""
        if (module, name) in self.PLAIN:
            return getattr(import_module(module), name)
        found = getattr(import_module(module), name, None) if _names_ours(module, name) else None
        if isinstance(found, type) and (
            is_dataclass(found) or issubclass(found, Enum | Exception | OverLimit)
        ):
            return found
        raise Broken("python", "damaged")


def _names_ours(module: str, name: str) -> bool:
    """Tell whether a name is one of our own package, or an error of the language."""
    if module == "builtins":
        return name.endswith("Error")
    return module.partition(".")[0] == PACKAGE.name and "." not in name
