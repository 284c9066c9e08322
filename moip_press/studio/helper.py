"""The studio's helper processes: one lays out pages and keeps them, one draws them as pictures.

What a stranger's kit can keep busy for ever, or bring to its end, works there
(``system/processes.py``):
it is stopped, and started again. An object made in the process answers calls of its methods.
"""

from __future__ import annotations

import io
import pickle
import threading
from collections.abc import Callable
from typing import Any

from moip_press.system.enforcement import Answer, Broken, OverLimit
from moip_press.system.limits import Limits
from moip_press.system.processes import Died, Helper

LIMITS = Limits(600, 0)  # of one call, whatever a kit allows itself


class Stopped(Exception):
    """The process ended, or was stopped, before it had answered."""


class Remote:
    """An object in a process of its own: ``make`` makes it there, at the first call."""

    def __init__(self, make: Callable[..., object], *given: object) -> None:
        self._made = make, given
        self._calls = threading.Lock()
        self._helper = Helper(__name__, LIMITS)

    def call(self, method: str, *given: object) -> Any:
        """Return what a method of the object returns; calls wait for each other.

        Raises what the method raises, ``OverLimit``, and ``Stopped``.
        """
        with self._calls:
            try:
                sent = self._helper.ask(pickle.dumps((self._made, method, given)))
                done, value = Answer(io.BytesIO(sent)).load()
            except (Died, Broken):
                raise Stopped from None
        if not done:
            raise value
        return value

    def stop(self) -> None:
        """End a call that runs, and start no other: from any thread."""
        self._helper.close()

    def close(self) -> None:
        """End the process, whatever it does: from any thread."""
        self._helper.close()  # so a call that waits for it ends
        with self._calls:
            self._helper.stop()


# --- in the helper --------------------------------------------------------------------------

_objects: list[object] = []
"""The object of this process, once it is made."""


def answer(question: bytes) -> bytes:
    """Return what a method of the object returned or raised."""
    (make, given), method, arguments = pickle.loads(question)  # noqa: S301 -- of the parent
    try:
        if not _objects:
            _objects.append(make(*given))
        return pickle.dumps((True, getattr(_objects[0], method)(*arguments)))
    except (Exception, OverLimit) as error:  # noqa: BLE001 -- raised again in the parent
        return pickle.dumps((False, error))
