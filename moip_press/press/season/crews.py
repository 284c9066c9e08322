"""Who makes the kits of a season: this process, helper processes, or the workers of a cluster.

Each is an executor of ``concurrent.futures``, and a way for files to get there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Protocol

from moip_press.kit import fingerprint
from moip_press.press.season import worker
from moip_press.press.season.parcels import Content, Parcel
from moip_press.report.diagnostics import Message
from moip_press.system.limits import SEASON_KIT
from moip_press.system.processes import Died, Here, Pool


class NobodyLeft(Exception):
    """Nobody is left who could work; ``message`` says why. What was published stays."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.id)
        self.message = message


class Crew(Protocol):
    """Those who make kits.

    ``elsewhere``: whether they see no file of this computer. ``cores`` are those of each.
    """

    elsewhere: bool
    cores: int

    @property
    def width(self) -> int:
        """How many kits are given out at a time."""

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
        self._width, self.cores = width, cores
        self._executor: Executor = Pool(width, worker.__name__, SEASON_KIT) if width > 1 else Here()
        self._make = worker.make if width > 1 else worker.make_here

    @property
    def width(self) -> int:
        """How many processes there are."""
        return self._width

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


class ClusterCrew:
    """The workers of a Dask cluster, which see no file of this computer."""

    elsewhere = True
    cores = 1

    def __init__(self, address: str, note: Callable[[Message], None]) -> None:
        """Raises ``cluster.Unusable`` and ``NobodyLeft``."""
        from moip_press.system import cluster  # noqa: PLC0415 -- seldom needed

        try:
            self._cluster = cluster.Cluster(address, fingerprint.stamp, note)
        except cluster.Gone as gone:
            raise NobodyLeft(gone.message) from None
        self._gone = cluster.Gone

    @property
    def width(self) -> int:
        """As many as are done at a time, and one that waits."""
        return self._cluster.width + 1

    def start(self, parcel: Parcel, files: Mapping[str, Content]) -> Future[bytes]:
        """Let a worker make a kit, whose files are sent there unless they are."""
        digests = dict(parcel.files)
        with self._there():
            sent = self._cluster.send({digests[name]: each for name, each in files.items()})
            ordered = [sent[digest] for _, digest in parcel.files]
            return self._cluster.submit(worker.make, parcel.text, ordered)

    def look(self) -> None:
        """Look at the workers that have come or gone."""
        with self._there():
            self._cluster.refresh()

    def was_lost(self, error: BaseException) -> bool:
        """Return whether a worker was lost, or the helper that worked for it."""
        lost = isinstance(error, Died)
        if lost:
            with self._there():
                self._cluster.lost()
        return lost

    def has_no_room(self, future: Future[bytes]) -> bool:
        """Use the worker with a full disk no more."""
        return self._cluster.exclude(future)

    def close(self) -> None:
        """Give up what is still in work."""
        self._cluster.close()

    @contextmanager
    def _there(self) -> Iterator[None]:
        try:
            yield
        except self._gone as gone:
            raise NobodyLeft(gone.message) from None
