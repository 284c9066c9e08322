"""The studio as a server of this computer: it listens on 127.0.0.1 alone."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.studio.access import Keys
from moip_press.studio.address import HOST, Address, address
from moip_press.system import atomic

if TYPE_CHECKING:
    from starlette.types import ASGIApp

CLOSING = 2  # seconds that open connections may take to end


class InUse(Exception):
    """Another program has the port. ``message`` says so."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.message = Message.of(
            N_("Port {port} is taken by another program: choose another with --port."), port=port
        )


def serve(
    noted: Address,
    made: Callable[[Keys, int, Callable[[], None]], ASGIApp],
    port: int,
    opened: Callable[[str], None],
) -> None:
    """Serve a studio until it is interrupted, or ends itself; ``opened`` is told its address.

    ``made`` makes the application, given the keys, the port and what ends the server. Raises
    ``InUse``, ``CannotWrite``, ``OSError``.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if (port or not _bound(listening, noted.port)) and not _bound(listening, port):
            raise InUse(port)
        port = listening.getsockname()[1]
        try:
            keys = noted.keys()
            noted.note(port, keys)
        except OSError as error:
            raise atomic.CannotWrite(noted.path, error) from None

        def end() -> None:
            server.should_exit = True

        config = uvicorn.Config(
            made(keys, port, end),
            log_level="critical",
            server_header=False,
            timeout_graceful_shutdown=CLOSING,
        )
        server = uvicorn.Server(config)

        async def run() -> None:
            listening.listen()
            opened(address(port, keys.opening()))
            await server.serve([listening])

        try:
            asyncio.run(run())
        finally:
            noted.path.unlink(missing_ok=True)


def _bound(listening: socket.socket, port: int) -> bool:
    """Bind a socket to a port, any for 0, and return whether that was free."""
    try:
        listening.bind((HOST, port))
    except OSError:
        return False
    return True
