"""``moip-press media``: what journalists take of a kit, in a folder and in one ZIP."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.build import blank_lines, report_build
from moip_press.commands.options import (
    embargoed_option,
    kit_argument,
    kit_folder,
    now,
    output_option,
    run_options,
    source_date,
)
from moip_press.commands.running import Exit, Run, texts
from moip_press.commands.terminal import progress_bar
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.kit.folders import Theme
    from moip_press.kit.model.kit import Kit
    from moip_press.media.making import MediaKit, Piece


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "media",
        help=catalogue.gettext(
            "Make the media kit of KIT for journalists: output/<kit>/media/ and media.zip, with "
            "the pictures, their captions and rights, logos, texts, data, dossier and handouts."
        ),
    )
    @kit_argument()
    @output_option(
        catalogue,
        catalogue.gettext(
            "The folder for media/, media.zip and the PDFs, instead of output/<kit>."
        ),
    )
    @embargoed_option(catalogue)
    @run_options(catalogue, cache=True)
    def media(run: Run, kit: Path | None, output: Path | None, embargoed: bool) -> Exit:
        folder = kit_folder(kit, run)
        return run.ended(folder, lambda: _media(run, folder, output, embargoed=embargoed))

    return media


def _media(run: Run, folder: Path, output: Path | None, *, embargoed: bool) -> Exit:
    """Make the media kit, print how it went, and return the exit code. Raises ``OSError``."""
    from moip_press.kit import folders
    from moip_press.kit.computed_figures import filled
    from moip_press.kit.model.kit_files import read_kit
    from moip_press.kit.theme_sheet import theme_of
    from moip_press.media.labels import Labels
    from moip_press.media.making import make_media
    from moip_press.press.compose import TemplateFault
    from moip_press.press.embargo import withheld
    from moip_press.press.outcome import Order, Request
    from moip_press.press.template_faults import stopped
    from moip_press.press.unchanged import Builder
    from moip_press.report.diagnostics import Report
    from moip_press.system.enforcement import OverLimit
    from moip_press.system.processes import cores

    at = now(run)
    target = output or folders.output_folder(folder, Path())
    read = read_kit(folder)
    run = run.about(read.language)
    if read.kit is None or not read.report.ok:
        run.report(read.report, texts(read.sources))
        return Exit.FAULTS
    labels = Labels(filled(read.kit.printed()), at)
    reason = None if embargoed else withheld(labels.kit, at, drafts=True)
    if reason:
        run.say(reason)
        return Exit.FAULTS
    with progress_bar(quiet=run.quiet) as progress:
        builder = Builder(run.cache, cores=cores(), counts=False)
        order = Order(handouts=Request(), moment=source_date(run))
        built = builder.build(folder, target, progress, today=at.date(), order=order)
        if built.ok:
            theme = theme_of(labels.kit)
            try:
                pieces = _pieces(labels.kit, theme)
            except (TemplateFault, OverLimit) as error:  # of templates for the web alone
                built = built.told(Report((stopped(error, labels.kit, theme),)))
            else:
                made = make_media(labels, theme, built, pieces, target, run.cache, progress)
    report_build(built, run)
    if not built.ok:
        if built.failure:
            run.say(built.failure)
        run.note(N_("No media kit was made."))
        return Exit.FAILED if built.failure else Exit.FAULTS
    for message in _told(made, run.catalogue):
        run.note(message)
    for line in blank_lines(built.dossier.blanks if built.dossier else (), run.catalogue):
        run.note(line)
    return Exit.DONE


def _pieces(kit: Kit, theme: Theme) -> tuple[Piece, ...]:
    """Return the texts of a kit that stand for themselves; a section with its events."""
    from moip_press.kit.model import parts
    from moip_press.media.making import Piece
    from moip_press.media.texts import text_of
    from moip_press.web.fragments import FragmentComposer

    kinds = (parts.Editorial, parts.Interview, parts.Article, parts.Communique, parts.Programme)
    wanted = [p.part.id for p in kit.parts() if isinstance(p.part, (*kinds, parts.AboutPart))]
    found: dict[str, tuple[str, list[str]]] = {}
    made = FragmentComposer(kit, theme).fragments(lambda _: None, lambda _: None, 1, nested=True)
    for each in made:
        if each.kind in ("part", "section") and each.id in wanted:
            found[each.id] = each.title, [text_of(each.html)]
        elif each.kind == "event":
            found[each.parents[-1]][1].append(text_of(each.html))
    return tuple(Piece(title, "\n\n".join(said)) for title, said in found.values())


def _told(made: MediaKit, catalogue: Catalogue) -> Iterator[Message]:
    """Yield what was written, what stayed out, and what a press officer may still add."""
    yield from made.remarks
    if made.unsaid:
        sentence = NP_(
            "{count} picture goes out without a credit or without a word on its rights: "
            "fill in “credit” and “rights” in the kit.",
            "{count} pictures go out without a credit or without a word on their rights: "
            "fill in “credit” and “rights” in the kit.",
        )
        yield Message.counted(sentence, made.unsaid)
    size, zipped = (catalogue.decimal(each / 1e6) for each in (made.size, made.zipped))
    sentence = NP_("{path}: {count} file, {size} MB", "{path}: {count} files, {size} MB")
    yield Message.counted(sentence, made.files, path=os.path.relpath(made.folder), size=size)
    yield Message.of(N_("{path}: {size} MB"), path=os.path.relpath(made.archive), size=zipped)
    if made.kept == made.files:
        yield Message(N_("Nothing has changed since the last time."))
    elif made.kept:
        sentence = NP_(
            "{count} of these was there already.", "{count} of these were there already."
        )
        yield Message.counted(sentence, made.kept)
