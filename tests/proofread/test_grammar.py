"""The grammar, read by Grammalecte: which of its remarks are reported, where, and what if it fails.

Most tests run a small program that answers as Grammalecte did: `grammalecte/answers.json`, which
``pytest --rewrite-expected`` writes anew where the real one is installed. What a kit's author types
stands before the arrow, the words that a finding points at behind it.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from moip_press import cli
from moip_press.kit.model.kit_files import read_kit
from moip_press.press import journey
from moip_press.proofread.grammar import KINDS, read
from moip_press.proofread.proof import Proof
from moip_press.proofread.review import review
from moip_press.system import grammalecte
from moip_press.system.cache import Cache
from moip_press.system.grammalecte import Grammalecte, find
from moip_press.system.limits import Bounds, Limits
from tests.keeping import KEPT
from tests.proofread import proofs

HERE = Path(__file__).parent / "grammalecte"
FAKE = HERE / "grammalecte-cli"
ANSWERS = HERE / "answers.json"
REAL = next(filter(None, map(shutil.which, grammalecte.NAMES)), None)
TODAY = datetime.date(2021, 10, 1)
WRONG = {
    "Le gendarmerie ouvre ses portes.": "G101 Le",
    "Les ateliers ayant menés à ce projet sont ouverts.": "G101 menés",
    "Le projet présentés ici est lauréat.": "G101 présentés",
    "Une nouveau lieu vous attend à Rennes, au bord de l'eau.": "G101 Une",
    "La Rotonde est ouverte, le Rotonde aussi.": "G101 le",
    "Les visiteurs on rencontré les équipes.": "G102 on",
    "Les équipes présente leurs travaux.": "G103 présente",
    "Il a manger une pomme.": "G103 manger",
    "Les français sont invités à visiter les ateliers.": "G104 français",
    "Ce atelier est gratuit.": "G105 Ce",
    "La visite est reportée à plus tard.": "G106 reportée à plus tard",
    "Pain, fromage etc. sont servis sur place.": "G106 etc.",
}
RIGHT = [
    "On parle le provençal, et une italienne aussi.",
    "Un recueil de 4 cm relié en cuir.",
    "Un atelier « découverte » est ouvert à tous.",
    "Exposition « Bleu de travail »",
    "Lan a zo ma kan, « kan ya ma kan », e brezhoneg hag e galleg emañ ar bobl.",
    "L'Etat et les villes sont partenaires.",
    "La gendarmerie ouvre ses portes.",
]
READER = Grammalecte(FAKE, asked=True)


def found(folder: Path, *texts: str, reader: Grammalecte = READER, **more: Any) -> list[str]:
    """The codes and the words of the findings in an article of these paragraphs."""
    made = read_kit(proofs.write(folder, proofs.text(*texts), **more))
    assert made.kit is not None
    told = []
    for each in read(Proof(made.kit, TODAY, KEPT, reader)):
        text = made.sources[each.span.file].source
        words = text.text[text.offset(each.span.start) : text.offset(each.span.end)]
        told.append(f"{each.code} {words.strip()}")
    return told


def test_the_stand_in_answers_as_grammalecte_does(rewrite_expected: bool) -> None:
    sentences = [*WRONG, *RIGHT]
    assert json.loads(ANSWERS.read_text(encoding="utf-8")).keys() <= set(sentences)
    if REAL is None:
        pytest.skip("Grammalecte is not installed")
    remarks = Grammalecte(Path(REAL)).read(sentences)
    plain = {
        sentence: [
            {
                "nStart": each.start,
                "nEnd": each.end,
                "sType": each.kind,
                "sRuleId": each.rule,
                "sMessage": each.says,
                "aSuggestions": [*each.meant],
            }
            for each in said
            if each.kind in KINDS
        ]
        for sentence, said in zip(sentences, remarks, strict=True)
        if any(each.kind in KINDS for each in said)
    }
    if rewrite_expected:
        text = json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
        ANSWERS.write_text(text, encoding="utf-8")
    assert json.loads(ANSWERS.read_text(encoding="utf-8")) == plain


@pytest.mark.parametrize("sentence", WRONG)
def test_a_mistake_is_found_at_its_word(sentence: str, tmp_path: Path) -> None:
    assert found(tmp_path, sentence) == [WRONG[sentence]]


def test_right_sentences_are_left_alone(tmp_path: Path) -> None:
    assert RIGHT
    assert found(tmp_path, *RIGHT) == []


def test_a_place_is_exact_inside_markdown_and_with_letters_of_two_parts(tmp_path: Path) -> None:
    text = "Les ateliers **ayant** [menés](https://example.org) à ce projet sont ouverts."
    assert found(tmp_path, text) == ["G101 menés"]
    parts = "Les e\u0301quipes *pré\u00adsente* leurs travaux."
    assert found(tmp_path, parts) == ["G103 pré\u00adsente"]


def test_names_of_the_glossary_and_other_languages_are_not_read(tmp_path: Path) -> None:
    rotonde = "La Rotonde est ouverte, le Rotonde aussi."
    assert found(tmp_path, rotonde, glossary={"words": ["Rotonde"]}) == []
    assert found(tmp_path, rotonde, glossary={"terms": ["le Rotonde"]}) == []
    quote = {"type": "quote", "language": "de", "text": "Ce atelier est gratuit.", "author": "X"}
    made = read_kit(proofs.write(tmp_path, proofs.article(quote)))
    assert made.kit is not None
    assert list(read(Proof(made.kit, TODAY, KEPT, READER))) == []


def test_what_another_rule_reports_is_said_once(tmp_path: Path) -> None:
    folder = proofs.write(tmp_path, proofs.text("Pain, fromage etc. sont servis sur place."))
    told = review(folder, TODAY, KEPT, None, READER).report.diagnostics
    assert [each.code for each in told] == ["T233"]


def test_a_waiver_holds_and_is_not_idle_while_nobody_reads_the_grammar(tmp_path: Path) -> None:
    waiver = {"rule": "G105", "words": "Ce atelier", "reason": "Un titre."}
    article = proofs.text("Ce atelier est gratuit.")
    folder = proofs.write(tmp_path, article, waivers=[waiver])
    read_ = review(folder, TODAY, KEPT, None, READER)
    assert (read_.report.diagnostics, read_.waived) == ((), 1)
    assert review(folder, TODAY, KEPT).report.diagnostics == ()
    missing = review(folder, TODAY, KEPT, None, Grammalecte(None, asked=True))
    assert [each.code for each in missing.report.diagnostics] == ["G100"]


def test_a_finding_is_kept_until_the_program_or_a_text_is_another(tmp_path: Path) -> None:
    program, cache = program_of(tmp_path, FAKE.read_text(encoding="utf-8")), Cache(tmp_path / "c")
    shutil.copy(ANSWERS, program.parent)
    folder = tmp_path / "kit"
    folder.mkdir()
    proofs.write(folder, proofs.text("Ce atelier est gratuit."))

    def codes() -> list[str]:
        asked = Grammalecte(program, asked=True)
        return [each.code for each in review(folder, TODAY, cache, None, asked).report.diagnostics]

    assert codes() == ["G105"]
    before = program.stat()
    program.write_text(f"#!/bin/sh\nexit 1\n{'#' * (before.st_size - 17)}", encoding="utf-8")
    os.utime(program, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert codes() == ["G105"]  # the same file, as far as its size and time say
    os.utime(program)
    assert codes() == ["G100"]


def test_a_build_starts_no_other_program(tmp_path: Path) -> None:
    told = tmp_path / "started"
    program_of(tmp_path, f"#!/bin/sh\ntouch {told}\n")
    folder = proofs.write(tmp_path, proofs.text("Ce atelier est gratuit."), grammar=True)
    assert journey.build(folder, tmp_path / "out", cache=KEPT).ok
    assert not told.exists()


# --- the program: missing, broken, slow, hostile ---------------------------------------------


def program_of(folder: Path, text: str) -> Path:
    path = folder / "bin" / "grammalecte-cli"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def trouble(folder: Path, text: str) -> str:
    program = program_of(folder, text)
    with pytest.raises(grammalecte.NotRead) as caught:
        Grammalecte(program).read(["Bonjour."])
    return caught.value.trouble.value


@pytest.mark.parametrize(
    "answer",
    [
        "exit 1",
        "echo",
        "echo '[]'",
        """echo '{"data": [{"iParagraph": "1", "lGrammarErrors": []}]}'""",
        """echo '{"data": [{"iParagraph": 1, "lGrammarErrors": [{"nStart": 0}]}]}'""",
        'echo \'{"data": [], "a": \'; exec 1>&-; kill -9 $$',
        "printf '[%.0s' $(seq 1 100000)",
    ],
)
def test_an_answer_that_is_none_is_told_as_such(answer: str, tmp_path: Path) -> None:
    assert trouble(tmp_path, f"#!/bin/sh\n{answer}\n") == "broken"
    assert trouble(tmp_path, "no program at all") == "broken"


def test_places_outside_a_text_are_left_out(tmp_path: Path) -> None:
    remark = {"sType": "gn", "sRuleId": "x", "sMessage": "m", "aSuggestions": []}
    places = [(0, 3), (-1, 2), (3, 99), (2, 2)]
    errors = [{**remark, "nStart": start, "nEnd": end} for start, end in places]
    data = [{"iParagraph": number, "lGrammarErrors": errors} for number in (0, 1, 7)]
    program = program_of(tmp_path, f"#!/bin/sh\ncat <<'E'\n{json.dumps({'data': data})}\nE\n")
    (said,) = Grammalecte(program).read(["Bonjour."])
    assert [(each.start, each.end) for each in said] == [(0, 3)]


def test_limits_of_time_and_output_end_the_program_and_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    bounds = Bounds(1000, work=Limits(seconds=1, memory=0))
    monkeypatch.setattr(grammalecte, "GRAMMAR", bounds)
    sleeping = f"#!/bin/sh\nsleep 60 & echo $! > {child}\n"
    assert trouble(tmp_path, f"{sleeping}exit 0\n") == "slow"
    assert trouble(tmp_path, f"{sleeping}wait\n") == "slow"
    time.sleep(0.2)
    stat = Path("/proc", child.read_text().strip(), "stat")
    assert not stat.exists() or stat.read_text().split()[2] == "Z"
    assert trouble(tmp_path, "#!/bin/sh\nexec yes\n") == "large"


def test_a_program_gets_nothing_of_the_users_environment_and_no_folder_of_a_kit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    monkeypatch.setenv("SECRET", "word")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    script = f"#!/bin/sh\nenv > {told}; pwd >> {told}; ls -A . >> {told}; echo '{{\"data\": []}}'\n"
    assert Grammalecte(program_of(tmp_path, script)).read(["; touch x `id`"]) == [[]]
    lines = told.read_text(encoding="utf-8").splitlines()
    assert lines[-1].endswith("/empty")
    assert not {"SECRET=word", f"PYTHONPATH={tmp_path}"} & {*lines}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "told"]


def test_a_program_in_a_kit_or_wherever_one_stands_is_never_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    kit, elsewhere = tmp_path / "kit", tmp_path / "own"
    kit.mkdir()
    elsewhere.mkdir()
    inside = program_of(kit, "#!/bin/sh\n")
    monkeypatch.chdir(inside.parent)
    assert find(f".::{inside.parent}", kit) is None
    (elsewhere / "grammalecte-cli").symlink_to(inside)
    assert find(f"bin:{elsewhere}", kit) is None
    (elsewhere / "grammalecte-cli.py").write_text("#!/bin/sh\n", encoding="utf-8")
    assert find(f"{elsewhere}", kit) is None  # it is no program
    (elsewhere / "grammalecte-cli.py").chmod(0o755)
    assert find(f"{inside.parent}:{elsewhere}", kit) == elsewhere / "grammalecte-cli.py"


# --- the verb --------------------------------------------------------------------------------


@pytest.fixture
def check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    """Checks a kit of one sentence; `path` is where programs are."""

    def call(*words: str, path: Path = HERE, **edition: Any) -> tuple[int, str, str]:
        folder = tmp_path / "kit"
        folder.mkdir(exist_ok=True)
        proofs.write(folder, proofs.text("Ce atelier est gratuit."), **edition)
        monkeypatch.setenv("PATH", str(path))
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
        code = cli.run(["check", str(folder), "--format", "concise", *words])
        return code, *capsys.readouterr()

    return call


@pytest.mark.skipif(not Path("/usr/bin/env").exists(), reason="no /usr/bin/env")
def test_grammar_is_read_where_that_is_asked_or_the_kit_wants_it(check: Any) -> None:
    assert check("--language", "fr")[:2] == (0, "")
    for words, edition in ((["--grammar"], {}), ([], {"grammar": "yes"})):
        code, out, err = check(*words, "--language", "fr", **edition)
        assert code == 0
        assert out.count("G105") == 1
        assert "«\u00a0Ce atelier\u00a0»" in out
        assert err == ""
    assert check("--grammar", "--strict")[0] == 1
    assert "G105" in check("--select-rules", "G")[1]


def test_without_the_program_one_sentence_says_so(check: Any, tmp_path: Path) -> None:
    code, out, err = check("--grammar", "-q", "--language", "fr", path=tmp_path)
    assert (code, out) == (3, "")
    assert "Grammalecte n’est pas installé" in err
    assert "grammalecte-cli" in err
    code, out, err = check("--language", "en", grammar="yes", path=tmp_path)
    assert (code, err) == (0, "")
    assert ":10: warning[G100] The grammar was not read" in out


def test_for_an_english_kit_one_sentence_says_that_french_is_read_only(check: Any) -> None:
    code, out, err = check("--grammar", "--language", "en", language="en")
    assert (code, out) == (0, "")
    assert err.startswith("The grammar was not read: Grammalecte reads French only.\n")


@pytest.mark.skipif(REAL is None, reason="Grammalecte is not installed")
def test_the_kit_of_2021_has_mistakes_of_grammar() -> None:
    folder = Path(__file__).parents[2] / "data" / "2021"
    made = read_kit(folder)
    assert made.kit is not None
    reader = Grammalecte(Path(str(REAL)), asked=True)
    told = list(read(Proof(made.kit, TODAY, KEPT, reader)))
    meant = {str(each.message.values.get("meant")) for each in told}
    wanted = {
        "la Gendarmerie",
        "ayant mené",
        "Fonction publique",
        "des Allocations",
        "des réformes",
    }
    assert wanted <= meant
    assert len(told) < 15
