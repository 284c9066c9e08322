"""What a newcomer meets in forms: fields in view, records without names, ends of lists, copies."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from moip_press.kit import starter
from moip_press.kit.model.kit_files import read_kit
from moip_press.proofread.review import review
from moip_press.system.cache import Cache
from tests.studio.conftest import PATIENCE, studio, window
from tests.studio.test_editing_window import holds, opened

pytestmark = pytest.mark.long
CHOSEN = "[document.activeElement].map(e => e.value.slice(e.selectionStart, e.selectionEnd))[0]"


@pytest.fixture
def festival(tmp_path: Path) -> Path:
    starter.begin(tmp_path / "festival", "fr", 2026, "festival")
    return tmp_path / "festival"


@pytest.fixture
def page(browser: Browser, festival: Path, tmp_path: Path) -> Iterator[Page]:
    with window(browser, festival, tmp_path) as opened_:
        yield opened_


def kit_of(festival: Path) -> dict[str, object]:
    read: dict[str, object] = yaml.safe_load((festival / "kit.yaml").read_text("utf-8"))
    return read


def part(page: Page, name: str) -> Locator:
    page.locator("#entries > ul > li > .entry > a", has_text=name).click()
    expect(page.locator("#shown h2")).to_have_text(name, timeout=PATIENCE)
    return page.locator("#shown")


def test_a_new_contact_is_called_by_its_name_and_its_id_is_asked_of_nobody(
    page: Page, festival: Path
) -> None:
    form = part(page, "Contacts presse")
    form.get_by_role("button", name="Ajouter : Contacts").click()
    name = form.locator("#f-name")
    expect(name).to_be_focused(timeout=PATIENCE)
    assert page.evaluate(CHOSEN) == "Nom\N{NO-BREAK SPACE}: à écrire"
    page.keyboard.type("Alix Martin")
    form.locator("#f-email").fill("alix@example.org")
    holds(festival / "kit.yaml", "email: alix@example.org")
    expect(form.locator("[data-field=id]")).not_to_be_visible()
    read = read_kit(festival)
    assert read.report.ok
    assert read.kit is not None
    assert [contact.id for contact in read.kit.edition.contacts] == ["presse", "alix-martin"]


def test_the_last_partner_goes_with_its_part_after_a_question_and_both_come_back(
    page: Page, festival: Path
) -> None:
    before = (festival / "kit.yaml").read_bytes()
    part(page, "Partenaires").locator(".records a").click()
    form = page.locator("#shown")
    expect(form.locator("h2")).to_have_text("Le nom d'un partenaire", timeout=PATIENCE)
    form.get_by_role("button", name="Retirer").click()
    dialog = page.locator("#picker")
    expect(dialog).to_contain_text("« Partenaires » serait vide")
    dialog.get_by_role("button", name="Annuler").click()
    assert (festival / "kit.yaml").read_bytes() == before
    form.get_by_role("button", name="Retirer").click()
    dialog.get_by_role("button", name="Retirer aussi « Partenaires »").click()
    expect(page.locator("#said")).to_contain_text("« Annuler » le remet", timeout=PATIENCE)
    assert "partners" not in kit_of(festival)
    assert read_kit(festival).report.ok
    assert review(festival, datetime.date(2026, 6, 1), Cache()).faults.ok
    page.locator("#undo").click()
    expect(page.locator("#entries a", has_text="Partenaires")).to_be_visible(timeout=PATIENCE)
    assert (festival / "kit.yaml").read_bytes() == before


def test_a_part_without_a_file_shows_what_it_prints_moves_and_goes(
    page: Page, festival: Path
) -> None:
    form = part(page, "Couverture")
    form.locator("[data-field=tagline] input").fill("Tous dehors")
    holds(festival / "kit.yaml", "tagline: Tous dehors")
    expect(form.locator("h2")).to_have_text("Couverture")
    expect(part(page, "Sommaire")).to_contain_text("faite des autres")
    part(page, "À propos").get_by_role("button", name="Retirer").click()
    expect(page.locator("#entries a", has_text="À propos")).to_have_count(0, timeout=PATIENCE)
    assert "about" in kit_of(festival)
    chapters = kit_of(festival)["chapters"]
    assert isinstance(chapters, list)
    assert chapters[-1] == ["partners"]


def test_a_blank_of_the_list_is_ready_to_be_written_over(page: Page, festival: Path) -> None:
    page.locator("#blanks").click()
    page.locator("#shown .links a", has_text="Organisateurs").first.click()
    field = page.locator("#shown [data-field=organisers] textarea")
    expect(field).to_be_focused(timeout=PATIENCE)
    assert page.evaluate(CHOSEN) == "Qui l'organise"
    page.keyboard.type("Ville de Brest")
    holds(festival / "spectacles.yaml", "[Ville de Brest]")
    page.locator("#tab-findings").click()
    page.locator("#shown .links a", has_text="Slogan").click()
    expect(page.locator("#shown [data-field=tagline] input")).to_be_focused(timeout=PATIENCE)
    assert page.evaluate(CHOSEN) == "La phrase qui donne envie"


def test_a_copy_leaves_what_became_of_the_first_and_says_so(page: Page, festival: Path) -> None:
    shows = festival / "spectacles.yaml"
    text = shows.read_text("utf-8").replace(
        "    when: à confirmer\n",
        "    id: bal\n    status: cancelled\n    when: à confirmer\n"
        "    validated: {by: Alix Martin, on: 2026-06-01}\n",
    )
    shows.write_text(text, encoding="utf-8")
    form = opened(page, "Un premier événement")
    form.get_by_role("button", name="Dupliquer").click()
    said = page.locator("#said")
    expect(said).to_contain_text("Non repris", timeout=PATIENCE)
    for words in ("Statut (annulé)", "Validation"):
        expect(said).to_contain_text(words)
    first, second = yaml.safe_load(shows.read_text("utf-8"))["events"]
    assert first["status"] == "cancelled"
    assert second == {
        name: value for name, value in first.items() if name not in ("id", "status", "validated")
    }
    assert page.evaluate(CHOSEN) == "Un premier événement"


def test_a_finding_about_what_is_missing_leads_to_the_field_that_is_meant(
    browser: Browser, fair: Path, tmp_path: Path
) -> None:
    (fair / "images").mkdir()
    Image.effect_noise((900, 600), 90).convert("RGB").save(fair / "images" / "salle.jpg")
    programme = fair / "programme.yaml"
    picture = "    image: {file: images/salle.jpg, alt: La salle, credit: Alix Martin}\n"
    text = programme.read_text("utf-8").replace("    when: 4 mai\n", f"    when: 4 mai\n{picture}")
    programme.write_text(text, encoding="utf-8")
    with window(browser, fair, tmp_path) as page:
        expect(page.locator("#count")).not_to_have_text(re.compile("^$|…"), timeout=PATIENCE)
        page.locator("#tab-findings").click()
        page.locator("#shown .finding a", has_text="peuvent en faire").first.click()
        rights = page.locator("#f-image-rights")
        expect(rights).to_be_focused(timeout=PATIENCE)
        page.locator("#shown h2").focus()
        spot = page.locator(".spot").first
        spot.wait_for(timeout=PATIENCE)
        frame, sheet = spot.bounding_box(), page.locator("figure", has=spot).bounding_box()
        assert frame is not None
        assert sheet is not None
        assert frame["width"] > 0.7 * sheet["width"]  # as wide as its photograph


@pytest.mark.parametrize(("locale", "words"), [("fr-FR", "Contenu"), ("en-GB", "Content")])
def test_a_window_speaks_the_language_of_its_browser_unless_one_is_named(
    browser: Browser, fair: Path, tmp_path: Path, locale: str, words: str
) -> None:
    for language, shown in ((None, words), ("fr", "Contenu")):
        with studio(fair, tmp_path / str(language), language) as address:
            page = browser.new_context(locale=locale).new_page()
            page.goto(address)
            expect(page.locator("#outline")).to_have_attribute("aria-label", shown)
            expect(page.locator("#count")).not_to_have_text(re.compile("^$|…"), timeout=PATIENCE)
            page.locator("#tab-findings").click()
            found = page.locator("#shown .finding", has_text="trolbinettes").first
            expect(found).to_contain_text("Pourquoi" if shown == "Contenu" else "Why?")
            spoken = "dictionnaire" if shown == "Contenu" else "dictionary"
            expect(found.locator(".message")).to_contain_text(spoken)
            page.context.close()
