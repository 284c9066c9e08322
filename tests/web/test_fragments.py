"""Pieces of HTML for a page of others: what each holds, and that it harms no page around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from markupsafe import Markup

from moip_press.press.compose import templates
from moip_press.press.compose.sandbox import Sandbox
from moip_press.press.compose.views import Given, View
from moip_press.web.addresses import Target, within_page
from moip_press.web.fragments import Fragment
from tests.web.kits import KITS, ROOT, composer, kit_of, picture


def pieces(folder: Path, level: int = 2, *, nested: bool = False) -> tuple[Fragment, ...]:
    return composer(folder).fragments(within_page, picture, level, nested=nested)


@pytest.fixture(scope="module", params=KITS)
def made(request: pytest.FixtureRequest) -> tuple[Fragment, ...]:
    return pieces(KITS[request.param])


@dataclass
class Seen(HTMLParser):
    """What a program reads of a piece."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def values(self, attribute: str) -> list[str]:
        return [given[attribute] for _, given in self.tags if attribute in given]


def seen(*found: Fragment) -> Seen:
    reader = Seen()
    for each in found:
        reader.feed(each.html)
    return reader


def one(found: Sequence[Fragment], kind: str, name: str) -> Fragment:
    return next(each for each in found if (each.kind, each.id) == (kind, name))


def test_headings_begin_at_the_chosen_level_and_skip_none(made: tuple[Fragment, ...]) -> None:
    for each in made:
        levels = [int(tag[1]) for tag, _ in seen(each).tags if re.fullmatch("h[1-6]", tag)]
        assert levels or each.kind == "part", each.id
        assert levels[:1] in ([], [2])
        before = 2
        for level in levels:
            assert level <= before + 1, each.id
            before = level


def test_ids_and_classes_are_never_those_of_the_page_around(made: tuple[Fragment, ...]) -> None:
    classes = {name for value in seen(*made).values("class") for name in value.split()}
    assert len(classes) > 20
    assert all(name.startswith("moip-") for name in classes)
    page = [each for each in made if each.kind != "lab"]  # their article holds them too
    names = seen(*page).values("id")
    assert all(name.startswith("moip-") for name in names)
    assert len(names) == len(set(names))


def test_a_piece_runs_nothing_and_styles_nothing(made: tuple[Fragment, ...]) -> None:
    found = seen(*made)
    assert {tag for tag, _ in found.tags}.isdisjoint(
        {"script", "style", "iframe", "object", "link"}
    )
    assert not found.values("style")
    assert not [name for _, given in found.tags for name in given if name.startswith("on")]


def test_each_link_within_the_page_leads_to_something(made: tuple[Fragment, ...]) -> None:
    found = seen(*made)
    names = set(found.values("id"))
    links = [href for href in found.values("href") if href.startswith("#")]
    assert links
    assert {href[1:] for href in links} <= names


def test_where_links_lead_nowhere_their_words_stay() -> None:
    folder = KITS["heard"]
    alone = fragments_of(folder)
    assert not [h for h in seen(*alone).values("href") if h.startswith("#")]
    linked = one(pieces(folder), "part", "agenda")
    plain = one(alone, "part", "agenda")
    assert "".join(seen(linked).text) == "".join(seen(plain).text)


def fragments_of(folder: Path) -> tuple[Fragment, ...]:
    """The pieces of a kit without a site."""
    return composer(folder).fragments(lambda _: None, lambda _: None)


def test_links_get_the_addresses_that_the_page_has_for_them() -> None:
    def address(target: Target) -> str:
        return f"https://example.org/{target.kind}/{target.id}/?a=1&b=2"

    made = composer(KITS["heard"]).fragments(address, picture)
    hrefs = seen(one(made, "part", "agenda")).values("href")
    assert "https://example.org/event/ouverture/?a=1&b=2" in hrefs


def test_a_page_number_becomes_the_title_of_what_is_there() -> None:
    made = pieces(KITS["heard"])
    html = one(made, "part", "le-mot-de-la-maire").html
    said = "«\N{NO-BREAK SPACE}Les lectures\N{NO-BREAK SPACE}»"
    assert f'Elle commence <a href="#moip-section-les-lectures">{said}</a>.' in html


def test_footnotes_end_their_piece_and_lead_back() -> None:
    piece = next(each for each in pieces(KITS["report"]) if "doc-endnotes" in each.html)
    found = seen(piece)
    notes = [name for name in found.values("id") if "--note-" in name]
    calls = [name for name in found.values("id") if "--call-" in name]
    assert notes
    assert len(notes) == len(calls)
    hrefs = found.values("href")
    assert {f"#{name}" for name in (*notes, *calls)} <= set(hrefs)
    assert piece.html.index("doc-noteref") < piece.html.index("doc-endnotes")


def test_words_have_the_typography_of_the_pages() -> None:
    html = "".join(each.html for each in pieces(KITS["2021"]))
    assert "rendez-vous\N{NARROW NO-BREAK SPACE}!" in html
    assert "8<sup>e</sup>" in html
    assert " !" not in html


def test_dates_are_read_by_programs(tmp_path: Path) -> None:
    folder = kit_of(
        tmp_path,
        "  - {title: Un soir, when: '6 mars, 18:00-20:00'}\n"
        "  - {title: Trois jours, when: 8 au 10 mars}\n"
        "  - {title: Deux jours, when: 6 et 8 mars}\n"
        "  - {title: Plus tard, when: date à confirmer}\n",
    )
    made = [each for each in pieces(folder) if each.kind == "event"]
    times = [seen(each).values("datetime") for each in made]
    assert times == [
        ["2023-03-06T18:00"],
        ["2023-03-08", "2023-03-10"],
        ["2023-03-06", "2023-03-08"],
        [],
    ]


def test_what_is_cancelled_or_moved_says_so(tmp_path: Path) -> None:
    folder = kit_of(
        tmp_path,
        "  - {title: Annulé, when: 6 mars, status: cancelled}\n"
        "  - {title: Reporté, when: 7 mars, status: postponed, postponed_to: 9 mars}\n",
    )
    cancelled, moved = (each for each in pieces(folder) if each.kind == "event")
    assert "ANNULÉ" in cancelled.html
    assert '<s class="moip-old"><time datetime="2023-03-06">' in cancelled.html
    assert "REPORTÉ" in moved.html
    assert seen(moved).values("datetime") == ["2023-03-09", "2023-03-07"]


def test_texts_of_a_stranger_stay_texts(tmp_path: Path) -> None:
    hostile = '<img src=x onerror=alert(1)> \\" class=x </script> <b>x</b>'
    folder = kit_of(
        tmp_path,
        f'  - title: "{hostile}"\n    when: 6 mars\n    text: "{hostile}"\n'
        f'    price: "{hostile}"\n    organisers: ["{hostile}"]\n    speakers: ["{hostile}"]\n'
        f'    place: {{venue: "{hostile}"}}\n',
    )
    found = seen(*(made := pieces(folder)))
    assert "img" not in {tag for tag, _ in found.tags}
    assert "b" not in {tag for tag, _ in found.tags}
    event = next(each for each in made if each.kind == "event")
    assert "".join(seen(event).text).count("<img src=x onerror=alert(1)>") >= 4


def test_events_stand_below_their_section_where_all_are_on_one_page() -> None:
    made = pieces(KITS["2021"], nested=True)
    levels = {each.kind: each.level for each in made}
    assert (levels["section"], levels["event"]) == (2, 3)
    section = one(made, "section", "operateurs")
    assert not [href for href in seen(section).values("href") if href.startswith("#moip-event")]
    assert one(made, "event", "universite-innovation-paca").parents == ("operateurs",)


def test_people_are_one_piece_with_all_that_is_said_of_them() -> None:
    made = pieces(KITS["heard"])
    person = one(made, "person", "camille-durand")
    assert {"#moip-part-le-mot-de-la-maire", "#moip-part-communique-ouverture"} <= set(
        seen(person).values("href")
    )


def test_a_kit_has_templates_of_its_own_for_pieces(tmp_path: Path) -> None:
    folder = tmp_path / "kit"
    copytree(KITS["heard"], folder)
    (folder / "templates" / "web").mkdir(parents=True)
    (folder / "templates" / "web" / "about.html").write_text(
        '{% include "builtin/web/about.html" %}<p>{{ kit.title|text }}</p>', encoding="utf-8"
    )
    about = one(pieces(folder), "part", "about").html
    assert about.startswith('<section class="moip-about"')
    assert about.endswith("<p>Semaine de la lecture</p>\n")


def test_each_class_is_on_the_page_of_the_documentation() -> None:
    page = (ROOT / "docs" / "en" / "pieces.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(moip-[a-z-]+)`", page))
    found = {
        c for kit in KITS.values() for v in seen(*pieces(kit)).values("class") for c in v.split()
    }
    blocks = {name for name in found if name.startswith("moip-block-")}
    assert len(blocks) > 10
    assert found - blocks <= named


def test_templates_of_pieces_reach_nothing_but_plain_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[Any] = []
    whole = templates.render

    def render(env: Sandbox, name: str, values: dict[str, Any]) -> str:
        given.extend(values.values())
        return whole(env, name, values)

    monkeypatch.setattr(templates, "render", render)
    found = composer(KITS["heard"])
    found.fragments(within_page, picture)
    known, waiting = set[int](), [*given, *found._environment.globals.values()]
    while waiting:
        value = waiting.pop()
        assert type(value) in SEEN, type(value)
        if id(value) not in known:
            known.add(id(value))
            waiting += inner(value)
    assert len(known) > 100


SEEN = {type(None), bool, int, float, str, Markup, dict, list, tuple, View, Given}


def inner(value: Any) -> list[Any]:
    if isinstance(value, View):
        return list(value.fields.values())
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else []
