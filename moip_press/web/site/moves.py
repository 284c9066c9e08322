"""Addresses that were published once: what is there now, where the id of a record has changed.

The manifest remembers what each page was of. Where a record has another id, its old address leads
to the new one: it is known by its title, else by all that it says beside. Where it is gone, the
address leads to the programme. What ``moved`` in ``kit.yaml`` says comes first:
it holds wherever the site is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from moip_press.text.folding import fold
from moip_press.web.site.page import Page
from moip_press.web.site.plan import Plan

Moves = dict[str, tuple[str, str]]
"""By an old path, the path that it leads to, empty if nothing is there now, and a title."""


def written_moves(plan: Plan, pages: Sequence[Page]) -> Moves:
    """Return the moves that the kit says."""
    records = {page.record: page for page in pages if page.record}
    found: Moves = {}
    web = plan.kit.edition.web
    for old, new in web.moved.items() if web else ():
        for (kind, name), page in records.items():
            if name == new and (kind, old) not in records:
                found[plan.of(kind, old)] = page.path, page.title
    return found


def moved_pages(
    plan: Plan, pages: Sequence[Page], before: Mapping[str, Mapping[str, Any]]
) -> Moves:
    """Return where each address that is no page any more leads, by what was there before."""
    now = {page.path: page for page in pages}
    titles = {(page.record[0], fold(page.title)): page for page in pages if page.record}
    alike: dict[tuple[str, str], list[Page]] = {}
    for page in pages:
        if page.record and page.path not in before:
            alike.setdefault((page.record[0], page.like), []).append(page)
    found = written_moves(plan, pages)
    for path, entry in before.items():
        record = entry.get("record")
        if path in now or path in found or not path.endswith(".html") or not record:
            continue
        title = str(entry.get("page") or entry.get("title") or "")
        known = now.get(str(entry.get("moved_to") or ""))
        kind = str(record[0])
        like = alike.get((kind, str(entry.get("like") or "-")), [])
        leads = known or titles.get((kind, fold(title))) or (like[0] if len(like) == 1 else None)
        found[path] = (leads.path, leads.title) if leads else ("", title)
    return found
