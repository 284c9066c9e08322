"""What the measurements were made on: neither the name of a machine nor a path of it."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

from moip_press import __version__
from tests.bench import programs
from tests.bench.processes import Failed, answer

CPU = Path("/proc/cpuinfo")


def machine() -> dict[str, str | int]:
    """Return processor, cores, memory in bytes, system and Python."""
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1,
        "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": _system(),
        "python": platform.python_version(),
    }


def versions() -> dict[str, str]:
    """Return the version of each program that is measured."""
    return {"moip-press": __version__, **programs.versions()}


def _cpu() -> str:
    if sys.platform == "darwin":
        return _said("sysctl", "-n", "machdep.cpu.brand_string")
    lines = CPU.read_text().splitlines() if CPU.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _system() -> str:
    if sys.platform == "darwin":
        return f"macOS {platform.mac_ver()[0]}"
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"


def _said(*command: str) -> str:
    try:
        return answer(command).strip()
    except (Failed, OSError):
        return platform.processor()
