"""How a report looks to the people and the programs that read it."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

import pytest

from moip_press.kit import source
from moip_press.report.diagnostics import (
    Diagnostic,
    Edit,
    Message,
    Position,
    Related,
    Report,
    Severity,
    Span,
)
from moip_press.report.messages import Catalogue
from moip_press.report.rendering import Format, render, summary

ENGLISH = Catalogue("en")
HERE = PurePosixPath("/kits")
FILE = "/kits/data/kit.yaml"


def span(line: int, start: int, end: int, last_line: int | None = None) -> Span:
    return Span(FILE, Position(line, start), Position(last_line or line, end))


def warning(place: Span, text: str = "Said.", hint: str | None = None) -> Diagnostic:
    return Diagnostic.warning("S101", place, Message(text), Message(hint) if hint else None)


def shown(
    report: Report | Diagnostic,
    text: str | None,
    form: str = "full",
    language: str = "en",
    *,
    color: bool = False,
) -> str:
    whole = report if isinstance(report, Report) else Report((report,))
    return render(whole, form, Catalogue(language), lambda _: text, HERE, color=color)


def test_a_fault_is_shown_with_its_line_its_place_and_what_to_type() -> None:
    text = "kind: Dossier\ntitle: TERRITOIRES : LA DINUM\n"
    assert shown(Report(source.parse_yaml(text.encode(), FILE).diagnostics), text) == (
        "data/kit.yaml:2:20: error[Y113] A colon followed by a space stands within a text "
        "without quotation marks.\n"
        "  |\n"
        "2 | title: TERRITOIRES : LA DINUM\n"
        "  |                    ^\n"
        '  = help: Put the text between quotation marks: title: "TERRITOIRES : LA DINUM"\n'
        "\n"
        "1 error.\n"
    )


def test_a_fault_is_shown_in_french() -> None:
    text = "title: TERRITOIRES : LA DINUM\n"
    report = Report(source.parse_yaml(text.encode(), FILE).diagnostics)
    assert shown(report, text, language="fr") == (
        "data/kit.yaml:1:20: erreur[Y113] Un deux-points suivi d’une espace se trouve dans un "
        "texte sans guillemets.\n"
        "  |\n"
        "1 | title: TERRITOIRES : LA DINUM\n"
        "  |                    ^\n"
        "  = aide\u00a0: Mettez le texte entre guillemets droits\u00a0: "
        'title: "TERRITOIRES : LA DINUM"\n'
        "\n"
        "1\u00a0erreur.\n"
    )


def test_a_related_place_is_shown_below() -> None:
    text = "title: a\n" + "\n" * 8 + "title: b\n"
    report = Report(source.parse_yaml(text.encode(), FILE).diagnostics)
    assert shown(report, text) == (
        "data/kit.yaml:10:1: error[Y131] “title” stands here twice: only one can count.\n"
        "   |\n"
        "10 | title: b\n"
        "   | ^^^^^\n"
        "   = note: data/kit.yaml:1:1: “title” first stands here.\n"
        "   |\n"
        " 1 | title: a\n"
        "   | -----\n"
        "   = help: Delete one of the two, or give it the name that was meant.\n"
        "\n"
        "1 error.\n"
    )


@pytest.mark.parametrize(
    ("line", "start", "end", "expected"),
    [
        ("a: bc", 4, 6, ["1 | a: bc", "  |    ^^"]),
        ("a:\tb", 4, 5, ["1 | a:    b", "  |       ^"]),
        ("\ta", 1, 2, ["1 |     a", "  | ^^^^"]),
        ("日本: é😀x", 5, 8, ["1 | 日本: é😀x", "  |       ^^^^"]),
        ("e\u0301a", 3, 4, ["1 | e\u0301a", "  |  ^"]),
        ("a: ", 4, 4, ["1 | a:", "  |    ^"]),
        ("a\x1b[2Jb\u202ec", 2, 3, ["1 | a\ufffd[2Jb\ufffdc", "  |  ^"]),
    ],
)
def test_the_underline_stands_below_the_words(
    line: str, start: int, end: int, expected: list[str]
) -> None:
    lines = shown(warning(span(1, start, end)), line + "\nlast\n").splitlines()
    assert lines[1:4] == ["  |", *expected]


WORDS = " ".join(f"mot{number}" for number in range(150))


@pytest.mark.parametrize("word", ["mot0", "mot7", "mot70", "mot148", "mot149"])
def test_of_a_long_line_the_part_around_the_place_is_shown(word: str) -> None:
    start = WORDS.index(word) + 1
    text = shown(warning(span(1, start, start + len(word))), WORDS)
    _, _, quoted, under, *_ = text.splitlines()
    assert len(quoted) <= 82
    assert quoted[under.index("^") : under.rindex("^") + 1] == word
    assert quoted.startswith(("1 | mot0 ", "1 | …mot"))
    assert quoted.endswith(("mot149", "…"))


def test_a_place_longer_than_the_screen_is_shown_as_far_as_it_fits() -> None:
    text = shown(warning(span(1, 1, 800)), "é" * 900)
    _, _, quoted, under, *_ = text.splitlines()
    assert quoted == "1 | " + "é" * 76 + "…"
    assert under == "  | " + "^" * 76


def test_of_a_place_on_several_lines_the_first_and_the_last_are_shown() -> None:
    text = "title: a\ntext: |\n  Un\n  deux\n\n  trois mots\nlast: b\n"
    assert shown(warning(span(2, 7, 8, last_line=6)), text).splitlines()[1:-2] == [
        "  |",
        "2 | text: |",
        "  |       ^",
        "  …",
        "6 |   trois mots",
        "  |   ^^^^^",
    ]


@pytest.mark.parametrize(
    ("place", "text"),
    [(Span.of_file(FILE), "title: a\n"), (span(1, 3, 4), None), (span(9, 1, 2), "title: a\n")],
    ids=["whole file", "file that cannot be shown", "line that is not there"],
)
def test_no_line_is_shown_where_there_is_none(place: Span, text: str | None) -> None:
    assert shown(warning(place, hint="Do it."), text) == (
        f"data/kit.yaml:{place.start.line}:{place.start.column}: warning[S101] Said.\n"
        "  = help: Do it.\n"
        "\n"
        "1 warning.\n"
    )


def test_no_line_ends_in_a_space() -> None:
    text = "a: b  \n\n" + WORDS + " \n"
    report = Report.of(
        warning(span(line, 1, column), "Said. ", "Do it. ")
        for line in (1, 2, 3)
        for column in (1, 2, 50)
    )
    for color in (False, True):
        lines = shown(report, text, color=color).split("\n")
        assert len(lines) > 30
        assert [line for line in lines if line != line.rstrip(" ")] == []


def test_colours_only_add_colours() -> None:
    report = Report((warning(span(1, 1, 2), hint="Do it."), warning(span(2, 1, 3))))
    plain = shown(report, "a: b\nbc: d\n")
    coloured = shown(report, "a: b\nbc: d\n", color=True)
    assert "\x1b" not in plain
    assert "\x1b[1;33mwarning[S101]\x1b[0m" in coloured
    for code in ("1", "34", "1;33", "1;36", "0"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == plain


def test_words_of_a_file_cannot_move_the_cursor() -> None:
    message = Message.of("No field “{field}”.", field="\x1b[2Ja\nb\u202e")
    report = Report((Diagnostic.error("S103", span(1, 1, 2), message),))
    for form in (Format.FULL, Format.CONCISE, Format.GITHUB):
        assert "No field “\ufffd[2Ja b\ufffd”." in shown(report, "a", form)


@pytest.mark.parametrize(
    ("errors", "warnings", "english", "french"),
    [
        (0, 0, "No errors and no warnings.", "Aucune erreur, aucun avertissement."),
        (1, 0, "1 error.", "1\u00a0erreur."),
        (0, 2, "2 warnings.", "2\u00a0avertissements."),
        (2, 1, "2 errors and 1 warning.", "2\u00a0erreurs et 1\u00a0avertissement."),
    ],
)
def test_the_last_sentence_counts(errors: int, warnings: int, english: str, french: str) -> None:
    report = Report.of(
        [
            *(Diagnostic.error("S102", span(n + 1, 1, 2), Message("x")) for n in range(errors)),
            *(warning(span(n + 1, 1, 2)) for n in range(warnings)),
        ]
    )
    assert ENGLISH.say(summary(report)) == english
    assert Catalogue("fr").say(summary(report)) == french
    assert shown(report, None).endswith(f"{english}\n")


def test_concise_is_one_line_for_each() -> None:
    report = Report((warning(span(2, 1, 2), hint="Do it."), warning(span(1, 5, 6))))
    assert shown(report, "a", "concise") == (
        "data/kit.yaml:1:5: warning[S101] Said.\ndata/kit.yaml:2:1: warning[S101] Said.\n"
    )
    assert shown(Report(), None, "concise") == ""


def test_json_is_what_the_contract_says() -> None:
    place = span(4, 9, 21)
    found = Diagnostic(
        "D103",
        Severity.WARNING,
        Message.of("Outside {name}.", name="é"),
        Message("Do it."),
        place,
        (Related(Span("elsewhere.yaml", Position(1, 1), Position(1, 2)), Message("Here.")),),
        (Edit(place, "x"),),
    )
    assert json.loads(shown(Report((found, warning(span(5, 1, 2)))), None, "json")) == {
        "version": 1,
        "summary": {"errors": 0, "warnings": 2},
        "diagnostics": [
            {
                "code": "D103",
                "severity": "warning",
                "message": "Outside é.",
                "hint": "Do it.",
                "file": "data/kit.yaml",
                "line": 4,
                "column": 9,
                "end_line": 4,
                "end_column": 21,
                "related": [{"file": "elsewhere.yaml", "line": 1, "column": 1, "message": "Here."}],
                "fix": [
                    {
                        "file": "data/kit.yaml",
                        "start": {"line": 4, "column": 9},
                        "end": {"line": 4, "column": 21},
                        "text": "x",
                    }
                ],
            },
            {
                "code": "S101",
                "severity": "warning",
                "message": "Said.",
                "hint": None,
                "file": "data/kit.yaml",
                "line": 5,
                "column": 1,
                "end_line": 5,
                "end_column": 2,
                "related": [],
                "fix": None,
            },
        ],
    }
    empty = {"version": 1, "summary": {"errors": 0, "warnings": 0}, "diagnostics": []}
    assert json.loads(shown(Report(), None, "json")) == empty


def test_github_gets_a_command_it_can_read() -> None:
    place = Span("/kits/a,b:c.yaml", Position(1, 2), Position(3, 4))
    found = Diagnostic.error("S101", place, Message("100 %\r\n: a, b"), Message("Do it."))
    assert shown(found, None, "github") == (
        "::error file=a%2Cb%3Ac.yaml,line=1,col=2,endLine=3,endColumn=4,title=S101"
        "::100 %25  : a, b%0ADo it.\n"
    )


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("/kits/data/kit.yaml", "data/kit.yaml"),
        ("data/kit.yaml", "data/kit.yaml"),
        ("/kits2/kit.yaml", "/kits2/kit.yaml"),
    ],
)
def test_paths_are_as_seen_from_the_current_folder(file: str, expected: str) -> None:
    found = warning(Span(file, Position(1, 1), Position(1, 2)))
    assert shown(found, "a", "concise").startswith(f"{expected}:1:1: ")


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="xml"):
        shown(Report(), None, "xml")


# --- reports ----------------------------------------------------------------------------


def test_a_report_is_in_order_and_says_each_thing_once() -> None:
    first, second, third = (warning(span(*place)) for place in ((1, 2, 3), (1, 10, 11), (2, 1, 2)))
    other = warning(Span("/kits/data/a.yaml", Position(9, 1), Position(9, 2)))
    report = Report.of([third, second, first, other, warning(span(1, 2, 3))])
    assert report.diagnostics == (other, first, second, third)
    assert (report.errors, report.warnings, report.ok) == (0, 4, True)
    assert Report.merge([report, Report((first,))]) == report
    assert Report((first,)) + Report((other,)) == Report((other, first))
    assert not Report((Diagnostic.error("S101", span(1, 1, 2), Message("x")),)).ok


def test_the_same_place_may_have_two_faults_of_the_same_kind() -> None:
    report = Report.of(
        Diagnostic.warning("S101", span(1, 1, 2), Message.of("{name}", name=name)) for name in "ab"
    )
    assert len(report.diagnostics) == 2
