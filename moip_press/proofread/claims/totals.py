"""Statements of the same total, against each other and against what the kit lists in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from moip_press.kit.model.edition import Edition
from moip_press.kit.model.fields import EventStatus
from moip_press.kit.model.parts import Article, Block, Editorial, Programme
from moip_press.kit.model.records import Event, KeyFigure
from moip_press.proofread.claims.announcing import UNITS
from moip_press.proofread.claims.campaign import Campaign
from moip_press.proofread.claims.numbers import Count, Precision, counts
from moip_press.proofread.claims.sentences import sentence, starts
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_, NP_

SHOWN = 5
EDITION_FIELDS = ("claim", "tagline", "subtitle", "subject", "closing")
FAR = 1000  # signs, within which a paragraph names what it speaks of
LONG = 6  # words that are no accident when they come twice
THIS = re.compile(
    r"\b(?:cette|cet|ce|ces|ici|il|elle|ils|elles|nous|vous|notre|nos|votre|son|sa|ses|leurs?|this|these|here"
    r"|it|they|we|our|its|their|section|partie)\b",
    re.IGNORECASE,
)
FEWEST = 5  # smaller numbers are parts of something
EVENTS = frozenset({"evenement", "event", "rendez-vou", "manifestation"})
# What may follow the noun without making it another set: "350 événements dans toute la France".
EVERYWHERE = (
    r"(?:en\s|dans\s|over\s)?(?:toute?|tous|l['’]ensemble|the whole|all|la France|France"
    r"|the country|travers)\b"
)
SAME_SET = re.compile(
    r"\s*(?:$|[.;:!?)–—]|,(?!\s(?:à|en|au|aux|dans|sur|in|at)\b)|vous attend"
    r"|(?:(?:sont|seront|ont été|are|will be)\s)?(?:organis|propos|prévu|programm|attendu|annonc"
    r"|planned|offered|held|expected|announced)\w*\b(?!\s(?:à|en|au|aux|dans|sur|in|at|on|online)\b"
    rf"(?!\s(?:{EVERYWHERE})))"
    rf"|(?:dans|sur|partout|in|à|across|throughout|all)\s(?:{EVERYWHERE}))",
    re.IGNORECASE,
)
PART_OF = re.compile(
    r"\b(?:dont|parmi|notamment|chaque|par jour|par an|par (?:les|la|le|l['’]|nos|ses)|chacun"
    r"|en moyenne|including|among|each|every|per|by (?:the|our|its))(?:\b|(?<=['’]))",
    re.IGNORECASE,
)
PART_OF_SECTION = re.compile(r"\b(?:dont|parmi|notamment|including|among)\b", re.IGNORECASE)
IN_ALL = re.compile(r"\b(?:au total|en tout|in total|in all|altogether)\W*$", re.IGNORECASE)
ABOVE = float("inf")
# How far the true number may be from what is said of it, as a share of that.
FITS = {
    Precision.EXACT: (1, 1),
    Precision.OVER: (0.9, ABOVE),
    Precision.LEAST: (0.9, ABOVE),
    Precision.NEAR: (0.7, 1.1),
    Precision.ABOUT: (0.7, 1.4),
    Precision.OTHER: (0, ABOVE),
}


@dataclass(frozen=True)
class Statement:
    """A total, as a passage states it: `count` in the sentence that starts at `begin`."""

    passage: Passage
    begin: int
    count: Count
    words: str

    @property
    def span(self) -> Span:
        """The number and its noun, as far as they stand in one field."""
        end = min(self.begin + self.count.end, len(self.passage.text))
        return self.passage.span(self.begin + self.count.start, end)

    def related(self) -> Related:
        """Return the statement as another place of a finding."""
        return Related(self.span, Message.of(N_("Here it is “{words}”."), words=self.words))


def totals_agree(proof: Proof) -> Iterator[Diagnostic]:
    """The kit states each of its totals in one way."""
    by_noun: dict[str, list[Statement]] = {}
    for statement in totals(proof):
        noun = statement.count.noun
        by_noun.setdefault("evenement" if noun == "event" else noun, []).append(statement)
    for statements in (*by_noun.values(), *_repeated(proof, by_noun)):
        yield from _agree(statements)


def _repeated(proof: Proof, totals: Mapping[str, list[Statement]]) -> Iterable[list[Statement]]:
    """Return what is said of somebody in the same words, up to the number; totals are left out."""
    known = {each.span for statements in totals.values() for each in statements}
    by_words: dict[tuple[str, str], list[Statement]] = {}
    campaign = Campaign.of(proof)
    for passage in proof.read(Role.PROSE):
        for begin, words, count in (
            () if isinstance(passage.record, Event) else _stated(passage, campaign)
        ):
            before = words[: count.start]
            if _names_who(before):
                key = " ".join(before.lower().split()), count.noun
                stated = Statement(passage, begin, count, words[count.lead : count.end])
                if stated.span not in known:
                    by_words.setdefault(key, []).append(stated)
    return [each for each in by_words.values() if len(each) > 1]


def _names_who(before: str) -> bool:
    """Tell whether the words before a number name somebody, and so mean the same elsewhere."""
    words = before.split()
    named = any(word[:1].isupper() for word in words[1:])
    return len(words) >= LONG and named and not THIS.search(before)


def _agree(statements: list[Statement]) -> Iterator[Diagnostic]:
    """Yield one finding for each number that contradicts the most frequent one."""
    by_number: dict[tuple[Precision, int], list[Statement]] = {}
    for each in statements:
        by_number.setdefault((each.count.precision, each.count.value), []).append(each)
    right = max(by_number.values(), key=len)
    for others in by_number.values():
        if others is not right and contradict(right[0].count, others[0].count):
            yield finding(
                "C202",
                others[0].span,
                Message.of(
                    N_("“{words}” here, “{other}” elsewhere: the same total in two ways."),
                    words=others[0].words,
                    other=right[0].words,
                ),
                Message(N_("Write the right number in each place.")),
                related=[each.related() for each in [*right, *others[1:]][:SHOWN]],
            )


def contradict(one: Count, other: Count) -> bool:
    """Tell whether two statements of one total cannot both be meant."""
    if one.precision is other.precision:
        return one.value != other.value
    low, high = _range(one)
    other_low, other_high = _range(other)
    return high < other_low or other_high < low


def fits(count: Count, number: int) -> bool:
    """Tell whether what is said can be said of a number."""
    low, high = _range(count)
    return low <= number <= high


def _range(count: Count) -> tuple[float, float]:
    low, high = FITS[count.precision]
    return low * count.value, high * count.value


def totals(proof: Proof) -> Iterator[Statement]:
    """Yield what the kit says of all it announces; what is said of a part of it is left out."""
    campaign = Campaign.of(proof)
    for passage in proof.passages:
        if isinstance(passage.record, KeyFigure):
            yield from _key_figure(passage, passage.record, campaign)
        elif _of_the_whole(passage):
            for begin, words, count in _stated(passage, campaign):
                if _is_total(passage, begin, words, count, campaign):
                    yield Statement(passage, begin, count, words[count.lead : count.end])


def _of_the_whole(passage: Passage) -> bool:
    if isinstance(passage.record, Edition):
        return passage.field in EDITION_FIELDS
    whole = isinstance(passage.part, Article | Editorial)
    return whole and passage.role is Role.PROSE and passage.paragraph.kind == "paragraph"


def _stated(passage: Passage, campaign: Campaign) -> Iterator[tuple[int, str, Count]]:
    """Yield the counts of a passage that are about now and about all, with their sentences."""
    found = [count for count in counts(passage.text) if count.noun not in UNITS]
    begins = starts(passage.text, passage.quoted) if found else []
    for each in found:
        begin, end = sentence(passage.text, each.start, begins)
        words = passage.text[begin:end]
        if not passage.in_quotation(each.start) and campaign.is_now(words):
            yield begin, words, _moved(each, -begin)


def _moved(count: Count, by: int) -> Count:
    places = {name: getattr(count, name) + by for name in ("lead", "start", "number_end", "end")}
    return replace(count, **places)


def _is_total(passage: Passage, begin: int, words: str, count: Count, campaign: Campaign) -> bool:
    """Tell whether a count of a sentence, which starts at `begin`, is one of the whole kit."""
    if count.value < FEWEST or not SAME_SET.match(words, count.end) or PART_OF.search(words):
        return False
    before = words[: count.lead]
    if isinstance(passage.record, Edition) or IN_ALL.search(before) or campaign.is_subject(before):
        return True
    opens = not before.strip() and count.noun in EVENTS
    own = not isinstance(passage.record, Block)
    return opens and (
        own or campaign.is_subject(passage.text[max(0, begin - FAR) : begin], anywhere=True)
    )


def _key_figure(passage: Passage, figure: KeyFigure, campaign: Campaign) -> Iterator[Statement]:
    """Yield the total of a number that is printed large, with its label."""
    if passage.field == "value":
        words = f"{passage.text} {figure.label}"
        for count in counts(words):
            same_set = count.noun in EVENTS and SAME_SET.match(words, count.end)
            whole = campaign.is_now(words) and not PART_OF.search(words)
            if count.lead == 0 and same_set and whole:
                yield Statement(passage, 0, count, words[: count.end])


def totals_fit_what_is_listed(proof: Proof) -> Iterator[Diagnostic]:
    """A number of events fits the events, where the kit says that it lists them all."""
    if proof.kit.whole and proof.kit.edition.complete:
        listed = [event.status for event in proof.kit.printed().events()]
        message = NP_(
            "“{words}”, and this kit lists {count} event.",
            "“{words}”, and this kit lists {count} events.",
        )
        for statement in totals(proof):
            yield from _compared(statement, listed, message)
    campaign = Campaign.of(proof)
    for passage in proof.passages:
        part = passage.record
        if isinstance(part, Programme) and (part.complete or proof.kit.edition.complete):
            drafts = proof.kit.edition.status == "draft"
            listed = [e.status for e in part.events if drafts or e.status != "draft"]
            message = NP_(
                "“{words}”, and this section lists {count} event.",
                "“{words}”, and this section lists {count} events.",
            )
            for begin, words, count in _stated(passage, campaign):
                whole = campaign.is_subject(words[: count.lead]) or PART_OF_SECTION.search(words)
                if not whole:
                    stated = Statement(passage, begin, count, words[count.lead : count.end])
                    yield from _compared(stated, listed, message)


def _compared(
    statement: Statement, listed: list[EventStatus], message: tuple[str, str]
) -> Iterator[Diagnostic]:
    """Yield the finding of a number that neither all events fit nor those that take place."""
    lengths = {len(listed), sum(status != "cancelled" for status in listed)}
    if statement.count.noun in EVENTS and not any(fits(statement.count, n) for n in lengths):
        yield finding(
            "C203",
            statement.span,
            Message.counted(message, len(listed), words=statement.words),
            Message(N_("Correct the number, add what is missing, or take “complete” away.")),
        )
