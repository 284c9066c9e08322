"""Builds and checks of a kit in which nothing has changed: what they gave before.

What was written and said is kept with a digest of everything that can have been read for it.
Where nothing of that has changed, it is written and said again, and no stage is even loaded.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import fields
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from moip_press.kit import fingerprint
from moip_press.press.outcome import Build, Order
from moip_press.press.unchanged.kept import Kept, Question
from moip_press.proofread.review import Checked
from moip_press.system.cache import Cache

Progress = Callable[[str, int, int], None]
# An order of anything else reads files of which nothing is known here.
KNOWN = frozenset({"dossier", "handouts", "moment"})


class Builder:
    """Builds once, or ``again`` and again: then what it builds with is kept at hand."""

    def __init__(self, cache: Cache, *, again: bool = False) -> None:
        self._cache = cache
        self._again = again
        self.language: str | None = None
        """The language of the kit that was built last."""

    @cached_property
    def _build(self) -> Callable[..., Build]:
        """What makes a dossier."""
        journey = _press()
        lasting: Callable[..., Build] = journey.Press(self._cache).build
        return lasting if self._again else partial(journey.build, cache=self._cache)

    def build(
        self, folder: Path, output: Path, progress: Progress, *, today: datetime.date, order: Order
    ) -> Build:
        """Return what ``Press.build`` returns and write what it writes; at once where it is kept.

        Raises ``OSError`` where the kit cannot be read.
        """
        question = Question(folder, output, ("build", repr(order)), self._cache.folder)
        kept = _kept(self._cache, question) if _known(order) else None
        made = kept.build(order, today) if kept else None
        if made is None:
            made = self._build(folder, output, progress, today=today, order=order)
            if kept:
                kept.keep_build(made)
        self.language = made.language
        return made


def check(
    folder: Path, output: Path, *, today: datetime.date, cache: Cache, layout: bool
) -> Checked:
    """Return what is wrong with a kit, with its pages too if it is laid out for that.

    ``output`` is where builds of it go. Raises ``OSError`` where the kit cannot be read.
    """
    kept = _kept(cache, Question(folder, output, ("check", str(layout)), cache.folder))
    if kept and (known := kept.check(today)):
        return known
    from moip_press.proofread.review import review  # noqa: PLC0415 -- as below

    made = review(folder, today, cache, _press().on_pages if layout else None).checked
    if kept:
        kept.keep_check(made)
    return made


def _press() -> Any:
    """Return the module of all stages, with their libraries."""
    from moip_press.pdf import loading  # noqa: PLC0415 -- for those who need it

    loading.load()
    from moip_press.press import journey  # noqa: PLC0415 -- after the quick way to its libraries

    return journey


def _known(order: Order) -> bool:
    """Tell whether an order holds nothing but what is known here."""
    return all(
        field.name in KNOWN or getattr(order, field.name) == field.default
        for field in fields(order)
    )


def _kept(cache: Cache, question: Question) -> Kept | None:
    """Return what is kept for a question; ``None`` where nothing is kept or nobody can tell."""
    if cache.folder is None:
        return None
    try:
        return Kept(cache, question, question.kit(), fingerprint.of_program())
    except fingerprint.Unknown:
        return None
