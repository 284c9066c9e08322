"""Changes for programs: the list that ``--format json`` prints, and GitHub's commands."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import PurePath
from typing import Any

from moip_press.exchange.changes.listing import concise, file_of
from moip_press.exchange.changes.proposal import Change, Item, Nature, Proposal, title_of
from moip_press.exchange.changes.wording import new_values
from moip_press.exchange.columns import Row
from moip_press.report.diagnostics import lines_of
from moip_press.report.messages import Catalogue
from moip_press.report.rendering import seen_from


def document(
    proposal: Proposal, report: dict[str, Any], done: Collection[str], cwd: PurePath
) -> str:
    """Return the envelope: how many, the changes, and what is wrong as in ``report``."""
    changes = [
        _record(item, change, done, cwd) for item in proposal.items for change in item.changes
    ]
    numbers = {nature.value: proposal.number(nature) for nature in Nature}
    summary = {**report["summary"], "changes": len(changes), "applied": len(done), **numbers}
    whole = {"version": 1, "summary": summary, "changes": changes}
    return json.dumps({**whole, "diagnostics": report["diagnostics"]}, ensure_ascii=False, indent=2)


def _record(item: Item, change: Change, done: Collection[str], cwd: PurePath) -> dict[str, Any]:
    file, line, column = file_of(item, cwd)
    key = item.key(change)
    return {
        "key": key,
        "nature": change.nature.value,
        "kind": item.kind,
        "source": item.source,
        "uid": item.uid or None,
        "id": item.row.uid if item.row else None,
        "section": item.section,
        "title": item.title,
        "field": change.path or None,
        "ours": change.ours,
        "theirs": new_values(item) if not change.path else change.theirs,
        "base": change.base,
        "candidates": [_candidate(row, cwd) for row in item.candidates],
        "applied": key in done,
        "file": file,
        "line": line,
        "column": column,
    }


def _candidate(row: Row, cwd: PurePath) -> dict[str, Any]:
    span = row.source.span(row.loc)
    return {
        "id": row.uid,
        "title": title_of(row.values),
        "values": dict(row.values),
        "file": seen_from(cwd, span.file),
        "line": span.start.line,
        "column": span.start.column,
    }


def commands(proposal: Proposal, catalogue: Catalogue, cwd: PurePath) -> str:
    """Return a notice of each change, as GitHub shows it."""
    lines = lines_of(concise(proposal, catalogue, cwd))[:-1]  # each ends with a line end
    places = [file_of(item, cwd) for item in proposal.items for _ in item.changes]
    return "".join(
        f"::notice file={_property(file)},line={number},col={column}::{_data(text)}\n"
        for (file, number, column), text in zip(places, lines, strict=True)
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
