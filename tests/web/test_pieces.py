"""Pieces as files, and one page with all: what `moip-press export html` writes, and when not."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from moip_press.kit.conditions import Selection
from moip_press.system.cache import Cache
from moip_press.web import pieces
from moip_press.web.pieces import Made, Wanted
from tests.oracle.web_pages import inaccessible, invalid
from tests.web.kits import KITS, kit_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def export(kit: Path, output: Path, **wanted: Any) -> Made:
    made = pieces.make(kit, Wanted(**{"now": NOW, **wanted}), Cache())
    return pieces.publish_in(output, made) if made.outputs else made


def index(output: Path) -> Any:
    return json.loads((output / "html" / "index.json").read_text(encoding="utf-8"))


def files(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def test_each_part_section_and_event_is_a_file_that_the_index_names(tmp_path: Path) -> None:
    made = export(KITS["2021"], tmp_path)
    held = index(tmp_path)
    assert held["version"] == 1
    kinds = [each["kind"] for each in held["pieces"]]
    assert (kinds.count("event"), kinds.count("section")) == (59, 6)
    assert made.pieces == len(kinds)
    for each in (*held["pieces"], held["whole"]):
        content = (tmp_path / "html" / each["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == each["sha256"]
    event = next(each for each in held["pieces"] if each["id"] == "universite-innovation-paca")
    assert event["parents"] == ["operateurs"]
    assert event["dates"] == {"start": "2021-11-16", "end": "2021-11-16"}
    assert event["title"].startswith("Université")


def test_the_manifest_names_all_that_was_written(tmp_path: Path) -> None:
    export(KITS["report"], tmp_path, embargoed=True)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    named = {each["path"]: each["sha256"] for each in manifest["outputs"]}
    written = {n: hashlib.sha256(c).hexdigest() for n, c in files(tmp_path).items()}
    del written["manifest.json"]
    assert named == written


def test_the_same_kit_gives_the_same_bytes_and_nothing_is_written_again(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    export(KITS["report"], first, embargoed=True)
    export(KITS["report"], second, embargoed=True)
    assert len(files(first)) > 10
    assert files(first) == files(second)
    before = {path: path.stat().st_mtime_ns for path in first.rglob("*") if path.is_file()}
    assert export(KITS["report"], first, embargoed=True).written == 0
    after = {path: path.stat().st_mtime_ns for path in first.rglob("*") if path.is_file()}
    assert {p: t for p, t in after.items() if p.name[0] != "."} == {
        p: t for p, t in before.items() if p.name[0] != "."
    }


def test_only_what_changed_is_written_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    kit = kit_of(tmp_path, "  - {title: Un, when: 6 mars}\n  - {title: Deux, when: 7 mars}\n")
    output = tmp_path / "output"
    export(kit, output)
    (output / "html" / "events" / "mine.html").write_text("of somebody else")
    programme = kit / "programme.yaml"
    programme.write_text(
        "type: programme\ntitle: Lectures\nevents:\n  - {title: Un, when: 6 mars}\n"
    )
    made = export(kit, output)
    # the cover counts the events, the section names them
    assert made.written == len(["index.json", "all.html", "cover.html", "lectures.html"])
    events = {path.name for path in (output / "html" / "events").iterdir()}
    assert events == {"un.html", "mine.html"}


def test_pictures_lie_beside_the_pieces_in_sizes_of_a_page(tmp_path: Path) -> None:
    kit = kit_of(
        tmp_path,
        "  - title: Un\n    when: 6 mars\n"
        "    image: {file: pont.jpg, alt: Un pont, credit: Alix, rights: presse}\n",
    )
    Image.new("RGB", (3000, 2000), "#8899aa").save(kit / "pont.jpg")
    export(kit, tmp_path / "output")
    html = (tmp_path / "output" / "html" / "events" / "un.html").read_text(encoding="utf-8")
    sources = re.findall(r'src="([^"]+)"', html)
    assert [re.sub("-[0-9a-f]{6}-", "-", source) for source in sources] == [
        "../images/un-pont-1600.jpg"
    ]
    assert 'width="1600" height="1067"' in html
    assert re.search(r"\.\./images/un-pont-[0-9a-f]{6}-800\.jpg 800w", html)
    pictures = list((tmp_path / "output" / "html" / "images").iterdir())
    assert len(pictures) == 2
    for path in pictures:
        with Image.open(path) as picture:
            assert f"-{picture.width}." in path.name
    (picture_entry,) = index(tmp_path / "output")["pictures"]
    assert picture_entry["credit"] == "Alix"
    assert picture_entry["rights"] == "presse"


def test_a_picture_whose_rights_have_ended_stays_out_with_a_word(tmp_path: Path) -> None:
    kit = kit_of(
        tmp_path,
        "  - title: Un\n    when: 6 mars\n"
        "    image: {file: pont.jpg, alt: Un pont, rights: presse, until: 2023-12-31}\n",
    )
    Image.new("RGB", (300, 200), "#8899aa").save(kit / "pont.jpg")
    made = export(kit, tmp_path / "output")
    assert made.ended == ("pont.jpg",)
    assert not (tmp_path / "output" / "html" / "images").exists()
    assert "<img" not in (tmp_path / "output" / "html" / "events" / "un.html").read_text()


def test_an_embargoed_kit_is_written_only_where_that_is_asked(tmp_path: Path) -> None:
    kit = kit_of(tmp_path, "  - {title: Un, when: 6 mars}\n", "embargo: 6 mars 2027 à 6 h\n")
    made = export(kit, tmp_path / "output")
    assert made.failure is not None
    assert not (tmp_path / "output").exists()
    export(kit, tmp_path / "output", embargoed=True)
    for name in ("all.html", "events/un.html", "parts/cover.html"):
        html = (tmp_path / "output" / "html" / name).read_text(encoding="utf-8")
        assert html.startswith('<p class="moip-reserve"><strong>Sous embargo jusqu’au')
    assert index(tmp_path / "output")["kit"]["embargo"] == "2027-03-06T06:00"


def test_a_draft_says_so_in_each_piece(tmp_path: Path) -> None:
    kit = kit_of(tmp_path, "  - {title: Un, when: 6 mars}\n", "status: draft\n")
    export(kit, tmp_path / "output")
    export(kit, tmp_path / "output", standalone=True)
    piece = (tmp_path / "output" / "html" / "events" / "un.html").read_text(encoding="utf-8")
    assert "<strong>Version de travail</strong>" in piece
    page = (tmp_path / "output" / "dossier.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert "Version de travail" in page


def test_chosen_events_come_with_their_sections_alone(tmp_path: Path) -> None:
    export(KITS["2021"], tmp_path, select=Selection.parse(("region=Bretagne",)))
    held = [(each["kind"], each["id"]) for each in index(tmp_path)["pieces"]]
    assert held
    assert {kind for kind, _ in held} == {"section", "event"}
    whole = (tmp_path / "html" / "all.html").read_text(encoding="utf-8")
    assert whole.count('<article class="moip-event') == sum(kind == "event" for kind, _ in held)


def test_a_selection_without_events_is_a_fault(tmp_path: Path) -> None:
    made = export(KITS["2021"], tmp_path, select=Selection.parse(("text=introuvable",)))
    assert not made.outputs
    assert not made.report.ok


def test_headings_begin_where_it_is_asked(tmp_path: Path) -> None:
    export(KITS["heard"], tmp_path, level=3)
    html = (tmp_path / "html" / "parts" / "deux-questions.html").read_text(encoding="utf-8")
    assert '<h3 class="moip-title">' in html
    assert "<h4>" in html


def test_a_part_with_a_template_for_pages_only_is_named(tmp_path: Path) -> None:
    assert export(KITS["heard"], tmp_path).bare == ("Ce que des gabarits peuvent faire",)


def test_a_broken_template_of_a_kit_is_reported_at_its_place(tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    copytree(KITS["heard"], kit)
    (kit / "templates" / "web").mkdir(parents=True, exist_ok=True)
    (kit / "templates" / "web" / "event.html").write_text("\n{{ nothing }}\n")
    made = export(kit, tmp_path / "output")
    assert not made.outputs
    (fault,) = made.report.diagnostics
    assert str(fault.span.file).endswith("templates/web/event.html")
    assert fault.span.start.line == 2


def test_the_page_loads_nothing_and_holds_its_pictures(tmp_path: Path) -> None:
    export(KITS["heard"], tmp_path, standalone=True)
    assert files(tmp_path).keys() == {"dossier.html", "manifest.json"}
    page = (tmp_path / "dossier.html").read_text(encoding="utf-8")
    sources = re.findall(r'(?:src|srcset)="([^"]{0,30})', page)
    assert sources
    assert all(source.startswith("data:image/") for source in sources)
    assert not re.findall(r"<(?:script(?! type=\"application/ld)|link|iframe)", page)
    assert "@import" not in page
    assert "default-src &#39;none&#39;" in page


def test_a_style_of_a_kit_cannot_leave_its_element(tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    copytree(KITS["heard"], kit)
    (kit / "styles" / "web").mkdir(parents=True, exist_ok=True)
    (kit / "styles" / "web" / "standalone.css").write_text("</style><script>alert(1)</script>")
    export(kit, tmp_path / "output", standalone=True)
    page = (tmp_path / "output" / "dossier.html").read_text(encoding="utf-8")
    assert page.count("</style>") == 1
    assert "</script><" not in page.partition("</style>")[0]


@pytest.mark.long
def test_no_checker_finds_anything_in_the_pieces_of_four_kits(tmp_path: Path) -> None:
    pages: list[Path] = []
    for name, kit in KITS.items():
        export(kit, tmp_path / name, embargoed=True)
        export(kit, tmp_path / name, embargoed=True, standalone=True)
        language = index(tmp_path / name)["kit"]["language"]
        pages.append(tmp_path / name / "dossier.html")
        for file in (tmp_path / name / "html").rglob("*.html"):
            page = tmp_path / "pages" / name / file.relative_to(tmp_path / name)
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(
                f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
                f"<title>{name}</title>\n</head>\n<body>\n<h1>{name}</h1>\n"
                f"{file.read_text(encoding='utf-8')}</body>\n</html>\n",
                encoding="utf-8",
            )
            pages.append(page)
    assert len(pages) > 100
    assert invalid(pages) == []


@pytest.mark.long
@pytest.mark.parametrize("name", KITS)
def test_everybody_can_read_the_page_on_any_screen(
    browser: Browser, name: str, tmp_path: Path
) -> None:
    export(KITS[name], tmp_path, embargoed=True, standalone=True)
    assert inaccessible(browser, tmp_path / "dossier.html") == []


@pytest.mark.long
def test_the_checkers_find_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<!DOCTYPE html><html lang="fr"><title>x</title><img src="data:,"><p id=a><p id=a>'
    )
    assert invalid([page])
    assert inaccessible(browser, page, (360,))


def test_a_piece_alone_leads_to_the_site_of_the_kit(tmp_path: Path) -> None:
    site = "web: {address: 'https://presse.example.org/2023'}\n"
    kit = kit_of(tmp_path, "  - {title: Un, when: 6 mars}\n", site)
    export(kit, tmp_path / "output")
    html = (tmp_path / "output" / "html" / "sections" / "lectures.html").read_text(encoding="utf-8")
    assert '<a href="https://presse.example.org/2023/evenements/un.html">Un</a>' in html
    event = (tmp_path / "output" / "html" / "events" / "un.html").read_text(encoding="utf-8")
    assert '"url": "https://presse.example.org/2023/evenements/un.html"' in event
    whole = (tmp_path / "output" / "html" / "all.html").read_text(encoding="utf-8")
    assert '"url": "https://presse.example.org/2023/evenements/un.html"' in whole


@pytest.mark.parametrize(
    "asking",
    [
        '<image href="https://example.org/a.png" width="5" height="5"/>',
        '<image href="photo.png" width="5" height="5"/>',
        '<style>@import "https://example.org/a.css";</style>',
        "<style>rect { fill: url(https://example.org/b.svg#a) }</style>",
        r"<style>rect { fill: u\72l(https://example.org/b.svg) }</style>",
        "<rect fill=\"url( 'https://example.org/b.svg#a')\"/>",
    ],
)
def test_a_drawing_that_asks_for_others_stays_out_with_a_word(tmp_path: Path, asking: str) -> None:
    kit = kit_of(
        tmp_path, "  - title: Un\n    when: 6 mars\n    image: {file: a.svg, alt: A, credit: B}\n"
    )
    rect = '<rect width="5" height="5"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{asking}{rect}</svg>'
    (kit / "a.svg").write_text(svg, encoding="utf-8")
    made = export(kit, tmp_path / "output")
    assert not list((tmp_path / "output").rglob("*.svg"))
    assert made.incomplete == ("a.svg",)


def test_a_drawing_that_stands_alone_is_shown(tmp_path: Path) -> None:
    kit = kit_of(
        tmp_path, "  - title: Un\n    when: 6 mars\n    image: {file: a.svg, alt: A, credit: B}\n"
    )
    (kit / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><linearGradient id="a"/>'
        '</defs><style>rect { fill: url(#a) }</style><rect width="5" height="5" clip-path="none"/>'
        '<a href="https://example.org"><circle r="2" fill="url( \'#a\' )"/></a></svg>',
        encoding="utf-8",
    )
    export(kit, tmp_path / "output")
    assert len(list((tmp_path / "output").rglob("*.svg"))) == 1
