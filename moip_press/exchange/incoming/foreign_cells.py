"""Cells of other people's tables as fields of a record; what no field takes becomes a note."""

from __future__ import annotations

import re

from moip_press.exchange import columns
from moip_press.exchange.columns import Column, Form, heading_key
from moip_press.exchange.incoming.batch import Place
from moip_press.exchange.incoming.foreign_text import (
    WEB_ADDRESS,
    beside_link,
    first_link,
    plain_lines,
    together,
)
from moip_press.exchange.incoming.grid import Content, Linked, text_of
from moip_press.exchange.incoming.import_job import Draft, ImportJob, quoted
from moip_press.exchange.incoming.table_headings import REMARKS, Headings, words_of_heading
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_

LINKS = frozenset({"link", "registration"})
ALWAYS_BETWEEN = re.compile(r"\s*(?:\n|;|\||\s/\s)\s*")
LIST = re.compile(r"\s*,\s*(?:et\s+|and\s+)?|\s+et\s+|\s+and\s+|\s+&\s+")
INITIALS = re.compile(r"[A-ZÀ-Þ0-9][A-ZÀ-Þ0-9&./-]{1,9}")
AMOUNT = re.compile(r"\d+(?:[.,]\d{1,2})?")
NOTHING = re.compile(r"0(?:[.,]0{1,2})?")
SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}
MOST_LINES = 200
LEAD, ROOM, POSTCODE = "text.lead", "place.room", "place.postcode"
PRICE, CURRENCY = "notes.price", "notes.currency"
CODE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?")
LANGUAGES = {
    "fr": ("français", "francais", "french"),
    "en": ("anglais", "english"),
    "de": ("allemand", "german", "deutsch"),
    "es": ("espagnol", "spanish", "español"),
    "it": ("italien", "italian", "italiano"),
}
YES_NO = Column("", "", form=Form.YES_NO)


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
        if not column.written:
            self._put_piece(draft, number, text, place)
        elif column.path in LINKS:
            self._put_link(draft, column, text, place)
        else:
            self._put_value(draft, column, text, place)

    def _put_value(self, draft: Draft, column: Column, text: str, place: Place) -> None:
        match column.form:
            case Form.YES_NO | Form.CHOICE:
                self._put_choice(draft, column, text, place)
            case Form.PROSES:
                draft.add_note(self.job.prose(text, place), place)
            case Form.PROSE:
                draft.put(column.path, self.job.prose(text, place), place)
            case Form.LINES:
                draft.put(column.path, self._names(self.job.clean(plain_lines(text), place)), place)
            case _ if column.path == "language":
                self._put_language(draft, text, place)
            case _:
                lines = filter(None, map(str.strip, plain_lines(text).split("\n")))
                draft.put(column.path, self.job.line(", ".join(lines), place), place)

    def _put_piece(self, draft: Draft, number: int, text: str, place: Place) -> None:
        """Keep a part of a field, or a price, until all of it is read; say the rest in a note."""
        column = self.head.columns[number]
        if column.path in (PRICE, CURRENCY):
            draft.pieces[f"{column.path} {number}"] = (text, place)
        elif column.path.startswith(REMARKS):
            self._note(draft, self._label(number, text), text, place)
        else:
            draft.pieces[column.path] = (text, place)

    def _put_language(self, draft: Draft, text: str, place: Place) -> None:
        """Note a language by its code, unless it is that of the kit."""
        words = text.strip().casefold()
        code = next((code for code, names in LANGUAGES.items() if words in names), words)
        if not CODE.fullmatch(code):
            sentence = N_("“{text}” is no language that is known: it is left out.")
            self.job.warn("M402", place, Message.of(sentence, text=quoted(text)))
        elif code[:2] != self.job.language:
            draft.put("language", code, place)

    def compose(self, draft: Draft) -> None:
        """Put together what a kit has in one field: lead and text, room and building, postcode."""
        if LEAD in draft.pieces:
            lead, place = draft.pieces[LEAD]
            draft.put("text", together(self.job.prose(lead, place), draft.text("text")), place)
        if ROOM in draft.pieces:
            room, place = draft.pieces[ROOM]
            venue = (draft.text("place.venue"), self.job.line(room, place))
            draft.put("place.venue", ", ".join(filter(None, venue)), place)
        if POSTCODE in draft.pieces:
            code, place = draft.pieces[POSTCODE]
            draft.put_postcode(self.job.line(code, place), place)
        self._prices(draft)
        for number in self.head.columns:
            if f"link {number}" in draft.pieces:
                url, place = draft.pieces[f"link {number}"]
                if "link" in draft.values:
                    self._note(draft, N_("Link"), url, place)
                else:
                    draft.put("link", first_link(url), place)

    # fields

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
        value = columns.from_cell(column, text)
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

    # notes

    def _note(self, draft: Draft, label: str, text: str, place: Place) -> None:
        lines = filter(None, (" ".join(each.split()) for each in plain_lines(text).split("\n")))
        words = self.job.prose(", ".join(lines), place)
        draft.add_note(self.job.labelled(label, words), place)

    def _prices(self, draft: Draft) -> None:
        """Say prices in notes, each with the currency that stands beside them."""
        currency = self.head.column(CURRENCY)
        symbol, _ = draft.pieces.get(f"{CURRENCY} {currency}", ("", None))
        for number in self.head.columns:
            if (piece := draft.pieces.get(f"{PRICE} {number}")) is not None:
                said = self._price(piece[0].strip(), symbol.strip())
                self._note(draft, self._label(number, piece[0]), said, piece[1])

    def _price(self, words: str, currency: str) -> str:
        if NOTHING.fullmatch(words):
            return self.job.catalogue.gettext(N_("free"))
        if not AMOUNT.fullmatch(words):
            return words
        symbol = SYMBOLS.get(currency.upper(), currency)
        french = self.job.language == "fr"
        amount = words.replace(".", ",") if french else words
        return f"{amount} {symbol}".strip() if french else f"{symbol}{amount}"

    def _label(self, number: int, text: str) -> str:
        """Return what a note is called: by its heading, where others or its answer ask for it."""
        column = self.head.columns[number]
        alike = [each for each in self.head.columns.values() if each.path == column.path]
        answer = not AMOUNT.fullmatch(text.strip()) and columns.from_cell(YES_NO, text)
        if len(alike) == 1 and not isinstance(answer, bool):
            return column.heading
        said = words_of_heading(self.head.heading(number))
        return " ".join(said.replace("_", " ").split()).capitalize() if "_" in said else said
