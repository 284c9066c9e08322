"""One plain value where a list or a record may stand is read as what it plainly means."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from moip_press.exchange.columns.kit_rows import rows_of
from moip_press.kit import schemas
from moip_press.kit.editing import Put, edit
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import Reading, read_kit
from moip_press.proofread import correction
from moip_press.proofread.review import review
from tests.keeping import KEPT

FILES = {
    "kit": """\
title: Semaine du numérique
language: fr
period: {start: 2026-11-01, end: 2026-11-30}
publisher: Ville de Rennes
logo: images/x.svg
keywords: innovation
contacts: {id: presse, name: Alix Martin, email: presse@ville.fr}
partners: [Ifremer, {name: CNRS, logo: CNRS}]
chapters: programme.yaml
handouts: {title: Extrait, sections: le-programme, contacts: presse}
""",
    "programme": """\
type: programme
title: Le programme
closing_links: Tous les laboratoires
events:
  title: Portes ouvertes
  when: 16 novembre
  place: Les Champs Libres
  organisers: Ifremer
  notes: Sur inscription , merci
  access: wheelchair
  image: images/x.svg
""",
    "glossary": "words: idéathon\nterms: Campus Ville\n",
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
TODAY = datetime.date(2026, 10, 1)


def read(folder: Path, **files: str) -> Reading:
    for name, text in {**FILES, **files}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "images").mkdir(exist_ok=True)
    (folder / "images" / "x.svg").write_text(SVG)
    return read_kit(folder)


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    found = read(tmp_path)
    assert found.report.diagnostics == ()
    assert found.kit is not None
    return found.kit


def test_one_value_is_a_list_of_one_and_a_text_is_a_record(kit: Kit) -> None:
    edition = kit.edition
    assert edition.publisher.name == "Ville de Rennes"
    assert edition.logo is not None
    assert (edition.logo.file, edition.keywords) == ("images/x.svg", ("innovation",))
    assert [contact.id for contact in edition.contacts] == ["presse"]
    assert [partner.name for partner in edition.partners] == ["Ifremer", "CNRS"]
    second = edition.partners[1].logo
    assert second is not None
    assert second.words == ("CNRS",)
    assert [(h.sections, h.contacts) for h in edition.handouts] == [
        (("le-programme",), ("presse",))
    ]
    (event,) = kit.events()
    assert event.place is not None
    assert (event.place.venue, event.organisers) == ("Les Champs Libres", ("Ifremer",))
    assert (event.notes, event.access) == (("Sur inscription , merci",), ("wheelchair",))
    assert event.image is not None
    assert event.image.file == "images/x.svg"
    assert [link.title for link in kit.sections()[0].closing_links] == ["Tous les laboratoires"]
    assert (kit.glossary.words, kit.glossary.terms[0].preferred) == (("idéathon",), "Campus Ville")


def test_texts_stand_where_they_are_written(kit: Kit) -> None:
    placed = {str(value.value): value for value in kit.values() if isinstance(value.value, str)}
    for words, line, column in (("Ifremer", 8, 15), ("Les Champs Libres", 7, 10)):
        start = placed[words].span.start
        assert (start.line, start.column) == (line, column), words
        assert placed[words].written == words


def test_parts_of_an_article_may_be_plain_texts(tmp_path: Path) -> None:
    text = """\
type: article
title: Article
body:
  - Un texte simple.
  - {type: cards, items: [Une carte, {title: T, text: Autre}]}
  - {type: key-figures, items: {value: 12 %, label: des labs}}
  - {type: labs, labs: Lab C}
"""
    kit = read(tmp_path, programme=text).kit
    assert kit is not None
    (part,) = (placed.part for placed in kit.parts())
    body: Any = part.body  # type: ignore[attr-defined]
    assert [block.type for block in body] == ["text", "cards", "key-figures", "labs"]
    assert [card.text for card in body[1].items] == ["Une carte", "Autre"]
    assert (body[2].items[0].value, body[3].labs[0].name) == ("12 %", "Lab C")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("organisers: Ifremer", "organisers: {nom: Ifremer}", "S103"),
        ("organisers: Ifremer", 'organisers: ""', "S103"),
        ("access: wheelchair", "access: tapis", "S104"),
        ("place: Les Champs Libres", "validated: oui", "S103"),
        ("  when: 16 novembre", "  when: 31 novembre", "D101"),
    ],
)
def test_what_is_wrong_in_it_is_told_at_its_place(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    found = read(tmp_path, programme=FILES["programme"].replace(old, new)).report.diagnostics
    line = FILES["programme"].split("\n").index(f"  {old.strip()}") + 1
    assert [(each.code, each.span.start.line) for each in found] == [(code, line)]


def test_tables_hold_it(kit: Kit) -> None:
    (row,) = (row for row in rows_of(kit) if row.kind == "event")
    assert row.values["organisers"] == ("Ifremer",)
    assert row.values["place.venue"] == "Les Champs Libres"


def test_files_are_changed_where_they_can_be(kit: Kit) -> None:
    source = next(kit.parts()).source
    good = Put(("events", "title"), "Autre")
    bad = Put(("events", "place", "town"), "Rennes")
    done = edit(source, [good, bad])
    assert done.refused == (bad,)
    assert "  title: Autre\n" in done.text
    assert "place: Les Champs Libres" in done.text


def test_texts_of_it_are_corrected(kit: Kit) -> None:
    def look() -> Any:
        return review(kit.folder, TODAY, KEPT)

    done = correction.fix(look(), look, lambda report: report)
    assert done.count
    assert "notes: Sur inscription, merci" in (kit.folder / "programme.yaml").read_text()


def test_words_are_learnt_beside_a_plain_one(kit: Kit) -> None:
    correction.learn(review(kit.folder, TODAY, KEPT), ["hackathon"])
    assert (kit.folder / "glossary.yaml").read_text().startswith("words: [idéathon, hackathon]\n")


@pytest.mark.parametrize(("kind", "file"), [("kit", "kit"), ("programme", "programme")])
def test_editors_take_it(kind: str, file: str) -> None:
    value = json.loads(json.dumps(yaml.safe_load(FILES[file]), default=str))
    assert list(Draft202012Validator(schemas.schema(kind)).iter_errors(value)) == []
