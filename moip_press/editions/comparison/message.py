"""Changes in Markdown, ready to be pasted into an e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.editions.comparison.changes import Changes
from moip_press.editions.comparison.labels import GROUPS
from moip_press.editions.comparison.sentences import Detail, Teller, Told, embargo, heading
from moip_press.editions.comparison.table import count
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, Catalogue
from moip_press.text import typography
from moip_press.text.difference import Stretch

MEANT = re.compile(r"([\\`*_\[\]<>#|~])")
SIGNS = {"same": "", "gone": "~~", "new": "**"}


def mail(changes: Changes, catalogue: Catalogue) -> str:
    """Return the changes in Markdown, a heading for each kind, a line for each change."""
    writer = _Mail(Teller(catalogue.language), catalogue)
    return "".join(f"{line}\n" for line in writer.lines(changes))


class _Mail:
    def __init__(self, teller: Teller, catalogue: Catalogue) -> None:
        self.teller, self.catalogue = teller, catalogue

    def say(self, message: Message) -> str:
        return self.plain(self.catalogue.say(message))

    def plain(self, text: str) -> str:
        said = typography.plain(" ".join(text.split()), self.teller.language)
        return MEANT.sub(r"\\\1", said)

    def lines(self, changes: Changes) -> Iterator[str]:
        yield f"# {self.say(heading(changes, self.teller.language))}"
        under = embargo(changes.new, self.teller.language)
        if under:
            yield ""
            yield f"**{self.say(under)}**"
        if changes.partial:
            yield ""
            yield self.say(Message(N_("Only what the handout holds was compared.")))
        if not changes:
            yield ""
            yield self.say(count(changes))
        for kind, found in changes.groups().items():
            yield ""
            yield f"## {self.say(Message(GROUPS[kind]))}"
            yield ""
            for told in self.teller.told(found):
                yield from self.told(told)

    def told(self, told: Told) -> Iterator[str]:
        yield f"- {self.say(told.sentence)}"
        for detail in told.details:
            yield f"  - {self.detail(detail)}"

    def detail(self, detail: Detail) -> str:
        said = " ".join(map(self.stretch, detail.words)) or self.say(detail.turn)
        label = self.say(Message.of(N_("{label}: {turn}"), label=detail.label, turn="")).rstrip()
        return f"{label} {said}"

    def stretch(self, stretch: Stretch) -> str:
        sign = SIGNS[stretch.act]
        return f"{sign}{self.plain(stretch.words)}{sign}"
