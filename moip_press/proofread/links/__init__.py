"""Links, addresses, telephone numbers and press contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.proofread.links.link_addresses import (
    addresses_can_be_followed,
    broken_addresses,
    e_mail_can_arrive,
    links_are_safe,
    telephones_can_ring,
    typed_in_texts,
)
from moip_press.proofread.links.missing_links import (
    contacts_are_printed,
    contacts_are_there,
    events_have_their_links,
)
from moip_press.proofread.links.targets import (
    links_lead_where_they_say,
    one_name_leads_to_one_site,
    resolved,
    targets,
)
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Diagnostic


def links_are_right(proof: Proof) -> Iterator[Diagnostic]:
    """Links have sound addresses, and words that fit them; they are looked up once for all."""
    links = targets(proof)
    yield from addresses_can_be_followed(links)
    yield from links_are_safe(links)
    yield from e_mail_can_arrive(proof, links)
    yield from telephones_can_ring(proof, links)
    whole = [resolved(link, proof) for link in links]
    yield from links_lead_where_they_say(proof, whole)
    yield from one_name_leads_to_one_site(whole)


FINDERS: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (
    contacts_are_there,
    contacts_are_printed,
    events_have_their_links,
    links_are_right,
    typed_in_texts,
    broken_addresses,
)
