"""What is wrong with a question, at its place in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from moip_press.kit import selection
from moip_press.kit.counting.counted import CAPACITY, OF_FIELDS, amount
from moip_press.kit.counting.question import COUNTABLE, GROUPS, Question, Word
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.model_errors import suggest
from moip_press.kit.selection import Condition, choose, entries
from moip_press.kit.source import Loc, Source
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_

WITHOUT_EVENTS = {"labs": ("region",), "partners": ()}
"""What is counted though it is no event, and the keys by which it can be chosen."""
APART = N_("Numbers cannot be broken down by “{word}”.")
Place = Callable[[int, int], Span]


def faults(
    kit: Kit, text: str, source: Source, loc: Loc, *, summed: bool = False, grouped: bool = False
) -> Iterator[Diagnostic]:
    """Yield what is wrong with a question that stands at a place of a file.

    ``grouped`` is whether it says by what its numbers are told apart.
    """
    question = Question.parse(text)

    def at(start: int, end: int) -> Span:
        return source.value_span(loc, start, end)

    yield from _of_what(kit, question, at, summed=summed)
    yield from _of_by(question, at, grouped=grouped)
    conditions = [*question.faults, *selection.faults(kit, question.conditions)]
    if not conditions and not kit.awaits_events and question.noun not in WITHOUT_EVENTS:
        conditions = [*_meeting_nothing(kit, question)]
    for found in conditions:
        columns = (found.span.start.column - 1, found.span.end.column - 1)
        yield replace(found, span=at(*columns))
    if not summed:
        yield from _not_chosen_by(question, at)


def _of_what(kit: Kit, question: Question, at: Place, *, summed: bool) -> Iterator[Diagnostic]:
    """Yield that what is to be counted or added up does not exist, or has no numbers."""
    what = question.what
    if not summed:
        if question.noun is None:
            message = N_("“{word}” is nothing that can be counted.")
            yield _unknown("R161", message, what, list(COUNTABLE), at)
        return
    fields = [CAPACITY, *kit.edition.fields]
    if what.text not in fields:
        message = N_("Events have no field “{word}” to add up.")
        yield _unknown("R162", message, what, fields, at)
    elif not kit.awaits_events and not any(amount(e.event, what.text) for e in entries(kit)):
        yield Diagnostic.error(
            "R162",
            at(what.start, what.end),
            Message.of(N_("No event has a number in its field “{word}”."), word=what.text),
            Message(N_("Write it in the events, in digits.")),
        )


def _of_by(question: Question, at: Place, *, grouped: bool) -> Iterator[Diagnostic]:
    by = question.by
    if by is not None and not grouped:
        yield Diagnostic.error(
            "R163",
            at(by.start, by.end),
            Message(N_("One number stands here: it cannot be broken down.")),
            Message.of(N_("Take “by {word}” away, or draw a chart."), word=by.text),
        )
    elif grouped and by is None:
        end = question.what.end
        yield Diagnostic.error(
            "R163",
            at(question.what.start, end),
            Message(N_("Nothing says by what the numbers are broken down.")),
            Message.of(N_("Write “{example}”."), example=f"{question.what.text} by region"),
        )
    elif by is not None and question.noun == "labs" and question.group != "region":
        yield _unknown("R163", APART, by, ["region"], at)
    elif by is not None and question.noun == "partners":
        yield _unknown("R163", APART, by, [], at)
    elif by is not None and question.group is None:
        yield _unknown("R163", APART, by, list(GROUPS), at)


def _unknown(code: str, message: str, word: Word, known: list[str], at: Place) -> Diagnostic:
    return Diagnostic.error(
        code,
        at(word.start, max(word.end, word.start + 1)),
        Message.of(message, word=word.text),
        suggest(word.text.lower(), known),
    )


def _meeting_nothing(kit: Kit, question: Question) -> Iterator[Diagnostic]:
    """Yield the first condition that names what no event has, and values that choose none.

    That no event of a day, or of a status, is left, is an answer: zero.
    """
    for condition in question.conditions:
        if condition.key in OF_FIELDS and not condition.negated:
            chosen = choose(kit, [condition])
            if not chosen.entries:
                yield selection.nothing_left(kit, chosen)
                return
    yield from selection.without_events(kit, question.conditions)


def _not_chosen_by(question: Question, at: Place) -> Iterator[Diagnostic]:
    """Yield the conditions that what is counted cannot meet, as labs have no theme."""
    keys = WITHOUT_EVENTS.get(question.noun or "")
    for condition in question.conditions if keys is not None else ():
        if condition.key not in (keys or ()):
            yield _foreign(question, condition, keys or (), at)


def _foreign(
    question: Question, condition: Condition, keys: tuple[str, ...], at: Place
) -> Diagnostic:
    start, end = condition.span.start.column - 1, condition.span.end.column - 1
    message = N_("“{noun}” cannot be chosen by “{key}”.")
    hint = suggest("", keys) if keys else Message(N_("Take this condition away."))
    return Diagnostic.error(
        "R122",
        at(start, end),
        Message.of(message, noun=question.what.text, key=condition.key),
        hint,
    )
