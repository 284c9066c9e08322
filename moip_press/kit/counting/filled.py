"""A kit with the numbers that it asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from moip_press.kit.counting.counted import count, grouped
from moip_press.kit.counting.group_names import TIMES, group_name, without_gaps
from moip_press.kit.counting.mapped import mapped
from moip_press.kit.counting.question import Question
from moip_press.kit.model.blocks import ChartBlock, KeyFiguresBlock, MapBlock
from moip_press.kit.model.chart_rows import ChartRow
from moip_press.kit.model.fields import Text
from moip_press.kit.model.kit import Kit, PlacedPart
from moip_press.kit.model.parts import Article, Communique, Part
from moip_press.kit.model.records import CountedFigure, KeyFigure
from moip_press.text.numbers import number_in_words


def filled(kit: Kit) -> Kit:
    """Return a kit, as it is printed, with the value of each figure that it computes."""
    if not any(_asks(placed.part) for placed in kit.parts()):
        return kit
    chapters = tuple(
        replace(chapter, parts=tuple(_filled(kit, placed) for placed in chapter.parts))
        for chapter in kit.chapters
    )
    return replace(kit, chapters=chapters)


def _asks(part: Part) -> bool:
    if isinstance(part, Communique):
        return any(figure.value is None for figure in part.figures)
    return isinstance(part, Article) and any(map(_is_computed, part.body))


def _is_computed(block: Any) -> bool:
    if isinstance(block, ChartBlock):
        return bool(block.count or block.sum)
    if isinstance(block, MapBlock):
        return block.rows is None or block.kind == "dots"
    return isinstance(block, KeyFiguresBlock) and any(item.value is None for item in block.items)


def _filled(kit: Kit, placed: PlacedPart) -> PlacedPart:
    part = placed.part
    update: dict[str, object] = {}
    if isinstance(part, Communique):
        update["figures"] = tuple(figure(kit, item) for item in part.figures)
    elif isinstance(part, Article):
        blocks = (_block(kit, block) if _is_computed(block) else block for block in part.body)
        update["body"] = tuple(blocks)
    return replace(placed, part=part.model_copy(update=update)) if _asks(part) else placed


def _block(kit: Kit, block: Any) -> Any:
    if isinstance(block, ChartBlock):
        return block.model_copy(update={"rows": rows_of(kit, block)})
    if isinstance(block, MapBlock):
        return mapped(kit, block)
    return block.model_copy(update={"items": tuple(figure(kit, item) for item in block.items)})


def figure(kit: Kit, item: KeyFigure) -> KeyFigure:
    """Return a figure with its value; itself where that is written.

    It has none while what it counts is awaited.
    """
    if item.value is not None:
        return item
    found = count(kit, Question.parse(item.count or item.sum or ""), summed=item.sum is not None)
    awaited = kit.awaits_events and not found.value
    values = dict(item) | {
        "value": None if awaited else Text(number_in_words(found.value, kit.edition.language)),
        "known": found.known,
        "asked": found.asked,
    }
    # what is not written has no place in the file
    return CountedFigure.model_construct(_fields_set=set(item.model_fields_set), **values)


def rows_of(kit: Kit, block: ChartBlock) -> tuple[ChartRow, ...]:
    """Return the rows of a chart that is computed; none where its question has faults."""
    question = Question.parse(block.count or block.sum or "")
    by = question.group
    if by is None:
        return ()
    shares = grouped(kit, question, summed=block.sum is not None)
    return tuple(
        ChartRow.model_construct(
            _fields_set={"label", "value"},
            label=Text(group_name(kit, by, each.name)),
            value=float(each.value),
        )
        for each in (without_gaps(by, shares) if by in TIMES else shares)
    )
