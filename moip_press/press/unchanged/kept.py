"""What was made and said for one question about one kit, in the cache."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from moip_press.kit import fingerprint
from moip_press.press import publish
from moip_press.press.outcome import Build, Dossier, HandoutFile, Order
from moip_press.press.unchanged import form
from moip_press.proofread.review import Checked, Gap
from moip_press.report import transcript
from moip_press.system import atomic
from moip_press.system.cache import Cache

DAMAGED = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


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

    def build(self, order: Order, today: datetime.date) -> Build | None:
        """Write what was built, and return how that ended; ``None`` where it is to be built."""
        try:
            document = self._document(today)
            return document and self._built(document, order)
        except (*DAMAGED, atomic.CannotWrite):
            return None

    def check(self, today: datetime.date) -> Checked | None:
        """Return what was said of the kit; ``None`` where it is to be checked."""
        try:
            document = self._document(today)
            return document and Checked(
                transcript.read(document["report"]),
                form.of(int, document["waived"]),
                {},
                form.of(str, document["language"]),
                blanks=_gaps(document["blanks"]),
            )
        except DAMAGED:
            return None

    def keep_build(self, made: Build) -> None:
        """Keep a build in which all went well."""
        if not made.ok or made.misused or made.published is None or not self._still():
            return
        for number, output in enumerate(made.published.outputs):
            self.cache.write(self._content(number), output.content)
        self._write(_record(made, made.published), made.days)

    def keep_check(self, made: Checked) -> None:
        """Keep what was said of a kit that can be built."""
        if made.report.ok and self._still():
            record = {"report": transcript.written(made.report), "waived": made.waived}
            blanks = _places(made.blanks)
            self._write({**record, "language": made.language, "blanks": blanks}, made.days)

    def _still(self) -> bool:
        """Tell whether the kit is as it was when it was read."""
        try:
            return self.question.kit() == self.kit
        except fingerprint.Unknown:
            return False

    def _content(self, number: int) -> str:
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
        form.of_build(document)
        outputs = tuple(
            publish.Output(output["name"], self._read(number, output["sha256"]), output["facts"])
            for number, output in enumerate(document["outputs"])
        )
        published = publish.Publication(outputs, document["inputs"], document["versions"])
        stale = order.handouts.replaces if order.handouts else publish.none
        unwritten = publish.publish(self.question.output, published, stale=stale)
        return None if unwritten else _build(document, self.question.output)

    def _read(self, number: int, digest: str) -> bytes:
        """Return a file that was made. Raises ``LookupError`` where it is not the one meant."""
        content = self.cache.read(self._content(number))
        if content is None or publish.sha256(content) != digest:
            raise LookupError(number)
        return content


def _record(made: Build, published: publish.Publication) -> Mapping[str, Any]:
    """Return a build as plain values."""
    dossier = made.dossier
    return {
        "report": transcript.written(made.report),
        "language": made.language,
        "findings": made.findings,
        "words": dict(made.words),
        "dossier": dossier
        and {
            "name": dossier.path.name,
            "pages": dossier.pages,
            "size": dossier.size,
            "blanks": _places(dossier.blanks),
        },
        "handouts": [
            [f"{each.path.parent.name}/{each.path.name}", each.title, each.pages, each.events]
            for each in made.handouts
        ],
        "outputs": [
            {"name": output.name, "sha256": publish.sha256(output.content), "facts": output.facts}
            for output in published.outputs
        ],
        "inputs": dict(published.inputs),
        "versions": dict(published.versions or {}),
    }


def _build(document: Mapping[str, Any], output: Path) -> Build:
    """Return the build of which ``_record`` made these values, into the folder ``output``."""
    dossier = document["dossier"]
    return Build(
        dossier
        and Dossier(
            output / dossier["name"], dossier["pages"], dossier["size"], _gaps(dossier["blanks"])
        ),
        transcript.read(document["report"]),
        {},
        document["language"],
        partial(int, document["findings"]),
        handouts=tuple(
            HandoutFile(output / name, title, pages, events)
            for name, title, pages, events in document["handouts"]
        ),
        words=document["words"],
        unchanged=True,
    )


def _gaps(blanks: Sequence[Any]) -> tuple[Gap, ...]:
    return tuple(Gap(title, transcript.span(place)) for title, place in blanks)


def _places(gaps: Sequence[Gap]) -> list[Any]:
    return [[gap.title, transcript.place(gap.span)] for gap in gaps]
