"""One kit that is being worked on: its pages as they were laid out last, and who wants to know.

Pages are laid out in a helper process, one layout after another; the newest state of the files
always comes last. Whoever watches is told when a layout begins and what it gave.
"""

from __future__ import annotations

import asyncio
import datetime
import functools
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import anyio.to_thread

from moip_press.press import preview
from moip_press.proofread.rules import gravity
from moip_press.report.messages import N_, Catalogue
from moip_press.studio.helper import Remote, Stopped
from moip_press.studio.journal import Journal
from moip_press.studio.pages import Finding, Laid, Page, Painter, Room
from moip_press.studio.running import Jobs
from moip_press.studio.saving import Desk
from moip_press.system.cache import Cache
from moip_press.system.enforcement import OverLimit

Given = ParamSpec("Given")
T = TypeVar("T")
NARROWEST, WIDEST, STEP = 100, 3000, 100  # pixels of a page as a picture
UNREAD = N_(
    "The kit could not be proofread: the proofreading stopped. Change something to try again."
)
STOPPED = N_("The pages could not be laid out: the layout stopped. Change something, or try again.")


async def aside(function: Callable[Given, T], *given: Given.args, **more: Given.kwargs) -> T:
    """Return what a function returns that waits for disk or process, without holding others up."""
    return await anyio.to_thread.run_sync(functools.partial(function, *given, **more))


@dataclass
class State:
    """What is shown: ``version`` counts the changes of it."""

    version: int = 0
    working: bool = True
    pages: tuple[Page, ...] = ()
    faults: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    failure: str = ""
    unread: str = ""
    """Why nothing is known of what is wrong, where the proofreading stopped."""
    pdfs: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    """A PDF that has the page of a look, and which of its pages that is."""

    @property
    def found(self) -> tuple[Finding, ...]:
        """All that is wrong, the gravest first."""
        every = dict.fromkeys((*self.faults, *self.findings))
        return tuple(
            sorted(every, key=lambda f: (f.severity, *gravity(f.code), f.file, f.line, f.column))
        )


class Workshop:
    """A kit, its state, its desk; see the module."""

    def __init__(
        self, kit: Path, output: Path, cache: Cache, state: Path, catalogue: Catalogue
    ) -> None:
        self.kit, self.catalogue = kit, catalogue
        self.output, self.cache = output, cache
        self.desk = Desk(kit, Journal.of_kit(kit, state, _now), catalogue)
        self.room = Remote(Room, kit, cache.folder, catalogue.language)
        self._painter = Remote(Painter)
        self.jobs = Jobs(catalogue)
        self.state = State()
        self._changed = asyncio.Event()
        self._watching: set[asyncio.Queue[int]] = set()

    def touch(self) -> None:
        """Have the kit laid out anew, since a file of it changed."""
        self._changed.set()

    async def work(self) -> None:
        """Lay the kit out whenever it changes, until the studio ends."""
        self.touch()
        while True:
            await self._changed.wait()
            self._changed.clear()
            self._tell(working=True)
            await self._lay_out()

    def look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Notice what others change in the kit's files, for ever: in a thread of its own."""
        for names in preview.bursts(self.kit, self.output, self.cache.folder):
            if names:
                with suppress(RuntimeError):  # the studio has just ended
                    loop.call_soon_threadsafe(self.touch)

    async def news(self) -> AsyncIterator[int]:
        """Yield the version of the state, now and whenever it changes."""
        queue: asyncio.Queue[int] = asyncio.Queue()
        self._watching.add(queue)
        try:
            yield self.state.version
            while True:
                version = await queue.get()
                while not queue.empty():
                    version = queue.get_nowait()
                yield version
        finally:
            self._watching.discard(queue)

    async def picture(self, look: str, width: int) -> bytes | None:
        """Return a page as a PNG, about ``width`` pixels across; None for a look of the past."""
        known = self.state.pdfs.get(look)
        if known is None:
            return None
        across = min(max(-(-width // STEP) * STEP, NARROWEST), WIDEST)
        pdf, number = known
        return await self.painted(pdf, number, across)

    async def painted(self, pdf: bytes, number: int, width: int) -> bytes | None:
        """Return a page of any PDF as a PNG, counted from 0; None where it cannot be drawn."""
        try:
            found: bytes = await aside(self._painter.call, "paint", pdf, number, width)
        except (Exception, OverLimit):  # noqa: BLE001 -- a stranger's PDF may be anything
            return None
        return found

    async def ask(self, method: str, *given: object) -> Any:
        """Return what the room knows of the pages last laid out.

        Raises ``Stopped`` where it ended, or was stopped, before it had answered.
        """
        try:
            return await aside(self.room.call, method, *given)
        except OverLimit:
            raise Stopped from None

    def close(self) -> None:
        """End the helper processes."""
        self.jobs.close()
        self.room.close()
        self._painter.close()

    async def _lay_out(self) -> None:
        today = _now().date()
        try:
            laid: Laid = await aside(self.room.call, "lay_out", today)
            failure = ""
        except (Exception, OverLimit):  # noqa: BLE001 -- said, and the next change tries again
            laid, failure = Laid(None, (), b"", ()), self.catalogue.gettext(STOPPED)
        pdfs = self.state.pdfs | {look: (laid.pdf, at) for at, look in enumerate(laid.new)}
        if laid.pages is not None:
            shown = {page.look for page in laid.pages}
            pdfs = {look: found for look, found in pdfs.items() if look in shown}
            self.state.pages = laid.pages
        self._tell(working=False, faults=laid.faults, failure=failure, pdfs=pdfs)
        if not failure and not self._changed.is_set():
            await self._proofread(today)

    async def _proofread(self, today: datetime.date) -> None:
        try:
            found = await self.ask("proofread", today)
        except Exception:  # noqa: BLE001 -- said: nothing found is not nothing wrong
            self._tell(findings=(), unread=self.catalogue.gettext(UNREAD))
        else:
            self._tell(findings=found, unread="")

    def _tell(self, **changed: Any) -> None:
        for name, value in changed.items():
            setattr(self.state, name, value)
        self.state.version += 1
        for queue in self._watching:
            queue.put_nowait(self.state.version)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
