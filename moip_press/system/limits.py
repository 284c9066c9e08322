"""What files of others may cost, in one table, and what stops those that want more.

A file can be made so that its reading never ends. The work is done in this process where that can
be: a timer of the system interrupts it, twenty times a second of its own work, and looks at the
clock and at the memory. Signals reach the main thread only; elsewhere a child process does the
work, and is killed at the limit.
"""

from __future__ import annotations

import io
import pickle
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from traceback import walk_tb
from types import FrameType, MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

from moip_press.report.messages import N_

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from moip_press.report.diagnostics import Message

EVERY = 0.05  # seconds of work between two looks
MEGABYTE = 1_000_000
ROOM = 2  # how many times the memory may be asked for before the system refuses it
STATUS = Path("/proc/self/statm")
PACKAGE = Path(__file__).parents[1]
STARTING = 20.0  # seconds that a child may need to begin, on a busy computer
PATIENCE = 3  # how many times the seconds of work a child may take by the clock
PROGRAM = 150  # megabytes of a child that has not read anything yet
MOST_ANSWERED = 400_000_000  # bytes of what a child may answer

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
What = Literal["seconds", "memory"]


@dataclass(frozen=True)
class Limits:
    """The seconds of work, and the megabytes of memory beyond those in use at the start.

    A program that is started to do the work has no limit of memory of ours: 0.
    """

    seconds: int
    memory: int


@dataclass(frozen=True)
class Bounds:
    """What a file of one kind may have.

    ``items`` counts what ``of`` names. 0: this kind has no such thing. Without ``work``, what it
    costs is bounded by its bytes and items alone, and no timer is needed.
    """

    bytes: int
    depth: int = 0
    items: int = 0
    of: str = ""
    work: Limits | None = None

    @property
    def held(self) -> Limits:
        """The limits of time and memory of a kind that has them."""
        assert self.work is not None  # noqa: S101 -- a slip in the table
        return self.work


READING = Limits(seconds=60, memory=2_000)

YAML = Bounds(10_000_000, depth=50, items=200_000, of=N_("values"))
WORKBOOK = Bounds(50_000_000, items=50_000, of=N_("rows"), work=READING)
TABLE = Bounds(50_000_000, items=50_000, of=N_("rows"), work=READING)
JSON = Bounds(50_000_000, depth=200, items=50_000, of=N_("records"), work=READING)
CALENDAR = Bounds(50_000_000, depth=10, items=50_000, of=N_("entries"), work=READING)
DECISIONS = Bounds(50_000_000, items=100_000, of=N_("boxes to tick"), work=READING)
IMPORTS = Bounds(50_000_000, depth=12, items=500_000, of=N_("records"), work=READING)
PDF = Bounds(
    300_000_000,
    depth=500,
    items=500_000,
    of=N_("objects"),
    work=Limits(seconds=30, memory=400),
)
# what lies deeper is left out
DATA = Bounds(40_000_000, depth=12, items=2_000_000, of=N_("values"), work=READING)
PICTURE = Bounds(
    40_000_000,
    items=60_000_000,
    of=N_("pixels"),
    work=Limits(seconds=60, memory=1_500),
)
DRAWING = Bounds(
    40_000_000,
    depth=200,
    items=200_000,
    of=N_("elements"),
    work=Limits(seconds=60, memory=1_000),
)
FONT = Bounds(
    40_000_000,
    items=200_000,
    of=N_("characters"),
    work=Limits(seconds=30, memory=1_000),
)
COMMIT = Bounds(
    300_000_000, depth=40, items=100_000, of=N_("files"), work=Limits(seconds=60, memory=0)
)
MANIFEST = Bounds(20_000_000, depth=50)
KEPT = Bounds(125_000_000, depth=200)

KINDS: Mapping[str, Bounds] = MappingProxyType(
    {
        N_("YAML of a kit, glossary, theme"): YAML,
        N_("Workbook (XLSX)"): WORKBOOK,
        N_("Text table (CSV)"): TABLE,
        N_("OpenAgenda and other JSON"): JSON,
        N_("Calendar (ICS)"): CALENDAR,
        N_("List of changes to tick"): DECISIONS,
        N_("Memory of imports (imports.json)"): IMPORTS,
        N_("PDF"): PDF,
        N_("Data in a PDF (data.json)"): DATA,
        N_("Picture (PNG, JPEG, GIF, WebP)"): PICTURE,
        N_("Drawing (SVG)"): DRAWING,
        N_("Font"): FONT,
        N_("Kit at a git revision"): COMMIT,
        N_("Manifest (manifest.json)"): MANIFEST,
        N_("Entry of the cache"): KEPT,
    }
)
"""Every kind of file that others may have made, as the documentation calls it."""


class OverLimit(BaseException):
    """Something took too long, or too much memory. ``limit`` is the one that was reached.

    No other handler of errors may stop it on its way. Who knows which ``chapter`` was being made,
    counted from 0, says so.
    """

    def __init__(self, what: What, limit: int) -> None:
        super().__init__(what, limit)
        self.what: What = what
        self.limit = limit
        self.chapter = 0


class Broken(Exception):
    """A library could not read a file: ``library`` is its name, and ``why`` what was met."""

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


def fits(value: object, depth: int, items: int = 0) -> bool:
    """Tell whether plain data nest no deeper than this, and hold no more values; 0: any number."""
    waiting: list[tuple[object, int]] = [(value, 0)]
    left = items
    while waiting:
        found, level = waiting.pop()
        if isinstance(found, dict):
            below = list(found.values())
        elif isinstance(found, list):
            below = found
        else:
            continue
        left -= len(below)
        if level > depth or (items and left < 0):
            return False
        waiting += [(each, level + 1) for each in below]
    return True


@contextmanager
def foreign(library: str, *direct: type[Exception]) -> Iterator[None]:
    """Raise ``Broken`` for whatever a library raises on a file that it cannot read.

    What our own code raises goes on as it is, so that a slip of ours is seen: it is told by the
    file of the frame that raised it. So does what the system refuses. ``direct`` is taken for the
    library's all the same: code in C has no frame.
    """
    try:
        yield
    except RecursionError as error:
        raise Broken(library, "deep") from error
    except MemoryError as error:
        raise Broken(library, "memory") from error
    except Exception as error:
        if not isinstance(error, direct) and _is_ours(error):
            raise
        raise Broken(library, "damaged") from error


def _is_ours(error: Exception) -> bool:
    """Tell whether our own code raised an error, or the system, and no library."""
    if isinstance(error, OSError) and error.errno is not None:
        return True
    if type(error).__module__ != "builtins":
        return type(error).__module__.partition(".")[0] == PACKAGE.name
    *_, (frame, _line) = walk_tb(error.__traceback__)
    return Path(frame.f_code.co_filename).is_relative_to(PACKAGE)


def memory(process: int | None = None) -> int:
    """Return the bytes of memory that a process holds, this one or another; 0 where unknown."""
    status = STATUS if process is None else Path(f"/proc/{process}/statm")
    try:
        return int(status.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        if process is not None:
            return 0
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
        elif file.startswith(str(PACKAGE)):
            ours = True
        elif "-packages" in file:
            ours = False
        trace = trace.tb_next
    return ours


def held(
    limits: Limits,
    function: Callable[Asked, Found],
    *arguments: Asked.args,
    **more: Asked.kwargs,
) -> Found:
    """Return what a function returns, within limits in whichever thread this is.

    Raises what the function raises, and ``OverLimit``. Away from the main thread it runs in a
    child process: then the function is one of a module, and what it takes and gives are records.
    """
    if threading.current_thread() is not threading.main_thread():
        return apart(limits, function, *arguments, **more)
    with limited(limits):
        return function(*arguments, **more)


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Raise ``OverLimit`` where what is done meanwhile passes the limits.

    Seconds are those of the processor: a computer that is busy or asleep costs none. Only the
    main thread can be interrupted; elsewhere there is no limit, and ``held`` is what is needed.
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
            before(number, frame)  # what is limited may be part of what is limited too

    before = signal.signal(signal.SIGPROF, look)
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
        finally:  # the last look may have come just then
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
            signal.setitimer(signal.ITIMER_PROF, *outer)


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

    It stops what no timer can: code in C that does not come back, or that breaks down. Raises
    what the function raises, ``OverLimit``, and ``Broken`` where the child broke down.
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
    done, value = _Answer(io.BytesIO(found)).load()
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
    """Do the work in the child, and tell what came of it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = int(time.process_time()) + limits.seconds + 2
    resource.setrlimit(resource.RLIMIT_CPU, (used, used + 1))
    try:
        with limited(limits):
            found = pickle.dumps((True, function(*arguments, **more)))
    except (Exception, OverLimit) as error:  # noqa: BLE001 -- it is raised where it was asked for
        found = pickle.dumps((False, error))
    told.send_bytes(found)


def _awaited(child: Any, answer: Connection, limits: Limits) -> bytes:
    """Return what a child tells. Raises ``OverLimit``, and ``Broken`` where it tells nothing."""
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


class _Answer(pickle.Unpickler):
    """Reads what a child tells: our own records and plain values, and nothing that runs.

    The child has read a file that may have taken it over.
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


# --- the table in the documentation --------------------------------------------------------

BEGIN, END = "<!-- limits -->", "<!-- /limits -->"
PAGES: Mapping[str, str] = MappingProxyType({"en": "en/limits.md", "fr": "fr/limites.md"})
HEADINGS = (
    N_("File"),
    N_("Size"),
    N_("Depth"),
    N_("Amount"),
    N_("Time"),
    N_("Memory"),
)


def documented(page: str, language: str) -> str:
    """Return a page of the documentation with the table as it is now."""
    from moip_press.report.messages import Catalogue  # noqa: PLC0415 -- only for the documentation

    say = Catalogue(language).gettext
    lines = [f"| {' | '.join(map(say, HEADINGS))} |", "| --- " * len(HEADINGS) + "|"]
    for kind, bounds in KINDS.items():
        work = bounds.work or Limits(0, 0)
        cells = (
            say(kind),
            _amount(bounds.bytes // MEGABYTE, say(N_("MB"))),
            _amount(bounds.depth, ""),
            _amount(bounds.items, say(bounds.of) if bounds.of else ""),
            _amount(work.seconds, "s"),
            _amount(work.memory, say(N_("MB"))),
        )
        lines.append(f"| {' | '.join(cells)} |")
    head, _, rest = page.partition(BEGIN)
    table = "\n".join(lines)
    return f"{head}{BEGIN}\n\n{table}\n\n{END}{rest.partition(END)[2]}"


def _amount(number: int, of: str) -> str:
    grouped = f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{grouped}\N{NO-BREAK SPACE}{of}".strip() if number else "—"


def main() -> None:
    """Write the table into the pages of the documentation."""
    for language, name in PAGES.items():
        path = PACKAGE.parent / "docs" / name
        path.write_text(documented(path.read_text("utf-8"), language), encoding="utf-8")


if __name__ == "__main__":
    main()
