"""What a kit says of all that it announces: its totals, against each other and what it lists.

C202 is a total that is stated in two ways, C203 one that what is listed in full does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from moip_press.kit.model.blocks import Block
from moip_press.kit.model.edition import Edition
from moip_press.kit.model.fields import EventStatus
from moip_press.kit.model.parts import Article, Communique, Editorial, Programme
from moip_press.kit.model.records import Event, KeyFigure
from moip_press.proofread.claims.counts import UNITS, Count, Precision, counts
from moip_press.proofread.passages import Passage, Role, Sentences
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_, NP_

EDITION_FIELDS = ("claim", "tagline", "subtitle", "subject", "closing")
FAR = 1000  # characters within which a paragraph names what it speaks of
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

OTHER_TIME = re.compile(
    r"\b(?:depuis|derni(?:er|ère)s?|précédente?s?|passée?|l['’]an|avai(?:t|ent)|étai(?:t|ent)"
    r"|prochaine?s?|last|since|previous|next|were|was|had)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
BEFORE = re.compile(
    r"(?:^|^(?:Cette année|En \d{4}|This year|In \d{4}"
    r"|[A-ZÀ-Ý]\w+(?:é|ée|ant|ed)\s[^.:;]{0,80}),\s)"
    r"(?:le\s|la\s|les\s|l['’]|cette\s|ce\s|the\s|this\s)?$",
    re.IGNORECASE,
)
# What a campaign does with all of its events, and not with some of them.
DOES = re.compile(
    r"\b(?:fédère|propose|réuni|rassemble|compte|offr|c['’]est|ce sont|regroupe|compren|accueill"
    r"|organise|mobilise|annonce|présente|brings|offer|has|includes|comprises|features|counts)",
    re.IGNORECASE,
)
SOME = re.compile(
    r"\b(?:avec|par|ici|here|with|by)\b|\b(?:le|les|on)\s\d{1,2}(?:er)?\s", re.IGNORECASE
)
OTHERS = re.compile(r",\s(?:les|nos|ses|ces|our|its|these)\s", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?…]\s+")


@dataclass(frozen=True)
class Campaign:
    """The event that the kit announces: its title, and the years it takes place in."""

    title: re.Pattern[str]
    years: frozenset[str]

    @classmethod
    def of(cls, proof: Proof) -> Campaign:
        """Return the campaign of a kit."""
        edition = proof.kit.edition
        words = re.split(r"[\s'’]+", edition.title.strip())
        title = re.compile(r"[\s'’]+".join(map(re.escape, words)), re.IGNORECASE)
        years = range(edition.period.start.year, edition.period.end.year + 1)
        return cls(title, frozenset(map(str, years)))

    def is_now(self, sentence: str) -> bool:
        """Return whether a sentence names no other year and does not look back or ahead."""
        years = set(YEAR.findall(sentence))
        return years <= self.years and not OTHER_TIME.search(sentence)

    def is_subject(self, before: str, *, anywhere: bool = False) -> bool:
        """Return whether the campaign is what a sentence speaks of up to here.

        With `anywhere`, the words may be those of several sentences.
        """
        for found in self.title.finditer(before):
            head = before[: found.start()]
            opens = BEFORE.search(head) or (
                anywhere and BEFORE.search(SENTENCE_END.split(head)[-1])
            )
            does = anywhere or (
                DOES.search(before, found.end()) and not SOME.search(before, found.end())
            )
            if opens and does and not OTHERS.search(before, found.end()):
                return True
        return False


@dataclass(frozen=True)
class Statement:
    """A number that a sentence states; `begin` is where the sentence begins in the passage.

    The offsets of `count` are those of the sentence.
    """

    passage: Passage
    begin: int
    sentence: str
    count: Count

    @property
    def words(self) -> str:
        """The number with its noun."""
        return self.sentence[self.count.lead : self.count.end]

    @property
    def before(self) -> str:
        """The sentence up to the number."""
        return self.sentence[: self.count.lead]

    @property
    def span(self) -> Span:
        """The number and its noun, as far as they stand in one field."""
        end = min(self.begin + self.count.end, len(self.passage.text))
        return self.passage.span(self.begin + self.count.start, end)


def totals_agree(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the totals that the kit states in two ways."""
    campaign = Campaign.of(proof)
    by_noun: dict[str, list[Statement]] = {}
    for statement in _totals(proof, campaign):
        noun = statement.count.noun
        by_noun.setdefault("evenement" if noun == "event" else noun, []).append(statement)
    for statements in (*by_noun.values(), *_repeated(proof, campaign, by_noun)):
        yield from _disagreements(statements)


def _repeated(
    proof: Proof, campaign: Campaign, totals: Mapping[str, list[Statement]]
) -> Iterable[list[Statement]]:
    """Return what is said of somebody in the same words, up to the number; totals are left out."""
    known = {each.span for statements in totals.values() for each in statements}
    by_words: dict[tuple[str, str], list[Statement]] = {}
    for passage in proof.read(Role.PROSE):
        if isinstance(passage.record, Event):
            continue
        for stated in statements(passage, campaign):
            before = stated.sentence[: stated.count.start]
            if _names_somebody(before) and stated.span not in known:
                key = " ".join(before.lower().split()), stated.count.noun
                by_words.setdefault(key, []).append(stated)
    return by_words.values()


def _names_somebody(before: str) -> bool:
    """Return whether words before a number name somebody, and so mean the same elsewhere."""
    words = before.split()
    named = any(word[:1].isupper() for word in words[1:])
    return len(words) >= LONG and named and not THIS.search(before)


def _disagreements(statements: list[Statement]) -> Iterator[Diagnostic]:
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
                N_("“{words}” here, “{other}” elsewhere: the same total in two ways."),
                N_("Write the right number in each place."),
                words=others[0].words,
                other=right[0].words,
                related=[
                    Related(each.span, Message.of(N_("Here it is “{words}”."), words=each.words))
                    for each in (*right, *others[1:])
                ],
            )


def contradict(one: Count, other: Count) -> bool:
    """Return whether two statements of one total cannot both be meant."""
    if one.precision is other.precision:
        return one.value != other.value
    (low, high), (other_low, other_high) = _range(one), _range(other)
    return high < other_low or other_high < low


def _range(count: Count) -> tuple[float, float]:
    """Return the least and the greatest number of which a count can be said."""
    low, high = FITS[count.precision]
    return low * count.value, high * count.value


def _totals(proof: Proof, campaign: Campaign) -> Iterator[Statement]:
    """Yield what the kit says of all it announces; what is said of a part of it is left out."""
    for passage in proof.passages:
        if isinstance(passage.record, KeyFigure):
            yield from _key_figure(passage, passage.record, campaign)
        elif _is_of_the_whole(passage):
            for stated in statements(passage, campaign):
                if is_total(stated, campaign):
                    yield stated


def _is_of_the_whole(passage: Passage) -> bool:
    if isinstance(passage.record, Edition):
        return passage.field in EDITION_FIELDS
    whole = isinstance(passage.part, Article | Communique | Editorial)
    return whole and passage.role is Role.PROSE and passage.paragraph.kind == "paragraph"


def statements(passage: Passage, campaign: Campaign) -> Iterator[Statement]:
    """Yield the counts of a passage that are about now and not in a quotation."""
    sentences = Sentences(passage)
    for count in counts(passage.text):
        if count.noun in UNITS:
            continue
        begin, end = sentences.around(count.start)
        sentence = passage.text[begin:end]
        if not passage.in_quotation(count.start) and campaign.is_now(sentence):
            moved = {name: getattr(count, name) - begin for name in ("lead", "start", "end")}
            yield Statement(passage, begin, sentence, replace(count, **moved))


def is_total(stated: Statement, campaign: Campaign) -> bool:
    """Return whether a count is one of the whole kit."""
    count, sentence, record = stated.count, stated.sentence, stated.passage.record
    if count.value < FEWEST or not SAME_SET.match(sentence, count.end) or PART_OF.search(sentence):
        return False
    before = stated.before
    if isinstance(record, Edition) or IN_ALL.search(before) or campaign.is_subject(before):
        return True
    if before.strip() or count.noun not in EVENTS:
        return False
    earlier = stated.passage.text[max(0, stated.begin - FAR) : stated.begin]
    return not isinstance(record, Block) or campaign.is_subject(earlier, anywhere=True)


def _key_figure(passage: Passage, figure: KeyFigure, campaign: Campaign) -> Iterator[Statement]:
    """Yield the total of a number that is printed large, with its label."""
    words = f"{passage.text} {figure.label}"
    if passage.field != "value" or not campaign.is_now(words) or PART_OF.search(words):
        return
    for count in counts(words):
        if count.lead == 0 and count.noun in EVENTS and SAME_SET.match(words, count.end):
            yield Statement(passage, 0, words, count)


def totals_fit_what_is_listed(proof: Proof) -> Iterator[Diagnostic]:
    """Yield numbers of events that do not fit the events of a kit or section that is complete."""
    campaign, edition = Campaign.of(proof), proof.kit.edition
    if proof.kit.whole and edition.complete:
        listed = [event.status for event in proof.kit.printed().events()]
        message = NP_(
            "“{words}”, and this kit lists {count} event.",
            "“{words}”, and this kit lists {count} events.",
        )
        for stated in _totals(proof, campaign):
            yield from _compared(stated, listed, message)
    for passage in proof.passages:
        part = passage.record
        if isinstance(part, Programme) and (part.complete or edition.complete):
            drafts = edition.status == "draft"
            listed = [e.status for e in part.events if drafts or e.status != "draft"]
            message = NP_(
                "“{words}”, and this section lists {count} event.",
                "“{words}”, and this section lists {count} events.",
            )
            for stated in statements(passage, campaign):
                part_of_it = PART_OF_SECTION.search(stated.sentence)
                if not part_of_it and not campaign.is_subject(stated.before):
                    yield from _compared(stated, listed, message)


def _compared(
    stated: Statement, listed: list[EventStatus], message: tuple[str, str]
) -> Iterator[Diagnostic]:
    """Yield the finding of a number that neither all events fit nor those that take place."""
    low, high = _range(stated.count)
    lengths = len(listed), sum(status != "cancelled" for status in listed)
    if stated.count.noun in EVENTS and not any(low <= number <= high for number in lengths):
        yield finding(
            "C203",
            stated.span,
            Message.counted(message, len(listed), words=stated.words),
            N_("Correct the number, add what is missing, or take “complete” away."),
        )
