"""What pages lose of the words that were composed for them: diagnostics, and marks in a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from moip_press.kit.model.kit import Kit
from moip_press.pdf.sheets import How, Line, Loss, Sheet
from moip_press.proofread.page_records import Places, said
from moip_press.report.diagnostics import Diagnostic, Message, Severity, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.text.folding import letters

RULES: tuple[Rule, ...] = (
    Rule.error(
        "P111 lost-words",
        N_("Words are cut, covered, off the sheet or on no page (a warning in a draft)."),
        N_(
            "What the kit says is read on its pages, each word once. A text too long for its "
            "place, or a style that gives it too little, takes words away without a trace."
        ),
        "/* styles/kit.css */\n.event h2 { {~~height: 1mm; overflow: hidden~>min-height: 1mm~~} }",
    ),
    Rule.warning(
        "P112 hidden-words",
        N_("A style hides words."),
        N_(
            "They stand in the kit, and nobody reads them on its pages. What is meant can be "
            "waived."
        ),
        "/* styles/kit.css */\n.opener .kicker { {~~display: none~>color: white~~} }",
    ),
)

SHORTEN = N_("Shorten this text, or give it more room in the styles.")
SAID: dict[How, tuple[str, str]] = {
    "off": (N_("“{words}” runs off the sheet, {where}."), SHORTEN),
    "cut": (N_("“{words}” is cut off by the edge of its box, {where}."), SHORTEN),
    "covered": (N_("“{words}” is covered by what is printed over it, {where}."), SHORTEN),
    "elided": (N_("“{words}” gives way to “…”, {where}, and stands nowhere else."), SHORTEN),
    "missing": (
        N_("“{words}” is on no page; it belongs on {where}."),
        N_("Shorten this text, or correct the style that leaves it out."),
    ),
    "twice": (
        N_("“{words}” is printed twice, {where}."),
        N_("Shorten this text, or correct the style that repeats it."),
    ),
    "hidden": (
        N_("A style hides “{words}”, {where}."),
        N_("Take the style away, or the words out of the kit or its template."),
    ),
}
WORD = re.compile(r"\S*[^\W_]\S*")
PIECES = re.compile(r"\s+[·•|/–—:]\s+")  # what a running title or a line at the foot is made of


@dataclass(frozen=True)
class Run:
    """Pages that follow one another: the number of the first, and what their first id is."""

    folio: int
    sheets: Sequence[Sheet]
    anchor: str | None = None


class LostWords:
    """What pages lose: all those of the dossier, or those of a handout, whose ``file`` is named."""

    def __init__(self, kit: Kit, runs: Iterable[Run], file: str = "") -> None:
        self._kit = kit
        self._runs = tuple(runs)
        self._shown = _Shown(self._runs)
        self._file = file

    def on(self, sheet: Sheet) -> list[Loss]:
        """Return what is lost on a page, and not shortened or hidden on purpose."""
        return [loss for loss in sheet.losses if not self._shown.elsewhere(loss)]

    def faults(self) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each field of which words are lost."""
        places = Places(self._kit)
        told = set()
        for run in self._runs:
            for number, sheet in enumerate(run.sheets, run.folio):
                for loss in self.on(sheet):
                    anchor = loss.anchor or run.anchor
                    span, _ = places.words(anchor, loss.words, loss.whole)
                    if (span, loss.how) not in told:
                        told.add((span, loss.how))
                        yield self._fault(loss, number, span)

    def _fault(self, loss: Loss, page: int, span: Span) -> Diagnostic:
        message, hint = SAID[loss.how]
        values = {"words": said(loss.words), "where": _where(page, self._file)}
        draft = self._kit.edition.status == "draft"
        mild = draft or loss.how == "hidden"
        return Diagnostic(
            "P112" if loss.how == "hidden" else "P111",
            Severity.WARNING if mild else Severity.ERROR,
            Message(message, values),
            Message(hint),
            span,
        )


def _where(page: int, file: str) -> Message:
    if file:
        return Message.of(N_("page {page} of {file}"), page=page, file=file)
    return Message.of(N_("page {page}"), page=page)


class _Shown:
    """What the bodies of pages show."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self._text = "".join(
            _flat(line.text)
            for run in runs
            for sheet in run.sheets
            for line in sheet.text
            if not any(loss.how == "elided" and _in(loss, line) for loss in sheet.losses)
        )

    def elsewhere(self, loss: Loss) -> bool:
        """Tell whether words that are shortened or hidden on purpose can be read elsewhere."""
        if loss.how not in ("elided", "hidden"):
            return False
        words = list(WORD.finditer(loss.whole))
        start = words[-min(len(loss.words.split()), len(words))].start()
        pieces, place = [], 0
        for match in (*PIECES.finditer(loss.whole), None):
            end = match.start() if match else len(loss.whole)
            if end > start:
                pieces.append(loss.whole[place:end])
            place = match.end() if match else end
        return all(_flat(piece) in self._text for piece in pieces)


def _flat(text: str) -> str:
    return "".join(filter(str.isalnum, letters(text)))


def _in(loss: Loss, line: Line) -> bool:
    """Tell whether shortened words belong to a line."""
    return line.ink.overlap(loss.area)[1] > 0 and _flat(loss.words) in _flat(line.text)
