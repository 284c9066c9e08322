"""Changes as a table for a terminal: what, before, now, under a heading for each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moip_press.editions.comparison.change_sentences import (
    GROUPS,
    Detail,
    Teller,
    Told,
    count,
    partial,
)
from moip_press.editions.comparison.changes import Change, Changes
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue
from moip_press.report.rendering import columns, printable
from moip_press.text.difference import Stretch

WIDEST, NARROWEST = 120, 50
GAP = "  "
BOLD, DIM, RED, GREEN, YELLOW, BLUE = "1", "2", "31", "32", "33", "36"
COLOURS = {"cancelled": RED, "removed": RED, "postponed": YELLOW, "moved": YELLOW, "added": GREEN}
SIGNS = {"gone": ("[-", "-]", RED), "new": ("{+", "+}", GREEN)}

SPACES = re.compile(r"[^\S\u00a0\u202f]+")
"""Where a line may be broken: not at a space that holds two words together."""
HOUR = re.compile(r"(?<=\d) (?=h\b)|(?<=\d h) (?=\d)")
"""The spaces within an hour, as in 16 h 30."""

Run = tuple[str, str]
"""Words, and the codes of their colour."""


@dataclass(frozen=True)
class Row:
    """A line of the table before it is broken: three cells, each of coloured words."""

    what: tuple[Run, ...]
    old: tuple[Run, ...] = ()
    new: tuple[Run, ...] = ()


def table(changes: Changes, catalogue: Catalogue, width: int, *, color: bool) -> str:
    """Return the table, ``width`` columns wide at most; 0 is as wide as is good to read."""
    columns = max(NARROWEST, min(width or WIDEST, WIDEST))
    writer = _Table(Teller(catalogue.language), catalogue, columns, color=color)
    return "".join(f"{line.rstrip()}\n" for line in writer.lines(changes))


class _Table:
    def __init__(self, teller: Teller, catalogue: Catalogue, width: int, *, color: bool) -> None:
        self.teller, self.catalogue, self.color = teller, catalogue, color
        self.width = width
        what = width * 2 // 5
        rest = (width - what - 2 * len(GAP)) // 2
        self.widths = (what, rest, width - what - rest - 2 * len(GAP))

    def say(self, message: Message | str) -> str:
        said = self.catalogue.say(message) if isinstance(message, Message) else message
        return printable(" ".join(SPACES.split(said.strip())))

    def style(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and code and text else text

    def lines(self, changes: Changes) -> Iterator[str]:
        yield from self.line(self.teller.heading(changes), BOLD)
        if under := self.teller.embargo(changes):
            yield from self.line(under, f"{BOLD};{YELLOW}")
        for note in partial(changes):
            yield from self.line(note, "")
        if changes:
            heads = (N_("What"), N_("Before"), N_("Now"))
            yield ""
            cells = [((self.say(Message(head)), DIM),) for head in heads]
            yield from self.broken(Row(*cells))
        for kind, found in changes.groups().items():
            yield ""
            title = f"{self.say(Message(GROUPS[kind]))} ({len(found)})"
            yield self.style(title, f"{BOLD};{COLOURS.get(kind, BLUE)}")
            for told in self.teller.told(found):
                for row in self.rows(told):
                    yield from self.broken(row)
        yield ""
        yield self.say(count(changes))

    def line(self, message: Message, code: str) -> Iterator[str]:
        """Yield a sentence over the whole width."""
        for runs in _broken([(self.say(message), code)], self.width):
            yield "".join(self.style(*run) for run in runs)

    def rows(self, told: Told) -> Iterator[Row]:
        """Yield the rows of one change: what it is, then what else differs."""
        change = told.change
        if change.record == "event":
            yield Row(((self.say(self.teller.event(change)), ""),), *self.turn(change))
        else:
            act = {"added": GREEN, "removed": RED}.get(change.act, "")
            yield Row(
                ((self.say(self.teller.sentence(change)), act),),
            )
        for detail in told.details:
            yield self.detail(detail)

    def turn(self, change: Change) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        """Return what the event was and is, as far as its sentence says it."""
        when = self.teller.when(change.when) if change.when else ""
        withdrawn = self.say(Message(N_("withdrawn")))
        cancelled = self.say(Message(N_("cancelled")))
        place = change.fact("place")
        at = f", {self.teller.value(place.new)}" if place and change.act == "added" else ""
        fact = change.facts[0] if change.facts else None
        match change.kind:
            case "cancelled":
                return self.cells(when, cancelled)
            case "removed":
                return self.cells(when, withdrawn)
            case "added":
                return self.cells("", when + at)
            case "unconfirmed":
                return self.cells(when, self.say(Message(N_("draft"))))
            case "confirmed":
                return self.cells("", when)
            case "postponed":
                new = change.fact("postponed_to")
                said = self.say(self.teller.value(new.new)) if new and new.new else ""
                return self.cells(when, said or self.say(Message(N_("to come"))))
            case "moved" | "retitled" | "organiser" | "section" if fact:
                old, now = (self.teller.value(value) for value in (fact.old, fact.new))
                return self.cells(self.say(old), self.say(now))
            case _:
                return (), ()

    def cells(self, old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        before, now = (HOUR.sub("\u00a0", printable(text)) for text in (old, new))
        return ((before, DIM),), ((now, ""),)

    def detail(self, detail: Detail) -> Row:
        """Return the row of one fact; of a long text, the words that differ."""
        label = ((f"  {self.say(detail.label)}", DIM),)
        if detail.words:
            old = [self.run(each) for each in detail.words if each.act != "new"]
            new = [self.run(each) for each in detail.words if each.act != "gone"]
            return Row(label, tuple(old), tuple(new))
        return Row(label, *self.cells(self.say(detail.old), self.say(detail.new)))

    def run(self, stretch: Stretch) -> Run:
        words = printable(stretch.words)
        if stretch.act == "same":
            return words, DIM
        before, after, code = SIGNS[stretch.act]
        return (words if self.color else f"{before}{words}{after}"), code

    def broken(self, row: Row) -> Iterator[str]:
        """Yield a row as lines of the terminal, each cell broken where it is too wide."""
        cells = [
            _broken(runs, width)
            for runs, width in zip((row.what, row.old, row.new), self.widths, strict=True)
        ]
        for number in range(max(1, *map(len, cells))):
            yield GAP.join(
                self.filled(cell[number] if number < len(cell) else (), width)
                for cell, width in zip(cells, self.widths, strict=True)
            )

    def filled(self, runs: Sequence[Run], width: int) -> str:
        taken = sum(columns(words) for words, _ in runs)
        return "".join(self.style(*run) for run in runs) + " " * (width - taken)


def _broken(runs: Sequence[Run], width: int) -> list[list[Run]]:
    """Return coloured words in lines of ``width`` columns; a longer word is cut."""
    lines: list[list[Run]] = [[]]
    room = width
    for words, code in runs:
        lead = len(words) - len(words.lstrip(" "))
        for number, word in enumerate(words.split(" ")[lead:] if lead else words.split(" ")):
            for piece in _pieces(word, width - lead):
                indent = " " * lead if not number else ""
                space = " " if lines[-1] else indent
                if columns(space + piece) > room and lines[-1]:
                    lines.append([])
                    room, space = width, "  " if lead else ""
                lines[-1].append((space + piece, code))
                room -= columns(space + piece)
    return lines


def _pieces(word: str, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if columns(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
