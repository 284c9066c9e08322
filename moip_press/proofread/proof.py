"""What a rule of the proofreader is given, and how it answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from moip_press.kit.folders import Theme
from moip_press.kit.model.edition import Glossary
from moip_press.kit.model.kit import Kit
from moip_press.proofread.passages import Passage, PlacedEvent, Role, events, passages
from moip_press.report.diagnostics import Diagnostic, Edit, Message, Related, Span
from moip_press.system.cache import Cache


@dataclass(frozen=True)
class Proof:
    """A kit as it lies before the proofreader. `today` is the day on which it is read."""

    kit: Kit
    theme: Theme
    today: datetime.date
    cache: Cache = field(default_factory=Cache)

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


def finding(
    code: str,
    span: Span,
    message: Message,
    hint: Message | None = None,
    *,
    related: Iterable[Related] = (),
    fix: Iterable[Edit | None] | None = None,
    safe: bool = True,
) -> Diagnostic:
    """Return a warning; where one edit of a fix cannot be made, the finding has none."""
    edits = None if fix is None else list(fix)
    whole = edits is not None and all(edit is not None for edit in edits)
    made = [edit for edit in edits or () if edit is not None] if whole else None
    return Diagnostic.warning(
        code, span, message, hint, related=related, fix=made or None, safe=safe
    )
