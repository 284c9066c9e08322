"""The values of a table's cells: Markdown and ids of our own tables, plain words of others."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from moip_press.exchange import columns
from moip_press.exchange.columns import Column, Form, heading_key
from moip_press.exchange.incoming import addresses
from moip_press.exchange.incoming.desk import Desk, quoted
from moip_press.exchange.incoming.grid import Content
from moip_press.exchange.incoming.markup import from_plain
from moip_press.exchange.incoming.records import Place, Value
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_

LINKS = frozenset({"link", "registration"})
ALWAYS_BETWEEN = re.compile(r"\s*(?:\n|;|\||\s/\s)\s*")
LIST = re.compile(r"\s*,\s*(?:et\s+|and\s+)?|\s+et\s+|\s+and\s+|\s+&\s+")
INITIALS = re.compile(r"[A-ZÀ-Þ0-9][A-ZÀ-Þ0-9&./-]{1,9}")
MOST_LINES = 200
LONGEST_KNOWN = 100
"""Characters of a cell whose value is worth knowing."""


def text_of(content: Content) -> str:
    """Return the content of a cell as its text: whole numbers without a point, dates as in ISO."""
    if isinstance(content, bool):
        return "yes" if content else "no"
    if isinstance(content, float) and content.is_integer() and abs(content) < 1e15:
        return str(int(content))
    if isinstance(content, datetime):
        return (
            content.date().isoformat() if content.time() == time(0) else f"{content:%Y-%m-%d %H:%M}"
        )
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, time):
        return f"{content:%H:%M}"
    return "" if content is None else str(content)


def own_value(column: Column, content: Content) -> Value:
    """Return the value of a cell of our own table; an empty cell has what it means there."""
    value = columns.from_cell(column, text_of(content))
    if value is not None:
        return value
    if column.default is not None:
        return column.default
    return () if column.form in (Form.LINES, Form.PROSES) else ""


class Foreign:
    """Reads the cells of other people's tables for one kit."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.known: dict[tuple[str, str], Value | None] = {}
        self.organisers = {
            heading_key(name) for event in desk.kit.events() for name in event.organisers
        }

    def value(self, column: Column, content: Content, place: Place) -> Value | None:
        """Return the value of a cell; None where it is empty or left out, which is told.

        Towns, organisers and their like come again and again: what there was nothing to say of is
        known the next time.
        """
        text = text_of(content)
        if not text.strip():
            return None
        key = column.path, text
        if key not in self.known:
            told = len(self.desk.found)
            value = self._read(column, text, place)
            if len(text) > LONGEST_KNOWN or len(self.desk.found) > told:
                return value
            self.known[key] = value
        return self.known[key]

    def _read(self, column: Column, text: str, place: Place) -> Value | None:
        if column.path in LINKS:
            return self._link(text, place)
        match column.form:
            case Form.PROSE:
                return from_plain(self.desk.clean(text, place)) or None
            case Form.PROSES:
                note = from_plain(self.desk.clean(text, place))
                return (note,) if note else None
            case Form.LINES:
                return self._names(self.desk.clean(text, place))
            case Form.YES_NO | Form.CHOICE:
                return self._chosen(column, text, place)
            case _:
                return self.desk.line(text, place) or None

    def _link(self, text: str, place: Place) -> str | None:
        found = addresses.link(text)
        if found is None and len(text.strip()) > 1:
            self.desk.warn(
                "M402",
                place,
                Message.of(
                    N_("“{text}” has no address that leads anywhere: it is left out."),
                    text=quoted(text),
                ),
                Message(N_("Write a whole address, such as https://example.org.")),
            )
        return found

    def _chosen(self, column: Column, text: str, place: Place) -> Value | None:
        value = columns.from_cell(column, text)
        known = isinstance(value, bool) or value in {choice.value for choice in column.choices}
        if known:
            return value
        if column.path == "online" and addresses.WEB.search(text):
            return True
        self.desk.warn(
            "M402",
            place,
            Message.of(
                N_("“{text}” is no answer that is known in the column “{column}”: it is left out."),
                text=quoted(text),
                column=Message(column.heading),
            ),
            Message.of(N_("Write one of these: {words}."), words=_offered(column)),
        )
        return None

    def _names(self, text: str) -> tuple[str, ...] | None:
        names = [n.strip(" ,;•-–") for n in ALWAYS_BETWEEN.split(text)[:MOST_LINES]]
        parts = [part for name in names if name for part in self._parts(name)]
        return tuple(dict.fromkeys(parts)) or None

    def _parts(self, name: str) -> list[str]:
        """Return the names of a list "a, b et c"; a name may itself hold a comma, or an "et"."""
        parts = [" ".join(part.split()) for part in LIST.split(name) if part.strip()]
        known = sum(map(self._is_name, parts))
        capitals = all(part[0].isupper() or part[0].isdigit() for part in parts)
        if len(parts) > 1 and (known == len(parts) or (capitals and 2 * known >= len(parts) > 2)):
            return parts
        return [" ".join(name.split())]

    def _is_name(self, part: str) -> bool:
        return bool(INITIALS.fullmatch(part)) or heading_key(part) in self.organisers


def _offered(column: Column) -> str:
    if column.form is Form.YES_NO:
        return "oui, non"
    return ", ".join(choice.value for choice in column.choices)
