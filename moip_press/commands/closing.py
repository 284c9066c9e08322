"""How a build is reported: what is wrong, and the lines that it ends with."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from moip_press.commands.options import colours, say, show, show_data, texts
from moip_press.press.outcome import Build, Dossier, HandoutFile
from moip_press.report.diagnostics import Gap, Message, Report, Severity
from moip_press.report.messages import N_, NP_, Catalogue
from moip_press.report.rendering import render


def close(made: Build, seconds: float, catalogue: Catalogue, *, quiet: bool) -> None:
    """Say how the build ended; ``quiet`` leaves what kept it from being written."""
    if made.failure:
        say(catalogue.say(made.failure))
    for name in made.failed:
        message = N_("The handout “{name}” was not made: an older file of it is as it was.")
        say(catalogue.say(Message.of(message, name=name)))
    if quiet or (made.failure and not made.handouts and not made.dossier):
        return
    for line in _closing_lines(made, seconds, catalogue):
        say(line)


def _closing_lines(made: Build, seconds: float, catalogue: Catalogue) -> Iterator[str]:
    if made.dossier is None and not made.handouts:
        yield catalogue.gettext("Nothing was written: the last good PDF is as it was.")
        return
    yield from _table(made.handouts, catalogue)
    if made.handouts:
        yield catalogue.say(_handouts_closing(made.handouts, seconds, catalogue))
    if made.dossier:
        yield catalogue.say(_closing(made.dossier, seconds, catalogue))
    if made.unchanged:
        yield catalogue.gettext("Nothing has changed since the last time.")
    if made.findings:
        sentence = NP_(
            "{count} warning of the proofreader: “moip-press check” shows it.",
            "{count} warnings of the proofreader: “moip-press check” shows them.",
        )
        yield catalogue.say(Message.counted(sentence, made.findings))
    if made.dossier:
        yield from blank_lines(made.dossier.blanks, catalogue)


def _table(handouts: tuple[HandoutFile, ...], catalogue: Catalogue) -> Iterator[str]:
    """Yield a line a handout: its file, its pages, its events."""
    if not handouts:
        return
    heads = (catalogue.gettext("File"), catalogue.gettext("Pages"), catalogue.gettext("Events"))
    rows = [(each.path.name, str(each.pages), str(each.events or "–")) for each in handouts]
    wide = [max(len(row[column]) for row in (heads, *rows)) for column in range(3)]
    for name, pages, events in (heads, *rows):
        yield f"{name:<{wide[0]}}  {pages:>{wide[1]}}  {events:>{wide[2]}}"


def _handouts_closing(
    handouts: tuple[HandoutFile, ...], seconds: float, catalogue: Catalogue
) -> Message:
    sentence = NP_(
        "{path}: {count} handout, {pages}, {seconds} s",
        "{path}: {count} handouts, {pages}, {seconds} s",
    )
    return Message.counted(
        sentence,
        len(handouts),
        path=os.path.relpath(handouts[0].path.parent),
        pages=Message.counted(NP_("{count} page", "{count} pages"), sum(h.pages for h in handouts)),
        seconds=_seconds(seconds, catalogue),
    )


def _seconds(seconds: float, catalogue: Catalogue) -> str:
    return f"{seconds:.1f}".replace(".", catalogue.pgettext("decimal sign", "."))


def report(made: Build, form: str, catalogue: Catalogue, *, quiet: bool) -> None:
    """Print the diagnostics, JSON on stdout; ``quiet`` leaves the errors."""
    shown = made.report
    if quiet:
        shown = Report.of(d for d in shown.diagnostics if d.severity is Severity.ERROR)
    if shown.diagnostics or form == "json":
        text = render(shown, form, catalogue, _texts(made), Path.cwd(), color=colours(sys.stderr))
        asked_for = form == "json"
        if asked_for:
            show_data(text)
        else:
            end = "\n" if form == "full" and not quiet else ""
            show(text + end, err=True, color=colours(sys.stderr))


def _texts(made: Build) -> Callable[[str], str | None]:
    """Return what gives the text of a file, or of an option of the command line."""
    of_file = texts(made.sources)
    return lambda name: made.words[name] if name in made.words else of_file(name)


def _closing(dossier: Dossier, seconds: float, catalogue: Catalogue) -> Message:
    return Message.counted(
        NP_(
            "{path}: {count} page, {size} kB, {seconds} s",
            "{path}: {count} pages, {size} kB, {seconds} s",
        ),
        dossier.pages,
        path=os.path.relpath(dossier.path),
        size=round(dossier.size / 1000),
        seconds=_seconds(seconds, catalogue),
    )


def blank_lines(blanks: Sequence[Gap], catalogue: Catalogue) -> Iterator[str]:
    """Yield how many blanks are still to fill, and where each of them stands."""
    if blanks:
        yield catalogue.say(
            Message.counted(
                NP_("{count} blank still to fill:", "{count} blanks still to fill:"),
                len(blanks),
            )
        )
    for blank in blanks:
        span = blank.span
        place = f"{os.path.relpath(span.file)}:{span.start.line}"
        yield catalogue.say(Message.of(N_("- {title} ({place})"), title=blank.title, place=place))
