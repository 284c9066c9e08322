"""Changes on a terminal: record by record, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from moip_press.exchange.changes.proposal import Change, Item, Nature, Proposal
from moip_press.exchange.changes.wording import (
    EMPTY,
    WAITS,
    candidates,
    counts,
    field_name,
    is_prose,
    labelled,
    new_values,
    reason,
    said,
)
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue
from moip_press.report.rendering import printable, seen_from
from moip_press.text.difference import Stretch, difference, excerpt

GREEN, RED, YELLOW, BOLD, GREY = "32", "31", "33", "1", "90"
SIGNS = {Nature.NEW: "+", Nature.GONE: "-", Nature.MISSING: "-", Nature.CONFLICT: "!"}
COLOURS = {"+": GREEN, "-": RED, "!": YELLOW, "?": YELLOW, "~": BOLD}
LONG = 60  # characters: longer values stand one below the other
SHORTENED = 160
KIT, SOURCE, LAST = N_("kit"), N_("source"), N_("last import")


def listing(proposal: Proposal, catalogue: Catalogue, cwd: PurePath, *, color: bool) -> str:
    """Return all changes, and at the end how many there are."""
    writer = _Writer(catalogue, cwd, color=color)
    blocks = ["".join(f"{line}\n" for line in writer.item(item)) for item in proposal.items]
    return "\n".join([*blocks, writer.summary(proposal) + "\n"])


def concise(proposal: Proposal, catalogue: Catalogue, cwd: PurePath) -> str:
    """Return the changes, a line each."""
    writer = _Writer(catalogue, cwd, color=False)
    return "".join(
        f"{writer.line(item, change)}\n" for item in proposal.items for change in item.changes
    )


def file_of(item: Item, cwd: PurePath) -> tuple[str, int, int]:
    """Return the file in which a record stands, with line and column; of a new one, its source."""
    file, line, column = _place_of(item)
    return seen_from(cwd, file) if file else "", line, column


def _place_of(item: Item) -> tuple[str, int, int]:
    if item.row is not None:
        span = item.row.source.span(item.row.loc)
        return span.file, span.start.line, span.start.column
    place = item.incoming.place("") if item.incoming else None
    return (place.file, place.line, place.column) if place else ("", 1, 1)


class _Writer:
    def __init__(self, catalogue: Catalogue, cwd: PurePath, *, color: bool) -> None:
        self.catalogue = catalogue
        self.cwd = cwd
        self.color = color
        self.names: dict[str, str] = {}

    def style(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text

    def say(self, sentence: str) -> str:
        return self.catalogue.gettext(sentence)

    def summary(self, proposal: Proposal) -> str:
        found = counts(proposal)
        kept = sum(len(item.kept) for item in (*proposal.items, *proposal.rest))
        if kept:
            words = NP_("{count} edit of yours kept", "{count} edits of yours kept")
            found.append(Message.counted(words, kept))
        if not found:
            return self.say(N_("Nothing changes."))
        text = ", ".join(map(self.catalogue.say, found))
        return self.style(self.catalogue.say(Message.of(N_("{findings}."), findings=text)), BOLD)

    def item(self, item: Item) -> Iterator[str]:
        file, line, _ = self.place(item)
        sign = self._sign(item)
        title = self.style(f"{sign} {self._short(item.title)}", COLOURS[sign])
        place = self.style(printable(f"{file}:{line}"), GREY)
        section = f" [{printable(item.section)}]" if item.section and item.row is None else ""
        yield f"{title}{section}  {place}"
        for change in item.changes:
            if change.path:
                yield from self.change(item, change)
            else:
                yield from self.record(item, change)

    def place(self, item: Item) -> tuple[str, int, int]:
        """Return what ``file_of`` does; each file is looked at once."""
        file, line, column = _place_of(item)
        if file not in self.names:
            self.names[file] = seen_from(self.cwd, file) if file else ""
        return self.names[file], line, column

    def _sign(self, item: Item) -> str:
        natures = {change.nature for change in item.changes}
        found = next((SIGNS[nature] for nature in SIGNS if nature in natures), None)
        return found or ("?" if natures & set(WAITS) else "~")

    def record(self, item: Item, change: Change) -> Iterator[str]:
        if change.nature is not Nature.NEW:
            yield f"    {reason(change, self.catalogue)}"
        for words, _ in candidates(item, self.cwd, self.catalogue):
            yield f"    {self.style(printable(words), YELLOW)}"
        for path, value in new_values(item).items():
            name = field_name(item, path, self.catalogue)
            words = self._short(said(item, path, value, self.catalogue))
            yield f"    {labelled(name, words, self.catalogue)}"

    def _short(self, text: str) -> str:
        head = text[: 2 * SHORTENED]
        line = " ".join(printable(re.sub(r"\n+", " · ", head)).split())
        return line if len(line) <= SHORTENED else line[: SHORTENED - 1].rstrip() + "…"

    def change(self, item: Item, change: Change) -> Iterator[str]:
        """Yield the lines of one field."""
        name = self.style(field_name(item, change.path, self.catalogue), BOLD)
        why = self.style(f"({reason(change, self.catalogue)})", GREY)
        ours, theirs, base = (
            said(item, change.path, value, self.catalogue)
            for value in (change.ours, change.theirs, change.base)
        )
        if change.nature in WAITS:
            yield f"    {name} {why}"
            sides = [(KIT, ours), (SOURCE, theirs)]
            sides += [(LAST, base)] if change.nature is Nature.CONFLICT else []
            for side, text in sides:
                words = self._short(text) or self.say(EMPTY)
                yield f"        {labelled(self.say(side), words, self.catalogue)}"
        elif is_prose(item, change.path) and ours and theirs:
            yield f"    {name} {why}"
            yield f"        {self.pieces(excerpt(difference(ours, theirs)))}"
        elif len(ours) + len(theirs) > 2 * LONG:
            yield f"    {name} {why}"
            yield f"        {self._old(ours)}"
            yield f"        → {self._new(theirs)}"
        else:
            turn = f"{self._old(ours)} → {self._new(theirs)}"
            yield f"    {labelled(name, turn, self.catalogue)}  {why}"

    def _old(self, text: str) -> str:
        return self.style(self._short(text), RED) if text else self.say(EMPTY)

    def _new(self, text: str) -> str:
        return self.style(self._short(text), GREEN) if text else self.say(EMPTY)

    def pieces(self, pieces: Iterable[Stretch]) -> str:
        """Return a text with what goes and what comes, in colours or between brackets."""
        marks = {"gone": ("[-", "-]", f"{RED};9"), "new": ("{+", "+}", f"{GREEN};4")}
        shown: list[str] = []
        for piece in pieces:
            text = printable(piece.words)
            before, after, code = marks.get(piece.act, ("", "", ""))
            marked = self.style(text, code) if code and self.color else f"{before}{text}{after}"
            shown.append(marked)
        return " ".join(shown)

    def line(self, item: Item, change: Change) -> str:
        file, line, column = self.place(item)
        name = field_name(item, change.path, self.catalogue) if change.path else item.kind
        why = reason(change, self.catalogue)
        values = (
            said(item, change.path, value, self.catalogue) if change.path else ""
            for value in (change.ours, change.theirs)
        )
        ours, theirs = (self._short(text) for text in values)
        turn = labelled(name, f"{ours} → {theirs}", self.catalogue) if change.path else name
        place = printable(f"{file}:{line}:{column}")
        for words, _ in candidates(item, self.cwd, self.catalogue):
            why += f", {printable(words)}"
        return f"{place}: {printable(item.title)} — {turn} ({why})"
