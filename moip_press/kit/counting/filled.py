"""A kit with the numbers that it asks for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from moip_press.kit.counting.counted import count
from moip_press.kit.counting.question import Question
from moip_press.kit.model.blocks import KeyFiguresBlock
from moip_press.kit.model.fields import Text
from moip_press.kit.model.kit import Kit, PlacedPart
from moip_press.kit.model.parts import Article
from moip_press.kit.model.records import CountedFigure, KeyFigure

MOST_DIGITS = 3  # after the decimal sign


def filled(kit: Kit) -> Kit:
    """Return a kit, as it is printed, with the value of each figure that it computes."""
    if not any(isinstance(p.part, Article) and _asks(p.part) for p in kit.parts()):
        return kit
    chapters = tuple(
        replace(chapter, parts=tuple(_filled(kit, placed) for placed in chapter.parts))
        for chapter in kit.chapters
    )
    return replace(kit, chapters=chapters)


def _asks(part: Article) -> bool:
    return any(map(_is_computed, part.body))


def _is_computed(block: Any) -> bool:
    return isinstance(block, KeyFiguresBlock) and any(item.value is None for item in block.items)


def _filled(kit: Kit, placed: PlacedPart) -> PlacedPart:
    part = placed.part
    if not isinstance(part, Article) or not _asks(part):
        return placed
    body = tuple(_block(kit, block) if _is_computed(block) else block for block in part.body)
    return replace(placed, part=part.model_copy(update={"body": body}))


def _block(kit: Kit, block: Any) -> Any:
    return block.model_copy(update={"items": tuple(figure(kit, item) for item in block.items)})


def figure(kit: Kit, item: KeyFigure) -> KeyFigure:
    """Return a figure with its value; itself where that is written."""
    if item.value is not None:
        return item
    found = count(kit, Question.parse(item.count or item.sum or ""), summed=item.sum is not None)
    values = dict(item) | {
        "value": Text(number(found.value, kit.edition.language)),
        "known": found.known,
        "asked": found.asked,
    }
    # what is not written has no place in the file
    return CountedFigure.model_construct(_fields_set=set(item.model_fields_set), **values)


def number(value: Decimal, language: str) -> str:
    """Return a number as it is printed: "1 240,5" in French, "1,240.5" in English."""
    from babel.numbers import format_decimal  # noqa: PLC0415 -- few kits compute

    form = f"#,##0.{'#' * MOST_DIGITS}"
    return str(format_decimal(value, format=form, locale=language))
