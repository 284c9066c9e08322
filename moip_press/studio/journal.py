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
from collections.abc import Callable
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
    changed. ``undone`` where it was taken back.
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

    def note(self, file: str, before: str, after: str, label: str) -> None:
        """Add a step that turned a file's text into another; steps taken back are forgotten."""
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
            )
        )
        self._write()

    def last(self) -> Step | None:
        """Return the last step that was not taken back."""
        return next((step for step in reversed(self.steps) if not step.undone), None)

    def last_undone(self) -> Step | None:
        """Return the step that was taken back last, and can be made anew."""
        return next((step for step in self.steps if step.undone), None)

    def step(self, number: int) -> Step | None:
        """Return the step of a number."""
        return next((step for step in self.steps if step.number == number), None)

    def turned(self, turned: Step) -> None:
        """Note that a step was taken back, or made anew."""
        self.steps = [
            replace(step, undone=not step.undone) if step.number == turned.number else step
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
