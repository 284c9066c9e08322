"""The same thing told twice: events in two sections, paragraphs repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.proofread.proof import Proof
from moip_press.proofread.twice.events import told_twice
from moip_press.proofread.twice.lists import listed_twice
from moip_press.proofread.twice.paragraphs import repeated
from moip_press.report.diagnostics import Diagnostic

RULES: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (told_twice, repeated, listed_twice)
