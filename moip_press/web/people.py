"""Who speaks in a kit: people by name, with what each part says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from moip_press.kit.model.fields import free_name, slug
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import Programme
from moip_press.kit.model.records import Image, Member, Person
from moip_press.text.folding import fold


@dataclass(frozen=True)
class Voice:
    """Somebody who signs, answers, is quoted or speaks at an event.

    ``where`` are the ids of parts and events; the other fields hold what was said first.
    """

    id: str
    name: str
    role: str | None = None
    portrait: Image | None = None
    biography: str | None = None
    email: str | None = None
    telephone: str | None = None
    where: tuple[str, ...] = ()


def voices(kit: Kit) -> tuple[Voice, ...]:
    """Return the people of a kit in the order in which they appear; equal names are one."""
    found: dict[str, Voice] = {}
    for voice in _all(kit):
        key = fold(voice.name)
        found[key] = _joined(found[key], voice) if key in found else voice
    named: dict[str, Voice] = {}
    for voice in found.values():
        name = free_name(voice.id, named)
        named[name] = replace(voice, id=name)
    return tuple(named.values())


def _all(kit: Kit) -> Iterator[Voice]:
    for placed in kit.parts():
        part = placed.part
        if isinstance(part, Programme):
            for event in part.events:
                for speaker in event.speakers:
                    name, _, role = str(speaker).partition(",")
                    yield _voice(name.strip(), role.strip() or None, where=event.id)
            continue
        for value in placed.values():
            if isinstance(value.value, Person):
                yield _of(value.value, part.id)


def _of(person: Person, where: str) -> Voice:
    voice = replace(_voice(person.name, person.role, where=where), portrait=person.portrait)
    if not isinstance(person, Member):
        return voice
    return replace(
        voice, biography=person.biography, email=person.email, telephone=person.telephone
    )


def _voice(name: str, role: str | None, where: str) -> Voice:
    return Voice(slug(name), name, role, where=(where,))


def _joined(first: Voice, more: Voice) -> Voice:
    """Return one person of two mentions: what the first does not say is the second's."""
    return Voice(
        first.id,
        first.name,
        first.role or more.role,
        first.portrait or more.portrait,
        first.biography or more.biography,
        first.email or more.email,
        first.telephone or more.telephone,
        tuple(dict.fromkeys((*first.where, *more.where))),
    )
