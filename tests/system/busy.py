"""A module that a helper answers with, and never does: it works on."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path


def answer(_question: bytes) -> bytes:
    """Work on, with a temporary file."""
    Path(tempfile.mkdtemp(), "work").touch()
    while True:
        time.sleep(0.01)
