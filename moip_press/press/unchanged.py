"""Builds and checks of a kit in which nothing has changed: what they gave before.

What was written and reported is cached with a digest of everything that can have been read for it.
Where nothing of that has changed, it is written and reported again, and no stage is even loaded.
"""

from __future__ import annotations

import datetime
import gc
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moip_press.kit import fingerprint
from moip_press.press import publish
from moip_press.press.build_record import (
    build_of,
    gaps_of,
    name_of,
    plain_build,
    plain_gaps,
    texts_of,
    typed,
)
from moip_press.press.outcome import Build, Order
from moip_press.report import transcript
from moip_press.report.diagnostics import Checked
from moip_press.system import atomic, compiled
from moip_press.system.cache import Cache
from moip_press.system.grammalecte import Grammalecte

if TYPE_CHECKING:
    from moip_press.press.journey import Press

Progress = Callable[[str, int, int], None]
# An order of anything else reads files of which nothing is known here.
KNOWN = frozenset({"dossier", "handouts", "moment"})


class Builder:
    """Builds once, or again and again.

    Large kits are laid out on so many ``cores``. Unless it ``counts`` what the proofreader would
    say, nobody is to ask for that.
    """

    def __init__(self, cache: Cache, *, cores: int = 1, counts: bool = True) -> None:
        self._cache = cache
        self._cores = cores
        self._counts = counts
        self.language: str | None = None
        """The language of the kit that was built last."""

    @cached_property
    def _press(self) -> Press:
        """What makes a dossier."""
        made: Press = _journey().Press(self._cache, self._cores, counts=self._counts)
        return made

    def build(
        self, folder: Path, output: Path, progress: Progress, *, today: datetime.date, order: Order
    ) -> Build:
        """Return what ``Press.build`` returns and write what it writes; at once where it is kept.

        Raises ``OSError`` where the kit cannot be read.
        """
        question = Question(folder, output, ("build", repr(order)), self._cache.folder)
        kept = _kept(self._cache, question) if _known(order) else None
        made = kept.build(order, today, counts=self._counts) if kept else None
        if made is None:
            made = self._press.build(folder, output, progress, today=today, order=order)
            if kept:
                kept.keep_build(made, counts=self._counts)
        self.language = made.language
        return made


def check(
    folder: Path,
    output: Path,
    *,
    today: datetime.date,
    cache: Cache,
    layout: bool,
    grammar: Grammalecte,
) -> Checked:
    """Return what is wrong with a kit, with its pages too if it is laid out for that.

    ``output`` is where builds of it go. ``grammar`` reads the grammar where that is wanted. Raises
    ``OSError`` where the kit cannot be read.
    """
    words = ("check", str(layout), str(grammar.asked))
    kept = _kept(cache, Question(folder, output, words, cache.folder), grammar.stamp)
    if kept and (known := kept.check(today)):
        return known
    from moip_press.proofread.review import review  # noqa: PLC0415 -- as below

    on_pages = _journey().on_pages if layout else None
    made = review(folder, today, cache, on_pages, grammar).checked
    if kept:
        kept.keep_check(made)
    return made


def _journey() -> Any:
    """Return the module of all stages, with their libraries."""
    gc.disable()  # what is loaded stays: to look for what could go costs a tenth of the loading
    try:
        with compiled.kept():
            from moip_press.press import journey  # noqa: PLC0415 -- its libraries take long to load
    finally:
        gc.enable()
    gc.freeze()
    return journey


def _known(order: Order) -> bool:
    """Return whether an order holds nothing but what is known here."""
    return all(
        field.name in KNOWN or getattr(order, field.name) == field.default
        for field in fields(order)
    )


def _kept(cache: Cache, question: Question, helper: str = "") -> Kept | None:
    """Return what is kept for a question; ``None`` where nothing is kept or nobody can tell.

    ``helper`` is the stamp of another program that has a part in the answer.
    """
    if cache.folder is None:
        return None
    try:
        return Kept(cache, question, question.kit(), fingerprint.of_program() + helper)
    except fingerprint.Unknown:
        return None


@dataclass(frozen=True)
class Question:
    """A kit, and what is asked about it: ``words`` say which build or check it is.

    ``output`` is where builds of it go.
    """

    folder: Path
    output: Path
    words: tuple[str, ...]
    cache: Path | None

    @property
    def name(self) -> str:
        """The name under which the answer is kept, in the place of an older one."""
        places = (str(self.folder.resolve()), self.folder.as_posix())
        said = "\0".join((*places, *self.words)).encode("utf-8", "surrogatepass")
        return f"unchanged-{hashlib.sha256(said).hexdigest()[:16]}"

    def kit(self) -> str:
        """Return the digest of the kit as it is now. Raises ``fingerprint.Unknown``."""
        return fingerprint.of_kit(self.folder, fingerprint.Aside(self.output, self.cache))


@dataclass(frozen=True)
class Kept:
    """The answer to a question, if one is kept that is still true.

    ``kit`` and ``program`` are digests of what it would be made from.
    """

    cache: Cache
    question: Question
    kit: str
    program: str

    def build(self, order: Order, today: datetime.date, *, counts: bool) -> Build | None:
        """Write what was built, and return how that ended; ``None`` where it is to be built.

        So it is where it ``counts`` what the proofreader would say, and that is not known.
        """
        try:
            document = self._document(today)
            if document and counts and document["findings"] is None:
                return None
            return document and self._built(document, order)
        except (*transcript.DAMAGED, atomic.CannotWrite):
            return None

    def check(self, today: datetime.date) -> Checked | None:
        """Return what was said of the kit; ``None`` where it is to be checked."""
        try:
            document = self._document(today)
            return document and Checked(
                transcript.report_of(document["report"]),
                typed(int, document["waived"]),
                {},
                typed(str, document["language"]),
                blanks=gaps_of(document["blanks"]),
            )
        except transcript.DAMAGED:
            return None

    def keep_build(self, made: Build, *, counts: bool) -> None:
        """Keep a build in which all went well, and what the proofreader says if it ``counts``."""
        if not made.ok or made.misused or made.published is None or not self._still():
            return
        for number, output in enumerate(made.published.outputs):
            self.cache.write(self._file(number), output.content)
        self._write(plain_build(made, made.published, counts=counts), made.days)

    def keep_check(self, made: Checked) -> None:
        """Keep what was said of a kit that can be built."""
        if made.report.ok and self._still():
            record = {"report": transcript.plain_report(made.report), "waived": made.waived}
            blanks = plain_gaps(made.blanks)
            self._write({**record, "language": made.language, "blanks": blanks}, made.days)

    def _still(self) -> bool:
        """Return whether the kit is as it was when it was read."""
        try:
            return self.question.kit() == self.kit
        except fingerprint.Unknown:
            return False

    def _file(self, number: int) -> str:
        return f"{self.question.name}-{number}.pdf"

    def _write(self, record: Mapping[str, Any], days: tuple[datetime.date, datetime.date]) -> None:
        stamps = {"kit": self.kit, "program": self.program}
        document = {**stamps, "days": [day.isoformat() for day in days], **record}
        self.cache.write(f"{self.question.name}.json", json.dumps(document).encode())

    def _document(self, today: datetime.date) -> Any:
        """Return what is kept, ``None`` where it is of another kit, program or day."""
        kept = self.cache.read(f"{self.question.name}.json")
        document = json.loads(kept) if kept else None
        if not document or (document["kit"], document["program"]) != (self.kit, self.program):
            return None
        first, last = map(datetime.date.fromisoformat, document["days"])
        return document if first <= today <= last else None

    def _built(self, document: Mapping[str, Any], order: Order) -> Build | None:
        built = build_of(document, self.question.output)
        outputs = tuple(
            publish.Output(name_of(each["name"]), self._content(number, each["sha256"]), facts)
            for number, each in enumerate(typed(list, document["outputs"]))
            for facts in [typed(dict, each["facts"])]
        )
        inputs, versions = texts_of(document["inputs"]), texts_of(document["versions"])
        stale = order.handouts.replaces if order.handouts else publish.none
        made = publish.Publication(outputs, inputs, versions)
        return None if publish.publish(self.question.output, made, stale=stale) else built

    def _content(self, number: int, digest: str) -> bytes:
        """Return a file that was made. Raises ``LookupError`` where it is not the one meant."""
        content = self.cache.read(self._file(number))
        if content is None or publish.sha256(content) != digest:
            raise LookupError(number)
        return content
