"""The studio in a real browser: what a press officer does and sees."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from moip_press.studio.access import MOST_BODY
from tests.studio.conftest import PATIENCE, studio, window

pytestmark = pytest.mark.long


def first_event(page: Page) -> str:
    link = page.locator("#outline a[data-at='events.0']").first
    inside = page.locator("a[data-at='events.0']")
    fold = page.locator("#entries > ul > li", has=inside).locator(".fold").first
    if fold.get_attribute("aria-expanded") == "false":
        fold.click()
    name = link.inner_text()
    link.click()
    page.locator("form.record").wait_for()
    return name


def test_what_is_written_in_a_form_stands_in_the_file_and_on_the_page(
    page: Page, kit: Path
) -> None:
    before = {path.name: path.read_bytes() for path in kit.glob("**/*.yaml")}
    first_event(page)
    looks = page.locator("figure").evaluate_all("each => each.map(f => f.dataset.look)")
    page.locator("[data-field=title] input").fill("Un titre tout neuf")
    expect(page.locator("#said")).to_have_text("Enregistré", timeout=PATIENCE)
    expect(page.locator("#state")).to_have_text("Les pages sont à jour", timeout=PATIENCE)
    texts = [path.read_text(encoding="utf-8") for path in kit.glob("**/*.yaml")]
    assert any("Un titre tout neuf" in text for text in texts)
    expect(page.locator("#state")).to_have_text("Les pages sont à jour", timeout=PATIENCE)
    expect(page.locator("figure[data-look]").nth(0)).to_be_visible()
    now = page.locator("figure").evaluate_all("each => each.map(f => f.dataset.look)")
    assert len(now) == len(looks)
    assert now != looks
    page.locator("#undo").click()
    expect(page.locator("[data-field=title] input")).not_to_have_value("Un titre tout neuf")
    assert {path.name: path.read_bytes() for path in kit.glob("**/*.yaml")} == before


def test_a_click_on_a_page_opens_the_form_of_what_stands_there(page: Page) -> None:
    name = first_event(page)
    spot = page.locator(".spot").first
    spot.wait_for(timeout=PATIENCE)
    page.locator("#outline a").first.click()
    expect(page.locator("#shown h2")).not_to_have_text(name)
    page.locator("#outline a[data-at='events.0']").first.click()
    spot.wait_for(timeout=PATIENCE)
    expect(page.locator("#state")).to_have_text("Les pages sont à jour", timeout=PATIENCE)
    page.wait_for_timeout(1000)  # frames are drawn anew when a page's picture comes
    box = spot.bounding_box()
    page.locator("#outline a").first.click()
    expect(page.locator("#shown h2")).not_to_have_text(name)
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#shown h2")).to_have_text(name, timeout=PATIENCE)


def test_what_others_write_meanwhile_is_shown_and_not_overwritten(page: Page, kit: Path) -> None:
    first_event(page)
    form = page.locator("form.record")
    file = kit / str(form.get_attribute("data-file"))
    title = page.locator("[data-field=title] input")
    seen = title.input_value()
    text = file.read_text(encoding="utf-8")
    assert text.count(f"title: {seen}") == 1 or text.count(seen) >= 1
    known = str(form.get_attribute("data-known"))
    line = next(each for each in text.splitlines() if seen in each and "title" in each)
    theirs = line.replace(seen, "Le titre des autres")
    keeps_id = theirs if f"id: {known}" in text else f"{theirs}\n    id: {known}"
    file.write_text(text.replace(line, keeps_id, 1), encoding="utf-8")
    title.fill("Mon titre")
    conflict = page.locator("[data-field=title] .conflict")
    if conflict.is_visible(timeout=5000):
        expect(conflict.locator("pre")).to_have_text("Le titre des autres")
    expect(page.locator("#said")).not_to_have_text("Enregistré")
    assert "Mon titre" not in file.read_text(encoding="utf-8")


def test_the_date_says_how_it_will_read(page: Page) -> None:
    first_event(page)
    page.locator("[data-field=when] > input").fill("16 novembre, 9:30-12:30")
    expect(page.locator("[data-field=when] .reading")).to_contain_text(
        "de 9 h 30 à 12 h 30", timeout=PATIENCE
    )
    page.locator("[data-field=when] > input").fill("le 40 novembre")
    expect(page.locator("[data-field=when] .reading")).to_have_class(
        "reading fault", timeout=PATIENCE
    )


def test_every_view_fits_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    for view in ("outline", "pages", "panel"):
        page.locator(f".switch [data-to={view}]").click()
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390
        expect(page.locator(f"#{view}")).to_be_visible()


def test_a_handout_and_the_agenda_are_shown_like_the_dossier(
    browser: Browser, fair: Path, tmp_path: Path
) -> None:
    with window(browser, fair, tmp_path) as page:
        chosen, sheets = page.locator("#document"), page.locator("figure[data-look]")
        for title in ("agenda", "programme"):
            option = chosen.locator("option", has_text=re.compile(title))
            expect(option).to_have_count(1, timeout=PATIENCE)
            chosen.select_option(option.get_attribute("value"))
            sheets.first.wait_for(timeout=PATIENCE)
            expect(page.locator("#state")).to_have_class("", timeout=PATIENCE)
        page.locator("#entries .fold").nth(1).click()
        page.locator("#entries a", has_text="Lecture").click()
        box = page.locator(".spot").first.bounding_box(timeout=PATIENCE)
        page.locator("#entries a", has_text="Grand bal").click()
        expect(page.locator("#shown h2")).to_have_text("Grand bal", timeout=PATIENCE)
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(page.locator("#shown h2")).to_have_text("Lecture", timeout=PATIENCE)
        look = str(sheets.first.get_attribute("data-look"))
        page.locator("[data-field=title] input").fill("Lecture du soir")
        expect(page.locator(f"figure[data-look='{look}']")).to_have_count(0, timeout=PATIENCE)
        with page.expect_download(timeout=PATIENCE) as download:
            page.locator("#pdf").click()
        assert download.value.suggested_filename == "le-programme.pdf"
        programme = fair / "programme.yaml"
        text = programme.read_text(encoding="utf-8")
        programme.write_text(f"{text}handout: false\n", encoding="utf-8")
        expect(page.locator("#said")).to_contain_text("n’existe plus", timeout=PATIENCE)
        expect(sheets).to_have_count(3, timeout=PATIENCE)


def test_what_is_still_to_come_is_listed_until_it_is_filled_in(
    browser: Browser, fair: Path, tmp_path: Path
) -> None:
    programme = fair / "programme.yaml"
    text = programme.read_text(encoding="utf-8")
    for title in ("Concert", "Grand bal"):
        text = text.replace(f"title: {title}", "title: Un premier événement")
    text = text.replace("when: 6 mai", "when: à confirmer")  # nothing is to be filled in for that
    programme.write_text(text, encoding="utf-8")
    with window(browser, fair, tmp_path) as page:
        count = page.locator("#blanks")
        for left, title in ((2, "Concert"), (1, "Grand bal")):
            expect(count).to_have_text(f"{left} à remplir", timeout=PATIENCE)
            count.click()
            page.locator("#to-fill a", has_text="Titre").first.click(timeout=PATIENCE)
            field = page.locator("[data-field=title] input")
            expect(field).to_be_focused(timeout=PATIENCE)
            page.keyboard.type(title)  # over the words that were to be filled in
            expect(field).to_have_value(title)
        expect(count).to_be_hidden(timeout=PATIENCE)


@pytest.mark.long
def test_handouts_are_chosen_made_and_looked_at_in_large(
    browser: Browser, fair: Path, tmp_path: Path
) -> None:
    with window(browser, fair, tmp_path) as page:
        page.goto(f"{page.url}jobs/make")
        page.locator("[value=chosen]").check()
        page.get_by_text("Une autre condition").click()
        page.locator("#own").fill("texte=musique")
        page.get_by_role("button", name="Voir ce qui serait fabriqué").click()
        would = page.get_by_role("heading", name="1 extrait serait fabriqué")
        expect(would).to_be_visible(timeout=PATIENCE)
        expect(page.locator("#own")).to_have_value("texte=musique")
        page.get_by_text("Seulement : Jour").click()
        page.get_by_label("lundi 4 mai").check()
        expect(would).to_be_hidden()  # it was about another choice
        page.get_by_role("button", name="Fabriquer", exact=True).click()
        leaf = page.locator(".leaf").first
        leaf.click(timeout=PATIENCE)
        large = page.locator("#large img")
        expect(large).to_have_js_property("naturalWidth", 1600, timeout=PATIENCE)
        page.keyboard.press("Escape")
        expect(large).to_be_hidden()
        expect(leaf).to_be_focused()
        page.goto(f"{page.url.partition('jobs')[0]}#file=programme.yaml&at=events.1&field=when")
        expect(page.locator("[data-field=when] input").first).to_be_focused(timeout=PATIENCE)


def test_a_kit_is_begun_filled_and_printed_without_yaml(browser: Browser, tmp_path: Path) -> None:
    here = tmp_path / "ici"
    here.mkdir()
    table = here / "retours.csv"
    table.write_text("Titre;Date;Ville\nBal de la soupe;2 mai 2027;Brest\n", encoding="utf-8")
    with studio(None, tmp_path, here=here) as address:
        page = browser.new_page()
        page.goto(address)
        page.locator("#title").fill("Fête de la soupe")
        page.locator("#first").fill("2027-05-01")
        page.locator("#last").fill("2027-05-09")
        page.locator("[data-action='/new'] button").click()
        page.locator("#outline").wait_for(timeout=PATIENCE)
        page.locator("figure img").first.wait_for(timeout=PATIENCE)
        page.locator("#tab-jobs").click()
        page.locator(".tasks a[href$='/jobs/import']").click()
        page.wait_for_url("**/jobs/import")
        page.wait_for_load_state("networkidle")
        with (here / "tout.zip").open("wb") as large:
            large.truncate(MOST_BODY + 1)
        page.locator("[data-drop] input").set_input_files(here / "tout.zip")
        expect(page.locator("#said")).to_contain_text("60 Mo au plus")
        page.locator("[data-drop] input").set_input_files(table)
        page.locator(".files").wait_for(timeout=PATIENCE)
        page.wait_for_load_state("networkidle")
        page.locator("[data-action='/jobs/import/read'] button").first.click()
        page.locator(".listing").wait_for(timeout=PATIENCE)
        page.locator("[data-do=applyTicks]").click()
        expect(page.locator(".well")).to_contain_text("1 changement fait", timeout=PATIENCE)
        page.locator(".bar a.button").click()
        page.locator(".entry:has(a[data-file='programme.yaml'][data-at='']) .fold").click()
        page.get_by_role("button", name="Ajouter : Événements").first.click()
        title = page.locator("#shown [data-field=title] input")
        expect(title).to_be_focused(timeout=PATIENCE)
        title.fill("Concours de soupes")
        expect(page.locator("#shown h2")).to_have_text("Concours de soupes", timeout=PATIENCE)
        expect(page.locator("#state")).to_have_text("Les pages sont à jour", timeout=PATIENCE)
        with page.expect_download() as download:
            page.locator("#pdf").click()
        assert download.value.path().read_bytes().startswith(b"%PDF")
        page.close()
    text = (here / "fete-de-la-soupe-2027" / "programme.yaml").read_text(encoding="utf-8")
    assert "Bal de la soupe" in text
