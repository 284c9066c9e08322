"""Pictures, headings and links for those who cannot see the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.proofread.access.headings import headings_step_by_step
from moip_press.proofread.access.link_words import links_speak_for_themselves
from moip_press.proofread.access.pictures import pictures_are_fit_to_print
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Diagnostic

FINDERS: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (
    pictures_are_fit_to_print,
    headings_step_by_step,
    links_speak_for_themselves,
)
