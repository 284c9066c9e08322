"""Numbers against what they count, and page numbers typed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.proofread.claims.editions import editions_agree
from moip_press.proofread.claims.enumerations import enumerations_as_announced
from moip_press.proofread.claims.lists import lists_as_announced
from moip_press.proofread.claims.pages import pages_typed_by_hand
from moip_press.proofread.claims.totals import totals_agree, totals_fit_what_is_listed
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Diagnostic

RULES: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (
    lists_as_announced,
    enumerations_as_announced,
    totals_agree,
    totals_fit_what_is_listed,
    editions_agree,
    pages_typed_by_hand,
)
