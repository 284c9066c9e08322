"""``moip-press check``: proofread a kit."""

from __future__ import annotations

import datetime
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.options import (
    FORMATS,
    cache_of,
    cache_options,
    colours,
    kit_argument,
    kit_folder,
    languages,
    rule_codes,
    say,
    show,
    show_data,
    terminal_width,
    texts,
    unheard,
    unreadable,
)
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.proofread.review import Review
    from moip_press.report.diagnostics import Checked, Report
    from moip_press.system.cache import Cache

DONE, FAULTS, FAILED = 0, 1, 3
WHEN_ASKED = frozenset({"D212"})
"""Rules whose fixes are made only where they are named: they may change what is meant."""


def command(catalogue: Catalogue) -> click.Command:
    """Return the verb, its words in the language of ``catalogue``."""

    @click.command(
        "check",
        help=catalogue.gettext(
            "Proofread KIT: dates, names, numbers, links, spelling and typography that a reader "
            "would stumble over. Warnings never keep a kit from being built."
        ),
    )
    @kit_argument()
    @click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        help=catalogue.gettext(
            "How what is found is reported; otherwise a digest of about thirty lines."
        ),
    )
    @click.option(
        "--strict", is_flag=True, help=catalogue.gettext("End with 1 if there are warnings.")
    )
    @click.option(
        "--select-rules",
        multiple=True,
        metavar="CODE…",
        callback=rule_codes(catalogue),
        help=catalogue.gettext("Report these rules only: codes or families, such as D201 or D,N."),
    )
    @click.option(
        "--ignore-rules",
        multiple=True,
        metavar="CODE…",
        callback=rule_codes(catalogue),
        help=catalogue.gettext("Do not report these rules."),
    )
    @click.option(
        "--layout",
        is_flag=True,
        help=catalogue.gettext("Lay out the pages too, and say what is wrong with them."),
    )
    @click.option(
        "--fix", is_flag=True, help=catalogue.gettext("Correct in the files what is safe to.")
    )
    @click.option(
        "--learn",
        multiple=True,
        metavar="WORD",
        help=catalogue.gettext("Put a word or name into the kit's glossary: it is right as it is."),
    )
    @click.option(
        "--explain",
        metavar="CODE",
        multiple=True,
        callback=rule_codes(catalogue),
        help=catalogue.gettext("Say what a rule is for, with an example, and check nothing."),
    )
    @languages(catalogue)
    @click.option("-q", "--quiet", is_flag=True, help=catalogue.gettext("Print errors only."))
    @cache_options(catalogue)
    @click.pass_obj
    def check(  # noqa: PLR0913, PLR0917 -- a parameter an option
        today: datetime.date,
        kit: Path | None,
        form: str | None,
        strict: bool,
        select_rules: frozenset[str],
        ignore_rules: frozenset[str],
        layout: bool,
        fix: bool,
        learn: tuple[str, ...],
        explain: frozenset[str],
        language: str | None,
        quiet: bool,
        cache_dir: Path | None,
        no_cache: bool,
    ) -> int:
        if explain:
            return _explain(explain, Catalogue(language or catalogue.language))
        desk = _Desk(
            kit_folder(kit, catalogue),
            today,
            cache_of(cache_dir, kept=not no_cache),
            language,
            select_rules,
            ignore_rules,
            layout,
            catalogue.language,
        )
        try:
            return desk.check(form, learn, strict=strict, fix=fix, quiet=quiet)
        except OSError as error:
            say(catalogue.say(unreadable(desk.folder, error)))
            return FAILED

    return check


def _explain(codes: frozenset[str], catalogue: Catalogue) -> int:
    from moip_press.proofread.explaining import explanation
    from moip_press.proofread.rules import rule_of

    width = terminal_width()
    rules = filter(None, map(rule_of, sorted(codes)))
    show("\n".join(explanation(rule, catalogue, width) for rule in rules))
    return DONE


@dataclass(frozen=True)
class _Desk:
    """One run of the verb: which kit, which rules, in which language."""

    folder: Path
    today: datetime.date
    cache: Cache
    language: str | None
    selected: frozenset[str]
    ignored: frozenset[str]
    layout: bool
    spoken: str

    def check(
        self, form: str | None, words: tuple[str, ...], *, strict: bool, fix: bool, quiet: bool
    ) -> int:
        """Review, learn, fix, report, and return the exit code. Raises ``OSError``."""
        found = self.corrected(words, fix=fix, quiet=quiet) if words or fix else self.found()
        if found is None:
            return FAILED
        report = self.wanted(found.report)
        try:
            _print(report, found, form, Catalogue(self.language or found.language), quiet=quiet)
        except BrokenPipeError:
            unheard()
        return DONE if report.ok and not (strict and report.warnings) else FAULTS

    def found(self) -> Checked:
        """Return what is wrong with the kit."""
        from moip_press.kit.folders import output_folder
        from moip_press.press import unchanged

        output = output_folder(self.folder, Path())
        return unchanged.check(
            self.folder, output, today=self.today, cache=self.cache, layout=self.layout
        )

    def corrected(self, words: tuple[str, ...], *, fix: bool, quiet: bool) -> Checked | None:
        """Learn, fix, and return what is wrong then; ``None`` where that could not be written."""
        from moip_press.proofread import correction
        from moip_press.report.diagnostics import Message
        from moip_press.system import atomic, locks

        catalogue = Catalogue(self.language or self.spoken)
        try:
            with locks.kit_lock(self.folder, "check"):
                review = self.review()
                catalogue = Catalogue(self.language or review.language)
                if words:
                    review = self.learn(review, words, catalogue)
                if fix:
                    review = self.fix(review, catalogue, quiet=quiet)
        except atomic.CannotWrite as error:
            say(catalogue.say(error.message))
            return None
        except correction.Changed as changed:
            message = N_("“{path}” has changed meanwhile: it was left as it is. Check again.")
            say(catalogue.say(Message.of(message, path=changed.path)))
            return None
        return review.checked

    def review(self) -> Review:
        """Return the kit as it is now, and what is wrong with it."""
        from moip_press.proofread.review import review

        if not self.layout:
            return review(self.folder, self.today, self.cache)
        from moip_press.press import journey

        return review(self.folder, self.today, self.cache, journey.on_pages)

    def wanted(self, report: Report) -> Report:
        """Return the findings of the rules that are asked for."""
        from moip_press.report.diagnostics import Report

        return Report.of(
            found
            for found in report.diagnostics
            if (not self.selected or found.code in self.selected) and found.code not in self.ignored
        )

    def due(self, report: Report) -> Report:
        """Return the wanted findings; some are corrected only where their rule is asked for."""
        from moip_press.report.diagnostics import Report

        asked = self.selected & WHEN_ASKED
        return Report.of(
            replace(found, safe=True) if found.code in asked else found
            for found in self.wanted(report).diagnostics
        )

    def learn(self, review: Review, words: tuple[str, ...], catalogue: Catalogue) -> Review:
        """Put words into the glossary, and review again. Raises ``atomic.CannotWrite``."""
        from moip_press.proofread import correction
        from moip_press.report.diagnostics import Message

        file, count = correction.learn(review, words)
        if count:
            message = NP_("{count} word added to {file}.", "{count} words added to {file}.")
            say(catalogue.say(Message.counted(message, count, file=file)))
        return self.review()

    def fix(self, review: Review, catalogue: Catalogue, *, quiet: bool) -> Review:
        """Make the safe fixes, and say how many. Raises ``atomic.CannotWrite``."""
        from moip_press.proofread import correction
        from moip_press.report.diagnostics import Message

        done = correction.fix(review, self.review, self.due)
        if not quiet:
            made = Message.counted(NP_("{count} correction", "{count} corrections"), done.count)
            files = NP_("{made} in {count} file.", "{made} in {count} files.")
            told = Message.counted(files, len(done.files), made=made)
            say(catalogue.say(told if done.count else Message(N_("Nothing to correct."))))
        return done.review


def _print(
    report: Report, found: Checked, form: str | None, catalogue: Catalogue, *, quiet: bool
) -> None:
    """Print the report on stdout."""
    from moip_press.commands.closing import blank_lines
    from moip_press.proofread.digest import digest
    from moip_press.report.diagnostics import Message, Report, Severity
    from moip_press.report.rendering import render

    if quiet:
        report = Report.of(d for d in report.diagnostics if d.severity is Severity.ERROR)
        if not report.diagnostics and form != "json":
            return
    lively = colours(sys.stdout)
    if form is None:
        text = digest(report, catalogue, Path.cwd(), width=terminal_width(), color=lively)
    else:
        text = render(report, form, catalogue, texts(found.sources), Path.cwd(), color=lively)
    if form == "json":
        show_data(text)
    else:
        show(text, color=lively)
    if not quiet and form in (None, "full", "concise"):
        for line in blank_lines(found.blanks, catalogue):
            say(line)
    if found.waived and not quiet:
        message = NP_("{count} finding is waived.", "{count} findings are waived.")
        say(catalogue.say(Message.counted(message, found.waived)))
