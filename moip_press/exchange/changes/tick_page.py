"""Changes as a page to tick: one file that needs no network and saves itself with its ticks.

What comes from other people is escaped wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath

from markupsafe import Markup

from moip_press.exchange.changes.change_words import (
    EMPTY,
    KIT,
    LAST,
    NOTHING,
    REASONS,
    SOURCE,
    ChangeWords,
    file_of,
    is_prose,
    new_values,
)
from moip_press.exchange.changes.proposal import Change, Item, Nature, Proposal, title_of
from moip_press.exchange.columns.kit_rows import KitRow
from moip_press.exchange.columns.record_sheets import KINDS
from moip_press.exchange.incoming.batch import Value
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue
from moip_press.report.rendering import printable
from moip_press.report.webpage import NEWLINE, Webpage
from moip_press.text import prose
from moip_press.text.difference import Act, Stretch, difference

MARK = "moip-press/changes"
"""What the page says it is, for ``ticked_list`` to know it."""

HEAD = Markup("""\
<p class="kicker">{kicker}</p>
<h1>{title}</h1>
<p>{summary}</p>
<p>{help}</p>""")
SAVE = Markup("""\
<footer class="save">
<button class="first" id="save" type="button" data-script hidden>{save}</button>
<span class="told" role="status" data-words="{told}"></span>
<noscript><p>{noscript}</p></noscript>
</footer>""")
TICKS = Markup("""\
<div class="ticking">
<button type="button" data-tick="all">{tick}</button>
<button type="button" data-tick="none">{untick}</button>
</div>""")
THEN = Markup('<p class="then">{after} <code>{command}</code></p>')
ENTRY = Markup("""\
<fieldset class="entry" data-section="{section}">
<legend title="{place}">{title}</legend>
{changes}
</fieldset>""")
CHANGE = Markup("""\
<div class="change{waits}" data-kind="{kind}"><div class="ticks">
{take}
<span class="never">{never}</span></div>
<div>
<p class="why">{why}</p>
{what}
</div></div>""")
BOX = Markup(
    '<label><input type="checkbox" name="{key}" value="{value}"{state} data-label="{label}" '
    'autocomplete="off"> {words}<span class="heard"> – {label}</span></label>'
)
BESIDE = Markup("""\
<table class="beside">
<thead><tr><td></td>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>""")
LONG = 40
"""Characters from which on what differs in a value is shown word by word."""
SAME_WORDS = N_("The words are the same: only how they are set, or where a link leads, differs.")
HELP = N_(
    "Tick what the kit is to take over. What is not ticked stays as it is, and is proposed again "
    "by the next import."
)
TITLE = N_("What the import would change: {kit}")


@dataclass(frozen=True)
class Told:
    """What a page says of itself: the kit's title, its own file's name, and what takes it back.

    Files are named as seen from the folder ``cwd``, and sections by their titles.
    """

    kit: str
    name: str
    command: str
    cwd: PurePath
    sections: Mapping[str, str]


def tick_page(proposal: Proposal, told: Told, catalogue: Catalogue) -> str:
    """Return the page of all changes."""
    return tick_webpage(proposal, told, catalogue).written(catalogue)


def tick_webpage(proposal: Proposal, told: Told, catalogue: Catalogue) -> Webpage:
    """Return the page of all changes, before it is written."""
    return _TickPage(told, ChangeWords(catalogue, told.cwd)).page(proposal)


def _seen(text: str) -> str:
    """Return a text with its invisible characters shown."""
    return "".join(one if one == "\n" else printable(one) for one in text)


def _read(item: Item, path: str, words: str) -> str:
    """Return the words of a value as a reader sees them: without the marks of Markdown."""
    return _seen(prose.plain_text(words) if is_prose(item, path) else words)


@dataclass(frozen=True)
class _TickPage:
    told: Told
    words: ChangeWords

    def page(self, proposal: Proposal) -> Webpage:
        """Return the page with all changes, below a heading for each section."""
        say = self.words.say
        title = self.words.catalogue.say(Message.of(TITLE, kit=_seen(self.told.kit)))
        natures = {change.nature for item in proposal.items for change in item.changes}
        sections = {self._section(item): self._heading(item) for item in self._sorted(proposal)}
        return Webpage(
            title,
            HEAD.format(
                kicker=say(N_("Import")),
                title=title,
                summary=", ".join(self.words.counts(proposal)) or say(NOTHING),
                help=say(HELP),
            ),
            NEWLINE.join((*self._sections(proposal), self._then())),
            SAVE.format(
                save=say(N_("Save with my ticks")),
                told=say(N_("{count} ticked")),
                noscript=say(
                    N_("This browser runs no scripts: make the list as a workbook (.xlsx) instead.")
                ),
            ),
            {kind.value: say(words) for kind, words in REASONS.items() if kind in natures},
            sections,
            TICKS.format(
                tick=say(N_("Tick all that is shown")), untick=say(N_("Untick all that is shown"))
            ),
            {"data-format": MARK, "data-name": _seen(self.told.name)},
        )

    def _sorted(self, proposal: Proposal) -> list[Item]:
        """Return the records by kind, those of a section together, sections as in the kit."""
        order = {name: place for place, name in enumerate(self.told.sections)}

        def place(item: Item) -> tuple[str, int, str]:
            name = item.section or ""
            return item.kind, order.get(name, len(order)), name

        return sorted(proposal.items, key=place)

    def _then(self) -> Markup:
        """Return what is done with the saved page; nothing where no command takes it back."""
        if not self.told.command:
            return Markup()
        said = self.words.say(N_("When you have saved it, this takes over what is ticked:"))
        return THEN.format(after=said, command=_seen(self.told.command))

    def _section(self, item: Item) -> str:
        return f"{item.kind} {_seen(item.section or '')}".strip()

    def _heading(self, item: Item) -> str:
        """Return the title of the section of a record, else what kind of record it is."""
        name = item.section or ""
        return _seen(self.told.sections.get(name, name)) or self.words.say(KINDS[item.kind].title)

    def _sections(self, proposal: Proposal) -> Iterator[Markup]:
        for _, items in groupby(self._sorted(proposal), key=self._section):
            first, *others = items
            yield Markup("<section>\n<h2>{}</h2>").format(self._heading(first))
            yield from map(self._entry, (first, *others))
            yield Markup("</section>")

    def _entry(self, item: Item) -> Markup:
        file, line, _ = file_of(item, self.told.cwd)
        return ENTRY.format(
            section=self._section(item),
            place=_seen(f"{file}:{line}"),
            title=_seen(item.title),
            changes=NEWLINE.join(self._change(item, change) for change in item.changes),
        )

    def _change(self, item: Item, change: Change) -> Markup:
        say = self.words.say
        name = _seen(self.words.field(item, change.path)) if change.path else ""
        label = f"{_seen(item.title)} — {name}" if name else _seen(item.title)
        add = say(N_("Add as a new record") if item.candidates else N_("Add"))
        box = {"key": item.key(change), "label": label}
        if change.path:
            what = NEWLINE.join(self._sides(item, change))
        else:
            what = self._beside(item) if item.candidates else self._fields(item)
        return CHANGE.format(
            waits="" if change.taken else " wait",
            kind=change.nature.value,
            take=BOX.format(
                value="yes",
                state=Markup(" checked") if change.taken else "",
                words=name or add,
                **box,
            ),
            never=BOX.format(value="no", state="", words=say(N_("Do not propose again")), **box),
            why=self.words.reason(change),
            what=what,
        )

    def _sides(self, item: Item, change: Change) -> Iterator[Markup]:
        """Yield the two values of a field; of texts, what differs between them."""
        ours, theirs, base = (
            _read(item, change.path, each) for each in self.words.sides(item, change)
        )
        if change.nature is Nature.CONFLICT:
            last = self.words.labelled(self.words.say(LAST), base)
            yield Markup('<p class="place">{}</p>').format(last)
        texts = is_prose(item, change.path)
        if ours == theirs and texts:
            yield Markup("<p>{}</p>").format(self.words.say(SAME_WORDS))
        elif texts or min(len(ours), len(theirs)) >= LONG:
            yield self._text(difference(ours, theirs))
        else:
            turn = Stretch("gone", ours), Stretch("same", " → "), Stretch("new", theirs)
            yield self._text(turn)
        if texts:
            yield from self._links(change)

    def _links(self, change: Change) -> Iterator[Markup]:
        """Yield where links led and lead, where that differs: a text does not show it."""
        old, new = (_addresses(value) for value in (change.ours, change.theirs))
        gone = [Stretch("gone", f"{each} ") for each in old if each not in new]
        come = [Stretch("new", f"{each} ") for each in new if each not in old]
        if gone or come:
            label = self.words.labelled(self.words.say(N_("Links")), "")
            yield self._text((Stretch("same", f"{label} "), *gone, *come))

    def _text(self, pieces: Iterable[Stretch]) -> Markup:
        return Markup('<p class="text">{}</p>').format(Markup().join(map(self._piece, pieces)))

    def _piece(self, piece: Stretch) -> Markup:
        tags = {
            "gone": (Markup("<del>{}{}</del>"), KIT),
            "new": (Markup("<ins>{}{}</ins>"), SOURCE),
        }
        if piece.act not in tags or not piece.text:
            return Markup("{}").format(piece.text or self.words.say(EMPTY))
        tag, side = tags[piece.act]
        heard = Markup('<span class="heard"> {}: </span>').format(self.words.say(side))
        words = piece.text.rstrip()
        return tag.format(heard, words) + (piece.text[len(words) :] or " ")

    def _fields(self, item: Item) -> Markup:
        """Return all that a new record says."""
        return Markup("<dl>\n{}\n</dl>").format(
            NEWLINE.join(
                Markup("<dt>{}</dt><dd>{}</dd>").format(*said) for said in self._said(item)
            )
        )

    def _said(self, item: Item) -> Iterator[tuple[str, str]]:
        for path, value in new_values(item).items():
            yield (
                _seen(self.words.field(item, path)),
                _read(item, path, self.words.value(item, path, value)),
            )

    def _beside(self, item: Item) -> Markup:
        """Return a new record beside those of the kit that it could be, field by field."""
        say = self.words.say
        heads = [
            Markup('<th scope="col">{}<span>{}</span></th>').format(say(N_("New")), say(SOURCE))
        ]
        for row in item.candidates:
            span = row.source.span(row.loc)
            section = self.told.sections.get(row.section or "", row.section or "")
            heads.append(
                Markup('<th scope="col" title="{}">{}<span>{}</span></th>').format(
                    _seen(f"{self.words.file(span.file)}:{span.start.line}"),
                    self._could_be(row),
                    _seen(section),
                )
            )
        rows = (self._row(item, path, value) for path, value in new_values(item).items())
        return BESIDE.format(heads=Markup().join(heads), rows=NEWLINE.join(rows))

    def _could_be(self, row: KitRow) -> str:
        title = _seen(title_of(row.values) or row.uid)
        return self.words.catalogue.say(Message.of(N_("In the kit: “{title}”"), title=title))

    def _row(self, item: Item, path: str, value: Value) -> Markup:
        """Return a field of a new record beside the same one of the kit, other words marked."""
        mine = _read(item, path, self.words.value(item, path, value))
        theirs = [
            _read(item, path, self.words.value(item, path, row.values.get(path)))
            for row in item.candidates
        ]
        compared = [difference(mine, each) for each in theirs]
        alone = compared[0] if len(compared) == 1 else (Stretch("same", mine),)
        cells = [_marked(alone, "gone"), *(_marked(each, "new") for each in compared)]
        return Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            _seen(self.words.field(item, path)),
            Markup().join(Markup("<td>{}</td>").format(cell) for cell in cells),
        )


def _addresses(value: Value | None) -> list[str]:
    texts = [value] if isinstance(value, str) else value if isinstance(value, tuple) else []
    return [
        _seen(link.url) for text in texts if isinstance(text, str) for link in prose.links(text)
    ]


def _marked(pieces: Iterable[Stretch], other: Act) -> Markup:
    """Return one side of a difference, the words that only this side has marked."""
    found = Markup()
    for piece in pieces:
        words = piece.text.rstrip() if piece.act == other else ""
        if words:
            found += Markup("<mark>{}</mark>").format(words)
        if piece.act in ("same", other):
            found += piece.text[len(words) :]
    return found
