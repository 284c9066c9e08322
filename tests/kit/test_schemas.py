"""The JSON Schemas, by which an editor completes and checks a kit as it is typed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from moip_press import cli
from moip_press.kit import schemas
from moip_press.kit.model.kit_files import read_kit
from moip_press.report.messages import available_languages

DATA = Path(__file__).parents[2] / "data" / "2021"
FILES = sorted(DATA.rglob("*.yaml"))
SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
KIT = {
    "title": "Semaine du numérique",
    "period": {"start": "2021-11-01", "end": "2021-11-30"},
    "publisher": {"name": "Ville de Saint-Exemple"},
    "chapters": ["cover", ["contents", "contacts"], {"title": "Programme", "chapters": ["a.yaml"]}],
}
PROGRAMME = {
    "type": "programme",
    "title": "Le programme",
    "events": [{"title": "Portes ouvertes", "when": "16 novembre"}],
}


class Editor(yaml.SafeLoader):
    """Reads YAML as editors do: by the core schema of YAML 1.2, where `no` is a text and
    2021-11-01 too, but 8 is a number."""


Editor.yaml_implicit_resolvers = {}
for name, form, signs in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(f"^(?:{form})$"), signs)


def faults(kind: str, value: object) -> list[str]:
    validator = Draft202012Validator(schemas.schema(kind))
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(value)]


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_schemas_are_valid(kind: str) -> None:
    Draft202012Validator.check_schema(schemas.schema(kind))


@pytest.mark.parametrize("language", available_languages())
@pytest.mark.parametrize("kind", schemas.COMMITTED)
def test_the_committed_schemas_are_current(kind: str, language: str) -> None:
    committed = schemas.path(kind, language).read_text(encoding="utf-8")
    assert committed == schemas.schema_text(kind, language), "run `make schemas`"


def described(made: Any) -> set[str]:
    """All that a schema says of fields and records."""
    values = [*made.values()] if isinstance(made, dict) else made if isinstance(made, list) else []
    own = {made["description"]} if isinstance(made, dict) and "description" in made else set()
    return {each for each in own if isinstance(each, str)}.union(*map(described, values))


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_a_french_schema_asks_for_what_the_english_one_does(kind: str) -> None:
    english, french = schemas.schema(kind), schemas.schema(kind, "fr")
    assert bare(french) == bare(english)
    assert len(described(french) - described(english)) > 3


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_a_french_schema_says_everything_in_french(kind: str) -> None:
    english, french = described(schemas.schema(kind)), described(schemas.schema(kind, "fr"))
    assert len(french) == len(english)
    assert french & english == set()


def bare(made: Any) -> Any:
    """A schema without its words."""
    if isinstance(made, list):
        return [bare(each) for each in made]
    if not isinstance(made, dict):
        return made
    words = {name for name, value in made.items() if name == "description" and value is not None}
    return {name: bare(value) for name, value in made.items() if name not in words}


def test_a_schema_is_printed_in_the_language_of_the_user(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["schema", "glossary", "--language", "fr"]) == 0
    assert json.loads(capsys.readouterr().out) == schemas.schema("glossary", "fr")


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_schemas_are_printed(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schema", kind]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == schemas.schema(kind)
    assert err == ""


def test_the_schema_of_a_kit_is_printed_where_no_kind_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "moip-press: kit"


def test_there_is_data_to_check() -> None:
    assert len(FILES) > 10


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(DATA).as_posix())
def test_an_editor_finds_nothing_wrong_with_the_kit_of_2021(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    kind = file.stem if file.stem in ("kit", "theme") else "part"
    assert faults(kind, yaml.load(text, Editor)) == []  # noqa: S506 -- a safe loader


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(DATA).as_posix())
def test_every_file_of_2021_names_its_schema(file: Path) -> None:
    found = SCHEMA_LINE.match(file.read_text(encoding="utf-8"))
    assert found
    kind = file.stem if file.stem in ("kit", "theme") else "part"
    assert (file.parent / found[1]).resolve() == schemas.path(kind, "fr")


@pytest.mark.parametrize(
    "more",
    [
        {"edition": 8},
        {"edition": "8"},
        {"version": 1.2},
        {"contacts": [{"id": 2021, "name": "Alix Martin"}]},
        {"title": 2021},
        {"date_of_issue": "26 octobre 2021"},
        {"contacts": [{"id": "c", "telephone": 3939}]},
        {"contacts": [{"id": "c", "telephone": "+33 (0)1.02-03 04 05 poste 12"}]},
        {"contacts": [{"id": "c", "email": "élodie.o'neil+presse@mairie.example.org"}]},
        {"partners": [{"name": "P", "logo": {"file": "p.png", "pending": "yes"}}]},
        {"partners": [{"name": "P", "logo": {"file": "p.png", "pending": True}}]},
        {"subtitle": None},
    ],
    ids=str,
)
def test_what_the_model_reads_the_editor_accepts(more: dict[str, Any], tmp_path: Path) -> None:
    assert faults("kit", KIT | more) == []
    text = json.dumps(KIT | more | {"chapters": ["cover"]}, ensure_ascii=False)
    (tmp_path / "kit.yaml").write_text(text, encoding="utf-8")
    assert read_kit(tmp_path).report.diagnostics == ()


@pytest.mark.parametrize(
    "more",
    [
        {"tittle": "x"},
        {"language": "de"},
        {"edition": "huitième"},
        {"chapters": []},
        {"chapters": [{"chapters": ["a.yaml"]}]},
        {"website": "www.example.org"},
        {"keywords": {"mot": "numérique"}},
        {"about": "Ville"},
        {"contacts": [{"id": "Mairie de X", "name": "Alix Martin"}]},
        {"contacts": [{"id": "c", "role": "Presse"}]},
        {"contacts": [{"id": "c", "telephone": "bientôt"}]},
        {"contacts": [{"id": "c", "telephone": 15}]},
        {"contacts": [{"id": "c", "email": "mairie@example"}]},
        {"contacts": [{"id": "c", "email": "a@example.org, b@example.org"}]},
        {"theme": {"calendar": "squares"}},
    ],
    ids=str,
)
def test_what_the_model_refuses_the_editor_marks(more: dict[str, Any], tmp_path: Path) -> None:
    assert faults("kit", KIT | more) != []
    (tmp_path / "kit.yaml").write_text(json.dumps(KIT | more), encoding="utf-8")
    (tmp_path / "a.yaml").write_text(json.dumps(PROGRAMME), encoding="utf-8")
    assert not read_kit(tmp_path).report.ok


@pytest.mark.parametrize(
    "more",
    [
        {"type": "program"},
        {"opener": "huge"},
        {"events": [{"title": "x"}]},
        {"events": [{"title": "x", "when": "16 novembre", "organizers": ["y"]}]},
        {"events": [{"title": "x", "when": "16 novembre", "online": "perhaps"}]},
        {"closing_links": [{"title": "x", "url": "javascript:alert(1)"}]},
    ],
    ids=str,
)
def test_what_is_wrong_in_a_part_the_editor_marks(more: dict[str, Any]) -> None:
    assert faults("part", PROGRAMME) == []
    assert faults("part", PROGRAMME | more) != []


def properties(kind: str) -> dict[str, dict[str, Any]]:
    made = schemas.schema(kind)
    records = {kind: made} | made.get("$defs", {})
    return {
        f"{record}.{name}": value
        for record, found in records.items()
        for name, value in found.get("anyOf", [found])[-1].get("properties", {}).items()
    }


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_every_field_is_explained_in_a_line(kind: str) -> None:
    said = {name: value.get("description", "") for name, value in properties(kind).items()}
    assert len(said) > 4
    assert {name for name, text in said.items() if not text.endswith(".")} == set()
    assert {name for name, text in said.items() if "\n" in text} == set()


def test_fields_are_explained_where_they_are_typed() -> None:
    events = schemas.schema("programme")["$defs"]["Event"]["properties"]
    assert events["title"]["description"]
    assert "16 novembre" in events["when"]["examples"]
    assert events["status"]["enum"] == ["confirmed", "draft", "cancelled", "postponed"]
