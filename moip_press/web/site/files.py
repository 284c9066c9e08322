"""The files of a site: its pages, what they load, what they offer, what programs read of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moip_press.editions import attached_data
from moip_press.editions.comparison.changes import Changes
from moip_press.editions.comparison.comparing import compare
from moip_press.editions.comparison.document import Document
from moip_press.editions.comparison.versions import side
from moip_press.editions.releases import releases
from moip_press.exchange.export.exported import Exported
from moip_press.kit import issue, selection
from moip_press.kit.folders import Theme, program_folder
from moip_press.kit.issue import version_mark
from moip_press.kit.model.kit import Kit
from moip_press.kit.theme_sheet import usual_colours
from moip_press.kit.when import period_in_words
from moip_press.media.pictures import pictures
from moip_press.report.messages import N_, Catalogue
from moip_press.system.cache import Cache
from moip_press.system.pictures import canvas
from moip_press.web.json_ld import script
from moip_press.web.site import feeds, looks
from moip_press.web.site.images import Images
from moip_press.web.site.making import Site
from moip_press.web.site.moves import moved_pages, written_moves
from moip_press.web.site.offers import offers, subscription
from moip_press.web.site.page import Page, words_of
from moip_press.web.site.plan import ASSETS, CARD, FRONT, Plan
from moip_press.web.site.shown import Download

KIND = "web"
"""What the manifest calls the files of a site."""
SCRIPTS = ("site.js", "minisearch.js", "minisearch.LICENSE.txt")
HERE = Path(__file__).parents[1] / "assets"
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'"
)
"""What a page may load: files of the site, and nothing that stands in the page itself."""


def _folder(address: str) -> str:
    """Return the address of a site as that of its folder."""
    return address.removesuffix(FRONT).rstrip("/") + "/" if address else ""


def _plain(path: str) -> str:
    """Return a path as it is published: the front page is its folder."""
    return "" if path == FRONT else path


def _changes(kit: Kit, since: Document | None) -> Changes | None:
    """Return what has changed since a version, else since the one before; None without any."""
    since = since or _version_before(kit)
    if since is None:
        return None
    described = attached_data.described(kit, [placed.part for placed in kit.parts()], {})
    return compare(since, Document.of(described, kit.folder.name))


def _version_before(kit: Kit) -> Document | None:
    """Return the version that was released last and is another one; None where there is none."""
    own = version_mark(kit.edition.version) if kit.edition.version else ""
    marks = [version_mark(release.version) for release in releases(kit.folder)]
    before = [mark for mark in marks if mark != own]
    return side(f"{kit.folder.as_posix()}@{before[-1]}", Path()).document if before else None


@dataclass(frozen=True)
class Wanted:
    """What is asked for.

    ``now`` is a moment with its zone; ``embargoed`` lets out what is under an embargo. ``built`` is
    where the PDFs of the kit are; ``since`` a version to compare with, in place of the last.
    """

    now: datetime.datetime
    built: Path
    embargoed: bool = False
    since: Document | None = None


@dataclass(frozen=True)
class File:
    """A file of the site: its path from the front page, and what the manifest says of it."""

    path: str
    content: bytes
    facts: Mapping[str, Any]


class Files:
    """The files of one site, by their addresses. ``before`` are those of the last time."""

    def __init__(
        self,
        kit: Kit,
        theme: Theme,
        wanted: Wanted,
        inputs: Mapping[str, str],
        before: Mapping[str, Mapping[str, Any]],
        cache: Cache,
    ) -> None:
        self.kit, self.theme, self.cache = kit, theme, cache
        self.before = before
        self.catalogue = Catalogue(kit.edition.language)
        self.address = _folder(kit.edition.web.address or "" if kit.edition.web else "")
        self.exported = Exported(kit, selection.entries(kit))
        today = wanted.now.date()
        taken = pictures(kit, today)
        ended = frozenset(each.file for each in taken if each.ended)
        self.images = Images(kit, cache, ended, fonts=tuple(theme.fonts().values()))
        self.offers = tuple(
            offers(kit, Plan(kit), wanted.built, inputs, wanted.now, self.catalogue)
        )
        downloads: dict[str, list[Download]] = {}
        for offer in self.offers:
            for where in offer.where:
                downloads.setdefault(where, []).append(offer.download)
        if self.address and self.exported.dated:
            subscribed = subscription(Plan(kit), self.address, self.catalogue)
            downloads["programme"].append(subscribed)
        changes = _changes(kit, wanted.since)
        shown = [each for each in taken if not each.ended]
        self.site = Site(kit, theme, self.images, downloads, shown, changes, self.address)
        self.moved: dict[str, tuple[str, str]] = {}
        self.newly_moved: tuple[tuple[str, str], ...] = ()

    def made(self) -> list[File]:
        """Return all files. Raises ``TemplateFault``."""
        pages = list(self.site.pages())
        pages.append(self._contents(pages))
        texts = {page.path: self._html(page) for page in pages}
        self.moved = moved_pages(self.site.plan, pages, self.before)
        self.newly_moved = tuple(
            (old, title)
            for old, (path, title) in self.moved.items()
            if path
            and "moved_to" not in self.before.get(old, {})
            and old not in written_moves(self.site.plan, pages)
        )
        found = [File(page.path, texts[page.path].encode(), self._facts(page)) for page in pages]
        found += self._redirects()
        said = frozenset("".join(texts.values()))
        sheet, fonts = looks.style_sheet(self.theme, said, self.cache)
        others = {
            **self.images.files,
            **{each.download.path: each.content for each in self.offers},
            f"{ASSETS}/{looks.SHEET}": sheet.encode(),
            **{f"{ASSETS}/{name}": content for name, content in fonts.items()},
            **{f"{ASSETS}/{name}": (HERE / name).read_bytes() for name in SCRIPTS},
            f"{ASSETS}/index.js": self._index(pages),
            f"{ASSETS}/icon.svg": self._icon(),
            CARD: self._card(),
            "feed.xml": self._feed(),
        }
        if self.address and not self._noindex:
            whole = [self.address + _plain(page.path) for page in pages]
            others["sitemap.xml"] = feeds.sitemap(whole)
        return found + [File(path, content, {"kind": KIND}) for path, content in others.items()]

    def _facts(self, page: Page) -> dict[str, Any]:
        of = {"record": list(page.record), "like": page.like} if page.record else {}
        return {"kind": KIND, "page": page.title, **of}

    def _redirects(self) -> Iterator[File]:
        """Yield a page for each address that was published once and leads elsewhere now."""
        agenda = self.site.plan.pages["agenda" if self.kit.events() else "front"]
        for old, (path, title) in self.moved.items():
            target = path or agenda
            gone = self.catalogue.gettext(N_("This page is no longer part of the press kit."))
            html = self.site.composer.page(
                old,
                "moved.html",
                {
                    "page": {"title": title or self.kit.edition.title},
                    "target": target,
                    "words": title if path else gone,
                    "gone": not path,
                    "canonical": self.address + _plain(target) if self.address else "",
                },
            )
            known = self.before.get(old, {})
            facts = {"kind": KIND, "moved_to": path, "title": title}
            facts |= {key: known[key] for key in ("record", "like") if key in known}
            yield File(old, html.encode(), facts)

    @property
    def _noindex(self) -> bool:
        """Whether search engines are asked to stay away: from drafts and what is under embargo."""
        return bool(self._reserve)

    def _html(self, page: Page) -> str:
        plan, edition = self.site.plan, self.kit.edition
        name = page.title if page.path == plan.pages["front"] else f"{page.title} – {edition.title}"
        scripts = ["site.js"]
        if page.template in ("agenda.html", "contents.html"):
            scripts = ["minisearch.js", "index.js", "site.js"]
        frame = {
            **plan.pages,
            "policy": POLICY,
            "title": self.site.composer.plain(name),
            "noindex": self._noindex,
            "ground": self.kit.looks.colours.ground or usual_colours()["ground"],
            "canonical": self.address + _plain(page.path) if self.address else "",
            "card": self.address + CARD if self.address else "",
            "site": self.address,
            "scripts": scripts,
            "json_ld": script(page.nodes),
            "reserve": self._reserve,
            "menu": self.site.menu,
            "pictured": bool(self.site.pictures),
        }
        told = {
            "path": page.path,
            "title": page.title,
            "description": page.description,
            "kind": page.kind,
            "parents": list(page.parents),
        }
        return self.site.composer.page(
            page.path, page.template, {**page.values, "frame": frame, "page": told}
        )

    @property
    def _reserve(self) -> str:
        """What a reader has to know first."""
        return " · ".join(issue.reserves(self.kit.edition))

    def _contents(self, pages: Sequence[Page]) -> Page:
        """Return the page that names all others."""
        say = self.catalogue.gettext
        groups: dict[str, list[tuple[str, str]]] = {}
        for page in pages:
            if page.listed:
                kind = page.record[0] if page.record else "page"
                groups.setdefault(kind, []).append((page.title, page.path))
        plan = [
            {"title": say(HEADINGS[kind]), "pages": groups[kind]}
            for kind in HEADINGS
            if kind in groups
        ]
        return Page(
            self.site.plan.pages["contents"],
            "contents.html",
            say(N_("Contents of the site")),
            {"plan": plan},
            listed=False,
        )

    def _index(self, pages: Sequence[Page]) -> bytes:
        """Return what search reads: a script that names each page, its words and its address."""
        rows = []
        for page in pages:
            if not page.listed or not page.record:
                continue
            kind, name = page.record
            piece = page.values.get("piece")
            row = {
                "id": page.path,
                "title": page.title,
                "kind": self.catalogue.gettext(SINGULAR[kind]),
                "text": words_of(str(piece)) if piece else page.description,
                "about": page.description,
            }
            rows.append(row | ({"event": name} if kind == "event" else {}))
        data = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        return f"window.moipPages={data};\n".encode()

    def _card(self) -> bytes:
        """Return the picture that stands for the site where its address is shared."""
        edition, colours = self.kit.edition, self._colours
        dots = [colours[f"bright-{n}"] for n in range(1, 13) if f"bright-{n}" in colours]
        count = min(max(len(self.kit.sections()), 1), len(dots))
        period = edition.period
        made = canvas.Card(
            self.site.composer.plain(edition.kind or self.catalogue.gettext(N_("Press kit"))),
            self.site.composer.plain(edition.title),
            period_in_words(period.start, period.end, edition.language, capital=True),
            colours["ground"],
            colours["accent"],
            dots[:count],
        )
        fonts = program_folder("styles") / "fonts"
        return canvas.drawn_card(
            made, fonts / "SourceSans3-Black.ttf", fonts / "SourceSans3-SemiBold.ttf"
        )

    def _feed(self) -> bytes:
        edition = self.kit.edition
        return feeds.atom(
            list(self._news()),
            self.exported.title,
            str(edition.publisher.name),
            edition.language,
            self.exported.namespace,
            self.address,
        )

    def _news(self) -> Iterator[feeds.News]:
        """Yield this version of the kit, then those that were released before, the newest first."""
        edition = self.kit.edition
        day = edition.date_of_issue or edition.period.start
        own = version_mark(edition.version) if edition.version else "front"
        lines = tuple(
            f"{entry.title}: {line.said}" if entry.title else line.said
            for group in self.site.change_groups
            for entry in group.entries
            for line in entry.lines
        )
        title = ", ".join(filter(None, (str(edition.title), issue.version_words(edition))))
        yield feeds.News(f"version/{own}", title, day, lines)
        for release in reversed(releases(self.kit.folder)):
            if version_mark(release.version) != own:
                said = issue.version_words(edition.model_copy(update={"version": release.version}))
                name = f"version/{version_mark(release.version)}"
                yield feeds.News(name, f"{edition.title}, {said}", release.released_on)

    @property
    def _colours(self) -> Mapping[str, str]:
        return {**usual_colours(), **dict(looks.OWN.findall(self.theme.sheet))}

    def _icon(self) -> bytes:
        """Return the drawing that browsers show beside the title."""
        colours = self._colours
        dots = "".join(
            f'<circle cx="{8 + 8 * (n % 3)}" cy="{8 + 8 * (n // 3)}" r="3" '
            f'fill="{colours.get(f"bright-{n % 6 + 1}", "#ffffff")}"/>'
            for n in range(9)
        )
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
            f'<rect width="32" height="32" rx="5" fill="{colours["ground"]}"/>{dots}</svg>\n'
        ).encode()


HEADINGS: Mapping[str, str] = {
    "page": N_("This site"),
    "part": N_("To be read"),
    "section": N_("Sections of the programme"),
    "event": N_("Events"),
    "lab": N_("Laboratories"),
    "person": N_("People"),
    "region": N_("Regions"),
    "organiser": N_("Organisers"),
    "theme": N_("Themes"),
}
SINGULAR: Mapping[str, str] = {
    "part": N_("Article"),
    "section": N_("Section"),
    "event": N_("Event"),
    "lab": N_("Laboratory"),
    "person": N_("Person"),
    "region": N_("Region"),
    "organiser": N_("Organiser"),
    "theme": N_("Theme"),
}
