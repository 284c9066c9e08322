"""Who makes the kits of a season: this process, helper processes, or the workers of a cluster.

Each is an executor of ``concurrent.futures``, and a way for files to get there.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor, Future
from typing import Protocol

from moip_press.press.season import worker
from moip_press.press.season.parcels import Content, Parcel
from moip_press.report.diagnostics import Message
from moip_press.system.beside import Died, Here
from moip_press.system.helpers import Pool
from moip_press.system.limits import SEASON_KIT


class NobodyLeft(Exception):
    """Nobody is left who could work; ``message`` says why. What was published stays."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.id)
        self.message = message


class Crew(Protocol):
    """Those who make kits, ``width`` of them at a time.

    ``elsewhere``: whether they see no file of this computer. ``cores`` are those of each.
    """

    width: int
    elsewhere: bool
    cores: int

    def start(self, parcel: Parcel, files: Mapping[str, Content]) -> Future[bytes]:
        """Let somebody make a kit. Raises ``NobodyLeft``."""

    def look(self) -> None:
        """Raise ``NobodyLeft`` where nobody answers any more."""

    def was_lost(self, error: BaseException) -> bool:
        """Return whether work ended in an error because its worker was lost."""

    def has_no_room(self, future: Future[bytes]) -> bool:
        """Note that whoever did some work has a full disk; return whether others are left."""

    def close(self) -> None:
        """Let all of them go."""


class LocalCrew:
    """Processes of this computer; where it is one only, this process."""

    elsewhere = False

    def __init__(self, width: int, cores: int = 1) -> None:
        self.width, self.cores = width, cores
        self._executor: Executor = Pool(width, worker.__name__, SEASON_KIT) if width > 1 else Here()
        self._make = worker.make if width > 1 else worker.make_here

    def start(self, parcel: Parcel, files: Mapping[str, Content]) -> Future[bytes]:
        """Let a process make a kit."""
        sent = [each if isinstance(each, bytes) else str(each) for each in files.values()]
        return self._executor.submit(self._make, parcel.text, sent)

    def look(self) -> None:
        """Return: this computer is there."""

    def was_lost(self, error: BaseException) -> bool:
        """Return whether a helper has died."""
        return isinstance(error, Died)

    def has_no_room(self, future: Future[bytes]) -> bool:  # noqa: ARG002 -- one disk for all
        """Return that nobody else has another disk."""
        return False

    def close(self) -> None:
        """End the processes, whatever they do."""
        self._executor.shutdown()
