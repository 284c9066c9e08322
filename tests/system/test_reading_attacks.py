"""Files made so that their reading never ends, eats the memory, or breaks a library.

Each attack ends in time, with a sentence; its harmless twin is read.
"""

from __future__ import annotations

import ctypes
import gc
import io
import random
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from moip_press import cli
from moip_press.editions.comparison.versions import side
from moip_press.exchange.changes import ticked_list
from moip_press.exchange.incoming.batch import Batch
from moip_press.exchange.incoming.file_kinds import read_batch
from moip_press.kit.source import parse_yaml
from moip_press.pdf.verify import Unreadable, verify
from moip_press.press import journey
from moip_press.report.messages import Catalogue
from moip_press.system import enforcement, fonts, limits
from moip_press.system.cache import Cache
from moip_press.system.pictures import photographs
from moip_press.system.pictures.made_pictures import Refusal
from tests.exchange.importing import codes, imported, kit
from tests.exchange.test_incoming_tables import workbook
from tests.pdfs import one_page, pdf, stream
from tests.suites import mostly_long
from tests.system.taking import refusal
from tests.system.test_limits import agenda, in_a_thread, page_of_changes

ROOT = Path(__file__).parents[2]
TAGGED = "/StructTreeRoot 5 0 R/MarkInfo<</Marked true>>"
RUN = b"\x81x" * 1_000_000  # each pair is 128 bytes
PACKER = zlib.compressobj(9)
ZEROS, MORE = (
    PACKER.compress(bytes(10_000_000)) + PACKER.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
)
ZEROS += 300 * MORE  # three gigabytes


@dataclass(frozen=True)
class Attack:
    """A PDF, its harmless twin, and whether the one that attacks is told to be unreadable."""

    attack: bytes
    twin: bytes
    unreadable: bool = False


def tagged(attack: str, twin: str, unreadable: bool = False) -> Attack:
    """What stands in the root of the structure: object 5, with 6 and 7 below it."""
    made = []
    for root in (attack, twin):
        objects = one_page(TAGGED)
        objects |= {5: f"<</Type/StructTreeRoot{root}>>", 6: "<</S/P/K 7 0 R>>", 7: "<</S/P>>"}
        objects[7] = "<</S/P/K 6 0 R/Kids[6 0 R]>>" if root is attack else objects[7]
        objects[8] = "<</Kids[8 0 R 9 0 R]>>" if root is attack else "<</Nums[0 6 0 R]>>"
        objects[9] = "<</Kids[8 0 R 9 0 R]/Nums[1 6 0 R]>>"
        made.append(pdf(objects))
    return Attack(made[0], made[1], unreadable)


def root(
    attack: str, twin: str, more: Mapping[int, str | bytes], unreadable: bool = False
) -> Attack:
    """What stands in the catalogue, with more objects."""
    return Attack(pdf(one_page(attack) | dict(more)), pdf(one_page(twin) | dict(more)), unreadable)


def metadata(content: bytes, entries: str, twin: bytes, twins: str) -> Attack:
    """What the metadata are packed with."""
    made = [
        pdf(one_page("/Metadata 5 0 R") | {5: stream(each, f"/Type/Metadata{said}")})
        for each, said in ((content, entries), (twin, twins))
    ]
    return Attack(made[0], made[1])


def pages(attack: Mapping[int, str | bytes], unreadable: bool = False) -> Attack:
    """What the tree of pages is."""
    return Attack(pdf(one_page() | dict(attack)), pdf(one_page()), unreadable)


def encrypted(user: str) -> Attack:
    writer, plain = pypdf.PdfWriter(), pypdf.PdfWriter()
    for each in (writer, plain):
        each.add_blank_page(9, 9)
    writer.encrypt(user, "owner", algorithm="RC4-128")
    made = []
    for each in (writer, plain):
        file = io.BytesIO()
        each.write(file)
        made.append(file.getvalue())
    return Attack(made[0], made[1], unreadable=bool(user))


XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"
LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10 if n > 1 else b"&a;" * 10)
    for n in range(1, 12)
) + b"]><x>&a11;</x>"  # fmt: skip
AES = (
    "/Encrypt<</Filter/Standard/V 5/R 6/Length 256/P -4/O<{0}>/U<{0}>/OE<{1}>/UE<{1}>/Perms<{2}>"
    "/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen/Length 32>>>>/StmF/StdCF/StrF/StdCF>>/ID[<00><00>]"
).format("00" * 48, "00" * 32, "00" * 16)
PDFS: dict[str, Attack] = {
    "parent-tree-loop": tagged("/K 6 0 R/ParentTree 8 0 R", "/K 6 0 R/ParentTree 8 0 R"),
    "structure-loop": tagged("/K[6 0 R 7 0 R 6 0 R]", "/K[6 0 R]"),
    "structure-is-its-root": tagged("/K 5 0 R/S/P", "/K 6 0 R"),
    "structure-of-nested-lists": tagged(f"/K {'[' * 900}{']' * 900}", "/K[[6 0 R]]"),
    "lists-without-end": tagged(f"/K {'[' * 200_000}", "/K[]"),
    "page-tree-loop": pages({2: "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>"}),
    "page-tree-of-loops-only": pages({2: "<</Type/Pages/Kids[2 0 R]/Count 1>>"}, unreadable=True),
    "page-tree-to-and-fro": pages(
        {
            2: "<</Type/Pages/Kids[4 0 R 3 0 R]/Count 2>>",
            4: "<</Type/Pages/Kids[2 0 R 4 0 R]/Count 2>>",
        }
    ),
    "page-tree-doubles": pages(
        {2: "<</Kids[10 0 R 10 0 R 3 0 R]>>"}
        | {n: f"<</Kids[{n + 1} 0 R {n + 1} 0 R]>>" for n in range(10, 90)}
        | {90: "<</Kids[]>>"}
    ),
    "pages-that-lie": pages({2: "<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"}),
    "pages-of-a-million": pages(
        {2: f"<</Type/Pages/Kids[{'3 0 R ' * 600_000}]/Count 600000>>"}, unreadable=True
    ),
    "object-is-itself": pages({4: "4 0 R", 2: "<</Kids[4 0 R 3 0 R]>>"}),
    "outline-loop": root(
        "/Outlines 5 0 R",
        "",
        {5: "<</First 6 0 R/Last 6 0 R>>", 6: "<</Title(a)/Next 6 0 R/Parent 5 0 R>>"},
    ),
    "names-loop": root(
        "/Names<</EmbeddedFiles 5 0 R>>",
        "/Names<</EmbeddedFiles 7 0 R>>",
        {5: "<</Kids[5 0 R 6 0 R]>>", 6: "<</Kids[5 0 R]>>", 7: "<</Names[]>>"},
    ),
    "names-of-nothing": root(
        "/Names<</EmbeddedFiles<</Names[(a) 5 0 R (b) 6 0 R (c)]>>>>",
        "",
        {5: "<</EF 5 0 R/UF 6 0 R>>", 6: "[6 0 R]"},
    ),
    "resources-loop": Attack(
        pdf(
            one_page(page="/Resources 5 0 R")
            | {
                5: "<</XObject<</A 6 0 R>>/Font<</F 7 0 R>>>>",
                6: stream(b"", "/Subtype/Form/Resources 5 0 R"),
                7: "<</DescendantFonts[7 0 R]/FontDescriptor 7 0 R/BaseFont 7 0 R>>",
            }
        ),
        pdf(one_page(page="/Resources<<>>")),
    ),
    "previous-table-is-this-one": Attack(
        pdf(one_page(), trailer="/Prev 245"), pdf(one_page()), unreadable=False
    ),
    "table-is-nowhere": Attack(pdf(one_page(), startxref=2**40), pdf(one_page()), unreadable=False),
    "packed-objects-pack-themselves": root(
        "/Names 6 0 R",
        "",
        {5: stream(b"6 0 <<>>", "/Type/ObjStm/N 2000000000/First 4/Extends 5 0 R"), 6: "<<>>"},
    ),
    "length-is-itself": Attack(
        pdf(one_page("/Metadata 5 0 R") | {5: b"<</Length 5 0 R>>stream\nx\nendstream"}),
        pdf(one_page()),
    ),
    "flate-bomb": metadata(ZEROS, "/Filter/FlateDecode", zlib.compress(XMP), "/Filter/FlateDecode"),
    "flate-in-flate": metadata(
        zlib.compress(zlib.compress(ZEROS)),
        "/Filter[/FlateDecode/FlateDecode/FlateDecode]",
        zlib.compress(zlib.compress(XMP)),
        "/Filter[/FlateDecode/FlateDecode]",
    ),
    "run-length-bomb": metadata(RUN, "/Filter/RunLengthDecode", XMP, ""),
    "a-thousand-filters": metadata(
        b"00>" * 9, f"/Filter[{'/ASCIIHexDecode' * 100_000}]", XMP.hex().encode() + b">",
        "/Filter[/ASCIIHexDecode]"),
    "wide-predictor": metadata(
        zlib.compress(bytes(9)),
        "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000/Colors 9>>",
        XMP, ""),
    "metadata-laugh": metadata(LAUGHS, "", XMP, ""),
    "metadata-laugh-wide": metadata(LAUGHS.decode().encode("utf-16"), "", XMP, ""),
    "metadata-deep": metadata(b"<a>" * 300_000, "", XMP, ""),
    "encrypted-rc4": encrypted("secret"),
    "encrypted-rc4-without-a-password": encrypted(""),
    "encrypted-aes": Attack(pdf(one_page(), trailer=AES), pdf(one_page()), unreadable=True),
}  # fmt: skip


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Fail where what is done meanwhile takes more work than this."""
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds


def test_there_are_attacks() -> None:
    assert len(PDFS) > 25


SLOW = {"flate-in-flate", "metadata-deep"}


@pytest.mark.parametrize("name", mostly_long(PDFS, PDFS.keys() - SLOW))
def test_verify_ends_on_a_pdf_that_attacks(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDFS[name].attack)
    with in_time(20):
        if PDFS[name].unreadable:
            with pytest.raises(Unreadable) as caught:
                verify(path)
            assert Catalogue("fr").say(caught.value.reason) != caught.value.reason.id
        else:
            claims, report = verify(path)
            assert claims.pages == 1
            assert report.errors
    found = side(path.name, tmp_path)
    assert found.document is None
    assert found.failure


@pytest.mark.parametrize("name", PDFS)
def test_its_harmless_twin_is_looked_at(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDFS[name].twin)
    assert verify(path)[0].pages == 1


@pytest.mark.parametrize("user", ["", "secret"])
def test_every_verb_says_that_a_pdf_is_encrypted(
    user: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    path = tmp_path / "a.pdf"
    path.write_bytes(encrypted(user).attack)
    folder = str(ROOT / "tests" / "kits" / "heard")
    for words, code in (
        (["verify", str(path)], 1),
        (["compare", str(path), folder], 3),
        (["build", folder, "--since", str(path), "-o", str(tmp_path / "out")], 3),
    ):
        assert cli.run(words) == code, words
        said = "".join(capsys.readouterr())
        assert "Il est chiffré" in said
        assert "Traceback" not in said


# --- calendars -------------------------------------------------------------------------------


def entry(more: str, start: str = "DTSTART:20211103T100000") -> str:
    return f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:A\r\n{start}\r\n{more}\r\nEND:VEVENT\r\n"


def entries(*events: str, zone: str = "") -> bytes:
    return f"BEGIN:VCALENDAR\r\n{zone}{''.join(events)}END:VCALENDAR\r\n".encode()


def zone(rule: str, more: str = "") -> str:
    return (
        "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        f"TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\n{rule}\r\n{more}END:STANDARD\r\n"
        "END:VTIMEZONE\r\n"
    )


IN_ZONE = entry("", "DTSTART;TZID=Europe/Paris:20211103T100000")
RULES = {
    "interval-of-nothing": "RRULE:FREQ=DAILY;INTERVAL=0",
    "interval-backwards": "RRULE:FREQ=DAILY;INTERVAL=-1",
    "interval-enormous": f"RRULE:FREQ=DAILY;INTERVAL={10**30}",
    "each-second": "RRULE:FREQ=SECONDLY;UNTIL=21211103T100000",
    "each-minute": "RRULE:FREQ=MINUTELY",
    "never-true": "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "never-true-by-hours": "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31",
    "never-true-by-days": "RRULE:FREQ=YEARLY;BYYEARDAY=366;BYMONTH=3",
    "never-true-by-steps": "RRULE:FREQ=MONTHLY;INTERVAL=12;BYMONTH=3",
    "position-of-nothing": "RRULE:FREQ=DAILY;BYDAY=MO;BYSETPOS=366",
    "many-rules": "RRULE:FREQ=DAILY\r\n" * 9,
    "many-dates": "RDATE:" + ",".join(["20211103T100000"] * 3_000),
    "nonsense": "RRULE:FREQ=DAILY;BYDAY=99XX;COUNT=x",
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_that_does_not_end_is_read_as_one_day(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "moip_press.exchange.incoming.icalendar_parser.EACH", limits.Limits(seconds=1, memory=500)
    )
    with in_time(15):
        batch = imported(tmp_path, entries(entry(RULES[name])), "a.ics")
    assert [record.values["when"] for record in batch.records] == ["3 novembre, 10:00"]
    assert set(codes(batch)) <= {"M403"}
    assert codes(batch) or name.startswith("never-true")


SOUND = {
    "RRULE:FREQ=DAILY;COUNT=3": "3 au 5 novembre, 10:00",
    "RRULE:FREQ=DAILY;COUNT=1000000000;BYDAY=SA": "3, 6, 13, 20 et 27 novembre, 10:00",
    "RRULE:FREQ=WEEKLY;UNTIL=99991231T000000;BYDAY=WE,SA": "",
    "RRULE:FREQ=MONTHLY;BYDAY=-1FR": "3 et 26 novembre, 10:00",
    "RRULE:FREQ=DAILY;COUNT=2\r\nEXRULE:FREQ=SECONDLY": "3 et 4 novembre, 10:00",
    "RDATE:20211105T100000": "3 et 5 novembre, 10:00",
}


@pytest.mark.parametrize("rule", SOUND)
def test_an_ordinary_rule_is_worked_out(rule: str, tmp_path: Path) -> None:
    batch = imported(tmp_path, entries(entry(rule)), "a.ics")
    assert "M403" not in codes(batch)
    [record] = batch.records
    if SOUND[rule]:
        assert record.values["when"] == SOUND[rule]


ZONES = {
    "each-second": zone("RRULE:FREQ=SECONDLY"),
    "folded": zone("RRULE:FREQ=SECON\r\n DLY"),
    "interval-of-nothing": zone("RRULE:FREQ=YEARLY;INTERVAL=0"),
    "by-hours": zone("RRULE:FREQ=YEARLY;BYHOUR=" + ",".join(map(str, range(24)))),
    "flood": zone("", "RDATE:19800101T000000\r\n" * 9_000),
}


@pytest.mark.parametrize("name", ZONES)
def test_a_zone_that_changes_all_the_time_is_found_by_its_name(name: str, tmp_path: Path) -> None:
    with in_time(15):
        batch = imported(tmp_path, entries(IN_ZONE, zone=ZONES[name]), "a.ics")
    assert [record.values["when"] for record in batch.records] == ["3 novembre, 10:00"]


@pytest.mark.long
def test_many_rules_that_do_not_end_use_up_the_time_of_their_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = limits.Limits(seconds=2, memory=2_000)
    monkeypatch.setattr("moip_press.exchange.incoming.file_kinds.READING", short)
    monkeypatch.setattr(
        "moip_press.exchange.incoming.icalendar_parser.EACH", limits.Limits(seconds=1, memory=500)
    )
    many = [entry(RULES["never-true"]).replace("UID:1\r\n", "")] * 50
    with in_time(4):
        assert codes(imported(tmp_path, entries(*many), "a.ics")) == ["M104"]


def test_a_flood_of_exceptions_is_read_in_time(tmp_path: Path) -> None:
    flood = [
        entry(f"RECURRENCE-ID:2021{month:02}{day:02}T{hour:02}0000")
        for month in range(1, 13)
        for day in range(1, 29)
        for hour in range(6)
    ]
    with in_time(40):
        batch = imported(tmp_path, entries(entry("RRULE:FREQ=DAILY;COUNT=5"), *flood), "a.ics")
    assert len(batch.records) == 1


# --- pictures --------------------------------------------------------------------------------


def photograph(form: str, **options: int | bool) -> bytes:
    """A picture that packs badly."""
    file = io.BytesIO()
    noise = random.Random(1).randbytes(90 * 90 * 3)  # noqa: S311 -- a picture, not a secret
    Image.frombytes("RGB", (90, 90), noise).save(file, form, **options)
    return file.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_half_a_picture_is_refused_at_its_line(form: str, tmp_path: Path) -> None:
    whole = photograph(form)
    assert refusal(whole) is None
    for part in (2, 3, 10):
        found = refusal(whole[: len(whole) * (part - 1) // part])
        assert found == Refusal("damaged"), part
    folder = tmp_path / "kit"
    folder.mkdir()
    (folder / "kit.yaml").write_text(
        "title: Une semaine\nperiod: {start: 2022-09-24, end: 2022-10-02}\n"
        "publisher: {name: La Maison}\nchapters: [words.yaml]\n"
    )
    (folder / "words.yaml").write_text(
        "type: article\ntitle: Des mots\nbody:\n  - type: figure\n"
        f"    image: {{file: a.{form.lower()}, alt: Une tour}}\n"
    )
    (folder / f"a.{form.lower()}").write_bytes(whole[: len(whole) // 2])
    made = journey.build(folder, tmp_path / "out")
    [told] = made.report.diagnostics
    assert (told.code, Path(told.span.file).name, told.span.start.line) == (
        "I103", "words.yaml", 5,
    )  # fmt: skip
    assert made.dossier is None


def test_a_jpeg_of_endless_scans_is_refused_before_it_is_drawn() -> None:
    file = io.BytesIO()
    Image.new("L", (7_000, 7_000)).save(file, "JPEG", progressive=True)
    content = file.getvalue()
    assert refusal(content) is None
    last = content.rfind(photographs.SCAN)
    attack = content[:-2] + content[last:-2] * 2_000 + content[-2:]
    with in_time(2):
        assert refusal(attack) == Refusal("costly")


# --- away from the main thread, with little memory ------------------------------------------


@pytest.mark.long
def test_readers_hold_their_limits_in_a_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(PDFS["parent-tree-loop"].attack)
    assert in_a_thread(verify, tmp_path / "a.pdf")[0].pages == 1
    (tmp_path / "b.pdf").write_bytes(PDFS["encrypted-rc4"].attack)
    with pytest.raises(Unreadable):
        in_a_thread(verify, tmp_path / "b.pdf")
    (tmp_path / "a.csv").write_text("Titre;Date\nA;3 novembre\n")
    found: Batch = in_a_thread(read_batch, tmp_path / "a.csv", kit())
    assert found == read_batch(tmp_path / "a.csv", kit())
    (tmp_path / "a.ics").write_bytes(entries(entry(RULES["never-true-by-steps"])))
    assert len(in_a_thread(read_batch, tmp_path / "a.ics", kit()).records) == 1
    assert in_a_thread(refusal, photograph("PNG")[:900]) == Refusal("damaged")
    monkeypatch.setattr(
        "moip_press.exchange.incoming.file_kinds.READING", limits.Limits(seconds=0, memory=2_000)
    )
    assert codes(in_a_thread(read_batch, tmp_path / "a.ics", kit())) == ["M104"]


@contextmanager
def memory_left(megabytes: int) -> Iterator[None]:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)  # memory that earlier tests freed would be used first
    pages = int(enforcement.STATUS.read_text().split()[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = pages * resource.getpagesize() + megabytes * limits.MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.mark.skipif(not enforcement.STATUS.exists(), reason="only Linux says what memory is mapped")
def test_a_file_that_memory_does_not_suffice_for_is_refused(tmp_path: Path) -> None:
    files = {
        "a.json": b'{"events": [' + b"[[[]]]," * 1_000_000 + b"[]]}",
        "a.csv": b"Titre;Date\n" + b"A;" * 400 * 40_000,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    known = kit()
    del data
    with memory_left(100):
        for name in files:
            found = read_batch(tmp_path / name, known)
            assert found.refused
            assert codes(found) == ["M104"]


PICTURE_WITH_LITTLE_MEMORY = """
import resource, struct, zlib
from PIL import Image
from moip_press.system import enforcement
from moip_press.system.cache import Cache
from moip_press.system.pictures.intake import Intake
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
rows = zlib.compressobj()
pixels = b"".join(rows.compress(bytes(21_001)) for _ in range(7_000)) + rows.flush()
head = struct.pack(">IIBBBBB", 7_000, 7_000, 8, 2, 0, 0, 0)
drawn = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", head)
drawn += chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
mapped = int(enforcement.STATUS.read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (mapped + 100_000_000, resource.RLIM_INFINITY))
print(Intake(Cache()).take(drawn).why)
"""


@pytest.mark.skipif(not enforcement.STATUS.exists(), reason="only Linux says what memory is mapped")
def test_a_picture_that_memory_does_not_suffice_for_is_refused() -> None:
    # in a process of its own: one that has run tests has memory left from them
    words = [sys.executable, "-c", PICTURE_WITH_LITTLE_MEMORY]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout == "costly\n", done.stderr


# --- damage of any kind ----------------------------------------------------------------------


def ticked(data: bytes) -> object:
    return ticked_list.read_ticks(data, "a.xlsx")


def an_import(name: str) -> Callable[[Path, bytes], object]:
    def reads(tmp_path: Path, data: bytes) -> object:
        batch = imported(tmp_path, data, name)
        return batch.report.diagnostics or not batch.refused

    return reads


def a_pdf(tmp_path: Path, data: bytes) -> object:
    (tmp_path / "a.pdf").write_bytes(data)
    try:
        return verify(tmp_path / "a.pdf")
    except Unreadable as error:
        return error.reason


def a_font(tmp_path: Path, data: bytes) -> object:
    (tmp_path / "a.ttf").write_bytes(data)
    fonts.characters([tmp_path / "a.ttf"], Cache())
    return bool(fonts.family(tmp_path / "a.ttf"))


def a_picture(_path: Path, data: bytes) -> object:
    refusal(data)
    return True


def yaml_text(_path: Path, data: bytes) -> object:
    found = parse_yaml(data, "a.yaml")
    return found.root is not None or found.diagnostics


SEEDS: Mapping[str, tuple[Callable[[], bytes], Callable[[Path, bytes], object]]] = {
    "xlsx": (lambda: workbook(("E", [["Titre", "Date"], ["A", "3 novembre"]])),
             an_import("a.xlsx")),
    "csv": (lambda: b"Titre;Date;Texte\n\"A;\";3 novembre;x\nB;4 novembre;y\n",
            an_import("a.csv")),
    "json": (lambda: agenda(2, {"a": [1, "b"]}), an_import("a.json")),
    "ics": (lambda: entries(entry("RRULE:FREQ=DAILY;COUNT=3"), IN_ZONE, zone=zone("")),
            an_import("a.ics")),
    "pdf": (lambda: PDFS["flate-bomb"].twin, a_pdf),
    "tagged": (lambda: PDFS["structure-loop"].twin, a_pdf),
    "png": (lambda: photograph("PNG"), a_picture),
    "jpg": (lambda: photograph("JPEG", progressive=True), a_picture),
    "gif": (lambda: photograph("GIF"), a_picture),
    "webp": (lambda: photograph("WEBP"), a_picture),
    "svg": (lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><defs><g id="a">'
            b'<path d="M0 0h9"/></g></defs><use href="#a"/></svg>', a_picture),
    "ttf": ((ROOT / "styles/fonts/SourceSans3-Italic.ttf").read_bytes, a_font),
    "yaml": ((ROOT / "tests/kits/heard/kit.yaml").read_bytes, yaml_text),
    "html": (lambda: page_of_changes(3), lambda _, data: ticked(data)),
    "ticked": (lambda: workbook(("E", [["À reprendre", "Clé"], ["oui", "a" * 20]])),
               lambda _, data: ticked(data)),
}  # fmt: skip
NUMBERS = (b"\0" * 4, b"\xff" * 4, b"\x7f\xff\xff\xff")
ODD = (b"[" * 600, b"0 0 R", b"\xff\xda", b"\0" * 9, b"99999999999", b"-1", b"\xff" * 4, b'"', b"=")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a file with bits flipped, cut short, spliced, or with odd things put into it."""
    made = bytearray(data)
    for _ in range(chance.choice([1, 2, 8])):
        place = chance.randrange(len(made) + 1)
        size = chance.choice([1, 4, 40, 400])
        match chance.randrange(6):
            case 0:
                made[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[place : place + size]
            case 2:
                made[place:place] = made[chance.randrange(len(made) + 1) :][:size]
            case 3:
                made[place:place] = chance.choice(ODD)
            case 4:
                made[place : place + 4] = chance.choice(
                    [b"\0" * 4, b"\xff" * 4, b"\x7f\xff\xff\xff"]
                )
            case _:
                del made[place:]
    return bytes(made)


@pytest.mark.parametrize("kind", SEEDS)
def test_a_damaged_file_of_any_kind_is_read_or_told_of(kind: str, tmp_path: Path) -> None:
    made, reads = SEEDS[kind]
    data = made()
    chance = random.Random(kind)  # noqa: S311 -- damage, not a secret
    last = time.process_time() + 0.8
    for count in range(60):
        assert reads(tmp_path, damaged(data, chance))
        if count > 5 and time.process_time() > last:
            break
