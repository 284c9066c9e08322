"""The studio for everyone: axe-core finds nothing in any view, wide and narrow, light and dark."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from moip_press.kit.folders import GLOSSARY, LOOKS
from moip_press.report.messages import Catalogue
from moip_press.studio.answers import place_text
from moip_press.studio.forms import Form
from moip_press.studio.jobs.views import PAGES
from moip_press.studio.journal import Journal
from moip_press.studio.records import read_file_of
from moip_press.studio.saving import Desk, Place
from tests.oracle.web_pages import SCHEMES, violations
from tests.studio.conftest import PATIENCE, studio

pytestmark = pytest.mark.long

WIDTHS = (1440, 390)
OPEN = """given => {
  const link = document.createElement("a");
  Object.assign(link.dataset, { do: "open", ...given });
  document.querySelector("#shown").append(link);
  link.click();
}"""
"""What opens the form of any record."""
FRENCH = Catalogue("fr")
MORNING = datetime.datetime(2026, 4, 1, 8, tzinfo=datetime.UTC)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Windows into which axe-core may be brought."""
    yield (made := browser.new_context(bypass_csp=True))
    made.close()


def wrong(page: Page, within: str = ":root", view: str = "") -> list[str]:
    """Return what axe-core finds in all widths and schemes; ``view`` is what a narrow one shows."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            if view and width == min(WIDTHS):
                page.locator(f".switch [data-to={view}]").click()
            found += [f"{width} {scheme}: {words}" for words in violations(page, within)]
    page.set_viewport_size({"width": max(WIDTHS), "height": 900})
    return found


def unfolded(shown: Locator) -> None:
    shown.locator("details").evaluate_all("each => each.forEach(one => { one.open = true; })")


def ready(page: Page, address: str) -> None:
    page.set_viewport_size({"width": max(WIDTHS), "height": 900})
    page.goto(address)
    page.locator("figure img").first.wait_for(timeout=PATIENCE)
    expect(page.locator("#count")).not_to_have_text("", timeout=PATIENCE)


def test_the_page_without_a_kit(context: BrowserContext, fair: Path, tmp_path: Path) -> None:
    page = context.new_page()
    for here in (tmp_path / "nothing", fair.parent):
        here.mkdir(exist_ok=True)
        with studio(None, tmp_path, here=here) as address:
            page.goto(address)
            assert wrong(page) == []


def test_the_window_in_each_of_its_states(
    context: BrowserContext, fair: Path, tmp_path: Path
) -> None:
    page, programme = context.new_page(), fair / "programme.yaml"
    with studio(fair, tmp_path) as address:
        ready(page, address)
        assert wrong(page, view="outline") == []
        page.locator("#overview").click()
        assert wrong(page, view="pages") == []
        page.locator("#overview").click()
        page.locator("#search").fill("bal")
        page.locator("#hits button").first.wait_for(timeout=PATIENCE)
        assert wrong(page, view="outline") == []
        page.locator("#entries a:visible", has_text="Grand bal").click()
        page.locator("#search").fill("")
        form = page.locator("#shown")
        form.locator("[data-field=when] .calendar summary").click()
        form.locator("[data-day]").first.wait_for(timeout=PATIENCE)
        unfolded(form)
        page.locator(".spot").first.wait_for(timeout=PATIENCE)
        assert wrong(page, view="panel") == []
        form.locator("[data-field=when] > input").fill("le 40 mai")
        expect(form.locator("[data-field=when] .reading")).to_have_class(
            "reading fault", timeout=PATIENCE
        )
        page.get_by_role("button", name="Renvoi").first.click()
        page.locator("#picker li").first.wait_for(timeout=PATIENCE)
        assert wrong(page, view="") == []
        page.keyboard.press("Escape")
        form.get_by_role("button", name="YAML").click()
        form.locator("textarea").first.wait_for(timeout=PATIENCE)
        assert wrong(page, view="panel") == []
        page.locator("#tab-findings").click()
        form.locator(".finding").first.wait_for(timeout=PATIENCE)
        unfolded(form)
        assert wrong(page, view="panel") == []
        page.locator("#tab-jobs").click()
        form.locator(".tasks").wait_for()
        assert wrong(page, view="panel") == []
        page.locator("#tab-history").click()
        form.locator("[data-step]").first.wait_for(timeout=PATIENCE)
        assert wrong(page, view="panel") == []
        page.locator("#entries a", has_text="Lecture").click()
        text = form.locator("[data-field=text] textarea")
        text.press_sequentially("X")
        changed = programme.read_text(encoding="utf-8").replace("à voix haute", "à voix basse")
        programme.write_text(changed, encoding="utf-8")
        expect(form.locator("[data-field=text] .conflict")).to_be_visible(timeout=PATIENCE)
        assert wrong(page, view="panel") == []
        programme.write_text(changed.replace("type: programme", "type: rien"), encoding="utf-8")
        expect(page.locator("#state")).to_have_class("stale", timeout=PATIENCE)
        assert wrong(page, view="pages") == []
    expect(page.locator("#said")).to_have_class("lost", timeout=PATIENCE)
    assert wrong(page, view="panel") == []


def of_every_kind(kit: Path, state: Path) -> list[Place]:
    """Put a part and a record of every kind into a kit; return the place of each."""
    desk = Desk(kit, Journal.of_kit(kit, state, lambda: MORNING), FRENCH)
    parts = Form("", {}, FRENCH)
    for kind in parts.part_kinds():
        desk.add_part(kind, parts.new_part(kind))
    (kit / LOOKS).write_text("titles: as-typed\n", encoding="utf-8")
    (kit / GLOSSARY).write_text("words: [trolbinettes]\n", encoding="utf-8")
    found = [Place(path.name, ()) for path in sorted(kit.glob("*.yaml"))]
    for place in found:  # which grows: records hold records
        form = Form(place.file, read_file_of(kit, place.file).plain(), FRENCH)
        for field in form.fields(place.at):
            at = (*place.at, *field.path)
            kinds = (form.kinds(at) or ("",)) if field.kind == "records" else ()
            found += [desk.add(Place(place.file, at), form.new(at, kind)) for kind in kinds]
    return found


def test_the_form_of_every_kind_of_part_and_record(
    context: BrowserContext, fair: Path, tmp_path: Path
) -> None:
    places, found = of_every_kind(fair, tmp_path), []
    assert len(places) > 50
    page = context.new_page()
    with studio(fair, tmp_path) as address:
        page.goto(address)
        for place in places:
            at = place_text(place.at)
            page.evaluate(OPEN, {"file": place.file, "at": at})
            form = page.locator(f"form.record[data-file='{place.file}'][data-at='{at}']")
            form.wait_for(timeout=PATIENCE)
            unfolded(form)
            found += [f"{place.file} {at} {words}" for words in wrong(page, "#panel", "panel")]
    assert found == []


def test_every_job(context: BrowserContext, fair: Path, tmp_path: Path) -> None:
    table = tmp_path / "retours.csv"
    table.write_text("Titre;Date;Ville\nNuit;8 mai;Brest\nSoir;le 40 mai;\n", encoding="utf-8")
    page = context.new_page()
    with studio(fair, tmp_path) as address:
        ready(page, address)
        home = page.url.rstrip("/")

        def job(name: str) -> None:
            page.goto(f"{home}/jobs/{name}")
            page.wait_for_load_state("networkidle")

        for name in PAGES:
            job(name)
            unfolded(page.locator("main"))
            assert wrong(page) == [], name
        job("import")
        page.locator("[data-drop] input").set_input_files(table)
        page.locator(".files").wait_for(timeout=PATIENCE)
        page.wait_for_load_state("networkidle")
        page.locator("[data-action='/jobs/import/read'] button").first.click()
        page.locator(".listing").wait_for(timeout=PATIENCE)
        assert wrong(page) == []
        job("make")
        page.locator("[data-do=chooseAndMake]").click()
        page.locator("[data-follow=make]").wait_for(timeout=PATIENCE)
        assert wrong(page) == []
        page.locator(".document img").first.wait_for(timeout=PATIENCE)
        assert wrong(page) == []
        job("release")
        page.locator("#version").fill("1")
        page.locator("[data-action='/jobs/release/start'] button").click()
        page.locator("#result .well").wait_for(timeout=PATIENCE)
        assert wrong(page) == []
        job("compare")
        page.locator("[data-action='/jobs/compare/start'] button").click()
        page.locator("#result").wait_for(timeout=PATIENCE)
        assert wrong(page) == []
