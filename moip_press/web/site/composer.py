"""Pages of a site: our templates in ``templates/site/``, and the pieces that stand in them.

A page is composed by the same sandbox as pieces and printed pages; what is linked gets its address
from where the page stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from markupsafe import Markup

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.press.compose.views import Given
from moip_press.web import markup
from moip_press.web.addresses import Target, addressed
from moip_press.web.fragments import LOWEST, Fragment, FragmentComposer
from moip_press.web.site.images import Images
from moip_press.web.site.plan import Plan, root_of

BELOW = "../"
HEADING = re.compile(r"<(/?)h([1-6])\b")
LINK = re.compile(rf'((?:href|src|srcset)=)"{re.escape(BELOW)}([^"]*)"')


def as_markup(piece: Fragment) -> Markup:
    """Return a piece as a template places it: our own templates made it."""
    return Markup(piece.html)  # noqa: S704 -- what texts of the kit hold was escaped there


def _lowered(html: str, levels: int) -> str:
    """Return a piece whose headings are so many levels lower."""
    return HEADING.sub(lambda tag: f"<{tag[1]}h{min(int(tag[2]) + levels, LOWEST)}", html)


class SiteComposer(FragmentComposer):
    """Composes the pages of one site. ``kit`` is as it is printed: ``filled(kit.printed())``."""

    def __init__(self, kit: Kit, theme: Theme, plan: Plan, images: Images) -> None:
        super().__init__(kit, theme)
        self.plan = plan
        self.images = images
        self._pieces: dict[Target, Fragment] = {}
        self._root = ""
        env = self._environment
        env.filters["linked"] = self._with_links
        env.globals["to"] = Given(self._to)
        env.globals["record"] = Given(self._record)
        env.globals["shown"] = Given(self._shown)
        env.globals["weight"] = Given(self.weight)

    def page(self, path: str, template: str, values: Mapping[str, Any]) -> str:
        """Return the HTML of the page at ``path``. Raises ``TemplateFault``, ``OverLimit``."""
        self._root = root_of(path)
        self._pictures = self.images.at(self._root)
        with self.limited():
            return self.document(f"site/{template}", values, {}).html

    def piece(self, target: Target, base: str = "") -> Fragment:
        """Return a piece as it stands on a page of its own, one folder below the front page."""
        if target not in self._pieces:
            links, pictures = self.plan.links(BELOW), self.images.at(BELOW)
            self._pieces[target] = self.fragment(target, links, pictures, 1, base=base)
        return self._pieces[target]

    def among(self, target: Target, level: int) -> Markup:
        """Return a piece as it stands among others, its heading of another level."""
        return Markup(_lowered(self.piece(target).html, level - 1))  # noqa: S704 -- as above

    def within(self, target: Target, level: int) -> Markup:
        """Return a piece as it stands on the page that holds all of them."""

        def link(found: re.Match[str]) -> str:
            path, _, anchor = found[2].partition("#")
            own = self._on_whole.get(path)
            return f'{found[1]}"#{anchor or own}"' if own else f'{found[1]}"{found[2]}"'

        html = _lowered(self.piece(target).html, level - 1).replace(f" {BELOW}", " ")
        return Markup(LINK.sub(link, html))  # noqa: S704 -- as above

    @cached_property
    def _on_whole(self) -> Mapping[str, str]:
        """The ids of what stands on the page that holds all pieces, by the paths of their own."""
        found = {}
        for target in self.pieces:
            path = self.plan.to(target)
            if path and target.kind in ("part", "section", "event") and self.plan.is_read(target):
                found[path] = target.anchor
        return found

    def weight(self, size: int) -> str:
        """Return how large a file is, in words."""
        return self.plain(self.catalogue.weight(size))

    def _with_links(self, html: Markup) -> Markup:
        """What a text refers to as links of this page."""
        titled = markup.titled(str(html), self._linked, self._quoted)
        links = self.plan.links(self._root)
        return Markup(addressed(titled, self._by_anchor, links))  # noqa: S704 -- as above

    def _to(self, path: str) -> str:
        """The address of a page as seen from this one; its path is from the front page."""
        return path if ":" in path.partition("/")[0] else self._root + path

    def _record(self, kind: str, name: str) -> str:
        """The address of a record as seen from this page."""
        return self._root + self.plan.of(kind, name)

    def _shown(self, file: str) -> dict[str, Any] | None:
        """How a picture of the kit stands on this page."""
        return self._picture(file)
