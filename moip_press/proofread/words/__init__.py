"""Spelling, and words that are spelt in two ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.diagnostics import Diagnostic
from moip_press.proofread.proof import Proof

RULES: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = ()
