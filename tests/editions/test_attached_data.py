"""The data in a PDF: what it prints and ids, and nothing that its pages do not show."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pydantic import BaseModel

from moip_press.editions import attached_data
from moip_press.editions.attached_data import EVERYWHERE, ISSUE, PRINTED, WITH, Handed, data
from moip_press.kit.model import blocks, edition, parts, records, sessions
from moip_press.kit.model.fields import Prose, Text
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.press import journey
from moip_press.text import prose
from tests.reading import Pdf

KIT = Path(__file__).parents[1] / "kits" / "heard"
# What a record knows and no page shows: whoever adds a field decides on which side it stands.
UNPRINTED = {
    "Agenda": {"by", "select"},
    "Index": {"by", "columns", "select"},
    "Edition": {
        "handouts",
        "previous",
        "complete",
        "waivers",
        "edition", "publisher", "logo", "subject", "keywords", "contacts", "country",
        "fields", "words", "link_fallback", "web",
        "theme", "attach_data", "grammar", "limits", "chapters", "timezone", "imports",
    },
    "Publisher": {"short_name", "authority", "motto"},
    "NamedPeriod": {"regions"},
    "KeyFigure": {"count", "sum"},
    "ChartBlock": {"count", "sum", "width", "order", "from_", "sheet", "columns"},
    "MapBlock": {"kind", "count", "sum", "width"},
    "CountedMap": {"kind", "count", "sum", "width", "spots", "unplaced"},
    "CountedFigure": {"count", "sum", "known", "asked"},
    "Image": {"file", "focus", "decorative", "pending", "rights", "until", "consent"},
    "Partner": {"logo"},
    "Contact": {"validated", "regions", "sections"},
    "BackCover": {"partners"},
    "CoverPage": {"kind"},
    "Event": {"region", "theme", "page", "pending", "validated"},
    "Lab": {"logo", "pending", "validated"},
    "TableBlock": {"from_", "sheet", "sums_title", "row_heads"},
    "Column": {"decimals", "sum", "heading"},
    "TextBlock": {"columns"},
    "BoxBlock": {"columns"},
    "FigureBlock": {"width"},
    "PeopleBlock": {"columns"},
    "GalleryBlock": {"columns"},
}  # fmt: skip
PART = {
    "handout",
    "complete",
    "order",
    "contents_title",
    "listed",
    "pending",
    "page",
    "opener",
    "spacing",
    "contacts",
    "validated",
}


@pytest.fixture(scope="module")
def kit() -> Kit:
    found = read_kit(KIT)
    assert found.kit is not None, found.report
    return found.kit


@pytest.fixture(scope="module")
def held(build_heard: journey.Build) -> dict[str, Any]:
    assert build_heard.dossier is not None
    reader = pypdf.PdfReader(build_heard.dossier.path)
    ((name, (content,)),) = reader.attachments.items()
    assert name == "data.json"
    found: dict[str, Any] = json.loads(content)
    return found


def models() -> Iterator[type[BaseModel]]:
    for module in (records, sessions, parts, blocks, edition):
        for found in vars(module).values():
            if isinstance(found, type) and issubclass(found, BaseModel):
                yield found


def test_of_each_field_it_is_decided_whether_it_may_be_told() -> None:
    checked = 0
    for model in {found for found in models() if found in PRINTED}:
        known = set(PRINTED[model]) | UNPRINTED.get(model.__name__, set())
        known |= PART if issubclass(model, parts.Part | blocks.Block) else set()
        open_fields = set(model.model_fields) - known
        assert not open_fields - {"title", "template", "fields"}, (model, open_fields)
        assert set(PRINTED[model]) <= set(model.model_fields)
        checked += 1
    assert checked > 30
    told = {*EVERYWHERE, *ISSUE, *(name for names in WITH.values() for name in names)}
    assert set(edition.Edition.model_fields) - told <= UNPRINTED["Edition"]


def test_it_says_what_it_is_and_in_which_version(held: dict[str, Any]) -> None:
    assert held["format"] == "moip-press/press-kit"
    assert held["version"] == attached_data.VERSION == 2
    assert held["kit"]["title"] == "Semaine de la lecture"
    assert held["kit"]["period"] == {"start": "2023-03-06", "end": "2023-03-12"}
    assert [part["type"] for part in held["parts"]][:4] == [
        "cover", "contents", "contacts", "editorial",
    ]  # fmt: skip


def test_an_event_has_its_id_its_words_and_its_days(held: dict[str, Any]) -> None:
    (section,) = [part for part in held["parts"] if part["type"] == "programme"]
    opening, evening, workshop = section["events"]
    assert opening == {
        "id": "ouverture",
        "title": "Ouverture",
        "organisers": ["Bibliothèque"],
        "when": {"kind": "day", "days": ["2023-03-06"], "times": [{"start": "18:00"}]},
        "status": "confirmed",
        "text": "Un verre, une page.",
        "link": "https://www.example.org/ouverture",
    }
    assert evening["language"] == "en"
    assert evening["place"] == {"venue": "Grand théâtre", "town": "Lyon"}
    assert workshop["status"] == "cancelled"


def test_page_numbers_are_those_of_the_pages(held: dict[str, Any]) -> None:
    (part,) = [part for part in held["parts"] if part["type"] == "editorial"]
    assert part["body"] == "Bienvenue à la 2e Reading Week. Elle commence p. 5."


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A kit that knows more than it prints."""
    folder = tmp_path / "kit"
    shutil.copytree(KIT, folder)
    events = folder / "lectures.yaml"
    text = events.read_text(encoding="utf-8")
    text = text.replace(
        "title: Atelier\n", "title: Atelier\n    region: SECRET\n    theme: SECRET\n"
    )
    text += "  - {title: SECRET ebauche, when: 10 mars, status: draft}\n"
    text = text.replace("une page.", 'une [page](https://www.example.org "SECRET").')
    events.write_text(text, encoding="utf-8")
    manifest = folder / "kit.yaml"
    text = manifest.read_text(encoding="utf-8")
    text = text.replace("Ville de Saint-Exemple}\nlogo", "Ville, short_name: SECRET}\nlogo")
    manifest.write_text(f"{text}edition: 77777\n", encoding="utf-8")
    custom = folder / "tout.yaml"
    custom.write_text(
        custom.read_text(encoding="utf-8") + "fields: {note: SECRET}\n", encoding="utf-8"
    )
    return folder


def test_what_is_not_printed_is_not_told(secret: Path) -> None:
    found = read_kit(secret)
    assert found.kit is not None, found.report
    text = data(found.kit, [placed.part for placed in found.kit.parts()], {}).decode()
    assert "Atelier" in text
    for word in ("SECRET", "77777", "# ", ".png", ".svg", ".yaml", ".html", secret.as_posix()):
        assert word not in text


def test_a_handout_tells_of_its_own_section_only(kit: Kit) -> None:
    chosen = [placed.part for placed in kit.parts() if placed.part.id == "les-lectures"]
    text = data(kit, chosen, {}, Handed("Pour la presse")).decode()
    found = json.loads(text)
    assert [part["type"] for part in found["parts"]] == ["programme"]
    assert found["handout"] == {"title": "Pour la presse"}
    for word in ("Plume", "Deux questions", "Dominique", "Victor", "amis.example", "tagline"):
        assert word not in text


def test_a_handout_of_chosen_events_tells_of_these_only(kit: Kit) -> None:
    opening, *_ = kit.events()
    text = data(kit, (), {}, Handed("Choix", None, ("presse",), (opening,))).decode()
    found = json.loads(text)
    assert found["parts"] == []
    assert [event["id"] for event in found["handout"]["events"]] == ["ouverture"]
    assert [contact["id"] for contact in found["kit"]["contacts"]] == ["presse"]
    for word in ("Atelier", "Poets", "Les lectures", "Dominique"):
        assert word not in text


def written(folder: Path, name: str, old: str, new: str) -> Kit:
    """Return the kit in ``folder`` with other words in one of its files."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    found = read_kit(folder)
    assert found.kit is not None, found.report
    return found.kit


def test_whoever_has_any_page_knows_which_issue_it_is_of(secret: Path) -> None:
    lines = "version: 3\nembargo: 2 mars 2023 à 6 h\nstatus: draft\n"
    kit = written(secret, "kit.yaml", "status: final\n", lines)
    chosen = [placed.part for placed in kit.parts() if placed.part.id == "les-lectures"]
    told = json.loads(data(kit, chosen, {}))["kit"]
    assert told["version"] == "3"
    assert told["date_of_issue"] == "2023-02-01"
    assert told["embargo"] == {
        "kind": "day",
        "days": ["2023-03-02"],
        "times": [{"start": "06:00"}],
    }
    assert told["status"] == "draft"


def test_a_kit_without_version_or_embargo_says_nothing_of_them(held: dict[str, Any]) -> None:
    assert not {"version", "embargo", "status"} & set(held["kit"])


def test_who_validated_what_stays_in_the_house(secret: Path) -> None:
    line = "title: Atelier\n    validated: {by: SECRET, on: 2023-03-01}\n"
    kit = written(secret, "lectures.yaml", "title: Atelier\n", line)
    assert [event.validated.by for event in kit.events() if event.validated] == ["SECRET"]
    assert "SECRET" not in data(kit, [placed.part for placed in kit.parts()], {}).decode()


def test_a_kit_can_leave_it_out(tmp_path: Path) -> None:
    folder = tmp_path / "kit"
    shutil.copytree(KIT, folder)
    with (folder / "kit.yaml").open("a", encoding="utf-8") as file:
        file.write("attach_data: no\n")
    made = journey.build(folder, tmp_path / "output")
    assert made.dossier is not None
    assert "/EmbeddedFiles" not in Pdf(made.dossier.path).root.get("/Names", {})


def test_it_is_the_source_of_the_document(build_heard: journey.Build) -> None:
    assert build_heard.dossier is not None
    root = Pdf(build_heard.dossier.path).root
    (file,) = root["/AF"]
    assert file.get_object()["/AFRelationship"] == "/Source"
    assert file.get_object()["/Desc"] == "Les données que ce document imprime."


@pytest.mark.parametrize(
    "text",
    [
        "Été : « x »\nla suite.",
        "Un.\n\nDeux,\ntrois.",
        "Un mot _souligné_ ici",
        "a_b_c et d_e",
        "Titre\n===",
        "Mot\n- tiret",
        "Ligne  \nsuivante",
        "Un &amp; deux",
        "https://example.org/a_b",
        "1. un",
        "mot\n\n\nautre mot",
    ],
)
def test_words_without_marks_are_read_as_markdown_reads_them(kit: Kit, text: str) -> None:
    about = records.About.model_construct(title=Text("x"), text=Prose(text))
    edition_ = kit.edition.model_copy(update={"about": about})
    found = attached_data.described(replace(kit, edition=edition_), [parts.AboutPart()], {})
    assert found["kit"]["about"]["text"] == prose.plain_text(text)
