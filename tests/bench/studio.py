"""`python -m tests.bench.studio KIT OUTPUT CACHE`: a window of the studio, without a browser.

It starts the real studio of a kit, and asks it for what a window does. A line on standard input is
answered by one on standard output, as JSON: `open` starts a studio anew, until the first page is
there as a picture; `type` saves a text of one event, until the page that shows it is there. What a
browser adds is left out: the half second that it waits for the next key, and its painting.
"""

from __future__ import annotations

import http.client
import json
import queue
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from moip_press.report.messages import Catalogue
from moip_press.studio.forms import Form, below
from moip_press.studio.records import read_file_of
from tests.bench.kits import USUAL
from tests.bench.processes import PATIENCE, Failed

WIDTH = 800
"""The pixels of a page as a picture, as a window of usual size asks for it."""
ADDRESS = re.compile(r"http://\S+\?token=[\w-]+")
SILENCE = 3.0
"""The seconds without news after which a studio has nothing more to do."""


class Window:
    """A studio that was started, and a window on it."""

    def __init__(self, kit: Path, output: Path, cache: Path) -> None:
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "moip_press", "studio", str(kit), "--no-browser"),
                *("-o", str(output), "--cache-dir", str(cache)),
            ],
            env={"PATH": "/usr/bin:/bin", "HOME": str(output), "XDG_STATE_HOME": str(output)},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._process.stderr is not None
        found = ADDRESS.search(self._process.stderr.readline())
        if not found:
            raise Failed("the studio did not start")
        address = urlsplit(found[0])
        self._host, self._home = address.netloc, address.path.rstrip("/")
        self._headers = {"origin": f"http://{self._host}"}
        self._line = http.client.HTTPConnection(self._host)
        try:
            given = self.ask(f"/?{address.query}", to=303)[1]
            self._headers["cookie"] = given["set-cookie"].partition(";")[0]
            self.ask("/")
        except Failed:
            self.close()
            raise
        self._news: queue.Queue[dict[str, Any]] = queue.Queue()
        self._latest: dict[str, Any] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def ask(self, path: str, given: object = None, to: int = 200) -> tuple[bytes, Any]:
        """Return what the studio answers, and its headers. Raises ``Failed``."""
        headers = {**self._headers, "content-type": "application/json"}
        method, body = ("GET", None) if given is None else ("POST", json.dumps(given))
        self._line.request(method, self._home + path, body, headers)
        answer = self._line.getresponse()
        content = answer.read()
        self._line.close()  # which the studio does too where nothing is asked for a while
        if answer.status != to:
            raise Failed(content.decode(errors="replace")[-400:])
        return content, answer.headers

    def news(self) -> dict[str, Any]:
        """Return what the studio says next of its pages. Raises ``Failed``."""
        self._latest = self._news.get(timeout=PATIENCE)
        return self._latest

    def settled(self) -> list[str]:
        """Return the looks of the pages when nothing is at work, and nothing is said any more."""
        while True:
            try:
                self._latest = self._news.get(timeout=SILENCE)
            except queue.Empty:
                if self._latest and not (self._latest["working"] or self._latest["reading"]):
                    return list(self._latest["pages"])

    def shows(self, look: str) -> None:
        """Have a page as a picture."""
        self.ask(f"/page/{look}.png?width={WIDTH}")

    def close(self) -> None:
        """End the studio."""
        self._process.terminate()
        self._process.wait()

    def _listen(self) -> None:
        heard = http.client.HTTPConnection(self._host)
        heard.request("GET", f"{self._home}/news", headers=self._headers)
        for line in heard.getresponse():
            if line.startswith(b"data: "):
                self._news.put(json.loads(line.removeprefix(b"data: ")))


class Desk:
    """A kit, the studio that is open on it, and what is typed there."""

    def __init__(self, kit: Path, output: Path, cache: Path) -> None:
        self._folders = kit, output, cache
        self._event = _event(kit)
        self._window: Window | None = None
        self._seen = ""
        self._number = 0

    def open(self) -> float:
        """Return the seconds from the start of a studio to its first page."""
        self.close()
        start = time.perf_counter()
        self._window = Window(*self._folders)
        while not (looks := self._window.news()["pages"]):
            pass
        self._window.shows(looks[0])
        return time.perf_counter() - start

    def type(self) -> float:
        """Return the seconds from saving a text of an event to the page that shows it."""
        if self._window is None:
            self.open()
        assert self._window is not None
        window, before = self._window, self._window.settled()
        self._number += 1
        file, at, first = self._event
        seen = self._seen or first
        self._seen = text = first.replace(" ", f"{self._number} ", 1)
        start = time.perf_counter()
        window.ask("/save", {"file": file, "at": at, "field": "text", "seen": seen, "text": text})
        while not (new := [look for look in window.news()["pages"] if look not in before]):
            pass
        window.shows(new[0])
        return time.perf_counter() - start

    def close(self) -> None:
        """End the studio."""
        if self._window:
            self._window.close()


def _event(kit: Path) -> tuple[str, str, str]:
    """Return file, place and text of an event, in a section of a usual size."""
    found = []
    for path in sorted(kit.rglob("*.yaml")):
        file = path.relative_to(kit).as_posix()
        root = read_file_of(kit, file).plain()
        listed = below(root, "events")
        events = listed if isinstance(listed, list) else []
        for number in range(len(events)):
            field = Form(file, root, Catalogue("en")).field(("events", number), ("text",))
            if field and " " in field.text:
                found.append((abs(len(events) - USUAL), file, f"events.{number}", field.text))
    nearest = [each for each in found if each[0] == min(found)[0]]
    return nearest[len(nearest) // 2][1:]


def main(kit: Path, output: Path, cache: Path) -> None:
    """Answer until there is nothing more to read."""
    output.mkdir(parents=True, exist_ok=True)
    desk = Desk(kit, output, cache)
    does = {"open": desk.open, "type": desk.type}
    try:
        for line in sys.stdin:
            sys.stdout.write(json.dumps({"seconds": does[line.strip()]()}) + "\n")
            sys.stdout.flush()
    finally:
        desk.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
