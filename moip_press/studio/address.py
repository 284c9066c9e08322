"""Where a running studio can be reached, and how a second start finds the first.

Port and secret of a running studio lie in the user's state folder, in a file that only the user
can read; who reads it may ask for a token to open a window. Beside it lies what its paths begin
with (``access.py``), for good: a window that is open finds the studio again after a restart.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import http.client
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from moip_press.studio.access import SECRET, TOKEN, Keys

HOST = "127.0.0.1"
FIRST_PORT, PORTS = 20_000, 10_000  # below those that systems give away
HOMES = "homes"
"""The file that the paths of all studios of a user are made from."""
SEED = 32  # bytes that nobody can guess
PATIENCE = 2.0  # seconds that a running studio may take to answer


@dataclass(frozen=True)
class Address:
    """Where a running studio of a kit has noted its port and secret."""

    path: Path

    @classmethod
    def of(cls, kit: Path, state: Path) -> Address:
        """Return that of a kit, or of a start from a folder, below the user's state folder."""
        name = hashlib.sha256(os.fsencode(kit.resolve())).hexdigest()[:16]
        return cls(state / "studio" / f"{name}.address")

    @property
    def port(self) -> int:
        """The port that its studio has if it can: windows find it again after a restart."""
        return FIRST_PORT + int(self.path.stem, 16) % PORTS

    def asked(self) -> str | None:
        """Return the address of a window of the studio that runs; None where none does."""
        try:
            noted = json.loads(self.path.read_text(encoding="utf-8"))
            line = http.client.HTTPConnection(HOST, int(noted["port"]), timeout=PATIENCE)
            with contextlib.closing(line):
                line.request("POST", TOKEN, headers={SECRET: noted["secret"]})
                answer = line.getresponse()
                if answer.status != http.HTTPStatus.OK:
                    return None
                return address(int(noted["port"]), json.loads(answer.read(1000))["opens"])
        except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
            return None

    def keys(self) -> Keys:
        """Return new keys, with the path that the studio of this kit always has.

        Where what that is made from is not whole, the path is a new one. Raises ``OSError``.
        """
        kept = self.path.with_name(HOMES)
        self._make()
        with contextlib.suppress(FileExistsError), _private(kept) as file:
            file.write(secrets.token_urlsafe(SEED))
        seed = kept.read_bytes()
        if len(seed) < SEED:  # another start is just writing it, or a full disk has cut it
            return Keys()
        return Keys(hmac.digest(seed, self.path.stem.encode(), "sha256").hex()[:32])

    def note(self, port: int, keys: Keys) -> None:
        """Write port and secret down, for this user alone. Raises ``CannotWrite``, ``OSError``."""
        self._make()
        self.path.unlink(missing_ok=True)
        with _private(self.path) as file:
            json.dump({"port": port, "secret": keys.secret}, file)

    def _make(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)


def _private(path: Path) -> TextIO:
    """Return a new file that only the user can read. Raises ``OSError``."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(handle, "w", encoding="utf-8")


def address(port: int, opening: str) -> str:
    """Return the address that opens the studio once, given ``Keys.opening``."""
    return f"http://{HOST}:{port}{opening}"
