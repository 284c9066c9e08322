"""What a site offers to take away: the PDFs that were built, calendars, tables of the events."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moip_press.exchange.export import kit_export
from moip_press.exchange.export.exported import Exported
from moip_press.kit import selection
from moip_press.kit.model.kit import Kit
from moip_press.kit.selection import Entry
from moip_press.media.labels import Labels
from moip_press.media.making import ARCHIVE
from moip_press.media.pictures import pictures
from moip_press.press import publish
from moip_press.press.outcome import DOSSIER
from moip_press.report.messages import N_, Catalogue
from moip_press.system.files import inside, read_file
from moip_press.text.folding import fold
from moip_press.web.site.plan import GROUPED, Plan
from moip_press.web.site.shown import Download

CHOSEN = re.compile(rf"({'|'.join(GROUPED)})=(.+)")
"""How the manifest says that a handout is of one region, organiser or theme."""
MOST_MEDIA = 300_000_000
"""Bytes of a media kit that a site holds: it is kept in memory once, as all files of a site are."""
CALENDAR = "programme.ics"


@dataclass(frozen=True)
class Offer:
    """A file that pages offer: ``where`` names these, empty for the front page."""

    download: Download
    where: tuple[str, ...]
    content: bytes


def offers(
    kit: Kit,
    plan: Plan,
    built: Path,
    inputs: Mapping[str, str],
    now: datetime.datetime,
    catalogue: Catalogue,
) -> Iterator[Offer]:
    """Yield what is offered. ``built`` is where PDFs of the kit are, ``inputs`` what it is now."""
    yield from _pdfs(plan, built, inputs, catalogue)
    yield from _media(Labels(kit, now), plan, built, inputs)
    yield from _programme(kit, plan, catalogue)


def subscription(plan: Plan, address: str, catalogue: Catalogue) -> Download:
    """Return the calendar of the programme for programs that read it again and again.

    ``address`` is that of the site: ``webcal:`` is how a link asks a calendar to subscribe.
    """
    path = f"webcal://{address.partition('://')[2]}{plan.folders['file']}/{CALENDAR}"
    return Download(path, catalogue.gettext(N_("Subscribe to the calendar")), "ICS")


def outdated(built: Path, inputs: Mapping[str, str]) -> bool:
    """Return whether the dossier that was built is another than would be built now, or none."""
    entry = publish.entries_of(built).get(DOSSIER)
    return entry is None or not _is_current(entry, inputs)


def _is_current(entry: Mapping[str, Any], inputs: Mapping[str, str]) -> bool:
    return dict(entry.get("inputs", {})) == dict(inputs)


def _pdfs(
    plan: Plan, built: Path, inputs: Mapping[str, str], catalogue: Catalogue
) -> Iterator[Offer]:
    folder = plan.folders["file"]
    for name, entry in sorted(publish.entries_of(built).items()):
        kind = entry.get("kind")
        if kind not in ("dossier", "handout") or not _is_current(entry, inputs):
            continue
        content = _content(built, name, entry)
        if not content:
            continue
        pages = int(entry.get("pages", 0))
        if kind == "dossier":
            words = catalogue.gettext(N_("The press kit"))
            where: tuple[str, ...] = ("", "programme")
        else:
            words, where = str(entry.get("title", "")), tuple(_places(plan, entry))
        file = f"{folder}/{Path(name).name}"
        yield Offer(Download(file, words, "PDF", len(content), pages), where, content)


def _media(labels: Labels, plan: Plan, built: Path, inputs: Mapping[str, str]) -> Iterator[Offer]:
    """Yield the media kit, where it holds what the kit holds now, and may be given to all."""
    entry = publish.entries_of(built).get(ARCHIVE)
    if entry is None or not _is_current(entry, inputs) or int(entry["bytes"]) > MOST_MEDIA:
        return
    until = str(entry.get("until") or "")
    if until and until < labels.now.date().isoformat():
        return
    if list(entry.get("reserves", ())) != list(labels.reserves):
        return
    content = _content(built, ARCHIVE, entry)
    if content:
        pictured = any(not each.ended for each in pictures(labels.kit, labels.now.date()))
        with_pictures = N_("Media kit: pictures, texts, data and PDFs")
        without = N_("Media kit: texts, data and PDFs")
        words = labels.catalogue.gettext(with_pictures if pictured else without)
        file = f"{plan.folders['file']}/{ARCHIVE}"
        yield Offer(Download(file, words, "ZIP", len(content)), ("", "pictures"), content)


def _content(built: Path, name: str, entry: Mapping[str, Any]) -> bytes:
    """Return a file as it was built; nothing where it is another by now."""
    path = inside(built, name)
    content = read_file(path) if path and path.is_file() else b""
    return content if publish.sha256(content) == entry.get("sha256") else b""


def _places(plan: Plan, entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the pages that a handout belongs on: of its section, or of its region."""
    sections = {section.id for section in plan.kit.sections()}
    reads = {part.id for part in plan.read}
    chapters = [str(name) for name in entry.get("chapters", ())]
    yield from (f"section/{name}" for name in chapters if name in sections)
    yield from (f"part/{name}" for name in chapters if name in reads)
    chosen = [CHOSEN.fullmatch(str(each)) for each in entry.get("selection", ())]
    if len(chosen) == 1 and chosen[0]:
        key, name = chosen[0].groups()
        for each in plan.gathered[key]:
            if fold(each.name) == fold(name.strip('"')):
                yield f"{key}/{each.id}"


def _programme(kit: Kit, plan: Plan, catalogue: Catalogue) -> Iterator[Offer]:
    entries = selection.entries(kit)
    whole = Exported(kit, entries)
    if not entries:
        return
    folder = plan.folders["file"]
    say = catalogue.gettext
    if whole.dated:
        yield from _calendars(kit, plan, whole, say(N_("Calendar")))
    for form, words in (("csv", N_("Table of the events")), ("json", N_("Data of the events"))):
        content = kit_export.writer(form)(whole)
        path = f"{folder}/programme.{form}"
        download = Download(path, say(words), form.upper(), len(content))
        yield Offer(download, ("programme",), content)


def _calendars(kit: Kit, plan: Plan, whole: Exported, words: str) -> Iterator[Offer]:
    # its library, which a kit without events does not need
    from moip_press.exchange.export.ics_calendar import Calendars  # noqa: PLC0415

    calendars = Calendars(whole)

    def calendar(path: str, where: str, entries: Sequence[Entry]) -> Offer:
        content = calendars.of(entries)
        return Offer(Download(path, words, "ICS", len(content)), (where,), content)

    yield calendar(f"{plan.folders['file']}/{CALENDAR}", "programme", whole.dated)
    for section in kit.sections():
        entries = [entry for entry in whole.dated if entry.section is section]
        if entries:
            path = f"{plan.folders['section']}/{section.id}.ics"
            yield calendar(path, f"section/{section.id}", entries)
    for entry in whole.dated:
        path = f"{plan.folders['event']}/{entry.event.id}.ics"
        yield calendar(path, f"event/{entry.event.id}", [entry])
