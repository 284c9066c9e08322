"""What WeasyPrint only logs while it works."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.logger import LOGGER

from moip_press.pdf.typeset.fetching import REFUSED, Fetcher, Missed

FONTS = (".ttf", ".otf", ".woff", ".woff2")

Fault = str | Missed
"""What WeasyPrint logged, or a file that it asked for in vain."""


class _Faults(logging.Handler):
    """Gathers what WeasyPrint only logs, but for the files that the fetcher refused."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[Fault] = []

    def emit(self, record: logging.LogRecord) -> None:
        if REFUSED not in (text := record.getMessage()):
            self.found.append(text)


@contextmanager
def listening(fetcher: Fetcher | None = None) -> Iterator[list[Fault]]:
    """Yield the list of what WeasyPrint says meanwhile, and then of what the fetcher missed."""
    handler = _Faults()
    before = LOGGER.propagate, len(fetcher.missed) if fetcher else 0
    LOGGER.addHandler(handler)
    LOGGER.propagate = False
    try:
        yield handler.found
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.propagate = before[0]
    if fetcher and (missed := fetcher.missed[before[1] :]):
        fonts = any(fault.name.lower().endswith((*FONTS, ")")) for fault in missed)
        kept = (
            fault for fault in handler.found if not (fonts and str(fault).startswith("Font-face"))
        )
        handler.found[:] = [*kept, *missed]
