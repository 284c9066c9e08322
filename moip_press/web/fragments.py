"""Pieces of HTML, one for each record of a kit: to be pasted into a page, or made a page of.

They are composed as the pages are, in the same sandbox and with the same words, from the templates
in ``templates/web/``. A piece is one element whose id and classes begin with ``moip-``; it needs no
style and no script to be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from typing import Any, Literal

from jinja2.exceptions import TemplateRuntimeError
from markupsafe import Markup

from moip_press.kit import issue, press_contacts, when
from moip_press.kit.folders import Theme
from moip_press.kit.model.blocks import LabsBlock
from moip_press.kit.model.kit import Kit, PlacedPart
from moip_press.kit.model.parts import (
    AboutPart,
    Article,
    BackCover,
    Changes,
    Contacts,
    Contents,
    Cover,
    Credits,
    Custom,
    Part,
    Partners,
    Programme,
)
from moip_press.kit.model.records import Contact, Event, Lab
from moip_press.press.compose import Composer
from moip_press.press.compose.contents import usual_title
from moip_press.press.compose.views import Given, View
from moip_press.system.enforcement import limited
from moip_press.system.limits import Limits
from moip_press.text.folding import fold
from moip_press.text.prose import Reference
from moip_press.web import markup
from moip_press.web.addresses import Links, Target, addressed, targets
from moip_press.web.illustrations import Illustration, Pictures
from moip_press.web.json_ld import Describer
from moip_press.web.people import Voice, voices
from moip_press.web.times import timed

LOWEST = 6  # of the levels of headings
NOT_ON_THE_WEB = (BackCover, Changes)
"""Parts that only pages have: the back cover says once more what other parts say."""
PieceKind = Literal["part", "section", "event", "lab", "person", "contact"]


@dataclass(frozen=True)
class Fragment:
    """A piece of HTML.

    ``id`` is that of its record, unique among its ``kind``; ``title`` is plain text. ``html`` is
    one element, whose heading is of ``level``. ``json_ld`` is a node of schema.org, without its
    context. ``parents`` are the ids of what holds the record: the part of a lab, the section of an
    event.
    """

    kind: PieceKind
    id: str
    title: str
    html: str
    level: int
    json_ld: Mapping[str, Any] | None = None
    parents: tuple[str, ...] = ()

    @property
    def target(self) -> Target:
        """What a link to it leads to."""
        return Target(self.kind, self.id, self.parents[-1] if self.parents else "")


@dataclass(frozen=True)
class _Record:
    """A record that becomes a piece: what its template is called and sees."""

    target: Target
    title: str
    template: str
    value: Any
    placed: PlacedPart | None = None


class FragmentComposer(Composer):
    """Composes the pieces of one kit, as its pages are composed.

    ``kit`` is as it is printed: ``filled(kit.printed())``.
    """

    def __init__(self, kit: Kit, theme: Theme) -> None:
        super().__init__(kit, theme)
        self.targets = targets(kit)
        self.anchors = {name: target.anchor for name, target in self.targets.items()}
        self._pictures: Pictures = lambda _: None
        self._describer = Describer(kit)
        self._voices = voices(kit)
        self._people = {fold(v.name): Target("person", v.id).anchor for v in self._voices}
        self._records = {record.target: record for record in self._found()}
        self._by_anchor = {target.anchor: target for target in self._records}
        self._by_anchor |= {target.anchor: target for target in self.targets.values()}
        self._titles = {t.anchor: record.title for t, record in self._records.items()}
        self._titles |= {
            self.anchors[block.id]: self.plain(block.title)
            for placed in kit.parts()
            if isinstance(placed.part, Article)
            for block in placed.part.body
            if block.id and block.title
        }
        env = self._environment
        env.filters["timed"] = self._timed
        env.globals["h"] = Given(lambda level: f"h{min(int(level), LOWEST)}")
        env.globals["picture"] = Given(self._picture)
        env.globals["person_anchor"] = Given(self._person_anchor)
        env.globals["title_of"] = Given(self.title_of)

    @property
    def pieces(self) -> tuple[Target, ...]:
        """What there are pieces of, in the order of the dossier; people and contacts last."""
        return tuple(self._records)

    def fragments(
        self,
        links: Links,
        pictures: Pictures,
        level: int = 2,
        *,
        nested: bool = False,
        base: str = "",
    ) -> tuple[Fragment, ...]:
        """Return all pieces.

        ``nested``: events follow their section, one level below it, which does not list them.
        ``base`` is the address of the page that addresses are relative to, for ``json_ld``.
        Raises ``TemplateFault``.
        """
        made = []
        for target in self.pieces:
            below = int(nested and target.kind == "event")
            made.append(
                self.fragment(target, links, pictures, level + below, nested=nested, base=base)
            )
        return tuple(made)

    def fragment(
        self,
        target: Target,
        links: Links,
        pictures: Pictures,
        level: int = 2,
        *,
        nested: bool = False,
        base: str = "",
    ) -> Fragment:
        """Return the piece of a record; see ``fragments``.

        Raises ``TemplateFault``, and ``OverLimit`` as a chapter of the pages does.
        """
        record = self._records[target]
        self._pictures = pictures
        values = {**self._seen_by(record), "level": level, "id": target.anchor, "nested": nested}
        values["chapter"] = {"id": target.anchor}
        with self.limited():
            html = self.document(f"web/{record.template}", values, {}).html
            html = markup.titled(html, self._linked, self._quoted)
            back = escape(self.plain(self.catalogue.gettext("Back to the text")))
            html = markup.with_notes(html, escape(self.catalogue.gettext("Footnotes")), back)
            html = addressed(markup.tidied(markup.prefixed(html)), self._by_anchor, links)
        parents = (target.within,) if target.within else ()
        return Fragment(
            target.kind,  # type: ignore[arg-type]
            target.id,
            record.title,
            html,
            level,
            self._describer.node(target, record.title, record.value, links, pictures, base),
            parents,
        )

    def limited(self) -> AbstractContextManager[None]:
        """Return what keeps a piece or a page within the limits of the kit: its templates too."""
        limits = self.kit.edition.limits
        return limited(Limits(limits.seconds, limits.memory))

    def title_of(self, name: str) -> str:
        """Return the title of what an id refers to, as plain text; empty where there is none."""
        return self._titles.get(self.anchors.get(name, name), "")

    def _found(self) -> Iterator[_Record]:
        """Yield what there are pieces of."""
        for placed in self.kit.parts():
            part = placed.part
            title = self.title_of_part(part)
            if isinstance(part, Programme):
                yield _Record(Target("section", part.id), title, "section.html", part, placed)
                for event in part.events:
                    target = Target("event", event.id, part.id)
                    yield _Record(target, self.plain(event.title), "event.html", event)
            elif not isinstance(part, NOT_ON_THE_WEB) and title:
                template = self._template(part)
                yield _Record(Target("part", part.id), title, template, part, placed)
                yield from self._labs(part)
        for voice in self._voices:
            target = Target("person", voice.id)
            yield _Record(target, self.plain(voice.name), "person.html", voice)
        for contact in self.kit.edition.contacts:
            title = self.plain(contact.name or contact.organisation or contact.email or contact.id)
            yield _Record(Target("contact", contact.id), title, "contact.html", contact)

    def _labs(self, part: Part) -> Iterator[_Record]:
        for block in part.body if isinstance(part, Article) else ():
            for lab in block.labs if isinstance(block, LabsBlock) else ():
                target = Target("lab", lab.id, part.id)
                yield _Record(target, self.plain(lab.name), "lab.html", lab)

    def title_of_part(self, part: Part) -> str:
        """Return what a part is called; empty where the kit has nothing that it would show."""
        edition, say = self.kit.edition, self.catalogue.gettext
        match part:
            case Cover():
                title: str | None = edition.title
            case AboutPart():
                title = edition.about.title if edition.about else None
            case Contacts():
                usual = say(press_contacts.heading(part.contacts or edition.contacts))
                title = (part.title or usual) if edition.contacts else None
            case Partners():
                title = (part.title or say("Partners")) if edition.partners else None
            case Contents():
                title = part.title or say("Contents")
            case Credits():
                title = part.title or say("Picture credits")
            case _:
                title = part.title or usual_title(part, edition.language) or part.id
        return self.plain(title) if title else ""

    def _template(self, part: Part) -> str:
        """Return the template of a part; of the kit's own parts, its own for the web or ours."""
        if not isinstance(part, Custom):
            return f"{part.type}.html"  # type: ignore[attr-defined]
        return str(part.template) if self.has_own_template(part) else "custom.html"

    def has_own_template(self, part: Custom) -> bool:
        """Return whether a part of the kit's own has a template for the web."""
        return self.theme.template(PurePosixPath("web") / part.template) is not None

    def colour_at(self, target: Target) -> int:
        """Return the number of the colour of a section or event; 0 of what stands in none."""
        name = target.within if target.kind == "event" else target.id
        section = next((each for each in self.kit.sections() if each.id == name), None)
        return self.colour_of(section) if section else 0

    def record(self, target: Target) -> Any:
        """Return the record of a piece."""
        return self._records[target].value

    def _seen_by(self, record: _Record) -> dict[str, Any]:
        """Return what the template of a record sees."""
        match record.value:
            case Event() as event:
                return {"event": event}
            case Lab() as lab:
                return {"lab": lab}
            case Voice() as voice:
                where = (
                    {"title": self.title_of(n), "anchor": self.anchors[n]} for n in voice.where
                )
                return {"person": vars(voice), "where": list(where)}
            case Contact() as contact:
                return {"contact": contact}
        if record.placed is None:
            raise TypeError(record.target)
        chapter = next(c for c in self.kit.chapters if record.placed in c.parts)
        view = self._page(chapter, record.placed, {})
        embargo = issue.embargo_words(issue.of_parts(self.kit.edition, [record.value]))
        return {
            "view": {**view, "id": record.target.anchor},
            "title": record.title,
            "embargo": embargo,
        }

    def _resolve(self, reference: Reference) -> str:
        if reference.kind == "page":
            return markup.asked(self.anchors.get(reference.id, ""))
        return super()._resolve(reference)

    def _quoted(self, anchor: str) -> str:
        """Return a title between quotation marks; an ellipsis where nothing has it."""
        title = self._titles.get(anchor)
        if title is None:
            return "…"
        marks = "« {} »" if self.kit.edition.language == "fr" else "“{}”"
        return escape(self.plain(marks.format(title)))

    def _linked(self, anchor: str) -> str:
        said = self._quoted(anchor)
        return f'<a href="#{anchor}">{said}</a>' if anchor in self._titles else said

    def _timed(self, value: View, year: bool = False, hours: bool = True) -> Markup:  # noqa: FBT001, FBT002 -- a template's call
        """When something takes place, in words, each day as ``<time>``."""
        moment = getattr(value, "of", None)
        if not isinstance(moment, when.When):
            raise TemplateRuntimeError("this is not a date")
        language = self.kit.edition.language
        days = when.in_words(moment, language, year=year)
        times = when.times_in_words(moment, language) if hours else ""
        words = self.plain(", ".join(filter(None, (days, times))))
        return timed(moment, language, words)

    def _picture(self, file: str) -> dict[str, Any] | None:
        """Return how a picture of the kit stands on the page; None: it is left out."""
        found: Illustration | None = self._pictures(str(file))
        if found is None:
            return None
        return {
            "src": found.src,
            "srcset": found.srcset,
            "sizes": found.sizes,
            "width": found.width,
            "height": found.height,
            "sources": [{"type": kind, "srcset": given} for kind, given in found.sources],
        }

    def _person_anchor(self, name: str) -> str:
        """Return the anchor of a person's piece; empty where there is none."""
        return self._people.get(fold(str(name)), "")
