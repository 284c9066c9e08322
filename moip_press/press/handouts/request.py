"""What the command line asks for when it asks for handouts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a build of which nothing has changed loads no stage
    from moip_press.kit.selection import Selection

SECTION = "--section"
BY = "--by"


@dataclass(frozen=True)
class Request:
    """What the command line asks for; nothing at all asks for the kit's own handouts.

    ``rest`` says whether what has no region or theme is gathered too. ``folios`` are
    the handout's "own", or those of the "dossier".
    """

    sections: tuple[str, ...] = ()
    by: str | None = None
    select: Selection | None = None
    folios: str = "own"
    rest: bool = True

    @property
    def partial(self) -> bool:
        """Whether it names some of the kit's handouts, and says nothing of the others."""
        return bool(self.sections) and not (self.by or self.select)

    @property
    def kind(self) -> Mapping[str, Any]:
        """What the manifest says of handouts that were made for such a request."""
        if not (self.by or self.select):
            return {"of": "kit"}
        written = list(self.select.written) if self.select else []
        said = {"by": self.by, "select": written, "sections": list(self.sections)}
        return {"of": "selection", **{name: value for name, value in said.items() if value}}

    def replaces(self, facts: Mapping[str, Any]) -> bool:
        """Tell whether a handout that the manifest names is no longer asked for, if not made.

        That is known only of those that a request of the same kind made.
        """
        if self.partial:
            return False
        return facts.get("kind") == "handout" and facts.get("request") == self.kind
