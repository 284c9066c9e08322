"""What opens the front page of a site: a text of the kit, and its figures."""

from __future__ import annotations

from collections.abc import Sequence

from moip_press.kit.model.blocks import KeyFiguresBlock
from moip_press.kit.model.parts import Article, Communique
from moip_press.kit.model.records import KeyFigure
from moip_press.press.compose.calendar import standing
from moip_press.report.messages import NP_, Catalogue
from moip_press.web.site.plan import Plan

MOST = 6  # figures


def lead(plan: Plan) -> tuple[str, str]:
    """Return the text that opens the front page, in Markdown, and the id of its part."""
    for part in plan.read:
        if isinstance(part, Communique) and part.lead:
            return str(part.lead), part.id
    for part in plan.read:
        if isinstance(part, Article) and part.introduction:
            return str(part.introduction), part.id
    about = plan.kit.edition.about
    return (str(about.text), "") if about and about.text else ("", "")


def figures(plan: Plan, labs: int, catalogue: Catalogue) -> list[dict[str, str]]:
    """Return the key figures of the kit; else what its programme counts, with the ``labs``."""
    return [
        {"value": str(each.value), "label": str(each.label), "source": str(each.source or "")}
        for each in _written(plan)[:MOST]
    ] or _counted(plan, labs, catalogue)


def _written(plan: Plan) -> Sequence[KeyFigure]:
    for part in plan.read:
        if isinstance(part, Communique) and part.figures:
            return part.figures
        for block in part.body if isinstance(part, Article) else ():
            if isinstance(block, KeyFiguresBlock) and block.items:
                return block.items
    return ()


def _counted(plan: Plan, labs: int, catalogue: Catalogue) -> list[dict[str, str]]:
    regions, holders = (len(plan.gathered[key]) for key in ("region", "organiser"))
    found = (
        (len(standing(plan.kit.events())), NP_("event announced", "events announced")),
        (regions, NP_("region of France", "regions of France")),
        (holders, NP_("body that organises", "bodies that organise")),
        (labs, NP_("laboratory", "laboratories")),
    )
    return [
        {"value": str(count), "label": catalogue.ngettext(*words, count), "source": ""}
        for count, words in found
        if count > 1
    ]
