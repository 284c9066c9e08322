"""The studio's helper processes: one lays out pages and keeps them, one draws them as pictures.

What a stranger's kit can keep busy for ever, or bring to its end, works there
(``system/processes.py``):
it is stopped, and started again. An object made in the process answers calls of its methods.
"""

from __future__ import annotations

import io
import pickle
import threading
from contextlib import suppress
from importlib import import_module
from typing import Any

from moip_press.system.enforcement import Answer, Broken, OverLimit
from moip_press.system.limits import Limits
from moip_press.system.processes import Died, Helper

LIMITS = Limits(600, 0)  # of one call, whatever a kit allows itself


class Stopped(Exception):
    """The process ended, or was stopped, before it had answered."""


class Remote:
    """An object in a process of its own, which alone loads its class: named by module and name.

    It is made there at the first call.
    """

    def __init__(self, module: str, name: str, *given: object) -> None:
        self._made = module, name, given
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

    def begin(self) -> None:
        """Make the object already, without waiting for it."""
        threading.Thread(target=self._begun, daemon=True).start()

    def _begun(self) -> None:
        with suppress(Exception, OverLimit):  # the first call that somebody waits for says so
            self.call("__hash__")  # any object answers that

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
    (module, name, given), method, arguments = pickle.loads(question)  # noqa: S301 -- of the parent
    try:
        if not _objects:
            _objects.append(getattr(import_module(module), name)(*given))
        return pickle.dumps((True, getattr(_objects[0], method)(*arguments)))
    except (Exception, OverLimit) as error:  # noqa: BLE001 -- raised again in the parent
        return pickle.dumps((False, error))
