"""Work on the machines of others: a Dask cluster, by the address of its scheduler.

What travels is data, and names of our own functions. Dask's messages are pickles, by which whoever
may connect runs code on all machines of the cluster: beyond this computer, only mutual TLS will do.
The only user of ``distributed``.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.processes import Died

if TYPE_CHECKING:
    from distributed import Client

    Stamp = Mapping[str, str]

CONNECT = 10.0  # seconds for the scheduler to answer
PATIENCE = 30.0  # seconds that a worker is waited for where none is left
STEP = 0.2
KEYS = ("CA_FILE", "CLIENT__CERT", "CLIENT__KEY")


class Unusable(Exception):
    """A cluster cannot be used as it is; ``message`` says why. Nothing was sent to it."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = Message(message, values)


class Gone(Exception):
    """The scheduler, or the last worker, answers no more; ``message`` says so."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = Message(message, values)


class Cluster:
    """A Dask cluster, and which of its workers make what this program would make.

    ``stamp`` is a function of a module that says what a worker makes PDFs with, by kind: those
    for which it is not what it is here are not used, and ``note`` is told.

    Raises ``Unusable``, and ``Gone`` where nobody answers.
    """

    def __init__(
        self, address: str, stamp: Callable[[], Stamp], note: Callable[[Message], None]
    ) -> None:
        self._stamp, self._own, self._note = stamp, stamp(), note
        self._address = safe_address(address)
        self._client = _connected(self._address)
        self._executor = self._client.get_executor(pure=False, retries=0)
        self._looked: set[str] = set()
        self._good: dict[str, int] = {}
        self._held: dict[str, Any] = {}
        self._given: dict[Future[bytes], tuple[Future[Any], frozenset[str]]] = {}
        self._ran: WeakKeyDictionary[Future[bytes], str] = WeakKeyDictionary()
        self.refresh()

    @property
    def width(self) -> int:
        """How many pieces of work its usable workers do at a time."""
        return sum(self._good.values())

    def refresh(self) -> None:
        """Look at the workers that have come or gone. Raises ``Gone``."""
        there = self._asked(self._client.nthreads)
        for address in there.keys() - self._looked:
            said = self._asked(partial(self._stamp_of, address))
            self._judge(address, there[address], said)
        self._looked = set(there)
        self._good = {each: width for each, width in self._good.items() if each in there}
        for outer, (inner, allowed) in list(self._given.items()):
            if not outer.done() and allowed.isdisjoint(there):
                inner.cancel()

    def _stamp_of(self, address: str) -> Any:
        """Return what a worker makes PDFs with; what it raises where it cannot tell."""
        return self._client.run(self._stamp, workers=[address], on_error="return").get(address)

    def _judge(self, address: str, threads: int, said: Any) -> None:
        """Note whether a worker is used, and why it is not."""
        if not (address.startswith("tls:") or _is_here(urlsplit(address).hostname or "")):
            sentence = N_("The worker {address} is not used: it answers without TLS.")
            self._note(Message.of(sentence, address=address))
        elif not isinstance(said, dict):
            sentence = N_("The worker {address} is not used: moip-press does not run there.")
            self._note(Message.of(sentence, address=address))
        elif other := [name for name, value in self._own.items() if said.get(name) != value]:
            sentence = N_("The worker {address} is not used: it has another version of {what}.")
            self._note(Message.of(sentence, address=address, what=Message(other[0])))
        else:
            self._good[address] = threads

    def send(self, contents: Mapping[str, bytes | Path]) -> dict[str, Any]:
        """Return what stands for contents in work, by their digests: each is sent once.

        Raises ``Gone``, and ``OSError`` where a file cannot be read.
        """
        self._await_workers()
        holders = self._asked(self._client.who_has)  # what a lost worker held is sent again
        self._held = {key: each for key, each in self._held.items() if holders.get(key)}
        keys = {digest: f"moip-press-{digest}" for digest in contents}
        new = {
            keys[digest]: each if isinstance(each, bytes) else each.read_bytes()
            for digest, each in contents.items()
            if keys[digest] not in self._held
        }
        if new:
            self._held |= self._asked(partial(self._scattered, new))
        return {digest: self._held[key] for digest, key in keys.items()}

    def _scattered(self, new: Mapping[str, bytes]) -> Mapping[str, Any]:
        """Send contents to a worker that is there; the others get them from it."""
        there = self._client.nthreads()
        good = [address for address in self._good if address in there]
        sent: Mapping[str, Any] = self._client.scatter(new, workers=good or None, hash=False)
        return sent

    def submit(
        self,
        work: Callable[[bytes, Sequence[bytes]], bytes],
        question: bytes,
        sent: Sequence[Any],
    ) -> Future[bytes]:
        """Let a worker do some work: a function of a module, on what was sent.

        Raises ``Gone`` where no worker is left.
        """
        self._await_workers()
        allowed = frozenset(self._good)
        inner = self._executor.submit(
            on_worker,
            work,
            question,
            list(sent),
            workers=sorted(allowed),
            allow_other_workers=False,
        )
        outer: Future[bytes] = Future()
        self._given[outer] = inner, allowed
        inner.add_done_callback(partial(self._told, outer))
        return outer

    def _told(self, outer: Future[bytes], inner: Future[Any]) -> None:
        """Pass an answer on, and note who gave it."""
        self._given.pop(outer, None)
        if inner.cancelled():
            outer.set_exception(Died())
        elif error := inner.exception():
            outer.set_exception(Died() if _means_loss(error) else error)
        else:
            self._ran[outer], content = inner.result()
            outer.set_result(content)

    def exclude(self, future: Future[bytes]) -> bool:
        """Use the worker that did some work no more; return whether others are left."""
        address = self._ran.get(future, "")
        if self._good.pop(address, None):
            sentence = N_("The worker {address} is not used any more: its disk is full.")
            self._note(Message.of(sentence, address=address))
        return bool(self._good)

    def lost(self) -> None:
        """Forget what was sent: it may have been lost with a worker. Raises ``Gone``."""
        self._held.clear()
        self.refresh()

    def close(self) -> None:
        """Let the cluster go; what is still in work is given up."""
        for inner, _ in list(self._given.values()):
            inner.cancel()
        self._held.clear()
        self._client.close(timeout=1)

    def _await_workers(self) -> None:
        end = time.monotonic() + PATIENCE
        while not self._good:
            if time.monotonic() > end:
                sentence = N_("No worker of {address} is left that can be used.")
                raise Gone(sentence, address=self._address)
            time.sleep(STEP)
            self.refresh()

    def _asked(self, question: Callable[[], Any]) -> Any:
        """Return what the cluster answers. Raises ``Gone`` where it does not, after a while.

        A worker that dies just then makes an answer fail, too: it is asked again.
        """
        end = time.monotonic() + CONNECT
        while time.monotonic() < end and self._client.status in {"running", "connecting"}:
            if self._client.status == "running":
                with suppress(OSError, ValueError, CancelledError, TimeoutError, KeyError):
                    return question()
            time.sleep(STEP)
        sentence = N_("The scheduler {address} does not answer any more.")
        raise Gone(sentence, address=self._address)


def on_worker(
    work: Callable[[bytes, Sequence[bytes]], bytes], question: bytes, sent: Sequence[bytes]
) -> tuple[str, bytes]:
    """Return the address of the worker that this runs on, and what the work gave there."""
    from distributed import get_worker  # noqa: PLC0415 -- an extra

    return get_worker().address, work(question, sent)


def _means_loss(error: BaseException) -> bool:
    """Return whether work ended because its worker, or what was sent there, is gone."""
    from distributed import KilledWorker  # noqa: PLC0415 -- an extra
    from distributed.client import FutureCancelledError  # noqa: PLC0415
    from distributed.comm import CommClosedError  # noqa: PLC0415

    lost = (Died, CancelledError, KilledWorker, FutureCancelledError, CommClosedError)
    return isinstance(error, lost)


# --- the way there --------------------------------------------------------------------------


def safe_address(address: str) -> str:
    """Return the address of a scheduler that may be spoken to.

    Raises ``Unusable`` for one that is beyond this computer and not of TLS.
    """
    whole = address if "://" in address else f"tcp://{address}"
    try:
        parts = urlsplit(whole)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or port is None or parts.scheme not in {"tls", "tcp"}:
        sentence = N_("“{address}” is no address of a scheduler, such as tls://example.org:8786.")
        raise Unusable(sentence, address=address)
    if parts.scheme == "tcp" and not _is_here(host):
        sentence = N_(
            "“{address}” is not encrypted: beyond this computer, a cluster needs TLS with "
            "certificates on both sides (tls://…)."
        )
        raise Unusable(sentence, address=address)
    return whole


def _is_here(host: str) -> bool:
    """Return whether a host is this computer, whatever a name server says."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _connected(address: str) -> Client:
    """Return a client of the scheduler. Raises ``Unusable`` and ``Gone``."""
    try:
        import distributed  # noqa: PLC0415 -- an extra
        from distributed.security import Security  # noqa: PLC0415
    except ImportError:
        sentence = N_('A cluster needs an extra: pip install "moip-press[cluster]".')
        raise Unusable(sentence) from None
    for name in logging.root.manager.loggerDict:
        if name.partition(".")[0] == "distributed":  # what it logs is said in sentences of ours
            logging.getLogger(name).setLevel(logging.CRITICAL)
    security = Security()
    if address.startswith("tls:"):
        security = Security(require_encryption=True)
        given = (security.tls_ca_file, security.tls_client_cert, security.tls_client_key)
        if not all(given):
            names = ", ".join(f"DASK_DISTRIBUTED__COMM__TLS__{key}" for key in KEYS)
            sentence = N_("The certificates of the cluster are not named: set {names}.")
            raise Unusable(sentence, names=names)
    try:
        return distributed.Client(
            address,
            security=security,
            timeout=CONNECT,
            set_as_default=False,
            direct_to_workers=False,
        )
    except (OSError, TimeoutError, ValueError, RuntimeError):
        sentence = N_("The scheduler {address} does not answer.")
        raise Gone(sentence, address=address) from None
