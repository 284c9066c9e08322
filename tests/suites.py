"""Which cases of a test `make test` runs, and which are left to `make test-all`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def mostly_long(cases: Iterable[Any], often: Iterable[Any]) -> list[Any]:
    """Return all cases of a test, as parameters: those not in ``often`` for the long suite."""
    every, kept = list(cases), list(often)
    assert kept
    assert all(case in every for case in kept)
    return [case if case in kept else pytest.param(case, marks=pytest.mark.long) for case in every]
