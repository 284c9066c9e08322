"""The sessions of an event merged one by one: what is moved, cancelled or new is a change of each.

A session that an import does not speak of stays; one that has left its source is proposed as
cancelled, as events are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from moip_press.exchange.changes.field_values import FieldValues
from moip_press.exchange.changes.proposal import Change, Item, Nature
from moip_press.exchange.changes.provenance import OWN, Entry
from moip_press.exchange.columns.kit_rows import PLACE, KitRow
from moip_press.exchange.columns.record_sheets import IN_EVENTS
from moip_press.exchange.incoming.batch import Incoming, Value
from moip_press.kit.when import When, write_when

Values = Mapping[str, Value]
Trait = Callable[[Values], Hashable | None]
KIND = "session"
NEW = Change("", Nature.NEW)
Compare = Callable[
    [str, Incoming, KitRow, "Entry | None", "Mapping[str, Value] | None"],
    tuple[list[Change], list[str]],
]
"""Returns the changes of a record, and the fields that the team edited; see `three_way_merge`."""


@dataclass(frozen=True)
class EventSessions:
    """An event of the kit with its sessions, and the same event as it comes.

    ``known`` are the sessions at the last import of this source, by their keys there. Where the
    source is ``whole``, it names all its sessions.
    """

    source: str
    row: KitRow
    ours: Sequence[KitRow]
    record: Incoming
    known: Mapping[str, Entry]
    whole: bool
    values: FieldValues

    @property
    def own(self) -> bool:
        """Whether it comes in a table of ours."""
        return self.source.startswith(OWN)

    @property
    def idle(self) -> bool:
        """Whether neither side has a list of sessions."""
        return not self.ours and not self.record.sessions

    # --- what the event itself says -------------------------------------------------------

    def event(self) -> Incoming:
        """Return what comes of the event itself, to be compared with the event of the kit.

        Where the kit has one date for it, that of the session which is the same counts.
        """
        values = dict(self.record.values)
        if self.ours:
            values.pop("when", None)
        elif (at := self._same_as_the_event) is not None:
            session = self.record.sessions[at].values
            values |= {IN_EVENTS[p]: value for p, value in session.items() if p in OF_EVENTS}
        return replace(self.record, values=values)

    @property
    def _parts(self) -> tuple[When, ...]:
        """The sessions that the words of the kit's date make."""
        when = self.values.meaning(self.row.values.get("when", ""))
        return when.each() if isinstance(when, When) else ()

    @property
    def _same_as_the_event(self) -> int | None:
        """The place of the session that comes and is the one that the kit has; none of several."""
        found = {ours: theirs for theirs, ours in self._of_parts().items()}
        return found.get(0) if len(self._parts) == 1 else None

    def _of_parts(self) -> dict[int, int]:
        parts = [{"when": self._words(part)} for part in self._parts]
        theirs = [session.values for session in self.record.sessions]
        found = pair(parts, theirs, self.values, moved=not self.own)
        if len(parts) == 1 and not found and theirs:
            found = {0: 0}  # the first of several is what it has become
        return found

    def _words(self, when: When) -> str:
        return write_when(when, self.values.language, self.values.period) or ""

    # --- its sessions ---------------------------------------------------------------------

    def items(self, compare: Compare) -> Iterator[Item]:
        """Yield what changes of sessions, and what is new."""
        theirs = tuple(self._each())
        if not self.ours:
            same = self._of_parts()
            yield from map(self._new, (s for n, s in enumerate(theirs) if n not in same))
            return
        found = self._paired(theirs)
        for number, session in enumerate(theirs):
            if number in found:
                yield self._merged(session, self.ours[found[number]], compare)
            elif self._by_date(session) is None:  # else the team did not want it, or took it out
                yield self._new(session)
        if self.whole and self.record.sessions:
            yield from self._gone({self.ours[at].uid for at in found.values()})

    def _each(self) -> Iterator[Incoming]:
        """Yield the sessions that come, a day each where the kit has days apart."""
        whole = Incoming(KIND, None, None, {"when": self.record.values.get("when", "")})
        alone = replace(whole, places=self.record.places)
        for session in self.record.sessions or ((alone,) if self.ours else ()):
            when = self.values.meaning(session.values.get("when", ""))
            parts = self._days(when) if isinstance(when, When) else ()
            if len(parts) < 2:
                yield session
                continue
            for part in parts:
                yield replace(session, values={**session.values, "when": self._words(part)})

    def _days(self, when: When) -> tuple[When, ...]:
        parts = when.each()
        if len(parts) > 1 or not self.ours or when.kind not in ("days", "range"):
            return parts if self.ours else (when,)
        kept = {self.values.meaning(row.values.get("when", "")) for row in self.ours}
        return (when,) if when in kept else when.apart()

    def _paired(self, theirs: Sequence[Incoming]) -> dict[int, int]:
        """Return the session of the kit that each is: by its key, else by its date."""
        places = {row.uid: number for number, row in enumerate(self.ours)}
        keys = [self._key(session) for session in theirs]
        found: dict[int, int] = {}
        for number, (key, session) in enumerate(zip(keys, theirs, strict=True)):
            entry = self.known.get(key)
            name = entry.id if entry else session.uid if self.own else None
            if name in places and places[name] not in found.values():
                found[number] = places[name]
        others = [number for number in range(len(theirs)) if number not in found]
        taken = set(found.values())
        free = [number for number in range(len(self.ours)) if number not in taken]
        likened = pair(
            [self.ours[at].values for at in free],
            [theirs[number].values for number in others],
            self.values,
            moved=self.whole,
        )
        return found | {others[after]: free[before] for after, before in likened.items()}

    def _key(self, session: Incoming, row: KitRow | None = None) -> str:
        """Return what a session is remembered by: its key at the source, else its name."""
        name = session.uid or (row.uid if row else "")
        return f"{self.record.uid or self.row.uid}#{name}" if name else ""

    def _merged(self, session: Incoming, row: KitRow, compare: Compare) -> Item:
        key = self._key(session, row)
        entry = None if self.own else self.known.get(key) or self._by_date(session)
        base = entry.values if entry else session.base
        changes, kept = compare(self.source, session, row, entry, base)
        return self._item(key, row, session, changes, kept)

    def _by_date(self, session: Incoming) -> Entry | None:
        """Return what was known of a session that the team has moved since, or does not want."""
        date = self.values.meaning(session.values.get("when", ""))
        names = {row.uid for row in self.ours}
        for entry in self.known.values():
            if entry.id not in names and self.values.meaning(entry.values.get("when", "")) == date:
                return entry
        return None

    def _new(self, session: Incoming) -> Item:
        """Return a new session, without what its event says for all."""
        event = self.row.values
        shared = {path: event.get(IN_EVENTS[path], "") for path in OF_EVENTS}
        values = {path: at for path, at in session.values.items() if at not in ("", ())}
        if all(values.get(path, "") == shared[path] for path in PLACE):
            values = {path: at for path, at in values.items() if path not in PLACE}
        kept = {p: at for p, at in values.items() if p in PLACE or at != shared.get(p)}
        made = replace(session, section=self.row.uid, values=kept)
        return self._item(self._key(session) if session.uid else "", None, made, [NEW], [])

    def _gone(self, seen: set[str]) -> Iterator[Item]:
        """Yield the sessions that have left the source."""
        rows = {row.uid: row for row in self.ours}
        for key, entry in self.known.items():
            row = rows.get(entry.id)
            if row is None or entry.id in seen or entry.gone:
                continue
            status = row.values.get("status")
            if status != "cancelled":
                change = Change(
                    "status", Nature.GONE, status, "cancelled", entry.values.get("status")
                )
                yield self._item(key, row, None, [change], [])

    def _item(
        self,
        key: str,
        row: KitRow | None,
        session: Incoming | None,
        changes: Sequence[Change],
        kept: Sequence[str],
    ) -> Item:
        return Item(
            self.source,
            KIND,
            key,
            row,
            session,
            tuple(changes),
            kept=tuple(kept),
            within=self.row,
        )


OF_EVENTS = tuple(path for path, at in IN_EVENTS.items() if not at.startswith("sessions."))
"""The fields of a session that its event may have for all."""


def for_all(items: Sequence[Item], ours: Sequence[KitRow]) -> tuple[list[Item], list[Change]]:
    """Return sessions without what changes alike in all of them, and that as changes of the event.

    Only where none of them says it for itself.
    """
    if len(ours) < 2 or len([item for item in items if item.row]) < len(ours):
        return list(items), []
    alike: list[Change] = []
    for path in (p for p in OF_EVENTS if p != "when"):
        of_own = PLACE if path in PLACE else (path,)
        if any(name in row.own for row in ours for name in of_own):
            continue
        found = {c for item in items if item.row for c in item.changes if c.path == path}
        count = sum(c.path == path for item in items if item.row for c in item.changes)
        if len(found) == 1 and count == len(ours):
            alike.append(found.pop())
    paths = {change.path for change in alike}
    left = [
        replace(item, changes=tuple(c for c in item.changes if c.path not in paths))
        for item in items
    ]
    return left, [replace(change, path=IN_EVENTS[change.path]) for change in alike]


# --- which session is which ---------------------------------------------------------------------


@dataclass(frozen=True)
class Traits:
    """What a session is recognised by, the surest first."""

    values: FieldValues

    def exact(self, session: Values) -> Hashable | None:
        """Return its date and where it is held."""
        when = self._when(session)
        return when and (when, session.get("place.venue", ""), session.get("room", ""))

    def date(self, session: Values) -> Hashable | None:
        """Return its date."""
        return self._when(session)

    def start(self, session: Values) -> Hashable | None:
        """Return when it begins."""
        when = self._when(session)
        return when and (when.start, tuple(slot.start for slot in when.slots))

    def day(self, session: Values) -> Hashable | None:
        """Return its first day."""
        when = self._when(session)
        return when and when.start

    def hours(self, session: Values) -> Hashable | None:
        """Return its hours."""
        when = self._when(session)
        return when and (when.slots, session.get("room", ""))

    def _when(self, session: Values) -> When | None:
        found = self.values.meaning(session.get("when", ""))
        return found if isinstance(found, When) else None


def pair(
    ours: Sequence[Values], theirs: Sequence[Values], values: FieldValues, *, moved: bool
) -> dict[int, int]:
    """Return the place in ``ours`` of each of ``theirs`` that is there.

    Those of one date are one; where sessions may have ``moved``, also those of one day, then as
    many as are left on both sides, with the same hours first.
    """
    traits = Traits(values)
    found: dict[int, int] = {}
    surely: list[Trait] = [traits.exact, traits.date, traits.start]
    for trait in [*surely, traits.day] if moved else surely:
        _pair_by(trait, ours, theirs, found)
    if moved and len(ours) == len(theirs):
        _pair_by(traits.hours, ours, theirs, found)
        _pair_by(lambda _: True, ours, theirs, found)
    return found


def _pair_by(
    trait: Trait, ours: Sequence[Values], theirs: Sequence[Values], found: dict[int, int]
) -> None:
    """Pair what is alike in a trait, in order."""
    free: dict[Hashable, list[int]] = defaultdict(list)
    taken = set(found.values())
    for number, session in enumerate(ours):
        if number not in taken and (key := trait(session)) is not None:
            free[key].append(number)
    for waiting in free.values():
        waiting.reverse()
    for number, session in enumerate(theirs):
        if number not in found and free.get(key := trait(session)):
            found[number] = free[key].pop()
