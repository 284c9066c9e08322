"""Every reader of files that others made comes to an end, within the limits of one table."""

from __future__ import annotations

import io
import json
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import pytest
from PIL import Image

from moip_press.editions import attached_data
from moip_press.editions.comparison import document, git_objects, git_revisions
from moip_press.editions.comparison.document import Document, NoData
from moip_press.editions.comparison.git_objects import NoRevision
from moip_press.exchange.changes import provenance, ticked_list
from moip_press.exchange.changes.tick_page import MARK
from moip_press.exchange.changes.ticked_list import read_ticks
from moip_press.exchange.incoming import file_kinds, icalendar_files, json_records
from moip_press.exchange.incoming.batch import Batch
from moip_press.exchange.incoming.file_kinds import read_batch
from moip_press.kit.source import composing, parse_yaml
from moip_press.pdf import verify
from moip_press.pdf.verification import opened
from moip_press.pdf.verification.opened import Unreadable
from moip_press.press import publish
from moip_press.report.diagnostics import Message
from moip_press.report.messages import Catalogue
from moip_press.system import cache, enforcement, fonts, grammalecte, limits
from moip_press.system.cache import Cache
from moip_press.system.enforcement import Broken, OverLimit, foreign, held
from moip_press.system.limits import Bounds, Limits
from moip_press.system.pictures import drawings, photographs
from moip_press.system.pictures.made_pictures import Refusal
from moip_press.system.serialization import Malformed, packed, unpacked
from moip_press.system.tables import csv_tables, opening, xlsx
from tests.editions.test_revisions import repository
from tests.exchange.importing import codes, kit
from tests.exchange.test_incoming_tables import workbook
from tests.pdfs import pdf_of
from tests.system.misbehaving import (
    KEPT,
    asleep,
    breaks_down,
    dangerous,
    endless,
    greedy,
    raises,
    small,
    stuck,
)
from tests.system.taking import refusal

Found = TypeVar("Found")
ROOT = Path(__file__).parents[2]
FONT = ROOT / "styles" / "fonts"


# --- in the main thread and away from it -----------------------------------------------------


def in_a_thread(function: Callable[..., Found], *arguments: Any) -> Found:
    """Return what a function returns that runs in another thread than the main one."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append((True, function(*arguments)))
        except BaseException as error:  # noqa: BLE001 -- it is raised where it was asked for
            found.append((False, error))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    [(done, value)] = found
    if not done:
        raise value
    result: Found = value
    return result


@pytest.mark.parametrize("place", [lambda f, *a: f(*a), in_a_thread], ids=["main", "thread"])
def test_what_does_not_end_is_stopped(place: Callable[..., Any]) -> None:
    with pytest.raises(OverLimit) as caught:
        place(held, Limits(seconds=0, memory=500), endless)
    assert caught.value.what == "seconds"
    with pytest.raises(OverLimit) as caught:
        place(held, Limits(seconds=20, memory=200), greedy)
    assert caught.value.what == "memory"
    KEPT.clear()
    assert place(held, Limits(seconds=9, memory=500), small, 3).values["number"] == 3
    with pytest.raises(FileNotFoundError, match="not there"):
        place(held, Limits(seconds=9, memory=500), raises)


def test_a_child_is_killed_that_no_timer_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OverLimit) as caught:
        enforcement.apart(Limits(seconds=0, memory=500), stuck)
    assert caught.value.what == "seconds"
    monkeypatch.setattr(enforcement, "STARTING", 1.0)
    began = time.monotonic()
    with pytest.raises(OverLimit):
        enforcement.apart(Limits(seconds=0, memory=500), asleep)
    assert time.monotonic() - began < 15


def test_a_library_that_breaks_down_takes_only_the_child_along() -> None:
    with pytest.raises(Broken):
        enforcement.apart(Limits(seconds=5, memory=500), breaks_down)


def test_a_child_gives_back_records_and_nothing_that_runs() -> None:
    with pytest.raises(Broken):
        enforcement.apart(Limits(seconds=5, memory=500), dangerous)


def test_limits_within_limits_both_hold() -> None:
    def inner() -> None:
        with enforcement.limited(Limits(seconds=30, memory=500)):
            endless()

    with pytest.raises(OverLimit) as caught, enforcement.limited(Limits(seconds=0, memory=500)):
        inner()
    assert caught.value.limit == 0

    def after() -> None:
        with enforcement.limited(Limits(seconds=9, memory=500)):
            pass
        endless()

    with pytest.raises(OverLimit), enforcement.limited(Limits(seconds=0, memory=500)):
        after()


def test_a_timer_may_strike_while_another_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    install, struck = signal.signal, []

    def striking(number: int, handler: Any) -> Any:
        before = install(number, handler)
        if callable(handler):
            struck.append(number)
            signal.raise_signal(number)
        return before

    monkeypatch.setattr("signal.signal", striking)
    with enforcement.limited(Limits(9, 500)), enforcement.limited(Limits(9, 500)):
        pass
    assert len(struck) == 3


# --- what libraries raise --------------------------------------------------------------------


def test_what_a_library_raises_is_a_broken_file_and_what_we_raise_is_a_slip() -> None:
    with pytest.raises(Broken) as caught, foreign("Pillow"):
        Image.open(io.BytesIO(b"nothing"))
    assert (caught.value.library, caught.value.why) == ("Pillow", "damaged")
    with pytest.raises(Broken) as caught, foreign("json"):
        json.loads("[" * 100_000)
    assert caught.value.why == "deep"
    with pytest.raises(Broken) as caught, foreign("python"):
        bytes(2**62)
    assert caught.value.why == "memory"
    with pytest.raises(ValueError, match="no value for"), foreign("Pillow"):
        Message("{missing}")
    with pytest.raises(FileNotFoundError), foreign("Pillow"):
        Image.open("not-there.png")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_cause_is_said_in_the_language_of_the_reader(language: str) -> None:
    causes = (OverLimit("seconds", 60), OverLimit("memory", 9), Broken("x", "deep"))
    said = [
        Catalogue(language).say(found) for each in causes if (found := enforcement.reason(each))
    ]
    assert len(set(said)) == 3
    assert all(("It is not read" in each) == (language == "en") for each in said)


# --- each kind of file, each of its limits ---------------------------------------------------


def batch(tmp_path: Path, data: bytes, name: str) -> list[str]:
    path = tmp_path / name
    path.write_bytes(data)
    found: Batch = read_batch(path, kit())
    return codes(found) if found.refused else []


def rows(count: int) -> list[list[str]]:
    return [["Titre", "Date"], *[["A", "3 novembre"]] * count]


def event(count: int) -> str:
    return "BEGIN:VEVENT\r\nSUMMARY:A\r\nDTSTART:20211103T100000\r\nEND:VEVENT\r\n" * count


def calendar(count: int) -> bytes:
    return f"BEGIN:VCALENDAR\r\n{event(count)}END:VCALENDAR\r\n".encode()


def nested_calendar(depth: int) -> bytes:
    inside = "BEGIN:VEVENT\r\nSUMMARY:A\r\nDTSTART:20211103\r\n" * depth + "END:VEVENT\r\n" * depth
    return f"BEGIN:VCALENDAR\r\n{inside}END:VCALENDAR\r\n".encode()


def agenda(count: int, below: Any = "") -> bytes:
    one = {"uid": 1, "title": {"fr": "A"}, "x": below,
           "timings": [{"begin": "2021-11-03T10:00:00+01:00"}]}  # fmt: skip
    return json.dumps({"events": [one] * count}).encode()


def below(depth: int) -> Any:
    found: Any = 1
    for _ in range(depth):
        found = [found]
    return found


@pytest.fixture
def less(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let a module know a kind with other bounds than those of the table."""

    def set_to(module: object, name: str, **bounds: Any) -> None:
        known = getattr(limits, name)
        monkeypatch.setattr(module, name, replace(known, **bounds))

    return set_to


Less = Callable[..., None]
Case = Callable[[Path, pytest.MonkeyPatch, Less], object]


def of_batch(data: bytes, name: str, module: ModuleType, **changed: int) -> Case:
    """A file that is imported while a limit of a module of `incoming` is lower."""

    def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _less: Less) -> object:
        assert batch(tmp_path, data, name) == []
        for constant, value in changed.items():
            monkeypatch.setattr(module, constant, value)
        return batch(tmp_path, data, name) in (["M104"], ["M103"])

    return case


def nested_agenda(tmp_path: Path, _monkeypatch: pytest.MonkeyPatch, _less: Less) -> object:
    assert batch(tmp_path, agenda(1, below(limits.JSON.depth - 2)), "a.json") == []
    return batch(tmp_path, agenda(1, below(limits.JSON.depth + 1)), "a.json") == ["M102"]


def deep_calendar(tmp_path: Path, _monkeypatch: pytest.MonkeyPatch, _less: Less) -> object:
    assert batch(tmp_path, nested_calendar(5), "a.ics") == []
    return batch(tmp_path, nested_calendar(limits.CALENDAR.depth), "a.ics") == ["M102"]


def of_yaml(good: str, bad: str, code: str) -> Case:
    def case(_path: Path, _monkeypatch: pytest.MonkeyPatch, _less: Less) -> object:
        assert parse_yaml(good.encode(), "a.yaml").root is not None
        found = parse_yaml(bad.encode(), "a.yaml")
        return [each.code for each in found.diagnostics] == [code]

    return case


def many_values(_path: Path, _monkeypatch: pytest.MonkeyPatch, less: Less) -> object:
    less(composing, "YAML", items=3)
    assert parse_yaml(b"[a]", "a.yaml").root is not None
    found = parse_yaml(b"[a, a, a, a]", "a.yaml")
    return [each.code for each in found.diagnostics] == ["Y138"]


def page_of_changes(count: int) -> bytes:
    box = f'<input name="{"a" * 20}" checked value="yes">'
    return f'<html data-format="{MARK}">{box * count}'.encode()


def of_choices(count: int, **bounds: int) -> Case:
    def case(_path: Path, _monkeypatch: pytest.MonkeyPatch, less: Less) -> object:
        assert read_ticks(page_of_changes(count), "a.html").report.ok
        less(ticked_list, "DECISIONS", **bounds)
        found = read_ticks(page_of_changes(count), "a.html").report
        return [each.code for each in found.diagnostics] == ["M509"]

    return case


def of_imports(text: str, **bounds: int) -> Case:
    def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, less: Less) -> object:
        (tmp_path / "imports.json").write_text(text)
        monkeypatch.setattr(provenance, "VALUES", 1)
        assert provenance.read_provenance(tmp_path).sources
        less(provenance, "IMPORTS", **bounds)
        with pytest.raises(provenance.Damaged) as caught:
            provenance.read_provenance(tmp_path)
        return caught.value.diagnostic.code == "M501"

    return case


REMEMBERED = '{"version": 1, "sources": {"a": {"b": {"id": "c", "values": {"title": "d"}}}}}'


def of_pdf(**bounds: int) -> Case:
    def case(tmp_path: Path, _monkeypatch: pytest.MonkeyPatch, less: Less) -> object:
        path = tmp_path / "a.pdf"
        path.write_bytes(pdf_of(structure=3))
        verify.verify(path)
        less(opened, "PDF", **bounds)
        with pytest.raises(Unreadable):
            verify.verify(path)
        return True

    return case


def deep_pdf(tmp_path: Path, _monkeypatch: pytest.MonkeyPatch, _less: Less) -> object:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of(structure=limits.PDF.depth * 2))
    return len(opened.Opened(path).elements) <= limits.PDF.depth + 1


def of_data(**bounds: int) -> Case:
    def case(_path: Path, _monkeypatch: pytest.MonkeyPatch, less: Less) -> object:
        content = b'{"format": "moip-press/data", "version": "1", "kit": {"title": "a"}}'
        content = content.replace(b"moip-press/data", attached_data.FORMAT.encode())
        assert Document.from_json(content).title == "a"
        less(document, "DATA", **bounds)
        with pytest.raises(NoData):
            Document.from_json(content)
        return True

    return case


def deep_data(_path: Path, _monkeypatch: pytest.MonkeyPatch, _less: Less) -> object:
    found = Document.of(
        {"format": attached_data.FORMAT, "version": 1, "kit": {"x": below(limits.DATA.depth + 50)}}
    )
    return not limits.fits(found.kit, 3) and limits.fits(found.kit, limits.DATA.depth)


def png(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("L", (width, height)).save(file, "PNG")
    return file.getvalue()


DRAWN = b'<svg xmlns="http://www.w3.org/2000/svg"><g><g><path d="M0 0h1"/></g></g></svg>'


def of_picture(data: bytes, why: str, kind: str, **bounds: int) -> Case:
    def case(_path: Path, _monkeypatch: pytest.MonkeyPatch, less: Less) -> object:
        assert refusal(data) is None
        less(photographs if kind == "PICTURE" else drawings, kind, **bounds)
        found = refusal(data)
        return found is not None and found.why == why

    return case


def of_font(left: int, **bounds: int) -> Case:
    def case(_path: Path, _monkeypatch: pytest.MonkeyPatch, less: Less) -> object:
        files = [FONT / "SourceSans3-Regular.ttf"]
        assert len(fonts.characters(files, Cache())) > 500
        less(fonts, "FONT", **bounds)
        return len(fonts.characters(files, Cache())) == left

    return case


def of_revision(**changed: int) -> Case:
    def case(tmp_path: Path, _monkeypatch: pytest.MonkeyPatch, less: Less) -> object:
        kit = repository(tmp_path / "kept") / "kit"
        git_revisions.take_out(kit, "HEAD", tmp_path / "before")
        less(git_revisions, "COMMIT", **changed)
        with pytest.raises(NoRevision) as caught:
            git_revisions.take_out(kit, "HEAD", tmp_path / "to")
        return not caught.value.misused

    return case


def slow_git(tmp_path: Path, _monkeypatch: pytest.MonkeyPatch, less: Less) -> object:
    kit = repository(tmp_path / "kept") / "kit"
    less(git_objects, "COMMIT", work=Limits(seconds=0, memory=0))
    with pytest.raises(NoRevision) as caught:
        git_revisions.take_out(kit, "HEAD", tmp_path / "to")
    return not caught.value.misused


def of_manifest(text: str, bounds: Bounds) -> Case:
    def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _less: Less) -> object:
        path = tmp_path / "manifest.json"
        path.write_text(text)
        assert publish._json(path) == json.loads(text)
        monkeypatch.setattr(publish, "MANIFEST_BOUNDS", bounds)
        with pytest.raises(ValueError, match="manifest"):
            publish._json(path)
        return True

    return case


def large_entry(tmp_path: Path, _monkeypatch: pytest.MonkeyPatch, less: Less) -> object:
    kept = Cache(tmp_path)
    kept.write("words-a", b"x" * 100)
    assert kept.read("words-a") == b"x" * 100
    less(cache, "KEPT", bytes=50)
    kept.write("words-b", b"x" * 100)
    return kept.read("words-a") is None and kept.read("words-b") is None


def deep_entry(_path: Path, _monkeypatch: pytest.MonkeyPatch, _less: Less) -> object:
    assert unpacked(Any, packed(Any, below(100))) == below(100)
    with pytest.raises(Malformed):
        unpacked(Any, packed(Any, below(limits.KEPT.depth + 50)))
    return True


def of_grammar(command: str, trouble: str, **bounds: Any) -> Case:
    """A grammar checker that never ends."""

    def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _less: Less) -> object:
        monkeypatch.setattr(grammalecte, "GRAMMAR", replace(limits.GRAMMAR, **bounds))
        program = tmp_path / "grammalecte-cli"
        program.write_text(f"#!/bin/sh\nexec {command}\n", encoding="utf-8")
        program.chmod(0o755)
        with pytest.raises(grammalecte.NotRead) as caught:
            grammalecte.Grammalecte(program).read(["Bonjour."])
        return caught.value.trouble == trouble

    return case


def over(kind: str, what: str, module: ModuleType, ends: Callable[[Path], object]) -> Case:
    """A reader whose time or memory is over: it has asked for those of the table, and says so."""

    def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _less: Less) -> object:
        asked: list[Limits] = []

        def stop(given: Limits, *_: object, **__: object) -> None:
            asked.append(given)
            raise OverLimit("seconds" if what == "seconds" else "memory", getattr(given, what))

        monkeypatch.setattr(module, "held", stop)
        assert ends(tmp_path)
        assert asked
        return {*asked} == {limits.KINDS[kind].held}

    return case


def ends_import(name: str, data: bytes) -> Callable[[Path], object]:
    return lambda tmp_path: batch(tmp_path, data, name) == ["M104"]


def ends_imports(tmp_path: Path) -> object:
    (tmp_path / "imports.json").write_text(REMEMBERED)
    with pytest.raises(provenance.Damaged):
        provenance.read_provenance(tmp_path)
    return True


def ends_pdf(tmp_path: Path) -> object:
    with pytest.raises(Unreadable, match="takes more than"):
        verify.verify(tmp_path / "a.pdf")
    return True


def ends_data(_path: Path) -> object:
    with pytest.raises(NoData):
        Document.from_json(b"{}")
    return True


(
    YAML, XLSX, CSV, JSON, ICS, TICKS, MEMORY, PDF, DATA, RASTER, SVG, OF_FONT, GIT, GRAMMAR,
    MANIFEST, KEPT_,
) = limits.KINDS  # fmt: skip
ENDS: Mapping[str, tuple[ModuleType, Callable[[Path], object]]] = {
    XLSX: (file_kinds, ends_import("a.xlsx", b"PK\x03\x04")),
    CSV: (file_kinds, ends_import("a.csv", b"Titre;Date\nA;3 novembre\n")),
    JSON: (file_kinds, ends_import("a.json", b"[]")),
    ICS: (file_kinds, ends_import("a.ics", calendar(1))),
    TICKS: (ticked_list, lambda _: not read_ticks(b"<html>", "a.html").report.ok),
    MEMORY: (provenance, ends_imports),
    PDF: (verify, ends_pdf),
    DATA: (document, ends_data),
    RASTER: (photographs, lambda _: refusal(png(2, 2)) == Refusal("costly")),
    SVG: (drawings, lambda _: refusal(DRAWN) == Refusal("costly")),
    OF_FONT: (fonts, lambda _: not fonts.characters([*FONT.glob("*.ttf")][:1], Cache())),
}
CASES: Mapping[tuple[str, str], Case] = {
    (YAML, "bytes"): of_yaml("a: b", "a: " + "b" * limits.YAML.bytes, "Y104"),
    (YAML, "depth"): of_yaml("[" * 40 + "]" * 40, "[" * 60 + "]" * 60, "Y137"),
    (YAML, "items"): many_values,
    (XLSX, "bytes"): of_batch(workbook(("E", rows(1))), "a.xlsx", opening, LARGEST_FILE=99),
    (XLSX, "items"): of_batch(workbook(("E", rows(5))), "a.xlsx", xlsx, MOST_ROWS=3),
    (CSV, "bytes"): of_batch(b"Titre;Date\nA;3 novembre\n", "a.csv", opening, LARGEST_FILE=9),
    (CSV, "items"): of_batch(b"Titre;Date\n" + b"A;3 novembre\n" * 5, "a.csv", csv_tables,
                             MOST_ROWS=3),
    (JSON, "bytes"): of_batch(agenda(1), "a.json", opening, LARGEST_FILE=9),
    (JSON, "depth"): nested_agenda,
    (JSON, "items"): of_batch(agenda(5), "a.json", json_records, MOST_ROWS=3),
    (ICS, "bytes"): of_batch(calendar(1), "a.ics", opening, LARGEST_FILE=9),
    (ICS, "depth"): deep_calendar,
    (ICS, "items"): of_batch(calendar(5), "a.ics", icalendar_files, MOST_ROWS=3),
    (TICKS, "bytes"): of_choices(1, bytes=9),
    (TICKS, "items"): of_choices(5, items=3),
    (MEMORY, "bytes"): of_imports(REMEMBERED, bytes=9),
    (MEMORY, "depth"): of_imports(REMEMBERED, depth=3),
    (MEMORY, "items"): of_imports(REMEMBERED, items=3),
    (PDF, "bytes"): of_pdf(bytes=9),
    (PDF, "depth"): deep_pdf,
    (PDF, "items"): of_pdf(items=3),
    (DATA, "bytes"): of_data(bytes=9),
    (DATA, "depth"): deep_data,
    (DATA, "items"): of_data(items=1),
    (RASTER, "bytes"): of_picture(png(2, 2), "bytes", "PICTURE", bytes=9),
    (RASTER, "items"): of_picture(png(9, 9), "pixels", "PICTURE", items=9),
    (SVG, "bytes"): of_picture(DRAWN, "bytes", "DRAWING", bytes=9),
    (SVG, "depth"): of_picture(DRAWN, "repeats", "DRAWING", depth=2),
    (SVG, "items"): of_picture(DRAWN, "repeats", "DRAWING", items=2),
    (OF_FONT, "bytes"): of_font(0, bytes=9),
    (OF_FONT, "items"): of_font(9, items=9),
    (GIT, "bytes"): of_revision(bytes=9),
    (GIT, "items"): of_revision(items=1),
    (GIT, "depth"): of_revision(depth=0),
    (GIT, "seconds"): slow_git,
    (GRAMMAR, "bytes"): of_grammar("yes", "large", bytes=9),
    (GRAMMAR, "seconds"): of_grammar("sleep 9", "slow", work=Limits(seconds=1, memory=0)),
    (MANIFEST, "bytes"): of_manifest("[1]", Bounds(2, depth=9)),
    (MANIFEST, "depth"): of_manifest("[[[1]]]", Bounds(99, depth=1)),
    (KEPT_, "bytes"): large_entry,
    (KEPT_, "depth"): deep_entry,
    **{
        (kind, what): over(kind, what, *case)
        for kind, case in ENDS.items()
        for what in ("seconds", "memory")
    },
}  # fmt: skip


def known_limits() -> set[tuple[str, str]]:
    """Return every limit of the table by its kind and name."""
    found = set()
    for kind, bounds in limits.KINDS.items():
        work = bounds.work or Limits(0, 0)
        named = {"bytes": bounds.bytes, "depth": bounds.depth, "items": bounds.items,
                 "seconds": work.seconds, "memory": work.memory}  # fmt: skip
        found |= {(kind, name) for name, value in named.items() if value}
    return found


def test_each_limit_of_the_table_has_its_test() -> None:
    assert len(known_limits()) > 50
    assert set(CASES) == known_limits()


@pytest.mark.parametrize("language", limits.PAGES)
def test_the_documentation_has_the_table_as_it_is(language: str) -> None:
    page = (ROOT / "docs" / limits.PAGES[language]).read_text(encoding="utf-8")
    assert limits.documented(page, language) == page
    assert page.count("\n| ") == len(limits.KINDS) + 2


@pytest.mark.parametrize(("kind", "limit"), CASES)
def test_a_limit_holds(
    kind: str, limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, less: Less
) -> None:
    assert CASES[kind, limit](tmp_path, monkeypatch, less)
