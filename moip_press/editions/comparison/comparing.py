"""Two versions of a kit become the changes from one to the other. Reads nothing, writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from moip_press.editions.comparison import contents, events, facts
from moip_press.editions.comparison.changes import KINDS, Change, Changes
from moip_press.editions.comparison.document import NOTHING, Document, Record, Standing, items, text
from moip_press.editions.comparison.events import NOWHERE, Section
from moip_press.editions.comparison.marking import KIT, marks
from moip_press.editions.comparison.matching import Matches, match
from moip_press.editions.comparison.scope import scoped
from moip_press.kit.matching import Face

FURNITURE = frozenset({"cover", "contents", "contacts", "about", "partners", "credits", "changes"})
"""Parts that hold nothing of their own: what they print is compared with the kit."""
EDITORIAL = "editorial"
WORDS_OF_EVENT = 4
"""An event that a part holds says as much of it as so many words of its text."""


def compare(old: Document, new: Document) -> Changes:
    """Return what a reader of ``old`` finds changed in ``new``.

    Where one of the two is a handout and the other is not, only what it holds is compared.
    """
    partial = (old.handout is None) != (new.handout is None)
    before, after = scoped(old, new) if partial else (old, new)
    comparison = _Comparison(before, after)
    found = sorted(comparison.changes(), key=lambda change: KINDS.index(change.kind))
    return Changes(old, new, tuple(found), marks(found, comparison.held()), partial)


class _Comparison:
    """Two versions, matched once: events first, then the parts that hold them."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self.before, self.after = old.events(), new.events()
        self.events = match(
            [each.record for each in self.before],
            [each.record for each in self.after],
            events.face,
        )
        self.parts = self._parts()
        self._keys = dict(self.parts.pairs)

    def changes(self) -> Iterator[Change]:
        """Yield all changes, each kind in the order of print."""
        yield from self._of_events()
        yield from contents.listed(
            items(self.old.kit, "contacts"),
            items(self.new.kit, "contacts"),
            "contact",
            "contact",
            NOWHERE,
        )
        yield from self._of_parts()
        yield from facts.of_kit(self.old, self.new)

    def held(self) -> Iterator[tuple[str, Record | None, Record]]:
        """Yield what the new version holds beside events: its owner, the old one, the new one."""
        origin = {other: self.old.parts[one] for one, other in self.parts.pairs}
        for place, part in enumerate(self.new.parts):
            yield text(part, "id"), origin.get(place), part
        yield KIT, self.old.kit, self.new.kit

    def _of_events(self) -> Iterator[Change]:
        for one, other in self.events.pairs:
            old, new = self.before[one], self.after[other]
            change = events.compared(
                old.record,
                new.record,
                self._section(old, new=False),
                self._section(new, new=True),
            )
            if change:
                yield change
        for place in self.events.new:
            yield events.added(self.after[place].record, self._section(self.after[place], new=True))
        for place in self.events.gone:
            old = self.before[place]
            yield events.removed(old.record, self._section(old, new=False))

    def _section(self, event: Standing, *, new: bool) -> Section:
        if event.section < 0:
            return NOWHERE
        part = (self.new if new else self.old).parts[event.section]
        known = event.section if new else self._keys.get(event.section)
        key = f"gone {event.section}" if known is None else str(known)
        return Section(key, text(part, "title"), text(part, "id"))

    def _of_parts(self) -> Iterator[Change]:
        for one, other in self.parts.pairs:
            old, new = self.old.parts[one], self.new.parts[other]
            yield from contents.compared(old, new, _sort(new), EDITORIAL, _standing(new))
        for place in self.parts.new:
            yield from self._whole(self.new.parts[place], "added")
        for place in self.parts.gone:
            yield from self._whole(self.old.parts[place], "removed")

    def _whole(self, part: Record, act: str) -> Iterator[Change]:
        if text(part, "type") not in FURNITURE:
            yield contents.whole(
                _head(part), act, _sort(part), EDITORIAL, _standing(part, own=True)
            )

    def _parts(self) -> Matches:
        """Return which part is which: by id, title, text and the events that it holds."""
        shared = [_shared(self.before), _shared(self.after)]
        for one, other in self.events.pairs:
            for known, place in zip(shared, (one, other), strict=True):
                known[place] = f"event {other}"
        holds = [
            _holding(document.parts, found, known)
            for document, found, known in zip(
                (self.old, self.new), (self.before, self.after), shared, strict=True
            )
        ]
        known_by = {id(part): words for held in holds for part, words in held}
        return match(
            self.old.parts, self.new.parts, lambda part: _face(part, known_by.get(id(part), ()))
        )


def _shared(found: Sequence[Standing]) -> dict[int, str]:
    return dict.fromkeys(range(len(found)), "")


def _holding(
    parts: Sequence[Record], found: Sequence[Standing], known: dict[int, str]
) -> list[tuple[Record, tuple[str, ...]]]:
    words: dict[int, list[str]] = {}
    for place, event in enumerate(found):
        words.setdefault(event.section, []).append(known[place])
    return [
        (part, tuple(sorted(words.get(place, []) * WORDS_OF_EVENT)))
        for place, part in enumerate(parts)
    ]


def _face(part: Record, held: tuple[str, ...]) -> Face:
    found = contents.face(_head(part), "part")
    return replace(found, words=held or found.words)


def _head(part: Record) -> Record:
    """Return a part without its events."""
    return {name: value for name, value in part.items() if name != "events"} if part else NOTHING


def _standing(part: Record, *, own: bool = False) -> Section:
    """Return where the records of a part stand; a part that is told itself stands nowhere."""
    return Section("", "" if own else text(part, "title"), text(part, "id"))


def _sort(part: Record) -> str:
    """Return what a part is to a reader: an editorial, an interview, a section."""
    found = text(part, "type")
    return "section" if found == "programme" else found or "part"
