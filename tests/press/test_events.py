"""Events on their pages: none torn, none printed over another, whatever they hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit_files import read_kit
from moip_press.press import journey
from moip_press.press.compose import Composer
from tests.keeping import KEPT
from tests.reading import Pdf

if TYPE_CHECKING:
    from pathlib import Path

KIT = """\
title: Semaine du numérique
language: fr
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
chapters: [cover, programme.yaml]
"""


def built(folder: Path, events: str) -> Pdf:
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "programme.yaml").write_text(
        f"type: programme\ntitle: Programme\nopener: band\nspacing: normal\nevents:\n{events}",
        encoding="utf-8",
    )
    build = journey.build(folder, folder / "output", cache=KEPT)
    assert build.dossier is not None
    return Pdf(build.dossier.path)


@pytest.mark.parametrize(
    "event",
    [
        "  - title: Titre {n}\n    id: e{n}\n    when: {day} novembre\n",
        (
            "  - title: Titre {n}\n    id: e{n}\n    text: Un mot.\n"
            "    when: {day} novembre, 9:00-10:00 et 11:00-12:00 et 14:00-15:00 et 16:00-18:00\n"
        ),
    ],
    ids=["a-title-alone", "a-date-taller-than-its-text"],
)
def test_no_event_is_torn_over_two_pages(tmp_path: Path, event: str) -> None:
    pdf = built(
        tmp_path, "".join(event.format(n=number, day=3 + number % 2) for number in range(40))
    )
    assert len(pdf) > 3
    for page in range(2, len(pdf) + 1):
        text = pdf.page(page)
        titles = len(re.findall(r"Titre \d", text))
        assert titles > 0
        assert len(re.findall("mercredi|jeudi", text)) == titles
        assert len(re.findall("novembre", text)) == titles
        assert len(re.findall("16 h – 18 h", text)) in (0, titles)


def test_an_event_longer_than_a_page_runs_on(tmp_path: Path) -> None:
    paragraph = "      " + "innovation publique et territoire " * 40 + "\n\n"
    pdf = built(
        tmp_path,
        f"  - title: Long\n    when: 3 novembre\n    text: |\n{paragraph * 8}"
        "  - title: Court\n    when: 4 novembre\n",
    )
    assert len(re.findall("territoire", pdf.text)) == 320
    assert pdf.page(2).count("Long") == 1
    assert "Court" in pdf.page(len(pdf))


def test_what_is_cancelled_or_moved_is_said_and_drawn_so(tmp_path: Path) -> None:
    pdf = built(
        tmp_path,
        "  - title: Annulée\n    when: 3 novembre\n    status: cancelled\n"
        "  - title: Reportée\n    when: 4 novembre\n    status: postponed\n"
        "    postponed_to: 11 novembre\n",
    )
    assert "ANNULÉ Annulée" in pdf.page(2)
    assert "REPORTÉ Reportée" in pdf.page(2)
    assert "11 novembre" in pdf.page(2)
    assert {link.anchor for link in pdf.links if link.page == 1} == {"programme--reportee"}


TWO = (
    "  - title: Avec une page\n    when: 3 novembre\n    link: https://www.example.org/une\n"
    "  - title: Sans page\n    when: 4 novembre\n    text: Le texte.\n"
)
SITE = "website: https://www.example.org/mois/\n"


def leads(folder: Path, edition: str, section: str = "") -> list[tuple[str, str]]:
    """The links of a section: their words and targets."""
    (folder / "kit.yaml").write_text(KIT + edition, encoding="utf-8")
    (folder / "programme.yaml").write_text(
        f"type: programme\ntitle: Programme\nevents:\n{TWO}{section}", encoding="utf-8"
    )
    kit = read_kit(folder).kit
    assert kit is not None
    html = Composer(kit, Theme(folder)).chapter(kit.chapters[1], {}).html.replace("\u00a0", " ")
    return [
        (words, to) for to, words in re.findall(r'<a [^>]*?href="(http[^"]*)"[^>]*>(.*?)</a>', html)
    ]


OWN = ("En savoir plus →", "https://www.example.org/une")
WHOLE = ("Toutes les informations : www.example.org/mois", "https://www.example.org/mois/")


@pytest.mark.parametrize(
    ("edition", "section", "expected"),
    [
        ("", "", [OWN]),
        (SITE, "", [OWN, WHOLE]),
        (SITE + "closing: À bientôt\n", "", [OWN, WHOLE]),
        (SITE + "closing: Tout est [ici]({website})\n", "", [OWN, ("ici", WHOLE[1])]),
        (SITE, "closing_links: [{title: Là}]\n", [OWN, ("→ Là", WHOLE[1])]),
        (SITE + "link_fallback: website\n", "", [OWN, (OWN[0], WHOLE[1])]),
    ],
    ids=["no-website", "website", "closing-without-link", "closing", "closing-links", "fallback"],
)
def test_an_event_leads_to_its_own_page_and_a_section_to_the_website(
    tmp_path: Path, edition: str, section: str, expected: list[tuple[str, str]]
) -> None:
    assert leads(tmp_path, edition, section) == expected
