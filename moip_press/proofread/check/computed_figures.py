"""What a kit asks to be counted exists, and can be counted."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.counting import faults
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.records import KeyFigure
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_
from moip_press.report.rule import Rule

_FIGURES = "type: article\ntitle: En bref\nbody:\n  - type: key-figures\n    items:\n      - "

RULES: tuple[Rule, ...] = (
    Rule.error(
        "R161 uncountable",
        N_("What a kit asks to be counted cannot be counted."),
        N_("A number of what is misspelt would be zero, or stand for something else."),
        _FIGURES + "{count: {~~evnts~>events~~}, label: événements}",
    ),
    Rule.error(
        "R162 no-field-to-add-up",
        N_("The field that is to be added up does not exist, or holds no numbers."),
        N_("Only the capacity of events and the fields of your own hold numbers that add up."),
        _FIGURES + "{sum: {~~capacté~>capacity~~}, label: places}",
    ),
    Rule.error(
        "R163 told-apart",
        N_("Numbers are broken down where one is needed, or the other way round."),
        N_("A key figure is one number; a chart or a map has one for each region, theme or week."),
        _FIGURES + "{count: events{-- by region--}, label: événements}",
    ),
    Rule.error(
        "S161 two-numbers-in-one",
        N_("A figure has more than one of value, count and sum."),
        N_("The pages would not know which number to print."),
        _FIGURES + '{{--value: "12", --}count: events, label: événements}',
    ),
)


def questions_can_be_answered(kit: Kit) -> Iterator[Diagnostic]:
    """What key figures count or add up is there to be counted."""
    for placed in kit.values():
        figure = placed.value
        if isinstance(figure, KeyFigure) and (asked := figure.count or figure.sum):
            summed = figure.sum is not None
            loc = (*placed.loc, "sum" if summed else "count")
            yield from faults(kit, asked, placed.source, loc, summed=summed)
