"""What was composed before: templates that were read, texts whose typography was set."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from types import CodeType
from typing import TypeVar

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

T = TypeVar("T")


class Remembered(BytecodeCache):
    """Remembers templates by what stands in them, and texts by their words, within a process.

    What was not asked for between two calls of ``turn`` is forgotten.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}
        self._texts: dict[Hashable, str] = {}
        self._asked: dict[Hashable, str] = {}

    def turn(self) -> None:
        """Forget the texts that were not asked for since the last time."""
        self._texts, self._asked = self._asked, {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template as it was read before, if nothing in it changed."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember a template that was read."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code

    def text(self, key: Hashable, make: Callable[[], str]) -> str:
        """Return the text that was made of the same words, else make it."""
        known = self._asked.get(key) or self._texts.get(key)
        if known is None:
            known = make()
        self._asked[key] = known
        return known

    def resolved(
        self, key: Hashable, make: Callable[[Callable[[T], str]], str], resolve: Callable[[T], str]
    ) -> str:
        """Return the text that was made of the same words, unless it resolves references."""
        known = self._asked.get(key) or self._texts.get(key)
        if known is not None:
            self._asked[key] = known
            return known
        asked: list[T] = []

        def noted(reference: T) -> str:
            asked.append(reference)
            return resolve(reference)

        made = make(noted)
        if not asked:
            self._asked[key] = made
        return made
