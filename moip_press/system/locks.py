"""Locks on folders, which the system releases when their process ends."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import platform
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.atomic import CannotWrite, clear_below, is_at, unbroken
from moip_press.system.files import LOCK, NotAFile

WAIT = 5.0  # seconds that somebody else's lock is waited for
STEP = 0.05  # seconds between two attempts


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
    """The disk has no locks."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(folder, error)
        self.message = Message.of(
            N_(
                "“{folder}” is on a disk that cannot be locked: two people could overwrite each "
                "other’s work. Copy the kit to another disk, then try again."
            ),
            folder=folder,
        )


@contextmanager
def lock(folder: Path, verb: str, wait: float = WAIT) -> Iterator[None]:
    """Lock ``folder``; the system releases the lock when this process ends.

    Others are told that the command ``verb`` has it. Raises ``Held`` where somebody else still
    has it after ``wait`` seconds, ``NoLocks`` where the disk has no locks, ``CannotWrite`` where
    the lock file cannot be made.
    """
    path = folder / LOCK
    holder = {"verb": verb, "pid": os.getpid(), "host": platform.node()}
    try:
        handle = _locked(path, time.monotonic() + wait)
    except OSError as error:
        raise CannotWrite(folder, error) from None
    try:
        with suppress(OSError):  # only so that others can say who has it
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
    """Lock the kit in ``folder``, and remove the leftovers of killed runs in it."""
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
                if is_at(handle, path):  # else its last owner has just removed it
                    with suppress(OSError):  # colleagues may have to lock it later
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


def _holder(handle: int) -> Mapping[str, Any]:
    """Return what the owner of a lock has written into it; nothing where it has not yet."""
    try:
        told = json.loads(os.pread(handle, 1000, 0))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
