"""``moip-press check``: proofread a kit."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moip_press.commands.options import FORMATS, kit_argument, kit_folder, rules_option, run_options
from moip_press.commands.running import Exit, Run, texts
from moip_press.commands.terminal import colours, say, show, show_data, terminal_width
from moip_press.report.diagnostics import Message, Report
from moip_press.report.messages import N_, NP_, Catalogue

if TYPE_CHECKING:
    from moip_press.proofread.review import Review
    from moip_press.report.diagnostics import Checked
    from moip_press.system.grammalecte import Grammalecte

CHANGED = N_("“{path}” has changed meanwhile: it was left as it is. Check again.")
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
    @rules_option(
        catalogue,
        "--select-rules",
        catalogue.gettext("Report these rules only: codes or families, such as D201 or D,N."),
    )
    @rules_option(catalogue, "--ignore-rules", catalogue.gettext("Do not report these rules."))
    @click.option(
        "--layout",
        is_flag=True,
        help=catalogue.gettext("Lay out the pages too, and say what is wrong with them."),
    )
    @click.option(
        "--grammar",
        is_flag=True,
        help=catalogue.gettext("Read the grammar too, by Grammalecte, if it is installed."),
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
    @rules_option(
        catalogue,
        "--explain",
        catalogue.gettext("Say what a rule is for, with an example, and check nothing."),
        metavar="CODE",
    )
    @run_options(catalogue, form=False, cache=True)
    def check(  # noqa: PLR0913, PLR0917 -- a parameter an option
        run: Run,
        kit: Path | None,
        strict: bool,
        select_rules: frozenset[str],
        ignore_rules: frozenset[str],
        layout: bool,
        grammar: bool,
        fix: bool,
        learn: tuple[str, ...],
        explain: frozenset[str],
    ) -> Exit:
        if explain:
            return _explain(explain, run.catalogue)
        from moip_press.kit.season import is_season
        from moip_press.system.grammalecte import Grammalecte, find

        season = is_season(kit) if kit else None
        folder = season.parent if season else kit_folder(kit, run)
        asked = grammar or any(code.startswith("G") for code in select_rules)
        reader = Grammalecte(find(os.environ.get("PATH", ""), folder), asked)
        desk = _Desk(run, folder, select_rules, ignore_rules, layout, reader)
        if season:
            return run.ended(
                folder, lambda: _check_season(desk, season, learn, strict=strict, fix=fix), CHANGED
            )
        return run.ended(desk.folder, lambda: desk.check(learn, strict=strict, fix=fix), CHANGED)

    return check


def _explain(codes: frozenset[str], catalogue: Catalogue) -> Exit:
    from moip_press.proofread.explaining import explanation
    from moip_press.proofread.rules import rule_of

    width = terminal_width()
    rules = filter(None, map(rule_of, sorted(codes)))
    show("\n".join(explanation(rule, catalogue, width) for rule in rules))
    return Exit.DONE


@dataclass(frozen=True)
class _Desk:
    """One run of the verb: which kit, which rules."""

    run: Run
    folder: Path
    selected: frozenset[str]
    ignored: frozenset[str]
    layout: bool
    grammar: Grammalecte

    def check(self, words: tuple[str, ...], *, strict: bool, fix: bool) -> Exit:
        """Review, learn, fix, report, and return the exit code.

        Raises ``OSError``, ``atomic.CannotWrite`` and ``correction.Changed``.
        """
        found = self.corrected(words, fix=fix) if words or fix else self.found()
        return self.told(found, strict=strict)

    def told(self, found: Checked, *, strict: bool) -> Exit:
        """Print what was found, and return the exit code."""
        run, report = self.run.about(found.language), found.report
        unread = [each for each in report.diagnostics if each.code == "G100" and self.grammar.asked]
        # that is said by itself, whatever is shown of the report
        report = self.wanted(Report.of(each for each in report.diagnostics if each not in unread))
        _print(report, found, run)
        could = found.language == "fr"
        for each in unread:
            (run.say if could else run.note)(each.message)
            (run.say if could else run.note)(each.hint or "")
        if unread and could:
            return Exit.FAILED
        return Exit.DONE if report.ok and not (strict and report.warnings) else Exit.FAULTS

    def found(self) -> Checked:
        """Return what is wrong with the kit."""
        from moip_press.kit.folders import output_folder
        from moip_press.press import unchanged

        return unchanged.check(
            self.folder,
            output_folder(self.folder, Path()),
            today=self.run.today,
            cache=self.run.cache,
            layout=self.layout,
            grammar=self.grammar,
        )

    def corrected(self, words: tuple[str, ...], *, fix: bool) -> Checked:
        """Learn, fix, and return what is wrong then."""
        from moip_press.system import locks

        with locks.kit_lock(self.folder, "check"):
            review = self.review()
            if words:
                review = self.learn(review, words)
            if fix:
                review = self.fix(review)
        return review.checked

    def review(self) -> Review:
        """Return the kit as it is now, and what is wrong with it."""
        from moip_press.proofread.review import review

        on_pages = None
        if self.layout:
            from moip_press.press import journey

            on_pages = journey.on_pages
        return review(self.folder, self.run.today, self.run.cache, on_pages, self.grammar)

    def wanted(self, report: Report) -> Report:
        """Return the findings of the rules that are asked for."""
        return Report.of(
            found
            for found in report.diagnostics
            if (not self.selected or found.code in self.selected) and found.code not in self.ignored
        )

    def due(self, report: Report) -> Report:
        """Return the wanted findings; some are corrected only where their rule is asked for."""
        asked = self.selected & WHEN_ASKED
        return Report.of(
            replace(found, safe=True) if found.code in asked else found
            for found in self.wanted(report).diagnostics
        )

    def learn(self, review: Review, words: tuple[str, ...]) -> Review:
        """Put words into the glossary, and review again. Raises ``atomic.CannotWrite``."""
        from moip_press.proofread import correction

        file, count = correction.learn(review, words)
        if count:
            sentence = NP_("{count} word added to {file}.", "{count} words added to {file}.")
            self.run.about(review.language).say(Message.counted(sentence, count, file=file))
        return self.review()

    def fix(self, review: Review) -> Review:
        """Make the safe fixes, and print how many. Raises ``atomic.CannotWrite``."""
        from moip_press.proofread import correction

        done = correction.fix(review, self.review, self.due)
        made = Message.counted(NP_("{count} correction", "{count} corrections"), done.count)
        files = NP_("{made} in {count} file.", "{made} in {count} files.")
        fixed = Message.counted(files, len(done.files), made=made)
        none = Message(N_("Nothing to correct."))
        self.run.about(review.language).note(fixed if done.count else none)
        return done.review


def _check_season(
    desk: _Desk, file: Path, words: tuple[str, ...], *, strict: bool, fix: bool
) -> Exit:
    """Check the kits of a season, and return the exit code; see ``_Desk.check``."""
    from moip_press.kit.season import output_folder, read_season
    from moip_press.press.season import checking
    from moip_press.press.season.parcels import Unshared
    from moip_press.report.diagnostics import Checked

    read = read_season(file)
    sources = {read.source.name: read.source} if read.source else {}
    if read.season is None:
        _print(read.report, Checked(read.report, 0, sources, "fr"), desk.run)
        return Exit.FAULTS
    season, found, failed = read.season, [], False
    output = output_folder(season, Path())
    for member in season.members:
        own = replace(desk, folder=member.folder)
        try:
            if words or fix:
                own.corrected(words, fix=fix)
            checked = checking.check(
                season,
                member,
                output / member.path,
                today=desk.run.today,
                cache=desk.run.cache,
                layout=desk.layout,
                grammar=desk.grammar,
            )
        except Unshared as error:
            desk.run.say(error.message)
            failed = True
        else:
            found.append(replace(checked, report=desk.wanted(checked.report)))
    languages = [each.language for each in found]
    told = desk.told(
        Checked(
            checking.together(season, [each.report for each in found]),
            sum(each.waived for each in found),
            sources | {name: s for each in found for name, s in each.sources.items()},
            languages[0] if languages else "fr",
            blanks=tuple(gap for each in found for gap in each.blanks),
        ),
        strict=strict,
    )
    return Exit.FAILED if failed else told


def _print(report: Report, found: Checked, run: Run) -> None:
    """Print the report on standard output."""
    from moip_press.commands.build import blank_lines
    from moip_press.proofread.digest import digest
    from moip_press.report.rendering import render

    report, lively = run.wanted(report), colours(sys.stdout)
    if run.quiet and not report.diagnostics and run.form != "json":
        return
    if run.form:
        of_file = texts(found.sources)
        text = render(report, run.form, run.catalogue, of_file, Path.cwd(), color=lively)
    else:
        text = digest(report, run.catalogue, Path.cwd(), width=terminal_width(), color=lively)
    if run.form == "json":
        show_data(text)
    else:
        show(text, color=lively)
    if not run.quiet and run.form in {"", "full", "concise"}:
        for line in blank_lines(found.blanks, run.catalogue):
            say(line)
    if found.waived:
        message = NP_("{count} finding is waived.", "{count} findings are waived.")
        run.note(Message.counted(message, found.waived))
