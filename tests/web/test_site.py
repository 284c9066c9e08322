"""A kit as a site: what each page holds, that no link is dead, and that addresses stay."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from shutil import copytree
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as Xml

import icalendar
import pikepdf
import pytest
from PIL import Image

from moip_press import cli
from moip_press.kit import selection
from moip_press.kit.model.kit_files import read_kit
from moip_press.press import journey
from moip_press.press.compose.agenda import agenda
from moip_press.press.compose.calendar import Mark, calendar, dated
from moip_press.system.cache import Cache
from moip_press.web.site import kept_ids
from moip_press.web.site.building import Made, build
from moip_press.web.site.files import Wanted
from moip_press.web.site.programme import months
from tests.web.kits import kit_of

ROOT = Path(__file__).parents[2]
KITS = {
    "2021": ROOT / "data" / "2021",
    "festival": ROOT / "data" / "examples" / "festival",
    "season": ROOT / "data" / "examples" / "season",
    "report": ROOT / "data" / "examples" / "report",
}
NOW = datetime.datetime(2027, 6, 1, tzinfo=datetime.UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    return Cache(tmp_path_factory.mktemp("cache"))


def make(kit: Path, output: Path, cache: Cache, *, embargoed: bool = False) -> Made:
    return build(kit, output, "web/", Wanted(NOW, output, embargoed), cache)


@pytest.fixture(scope="module", params=KITS)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, cache: Cache
) -> Path:
    output = tmp_path_factory.mktemp(request.param)
    made = make(KITS[request.param], output, cache)
    assert made.report.ok
    assert made.failure is None
    return output / "web"


@dataclass
class Page(HTMLParser):
    """What a page has: where it leads, what it loads, its ids and headings."""

    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    policy: str = ""
    meta: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(  # noqa: C901 -- a branch for each thing that is looked for
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in ("img", "script") and "src" in given:
            self.loaded.append(given["src"])
        for candidate in given.get("srcset", "").split(", "):
            if candidate:
                self.loaded.append(candidate.split(" ")[0])
        if tag == "link" and given.get("rel") in ("stylesheet", "icon", "alternate"):
            self.loaded.append(given["href"])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        scripted = tag == "script" and "src" not in given
        if (scripted and given.get("type") != "application/ld+json") or tag == "style":
            self.inline.append(tag)
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        if tag == "meta" and "content" in given:
            self.meta[given.get("name") or given.get("property", "")] = given["content"]


def read(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def pages(site: Path) -> dict[Path, Page]:
    found = {path: read(path) for path in sorted(site.rglob("*.html"))}
    assert len(found) > 10
    return found


def test_no_link_is_dead_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    known = pages(site)
    dead = []
    for path, page in known.items():
        for address in (*page.links, *page.loaded):
            parts = urlsplit(address)
            if address in page.links and parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            ids = known[target].ids if target in known else []
            if not target.is_file() or (parts.fragment and parts.fragment not in ids):
                dead.append((path.name, address))
    assert dead == []


def test_every_page_has_a_strict_policy_one_title_and_headings_in_order(site: Path) -> None:
    for path, page in pages(site).items():
        assert page.inline == [], path
        assert page.policy.startswith("default-src 'none'"), path
        assert "unsafe" not in page.policy
        assert page.headings.count(1) == 1, path
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(new <= old + 1 for old, new in steps), (path, page.headings)
        assert len(page.ids) == len(set(page.ids)), path


def test_each_event_and_section_has_an_address_and_a_calendar_of_its_own(
    tmp_path: Path, cache: Cache
) -> None:
    make(KITS["festival"], tmp_path, cache)
    site = tmp_path / "web"
    event = (site / "evenements" / "bal-des-marins.html").read_text(encoding="utf-8")
    assert "Bal des marins" in event
    found = re.search(r'<script type="application/ld\+json">\n(.*?)\n</script>', event, re.DOTALL)
    assert found
    assert json.loads(found[1])["@graph"][0]["@type"] == "Event"
    calendar = icalendar.Calendar.from_ical(
        (site / "evenements" / "bal-des-marins.ics").read_bytes()
    )
    assert [str(each["SUMMARY"]) for each in calendar.walk("VEVENT")] == ["Bal des marins"]
    region = (site / "regions" / "bretagne.html").read_text(encoding="utf-8")
    assert region.count('<article class="moip-event') == 9
    assert len(list((site / "evenements").glob("*.html"))) == 40


def test_the_feed_is_atom_with_ids_that_stay(site: Path) -> None:
    feed = Xml.fromstring((site / "feed.xml").read_bytes())  # noqa: S314 -- we wrote it
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for element in (feed, *entries):
        assert element.findtext(f"{ATOM}id", "").startswith("tag:")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.findtext(f"{ATOM}updated", ""))
        assert element.findtext(f"{ATOM}title")


def test_a_site_that_is_made_again_has_the_same_bytes_and_writes_nothing(
    tmp_path: Path, cache: Cache
) -> None:
    make(KITS["report"], tmp_path, cache)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    make(KITS["report"], tmp_path, Cache())
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert before == after


def test_the_pages_of_a_region_offer_the_pictures_of_its_events(
    tmp_path: Path, cache: Cache
) -> None:
    make(KITS["festival"], tmp_path, cache)
    region = read(tmp_path / "web" / "regions" / "bretagne.html")
    assert any("plancton" in address for address in region.loaded)


def test_a_reference_to_a_block_names_it(tmp_path: Path, cache: Cache) -> None:
    make(KITS["2021"], tmp_path, cache)
    text = (tmp_path / "web" / "rubriques" / "synthese.html").read_text(encoding="utf-8")
    assert "Quatre laboratoires d’innovation territoriale lancés fin 2021" in text
    assert "(voir …)" not in text


def test_the_dossier_points_at_the_site(tmp_path: Path) -> None:
    address = "https://presse.example.org/2026/"
    kit = tmp_path / "kit"
    kit.mkdir()
    (kit / "kit.yaml").write_text(
        "title: Un dossier\nperiod: {start: 2026-10-02, end: 2026-10-18}\n"
        "publisher: Association Exemple\n"
        "contacts:\n  - {id: presse, name: Une personne, email: presse@example.org}\n"
        f"web: {address}\nchapters: [contacts, back-cover]\n",
        encoding="utf-8",
    )
    made = journey.build(kit, tmp_path / "output", today=NOW.date())
    assert made.report.ok
    with pikepdf.open(tmp_path / "output" / "dossier.pdf") as pdf:
        assert f"<rdf:li>{address}</rdf:li>" in pdf.Root.Metadata.read_bytes().decode()
        links = {
            str(note.A.URI)
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        }
    assert address in links


@pytest.fixture
def festival(tmp_path: Path) -> Path:
    return Path(copytree(KITS["festival"], tmp_path / "data" / "festival"))


def edited(kit: Path, file: str, old: str, new: str) -> None:
    path = kit / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_address_that_was_published_leads_to_the_event_after_its_id_has_changed(
    festival: Path, tmp_path: Path, cache: Cache
) -> None:
    output = tmp_path / "output"
    make(festival, output, cache)
    edited(
        festival, "spectacles.yaml", "title: Bal des marins", "title: Bal des marins\n    id: bal"
    )
    made = make(festival, output, cache)
    assert made.moved == (("evenements/bal-des-marins.html", "Bal des marins"),)
    old = output / "web" / "evenements" / "bal-des-marins.html"
    assert "url=../evenements/bal.html" in old.read_text(encoding="utf-8")
    assert make(festival, output, cache).moved == ()
    assert old.is_file()


def test_a_kit_says_for_good_which_id_an_event_had(
    festival: Path, tmp_path: Path, cache: Cache
) -> None:
    edited(festival, "kit.yaml", "chapters:", "web: {moved: {fete: bal-des-marins}}\nchapters:")
    make(festival, tmp_path / "output", cache)
    old = tmp_path / "output" / "web" / "evenements" / "fete.html"
    assert "url=../evenements/bal-des-marins.html" in old.read_text(encoding="utf-8")


def test_an_event_that_is_gone_leaves_a_page_that_leads_to_the_programme(
    festival: Path, tmp_path: Path, cache: Cache
) -> None:
    output = tmp_path / "output"
    make(festival, output, cache)
    text = (festival / "spectacles.yaml").read_text(encoding="utf-8")
    kept = re.sub(r"  - title: Bal des marins\n(?:    .*\n|\n)*", "", text)
    assert kept != text
    (festival / "spectacles.yaml").write_text(kept, encoding="utf-8")
    make(festival, output, cache)
    old = (output / "web" / "evenements" / "bal-des-marins.html").read_text(encoding="utf-8")
    assert "Cette page ne fait plus partie du dossier de presse." in old
    assert "url=../programme.html" in old
    assert not (output / "web" / "evenements" / "bal-des-marins.ics").exists()


def test_what_is_under_embargo_is_refused_unless_it_is_asked_for_by_name(
    festival: Path, tmp_path: Path, cache: Cache
) -> None:
    edited(festival, "kit.yaml", "chapters:", "embargo: 2 juin 2027 à 6 h\nchapters:")
    refused = make(festival, tmp_path / "output", cache)
    assert refused.failure
    assert not (tmp_path / "output").exists()
    made = make(festival, tmp_path / "output", cache, embargoed=True)
    assert made.held_back
    for path, page in pages(tmp_path / "output" / "web").items():
        assert page.meta["robots"] == "noindex, nofollow", path
        assert "Sous embargo" in path.read_text(encoding="utf-8")


def test_what_has_changed_since_the_version_before_has_a_page(
    festival: Path, tmp_path: Path, cache: Cache
) -> None:
    released = festival / "releases" / "v1"
    copytree(KITS["festival"], released / "kit")
    said = {"version": 1, "release": {"version": "1"}, "released_on": "2027-05-01", "files": {}}
    (released / "release.json").write_text(json.dumps(said), encoding="utf-8")
    edited(festival, "spectacles.yaml", "title: Bal des marins", "title: Bal des gens de mer")
    changes = tmp_path / "output" / "web" / "changements.html"
    make(festival, tmp_path / "output", cache)
    assert not changes.exists()  # it is still version 1
    edited(festival, "kit.yaml", 'version: "1"', 'version: "2"')
    make(festival, tmp_path / "output", cache)
    assert "Bal des gens de mer" in changes.read_text(encoding="utf-8")


def test_a_draft_asks_search_engines_to_stay_away(
    festival: Path, tmp_path: Path, cache: Cache
) -> None:
    edited(festival, "kit.yaml", "chapters:", "status: draft\nchapters:")
    make(festival, tmp_path / "output", cache)
    front = read(tmp_path / "output" / "web" / "index.html")
    assert front.meta["robots"] == "noindex, nofollow"


def test_with_its_address_a_site_says_where_it_is(
    festival: Path, tmp_path: Path, cache: Cache
) -> None:
    address = "https://presse.example.org/archipels"
    edited(festival, "kit.yaml", "chapters:", f"web: {address}\nchapters:")
    make(festival, tmp_path / "output", cache)
    site = tmp_path / "output" / "web"
    event = (site / "evenements" / "bal-des-marins.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{address}/evenements/bal-des-marins.html">' in event
    assert f'<meta property="og:image" content="{address}/assets/card.png">' in event
    listed = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert listed.count("<loc>") == len(list(site.rglob("*.html")))
    assert (site / "assets" / "card.png").read_bytes().startswith(b"\x89PNG")
    programme = read(site / "programme.html")
    assert "webcal://presse.example.org/archipels/telechargements/programme.ics" in programme.links


def test_a_drawing_that_shows_other_files_stays_out_and_is_said(
    festival: Path, tmp_path: Path, cache: Cache
) -> None:
    drawing = next((festival / "images").rglob("*.svg"))
    asking = drawing.read_text(encoding="utf-8").replace(
        "</svg>", '<image href="https://example.org/a.png" width="9" height="9"/></svg>'
    )
    drawing.write_text(asking, encoding="utf-8")
    made = make(festival, tmp_path / "output", cache)
    assert made.incomplete == (drawing.relative_to(festival).as_posix(),)


@pytest.mark.parametrize("name", ["festival", "harbour"])
def test_the_month_counts_an_event_once_a_day_and_none_that_is_not_held_as_the_cover_does(
    name: str,
) -> None:
    read = read_kit(KITS.get(name, ROOT / "tests" / "kits" / name)).kit
    assert read
    kit, entries = read, selection.entries(read)
    marks = [Mark(event, 1, event.id) for event in dated(kit.events())]
    cover = calendar(kit.edition.period.value, marks)
    assert cover
    days = agenda(kit, entries, lambda _: 1, selection.left_dates(kit, ()))
    drawn = {
        cell.date: cell.count
        for month in months(kit, days)
        for week in month.weeks
        for cell in week
        if cell.count
    }
    assert drawn == {d.date.isoformat(): len(d.dots) for d in cover.days if d.dots}
    listed = [row for day in days if day.date for row in day.items]
    assert len(listed) > sum(drawn.values())


def test_a_journalist_comes_from_the_front_page_to_a_region_and_to_who_can_be_quoted(
    site: Path,
) -> None:
    regions = {path.relative_to(site).as_posix() for path in site.glob("regions/*.html")}
    if len(regions) > 1:
        assert regions <= set(read(site / "index.html").links)
    opinions = [
        page
        for page in site.glob("rubriques/*.html")
        if re.search("moip-(editorial|interview)", page.read_text(encoding="utf-8"))
    ]
    for region in regions:
        linked = read(site / region).links
        assert all(f"../rubriques/{page.name}" in linked for page in opinions)


def test_a_drawing_is_taken_as_pixels_too(tmp_path: Path, cache: Cache) -> None:
    make(KITS["festival"], tmp_path, cache)
    page = read(tmp_path / "web" / "images.html")
    drawings = [link for link in page.links if link.endswith(".svg")]
    pixels = [link for link in page.links if link.endswith(".png")]
    assert len(pixels) == 6
    assert {link.removesuffix(".png") for link in pixels} == {
        link.removesuffix(".svg") for link in drawings
    }
    with Image.open(tmp_path / "web" / pixels[0]) as picture:
        assert max(picture.size) == 2000


def test_a_photograph_is_shown_as_webp_and_taken_as_jpeg(
    festival: Path, tmp_path: Path, cache: Cache
) -> None:
    drawing = next((festival / "images").rglob("*.svg"))
    photograph = drawing.with_suffix(".jpg")
    Image.effect_noise((2000, 1200), 40).convert("RGB").save(photograph, "JPEG")
    for file in festival.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(drawing.name, photograph.name), encoding="utf-8")
    assert make(festival, tmp_path / "output", cache).failure is None
    site = tmp_path / "output" / "web"
    made = [path.name.rpartition("-")[2] for path in (site / "images").iterdir()]
    assert sorted(name for name in made if name.endswith(("jpg", "webp"))) == [
        "1600.jpg",
        "1600.webp",
        "480.webp",
        "960.webp",
    ]
    assert "JPEG · 1600 × 960" in (site / "images.html").read_text(encoding="utf-8")


def test_a_photograph_of_less_than_a_megabyte_is_taken_whole(
    festival: Path, tmp_path: Path, cache: Cache
) -> None:
    photograph = festival / "images" / "plancton.jpg"
    Image.linear_gradient("L").resize((2400, 1600)).convert("RGB").save(photograph, "JPEG")
    for file in festival.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("plancton.svg", photograph.name), encoding="utf-8")
    make(festival, tmp_path / "output", cache)
    site = tmp_path / "output" / "web"
    [taken] = (site / "images").glob("*.jpg")
    assert taken.read_bytes() == photograph.read_bytes()
    assert "JPEG · 2400 × 1600" in (site / "images.html").read_text(encoding="utf-8")
    shown = (site / "evenements" / "sous-la-loupe-du-plancton.html").read_text(encoding="utf-8")
    assert 'width="2400" height="1600"' in shown
    assert "1200.webp 1200w" in shown


def test_an_address_made_of_a_title_leads_to_the_event_after_its_title_has_changed(
    festival: Path, tmp_path: Path, cache: Cache
) -> None:
    output = tmp_path / "output"
    make(festival, output, cache)
    for old, new in (("Bal des marins", "Bal du port"), ("Bal du port", "Grand bal du port")):
        edited(festival, "spectacles.yaml", f"title: {old}", f"title: {new}")
        made = make(festival, output, cache)
        assert [title for _, title in made.moved] == [new]
    for first in ("bal-des-marins", "bal-du-port"):
        page = output / "web" / "evenements" / f"{first}.html"
        assert "url=../evenements/grand-bal-du-port.html" in page.read_text(encoding="utf-8")


def test_ids_that_addresses_are_made_of_are_written_into_the_kit(
    festival: Path, tmp_path: Path, cache: Cache
) -> None:
    edited(festival, "kit.yaml", "chapters:", "web: {address: 'https://example.org/'}\nchapters:")
    before = {path.name: path.read_text(encoding="utf-8") for path in festival.glob("*.yaml")}
    assert make(festival, tmp_path / "output", cache).unfixed
    read = read_kit(festival)
    assert read.kit is not None
    written, refused = kept_ids.write(read.kit, read.sources)
    assert written
    assert not refused
    assert "  - id: bal-des-marins\n    title: Bal des marins\n" in (
        festival / "spectacles.yaml"
    ).read_text(encoding="utf-8")
    for path in festival.glob("*.yaml"):
        without = re.sub(r"(?m)^( *- )?id: .*\n *", r"\1", path.read_text(encoding="utf-8"))
        assert without == re.sub(r"(?m)^( *- )?id: .*\n *", r"\1", before[path.name])
    edited(festival, "spectacles.yaml", "title: Bal des marins", "title: Bal du port")
    made = make(festival, tmp_path / "output", cache)
    assert not made.unfixed
    assert not made.moved
    page = tmp_path / "output" / "web" / "evenements" / "bal-des-marins.html"
    assert "Bal du port</span></h1>" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            (
                "# x\r\ntype: programme\r\ntitle: A # y\r\nevents:\r\n"
                "  - {title: Bal, when: 7 mars}\r\n"
            ),
            (
                "# x\r\ntype: programme\r\nid: a\r\ntitle: A # y\r\nevents:\r\n"
                "  - {id: bal, title: Bal, when: 7 mars}\r\n"
            ),
        ),
        (
            (
                "type: programme\ntitle: A\nevents:\n  - title: Bal\n    when: 6 mars\n"
                "  - title: Bal\n    id: bal\n    when: 7 mars"
            ),
            (
                "type: programme\nid: a\ntitle: A\nevents:\n  - title: Bal\n"
                "    id: bal-2023-03-06\n    when: 6 mars\n"
                "  - title: Bal\n    id: bal\n    when: 7 mars"
            ),
        ),
    ],
)
def test_ids_are_written_where_a_link_leads_and_all_else_stays(
    tmp_path: Path, before: str, after: str
) -> None:
    kit = kit_of(tmp_path)
    (kit / "programme.yaml").unlink()
    (kit / "whole.yaml").write_bytes(before.encode())
    (kit / "programme.yaml").symlink_to("whole.yaml")
    read = read_kit(kit)
    assert read.kit is not None
    kept_ids.write(read.kit, read.sources)
    assert (kit / "programme.yaml").is_symlink()
    assert (kit / "whole.yaml").read_bytes() == after.encode()


def test_a_site_offers_the_media_kit_that_holds_what_the_kit_holds(
    tmp_path: Path, cache: Cache
) -> None:
    event = "  - {title: Bal, when: 7 mars 2023}\n"
    folder, output = kit_of(tmp_path, event), tmp_path / "output"
    assert cli.run(["media", str(folder), "-o", str(output), "--no-cache", "-q"]) == 0
    make(folder, output, cache)
    front = (output / "web" / "index.html").read_text(encoding="utf-8")
    content = (output / "media.zip").read_bytes()
    assert (output / "web" / "telechargements" / "media.zip").read_bytes() == content
    assert "media.zip" in front
    edited(folder, "kit.yaml", "title: Semaine", "title: Autre semaine")
    make(folder, output, cache)
    assert "media.zip" not in (output / "web" / "index.html").read_text(encoding="utf-8")
    assert not (output / "web" / "telechargements" / "media.zip").exists()
