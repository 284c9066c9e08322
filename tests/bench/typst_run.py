"""`python -m tests.bench.typst_run SOURCE PDF`: what a user of Typst's Python package would run."""

from __future__ import annotations

import sys
from pathlib import Path

import typst

if __name__ == "__main__":
    source, pdf = map(Path, sys.argv[1:])
    typst.compile(
        source,
        output=pdf,
        root=source.parent,
        font_paths=[source.parent / "styles" / "fonts"],
        ignore_system_fonts=True,
        pdf_standards=["ua-1", "a-3a"],
    )
