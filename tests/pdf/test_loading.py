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


@pytest.mark.parametrize("known", [False, True])
def test_style_sheets_of_weasyprint_are_there_whether_they_were_kept_or_not(*, known: bool) -> None:
    program = (
        "import re, sys\n"
        "from moip_press.pdf import loading\n"
        "if sys.argv[1] == 'loaded':\n"
        "    loading.load()\n"
        "    if sys.argv[2] == 'anew':\n"
        "        from moip_press.pdf import known_sheets\n"
        "        known_sheets._read = lambda key: None\n"
        "        from weasyprint import html\n"
        "        sheets = html.UA_STYLESHEET, html.UA_FORM_STYLESHEET, html.PH_STYLESHEET\n"
        "        for sheet in sheets:\n"
        "            sheet.__init__(string='')\n"
        "        html.UA_COUNTER_STYLE.clear()\n"
        "        known_sheets.give_own_styles()\n"
        "from weasyprint import html\n"
        "for sheet in (html.UA_STYLESHEET, html.UA_FORM_STYLESHEET, html.PH_STYLESHEET):\n"
        "    print(re.sub(' at 0x[0-9a-f]+', '', repr(vars(sheet.matcher))), sheet.page_rules)\n"
        "print(html.UA_COUNTER_STYLE)\n"
    )
    how = "kept" if known else "anew"
    assert python(program, "loaded", how) == python(program, "plain", how)


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
