"""All handouts of a request, one after another, and what the manifest says of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moip_press.press.handouts.assembling import Assembler, Made
from moip_press.press.handouts.plan import Plans
from moip_press.press.handouts.request import Request
from moip_press.press.layout import Layout

FOLDER = "handouts"

__all__ = ["Made", "facts_of", "file_of", "make"]


def make(layout: Layout, planned: Plans, request: Request) -> tuple[Made, ...]:
    """Return the handouts that are planned, made or not; the layout's progress is told of each."""
    assembler = Assembler(layout, request.folios)
    before = len(layout.kit.chapters)
    made = []
    for number, plan in enumerate(planned.plans, 1):
        layout.progress(plan.sheet.title, before + number, before + len(planned.plans))
        made.append(assembler.make(plan))
    return tuple(made)


def file_of(slug: str) -> str:
    """Return the name of a handout's file in the output folder."""
    return f"{FOLDER}/{slug}.pdf"


def facts_of(made: Made, request: Request) -> Mapping[str, Any]:
    """Return what the manifest says of a handout."""
    plan = made.plan
    facts: dict[str, Any] = {
        "kind": "handout",
        "title": plan.sheet.title,
        "pages": made.pages,
        "events": plan.events,
        "chapters": [chapter.id for chapter in plan.chapters],
        "selection": list(plan.selection),
        "request": dict(request.kind),
        "options": {"folios": request.folios, "by": plan.by},
    }
    return facts
