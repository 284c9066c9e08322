"""What all tests share: the flag that writes expected reports anew."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-expected",
        action="store_true",
        help="write the expected reports of tests/broken/ anew, to be read before they are kept",
    )


@pytest.fixture
def rewrite_expected(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite-expected"))
