"""The same place, person or link for two events at the same time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from moip_press.kit.model.records import Person
from moip_press.proofread.dates.days_of_rest import is_open_to_all, takes_place
from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_
from moip_press.text.folding import fold_in_place

MOST_RELATED = 5
LONG = 31
"""Days beyond which an event is no appointment that another could clash with."""
DAY = 24 * 60
SHARED_LINK = 3
"""From so many events on, a link leads to a page of many, not to one event's."""
NOWHERE = re.compile(
    r"(?<!\w)(?:en ligne|a distance|visio\w*|lieux?|a confirmer|a preciser|divers|differents|"
    r"online|remote|zoom|teams|webex|various|several|tbc|to be confirmed|partout|everywhere)(?!\w)"
)
# A person among the organisers has one of these before the surname, an institution has not.
_GIVEN_NAMES = """
adele adrien agathe agnes aicha alain albert alexandra alexandre alexis alice aline alix amandine
amelie ana anais andre andrea andrew anna anne annie anthony antoine antonio arnaud arthur aude
audrey aurelie aurelien axel baptiste barbara bastien beatrice benedicte benjamin benoit bernard
bertrand blandine brigitte bruno camille carole caroline catherine cecile celine chantal charles
charlotte chloe christelle christian christine christophe claire clara claude claudine clement
clementine colette corinne cyril damien daniel david deborah delphine denis diane didier
dominique dorothee edith edouard edward elena eleonore elisabeth elise elizabeth ella elodie
emilie emily emma emmanuel emmanuelle eric estelle esther etienne eva evelyne fabien fabienne
fabrice fanny farid fatima fatou felix fernand flora florence florent florian francis franck
francois francoise frank fred frederic frederique gabriel gabrielle gael gaelle gaspard genevieve
george georges gerald gerard gilbert gilles graham gregory guillaume guy hannah helen helene
henri henry herve hugo hugues ines irene isabelle jack jacqueline jacques james jane jean jeanne
jeremy jerome jessica joan joanna joel johanna john jonathan joseph josephine julia julie julien
juliette justine karim karine kate kevin khadija kim laetitia laila laura laure laurence laurent
lea leila leo leon liam lina linda lionel lisa loic louis louise luc lucas lucie lucy ludovic
magali malika manon manuel marc marcel margaret margaux margot maria marianne marie marina marine
marion mark marthe martin martine mary maryse mathieu mathilde matthew matthieu maud maurice max
maxime mehdi melanie michael michel michele mireille mohamed monique morgane moussa muriel myriam
nadege nadia nadine naima nathalie nathan nicolas nicole nina noah noemie nora odile oliver
olivia olivier oscar pascal pascale patrice patricia patrick paul paula pauline peter philip
philippe pierre quentin rachel rachid raphael raymond rebecca regine remi remy renaud rene
richard robert robin roger roland romain ruth sabine sabrina said salma samir samuel sandra
sandrine sarah sebastien serge severine simon simone sofia solene sonia sophia sophie stephane
stephanie susan suzanne sylvain sylvie tania theo theodore therese thibault thierry thomas tim
tom valentin valerie vanessa veronique victor victoria vincent virginie viviane walter william
xavier yann yannick yasmine yves yvette yvonne zoe
"""
GIVEN_NAMES = frozenset(_GIVEN_NAMES.split())
TITLES = re.compile(r"^(?:m\.|mm\.|mme|mlle|monsieur|madame|dr|pr|prof|mr|mrs|ms|sir|dame)\.? ")
PARTICLES = frozenset({"de", "du", "d'", "da", "di", "le", "la", "van", "von", "der", "ben", "el"})


@dataclass(frozen=True)
class Meeting:
    """An event from one minute to another of a day."""

    start: int
    end: int
    placed: PlacedEvent

    def meets(self, other: Meeting) -> bool:
        """Return whether two overlap; where one has no end, the other must be under way."""
        first, second = sorted((self, other), key=lambda each: (each.start, each.end))
        return second.start < first.end or first.start == second.start


def same_place(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the places that have two events at a time."""
    yield from _clashes(
        proof,
        _places,
        "D209",
        ("place",),
        N_("“{title}” has the same place as “{other}”, at the same time."),
        Message(N_("Correct the place or the time, or name the rooms.")),
    )


def same_person(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the people who hold two events at a time."""
    known = {
        fold_in_place(placed.value.name)
        for placed in proof.kit.values()
        if isinstance(placed.value, Person)
    } | {fold_in_place(contact.name) for contact in proof.kit.edition.contacts if contact.name}

    def people(placed: PlacedEvent) -> Iterator[str]:
        for name in placed.event.organisers:
            if fold_in_place(name) in known or is_person(name):
                yield fold_in_place(name)

    yield from _clashes(
        proof,
        people,
        "D210",
        ("organisers",),
        N_("“{title}” is held by the same person as “{other}”, at the same time."),
        Message(N_("Correct the person or the time.")),
    )


def same_link(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the links that lead to two events at a time."""
    site = _address(proof.kit.edition.website or "")
    counts: dict[str, int] = {}
    for placed in proof.events:
        for link in _links(placed):
            counts[link] = counts.get(link, 0) + 1

    def links(placed: PlacedEvent) -> Iterator[str]:
        return (each for each in _links(placed) if each != site and counts[each] < SHARED_LINK)

    yield from _clashes(
        proof,
        links,
        "D211",
        (),
        N_("“{title}” has the same link as “{other}”, at the same time."),
        Message(N_("Give each event its own link, or correct the time.")),
    )


def _places(placed: PlacedEvent) -> Iterator[str]:
    place = placed.event.place
    if place is None or not place.venue or NOWHERE.search(fold_in_place(place.venue)):
        return
    yield " / ".join(fold_in_place(part or "") for part in (place.venue, place.town))


def _links(placed: PlacedEvent) -> frozenset[str]:
    links = (placed.event.registration, placed.event.link)
    return frozenset(_address(link) for link in links if link and _leads_far(link))


def _leads_far(link: str) -> bool:
    """Return whether a link leads to a page of its own, and not to a site's front door."""
    parts = urlsplit(link)
    return parts.scheme in ("http", "https") and bool(parts.path.strip("/") or parts.query)


def _address(link: str) -> str:
    parts = urlsplit(link)
    host = parts.netloc.lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}#{parts.fragment}"


def _clashes(
    proof: Proof,
    keys: Callable[[PlacedEvent], Iterable[str]],
    code: str,
    field: tuple[str, ...],
    sentence: str,
    hint: Message,
) -> Iterator[Diagnostic]:
    """Yield one finding for each place, person or link that has two events at a time."""
    groups: dict[str, list[PlacedEvent]] = {}
    for placed in proof.events:
        if takes_place(placed.event) and placed.event.when.slots:
            for key in dict.fromkeys(keys(placed)):
                groups.setdefault(key, []).append(placed)
    for key, events in groups.items():
        if len(events) > 1:
            first, others = _overlapping(events, proof.language)
            if first is not None:
                yield _finding(code, _field(others[0], field, key), sentence, hint, others, first)


def _field(placed: PlacedEvent, field: tuple[str, ...], key: str) -> tuple[str | int, ...]:
    """Return the field of the event that the finding points at."""
    if field:
        names = [fold_in_place(name) for name in placed.event.organisers]
        return (*field, names.index(key)) if field == ("organisers",) else field
    link = placed.event.registration
    return ("registration",) if link and _address(link) == key else ("link",)


def _finding(
    code: str,
    field: tuple[str | int, ...],
    sentence: str,
    hint: Message,
    others: list[PlacedEvent],
    first: PlacedEvent,
) -> Diagnostic:
    related = [first, *others[1:]][:MOST_RELATED]
    return finding(
        code,
        others[0].span(*field),
        Message(sentence, {"title": others[0].event.title, "other": first.event.title}),
        hint,
        related=[
            Related(each.span("when"), Message.of(N_("“{title}” is then."), title=each.event.title))
            for each in related
        ],
    )


def _overlapping(
    events: list[PlacedEvent], language: str
) -> tuple[PlacedEvent | None, list[PlacedEvent]]:
    """Return the first event that another overlaps, in the order of the kit, and the others."""
    days: dict[date, list[Meeting]] = {}
    for placed in events:
        if not is_open_to_all(placed.event, language):
            for meeting, day in _meetings(placed):
                days.setdefault(day, []).append(meeting)
    clashing: dict[int, set[int]] = {}
    numbers = {id(placed): number for number, placed in enumerate(events)}
    for meetings in days.values():
        for one, other in _neighbours(meetings):
            pair = sorted((numbers[id(one.placed)], numbers[id(other.placed)]))
            clashing.setdefault(pair[0], set()).add(pair[1])
    if not clashing:
        return None, []
    first = min(clashing)
    others = sorted({number for group in clashing.values() for number in group} - {first})
    others = [*sorted(clashing[first]), *(n for n in others if n not in clashing[first])]
    return events[first], [events[number] for number in others]


def _neighbours(meetings: list[Meeting]) -> Iterator[tuple[Meeting, Meeting]]:
    """Yield each meeting that begins while another is under way, with the longest such."""
    ordered = sorted(meetings, key=lambda each: (each.start, each.end))
    longest = ordered[0]
    for meeting in ordered[1:]:
        same = longest.placed is meeting.placed or _are_one(longest.placed, meeting.placed)
        if not same and longest.meets(meeting):
            yield longest, meeting
        if meeting.end > longest.end:
            longest = meeting


def _are_one(one: PlacedEvent, other: PlacedEvent) -> bool:
    """Return whether two records are the same event, twice: that is another finding."""
    return fold_in_place(one.event.title) == fold_in_place(other.event.title)


def _meetings(placed: PlacedEvent) -> Iterator[tuple[Meeting, date]]:
    when = placed.event.when
    if len(when.days) > LONG:
        return
    for slot in when.slots:
        start = slot.start.hour * 60 + slot.start.minute
        end = start if slot.end is None else slot.end.hour * 60 + slot.end.minute
        if slot.end is not None and end <= start:
            end += DAY
        if not slot.onwards:
            for day in when.days:
                yield Meeting(start, end, placed), day


def is_person(name: str) -> bool:
    """Return whether a name is surely a person's: a title, or a given name and a surname."""
    words = fold_in_place(name).replace("d'", "").split()
    if TITLES.match(fold_in_place(name)) and len(words) > 1:
        return True
    own = [word for word in words if word not in PARTICLES]
    if not 2 <= len(own) <= 3 or any(not word.replace("-", "").isalpha() for word in own):
        return False
    capitals = all(w[:1].isupper() for w in name.split() if fold_in_place(w) not in PARTICLES)
    return capitals and all(part in GIVEN_NAMES for part in own[0].split("-"))
