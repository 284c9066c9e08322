"""Statements of the kit's period that are not the period of `kit.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from moip_press.kit.model.edition import Edition
from moip_press.kit.when import period_in_words
from moip_press.kit.when.vocabulary import names
from moip_press.proofread.dates import texts
from moip_press.proofread.dates.sentences import flat
from moip_press.proofread.dates.statements import COVER, Statement, Statements
from moip_press.proofread.dates.texts import Dated
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_

MOST_RELATED = 5
OTHER_PERIOD = NP_(
    "“{words}” is not the kit’s period ({period}).",
    "“{words}” is not the kit’s period ({period}): {count} places say so.",
)


def other_periods(proof: Proof, found: Iterable[Dated]) -> Iterator[Diagnostic]:
    """Yield one finding for each other period, at the first text that states it."""
    period = texts.period_of(proof)
    statements = Statements(proof, period)
    groups: dict[tuple[date | None, date | None], list[Statement]] = {}
    for each in found:
        stated = statements.of(each)
        if stated is not None and any(stated.differs(period)):
            groups.setdefault(stated.differs(period), []).append(stated)
    for group in groups.values():
        yield _finding(proof, group)


def _finding(proof: Proof, group: list[Statement]) -> Diagnostic:
    period, first = texts.period_of(proof), group[0].dated
    values = {
        "words": first.words,
        "period": period_in_words(period.start, period.end, proof.language),
    }
    others = [Related(each.dated.span(), Message(N_("It is said here too."))) for each in group[1:]]
    return finding(
        "D201",
        first.span(),
        Message.counted(OTHER_PERIOD, len(group), **values),
        Message(N_("Correct the text, or the period in kit.yaml.")),
        related=[texts.period_place(proof), *others[: MOST_RELATED - 1]],
    )


def other_months(proof: Proof) -> Iterator[Diagnostic]:
    """A month with its year on the cover is a month of the period."""
    known = names(proof.language)
    pattern = re.compile(
        rf"(?<![\w])(?<!\d )(?P<month>{'|'.join(sorted(known.month_numbers, key=len)[::-1])})"
        r"\.? (?P<year>(?:19|20)\d\d)(?!\d)"
    )
    for passage in proof.passages:
        if isinstance(passage.record, Edition) and passage.field in COVER:
            yield from _other_months(proof, passage, pattern)


def _other_months(proof: Proof, passage: Passage, pattern: re.Pattern[str]) -> Iterator[Diagnostic]:
    period = texts.period_of(proof)
    first, last = (period.start.year, period.start.month), (period.end.year, period.end.month)
    text = flat(passage.text)
    for match in pattern.finditer(text):
        month = int(match["year"]), names(proof.language).month_numbers[match["month"]]
        alone = not re.search(r"\d\s*(?:er|st|nd|rd|th)?\s*(?:of )?$", text[: match.start()])
        if alone and not first <= month <= last:
            yield finding(
                "D201",
                passage.span(*match.span()),
                Message.counted(
                    OTHER_PERIOD,
                    1,
                    words=passage.text[match.start() : match.end()],
                    period=period_in_words(period.start, period.end, proof.language),
                ),
                Message(N_("Correct the text, or the period in kit.yaml.")),
                related=[texts.period_place(proof)],
            )
