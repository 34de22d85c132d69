"""One's own export in a real browser: asked about, measured, looked at, and seen by nobody else."""

import re

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from sla.words import LANGUAGES, words
from tests.browser.glpi_export import LATE, TICKETS, glpi_export
from tests.browser.server import settle
from tests.browser.test_every_page_in_chromium import RUNS_OUT, assert_it_bars_nobody_and_fits, complaints

pytestmark = pytest.mark.browser

PROMISE = b"""
id = "mine"
name = { en = "Our promise" }
source = "invented"
reporting_timezone = "America/Sao_Paulo"
[calendars.always]
timezone = "America/Sao_Paulo"
hours = "24x7"
[[targets]]
metric = "resolution"
within = "8h"
calendar = "always"
"""
DROP = "[data-testid=stFileUploader] input[type=file]"


def calm(page: Page) -> None:
    """Waits for what the last click set off."""
    page.wait_for_timeout(500)
    settle(page)


def put_in(page: Page, *files: tuple[str, bytes]) -> None:
    payload: list[FilePayload] = [{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in files]
    page.set_input_files(DROP, files=payload)
    page.wait_for_selector("[class*=st-key-upload-file-]", timeout=60_000)
    calm(page)


def choose(page: Page, label: str, option: str) -> None:
    """Picks in the searchable list of that label the first option that has the text."""
    page.get_by_label(label, exact=False).first.click()
    page.keyboard.type(option)
    page.get_by_role("option").filter(has_text=option).first.click()
    calm(page)


def measured(page: Page, address: str) -> None:
    """The Portuguese GLPI list put in with a promise of one's own, asked about and measured."""
    page.goto(f"{address}/upload?lang=en")
    settle(page)
    put_in(page, ("Exportação GLPI.csv", glpi_export()), ("mine.toml", PROMISE))
    page.get_by_text("Monday, 2 March 2026 (day first)").click()
    calm(page)
    choose(page, "Solved", "Encerrado de fato em")
    choose(page, "Zone of times", "America/Sao_Paulo")
    page.get_by_role("button", name="Measure these tickets").click()
    page.wait_for_selector(".way-on a", timeout=60_000)
    settle(page)


def test_a_portuguese_list_of_glpi_is_asked_about_and_its_attainment_read(page: Page, address: str) -> None:
    page.goto(f"{address}/upload?lang=en")
    settle(page)
    put_in(page, ("Exportação GLPI.csv", glpi_export()))
    card = page.locator("[class*=st-key-upload-file-]").first
    expect(card).to_contain_text("Recognised by its headers: GLPI")
    expect(card).to_contain_text("WINDOWS-1252")
    expect(card).to_contain_text("semicolon (seen in the file)")
    expect(card).to_contain_text("Vídeo não reproduz: situação 1")
    expect(page.locator("[data-testid=stMain]")).to_contain_text("the order of the dates in Exportação GLPI.csv")
    measured(page, address)
    counted = "13 tickets are measured, and every row is accounted for: 13 read, 13 accepted, 0 rejected."
    expect(page.locator("h1.lead")).to_contain_text(counted)
    expect(page.locator("table.list").first).to_contain_text("day first (you said so)")
    assert complaints(page) == []
    assert page.evaluate(RUNS_OUT, 1280) == []
    page.locator(".way-on a").click()
    calm(page)
    assert "week=2026-03-02" in page.url
    # within eight hours, by the clock of São Paulo: twelve took seven, one nine
    assert (TICKETS, LATE) == (13, 3)
    expect(page.locator("h1.lead")).to_contain_text("92.3% of resolutions in time (12 of 13)")
    page.locator("table.list tbody th a").first.click()
    calm(page)
    expect(page.locator("h1.lead")).to_contain_text("Ticket 1003")
    expect(page.locator(".own-data")).to_be_visible()


def test_another_session_sees_nothing_of_it(page: Page, browser: Browser, address: str) -> None:
    measured(page, address)
    stranger = browser.new_page(locale="en-GB")
    try:
        for link in ("", "upload", "ticket?ticket=1001", "definitions?part=data"):
            stranger.goto(f"{address}/{link}")
            settle(stranger)
            text = stranger.locator("[data-testid=stApp]").inner_text()
            assert "GLPI" not in text.replace("Exports that are known here", "")
            assert "Vídeo não reproduz" not in text
            assert not re.search(r"13 tickets are measured", text)
    finally:
        stranger.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_put_in_bar_nobody_and_run_out_of_no_page(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}/upload?lang={language}")
    settle(page)
    put_in(page, ("Exportação GLPI.csv", glpi_export()), ("empty.csv", b""), ("mine.toml", PROMISE))
    expect(page.locator("[data-testid=stMain]")).to_contain_text(words(language)("upload.unreadable"))
    assert_it_bars_nobody_and_fits(page)
