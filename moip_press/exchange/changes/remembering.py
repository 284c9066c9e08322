"""What an import leaves behind in ``imports.json``: the values that the next one starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from moip_press.exchange.changes.fields import APART
from moip_press.exchange.changes.merging import OWN
from moip_press.exchange.changes.proposal import Decision, Item, Nature, Proposal
from moip_press.exchange.changes.provenance import Entry, Provenance
from moip_press.exchange.incoming import Value


@dataclass(frozen=True)
class Outcome:
    """What became of the changes: what was decided, what is made, the ids of new records."""

    decisions: Mapping[str, Decision]
    done: frozenset[str]
    ids: Mapping[str, str]

    def settled(self, key: str) -> bool:
        """Tell whether a change is made, or is never to be made as the source has it now."""
        return key in self.done or self.decisions.get(key) is Decision.NO


def remembered(proposal: Proposal, outcome: Outcome, known: Provenance) -> Provenance:
    """Return what is known of all sources after an import.

    A value counts as imported where both sides say the same, or somebody has decided. What
    waits for a decision stays as it was, so that it is proposed again.
    """
    sources = {source: dict(entries) for source, entries in known.sources.items()}
    for item in (*proposal.items, *proposal.rest):
        if item.source.startswith(OWN):
            continue
        entries = sources.setdefault(item.source, {})
        old = entries.get(item.uid)
        if item.row is None:
            key, entry = _of_new(item, outcome)
        else:
            key, entry = item.uid, _of_row(item, outcome, old)
        if key and entry is not None:
            entries[key] = entry
    return Provenance(sources)


def _of_new(item: Item, outcome: Outcome) -> tuple[str, Entry | None]:
    """Return the key and entry of a new record; one that is not wanted has no id."""
    key = item.key(item.changes[0])
    assert item.incoming is not None  # noqa: S101 -- what is new came from somewhere
    entry = Entry(item.kind, "", _values(item))
    if key in outcome.done:
        made = outcome.ids.get(key, "")
        return item.uid or made, replace(entry, id=made or item.uid)
    return item.uid, entry if outcome.settled(key) else None


def _of_row(item: Item, outcome: Outcome, old: Entry | None) -> Entry | None:
    assert item.row is not None  # noqa: S101 -- asked only of records of the kit
    keys = {change.path: item.key(change) for change in item.changes}
    if item.incoming is None:  # gone
        settled = all(map(outcome.settled, keys.values()))
        return replace(old, gone=True) if old and settled else old
    values = dict(old.values) if old else {}
    for path, value in _values(item).items():
        change = next((each for each in item.changes if each.path == path), None)
        if path in item.unread:
            continue
        if change is None or change.nature is Nature.BACK or outcome.settled(keys[path]):
            values[path] = value
        elif old is None and change.base is not None:
            values[path] = change.base
    waits = any(c.nature is Nature.BACK and not outcome.settled(keys[c.path]) for c in item.changes)
    return Entry(item.kind, item.row.uid, values, gone=bool(old and old.gone and waits))


def _values(item: Item) -> dict[str, Value]:
    assert item.incoming is not None  # noqa: S101 -- asked only of records that came
    return {path: value for path, value in item.incoming.values.items() if path not in APART}
