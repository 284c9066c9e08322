"""Changes in words: what a field is called, what a value says, why something is proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from moip_press.exchange.changes.field_values import column_of
from moip_press.exchange.changes.proposal import Change, Item, Nature, Proposal, title_of
from moip_press.exchange.columns.column import Form, flowing, to_cell
from moip_press.exchange.columns.kit_rows import KitRow
from moip_press.exchange.columns.record_sheets import KINDS, OWN_FIELD
from moip_press.exchange.incoming.batch import Value
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue
from moip_press.report.rendering import seen_from

REASONS = {
    Nature.NEW: N_("new"),
    Nature.DOUBTFUL: N_("could be in the kit already"),
    Nature.CHANGED: N_("changed at the source"),
    Nature.FILLED: N_("empty in the kit"),
    Nature.DIFFERENT: N_("the kit and the source differ"),
    Nature.REREAD: N_("the same at the source, read better than at the last import"),
    Nature.CONFLICT: N_("conflict: changed on both sides"),
    Nature.GONE: N_("gone from the source"),
    Nature.MISSING: N_("gone from the source, with most of the others"),
    Nature.AGAIN: N_("removed from the kit, changed at the source"),
    Nature.BACK: N_("at the source again"),
}
MOVED = N_("moved")
SESSIONS, SHOWN = "sessions", 12
"""The sessions of a new event, and how many of them are shown."""
WAITS = (
    Nature.DOUBTFUL,
    Nature.DIFFERENT,
    Nature.REREAD,
    Nature.CONFLICT,
    Nature.AGAIN,
    Nature.MISSING,
)
EMPTY = N_("(empty)")
NOTHING = N_("Nothing changes.")
KIT, SOURCE, LAST = N_("kit"), N_("source"), N_("last import")
COUNTS = (
    (NP_("{count} new record", "{count} new records"), (Nature.NEW,)),
    (
        NP_(
            "{count} record that could be in the kit already",
            "{count} records that could be in the kit already",
        ),
        (Nature.DOUBTFUL,),
    ),
    (NP_("{count} change", "{count} changes"), (Nature.CHANGED, Nature.FILLED, Nature.BACK)),
    (NP_("{count} record gone", "{count} records gone"), (Nature.GONE, Nature.MISSING)),
    (NP_("{count} conflict", "{count} conflicts"), (Nature.CONFLICT,)),
    (
        NP_(
            "{count} value that is only read better today",
            "{count} values that are only read better today",
        ),
        (Nature.REREAD,),
    ),
    (
        NP_("{count} difference to choose", "{count} differences to choose"),
        (Nature.DIFFERENT, Nature.AGAIN),
    ),
)


def is_prose(item: Item, path: str) -> bool:
    """Tell whether a field holds texts, whose differences are shown word by word."""
    return column_of(item.kind, path).form in (Form.PROSE, Form.PROSES)


def new_values(item: Item) -> dict[str, Value]:
    """Return what a new record holds, in the order of its table."""
    values = item.incoming.values if item.incoming else {}
    order = dict.fromkeys([*KINDS[item.kind].by_path, *values])
    found = {
        path: values[path]
        for path in order
        if values.get(path) not in (None, "", (), column_of(item.kind, path).default)
    }
    sessions = item.incoming.sessions if item.incoming else ()
    return found | ({SESSIONS: tuple(dict(each.values) for each in sessions)} if sessions else {})


def values_beside(item: Item, row: KitRow) -> dict[str, Value]:
    """Return what a record of the kit has of the fields of a new one."""
    return {path: row.values[path] for path in new_values(item) if path in row.values}


def file_of(item: Item, cwd: PurePath) -> tuple[str, int, int]:
    """Return the file in which a record stands, with line and column; of a new one, its source.

    The file is named as seen from the folder ``cwd``.
    """
    if item.row is not None:
        span = item.row.source.span(item.row.loc)
        return seen_from(cwd, span.file), span.start.line, span.start.column
    place = item.incoming.place("") if item.incoming else None
    return (seen_from(cwd, place.file), place.line, place.column) if place else ("", 1, 1)


@dataclass(frozen=True)
class ChangeWords:
    """Says changes in the language of a catalogue, with files as seen from the folder ``cwd``."""

    catalogue: Catalogue
    cwd: PurePath

    def say(self, sentence: str) -> str:
        """Return a sentence."""
        return self.catalogue.gettext(sentence)

    def counts(self, proposal: Proposal) -> list[str]:
        """Return how many changes there are of each sort that there is."""
        numbers = ((words, proposal.number(*natures)) for words, natures in COUNTS)
        found = (Message.counted(words, number) for words, number in numbers if number)
        return [self.catalogue.say(message) for message in found]

    def field(self, item: Item, path: str) -> str:
        """Return what a field is called, as in the headings of tables."""
        if path == SESSIONS:
            count = len(item.incoming.sessions) if item.incoming else 0
            return f"{self.say(N_('Sessions'))} ({count})"
        column = KINDS[item.kind].by_path.get(path)
        return self.say(column.heading) if column else path.removeprefix(OWN_FIELD)

    def value(self, item: Item, path: str, value: Value | None) -> str:
        """Return a value in words; several texts stand one below the other."""
        if path == SESSIONS and isinstance(value, tuple):
            return self._sessions(value)
        column = column_of(item.kind, path)
        if value is None and column.default is not None:
            value = column.default
        said = None if value is None else flowing(column, value)
        return to_cell(column, said, self.catalogue)

    def _sessions(self, sessions: Sequence[Value]) -> str:
        """Return the first of many sessions, each with what it says for itself."""
        shown = "; ".join(self._session(s) for s in sessions[:SHOWN] if isinstance(s, Mapping))
        if len(sessions) <= SHOWN:
            return shown
        words = NP_("{names} and {count} other", "{names} and {count} others")
        return self.catalogue.say(Message.counted(words, len(sessions) - SHOWN, names=shown))

    def _session(self, session: Mapping[str, Value]) -> str:
        columns = KINDS["session"].columns
        said = (to_cell(c, session[c.path], self.catalogue) for c in columns if c.path in session)
        when, *others = filter(None, said)
        return f"{when} ({', '.join(others)})" if others else when

    def fields(self, item: Item, values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
        """Yield what fields are called, each with its value in words."""
        for path, value in values.items():
            yield self.field(item, path), self.value(item, path, value)

    def sides(self, item: Item, change: Change) -> tuple[str, str, str]:
        """Return the values of a change: in the kit, at the source, at the last import."""
        ours, theirs, base = (
            self.value(item, change.path, value)
            for value in (change.ours, change.theirs, change.base)
        )
        return ours, theirs, base

    def reason(self, change: Change) -> str:
        """Return why a change is proposed; an event with another date has moved."""
        words = self.say(REASONS[change.nature])
        if change.nature is Nature.REREAD:
            return words
        if change.path == "when" and change.ours is not None and change.theirs is not None:
            return f"{self.say(MOVED)}, {words}"
        return words

    def candidates(self, item: Item) -> Iterator[tuple[str, KitRow]]:
        """Yield what a doubtful record could be, in words, with each record of the kit."""
        for row in item.candidates:
            span = row.source.span(row.loc)
            place = f"{seen_from(self.cwd, span.file)}:{span.start.line}"
            title = title_of(row.values) or row.uid
            message = Message.of(N_("could be “{title}”, {place}"), title=title, place=place)
            yield self.catalogue.say(message), row

    def file(self, name: str) -> str:
        """Return the name of a file as seen from the folder."""
        return seen_from(self.cwd, name)

    def labelled(self, label: str, value: str) -> str:
        """Return a value behind what it is called, with the colon of the language."""
        return self.catalogue.say(Message.of(N_("{label}: {value}"), label=label, value=value))
