"""Findings in the studio's window: where they stand, and what is done about them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from moip_press.studio.helper import Remote
from tests.studio.conftest import PATIENCE, window

pytestmark = pytest.mark.long


@pytest.fixture
def page(browser: Browser, fair: Path, tmp_path: Path) -> Iterator[Page]:
    with window(browser, fair, tmp_path) as opened:
        counted = re.compile(r"^\d+$")  # not "3…": more may come
        expect(opened.locator("#count")).to_have_text(counted, timeout=PATIENCE)
        yield opened


def files(fair: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in fair.iterdir() if path.suffix != ".tmp"}


def finding(page: Page, words: str) -> Locator:
    page.locator("#tab-findings").click()
    return page.locator("#shown .finding", has_text=words).first


def test_a_finding_is_corrected_learnt_or_kept_and_taken_back_to_the_byte(
    page: Page, fair: Path
) -> None:
    before, count = files(fair), page.locator("#count").inner_text()

    def settled(words: str, text: str, file: str) -> None:
        expect(page.locator("#count")).not_to_have_text(count, timeout=PATIENCE)
        assert text in (fair / file).read_text(encoding="utf-8")
        expect(page.locator("#shown .finding", has_text=words)).to_have_count(0)
        page.locator("#undo").click()
        expect(page.locator("#count")).to_have_text(count, timeout=PATIENCE)
        assert files(fair) == before

    found = finding(page, "soirée")
    expect(found.locator("ins")).to_have_text("soirée")
    found.get_by_role("button", name="Corriger").click()
    settled("« soirée »", "pendant la soirée.", "programme.yaml")
    finding(page, "trolbinettes").get_by_role("button", name=re.compile("apprendre")).click()
    settled("trolbinettes", "- trolbinettes", "glossary.yaml")
    kept = finding(page, "trolbinettes")
    kept.get_by_text("Garder, parce que…").click()
    kept.get_by_label("Pourquoi est-ce juste ainsi").fill("C'est le nom du lieu : il est juste.")
    kept.get_by_role("button", name="Garder ainsi").click()
    settled("trolbinettes", "C'est le nom du lieu", "kit.yaml")


def test_findings_stand_at_records_at_words_on_pages_and_at_fields(page: Page) -> None:
    badge = page.locator("#entries .entry", has_text="Le programme").locator(".badge").first
    expect(badge).to_be_visible(timeout=PATIENCE)
    mark = page.locator(".mark[title*='soirée']").first
    mark.wait_for(timeout=PATIENCE)
    box, sheet = mark.bounding_box(), page.locator("figure", has=mark).bounding_box()
    assert box is not None
    assert sheet is not None
    assert 10 < box["width"] < sheet["width"] / 3
    mark.click()
    field = page.locator("#shown [data-field=text]")
    expect(field.locator("textarea")).to_be_focused(timeout=PATIENCE)
    expect(field.locator(".finding")).to_contain_text("soirée")
    field.locator(".finding").get_by_text("Pourquoi ?").click()
    expect(field.locator(".finding details[open]")).to_contain_text("Règle")


def test_a_finding_in_a_form_goes_when_the_text_is_mended(page: Page) -> None:
    finding(page, "soirée").locator("a").first.click()
    field = page.locator("#shown [data-field=text]")
    expect(field.locator(".finding")).to_have_count(1, timeout=PATIENCE)
    field.locator("textarea").fill("Les réponses sont données pendant la soirée.")
    expect(field.locator(".finding")).to_have_count(0, timeout=PATIENCE)
    expect(field.locator("textarea")).to_be_focused()


def test_every_finding_of_a_kit_that_is_opened_first_reaches_the_window(
    fair: Path, tmp_path: Path
) -> None:
    programme = fair / "programme.yaml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("Grand bal", "GRAND BAL DE PRINTEMPS"), encoding="utf-8")
    of_kit = fair, tmp_path / "cache"
    room = Remote("moip_press.studio.pages", "Room", *of_kit)
    reader = Remote("moip_press.studio.findings", "Reader", *of_kit)
    today = datetime.date(2026, 4, 1)
    room.call("lay_out", today, "fr")
    found = reader.call("read", today, "fr", room.call("sheets")).findings
    room.close()
    reader.close()
    capitals = next(each for each in found if each.code == "T245")
    assert " ".join(change.after for change in capitals.fix) == "Grand bal de printemps"
