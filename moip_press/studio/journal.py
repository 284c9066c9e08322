"""What was changed in the studio, step by step, so that it can be taken back: also after a restart.

It lies in the user's state folder, a line a step, never in the kit. A step is the characters that
changed, and some of those around them, by which it is found again where others have changed the
file meanwhile.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import takewhile
from pathlib import Path

from moip_press.system import atomic

AROUND = 60  # characters on each side of a step
MOST = 2000  # steps that are kept


@dataclass(frozen=True)
class Step:
    """One change of one file: what stood from ``start`` on, and what stands there since.

    ``head`` and ``tail`` are the characters around it, ``at`` the moment in UTC, ``label`` what was
    changed. ``undone`` where it was taken back. ``made`` where the file was made by it. It is
    ``joined`` to the step before it where one change made both.
    """

    number: int
    at: str
    label: str
    file: str
    start: int
    before: str
    after: str
    head: str
    tail: str
    undone: bool = False
    made: bool = False
    joined: bool = False

    def found(self, text: str, there: str) -> int | None:
        """Return where in a text the words of this step stand; None where they do not, or twice.

        ``there`` are those of before or after, as the file should have them now.
        """
        whole = self.head + there + self.tail
        start = self.start - len(self.head)
        if not text.startswith(whole, start):
            start = text.find(whole)
            if start < 0 or text.find(whole, start + 1) >= 0:
                return None
        return start + len(self.head)


class Journal:
    """The steps of one kit, the newest last."""

    def __init__(self, path: Path, now: Callable[[], datetime.datetime]) -> None:
        self._path, self._now = path, now
        self.steps: list[Step] = self._read()

    @classmethod
    def of_kit(cls, kit: Path, state: Path, now: Callable[[], datetime.datetime]) -> Journal:
        """Return the journal of a kit, below the user's state folder."""
        name = hashlib.sha256(os.fsencode(kit.resolve())).hexdigest()[:16]
        return cls(state / "studio" / f"{name}.jsonl", now)

    def note(
        self, file: str, before: str | None, after: str, label: str, *, joined: bool = False
    ) -> None:
        """Add a step that turned a file's text into another; steps taken back are forgotten.

        ``before`` is None where there was no such file.
        """
        made, before = before is None, before or ""
        head = _shared(before, after)
        tail = _shared(before[head:][::-1], after[head:][::-1])
        end = len(after) - tail
        number = self.steps[-1].number + 1 if self.steps else 1
        kept = [step for step in self.steps if not step.undone]
        self.steps = kept[1 - MOST :]
        self.steps.append(
            Step(
                *(number, self._now().isoformat(timespec="seconds"), label, file, head),
                *(before[head : len(before) - tail], after[head:end]),
                *(after[max(0, head - AROUND) : head], after[end : end + AROUND]),
                made=made,
                joined=joined,
            )
        )
        self._write()

    def last(self) -> tuple[Step, ...]:
        """Return the steps of the last change that was not taken back; none for no such."""
        return self.change(next((s.number for s in reversed(self.steps) if not s.undone), 0))

    def last_undone(self) -> tuple[Step, ...]:
        """Return the steps of the change that was taken back last, and can be made anew."""
        return self.change(next((step.number for step in self.steps if step.undone), 0))

    def change(self, number: int) -> tuple[Step, ...]:
        """Return the steps of the change that one of a number belongs to."""
        found: list[Step] = []
        for step in self.steps:
            if not step.joined:
                if any(each.number == number for each in found):
                    break
                found = []
            found.append(step)
        return tuple(found) if any(each.number == number for each in found) else ()

    def turned(self, turned: Sequence[Step]) -> None:
        """Note that steps were taken back, or made anew."""
        numbers = {step.number for step in turned}
        self.steps = [
            replace(step, undone=not step.undone) if step.number in numbers else step
            for step in self.steps
        ]
        self._write()

    def _read(self) -> list[Step]:
        try:
            lines = self._path.read_text(encoding="utf-8").split("\n")
            return [Step(**json.loads(line)) for line in lines if line]
        except (OSError, ValueError, TypeError):
            return []

    def _write(self) -> None:
        """Keep the steps; what cannot be kept can still be taken back until the studio ends."""
        lines = (json.dumps(asdict(step), ensure_ascii=False) for step in self.steps)
        text = "".join(f"{line}\n" for line in lines)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            atomic.write_together({self._path: text.encode("utf-8", "surrogatepass")})
        except (OSError, atomic.CannotWrite):
            return


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
