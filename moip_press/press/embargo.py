"""Whether what is made of a kit may leave the team yet.

A dossier says on each page until when it is embargoed, and whoever gets it has agreed to that.
Pieces for a web page, a site and a media kit go further at a touch: they are made before the hour
only where somebody asks for that by name, with ``--embargoed``.
"""

from __future__ import annotations

import datetime

from moip_press.kit import issue
from moip_press.kit.model.edition import Edition
from moip_press.kit.model.kit import Kit
from moip_press.kit.zones import zone_of
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_


def withheld(kit: Kit, now: datetime.datetime, *, drafts: bool = False) -> Message | None:
    """Return why a kit is withheld; None where it may leave.

    It is up to the moment of its embargo, and of that of each press release in it; ``drafts``: as
    long as it is a draft, too. ``now`` is a moment with its zone.
    """
    edition = standing(kit, now)
    if edition.embargo is not None:
        moment = issue.moment_words(edition.embargo, edition.language)
        return Message.of(
            N_(
                "This kit is embargoed until {moment}: nothing was written. Whoever gets such "
                "files can read all of it at once; add --embargoed if that is meant."
            ),
            moment=moment,
        )
    if drafts and kit.edition.status == "draft":
        return Message(
            N_(
                "This kit is a draft: nothing was written. Add --embargoed if it is to be shown "
                "as it is."
            )
        )
    return None


def standing(kit: Kit, now: datetime.datetime) -> Edition:
    """Return the edition with the embargo that holds longest, its own or that of a press release.

    It has none where the last one has ended by ``now``.
    """
    latest = _issues(kit)[0]
    ends = _end(latest)
    holds = ends is not None and now < ends
    return kit.edition.model_copy(update={"embargo": latest.embargo if holds else None})


def _issues(kit: Kit) -> list[Edition]:
    """Return the edition as its parts say it, the latest embargo first."""
    found = [kit.edition]
    found += [issue.of_parts(kit.edition, [placed.part]) for placed in kit.parts()]
    latest = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return sorted(found, key=lambda edition: _end(edition) or latest, reverse=True)


def _end(edition: Edition) -> datetime.datetime | None:
    """Return when an embargo ends; of a day without an hour, as it begins."""
    if edition.embargo is None or not edition.embargo.known:
        return None
    hours = [slot.start for slot in edition.embargo.slots] or [datetime.time()]
    zone = zone_of(edition) or datetime.UTC
    return datetime.datetime.combine(edition.embargo.start, hours[0], zone)
