"""WeasyPrint loaded the quick way: the same library, the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cffi
import pytest

from moip_press.pdf import declarations, loading

ROOT = Path(__file__).parents[2]


def python(program: str, *words: str) -> str:
    """Run a program in a new process, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def test_what_is_known_of_the_declarations_is_current() -> None:
    program = (
        "from moip_press.pdf import declarations\n"
        "from moip_press.pdf.loading import written\n"
        "print('current', written() == open(declarations.__file__, encoding='utf-8').read())\n"
    )
    assert python(program).splitlines()[-1] == "current True"


def test_nothing_is_loaded_that_is_not_needed() -> None:
    program = (
        "import sys\n"
        "from moip_press.pdf import loading\n"
        "loading.load()\n"
        "import weasyprint, cffi\n"
        "print(*sorted({'pycparser', 'fontTools.subset', 'fontTools.varLib'} & set(sys.modules)))\n"
        "from weasyprint.pdf import fonts\n"
        "print(fonts.subset.Options.__module__)\n"
        "import fontTools.subset\n"
        "print(fonts.subset.Options is fontTools.subset.Options, cffi.FFI is cffi.api.FFI)\n"
    )
    assert python(program).splitlines() == ["fontTools.subset", "True True"]


@pytest.mark.long
def test_pages_are_the_same_to_the_byte(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "if sys.argv[1] == 'plain':\n"
        "    import weasyprint\n"
        "from moip_press.press import journey\n"
        "journey.build(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))\n"
        "print('pycparser' in sys.modules)\n"
    )
    kit = ROOT / "tests" / "kits" / "heard"
    made = {}
    for way in ("quick", "plain"):
        loaded = python(program, way, str(kit), str(tmp_path / way))
        assert loaded == str(way == "plain")
        made[way] = (tmp_path / way / "dossier.pdf").read_bytes()
    assert made["quick"] == made["plain"]


@pytest.mark.parametrize("known", [False, True])
def test_other_declarations_are_read_as_they_are(
    monkeypatch: pytest.MonkeyPatch, *, known: bool
) -> None:
    def refused() -> None:
        raise ImportError

    with loading.declared() as made:
        ffi = cffi.FFI()
        ffi.cdef("int abs(int);")
        ffi.cdef("typedef struct { int a; } pair;")
    assert made == [ffi]
    if known:  # a cffi that does not want them
        monkeypatch.setattr(declarations, "DIGEST", loading.digest(ffi.texts))
        monkeypatch.setattr(declarations, "ffi", refused)
    assert ffi.dlopen(None).abs(-3) == 3
    assert ffi.new("pair *").a == 0
    assert cffi.FFI is cffi.api.FFI
