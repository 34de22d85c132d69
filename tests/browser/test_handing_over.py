"""A client's review is handed over by clicks alone: a note, a waiver, an issued pack and its files."""

import io
from pathlib import Path

import openpyxl
import pypdf
import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.browser.server import settle
from tests.browser.test_every_page_in_chromium import complaints

pytestmark = pytest.mark.browser

DESK = ".st-key-hand-over"  # the part of the page that hands over


def press(page: Page, name: str) -> None:
    page.locator(DESK).get_by_role("button", name=name, exact=True).click()


def unfold(page: Page, title: str) -> None:
    page.locator(f"{DESK} summary").filter(has_text=title).click()


def write(page: Page, label: str, text: str) -> None:
    page.locator(DESK).get_by_label(label, exact=True).fill(text)


def downloaded(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as file:
        page.locator(DESK).get_by_role("button", name=name, exact=True).click()
    return file.value.suggested_filename, Path(file.value.path()).read_bytes()


def test_a_review_is_explained_issued_and_sent(page: Page, address: str) -> None:
    page.goto(f"{address}/review?lang=en&policy=liveagent&period=quarter&quarter=2026-07-01")
    settle(page)
    page.locator(".st-key-review-choice").get_by_role("combobox", name="Account", exact=True).click()
    page.keyboard.type("Modelo Lojas")
    page.get_by_role("option").filter(has_text="Modelo Lojas").first.click()
    expect(page.locator(".review h1")).to_contain_text("Modelo Lojas")
    write(page, "Your name", "Ann Example")
    unfold(page, "Why promises were broken")
    write(page, "Remark: what happened, and what was done", "Two people were ill.")
    press(page, "Keep the note")
    expect(page.locator(".review")).to_contain_text("Two people were ill.")
    write(page, "Agreed with (a name at the client)", "Bob Sample")
    press(page, "Waive this breach")
    # The account speaks Portuguese, the reader English.
    expect(page.locator(".review")).to_contain_text("sem 1 violação dispensada seriam 113 de 119")
    unfold(page, "Issue a pack")
    press(page, "Issue")
    expect(page.locator(DESK)).to_contain_text("Ann Example (name as typed, not signed in)")
    settle(page)
    assert complaints(page) == []
    files = dict(downloaded(page, f"{form} of pack 1") for form in ("PDF", "PPTX", "XLSX"))
    assert list(files) == [f"review-L05-2026-Q3-pt-BR-pack1.{form}" for form in ("pdf", "pptx", "xlsx")]
    made = [io.BytesIO(data) for data in files.values()]
    assert "Two people were ill." in "".join(one.extract_text() for one in pypdf.PdfReader(made[0]).pages)
    assert len(Presentation(made[1]).slides) > 10
    assert "Todos os relógios" in openpyxl.load_workbook(made[2], read_only=True).sheetnames
