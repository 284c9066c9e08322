"""The names that a kit's templates may use: the page that lists them is complete, and true."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from moip_press.kit.computed_figures import filled
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.theme_sheet import theme_of
from moip_press.press.compose import Composer, templates
from moip_press.press.compose.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "en" / "templates.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (`.+?) \| (.+?) \| `(.+)` \|$", re.MULTILINE)


def listed(heading: str) -> dict[str, str]:
    """The names in the table below a heading of the page, each with its example."""
    table = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [
        (name, example.replace("¦", "|"))
        for names, _, example in ROW.findall(table.replace("\\|", "¦"))
        for name in re.findall(r"`(\w+)`", names)
    ]
    assert len(dict(rows)) == len(rows), f"{heading} lists a name twice"
    return dict(rows)


SEEN = listed("What every template sees")
VIEW = listed("What a view holds")
FILTERS = listed("Filters")


@pytest.fixture(scope="module")
def composed() -> tuple[Any, dict[str, Any]]:
    """The environment of the kit of 2021, and what the template of a section sees."""
    kit = read_kit(ROOT / "data" / "2021").kit
    assert kit is not None
    composer = Composer(kit, theme_of(kit))
    chapter = next(each for each in kit.chapters if each.parts[0].part in kit.sections())
    return composer._environment, composer._all_seen(composer._values(chapter, {}))


def test_each_name_is_on_the_page(composed: tuple[Any, dict[str, Any]]) -> None:
    environment, values = composed
    assert SEEN.keys() == values.keys() | environment.globals.keys()
    # the kit has neither an agenda nor an index: theirs are known by name
    assert VIEW.keys() == set(values["pages"][0]) | {"days", "groups", "lists"}


def test_each_filter_of_ours_is_on_the_page(composed: tuple[Any, dict[str, Any]]) -> None:
    ours = composed[0].filters.keys() - Sandbox().filters.keys()
    assert len(ours) > 10
    assert FILTERS.keys() == ours


def test_the_page_says_which_version_it_is_of() -> None:
    assert f"version {templates.INTERFACE} of the interface" in PAGE


OF_BLOCKS = {
    "laid_out": ("report", "table", "Cotisations et dons"),
    "chart": ("report", "chart", "Cotisations et dons"),
    "map_of_france": ("festival", "map", "Bretagne"),
}
"""Filters of the blocks of an article: an example with such a block, and a word of it."""
EXAMPLES = {*SEEN.values(), *VIEW.values()}
EXAMPLES |= {example for name, example in FILTERS.items() if name not in OF_BLOCKS}


@pytest.mark.parametrize("example", sorted(EXAMPLES))
def test_each_example_runs(example: str, composed: tuple[Any, dict[str, Any]]) -> None:
    environment, values = composed
    assert re.search(r"\{[{%]", example)
    made = environment.from_string(example).render({**values, "view": values["pages"][0]})
    assert "Undefined" not in made


@pytest.mark.parametrize("name", sorted(OF_BLOCKS))
def test_each_filter_of_a_block_prints_what_the_block_holds(name: str) -> None:
    example, kind, word = OF_BLOCKS[name]
    kit = read_kit(ROOT / "data" / "examples" / example).kit
    assert kit is not None
    kit = filled(kit)
    composer = Composer(kit, theme_of(kit))
    values = [composer._all_seen(composer._values(each, {})) for each in kit.chapters]
    articles = [
        (seen, page["part"])
        for seen in values
        for page in seen["pages"]
        if page["part"].fields["type"] == "article"
    ]
    template = composer._environment.from_string(FILTERS[name])
    blocks = ((v, b) for v, part in articles for b in part.fields["body"])
    made = [template.render({**v, "block": b}) for v, b in blocks if b.fields["type"] == kind]
    assert word in " ".join(made)
