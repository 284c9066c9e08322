"""Changes for others: lines, Markdown for an e-mail, one HTML file, JSON for programs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from moip_press.editions.attached_data import when_written
from moip_press.editions.comparison.change_sentences import (
    GROUPS,
    TEXTS,
    Detail,
    Teller,
    Told,
    count,
    partial,
)
from moip_press.editions.comparison.changes import Change, Changes, Fact, Sessions, Value
from moip_press.editions.comparison.document import Document
from moip_press.kit.when import When
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue
from moip_press.report.rendering import printable
from moip_press.text import typography
from moip_press.text.difference import Stretch, difference

MEANT = re.compile(r"([\\`*_\[\]<>#|~])")
SIGNS = {"same": "", "gone": "~~", "new": "**"}
VERSION = 1
STYLE = Markup("""
:root { color-scheme: light dark; --ink: #1b1f2a; --paper: #fff; --soft: #5c6373;
  --hair: #c9cedb; --gone: #8c1d18; --gone-on: #fdecea; --new: #12522f; --new-on: #e5f6ed; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaf0; --paper: #14161d; --soft: #a9b0c0;
  --hair: #3b4152; --gone: #ffb4ab; --gone-on: #4a1512; --new: #8fe0b4; --new-on: #0f3b24; } }
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem; color: var(--ink);
  background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 2.2rem 0 .4rem; padding-top: .6rem; border-top: 2px solid; font-size: 1.2rem; }
.embargo { padding: .6rem .9rem; border: 2px solid; font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; }
ul.changes > li { padding: .6rem 0; border-bottom: 1px solid var(--hair); }
ul.details { margin: .3rem 0 0 1.2rem; color: var(--soft); }
del { color: var(--gone); background: var(--gone-on); text-decoration: line-through; }
ins { color: var(--new); background: var(--new-on); text-decoration: underline; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
""")
SAFE = "default-src 'none'; style-src 'unsafe-inline'"


def concise(changes: Changes, catalogue: Catalogue) -> str:
    """Return a line for each change: its kind, what it is, what it was; the embargo first."""
    teller = Teller(catalogue.language)
    under = teller.embargo(changes)
    lines = [f"embargo: {catalogue.say(under)}"] if under else []
    lines += [_line(told, catalogue) for told in teller.told(changes.changes)]
    return "".join(f"{line}\n" for line in lines)


def _line(told: Told, catalogue: Catalogue) -> str:
    details = [
        Message.of(N_("{label}: {turn}"), label=each.label, turn=each.turn) for each in told.details
    ]
    said = "; ".join([catalogue.say(each) for each in (told.sentence, *details)])
    return f"{told.change.kind}: {printable(' '.join(said.split()))}"


def mail(changes: Changes, catalogue: Catalogue) -> str:
    """Return the changes in Markdown, a heading for each kind, a line for each change."""
    writer = _Mail(Teller(catalogue.language), catalogue)
    return "".join(f"{line}\n" for line in writer.lines(changes))


class _Mail:
    def __init__(self, teller: Teller, catalogue: Catalogue) -> None:
        self.teller, self.catalogue = teller, catalogue

    def say(self, message: Message) -> str:
        return self.plain(self.catalogue.say(message))

    def plain(self, text: str) -> str:
        said = typography.plain(" ".join(text.split()), self.teller.language)
        return MEANT.sub(r"\\\1", said)

    def lines(self, changes: Changes) -> Iterator[str]:
        yield f"# {self.say(self.teller.heading(changes))}"
        if under := self.teller.embargo(changes):
            yield from ("", f"**{self.say(under)}**")
        for note in (*partial(changes), *(() if changes else (count(changes),))):
            yield from ("", self.say(note))
        for kind, found in changes.groups().items():
            yield from ("", f"## {self.say(Message(GROUPS[kind]))}", "")
            for told in self.teller.told(found):
                yield from self.told(told)

    def told(self, told: Told) -> Iterator[str]:
        yield f"- {self.say(told.sentence)}"
        for detail in told.details:
            yield f"  - {self.detail(detail)}"

    def detail(self, detail: Detail) -> str:
        said = " ".join(map(self.stretch, detail.words)) or self.say(detail.turn)
        label = self.say(Message.of(N_("{label}: {turn}"), label=detail.label, turn="")).rstrip()
        return f"{label} {said}"

    def stretch(self, stretch: Stretch) -> str:
        sign = SIGNS[stretch.act]
        return f"{sign}{self.plain(stretch.words)}{sign}"


def webpage(changes: Changes, catalogue: Catalogue) -> str:
    """Return the page; all that comes from a kit is escaped."""
    writer = _Page(Teller(catalogue.language), catalogue)
    return str(Markup("\n").join(writer.lines(changes))) + "\n"


class _Page:
    def __init__(self, teller: Teller, catalogue: Catalogue) -> None:
        self.teller, self.catalogue = teller, catalogue

    def say(self, message: Message) -> Markup:
        return self.plain(self.catalogue.say(message))

    def plain(self, text: str) -> Markup:
        return escape(typography.plain(" ".join(text.split()), self.teller.language))

    def lines(self, changes: Changes) -> Iterator[Markup]:
        title = self.say(self.teller.heading(changes))
        yield Markup("<!DOCTYPE html>")
        yield Markup('<html lang="{}">').format(self.catalogue.language)
        yield Markup('<head><meta charset="utf-8">')
        yield Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(SAFE)
        yield Markup('<meta name="viewport" content="width=device-width, initial-scale=1">')
        yield Markup("<title>{}</title>").format(title)
        yield Markup("<style>{}</style></head>").format(STYLE)
        yield Markup("<body><main><h1>{}</h1>").format(title)
        yield from self.notices(changes)
        for kind, found in changes.groups().items():
            yield Markup('<section aria-labelledby="{}"><h2 id="{}">{} ({})</h2>').format(
                kind, kind, self.say(Message(GROUPS[kind])), len(found)
            )
            yield Markup('<ul class="changes">')
            yield from map(self.told, self.teller.told(found))
            yield Markup("</ul></section>")
        yield Markup("</main></body></html>")

    def notices(self, changes: Changes) -> Iterator[Markup]:
        if under := self.teller.embargo(changes):
            yield Markup('<p class="embargo">{}</p>').format(self.say(under))
        for note in (*partial(changes), count(changes)):
            yield Markup("<p>{}</p>").format(self.say(note))

    def told(self, told: Told) -> Markup:
        details = Markup("").join(map(self.detail, told.details))
        below = Markup('<ul class="details">{}</ul>').format(details) if details else ""
        return Markup("<li>{}{}</li>").format(self.say(told.sentence), below)

    def detail(self, detail: Detail) -> Markup:
        said = Markup(" ").join(map(self.stretch, detail.words)) or self.say(detail.turn)
        label = self.say(Message.of(N_("{label}: {turn}"), label=detail.label, turn=""))
        return Markup("<li>{} {}</li>").format(label.rstrip(), said)

    def stretch(self, stretch: Stretch) -> Markup:
        words = self.plain(stretch.words)
        if stretch.act == "same":
            return words
        tag, spoken = (
            ("del", N_("[taken out:]")) if stretch.act == "gone" else ("ins", N_("[new:]"))
        )
        heard = self.say(Message(spoken))
        return Markup('<{0}><span class="heard">{1} </span>{2}</{0}>').format(tag, heard, words)


def listing(changes: Changes, catalogue: Catalogue) -> str:
    """Return the changes as JSON; days and times as the data in a PDF writes them."""
    teller = Teller(catalogue.language)
    under = teller.embargo(changes)
    document = {
        "version": VERSION,
        "old": _side(changes.old),
        "new": _side(changes.new),
        "embargo": catalogue.say(under) if under else None,
        "partial": changes.partial,
        "summary": dict(Counter(change.kind for change in changes.changes)),
        "changes": [_change(each, teller, catalogue) for each in changes.changes],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _side(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "title": document.title,
        "version": document.version or None,
        "date_of_issue": document.date.isoformat() if document.date else None,
        "handout": document.handout is not None,
    }


def _change(change: Change, teller: Teller, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "act": change.act,
        "record": change.record,
        "id": change.id or None,
        "title": change.title,
        "section": change.section or None,
        "message": catalogue.say(teller.sentence(change)),
        "facts": [_fact(fact) for fact in change.facts],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    found = {"field": fact.field, "old": _value(fact.old), "new": _value(fact.new)}
    if fact.field in {*TEXTS, "title"} and isinstance(fact.old, str) and isinstance(fact.new, str):
        words = difference(fact.old, fact.new)
        found["words"] = [{"act": each.act, "words": each.words} for each in words]
    return found


def _value(value: Value) -> Any:
    if isinstance(value, Sessions):
        return [
            {"when": when_written(when), "status": status, "words": said}
            for when, status, said in value.each
        ]
    return when_written(value) if isinstance(value, When) else value
