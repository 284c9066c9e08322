"""Safe writing: files and folders whole or not at all, and locks that end with their process.

What is written goes to a temporary file or folder beside its place and gets its name last. The
process that writes holds a lock of the system on it, so that what a killed one left behind can be
told from what is still being written.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import platform
import shutil
import signal
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.files import LOCK, MARK, RELEASES, TEMPORARY, NotAFile

FULL = N_("The disk is full: free some space, then build again.")
NO_SPACE = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
HELD = N_(
    "You may not write here, or the file is open in another program: close it, "
    "or choose another folder with --output."
)
FILE_IN_THE_WAY = N_(
    "A file stands where a folder is needed: move it, or choose another folder with --output."
)
REASONS = {
    errno.ENOSPC: FULL,
    errno.EFBIG: FULL,
    errno.EDQUOT: N_("Your disk quota is used up: free some space, then build again."),
    errno.EROFS: N_("This disk can only be read: choose another folder with --output."),
    errno.EACCES: HELD,
    errno.EPERM: HELD,
    errno.EBUSY: N_("The file is open in another program: close it, then build again."),
    errno.ENOENT: N_("This folder cannot be made: choose another one with --output."),
    errno.ENOTDIR: FILE_IN_THE_WAY,
    errno.EEXIST: FILE_IN_THE_WAY,
    errno.EISDIR: N_(
        "A folder stands where the file must go: move it, or choose another folder with --output."
    ),
    errno.ENAMETOOLONG: N_("The name is too long: choose another folder with --output."),
}
"""What to do where a verb has ``--output``."""
FULL_THEN = N_("The disk is full: free some space, then try again.")
HELD_THEN = N_(
    "You may not write here, or the file is open in another program: close it, "
    "or ask for the right to write, then try again."
)
FILE_THEN = N_("A file stands where a folder is needed: move it, then try again.")
WITHOUT_OPTION = {
    errno.ENOSPC: FULL_THEN,
    errno.EFBIG: FULL_THEN,
    errno.EDQUOT: N_("Your disk quota is used up: free some space, then try again."),
    errno.EROFS: N_("This disk can only be read: work on a copy on another disk."),
    errno.EACCES: HELD_THEN,
    errno.EPERM: HELD_THEN,
    errno.EBUSY: N_("The file is open in another program: close it, then try again."),
    errno.ENOENT: N_("This folder cannot be made: choose another one."),
    errno.ENOTDIR: FILE_THEN,
    errno.EEXIST: FILE_THEN,
    errno.EISDIR: N_("A folder stands where the file must go: move it, then try again."),
    errno.ENAMETOOLONG: N_("The name is too long: choose a shorter one."),
    errno.ENOTEMPTY: N_("Somebody has made this folder meanwhile: choose another name."),
}
"""What to do where a verb has no ``--output``, or where it names a file."""
NO_FILE = N_("A pipe, a device or a socket stands where the file must go: choose another name.")
OTHERWISE = N_("The system says: {reason}.")
# What a killed run left is older where the disk knows no locks, or where an earlier version wrote.
STALE = 600.0  # seconds
WAIT = 5.0  # seconds that somebody else's lock is waited for
STEP = 0.05  # seconds between two looks at it
MOST_OPEN = 100  # temporary files of which the lock is kept; a system may allow 256 open files
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LONGEST_NAME = 40  # characters of a name that its temporary file repeats: 160 bytes at most


class CannotWrite(Exception):
    """A file could not be written. ``message`` says which, why and what to do.

    ``option`` tells whether the verb has ``--output``.
    """

    def __init__(self, path: Path, error: OSError, *, option: bool = False) -> None:
        super().__init__(str(path))
        self.message = Message.of(
            N_("“{path}” could not be written. {advice}"),
            path=path,
            advice=advice(error, option=option),
        )


class Held(CannotWrite):
    """Another process writes in this folder. ``message`` says which one."""

    def __init__(self, folder: Path, holder: Mapping[str, Any]) -> None:
        super().__init__(folder, OSError(errno.EBUSY, "locked"))
        told = {name: str(holder.get(name) or "?") for name in ("verb", "pid", "host")}
        self.message = Message.of(
            N_(
                "“{folder}” is being written by “moip-press {verb}” (process {pid} on {host}): "
                "wait until it ends, then try again."
            ),
            folder=folder,
            **told,
        )


class NoLocks(CannotWrite):
    """The disk knows no locks."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(folder, error)
        self.message = Message.of(
            N_(
                "“{folder}” is on a disk that cannot be locked: two people could overwrite each "
                "other’s work. Copy the kit to another disk, then try again."
            ),
            folder=folder,
        )


def advice(error: OSError, *, option: bool) -> Message:
    """Return what to do where nothing can be written."""
    if isinstance(error, NotAFile):
        return Message(NO_FILE)
    if known := (REASONS if option else WITHOUT_OPTION).get(error.errno or 0):
        return Message(known)
    return Message.of(OTHERWISE, reason=error.strerror or type(error).__name__)


# --- files ------------------------------------------------------------------------------------


class Staging:
    """Files written beside their places, and put there together. What is not put is removed.

    ``option`` tells whether the verb has ``--output``, ``lasting`` whether the files are to
    outlive a power failure.
    """

    def __init__(self, *, option: bool = False, lasting: bool = True) -> None:
        self.option, self._lasting = option, lasting
        self._files: dict[Path, tuple[Path, int | None]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        for path in tuple(self._files):
            self.drop(path)

    def add(self, path: Path, content: bytes) -> None:
        """Write ``content`` to a temporary file beside ``path``. Raises ``OSError``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = _mode(path)
        temporary, handle = _temporary(path)
        self._files[path] = temporary, handle
        try:
            with os.fdopen(handle, "wb", closefd=False) as file:
                file.write(content)
                file.flush()
                if self._lasting:
                    os.fsync(handle)
            with suppress(OSError):  # disks without rights of their own refuse it
                temporary.chmod(mode)
        except BaseException:
            self.drop(path)
            raise
        if len(self._files) > MOST_OPEN:
            self._files[path] = temporary, None
            os.close(handle)

    def drop(self, path: Path) -> None:
        """Remove what was written for ``path`` and not put in its place."""
        temporary, handle = self._files.pop(path)
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if handle is not None:
            os.close(handle)

    def put(self) -> None:
        """Put all files in their places, in their order. Raises ``CannotWrite``."""
        for path, (temporary, _) in self._files.items():
            try:
                temporary.replace(path)
            except OSError as error:
                raise CannotWrite(path, error, option=self.option) from None


def write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step: other programs see the old file or the new.

    What a killed run left beside it is removed. Raises ``CannotWrite``; then the old file is as it
    was and nothing else is left behind.
    """
    write_together({path: content})


def write_together(files: Mapping[Path, bytes], ready: Callable[[], None] = lambda: None) -> None:
    """Write several files as ``write`` does one: none is replaced before all are on the disk.

    ``ready`` is called then: what it raises keeps all of them as they are.
    """
    path = Path()
    with Staging() as staging:
        try:
            for path, content in files.items():
                staging.add(path, content)
        except OSError as error:
            raise CannotWrite(path, error) from None
        with unbroken():
            ready()
            staging.put()
    for path in files:
        _clear(path.parent, path.name)


def _mode(path: Path) -> int:
    """Return the rights that a file at ``path`` has or is to have.

    Raises ``OSError`` where something else stands there, whatever a link there leads to.
    """
    try:
        there = path.stat()
    except FileNotFoundError:
        return 0o666 & ~_umask()
    if stat.S_ISDIR(there.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(there.st_mode):
        raise NotAFile(path)
    return stat.S_IMODE(there.st_mode)


def _temporary(path: Path) -> tuple[Path, int]:
    """Return a new file beside ``path``, open and locked. Raises ``OSError``."""
    prefix = f".{path.name[:LONGEST_NAME]}{MARK}"
    while True:
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=path.parent)
        if _keep(handle, Path(name)):
            return Path(name), handle


def _keep(handle: int, temporary: Path) -> bool:
    """Lock what was just made; tell whether nobody took it for a leftover before."""
    with suppress(OSError):  # a disk without locks
        fcntl.flock(handle, fcntl.LOCK_EX)
    if _is_at(handle, temporary):
        return True
    os.close(handle)
    return False


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current


# --- folders ----------------------------------------------------------------------------------


@contextmanager
def temporary_folder(path: Path) -> Iterator[Path]:
    """Yield a new folder beside ``path``, to be renamed; removed where it is still there at last.

    Raises ``OSError`` where it cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        made = Path(
            tempfile.mkdtemp(
                prefix=f".{path.name[:LONGEST_NAME]}{MARK}", suffix=".tmp", dir=path.parent
            )
        )
        handle = os.open(made, os.O_RDONLY | os.O_CLOEXEC)
        if _keep(handle, made):
            break
    try:
        clear(path.parent)
        yield made
    finally:
        with unbroken():
            shutil.rmtree(made, ignore_errors=True)
            os.close(handle)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder with files in it: it is there whole, or not at all.

    ``folder`` may be there if it is empty. Raises ``CannotWrite``.
    """
    place = folder.resolve()
    # the current folder of somebody is not replaced: what is in it is moved there instead
    stays = place.is_dir() and (place.is_mount() or place == Path.cwd())
    try:
        with temporary_folder(place / "kit" if stays else place) as made:
            for name, content in files.items():
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                with (made / name).open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            made.chmod(0o777 & ~_umask())
            with unbroken():
                if stays:
                    for path in sorted(made.iterdir(), key=lambda path: path.name == "kit.yaml"):
                        path.rename(place / path.name)
                else:
                    made.rename(place)
    except OSError as error:
        raise CannotWrite(folder, error) from None


def is_free(folder: Path) -> bool:
    """Tell whether a new folder may go there: nothing, or a folder with leftovers of ours alone."""
    if not folder.is_dir():
        return not os.path.lexists(folder)
    return all(TEMPORARY.fullmatch(path.name) for path in folder.iterdir())


@contextmanager
def unbroken() -> Iterator[None]:
    """Let Ctrl-C and requests to end wait meanwhile: what is short is finished."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- what killed runs left --------------------------------------------------------------------


def clear(folder: Path) -> None:
    """Remove temporary files and folders of ours in ``folder`` that nobody is writing."""
    for left in leftovers(folder):
        _remove(left)


def clear_below(folder: Path) -> None:
    """Do as ``clear`` in a kit: in all its folders, but for hidden ones and what was released.

    A folder with a lock of its own may be built into just now: the next build clears it.
    """
    for place, folders, files in os.walk(folder):
        here = Path(place)
        if here != folder and LOCK in files:
            folders.clear()
            continue
        clear(here)
        released = here == folder / RELEASES
        folders[:] = [] if released else [name for name in folders if not name.startswith(".")]


def leftovers(folder: Path) -> list[Path]:
    """Return the temporary files and folders of ours in ``folder`` that nobody is writing."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(e.name for e in entries if TEMPORARY.fullmatch(e.name))
    except OSError:
        return []
    return [folder / name for name in found if _is_dead(folder / name)]


def _is_dead(left: Path) -> bool:
    """Tell whether no process holds the lock of a temporary file or folder."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        handle = os.open(left, flags)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a disk without locks
        return _is_old(left)
    else:
        return True
    finally:
        os.close(handle)


def _is_old(left: Path) -> bool:
    """Tell whether a file is stale by the clock of its disk, that of the folder's last change."""
    with suppress(OSError):
        return left.parent.stat().st_mtime - left.stat().st_mtime > STALE
    return False


def _clear(folder: Path, name: str) -> None:
    """Remove what killed runs left of one file, those of earlier versions too."""
    ours = f".{name[:LONGEST_NAME]}{MARK}"
    for left in leftovers(folder):
        if left.name.startswith(ours):
            _remove(left)
    with suppress(OSError):
        for left in folder.iterdir():
            older = left.name.startswith(f".{name}.") and left.name.endswith(".tmp")
            if older and not TEMPORARY.fullmatch(left.name) and _is_old(left):
                left.unlink()


def _remove(left: Path) -> None:
    with suppress(OSError):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink()


# --- locks ------------------------------------------------------------------------------------


@contextmanager
def lock(folder: Path, verb: str, wait: float = WAIT) -> Iterator[None]:
    """Hold ``folder`` alone meanwhile: the system lets it go when this process ends.

    Others are told that ``verb`` has it. Raises ``Held`` where somebody else still has it after
    ``wait`` seconds, ``NoLocks`` where the disk knows none, ``CannotWrite`` where the lock cannot
    be made.
    """
    path = folder / LOCK
    holder = {"verb": verb, "pid": os.getpid(), "host": platform.node()}
    try:
        handle = _locked(path, time.monotonic() + wait)
    except OSError as error:
        raise CannotWrite(folder, error) from None
    try:
        with suppress(OSError):  # it only tells others who has it
            os.ftruncate(handle, 0)
            os.pwrite(handle, json.dumps(holder).encode(), 0)
        yield
    finally:
        with unbroken():
            with suppress(OSError):
                path.unlink()
            os.close(handle)


@contextmanager
def kit_lock(folder: Path, verb: str, wait: float = WAIT) -> Iterator[None]:
    """Hold the kit in ``folder`` as ``lock`` does, and clear what killed runs left in it."""
    with lock(folder, verb, wait):
        clear_below(folder)
        yield


def _locked(path: Path, end: float) -> int:
    """Return the lock file, open and locked. Raises ``OSError``, ``Held``, ``NoLocks``."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    while True:
        with ExitStack() as opened:
            handle = os.open(path, flags, 0o666)
            opened.callback(os.close, handle)
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise NotAFile(path)
            if _take(handle, path):
                if _is_at(handle, path):  # else whoever had it has removed it just now
                    with suppress(OSError):  # a colleague may have to take it over
                        os.fchmod(handle, 0o666)
                    opened.pop_all()
                    return handle
            elif time.monotonic() > end:
                raise Held(path.parent, _holder(handle))
            else:
                time.sleep(STEP)


def _take(handle: int, path: Path) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise NoLocks(path.parent, error) from None
    return True


def _is_at(handle: int, path: Path) -> bool:
    """Tell whether an open file is still the one at ``path``."""
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except OSError:
        return False


def _holder(handle: int) -> Mapping[str, Any]:
    """Return what the holder of a lock says of itself; nothing where it has not yet."""
    try:
        told = json.loads(os.pread(handle, 1000, 0))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
