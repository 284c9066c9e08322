"""What tables hold: every field of the kit has a column or a reason, and cells lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moip_press.exchange.columns.column import (
    Column,
    Form,
    RecordSheet,
    escaped,
    from_cell,
    guarded,
    heading_key,
    normal,
    said_as,
    to_cell,
)
from moip_press.exchange.columns.kit_rows import rows_of
from moip_press.exchange.columns.record_sheets import KINDS, SHEETS, leaves
from moip_press.kit.model.kit import Kit
from moip_press.report.messages import Catalogue
from moip_press.system.tables.xlsx import unescaped
from tests.exchange.exporting import KITS, known_kit

LANGUAGES = ("fr", "en")
EVENT = KINDS["event"]


@pytest.fixture(params=KITS, ids=lambda folder: folder.name)
def kit(request: pytest.FixtureRequest) -> Kit:
    return known_kit(request.param)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.kind)
def test_every_field_has_a_column_or_a_reason_and_every_choice_a_word(sheet: RecordSheet) -> None:
    fields = leaves(*sheet.models)
    written = {column.path for column in sheet.written} - {"id", "section"}
    written = {path for path in written if not path.startswith("sessions.")}
    assert fields
    assert fields.keys() - {"id"} == written | (sheet.apart.keys() - {"id"})
    assert not written & sheet.apart.keys()
    for column in sheet.written:
        if column.form is Form.CHOICE and column.path != "type":
            assert tuple(choice.value for choice in column.choices) == fields[column.path].choices


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("Titre", "title"),
        ("Nom de l’Évènement", "title"),
        ("INTITULÉ :", "title"),
        ("Date(s)", "when"),
        ("Dates et horaires", "when"),
        ("Date de début", "when.start_date"),
        ("End date", "when.end_date"),
        ("Horaires", "when.times"),
        ("Lieu", "place.venue"),
        ("Ville *", "place.town"),
        ("Organisateur·rice(s)", "organisers"),
        ("Structure porteuse", "organisers"),
        ("Organised by", "organisers"),
        ("Descriptif (500 signes maximum)", "text"),
        ("Lien", "link"),
        ("URL", "link"),
        ("Lien d'inscription", "registration"),
        ("Région", "region"),
        ("Thématiques", "theme"),
        ("Public visé", "audience"),
        ("Statut", "status"),
        ("Présentiel / distanciel", "online"),
        ("ID", "id"),
        ("Rubrique", "section"),
    ],
)
def test_columns_are_found_under_the_headings_that_people_write(heading: str, path: str) -> None:
    key = heading_key(heading)
    found = [each for each in EVENT.columns if key in each.synonyms | said_as(each.heading)]
    assert [column.path for column in found] == [path]


def test_no_heading_means_two_columns() -> None:
    for sheet in SHEETS:
        seen: dict[str, str] = {}
        for column in sheet.columns:
            for name in said_as(column.heading):
                assert seen.setdefault(name, column.path) == column.path, (sheet.kind, name)
        for column in sheet.columns:
            for name in column.synonyms:
                assert seen.setdefault(name, column.path) == column.path or any(
                    name in said_as(other.heading) for other in sheet.columns
                ), (sheet.kind, name)


def test_every_value_of_a_kit_comes_back_from_its_cell(kit: Kit) -> None:
    seen = 0
    for row in rows_of(kit):
        for path, value in row.values.items():
            column = KINDS[row.kind].by_path[path]
            for language in LANGUAGES:
                assert from_cell(column, to_cell(column, value, Catalogue(language))) == value
            seen += 1
    assert seen > 40


def test_a_kit_is_rows_of_every_kind(kit: Kit) -> None:
    found = [(row.kind, row.uid) for row in rows_of(kit)]
    assert len(found) == len(set(found))
    assert {"event", "contact", "section", "block"} <= {kind for kind, _ in found}
    assert len([kind for kind, _ in found if kind == "event"]) == len(kit.events())


ALPHABET = st.sampled_from(
    "=+-@＝\u2212'\u200b\ufeff\u00ad\u202e\u2066\x00\t\r\n ;,\"|\\—é\u00a0\u2028\u0085_x000D"
)
TEXTS = st.one_of(st.text(ALPHABET, max_size=20), st.just("---"), st.just("\\---"))
FORMS = [
    column
    for form in (Form.LINE, Form.PROSE, Form.LINES, Form.PROSES)
    for column in [next(column for column in EVENT.columns if column.form is form)]
]


@settings(max_examples=100, deadline=None)
@given(column=st.sampled_from(FORMS), texts=st.lists(TEXTS, max_size=4))
def test_a_cell_gives_back_whatever_was_put_in_it(column: Column, texts: list[str]) -> None:
    several = column.form in (Form.LINES, Form.PROSES)
    value = tuple(texts) if several else "".join(texts)
    cell = to_cell(column, value, Catalogue("fr"))
    for written in (cell, guarded(cell), unescaped(escaped(cell)), cell.replace("\n", "\r\n")):
        assert from_cell(column, written) == normal(column, value)


UNSEEN = "\u200b\u200d\u2060\ufeff\u00ad\u00a0\u202f\u3000\u202e\u2066\u200f\u061c\x00\x7f\ufe0f"
FORMULAS = [f"{unseen}{sign}1" for unseen in UNSEEN for sign in "=+-@＝＋－＠\u2212"]
FORMULAS += ["=1+1", "+33 1 02 03 04 05", "- un point", "@SUM(A1)", " =2", "\u200b\u200b \ufeff=2"]


def test_no_text_is_a_formula_in_a_csv_file() -> None:
    column = EVENT.by_path["text"]
    for text in FORMULAS:
        cell = guarded(to_cell(column, text, Catalogue("fr")))
        assert cell == f"'{text}"
        assert from_cell(column, cell) == text


def test_yes_and_no_and_statuses_are_read_in_both_languages() -> None:
    online, status = EVENT.by_path["online"], EVENT.by_path["status"]
    assert [from_cell(online, word) for word in ("Oui", "x", "Yes", "À distance", "1")] == [
        True
    ] * 5
    assert [from_cell(online, word) for word in ("non", "No", "Présentiel")] == [False] * 3
    assert from_cell(online, "peut-être") == "peut-être"
    assert from_cell(status, "Annulée") == "cancelled"
    assert from_cell(status, "À confirmer") == "draft"
    assert from_cell(status, "peut-être") == "peut-être"
    assert to_cell(status, "postponed", Catalogue("fr")) == "reporté"


def test_words_of_access_and_languages_are_parted_by_lines_or_commas() -> None:
    access, languages = EVENT.by_path["access"], EVENT.by_path["languages"]
    assert from_cell(access, "fauteuil roulant, LSF") == ("fauteuil roulant", "LSF")
    assert from_cell(languages, "français ; breton\nLSF") == ("français", "breton", "LSF")
    assert from_cell(EVENT.by_path["organisers"], "Région, Ville") == ("Région, Ville",)


def test_a_heading_of_any_length_is_read_at_once() -> None:
    assert heading_key("(" * 1_000_000) == ""
