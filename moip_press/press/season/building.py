"""Builds the kits of a season: hands them out, publishes what comes back, goes on after faults.

Of a kit with many handouts, whoever made its dossier and the first of them is joined by others.
"""

from __future__ import annotations

import datetime
import hashlib
import math
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from moip_press.kit import fingerprint
from moip_press.kit.season import Member, Season
from moip_press.press import publish
from moip_press.press.build_record import typed
from moip_press.press.outcome import Build, Order, Request, file_of
from moip_press.press.season.crews import Crew, NobodyLeft
from moip_press.press.season.parcels import (
    ALTERED,
    Answer,
    Content,
    Parcel,
    Places,
    Unasked,
    Unshared,
    digest,
    gathered,
)
from moip_press.press.unchanged import Kept, Question
from moip_press.report import transcript
from moip_press.report.diagnostics import Message, Report
from moip_press.report.messages import N_
from moip_press.system import atomic
from moip_press.system.cache import Cache

AGAIN = 2  # how often work whose worker was lost is tried again
PAUSE = 1.0  # seconds before it is tried again, and twice as long the next time
LOOK = 0.5  # seconds between two looks at whether somebody still works

SHARE = 25  # handouts that are worth laying out the pages of a kit once more
MOST = 100  # of what is lost with a worker

LOST = N_("Its worker was lost {count} times: it is not tried again.")
UNASKED = N_("A worker has sent something else than this kit.")
NO_ROOM = N_("The disk of whoever worked on it is full: free some space, then build again.")

State = Literal["made", "unchanged", "faults", "failed"]


@dataclass(frozen=True)
class Outcome:
    """How the build of one kit ended.

    ``build`` is ``None`` where nothing is known of its pages. ``failure`` says what kept it from
    being made beside its faults, or ``error`` does, where a file could not be read.
    """

    member: Member
    build: Build | None = None
    seconds: float = 0.0
    failure: Message | None = None
    error: OSError | None = None

    @property
    def state(self) -> State:
        """What became of the kit."""
        if self.failure or self.error or self.build is None:
            return "failed"
        if not self.build.ok:
            return "faults"
        return "unchanged" if self.build.unchanged else "made"

    @property
    def documents(self) -> int:
        """How many PDFs it has."""
        return 0 if self.build is None else len(self.build.handouts) + bool(self.build.dossier)

    @property
    def pages(self) -> int:
        """How many pages its PDFs have."""
        made = self.build
        if made is None:
            return 0
        return sum(each.pages for each in made.handouts) + (
            made.dossier.pages if made.dossier else 0
        )


@dataclass(frozen=True)
class SeasonOrder:
    """What is to be made of each kit, and on which day."""

    today: datetime.date
    handouts: Request | None = None
    moment: datetime.datetime | None = None
    counts: bool = True


@dataclass
class _Shares:
    """What has come of a kit by the first handout of each share, and how many shares there are."""

    count: int = 1
    builds: dict[int, Build] = field(default_factory=dict)


@dataclass(frozen=True)
class _Job:
    """A kit, or a share of its handouts, that somebody works on."""

    member: Member
    output: Path
    kept: Kept | None
    parcel: Parcel
    files: Mapping[str, Content]
    places: Places
    started: float
    shares: _Shares
    tries: int = 0


class SeasonBuilder:
    """Builds the kits of one season into the folder ``output``."""

    def __init__(
        self, season: Season, output: Path, order: SeasonOrder, cache: Cache, crew: Crew
    ) -> None:
        self._season, self._output, self._order = season, output, order
        self._cache, self._crew = cache, crew
        self._asked = Order(handouts=order.handouts, moment=order.moment)
        self._shares: deque[_Job] = deque()
        self._program, self._shared = self._stamps()

    def outcomes(self, progress: Callable[[str, int, int], None]) -> Iterator[Outcome]:
        """Yield how the build of each kit ended, as they end.

        ``progress`` is called with the kit that ended, how many have, and how many there are.
        Raises ``NobodyLeft`` after what was published, where nobody is left to work.
        """
        waiting = deque(self._season.members)
        running: dict[Future[bytes], _Job] = {}
        told: set[Member] = set()
        left: NobodyLeft | None = None
        while (waiting or self._shares or running) and not left:
            ended: list[Outcome] = []
            try:
                ended.extend(self._begun(waiting, running))
                if running and not ended:
                    ended.extend(self._finished(running))
            except NobodyLeft as error:
                left = error
                ended.extend(self._ready(running))
            for outcome in ended:
                member = outcome.member
                self._shares = deque(each for each in self._shares if each.member != member)
                if member not in told:  # two shares may have failed
                    told.add(member)
                    progress(str(member.path), len(told), len(self._season.members))
                    yield outcome
        self._cache.tidy()
        if left:
            raise left

    def _begun(
        self, waiting: deque[Member], running: dict[Future[bytes], _Job]
    ) -> Iterator[Outcome]:
        """Hand out kits until all have work; yield those for which there was nothing to do."""
        while self._shares and len(running) < self._crew.width:
            self._start(self._shares.popleft(), running)
        while waiting and len(running) < self._crew.width:
            member = waiting.popleft()
            found = self._job(member)
            if isinstance(found, Outcome):
                yield found
                return  # it is told at once
            self._start(found, running)

    def _start(self, job: _Job, running: dict[Future[bytes], _Job]) -> None:
        running[self._crew.start(job.parcel, job.files)] = job

    def _job(self, member: Member) -> _Job | Outcome:
        """Return what there is to do for a kit; how it ended where nothing is."""
        output, began = self._output / member.path, time.monotonic()
        kept = self._kept(member, output)
        try:
            order = self._order
            if kept and (made := kept.build(self._asked, order.today, counts=order.counts)):
                return Outcome(member, made, time.monotonic() - began)
            files: dict[str, Content] = {}
            places = Places(member.folder, {}, 0)
            if self._crew.elsewhere or self._season.shared:
                files, places = gathered(member.folder, self._season.shared, output)
            parcel = Parcel(
                member.folder.as_posix(),
                order.handouts is not None,
                order.today.isoformat(),
                order.handouts.by if order.handouts else None,
                (0, SHARE) if order.handouts and self._crew.width > 1 else None,
                order.moment.isoformat() if order.moment else None,
                None if self._crew.elsewhere or not self._cache.folder else str(self._cache.folder),
                order.counts,
                self._crew.cores,
                tuple((name, digest(content)) for name, content in files.items()),
            )
        except Unshared as error:
            return Outcome(member, failure=error.message)
        except OSError as error:
            return Outcome(member, error=error)
        return _Job(member, output, kept, parcel, files, places, began, _Shares())

    def _finished(self, running: dict[Future[bytes], _Job]) -> Iterator[Outcome]:
        """Wait for work that ends, and yield what became of it."""
        done, _ = wait(running, LOOK, FIRST_COMPLETED)
        if not done:
            self._crew.look()
        # what is ready is published before anything is said of what is lost
        for future in sorted(done, key=lambda each: each.exception() is not None):
            job = running.pop(future)
            error = future.exception()
            if error is None:
                yield from self._answered(job, future, running)
            elif not self._crew.was_lost(error):
                raise error
            else:
                time.sleep(PAUSE * (job.tries + 1))  # a scheduler learns late what is lost
                self._crew.look()
                if job.tries < AGAIN:
                    self._start(replace(job, tries=job.tries + 1), running)
                else:
                    lost = Message.of(LOST, count=job.tries + 1)
                    yield self._ended(job, failure=lost)

    def _ready(self, running: dict[Future[bytes], _Job]) -> Iterator[Outcome]:
        """Publish what has come before the last worker went."""
        for future, job in list(running.items()):
            if future.done() and not future.exception():
                with suppress(NobodyLeft):
                    yield from self._answered(job, future, running)

    def _answered(
        self, job: _Job, future: Future[bytes], running: dict[Future[bytes], _Job]
    ) -> Iterator[Outcome]:
        try:
            answer = Answer.of(future.result(), job.parcel)
            if answer.said.get("room"):
                if self._crew.has_no_room(future):
                    self._start(job, running)
                else:
                    yield self._ended(job, failure=Message(NO_ROOM))
            elif "build" not in answer.said:
                yield self._unmade(job, answer)
            else:
                made = answer.build(job.parcel, job.output, job.places)
                yield from self._taken(job, made)
        except Unasked:
            yield self._ended(job, failure=Message(UNASKED))

    def _taken(self, job: _Job, made: Build) -> Iterator[Outcome]:
        """Take a share of what a kit has; publish the kit once all of it has come."""
        first, end = job.parcel.share or (0, 0)
        if first == 0 and made.left and made.dossier:
            size = max(SHARE, min(MOST, math.ceil(made.left / self._crew.width)))
            begins = range(end, end + made.left, size)
            job.shares.count += len(begins)
            # whoever makes the dossier has counted what is to be proofread
            rest = replace(job.parcel, counts=False)
            parcels = (replace(rest, share=(start, start + size)) for start in begins)
            self._shares.extend(replace(job, parcel=parcel, tries=0) for parcel in parcels)
        builds = job.shares.builds
        builds[first] = made
        if len(builds) == job.shares.count:
            whole = _together([build for _, build in sorted(builds.items())])
            yield (
                self._published(job, whole) if whole else self._ended(job, failure=Message(ALTERED))
            )

    def _unmade(self, job: _Job, answer: Answer) -> Outcome:
        """Return why a worker has made nothing. Raises ``Unasked``."""
        try:
            if said := answer.said.get("message"):
                elsewhere = typed(str, answer.said["folder"])
                message = job.places.message(transcript.message_of(typed(dict, said)), elsewhere)
                return self._ended(job, failure=message)
            number, words, file = answer.said["system"]
            error = OSError(typed(int, number), typed(str, words), file and typed(str, file))
            return self._ended(job, error=error)
        except transcript.DAMAGED as error:
            raise Unasked from error

    def _published(self, job: _Job, made: Build) -> Outcome:
        """Write what was made, in one step, and keep it for the next time."""
        publication = made.published
        if publication is not None and publication.outputs:
            stale = self._asked.handouts.replaces if self._asked.handouts else publish.none
            kept = frozenset(map(file_of, made.failed))
            try:
                unwritten = publish.publish(job.output, publication, stale=stale, kept=kept)
            except atomic.CannotWrite as error:
                return self._ended(job, failure=error.message)
            if unwritten:
                made = replace(made, failure=next(iter(unwritten.values())))
            elif job.kept:
                job.kept.keep_build(made, counts=self._order.counts)
        return self._ended(job, replace(made, published=None))

    def _ended(
        self,
        job: _Job,
        made: Build | None = None,
        *,
        failure: Message | None = None,
        error: OSError | None = None,
    ) -> Outcome:
        why = failure or (made.failure if made else None)
        return Outcome(job.member, made, time.monotonic() - job.started, why, error)

    # --- what is kept ---------------------------------------------------------------------------

    def _stamps(self) -> tuple[str | None, str | None]:
        """Return digests of the program and of what is shared; none where nobody can tell."""
        shared = self._season.shared
        try:
            lent = (f"{name} {digest(path)}" for name, path in shared.files().items())
            whole = "\n".join([*lent, repr(shared.contacts)])
            said = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
            return fingerprint.of_program(), said if shared else ""
        except (fingerprint.Unknown, OSError):
            return None, None

    def _kept(self, member: Member, output: Path) -> Kept | None:
        """Return what is kept of a kit; ``None`` where nothing is, or nobody can tell."""
        if self._cache.folder is None or self._program is None:
            return None
        words = ("season", repr(self._asked), self._shared or "")
        question = Question(member.folder, output, words, self._cache.folder)
        try:
            return Kept(self._cache, question, question.kit(), self._program)
        except fingerprint.Unknown:
            return None


def _together(builds: list[Build]) -> Build | None:
    """Return one build of shares in their order; ``None`` where they are of different files."""
    first, *rest = builds
    if not rest:
        return first
    shares = [build.published for build in builds if build.published]
    if len(shares) < len(builds) or any(each.inputs != shares[0].inputs for each in shares):
        return None
    outputs = tuple(output for share in shares for output in share.outputs)
    found = [found for build in rest for found in build.report.diagnostics]
    more = [each for each in found if each not in first.report.diagnostics]
    return replace(
        first,
        report=Report.of([*first.report.diagnostics, *more]),
        handouts=tuple(handout for build in builds for handout in build.handouts),
        failed=tuple(name for build in builds for name in build.failed),
        published=replace(shares[0], outputs=outputs),
    )
