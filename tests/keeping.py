"""A cache for the whole run of the tests: fonts and dictionaries are read once."""

from __future__ import annotations

import atexit
import tempfile
from pathlib import Path

from moip_press.system.cache import Cache

_FOLDER = tempfile.TemporaryDirectory(prefix="moip-press-")
atexit.register(_FOLDER.cleanup)
KEPT = Cache(Path(_FOLDER.name))
