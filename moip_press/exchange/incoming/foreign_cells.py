"""Cells of other people's tables as fields of a record; what no field takes becomes a note."""

from __future__ import annotations

import re
from typing import Any

from pydantic import TypeAdapter, ValidationError

from moip_press.exchange.columns.column import YES_NO, Column, Form, from_cell, heading_key, named
from moip_press.exchange.columns.record_sheets import KINDS
from moip_press.exchange.incoming.cell_moments import length_of
from moip_press.exchange.incoming.foreign_text import (
    WEB_ADDRESS,
    beside_link,
    first_link,
    plain_lines,
    together,
)
from moip_press.exchange.incoming.import_job import Draft, ImportJob, quoted
from moip_press.exchange.incoming.table_headings import Headings, words_of_heading
from moip_press.kit.model.records import Event
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.tables.grid import Content, Linked, Place, text_of
from moip_press.text.language_names import language_tag

LINKS = frozenset({"link", "registration"})
CHECKED = frozenset({"capacity", "languages", "access"})
"""Fields of few possible values: whatever else others write there is a note."""

REMARKS = "notes."
LEAD, ROOM, POSTCODE = "text.lead", "place.room", "place.postcode"
PRICE, CURRENCY = "price", "price.currency"
ALWAYS_BETWEEN = re.compile(r"\s*(?:\n|;|\||\s/\s)\s*")
LIST = re.compile(r"\s*,\s*(?:et\s+|and\s+)?|\s+et\s+|\s+and\s+|\s+&\s+")
INITIALS = re.compile(r"[A-ZÀ-Þ0-9][A-ZÀ-Þ0-9&./-]{1,9}")
AMOUNT = re.compile(r"\d+(?:[.,]\d{1,2})?")
NOTHING = re.compile(r"0(?:[.,]0{1,2})?")
CLOCK = re.compile(r"PT.*|\d{1,2}:\d{2}(?::\d{2})?")
SEATS = re.compile(r"(\d{1,6})(?:\s*(?:places?|seats?|personnes?|people|pers\.?))?")
FREE = named("gratuit; gratuité; free; is free; is accessible for free; manifestation gratuite")
SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}
MOST_LINES = 200


class ForeignCells:
    """Reads the cells of a sheet of others for one kit."""

    def __init__(self, head: Headings, job: ImportJob) -> None:
        self.head = head
        self.job = job
        self.organisers = {
            heading_key(name) for event in job.kit.events() for name in event.organisers
        }

    def put(self, draft: Draft, number: int, content: Content, place: Place) -> None:
        """Give a record what the cell of a column says; what no field takes is noted, or told."""
        column, text = self.head.columns[number], text_of(content)
        if not text.strip():
            return
        if isinstance(content, Linked):
            if column.path in LINKS:
                text = content.url
            else:
                draft.pieces[f"link {number}"] = (content.url, place)
        if column.path == PRICE:
            draft.pieces[f"{PRICE} {number}"] = (text, place)
        elif column.path.startswith(REMARKS):
            self._note(draft, self._label(number, text), text, place)
        elif not column.written:
            draft.pieces[column.path] = (text, place)
        elif column.path in LINKS:
            self._put_link(draft, column, text, place)
        else:
            self._put_value(draft, column, text, place)

    def compose(self, draft: Draft) -> None:
        """Put together what a kit has in one field: lead and text, room and building, prices."""
        if LEAD in draft.pieces:
            lead, place = draft.pieces[LEAD]
            draft.put("text", together(self.job.prose(lead, place), draft.text("text")), place)
        if ROOM in draft.pieces:
            room, place = draft.pieces[ROOM]
            venue = (draft.text("place.venue"), self.job.line(room, place))
            draft.put("place.venue", ", ".join(filter(None, venue)), place)
            draft.put("sessions.room", venue[1], place)  # by itself, where it is of a session
        if POSTCODE in draft.pieces:
            code, place = draft.pieces[POSTCODE]
            draft.put_postcode(self.job.line(code, place), place)
        self._put_prices(draft)
        for number in self.head.columns:
            if f"link {number}" in draft.pieces:
                url, place = draft.pieces[f"link {number}"]
                if "link" in draft.values:
                    self._note(draft, N_("Link"), url, place)
                else:
                    draft.put("link", first_link(url), place)

    # fields

    def _put_value(self, draft: Draft, column: Column, text: str, place: Place) -> None:
        match column.form:
            case _ if column.path in CHECKED:
                self._put_checked(draft, column, text, place)
            case _ if column.path == "language":
                self._put_language(draft, text, place)
            case Form.YES_NO | Form.CHOICE:
                self._put_choice(draft, column, text, place)
            case Form.PROSES:
                draft.add_note(self.job.prose(text, place), place)
            case Form.PROSE:
                draft.put(column.path, self.job.prose(text, place), place)
            case Form.LINES:
                draft.put(column.path, self._names(self.job.clean(plain_lines(text), place)), place)
            case _:
                said = self._length(text) if column.path == "duration" else text
                draft.put(column.path, self.job.line(_on_one_line(said), place), place)

    def _put_link(self, draft: Draft, column: Column, text: str, place: Place) -> None:
        """Read an address; words beside it, such as how to register, are a note."""
        found = first_link(text)
        draft.put(column.path, found, place)
        if beside_link(text) and (found or column.path == "registration"):
            self._note(draft, column.heading, text, place)
        elif found is None and len(text.strip()) > 1:
            sentence = N_("“{text}” has no address that leads anywhere: it is left out.")
            hint = N_("Write a whole address, such as https://example.org.")
            self.job.warn("M402", place, Message.of(sentence, text=quoted(text)), hint)

    def _put_choice(self, draft: Draft, column: Column, text: str, place: Place) -> None:
        if column.path == "status":
            column = KINDS["session"].by_path["status"]
        value = from_cell(column, text)
        choices = [choice.value for choice in column.choices]
        if isinstance(value, bool) or value in choices:
            draft.put(column.path, value, place)
        elif column.path == "online" and WEB_ADDRESS.search(text):
            draft.put(column.path, True, place)  # noqa: FBT003 -- the value of a field
            self._note(draft, column.heading, text, place)
        else:
            offered = "oui, non" if column.form is Form.YES_NO else ", ".join(choices)
            sentence = N_(
                "“{text}” is no answer that is known in the column “{column}”: it is left out."
            )
            said = Message.of(sentence, text=quoted(text), column=Message(column.heading))
            hint = Message.of(N_("Write one of these: {words}."), words=offered)
            self.job.warn("M402", place, said, hint)

    def _put_checked(self, draft: Draft, column: Column, text: str, place: Place) -> None:
        """Give a field of few possible values what it can have; say anything else in a note."""
        several = column.form is Form.LINES
        said = [v for each in ALWAYS_BETWEEN.split(text) for v in LIST.split(each) if v.strip()]
        values = [v.strip() for v in said]
        if column.path == "languages":
            values = [language_tag(v) or v for v in values]
        if seats := SEATS.fullmatch(text.strip()):
            values = [seats[1]]
        kind: Any = Event.model_fields[column.path].annotation
        try:
            TypeAdapter(kind).validate_python(values if several else values[0])
        except ValidationError:
            self._note(draft, column.heading, text, place)
        else:
            draft.put(column.path, tuple(values) if several else values[0], place)

    def _put_language(self, draft: Draft, text: str, place: Place) -> None:
        """Note a language by its code, unless it is that of the kit."""
        code = language_tag(text.strip())
        if code is None:
            sentence = N_("“{text}” is no language that is known: it is left out.")
            self.job.warn("M402", place, Message.of(sentence, text=quoted(text)))
        elif code[:2] != self.job.language:
            draft.put("language", code, place)

    def _length(self, text: str) -> str:
        """Return a length of time in words, where a program wrote it."""
        length = length_of(text) if CLOCK.fullmatch(text.strip()) else None
        if length is None:
            return text
        hours, minutes = divmod(round(length.total_seconds()) // 60, 60)
        french = self.job.language == "fr"
        words = (f"{hours} h" if french else f"{hours} hr") if hours else ""
        of_minutes = f"{minutes:02}" if hours and french else f"{minutes} min"
        return " ".join(filter(None, (words, of_minutes if minutes else "")))

    def _names(self, text: str) -> tuple[str, ...]:
        names = [n.strip(" ,;•-–") for n in ALWAYS_BETWEEN.split(text)[:MOST_LINES]]
        parts = [part for name in names if name for part in self._parts(name)]
        return tuple(dict.fromkeys(parts))

    def _parts(self, name: str) -> list[str]:
        """Return the names of a list "a, b et c"; a name may itself hold a comma, or an "et"."""
        parts = [" ".join(part.split()) for part in LIST.split(name) if part.strip()]
        known = sum(bool(INITIALS.fullmatch(p)) or heading_key(p) in self.organisers for p in parts)
        capitals = all(part[0].isupper() or part[0].isdigit() for part in parts)
        if len(parts) > 1 and (known == len(parts) or (capitals and 2 * known >= len(parts) > 2)):
            return parts
        return [" ".join(name.split())]

    # notes and prices

    def _note(self, draft: Draft, label: str, text: str, place: Place) -> None:
        words = self.job.prose(_on_one_line(text), place)
        draft.add_note(self.job.labelled(label, words), place)

    def _put_prices(self, draft: Draft) -> None:
        """Say all prices as one, each with the currency that stands beside them."""
        symbol, _ = draft.pieces.get(CURRENCY, ("", None))
        found = [n for n in self.head.columns if f"{PRICE} {n}" in draft.pieces]
        words = [self._price(n, draft.pieces[f"{PRICE} {n}"][0], symbol.strip()) for n in found]
        if found:
            _, place = draft.pieces[f"{PRICE} {found[0]}"]
            draft.put(PRICE, self.job.line(", ".join(dict.fromkeys(words)), place), place)

    def _price(self, number: int, text: str, currency: str) -> str:
        """Return a price with its currency, and with its heading where there are others."""
        words, heading = _on_one_line(text), heading_key(self._heading(number))
        answer = None if AMOUNT.fullmatch(words) else from_cell(YES_NO, words)
        if NOTHING.fullmatch(words) or (answer is True and heading in FREE):
            return self.job.catalogue.gettext(N_("free"))
        if AMOUNT.fullmatch(words):
            symbol = SYMBOLS.get(currency.upper(), currency)
            french = self.job.language == "fr"
            amount = f"{words}0" if re.search(r"[.,]\d\Z", words) else words
            amount = amount.replace(".", ",") if french else amount
            words = f"{amount} {symbol}".strip() if french else f"{symbol}{amount}"
        label = self._label(number, text)
        alone = label == self.head.columns[number].heading
        return words if alone else self.job.labelled(label, words)

    def _label(self, number: int, text: str) -> str:
        """Return what a value is called: by its heading, where others or its answer ask for it."""
        column = self.head.columns[number]
        alike = [each for each in self.head.columns.values() if each.path == column.path]
        answer = None if AMOUNT.fullmatch(text.strip()) else from_cell(YES_NO, text)
        if len(alike) == 1 and not isinstance(answer, bool):
            return column.heading
        return self._heading(number)

    def _heading(self, number: int) -> str:
        said = words_of_heading(self.head.heading(number))
        return " ".join(said.replace("_", " ").split()).capitalize() if "_" in said else said


def _on_one_line(text: str) -> str:
    """Return the lines of a text with commas between them."""
    lines = (" ".join(line.split()) for line in plain_lines(text).split("\n"))
    return ", ".join(filter(None, lines))
