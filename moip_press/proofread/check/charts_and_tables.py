"""Key figures, charts, maps and tables have their numbers, and can be computed or drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from moip_press.kit.computed_figures import rows_of
from moip_press.kit.counting import WITHOUT_EVENTS, faults
from moip_press.kit.geography import area_of, france
from moip_press.kit.model.blocks import ChartBlock, MapBlock, TableBlock
from moip_press.kit.model.kit import Kit, Placed
from moip_press.kit.model.model_errors import suggest
from moip_press.kit.model.records import KeyFigure
from moip_press.kit.model.table_cells import NONE as NO_NUMBER
from moip_press.kit.model.table_cells import (
    amount,
    amounts,
    cells_of,
    columns_of,
    laid_out,
)
from moip_press.kit.questions import Question
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule

_FIGURES = "type: article\ntitle: En bref\nbody:\n  - type: key-figures\n    items:\n      - "


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
    Rule.error(
        "S173 table-without-rows",
        N_("A table has no rows, or has them twice."),
        N_("Its rows are typed below “rows”, or stand in the file that “from” names."),
        "- type: table\n  columns: [Poste, Montant]{++\n  rows:\n    - [Salles, 120]++}",
    ),
    Rule.error(
        "S174 row-of-another-length",
        N_("A row of a table has more or fewer cells than the table has columns."),
        N_("One cell too many or too few, and all that follow stand under the wrong heading."),
        "- type: table\n  columns: [Poste, Montant]\n  rows:\n    - [Salles{++, 120++}]",
    ),
    Rule.error(
        "S175 sum-of-words",
        N_("A column of a table is to be added up, and holds something else than numbers."),
        N_("The sum would leave out what cannot be read as a number."),
        "- type: table\n  columns: [Poste, {title: Montant, sum: yes}]\n  rows:\n"
        "    - [Salles, 120]\n    - [Presse, {~~environ 30~>30~~}]",
    ),
    Rule.warning(
        "S176 table-too-wide",
        N_("A table is wider than the page, even in small type."),
        N_("Its longest words are broken within; fewer columns, or shorter words, make it fit."),
        "- type: table\n  columns: [Région, Établissements, Représentations{--, Participations,"
        " Subventions, Accompagnements, Investissements, Renouvellements, Fonctionnements,"
        " Remboursements--}]\n  rows:\n    - [Bretagne, 2, 12{--, 3, 4, 5, 6, 7, 8, 9--}]",
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


def tables_are_whole(kit: Kit) -> Iterator[Diagnostic]:
    """A table has rows of one length, and what it adds up is numbers."""
    for placed in kit.values():
        if isinstance(placed.value, TableBlock):
            found = list(_rows(placed)) or list(_sums(placed, kit.edition.language))
            yield from found or _width(placed, kit)


def _rows(placed: Placed) -> Iterator[Diagnostic]:
    table: TableBlock = placed.value
    typed = "rows" in table.model_fields_set and bool(table.rows)
    if typed and table.from_:
        span = placed.source.span((*placed.loc, "from"), key=True)
        message = N_("The rows of this table stand here, and in a file too.")
        yield Diagnostic.error("S173", span, message, N_("Keep “rows” or “from”, not both."))
        return
    if not table.rows and not table.from_:
        message = N_("This table has no rows.")
        hint = N_("Write them below “rows”, a list of cells each, or name their file: “from: …”.")
        yield Diagnostic.error("S173", placed.source.span((*placed.loc, "type")), message, hint)
        return
    if not typed:
        return
    width = len(table.columns) or Counter(map(len, table.rows)).most_common(1)[0][0]
    for number, row in enumerate(table.rows):
        if len(row) != width:
            yield _odd_row(placed, number, len(row), width)


def _odd_row(placed: Placed, number: int, cells: int, width: int) -> Diagnostic:
    place = (*placed.loc, "rows", number)
    node = placed.source.node(place)
    span = node.head if node else placed.source.span(place)
    message = N_("This row has {cells} cells, and the table {width} columns.")
    hint = N_('Write a cell for each column; "" leaves one empty.')
    return Diagnostic.error("S174", span, message, hint, cells=cells, width=width)


def _sums(placed: Placed, language: str) -> Iterator[Diagnostic]:
    """Yield the columns that are to be added up, and cannot be."""
    table: TableBlock = placed.value
    numbers = 0
    for number, column in enumerate(columns_of(table)):
        cells = cells_of(table, number)
        heads = number == 0 and table.row_heads
        found = None if heads else amounts(cells, language)
        numbers += found is not None
        if column.sum and found is None:
            row = next((n for n, cell in enumerate(cells) if not _is_number(cell, language)), 0)
            typed = "rows" in table.model_fields_set
            place = (*placed.loc, *(("rows", row, number) if typed else ("columns", number)))
            message = N_("“{cell}” is not a number like the others, so this column has no sum.")
            hint = N_("Write numbers alone, with one unit for all, or an empty cell.")
            span = placed.source.span(place)
            cell = cells[row] if cells else ""
            yield Diagnostic.error("S175", span, message, hint, cell=cell)
    if table.sums and not numbers and not any(column.sum for column in table.columns):
        span = placed.source.span((*placed.loc, "sums"))
        message = N_("There is no column of numbers in this table to add up.")
        hint = N_("Write numbers alone in a column, with one unit for all, or leave out “sums”.")
        yield Diagnostic.error("S175", span, message, hint)


def _is_number(cell: str, language: str) -> bool:
    return amount(cell, language) is not None or NO_NUMBER.fullmatch(cell) is not None


def _width(placed: Placed, kit: Kit) -> Iterator[Diagnostic]:
    if laid_out(placed.value, kit.edition.language, "", kit.looks.room).width == "broken":
        message = N_("This table is wider than the page: words in its cells will be broken.")
        hint = N_("Make two tables of it, leave out a column, or shorten its longest words.")
        span = placed.source.span((*placed.loc, "type"))
        yield Diagnostic.warning("S176", span, message, hint)
