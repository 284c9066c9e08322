"""The words of links against where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from moip_press.proofread.links.targets import ADDRESS, Target, owner
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_


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
