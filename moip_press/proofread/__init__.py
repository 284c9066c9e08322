"""The proofreader: what a press officer would want to know before the kit is printed.

A rule takes the proof and yields its findings, all of them warnings; what cannot be built is
found by ``check``. Each family of rules is a folder here (``families.py`` asks them all), and its
codes are told of in ``rules/``.
"""

from __future__ import annotations

from moip_press.proofread import keeping
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Report

__all__ = ["Proof", "proofread"]


def proofread(proof: Proof) -> Report:
    """Return what there is to say of a kit, waived findings included.

    Nothing is said of a kit whose own fields could not be read.
    """
    if not proof.kit.named:
        return Report()
    kept = keeping.recall(proof)
    if kept is not None:
        return kept
    # the rules take a while to load, and are not needed where a kit is as it was
    from moip_press.proofread import families  # noqa: PLC0415

    found = families.read(proof)
    keeping.keep(proof, found)
    return found
