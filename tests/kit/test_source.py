"""What a press officer types in a YAML file, and what is read or said about it."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from moip_press.kit import source
from moip_press.report.diagnostics import Position, Severity, Span
from moip_press.report.messages import Catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from moip_press.report.diagnostics import Diagnostic, Edit

ENGLISH = Catalogue("en")
bounded = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def parse(text: str | bytes) -> source.Source:
    return source.parse_yaml(text if isinstance(text, bytes) else text.encode(), "a.yaml")


def marked(read: source.Source, span: Span) -> str:
    """The characters of a span."""
    start, end = read.source.offset(span.start), read.source.offset(span.end)
    return read.text[start:end]


def applied(read: source.Source, edits: Iterable[Edit]) -> str:
    text = read.text
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        start, end = read.source.offset(edit.span.start), read.source.offset(edit.span.end)
        text = text[:start] + edit.text + text[end:]
    return text


def only(read: source.Source) -> Diagnostic:
    [diagnostic] = read.diagnostics
    assert diagnostic.hint is not None
    return diagnostic


def hint(diagnostic: Diagnostic) -> str:
    assert diagnostic.hint is not None
    return ENGLISH.say(diagnostic.hint)


# --- what is read -----------------------------------------------------------------------


def test_a_byte_order_mark_within_a_text_is_read() -> None:
    read = parse("a: b\ufeffc\nd: |\n  \ufeffUn mot\n")
    assert read.diagnostics == ()
    assert read.plain() == {"a": "b\ufeffc", "d": "\ufeffUn mot\n"}


def test_scalars_stay_text() -> None:
    read = parse("when: 18:30\nno: no\nday: 2021-11-01\nempty:\nnothing: null\ntilde: ~\nq: ''\n")
    assert read.plain() == {
        "when": "18:30",
        "no": "no",
        "day": "2021-11-01",
        "empty": None,
        "nothing": None,
        "tilde": None,
        "q": "",
    }
    assert read.diagnostics == ()


@pytest.mark.parametrize(
    "data",
    [
        b"title: \xc3\xa9t\xc3\xa9\nlist: [a, b]\n",
        b"\xef\xbb\xbftitle: \xc3\xa9t\xc3\xa9\nlist: [a, b]\n",
        b"title: \xc3\xa9t\xc3\xa9\r\nlist: [a, b]\r\n",
        b"title: \xc3\xa9t\xc3\xa9\nlist: [a, b]",
        b"---\ntitle: \xc3\xa9t\xc3\xa9\nlist:\n- a\n- b\n...\n",
        b"# yaml-language-server: $schema=x\ntitle: \"\\u00e9t\\xe9\" # or so\nlist: ['a', b]\n",
    ],
    ids=["plain", "bom", "crlf", "no-final-line-end", "markers", "comments"],
)
def test_files_from_every_editor_read_alike(data: bytes) -> None:
    read = parse(data)
    assert read.diagnostics == ()
    assert read.plain() == {"title": "été", "list": ["a", "b"]}
    assert read.span(("list", 1), key=True).start.line >= 2


@pytest.mark.parametrize(("text", "value"), [("- a\n- b\n", ["a", "b"]), ("words\n", "words")])
def test_a_list_or_a_text_is_read_and_left_to_the_caller(text: str, value: object) -> None:
    assert parse(text).plain() == value
    assert parse(text).diagnostics == ()


def test_a_file_is_read_from_disk_under_the_name_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "kit.yaml").write_bytes(b"title: x\n")
    read = source.read_yaml(tmp_path / "kit.yaml", "data/kit.yaml")
    assert read.name == "data/kit.yaml"
    assert read.lines == ("title: x",)
    assert read.span(("title",)).file == "data/kit.yaml"
    with pytest.raises(OSError, match="kit2"):
        source.read_yaml(tmp_path / "kit2.yaml", "kit2.yaml")


# --- where it stands --------------------------------------------------------------------

KIT = """\
title: "Mois"
events:
  - id: a
    when: 1er novembre # or 2
  - {id: b, when: 3 novembre}
text: |
  Un
  deux

last: x
"""


@pytest.mark.parametrize(
    ("loc", "key", "expected"),
    [
        (("title",), False, '"Mois"'),
        (("title",), True, "title"),
        (("events", 0, "when"), False, "1er novembre"),
        (("events", 1), False, "{id: b, when: 3 novembre}"),
        (("events", 1), True, "{id: b, when: 3 novembre}"),
        (("events", 1, "when"), True, "when"),
        (("events", 0), False, "id: a\n    when: 1er novembre"),
        (("text",), False, "|\n  Un\n  deux"),
        (("last",), False, "x"),
        # where the path leads further than the file: the first line of what there is
        (("events", 0, "place"), False, "id: a"),
        (("events", 0, "place"), True, "id: a"),
        (("events", 7), False, "- id: a"),
        (("title", "x"), False, '"Mois"'),
        (("nothing",), False, 'title: "Mois"'),
    ],
)
def test_spans_of_values_and_keys(loc: source.Loc, key: bool, expected: str) -> None:
    read = parse(KIT)
    assert marked(read, read.span(loc, key=key)) == expected


def test_lines_and_columns_count_characters_from_one() -> None:
    read = parse("\ufeffa: x\r\n😀é: [ü, 😀, z]\r\n")
    assert read.span(("😀é", 2)) == Span("a.yaml", Position(2, 12), Position(2, 13))
    assert read.span(("a",)).start == Position(1, 4)


def test_positions_in_an_empty_file() -> None:
    read = parse("")
    assert read.span(("title",)) == Span.of_file("a.yaml")
    assert read.value_span(("title",), 0, 3) == Span.of_file("a.yaml")
    assert read.plain() is None


def pieces(read: source.Source, loc: source.Loc = ("k",)) -> list[tuple[str, str]]:
    """Each character of a value beside the characters of the file it comes from."""
    node = read.node(loc)
    assert isinstance(node, source.ScalarNode)
    return [
        (character, marked(read, read.value_span(loc, place, place + 1)))
        for place, character in enumerate(node.value)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("k: ab\n", ["a", "b"]),
        ("k: a\n   b\n", ["a", "\n   ", "b"]),
        ("k: a \n\n \n  b\n", ["a", "\n", "\n", "b"]),
        ("k: 'a''b'\n", ["a", "''", "b"]),
        ("k: ' a\n  b '\n", [" ", "a", "\n  ", "b", " "]),
        ('k: "\\u00e9\\x41\\"\\n"\n', ["\\u00e9", "\\x41", '\\"', "\\n"]),
        ('k: "\\U0001F600\\L\\ \\/"\n', ["\\U0001F600", "\\L", "\\ ", "\\/"]),
        ('k: "a \\\n  b"\n', ["a", " ", "b"]),
        ('k: "a\\\n\n  \\ b"\n', ["a", "\n", "\\ ", "b"]),
        ('k: "a\r\n  b\r\n\r\n c"\r\n', ["a", "\r\n  ", "b", "\r\n", "c"]),
        ("k: |\n  a\n   b\n", ["a", "\n", " ", "b", "\n"]),
        ("k: |2-  # note\n    a\n  b\n\n", [" ", " ", "a", "\n", "b"]),
        ("k: |+\n  a\n\n\n", ["a", "\n", "\n", "\n"]),
        ("k: |\r\n  a\r\n  b\r\n", ["a", "\r\n", "b", "\r\n"]),
        ("k: |\n\n\n  a", ["\n", "\n", "a"]),
        ("k: >\n  a\n  b\n\n  c\n", ["a", "\n  ", "b", "\n", "c", "\n"]),
        ("k: >-\n  a\n   b\n  c\n", ["a", "\n", " ", "b", "\n", "c"]),
        ("k: >-\n  a\n\n   b\n\n\n  c\n", ["a", "\n", "\n", " ", "b", "\n", "\n", "\n", "c"]),
        ("k: >+\n  a\n\n", ["a", "\n", "\n"]),
        ("k: >1\n   a\n b\n", [" ", " ", "a", "\n", "b", "\n"]),
        ("k: a\u2028b\n", ["a", "\u2028", "b"]),
        ("k: |\n  a\u2029b\x85c\n", ["a", "\u2029", "b", "\x85", "c", "\n"]),
        ('k: "a\u2028 \n b"\n', ["a", "\u2028", " \n ", "b"]),
    ],
)
def test_every_character_of_a_value_leads_to_its_place(text: str, expected: list[str]) -> None:
    assert [piece for _, piece in pieces(parse(text))] == expected


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("k: un deux trois\n", 3, 7, "deux"),
        ("k: un\n  deux\n  trois\n", 3, 13, "deux\n  trois"),
        ("k: 'l''été'\n", 0, 2, "l''"),
        ("k: |\n  Un\n  deux\n", 3, 7, "deux"),
        ("k: un\n", 1, 1, ""),
        ("k: un\n", 2, 99, ""),
        ("k:\n", 0, 5, ""),
        ("k: ''\n", 0, 5, ""),
    ],
)
def test_the_span_of_a_word(text: str, start: int, end: int, expected: str) -> None:
    read = parse(text)
    assert marked(read, read.value_span(("k",), start, end)) == expected


ALPHABET = "ab éÉ'\"\\#:-*[]{},&!|>%@`?~  \n\t😀«»’\u00a0\u202f.09"
texts = st.text(st.sampled_from(ALPHABET), max_size=80)


@bounded
@given(
    text=texts,
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    width=st.sampled_from([5, 20, 80]),
    unicode=st.booleans(),
    line_end=st.sampled_from(["\n", "\r\n"]),
    depth=st.integers(0, 3),
)
@example("a b\n\n  c\n", ">", 5, True, "\n", 2)
@example(" a", "|", 80, True, "\r\n", 1)
@example("\n\n", "|", 80, True, "\n", 0)
@example("a \n b", ">", 5, True, "\n", 0)
def test_every_character_of_any_text_leads_to_its_place(
    text: str, style: str | None, width: int, unicode: bool, line_end: str, depth: int
) -> None:
    value: object = {"k": text}
    loc: source.Loc = ("k",)
    for number in range(depth):
        value = [value] if number % 2 else {"in": value}
        loc = (0 if number % 2 else "in", *loc)
    written = yaml.dump(value, default_style=style, width=width, allow_unicode=unicode)
    # PyYAML writes some texts wrong
    assume(yaml.safe_load(written) == value)
    read = parse(written.replace("\n", line_end))
    assert read.plain(read.node(loc)) == text
    node = read.node(loc)
    assert isinstance(node, source.ScalarNode)
    before = read.span(loc).start
    for character, piece in pieces(read, loc):
        escaped = node.style is source.Style.DOUBLE and len(piece) > 1 and piece[0] == "\\"
        doubled = node.style is source.Style.SINGLE and piece == "''"
        if node.style is source.Style.DOUBLE:
            assert piece not in ("\\", '"')
        if node.style is source.Style.SINGLE:
            assert piece != "'"
        folded = character in " \n" and piece.strip() == "" and len(piece) >= 1
        assert piece == character or escaped or doubled or folded, (character, piece)
    ends = [read.value_span(loc, place, place + 1) for place in range(len(text))]
    assert all(one.end <= two.start for one, two in pairwise(ends))
    assert all(before <= one.start <= one.end <= read.span(loc).end or "\n" in text for one in ends)


@pytest.mark.parametrize(
    ("text", "word", "instead", "expected"),
    [
        ("k: un deux\n", "deux", "trois", "k: un trois\n"),
        ("k: 'l''un'\n", "un", "d'un", "k: 'l''d''un'\n"),
        ('k: "le \\"lab\\""\n', "lab", 'l"b', 'k: "le \\"l\\"b\\""\n'),
        ("k: |\n  Un\n  deux\n", "deux", "trois : #", "k: |\n  Un\n  trois : #\n"),
        ("k: un deux\n", "deux", "a: b", None),
        ("k: un deux\n", "un", "@", None),
        ("k: un\n  deux\n", "n d", "x", None),
        ("k: |\n  Un\n  deux\n", "n\nd", "x", None),
        ("k: >\n  un\n   deux\n", " deux", "x", None),
    ],
)
def test_a_word_is_replaced_as_its_style_wants_it(
    text: str, word: str, instead: str, expected: str | None
) -> None:
    read = parse(text)
    node = read.node(("k",))
    assert isinstance(node, source.ScalarNode)
    start = node.value.index(word)
    edit = read.replace(("k",), start, start + len(word), instead)
    assert (applied(read, [edit]) if edit else None) == expected


@bounded
@given(
    text=texts,
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    width=st.sampled_from([5, 80]),
    cuts=st.tuples(st.integers(0, 80), st.integers(0, 80)),
    instead=st.text(st.sampled_from(ALPHABET), max_size=6),
)
def test_a_replacement_changes_nothing_else(
    text: str, style: str | None, width: int, cuts: tuple[int, int], instead: str
) -> None:
    written = yaml.dump([{"k": text}, "z"], default_style=style, width=width, allow_unicode=True)
    assume(yaml.safe_load(written) == [{"k": text}, "z"])
    start, end = sorted(min(cut, len(text)) for cut in cuts)
    read = parse(written)
    edit = read.replace((0, "k"), start, end, instead)
    if edit is not None:
        expected = text[:start] + instead + text[end:]
        assert parse(applied(read, [edit])).plain() == [{"k": expected}, "z"]


# --- what cannot be read ----------------------------------------------------------------

QUOTE = "Put the text between quotation marks: "
BLOCK = "Put the whole text between quotation marks, or below “|” on indented lines."

UNREADABLE = {
    "colon in a title": (
        "title: TERRITOIRES : LA DINUM\n",
        ("Y113", ":", QUOTE + 'title: "TERRITOIRES : LA DINUM"'),
        {"title": "TERRITOIRES : LA DINUM"},
    ),
    "colon in a title that holds quotation marks": (
        'title: Le lab : "x"\n',
        ("Y113", ":", QUOTE + "title: 'Le lab : \"x\"'"),
        {"title": 'Le lab : "x"'},
    ),
    "colon in an item": (
        "items:\n  - Paris : la ville # as said\n",
        ("Y113", ":", QUOTE + '- "Paris : la ville"'),
        {"items": ["Paris : la ville"]},
    ),
    "colon in an item within brackets": (
        "items: [Paris : la ville, Lyon]\n",
        ("Y113", ":", QUOTE + '"Paris : la ville"'),
        None,
    ),
    "colon in a text on two lines": (
        "text: Bonjour\n  Voici : la suite\n",
        ("Y113", ":", BLOCK),
        None,
    ),
    "colon within brackets": (
        "event: {title: Paris : la ville}\n",
        ("Y113", ":", QUOTE + 'title: "Paris : la ville"'),
        None,
    ),
    "hash in a title": (
        "title: MEETUP #6\n",
        ("Y114", "#6", QUOTE + 'title: "MEETUP #6"'),
        {"title": "MEETUP #6"},
    ),
    "hash in an item, before a comment": (
        "- MEETUP #6 # the sixth\n- b\n",
        ("Y114", "#6 # the sixth", QUOTE + '- "MEETUP #6"'),
        ["MEETUP #6", "b"],
    ),
    "hash that begins a text": (
        "hashtag: #MIP\n",
        ("Y114", "#MIP", QUOTE + 'hashtag: "#MIP"'),
        {"hashtag": "#MIP"},
    ),
    "hash that swallows a bracket": (
        "a: [x #6, y]\n",
        ("Y114", "#6, y]", QUOTE + '"x #6"'),
        None,
    ),
    "hash in a text on two lines": (
        "title: MEETUP #6\n  et la suite\n",
        ("Y114", "#6", QUOTE + 'title: "MEETUP #6"'),
        None,
    ),
    "tab before a field": (
        "a:\n\tb: c\n",
        ("Y111", "\t", "Delete the tab and type as many spaces as in the neighbouring lines."),
        None,
    ),
    "tab before a text": ("a: b\n\t\tc\n", ("Y111", "\t\t", None), None),
    "tab after a hyphen": ("-\ta: b\n-\tc: d\n", ("Y111", "\t", None), None),
    "tab in a block of text": ("a: |\n\tb\n", ("Y111", "\t", None), None),
    "quotes not closed": (
        'title: "Mois\nkind: "Dossier"\n',
        ("Y115", '"Mois', 'Close them at the end of the text: title: "Mois"'),
        None,
    ),
    "quotes not closed at the end": (
        "a: b\ntitle: 'Mois\n",
        ("Y115", "'Mois", 'Close them at the end of the text: title: "Mois"'),
        None,
    ),
    "text after quotes": (
        'title: "Le Lab" ouvre\n',
        ("Y116", "ouvre", QUOTE + "title: '\"Le Lab\" ouvre'"),
        {"title": '"Le Lab" ouvre'},
    ),
    "apostrophe between apostrophes": (
        "title: 'L'innovation'\n",
        ("Y116", "innovation'", QUOTE + 'title: "L\'innovation"'),
        {"title": "L'innovation"},
    ),
    "quotes within quotes": (
        'title: "Le "Lab" ouvert"\n',
        ("Y116", 'Lab" ouvert"', QUOTE + "title: 'Le \"Lab\" ouvert'"),
        {"title": 'Le "Lab" ouvert'},
    ),
    "quotes then quotes": (
        'title: "Le Lab" et "La Fab"\n',
        ("Y116", 'et "La Fab"', QUOTE + 'title: \'"Le Lab" et "La Fab"\''),
        {"title": '"Le Lab" et "La Fab"'},
    ),
    "deeper than its neighbours": (
        "title: a\n  kind: b\n",
        ("Y112", "kind: b", "Let it begin in column 1, like line 1."),
        None,
    ),
    "between two columns": (
        "events:\n  - title: x\n    when: y\n   place: z\n",
        ("Y112", "place: z", "Let it begin in column 5, like line 3."),
        None,
    ),
    "block of text that steps back": (
        "text: |\n    a\n  b\n",
        ("Y112", "b", "Let it begin in column 5, like line 2."),
        None,
    ),
    "items beside fields": ("a: b\n- c\n", ("Y112", "- c", None), None),
    "brackets that begin a title": (
        "title: [Annulé] Rencontre\nk: v\n",
        ("Y117", "[", QUOTE + 'title: "[Annulé] Rencontre"'),
        {"title": "[Annulé] Rencontre", "k": "v"},
    ),
    "braces that begin a text": (
        "text: {page:labs} et la suite\n",
        ("Y117", "{", QUOTE + 'text: "{page:labs} et la suite"'),
        {"text": "{page:labs} et la suite"},
    ),
    "braces alone": (
        "url: {website}\n",
        ("Y117", "{", QUOTE + 'url: "{website}"'),
        {"url": "{website}"},
    ),
    "greater than": (
        "claim: > 350 événements\n",
        ("Y117", ">", QUOTE + 'claim: "> 350 événements"'),
        {"claim": "> 350 événements"},
    ),
    "bar": ("a: | b\n", ("Y117", "|", QUOTE + 'a: "| b"'), {"a": "| b"}),
    "at": ("a: @ditp\n", ("Y117", "@", QUOTE + 'a: "@ditp"'), {"a": "@ditp"}),
    "backtick": ("- `a` b\n", ("Y117", "`", QUOTE + '- "`a` b"'), ["`a` b"]),
    "per cent": ("a: %\n", ("Y117", "%", QUOTE + 'a: "%"'), {"a": "%"}),
    "star": (
        "text: *Design Fiction* pour tous\n",
        ("Y117", "*", QUOTE + 'text: "*Design Fiction* pour tous"'),
        {"text": "*Design Fiction* pour tous"},
    ),
    "two stars": ("a: **b** c\n", ("Y117", "*", QUOTE + 'a: "**b** c"'), {"a": "**b** c"}),
    "ampersand": ("a: & co\n", ("Y117", "&", QUOTE + 'a: "& co"'), {"a": "& co"}),
    "exclamation mark": ("a: !Venez\n", ("Y117", "!", QUOTE + 'a: "!Venez"'), {"a": "!Venez"}),
    "hyphen": (
        "a: - b\n",
        (
            "Y117",
            "-",
            'For a list, begin each item on a line of its own; for a text: a: "- b"',
        ),
        None,
    ),
    "no space after the colon": (
        "events:\n  - id: a\n    title:Foo\n    when: x\n",
        ("Y118", ":", "Type it: title: Foo"),
        {"events": [{"id": "a", "title": "Foo", "when": "x"}]},
    ),
    "no space after the first colon": (
        "title:Foo\nkind: x\n",
        ("Y118", ":", "Type it: title: Foo"),
        {"title": "Foo", "kind": "x"},
    ),
    "no space after the last colon": (
        "id: a\ntitle:Foo\n",
        ("Y118", ":", "Type it: title: Foo"),
        {"id": "a", "title": "Foo"},
    ),
    "no space after a hyphen": ("- a\n -b\n", ("Y118", "-", "Type it: - b"), None),
    "bracket not closed": (
        "a: [Paris, Lyon\nb: c\nd: e\n",
        ("Y119", "[", "Close it with “]”, or put a text between quotation marks."),
        None,
    ),
    "brace not closed": ("a: {b: c\n", ("Y119", "{", None), None),
    "comma too many": ("a: [b,, c]\n", ("Y119", ",", None), None),
    "backslash": (r'a: "C:\dossier"' + "\n", ("Y120", r"\d", QUOTE + r"a: 'C:\dossier'"), None),
    "no-break space before a colon": (
        "title\u00a0: x\n",
        ("Y121", "\u00a0", "Delete it and type it again with the space bar alone."),
        {"title": "x"},
    ),
    "no-break space after a colon": (
        "a: b\ntitle:\u00a0x\nkind: y\n",
        ("Y121", "\u00a0", None),
        {"a": "b", "title": "x", "kind": "y"},
    ),
    "no-break space that indents": (
        "a:\n \u00a0b: c\n  d: e\n",
        ("Y121", "\u00a0", None),
        {"a": {"b": "c", "d": "e"}},
    ),
    "no-break space after a hyphen": ("-\u202fx\n", ("Y121", "\u202f", None), ["x"]),
    "line without a colon": ("a: b\nautre\nc: d\n", ("Y122", "autre", None), None),
    "first line without a colon": ("title Foo\nkind: x\n", ("Y122", "title Foo", None), None),
    "comment within a text": ("a: b\n   # c\n  d\n", ("Y123", "# c", None), None),
    "key twice": (
        "title: a\nkind: b\n'title': c\n",
        ("Y131", "'title'", "Delete one of the two, or give it the name that was meant."),
        None,
    ),
    "anchor": ("a: &x\n  b: c\n", ("Y132", "&x", None), None),
    "alias": ("a: *x\n", ("Y132", "*x", QUOTE + 'a: "*x"'), None),
    "tag": ("a: !!python/name:os.system x\n", ("Y133", "!!python/name:os.system", None), None),
    "merge key": ("a:\n  <<: {b: c}\n", ("Y134", "<<", None), None),
    "two documents": ("a: b\n---\nc: d\n", ("Y135", "---", None), None),
    "list as a key": ("? [a]\n: b\n", ("Y136", "[", None), None),
    "colon without a name": ("- a\n- : b\n", ("Y136", ":", None), None),
    "no key": ("a: b\n?\n: c\n", ("Y136", "", None), None),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_said_in_one_place_with_one_hint(name: str) -> None:
    text, (code, place, said), fixed = UNREADABLE[name]
    read = parse(text)
    diagnostic = only(read)
    assert (diagnostic.code, marked(read, diagnostic.span)) == (code, place)
    assert diagnostic.severity is Severity.ERROR
    assert said is None or hint(diagnostic) == said
    assert (diagnostic.fix is not None) == (fixed is not None)
    if diagnostic.fix is not None:
        repaired = parse(applied(read, diagnostic.fix))
        assert repaired.diagnostics == ()
        assert repaired.plain() == fixed


@pytest.mark.parametrize(
    "text",
    [
        "a: b # comment\n",
        "a: b #\n",
        "a: b ## comment\n",
        "a: b#6\n",
        "a: 'b #6' # c\n",
        "a:\n#  - x\n  - y\n",
        "#comment\na: b\n",
        "a: |\n  b #6\n  c: d\n  - e\n",
        "a: https://www.example.fr/a:b\n",
        "a: L'été d'un lab, 18:30\n",
        "a: - \n  b\n".replace("- ", "-x"),
        "a: texte\n  mailto:x@y.fr\n",
        "a: {b: }\n",
        "- [a, [b]]\n",
        "a: C'est « bien » ; oui !\n",
    ],
)
def test_what_is_well_written_is_not_marked(text: str) -> None:
    assert parse(text).diagnostics == ()


def test_the_first_of_two_equal_keys_is_shown_beside_the_second() -> None:
    read = parse("title: a\nkind: b\ntitle: c\n")
    [related] = only(read).related
    assert related.span.start == Position(1, 1)
    assert read.plain() == {"title": "a", "kind": "b"}


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"", "Y105", "The file is empty."),
        (b"# only a comment\n", "Y105", "The file is empty."),
        (b"\xef\xbb\xbf\r\n", "Y105", "The file is empty."),
        ("a: b".encode("utf-16"), "Y102", "The file is saved as UTF-16, not as UTF-8."),
        ("title: b".encode("utf-16-le"), "Y102", "The file is saved as UTF-16, not as UTF-8."),
        ("title: b".encode("utf-32"), "Y102", "The file is saved as UTF-32, not as UTF-8."),
        (
            "titre: L'été\n".encode("cp1252"),
            "Y101",
            "The file is saved as Windows-1252, not as UTF-8: “é” stands here.",
        ),
        (
            "titre: L'été".encode() + b"\xe9",
            "Y101",
            "This character is damaged: it is not written in UTF-8.",
        ),
        (b"%PDF-1.7\n\0\xff\xfe", "Y103", "This is not a text file."),
        (b"a: b\0\n", "Y103", "This is not a text file."),
        (b"a: b\x0c\n", "Y106", "An invisible control character (U+000C) stands here."),
        (b'a: "b\\a"\n', "Y106", "An invisible control character (U+0007) stands here."),
        (
            "a: b\n\ufeffc: d\n".encode(),
            "Y106",
            "An invisible control character (U+FEFF) stands here.",
        ),
        (b"x" * 10_000_001, "Y104", "The file is larger than 10 MB, the most that is read."),
        (
            b"a: " + b"[" * 100_000,
            "Y137",
            "Lists and fields are nested more than 50 levels deep here.",
        ),
        (b"- " * 100_000, "Y137", "Lists and fields are nested more than 50 levels deep here."),
        (
            b"- a\n" * 200_001,
            "Y138",
            "The file holds more than 200000 values, the most that is read.",
        ),
    ],
)
def test_files_that_are_no_data(data: bytes, code: str, message: str) -> None:
    read = parse(data)
    diagnostic = only(read)
    assert (diagnostic.code, ENGLISH.say(diagnostic.message)) == (code, message)
    assert read.root is None or code == "Y106"


def test_a_file_in_windows_1252_can_still_be_shown() -> None:
    read = parse("titre: L'été\nlieu: Orléans\n".encode("cp1252"))
    assert read.lines == ("titre: L'été", "lieu: Orléans")
    assert marked(read, only(read).span) == "é"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [("a: perdu \ufffd\ufffd\n", "Y107", "\ufffd\ufffd"), ("a: b\u2028c\n", "Y108", "\u2028")],
)
def test_odd_characters_are_warnings(text: str, code: str, place: str) -> None:
    read = parse(text)
    diagnostic = only(read)
    assert (diagnostic.code, diagnostic.severity) == (code, Severity.WARNING)
    assert marked(read, diagnostic.span) == place
    assert read.plain() == {"a": text[3:-1]}


LINE = "ab :#'\"-*[]{},&!|>%@`?~\\é\u00a0"


@bounded
@given(st.text(st.sampled_from(LINE), min_size=1, max_size=12), st.sampled_from(["a: ", "- "]))
def test_a_fix_is_never_worse_than_the_fault(text: str, before: str) -> None:
    read = parse(before + text + "\nz: y\n" if before == "a: " else before + text + "\n- z\n")
    for diagnostic in read.diagnostics:
        if diagnostic.fix:
            repaired = parse(applied(read, diagnostic.fix))
            assert diagnostic not in repaired.diagnostics
            if diagnostic.code in ("Y113", "Y117"):
                assert repaired.root is not None


@bounded
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    read = parse(data)
    assert read.root is not None or len(read.diagnostics) == 1
    for diagnostic in read.diagnostics:
        assert ENGLISH.say(diagnostic.message)
        assert diagnostic.span.start <= diagnostic.span.end


FRAGMENTS = [
    "a: b\n", "- ", "  ", "\n", "\t", "key: ", '"', "'", "[", "]", "{", "}", ": ", ":", " #", "# c",
    "|\n", ">-\n", "|9", "&x ", "*x", "!t ", "!!str ", "<<: ", "---\n", "...\n", "%YAML 1.1\n",
    "? ", ",", "é", "\u2028", "\x85", "\u00a0", "\r\n", "\\", "\\x", "\\u12", "@", "`", "😀",
    "text", "title:x\n", "    b: c\n", " #6", "-x\n",
]  # fmt: skip


@settings(bounded, max_examples=600)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14))
def test_no_mangled_yaml_breaks_the_reader(fragments: list[str]) -> None:
    read = parse("".join(fragments))
    assert read.root is not None or len(read.diagnostics) == 1
    size = len(read.text)
    for diagnostic in read.diagnostics:
        assert ENGLISH.say(diagnostic.message)
        assert hint(diagnostic)
        places = [diagnostic.span, *(related.span for related in diagnostic.related)]
        for span in places:
            assert 0 <= read.source.offset(span.start) <= read.source.offset(span.end) <= size
        if diagnostic.fix:
            applied(read, diagnostic.fix)


@settings(bounded, max_examples=100)
@given(st.data())
def test_no_slip_of_the_keyboard_breaks_the_reader(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(KIT)))
    cut = data.draw(st.integers(0, 3))
    slip = data.draw(st.sampled_from(FRAGMENTS))
    read = parse(KIT[:place] + slip + KIT[place + cut :])
    assert read.root is not None or len(read.diagnostics) == 1


def test_a_kit_of_60_kilobytes_is_read_in_a_moment() -> None:
    event = (
        "  - id: evenement-{0}\n    title: Rencontre {0}\n    organisers: [DITP, CNFPT]\n"
        "    when: 16 novembre\n    text: |\n"
        + "      Une rencontre où l'on parle de l'innovation publique, à Paris.\n"
        * 9
    )
    text = "events:\n" + "".join(event.format(number) for number in range(90))
    assert len(text) > 60_000
    parse(text)
    best = min(_seconds(text) for _ in range(5))
    # 50 ms on a quiet machine; tests share theirs
    assert best < 0.15


def _seconds(text: str) -> float:
    start = time.perf_counter()
    assert parse(text).diagnostics == ()
    return time.perf_counter() - start
