"""What other processes do beside this one: they lay out and paint chapters, and proofread the kit.

Chapters are laid out and painted beside one another, before their numbers are known for good.

Each process lays out some chapters twice: first wherever they may begin, then, once all know how
long the others are, in their places, where hardly more than margins are made anew. What is known
and painted of these pages then lies on the shelf, found by what it was made from; the layout goes
its usual way, and makes what it does not find there. So the pages are the same with and without.
"""

from __future__ import annotations

import os
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
SHARE = 20_000  # that each process has at least
NEW = 0.8  # the part of a kit that was never laid out: where most is kept, nothing is gained
TEXT = 50_000  # characters of a kit's files whose proofreading is worth a process
Rows = list[tuple[str, str, bytes]]

_layouts: list[Layout] = []
_parent: list[int] = []
"""The layout that is worked for, and the process that it belongs to; children hold both."""
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
            shares = _shares(jobs, count)
            children = [stack.enter_context(Child()) for _ in shares[1:]]
            return _laid_out(layout, [*children, Here()], [*shares[1:], shares[0]])
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
    return [_Job(number, len(html)) for number, html in enumerate(documents)]


def _shares(jobs: Sequence[_Job], count: int) -> list[list[int]]:
    """Return the chapters of each process, about as much for each: the heaviest come first."""
    shares: list[list[_Job]] = [[] for _ in range(count)]
    for job in sorted(jobs, key=lambda job: -job.weight):
        min(shares, key=lambda share: sum(each.weight for each in share)).append(job)
    return [sorted(job.chapter for job in share) for share in shares]


def _laid_out(
    layout: Layout, executors: Sequence[Executor], shares: Sequence[Sequence[int]]
) -> frozenset[int]:
    lost: set[int] = set()

    def answers(futures: Iterable[Future[T]]) -> Iterator[T]:
        for future, share in zip(list(futures), shares, strict=True):
            try:
                yield future.result()
            except Died:
                lost.update(share)

    pairs = list(zip(executors, shares, strict=True))
    lengths: dict[int, int] = {}
    for found in answers(each.submit(measure, share) for each, share in pairs):
        lengths |= found
    counts = [lengths.get(number, 1) for number in range(len(layout.kit.chapters))]
    folios = list(accumulate(counts, initial=1))
    for rows in answers(each.submit(finish, share, folios) for each, share in pairs):
        with suppress(Malformed):
            layout.shelf.unpack(rows)
    return frozenset(lost)


# --- in each process ------------------------------------------------------------------------


def measure(share: Sequence[int]) -> dict[int, int]:
    """Return how many pages chapters have, by their numbers."""
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
    return [] if os.getpid() == _parent[-1] else layout.shelf.packed()
