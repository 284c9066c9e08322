"""The studio as a server of this computer: its socket, and how a second start finds the first.

It listens on 127.0.0.1 alone. Port and secret of a running studio lie in the user's state folder,
in a file that only the user can read; who reads it may ask for a token to open a window.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import http.client
import json
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue
from moip_press.studio.access import SECRET, Keys
from moip_press.studio.app import application
from moip_press.studio.workshop import Workshop
from moip_press.system import atomic
from moip_press.system.cache import Cache

HOST = "127.0.0.1"
PATIENCE = 2.0  # seconds that a running studio may take to answer
CLOSING = 2  # seconds that open connections may take to end


class InUse(Exception):
    """Another program has the port. ``message`` says so."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.message = Message.of(
            N_("Port {port} is taken by another program: choose another with --port."), port=port
        )


@dataclass(frozen=True)
class Address:
    """Where a running studio of a kit has noted its port and secret."""

    path: Path

    @classmethod
    def of(cls, kit: Path, state: Path) -> Address:
        """Return that of a kit, below the user's state folder."""
        name = hashlib.sha256(os.fsencode(kit.resolve())).hexdigest()[:16]
        return cls(state / "studio" / f"{name}.address")

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


def serve(
    kit: Path,
    output: Path,
    cache: Cache,
    state: Path,
    catalogue: Catalogue,
    port: int,
    opened: Callable[[str], None],
) -> None:
    """Serve the studio of a kit until it is interrupted; ``opened`` is told its address.

    Raises ``InUse``, ``CannotWrite``, ``OSError``.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError:
            raise InUse(port) from None
        port, keys = listening.getsockname()[1], Keys()
        noted = Address.of(kit, state)
        try:
            noted.note(port, keys)
        except OSError as error:
            raise atomic.CannotWrite(noted.path, error) from None
        workshop = Workshop(kit, output, cache, state, catalogue)
        config = uvicorn.Config(
            application(workshop, keys, port),
            log_level="critical",
            server_header=False,
            timeout_graceful_shutdown=CLOSING,
        )
        server = uvicorn.Server(config)

        async def run() -> None:
            listening.listen()
            opened(address(port, keys.token()))
            await server.serve([listening])

        try:
            asyncio.run(run())
        finally:
            noted.path.unlink(missing_ok=True)
            workshop.close()
