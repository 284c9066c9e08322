"""One chapter as one HTML document, with the page numbers and the contents that it prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from moip_press.editions.comparison.changes import Changes
from moip_press.kit import issue, press_contacts, selection
from moip_press.kit.conditions import read_conditions
from moip_press.kit.folders import Theme
from moip_press.kit.model.edition import Edition, NamedPeriod
from moip_press.kit.model.kit import Chapter, Kit, PlacedPart, pictures
from moip_press.kit.model.looks import USUAL_PAGE
from moip_press.kit.model.parts import (
    Agenda,
    Article,
    BackCover,
    Communique,
    Custom,
    Editorial,
    Index,
    Programme,
)
from moip_press.kit.model.parts import Changes as ChangesPart
from moip_press.kit.model.records import Contact
from moip_press.kit.selection import Entry as Chosen
from moip_press.kit.source import Source
from moip_press.kit.when import period_in_words
from moip_press.pdf.sheets import Loss, Sheet
from moip_press.press.compose import templates
from moip_press.press.compose.agenda import agenda, agenda_groups
from moip_press.press.compose.calendar import (
    LOGO,
    Calendar,
    Mark,
    StripDay,
    calendar,
    dated,
    is_by_date,
    session_count,
    standing,
    strip,
    strips,
    words_more,
)
from moip_press.press.compose.changes import Bars, ChangeGroup, change_groups
from moip_press.press.compose.contents import contents, section_colour, section_shape
from moip_press.press.compose.index import index_list, page_ranges
from moip_press.press.compose.legend import Legend, legend_of
from moip_press.press.compose.moved import lines_of
from moip_press.press.compose.openers import (
    LEAST_PICTURE,
    by_days,
    opener_for,
    shows_hours,
)
from moip_press.press.compose.partner_logos import PartnerLogos
from moip_press.press.compose.qr_code import Code, code
from moip_press.press.compose.templates import Remembered
from moip_press.press.compose.views import Given, Known, view
from moip_press.proofread.page_records import said
from moip_press.report.messages import Catalogue
from moip_press.system.cache import Cache
from moip_press.text.addresses import breakable, unbroken
from moip_press.text.folding import fold_words
from moip_press.text.prose import Reference
from moip_press.text.telephone import COUNTRIES

NOTE = re.compile(r"--note-\d+$")  # a footnote stands where its sign does
LINK = re.compile(r'<a\b([^>]*?)\s+href="#([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Excerpt:
    """What is in a document that holds a part of the dossier only.

    ``inside`` are the anchors that it has; ``numbers`` the pages of all in the dossier.
    """

    inside: frozenset[str]
    numbers: Mapping[str, int]

    def detached(self, html: str) -> str:
        """Return ``html`` with every link to what is not inside made plain text."""

        def plain(link: re.Match[str]) -> str:
            before, anchor, after, words = link.groups()
            kept = anchor in self.inside or NOTE.search(anchor)
            return link[0] if kept else f"<span{before}{after}>{words}</span>"

        return LINK.sub(plain, html)


NO_CACHE = Cache()
DOT = " · "
FOOT_LETTERS = 62  # in a line at the foot of a page of A5, beside its number
FOLIO_WIDTH = 24.0  # millimetres that a page's number takes beside the line at its foot
LETTER_WIDTH, WIDEST_LETTER = 1.45, 1.6  # millimetres in that line: of our font, of a kit's own
MARK_WIDTH, MARK_HEIGHT = 60.0, 4.5  # millimetres that a mark of lost words takes


@dataclass(frozen=True)
class Fit:
    """What a part may vary to fill its pages: the height of a section’s opener, the spacing.

    A section may also vary how many millimetres of A4 its ``picture`` is high, and whether it ends
    in a ``panel`` at the foot of its last page.
    """

    opener: str = "band"
    spacing: str = "normal"
    picture: float = LEAST_PICTURE
    panel: bool = False


def in_lines(facts: Iterable[str], letters: int) -> list[str]:
    """Return facts with dots between them, in lines of at most so many letters, if they fit."""
    lines: list[str] = []
    for fact in facts:
        if lines and len(lines[-1] + DOT + fact) <= letters:
            lines[-1] += DOT + fact
        else:
            lines.append(fact)
    return lines


@dataclass(frozen=True)
class Composed:
    """A chapter's HTML, and the anchors whose page numbers stand in it."""

    html: str
    numbers: frozenset[str]


@dataclass
class _Asked:
    """The page numbers that a chapter printed while it was composed.

    ``beyond`` says the number of a page of the dossier that is not in the excerpt.
    """

    numbers: Mapping[str, int]
    beyond: Callable[[str], str]
    excerpt: Excerpt | None = None
    anchors: set[str] = field(default_factory=set)
    chapter: str = ""
    notes: int = 0

    def note(self) -> str:
        """Return the anchor of the next footnote: they are counted through a chapter."""
        self.notes += 1
        return f"{self.chapter}--note-{self.notes}"

    def page(self, anchor: str) -> str:
        if not self.holds(anchor):
            return self.beyond(self.number(anchor))
        return self.number(anchor)

    def number(self, anchor: str) -> str:
        if self.excerpt and not self.holds(anchor):
            return str(self.excerpt.numbers.get(anchor, "00"))
        self.anchors.add(anchor)
        return str(self.numbers.get(anchor, "00"))

    def holds(self, anchor: str) -> bool:
        return self.excerpt is None or anchor in self.excerpt.inside


class Composer:
    """Composes the chapters of one kit, as far as they are not remembered."""

    def __init__(
        self,
        kit: Kit,
        theme: Theme,
        remembered: Remembered | None = None,
        since: Changes | None = None,
        cache: Cache = NO_CACHE,
    ) -> None:
        self.kit = kit
        self._logos = PartnerLogos(kit, theme, cache)
        self.edition = kit.edition.model_copy(update={"logo": kit.logo, "cover": kit.cover})
        self.since = since
        self.theme = theme
        self.anchors = kit.anchors()
        self._known: Known = {}
        self.catalogue = Catalogue(kit.edition.language)
        language = kit.edition.language
        self._asked = _Asked({}, self._beyond)
        self._words = templates.Words(
            language,
            kit.edition.country or COUNTRIES[language],
            self._resolve,
            kit.looks.room,
            remembered or Remembered(),
        )
        bars = Bars(since.marks) if since else templates.NO_BARS
        self._environment = templates.environment(theme, self._words, self.catalogue, bars)

    def chapter(
        self,
        chapter: Chapter,
        numbers: Mapping[str, int],
        fits: Mapping[str, Fit] | None = None,
        excerpt: Excerpt | None = None,
    ) -> Composed:
        """Return the HTML of ``chapter``.

        ``numbers`` gives the page of each anchor, as far as known; ``fits`` the opener and
        spacing of its sections; ``excerpt`` what is in the document, where it is not the
        dossier. Raises ``TemplateFault``.
        """
        values = self._values(chapter, fits or {})
        return self.document("chapter.html", values, numbers, excerpt)

    def document(
        self,
        template: str,
        values: Mapping[str, Any],
        numbers: Mapping[str, int],
        excerpt: Excerpt | None = None,
    ) -> Composed:
        """Return the HTML that a template makes of ``values``. Raises ``TemplateFault``."""
        chapter = values.get("chapter", {}).get("id", template.partition(".")[0])
        self._asked = _Asked(numbers, self._beyond, excerpt, chapter=chapter)
        html = templates.render(self._environment, template, self._all_seen(values))
        html = excerpt.detached(html) if excerpt else html
        return Composed(html, frozenset(self._asked.anchors))

    def lost_words(self, sheet: Sheet, losses: Iterable[Loss]) -> str:
        """Return what is laid over a page of a draft: marks where it loses words."""
        marks: dict[tuple[float, float], list[str]] = {}
        for loss in losses:
            left = min(max(loss.area.left, 0), sheet.width - MARK_WIDTH)
            top = min(max(loss.area.bottom, 0), sheet.height - MARK_HEIGHT)
            place = (round(left, 2), MARK_HEIGHT * (top // MARK_HEIGHT))  # none over another
            marks.setdefault(place, []).append(loss.words)
        told = [
            {"right": round(sheet.width - left - MARK_WIDTH, 2), "top": top, "words": said(words)}
            for (left, top), each in marks.items()
            for words in ["; ".join(each)]
        ]
        values = {"marks": told, "width": round(sheet.width, 2), "height": round(sheet.height, 2)}
        return self.document("lost-words.html", values, {}).html

    def plain(self, text: object) -> str:
        """Return plain text with its typography, as titles of a PDF have it."""
        return self._words.plain(text)

    def _beyond(self, number: str) -> str:
        said = self.catalogue.gettext("{number} of the press kit")
        return self._words.plain(said.format(number=number))

    def end_of(self, part: Programme | Communique) -> str:
        """Return the anchor of the last lines of a section or a press release."""
        return f"{self.anchors[part.id]}--end"

    def _resolve(self, reference: Reference) -> str:
        match reference.kind:
            case "page":
                return self._asked.page(self.anchors.get(reference.id, reference.id))
            case "website":
                return self.kit.edition.website or ""
            case "note":
                return self._asked.note()
            case "telephone":
                return self._words.called(reference.id)
            case _:
                anchor = self.anchors.get(reference.id, reference.id)
                return anchor if self._asked.holds(anchor) else ""

    def _values(self, chapter: Chapter, fits: Mapping[str, Fit]) -> dict[str, Any]:
        parts = [placed.part for placed in chapter.parts]
        edition = issue.of_parts(self.kit.edition, parts)
        return {
            **self._foot(edition, press_contacts.of_part(edition, parts[0])),
            "chapter": {
                "id": chapter.id,
                "group": chapter.group,
                "opens_group": chapter.opens_group,
            },
            "pages": [self._page(chapter, placed, fits) for placed in chapter.parts],
            "first": chapter is self.kit.chapters[0],
            "last": chapter is self.kit.chapters[-1],
        }

    @cached_property
    def _constant(self) -> Any:
        """What every template sees, of all the kit: that is much to look through for each chapter.

        No template can change it.
        """
        edition = self.kit.edition
        return self._seen(
            {
                "kit": self.edition,
                "theme": self._theme(),
                "template_interface": templates.INTERFACE,
                "version_words": issue.version_words(edition),
                "issue_words": issue.issue_words(edition),
                "anchor": Given(lambda name: self.anchors[name]),
                "contents": Given(lambda: self._seen(contents(self.kit, self.anchors))),
                "sections": self._sections(),
                "legend_columns": self._legend.columns,
                "logo_on_cover": self._logo_on_cover,
                "calendar": Given(lambda: self._seen(self._calendar())),
                "images": [placed.value for placed in pictures(self.kit)],
                "logo_width": Given(self._logos.width),
                "glossary": tuple(placed.value for placed in self.kit.explained()),
                "period": period_in_words(
                    edition.period.start, edition.period.end, edition.language, capital=True
                ),
                "periods": [self._period(each) for each in edition.periods],
                "event_count": len(standing(self.kit.events())),
                "page_ranges": Given(self._page_ranges),
                "sessions_in_words": Given(self._sessions_in_words),
                **self._foot(edition),
            }
        )

    def _all_seen(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a template sees: these values, and what every one sees."""
        asking = {"page_of": Given(self._asked.page), "number_of": Given(self._asked.number)}
        return {**self._constant, **self._seen({**asking, **values})}

    def _theme(self) -> dict[str, Any]:
        """Return what templates see of the looks of the kit."""
        looks = self.kit.looks
        return {
            "page": looks.page,
            "classes": f"page-{looks.page.lower()} titles-{looks.titles} measure-{looks.measure}",
            "text_width": looks.format.text_width,
            "cover": self.kit.cover_shows,
            "cover_ground": looks.cover_ground,
        }

    def _period(self, period: NamedPeriod) -> dict[str, str]:
        """Return the name and the days of one of several periods, in words."""
        language = self.kit.edition.language
        return {
            "name": str(period.name),
            "days": period_in_words(period.start, period.end, language),
        }

    def _sessions_in_words(self, count: int) -> str:
        """Return "12 séances", with the kit's own word where it has one."""
        own = self.kit.edition.words
        if count == 1 and "session" in own:
            return self._words.plain(f"{count} {own['session']}")
        if count != 1 and "sessions" in own:
            return self._words.plain(f"{count} {own['sessions']}")
        said = self.catalogue.ngettext("{count} session", "{count} sessions", count)
        return self._words.plain(said.format(count=count))

    def _seen(self, value: object) -> Any:
        """Return a value as templates see it."""
        return view(value, self._known)

    def _page(
        self, chapter: Chapter, placed: PlacedPart, fits: Mapping[str, Fit]
    ) -> dict[str, Any]:
        """Return what the template of one part sees."""
        part = placed.part
        values: dict[str, Any] = {
            "part": part,
            "id": self.anchors[part.id],
            "colour": 1,
            "heading": "h1" if placed is chapter.parts[0] else "h2",
        }
        if isinstance(part, Custom):
            return values | {"template": part.template}
        values |= self._of_its_type(placed, fits)
        return values | {"template": f"{part.type}.html"}  # type: ignore[attr-defined]

    def _of_its_type(self, placed: PlacedPart, fits: Mapping[str, Fit]) -> dict[str, Any]:
        """Return what only the template of a part of this type sees."""
        match placed.part:
            case Programme() as part:
                return self._section(part, fits.get(part.id, Fit()))
            case Communique() as part:
                named = {event.id: event for event in self.kit.events()}
                asked = part.practical.events if part.practical else ()
                return {
                    "spacing": fits.get(part.id, Fit()).spacing,
                    "events": [named[name] for name in asked if name in named],
                }
            case Article() | Editorial() as part:
                return {"spacing": fits.get(part.id, Fit()).spacing}
            case BackCover() as part:
                return {"code": self.code(part.code)}
            case Agenda() | Index() as part:
                return self._listing(part, placed.source)
            case ChangesPart():
                return {"groups": tuple(self._changes())}
            case _:
                return {}

    def code(self, own: str | None = None) -> Code | None:
        """Return the QR code of an address, else of the kit's own site or its website."""
        web = self.kit.edition.web
        address = own or (web and web.address) or self.kit.edition.website
        return code(address) if address else None

    def _section(self, part: Programme, fit: Fit) -> dict[str, Any]:
        """Return what the template of a section of the programme sees."""
        page = self.kit.looks.format
        opener = opener_for(part.events, fit.opener, page)
        lines = lines_of(part, self.catalogue)
        return {
            "colour": self.colour_of(part),
            "opener": opener.kind,
            "columns": opener.columns,
            "gap": opener.gap,
            "picture_height": round(fit.picture * page.height / USUAL_PAGE.height, 1),
            "spacing": fit.spacing,
            "panel": fit.panel,
            "code": self.code() if fit.panel else None,
            "count": len(standing(part.events)),
            "session_count": session_count(part.events),
            "strip": self._strip(part),
            "strips": strips(self.kit.edition, part.events),
            "lists_events": opener.columns > 0,
            "agenda": by_days(part.events, self.catalogue.language, opener.columns),
            "shows_hours": opener.columns == 1 and shows_hours(part.events),
            "same_day": tuple(line.same_day for line in lines if not line.left),
            "lines": lines,
            "by_date": is_by_date(part),
        }

    def _listing(self, part: Agenda | Index, source: Source) -> dict[str, Any]:
        """Return what an agenda or an index lists."""
        kit = self.kit
        conditions = read_conditions(source, ("select",)) if part.select else ()
        entries = selection.narrowed(kit, selection.choose(kit, conditions).entries, conditions)
        if isinstance(part, Index):
            return {"lists": [index_list(kit, entries, kind) for kind in part.by]}
        left = selection.left_dates(kit, conditions)

        def colour(entry: Chosen) -> int:
            return self.colour_of(entry.section)

        if part.by == "day":
            return {"days": agenda(kit, entries, colour, left)}
        return {"groups": agenda_groups(kit, entries, part.by, colour, left)}

    def _page_ranges(self, names: Iterable[str]) -> Any:
        """Return the pages of ids as an index prints them, each with the anchor of its first."""
        anchors = [self.anchors[name] for name in names]
        return page_ranges((int(self._asked.number(anchor)), anchor) for anchor in anchors)

    def _changes(self) -> Iterator[ChangeGroup]:
        if self.since:
            colours = {self.anchors[s.id]: self.colour_of(s) for s in self.kit.sections()}
            yield from change_groups(self.since, self.catalogue, self.anchors, colours)

    def _foot(self, edition: Edition, answering: Sequence[Contact] = ()) -> dict[str, str]:
        """Return what stands at the foot of pages that say this edition."""
        return {
            "foot_line": self.foot_line(answering, edition),
            "second_line": issue.foot_line(edition),
            "embargo_words": issue.embargo_words(edition),
        }

    def foot_line(self, answering: Sequence[Contact], edition: Edition) -> str:
        """Return the line at the foot of a page: that it is a draft, and whom to call.

        That is the first of those ``answering`` for the page, else the first of the kit; what one
        line has no room for is left out, the organisation first. Where the kit has a version or an
        embargo, a second line says that it is a draft. Half the paper has room for a version after
        them, and several lines, none of which begins with a dot.
        """
        contacts = answering or edition.contacts
        narrow = self.kit.looks.page == "A5"
        line = []
        second = issue.foot_line(edition)
        if edition.status == "draft" and not second:
            line.append(self.catalogue.gettext("Draft"))
        if contacts:
            first = contacts[0]
            label = self.catalogue.gettext("Press contact")
            organisation = None if narrow and first.name else first.organisation
            facts = (first.name, organisation, breakable(first.email or ""), first.telephone)
            given = [str(fact) for fact in facts if fact]
            for spare in filter(None, (organisation, first.name)) if second and not narrow else ():
                whole = unbroken(f"{label}: {DOT.join(given)}")
                if len(given) > 1 and len(whole) > self._foot_letters():
                    given.remove(str(spare))
            line += [f"{label}: {given[0]}", *given[1:]] if given else []
        if not narrow:
            return self._words.plain(" · ".join(line))
        line += second.split(DOT) if second and edition.embargo is None else []
        return "\n".join(map(self._words.plain, in_lines(line, FOOT_LETTERS)))

    def _foot_letters(self) -> int:
        """Return how many letters one line at the foot of a page has room for."""
        looks = self.kit.looks
        letter = WIDEST_LETTER if looks.fonts.sans else LETTER_WIDTH
        room = looks.format.width - looks.format.left - looks.format.right - FOLIO_WIDTH
        return int(room / letter / (looks.scale or 1))

    def colour_of(self, section: Programme) -> int:
        """Return the colour number of a section, from 1, by its order in the dossier."""
        return section_colour(self.kit, section)

    def _sections(self) -> list[dict[str, Any]]:
        sections = self.kit.sections()
        return [
            {
                "part": section,
                "id": self.anchors[section.id],
                "colour": self.colour_of(section),
                "shape": section_shape(self.kit, section),
                "count": len(standing(section.events)),
                "short_title": title,
            }
            for section, title in zip(sections, self._legend.titles, strict=True)
        ]

    def _strip(self, section: Programme) -> tuple[StripDay, ...]:
        return strip(self.kit.edition.period.value, section.events)

    def _calendar(self) -> Calendar | None:
        if self.kit.cover_shows != "calendar":
            return None
        marks = [
            Mark(
                event,
                self.colour_of(section),
                self.anchors[event.id],
                section_shape(self.kit, section),
            )
            for section in self.kit.sections()
            for event in dated(section.events)
        ]
        awaited = any(section.pending for section in self.kit.sections()) or any(
            not event.when.known for event in self.kit.events()
        )
        edition = self.kit.edition
        days = sorted({day for each in edition.periods for day in each.value.days})
        period, page = edition.period.value, self.kit.looks.format
        legend = self._legend.height - (0.0 if self._logo_on_cover else LOGO)
        words = words_more(self.kit.edition)
        return calendar(period, marks, days, page, legend, words) if marks or awaited else None

    @property
    def _logo_on_cover(self) -> bool:
        """Whether there is a logo, and its words do not only say the title once more."""
        logo = self.edition.logo
        if logo is None or logo.file or logo.pending:
            return logo is not None
        return fold_words(" ".join(logo.words)) != fold_words(self.edition.title)

    @cached_property
    def _legend(self) -> Legend:
        """The legend of the cover."""
        titles = [section.title for section in self.kit.sections()]
        looks = self.kit.looks
        return legend_of(titles, self.kit.edition.language, looks.format, looks.scale)
