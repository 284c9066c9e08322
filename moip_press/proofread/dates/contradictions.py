"""What the texts of an event say of its day and hour, against its date: D213, D214 and D215."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, time

from moip_press.kit.model.edition import Edition
from moip_press.kit.model.parts import Programme
from moip_press.kit.model.records import Event
from moip_press.kit.when import Slot, WhenError, date_in_words, times_in_words
from moip_press.kit.when.cursor import Cursor
from moip_press.kit.when.vocabulary import names
from moip_press.kit.when.written_hours import read_hours
from moip_press.proofread.dates import date_phrases as phrases
from moip_press.proofread.dates.days_of_rest import takes_place
from moip_press.proofread.dates.mentions import YEAR, NamedDays, period_of, period_place
from moip_press.proofread.dates.wrong_days import announces
from moip_press.proofread.passages import Passage, PlacedEvent, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.text.folding import fold_in_place

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "D213 other-day-in-text",
        N_("The text of an event announces another day than its date."),
        N_("The date was moved and the text was not, or the other way round: readers see both."),
        "- title: Atelier\n  when: 17 novembre\n"
        "  text: Le mercredi {~~18~>17~~} novembre à 18 h, apprenez à relier un carnet.",
    ),
    Rule.warning(
        "D214 other-hour-in-text",
        N_("The text of an event announces another hour than its date."),
        N_("Readers see two hours, and some of them come at the wrong one."),
        "- title: Atelier\n  when: 17 novembre, 18:00-20:00\n"
        "  text: Le mercredi 17 novembre à {~~19 h 30~>18 h~~}, apprenez à relier un carnet.",
    ),
    Rule.warning(
        "D215 other-year",
        N_("A text or title has last year's year, or next year's."),
        N_("A kit is made from that of last year, and the year is what stays behind."),
        "- title: Atelier\n  when: 17 novembre\n"
        "  text: Le 17 novembre {~~2020~>2021~~}, apprenez à relier un carnet.",
    ),
)

MOST_DAYS = 14  # of an event: within a longer one, days of its own are named
NEAR = 45  # days from an event: what is further away is no slip in its date
AFTER_DAYS = re.compile(r"(?:,|\(|:|-|–)?\s*")
LONGEST_HOURS = 60  # characters
MEET = {
    "fr": re.compile(
        r"(?<!\w)(?:rendez-vous|rdv|rejoignez-nous|retrouvez-nous|venez|debut|commence(?:ra)?|"
        r"demarre(?:ra)?|aura lieu|a lieu|se tient|se tiendra|se deroule(?:ra)?)(?!\w)"
        r"[^.;!?]{0,40}$"
    ),
    "en": re.compile(
        r"(?<!\w)(?:meet|join us|come|begins?|starts?|takes? place|will be held|is held)(?!\w)"
        r"[^.;!?]{0,40}$"
    ),
}
# Not the event itself, but another one, or a part of it.
ANOTHER = {
    "fr": r"(?<!\w)(?:egalement|aussi|autres?|deuxieme|seconde?|troisieme|puis|ensuite|encore|"
    r"enfin|rattrapage|supplementaires?|vernissage|finissage|restitution|inauguration|cloture|finale?|"
    r"suite|retour|lendemain|veille|annule\w*|decale\w*)(?!\w)",
    "en": r"(?<!\w)(?:also|another|other|second|third|then|further|extra|private view|opening|"
    r"closing|final|eve|cancelled|moved)(?!\w)",
}
# Where a single hour of a text is that of its event, which nobody should miss.
AT_HOUR = {
    "fr": re.compile(
        r"(?<!\w)(?:rendez-vous|rdv|debut|commence(?:ra)?|demarre(?:ra)?|horaires?)\s*:?\s*"
        r"(?=(?:a|de|des)\s\d)"
    ),
    "en": re.compile(r"(?<!\w)(?:meet|begins?|starts?)\s*:?\s*(?=(?:at|from)\s\d)"),
}
HOUR = {
    "fr": re.compile(r"(?<![\w.,:/])\d{1,2}(?:\s?h(?:eures?)?(?!\w)|\s?h\s?\d\d|:\d\d)"),
    "en": re.compile(r"(?<![\w.,:/])\d{1,2}(?:[:.]\d\d|\s?[ap]\.?m)"),
}


def other_dates_in_texts(proof: Proof, found: Iterable[NamedDays]) -> Iterator[Diagnostic]:
    """Yield the days and hours in texts of events that are not those of the event."""
    placed = {id(each.event): each for each in proof.events if takes_place(each.event)}
    by_event: dict[int, list[NamedDays]] = {}
    for each in found:
        if id(each.passage.record) in placed:
            by_event.setdefault(id(each.passage.record), []).append(each)
    for name, named in by_event.items():
        yield from _other_day(proof, placed[name], named)
        for each in named:
            yield from _other_hour(proof, placed[name], each)


def wrong_year(proof: Proof, each: NamedDays) -> Diagnostic | None:
    """Return the finding for days of an event that have another year; None where they have not."""
    if each.event is None or not _is_of_other_year(proof, each.event, each):
        return None
    return _other_year(proof, each.span(), each.words)


def _is_of_other_year(proof: Proof, event: Event, each: NamedDays) -> bool:
    """Return whether days are those of the event or a range of the period, but for their year."""
    if each.mention.when is None or not each.mention.year_given:
        return False
    period = period_of(proof)
    own = {(day.month, day.day) for day in event.when.days}
    if each.mention.range and not re.search(
        phrases.OTHER_EDITION[proof.language], each.sentence.text
    ):
        own |= {(day.month, day.day) for day in period.days}
    named = each.mention.when.days
    apart = {day.year - period.start.year for day in named}
    same = all((day.month, day.day) in own for day in (named[0], named[-1]))
    return same and apart <= {-1, 1} and period.start.year == period.end.year


def _other_year(proof: Proof, place: Span, words: str) -> Diagnostic:
    return finding(
        "D215",
        place,
        N_("“{words}” is not of {year}, the year of the kit."),
        N_("Correct the year."),
        words=words,
        year=period_of(proof).start.year,
        related=[period_place(proof)],
    )


def years_in_titles(proof: Proof) -> Iterator[Diagnostic]:
    """Yield last year's year, or next year's, on the cover and in titles of the programme."""
    if proof.kit.edition.previous:  # D212 proposes what its year has to be
        return
    period = period_of(proof)
    months = "|".join(names(proof.language).month_numbers)
    in_a_date = re.compile(rf"(?:(?<!\w)(?:{months})\.?|\d[./-])\s?$")
    own = {str(year) for year in range(period.start.year, period.end.year + 1)}
    beside = {str(period.start.year - 1), str(period.end.year + 1)}
    for passage in proof.read(Role.TITLE, Role.LINE):
        if not isinstance(passage.record, Edition | Programme) or passage.in_quotation(0):
            continue
        found = list(YEAR.finditer(passage.text))
        dated = found and in_a_date.search(fold_in_place(passage.text[: found[0].start()]))
        if len(found) == 1 and found[0][0] in beside - own and not dated:
            yield _other_year(proof, passage.span(*found[0].span()), found[0][0])


def _other_day(
    proof: Proof, placed: PlacedEvent, named: Sequence[NamedDays]
) -> Iterator[Diagnostic]:
    """Yield the day that an event's texts announce, where they never name its own."""
    event = placed.event
    own = set(event.when.days) | set(event.postponed_to.days if event.postponed_to else ())
    if event.when.kind == "open" or len(own) > MOST_DAYS:
        return
    whole = [each for each in named if each.mention.when is not None]
    if any(own & set(each.mention.when.days) for each in whole if each.mention.when):
        return
    other = [each for each in whole if _is_announced(proof, each, own)]
    if len({each.mention.when for each in other}) == 1:
        yield finding(
            "D213",
            [each.span() for each in other],
            N_("This text announces “{words}”, and the event is on {date}."),
            N_("Correct the text, or “when”."),
            words=other[0].words,
            date=date_in_words(event.when.start, proof.language, year=False),
            related=[Related(placed.span("when"), Message(N_("Its date stands here.")))],
        )


def _is_announced(proof: Proof, each: NamedDays, own: set[date]) -> bool:
    """Return whether a text says that the event is on a day near to its own."""
    when, language, period = each.mention.when, proof.language, period_of(proof)
    if when is None or each.mention.written.form in ("until", "open"):
        return False
    near = all(min(abs((day - mine).days) for mine in own) <= NEAR for day in when.days)
    if not near or any(day not in period for day in when.days):
        return False
    sentence = each.sentence
    beside = (phrases.OTHER_DAYS, phrases.OTHER_EDITION, ANOTHER)
    if any(re.search(words[language], sentence.text) for words in beside):
        return False
    if each.passage.role is Role.TITLE or announces(language, each, period):
        return True
    return MEET[language].search(sentence.before) is not None


def _other_hour(proof: Proof, placed: PlacedEvent, each: NamedDays) -> Iterator[Diagnostic]:
    """Yield hours that a text says right behind the event's own day, if they are not its own."""
    when, event = each.mention.when, placed.event
    own = [slot for session in event.own_sessions() for slot in session.when.slots]
    if when is None or not own or not set(when.days) <= set(event.when.days):
        return
    sentence = each.sentence
    if re.search(phrases.OTHER_DAYS[proof.language], sentence.text):
        return
    after = each.text.folded[each.mention.end : each.mention.end + LONGEST_HOURS]
    start = AFTER_DAYS.match(after)
    slots, end = _hours(after[start.end() if start else 0 :], proof.language)
    if slots and not _agree(slots, own):
        begins = each.mention.end + (start.end() if start else 0)
        yield _wrong_hour(proof, placed, each.passage, (begins, begins + end))


def _hours(text: str, language: str) -> tuple[tuple[Slot, ...], int]:
    """Return the hours that a text begins with, and where they end."""
    cursor = Cursor(text, language)
    with suppress(WhenError):
        slots = read_hours(cursor)
        if slots:
            return slots, cursor.tokens[cursor.at - 1].end
    return (), 0


def _agree(said: Sequence[Slot], own: Sequence[Slot]) -> bool:
    """Return whether hours are all among those of an event, or begin and end as it does."""
    starts, ends = {slot.start for slot in own}, {slot.end for slot in own}
    if all(slot.start in starts and (slot.end in ends or not slot.end) for slot in said):
        return True
    if None in ends and all(slot.start in starts for slot in said):
        return True
    last: list[time] = [slot.end for slot in said if slot.end]
    return bool(last) and min(s.start for s in said) in starts and max(last) in ends


def late_hours_in_texts(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the only hour of a text, where people are told to come once the event has begun."""
    language = proof.language
    texts: dict[int, list[Passage]] = {}
    for passage in proof.read(Role.TITLE, Role.LINE, Role.PROSE):
        if isinstance(passage.record, Event) and HOUR[language].search(passage.text):
            texts.setdefault(id(passage.record), []).append(passage)
    for placed in proof.events:
        passages = texts.get(id(placed.event), [])
        own = placed.event.when.slots
        if len(passages) != 1 or not own or placed.event.sessions:
            continue
        folded = fold_in_place(passages[0].text)
        meeting = AT_HOUR[language].search(folded)
        if meeting and len(HOUR[language].findall(folded)) == 1:
            slots, end = _hours(folded[meeting.end() : meeting.end() + LONGEST_HOURS], language)
            if slots and slots[0].start > max(slot.start for slot in own):
                yield _wrong_hour(proof, placed, passages[0], (meeting.end(), meeting.end() + end))


def _wrong_hour(
    proof: Proof, placed: PlacedEvent, passage: Passage, place: tuple[int, int]
) -> Diagnostic:
    return finding(
        "D214",
        passage.span(*place),
        N_("“{words}” in this text, {hours} in the date of its event."),
        N_("Correct the text, or “when”."),
        words=passage.text[slice(*place)],
        hours=times_in_words(placed.event.when, proof.language),
        related=[Related(placed.span("when"), Message(N_("Its hour stands here.")))],
    )
