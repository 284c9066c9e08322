"""The kits of the tests of pieces, and what is made of them."""

from __future__ import annotations

import datetime
from pathlib import Path

from moip_press.kit.computed_figures import filled
from moip_press.proofread.review import review
from moip_press.system.cache import Cache
from moip_press.web.addresses import Target
from moip_press.web.fragments import Fragment, FragmentComposer
from moip_press.web.illustrations import Illustration

ROOT = Path(__file__).parents[2]
KITS = {
    "2021": ROOT / "data" / "2021",
    "report": ROOT / "data" / "examples" / "report",
    "festival": ROOT / "data" / "examples" / "festival",
    "heard": ROOT / "tests" / "kits" / "heard",
}
TODAY = datetime.date(2026, 1, 1)
SITE = "https://presse.example.org/"


def composer(folder: Path) -> FragmentComposer:
    read = review(folder, TODAY, Cache())
    assert read.kit is not None
    assert read.faults.ok
    return FragmentComposer(filled(read.kit.printed()), read.theme)


def picture(file: str) -> Illustration:
    return Illustration(f"images/{file.rpartition('/')[2]}", width=640, height=480)


def address(target: Target) -> str:
    return f"{target.kind}/{target.id}"


def fragments_with_site(folder: Path) -> tuple[Fragment, ...]:
    """The pieces of a kit whose site is at ``SITE``."""
    return composer(folder).fragments(address, picture, base=SITE)


def kit_of(tmp_path: Path, events: str = "", more: str = "") -> Path:
    """A kit of one section with these events, and more lines of ``kit.yaml``."""
    folder = tmp_path / "kit"
    folder.mkdir()
    (folder / "kit.yaml").write_text(
        "title: Semaine\nperiod: {start: 2023-03-06, end: 2023-03-12}\n"
        "publisher: {name: Ville}\ncontacts:\n  - {id: a, name: Alix, email: a@example.org}\n"
        f"chapters: [cover, programme.yaml]\n{more}",
        encoding="utf-8",
    )
    (folder / "programme.yaml").write_text(
        f"type: programme\ntitle: Lectures\nevents:\n{events}", encoding="utf-8"
    )
    return folder
