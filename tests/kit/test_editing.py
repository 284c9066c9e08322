"""A file that is changed by a program keeps every character that was not meant."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moip_press.kit import source
from moip_press.kit.editing import Drop, Insert, Operation, Passage, Put, edit, unwrapped
from moip_press.kit.source import Source

ROOT = Path(__file__).parents[2]
ORDER = ("title", "id", "organisers", "when", "text", "link", "place", "status")
SECTION = """\
# Le programme
type: programme
title: "Les rendez-vous"   # entre guillemets

events:
  # le premier
  - id: ouverture
    title: Portes ouvertes
    organisers: [LaBase, Siilab]   # deux
    when: 8 novembre
    text: |
      Venez découvrir le laboratoire autour
      d'un café, puis d'un thé, et restez
      pour la visite.

      Deuxième alinéa.
    place: {venue: Halle, town: Lyon}

  - id: atelier
    title: 'Un atelier : le design'
    organisers:
      - CNFPT
    when: 9 novembre
    text: >
      Un texte plié
      sur deux lignes.
# la fin de la liste
closing_links: []
"""


def read(text: str) -> Source:
    found = source.parse_yaml(text.encode(), "programme.yaml")
    assert found.diagnostics == ()
    return found


def edited(text: str, *operations: Operation) -> str:
    """The text after operations, none of which may be refused."""
    done = edit(read(text), operations, lambda _: ORDER)
    assert done.refused == ()
    return done.text


def changes(text: str, *operations: Operation) -> list[str]:
    """The lines that go, with -, and those that come, with +."""
    old, new = text.splitlines(), edited(text, *operations).splitlines()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return [*(f"-{line}" for line in old), *(f"+{line}" for line in new)]


# --- one value -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loc", "value", "lines"),
    [
        (
            ("title",),
            "Nos rendez-vous",
            [
                '-title: "Les rendez-vous"   # entre guillemets',
                '+title: "Nos rendez-vous"   # entre guillemets',
            ],
        ),
        (
            ("events", 0, "title"),
            "MEETUP #6",
            ["-    title: Portes ouvertes", "+    title: 'MEETUP #6'"],
        ),
        (
            ("events", 1, "title"),
            "L'atelier",
            ["-    title: 'Un atelier : le design'", '+    title: "L\'atelier"'],
        ),
        (
            ("events", 0, "place", "town"),
            "Lyon, 3e",
            [
                "-    place: {venue: Halle, town: Lyon}",
                '+    place: {venue: Halle, town: "Lyon, 3e"}',
            ],
        ),
        (
            ("events", 0, "organisers"),
            ["LaBase", "Etat'LIN"],
            [
                "-    organisers: [LaBase, Siilab]   # deux",
                "+    organisers: [LaBase, Etat'LIN]   # deux",
            ],
        ),
        (("events", 1, "organisers"), ["CNFPT", "Insee"], ["+      - Insee"]),
    ],
)
def test_a_value_changes_in_its_own_style(
    loc: tuple[Any, ...], value: Any, lines: list[str]
) -> None:
    assert changes(SECTION, Put(loc, value)) == lines


def test_of_a_text_only_the_lines_change_whose_words_do() -> None:
    text = Passage(
        "Venez découvrir le laboratoire autour d'un café, puis d'un chocolat, et restez "
        "pour la visite.\n\nDeuxième alinéa."
    )
    assert changes(SECTION, Put(("events", 0, "text"), text)) == [
        "-      d'un café, puis d'un thé, et restez",
        "+      d'un café, puis d'un chocolat, et restez",
    ]


def test_a_text_of_one_line_becomes_one_below_a_bar() -> None:
    short = "- title: Un\n  text: Court  # à revoir\n"
    assert edited(short, Put((0, "text"), Passage("Un alinéa.\n\nUn autre."))) == (
        "- title: Un\n  text: |  # à revoir\n    Un alinéa.\n\n    Un autre.\n"
    )


def test_a_folded_text_stays_folded() -> None:
    lines = changes(SECTION, Put(("events", 1, "text"), Passage("Un texte plié.\nUn autre.")))
    assert lines == [
        "-      Un texte plié",
        "-      sur deux lignes.",
        "+      Un texte plié.",
        "+",
        "+      Un autre.",
    ]


def test_french_signs_stay_with_their_words() -> None:
    lines = "a" * 30 + " b c d e f g h i\n      suite\n"
    text = f"- text: |\n    {lines.replace('      ', '    ')}"
    long = "mot " * 30 + "« oui » ? non !"
    written = edited(text, Put((0, "text"), Passage(long)))
    assert len(written.splitlines()) > 3
    assert not re.search(r"(?m)^ *[»?!]|« *$", written)


# --- fields --------------------------------------------------------------------------------


def test_a_new_field_stands_where_its_neighbours_have_it() -> None:
    assert changes(SECTION, Put(("events", 1, "place", "town"), "Paris")) == [
        "+    place: {town: Paris}"
    ]
    assert changes(SECTION, Put(("events", 0, "status"), "cancelled")) == ["+    status: cancelled"]
    assert changes(SECTION, Put(("events", 0, "link"), "https://example.org")) == [
        "+    link: https://example.org"
    ]


def test_a_new_first_field_stands_beside_the_hyphen() -> None:
    assert edited("list:\n- when: hier\n  text: x\n", Put(("list", 0, "title"), "Un")) == (
        "list:\n- title: Un\n  when: hier\n  text: x\n"
    )


def test_a_field_goes_with_its_line() -> None:
    assert changes(SECTION, Drop(("events", 1, "when"))) == ["-    when: 9 novembre"]
    assert changes(SECTION, Drop(("events", 0, "place", "venue"))) == [
        "-    place: {venue: Halle, town: Lyon}",
        "+    place: {town: Lyon}",
    ]
    both = (Drop(("events", 0, "place", "venue")), Drop(("events", 0, "place", "town")))
    assert changes(SECTION, *both) == ["-    place: {venue: Halle, town: Lyon}"]


def test_fields_side_by_side_are_changed_added_and_taken_out_at_once() -> None:
    text = "- title: Un\n  when: hier\n- title: Deux\n"
    after = (
        "- title: Eins\n  link: https://example.org\n- title: Entre\n- title: Deux\n- title: Fin\n"
    )
    operations = (
        Drop((0, "when")),
        Put((0, "title"), "Eins"),
        Put((0, "link"), "https://example.org"),
        Insert((), 1, {"title": "Entre"}),
        Insert((), 2, {"title": "Fin"}),
    )
    assert edited(text, *operations) == after


# --- records -------------------------------------------------------------------------------

NEW = {"title": "Nouveau : un", "when": "3 novembre", "id": "nouveau", "organisers": ["A", "B"]}


def test_a_new_record_is_written_as_its_neighbours_are() -> None:
    assert changes(SECTION, Insert(("events",), 99, NEW)) == [
        "+",
        "+  - id: nouveau",
        "+    title: 'Nouveau : un'",
        "+    organisers: [A, B]",
        "+    when: 3 novembre",
    ]
    assert changes(SECTION, Insert(("events",), 1, NEW))[-1] == "+"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("events: []\n", "events:\n  - title: Un\n    when: hier\n"),
        ("events: [] # rien\n", "events: # rien\n  - title: Un\n    when: hier\n"),
        ("events:\n", "events:\n  - title: Un\n    when: hier\n"),
        ("events:   # rien\nid: x\n", "events:   # rien\n  - title: Un\n    when: hier\nid: x\n"),
        ("id: x", "id: x\nevents:\n  - title: Un\n    when: hier"),
        (
            "events:\n- {title: A, when: b}\n",
            "events:\n- {title: A, when: b}\n- {title: Un, when: hier}\n",
        ),
        ("events: [{title: A}]", "events: [{title: A}, {title: Un, when: hier}]"),
        (
            '{"events": [{"title": "A"}]}',
            '{"events": [{"title": "A"}, {"title": "Un", "when": "hier"}]}',
        ),
        (
            "type: programme\ntitle: P\n# fin\n",
            "type: programme\ntitle: P\nevents:\n  - title: Un\n    when: hier\n# fin\n",
        ),
        (
            "events:\n-   title: A\n    # vu\n# fin",
            "events:\n-   title: A\n    # vu\n\n-   title: Un\n    when: hier\n# fin",
        ),
        (
            "events:\r\n  - title: A\r\n",
            "events:\r\n  - title: A\r\n\r\n  - title: Un\r\n    when: hier\r\n",
        ),
    ],
)
def test_a_first_or_further_record_finds_its_place(text: str, after: str) -> None:
    written = edited(text, Insert(("events",), 99, {"title": "Un", "when": "hier"}))
    assert written.replace("events:  #", "events: #") == after


def test_a_file_that_would_not_hold_what_is_meant_stays_as_it_is() -> None:
    text = "? title\n: Un\nlist: [a, b]\n"
    good, bad = Put(("list",), ["a", "c"]), Put(("list", 0, "x"), "y")
    done = edit(read(text), [bad, good])
    assert done.refused == (bad,)
    assert done.text == text.replace("b]", "c]")


def test_equal_values_change_nothing() -> None:
    events: Any = read(SECTION).plain()
    texts = [
        Put(("events", n, "text"), Passage(unwrapped(events["events"][n]["text"]))) for n in (0, 1)
    ]
    assert edited(SECTION, *texts, Put(("title",), "Les rendez-vous")) == SECTION


# --- any file ------------------------------------------------------------------------------

WORDS = st.text(
    st.sampled_from(list("abcé '\":#,[]{}|>-!?&*%@`~\\0_.«»\u00a0\u202f😀")),
    min_size=1,
    max_size=20,
).filter(lambda text: text.strip(" ") != "" and text == text.strip(" "))
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map("\n\n".join)
STYLES = ("plain", "single", "double", "literal", "folded")


def written(value: str, style: str, column: int, newline: str) -> str:
    """A text as somebody might have typed it."""
    if style == "literal":
        lines = [" " * (column + 3) + line if line else "" for line in value.split("\n")]
        return "|" + "".join(newline + line for line in lines)
    if "\n" in value or style == "double":
        signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}
        return '"' + "".join(signs.get(sign, sign) for sign in value) + '"'
    if style == "single":
        return "'" + value.replace("'", "''") + "'"
    safe = re.fullmatch(r"[a-cé][a-cé ]*", value)
    return value if safe else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file of records in odd styles: comments, line ends, indentation, brackets."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    indent = draw(st.sampled_from([0, 1, 2, 4]))
    gap = draw(st.sampled_from([" ", "   "]))
    note = st.sampled_from(["", "", "  # vu", " #!"])
    lines = draw(st.lists(st.sampled_from(["", "# un", "#"]), max_size=2))
    lines += [f"title: {written(draw(WORDS), draw(st.sampled_from(STYLES)), 0, newline)}"]
    records = draw(st.integers(0, 4))
    lines.append("events:" + (draw(note) if records else " []"))
    for _ in range(records):
        lines += draw(st.lists(st.sampled_from(["", " " * indent + "# avant"]), max_size=2))
        column = indent + 1 + len(gap)
        names = draw(st.permutations(["title", "text", "when"]))[: draw(st.integers(1, 3))]
        if draw(st.booleans()):
            inner = ", ".join(f"{n}: {written(draw(WORDS), 'double', 0, newline)}" for n in names)
            lines.append(f"{' ' * indent}-{gap}{{{inner}}}{draw(note)}")
            continue
        for number, name in enumerate(names):
            style = draw(st.sampled_from(STYLES))
            value = draw(TEXTS if name == "text" else WORDS)
            after = "" if style == "literal" else draw(note)
            start = f"{' ' * indent}-{gap}" if number == 0 else " " * column
            lines.append(f"{start}{name}: {written(value, style, column, newline)}{after}")
    lines += draw(st.lists(st.sampled_from(["", "# fin", "last: x"]), max_size=2, unique=True))
    return newline.join(lines) + draw(st.sampled_from(["", newline]))


@st.composite
def edits(draw: st.DrawFn) -> tuple[Source, list[Operation]]:
    found = source.parse_yaml(draw(files()).encode(), "any.yaml")
    if found.diagnostics:  # a word that only looks like a mistake
        found = read("title: a\nevents: []\n")
    plain: Any = found.plain()
    operations: dict[Any, Operation] = {}
    for _ in range(draw(st.integers(1, 5))):
        records = len(plain["events"] or ())
        index = draw(st.integers(0, records))
        kind = draw(st.sampled_from(["put", "drop", "insert"]))
        if kind == "insert" or index == records:
            record = {"title": draw(WORDS), "text": Passage(draw(TEXTS))}
            operations["insert", index, len(operations)] = Insert(("events",), index, record)
            continue
        name = draw(st.sampled_from(["title", "text", "when", "place"]))
        loc = ("events", index, name)
        if kind == "drop" and name in plain["events"][index]:
            operations[loc] = Drop(loc)
        elif name == "place":
            operations[loc] = Put((*loc, "town"), draw(WORDS))
        else:
            operations[loc] = Put(loc, Passage(draw(TEXTS)) if name == "text" else draw(WORDS))
    return found, list(operations.values())


def same(found: Any, meant: Any) -> bool:
    if isinstance(meant, str):
        return bool(unwrapped(found) == unwrapped(meant))
    if isinstance(meant, dict):
        return found.keys() == meant.keys() and all(same(found[k], meant[k]) for k in meant)
    if isinstance(meant, list):
        return len(found) == len(meant) and all(map(same, found, meant))
    return bool(found == meant)


def meant(plain: Any, operations: list[Operation]) -> Any:
    new = copy.deepcopy(plain)
    for each in operations:
        if isinstance(each, Put):
            record = new["events"][each.loc[1]]
            if len(each.loc) == 4:
                record = record.setdefault(each.loc[2], {})
            record[each.loc[-1]] = str(each.value)
        elif isinstance(each, Drop):
            new["events"][each.loc[1]].pop(each.loc[2])
    inserts = [each for each in operations if isinstance(each, Insert)]
    for index in sorted({each.index for each in inserts}, reverse=True):
        values = [each.value for each in inserts if each.index == index]
        new["events"][index:index] = values
    return new


def comments(text: str) -> list[str]:
    return re.findall(r"# (?:un|vu|avant|fin)$", text, re.MULTILINE)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits())
def test_any_file_holds_what_is_meant_and_keeps_the_rest(given_: Any) -> None:
    found, operations = given_
    done = edit(found, operations, lambda _: ORDER)
    kept = [each for each in operations if each not in done.refused]
    again = source.parse_yaml(done.text.encode(), "any.yaml")
    assert again.diagnostics == ()
    assert same(again.plain(), meant(found.plain(), kept))
    if not any(isinstance(each, Drop) for each in operations):
        assert done.refused == ()
        assert comments(done.text.replace("\r", "")) == comments(found.text.replace("\r", ""))
    touched = {each.loc[1] for each in kept if len(each.loc) > 1}
    if not any(isinstance(each, Insert) for each in kept):
        records: Any = found.root
        for number, node in enumerate(records.entry("events")[1].items):
            if number not in touched:
                assert found.text[node.start : node.end] in done.text


def test_every_text_of_the_kit_of_2021_is_written_back_as_it_stands() -> None:
    paths = sorted((ROOT / "data/2021").rglob("*.yaml"))
    assert len(paths) > 10
    for path in paths:
        found = source.read_yaml(path, path.name)
        assert isinstance(found.plain(), dict)
        root: Any = found.plain()
        operations = [Put((name,), _passages(value)) for name, value in root.items()]
        assert edit(found, operations).text == found.text


def _passages(value: Any) -> Any:
    if isinstance(value, str):
        return Passage(unwrapped(value)) if "\n" in value else value
    if isinstance(value, dict):
        return {name: _passages(item) for name, item in value.items()}
    return [_passages(item) for item in value]
