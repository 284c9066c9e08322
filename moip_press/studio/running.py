"""Jobs: work that takes its time, each in a process of its own that can be stopped."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from traceback import format_exception_only
from typing import Any

from moip_press.proofread.correction import Changed
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue
from moip_press.studio.helper import Remote, Stopped
from moip_press.system.atomic import CannotWrite
from moip_press.system.enforcement import OverLimit
from moip_press.system.libraries import MissingLibrary
from moip_press.system.scratch import Scratch

CANCELLED = N_("Stopped. Nothing was written.")
STOPPED = N_("It ended before it was done. Try again.")
COSTLY = N_("It took longer than anything may take, and was stopped.")
UNREADABLE = N_("A file could not be read or written. Try again.")


@dataclass
class Job:
    """A piece of work. ``result`` is what it gave, ``failure`` why it gave nothing."""

    remote: Remote
    told: Path
    done: bool = False
    cancelled: bool = False
    result: Any = None
    failure: str = ""
    running: asyncio.Task[None] | None = None

    @property
    def state(self) -> dict[str, object]:
        """How far it is, as a window shows it."""
        try:
            step = json.loads(self.told.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            step = {}
        return {"done": self.done, "failure": self.failure, **step}


class Jobs:
    """The jobs of one studio: of each kind the last one, and a folder for what they are given."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._scratch = Scratch()
        self._jobs: dict[str, Job] = {}

    @property
    def folder(self) -> Path:
        """Where jobs may keep what was sent to them, until the studio ends."""
        return self._scratch.folder

    def of(self, kind: str) -> Job | None:
        """Return the last job of a kind."""
        return self._jobs.get(kind)

    def result(self, kind: str) -> Any:
        """Return what the last job of a kind gave; None where it gave nothing yet."""
        job = self._jobs.get(kind)
        return job.result if job else None

    def start(self, kind: str, function: Callable[..., object], *given: object) -> Job:
        """Begin a job; one of its kind that still runs is stopped."""
        self.cancel(kind)
        told = self.folder / f"{kind}.progress"
        told.unlink(missing_ok=True)
        job = self._jobs[kind] = Job(Remote("moip_press.studio.work", "Hand"), told)
        job.running = asyncio.get_running_loop().create_task(self._run(job, function, given))
        return job

    def cancel(self, kind: str) -> None:
        """Stop a job that still runs."""
        job = self._jobs.get(kind)
        if job and not job.done:
            job.cancelled = True
            job.remote.stop()

    def forget(self, kind: str) -> None:
        """Stop a job, and forget what it gave."""
        self.cancel(kind)
        self._jobs.pop(kind, None)

    def close(self) -> None:
        """Stop all jobs, and remove what they were given."""
        for kind in self._jobs:
            self.cancel(kind)
        self._scratch.close()

    async def _run(
        self, job: Job, function: Callable[..., object], given: tuple[object, ...]
    ) -> None:
        failure: str | Message = ""
        try:
            job.result = await asyncio.to_thread(
                job.remote.call, "work", function, job.told, *given
            )
        except Stopped:
            failure = CANCELLED if job.cancelled else STOPPED
        except OverLimit:
            failure = COSTLY
        except (CannotWrite, MissingLibrary) as error:
            failure = error.message
        except (OSError, Changed):
            failure = UNREADABLE
        except Exception as error:  # noqa: BLE001 -- said, and printed where the studio was started
            sys.excepthook(type(error), error, error.__traceback__)
            said = "".join(format_exception_only(error)).strip()
            failure = Message.of(N_("The program itself failed: {error}"), error=said)
        say = self._catalogue
        job.failure = say.gettext(failure) if isinstance(failure, str) and failure else ""
        job.failure = say.say(failure) if isinstance(failure, Message) else job.failure
        job.done = True
        await asyncio.to_thread(job.remote.close)
