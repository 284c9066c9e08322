"""One kit that is being worked on: its pages as they were laid out last, and who wants to know.

Pages are laid out in a helper process, one layout after another, and proofread in another; the
newest state of the files always comes last. Whoever watches is told what begins and what it gave.
"""

from __future__ import annotations

import asyncio
import datetime
import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import anyio.to_thread

from moip_press.press import preview
from moip_press.proofread.rules import gravity
from moip_press.report.messages import N_
from moip_press.studio.helper import Remote, Stopped
from moip_press.studio.journal import Journal
from moip_press.studio.running import Jobs
from moip_press.studio.saving import Desk
from moip_press.studio.shown_before import ShownBefore
from moip_press.studio.spoken import Spoken
from moip_press.studio.told import DOSSIER, Finding, Laid, Page, Reading
from moip_press.system.cache import Cache
from moip_press.system.enforcement import OverLimit

Given = ParamSpec("Given")
T = TypeVar("T")
QUIET = 3.0  # seconds without a change after which there is time to tidy up
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
    reading: bool = True
    pages: dict[str, tuple[Page, ...]] = field(default_factory=dict)
    """The pages of each document that is shown; what could not be made anew keeps its old ones."""
    fresh: frozenset[str] = frozenset()
    """The documents that could be made anew."""
    faults: tuple[Finding, ...] = ()
    read: Reading = field(default_factory=Reading)
    failure: str = ""
    unread: str = ""
    """Why nothing is known of what is wrong, where the proofreading stopped."""
    pdfs: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    """A PDF that has the page of a look, and which of its pages that is."""

    @property
    def found(self) -> tuple[Finding, ...]:
        """All that is wrong, the gravest first."""
        every = dict.fromkeys((*self.faults, *self.read.findings))
        return tuple(
            sorted(every, key=lambda f: (f.severity, *gravity(f.code), f.file, f.line, f.column))
        )


class Workshop:
    """A kit, its state, its desk; see the module."""

    def __init__(
        self, kit: Path, output: Path, cache: Cache, state: Path, catalogue: Spoken
    ) -> None:
        self.kit, self.catalogue = kit, catalogue
        self.home = ""  # what the paths of its addresses begin with, once it is served
        self.output, self.cache = output, cache
        self.desk = Desk(kit, Journal.of_kit(kit, state, _now), catalogue)
        self.room = Remote("moip_press.studio.pages", "Room", kit, cache.folder)
        self._reader = Remote("moip_press.studio.findings", "Reader", kit, cache.folder)
        self._painter = Remote("moip_press.studio.painter", "Painter")
        self.jobs = Jobs(catalogue)
        self._before = ShownBefore(kit, output, cache)
        self.state = State()
        self._changed, self._unread = asyncio.Event(), asyncio.Event()
        self._watching: dict[asyncio.Queue[int], str] = {}

    def touch(self) -> None:
        """Have the kit laid out anew, since a file of it changed."""
        self._changed.set()

    async def work(self) -> None:
        """Lay the kit out and proofread it whenever it changes, until the studio ends."""
        self.touch()
        self._painter.begin()
        await asyncio.gather(
            self._show_before(),
            _whenever(self._changed, self._lay_out),
            _whenever(self._unread, self._proofread),
        )

    def look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Notice what others change in the kit's files, for ever: in a thread of its own."""
        for names in preview.bursts(self.kit, self.output, self.cache.folder):
            if names:
                with suppress(RuntimeError):  # the studio has just ended
                    loop.call_soon_threadsafe(self.touch)

    async def news(self, document: str) -> AsyncIterator[int]:
        """Yield the version of the state, now and whenever it changes, to who sees a document."""
        queue: asyncio.Queue[int] = asyncio.Queue()
        self._watching[queue] = document
        if document not in self.state.pages:
            self.touch()
        try:
            yield self.state.version
            while True:
                version = await queue.get()
                while not queue.empty():
                    version = queue.get_nowait()
                yield version
        finally:
            del self._watching[queue]

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
        return await _asked(self.room, method, *given)

    async def ask_reader(self, method: str, *given: object) -> Any:
        """Return what the reader knows of the kit as it was last read. Raises as ``ask``."""
        return await _asked(self._reader, method, *given)

    def close(self) -> None:
        """End the helper processes."""
        self.jobs.close()
        for remote in (self.room, self._reader, self._painter):
            remote.close()

    async def _lay_out(self) -> None:
        self._tell(working=True)
        wanted = tuple(sorted({*self._watching.values()} - {DOSSIER}))
        try:
            spoken = self.catalogue.language
            laid: Laid = await aside(self.room.call, "lay_out", _today(), spoken, wanted)
            failure = ""
        except (Exception, OverLimit):  # noqa: BLE001 -- said, and the next change tries again
            laid, failure = Laid({}), self.catalogue.gettext(STOPPED)
        pdfs = self.state.pdfs | {look: (laid.pdf, at) for at, look in enumerate(laid.new)}
        kept = {name: own for name, own in self.state.pages.items() if name in (DOSSIER, *wanted)}
        pages = kept | laid.pages
        if laid.pages:
            shown = {page.look for own in pages.values() for page in own}
            pdfs = {look: found for look, found in pdfs.items() if look in shown}
        self._tell(
            working=False,
            pages=pages,
            fresh=frozenset(laid.pages),
            faults=laid.faults,
            failure=failure,
            pdfs=pdfs,
        )
        if failure:
            return
        self._unread.set()
        if await self._changes_soon():
            return
        with suppress(Stopped):
            await self.ask("sweep")
        await self._keep()

    async def _changes_soon(self) -> bool:
        """Wait for a change as long as one that was made would take to be noticed, and more."""
        try:
            await asyncio.wait_for(self._changed.wait(), QUIET)
        except TimeoutError:
            return False
        return True

    async def _show_before(self) -> None:
        """Show the pages that were shown last, where the kit is as it was then."""
        found = await aside(self._before.read)
        if found and not self.state.pages:
            self._tell(pages={DOSSIER: found[0]}, fresh=frozenset({DOSSIER}), pdfs=found[1])

    async def _keep(self) -> None:
        """Keep the pages for the next start, unless the files change meanwhile."""
        laid = self.state
        if DOSSIER not in laid.fresh or self.cache.folder is None:
            return
        pages, pdfs = laid.pages[DOSSIER], laid.pdfs
        kit = await aside(self._before.state_of_kit)
        if not await self._changes_soon():
            await aside(self._before.keep, kit, pages, pdfs)

    async def _proofread(self) -> None:
        self._tell(reading=True)
        try:
            sheets = await self.ask("sheets")
            read = await self.ask_reader("read", _today(), self.catalogue.language, sheets)
        except Exception:  # noqa: BLE001 -- said: nothing found is not nothing wrong
            self._tell(reading=False, read=Reading(), unread=self.catalogue.gettext(UNREAD))
        else:
            self._tell(reading=False, read=read, unread="")

    def _tell(self, **changed: Any) -> None:
        for name, value in changed.items():
            setattr(self.state, name, value)
        self.state.version += 1
        for queue in self._watching:
            queue.put_nowait(self.state.version)


async def _whenever(event: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
    """Do some work whenever something happens, for ever."""
    while True:
        await event.wait()
        event.clear()
        await work()


async def _asked(remote: Remote, method: str, *given: object) -> Any:
    try:
        return await aside(remote.call, method, *given)
    except OverLimit:
        raise Stopped from None


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _today() -> datetime.date:
    return _now().date()
