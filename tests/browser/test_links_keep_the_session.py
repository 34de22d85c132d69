"""A link from page to page stays in the session: what only the session holds is still there, also on the way back."""

import pytest
from playwright.sync_api import Page

from tests.browser.server import settle

pytestmark = pytest.mark.browser

BAD_WEEK = "lang=en&policy=vodlix&period=week&week=2026-10-05"


def lead(page: Page) -> str:
    return page.locator("h1.lead").inner_text()


def go(page: Page, link: str) -> None:
    page.locator(link).first.click()
    page.wait_for_timeout(500)
    settle(page)


def test_links_and_the_way_back_open_no_new_session(page: Page, address: str) -> None:
    sessions: list[str] = []
    page.on("websocket", lambda socket: sessions.append(socket.url))
    page.goto(f"{address}/?{BAD_WEEK}")
    settle(page)
    first = lead(page)
    page.locator("table.list tbody th a").first.scroll_into_view_if_needed()
    go(page, "table.list tbody th a")
    assert "/ticket?" in page.url
    assert "ticket=" in page.url
    assert lead(page).startswith("Ticket ")
    assert page.locator("h1.lead").bounding_box()["y"] > 0  # type: ignore[index]  # the page begins at its top
    page.go_back()
    page.wait_for_timeout(500)
    settle(page)
    assert lead(page) == first
    assert "week=2026-10-05" in page.url
    go(page, "table.matrix td b a")
    assert "/breaches?" in page.url
    assert len(sessions) == 1


def test_one_press_of_back_leaves_a_page_that_was_opened_directly(page: Page, address: str) -> None:
    before = f"{address}/_stcore/health"
    page.goto(before)
    page.goto(f"{address}/attainment")
    settle(page)
    assert "week=" in page.url  # the link is complete, and can be copied
    page.go_back()
    assert page.url == before


def test_what_a_page_adds_to_its_link_is_no_step_back(page: Page, address: str) -> None:
    page.goto(f"{address}/?{BAD_WEEK}")
    settle(page)
    first, begun = lead(page), page.url
    page.locator("body").press("Tab")  # to Streamlit's own way past the menu
    page.keyboard.press("Tab")
    page.wait_for_timeout(300)
    seen = page.evaluate("[document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]")
    assert seen == ["A", "solid"]  # whoever walks by keyboard sees where they are
    go(page, "[data-testid=stTopNavLink][href*=breaches]")
    assert "order=" in page.url  # the page's own defaults
    page.go_back()
    page.wait_for_timeout(500)
    settle(page)
    assert page.url == begun
    assert lead(page) == first


def test_a_link_opened_beside_is_a_session_of_its_own(page: Page, address: str) -> None:
    page.goto(f"{address}/?{BAD_WEEK}")
    settle(page)
    with page.context.expect_page() as opened:
        page.locator("table.list tbody th a").first.click(modifiers=["Control"])
    assert "/ticket?" in opened.value.url
    assert lead(page)
    assert "/ticket" not in page.url


def test_choices_are_said_in_the_language_that_is_chosen_later(page: Page, address: str) -> None:
    page.goto(f"{address}/attainment?{BAD_WEEK}")
    settle(page)
    page.locator(".st-key-lang").click()
    page.get_by_role("option").filter(has_text="Português").click()
    page.wait_for_timeout(500)
    settle(page)
    shown = page.evaluate("[...document.querySelectorAll('[data-testid=stSelectbox] input')].map(box => box.value)")
    assert shown[2:4] == ["Semana", "Semana 41 · 5–11 de out. de 2026"]
    assert shown[5:] == ["13 semanas", "Nada"]


def test_a_theme_that_changes_while_a_page_stands_there_leaves_it_readable(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}/?{BAD_WEEK}")
    settle(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(500)
    ground = "getComputedStyle(document.querySelector({})).backgroundColor"
    assert page.evaluate(ground.format("'table.list thead th'")) == page.evaluate(ground.format("'.stApp'"))
    inks = page.evaluate("[...document.querySelectorAll('.main-svg text')].map(text => getComputedStyle(text).fill)")
    assert set(inks) == {page.evaluate("getComputedStyle(document.querySelector('h1.lead')).color")}
