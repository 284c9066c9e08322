"""The pages of a kit as the studio showed them last: there at once where nothing has changed since.

Whether anything has is answered by content: of the kit, the program and what it stands on.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
from dataclasses import dataclass
from pathlib import Path

from moip_press.kit import fingerprint
from moip_press.press.preview import PASSING
from moip_press.studio.told import Page
from moip_press.system.cache import Cache
from moip_press.system.enforcement import Answer, Broken

Pictures = dict[str, tuple[bytes, int]]


@dataclass(frozen=True)
class ShownBefore:
    """The dossier's pages of one kit, and the PDFs that have them, as ``State`` holds them."""

    kit: Path
    output: Path
    cache: Cache

    def state_of_kit(self) -> str:
        """Return what tells the kit as it is, and what makes its pages, from others.

        Empty where that cannot be told.
        """
        made = fingerprint.OURS if self.output.resolve() == self.kit.resolve() else ("*",)
        aside = fingerprint.Aside(self.output, self.cache.folder, made, PASSING)
        try:
            return fingerprint.of_kit(self.kit, aside) + fingerprint.of_program()
        except fingerprint.Unknown:
            return ""

    def read(self) -> tuple[tuple[Page, ...], Pictures] | None:
        """Return the pages and PDFs that were kept of the kit as it is now; None for none."""
        content = self.cache.read(self._name)
        if content is None:
            return None
        try:
            known, pages, pdfs = Answer(io.BytesIO(content)).load()
        except (Broken, pickle.UnpicklingError, EOFError, TypeError, ValueError):
            return None
        return (pages, pdfs) if known and known == self.state_of_kit() else None

    def keep(self, state: str, pages: tuple[Page, ...], pdfs: Pictures) -> None:
        """Keep pages of the kit as ``state_of_kit`` told it."""
        shown = {page.look: pdfs[page.look] for page in pages}
        if state:
            self.cache.write(self._name, pickle.dumps((state, pages, shown)))

    @property
    def _name(self) -> str:
        place = hashlib.sha256(os.fsencode(self.kit.resolve())).hexdigest()
        return f"shown-{place}"
