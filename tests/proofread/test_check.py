"""`moip-press check` as its users meet it: digest, exit codes, fixes, waivers, words learnt."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import pytest

from moip_press.kit.source import parse_yaml
from moip_press.proofread import fixing
from moip_press.report.diagnostics import Edit, Position, Span
from moip_press.system.cache import Cache
from tests.calling import Run, call

KIT = """\
title: Semaine du numérique
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
contacts:
  - {id: presse, name: Alix Martin, email: presse@example.org}
chapters:
  - programme.yaml
"""
# what `œ` and a doubled stop are to the rules T, they are to these tests: two safe fixes
PROGRAMME = """\
type: programme
title: Le programme
events:
  # un commentaire reste
  - title: Portes ouvertes
    when: 16 novembre
    text: >
      Au coeur   de la ville,
      venez nombreux.
"""


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "C")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))

    return partial(call, capsys)


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    folder.mkdir()
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    return folder


def found(run: Run, *options: str) -> list[str]:
    _, out, _ = run("check", "kit", "--format", "json", *options)
    return [each["code"] for each in json.loads(out)["diagnostics"]]


def test_a_warning_is_no_failure_unless_asked_for(kit: Path, run: Run) -> None:
    assert kit.is_dir()
    code, out, _ = run("check", "kit")
    assert code == 0
    assert "T2" in out
    assert run("check", "kit", "--strict")[0] == 1


def test_an_error_is_a_failure(kit: Path, run: Run) -> None:
    (kit / "programme.yaml").write_text("type: programme\ntitle: a: b\n", encoding="utf-8")
    code, out, _ = run("check", "kit")
    assert code == 1
    assert "Y113" in out


BROKEN = sorted((Path(__file__).parent / "broken").iterdir())


@pytest.mark.long
@pytest.mark.parametrize("broken", BROKEN, ids=[path.name for path in BROKEN])
def test_a_broken_kit_is_checked_without_a_crash(broken: Path, run: Run, kept: Path) -> None:
    code, out, _ = run("check", str(broken), "--format", "json", "--cache-dir", str(kept))
    report = json.loads(out)
    assert code == (1 if report["summary"]["errors"] else 0)
    stated = json.loads((broken / "expected.json").read_text(encoding="utf-8"))["diagnostics"]
    # what is found while pages are laid out is not found here
    before_layout = {each["code"] for each in stated if each["code"][0] not in "PSXI"}
    assert before_layout <= {each["code"] for each in report["diagnostics"]}


def test_quiet_says_nothing_of_warnings(kit: Path, run: Run) -> None:
    assert kit.is_dir()
    assert run("check", "kit", "-q") == (0, "", "")


def test_rules_are_chosen_by_code_or_family(kit: Path, run: Run) -> None:
    assert kit.is_dir()
    codes = found(run)
    assert codes
    assert found(run, "--ignore-rules", ",".join(codes)) == []
    assert found(run, "--select-rules", codes[0]) == [codes[0]] * codes.count(codes[0])
    assert found(run, "--select-rules", "s") == []


@pytest.mark.parametrize("option", ["--select-rules", "--ignore-rules", "--explain"])
def test_a_rule_that_does_not_exist_is_a_slip_of_usage(kit: Path, run: Run, option: str) -> None:
    assert kit.is_dir()
    code, _, err = run("check", "kit", option, "Q999")
    assert code == 2
    assert "Q999" in err


def test_a_fix_changes_the_fault_and_nothing_else(kit: Path, run: Run) -> None:
    code, _, err = run("check", "kit", "--fix")
    assert code == 0
    assert "correction" in err
    text = (kit / "programme.yaml").read_text(encoding="utf-8")
    assert text == PROGRAMME.replace("coeur", "cœur")
    assert run("check", "kit", "--fix")[2] == "Rien à corriger.\n"
    assert (kit / "programme.yaml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_fix_leaves_byte_order_mark_and_line_ends(
    kit: Path, run: Run, mark: bytes, end: bytes
) -> None:
    path = kit / "programme.yaml"
    written = mark + PROGRAMME.encode().replace(b"\n", end)
    path.write_bytes(written)
    assert run("check", "kit", "--fix")[0] == 0
    assert path.read_bytes() == written.replace(b"coeur", "cœur".encode())


def test_a_file_behind_a_link_is_corrected_where_it_lies(kit: Path, run: Run) -> None:
    (kit / "there").mkdir()
    (kit / "programme.yaml").rename(kit / "there" / "programme.yaml")
    (kit / "programme.yaml").symlink_to(kit / "there" / "programme.yaml")
    assert run("check", "kit", "--fix")[0] == 0
    assert (kit / "programme.yaml").is_symlink()
    assert "cœur" in (kit / "there" / "programme.yaml").read_text(encoding="utf-8")


def test_what_is_waived_is_not_told(kit: Path, run: Run) -> None:
    (code,) = set(found(run))
    waivers = f"waivers:\n  - {{rule: {code}, at: portes-ouvertes, reason: C'est un nom.}}\n"
    (kit / "kit.yaml").write_text(KIT + waivers, encoding="utf-8")
    assert found(run) == []
    assert "1 avertissement a sa dérogation." in run("check", "kit")[2]


@pytest.mark.parametrize("where", ["at: programme.yaml", "words: coeur", "at: le-programme"])
def test_a_waiver_says_where_or_for_which_words(kit: Path, run: Run, where: str) -> None:
    (code,) = set(found(run))
    waivers = f"waivers:\n  - {{rule: {code}, {where}, reason: C'est un nom.}}\n"
    (kit / "kit.yaml").write_text(KIT + waivers, encoding="utf-8")
    assert found(run) == []


@pytest.mark.parametrize("where", ["at: kit.yaml", "words: choeur", "at: presse"])
def test_a_waiver_for_something_else_is_idle(kit: Path, run: Run, where: str) -> None:
    (code,) = set(found(run))
    waivers = f"waivers:\n  - {{rule: {code}, {where}, reason: C'est un nom.}}\n"
    (kit / "kit.yaml").write_text(KIT + waivers, encoding="utf-8")
    assert found(run) == ["S301", code]


def test_a_waiver_runs_out(kit: Path, run: Run) -> None:
    (code,) = set(found(run))
    waivers = f"waivers:\n  - {{rule: {code}, reason: C'est un nom., until: 2021-11-01}}\n"
    (kit / "kit.yaml").write_text(KIT + waivers, encoding="utf-8")
    assert found(run) == ["S302", code]


GLOSSARIES = {
    None: "words:\n  - idéathon\n",
    "": "words:\n  - idéathon\n",
    "terms: []\n": "terms: []\nwords:\n  - idéathon\n",
    "terms: []": "terms: []\nwords:\n  - idéathon\n",
    "words: [slow]\n": "words: [slow, idéathon]\n",
    "words: []\n": "words: [idéathon]\n",
    "words:\n- a\n- b  # oui\n\nterms: []\n": "words:\n- a\n- b  # oui\n- idéathon\n\nterms: []\n",
    "words:\n    - a": "words:\n    - a\n    - idéathon",
}


@pytest.mark.parametrize("before", GLOSSARIES)
def test_a_word_is_learnt_in_the_style_of_the_glossary(
    kit: Path, run: Run, before: str | None
) -> None:
    path = kit / "glossary.yaml"
    if before is not None:
        path.write_text(before, encoding="utf-8")
    code, _, err = run("check", "kit", "--learn", "idéathon")
    assert code == 0
    assert "1 mot ajouté à kit/glossary.yaml." in err
    assert path.read_text(encoding="utf-8") == GLOSSARIES[before]
    run("check", "kit", "--learn", "idéathon")
    assert path.read_text(encoding="utf-8") == GLOSSARIES[before]


@pytest.mark.parametrize("word", ["R&D", "a: b", "#tag", "l'an", '"cité"', "- x", "[y]", "\\z"])
def test_any_word_can_be_learnt(kit: Path, run: Run, word: str) -> None:
    run("check", "kit", "--learn", word, "--learn", "autre")
    plain = parse_yaml((kit / "glossary.yaml").read_bytes(), "glossary.yaml").plain()
    assert plain == {"words": [word, "autre"]}


def test_a_glossary_with_a_fault_is_told(kit: Path, run: Run) -> None:
    (kit / "glossary.yaml").write_text("word: [a]\n", encoding="utf-8")
    code, out, _ = run("check", "kit", "--format", "concise")
    assert code == 1
    assert out.startswith("kit/glossary.yaml:1:1: erreur[S101]")


def test_a_glossary_behind_a_link_out_of_the_kit_is_neither_read_nor_written(
    kit: Path, run: Run, tmp_path: Path
) -> None:
    foreign = tmp_path / "foreign.yaml"
    foreign.write_text("words: [secret]\n", encoding="utf-8")
    (kit / "glossary.yaml").symlink_to(foreign)
    assert found(run)[0] == "X101"
    assert run("check", "kit", "--learn", "idéathon")[0] == 3
    assert foreign.read_text(encoding="utf-8") == "words: [secret]\n"
    assert run("check", "kit", "--fix")[0] == 1
    assert foreign.read_text(encoding="utf-8") == "words: [secret]\n"


def test_a_kit_behind_a_link_out_of_its_folder_is_not_written(
    kit: Path, run: Run, tmp_path: Path
) -> None:
    foreign = tmp_path / "foreign.yaml"
    text = KIT.replace("Semaine du numérique", "Au coeur de la ville")
    foreign.write_text(text, encoding="utf-8")
    (kit / "kit.yaml").unlink()
    (kit / "kit.yaml").symlink_to(foreign)
    code, out, _ = run("check", "kit", "--fix", "--format", "concise")
    assert (code, "[X101]" in out) == (1, True)
    assert foreign.read_text(encoding="utf-8") == text


def test_a_glossary_that_cannot_be_read_is_left_as_it_is(kit: Path, run: Run) -> None:
    path = kit / "glossary.yaml"
    path.write_text("words: [a\n", encoding="utf-8")
    assert run("check", "kit", "--learn", "idéathon")[0] == 1
    assert path.read_text(encoding="utf-8") == "words: [a\n"


def test_the_digest_is_no_longer_than_a_screen(kit: Path, run: Run) -> None:
    event = "  - title: Atelier {n}\n    when: 16 novembre\n    text: Au coeur de la ville {n}.\n"
    events = "".join(event.format(n=n) for n in range(80))
    text = f"type: programme\ntitle: Le programme\nevents:\n{events}"
    (kit / "programme.yaml").write_text(text, encoding="utf-8")
    _, out, _ = run("check", "kit")
    assert len(out.splitlines()) <= 34
    assert "--format full" in out or len(found(run)) < 30
    full = run("check", "kit", "--format", "full")[1]
    assert full.count("avertissement[") == len(found(run))


def test_fixes_that_overlap_wait_for_the_next_run() -> None:
    source = parse_yaml(b"a: coeur de boeuf\n", "a.yaml")

    def edit(start: int, end: int, text: str) -> Edit:
        return Edit(Span("a.yaml", Position(1, start), Position(1, end)), text)

    assert fixing.apply([edit(4, 9, "cœur"), edit(13, 18, "bœuf")], source) == "a: cœur de bœuf\n"


@pytest.mark.parametrize("damage", [b"", b"x", b"0" * 64 + b"\nwords"])
def test_a_damaged_cache_holds_nothing(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path / "cache")
    cache.write("words", b"kept")
    assert cache.read("words") == b"kept"
    (tmp_path / "cache" / "words").write_bytes(damage)
    assert cache.read("words") is None


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file")
    cache = Cache(tmp_path / "cache")
    cache.write("words", b"kept")
    assert cache.read("words") is None


def test_no_cache_keeps_nothing(kit: Path, run: Run, tmp_path: Path) -> None:
    assert kit.is_dir()
    run("check", "kit", "--no-cache")
    assert not (tmp_path / "caches").exists()
    run("check", "kit", "--cache-dir", "kept")
    assert (tmp_path / "kept").is_dir()
    assert not (tmp_path / "caches").exists()


def test_what_was_said_of_a_kit_is_kept_until_it_changes(
    kit: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("check", "kit", "--format", "json", "--cache-dir", "kept")
    first = run(*options)
    assert json.loads(first[1])["diagnostics"]
    monkeypatch.setattr("moip_press.proofread.finders.ASKED", ())
    assert run(*options) == first
    path = kit / "programme.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "    online: yes\n", encoding="utf-8")
    assert json.loads(run(*options)[1])["diagnostics"] == []
    for file in (tmp_path / "kept").iterdir():
        file.write_bytes(b"{}")
    assert json.loads(run(*options)[1])["diagnostics"] == []


def test_what_is_kept_says_the_same_as_what_was_said(kept: Path, run: Run) -> None:
    folder = str(Path(__file__).parents[2] / "data" / "2021")
    options = ("check", folder, "--language", "fr", "--format", "json", "--cache-dir", str(kept))
    told, again = run(*options), run(*options)
    assert told == again
    assert told == run("check", folder, "--language", "fr", "--format", "json", "--no-cache")


def test_the_digest_says_what_to_do(kit: Path, run: Run) -> None:
    event = "  - title: Atelier {n}\n    when: 16 novembre\n    text: Au coeur de la soeur {n}.\n"
    events = "".join(event.format(n=n) for n in range(3))
    text = f"type: programme\ntitle: Le programme\nevents:\n{events}  - colour: blue\n"
    (kit / "programme.yaml").write_text(text, encoding="utf-8")
    lines = run("check", "kit")[1].splitlines()
    helps = [number for number, line in enumerate(lines) if line.startswith("    aide\u00a0: ")]
    heads = [number for number, line in enumerate(lines) if re.match(r"[A-Z]\d{3}  ", line)]
    assert [number - 2 for number in helps] == heads
    # the same hint is given once
    assert len(helps) == len({lines[number] for number in helps})
