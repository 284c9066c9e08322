"""Writing verbs that are killed at any moment lose nothing; `make faults` kills many more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import attack


@pytest.mark.long
def test_verbs_that_are_killed_lose_nothing_and_can_be_called_again(tmp_path: Path) -> None:
    figures = attack(tmp_path, kills=10, seed=2021)
    assert figures.broken == []
    assert sum(figures.kills.values()) == 10
