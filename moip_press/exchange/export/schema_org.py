"""The programme as schema.org Events in JSON-LD, for search engines and the kit's website.

Google's guide to *Event* asks for a name, a beginning and a place. ``eventStatus`` says what became
of an event, ``previousStartDate`` where it moved from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import get_territory_currencies

from moip_press.exchange.export.event_facts import (
    DayRun,
    day_runs,
    status_of,
    takes_place,
    text_of,
)
from moip_press.exchange.export.exported import Exported
from moip_press.kit.model.edition import Edition
from moip_press.kit.model.records import Event
from moip_press.kit.selection import Entry
from moip_press.kit.when import Period, When
from moip_press.kit.zones import country_at, zone_at
from moip_press.text.telephone import COUNTRIES

CODED = re.compile(r"([0-9]{5}) (\D.*)|(.*\D) ([A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2})")
"""A town with its postcode, as French and British addresses have it."""

CONTEXT = "https://schema.org"
Node = dict[str, Any]


def schema_org(exported: Exported) -> bytes:
    """Return the campaign and the events that others may see, one graph."""
    events = [event_node(exported, entry) for entry in exported.dated]
    graph = [campaign(exported), *events]
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)
    # it may stand in a page of the website, where a tag would end it
    return (text.replace("</", "<\\/") + "\n").encode()


def campaign(exported: Exported) -> Node:
    """Return the kit as a series of events."""
    edition = exported.kit.edition
    return filled(
        {
            "@type": "EventSeries",
            "@id": _id(exported, "kit"),
            "name": edition.title,
            "disambiguatingDescription": "\n".join(exported.reserves),
            "description": edition.claim or edition.tagline,
            "inLanguage": edition.language,
            "startDate": edition.period.start.isoformat(),
            "endDate": edition.period.end.isoformat(),
            "location": _country(edition, country_at(edition)),
            "url": edition.website,
            "organizer": {"@type": "Organization", "name": edition.publisher.name},
            "keywords": list(edition.keywords),
        }
    )


def event_node(exported: Exported, entry: Entry) -> Node:
    """Return an event; one of several sessions with each of them as an event below it."""
    node = _event(exported, entry)
    if not entry.event.sessions:
        return node
    whole = {"superEvent": {"@id": node["@id"]}}
    said = ("description", "performer", "keywords", "organizer", "audience")
    apart = zip(entry.event.each_session(), entry.event.apart(), strict=True)
    nodes = [
        _event(exported, replace(entry, event=each), full=session.status == "full")
        for session, each in apart
        if each.when.known
    ]
    below = [{name: value for name, value in n.items() if name not in said} | whole for n in nodes]
    return {**node, "subEvent": below}


def _event(exported: Exported, entry: Entry, *, full: bool = False) -> Node:
    """Return an event; ``full`` tells that no seats are left."""
    event, edition = entry.event, exported.kit.edition
    zone = zone_at(edition, event)
    when, names = event.moment, [speaker.split(",")[0] for speaker in event.speakers]
    return filled(
        {
            "@type": "Event",
            "@id": _id(exported, event.id),
            "identifier": event.id,
            "name": event.title,
            "disambiguatingDescription": _reserve(exported, event),
            **_status(event, edition.period.value, zone),
            **_times(when, edition.period.value, zone),
            **_where(exported, event),
            "description": "\n".join(text_of(exported, event)),
            "organizer": [{"@type": "Organization", "name": name} for name in event.organisers],
            "audience": event.audience and {"@type": "Audience", "audienceType": event.audience},
            "typicalAgeRange": event.age,
            "performer": [{"@type": "Person", "name": name} for name in names],
            "maximumAttendeeCapacity": event.capacity,
            **_offers(event, edition, full=full or _all_full(event)),
            "keywords": event.theme,
            "inLanguage": list(event.languages) or event.language or edition.language,
            "url": event.link or edition.fallback_link,
            "potentialAction": event.registration
            and {"@type": "RegisterAction", "target": event.registration},
            "superEvent": {"@id": _id(exported, "kit")},
        }
    )


def _all_full(event: Event) -> bool:
    """Return whether no session of an event has seats left, where it lists any."""
    return bool(event.sessions) and all(session.status == "full" for session in event.sessions)


def _offers(event: Event, edition: Edition, *, full: bool) -> Node:
    """Return what an event costs: in its own words, and in numbers where these say it."""
    if not event.price:
        return {}
    prices, currency = prices_in(event.price)
    country = (edition.country or COUNTRIES[edition.language]).upper()
    offer: Node = {
        "@type": "AggregateOffer" if len(set(prices)) > 1 else "Offer",
        "description": event.price,
        "url": event.registration or event.link,
        "availability": f"{CONTEXT}/{'SoldOut' if full else 'InStock'}",
    }
    if prices:
        known = get_territory_currencies(country)
        offer["priceCurrency"] = currency or (known[-1] if known else None)
        several = {"lowPrice": min(prices), "highPrice": max(prices)}
        offer |= several if len(set(prices)) > 1 else {"price": prices[0]}
    if event.status == "cancelled":
        del offer["availability"]
    free = {"isAccessibleForFree": True} if prices and not any(prices) else {}
    return {"offers": {n: v for n, v in offer.items() if v not in (None, "")}, **free}


def _id(exported: Exported, name: str) -> str:
    return f"urn:{exported.namespace}:{name}"


def _reserve(exported: Exported, event: Event) -> str:
    draft = (status_of(exported, event),) if event.status == "draft" else ()
    return "\n".join((*exported.reserves, *draft))


def _status(event: Event, period: Period, zone: ZoneInfo | None) -> Node:
    name = "Scheduled"
    if event.status == "cancelled":
        name = "Cancelled"
    elif event.status == "postponed":
        name = "Rescheduled" if takes_place(event) else "Postponed"
    status: Node = {"eventStatus": f"{CONTEXT}/Event{name}"}
    if name == "Rescheduled":
        status["previousStartDate"] = _times(event.when, period, zone)["startDate"]
    return status


def _times(when: When, period: Period, zone: ZoneInfo | None) -> Node:
    """Return when an event begins and ends; its days where they or their hours are several."""
    times = sorted(day_runs(when, period), key=lambda each: str(each.begins(zone)))
    node: Node = {"startDate": times[0].begins(zone).isoformat()}
    if when.kind != "open":
        node["endDate"] = max(filter(None, (_end(each, zone) for each in times)), default=None)
    single = len(times) == 1 and (times[0].days == 1 or times[0].slot is None)
    if not single or (when.kind == "open" and when.slots):
        node["eventSchedule"] = [_schedule(each, when, zone) for each in times]
    return node


def _end(run: DayRun, zone: ZoneInfo | None) -> str | None:
    """Return when a stretch ends: its last day where it has no hours, none where unknown."""
    last = DayRun(run.last, 1, run.slot)
    if run.slot is None:
        return last.first.isoformat()
    end = last.ends(zone)
    if end:
        return end.isoformat()
    return last.first.isoformat() if run.days > 1 else None


def _schedule(run: DayRun, when: When, zone: ZoneInfo | None) -> Node:
    slot = run.slot
    return filled(
        {
            "@type": "Schedule",
            "startDate": run.first.isoformat(),
            "endDate": None if when.kind == "open" else run.last.isoformat(),
            "startTime": slot and slot.start.isoformat(),
            "endTime": slot and slot.end and slot.end.isoformat(),
            "repeatFrequency": "P1D" if run.days > 1 or when.kind == "open" else None,
            "scheduleTimezone": zone.key if zone and slot else None,
        }
    )


def _where(exported: Exported, event: Event) -> Node:
    """Return where an event is held, and whether one can be there."""
    places = list(_places(exported, event))
    if not places:
        edition = exported.kit.edition
        return {"location": _country(edition, country_at(edition, event))}
    real = any(place["@type"] == "Place" for place in places)
    mode = {(True, True): "Mixed", (True, False): "Offline", (False, True): "Online"}
    return {
        "eventAttendanceMode": f"{CONTEXT}/{mode[real, event.online]}EventAttendanceMode",
        "location": places[0] if len(places) == 1 else places,
    }


def _country(edition: Edition, code: str | None) -> Node | None:
    """Return the country as a place: all that can be said of what has no place and no region.

    An organiser's address would be wrong wherever they go out, and search engines drop an event
    without a place.
    """
    if not code:
        return None
    name = Locale(edition.language).territories.get(code, code)
    address = {"@type": "PostalAddress", "addressCountry": code}
    return {"@type": "Place", "name": name, "address": address}


def _places(exported: Exported, event: Event) -> Iterator[Node]:
    place, edition = event.place, exported.kit.edition
    if place or event.region:
        code, town = _coded(str(place.town or "")) if place else ("", "")
        address = {
            "@type": "PostalAddress",
            "streetAddress": place and place.address,
            "postalCode": code,
            "addressLocality": town,
            "addressRegion": event.region,
            # a town alone may lie abroad
            "addressCountry": country_at(edition, event)
            if edition.country or event.region or code
            else None,
        }
        named = (place and (place.venue or place.address or place.town)) or event.region
        yield {"@type": "Place", "name": named, "address": filled(address)}
    if event.online:
        url = event.registration or event.link or edition.website
        yield filled({"@type": "VirtualLocation", "url": url})


def _coded(town: str) -> tuple[str, str]:
    """Return the postcode that is written with a town, and the town alone."""
    found = CODED.fullmatch(town)
    if found is None:
        return "", town
    return (found[1], found[2]) if found[1] else (found[4], found[3])


def filled(node: Mapping[str, Any]) -> Node:
    """Return a node without what says nothing."""
    empty: Iterable[Any] = (None, "", [], {})
    return {name: value for name, value in node.items() if value not in empty}


# --- prices -------------------------------------------------------------------------------------

NUMBER = r"(?<![\d.,])(?:\d{1,3}(?:\s\d{3}){1,3}|\d{1,9}(?:[.,]\d{1,2})?)(?!\d)"
AMOUNT = re.compile(
    rf"(?P<before>[£$€])?\s?(?:(?P<first>{NUMBER})\s?(?:€|£)?\s?(?:à|et|ou|to|or|and|-|–|/)\s?)?"
    rf"(?P<last>{NUMBER})\s?(?(before)|(?P<after>€|£|euros?\b|EUR\b))",
    re.IGNORECASE,
)
"""An amount or a range with its currency: "12 €", "de 8 à 25 €", "£5"."""
SIGNS = {"€": "EUR", "euro": "EUR", "eur": "EUR", "£": "GBP", "$": "USD"}
FREE = re.compile(r"\b(?:gratuit\w*|(?:entrée|accès) libre|libre d'accès|free)\b", re.IGNORECASE)


def prices_in(words: str) -> tuple[tuple[float, ...], str]:
    """Return the prices that words name, and their currency: ``((8.0, 12.0), "EUR")``.

    No currency where nothing costs anything, no prices where none is named.
    """
    found: list[float] = []
    currency = ""
    for amount in AMOUNT.finditer(words):
        sign = amount["before"] or amount["after"]
        currency = currency or SIGNS[sign.lower()[:4]]
        numbers = filter(None, (amount["first"], amount["last"]))
        found += [float(re.sub(r"\s", "", number).replace(",", ".")) for number in numbers]
    if FREE.search(words):
        found.insert(0, 0.0)
    return tuple(found), currency
