"""WebKit, as Debian has it for GTK, driven by its own WebDriver on a screen that nobody sees."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any

DRIVER, SCREEN = which("WebKitWebDriver"), which("Xvfb")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The key of an element's id: W3C WebDriver, 12.3."""
ALL = "\ue009a\ue000"
"""Control and A, the keys that choose all of a text (W3C WebDriver, 17.4.2)."""
PATIENCE = 30  # seconds


@dataclass(frozen=True)
class WebKit:
    """A window; what it downloads lies in ``folder``."""

    port: int
    session: str
    folder: Path

    def open(self, address: str) -> None:
        """Go to a page, and wait until it is there."""
        self._ask("POST", "window/rect", width=1440, height=900)
        self._ask("POST", "url", url=address)

    def text(self, selector: str) -> str:
        """Return the words that an element shows; nothing where there is none."""
        return self._told(selector, "?.innerText ?? ''")

    def attribute(self, selector: str, name: str) -> str:
        """Return an attribute of an element; nothing where it has none."""
        return self._told(selector, f"?.getAttribute('{name}') ?? ''")

    def middle(self, selector: str) -> tuple[int, int]:
        """Return the point in the window at the middle of an element."""
        box = json.loads(self._told(selector, ".getBoundingClientRect().toJSON()"))
        return round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)

    def click(self, selector: str) -> None:
        """Click on an element."""
        self._do(selector, "click")

    def click_at(self, x: int, y: int) -> None:
        """Click on a point of the window."""
        moves = [{"type": "pointerMove", "duration": 0, "x": x, "y": y}]
        moves += [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self._ask("POST", "actions", actions=[{**mouse, "actions": moves}])

    def write(self, selector: str, text: str) -> None:
        """Write a text in place of what an input holds."""
        self.click(selector)
        for keys in (ALL, text):  # apart: what comes behind a chord is lost
            self._do(selector, "value", text=keys)

    def downloaded(self, selector: str) -> bytes:
        """Return the PDF that a link lets one download; a browser fills a file that it made."""
        self.click(selector)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for found in self.folder.glob("*.pdf"):
                if (data := found.read_bytes()).rstrip().endswith(b"%%EOF"):
                    return data
            time.sleep(0.1)
        msg = f"nothing was downloaded to its end in {PATIENCE} s"
        raise AssertionError(msg)

    def _told(self, selector: str, what: str) -> str:
        script = f"const told = document.querySelector(arguments[0]){what};"
        script += "return typeof told === 'string' ? told : JSON.stringify(told)"
        return str(self._ask("POST", "execute/sync", script=script, args=[selector]))

    def _do(self, selector: str, what: str, **given: object) -> None:
        """Do something with an element, and again where another has taken its place meanwhile."""
        for attempt in range(5):
            found = self._ask("POST", "element", using="css selector", value=selector)
            try:
                self._ask("POST", f"element/{found[ELEMENT]}/{what}", **given)
            except AssertionError as error:
                if attempt == 4 or "stale element reference" not in str(error):
                    raise
            else:
                return

    def _ask(self, method: str, path: str, **given: object) -> Any:
        return _asked(self.port, method, f"/session/{self.session}/{path}", given)


def _asked(port: int, method: str, path: str, given: object) -> Any:
    """Return what the driver answers (W3C WebDriver, 6.3).

    Raises ``AssertionError``, ``OSError``.
    """
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=2 * PATIENCE)
    line.request(method, path, json.dumps(given) if method == "POST" else None)
    with line.getresponse() as answer:
        value = json.loads(answer.read())["value"]
        assert answer.status == http.HTTPStatus.OK, value
    line.close()
    return value


@contextmanager
def webkit(home: Path) -> Iterator[WebKit]:
    """Open a window; ``home`` is where the browser keeps what it keeps."""
    assert DRIVER
    assert SCREEN
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told, tells = os.pipe()
    shown = [SCREEN, "-displayfd", str(tells), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(shown, pass_fds=[tells], stderr=subprocess.DEVNULL) as screen:
        os.close(tells)
        with open(told, encoding="ascii") as number:  # noqa: PTH123 -- a descriptor
            display = number.readline().strip()
        env = {
            **os.environ,
            "DISPLAY": f":{display}",
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
        }
        with subprocess.Popen([DRIVER, f"--port={port}"], env=env) as driver:
            try:
                session = _begun(port)
                yield WebKit(port, session, home)
                _asked(port, "DELETE", f"/session/{session}", {})
            finally:
                driver.terminate()
                screen.terminate()


def _begun(port: int) -> str:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            made = _asked(port, "POST", "/session", {"capabilities": {}})
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return str(made["sessionId"])
