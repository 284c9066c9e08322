"""Pages that end at their foot: gaps grow within bounds, and nothing goes to another page."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit_files import read_kit
from moip_press.pdf.typeset import full_pages
from moip_press.press.layout import Layout
from tests.feet import feet

KIT = """\
title: Semaine du numérique
language: fr
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
chapters: [programme.yaml]
"""
TEXT = "Une rencontre où chacun vient avec une question et repart avec une autre. " * 4


def written(folder: Path, dates: list[str], more: str = "") -> Path:
    events = "".join(
        f"  - {{title: Rencontre {number}, id: e{number}, when: '{date}', text: '{TEXT}'}}\n"
        for number, date in enumerate(dates, 1)
    )
    section = f"type: programme\nid: p\ntitle: Programme\nopener: band\nspacing: normal\n{more}"
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "programme.yaml").write_text(f"{section}events:\n{events}", encoding="utf-8")
    return folder


def layout(folder: Path) -> Layout:
    kit = read_kit(folder).kit
    assert kit is not None
    return Layout(kit, Theme(kit.folder), lambda *_: None)


def tops(made: Layout) -> list[tuple[int, float]]:
    """Where each event stands: its page, and the millimetres above it."""
    (chapter,) = made.assembly.chapters
    found = sorted(
        (int(number), spot)
        for name, spot in chapter.laid.anchors.items()
        for number in re.findall(r"--e(\d+)$", name)
    )
    return [(spot.page, spot.top) for _, spot in found]


DATES = [f"{day} novembre" for day in range(1, 15)]


@pytest.fixture
def unfilled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """The same pages before they are filled."""
    with monkeypatch.context() as patch:
        patch.setattr(full_pages, "_share", lambda *_, **__: (0.0, 0.0))
        return layout(written(tmp_path, DATES))


def test_the_foot_of_a_page_is_full_and_no_event_changes_its_page(
    tmp_path: Path, unfilled: Layout
) -> None:
    folder = written(tmp_path, DATES)
    stretched, plain = tops(layout(folder)), tops(unfilled)
    kit = read_kit(folder).kit
    assert kit is not None
    inner = [foot for _, last, foot in feet(kit) if not last]
    assert inner
    assert max(inner) < 1
    assert [page for page, _ in stretched] == [page for page, _ in plain]
    grown = [full - bare for (_, full), (_, bare) in zip(stretched, plain, strict=True)]
    assert max(grown) > 4
    assert min(grown) >= 0


def test_a_gap_grows_by_ten_millimetres_at_most(tmp_path: Path, unfilled: Layout) -> None:
    stretched, plain = tops(layout(written(tmp_path, DATES))), tops(unfilled)
    steps = [
        (after - before) - (plain_after - plain_before)
        for ((page, before), (next_page, after)), ((_, plain_before), (_, plain_after)) in zip(
            pairwise(stretched), pairwise(plain), strict=True
        )
        if page == next_page
    ]
    assert steps
    assert 0 < max(steps) <= 10.001


def test_a_kit_may_say_that_nothing_stretches(tmp_path: Path, unfilled: Layout) -> None:
    folder = written(tmp_path, DATES)
    (folder / "styles").mkdir()
    (folder / "styles" / "kit.css").write_text(
        ".event, .programme > .closing, .programme > .introduction { --stretch: 0mm }\n"
    )
    assert tops(layout(folder)) == tops(unfilled)


def heads(folder: Path) -> list[str]:
    """What stands in the margin above each page, but for the running title."""
    (chapter,) = layout(folder).assembly.chapters
    return [
        next((line.text for line in sheet.lines if line.margin and "suite" in line.text), "")
        for sheet in chapter.laid.sheets
    ]


def test_a_day_that_goes_on_is_named_at_the_top_of_the_next_page(tmp_path: Path) -> None:
    days = ["3 novembre"] * 2 + ["25 novembre, 9:00"] * 8 + ["26 novembre"] * 5
    folder = written(tmp_path, days)
    places = [page for page, _ in tops(layout(folder))]
    expected = []
    for page in range(places[-1] + 1):
        first = places.index(page)
        goes_on = page > 0 and days[first].split(",")[0] == days[first - 1].split(",")[0]
        expected.append(f"{days[first].split(',')[0]} (suite)" if goes_on else "")
    assert any(expected)
    assert [head.replace("\xa0", " ") for head in heads(folder)] == expected


def test_what_is_cancelled_does_not_lend_its_date_to_the_next_event(tmp_path: Path) -> None:
    folder = written(tmp_path, ["3 novembre"] * 3)
    text = (folder / "programme.yaml").read_text(encoding="utf-8")
    (folder / "programme.yaml").write_text(
        text.replace("id: e2,", "id: e2, status: cancelled,"), encoding="utf-8"
    )
    (chapter,) = layout(folder).assembly.chapters
    words = " ".join(line.text for sheet in chapter.laid.sheets for line in sheet.lines)
    assert words.count("mercredi") == 3


@pytest.mark.parametrize(
    ("days", "any_order"), [((3, 9, 5, 12, 20), False), ((20, 3, 12, 1, 9), True)]
)
def test_where_dates_have_no_order_each_event_has_its_own(
    tmp_path: Path, days: tuple[int, ...], any_order: bool
) -> None:
    dates = [f"{day} novembre" for day in days]
    folder = written(tmp_path, [*dates, dates[-1]], "order: kit\n")
    made = layout(folder)
    html = made.composer.chapter(made.kit.chapters[0], {}).html
    assert ("any-order" in html) is any_order
    assert ("data-day=" in html) is not any_order
