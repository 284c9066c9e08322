"""Files that are not what they claim to be, and files made to do harm: refused whole."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from moip_press.exchange.incoming.file_kinds import read_batch
from moip_press.system.tables.grid import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, Row
from moip_press.system.tables.xlsx import (
    MOST_MEMBERS,
    MOST_MERGES,
    Merge,
    _unmerged,
)
from tests.exchange.importing import FILES, codes, imported, kit, said, values
from tests.exchange.test_incoming_round_trip import exported
from tests.exchange.test_incoming_tables import workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS = [["Titre", "Date"], ["A", "3 novembre"]]


def archive(**parts: bytes) -> bytes:
    """Return a ZIP file; `_` in a name stands for its slash."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("p.xlsx", OLE + b"x" * 600 + "EncryptedPackage".encode("utf-16-le"),
         "The workbook is protected by a password."),
        ("p.xlsx", OLE + b"x" * 600,
         "This is a file of an old version of Office (.xls), which cannot be read."),
        ("p.xls", OLE + b"x" * 600,
         "This is a file of an old version of Office (.xls), which cannot be read."),
        ("p.xlsx", archive(mimetype=b"application/vnd.oasis", content_xml=b"<x/>"),
         "This is a file of LibreOffice or OpenOffice, and no spreadsheet."),
        ("p.xlsx", archive(word__document_xml=b"<x/>"),
         "This is a Word document, not an Excel workbook."),
        ("p.zip", workbook(("E", ROWS)), "The file is named .zip, but holds a workbook."),
        ("p.xlsx", archive(a=b"x"), "This is a ZIP archive, not an Excel workbook."),
        ("p.xlsx", b"PK\x03\x04 and nothing", "The workbook is damaged: it cannot be opened."),
        ("p.xlsx", b"Titre;Date\nA;3 novembre\n", "The file is named .xlsx, but holds a text."),
        ("p.csv", workbook(("E", ROWS)), "The file is named .csv, but holds a workbook."),
        ("p.csv", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
         "The file is named .csv, but holds a calendar."),
        ("p.xls", b"<html><table><tr><td>A</td></tr></table></html>",
         "This is a web page that says nothing of its events to programs (schema.org)."),
        ("p.csv", b"%PDF-1.7\n", "This is a PDF, which cannot be imported."),
        ("p.csv", bytes(range(256)) * 20 + b"\0" * 3000,
         "This is neither a table nor a calendar: its content is not text."),
        ("p.csv", b"", "The file is empty."),
        ("p.csv", b"\xef\xbb\xbf\r\n ", "The file is empty."),
        ("p.json", b'{"events": [',
         "The file is not whole: its JSON cannot be read from line 1 on."),
        ("p.json", b'{"a": 1}',
         "This JSON has no events that can be recognised: its records have “a”."),
        ("p.json", b"[1, 2]",
         "This JSON has no events that can be recognised: its records have no fields."),
        ("p.json", b'{"events": []}x',
         "The file is not whole: its JSON cannot be read from line 1 on."),
        ("p.json", b"Titre;Date\n", "The file is named .json, but holds a text."),
        ("p.csv", b'Titre;Date\n"A;3 novembre\n',
         "The quotation mark opened in line 2 is never closed."),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_claims_is_refused(
    tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    batch = imported(tmp_path, data, name)
    assert batch.refused
    assert batch.records == ()
    assert sentence in [line.split(" ", 2)[2] for line in said(batch)]


def test_a_damaged_part_of_a_workbook_is_refused(tmp_path: Path) -> None:
    data = workbook(("E", ROWS))
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    assert len(parts) > 5
    for name in parts:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as changed:
            for other, content in parts.items():
                changed.writestr(other, content if other != name else b"<broken")
        batch = imported(tmp_path, file.getvalue(), "t.xlsx")
        assert batch.refused or values(batch) == [{"title": "A", "when": "3 novembre"}], name


def test_a_part_with_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    data = workbook(("E", ROWS))
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(file, "w") as changed:
        for name in made.namelist():
            changed.writestr(name, bomb if name == "xl/workbook.xml" else made.read(name))
    assert codes(imported(tmp_path, file.getvalue(), "t.xlsx")) == ["M101"]


def test_a_zip_bomb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", b"<x/>")
        made.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert len(file.getvalue()) < 100_000
    assert codes(imported(tmp_path, file.getvalue(), "t.xlsx")) == ["M103"]


def test_declared_sizes_are_believed_where_they_are_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moip_press.system.tables.xlsx.MOST_UNZIPPED", 1_000)
    assert codes(imported(tmp_path, workbook(("E", ROWS)), "t.xlsx")) == ["M103"]


def test_a_size_that_is_declared_too_small_is_refused(tmp_path: Path) -> None:
    data = bytearray(archive(a=b"x" * 100_000))
    place = data.rfind(b"PK\x01\x02") + 24
    data[place : place + 4] = (10).to_bytes(4, "little")
    assert codes(imported(tmp_path, bytes(data), "t.xlsx")) == ["M101"]


def test_a_zip_file_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    data = archive(**{f"a{n}": b"" for n in range(MOST_MEMBERS + 1)})
    assert codes(imported(tmp_path, data, "t.xlsx")) == ["M103"]


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moip_press.system.tables.opening.LARGEST_FILE", 1_000_000)
    batch = imported(tmp_path, b"Titre;Date\n" + b"a" * 1_000_000)
    assert said(batch) == ["1:1 M104 The file is larger than 1 MB."]


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = [f"system.tables.{name}" for name in ("csv_tables", "xlsx")]
    for module in (*here, "exchange.incoming.json_records", "exchange.incoming.icalendar_files"):
        __import__(f"moip_press.{module}")
        monkeypatch.setattr(f"moip_press.{module}.MOST_ROWS", 3)
    rows = [["Titre", "Date"], *[["A", "3 novembre"]] * 5]
    event = {"uid": 1, "title": {"fr": "A"}, "timings": []}
    entry = "BEGIN:VEVENT\r\nSUMMARY:A\r\nDTSTART:20211103T100000\r\nEND:VEVENT\r\n"
    calendar = f"BEGIN:VCALENDAR\r\n{entry * 5}END:VCALENDAR\r\n"
    assert codes(imported(tmp_path, "Titre;Date\n" + "A;3 novembre\n" * 5)) == ["M104"]
    assert codes(imported(tmp_path, workbook(("E", rows)), "t.xlsx")) == ["M104"]
    assert codes(imported(tmp_path, {"events": [event] * 5}, "t.json")) == ["M104"]
    assert codes(imported(tmp_path, calendar, "t.ics")) == ["M104"]


def test_json_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    for text in ("[" * 100_000, '{"events": [' + '{"a":' * 100_000, '{"a":' * 100_000):
        assert codes(imported(tmp_path, text, "t.json")) == ["M102"]


def test_a_sheet_as_large_as_can_be_is_read_where_it_has_content(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    sheet["XFD1"] = "loin"
    sheet["A200000"] = " "
    file = io.BytesIO()
    book.save(file)
    batch = imported(tmp_path, file.getvalue(), "t.xlsx")
    assert values(batch) == [{"title": "A", "when": "3 novembre"}]


def test_a_row_that_is_numbered_far_beyond_a_sheet_is_not_waited_for(tmp_path: Path) -> None:
    data = workbook(("E", ROWS))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(file, "w") as changed:
        for name in made.namelist():
            content = made.read(name)
            far = b'<row r="999999999"/></sheetData>'
            changed.writestr(name, content.replace(b"</sheetData>", far))
    batch = imported(tmp_path, file.getvalue(), "t.xlsx")
    assert values(batch) == [{"title": "A", "when": "3 novembre"}]


def test_texts_of_one_sign_are_read_in_a_moment(tmp_path: Path) -> None:
    for sign in "*_<[&{`\\-# 1.(\"'@:/,;|\n":
        text = sign * 20_000
        event = {"uid": 1, "title": {"fr": "A"}, "description": {"fr": text},
                 "longDescription": {"fr": text}, "location": {"name": text, "address": text,
                 "city": sign * 50}, "registration": [text], "canonicalUrl": text,
                 "timings": [{"begin": "2021-11-03T10:00:00+01:00"}]}  # fmt: skip
        assert len(imported(tmp_path, [event], "t.json").records) == 1
    html = {"fr": "<b>" * 20_000 + "x" + "<a href='" * 20_000}
    event = {"uid": 1, "title": html, "description": html, "timings": "[" * 20_000}
    assert codes(imported(tmp_path, [event], "t.json")) == ["M202", "M402"]


def test_lone_surrogates_and_controls_are_left_out(tmp_path: Path) -> None:
    text = json.dumps(
        [{"uid": 1, "title": {"fr": "A\ud83d\x00\x07B"},
          "timings": [{"begin": "2021-11-03T10:00:00+01:00"}]}]
    )  # fmt: skip
    batch = imported(tmp_path, text, "t.json")
    assert values(batch)[0]["title"] == "AB"
    assert codes(batch) == ["M401"]


def test_the_limits_are_those_of_a_press_kit() -> None:
    assert LARGEST_FILE == 50_000_000
    assert MOST_ROWS >= 10_000
    assert MOST_COLUMNS >= 100


FILES_OF_OTHERS = sorted(
    path for path in FILES.iterdir() if path.suffix in (".ics", ".csv", ".xlsx")
)


@pytest.mark.parametrize("path", FILES_OF_OTHERS, ids=lambda path: path.name)
def test_a_damaged_file_is_told_of_and_never_a_surprise(tmp_path: Path, path: Path) -> None:
    assert len(FILES_OF_OTHERS) >= 6
    chance = random.Random(path.name)  # noqa: S311 -- damage, not a secret
    for _ in range(12):
        data = bytearray(path.read_bytes())
        for _ in range(chance.choice([1, 3, 10])):
            start = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[start] = chance.randrange(256)
                case 1:
                    del data[start : start + chance.choice([1, 20, 200])]
                case 2:
                    data[start:start] = data[start // 2 :][: chance.choice([1, 20, 200])]
                case _:
                    data[start:start] = b"TZID=Europe:RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n"
        batch = imported(tmp_path, bytes(data), path.name)
        assert batch.records or batch.report.diagnostics


@pytest.mark.parametrize("form", ["ics", "json"])
def test_what_was_exported_for_readers_does_not_come_back(tmp_path: Path, form: str) -> None:
    """Its words are made of several fields: to import them would undo those of the kit."""
    path = exported(tmp_path, "2021", form)
    batch = read_batch(path, kit(), name=path.name)
    assert batch.refused
    assert codes(batch) == ["M101"]


def test_cells_that_are_merged_over_all_rows_again_and_again_take_no_time() -> None:
    """Each row that there is gets their value, and none that there is not is looked for."""
    rows = [Row(line, ("A", None)) for line in (1, 2, 5, 1_048_576)]
    merges = [Merge(1, 1, 16_384, 1_048_576)] * MOST_MERGES
    assert {row.cells[0] for row in _unmerged(rows, merges)} == {"A"}
    merged = _unmerged(rows, [Merge(2, 1, 2, 5)])
    assert [row.cells for row in merged] == [("A", None)] * 4
    rows[0] = Row(1, ("A", "B"))
    merged = _unmerged(rows, [Merge(2, 1, 2, 5)])
    assert [row.cells[1] for row in merged] == ["B", "B", "B", None]


# --- spreadsheets of LibreOffice, schedules, web pages ----------------------------------------

NAMES = "urn:oasis:names:tc:opendocument:xmlns"
TEXT = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def ods(*rows: str, head: str = "", end: str = "</table:table>") -> bytes:
    """Return a spreadsheet of these rows below headings."""
    heads = (
        f"<table:table-row>{TEXT.format('', 'Titre')}{TEXT.format('', 'Date')}</table:table-row>"
    )
    content = (
        f'{head}<office:document-content xmlns:office="{NAMES}:office:1.0" '
        f'xmlns:table="{NAMES}:table:1.0" xmlns:text="{NAMES}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="E">{heads}{"".join(rows)}{end}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
                   content_xml=content.encode())  # fmt: skip


def cells(title: str, more: str = "", often: str = "") -> str:
    first, second = TEXT.format("", title), TEXT.format(often, "3 novembre")
    return f"<table:table-row{more}>{first}{second}</table:table-row>"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (ods(cells("A", ' table:number-rows-repeated="1048576"')), ["M104"]),
        (ods(cells("A", ' table:number-rows-repeated="40000"',
                   ' table:number-columns-repeated="16384"')), ["M104"]),
        (ods(cells("A", often=' table:number-columns-repeated="99999999999999"')), []),
        (ods(cells('A<text:s text:c="999999999"/>B')), []),
        (ods(cells('A<text:s text:c="x"/>B')), []),
        (ods(cells("<text:span>" * 50_000 + "A" + "</text:span>" * 50_000)), ["M104"]),
        (ods(cells("A"), end=""), ["M101"]),
        (ods(cells("&a;"), head='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), ["M101"]),
        (ods("<table:table-row/>" * 50_000, cells("A")), []),
    ],
    ids=range(9),
)  # fmt: skip
def test_a_spreadsheet_that_swells_is_refused_or_read(
    tmp_path: Path, data: bytes, found: list[str]
) -> None:
    batch = imported(tmp_path, data, "t.ods")
    assert [code for code in codes(batch) if code != "M409"] in (found, ["M101"] if found else [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", {"schedule": {"conference": {"days": [{"rooms": {"A": [None, 3]}}, 7]}}}),
        ("a.json", {"schedule": {"conference": {"days": [{"date": "2021-11-03", "rooms": {
            "A": [{"title": "A", "date": "zzz", "duration": "99:99"}], "B": 5}}]}}}),
        ("a.json", {"@graph": [{"@id": "a", "@type": "Event", "name": "A", "location": {"@id": "a"},
                                "startDate": "2021-11-03"}]}),
        ("a.json", {"@type": ["Event", None, 3], "name": [], "startDate": {}, "location": [3]}),
        ("a.json", [{f"k{n}": "x" for n in range(5_000)} | {"titre": "A", "date": "3 novembre"}]),
        ("a.html", '<html><script type="application/ld+json">' + '{"a":' * 50_000),
        ("a.html", "<" * 100_000),
        ("a.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + "BEGIN:VALARM\r\n" * 3_000),
        ("a.ics", "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR"),
    ],
    ids=range(9),
)  # fmt: skip
def test_records_of_a_strange_shape_are_read_somehow(
    tmp_path: Path, name: str, content: object
) -> None:
    batch = imported(tmp_path, content, name)
    assert batch.records or batch.report.diagnostics


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xml", "<?xml version='1.0'?><schedule><day/></schedule>", "pretalx or frab in XML"),
        ("a.xml", "<?xml version='1.0'?><rss/>", "news feed"),
        ("a.html", "<!doctype html><p>Fête", "web page"),
        ("a.vcf", "BEGIN:VCARD\nEND:VCARD\n", "contacts"),
        ("a.rtf", "{\\rtf1 Titre}", "text document"),
        ("a.json", {"a": [{"b": 1}]}, "no events that can be recognised"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "a picture"),
    ],
)
def test_a_file_of_another_kind_is_named_with_the_way_out(
    tmp_path: Path, name: str, content: object, words: str
) -> None:
    batch = imported(tmp_path, content, name)
    assert batch.refused
    assert words in said(batch)[0]
    assert batch.report.diagnostics[0].hint is not None
