"""Which issue of a kit this is: its version, its date, and until when it is under embargo.

In words, as the pages, the exports and the messages say it, and as file names bear it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from moip_press.kit.model.edition import Edition
from moip_press.kit.model.fields import slug
from moip_press.kit.model.parts import Communique, Part
from moip_press.kit.when import (
    When,
    WhenError,
    date_in_words,
    in_words,
    parse_date,
    parse_when,
    times_in_words,
)
from moip_press.report.messages import N_, Catalogue
from moip_press.text.typography import plain

NUMBERED = re.compile(r"[vV]? ?([0-9]+(?:\.[0-9]+)*)")
LONGEST = 60  # characters of a version in words that the foot of a page has room for
EMBARGO_MARK = {"fr": "sous-embargo", "en": "embargoed"}
DRAFT_MARK = {"fr": "brouillon", "en": "draft"}


def number(version: str) -> str | None:
    """Return the digits of a version that is a number: ``"v3"`` → ``"3"``; else ``None``."""
    found = NUMBERED.fullmatch(version)
    return found[1] if found else None


def version_words(edition: Edition) -> str:
    """Return the version in words: “Version 3”, or as it was typed; empty where there is none."""
    if edition.version is None:
        return ""
    digits = number(edition.version)
    if digits is None:
        return plain(edition.version, edition.language)
    said = Catalogue(edition.language).gettext(N_("Version {number}"))
    return plain(said.format(number=digits), edition.language)


def issue_words(edition: Edition) -> str:
    """Return version and date: “Version 3, 26 octobre 2021”; empty where there is no version."""
    version = version_words(edition)
    if not version or edition.date_of_issue is None:
        return version
    day = plain(date_in_words(edition.date_of_issue, edition.language), edition.language)
    return f"{version}, {day}"


def embargo_words(edition: Edition) -> str:
    """Return “Sous embargo jusqu’au 2 novembre 2021 à 6 h”; empty where there is no embargo."""
    if edition.embargo is None:
        return ""
    said = Catalogue(edition.language).gettext(N_("Embargoed until {moment}"))
    moment = moment_words(edition.embargo, edition.language)
    return plain(said.format(moment=moment), edition.language)


def reserves(edition: Edition) -> tuple[str, ...]:
    """Return what a reader has to know first: that there is an embargo, that it is a draft."""
    draft = Catalogue(edition.language).gettext("Draft") if edition.status == "draft" else ""
    return tuple(filter(None, (embargo_words(edition), draft)))


def foot_line(edition: Edition) -> str:
    """Return the second line at the foot of every page; the embargo first, whatever follows.

    Empty where there is neither embargo nor version.
    """
    embargo, said = embargo_words(edition), issue_words(edition)
    if len(said) > LONGEST:
        said = f"{said[:LONGEST].rstrip()}…"
    draft = Catalogue(edition.language).gettext("Draft") if edition.status == "draft" else ""
    found = (embargo, draft, said) if embargo or said else ()
    return " · ".join(words for words in found if words)


def of_parts(edition: Edition, parts: Iterable[Part]) -> Edition:
    """Return the edition as pages with these parts say it: a press release may have its embargo."""
    own = (part.embargo for part in parts if isinstance(part, Communique) and part.embargo)
    embargo = next(own, None)
    return edition.model_copy(update={"embargo": embargo}) if embargo else edition


def titled(title: str, edition: Edition) -> str:
    """Return the title of a PDF, behind what a reader has to know first."""
    return " – ".join((*reserves(edition), title))


def facts(edition: Edition) -> dict[str, str]:
    """Return what the manifest says of the issue: nothing where the kit says nothing."""
    said = {
        "version": str(edition.version or ""),
        "date": edition.date_of_issue.isoformat() if edition.date_of_issue else "",
        "status": edition.status,
        "embargo": moment_iso(edition.embargo) if edition.embargo else "",
    }
    if not (edition.version or edition.embargo or edition.status == "draft"):
        return {}
    return {name: value for name, value in said.items() if value}


def told(said: Mapping[str, str], language: str) -> Iterator[str]:
    """Yield what ``facts`` say of a date, an embargo and a draft, in words."""
    catalogue = Catalogue(language)
    with suppress(WhenError):
        yield date_in_words(parse_date(said.get("date", ""), language), language)
    with suppress(WhenError):
        moment = parse_when(said.get("embargo", "").replace("T", " "), language)
        words = moment_words(moment, language)
        yield catalogue.gettext("Embargoed until {moment}").format(moment=words)
    if said.get("status") == "draft":
        yield catalogue.gettext("Draft")


def moment_iso(moment: When) -> str:
    """Return a day and its hour as ISO 8601 writes them: ``2021-11-02T06:00``."""
    hours = [slot.start.isoformat("minutes") for slot in moment.slots]
    return "T".join([moment.start.isoformat(), *hours])


def moment_words(moment: When, language: str) -> str:
    """Return a day and its hour: “2 novembre 2021 à 6 h”, “6am on 2 November 2021”."""
    day = in_words(moment, language, year=True)
    hour = times_in_words(moment, language)
    if not hour:
        return day
    return f"{day} {hour}" if language == "fr" else f"{hour} on {day}"


def file_mark(edition: Edition) -> str:
    """Return what a file's name says of the issue: ``-v3-sous-embargo-2021-11-02-06h00``.

    Empty where there is nothing to say; a draft says so too.
    """
    marks = [version_mark(edition.version)] if edition.version else []
    if edition.status == "draft":
        marks.append(DRAFT_MARK[edition.language])
    if edition.embargo is not None:
        marks += [EMBARGO_MARK[edition.language], _stamp(edition.embargo)]
    return "".join(f"-{mark}" for mark in marks)


def version_mark(version: str) -> str:
    """Return a version as a name of files and folders: ``"3"`` → ``"v3"``, in ASCII."""
    digits = number(version)
    return f"v{digits}" if digits else slug(version)


def _stamp(moment: When) -> str:
    hours = [f"{slot.start:%Hh%M}" for slot in moment.slots]
    return "-".join([moment.start.isoformat(), *hours])
