"""Where links lead, what their words promise, and addresses typed without a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import SplitResult, urlsplit

from moip_press.kit.source import ScalarNode, Source
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Edit, Message, Related, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.text import prose
from moip_press.text.prose.marks import WEBSITE

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "L208 words-and-target",
        N_("The words of a link are an address, and it leads to another site."),
        N_("Readers of the screen and readers of paper end in different places."),
        "text: Inscription sur [www.example.org](https://www.example.{~~com~>org~~}).",
    ),
    Rule.warning(
        "L209 one-name-two-sites",
        N_("Links with the same name lead to different sites."),
        N_("Often one of them is that of last year. What differs needs other words."),
        "text: |\n  [Ville de Lille](https://www.example.org) et\n"
        "  [{~~Ville~>Musées~~} de Lille](https://www.example.com)",
        N_("WCAG 2.2, criterion 2.4.4: the purpose of a link"),
    ),
)

FIELDS = ("website", "url", "link", "registration")
NAMES = ("name", "title")
SECOND_LEVELS = frozenset({"co", "com", "org", "gov", "ac", "gouv", "asso", "net", "edu", "or"})

LONGEST = 1000  # characters of a link's words that are looked at


@dataclass(frozen=True)
class Target:
    """Where a link leads: `url` as typed, its place in the value at `loc`.

    `words` are those of the link, or the name or title of the record that it is a field of;
    `label` is where they stand in a text, None for a record's own. The first `untyped` characters
    of the address, such as `https://` or `mailto:`, are understood.
    """

    url: str
    words: str
    source: Source
    loc: tuple[str | int, ...]
    start: int
    label: tuple[Passage, int, int] | None = None
    untyped: int = 0

    @property
    def parts(self) -> SplitResult:
        """The parts of the address; empty where it has none."""
        try:
            return urlsplit(self.url)
        except ValueError:
            return urlsplit("")

    @property
    def host(self) -> str:
        """The name of the machine, in lower case, without `www.`."""
        try:
            return (self.parts.hostname or "").removeprefix("www.")
        except ValueError:
            return ""

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the place of the characters [start, end) of the address, as far as it is typed."""
        last = len(self.url) if end is None else end
        first, stop = (max(0, self.start + each - self.untyped) for each in (start, last))
        return self.source.value_span(self.loc, max(first, self.start), max(stop, self.start))

    def edit(self, start: int, end: int, text: str) -> Edit | None:
        """Return the edit of these characters; None where they do not stand so in the file."""
        node = self.source.node(self.loc)
        first, last = (self.start + each - self.untyped for each in (start, end))
        written = node.value[max(first, 0) : last] if isinstance(node, ScalarNode) else None
        if first < self.start or written != self.url[start:end]:
            return None
        return self.source.replace(self.loc, first, last, text)


def targets(proof: Proof) -> tuple[Target, ...]:
    """Return the links of the kit, those of its records first; links to `#ids` are left out."""
    fields = [target for passage in proof.passages for target in _fields(passage)]
    return (*fields, *_of_texts(proof.passages))


def _fields(passage: Passage) -> Iterator[Target]:
    """Yield the links of a record at the passage that is its name, which every such record has."""
    record = passage.record
    if passage.field not in NAMES or passage.number or not isinstance(passage.loc[-1], str):
        return
    for name in FIELDS:
        url = getattr(record, name, None)
        if isinstance(url, str) and name in record.model_fields_set:
            yield Target(url, passage.text, passage.source, (*passage.loc[:-1], name), 0)


def _of_texts(passages: Iterable[Passage]) -> Iterator[Target]:
    for (_, loc), group in groupby(passages, key=lambda each: (each.source.name, each.loc)):
        stretches = [
            (passage, stretch)
            for passage in group
            for stretch in passage.stretches
            if stretch.kind == "link"
        ]
        if not stretches:
            continue
        source = stretches[0][0].source
        typed = iter(prose.links(getattr(source.node(loc), "value", "")))
        for passage, stretch in sorted(stretches, key=lambda pair: _place(*pair)):
            link = next((link for link in typed if link.url == stretch.url), None)
            if link is not None and link.url[:1] != "#" and link.url:
                words = passage.text[stretch.start : min(stretch.end, stretch.start + LONGEST)]
                label = passage, stretch.start, stretch.end
                untyped = max(0, len(link.url) - (link.end - link.start))
                yield Target(link.url, words, source, loc, link.start, label, untyped)


def _place(passage: Passage, stretch: prose.Stretch) -> int:
    places = passage.paragraph.places
    return places[stretch.start] if stretch.start < len(places) else 0


def resolved(target: Target, proof: Proof) -> Target:
    """Return a target with the kit's website in the place of `{website}`."""
    if not target.url.startswith(WEBSITE):
        return target
    url = (proof.kit.edition.website or "") + target.url.removeprefix(WEBSITE)
    return replace(target, url=url, untyped=len(url) - len(target.url) + target.untyped)


def owner(host: str) -> str:
    """Return the part of a host that somebody owns: `www.ville.example.fr` → `example.fr`."""
    labels = host.lower().strip(".").split(".")
    known = len(labels) > 2 and labels[-2] in SECOND_LEVELS and len(labels[-1]) == 2
    return ".".join(labels[-3:] if known else labels[-2:])


ADDRESS = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>(?:[\w-]+\.)+[a-z]{2,})(?P<path>[/?#]\S*)?"
)


def links_lead_where_they_say(proof: Proof, links: Iterable[Target]) -> Iterator[Diagnostic]:
    """A link whose words are an address leads to that site."""
    for target in links:
        if target.label is not None:
            passage, start, end = target.label
            yield from _other_site(target, target.words, passage.span(start, end))
    about, source = proof.kit.edition.about, proof.kit.source
    if about and about.website and about.website_label:
        target = Target(about.website, "", source, ("about", "website"), 0)
        yield from _other_site(target, about.website_label, source.span(("about", "website_label")))


def _other_site(target: Target, words: str, span: Span) -> Iterator[Diagnostic]:
    said = ADDRESS.fullmatch(words.strip().rstrip("/").lower())
    web = target.parts.scheme in ("http", "https") and target.host
    if said is None or "@" in words or not web or owner(said["host"]) == owner(target.host):
        return
    yield finding(
        "L208",
        span,
        N_("“{words}” leads to {host}."),
        N_("Write the address that it leads to, or correct the link."),
        words=words,
        host=target.host,
        related=[Related(target.span(), Message(N_("It leads there.")))],
    )


def one_name_leads_to_one_site(links: Iterable[Target]) -> Iterator[Diagnostic]:
    """Links with the same name lead to the same site."""
    by_words: dict[str, list[Target]] = {}
    for target in links:
        words = " ".join(target.words.replace("’", "'").split()).rstrip(".")
        if _names_somebody(words) and target.host and target.label is not None:
            by_words.setdefault(words, []).append(target)
    for words, found in by_words.items():
        others = [each for each in found if owner(each.host) != owner(found[0].host)]
        if others:
            yield finding(
                "L209",
                others[0].span(),
                N_("“{words}” leads to {host} here, to {other} elsewhere."),
                N_("Correct one of the links, or give it other words."),
                words=words,
                host=others[0].host,
                other=found[0].host,
                related=[Related(found[0].span(), Message(N_("The other link.")))],
            )


def _names_somebody(words: str) -> bool:
    """Return whether a capital stands in the words elsewhere than where sentences begin."""
    return any(word[:1].isupper() for word in re.split(r"[\s'-]", words)[1:])
