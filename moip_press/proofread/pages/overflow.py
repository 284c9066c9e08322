"""Texts that run out of their column, their box or their page, or over each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from moip_press.pdf.sheets import Line, Sheet
from moip_press.proofread.pages.laid import LaidChapter, has_words, said
from moip_press.proofread.pages.places import Places, Record
from moip_press.proofread.proof import finding
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "P201",
        "text-out-of-place",
        WARNING,
        N_("A text runs out of its column, its box or its page, or over another text."),
        N_(
            "A word or an address that cannot be broken, or a text too long for its place, is cut"
            " off or hides what stands beside it."
        ),
        (
            '- title: "#RendezVousDesInnovateursDesTerritoiresEtDesCollectivitesDeFrance'
            'EtDOutreMer2021"\n'
            "  when: 16 novembre"
        ),
        (
            '- title: "Rendez-vous des innovateurs des territoires et des collectivités"\n'
            "  when: 16 novembre"
        ),
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
                yield finding("P201", span, Message(message, values), Message(hint))


def _found(sheet: Sheet) -> Iterator[tuple[Line, tuple[str, str], str]]:
    lines = [line for line in sheet.lines if has_words(line)]
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


def _beyond(line: Line, sheet: Sheet) -> bool:
    """Tell whether a line runs over an edge of the page, or into its foot."""
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
