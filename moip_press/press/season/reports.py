"""How a season went, kit by kit: a table for a terminal, JSON for programs, one HTML page."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from moip_press.kit.season import REPORT
from moip_press.press.outcome import Dossier, HandoutFile
from moip_press.press.season.building import Outcome
from moip_press.report.diagnostics import Diagnostic, Message, Related, Report, Severity, lines_of
from moip_press.report.messages import N_, NP_, Catalogue, system_words
from moip_press.report.rendering import columns, printable, render
from moip_press.report.webpage import NEWLINE, Webpage
from moip_press.system import atomic
from moip_press.system.files import read_file

VERSION = 1
TIME = 8  # columns for seconds, however long it took
STATES = {
    "made": N_("made"),
    "unchanged": N_("up to date"),
    "faults": N_("has faults"),
    "failed": N_("failed"),
}
HEADS = (N_("Kit"), N_("Pages"), N_("Documents"), N_("Time"), N_("Findings"), N_("State"))
OURS = {"data-report": "season"}
"""What a page says of itself, so that it is written over only by the next one."""
HEAD = Markup("""\
<p class="kicker">{kicker}</p>
<h1>{title}</h1>
<p>{summary}</p>""")
TABLE = Markup("""\
<div class="wide" role="region" tabindex="0" aria-label="{kits}">
<table class="kits">
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>""")


@dataclass(frozen=True)
class SeasonReport:
    """How the kits of a season were built, in their order, into the folder ``output``."""

    name: str
    output: Path
    outcomes: tuple[Outcome, ...]
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether all that was asked for was made."""
        return all(each.state in {"made", "unchanged"} for each in self.outcomes)

    @property
    def report(self) -> Report:
        """What is wrong with the kits."""
        return said_once([each.build.report for each in self.outcomes if each.build])

    def summary(self, catalogue: Catalogue) -> Message:
        """Return the line that says what there is now."""
        sentence = NP_(
            "{path}: {count} kit, {documents}, {pages}, {seconds} s",
            "{path}: {count} kits, {documents}, {pages}, {seconds} s",
        )
        documents, pages = (
            NP_("{count} document", "{count} documents"),
            NP_("{count} page", "{count} pages"),
        )
        return Message.counted(
            sentence,
            len(self.outcomes),
            path=os.path.relpath(self.output),
            documents=Message.counted(documents, sum(each.documents for each in self.outcomes)),
            pages=Message.counted(pages, sum(each.pages for each in self.outcomes)),
            seconds=catalogue.decimal(self.seconds),
        )


def said_once(reports: Sequence[Report]) -> Report:
    """Return one report of several kits; a warning that several have is said once.

    The first kit that has it keeps the finding, which names the places in the others.
    """
    catalogue = Catalogue("en")
    kept: list[Diagnostic] = []
    first: dict[tuple[str, str], tuple[int, int]] = {}
    for number, report in enumerate(reports):
        for found in report.diagnostics:
            key = found.code, catalogue.say(found.message)
            kit, place = first.setdefault(key, (number, len(kept)))
            if found.severity is Severity.ERROR or kit == number:
                kept.append(found)
            elif found.span != kept[place].span:  # what they share is found in each of them
                also = Related(found.span, Message(N_("The same stands here.")))
                kept[place] = replace(kept[place], related=(*kept[place].related, also))
    return Report.of(kept)


def failure(outcome: Outcome) -> Message | None:
    """Return the sentence on a kit that was not made for another reason than its faults."""
    if outcome.error is not None:
        sentence = N_("“{path}” could not be read. The system says: {reason}.")
        path = outcome.error.filename or outcome.member.folder
        return Message.of(sentence, path=path, reason=system_words(outcome.error))
    if outcome.failure is None:
        return None
    return Message.of(N_("{kit}: {failure}"), kit=outcome.member.path, failure=outcome.failure)


# --- a table --------------------------------------------------------------------------------


def table(season: SeasonReport, catalogue: Catalogue) -> str:
    """Return a line for each kit."""
    heads = tuple(map(catalogue.gettext, HEADS))
    rows = [heads, *(_cells(each, catalogue) for each in season.outcomes)]
    least = (0, 0, 0, TIME, 0, 0)
    wide = [max(most, *(columns(row[place]) for row in rows)) for place, most in enumerate(least)]
    return "".join(f"{_line(row, wide)}\n" for row in rows)


def _line(row: Sequence[str], wide: Sequence[int]) -> str:
    cells = []
    for place, (cell, width) in enumerate(zip(row, wide, strict=True)):
        room = " " * (width - columns(cell))
        cells.append(room + cell if 0 < place < len(row) - 1 else cell + room)
    return "  ".join(cells).rstrip()


def _cells(outcome: Outcome, catalogue: Catalogue) -> tuple[str, ...]:
    report = outcome.build.report if outcome.build else Report()
    return (
        printable(str(outcome.member.path)),
        str(outcome.pages or "–"),
        str(outcome.documents or "–"),
        f"{catalogue.decimal(outcome.seconds)} s",
        str(len(report.diagnostics) or "–"),
        catalogue.gettext(STATES[outcome.state]),
    )


# --- JSON -----------------------------------------------------------------------------------


def listing(season: SeasonReport, catalogue: Catalogue) -> str:
    """Return the report as JSON, with the diagnostics of all kits."""
    found = json.loads(render(season.report, "json", catalogue, lambda _: None, Path.cwd()))
    states: Counter[str] = Counter(each.state for each in season.outcomes)
    document = {
        "version": VERSION,
        "season": season.name,
        "summary": {
            "kits": len(season.outcomes),
            **{state: states[state] for state in STATES},
            "documents": sum(each.documents for each in season.outcomes),
            "pages": sum(each.pages for each in season.outcomes),
            "seconds": round(season.seconds, 3),
            **found["summary"],
        },
        "kits": [_plain(each, season, catalogue) for each in season.outcomes],
        "diagnostics": found["diagnostics"],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _plain(outcome: Outcome, season: SeasonReport, catalogue: Catalogue) -> dict[str, Any]:
    made, why = outcome.build, failure(outcome)
    documents = []
    if made:
        files: list[Dossier | HandoutFile] = [*made.handouts]
        files = [made.dossier, *files] if made.dossier else files
        documents = [
            {"path": each.path.relative_to(season.output).as_posix(), "pages": each.pages}
            for each in files
        ]
    return {
        "path": outcome.member.path.as_posix(),
        "folder": outcome.member.folder.as_posix(),
        "state": outcome.state,
        "pages": outcome.pages,
        "documents": documents,
        "seconds": round(outcome.seconds, 3),
        "errors": made.report.errors if made else 0,
        "warnings": made.report.warnings if made else 0,
        "message": why and catalogue.say(why),
    }


# --- a page ---------------------------------------------------------------------------------


def webpage(season: SeasonReport, catalogue: Catalogue) -> str:
    """Return the report as a page; all that comes from a kit is escaped."""
    say = catalogue.gettext
    heads = [
        Markup('<th scope="col"{}>{}</th>').format(_kind(place), say(head))
        for place, head in enumerate(HEADS)
    ]
    kits = TABLE.format(
        kits=say(N_("Kits")),
        heads=Markup().join(heads),
        rows=NEWLINE.join(_row(each, catalogue) for each in season.outcomes),
    )
    head = HEAD.format(
        kicker=say(N_("Season")),
        title=printable(season.name),
        summary=printable(catalogue.say(season.summary(catalogue))),
    )
    body = NEWLINE.join([kits, *_faults(season, catalogue)])
    title = say(N_("Season {name}")).format(name=printable(season.name))
    return Webpage(title, head, body, attributes=OURS).written(catalogue)


def _kind(place: int) -> Markup:
    return Markup(' class="number"') if 0 < place < len(HEADS) - 1 else Markup()


def _row(outcome: Outcome, catalogue: Catalogue) -> Markup:
    name, *cells = _cells(outcome, catalogue)
    if outcome.build and outcome.build.dossier:
        link = f"{outcome.member.path.as_posix()}/{outcome.build.dossier.path.name}"
        head = Markup('<a href="{}">{}</a>').format(quote(link, errors="surrogateescape"), name)
    else:
        head = Markup("{}").format(name)
    rest = [
        Markup("<td{}>{}</td>").format(_kind(place), cell) for place, cell in enumerate(cells, 1)
    ]
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(head, Markup().join(rest))


def _faults(season: SeasonReport, catalogue: Catalogue) -> Iterator[Markup]:
    """Yield what kept kits from being made, and what is wrong with them, under their names."""
    for outcome in season.outcomes:
        report = outcome.build.report if outcome.build else Report()
        why = failure(outcome)
        if not (report.diagnostics or why):
            continue
        yield Markup("<h2>{}</h2>").format(printable(str(outcome.member.path)))
        if why:
            yield Markup("<p>{}</p>").format(printable(catalogue.say(why)))
        if report.diagnostics:
            text = render(report, "concise", catalogue, lambda _: None, Path.cwd())
            told = (Markup("<li>{}</li>").format(line) for line in lines_of(text.rstrip()))
            lines = Markup().join(told)
            yield Markup('<ul class="details">{}</ul>').format(lines)


# --- beside the kits ------------------------------------------------------------------------


def write(season: SeasonReport, catalogue: Catalogue) -> Message | None:
    """Write the report as JSON and as a page into the folder of the season.

    Return why it was not, where files of somebody else have these names. Raises ``CannotWrite``.
    """
    texts = dict(zip(REPORT, (listing(season, catalogue), webpage(season, catalogue)), strict=True))
    for name in texts:
        path = season.output / name
        if path.exists() and not _is_ours(path):
            sentence = N_("“{path}” is no report of a season, and stays: the report is not kept.")
            return Message.of(sentence, path=path)
    atomic.write_together(
        {season.output / name: text.encode("utf-8", "replace") for name, text in texts.items()}
    )
    return None


def _is_ours(path: Path) -> bool:
    try:
        head = read_file(path, 2_000).decode(errors="replace")
    except OSError:
        return False
    return 'data-report="season"' in head or '"season":' in head
