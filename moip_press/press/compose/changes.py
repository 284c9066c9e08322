"""What has changed since a version: the page of changes, and the bars beside what is new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape

from markupsafe import Markup, escape

from moip_press.editions.comparison.change_sentences import GROUPS, Detail, Teller, since
from moip_press.editions.comparison.changes import Change, Changes, Marks
from moip_press.kit.model.kit import Chapter, Kit, PlacedPart
from moip_press.kit.model.parts import Changes as ChangesPart
from moip_press.report.diagnostics import Message
from moip_press.report.messages import Catalogue
from moip_press.text.difference import cut, key

MOST = 60  # words of a passage that is new or gone
TOLD = frozenset({"version", "date_of_issue", "status"})


@dataclass(frozen=True)
class ChangedWords:
    """Words in a row that are the ``same``, ``gone`` or ``new``."""

    act: str
    text: str


@dataclass(frozen=True)
class ChangeLine:
    """What is told of a change: a sentence, or a label and the words of a text that differ."""

    said: str
    words: tuple[ChangedWords, ...] = ()


@dataclass(frozen=True)
class ChangeEntry:
    """A change on the page: its name, who holds it, what is told, and where it stands."""

    title: str
    holders: str
    lines: tuple[ChangeLine, ...]
    anchor: str | None
    colour: int


@dataclass(frozen=True)
class ChangeGroup:
    """The changes of a kind under their heading."""

    title: str
    kind: str
    entries: tuple[ChangeEntry, ...]


def without_changes(kit: Kit) -> Kit:
    """Return the kit without its page of changes, unless it holds nothing else."""
    kept = [
        replace(chapter, parts=tuple(p for p in chapter.parts if not _tells(p)))
        for chapter in kit.chapters
    ]
    chapters = tuple(_opened(kept))
    return replace(kit, chapters=chapters) if chapters else kit


def with_changes(kit: Kit, changes: Changes) -> Kit:
    """Return the kit whose page of changes has its title, and is named in the contents."""
    language = kit.edition.language
    title = Catalogue(language).say(since(changes.old, language))
    return replace(kit, chapters=tuple(_titled(chapter, title) for chapter in kit.chapters))


def change_groups(
    changes: Changes, catalogue: Catalogue, anchors: Mapping[str, str], colours: Mapping[str, int]
) -> Iterator[ChangeGroup]:
    """Yield what stands on the page, in the order of importance.

    ``anchors`` gives the place of an id, ``colours`` the colour of a section by its anchor.
    """
    teller = Teller(catalogue.language)
    for kind, all_ in changes.groups().items():
        found = [change for change in map(_worth_a_line, all_) if change.facts or kind != "kit"]
        entries = tuple(
            ChangeEntry(*_worded(teller, catalogue, change), anchor, colours.get(section, 1))
            for change in found
            for anchor in [_place(change, anchors)]
            for section in [anchors.get(change.part, "")]
        )
        if entries:
            yield ChangeGroup(catalogue.gettext(GROUPS[kind]), kind, entries)


def _worth_a_line(change: Change) -> Change:
    """Return a change without the facts that the page tells by being there."""
    if change.kind != "kit":
        return change
    facts = tuple(fact for fact in change.facts if fact.field not in TOLD)
    return replace(change, facts=facts)


def _worded(
    teller: Teller, catalogue: Catalogue, change: Change
) -> tuple[str, str, tuple[ChangeLine, ...]]:
    title, lead, details = teller.brief(change)
    holders = "" if change.kind == "organiser" else _say(catalogue, teller.value(change.holders))
    lines = [ChangeLine(_say(catalogue, lead))] if lead else []
    lines += [_line(catalogue, detail) for detail in details]
    return _say(catalogue, title), holders, tuple(lines)


def _line(catalogue: Catalogue, detail: Detail) -> ChangeLine:
    turn = "" if detail.words else detail.turn
    said = _say(catalogue, Message.of("{label}: {turn}", label=detail.label, turn=turn))
    return ChangeLine(
        said, tuple(ChangedWords(each.act, cut(each.text, MOST)) for each in detail.words)
    )


def _say(catalogue: Catalogue, message: Message | str) -> str:
    said = catalogue.say(message) if isinstance(message, Message) else message
    return " ".join(said.split())


def _place(change: Change, anchors: Mapping[str, str]) -> str | None:
    """Return the anchor of what changed, else of the part that holds it; none where it is gone."""
    if change.act == "removed":
        return None
    if change.record == "contact":
        return anchors.get("contacts")
    return anchors.get(change.id) or anchors.get(change.part)


def _tells(placed: PlacedPart) -> bool:
    return isinstance(placed.part, ChangesPart)


def _opened(chapters: Sequence[Chapter]) -> Iterator[Chapter]:
    """Yield the chapters that hold something; the first one left of a group opens it."""
    opens = False
    for chapter in chapters:
        opens = chapter.opens_group or (opens and chapter.group is not None)
        if chapter.parts:
            yield replace(chapter, opens_group=opens)
            opens = False


def _titled(chapter: Chapter, title: str) -> Chapter:
    return replace(chapter, parts=tuple(_named(placed, title) for placed in chapter.parts))


def _named(placed: PlacedPart, title: str) -> PlacedPart:
    if not _tells(placed):
        return placed
    part = placed.part
    listed = True if part.listed is None else part.listed
    named = part.model_copy(update={"title": part.title or title, "listed": listed})
    return replace(placed, part=named)


BLOCKS = "p|ul|ol|li|blockquote|pre|h[1-6]"
LEAF = re.compile(rf"<(p|li|h[1-6])((?: [^<>]*)?)>((?:(?!<(?:{BLOCKS})[ >]).)*?)</\1>", re.DOTALL)
BLOCK = re.compile(rf"<(?:{BLOCKS})[ >]")
ELEMENT = re.compile(r"<[^<>]*>")
ADDED = re.compile(r'<a class="more".*?</a>', re.DOTALL)
"""What a template adds to the last paragraph of a text."""
BAR = '<span class="changed">{}</span>'


class Bars:
    """Puts bars beside what is new; without marks, nothing is touched."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks

    def whole(self, name: str) -> bool:
        """Return whether a record is new, or changed all over."""
        return name in self._marks.whole

    def new(self, text: str, owner: str) -> bool:
        """Return whether a line of plain text is new in the record ``owner``."""
        return bool(text) and key(text) in self._marks.lines.get(owner, ())

    def beside(self, html: str, owner: str) -> str:
        """Return HTML with bars beside the lines that are new in the record ``owner``.

        HTML is a line, or paragraphs and lists.
        """
        lines = self._marks.lines.get(owner)
        if not lines:
            return html
        html = str(escape(html))
        if not BLOCK.search(html):
            return Markup(_barred(html) if _key(html) in lines else html)

        def leaf(found: re.Match[str]) -> str:
            tag, attributes, inner = found.groups()
            if _key(inner) not in lines:
                return found[0]
            return f"<{tag}{attributes}>{_barred(inner)}</{tag}>"

        return Markup(LEAF.sub(leaf, html))


def _barred(inner: str) -> str:
    return BAR.format(inner)


def _key(html: str) -> str | None:
    return key(unescape(ELEMENT.sub("", ADDED.sub("", html)))) or None
