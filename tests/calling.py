"""The command line as tests call it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from moip_press import cli

Run = Callable[..., tuple[int, str, str]]


def call(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Return the exit code, and what was printed on both streams: never a traceback."""
    code = cli.run([str(word) for word in words])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err
