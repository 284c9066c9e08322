"""What of a whole kit is to be compared with a handout: no more than the handout holds."""

from __future__ import annotations

from dataclasses import replace

from moip_press.editions.comparison import contents, events
from moip_press.editions.comparison.document import Document, Record, items, text
from moip_press.editions.comparison.matching import match


def scoped(old: Document, new: Document) -> tuple[Document, Document]:
    """Return both versions, the one that is no handout cut down to what the other one holds."""
    if new.handout is not None:
        return _cut(old, new), new
    return old, _cut(new, old)


def _cut(whole: Document, held: Document) -> Document:
    found = match(held.parts, whole.parts, lambda part: contents.face(_title(part), "part"))
    parts = tuple(whole.parts[place] for _, place in found.pairs)
    known = {text(contact, "id") for contact in items(held.kit, "contacts")}
    kit = {name: value for name, value in whole.kit.items() if name in held.kit}
    kit["contacts"] = [c for c in items(whole.kit, "contacts") if text(c, "id") in known]
    gathered = _gathered(whole, held)
    return replace(whole, kit=kit, parts=parts, handout={"events": gathered} if gathered else None)


def _gathered(whole: Document, held: Document) -> list[Record]:
    """Return the events that the handout gathers, as they are in the whole kit."""
    wanted = items(held.handout or {}, "events")
    known = [each.record for each in whole.events()]
    return [known[place] for _, place in match(wanted, known, events.face).pairs] if wanted else []


def _title(part: Record) -> Record:
    return {name: part[name] for name in ("id", "type", "title") if name in part}
