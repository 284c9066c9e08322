"""Pictures, headings and links for those who cannot see the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.diagnostics import Diagnostic
from moip_press.proofread.proof import Proof

RULES: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = ()
