"""What a chart shows can be drawn: its numbers fit its series and its kind."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.computed_figures import rows_of
from moip_press.kit.counting import WITHOUT_EVENTS, faults
from moip_press.kit.geography import area_of, france
from moip_press.kit.model.blocks import ChartBlock, MapBlock
from moip_press.kit.model.kit import Kit, Placed
from moip_press.kit.model.model_errors import suggest
from moip_press.kit.questions import Question
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule

_CHART = "type: article\ntitle: En bref\nbody:\n  - type: chart\n    "

RULES: tuple[Rule, ...] = (
    Rule.error(
        "S163 chart-that-cannot-be-drawn",
        N_("The numbers of a chart do not fit its series or its kind."),
        N_("A number without its series, or a share below zero, would be drawn wrong."),
        _CHART + "series: [2020, 2021]\n    rows:\n"
        "      - {label: Bretagne, values: [12{++, 15++}]}",
    ),
    Rule.error(
        "S164 no-such-area",
        N_("A map names a region or department that does not exist."),
        N_("Its number would be on no map."),
        "type: article\ntitle: En bref\nbody:\n  - type: map\n    rows:\n"
        "      - {label: {~~Bretange~>Bretagne~~}, value: 12}",
    ),
)
SOURCES = {"rows": "rows", "count": "count", "sum": "sum", "from_": "from"}
"""Where the numbers of a chart or map come from, by the name of the field in the file."""


def charts_can_be_drawn(kit: Kit) -> Iterator[Diagnostic]:
    """Each chart has numbers, from one place, that fit its kind."""
    for placed in kit.values():
        if isinstance(placed.value, ChartBlock):
            yield from _source(placed)
            yield from _series(placed)
            yield from _kind(placed)


def computed_charts_can_be_drawn(kit: Kit) -> Iterator[Diagnostic]:
    """What a chart counts or adds up is there, and is told apart."""
    for placed in kit.values():
        chart = placed.value
        if isinstance(chart, ChartBlock) and (asked := chart.count or chart.sum):
            summed = chart.sum is not None
            loc = (*placed.loc, "sum" if summed else "count")
            found = list(faults(kit, asked, placed.source, loc, summed=summed, grouped=True))
            yield from found
            if not (found or kit.awaits_events or rows_of(kit.printed(), chart)):
                message, hint = (
                    N_("Nothing is left to be drawn."),
                    N_("Take conditions away, or the chart."),
                )
                yield _fault(placed.source.span(loc), message, hint)


def maps_can_be_drawn(kit: Kit) -> Iterator[Diagnostic]:
    """What a map shows lies in France, and can be counted."""
    for placed in kit.values():
        if isinstance(placed.value, MapBlock):
            yield from _map(kit, placed)


def _map(kit: Kit, placed: Placed) -> Iterator[Diagnostic]:
    block = placed.value
    given = [SOURCES[name] for name in SOURCES if name in block.model_fields_set]
    if len(given) > 1:
        yield _two(placed, given)
    for name in ("count", "sum"):
        if asked := getattr(block, name):
            loc = (*placed.loc, name)
            question = Question.parse(asked)
            told = question.group == block.level  # "by region" says again what is drawn
            yield from faults(kit, asked, placed.source, loc, summed=name == "sum", grouped=told)
            if name == "count" and question.noun in WITHOUT_EVENTS:
                message = N_("What a map counts are events or what they say.")
                hint = N_("Write “events”, “sessions” or “places”, or “rows” of your own.")
                yield _fault(placed.source.span(loc), message, hint)
    yield from _areas(placed)


def _areas(placed: Placed) -> Iterator[Diagnostic]:
    """Yield the rows of a map that name no area of France, or none with a single number."""
    block = placed.value
    if block.region:
        yield from _region(placed, str(block.region))
    names = [area.name for area in france().areas(block.level).values()]
    for number, row in enumerate(block.rows or ()):
        if area_of(str(row.label), block.level) is None:
            yield Diagnostic.error(
                "S164",
                placed.source.span((*placed.loc, "rows", number, "label")),
                N_("“{name}” is no region of France.")
                if block.level == "region"
                else N_("“{name}” is no department of France."),
                suggest(str(row.label), names),
                name=row.label,
            )
        if row.values:
            span = placed.source.span((*placed.loc, "rows", number, "values"))
            hint = N_("Write “value”, and make another map for other numbers.")
            yield _fault(span, N_("A map shows one number for each area."), hint)


def _source(placed: Placed) -> Iterator[Diagnostic]:
    given = [SOURCES[name] for name in SOURCES if name in placed.value.model_fields_set]
    if not given:
        yield Diagnostic.error(
            "S102",
            placed.source.span((*placed.loc, "type"), key=True),
            N_("This chart has no numbers."),
            N_("Add “rows”, each with a label and a value, or “count: events by region”."),
        )
    elif len(given) > 1:
        yield _two(placed, given)


def _two(placed: Placed, given: list[str]) -> Diagnostic:
    return Diagnostic.error(
        "S161",
        placed.source.span((*placed.loc, given[1]), key=True),
        N_("“{one}” and “{other}” both say what this number is."),
        N_("Keep one of them."),
        one=given[0],
        other=given[1],
    )


def _series(placed: Placed) -> Iterator[Diagnostic]:
    """Yield the rows whose numbers are more or fewer than the series."""
    chart = placed.value
    wanted = max(len(chart.series), 1)
    for number, row in enumerate(chart.rows or ()):
        if len(row.numbers) != wanted:
            name = "values" if row.values else "value"
            yield _fault(
                placed.source.span((*placed.loc, "rows", number, name)),
                Message.of(
                    N_("“{label}” needs a number for each series: {count}, not {given}."),
                    label=row.label,
                    count=wanted,
                    given=len(row.numbers),
                ),
                N_("Write “values” with a number for each series; a dash where one is unknown."),
            )
    if "series" in chart.model_fields_set and (chart.count or chart.sum):
        span = placed.source.span((*placed.loc, "series"), key=True)
        hint = N_("Take “series” away.")
        yield _fault(span, N_("What is computed is a single series."), hint)


def _kind(placed: Placed) -> Iterator[Diagnostic]:
    """Yield what keeps numbers from being the shares of a whole, or a line."""
    chart = placed.value
    rows = chart.rows or ()
    values = [value for row in rows for value in row.numbers if value is not None]
    kind = placed.source.span((*placed.loc, "kind"))
    if rows and not values:
        span = placed.source.span((*placed.loc, "rows"), key=True)
        yield _fault(span, N_("No number of this chart is known."), N_("Write one at least."))
    elif chart.kind == "line" and rows and len(rows) < 2:
        yield _fault(kind, N_("A line needs two points."), N_("Add rows, or write “kind: bar”."))
    elif chart.kind == "share" and chart.series:
        hint = N_("Make a chart for each series, or write “kind: bar”.")
        yield _fault(kind, N_("Shares are those of a single series."), hint)
    elif chart.kind == "share" and rows and (min(values) < 0 or not sum(values)):
        hint = N_("Correct the numbers, or write “kind: bar”.")
        yield _fault(kind, N_("These numbers are no shares of a whole."), hint)


def _fault(span: Span, message: str | Message, hint: str) -> Diagnostic:
    return Diagnostic.error("S163", span, message, hint)


def _region(placed: Placed, name: str) -> Iterator[Diagnostic]:
    """Yield what keeps one region from being drawn: it is none, or has no outline."""
    found = area_of(name, "region")
    if found and found.path:
        return
    known = [area.name for area in france().regions.values() if area.path]
    message = N_("“{name}” is no region of France.")
    if found:
        message = N_("“{name}” is not divided here: its departments have no outlines.")
    span = placed.source.span((*placed.loc, "region"))
    yield Diagnostic.error("S164", span, message, suggest(name, known), name=name)
