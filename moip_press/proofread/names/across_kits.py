"""What only several kits together can tell: names that each spells in its own way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from moip_press.kit.model.kit import Kit
from moip_press.kit.model.records import Contact, Event, Partner, Publisher
from moip_press.proofread.names.found_names import fold_name, plain
from moip_press.proofread.passages import passages
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_

FIELDS = {
    Contact: ("name", "organisation"),
    Publisher: ("name",),
    Partner: ("name",),
    Event: ("organisers",),
}
ALIKE = 0.9
"""How like two names must be to be one, where they have one e-mail address."""


@dataclass(frozen=True)
class Written:
    """A name as a kit writes it; ``email`` is that of a contact."""

    words: str
    span: Span
    email: str | None = None


def names_of(kit: Kit) -> tuple[Written, ...]:
    """Return the names in the records of a kit that other kits may have too."""
    return tuple(
        Written(
            plain(passage.text),
            passage.source.span(passage.loc),
            passage.record.email
            if isinstance(passage.record, Contact) and passage.field == "name"
            else None,
        )
        for passage in passages(kit)
        if passage.field in FIELDS.get(type(passage.record), ())
    )


def spelt_otherwise(kits: Sequence[tuple[Written, ...]]) -> Iterator[Diagnostic]:
    """Yield a finding for each name that kits spell in two ways and none does by itself."""
    groups: dict[str, list[tuple[int, Written]]] = {}
    for number, names in enumerate(kits):
        for name in names:
            groups.setdefault(_key(name, groups), []).append((number, name))
    for found in groups.values():
        spellings = Counter(name.words for _, name in found)
        usual = spellings.most_common(1)[0][0]
        of_kits = [{name.words for number, name in found if number == kit} for kit, _ in found]
        if len(spellings) == 1 or any(len(words) > 1 for words in of_kits):
            continue  # a kit that spells it in two ways says so itself
        for words in spellings:
            if words != usual:
                places = [name for _, name in found if name.words == words]
                others = [name for _, name in found if name.words == usual]
                yield _finding(places, others)


def _key(name: Written, known: Mapping[str, object]) -> str:
    """Return what all spellings of a name share: its letters; of contacts, the address too."""
    key = fold_name(name.words)
    if name.email is None:
        return key
    beside = f"{name.email.casefold()} "
    near = (each for each in known if each.startswith(beside))
    like = (each for each in near if JaroWinkler.similarity(each, beside + key) >= ALIKE)
    return next(like, beside + key)


def _finding(places: Sequence[Written], usual: Sequence[Written]) -> Diagnostic:
    words, other = places[0].words, usual[0].words
    sentence = N_("Kits spell one name in two ways: “{words}” and “{other}”.")
    related = [
        Related(each.span, Message.of(N_("Here it is “{words}”."), words=each.words))
        for each in (usual[0], *places[1:])
    ]
    return Diagnostic.warning(
        "N201",
        places[0].span,
        Message.of(sentence, words=words, other=other),
        Message.of(N_("Choose one of the two, and write it so in all kits.")),
        related=related,
    )
