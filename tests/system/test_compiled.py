"""Methods of dataclasses and regular expressions are kept compiled: they do the same as anew."""

from __future__ import annotations

import dataclasses
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from moip_press.system import compiled
from moip_press.system.cache import Cache


def made() -> list[Any]:
    """Return what a class and expressions do that are made now."""

    @dataclasses.dataclass(frozen=True, order=True)
    class Point:
        x: int
        y: int = 0

    one, two = Point(1), Point(x=1, y=2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.x = 2  # type: ignore[misc]
    re.purge()
    found = re.compile(r"(?i)(?P<word>[^\W\d]+)\s*(\d+)").search("Le Film 12 !")
    assert found
    letters = re.compile(rb"[\x80-\xff]+", re.DOTALL)
    told = [found.groupdict(), found.groups(), found.re.flags, found.re.pattern, repr(letters)]
    return [*told, repr(one), one < two, one == Point(1), hash(one) == hash(Point(1))]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled, "COMPILED", Cache(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def test_what_was_kept_does_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = made()
    before = dict(vars(compiled.EXPRESSIONS))
    with compiled.kept():
        assert made() == plain
    assert "exec" not in vars(dataclasses)
    assert vars(compiled.EXPRESSIONS) == before
    assert len([*folder.iterdir()]) == 1
    monkeypatch.setattr(compiled, "compile", None, raising=False)
    monkeypatch.setattr(compiled.EXPRESSIONS, "_code", None)
    with compiled.kept():
        assert made() == plain


def test_what_is_damaged_is_compiled_anew(folder: Path) -> None:
    with compiled.kept():
        plain = made()
    (kept,) = folder.iterdir()
    kept.write_bytes(b"damaged")
    with compiled.kept():
        assert made() == plain


def test_an_expression_that_is_wrong_is_refused_each_time(folder: Path) -> None:
    for _ in range(2):
        with compiled.kept(), pytest.raises(re.error):
            re.compile(r"(")
    assert not [*folder.iterdir()]
