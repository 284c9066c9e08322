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
from moip_press.report.webpage import NEWLINE, NOTHING, Webpage
from moip_press.text import typography
from moip_press.text.difference import Act, Stretch, difference

MEANT = re.compile(r"([\\`*_\[\]<>#|~])")
SIGNS = {"same": "", "gone": "~~", "new": "**"}
HEARD = {"gone": N_("[taken out:]"), "new": N_("[new:]")}
MARKED = {
    "gone": Markup('<del><span class="heard">{} </span>{}</del>'),
    "new": Markup('<ins><span class="heard">{} </span>{}</ins>'),
}
VERSION = 1
HEAD = Markup("""\
<p class="kicker">{kicker}</p>
<h1>{title}</h1>
{notices}""")
GROUP = Markup("""\
<section aria-labelledby="{kind}">
<h2 id="{kind}">{title} ({count})</h2>
<ul class="entries">
{entries}
</ul>
</section>""")
ENTRY = Markup('<li class="entry" data-kind="{kind}" data-section="{section}">{said}{details}</li>')


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
    return change_page(changes, catalogue).written(catalogue)


def change_page(changes: Changes, catalogue: Catalogue) -> Webpage:
    """Return the page, before it is written."""
    return _Page(Teller(catalogue.language), catalogue).page(changes)


class _Page:
    def __init__(self, teller: Teller, catalogue: Catalogue) -> None:
        self.teller, self.catalogue = teller, catalogue

    def say(self, message: Message) -> str:
        return self.plain(self.catalogue.say(message))

    def plain(self, text: str) -> str:
        return printable(typography.plain(" ".join(text.split()), self.teller.language))

    def page(self, changes: Changes) -> Webpage:
        title = self.say(self.teller.heading(changes))
        sections = dict.fromkeys(self.plain(each.section) for each in changes.changes)
        return Webpage(
            title,
            HEAD.format(
                kicker=self.say(Message(N_("Comparison"))),
                title=title,
                notices=NEWLINE.join(self.notices(changes)),
            ),
            NEWLINE.join(
                GROUP.format(
                    kind=kind,
                    title=self.say(Message(GROUPS[kind])),
                    count=len(found),
                    entries=NEWLINE.join(map(self.told, self.teller.told(found))),
                )
                for kind, found in changes.groups().items()
            ),
            kinds={kind: self.say(Message(GROUPS[kind])) for kind in changes.groups()},
            sections={section: section for section in sections if section},
        )

    def notices(self, changes: Changes) -> Iterator[Markup]:
        if under := self.teller.embargo(changes):
            yield Markup('<p class="embargo">{}</p>').format(self.say(under))
        for note in (*partial(changes), count(changes)):
            yield Markup("<p>{}</p>").format(self.say(note))

    def told(self, told: Told) -> Markup:
        details = NOTHING.join(map(self.detail, told.details))
        section = self.plain(told.change.section)
        place = Markup('<p class="place">{}</p>').format(section) if section else ""
        return ENTRY.format(
            kind=told.change.kind,
            section=section,
            said=Markup("<p>{}</p>{}").format(self.say(told.sentence), place),
            details=Markup('<ul class="details">{}</ul>').format(details) if details else "",
        )

    def detail(self, detail: Detail) -> Markup:
        pieces = detail.words
        if not pieces and detail.old and detail.new:
            acts: tuple[tuple[Act, str | Message], ...] = ("gone", detail.old), ("new", detail.new)
            pieces = tuple(
                Stretch(act, self.catalogue.say(Message.of(N_("{new}"), new=words)))
                for act, words in acts
            )
        said = Markup(" ").join(map(self.stretch, pieces)) or self.say(detail.turn)
        label = self.say(Message.of(N_("{label}: {turn}"), label=detail.label, turn=""))
        return Markup('<li><span class="label">{}</span> {}</li>').format(label.rstrip(), said)

    def stretch(self, stretch: Stretch) -> Markup:
        words = self.plain(stretch.words)
        if stretch.act == "same":
            return escape(words)
        heard = self.say(Message(HEARD[stretch.act]))
        return MARKED[stretch.act].format(heard, words)


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
