"""Atomic writing: a file or folder appears whole, or not at all.

The content goes to a temporary file or folder in the same folder, which gets its name last. The
process that writes holds a lock on it, so that the leftovers of a killed process can be told from
what is still being written.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import signal
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, system_words
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
"""What to do where a command has ``--output``."""
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
"""What to do where a command has no ``--output``, or where that names a file."""
NO_FILE = N_("A pipe, a device or a socket stands where the file must go: choose another name.")
OTHERWISE = N_("The system says: {reason}.")
# Where locks say nothing (the disk has none, or an earlier version wrote), age tells a leftover.
STALE = 600.0  # seconds
MOST_OPEN = 100  # temporary files that stay open and locked; a system may allow 256 open files
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LONGEST_NAME = 40  # characters of a name that its temporary file repeats: 160 bytes at most


class CannotWrite(Exception):
    """A file could not be written. ``message`` says which, why and what to do.

    ``option``: whether the command has ``--output``.
    """

    def __init__(self, path: Path, error: OSError, *, option: bool = False) -> None:
        super().__init__(str(path))
        self.message = Message.of(
            N_("“{path}” could not be written. {advice}"),
            path=path,
            advice=advice(error, option=option),
        )


def advice(error: OSError, *, option: bool) -> Message:
    """Return what the user can do about an error of writing."""
    if isinstance(error, NotAFile):
        return Message(NO_FILE)
    if known := (REASONS if option else WITHOUT_OPTION).get(error.errno or 0):
        return Message(known)
    return Message.of(OTHERWISE, reason=system_words(error))


# --- files ------------------------------------------------------------------------------------


class Staging:
    """Temporary files that are put in place together. What is not put in place is removed.

    ``option``: whether the command has ``--output``. ``lasting``: whether the files must survive
    a power failure.
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
        self.add_from(path, lambda file: file.write(content))

    def add_from(self, path: Path, write: Callable[[BinaryIO], object]) -> None:
        """Have ``write`` fill a temporary file beside ``path``. Raises ``OSError``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = _mode(path)
        temporary, handle = _temporary(path)
        self._files[path] = temporary, handle
        try:
            with os.fdopen(handle, "wb", closefd=False) as file:
                write(file)
                file.flush()
                if self._lasting:
                    os.fsync(handle)
            with suppress(OSError):  # disks without permissions refuse it
                temporary.chmod(mode)
        except BaseException:
            self.drop(path)
            raise
        if len(self._files) > MOST_OPEN:
            self._files[path] = temporary, None
            os.close(handle)

    def at(self, path: Path) -> Path:
        """Return where the content for ``path`` lies by now: its temporary file, if it has one."""
        return self._files[path][0] if path in self._files else path

    def drop(self, path: Path) -> None:
        """Remove the temporary file for ``path``."""
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

    Leftovers of killed runs beside it are removed. Raises ``CannotWrite``; then the old file is
    unchanged and nothing else is left behind.
    """
    write_together({path: content})


def write_together(files: Mapping[Path, bytes], ready: Callable[[], None] = lambda: None) -> None:
    """Write several files as ``write`` does one: none is replaced before all are on the disk.

    ``ready`` is called before the first is replaced; where it raises, all stay unchanged.
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
    """Return the permissions that a file at ``path`` has or will have.

    Raises ``OSError`` where ``path`` is something else than a file; links are followed.
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
    """Lock a new temporary file or folder; False where somebody removed it before as a leftover."""
    with suppress(OSError):  # a disk without locks
        fcntl.flock(handle, fcntl.LOCK_EX)
    if is_at(handle, temporary):
        return True
    os.close(handle)
    return False


def is_at(handle: int, path: Path) -> bool:
    """Tell whether an open file is still the one at ``path``."""
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except OSError:
        return False


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current


# --- folders ----------------------------------------------------------------------------------


@contextmanager
def temporary_folder(path: Path) -> Iterator[Path]:
    """Yield a new folder beside ``path``, to be renamed; it is removed at the end if it was not.

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
    """Make a folder with files in it: it appears whole, or not at all.

    ``folder`` may exist if it is empty. Raises ``CannotWrite``.
    """
    place = folder.resolve()
    # somebody's current folder, or a mounted one, is not replaced: the files are moved into it
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
    """Tell whether a new folder may go there: nothing is there, or only leftovers of ours."""
    if not folder.is_dir():
        return not os.path.lexists(folder)
    return all(TEMPORARY.fullmatch(path.name) for path in folder.iterdir())


@contextmanager
def unbroken() -> Iterator[None]:
    """Delay Ctrl-C and requests to end: for work that is short and must be finished."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- leftovers of killed runs ------------------------------------------------------------------


def clear(folder: Path) -> None:
    """Remove temporary files and folders of ours in ``folder`` that nobody is writing."""
    for left in leftovers(folder):
        _remove(left)


def clear_below(folder: Path) -> None:
    """Do as ``clear`` in all folders of a kit, except hidden ones and releases.

    A folder with a lock of its own may be in use: the next build clears it.
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
    except (OSError, ValueError):  # a name that no disk can hold
        return []
    return [folder / name for name in found if _is_dead(folder / name)]


def _is_dead(left: Path) -> bool:
    """Tell whether no process is writing a temporary file or folder: nobody holds its lock."""
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
    """Tell whether a file is stale, by the clock of its disk: its folder's last change."""
    with suppress(OSError):
        return left.parent.stat().st_mtime - left.stat().st_mtime > STALE
    return False


def _clear(folder: Path, name: str) -> None:
    """Remove the leftovers of one file."""
    ours = f".{name[:LONGEST_NAME]}{MARK}"
    for left in leftovers(folder):
        if left.name.startswith(ours):
            _remove(left)


def _remove(left: Path) -> None:
    with suppress(OSError):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink()
