"""What a kit names is printed, or the command fails; and what a line is, for everybody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moip_press import cli
from moip_press.kit import source
from moip_press.kit.folders import PACKAGE
from moip_press.kit.model import kit_files
from moip_press.kit.source import ListNode, MapNode, Node, ScalarNode
from moip_press.kit.source.nodes import trace, value_offsets
from moip_press.press import faults, journey
from moip_press.press.layout import Layout
from moip_press.press.numbering import Assembly
from moip_press.proofread import fixing
from moip_press.proofread.rules import rules_of
from moip_press.report.diagnostics import Severity

KIT = """\
title: Une semaine
period: {start: 2022-09-24, end: 2022-10-02}
language: fr
publisher: {name: La Maison}
chapters: [cover, words.yaml, last.yaml]
"""
WORDS = """\
type: programme
title: Les quais
events:
  - title: Visite des quais
    organisers: [Port]
    when: 25 septembre
  - title: Visite du phare
    organisers: [Port]
    when: 26 septembre
"""
LAST = "type: article\ntitle: Le dernier\nbody:\n  - {type: text, text: Fin.}\n"
ODD = "\u2028\u2029\x85\ufffd"
# What provokes each warning of reading: the code in front, what stands in a comment behind.
PROVOKING = {"Y107": "\ufffd", "Y108": "\u2028"}


def written(folder: Path, **changed: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"kit": KIT, "words": WORDS, "last": LAST, **changed}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def held(folder: Path) -> list[tuple[str, int]]:
    """The parts of a kit, and how many events each has."""
    kit = kit_files.read_kit(folder).kit
    assert kit
    return [(str(p.part.title), len(getattr(p.part, "events", ()))) for p in kit.parts()]


def test_every_warning_of_a_file_is_provoked_here() -> None:
    known = {rule.code for rule in rules_of("Y") if rule.severity is Severity.WARNING}
    assert known == PROVOKING.keys()


@pytest.mark.parametrize("code", PROVOKING)
@pytest.mark.parametrize("name", ["kit", "words", "last", "glossary"])
@pytest.mark.parametrize("place", ["# {}\n{{}}", "{{}}\n# a{}b\n"])
def test_a_file_with_a_warning_is_read(tmp_path: Path, code: str, name: str, place: str) -> None:
    whole = {"kit": KIT, "words": WORDS, "last": LAST, "glossary": "words: [Siilab]\n"}
    folder = written(tmp_path, **{name: place.format(PROVOKING[code]).format(whole[name])})
    found = kit_files.read_kit(folder)
    assert found.report.ok
    assert {each.code for each in found.report.diagnostics} == {code}
    assert held(folder) == held(written(tmp_path / "twin"))
    assert found.kit
    assert found.kit.whole
    assert [str(word) for word in found.kit.glossary.words] == ["Siilab"] * (name == "glossary")


@pytest.mark.parametrize("sign", ODD)
def test_a_part_with_such_a_character_in_a_comment_is_printed(tmp_path: Path, sign: str) -> None:
    twin = journey.build(written(tmp_path / "twin"), tmp_path / "a")
    folder = written(tmp_path / "kit", words=f"# a{sign}b\n{WORDS}", kit=f"{KIT}# {sign}\n")
    made = journey.build(folder, tmp_path / "b")
    assert made.dossier
    assert twin.dossier
    assert made.report.ok
    assert (tmp_path / "a" / "dossier.pdf").read_bytes() == (
        tmp_path / "b" / "dossier.pdf"
    ).read_bytes()


@pytest.mark.parametrize("sign", ODD)
@pytest.mark.parametrize("chapters", ["[words.yaml]", "[cover, words.yaml]"])
def test_such_a_character_in_a_title_prints_or_fails(
    tmp_path: Path, sign: str, chapters: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kit = KIT.replace("[cover, words.yaml, last.yaml]", chapters)
    folder = written(tmp_path / "kit", words=WORDS.replace("Visite ", f"V{sign}", 1), kit=kit)
    code = cli.run(["build", str(folder), "-o", str(tmp_path / "out"), "--quiet"])
    said = capsys.readouterr().err
    assert (code, "P101" in said) in {(0, False), (1, True)}
    assert (tmp_path / "out" / "dossier.pdf").exists() == (code == 0)


def test_events_with_such_characters_are_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path / "kit", words=WORDS.replace("Visite ", f"V{ODD}", 1))
    assert cli.run(["export", "json", str(folder), "-o", "-"]) == 0
    titles = [each["title"] for each in json.loads(capsys.readouterr().out)["events"]]
    assert len(titles) == 2
    assert cli.run(["handouts", str(written(tmp_path / "plain")), "-o", str(tmp_path / "h")]) == 0


@pytest.mark.parametrize("verb", ["build", "handouts", "export", "check", "release"])
def test_a_part_that_is_lost_unexplained_is_an_error(
    tmp_path: Path, verb: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read = kit_files._Reader.part

    def lose(reader: Any, entry: Any) -> Any:
        return None if entry.name == "words.yaml" else read(reader, entry)

    monkeypatch.setattr(kit_files._Reader, "part", lose)
    folder = written(tmp_path / "kit", kit=KIT + "version: 1\n")
    words = {"export": ["export", "json", str(folder), "-o", str(tmp_path / "x.json")]}
    assert cli.run(words.get(verb, [verb, str(folder)])) == 1
    said = capsys.readouterr()
    assert "S119" in said.out + said.err
    assert "Traceback" not in said.err
    assert not list(tmp_path.rglob("*.pdf")) + list(tmp_path.glob("*.json"))


def test_an_event_that_the_model_drops_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    validate = kit_files.PART.validate_python

    class Losing:
        def validate_python(self, plain: Any, context: Any) -> Any:
            part = validate(plain, context=context)
            events = getattr(part, "events", ())
            return part.model_copy(update={"events": events[:1]}) if events else part

    monkeypatch.setattr(kit_files, "PART", Losing())
    [found] = kit_files.read_kit(written(tmp_path)).report.diagnostics
    assert (found.code, found.span.start.line) == ("S119", 7)


@pytest.mark.parametrize("lost", ["les-quais", "visite-du-phare"])
def test_what_the_pages_do_not_hold_is_an_error(
    tmp_path: Path, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = Layout._faults

    def without(layout: Any) -> Iterator[Any]:
        held = {name: n for name, n in layout.assembly.numbers.items() if not name.endswith(lost)}
        old = layout.assembly
        layout.assembly = Assembly(old.chapters, held, old.settled)
        return settle(layout)

    monkeypatch.setattr(Layout, "_faults", without)
    made = journey.build(written(tmp_path / "kit"), tmp_path / "out")
    assert "S119" in {each.code for each in made.report.diagnostics}
    assert made.dossier is None
    assert not (tmp_path / "out").exists()


def test_what_a_handout_does_not_hold_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = faults.lost

    def nowhere(kit: Any, there: Any, names: Any = None) -> Any:
        return counted(kit, () if names else there, names)

    monkeypatch.setattr(faults, "lost", nowhere)
    folder, out = written(tmp_path / "kit"), tmp_path / "out"
    assert cli.run(["handouts", str(folder), "-o", str(out)]) == 1
    assert not list(out.rglob("*.pdf"))


# What a line is.


def scalars(node: Node | None) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    for key, value in node.entries if isinstance(node, MapNode) else ():
        yield from (*scalars(key), *scalars(value))
    for item in node.items if isinstance(node, ListNode) else ():
        yield from scalars(item)


TEXTS = st.text(alphabet=f"ab é'\":{ODD}", min_size=1, max_size=12)
STYLES = st.sampled_from(["plain", "'", '"', "|", ">", "comment"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file of texts in every style, with every end of a line and the odd characters in them."""
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = ""
    for number, style in enumerate(draw(st.lists(STYLES, min_size=1, max_size=5))):
        lines = draw(st.lists(TEXTS, min_size=1, max_size=3))
        if style == "plain":
            text += f"k{number}: a{lines[0]}{end}"
        elif style == "comment":
            text += f"# {lines[0]}{end}"
        elif style in "|>":
            text += f"k{number}: {style}{end}" + "".join(f"  {line}{end}" for line in lines)
        else:
            inner = f"{end}  ".join(lines)
            inner = inner.replace("'", "''") if style == "'" else inner.replace('"', '\\"')
            text += f"k{number}: {style}{inner}{style}{end}"
    return text


@settings(max_examples=300, deadline=None)
@given(files(), st.data())
def test_positions_and_fixes_are_exact_in_any_file(text: str, data: st.DataObject) -> None:
    read = source.parse_yaml(text.encode(), "any.yaml")
    lines = re.split("\r\n|\r|\n", text)
    for node in scalars(read.root):
        if node.is_null:
            continue
        assert trace(node)
        for at, sign in enumerate(node.value):
            start, end = value_offsets(node, at, at + 1)
            place = read.source.position(start)
            assert read.source.offset(place) == start
            if sign not in " \n":
                assert sign in text[start:end]
                assert lines[place.line - 1][place.column - 1 :].startswith(text[start:end])
    plain = read.plain()
    if not isinstance(plain, dict) or not plain:
        return
    key = data.draw(st.sampled_from(sorted(plain)))
    value = plain[key]
    if not isinstance(value, str):
        return
    start = data.draw(st.integers(0, len(value)))
    end = data.draw(st.integers(start, len(value)))
    edit = read.replace((key,), start, end, "zz")
    if edit is not None:
        again = source.parse_yaml(fixing.apply([edit], read).encode(), "any.yaml")
        assert again.plain() == {**plain, key: value[:start] + "zz" + value[end:]}


def test_a_fix_takes_the_place_of_the_character_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"# a\x85b\u2028\n{WORDS}".replace("Visite ", "Visite\u2028", 1).replace("\n", "\r\n")
    folder = written(tmp_path / "kit")
    (folder / "words.yaml").write_bytes(text.encode())
    cli.run(["check", str(folder), "--fix", "--select-rules", "Y108", "--no-cache"])
    done = (folder / "words.yaml").read_bytes().decode()
    assert done == re.sub("[\x85\u2028\u2029]", " ", text)
    assert "Y108" not in capsys.readouterr().out


def test_lines_are_cut_in_one_place() -> None:
    own = PACKAGE / "diagnostics.py"
    cutting = re.compile(r"\.splitlines\(|re\.split\(r?\"\\r\\n")
    found = [
        path.name
        for path in PACKAGE.rglob("*.py")
        if path != own and cutting.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
