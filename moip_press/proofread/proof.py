"""What a rule of the proofreader is given, and how it answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from moip_press.kit.model.edition import Glossary
from moip_press.kit.model.kit import Kit
from moip_press.proofread.passages import Passage, PlacedEvent, Role, events, passages
from moip_press.report.diagnostics import Diagnostic, Edit, Message, Related, Said, Span
from moip_press.report.messages import N_
from moip_press.system.cache import Cache
from moip_press.system.grammalecte import Grammalecte


@dataclass(frozen=True)
class Proof:
    """A kit as it lies before the proofreader. `today` is the day on which it is read."""

    kit: Kit
    today: datetime.date
    cache: Cache = field(default_factory=Cache)
    grammar: Grammalecte | None = None
    """What reads the grammar, where the kit or the user wants that; ``None``: nothing does."""

    @property
    def language(self) -> str:
        """The language of the kit: `fr` or `en`."""
        return self.kit.edition.language

    @property
    def glossary(self) -> Glossary:
        """The names and words that the kit vouches for."""
        return self.kit.glossary

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The texts of the kit, a paragraph or a line each, in the order of its files."""
        return passages(self.kit)

    @cached_property
    def events(self) -> tuple[PlacedEvent, ...]:
        """The events of all sections, in the order of the kit."""
        return events(self.kit)

    def read(self, *roles: Role) -> Iterator[Passage]:
        """Yield the passages that have one of the roles."""
        return (passage for passage in self.passages if passage.role in roles)


MOST = 1000
"""Places that a finding names beside its own."""


def finding(
    code: str,
    places: Span | Sequence[Span],
    message: Said | tuple[str, str],
    hint: Said | None = None,
    /,
    *,
    related: Iterable[Related] = (),
    fix: Iterable[Edit | None] | None = None,
    **values: Any,
) -> Diagnostic:
    """Return a warning at the first of the places, which names the others (at most `MOST`).

    A pair of msgids is counted by the places. Where one edit of a fix cannot be made, the
    finding has none.
    """
    first, *others = [places] if isinstance(places, Span) else places
    if isinstance(message, tuple):
        message = Message.counted(message, 1 + len(others), **values)
    edits = list(fix or ())
    made = [edit for edit in edits if edit is not None]
    also = [Related(place, Message(N_("Here too."))) for place in others]
    return Diagnostic.warning(
        code,
        first,
        message,
        hint,
        related=[*also, *related][:MOST],
        fix=made if made and len(made) == len(edits) else None,
        **values,
    )
