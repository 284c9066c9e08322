"""What readers would stumble over on the finished pages: family P, from 201 on.

These rules are asked once the pages are laid out: by ``build``, and by ``check --layout``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, takewhile

from moip_press.kit import issue
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import Agenda, Communique, Index, Programme
from moip_press.pdf.sheets import Line, Sheet
from moip_press.proofread.page_records import LaidChapter, Places, Record, has_words, said
from moip_press.proofread.proof import finding
from moip_press.report.diagnostics import Diagnostic, Message, Report
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "P201 text-out-of-place",
        N_("A text runs out of its column, its box or its page, or over another text."),
        N_(
            "A word or an address that cannot be broken, or a text too long for its place, is cut"
            " off or hides what stands beside it."
        ),
        "/* styles/kit.css */\n"
        ".event h2 { {~~margin-left: 120mm; white-space: nowrap~>margin: 0~~} }",
    ),
    Rule.warning(
        "P202 split-event",
        N_("An event begins on one page and ends on another."),
        N_(
            "Readers look an event up at a glance, and cut its page out: it should stay whole."
            " Only an event with a very long text is ever split."
        ),
        "- title: Portes ouvertes\n  when: 16 novembre\n  text: |\n"
        "    ({~~deux pages~>une demi-page~~} de texte)",
    ),
    Rule.warning(
        "P203 empty-page",
        N_("A page is empty, or holds a few lines only."),
        N_(
            "It looks like a mistake, and costs a sheet in print: a few words less, or closer"
            " events, bring its lines back to the page before."
        ),
        "type: programme\ntitle: Le programme\n"
        "spacing: {~~widest  # trois lignes passent page 12~>tight~~}",
    ),
    Rule.warning(
        "P204 lone-title",
        N_("A title is left alone at the foot of a page."),
        N_("What it announces stands overleaf: a title keeps at least two lines of its text."),
        "/* styles/kit.css */\nh2 { break-after: {~~auto~>avoid~~} }",
    ),
    Rule.warning(
        "P205 page-without-embargo",
        N_("The embargo does not stand on a page."),
        N_(
            "Pages travel alone: until the kit lifts its embargo, each of them says so. Only "
            "templates and styles of the kit's own can leave it out."
        ),
        "{# templates/cover.html #}{++\n<p>{{ embargo_words }}</p>++}\n"
        "<h1>{{ kit.title|heading }}</h1>",
    ),
    Rule.warning(
        "P206 long-press-release",
        N_("A press release takes more than two pages."),
        N_("Journalists read a page, two at most: what is more belongs in the press kit."),
        "type: communique\ntitle: Le Mois revient\nbody: |\n"
        "  ({~~trois pages~>une page~~} de texte)",
    ),
)

SLACK = 1.0  # millimetres that nobody sees
WIDE = (
    N_("“{text}” runs out of its column to the right, on page {page}."),
    N_("Shorten it; a long address goes into a link with words: [words](https://…)."),
)
TALL = (
    N_("“{text}” runs out of the foot of its box, on page {page}."),
    N_("Shorten the text, or what stands above it."),
)
BEYOND = (
    N_("“{text}” runs off the page, on page {page}."),
    N_("Shorten the text, or what stands above it."),
)
OVER = (
    N_("“{text}” and “{other}” are printed over each other, on page {page}."),
    N_("Shorten one of the two."),
)


def texts_in_their_place(laid: LaidChapter, places: Places) -> Iterator[Diagnostic]:
    """A text stays in its column, its box and its page, and beside other texts.

    Of what runs out of one record, only the first is told.
    """
    told: set[Record] = set()
    for number, sheet in laid.numbered():
        for line, (message, hint), other in _found(sheet):
            span, record = places.words(line.anchor or laid.anchor, line.text)
            if record not in told:
                told.add(record)
                values = {"text": said(line.text), "page": number, "other": said(other)}
                yield finding("P201", span, Message(message, values), hint)


def _found(sheet: Sheet) -> Iterator[tuple[Line, tuple[str, str], str]]:
    lines = [line for line in sheet.lines if has_words(line) and not _loses(sheet, line)]
    whole = []
    for line in lines:
        if line.wide > SLACK and not line.margin:
            yield line, WIDE, ""
        elif _beyond(line, sheet):
            yield line, BEYOND, ""
        elif line.margin:
            continue
        elif line.tall > SLACK:
            yield line, TALL, ""
        else:
            whole.append(line)
    for line, other in _collisions(whole):
        yield line, OVER, other.text


def _loses(sheet: Sheet, line: Line) -> bool:
    """Return whether words of a line are lost, which P111 reports."""
    return any(min(line.ink.overlap(loss.area)) > 0 for loss in sheet.losses)


def _beyond(line: Line, sheet: Sheet) -> bool:
    """Return whether a line runs over an edge of the page, or into its foot."""
    edges = (
        line.ink.left,
        line.ink.top,
        sheet.width - line.ink.right,
        sheet.height - line.ink.bottom,
    )
    into_foot = not line.margin and not line.placed and line.ink.bottom > sheet.area.bottom + SLACK
    return min(edges) < -SLACK / 2 or into_foot


def _collisions(lines: Iterable[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield the lines of which one covers the other."""
    ordered = sorted(lines, key=lambda line: line.ink.top)
    for number, line in enumerate(ordered, 1):
        for other in ordered[number:]:
            if other.ink.top > line.ink.bottom - SLACK:
                break
            if min(line.ink.overlap(other.ink)) > SLACK:
                yield line, other


def events_whole(laid: LaidChapter, places: Places) -> Iterator[Diagnostic]:
    """An event is read on one page."""
    pages: dict[str, list[int]] = {}
    for number, sheet in laid.numbered():
        for line in sheet.text:
            pages.setdefault(line.anchor or "", []).append(number)
    for anchor in _events(laid):
        numbers = pages.get(anchor, [0])
        if numbers[0] != numbers[-1]:
            yield finding(
                "P202",
                places.title(anchor),
                N_("This event begins on page {first} and ends on page {last}."),
                N_("Shorten its text so that it fits on a page."),
                first=numbers[0],
                last=numbers[-1],
            )


def _events(laid: LaidChapter) -> Iterator[str]:
    for placed in laid.chapter.parts:
        if isinstance(placed.part, Programme):
            yield from (f"{laid.chapter.id}--{event.id}" for event in placed.part.events)


LEAST = 0.2  # of the height of a page that its content takes


def pages_filled(laid: LaidChapter, places: Places) -> Iterator[Diagnostic]:
    """A page that a chapter goes on to is worth being turned to."""
    anchor = laid.anchor
    for number, sheet in laid.numbered():
        anchor = next((line.anchor for line in sheet.text if line.anchor), anchor)
        count = len(sheet.text)
        if not count and not sheet.pictures:
            message = Message.of(N_("Page {page} is empty."), page=number)
        elif number > laid.folio and _filled(sheet) < LEAST and not _is_listing(laid):
            message = Message.counted(
                NP_(
                    "Page {page} is nearly empty: a single line stands on it.",
                    "Page {page} is nearly empty: {count} lines stand on it.",
                ),
                count,
                page=number,
            )
        else:
            continue
        yield finding("P203", places.title(anchor), message, _hint(laid))


def _is_listing(laid: LaidChapter) -> bool:
    """Return whether a chapter is a list made of the kit, whose length nobody writes."""
    return all(isinstance(placed.part, Agenda | Index) for placed in laid.chapter.parts)


def _filled(sheet: Sheet) -> float:
    """Return how much of the page's height the content takes."""
    return sheet.filled / (sheet.area.bottom - sheet.area.top)


def _hint(laid: LaidChapter) -> str:
    if any(isinstance(placed.part, Programme) for placed in laid.chapter.parts):
        return N_("Shorten the section, or give it “opener: band” or “spacing: tight”.")
    return N_("Shorten the chapter, or give this page more to say.")


def titles_in_company(laid: LaidChapter, places: Places) -> Iterator[Diagnostic]:
    """A title is followed by some of its text on the same page.

    A title in the upper half is the page's own, set there on purpose. P202 is about events: the
    title of one without a text may end a page.
    """
    events = frozenset(_events(laid))
    for (number, sheet), (_, after) in pairwise(laid.numbered()):
        title = _last_title(sheet)
        middle = (sheet.area.top + sheet.area.bottom) / 2
        if not title or title[0].anchor in events:
            continue
        if after.text and title[-1].ink.bottom > middle:
            words = " ".join(line.text for line in title)
            yield finding(
                "P204",
                places.words(title[0].anchor or laid.anchor, words)[0],
                N_("The title “{title}” stands alone at the foot of page {page}."),
                N_("Shorten or lengthen a text above it by a line or two."),
                title=said(words),
                page=number,
            )


def _last_title(sheet: Sheet) -> list[Line]:
    """Return the lines of the title that ends the page, if one does."""
    lines = [line for line in reversed(sheet.text) if not line.placed]
    ending = list(takewhile(lambda line: line.title and line.anchor == lines[0].anchor, lines))
    return ending[::-1]


def on_every_page(laid: LaidChapter, places: Places) -> Iterator[Diagnostic]:
    """Until an embargo is lifted, whoever holds a page under it reads of it."""
    parts = [placed.part for placed in laid.chapter.parts]
    words = issue.embargo_words(issue.of_parts(places.kit.edition, parts))
    if not words:
        return
    without = [
        number
        for number, sheet in laid.numbered()
        if _flat(words) not in _flat(" ".join(line.text for line in sheet.lines))
    ]
    if without:
        yield finding(
            "P205",
            places.title(laid.anchor),
            N_("The embargo does not stand on page {page}."),
            N_("Let the kit's templates print {{{{ embargo_words }}}}, or keep our page.css."),
            page=without[0],
        )


MOST_PAGES = 2  # of a press release


def releases_are_short(laid: LaidChapter, places: Places) -> Iterator[Diagnostic]:
    """A press release is one or two pages long."""
    for placed in laid.chapter.parts:
        if isinstance(placed.part, Communique):
            anchor = f"{laid.chapter.id}--{placed.part.id}"
            pages = [number for number, sheet in laid.numbered() if _shows(sheet, anchor)]
            if len(pages) > MOST_PAGES:
                yield finding(
                    "P206",
                    places.title(anchor),
                    N_("This press release takes {count} pages: it ends on page {page}."),
                    N_("Shorten its text to two pages, or make an article of the rest."),
                    count=len(pages),
                    page=pages[-1],
                )


def _shows(sheet: Sheet, anchor: str) -> bool:
    """Return whether a line of a part, or of what is made from its id, stands on a page."""
    names = (line.anchor or "" for line in sheet.text)
    return any(name == anchor or name.startswith(f"{anchor}--") for name in names)


def _flat(text: str) -> str:
    return " ".join(text.split())


FINDERS: tuple[Callable[[LaidChapter, Places], Iterator[Diagnostic]], ...] = (
    texts_in_their_place,
    events_whole,
    pages_filled,
    titles_in_company,
    on_every_page,
    releases_are_short,
)


def proofread_pages(kit: Kit, chapters: Iterable[LaidChapter]) -> Report:
    """Return what readers of the pages would stumble over."""
    places = Places(kit)
    return Report.of(
        found for chapter in chapters for rule in FINDERS for found in rule(chapter, places)
    )
