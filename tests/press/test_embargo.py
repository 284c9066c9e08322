"""What leaves the team before its hour: nothing, unless somebody asks for that by name."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.press.embargo import withheld

KIT = """\
title: Semaine
period: {start: 2023-03-06, end: 2023-03-12}
publisher: {name: Ville}
"""


def kit_of(folder: Path, more: str, release: str = "") -> Kit:
    (folder / "kit.yaml").write_text(f"{KIT}{more}chapters: [cover, release.yaml]\n")
    (folder / "release.yaml").write_text(f"type: communique\ntitle: Ouverture\n{release}")
    kit = read_kit(folder).kit
    assert kit is not None
    return kit


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("more", "release", "ends"),
    [
        ("embargo: 6 mars 2023 à 6 h\n", "", "2023-03-06T06:00+01:00"),
        ("embargo: 6 mars 2023\n", "", "2023-03-06T00:00+01:00"),
        ("embargo: 6 mars 2023 à 6 h\ntimezone: Indian/Reunion\n", "", "2023-03-06T06:00+04:00"),
        ("", "embargo: 7 mars 2023 à 6 h\n", "2023-03-07T06:00+01:00"),
        ("embargo: 6 mars 2023\n", "embargo: 7 mars 2023 à 6 h\n", "2023-03-07T06:00+01:00"),
    ],
)
def test_a_kit_is_withheld_up_to_the_hour_of_its_embargo(
    tmp_path: Path, more: str, release: str, ends: str
) -> None:
    kit, end = kit_of(tmp_path, more, release), at(ends)
    assert withheld(kit, end - datetime.timedelta(seconds=1)) is not None
    assert withheld(kit, end) is None


def test_the_sentence_says_until_when(tmp_path: Path) -> None:
    kit = kit_of(tmp_path, "embargo: 6 mars 2023\n", "embargo: 7 mars 2023 à 6 h\n")
    said = withheld(kit, at("2023-03-01T00:00+00:00"))
    assert said is not None
    assert dict(said.values)["moment"] == "7 mars 2023 à 6 h"


def test_a_draft_is_withheld_where_that_is_asked(tmp_path: Path) -> None:
    kit = kit_of(tmp_path, "status: draft\n")
    now = at("2023-03-01T00:00+00:00")
    assert withheld(kit, now) is None
    assert withheld(kit, now, drafts=True) is not None
