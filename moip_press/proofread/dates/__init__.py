"""Days and hours that disagree with each other, with the calendar or with the kit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.diagnostics import Diagnostic
from moip_press.proofread.proof import Proof

RULES: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = ()
