"""What stands twice in a kit: events (R201), paragraphs (R202), names in a list (R203)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from moip_press.kit.matching import Face, candidates, content, overlap, same_text, surely
from moip_press.kit.model.blocks import DirectoryBlock, LabsBlock
from moip_press.kit.model.edition import Edition
from moip_press.kit.model.kit import Placed
from moip_press.kit.model.parts import Article, Programme
from moip_press.kit.model.records import About, Event, Image
from moip_press.proofread.names.found_names import fold_name
from moip_press.proofread.passages import Passage, PlacedEvent, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule
from moip_press.text.folding import fold, fold_words

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "R201 event-told-twice",
        N_("An event stands twice in the programme."),
        N_(
            "Readers count it as two events, and one of the two is forgotten when it moves. Events "
            "are compared that share a day and nearly the same title or text, unless their places, "
            "hours, regions or audiences differ."
        ),
        "- title: Des jeux sérieux pour apprendre à coopérer\n"
        "  when: 3 novembre, 14:00{--\n"
        "- title: Des jeux sérieux pour apprendre à coopérer\n  when: 3 novembre--}",
    ),
    Rule.warning(
        "R202 paragraph-told-twice",
        N_("A paragraph stands twice in the kit."),
        N_(
            "It is most often a text that was copied and not yet rewritten. Quotations, closing "
            "lines, boilerplate, practical information and short lines are left alone."
        ),
        "# edito.yaml\nbody: Les laboratoires accompagnent les agents dans leurs projets…\n"
        "# synthese.yaml\n"
        "text: {~~Les~>Huit~~} laboratoires {~~accompagnent les agents dans leurs"
        " projets~>sont ouverts cette année~~}…",
    ),
    Rule.warning(
        "R203 listed-twice",
        N_("A list names the same thing twice."),
        N_("A directory, a list of partners or of organisers has each name once."),
        "organisers: [DITP, DINUM{--, DITP--}]",
    ),
)


T = TypeVar("T")

MOST_DAYS = 7
HELD = frozenset({"confirmed", "draft"})
LEAST_WORDS, LEAST_OF_EVENT = 15, 20
PRACTICAL_WORDS = 60
SURE, SERIES = 0.93, 0.5
MOST_QUOTED = 48
FORMULA = 3
"""From so many events on, a paragraph that they share is meant to be the same."""
BOILERPLATE = (Edition, About, Image)
REPEATED_FIELDS = frozenset({"notes", "caption", "closing", "credits"})
PRACTICAL = re.compile(
    r"\binscri|\bréserv|\bentrée (libre|gratuite)|\bgratuit|\btarif|\bbillet|\bhoraire|\baccès\b"
    r"|\bcontact|\btéléphone|\bregist|\bbook|\bticket|\bfree\b|\badmission|\bhttps?:|\bwww\.|@",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ComparedEvent:
    """An event and what it is compared by."""

    placed: PlacedEvent
    face: Face
    days: frozenset[datetime.date]

    @classmethod
    def of(cls, placed: PlacedEvent) -> ComparedEvent:
        """Return an event ready to be compared."""
        event = placed.event
        texts = [event.text or ""]
        face = Face.of("event", event.title, holders=event.organisers, when=event.when, texts=texts)
        return cls(placed, face, frozenset(event.when.days))

    def keys(self) -> Iterator[Hashable]:
        """Yield what it may share with another record of the same event."""
        features = list(self.face.features())
        for day in sorted(self.days)[:MOST_DAYS]:
            yield from ((day, feature) for feature in features)

    def is_same(self, other: ComparedEvent) -> bool:
        """Return whether two are one event: a day in common, and nothing that sets them apart."""
        if not self.days & other.days or _are_apart(self.placed.event, other.placed.event):
            return False
        return surely(self.face, other.face)


def _are_apart(one: Event, other: Event) -> bool:
    """Return whether two events are held in other places, at other times or for other people."""
    holders: list[tuple[object, object, str]] = [(one, other, "region"), (one, other, "audience")]
    holders += [(one.place, other.place, name) for name in ("town", "venue", "address")]
    pairs = [
        (fold(getattr(first, name, None) or ""), fold(getattr(second, name, None) or ""))
        for first, second, name in holders
    ]
    slots = one.when.slots, other.when.slots
    return any(first and second and first != second for first, second in (slots, *pairs))


def repeated_events(proof: Proof) -> Iterator[Diagnostic]:
    """Yield one finding for each event that stands in the kit more than once."""
    compared = [ComparedEvent.of(each) for each in proof.events if each.event.status in HELD]
    pairs = candidates(compared, ComparedEvent.keys)
    for first, *others in _groups(compared, pairs, ComparedEvent.is_same):
        yield _repeated_event(first.placed, [other.placed for other in others])


def _groups(
    items: Sequence[T], pairs: Iterator[tuple[int, int]], is_same: Callable[[T, T], bool]
) -> list[list[T]]:
    """Return the items that are the same, of pairs worth comparing, in the order of the kit."""
    first: dict[int, int] = {}
    for before, number in pairs:
        if number not in first and is_same(items[before], items[number]):
            first[number] = first.get(before, before)
    found: dict[int, list[T]] = {}
    for number, root in first.items():
        found.setdefault(root, [items[root]]).append(items[number])
    return list(found.values())


def _repeated_event(first: PlacedEvent, others: Sequence[PlacedEvent]) -> Diagnostic:
    other = others[0]
    in_two_sections = NP_(
        "“{title}” stands twice, in “{section}” and in “{other}”.",
        "“{title}” stands {count} times, such as in “{section}” and in “{other}”.",
    )
    in_one_section = NP_(
        "“{title}” stands twice in “{section}”.",
        "“{title}” stands {count} times in “{section}”.",
    )
    values = {"title": other.event.title, "section": _section(first), "other": _section(other)}
    within = other.section is first.section
    return finding(
        "R201",
        other.span("title"),
        _times(in_one_section if within else in_two_sections, len(others) + 1, values),
        N_("Keep one of them, or say in their titles what sets them apart."),
        related=[
            Related(
                each.span("title"),
                Message.of(N_("It stands in “{section}” too."), section=_section(each)),
            )
            for each in (first, *others[1:])
        ],
    )


def _section(placed: PlacedEvent) -> str:
    return placed.section.title or placed.section.id


def _times(message: tuple[str, str], count: int, values: Mapping[str, object]) -> Message:
    """Return a sentence that says "twice" in its singular, and a number in its plural."""
    singular, plural = message
    return Message(singular, {**values, "count": count}, plural, 1 if count == 2 else count)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and its folded words."""

    passage: Passage
    words: tuple[str, ...]

    def is_same(self, other: Paragraph) -> bool:
        """Return whether two paragraphs are one, up to slips, that should not be there twice."""
        if _may_be_alike(self.passage, other.passage):
            return False
        if self.words == other.words:
            return True
        if same_text(self.words, other.words) < SURE:
            return False
        # what differs must be slips: other numbers or other names make it another text
        texts = self.passage.text, other.passage.text
        differing = set(self.words) ^ set(other.words)
        return not any(_is_fact(word, text) for text in texts for word in differing)


def _is_fact(word: str, text: str) -> bool:
    if any(character.isdigit() for character in word):
        return True
    named = re.search(rf"(?<!^)(?<![.!?] )\b{re.escape(word)}\b", text, re.IGNORECASE)
    return bool(named and named[0][0].isupper())


def _may_be_alike(one: Passage, other: Passage) -> bool:
    """Return whether two texts are expected to be alike.

    These are openings of sections, which follow a formula, and events of one title: a series, or
    one event that stands twice, which R201 reports.
    """
    first, second = one.record, other.record
    if isinstance(first, Programme) and isinstance(second, Programme):
        return True
    if not (isinstance(first, Event) and isinstance(second, Event)):
        return False
    titles = (content(fold_words(event.title)) for event in (first, second))
    return overlap(*titles) >= SERIES


def repeated_paragraphs(proof: Proof) -> Iterator[Diagnostic]:
    """Yield one finding for each paragraph that is printed more than once."""
    found = [
        Paragraph(passage, words)
        for passage in proof.read(Role.PROSE)
        if _counts(passage) and len(words := fold_words(passage.text)) >= _least_words(passage)
    ]
    pairs = candidates(found, lambda each: Face("", words=each.words).features())
    for group in _groups(found, pairs, Paragraph.is_same):
        of_events = all(isinstance(each.passage.record, Event) for each in group)
        if not (of_events and len(group) >= FORMULA):
            yield _repeated_paragraph([each.passage for each in group])


def _counts(passage: Passage) -> bool:
    return (
        passage.field not in REPEATED_FIELDS
        and not isinstance(passage.record, BOILERPLATE)
        and len(passage.text) > LEAST_WORDS * 3
    )


def _least_words(passage: Passage) -> int:
    if PRACTICAL.search(passage.text):
        return PRACTICAL_WORDS
    return LEAST_OF_EVENT if isinstance(passage.record, Event) else LEAST_WORDS


def _repeated_paragraph(group: Sequence[Passage]) -> Diagnostic:
    first, second, *others = group
    message = NP_(
        "The paragraph “{words}” stands twice in the kit.",
        "The paragraph “{words}” stands {count} times in the kit.",
    )
    opening = second.text
    if len(opening) > MOST_QUOTED:
        opening = f"{opening[:MOST_QUOTED].rsplit(' ', 1)[0]}…"
    return finding(
        "R202",
        second.span(),
        _times(message, len(group), {"words": opening}),
        N_("Keep it in one place, and say something else in the other."),
        related=[
            Related(each.span(), Message(N_("It stands here too."))) for each in (first, *others)
        ],
    )


def repeated_names(proof: Proof) -> Iterator[Diagnostic]:
    """Yield one finding for each name that its list already has.

    Lists are directories, labs, partners and the organisers of an event.
    """
    for placed in _records_with_lists(proof):
        for field, names in _lists(placed.value):
            yield from _repeated_names(placed, field, names)


def _records_with_lists(proof: Proof) -> Iterator[Placed]:
    yield Placed(proof.kit.edition, proof.kit.source, ())
    for placed in proof.kit.parts():
        if isinstance(placed.part, Article):
            for number, block in enumerate(placed.part.body):
                yield Placed(block, placed.source, ("body", number))
    for event in proof.events:
        yield Placed(event.event, event.source, event.loc)


def _lists(record: object) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """Yield the lists of a record: the field, and for each item its name and what marks it."""
    match record:
        case DirectoryBlock(labs=labs) | LabsBlock(labs=labs):
            yield "labs", [(lab.name, f"{lab.name} {lab.region or ''}") for lab in labs]
        case Edition(partners=partners):
            yield "partners", [(partner.name, partner.name) for partner in partners]
        case Event(organisers=names):
            yield "organisers", [(name, name) for name in names]
        case _:
            pass


def _repeated_names(
    placed: Placed, field: str, names: Sequence[tuple[str, str]]
) -> Iterator[Diagnostic]:
    def span(number: int) -> Span:
        loc = (*placed.loc, field, number)
        return placed.source.span(loc if field == "organisers" else (*loc, "name"))

    first: dict[str, int] = {}
    for number, (name, mark) in enumerate(names):
        at = first.setdefault(fold_name(mark), number)
        if at != number:
            yield finding(
                "R203",
                span(number),
                N_("“{name}” is in this list already."),
                N_("Take one of them away."),
                name=name,
                related=[Related(span(at), Message(N_("It stands here too.")))],
            )


FINDERS: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (
    repeated_events,
    repeated_paragraphs,
    repeated_names,
)
