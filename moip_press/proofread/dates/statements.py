"""What a text says of the kit's own period, told from what it says of an exhibition or a fair.

A statement is recognised by the words round its days: the kit's name, "this edition", a verb such
as "takes place". Where they could be about something else, it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from moip_press.kit.model.edition import Edition
from moip_press.kit.model.parts import Article, Block, Editorial, Interview
from moip_press.kit.when import Period
from moip_press.proofread.dates import words
from moip_press.proofread.dates.sentences import YEAR, flat
from moip_press.proofread.dates.texts import Dated
from moip_press.proofread.proof import Proof

COVER = ("title", "subtitle", "tagline", "claim", "subject", "kind")
A_FEW = 5  # days from the last one: what ends so near it is meant to be it
NEAR, VERY_NEAR = 0.6, 0.8
"""How much of its days a range shares with the period where its words alone do not decide."""


@dataclass(frozen=True)
class Statement:
    """The first and last day of the period as a text has them; None where it does not say."""

    start: date | None
    end: date | None
    dated: Dated

    def differs(self, period: Period) -> tuple[date | None, date | None]:
        """Return its first and its last day, each None where it is right."""
        return (
            None if self.start == period.start else self.start,
            None if self.end == period.end else self.end,
        )


class Statements:
    """Finds what is said of the period of one kit."""

    def __init__(self, proof: Proof, period: Period) -> None:
        self.edition = proof.kit.edition
        self.language = proof.language
        self.period = period
        self.names = _Names(self.edition, self.language)

    def of(self, each: Dated) -> Statement | None:
        """Return what is said with these days of the period, None where nothing is."""
        when = each.mention.when
        if when is None or any(day.day < 0 for day in each.mention.days):
            return None
        stated = self._stated(each, when.days[0], when.days[-1])
        if stated is None or not self._of_this_edition(each) or self._is_the_events(each):
            return None
        return Statement(*stated, each)

    def _stated(
        self, each: Dated, first: date, last: date
    ) -> tuple[date | None, date | None] | None:
        form = each.mention.written.form
        if form == "open":
            said = self._on_cover(each) or self._says(each, words.RUNS | words.STARTS)
            return (first, None) if said else None
        if form == "until":
            said = self._on_cover(each) or self._says(each, words.RUNS | words.ENDS)
            return (None, last) if said or self._is_almost_the_end(each, last) else None
        if each.mention.range:
            return (first, last) if self._is_range(each, first, last) else None
        return self._one_day(each, first) if first == last else None

    def _one_day(self, each: Dated, day: date) -> tuple[date | None, date | None] | None:
        if self.period.start == self.period.end:
            return (day, day) if self._on_cover(each) or self._says(each, words.RUNS) else None
        if self._says(each, words.STARTS):
            return day, None
        return (None, day) if self._says(each, words.ENDS) else None

    def _is_range(self, each: Dated, first: date, last: date) -> bool:
        """Tell whether a range is the kit's: the surer its words, the less its days count."""
        if self._on_cover(each) or self._says(each, words.RUNS | words.STARTS):
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

    def _is_almost_the_end(self, each: Dated, last: date) -> bool:
        """Tell whether a sentence begins with nearly the kit's last day, and the kit follows."""
        fronted = re.match(r"\W*,\s*", each.sentence.after)
        if fronted is None or abs((last - self.period.end).days) > A_FEW:
            return False
        opens = re.fullmatch(r"(?:jusqu'(?:au)?|until)?\W*", each.sentence.before.strip())
        rest = each.sentence.after[fronted.end() :]
        return opens is not None and bool(self.names.subject_at(rest, each))

    def _on_cover(self, each: Dated) -> bool:
        passage = each.passage
        return isinstance(passage.record, Edition) and passage.field in COVER

    def _says(self, each: Dated, verbs: words.Verbs) -> bool:
        """Tell whether the kit is the subject of one of the verbs that the days belong to."""
        sentence = each.sentence
        verb, gap = verbs.pattern(self.language), words.gap(self.language)
        tail = re.search(rf"{verb}(?P<gap>{gap})$", sentence.before)
        if tail is not None and self.names.subject_before(sentence.before[: tail.start()], each):
            return True
        head = re.match(rf"\W*(?:{words.THAT[self.language]})?\W*{verb}\W+", sentence.after)
        if head is not None and self.names.subject_at(sentence.after[head.end() :], each):
            return True
        fronted = re.match(r"\W*,\s*", sentence.after)
        if fronted is None:
            return False
        rest = sentence.after[fronted.end() :]
        end = self.names.subject_at(rest, each)
        return bool(end) and re.match(rf"\s*(?:,[^,]*,)?\s*{verb}", rest[end:]) is not None

    def _names_the_kit(self, each: Dated) -> bool:
        """Tell whether the kit is the subject of the sentence, or stands right before the days."""
        sentence = each.sentence
        if re.search(words.OTHER_THINGS[self.language], sentence.text):
            return False
        if self.names.subject_in(sentence.before, each):
            return True
        beside = re.search(r"(?P<sign>[\s,:(|-]+)$", sentence.before)
        if beside and self.names.ends_with_title(sentence.before[: beside.start()]):
            return True
        fronted = re.match(r"\W*[,:-]\s*", sentence.after)
        return bool(fronted and self.names.subject_at(sentence.after[fronted.end() :], each))

    def _of_the_whole(self, each: Dated) -> bool:
        """Tell whether a range without the kit's name is about all of it."""
        if not _is_about_the_kit(each):
            return False
        sentence = each.sentence
        if not re.search(r"\w", sentence.before + sentence.after):
            return True
        if re.search(words.OTHER_THINGS[self.language], sentence.text):
            return False
        return re.search(words.WHOLE[self.language], sentence.text) is not None

    def _of_this_edition(self, each: Dated) -> bool:
        """Tell whether the sentence is not about last year, or next."""
        sentence = each.sentence
        if re.search(words.OTHER_EDITION[self.language], sentence.text):
            return False
        years = {self.period.start.year, self.period.end.year}
        around = YEAR.findall(sentence.before + " " + sentence.after)
        return all(int(year) in years for year in around)

    def _is_the_events(self, each: Dated) -> bool:
        """Tell whether the days are those of the event whose text names them."""
        when = each.mention.when
        event = each.event
        return event is not None and when is not None and set(when.days) <= set(event.when.days)


def _is_about_the_kit(each: Dated) -> bool:
    part, record = each.passage.part, each.passage.record
    general = isinstance(record, Edition | Block | Editorial | Interview | Article)
    inside = isinstance(part, Editorial | Interview | Article) or part is None
    return general and inside


class _Names:
    """How a text can call the kit: by its title, as this edition, as "the Month"."""

    def __init__(self, edition: Edition, language: str) -> None:
        self.language = language
        self.number = edition.edition
        title = re.sub(words.LEADING_ARTICLE[language], "", flat(edition.title)).strip(" !.")
        self.title = re.sub(r"\\? +", r"\\s+", re.escape(title))
        found = re.search(words.HEADS[language], title)
        self.head = found[0] if found else None
        self.patterns = _subjects(self.title, self.head, language)

    def ends_with_title(self, text: str) -> bool:
        """Tell whether a text ends with the kit's title, and a year or an edition at most."""
        end = rf"(?<!\w){self.title}(?!\w)[\s\d]*$"
        return len(self.title) > 3 and re.search(end, text) is not None

    def subject_before(self, text: str, each: Dated) -> bool:
        """Tell whether the subject that the end of a text has is the kit."""
        rest = words.between(self.language)
        return any(
            re.fullmatch(rest, text[match.end() :]) is not None
            for match in self._subjects(text, each)
        )

    def subject_at(self, text: str, each: Dated) -> int:
        """Return where the kit's name ends that a text begins with; 0 where there is none."""
        return next((m.end() for m in self._subjects(text, each) if m.start() == 0), 0)

    def subject_in(self, text: str, each: Dated) -> bool:
        """Tell whether the kit is the subject of a text."""
        return any(True for _ in self._subjects(text, each))

    def _subjects(self, text: str, each: Dated) -> Iterator[re.Match[str]]:
        named, edition, head = self.patterns
        for match in named.finditer(text):
            if self._is_subject(text, match.start()) and self._is_this(match):
                yield match
        if not _is_about_the_kit(each):
            return
        for match in edition.finditer(text):
            if self._is_subject(text, match.start()) and self._is_this(match):
                yield match
        if head is not None:
            for match in head.finditer(text):
                if self._is_subject(text, match.start()) and self._is_capital(match, each):
                    yield match

    def _is_subject(self, text: str, place: int) -> bool:
        return re.search(words.GOVERNED[self.language], text[:place]) is None

    def _is_this(self, match: re.Match[str]) -> bool:
        """Tell whether the edition that is named is this one: "la 8e édition"."""
        number = match.groupdict().get("number")
        return not number or self.number is None or int(number) == self.number

    def _is_capital(self, match: re.Match[str], each: Dated) -> bool:
        """Tell "le Mois" from "le mois": where the name is a measure of time, it has a capital."""
        name = match["head"].split("'")[-1].split(" ")[-1]
        if not words.MEASURES.fullmatch(name):
            return True
        return re.search(rf"(?<!\w){name.capitalize()}(?!\w)", each.passage.text) is not None


@cache
def _subjects(
    title: str, head: str | None, language: str
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str] | None]:
    article, edition = words.ARTICLE[language], words.EDITION[language]
    whole = rf"(?:{words.OF_THE[language]}{title}(?!\w)(?:\s+\d{{4}})?)"
    named = (
        rf"(?<!\w)(?:{article})?{title}(?!\w)(?:\s+\d{{4}})?"
        rf"|(?<!\w){edition}\s+{whole}"
    )
    own = rf"(?<!\w){edition}(?!\w)(?!\s+(?:{words.OF[language]})(?!\w))"
    short = rf"(?<!\w)(?:{article})(?P<head>{head})(?!\w)(?!\s+(?:{words.OF[language]})(?!\w))"
    return re.compile(named), re.compile(own), re.compile(short) if head else None
