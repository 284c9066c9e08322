"""What every file of a media kit says of its kit: whose it is, whom to ask, what is reserved."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import cached_property

from moip_press.kit import issue, press_contacts
from moip_press.kit.model.edition import Edition
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.records import Contact
from moip_press.kit.named_pictures import credited
from moip_press.kit.when import date_in_words
from moip_press.media.notes import Note
from moip_press.media.pictures import Picture
from moip_press.press.embargo import standing
from moip_press.report.messages import N_, Catalogue
from moip_press.text.typography import plain


@dataclass(frozen=True)
class Labels:
    """The words of one kit at one moment: an embargo that has ended is not said any more."""

    kit: Kit
    now: datetime.datetime

    @cached_property
    def edition(self) -> Edition:
        """The edition with its embargo, or that of a press release of it, if it still holds."""
        return standing(self.kit, self.now)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The sentences in the language of the kit."""
        return Catalogue(self.edition.language)

    def say(self, sentence: str, **values: object) -> str:
        """Return a sentence in the language of the kit, set as its texts are."""
        return self.plain(self.catalogue.gettext(sentence).format(**values))

    def plain(self, text: str) -> str:
        """Return a text with the spaces and apostrophes of its language."""
        return plain(text, self.edition.language)

    @cached_property
    def reserves(self) -> tuple[str, ...]:
        """What a reader has to know first: that there is an embargo, that it is a draft."""
        return issue.reserves(self.edition)

    @cached_property
    def mark(self) -> str:
        """What the name of every file says of that, such as ``-brouillon``; empty for nothing."""
        return issue.file_mark(self.edition.model_copy(update={"version": None}))

    @cached_property
    def day(self) -> datetime.date:
        """The day of issue, else the first day of the kit: no file knows when it was made."""
        return self.edition.date_of_issue or self.edition.period.start

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """Whom journalists may ask."""
        return self.edition.contacts

    def contact_of(self, picture: Picture) -> Contact | None:
        """Return whom to ask about a picture: who answers for its part, else the first of all."""
        part = picture.shown[0].part
        tied = press_contacts.of_part(self.edition, part) if part else ()
        return next(iter((*tied, *self.contacts)), None)

    def last_day(self, picture: Picture) -> str:
        """Return the last day of a picture's rights, in words; empty where they have no end."""
        if picture.until is None:
            return ""
        return self.plain(date_in_words(picture.until, self.edition.language))

    def note(self, picture: Picture, taken: datetime.datetime | None) -> Note:
        """Return what is written into the files of a picture."""
        contact = self.contact_of(picture)
        consent = picture.consent and self.say(N_("People shown: {words}"), words=picture.consent)
        day = self.last_day(picture)
        until = day and self.say(N_("May be published until {day}"), day=day)
        said = (*self.reserves, until, consent)
        note = Note(
            title=" – ".join((*self.reserves, self.plain(picture.title))),
            caption=self.plain(picture.caption),
            alt=self.plain(picture.alt),
            credit=picture.credit,
            copyright=credited(picture.credit),
            terms=self.plain(picture.rights),
            instructions=". ".join(filter(None, said)),
            source=str(self.edition.publisher.name),
            taken=taken,
            released=self.day,
            website=self.edition.website or "",
        )
        if contact is None:
            return note
        email, telephone = contact.email or "", contact.telephone or ""
        named = [words for words in reached_by(contact) if words not in (email, telephone)]
        return replace(note, contact=", ".join(named), email=email, telephone=telephone)


def reached_by(contact: Contact | None) -> tuple[str, ...]:
    """Return the name, body, e-mail and telephone of a contact, as far as they are known."""
    if contact is None:
        return ()
    named = (contact.name, contact.organisation, contact.email, contact.telephone)
    return tuple(str(words) for words in named if words)
