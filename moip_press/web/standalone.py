"""One page that holds a whole kit, to be sent, kept or put anywhere: it loads nothing.

It is read on a telephone and printed, in light and in dark, in the colours of the theme. Its
letters are those of our other pages for a browser, so that it weighs little.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from markupsafe import Markup

from moip_press.kit import issue
from moip_press.kit.folders import Theme
from moip_press.report.webpage import font_faces
from moip_press.web.addresses import Target, within_page
from moip_press.web.fragments import FragmentComposer
from moip_press.web.json_ld import script
from moip_press.web.renditions import Renditions
from moip_press.web.site.looks import COMMENT, FACE, dark_colours, read

TEMPLATE, TOKENS, SHEET = "standalone.html", "tokens.css", "web/standalone.css"
POLICY = "default-src 'none'; img-src data:; font-src data:; style-src '{style}'; base-uri 'none'"
FURNITURE = ("cover", "contents")
"""What the page says in its head: the rest follows in the order of the dossier."""


def standalone(
    composer: FragmentComposer,
    renditions: Renditions,
    shown: Sequence[Target],
    reserves: Sequence[str],
) -> str:
    """Return the page. Raises ``TemplateFault``, ``OverLimit``."""
    edition = composer.kit.edition
    pieces = {}
    for target in shown:
        level = 3 if target.kind == "event" else 2
        pieces[target] = composer.fragment(
            target, within_page, renditions.within, level, nested=True
        )
    kinds = {target: getattr(composer.record(target), "type", "") for target in shown}
    cover = next((target for target in shown if kinds[target] == "cover"), None)
    head = None
    if cover:
        head = composer.fragment(cover, within_page, renditions.within, 1, nested=True)
    style = _style(composer.theme)
    nodes = [piece.json_ld for piece in pieces.values() if piece.json_ld]
    values = {
        "title": composer.plain(issue.titled(edition.title, edition)),
        "policy": POLICY.format(style=_digest(style)),
        "style": Markup(style),  # noqa: S704 -- the theme's own, as on the pages
        "reserves": list(reserves),
        "head": Markup(head.html) if head else "",  # noqa: S704 -- composed by us
        "body": [
            {"html": Markup(piece.html), "colour": composer.colour_at(target)}  # noqa: S704
            for target, piece in pieces.items()
            if kinds[target] not in FURNITURE
        ],
        "contents": [
            {"title": piece.title, "anchor": target.anchor, "colour": composer.colour_at(target)}
            for target, piece in pieces.items()
            if target.kind != "event" and kinds[target] not in FURNITURE
        ],
        "json_ld": script(nodes),
    }
    with composer.limited():
        return composer.document(f"web/{TEMPLATE}", values, {}).html


def _style(theme: Theme) -> str:
    """Return the theme's colours, those for dark screens, and the looks of the page.

    Fonts of the theme are left out, and nothing in it can end the element.
    """
    rules = FACE.sub("", "\n".join((theme.sheet, read(theme, TOKENS), dark_colours(theme))))
    style = font_faces() + COMMENT.sub("", f"{rules}\n{read(theme, SHEET)}")
    return style.replace("</", "<\\/")


def _digest(text: str) -> str:
    """Return what the policy names the style by, which the browser computes again."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
