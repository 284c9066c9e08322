"""The same place, person or link for two events at the same time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from moip_press.kit.model.records import Event, Person
from moip_press.kit.when import When
from moip_press.proofread.dates.days_of_rest import is_open_to_all, takes_place
from moip_press.proofread.passages import Loc, PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_
from moip_press.text.folding import fold_in_place

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


class Meeting(NamedTuple):
    """An event from one minute to another of a day: its number among others, its folded title."""

    start: int
    end: int
    number: int
    title: str


def same_place(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the places that have two events at a time."""

    def places(event: Event) -> Iterator[tuple[str, Loc]]:
        place = event.place
        if place and place.venue and not NOWHERE.search(fold_in_place(place.venue)):
            key = " / ".join(fold_in_place(each or "") for each in (place.venue, place.town))
            yield key, ("place",)

    sentence = N_("“{title}” has the same place as “{other}”, at the same time.")
    hint = N_("Correct the place or the time, or name the rooms.")
    yield from _clashes(proof, places, "D209", sentence, hint)


def same_person(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the people who hold two events at a time."""
    people = [each.value.name for each in proof.kit.values() if isinstance(each.value, Person)]
    people += [contact.name for contact in proof.kit.edition.contacts if contact.name]
    known = set(map(fold_in_place, people))

    def holders(event: Event) -> Iterator[tuple[str, Loc]]:
        for number, name in enumerate(event.organisers):
            if fold_in_place(name) in known or is_person(name):
                yield fold_in_place(name), ("organisers", number)

    sentence = N_("“{title}” is held by the same person as “{other}”, at the same time.")
    yield from _clashes(proof, holders, "D210", sentence, N_("Correct the person or the time."))


def same_link(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the links that lead to two events at a time."""
    site = _address(proof.kit.edition.website or "")
    counts = Counter(link for placed in proof.events for link in dict(_links(placed.event)))

    def links(event: Event) -> Iterator[tuple[str, Loc]]:
        return (
            (link, field)
            for link, field in _links(event)
            if link != site and counts[link] < SHARED_LINK
        )

    sentence = N_("“{title}” has the same link as “{other}”, at the same time.")
    hint = N_("Give each event its own link, or correct the time.")
    yield from _clashes(proof, links, "D211", sentence, hint)


def _links(event: Event) -> Iterator[tuple[str, Loc]]:
    """Yield the links to a page of their own, and not to a site's front door."""
    for field in ("registration", "link"):
        link = getattr(event, field) or ""
        parts = urlsplit(link)
        if parts.scheme in ("http", "https") and (parts.path.strip("/") or parts.query):
            yield _address(link), (field,)


def _address(link: str) -> str:
    parts = urlsplit(link)
    host = parts.netloc.lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}#{parts.fragment}"


def _clashes(
    proof: Proof,
    keys: Callable[[Event], Iterator[tuple[str, Loc]]],
    code: str,
    sentence: str,
    hint: str,
) -> Iterator[Diagnostic]:
    """Yield one finding for each place, person or link that has two events at a time.

    `keys` are those of an event, each with the field that has it.
    """
    groups: dict[str, list[tuple[PlacedEvent, Loc]]] = {}
    for placed in proof.events:
        if takes_place(placed.event):
            fields: dict[str, Loc] = {}
            for key, field in keys(placed.event):
                fields.setdefault(key, field)
            for key, field in fields.items():
                groups.setdefault(key, []).append((placed, field))
    for group in groups.values():
        overlapping = _overlapping([placed for placed, _ in group], proof.language)
        if not overlapping:
            continue
        first, second, *others = (group[number] for number in overlapping)
        titles = {"title": second[0].event.title, "other": first[0].event.title}
        yield finding(
            code,
            second[0].span(*second[1]),
            Message(sentence, titles),
            hint,
            related=[
                Related(
                    each.span("when"),
                    Message.of(N_("“{title}” is then."), title=each.event.title),
                )
                for each, _ in (first, *others)
            ],
        )


def _overlapping(events: Sequence[PlacedEvent], language: str) -> list[int]:
    """Return the numbers of the first event that another overlaps, and of the others.

    Those that overlap the first come before those that only overlap others.
    """
    days: dict[date, list[Meeting]] = {}
    for number, placed in enumerate(events if len(events) > 1 else ()):
        if not is_open_to_all(placed.event, language):
            for day, meeting in _meetings(placed.event, number):
                days.setdefault(day, []).append(meeting)
    pairs = {(min(pair), max(pair)) for meetings in days.values() for pair in _neighbours(meetings)}
    if not pairs:
        return []
    first = min(pairs)[0]
    own = {other for one, other in pairs if one == first}
    rest = {number for pair in pairs for number in pair} - own - {first}
    return [first, *sorted(own), *sorted(rest)]


def _neighbours(meetings: Iterable[Meeting]) -> Iterator[tuple[int, int]]:
    """Yield each meeting that begins while another is under way, with the longest such.

    Where one has no end, the other must be under way. Two records of one title are the same event,
    twice, which R201 reports.
    """
    longest, *others = sorted(meetings)
    for meeting in others:
        meet = meeting.start < longest.end or meeting.start == longest.start
        if meet and meeting.title != longest.title:
            yield longest.number, meeting.number
        if meeting.end > longest.end:
            longest = meeting


def _meetings(event: Event, number: int) -> Iterator[tuple[date, Meeting]]:
    title = fold_in_place(event.title)
    for when in _moments(event):
        for slot in when.slots if len(when.days) <= LONG else ():
            start = slot.start.hour * 60 + slot.start.minute
            end = start if slot.end is None else slot.end.hour * 60 + slot.end.minute
            if slot.end is not None and end <= start:
                end += DAY
            if not slot.onwards:
                yield from ((day, Meeting(start, end, number, title)) for day in when.days)


def _moments(event: Event) -> Iterator[When]:
    """Yield when an event is held at its own place: its date, or those of its sessions."""
    if not event.sessions and not event.when.several:
        yield event.when
        return
    for session in event.each_session():
        if session.held and session.place == event.place:
            yield session.held


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
