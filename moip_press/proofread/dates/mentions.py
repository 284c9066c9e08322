"""The days that the texts of a kit name: "du 2 au 30 novembre", "Tuesday 3 November".

The reading itself is that of `moip_press.kit.when`, which wants a text that is a date and nothing
else; here the date is one among other words and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property

from moip_press.kit.model.records import Event
from moip_press.kit.when import Period, When, WhenError
from moip_press.kit.when.cursor import Cursor
from moip_press.kit.when.parsing import resolve
from moip_press.kit.when.recurrences import WrittenDates
from moip_press.kit.when.vocabulary import VOCABULARIES, names
from moip_press.kit.when.written_days import (
    ORDINALS,
    WrittenDay,
    WrittenDays,
    WrittenSpan,
    read_days,
)
from moip_press.proofread.passages import Passage, Role, Sentences
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Message, Related, Span
from moip_press.report.messages import N_
from moip_press.text.folding import fold_in_place, letters

READ = (Role.TITLE, Role.LINE, Role.PROSE)
DIGIT = re.compile(r"[0-9]")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

BEFORE, AFTER = 80, 40
"""Characters that a date may reach before and after the name of its month."""
LONGEST = 300
"""Characters that are read at once: longer stretches are cut, so that time stays linear."""

NUMERIC = (
    r"(?<![\w/.-])\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d)(?![\w/-])|(?<!\d)\d{4}-\d\d-\d\d(?!\d)"
)
ALSO_WORDS = frozenset({"may", "march", "mar"})  # of English, in lower case
# What a number before a date may count: "salle 3, 18 novembre".
NUMBERED = re.compile(
    "salles?|ateliers?|sessions?|chapitre|pages?|articles?|no?|numero|lot|zone|niveau|episode|hall|"
    "rooms?|parts?|day|stage|hangar|quai|etage|module|volet|axe|tome|annexe|phase|points?|chapter|"
    "gate|pier|floor|jour"
)
ALONE = re.compile(r"(?:^|[.:;!?(–—|])\s*$|(?<!\w)le $")
ARTICLES = re.compile(
    "les?|du|aux?|des?|entre|et|ou|ces?|dates?|jours|lieu|the|on|from|between|and|or|to|a|sont"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """The days named at `start` up to `end` of a text.

    `when` are the days of the calendar, None where they cannot be, or be known. The offsets of
    the days as written count from `base`.
    """

    start: int
    end: int
    base: int
    written: WrittenDays
    when: When | None

    @property
    def days(self) -> Iterator[WrittenDay]:
        """Every day as it is written."""
        return _days(self.written.spans)

    @property
    def year_given(self) -> bool:
        """Whether a year is written with the days."""
        return any(day.year is not None for day in self.days)

    @property
    def range(self) -> WrittenSpan | None:
        """The range that the mention is, if it is one and no more."""
        spans = self.written.spans
        alone = len(spans) == 1 and self.written.form == "listed"
        return spans[0] if alone and spans[0].last is not None else None


@dataclass(frozen=True)
class Sentence:
    """A sentence, folded, and the place of a date in it: `text[start:end]`."""

    text: str
    start: int
    end: int

    @property
    def before(self) -> str:
        """What stands before the date."""
        return self.text[: self.start]

    @property
    def after(self) -> str:
        """What stands after the date."""
        return self.text[self.end :]


@dataclass(frozen=True)
class DatedText:
    """A passage that names days."""

    passage: Passage

    @cached_property
    def folded(self) -> str:
        """The whole text, folded in place."""
        return fold_in_place(self.passage.text)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the text names."""
        return frozenset(int(year) for year in YEAR.findall(self.passage.text))

    @cached_property
    def sentences(self) -> Sentences:
        """Its sentences; a semicolon ends one too."""
        return Sentences(self.passage, clauses=True)


@dataclass(frozen=True)
class NamedDays:
    """Days that a text names."""

    passage: Passage
    text: DatedText
    mention: Mention

    @property
    def words(self) -> str:
        """The days as they are written."""
        return self.passage.text[self.mention.start : self.mention.end]

    @property
    def event(self) -> Event | None:
        """The event whose text it is, None elsewhere."""
        record = self.passage.record
        return record if isinstance(record, Event) else None

    @cached_property
    def sentence(self) -> Sentence:
        """The sentence that names them, folded."""
        start, end = self.mention.start, self.mention.end
        first, last = self.text.sentences.around(start, end)
        return Sentence(self.text.folded[first:last], start - first, end - first)

    def written(self, start: int, end: int) -> str:
        """Return what is written at offsets that count from the mention's base."""
        base = self.mention.base
        return self.passage.text[base + start : base + end]

    def span(self, start: int | None = None, end: int | None = None) -> Span:
        """Return the place of the days, or of [start, end), which count from the base."""
        base = self.mention.base
        first = self.mention.start if start is None else base + start
        last = self.mention.end if end is None else base + end
        return self.passage.span(first, last)


def named_days(proof: Proof) -> Iterator[NamedDays]:
    """Yield the days in the kit's own words, in order, without those in quotations."""
    period = period_of(proof)
    for passage in proof.read(*READ):
        if not DIGIT.search(passage.text):
            continue
        text = DatedText(passage)
        for mention in mentions(passage.text, text.folded, proof.language, period):
            if not passage.in_quotation(mention.start):
                yield NamedDays(passage, text, mention)


def period_of(proof: Proof) -> Period:
    """Return the kit's period, as one day where it ends before it begins: that is an error."""
    record = proof.kit.edition.period
    return Period(record.start, max(record.start, record.end))


def period_place(proof: Proof) -> Related:
    """Return where the kit says what its period is."""
    several = bool(proof.kit.edition.periods)
    place = proof.kit.source.span(("periods",) if several else ("period",))
    return Related(place, Message(N_("The kit’s period stands here.")))


def mentions(text: str, folded: str, language: str, period: Period) -> Iterator[Mention]:
    """Yield the days that a text names, in order, without numbers that are no dates."""
    for first, last in _windows(folded, language):
        yield from _read(text[first:last], first, language, period)


@cache
def _anchor(language: str) -> re.Pattern[str]:
    """Return the pattern of what shows that there is a date: a day with its month."""
    # an accent may be a character of its own
    months = (
        re.sub(r"(?<=[eu])(?=[cvt])", "[\u0300-\u036f]?", name)
        for name in names(language).month_numbers
    )
    month = "|".join(sorted(months, key=lambda name: (-len(name), name)))
    day = r"(?<!\d)\d{1,2} ?(?:\^?\{?(?:er|st|nd|rd|th|e)\}?)?"
    of = " {1,2}(?:of )?" if language == "en" else " {1,2}"
    weekday = "|".join(sorted(map(letters, names(language).weekdays)))
    forms = [rf"{day}{of}(?:{month})(?!\w)", NUMERIC, rf"(?:{weekday}) \d{{1,2}}/\d\d?(?![\d/])"]
    if language == "en":
        forms.insert(1, rf"(?<!\w)(?:{month})\.? \d{{1,2}}(?!\d)")
    return re.compile("|".join(forms))


def _windows(folded: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text in which there are dates; none of them overlap."""
    first = last = 0
    for match in _anchor(language).finditer(folded):
        start, end = match.start() - BEFORE, match.end() + AFTER
        if last and start <= last and end - first <= LONGEST:
            last = end
            continue
        if last:
            yield first, min(last, max(first, match.start()))
            start = max(start, min(last, match.start()))
        first, last = _word_start(folded, max(start, 0)), end
    if last:
        yield first, last


def _word_start(text: str, place: int) -> int:
    """Return the start of the next word, where `place` would cut one."""
    while 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum():
        place += 1
    return place


def _read(window: str, base: int, language: str, period: Period) -> Iterator[Mention]:
    cursor = Cursor(window, language)
    hopeful = _hopeful(cursor)
    at = 0
    while at < len(cursor.tokens):
        found = None
        if hopeful[at]:
            cursor.back(at)
            with suppress(WhenError):
                found = _sound(cursor, at, read_days(cursor))
        if found is None:
            at += 1
            continue
        yield _mention(cursor, found, base, period)
        end = max(found.spans[-1].ends.end, cursor.tokens[at].end)
        while at < len(cursor.tokens) and cursor.tokens[at].start < end:
            at += 1


def _hopeful(cursor: Cursor) -> list[bool]:
    """Return for each token whether a date may begin there.

    It begins like one, and nothing but what dates are made of comes before the next month.
    """
    starts, inside = _first_words(cursor.language), _words_of_dates(cursor.language)
    hopeful = [False] * len(cursor.tokens)
    month_ahead = False
    for at in range(len(cursor.tokens) - 1, -1, -1):
        token = cursor.tokens[at]
        number = token.kind == "number"
        if token.text in cursor.names.month_numbers or (number and _is_numeric(cursor, at)):
            month_ahead = True
        elif token.kind == "word" and token.text not in inside:
            month_ahead = False
        hopeful[at] = month_ahead and (number or token.text in starts)
    return hopeful


def _is_numeric(cursor: Cursor, at: int) -> bool:
    following = cursor.tokens[at + 1 : at + 3]
    return (
        len(following) == 2
        and following[0].text in ("/", ".", "-")
        and all(token.glued for token in following)
        and following[1].kind == "number"
    )


@cache
def _first_words(language: str) -> frozenset[str]:
    """Return the words that dates begin with."""
    words, known = VOCABULARIES[language], names(language)
    groups = (words.article, words.range_start, words.between, words.open_start, words.until)
    first = {phrase[0] for group in groups for phrase in group}
    months = known.month_numbers if language == "en" else ()
    return frozenset(first | set(known.weekday_numbers) | set(months))


@cache
def _words_of_dates(language: str) -> frozenset[str]:
    """Return the words that dates are made of."""
    words, known = VOCABULARIES[language], names(language)
    groups = [words.article, words.of, words.range_start, words.range_to, words.between]
    groups += [words.between_and, words.open_start, words.until, words.listed]
    found = {word for group in groups for phrase in group for word in phrase}
    return frozenset(found | set(known.weekday_numbers) | ORDINALS)


def _sound(cursor: Cursor, at: int, read: WrittenDays | None) -> WrittenDays | None:
    """Return the first days of what was read that share a month, None where they are no days."""
    if read is None:
        return None
    spans = _first_month(cursor, read.spans)
    if not all(_likely(cursor, day) for day in _days(spans)):
        return None
    if spans[0].first.month is None and not _free(cursor, at, spans):
        return None
    return replace(read, spans=tuple(_without_far_year(cursor, span) for span in spans))


def _first_month(cursor: Cursor, spans: tuple[WrittenSpan, ...]) -> tuple[WrittenSpan, ...]:
    """Return the spans up to the first that has a month, with its year if one comes later.

    "On November 16, 20 people" has one day, "November 16 and 17" two.
    """
    count = next(n for n, span in enumerate(spans) if span.ends.month is not None) + 1
    # a bare day in English takes over the month of the one before it
    while (
        count < len(spans)
        and spans[count].first.month_first
        and cursor.text[spans[count].first.place[0]].isdigit()
    ):
        count += 1
    if count > 1 and spans[0].first.month_first and not _joined(cursor, spans[:count]):
        count = 1
    last = spans[count - 1].ends
    later = next((span.ends for span in spans[count:] if span.ends.year is not None), None)
    if last.year is not None or later is None or (last.month or 0) > (later.month or 0):
        return spans[:count]
    dated = replace(last, year=later.year)
    span = spans[count - 1]
    return (*spans[: count - 1], replace(span, **{"last" if span.last else "first": dated}))


def _free(cursor: Cursor, at: int, spans: tuple[WrittenSpan, ...]) -> bool:
    """Tell days without a month from the number of a room: "salle 3, 18 novembre"."""
    if not at or spans[0].first.place[0] != cursor.tokens[at].start:
        return True
    before = cursor.tokens[at - 1]
    if before.kind != "word":
        return before.text not in ("°", "#", ".")
    listed = len(spans) > 1 and spans[0].last is None and not _joined(cursor, spans)
    if NUMBERED.fullmatch(before.text):
        return False
    return not listed or ARTICLES.fullmatch(before.text) is not None


def _days(spans: Iterable[WrittenSpan]) -> Iterator[WrittenDay]:
    for span in spans:
        yield span.first
        if span.last is not None:
            yield span.last


def _likely(cursor: Cursor, day: WrittenDay) -> bool:
    """Tell a month from an English word, and a date from a fraction."""
    start, end = day.place
    written = cursor.text[start:end]
    if "/" in written and day.year is None and day.weekday is None:
        return False
    words = re.findall(r"[^\W\d_]+", written)
    beside = re.search(r"\d[./-]$", cursor.text[max(0, start - 2) : start]) or re.match(
        r"[./-]\d", cursor.text[end : end + 2]
    )
    if not words and beside and len(written) > 2:  # a telephone number, a version
        return False
    return not any(word in ALSO_WORDS for word in words)


def _without_far_year(cursor: Cursor, span: WrittenSpan) -> WrittenSpan:
    """Return the span without a number that is no year: "le 3 novembre, 2000 personnes"."""

    def plain(day: WrittenDay) -> WrittenDay:
        between = cursor.text[day.place[1] : day.end]
        if day.year is None or day.month_first or "," not in between:
            return day
        return replace(day, year=None, end=day.place[1])

    return WrittenSpan(plain(span.first), None if span.last is None else plain(span.last))


def _joined(cursor: Cursor, spans: tuple[WrittenSpan, ...]) -> bool:
    between = cursor.text[spans[-2].ends.end : spans[-1].first.place[0]]
    return bool(re.search(r"[^\W\d_]|[&+/]", between))


def _mention(cursor: Cursor, written: WrittenDays, base: int, period: Period) -> Mention:
    when = None
    counted = replace(written, form="listed") if written.form == "until" else written
    with suppress(WhenError):
        when = resolve(cursor, WrittenDates(counted), (), period)
    first, last = written.place[0], written.spans[-1].ends.end
    last -= cursor.text[last - 1] == "."
    return Mention(base + first, base + last, base, written, when)


def full_weekday(text: str, mention: Mention, day: WrittenDay, language: str) -> bool:
    """Return whether a day's weekday is surely one: "mer" is the sea, and "jeu" a game."""
    if day.weekday is None:
        return False
    known = names(language)
    _, start, end = day.weekday
    word = text[mention.base + start : mention.base + end]
    between = text[mention.base + end : mention.base + day.place[0]]
    whole = {letters(name) for name in known.weekdays} | known.plural_weekdays
    if letters(word) in whole:
        # "lundi, mardi, 17 novembre" is a list
        before = fold_in_place(text[: mention.base + start])[-12:]
        return language == "en" or "," not in between or ALONE.search(before) is not None
    capital = language == "en" and word[:1].isupper()
    return "," not in between and ("." in between or capital)
