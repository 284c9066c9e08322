"""The legend of the cover: short titles, and columns that fit."""

from __future__ import annotations

import pytest

from moip_press.kit.model.looks import USUAL_PAGE
from moip_press.press.compose.legend import legend_of, short_titles
from moip_press.press.compose.openers import IN_A_COLUMN, LISTED, opener_of


@pytest.mark.parametrize(
    ("language", "titles", "short"),
    [
        (
            "fr",
            ("Les événements des opérateurs et des établissements", "Les événements du ministère"),
            ("Opérateurs et établissements", "Ministère"),
        ),
        ("fr", ("Les ateliers de l’été", "Les ateliers de la rue"), ("Été", "Rue")),
        ("fr", ("Les événements des A", "Les événements des B"), ("A", "B")),
        ("en", ("Events at the sea", "Events for you"), ("Sea", "You")),
        ("fr", ("Les concerts", "Les débats"), ("Les concerts", "Les débats")),
        (
            "fr",
            ("Les événements", "Les événements du soir"),
            ("Les événements", "Les événements du soir"),
        ),
        ("fr", ("Les événements des associations",), ("Les événements des associations",)),
    ],
)
def test_what_all_titles_begin_with_is_left_out(
    language: str, titles: tuple[str, ...], short: tuple[str, ...]
) -> None:
    assert short_titles(titles, language) == short


def test_many_sections_stand_in_three_columns_and_too_many_in_none() -> None:
    columns = [
        legend_of([f"Section {n} {'x' * 20}" for n in range(count)], "fr", USUAL_PAGE, 1).columns
        for count in (6, 18, 90)
    ]
    assert columns == [2, 3, 0]


@pytest.mark.parametrize(
    ("count", "wanted", "kind", "columns"),
    [
        (0, "half", "band", 0),
        (4, "half", "half", 1),
        (4, "page", "half", 1),
        (LISTED["half"][1] + 1, "half", "band", 0),
        (IN_A_COLUMN["half"] + 1, "half", "half", 2),
        (IN_A_COLUMN["page"], "page", "page", 1),
        (IN_A_COLUMN["page"] + 1, "page", "page", 2),
        (LISTED["page"][1] + 1, "page", "band", 0),
        (40, "band", "band", 0),
    ],
)
def test_an_opener_is_no_taller_than_its_agenda_fills(
    count: int, wanted: str, kind: str, columns: int
) -> None:
    opener = opener_of(count, wanted)
    assert (opener.kind, opener.columns) == (kind, columns)
