"""What is compiled beside our modules is run: only what nobody else can have written is read."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from moip_press.pdf import known_sheets
from moip_press.press.compose import templates
from moip_press.system import compiled
from moip_press.system.cache import Cache


@pytest.fixture
def beside(tmp_path: Path) -> Cache:
    """A cache beside a module that its owner alone may write."""
    module = tmp_path / "module.py"
    module.touch()
    module.chmod(0o644)
    return Cache.of_module(str(module))


def kept(cache: Cache) -> Path:
    assert cache.folder
    cache.write("made", b"code")
    path = cache.folder / "made"
    path.chmod(0o644)
    assert cache.read("made") == b"code"
    return path


def test_each_cache_of_what_is_run_is_like_its_module() -> None:
    caches = [compiled.COMPILED, known_sheets.COMPILED, templates.COMPILED]
    assert all(cache.like and cache.like.suffix == ".py" for cache in caches)


@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
def test_what_others_may_write_is_not_read(beside: Cache, mode: int) -> None:
    kept(beside).chmod(mode)
    assert beside.read("made") is None
    assert Cache(beside.folder).read("made") == b"code"  # it is sound


def test_a_group_that_may_write_the_module_may_write_what_is_compiled(beside: Cache) -> None:
    assert beside.like
    beside.like.chmod(0o664)
    kept(beside).chmod(0o664)
    assert beside.read("made") == b"code"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_somebody_else_has_written_is_not_read(beside: Cache) -> None:
    os.chown(kept(beside), 12345, -1)
    assert beside.read("made") is None


def test_what_is_damaged_or_cut_or_of_another_name_is_not_read(beside: Cache) -> None:
    path = kept(beside)
    content = path.read_bytes()
    for other in (b"", content[:-1], content[:8], b"x" + content[1:]):
        path.write_bytes(other)
        assert beside.read("made") is None
    path.with_name("other").write_bytes(content)
    assert beside.read("other") is None


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.touch()
    (tmp_path / "__pycache__").touch()  # a file in its place
    cache = Cache.of_module(str(module))
    cache.write("made", b"code")
    assert cache.read("made") is None


def test_what_several_write_at_once_is_whole(beside: Cache) -> None:
    texts = [bytes([number]) * 200_000 for number in range(8)]

    def written(text: bytes) -> bool:
        beside.write("made", text)
        return beside.read("made") in texts

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(written, texts * 5))
    assert beside.folder
    assert [path.name for path in beside.folder.iterdir()] == ["made"]
