"""Changes as the command prints them: for people, a line each, as JSON, as GitHub's commands."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePath
from typing import Any

from moip_press.exchange.changes.apply_decisions import Written
from moip_press.exchange.changes.change_words import (
    EMPTY,
    KIT,
    LAST,
    NOTHING,
    SOURCE,
    WAITS,
    ChangeWords,
    file_of,
    is_prose,
    new_values,
)
from moip_press.exchange.changes.proposal import Change, Item, Nature, Proposal, title_of
from moip_press.exchange.columns.kit_rows import KitRow
from moip_press.exchange.incoming.batch import LeftOut
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue
from moip_press.report.rendering import printable, seen_from, workflow_command
from moip_press.text.difference import Stretch, difference, excerpt

GREEN, RED, YELLOW, BOLD, GREY = "32", "31", "33", "1", "90"
MARKS = {Nature.NEW: "+", Nature.GONE: "-", Nature.MISSING: "-", Nature.CONFLICT: "!"}
COLOURS = {"+": GREEN, "-": RED, "!": YELLOW, "?": YELLOW, "~": BOLD}
LONG = 60  # characters: longer values stand one below the other
SHORTENED = 160  # characters


def full(proposal: Proposal, catalogue: Catalogue, cwd: PurePath, *, color: bool) -> str:
    """Return all changes, record by record, and at the end how many there are."""
    terminal = _Terminal(ChangeWords(catalogue, cwd), color=color)
    blocks = ["".join(f"{line}\n" for line in terminal.item(item)) for item in proposal.items]
    return "\n".join([*blocks, terminal.summary(proposal) + "\n"])


def concise(proposal: Proposal, catalogue: Catalogue, cwd: PurePath) -> str:
    """Return the changes, a line each."""
    words = ChangeWords(catalogue, cwd)
    return "".join(
        f"{_line(words, item, change)}\n" for item in proposal.items for change in item.changes
    )


def commands(proposal: Proposal, catalogue: Catalogue, cwd: PurePath) -> str:
    """Return a notice of each change, as GitHub shows it."""
    words = ChangeWords(catalogue, cwd)
    return "".join(
        workflow_command(
            "notice", {"file": file, "line": line, "col": column}, _line(words, item, change)
        )
        + "\n"
        for item in proposal.items
        for file, line, column in [file_of(item, cwd)]
        for change in item.changes
    )


def document(
    proposal: Proposal, report: dict[str, Any], made: Written | None, cwd: PurePath
) -> str:
    """Return JSON: how many, the changes, what is left out, written, and wrong as in ``report``."""
    done = made.done if made else frozenset()
    changes = [
        _record(item, change, done, cwd) for item in proposal.items for change in item.changes
    ]
    numbers = {nature.value: proposal.number(nature) for nature in Nature}
    summary = {**report["summary"], "changes": len(changes), "applied": len(done), **numbers}
    whole = {
        "version": 1,
        "summary": summary,
        "changes": changes,
        "left_out": [_left_out(each, cwd) for each in proposal.left],
        "written": [
            {"file": seen_from(cwd, name), "new": new, "changed": changed}
            for name, (new, changed) in (made.files if made else {}).items()
        ],
        "diagnostics": report["diagnostics"],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _left_out(left: LeftOut, cwd: PurePath) -> dict[str, Any]:
    place = left.place
    return {
        "name": left.name,
        "count": left.count,
        "file": seen_from(cwd, place.file),
        "line": place.line,
        "column": place.column,
    }


def _record(item: Item, change: Change, done: Collection[str], cwd: PurePath) -> dict[str, Any]:
    file, line, column = file_of(item, cwd)
    key = item.key(change)
    return {
        "key": key,
        "nature": change.nature.value,
        "kind": item.kind,
        "source": item.source,
        "uid": item.uid or None,
        "id": item.row.uid if item.row else None,
        "section": item.section,
        "title": item.title,
        "field": change.path or None,
        "ours": change.ours,
        "theirs": new_values(item) if not change.path else change.theirs,
        "base": change.base,
        "candidates": [_candidate(row, cwd) for row in item.candidates],
        "applied": key in done,
        "file": file,
        "line": line,
        "column": column,
    }


def _candidate(row: KitRow, cwd: PurePath) -> dict[str, Any]:
    span = row.source.span(row.loc)
    return {
        "id": row.uid,
        "title": title_of(row.values),
        "values": dict(row.values),
        "file": seen_from(cwd, span.file),
        "line": span.start.line,
        "column": span.start.column,
    }


# --- a line each ----------------------------------------------------------------------------


def _line(words: ChangeWords, item: Item, change: Change) -> str:
    file, line, column = file_of(item, words.cwd)
    what = item.kind
    if change.path:
        ours, theirs, _ = map(_short, words.sides(item, change))
        what = words.labelled(words.field(item, change.path), f"{ours} → {theirs}")
    why = ", ".join(
        [words.reason(change), *(printable(said) for said, _ in words.candidates(item))]
    )
    return f"{printable(f'{file}:{line}:{column}')}: {printable(item.title)} — {what} ({why})"


def _short(text: str) -> str:
    """Return a text on one line, its end cut off where it is long."""
    head = text[: 2 * SHORTENED]
    line = " ".join(printable(re.sub(r"\n+", " · ", head)).split())
    return line if len(line) <= SHORTENED else line[: SHORTENED - 1].rstrip() + "…"


# --- for people -----------------------------------------------------------------------------


class _Terminal:
    def __init__(self, words: ChangeWords, *, color: bool) -> None:
        self.words = words
        self.color = color

    def style(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text

    def summary(self, proposal: Proposal) -> str:
        say = self.words.catalogue.say
        found = self.words.counts(proposal)
        kept = sum(len(item.kept) for item in (*proposal.items, *proposal.rest))
        if kept:
            words = NP_("{count} edit of yours kept", "{count} edits of yours kept")
            found.append(say(Message.counted(words, kept)))
        if not found:
            return self.words.say(NOTHING)
        return self.style(say(Message.of(N_("{findings}."), findings=", ".join(found))), BOLD)

    def item(self, item: Item) -> Iterator[str]:
        """Yield the lines of a record."""
        file, line, _ = file_of(item, self.words.cwd)
        natures = {change.nature for change in item.changes}
        mark = next((MARKS[nature] for nature in MARKS if nature in natures), None)
        mark = mark or ("?" if natures & set(WAITS) else "~")
        title = self.style(f"{mark} {_short(item.title)}", COLOURS[mark])
        place = self.style(printable(f"{file}:{line}"), GREY)
        section = f" [{printable(item.section)}]" if item.section and item.row is None else ""
        yield f"{title}{section}  {place}"
        for change in item.changes:
            yield from self.change(item, change) if change.path else self.record(item, change)

    def record(self, item: Item, change: Change) -> Iterator[str]:
        """Yield the lines of a new record."""
        if change.nature is not Nature.NEW:
            yield f"    {self.words.reason(change)}"
        for words, _ in self.words.candidates(item):
            yield f"    {self.style(printable(words), YELLOW)}"
        for name, words in self.words.fields(item, new_values(item)):
            yield f"    {self.words.labelled(name, _short(words))}"

    def change(self, item: Item, change: Change) -> Iterator[str]:
        """Yield the lines of one field."""
        name = self.style(self.words.field(item, change.path), BOLD)
        why = self.style(f"({self.words.reason(change)})", GREY)
        ours, theirs, base = self.words.sides(item, change)
        old, new = self._styled(ours, RED), self._styled(theirs, GREEN)
        if change.nature in WAITS:
            yield f"    {name} {why}"
            sides = [(KIT, ours), (SOURCE, theirs)]
            sides += [(LAST, base)] if change.nature is Nature.CONFLICT else []
            for side, text in sides:
                words = _short(text) or self.words.say(EMPTY)
                yield f"        {self.words.labelled(self.words.say(side), words)}"
        elif is_prose(item, change.path) and ours and theirs:
            yield f"    {name} {why}"
            yield f"        {self.pieces(excerpt(difference(ours, theirs)))}"
        elif len(ours) + len(theirs) > 2 * LONG:
            yield f"    {name} {why}"
            yield f"        {old}"
            yield f"        → {new}"
        else:
            yield f"    {self.words.labelled(name, f'{old} → {new}')}  {why}"

    def _styled(self, text: str, code: str) -> str:
        return self.style(_short(text), code) if text else self.words.say(EMPTY)

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
