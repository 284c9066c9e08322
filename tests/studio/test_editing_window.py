"""Editing in the studio's window: texts, dates, pictures, records, and what happens to them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.studio.conftest import PATIENCE, studio, window

pytestmark = pytest.mark.long


@pytest.fixture
def page(browser: Browser, fair: Path, tmp_path: Path) -> Iterator[Page]:
    with window(browser, fair, tmp_path) as opened:
        yield opened


def files(fair: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in fair.iterdir() if path.is_file()}


def opened(page: Page, name: str) -> Locator:
    """Open the form of a record by the search, as one does who does not know where it is."""
    page.locator("#search").fill(name)
    page.locator("#entries a:visible", has_text=name).first.click()
    expect(page.locator("#shown h2")).to_have_text(name, timeout=PATIENCE)
    page.locator("#search").fill("")
    return page.locator("#shown")


def holds(file: Path, words: str) -> None:
    """Wait until a file holds some words."""
    for _ in range(200):
        if words in file.read_text(encoding="utf-8"):
            return
        time.sleep(0.1)
    raise AssertionError(file.read_text(encoding="utf-8"))


def test_a_text_gets_marks_and_a_reference_by_mouse_and_keys(page: Page, fair: Path) -> None:
    text = opened(page, "Grand bal").locator("[data-field=text] textarea")
    assert text.get_attribute("spellcheck") == "true"
    text.fill("Un bal pour tous.")
    text.evaluate("each => each.setSelectionRange(3, 6)")
    page.keyboard.press("Control+b")
    expect(text).to_have_value("Un **bal** pour tous.")
    page.keyboard.press("Control+b")
    expect(text).to_have_value("Un bal pour tous.")
    page.keyboard.press("Control+z")
    expect(text).to_have_value("Un **bal** pour tous.")
    text.evaluate("each => each.setSelectionRange(0, 0)")
    page.get_by_role("button", name="Liste").first.click()
    expect(text).to_have_value("- Un **bal** pour tous.")
    page.keyboard.press("End")
    page.get_by_role("button", name="Renvoi").first.click()
    page.locator("#picker li button", has_text="lecture").click()
    expect(text).to_have_value("- Un **bal** pour tous.voir p. {page:lecture}")
    holds(fair / "programme.yaml", "{page:lecture}")


def test_a_date_is_chosen_in_the_calendar_with_its_hours(page: Page, fair: Path) -> None:
    field = opened(page, "Concert").locator("[data-field=when]")
    field.get_by_text("Calendrier").click()
    expect(field.locator("[data-day='2026-05-04']")).to_have_attribute("aria-pressed", "true")
    field.locator("[data-day='2026-05-04']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field.locator("input").first).to_have_value("4 et 12 mai", timeout=PATIENCE)
    field.get_by_label("De", exact=True).fill("09:30")
    field.get_by_label("à", exact=True).fill("12:30")
    expect(field.locator(".reading")).to_have_text("les 4 et 12 mai, de 9 h 30 à 12 h 30")
    holds(fair / "programme.yaml", "when: 4 et 12 mai, 9:30-12:30")


def test_a_picture_is_dropped_pointed_at_and_asked_about(page: Page, fair: Path) -> None:
    Image.new("RGB", (400, 300), "navy").save(fair.parent / "Salle.png")
    picture = opened(page, "Concert").locator(".picture")
    picture.locator("input[type=file]").set_input_files(fair.parent / "Salle.png")
    preview = picture.locator(".preview button")
    expect(preview).to_be_visible(timeout=PATIENCE)
    expect(preview.locator("img")).to_have_js_property("complete", True)  # it has its size then
    expect(picture.locator(".missing:visible")).to_have_count(2)
    holds(fair / "programme.yaml", "images/salle.png")
    box = preview.bounding_box()
    assert box is not None
    preview.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.5})
    focus = picture.locator("[data-own=focus] input")
    expect(focus).to_have_value(re.compile(r"^2[45]% (49|50)%$"))
    preview.focus()
    page.keyboard.press("ArrowRight")
    expect(focus).to_have_value(re.compile(r"^(29|30)% "))
    picture.locator("[data-own=alt] input").fill("Une salle vide")
    expect(picture.locator(".missing:visible")).to_have_count(1)
    holds(fair / "programme.yaml", "alt: Une salle vide")


def test_records_are_added_doubled_moved_hidden_and_taken_out_and_all_of_it_back(
    page: Page, fair: Path
) -> None:
    before = files(fair)
    form = opened(page, "Lecture")
    form.locator("h2").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#said")).to_have_text("Déplacé", timeout=PATIENCE)
    expect(form.locator("form")).to_have_attribute("data-at", "events.1")
    form.get_by_role("button", name="Masquer").click()
    holds(fair / "programme.yaml", "status: draft")
    expect(form.get_by_role("button", name="Montrer")).to_be_visible(timeout=PATIENCE)
    form.get_by_role("button", name="Dupliquer").click()
    expect(form.locator("form")).to_have_attribute("data-at", "events.2", timeout=PATIENCE)
    form.get_by_role("button", name="Retirer").click()
    expect(page.locator("#said")).to_contain_text("« Annuler » le remet", timeout=PATIENCE)
    page.get_by_role("button", name="Ajouter : Événements").first.click()
    expect(form.locator("h2")).to_have_text("Titre : à écrire", timeout=PATIENCE)
    first = page.locator("#entries a", has_text="Concert")
    first.drag_to(page.locator("#entries a", has_text="Grand bal"))
    expect(page.locator("#said")).to_have_text("Déplacé", timeout=PATIENCE)
    page.get_by_role("button", name="Ajouter une partie").click()
    page.locator("#picker button[value=interview]").click()
    expect(form.locator("form")).to_have_attribute("data-at", "", timeout=PATIENCE)
    assert len(files(fair)) == len(before) + 1
    for _ in range(20):
        page.locator("#undo").click()
        page.wait_for_timeout(150)
        if page.locator("#said").inner_text() == "Il n’y a rien à annuler.":
            break
    expect(page.locator("#said")).to_have_text("Il n’y a rien à annuler.", timeout=PATIENCE)
    assert files(fair) == before


def test_what_is_typed_while_another_form_comes_is_saved_where_it_was_typed(
    page: Page, fair: Path
) -> None:
    text = opened(page, "Grand bal").locator("[data-field=text] textarea")
    waiting: list[Route] = []

    def late(route: Route) -> None:
        if waiting or "events.2" not in route.request.url:
            route.continue_()
        else:
            waiting.append(route)

    page.route("**/form?*", late)
    with page.expect_request(re.compile(r"/form\?.*events\.2")):
        page.locator("#entries a", has_text="Lecture").click()
    text.fill("Un bal de dernière minute.")
    waiting[0].continue_()
    expect(page.locator("#shown h2")).to_have_text("Lecture", timeout=PATIENCE)
    concert, ball, reading = yaml.safe_load((fair / "programme.yaml").read_text("utf-8"))["events"]
    assert ball["text"].strip() == "Un bal de dernière minute."
    assert "trolbinettes" in concert["text"]
    assert reading["text"].startswith("Des textes")


def test_a_record_that_is_renamed_keeps_its_place_and_says_its_new_name(
    page: Page, fair: Path
) -> None:
    page.locator("#search").fill("grand")
    page.locator("#entries a:visible", has_text="Grand bal").click()
    form = page.locator("#shown")
    form.locator("[data-field=title] input").fill("Petit bal")
    expect(page.locator("#entries a:visible", has_text="Petit bal")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#search")).to_have_value("grand")
    expect(form.locator("h2")).to_have_text("Petit bal", timeout=PATIENCE)
    form.locator("summary", has_text="Autres champs").last.click()
    form.get_by_label("Accès en fauteuil").check()
    form.get_by_label("Langue des signes").check()
    holds(fair / "programme.yaml", "sign-language")
    form.get_by_label("Accès en fauteuil").uncheck()
    for _ in range(100):
        if "wheelchair" not in (fair / "programme.yaml").read_text("utf-8"):
            break
        time.sleep(0.1)
    events = yaml.safe_load((fair / "programme.yaml").read_text("utf-8"))["events"]
    assert events[1]["access"] in ("sign-language", ["sign-language"])


def test_two_windows_and_an_editor_change_the_same_kit(page: Page, fair: Path) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    mine, theirs = opened(page, "Lecture"), opened(other, "Lecture")
    theirs.locator("[data-field=when] input").first.fill("7 mai")
    holds(fair / "programme.yaml", "when: 7 mai")
    expect(mine.locator("[data-field=when] input").first).to_have_value("7 mai", timeout=PATIENCE)
    programme = fair / "programme.yaml"
    title = mine.locator("[data-field=text] textarea")
    title.press_sequentially("X")
    changed = programme.read_text(encoding="utf-8").replace("à voix haute", "à voix basse")
    programme.write_text(changed, encoding="utf-8")
    conflict = mine.locator("[data-field=text] .conflict")
    expect(conflict).to_be_visible(timeout=PATIENCE)
    expect(conflict).to_contain_text("à voix basse")
    conflict.get_by_role("button", name="Prendre l’autre").click()
    expect(title).to_have_value(re.compile("à voix basse"))


def test_what_is_typed_while_the_studio_is_dead_is_saved_when_it_lives_again(
    browser: Browser, fair: Path, tmp_path: Path
) -> None:
    with studio(fair, tmp_path) as address:
        page = browser.new_context().new_page()
        page.goto(address)
        field = opened(page, "Lecture").locator("[data-field=title] input")
        field.fill("Lecture du soir")
        holds(fair / "programme.yaml", "Lecture du soir")
    field.fill("Lecture de minuit")
    expect(page.locator("#said")).to_have_class("lost", timeout=PATIENCE)
    expect(field).to_have_value("Lecture de minuit")
    assert "Lecture de minuit" not in (fair / "programme.yaml").read_text(encoding="utf-8")
    with studio(fair, tmp_path) as address:
        again = page.context.new_page()
        again.goto(address)
        holds(fair / "programme.yaml", "Lecture de minuit")
        expect(page.locator("#said")).to_have_text("Enregistré", timeout=PATIENCE)
        again.locator("#undo").click()
        holds(fair / "programme.yaml", "Lecture du soir")
        page.context.close()


HOSTILE = "<img src=x onerror=document.title='hacked'><script>document.title='hacked'</script>"


def test_texts_of_a_hostile_kit_are_shown_and_run_nothing(
    browser: Browser, fair: Path, tmp_path: Path
) -> None:
    programme = fair / "programme.yaml"
    text = programme.read_text(encoding="utf-8").replace("Grand bal", HOSTILE)
    text = text.replace("Ville, Amicale", f'"{HOSTILE}"').replace("trolbinettes", HOSTILE)
    programme.write_text(text, encoding="utf-8")
    (fair / "<img src=x onerror=alert(1)>.yaml").write_text(f"type: {HOSTILE}\n", encoding="utf-8")
    with studio(fair, tmp_path) as address:
        page = browser.new_context().new_page()
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.goto(address)
        page.locator("#search").fill("onerror")
        page.locator("#entries a:visible", has_text="onerror").first.click()
        field = page.locator("[data-field=title] input")
        expect(field).to_have_value(HOSTILE, timeout=PATIENCE)
        page.locator("[data-field=organisers] .adding").focus()
        field.fill(HOSTILE + "!")
        holds(programme, "</script>!")
        page.get_by_role("button", name="Renvoi").first.click()
        expect(page.locator("#picker li", has_text="onerror")).to_have_count(1)
        page.keyboard.press("Escape")
        for tab in ("#tab-findings", "#tab-history"):
            page.locator(tab).click()
            page.wait_for_timeout(1000)
        assert page.locator("img[src=x], script:not([src])").count() == 0
        assert "hacked" not in page.title()
        page.context.close()
