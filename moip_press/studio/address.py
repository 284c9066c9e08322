"""Where a running studio can be reached, and how a second start finds the first.

Port and secret of a running studio lie in the user's state folder, in a file that only the user
can read; who reads it may ask for a token to open a window.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import os
from dataclasses import dataclass
from pathlib import Path

from moip_press.studio.access import SECRET, Keys

HOST = "127.0.0.1"
FIRST_PORT, PORTS = 20_000, 10_000  # below those that systems give away
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
                line.request("POST", "/token", headers={SECRET: noted["secret"]})
                answer = line.getresponse()
                if answer.status != http.HTTPStatus.OK:
                    return None
                return address(int(noted["port"]), json.loads(answer.read(1000))["token"])
        except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
            return None

    def note(self, port: int, keys: Keys) -> None:
        """Write port and secret down, for this user alone. Raises ``CannotWrite``, ``OSError``."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path.unlink(missing_ok=True)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"port": port, "secret": keys.secret}, file)


def address(port: int, token: str) -> str:
    """Return the address that opens the studio once."""
    return f"http://{HOST}:{port}/?token={token}"
