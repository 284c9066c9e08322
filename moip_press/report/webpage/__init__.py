"""A page for a browser: one file that loads nothing, in the look of the press kit.

All of it can be read without a script; with one, it is searched and filtered. What is filtered are
elements of the class ``entry`` with ``data-section``; those with ``data-kind``, in them or they
themselves, are counted. What has ``data-script`` shows only where scripts run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from markupsafe import Markup

from moip_press.report.messages import N_, Catalogue

HERE = Path(__file__).parent
WEIGHTS = (400, 600)
FONT = """\
@font-face { font-family: "Report Sans"; font-weight: %d; font-display: swap;
  src: url(data:font/woff2;base64,%s) format("woff2"); }
"""
POLICY = Markup(
    "default-src 'none'; style-src '{style}'; script-src '{script}'; font-src data:; {pictures}"
    "base-uri 'none'; form-action 'none'"
)
PAGE = Markup("""\
<!doctype html>
<html lang="{language}"{attributes}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header class="masthead">
{head}
</header>
{tools}
<main>
{body}
</main>
{foot}
<script>{script}</script>
</body>
</html>
""")
TOOLS = Markup("""\
<form class="tools" role="search" aria-label="{purpose}" data-script hidden>
<label>{search} <input type="search" name="search" autocomplete="off"></label>
{selects}
<button type="reset">{reset}</button>
<p class="count" role="status" data-words="{count}"></p>
{more}
</form>""")
SELECT = Markup("""\
<label>{label} <select name="{name}" autocomplete="off">
<option value="">{every}</option>
{options}
</select></label>""")
OPTION = Markup('<option value="{}">{}</option>')
PICTURES = Markup("img-src data:; ")
NOTHING, NEWLINE = Markup(), Markup("\n")


@dataclass(frozen=True)
class Webpage:
    """What stands on a page: its head, its body, and below both what is done with them.

    ``kinds`` and ``sections`` are what it can be filtered by: values of ``data-kind`` and
    ``data-section``, each with its words; ``tools`` is what else stands beside the filters.
    ``attributes`` are those of the root element; a page that ``shows_pictures`` holds them itself.
    """

    title: str
    head: Markup
    body: Markup
    foot: Markup = NOTHING
    kinds: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    tools: Markup = NOTHING
    attributes: Mapping[str, str] = field(default_factory=dict)
    shows_pictures: bool = False

    def written(self, catalogue: Catalogue) -> str:
        """Return the page in the language of a catalogue."""
        style, script = _style(), _script()
        pictures = PICTURES if self.shows_pictures else NOTHING
        policy = POLICY.format(style=_digest(style), script=_digest(script), pictures=pictures)
        page = PAGE.format(
            language=catalogue.language,
            attributes=NOTHING.join(
                Markup(' {}="{}"').format(name, value) for name, value in self.attributes.items()
            ),
            policy=policy,
            title=self.title,
            style=Markup(style),  # noqa: S704 -- our own files
            head=self.head,
            tools=self.sifting(catalogue),
            body=self.body,
            foot=self.foot,
            script=Markup(script),  # noqa: S704 -- our own file
        )
        return str(page)

    def sifting(self, catalogue: Catalogue) -> Markup:
        """Return what searches and filters the page; nothing where there is nothing to sift."""
        say = catalogue.gettext
        if not self.kinds:
            return NOTHING
        selects = [
            SELECT.format(
                label=label,
                name=name,
                every=say(N_("all")),
                options=NEWLINE.join(OPTION.format(*choice) for choice in choices.items()),
            )
            for name, label, choices in (
                ("kind", say(N_("Kind of change")), self.kinds),
                ("section", say(N_("Section")), self.sections),
            )
            if len(choices) > 1
        ]
        return TOOLS.format(
            purpose=say(N_("Search and filter")),
            search=say(N_("Search")),
            selects=NEWLINE.join(selects),
            reset=say(N_("Show all")),
            count=say(N_("{shown} of {total} changes shown")),
            more=self.tools,
        )


@cache
def font_faces() -> str:
    """Return the rules of the letters of our pages, "Report Sans", with the fonts in them."""
    fonts = (
        FONT % (weight, base64.b64encode((HERE / f"sans-{weight}.woff2").read_bytes()).decode())
        for weight in WEIGHTS
    )
    return "".join(fonts)


@cache
def _style() -> str:
    return font_faces() + (HERE / "page.css").read_text(encoding="utf-8")


@cache
def _script() -> str:
    return (HERE / "page.js").read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """Return what a policy names a style or script by, which the browser computes again."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
