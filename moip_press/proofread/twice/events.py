"""The same event told twice (R201): nearly the same title or text, and a day in common."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from moip_press.diagnostics import Diagnostic, Message, Related
from moip_press.messages import N_, NP_
from moip_press.model.records import Event
from moip_press.proofread.names.lexicon import fold_name
from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.proofread.twice import likeness

DISTINCT = 4  # content words of a title that two events do not bear by chance
LONG = 20  # words of a text that two events do not share by chance
MOST_DAYS = 7
MOST_SHOWN = 5
ALIKE, MOST, MUCH = 0.9, 0.75, 0.5
HELD = frozenset({"confirmed", "draft"})


@dataclass(frozen=True, slots=True)
class Told:
    """An event and what it is compared by."""

    placed: PlacedEvent
    title: tuple[str, ...]
    title_words: frozenset[str]
    text: tuple[str, ...]
    text_words: frozenset[str]
    organisers: frozenset[str]
    days: frozenset[datetime.date]

    @property
    def event(self) -> Event:
        """The event itself."""
        return self.placed.event

    @classmethod
    def of(cls, placed: PlacedEvent) -> Told:
        """Return an event ready to be compared."""
        event = placed.event
        title = likeness.content(likeness.words_of(event.title))
        text = likeness.words_of(event.text or "")
        return cls(
            placed,
            title,
            frozenset(title),
            text,
            frozenset(likeness.content(text)),
            frozenset(map(fold_name, event.organisers)),
            frozenset(event.when.days),
        )


def told_twice(proof: Proof) -> Iterator[Diagnostic]:
    """Yield one finding for each event that stands in the kit more than once."""
    told = [Told.of(placed) for placed in proof.events if placed.event.status in HELD]
    for first, *others in groups(told):
        yield _finding(first, others)


def groups(told: Sequence[Told]) -> list[list[Told]]:
    """Return the events that are the same, in the order of the kit."""
    rare = likeness.rarest([each.title for each in told], 2)

    def keys(number: int) -> Iterator[Hashable]:
        each = told[number]
        for day in sorted(each.days)[:MOST_DAYS]:
            yield day, each.title
            yield from ((day, word) for word in rare[number])
        if len(each.text) >= LONG:
            yield from likeness.sketch(each.text)

    first: dict[int, int] = {}
    for before, number in likeness.candidates(told, keys):
        if number not in first and same_event(told[before], told[number]):
            first[number] = first.get(before, before)
    found: dict[int, list[Told]] = {}
    for number, root in first.items():
        found.setdefault(root, [told[root]]).append(told[number])
    return list(found.values())


def same_event(one: Told, other: Told) -> bool:
    """Tell whether two events are one: nothing about them may speak against it."""
    if not (_same_title(one, other) or _same_text(one, other)):
        return False
    return bool(one.days & other.days) and not _apart(one.event, other.event)


def _same_title(one: Told, other: Told) -> bool:
    """Tell whether two titles are the same, and nothing in texts or organisers denies it."""
    if not likeness.same_titles(one.title, other.title):
        return False
    shared = bool(one.organisers & other.organisers) or not (one.organisers and other.organisers)
    alike = likeness.overlap(one.text_words, other.text_words)
    both = bool(one.text and other.text)
    if len(one.title) >= DISTINCT:
        return alike >= MUCH or (shared and not both)
    return shared and (alike >= ALIKE if both else one.text == other.text)


def _same_text(one: Told, other: Told) -> bool:
    """Tell whether two texts are the same, and the titles much alike."""
    common = likeness.overlap(one.title_words, other.title_words)
    if common < MUCH or _numbers(one.title) != _numbers(other.title):
        return False
    shorter, longer = sorted((len(one.text), len(other.text)))
    alike = likeness.overlap(one.text_words, other.text_words)
    # one title within the other, by the same hand: the text may have been written anew
    within = common == 1 and min(len(one.title), len(other.title)) >= DISTINCT - 1
    if within and one.organisers & other.organisers and shorter and alike >= MOST:
        return True
    return (
        shorter >= max(LONG, ALIKE * longer / 2)
        and alike >= ALIKE
        and likeness.likeness(one.text, other.text) >= ALIKE
    )


def _numbers(title: Sequence[str]) -> list[str]:
    return [word for word in title if any(sign.isdigit() for sign in word)]


def _apart(one: Event, other: Event) -> bool:
    """Tell whether two events are held at other places, at other times or for other people."""
    pairs = (
        (one.when.slots, other.when.slots),
        (one.region and fold_name(one.region), other.region and fold_name(other.region)),
        (one.audience and fold_name(one.audience), other.audience and fold_name(other.audience)),
        (_field(one, "town"), _field(other, "town")),
        (_field(one, "venue"), _field(other, "venue")),
        (_field(one, "address"), _field(other, "address")),
    )
    return any(first and second and first != second for first, second in pairs)


def _field(event: Event, name: str) -> str:
    return fold_name(getattr(event.place, name) or "") if event.place else ""


def _finding(first: Told, others: Sequence[Told]) -> Diagnostic:
    other = others[0]
    within = other.placed.section is first.placed.section
    twice = NP_(
        "“{title}” stands twice, in “{section}” and in “{other}”.",
        "“{title}” stands {count} times, such as in “{section}” and in “{other}”.",
    )
    here = NP_(
        "“{title}” stands twice in “{section}”.",
        "“{title}” stands {count} times in “{section}”.",
    )
    count = len(others) + 1
    message = Message(
        (here if within else twice)[0],
        {
            "title": other.event.title,
            "section": first.placed.section.title or first.placed.section.id,
            "other": other.placed.section.title or other.placed.section.id,
            "count": count,
        },
        (here if within else twice)[1],
        1 if count == 2 else count,
    )
    return finding(
        "R201",
        other.placed.span("title"),
        message,
        Message(N_("Keep one of them, or say in their titles what sets them apart.")),
        related=[_place(each) for each in (first, *others[1:MOST_SHOWN])],
    )


def _place(told: Told) -> Related:
    section = told.placed.section
    message = Message.of(N_("It stands in “{section}” too."), section=section.title or section.id)
    return Related(told.placed.span("title"), message)
