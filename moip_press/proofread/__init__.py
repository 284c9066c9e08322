"""The proofreader: what a press officer would want to know before the kit is printed.

A rule takes the proof and yields its findings, all of them warnings; what cannot be built is
found by ``check``. Each family of rules is a folder here, and its codes are told of in
``rules/``.
"""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.diagnostics import Diagnostic, Report
from moip_press.proofread import (
    access,
    claims,
    dates,
    links,
    names,
    twice,
    typography,
    words,
)
from moip_press.proofread.proof import Proof

FAMILIES = (dates, twice, names, claims, links, typography, words, access)

__all__ = ["Proof", "proofread"]


def proofread(proof: Proof) -> Report:
    """Return what there is to say of a kit, waived findings included.

    Nothing is said of a kit whose own fields could not be read.
    """
    return Report.of(_found(proof) if proof.kit.named else ())


def _found(proof: Proof) -> Iterator[Diagnostic]:
    for family in FAMILIES:
        for rule in family.RULES:
            yield from rule(proof)
