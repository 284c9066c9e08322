"""Changes for programs: JSON in the envelope that all outputs share."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from moip_press.editions.comparison.changes import Change, Changes, Fact, Value
from moip_press.editions.comparison.document import Document
from moip_press.editions.comparison.sentences import TEXTS, Teller, embargo
from moip_press.editions.enclosure import when_written
from moip_press.kit.when import When
from moip_press.report.messages import Catalogue
from moip_press.text.difference import difference

VERSION = 1


def listing(changes: Changes, catalogue: Catalogue) -> str:
    """Return the changes as JSON; days and times as the data in a PDF writes them."""
    teller = Teller(catalogue.language)
    under = embargo(changes.new, catalogue.language)
    document = {
        "version": VERSION,
        "old": _side(changes.old),
        "new": _side(changes.new),
        "embargo": catalogue.say(under) if under else None,
        "partial": changes.partial,
        "summary": dict(Counter(change.kind for change in changes.changes)),
        "changes": [_change(each, teller, catalogue) for each in changes.changes],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _side(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "title": document.title,
        "version": document.version or None,
        "date_of_issue": document.date.isoformat() if document.date else None,
        "handout": document.handout is not None,
    }


def _change(change: Change, teller: Teller, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "act": change.act,
        "record": change.record,
        "id": change.id or None,
        "title": change.title,
        "section": change.section or None,
        "message": catalogue.say(teller.sentence(change)),
        "facts": [_fact(fact) for fact in change.facts],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    found = {"field": fact.field, "old": _value(fact.old), "new": _value(fact.new)}
    if fact.field in {*TEXTS, "title"} and isinstance(fact.old, str) and isinstance(fact.new, str):
        words = difference(fact.old, fact.new)
        found["words"] = [{"act": each.act, "words": each.words} for each in words]
    return found


def _value(value: Value) -> Any:
    return when_written(value) if isinstance(value, When) else value
