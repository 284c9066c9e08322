"""What texts say of the kit's own period, against the period of `kit.yaml` (D201).

A statement is recognised by the words round its days: the kit's name, "this edition", a verb such
as "takes place". Where they could be about something else, such as a fair, it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from moip_press.kit.model.blocks import Block
from moip_press.kit.model.edition import Edition
from moip_press.kit.model.parts import Article, Communique, Editorial, Interview
from moip_press.kit.when import period_in_words
from moip_press.kit.when.vocabulary import names
from moip_press.proofread.dates import date_phrases as phrases
from moip_press.proofread.dates.mentions import YEAR, NamedDays, period_of, period_place
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_, NP_
from moip_press.text.folding import fold_in_place

COVER = ("title", "subtitle", "tagline", "claim", "subject", "kind")
A_FEW = 5  # days from the last one: what ends so near it is meant to be it
NEAR, VERY_NEAR = 0.6, 0.8
"""How much of its days a range shares with the period where its words alone do not decide."""


Bounds = tuple[date | None, date | None]
"""A first and a last day, each None where nothing is said of it."""


def other_periods(proof: Proof, found: Iterable[NamedDays]) -> Iterator[Diagnostic]:
    """Yield one finding for each other period, at the first text that states it."""
    statements, edition = Statements(proof), proof.kit.edition
    given = (period_of(proof), *edition.periods)
    starts, ends = ({getattr(each, name) for each in given} for name in ("start", "end"))
    groups: dict[Bounds, list[NamedDays]] = {}
    for each in found:
        start, end = statements.of(each)
        wrong = None if start in starts else start, None if end in ends else end
        if any(wrong):
            groups.setdefault(wrong, []).append(each)
    for first, *others in groups.values():
        places = [each.span() for each in others]
        yield _other_period(proof, first.span(), first.words, places)


def _other_period(proof: Proof, place: Span, words: str, others: Iterable[Span] = ()) -> Diagnostic:
    period = period_of(proof)
    message = NP_(
        "“{words}” is not the kit’s period ({period}).",
        "“{words}” is not the kit’s period ({period}): {count} places say so.",
    )
    also = [Related(each, Message(N_("It is said here too."))) for each in others]
    said = period_in_words(period.start, period.end, proof.language)
    return finding(
        "D201",
        place,
        Message.counted(message, 1 + len(also), words=words, period=said),
        N_("Correct the text, or the period in kit.yaml."),
        related=[period_place(proof), *also],
    )


def other_months(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the months with a year, on the cover, that are none of the period."""
    months = names(proof.language).month_numbers
    pattern = re.compile(
        rf"(?<![\w])(?<!\d )(?P<month>{'|'.join(sorted(months, key=len)[::-1])})"
        r"\.? (?P<year>(?:19|20)\d\d)(?!\d)"
    )
    period = period_of(proof)
    first, last = (period.start.year, period.start.month), (period.end.year, period.end.month)
    for passage in proof.passages:
        if not _is_on_cover(passage):
            continue
        text = fold_in_place(passage.text)
        for match in pattern.finditer(text):
            month = int(match["year"]), months[match["month"]]
            alone = not re.search(r"\d\s*(?:er|st|nd|rd|th)?\s*(?:of )?$", text[: match.start()])
            if alone and not first <= month <= last:
                words = passage.text[match.start() : match.end()]
                yield _other_period(proof, passage.span(*match.span()), words)


def _is_on_cover(passage: Passage) -> bool:
    return isinstance(passage.record, Edition) and passage.field in COVER


class Statements:
    """Finds what texts say of the period of one kit."""

    def __init__(self, proof: Proof) -> None:
        self.language = proof.language
        self.period = period_of(proof)
        self.names = _KitNames(proof.kit.edition)

    def of(self, each: NamedDays) -> Bounds:
        """Return the first and the last day of the period as these days state them."""
        when = each.mention.when
        if when is None or any(day.day < 0 for day in each.mention.days):
            return None, None
        stated = self._stated(each, when.days[0], when.days[-1])
        if not any(stated) or not self._of_this_edition(each):
            return None, None
        of_the_event = each.event is not None and set(when.days) <= set(each.event.when.days)
        return (None, None) if of_the_event else stated

    def _stated(self, each: NamedDays, first: date, last: date) -> Bounds:
        form = each.mention.written.form
        runs, starts, ends = phrases.RUNS, phrases.STARTS, phrases.ENDS
        on_cover = _is_on_cover(each.passage)
        if form == "open":
            return (first if on_cover or self._says(each, runs, starts) else None), None
        if form == "until":
            said = on_cover or self._says(each, runs, ends) or self._is_almost_the_end(each, last)
            return None, (last if said else None)
        if each.mention.range:
            return (first, last) if self._is_range(each, first, last) else (None, None)
        if first != last:
            return None, None
        if self.period.start == self.period.end:
            return (first, first) if on_cover or self._says(each, runs) else (None, None)
        if self._says(each, starts):
            return first, None
        return None, (first if self._says(each, ends) else None)

    def _is_range(self, each: NamedDays, first: date, last: date) -> bool:
        """Return whether a range is the kit's: the surer its words, the less its days count."""
        if _is_on_cover(each.passage) or self._says(each, phrases.RUNS, phrases.STARTS):
            return True
        near = self._near(first, last)
        if near >= NEAR and self._names_the_kit(each):
            return True
        return near >= VERY_NEAR and self._of_the_whole(each)

    def _near(self, first: date, last: date) -> float:
        """Return how much a range and the period share; 1 for the same days of another month."""
        start, end = self.period.start, self.period.end
        shared = (min(last, end) - max(first, start)).days + 1
        if shared > 0:
            return shared / ((max(last, end) - min(first, start)).days + 1)
        lengths = abs((last - first).days - (end - start).days)
        return float(lengths <= 1 and first.day == start.day)

    def _is_almost_the_end(self, each: NamedDays, last: date) -> bool:
        """Return whether a sentence begins with nearly the kit's last day, and the kit follows."""
        fronted = re.match(r"\W*,\s*", each.sentence.after)
        if fronted is None or abs((last - self.period.end).days) > A_FEW:
            return False
        opens = re.fullmatch(r"(?:jusqu'(?:au)?|until)?\W*", each.sentence.before.strip())
        rest = each.sentence.after[fronted.end() :]
        return opens is not None and bool(self.names.subject_at(rest, each))

    def _says(self, each: NamedDays, *verbs: Mapping[str, str]) -> bool:
        """Return whether the kit is the subject of one of the verbs that the days belong to."""
        sentence = each.sentence
        verb, gap = phrases.any_verb(self.language, *verbs), phrases.gap(self.language)
        tail = re.search(rf"{verb}(?P<gap>{gap})$", sentence.before)
        if tail is not None and self.names.subject_before(sentence.before[: tail.start()], each):
            return True
        head = re.match(rf"\W*(?:{phrases.THAT[self.language]})?\W*{verb}\W+", sentence.after)
        if head is not None and self.names.subject_at(sentence.after[head.end() :], each):
            return True
        fronted = re.match(r"\W*,\s*", sentence.after)
        if fronted is None:
            return False
        rest = sentence.after[fronted.end() :]
        end = self.names.subject_at(rest, each)
        return bool(end) and re.match(rf"\s*(?:,[^,]*,)?\s*{verb}", rest[end:]) is not None

    def _names_the_kit(self, each: NamedDays) -> bool:
        """Return whether the kit is the subject of the sentence, or right before the days."""
        sentence = each.sentence
        if re.search(phrases.OTHER_THINGS[self.language], sentence.text):
            return False
        if self.names.subject_in(sentence.before, each):
            return True
        beside = re.search(r"(?P<sign>[\s,:(|-]+)$", sentence.before)
        if beside and self.names.ends_with_title(sentence.before[: beside.start()]):
            return True
        fronted = re.match(r"\W*[,:-]\s*", sentence.after)
        return bool(fronted and self.names.subject_at(sentence.after[fronted.end() :], each))

    def _of_the_whole(self, each: NamedDays) -> bool:
        """Return whether a range without the kit's name is about all of it."""
        if not _is_about_the_kit(each):
            return False
        sentence = each.sentence
        if not re.search(r"\w", sentence.before + sentence.after):
            return True
        if re.search(phrases.OTHER_THINGS[self.language], sentence.text):
            return False
        return re.search(phrases.WHOLE[self.language], sentence.text) is not None

    def _of_this_edition(self, each: NamedDays) -> bool:
        """Return whether the sentence is not about last year, or next."""
        sentence = each.sentence
        if re.search(phrases.OTHER_EDITION[self.language], sentence.text):
            return False
        years = {self.period.start.year, self.period.end.year}
        around = YEAR.findall(sentence.before + " " + sentence.after)
        return all(int(year) in years for year in around)


def _is_about_the_kit(each: NamedDays) -> bool:
    part, record = each.passage.part, each.passage.record
    texts = Editorial | Interview | Article | Communique
    general = isinstance(record, Edition | Block | texts)
    inside = isinstance(part, texts) or part is None
    return general and inside


class _KitNames:
    """How a text can call the kit: by its title, as this edition, as "the Month"."""

    def __init__(self, edition: Edition) -> None:
        language = self.language = edition.language
        self.number = edition.edition
        title = re.sub(phrases.LEADING_ARTICLE[language], "", fold_in_place(edition.title))
        title = title.strip(" !.")
        head = re.search(phrases.HEADS[language], title)
        self.title = title = re.sub(r"\\? +", r"\\s+", re.escape(title))
        article, this = phrases.ARTICLE[language], phrases.EDITION[language]
        alone = rf"(?!\w)(?!\s+(?:{phrases.OF[language]})(?!\w))"
        year = r"(?!\w)(?:\s+\d{4})?"
        of_the_kit = rf"{phrases.OF_THE[language]}{title}{year}"
        self.named = re.compile(
            rf"(?<!\w)(?:{article})?{title}{year}|(?<!\w){this}\s+(?:{of_the_kit})"
        )
        self.this_edition = re.compile(rf"(?<!\w){this}{alone}")
        short = rf"(?<!\w)(?:{article})(?P<head>{head[0]}){alone}" if head else r"(?!)"
        self.short = re.compile(short)

    def ends_with_title(self, text: str) -> bool:
        """Return whether a text ends with the kit's title, and a year or an edition at most."""
        end = rf"(?<!\w){self.title}(?!\w)[\s\d]*$"
        return len(self.title) > 3 and re.search(end, text) is not None

    def subject_before(self, text: str, each: NamedDays) -> bool:
        """Return whether the subject that the end of a text has is the kit."""
        rest = phrases.between(self.language)
        return any(
            re.fullmatch(rest, text[match.end() :]) is not None
            for match in self._subjects(text, each)
        )

    def subject_at(self, text: str, each: NamedDays) -> int:
        """Return where the kit's name ends that a text begins with; 0 where there is none."""
        return next((m.end() for m in self._subjects(text, each) if m.start() == 0), 0)

    def subject_in(self, text: str, each: NamedDays) -> bool:
        """Return whether the kit is the subject of a text."""
        return any(True for _ in self._subjects(text, each))

    def _subjects(self, text: str, each: NamedDays) -> Iterator[re.Match[str]]:
        general = _is_about_the_kit(each)
        for pattern in (self.named, self.this_edition, self.short) if general else (self.named,):
            for match in pattern.finditer(text):
                if self._is_subject(text, match.start()) and self._is_meant(match, each):
                    yield match

    def _is_subject(self, text: str, place: int) -> bool:
        return re.search(phrases.GOVERNED[self.language], text[:place]) is None

    def _is_meant(self, match: re.Match[str], each: NamedDays) -> bool:
        """Return whether a match means this kit: not another edition, nor "le mois".

        Where the name is a measure of time, it has a capital: "le Mois".
        """
        groups = match.groupdict()
        if groups.get("number") and self.number is not None:
            return int(groups["number"]) == self.number
        name = re.split("[' ]", groups.get("head") or "")[-1]
        if not phrases.MEASURES.fullmatch(name):
            return True
        return re.search(rf"(?<!\w){name.capitalize()}(?!\w)", each.passage.text) is not None
