"""Tables of contributors: what their columns, dates and cells come to in a kit."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from moip_press.exchange.incoming.file_kinds import read_batch
from moip_press.report.messages import Catalogue
from tests.exchange.importing import FILES, codes, imported, kit, only, said, values

EVENT = "Titre;Date\nAtelier;16 novembre\n"


def workbook(*sheets: tuple[str, Any]) -> bytes:
    """Return a workbook of sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def dated(tmp_path: Path, heads: str, cells: str, of: str = "2021") -> Any:
    """Return the date that cells come to."""
    batch = imported(tmp_path, f"Titre;{heads}\nAtelier;{cells}\n", of=of)
    return batch.records[0].values["when"] if batch.records else said(batch)


# --- files as programs write them ---------------------------------------------------------


def test_excel_on_windows() -> None:
    batch = read_batch(FILES / "excel-windows.csv", kit())
    assert said(batch) == []
    assert batch.source == "table:excel-windows"
    assert batch.complete
    cafe, atelier, soiree = values(batch)
    assert cafe["organisers"] == ("DITP", "DINUM")
    assert cafe["when"] == "16 novembre, 14:00-16:00"
    assert cafe["text"] == "Un café, \\*convivial\\*.\n\n- échanger\n- partager\n\n\\# sans dièse"
    assert cafe["registration"] == "https://www.cafe.example/inscription"
    assert cafe["online"] is False
    assert atelier["title"] == 'L\'atelier "Cœur de ville"'
    assert atelier["when"] == "9 au 13 novembre, 9:30-12:00"
    assert atelier["text"] == "Budget < 10 000 € & plus"
    assert atelier["online"] is True
    assert soiree == {
        "title": "Soirée de clôture",
        "when": "30 novembre, 19:00",
        "organisers": ("Préfecture",),
        "place.venue": "Salle des fêtes",
        "place.town": "Lyon",
    }


def test_libreoffice() -> None:
    batch = read_batch(FILES / "libreoffice.xlsx", kit(), name="l.xlsx")
    assert values(batch) == [
        {
            "title": "Design de service",
            "organisers": ("DITP",),
            "place.venue": "Hôtel de Ville",
            "status": "cancelled",
            "text": "Première ligne\n\nSeconde ligne",
            "when": "16 novembre, 14:00-16:30",
        },
        # the organiser is one cell over two rows, and this row is hidden
        {"title": "Semaine des labs", "organisers": ("DITP",), "when": "22 au 26 novembre"},
        {"title": "Nuit du code", "organisers": ("Rennes",), "when": "25 novembre, 20:00-1:00"},
    ]
    assert codes(batch) == ["M304"]  # a sheet of notes; the hidden sheet is not looked at
    again = read_batch(FILES / "libreoffice.ods", kit(), name="l.ods")
    assert values(again) == values(batch)
    assert said(again) == said(batch)


def test_cells_of_libreoffice() -> None:
    batch = read_batch(FILES / "cells.ods", kit(), name="c.ods")
    assert values(batch) == [
        {
            "title": "Atelier",
            "when": "17 novembre, 9:30-12:00",
            "link": "https://example.org/ici",
            "text": "Ligne un\\\nligne deux **gras**",
            "online": True,
            "price": "5.50 €",
            "duration": "1 h 30",
        },
        {
            "title": "Nuit",
            "when": "18 novembre, 20:00-1:00",
            "place.venue": "Mairie",
            "online": False,
            "notes": ("une remarque",),
            "price": "0,20",
        },
        # the place is one cell over two rows
        {"title": "Café", "when": "19 novembre", "place.venue": "Mairie"},
        {"title": "Thé", "when": "20 novembre", "place.venue": "Mairie"},
    ]
    assert said(batch) == ["2:5 M204 sheet “Programme”, cell E2: The cell holds an error: #DIV/0!."]
    assert [(each.name, each.count) for each in batch.left] == [("feuilles masquées", 1)]


def test_comments_on_cells_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Titre", "Date"])
    sheet.append(["A", "16 novembre"])
    sheet["A2"].comment = Comment("à vérifier", "Zoé")
    file = io.BytesIO()
    book.save(file)
    batch = imported(tmp_path, file.getvalue(), "t.xlsx")
    assert [(each.name, each.count) for each in batch.left] == [("remarques sur des cellules", 1)]
    assert codes(batch) == ["M409"]


# --- encodings and forms of CSV ------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        EVENT.encode(),
        b"\xef\xbb\xbf" + EVENT.encode(),
        EVENT.encode("utf-16"),
        b"\xfe\xff" + EVENT.encode("utf-16-be"),
        EVENT.encode("cp1252"),
        EVENT.replace(";", ",").encode(),
        EVENT.replace(";", "\t").encode(),
        EVENT.replace(";", "|").encode(),
        ("sep=;\r\n" + EVENT).encode(),
        EVENT.replace("\n", "\r\n").encode(),
        EVENT.replace("\n", "\r").encode(),
        EVENT.rstrip("\n").encode(),
        ("\n\n" + EVENT + ";\n;;;\n").encode(),
        EVENT.replace("Atelier;", 'Atelier;"').replace("bre\n", 'bre"\n').encode(),
        EVENT.replace("16 novembre", "16 novembre;trop;de;cellules").encode(),
        EVENT.replace("Atelier", "Ate\0lier").encode(),
    ],
)
def test_a_table_is_read_in_any_encoding_and_form(tmp_path: Path, data: bytes) -> None:
    (record,) = imported(tmp_path, data).records
    assert dict(record.values) == {"title": "Atelier", "when": "16 novembre"}


def test_accents_of_windows_1252_are_right(tmp_path: Path) -> None:
    table = "Titre;Date\nL’été à l’œuvre – 10 €;16 novembre\n"
    assert only(imported(tmp_path, table.encode("cp1252"))).values["title"] == (
        "L’été à l’œuvre – 10 €"
    )


def test_a_cell_in_quotes_holds_lines_and_delimiters(tmp_path: Path) -> None:
    table = 'Titre;Date;Texte\nA;16 novembre;"un; ""deux""\n\ntrois"\nB;31 novembre;x\n'
    batch = imported(tmp_path, table)
    assert batch.records[0].values["text"] == 'un; "deux"\n\ntrois'
    assert said(batch) == ["5:3 M202 “B”: “31 novembre” does not exist: novembre has 30 days."]


# --- which columns --------------------------------------------------------------------------


def test_columns_are_known_in_french_and_english(tmp_path: Path) -> None:
    table = (
        "Event name,Start date,Start time,End time,Organiser(s),City,Venue,Audience,Register"
        ",Status\n"
        "Open ship,24/09/2022,10:30,12:30,Port Maren,Port Maren,Quay 3,Families,"
        "https://x.example/y,Cancelled\n"
    )
    assert dict(only(imported(tmp_path, table, of="harbour")).values) == {
        "title": "Open ship",
        "when": "24 September, 10:30am to 12:30pm",
        "organisers": ("Port Maren",),
        "place.town": "Port Maren",
        "place.venue": "Quay 3",
        "audience": "Families",
        "registration": "https://x.example/y",
        "status": "cancelled",
    }


def test_an_unknown_heading_is_told_once_with_what_it_may_mean(tmp_path: Path) -> None:
    batch = imported(tmp_path, "Titre;Date;Parking;Organizateur\nA;16 novembre;20;DITP\n")
    assert said(batch) == [
        "1:12 M301 2 headings are not known, and their columns not read: “Parking”, “Organizateur”."
    ]
    hint = batch.report.diagnostics[0].hint
    assert hint is not None
    assert hint.values["path"] == "organisers"


def test_unknown_headings_stand_between_the_quotation_marks_of_the_language(tmp_path: Path) -> None:
    batch = imported(tmp_path, "Titre;Date;Parking;Budget\nAtelier;16 novembre;1;2\n")
    message = Catalogue("fr").say(batch.report.diagnostics[0].message)
    assert "«\xa0Parking\xa0», «\xa0Budget\xa0»" in message


def test_two_columns_of_one_meaning_are_told_and_the_first_is_read(tmp_path: Path) -> None:
    batch = imported(tmp_path, "Titre;Date;Ville;Commune\nA;16 novembre;Rennes;Brest\n")
    assert values(batch)[0]["place.town"] == "Rennes"
    assert codes(batch) == ["M302"]


def test_headings_stand_below_titles_and_remarks(tmp_path: Path) -> None:
    table = "Programme 2021;;\nÀ rendre le 8 octobre;;\n;;\nTitre;Date;Ville\nA;16 novembre;Lyon\n"
    assert only(imported(tmp_path, table)).values["place.town"] == "Lyon"


def test_a_table_without_headings_is_refused_in_a_sentence(tmp_path: Path) -> None:
    batch = imported(tmp_path, "Atelier;16 novembre;Rennes\n")
    assert batch.refused
    assert said(batch) == [
        (
            "1:1 M105 No row has headings that are known, a title among them; "
            "the first row is: Atelier, 16 novembre, Rennes"
        )
    ]


def test_every_sheet_with_headings_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    data = workbook(
        ("Labs", [["Titre", "Date"], ["A", "3 novembre"]]),
        ("Opérateurs", [["Titre", "Date"], ["B", "4 novembre"]]),
        ("Lisez-moi", [["Comment remplir ce fichier"]]),
    )
    batch = imported(tmp_path, data, "t.xlsx")
    # a sheet that is named like a section holds that section
    assert [(r.values["title"], r.section) for r in batch.records] == [
        ("A", "labs"),
        ("B", "operateurs"),
    ]
    assert said(batch) == [
        (
            "1:1 M304 sheet “Lisez-moi”, cell A1: "
            "This sheet has no headings that are known: it is not read."
        )
    ]


# --- dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heads", "cells", "when"),
    [
        ("Date", "du 9 au 13 novembre", "9 au 13 novembre"),
        ("Date", "Lundi 1er novembre", "1er novembre"),
        ("Date", "2021-11-16", "16 novembre"),
        ("Date", "2021-11-16 14:00:00", "16 novembre, 14:00"),
        ("Date", "2021-11-16T13:00:00Z", "16 novembre, 14:00"),
        ("Date", "2021-11-16 00:00:00", "16 novembre"),
        ("Date", "44516", "16 novembre"),
        ("Date", "09/11/2021", "9 novembre"),
        ("Date", "9/11/21", "9 novembre"),
        ("Date", "les jeudis 4, 11 et 18 novembre, 18h", "4, 11 et 18 novembre, 18:00"),
        ("Date", "à partir du 8 novembre", "à partir du 8 novembre"),
        ("Date", "16 November", "16 novembre"),
        ("Date", '"16 novembre\n14h-16h"', "16 novembre, 14:00-16:00"),
        ("Date;Horaires", "16 novembre;14h-16h", "16 novembre, 14:00-16:00"),
        ("Date;Horaires", "16 novembre;9h-12h / 14h-17h", "16 novembre, 9:00-12:00, 14:00-17:00"),
        ("Date;Horaires", "16 novembre;toute la journée", "16 novembre"),
        ("Date;Horaires", "16 novembre;14.30", "16 novembre, 14:30"),
        ("Date;Horaires", "16 novembre;-", "16 novembre"),
        ("Date;Heure de début;Heure de fin", "16/11/2021;14:00;16:00", "16 novembre, 14:00-16:00"),
        ("Date;Heure;Heure de fin", "16/11/2021;14h;16h30", "16 novembre, 14:00-16:30"),
        ("Date;Début;Fin", "16/11/2021;14h00;16h00", "16 novembre, 14:00-16:00"),
        ("Date;Heure de fin", "16/11/2021;16h", "16 novembre"),
        ("Date de début;Date de fin", "09/11/2021;13/11/2021", "9 au 13 novembre"),
        ("Date de début;Date de fin", "09/11/2021;09/11/2021", "9 novembre"),
        ("Date de début;Date de fin", "09/11/2021;", "9 novembre"),
        ("Date;Date de fin", "9 novembre;10 novembre", "9 au 10 novembre"),
        (
            "Date de début;Date de fin",
            "2021-11-16 14:00;2021-11-16 16:00",
            "16 novembre, 14:00-16:00",
        ),
    ],
)
def test_a_date_is_written_as_the_kit_would(
    tmp_path: Path, heads: str, cells: str, when: str
) -> None:
    assert dated(tmp_path, heads, cells) == when


@pytest.mark.parametrize(
    ("heads", "cells", "fault"),
    [
        ("Date", "31 novembre", "“31 novembre” does not exist: novembre has 30 days."),
        ("Date", "11/16/2021", "“11/16/2021” does not exist: there is no month 16."),
        ("Date", "bientôt", "“bientôt” leaves the day open: write the day itself."),
        ("Date", "", "The date is missing."),
        ("Date", "12", "Something is missing after “12”."),
        ("Début;Fin", "13/11/2021;09/11/2021", "The last day comes before the first one."),
    ],
)
def test_a_date_that_cannot_be_is_no_record(
    tmp_path: Path, heads: str, cells: str, fault: str
) -> None:
    batch = imported(tmp_path, f"Titre;{heads}\nAtelier;{cells}\nAutre;3 novembre;;\n")
    assert [record.values["title"] for record in batch.records] == ["Autre"]
    (told,) = said(batch)
    assert told.startswith("2:")
    assert told.split(" ", 1)[1] == f"M202 “Atelier”: {fault}"
    assert not batch.complete


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        (dt.date(2021, 11, 16), "16 novembre"),
        (dt.datetime.fromisoformat("2021-11-16 09:30"), "16 novembre, 9:30"),
        (44516, "16 novembre"),
        (44516.75, "16 novembre, 18:00"),
        ("16 novembre", "16 novembre"),
        ("16/11/2021 00:00:00", "16 novembre"),
        ("2021-11-16 00:00:00", "16 novembre"),
        ("20211116", "16 novembre"),
        (20211116, "16 novembre"),
    ],
)
def test_a_date_cell_of_excel(tmp_path: Path, cell: object, when: str) -> None:
    data = workbook(("E", [["Titre", "Date"], ["A", cell]]))
    assert only(imported(tmp_path, data, "t.xlsx")).values["when"] == when


@pytest.mark.parametrize("start", [dt.time(14), 14, 14 / 24, "14h", dt.timedelta(hours=14)])
def test_a_time_cell_of_excel(tmp_path: Path, start: object) -> None:
    rows = [["Titre", "Date", "Heure de début", "Heure de fin"], ["A", "16 novembre", start, "16h"]]
    record = only(imported(tmp_path, workbook(("E", rows)), "t.xlsx"))
    assert record.values["when"] == "16 novembre, 14:00-16:00"


def test_a_workbook_of_the_1904_date_system(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(["Titre", "Date"])
    sheet.append(["A", dt.date(2021, 11, 16)])
    sheet.append(["B", 44516 - 1462])
    file = io.BytesIO()
    book.save(file)
    batch = imported(tmp_path, file.getvalue(), "t.xlsx")
    assert [v["when"] for v in values(batch)] == ["16 novembre", "16 novembre"]


def test_dates_in_digits_of_an_english_kit_are_read_only_without_doubt(tmp_path: Path) -> None:
    # the kit's country is Great Britain
    assert dated(tmp_path, "Date", "09/10/2022", of="harbour") == "9 October 2022"
    # another date of the same column can only be an American one
    table = "Title;Date\nA;9/25/2022\nB;10/01/2022\n"
    batch = imported(tmp_path, table, of="harbour")
    assert [v["when"] for v in values(batch)] == ["25 September", "1 October"]


def test_times_that_differ_from_day_to_day_stand_in_the_date(tmp_path: Path) -> None:
    batch = imported(tmp_path, "Titre;Date\nA;9 novembre 14h-16h et 10 novembre 9h-12h\n")
    assert values(batch) == [
        {
            "title": "A",
            "when": "9 novembre, 14:00-16:00; 10 novembre, 9:00-12:00",
        }
    ]
    assert codes(batch) == []


def test_a_wrong_weekday_and_a_day_outside_the_period_are_told(tmp_path: Path) -> None:
    batch = imported(tmp_path, "Titre;Date\nA;samedi 2 novembre 2021\nB;16 mars 2022\n")
    assert [v["when"] for v in values(batch)] == ["2 novembre", "16 mars 2022"]
    assert said(batch) == [
        "2:3 M406 “A”: The weekday that is written does not fit 2021-11-02.",
        "3:3 M404 “B”: “16 mars 2022” is not in the period of the kit.",
    ]


# --- cells ----------------------------------------------------------------------------------


def test_signs_of_markdown_stand_as_they_were_typed(tmp_path: Path) -> None:
    table = 'Titre;Date;Texte\n*A* & <b>;3 novembre;"# *Un* _deux_ <i> [x](http://y) {page:z}"\n'
    found = only(imported(tmp_path, table)).values
    assert found["title"] == "*A* & <b>"
    assert found["text"] == "\\# \\*Un\\* \\_deux\\_ \\<i> \\[x\\](http://y) \\{page:z}"


def test_errors_of_formulas_are_told_where_they_stand(tmp_path: Path) -> None:
    rows = [
        ["Titre", "Date", "Lieu", "Ville"],
        ["A", "3 novembre", "#REF!", "=A1"],
        ["#N/A", "3 novembre", None, None],
        ["B", "=TODAY()", None, None],
    ]
    batch = imported(tmp_path, workbook(("E", rows)), "t.xlsx")
    assert values(batch) == [{"title": "A", "when": "3 novembre"}]
    formula = "The cell holds a formula that was saved without its value."
    assert said(batch) == [
        "2:3 M204 sheet “E”, cell C2: The cell holds an error: #REF!.",
        f"2:4 M204 sheet “E”, cell D2: {formula}",
        "3:1 M201 sheet “E”, cell A3: The cell holds an error: #N/A.",
        f"4:2 M202 sheet “E”, cell B4: “B”: {formula}",
    ]


def test_numbers_and_rich_cells_are_texts(tmp_path: Path) -> None:
    rows = [["Titre", "Date", "Public", "Ville"], [2021, "3 novembre", 35000.0, True]]
    found = only(imported(tmp_path, workbook(("E", rows)), "t.xlsx")).values
    assert (found["title"], found["audience"]) == ("2021", "35000")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("DITP", ("DITP",)),
        ("DITP, DINUM et DGAFP", ("DITP", "DINUM", "DGAFP")),
        ("DITP / Ville de Rennes", ("DITP", "Ville de Rennes")),
        ("Direction de la culture, du sport et des jeunes",) * 2,
        ("Ville et Métropole",) * 2,
    ],
)
def test_organisers_are_parted_where_they_are_several(
    tmp_path: Path, cell: str, names: tuple[str, ...] | str
) -> None:
    found = only(imported(tmp_path, f"Titre;Date;Organisateurs\nA;3 novembre;{cell}\n"))
    assert found.values["organisers"] == ((names,) if isinstance(names, str) else names)


@pytest.mark.parametrize(
    ("cell", "link"),
    [
        ("https://x.example/a_b?c=d", "https://x.example/a_b?c=d"),
        ("www.x.example", "https://www.x.example"),
        ("x.example/inscription", "https://x.example/inscription"),
        ("Sur inscription : https://x.example.", "https://x.example"),
        ("contact@x.example", "mailto:contact@x.example"),
        ("01 02 03 04 05", "tel:0102030405"),
        ("(https://x.example/a_(b))", "https://x.example/a_(b)"),
    ],
)
def test_an_address_is_made_whole(tmp_path: Path, cell: str, link: str) -> None:
    found = only(imported(tmp_path, f"Titre;Date;Inscription\nA;3 novembre;{cell}\n"))
    assert found.values["registration"] == link


def test_what_is_no_answer_is_left_out_and_told(tmp_path: Path) -> None:
    table = (
        "Titre;Date;Horaires;En ligne;Statut;Lien\n"
        "A;3 novembre;le matin;peut-être;on verra;sur demande\n"
    )
    batch = imported(tmp_path, table)
    assert values(batch) == [
        {"title": "A", "when": "3 novembre", "notes": ("Horaires : le matin",)}
    ]
    assert codes(batch) == ["M410", "M402", "M402", "M402"]


# --- sections and keys ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["etat", "ÉTAT", "Les événements des opérateurs et des établissements publics", "Labs"]
)
def test_a_section_is_found_by_its_id_or_title(tmp_path: Path, cell: str) -> None:
    record = only(imported(tmp_path, f"Titre;Date;Rubrique\nA;3 novembre;{cell}\n"))
    assert record.section in ("etat", "operateurs", "labs")


def test_an_unknown_section_is_told_with_the_nearest(tmp_path: Path) -> None:
    batch = imported(tmp_path, "Titre;Date;Rubrique\nA;3 novembre;Opérateur public\n")
    assert said(batch) == ["2:14 M203 There is no section “Opérateur public” in the kit."]
    assert batch.records == ()


def test_a_row_with_a_sections_title_heads_those_below(tmp_path: Path) -> None:
    table = "Titre;Date\nLabs;\nA;3 novembre\nEtat;\nB;4 novembre\n"
    assert [r.section for r in imported(tmp_path, table).records] == ["labs", "etat"]


def test_a_key_that_two_rows_have_is_told(tmp_path: Path) -> None:
    batch = imported(tmp_path, "Réf;Titre;Date\n1;A;3 novembre\n1;B;4 novembre\n;C;5 novembre\n")
    assert [record.uid for record in batch.records] == ["1", None]
    assert said(batch) == ["3:1 M205 “1” is the key of another row already."]


def test_a_row_without_a_title_is_told_and_an_empty_one_is_not(tmp_path: Path) -> None:
    batch = imported(tmp_path, "Titre;Date\n;3 novembre\n;\n  ; \nA;4 novembre\n")
    assert [record.values["title"] for record in batch.records] == ["A"]
    assert said(batch) == ["2:1 M201 This row has no title."]


def test_headings_of_two_rows_are_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Titre", "Dates", None, "Lieu"])
    sheet.append([None, "Début", "Fin", None])
    sheet.append(["A", dt.date(2021, 11, 16), dt.date(2021, 11, 18), "Lyon"])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    file = io.BytesIO()
    book.save(file)
    record = only(imported(tmp_path, file.getvalue(), "t.xlsx"))
    assert record.values == {"title": "A", "when": "16 au 18 novembre", "place.venue": "Lyon"}
    rows = [
        ["Titre", "Dates", None, "Lieu"],
        [None, "Début", "Fin"],
        ["A", "16/11", "18/11", "Lyon"],
    ]
    assert only(imported(tmp_path, workbook(("E", rows)), "u.xlsx")).values == record.values


# --- tables that do not say all in each row ---------------------------------------------------


def laid(tmp_path: Path, *rows: Any, sheet: str = "Feuille", merged: str = "") -> list[Any]:
    """Return title, date and venue of each event of a sheet."""
    book = openpyxl.Workbook()
    found = book.active
    assert found is not None
    found.title = sheet
    for row in rows:
        found.append(row)
    if merged:
        found.merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    batch = imported(tmp_path, file.getvalue(), "t.xlsx")
    assert [each.name for each in batch.left if not each.told] == []
    return [(v["title"], v["when"], v.get("place.venue")) for v in values(batch)]


HOURS = [["Horaire", "Titre"], ["9h30", "A"], ["14h-16h", "B"]]
BOTH = [("A", "16 novembre, 9:30", None), ("B", "16 novembre, 14:00-16:00", None)]


@pytest.mark.parametrize(
    "rows",
    [
        [["Mardi 16 novembre 2021"], *HOURS],
        [HOURS[0], ["Mardi 16 novembre"], *HOURS[1:]],
        [HOURS[0], ["Mardi 16"], *HOURS[1:]],
        [HOURS[0], ["Programme du mardi", None], ["Mardi 16 novembre – Rennes"], *HOURS[1:]],
        [HOURS[0], [dt.date(2021, 11, 16)], *HOURS[1:]],
        [["Date", *HOURS[0]], ["16/11/2021"], *([None, *row] for row in HOURS[1:])],
        [["Date", *HOURS[0]], ["16/11/2021", *HOURS[1]], [None, *HOURS[2]]],
        [["Mardi 16 novembre"], *HOURS[1:]],
    ],
    ids=str,
)
def test_the_day_stands_above_the_rows(tmp_path: Path, rows: Any) -> None:
    assert laid(tmp_path, *rows) == BOTH


def test_the_day_is_the_name_of_the_sheet(tmp_path: Path) -> None:
    assert laid(tmp_path, *HOURS, sheet="Mar. 16 novembre") == BOTH
    assert laid(tmp_path, *HOURS[1:], sheet="Mardi 16") == BOTH


def test_hours_of_one_day_get_it_from_outside(tmp_path: Path) -> None:
    content = "Heure;Titre\n9h30;A\n14h-16h;B\n"
    batch = imported(tmp_path, content)
    assert said(batch) == ["2:1 M202 “A”, “B”: It has hours, but no day."]
    hint = batch.report.diagnostics[0].hint
    assert hint is not None
    assert "--date 2021-11-01" in Catalogue("en").say(hint)
    assert len(batch.report.diagnostics[0].related) == 1
    found = values(imported(tmp_path, content, day=dt.date(2021, 11, 16)))
    assert [each["when"] for each in found] == ["16 novembre, 9:30", "16 novembre, 14:00-16:00"]


def test_the_day_of_the_row_above_is_told(tmp_path: Path) -> None:
    batch = imported(tmp_path, "Titre;Date;Heure\nA;16 novembre;9h\nB;;14h\nC;;\n")
    assert [each["when"] for each in values(batch)] == ["16 novembre, 9:00", "16 novembre, 14:00"]
    assert codes(batch) == ["M209", "M202"]


def test_a_title_alone_is_a_heading_where_days_stand_above(tmp_path: Path) -> None:
    batch = imported(tmp_path, "Heure;Titre\n16 novembre;\n;Ateliers\n9h;A\n")
    assert [each["title"] for each in values(batch)] == ["A"]
    assert said(batch) == ["3:2 M208 “Ateliers” stands alone in its row: it is no event."]
    assert batch.report.ok


@pytest.mark.parametrize(
    ("rows", "merged", "found"),
    [
        (
            [[None, "16 novembre", dt.date(2021, 11, 17)], ["9h", "A", "B"], ["14h", None, "C\nD"]],
            "",
            [
                ("A", "16 novembre, 9:00", None),
                ("B", "17 novembre, 9:00", None),
                ("C", "17 novembre, 14:00", None),
            ],
        ),
        (
            [["Semaine"], ["Heures", "Mardi 16", "Mercredi 17"], ["9h-10h", "A"], ["10h-11h"]],
            "B3:B4",
            [("A", "16 novembre, 9:00-11:00", None)],
        ),
        (
            [["Date", "9h-12h", "14h-17h"], [dt.date(2021, 11, 16), "A", "B"]],
            "",
            [("A", "16 novembre, 9:00-12:00", None), ("B", "16 novembre, 14:00-17:00", None)],
        ),
        (
            [["16 novembre"], ["Horaires", "Amphi", "Hall"], ["9h", "A", "B"], ["Midi", "C"]],
            "",
            [
                ("A", "16 novembre, 9:00", "Amphi"),
                ("B", "16 novembre, 9:00", "Hall"),
                ("C", "16 novembre, 12:00", "Amphi"),
            ],
        ),
        (
            [["Lieu", "16 novembre", "17 novembre"], ["Amphi", "A", None], ["Hall", None, "B"]],
            "",
            [("A", "16 novembre", "Amphi"), ("B", "17 novembre", "Hall")],
        ),
    ],
    ids=str,
)
def test_a_grid_is_read(
    tmp_path: Path, rows: Any, merged: str, found: list[tuple[str, str, str | None]]
) -> None:
    assert laid(tmp_path, *rows, merged=merged) == found


def test_a_remark_below_a_grid_is_told(tmp_path: Path) -> None:
    content = ";16 novembre;17 novembre\n9h;A;B\n14h;C;D\nEntrée libre;;\n"
    batch = imported(tmp_path, content)
    assert len(batch.records) == 4
    assert said(batch) == ["4:1 M208 “Entrée libre” stands alone in its row: it is no event."]


# --- dates in several columns -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("heads", "cells", "when"),
    [
        ("Début;Fin", "16/11/2021 14:00;16/11/2021 16:30", "16 novembre, 14:00-16:30"),
        ("Début;Fin", "16/11/2021 14:00;16/11/2021\xa016:30", "16 novembre, 14:00-16:30"),
        ("Début;Fin", "16/11/2021 14h00;16/11/2021 16h30", "16 novembre, 14:00-16:30"),
        ("Début;Fin", "16/11/2021 à 14h;16/11/2021 à 16h30", "16 novembre, 14:00-16:30"),
        ("Début;Fin", "20211116T140000;20211116T163000", "16 novembre, 14:00-16:30"),
        ("Début;Fin", "20211116T130000Z;20211116T153000Z", "16 novembre, 14:00-16:30"),
        ("Début;Fin", "2021-11-16T14:00+01:00;2021-11-16T16:30+01:00", "16 novembre, 14:00-16:30"),
        ("Début;Fin", "2021-11-16T00:00:00Z;2021-11-17T00:00:00Z", "16 au 17 novembre"),
        ("Début;Fin", "16/11/2021 20:00;17/11/2021 00:00", "16 novembre, 20:00-24:00"),
        ("Début;Fin", "16/11/2021 20:00;17/11/2021 01:00", "16 novembre, 20:00-1:00"),
        ("Début;Fin", "16/11/2021 20:00;16/11/2021 24:00", "16 novembre, 20:00-24:00"),
        ("Début;Fin", "16/11/2021 18:00;17/11/2021 10:00", "16 novembre, 18:00-10:00"),
        ("Début;Fin", "16/11/2021 9:00;18/11/2021 17:00", "16 au 18 novembre, 9:00-17:00"),
        ("Début;Fin", "16/11/2021 20:00;19/11/2021 02:00", "16 au 18 novembre, 20:00-2:00"),
        ("Début;Fin", "2021-11-16 00:00:00;2021-11-16 23:59:00", "16 novembre"),
        (
            "Date de début;Heure de début;Date de fin;Heure de fin",
            "16/11/2021;20h30;17/11/2021;1h",
            "16 novembre, 20:30-1:00",
        ),
        ("Date;Date de début;Date de fin", "9 au 11 novembre;2020-11-09;2020-11-11",
         "9 au 11 novembre 2020"),
        ("Date;Date de début;Date de fin", "les mardis 9 et 16 novembre;2021-11-09;2021-11-16",
         "9 et 16 novembre"),
        ("Date;Date de début;Date de fin", "tous les mardis, 18 h;2021-11-09;2021-11-23",
         "tous les mardis du 9 au 23 novembre, 18:00"),
        ("Date;Date de début", "16 novembre, 14 h;2021-11-16", "16 novembre, 14:00"),
        ("Jour;Date", "mardi;16/11/2021", "16 novembre"),
        ("Jour;Date de début;Date de fin", "Mardi, mercredi;16/11/2021;17/11/2021",
         "16 au 17 novembre"),
        ("Jour;Horaire", "mardi 16;14h", "16 novembre, 14:00"),
        ("Date;All Day Event;Start Time;End Time", "16/11/2021;TRUE;12:00 AM;11:59 PM",
         "16 novembre"),
        ("Horaires", "2021-11-16T14:00:00 2021-11-16T16:00:00;", "16 novembre, 14:00-16:00"),
    ],
)  # fmt: skip
def test_what_columns_say_together(tmp_path: Path, heads: str, cells: str, when: str) -> None:
    batch = imported(tmp_path, f"Titre;{heads}\nAtelier;{cells}\n")
    assert [each["when"] for each in values(batch)] == [when]
    assert codes(batch) in ([], ["M404"])


def test_columns_that_differ_are_told(tmp_path: Path) -> None:
    table = "Titre;Date;Date de début;Date de fin\nA;20 novembre;2021-11-16;2021-11-17\n"
    batch = imported(tmp_path, table)
    assert values(batch)[0]["when"] == "16 au 17 novembre"
    (told,) = said(batch)
    assert told.startswith("2:3 M206 “A”: “20 novembre” differs from the first and last day")


def test_the_same_fault_of_many_rows_is_one_finding(tmp_path: Path) -> None:
    rows = "".join(f"A{n};16 novembre 2019\n" for n in range(1, 76))
    batch = imported(tmp_path, f"Titre;Date\n{rows}")
    assert len(batch.records) == 75
    (found,) = batch.report.diagnostics
    assert said(batch) == [
        "2:4 M404 “A1”, “A2”, “A3” and 72 others: Their dates are not in the period of the kit."
    ]
    assert [each.span.start.line for each in found.related] == list(range(3, 77))
    assert "“16 novembre 2019”" in Catalogue("en").say(found.related[0].message)


def test_a_cell_that_leads_to_an_address_is_a_link(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Titre", "Date", "Inscription"])
    sheet.append(["A", "16 novembre", "ici"])
    sheet.append(["B", "17 novembre", '=HYPERLINK("https://x.example/b","ici")'])
    sheet["A2"].hyperlink = "https://x.example/a?b=c&d=e"
    sheet["C2"].hyperlink = "https://x.example/i"
    file = io.BytesIO()
    book.save(file)
    first, second = values(imported(tmp_path, file.getvalue(), "t.xlsx"))
    assert (first["link"], first["registration"]) == (
        "https://x.example/a?b=c&d=e",
        "https://x.example/i",
    )
    assert second["registration"] == "https://x.example/b"
    assert "notes" not in first
