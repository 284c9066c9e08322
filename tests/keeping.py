"""A cache for the whole run of the tests: fonts and dictionaries are read once, by one worker."""

from __future__ import annotations

import atexit
import os
import tempfile
from pathlib import Path

from moip_press.system.cache import Cache

SHARED = "MOIP_PRESS_TESTS_CACHE"
"""Names the folder to the workers of pytest-xdist, which the first process of a run starts."""

if SHARED not in os.environ:
    _FOLDER = tempfile.TemporaryDirectory(prefix="moip-press-")
    atexit.register(_FOLDER.cleanup)
    os.environ[SHARED] = _FOLDER.name
KEPT = Cache(Path(os.environ[SHARED]))
