"""The words of links against where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from moip_press.proofread.links.targets import ADDRESS, Target, owner
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "L208",
        "words-and-target",
        WARNING,
        N_("The words of a link are an address, and it leads to another site."),
        N_("Readers of the screen and readers of paper end in different places."),
        "text: Inscription sur [www.example.org](https://www.example.com).",
        "text: Inscription sur [www.example.org](https://www.example.org).",
    ),
    Rule(
        "L209",
        "one-name-two-sites",
        WARNING,
        N_("Links with the same name lead to different sites."),
        N_("Often one of them is that of last year. What differs needs other words."),
        "text: |\n  [Ville de Lille](https://www.example.org) et\n"
        "  [Ville de Lille](https://www.example.com)",
        "text: |\n  [Ville de Lille](https://www.example.org) et\n"
        "  [Musées de Lille](https://www.example.com)",
        N_("WCAG 2.2, criterion 2.4.4: the purpose of a link"),
    ),
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
        Message.of(N_("“{words}” leads to {host}."), words=words, host=target.host),
        Message(N_("Write the address that it leads to, or correct the link.")),
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
                Message.of(
                    N_("“{words}” leads to {host} here, to {other} elsewhere."),
                    words=words,
                    host=others[0].host,
                    other=found[0].host,
                ),
                Message(N_("Correct one of the links, or give it other words.")),
                related=[Related(found[0].span(), Message(N_("The other link.")))],
            )


def _names_somebody(words: str) -> bool:
    """Tell whether a capital stands in the words elsewhere than where sentences begin."""
    return any(word[:1].isupper() for word in re.split(r"[\s'-]", words)[1:])
