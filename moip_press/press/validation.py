"""What somebody has validated, and what nobody has yet: as lines, and as a page to sign."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moip_press.kit import press_contacts
from moip_press.kit.model.kit import Kit, Placed, PlacedPart, dots
from moip_press.kit.model.parts import (
    Article,
    Communique,
    Custom,
    Editorial,
    Interview,
    Part,
    Programme,
)
from moip_press.kit.model.records import Contact, Event, Lab, Validated
from moip_press.kit.theme_sheet import theme_of
from moip_press.pdf import typeset
from moip_press.press import faults, publish, template_faults
from moip_press.press.compose import Composer, TemplateFault
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_, NP_, Catalogue
from moip_press.system.enforcement import OverLimit
from moip_press.system.limits import Limits

NAME = "validation.pdf"
TEMPLATE = "validation.html"
WRITTEN: tuple[type[Part], ...] = (
    Editorial,
    Interview,
    Article,
    Programme,
    Communique,
    Custom,
)
"""Parts with texts of their own; the others print what stands elsewhere."""
COLUMNS = (1, 2)
"""In how many columns the list is set: in one where all of it fits on a page, else in two."""


@dataclass(frozen=True)
class Item:
    """Something that is to be validated: what it is called, its record and its place."""

    title: str
    record: Part | Event | Lab | Contact
    placed: Placed

    @property
    def validated(self) -> Validated | None:
        """Who has validated it, and when."""
        return self.record.validated

    @property
    def whole(self) -> bool:
        """Whether it is a part itself, and not one of its records."""
        return not self.placed.loc

    @property
    def event(self) -> Event | None:
        """The event, where it is one."""
        return self.record if isinstance(self.record, Event) else None


@dataclass(frozen=True)
class Section:
    """A part of the kit with all in it that is to be validated."""

    title: str
    items: tuple[Item, ...]

    @property
    def alone(self) -> bool:
        """Whether the part is all that is to be validated, without records of its own."""
        return len(self.items) == 1 and self.items[0].whole

    @property
    def left(self) -> tuple[Item, ...]:
        """What is not validated yet."""
        return tuple(item for item in self.items if not item.validated)


def sections(kit: Kit) -> tuple[Section, ...]:
    """Return what is to be validated, in the order of the dossier, the contacts last."""
    found = [_section(placed) for placed in kit.printed().parts()]
    contacts = tuple(
        Item(str(contact.name or contact.organisation or contact.id), contact, place)
        for number, contact in enumerate(kit.edition.contacts)
        for place in [Placed(contact, kit.source, ("contacts", number))]
    )
    title = Catalogue(kit.edition.language).gettext(press_contacts.heading(contacts))
    return tuple(each for each in (*found, Section(title, contacts)) if each.items)


def _section(placed: PlacedPart) -> Section:
    part = placed.part
    title = str(part.title or part.id)
    items = []
    if isinstance(part, WRITTEN) and placed.own_file:
        items.append(Item(title, part, Placed(part, placed.source, ())))
    for value in placed.values():
        if isinstance(value.value, Event):
            items.append(Item(str(value.value.title), value.value, value))
        if isinstance(value.value, Lab):
            items.append(Item(str(value.value.name), value.value, value))
    return Section(title, tuple(items))


def lines(kit: Kit, catalogue: Catalogue) -> Iterator[str]:
    """Yield what is not validated yet, part by part, with its place in the files."""
    yield catalogue.say(_count(kit))
    for section in sections(kit):
        if section.left:
            yield ""
        if section.left and not section.alone:
            yield section.title
        for item in section.left:
            span = item.placed.span
            place = f"{os.path.relpath(span.file)}:{span.start.line}"
            own = item.whole and not section.alone
            title = Message(N_("Title and texts")) if own else item.title
            yield catalogue.say(Message.of(N_("- {title} ({place})"), title=title, place=place))


def _count(kit: Kit) -> Message:
    items = [item for section in sections(kit) for item in section.items]
    left = [item for item in items if not item.validated]
    return Message.counted(
        NP_(
            "{count} item of {all} is not validated yet.",
            "{count} items of {all} are not validated yet.",
        ),
        len(left),
        all=len(items),
    )


def _listed(section: Section) -> dict[str, Any]:
    """Return what the template sees of a section."""
    left = [
        {"title": item.title, "whole": item.whole, "event": item.event} for item in section.left
    ]
    return {"title": section.title, "alone": section.alone, "left": left}


class Unmade(Exception):
    """The page to sign cannot be made; ``fault`` says why."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(fault.code)
        self.fault = fault


def page(kit: Kit) -> tuple[bytes, int]:
    """Return the page to sign as a PDF, and how many pages it has. Raises ``Unmade``."""
    theme, html = theme_of(kit), ""
    limits = Limits(kit.edition.limits.seconds, kit.edition.limits.memory)
    found = [_listed(section) for section in sections(kit) if section.left]
    values = {"found": found, "said": Catalogue(kit.edition.language).say(_count(kit))}
    try:
        with typeset.guarded(limits):
            composer, typesetter = (
                Composer(kit, theme),
                typeset.Typesetter(theme, dots=dots(kit)),
            )
            for columns in COLUMNS:
                said = {**values, "columns": columns}
                html = composer.document(TEMPLATE, said, {}).html
                laid = typesetter.lay_out(html, 1)
                if len(laid) == 1:
                    break
            return typeset.write_pdf([laid]).content, len(laid)
    except TemplateFault as error:
        raise Unmade(template_faults.template(error, theme)) from None
    except OverLimit as error:
        raise Unmade(faults.over_limit(kit.chapters[0], error)) from None
    except typeset.Unlaid as error:
        error.style = error.style or typeset.culprit(theme, html, limits)
        raise Unmade(faults.unlaid(theme, kit.chapters[0], error)) from None


def write(kit: Kit, output: Path, versions: dict[str, str]) -> Path:
    """Write the page to sign into an output folder.

    Raises ``atomic.CannotWrite`` and ``Unmade``.
    """
    content, count = page(kit)
    made = publish.Output(NAME, content, {"kind": "validation", "pages": count})
    publish.publish(output, publish.Publication((made,), {}, versions), option=False)
    return output / NAME
