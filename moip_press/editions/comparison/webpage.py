"""Changes as one HTML file that needs no other: for those who read along, in print or on screen."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from moip_press.editions.comparison.changes import Changes
from moip_press.editions.comparison.labels import GROUPS
from moip_press.editions.comparison.sentences import Detail, Teller, Told, embargo, heading
from moip_press.editions.comparison.table import count
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue
from moip_press.text import typography
from moip_press.text.difference import Stretch

STYLE = Markup("""
:root { color-scheme: light dark; --ink: #1b1f2a; --paper: #fff; --soft: #5c6373;
  --hair: #c9cedb; --gone: #8c1d18; --gone-on: #fdecea; --new: #12522f; --new-on: #e5f6ed; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaf0; --paper: #14161d; --soft: #a9b0c0;
  --hair: #3b4152; --gone: #ffb4ab; --gone-on: #4a1512; --new: #8fe0b4; --new-on: #0f3b24; } }
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem; color: var(--ink);
  background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 2.2rem 0 .4rem; padding-top: .6rem; border-top: 2px solid; font-size: 1.2rem; }
.embargo { padding: .6rem .9rem; border: 2px solid; font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; }
ul.changes > li { padding: .6rem 0; border-bottom: 1px solid var(--hair); }
ul.details { margin: .3rem 0 0 1.2rem; color: var(--soft); }
del { color: var(--gone); background: var(--gone-on); text-decoration: line-through; }
ins { color: var(--new); background: var(--new-on); text-decoration: underline; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
""")
SAFE = "default-src 'none'; style-src 'unsafe-inline'"


def webpage(changes: Changes, catalogue: Catalogue) -> str:
    """Return the page; all that comes from a kit is escaped."""
    writer = _Page(Teller(catalogue.language), catalogue)
    return str(Markup("\n").join(writer.lines(changes))) + "\n"


class _Page:
    def __init__(self, teller: Teller, catalogue: Catalogue) -> None:
        self.teller, self.catalogue = teller, catalogue

    def say(self, message: Message) -> Markup:
        return self.plain(self.catalogue.say(message))

    def plain(self, text: str) -> Markup:
        return escape(typography.plain(" ".join(text.split()), self.teller.language))

    def lines(self, changes: Changes) -> Iterator[Markup]:
        title = self.say(heading(changes, self.teller.language))
        yield Markup("<!DOCTYPE html>")
        yield Markup('<html lang="{}">').format(self.catalogue.language)
        yield Markup('<head><meta charset="utf-8">')
        yield Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(SAFE)
        yield Markup('<meta name="viewport" content="width=device-width, initial-scale=1">')
        yield Markup("<title>{}</title>").format(title)
        yield Markup("<style>{}</style></head>").format(STYLE)
        yield Markup("<body><main><h1>{}</h1>").format(title)
        yield from self.notices(changes)
        for kind, found in changes.groups().items():
            yield Markup('<section aria-labelledby="{}"><h2 id="{}">{} ({})</h2>').format(
                kind, kind, self.say(Message(GROUPS[kind])), len(found)
            )
            yield Markup('<ul class="changes">')
            yield from map(self.told, self.teller.told(found))
            yield Markup("</ul></section>")
        yield Markup("</main></body></html>")

    def notices(self, changes: Changes) -> Iterator[Markup]:
        under = embargo(changes.new, self.teller.language)
        if under:
            yield Markup('<p class="embargo">{}</p>').format(self.say(under))
        if changes.partial:
            told = Message(N_("Only what the handout holds was compared."))
            yield Markup("<p>{}</p>").format(self.say(told))
        yield Markup("<p>{}</p>").format(self.say(count(changes)))

    def told(self, told: Told) -> Markup:
        details = Markup("").join(map(self.detail, told.details))
        below = Markup('<ul class="details">{}</ul>').format(details) if details else ""
        return Markup("<li>{}{}</li>").format(self.say(told.sentence), below)

    def detail(self, detail: Detail) -> Markup:
        said = Markup(" ").join(map(self.stretch, detail.words)) or self.say(detail.turn)
        label = self.say(Message.of(N_("{label}: {turn}"), label=detail.label, turn=""))
        return Markup("<li>{} {}</li>").format(label.rstrip(), said)

    def stretch(self, stretch: Stretch) -> Markup:
        words = self.plain(stretch.words)
        if stretch.act == "same":
            return words
        tag, spoken = (
            ("del", N_("[taken out:]")) if stretch.act == "gone" else ("ins", N_("[new:]"))
        )
        heard = self.say(Message(spoken))
        return Markup('<{0}><span class="heard">{1} </span>{2}</{0}>').format(tag, heard, words)
