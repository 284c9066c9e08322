"""Pages of a site: our templates in ``templates/site/``, and the pieces that stand in them.

A page is composed by the same sandbox as pieces and printed pages; what is linked gets its address
from where the page stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.press.compose.views import Given
from moip_press.web import markup
from moip_press.web.addresses import Target, addressed
from moip_press.web.fragments import Fragment, FragmentComposer
from moip_press.web.site.images import Images
from moip_press.web.site.plan import Plan, root_of

MEGABYTE = 1_000_000


def as_markup(piece: Fragment) -> Markup:
    """Return a piece as a template places it: our own templates made it."""
    return Markup(piece.html)  # noqa: S704 -- what texts of the kit hold was escaped there


class SiteComposer(FragmentComposer):
    """Composes the pages of one site. ``kit`` is as it is printed: ``filled(kit.printed())``."""

    def __init__(self, kit: Kit, theme: Theme, plan: Plan, images: Images) -> None:
        super().__init__(kit, theme)
        self.plan = plan
        self.images = images
        self._pieces: dict[tuple[Target, str, int], Fragment] = {}
        self._root = ""
        env = self._environment
        env.filters["linked"] = self._with_links
        env.globals["to"] = Given(self._to)
        env.globals["record"] = Given(self._record)
        env.globals["shown"] = Given(self._shown)
        env.globals["weight"] = Given(self.weight)

    def page(self, path: str, template: str, values: Mapping[str, Any]) -> str:
        """Return the HTML of the page at ``path``. Raises ``TemplateFault``."""
        self._root = root_of(path)
        self._pictures = self.images.at(self._root)
        return self.document(f"site/{template}", values, {}).html

    def piece(self, target: Target, path: str, level: int = 1, base: str = "") -> Fragment:
        """Return a piece as it stands on the page at ``path``."""
        root = root_of(path)
        key = target, root, level
        if key not in self._pieces:
            links, pictures = self.plan.links(root), self.images.at(root)
            self._pieces[key] = self.fragment(target, links, pictures, level, base=base)
        return self._pieces[key]

    def within(self, target: Target, level: int) -> Markup:
        """Return a piece as it stands on the page that holds all of them."""
        return as_markup(self.fragment(target, self._within, self.images.at(""), level))

    def _within(self, target: Target) -> str | None:
        """Return where a link leads on that page, or from it to another."""
        on_page = target.kind in ("part", "section", "event", "block") and self.plan.is_read(target)
        return f"#{target.anchor}" if on_page else self.plan.to(target)

    def weight(self, size: int) -> str:
        """Return how large a file is, in words."""
        if size < MEGABYTE:
            said = self.catalogue.gettext("{size} kB").format(size=max(round(size / 1000), 1))
        else:
            point = self.catalogue.pgettext("decimal sign", ".")
            amount = f"{size / MEGABYTE:.1f}".replace(".", point)
            said = self.catalogue.gettext("{size} MB").format(size=amount)
        return self.plain(said)

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
