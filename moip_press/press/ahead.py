"""What other processes do beside this one: they lay out and paint chapters, and proofread the kit.

Chapters are laid out and painted beside one another, before their numbers are known for good.

Each process lays out some chapters twice: first wherever they may begin, then, once all know how
long the others are, in their places, where hardly more than margins are made anew. A very large kit
takes several rounds, so that the boxes of a round can be held between the two. What is known
and painted of these pages then lies on the shelf, found by what it was made from; the layout goes
its usual way, and makes what it does not find there. So the pages are the same with and without.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

from moip_press.pdf import typeset
from moip_press.press.compose import TemplateFault
from moip_press.system.enforcement import OverLimit
from moip_press.system.processes import Child, Died, Here, may_fork
from moip_press.system.serialization import Malformed

if TYPE_CHECKING:
    from moip_press.press.layout import Layout
    from moip_press.proofread.review import Review

T = TypeVar("T")
LEAST = 120_000  # characters of HTML that are worth other processes: about two seconds of work
SHARE = 9_000  # of text that each process has at least
HELD = 450_000  # of text whose boxes a process can hold: some 150 pages
MARKUP = 20  # characters of HTML that take as long as one of text
NEW = 0.8  # the part of a kit that was never laid out: where most is kept, nothing is gained
TAG = re.compile(r"<[^>]*>")
TEXT = 50_000  # characters of a kit's files whose proofreading is worth a process
Shares = list[list[int]]
"""The chapters of each process, by their numbers."""
Rows = list[tuple[str, str, bytes]]

_layouts: list[Layout] = []
_parent: list[int] = []
"""The layout that is worked for, and the process that it belongs to; children hold both."""
_told: set[str] = set()
"""The keys of what a child has told its parent."""
_reviews: list[Review] = []
"""The kit that is proofread; a child holds it."""


@contextmanager
def counted_beside(read: Review, cores: int) -> Iterator[Callable[[], int]]:
    """Let another process proofread a large kit meanwhile; yield what returns how much it found.

    A small one is proofread when that is asked, and so is one whose process died.
    """
    long = sum(len(source.text) for source in read.sources.values()) >= TEXT
    if cores < 2 or not long or not may_fork():
        yield read.count
        return
    _reviews.append(read)
    try:
        with Child() as child:
            found = child.submit(count_findings)

            def count() -> int:
                try:
                    return found.result()
                except Died:
                    return read.count()

            yield count
    finally:
        _reviews.pop()


def count_findings() -> int:
    """Return how much the proofreader finds: in a child."""
    return _reviews[-1].count()


@dataclass(frozen=True)
class _Job:
    """A chapter, by its number, and how much there is to lay out."""

    chapter: int
    weight: int


def lay_out_ahead(layout: Layout, cores: int) -> frozenset[int]:
    """Lay out and paint the chapters of a new kit, on so many cores.

    Returns the chapters whose process died: they are laid out with the rest, as all are that are
    not worth a process.
    """
    if cores < 2 or not may_fork():
        return frozenset()
    jobs = _jobs(layout)
    count = min(cores, len(jobs), sum(job.weight for job in jobs) // SHARE)
    if count < 2:
        return frozenset()
    _layouts.append(layout)
    _parent.append(os.getpid())
    try:
        with ExitStack() as stack:
            children = [stack.enter_context(Child()) for _ in range(count - 1)]
            return _laid_out(layout, [*children, Here()], [*_rounds(jobs, count)])
    finally:
        _layouts.pop()
        _parent.pop()


def _jobs(layout: Layout) -> list[_Job]:
    """Return the chapters to lay out; none where most of them are known."""
    try:
        with typeset.guarded(layout.limits):
            documents = [layout.first_html(number) for number in range(len(layout.kit.chapters))]
    except (TemplateFault, typeset.Unlaid, OverLimit):
        return []  # the layout comes to it, and says so
    new = sum(len(html) for html in documents if not layout.has_seen(html))
    if new < max(LEAST, NEW * sum(map(len, documents))):
        return []
    return [
        _Job(number, len(TAG.sub("", html)) + len(html) // MARKUP)
        for number, html in enumerate(documents)
    ]


def _rounds(jobs: Sequence[_Job], count: int) -> Iterator[Shares]:
    """Yield the shares of round after round of chapters, as many as can be held."""
    held: list[_Job] = []
    for job in jobs:
        if held and not all(map(_can_be_held, _shares([*held, job], count))):
            yield _numbers(_shares(held, count))
            held = []
        held.append(job)
    yield _numbers(_shares(held, count))


def _can_be_held(share: Sequence[_Job]) -> bool:
    """Tell whether the boxes of a share can be held: those of one chapter always are."""
    return len(share) < 2 or sum(job.weight for job in share) <= HELD


def _shares(jobs: Sequence[_Job], count: int) -> list[list[_Job]]:
    """Return the chapters of each process, about as much for each: the heaviest come first."""
    shares: list[list[_Job]] = [[] for _ in range(count)]
    for job in sorted(jobs, key=lambda job: -job.weight):
        min(shares, key=lambda share: sum(each.weight for each in share)).append(job)
    return [*shares[1:], shares[0]]  # this process has the first, and comes last


def _numbers(shares: Sequence[Sequence[_Job]]) -> Shares:
    return [sorted(job.chapter for job in share) for share in shares]


def _laid_out(
    layout: Layout, executors: Sequence[Executor], rounds: Sequence[Shares]
) -> frozenset[int]:
    """Let executors lay out their shares; return the chapters of those that died."""
    lost: set[int] = set()
    lengths: dict[int, int] = {}

    def answers(futures: Iterable[Future[T]], shares: Shares) -> Iterator[T]:
        for future, share in zip(list(futures), shares, strict=True):
            try:
                yield future.result()
            except Died:
                lost.update(share)

    for shares in rounds:
        pairs = list(zip(executors, shares, strict=True))
        for found in answers((each.submit(measure, share) for each, share in pairs), shares):
            lengths |= found
        counts = [lengths.get(number, 1) for number in range(len(layout.kit.chapters))]
        folios = list(accumulate(counts, initial=1))
        finished = (each.submit(finish, share, folios) for each, share in pairs)
        for rows in answers(finished, shares):
            with suppress(Malformed):
                layout.shelf.unpack(rows)
    if len(rounds) > 1:  # all is painted: what comes next needs the room
        layout.shelf.let_go()
    return frozenset(lost)


# --- in each process ------------------------------------------------------------------------


def measure(share: Sequence[int]) -> dict[int, int]:
    """Return how many pages chapters have, by their numbers; boxes of the last round are let go."""
    _layouts[-1].shelf.let_go()
    lengths = {}
    for number in share:
        with suppress(TemplateFault, typeset.Unlaid):
            lengths[number] = _layouts[-1].measured_ahead(number)
    return lengths


def finish(share: Sequence[int], folios: Sequence[int]) -> Rows:
    """Lay chapters out in their places and paint them; return what is new for the parent."""
    layout = _layouts[-1]
    for number in share:
        with suppress(TemplateFault, typeset.Unlaid):
            layout.finish_ahead(number, folios[number])
    if os.getpid() == _parent[-1]:
        return []
    rows = layout.shelf.packed(_told)
    _told.update(key for _, key, _ in rows)
    return rows
